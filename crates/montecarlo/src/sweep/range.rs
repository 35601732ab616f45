//! `{ from, to, points, scale }`: the values of an axis, evenly spread.
//!
//! TOML numbers are borrowed from the text that they are read from. Those of a range stand in no text, so that they are written
//! down first, for as long as the spec is read.

use super::table::float;
use hydranet_results::statistics::significant;
use std::collections::BTreeMap;
use std::ops::Range as Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Significant digits of the points between the ends: finer than any figure shows, and they are read in labels.
const DIGITS: usize = 6;

/// The points of all ranges in a text, by the place where they stand.
#[derive(Debug, Default)]
pub struct Ranges(BTreeMap<(usize, usize), Result<Points, String>>);

#[derive(Debug)]
struct Points {
    reals: Vec<String>,
    wholes: Vec<String>,
    log: bool,
}

/// The points of one range, as values of a spec.
#[derive(Debug)]
pub(super) struct Spread<'t> {
    pub(super) list: Vec<Spanned<DeValue<'t>>>,
    pub(super) log: bool,
}

impl Ranges {
    /// The points of every range in a text. What is no TOML has none: whoever reads it says so.
    pub fn of(text: &str) -> Ranges {
        let mut all = Ranges::default();
        if let Ok(table) = DeTable::parse(text) {
            let span = table.span();
            all.walk(table.get_ref(), span);
        }
        all
    }

    fn walk(&mut self, table: &DeTable<'_>, span: Span<usize>) {
        if is_range(table) {
            self.0.insert((span.start, span.end), points(table));
        }
        table.values().for_each(|value| self.enter(value));
    }

    fn enter(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(inner) => self.walk(inner, value.span()),
            DeValue::Array(list) => list.iter().for_each(|item| self.enter(item)),
            _ => {}
        }
    }

    /// The points of the range at a place.
    pub(super) fn at(&self, span: Span<usize>, whole: bool) -> Result<Spread<'_>, String> {
        let Points { reals, wholes, log } = match self.0.get(&(span.start, span.end)) {
            Some(Ok(points)) => points,
            Some(Err(reason)) => return Err(reason.clone()),
            None => return Err("a range is { from = …, to = …, points = … }".into()),
        };
        let texts = if whole { wholes } else { reals };
        let value = |text| DeValue::parse(text).expect("a number that was just written").into_inner();
        Ok(Spread { list: texts.iter().map(|text| Spanned::new(span.clone(), value(text))).collect(), log: *log })
    }
}

/// Whether a table is meant as a range.
pub(super) fn is_range(table: &DeTable<'_>) -> bool {
    table.contains_key("from") && table.contains_key("to")
}

fn points(table: &DeTable<'_>) -> Result<Points, String> {
    const WRITE: &str = "a range is { from = …, to = …, points = … }, with scale = \"log\" for equal ratios";
    for (key, _) in table {
        if !["from", "to", "points", "scale"].contains(&key.get_ref().as_ref()) {
            return Err(format!("unknown field `{}`: {WRITE}", key.get_ref()));
        }
    }
    let number = |key: &str| match table.get(key).map(Spanned::get_ref).and_then(float) {
        Some(number) if number.is_finite() => Ok(number),
        _ => Err(format!("`{key}` is a number: {WRITE}")),
    };
    let (from, to, count) = (number("from")?, number("to")?, number("points")?);
    if !(2.0..=1e6).contains(&count) || count.fract() != 0.0 {
        return Err(format!("`points` is a whole number from 2 to 1000000, not {count}"));
    }
    let log = match table.get("scale").map(Spanned::get_ref) {
        None => false,
        Some(DeValue::String(word)) if word == "linear" => false,
        Some(DeValue::String(word)) if word == "log" => true,
        Some(_) => return Err("`scale` is \"linear\" or \"log\"".into()),
    };
    if log && (from <= 0.0 || to <= 0.0) {
        return Err(format!("equal ratios need ends above 0, not {from} and {to}"));
    }
    let last = count as usize - 1;
    let at = |i: usize| {
        let share = i as f64 / last as f64;
        match (i, log) {
            (0, _) => from,
            _ if i == last => to,
            (_, false) => significant(from + (to - from) * share, DIGITS),
            (_, true) => significant(from * libm::pow(to / from, share), DIGITS),
        }
    };
    let all: Vec<f64> = (0..=last).map(at).collect();
    Ok(Points {
        reals: all.iter().map(|x| format!("{x:?}")).collect(),
        wholes: all.iter().map(|x| format!("{:.0}", x.round())).collect(),
        log,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(range: &str, whole: bool) -> Result<Vec<String>, String> {
        let text = format!("x = {range}");
        let ranges = Ranges::of(&text);
        let spread = ranges.at(4..text.len(), whole)?;
        Ok(spread.list.iter().map(|value| super::super::table::said(value.get_ref())).collect())
    }

    #[test]
    fn points_are_spread_evenly() {
        for (range, whole, expected) in [
            ("{ from = 0, to = 1, points = 3 }", false, "0 0.5 1"),
            (
                "{ from = 1e3, to = 1e6, points = 7, scale = \"log\" }",
                false,
                "1000 3162.28 10000 31622.8 100000 316228 1000000",
            ),
            ("{ from = 1e3, to = 1e6, points = 4, scale = \"log\" }", true, "1000 10000 100000 1000000"),
            ("{ from = 1, to = 3, points = 5 }", true, "1 2 2 3 3"),
            ("{ from = 0.3, to = 0.1, points = 3 }", false, "0.3 0.2 0.1"),
        ] {
            assert_eq!(texts(range, whole).unwrap().join(" "), expected, "{range}");
        }
    }

    #[test]
    fn impossible_ranges_are_refused() {
        for (range, expected) in [
            ("{ from = 0, to = 1 }", "`points` is a number"),
            ("{ from = 0, to = 1, points = 1 }", "not 1"),
            ("{ from = 0, to = 1, points = 2.5 }", "not 2.5"),
            ("{ from = 0, to = 1, points = 3, scale = \"log\" }", "above 0"),
            ("{ from = 0, to = 1, points = 3, scale = \"cubic\" }", "\"linear\" or \"log\""),
            ("{ from = 0, to = \"b\", points = 3 }", "`to` is a number"),
            ("{ from = 0, to = 1, points = 3, step = 1 }", "`step`"),
        ] {
            let reason = texts(range, false).unwrap_err();
            assert!(reason.contains(expected), "{range}: {reason}");
        }
    }
}
