//! Tables as they were typed: finding the axes in one, and setting a value in it.

use super::Ranges;
use super::grammar::Takes;
use super::range::is_range;
use crate::{SpecError, SpecText};
use hydranet_results::SweepValue;
use std::ops::Range as Span;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The values of one key of an axis.
#[derive(Debug, Clone)]
pub(super) struct Values<'t> {
    pub(super) list: Vec<Spanned<DeValue<'t>>>,
    pub(super) log: bool,
    /// From a range whose points were made whole numbers.
    pub(super) rounded: bool,
}

impl<'t> Values<'t> {
    /// What a list or a range says, where `takes` tells of whole numbers.
    pub(super) fn read(
        text: &SpecText<'_>,
        (path, value): (&str, &Spanned<DeValue<'t>>),
        takes: Takes<'_>,
        ranges: &'t Ranges,
    ) -> Result<Values<'t>, SpecError> {
        match value.get_ref() {
            DeValue::Array(list) => {
                let list: Vec<_> = list.iter().cloned().collect();
                let log = by_ratios(&list);
                Ok(Values { list, log, rounded: false })
            }
            _ => {
                let whole = takes.whole();
                let spread = ranges.at(value.span(), whole);
                let spread = spread.map_err(|reason| text.fail(format!("`{path}`: {reason}"), Some(value.span())))?;
                Ok(Values { list: spread.list, log: spread.log, rounded: whole })
            }
        }
    }

    /// Without the points of a range that are the same whole number as the one before; that is noted.
    pub(super) fn distinct(mut self, path: &str, notes: &mut Vec<String>) -> Values<'t> {
        let before = self.list.len();
        if self.rounded {
            self.list.dedup_by(|a, b| said(a.get_ref()) == said(b.get_ref()));
        }
        if self.list.len() < before {
            notes.push(format!(
                "`{path}`: {before} points are {} different whole numbers; each is there once",
                self.list.len()
            ));
        }
        self
    }
}

/// An axis that was found in a table.
#[derive(Debug, Clone)]
pub(super) struct Found<'t> {
    pub(super) path: Vec<String>,
    pub(super) span: Span<usize>,
    pub(super) values: Values<'t>,
}

/// The axes in a table and in the tables within it, in no particular order. Keys that the schema does not know are passed over: the
/// study refuses them.
pub(super) fn axes<'t>(
    text: &SpecText<'_>,
    table: &DeTable<'t>,
    takes: Takes<'_>,
    (path, ranges): (&[String], &'t Ranges),
) -> Result<Vec<Found<'t>>, SpecError> {
    let mut found = Vec::new();
    for (key, value) in table {
        let Some(takes) = takes.key(key.get_ref()) else { continue };
        let path: Vec<String> = path.iter().cloned().chain([key.get_ref().to_string()]).collect();
        match value.get_ref() {
            DeValue::Array(_) if depth(value.get_ref()) > takes.depth() => {
                let values = Values::read(text, (&path.join("."), value), takes, ranges)?;
                found.push(Found { path, span: value.span(), values });
            }
            DeValue::Array(list) => {
                for (at, item) in list.iter().enumerate() {
                    if let (DeValue::Table(inner), Some(takes)) = (item.get_ref(), takes.element(at)) {
                        let path: Vec<String> = path.iter().cloned().chain([(at + 1).to_string()]).collect();
                        found.extend(axes(text, inner, takes, (&path, ranges))?);
                    }
                }
            }
            DeValue::Table(inner) if is_range(inner) && takes.key("from").is_none() => {
                let values = Values::read(text, (&path.join("."), value), takes, ranges)?;
                found.push(Found { path, span: value.span(), values });
            }
            DeValue::Table(inner) => found.extend(axes(text, inner, takes, (&path, ranges))?),
            _ => {}
        }
    }
    Ok(found)
}

/// Whether a table has a value at a path.
pub(super) fn has(table: &DeTable<'_>, path: &[String]) -> bool {
    let [first, rest @ ..] = path else { return true };
    match table.get(first.as_str()).map(Spanned::get_ref) {
        None => false,
        Some(DeValue::Table(inner)) => has(inner, rest),
        Some(DeValue::Array(list)) if !rest.is_empty() => {
            let item = rest[0].parse::<usize>().ok().and_then(|at| list.get(at.checked_sub(1)?));
            matches!(item.map(Spanned::get_ref), Some(DeValue::Table(inner)) if has(inner, &rest[1..]))
        }
        Some(_) => rest.is_empty(),
    }
}

/// Sets the value at a path; tables that are not there are made.
pub(super) fn set<'t>(mut table: DeTable<'t>, path: &[String], value: Spanned<DeValue<'t>>) -> DeTable<'t> {
    let [first, rest @ ..] = path else { return table };
    let span = value.span();
    let (key, value) = match (table.remove_entry(first.as_str()), rest) {
        (Some((key, _)), []) => (key, value),
        (None, []) => (Spanned::new(span, first.clone().into()), value),
        (Some((key, inner)), rest) => {
            let place = inner.span();
            let inner = match inner.into_inner() {
                DeValue::Table(inner) => DeValue::Table(set(inner, rest, value)),
                DeValue::Array(list) => DeValue::Array(set_in(list, rest, value)),
                _ => DeValue::Table(set(DeTable::new(), rest, value)),
            };
            (key, Spanned::new(place, inner))
        }
        (None, rest) => {
            let inner = DeValue::Table(set(DeTable::new(), rest, value));
            (Spanned::new(span.clone(), first.clone().into()), Spanned::new(span, inner))
        }
    };
    table.insert(key, value);
    table
}

fn set_in<'t>(list: DeArray<'t>, path: &[String], value: Spanned<DeValue<'t>>) -> DeArray<'t> {
    let at = path[0].parse::<usize>().ok();
    let (mut out, mut value) = (DeArray::new(), Some(value));
    for (item, number) in list.into_iter().zip(1..) {
        let place = item.span();
        let item = match (item.into_inner(), at == Some(number)) {
            (DeValue::Table(inner), true) => {
                DeValue::Table(set(inner, &path[1..], value.take().expect("one item has this number")))
            }
            (other, _) => other,
        };
        out.push(Spanned::new(place, item));
    }
    out
}

/// How deep lists are nested.
fn depth(value: &DeValue<'_>) -> usize {
    match value {
        DeValue::Array(list) => 1 + list.iter().map(|item| depth(item.get_ref())).max().unwrap_or(0),
        _ => 0,
    }
}

/// A number, whole or not.
pub(super) fn float(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(|whole| whole as f64),
        DeValue::Float(real) => real.as_str().parse().ok(),
        _ => None,
    }
}

/// Whether numbers rise by equal ratios more than by equal steps, over a factor of ten or more.
fn by_ratios(list: &[Spanned<DeValue<'_>>]) -> bool {
    let Some(mut all) = list.iter().map(|value| float(value.get_ref())).collect::<Option<Vec<f64>>>() else {
        return false;
    };
    all.sort_by(f64::total_cmp);
    all.dedup();
    if all.len() < 3 || all[0] <= 0.0 || all[all.len() - 1] < 10.0 * all[0] {
        return false;
    }
    // how uneven steps are, as the widest over the narrowest
    let uneven = |step: &dyn Fn(f64, f64) -> f64| {
        let steps = all.windows(2).map(|w| step(w[0], w[1]));
        let (least, most) = steps.fold((f64::INFINITY, 0.0_f64), |(l, m), s| (l.min(s), m.max(s)));
        most / least
    };
    uneven(&|a, b| libm::log(b / a)) < uneven(&|a, b| b - a)
}

/// A value as labels have it.
pub(super) fn said(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(whole) => whole.to_string(),
        DeValue::Float(_) => float(value).map_or_else(String::new, |real| real.to_string()),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(at) => at.to_string(),
        DeValue::Array(list) => {
            let items: Vec<String> = list.iter().map(|item| said(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let entries: Vec<String> =
                table.iter().map(|(key, value)| format!("{} = {}", key.get_ref(), said(value.get_ref()))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// A value as tables record it.
pub(super) fn value(value: &DeValue<'_>) -> SweepValue {
    match value {
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix())
            .map_or_else(|_| SweepValue::Text(said(value)), SweepValue::Integer),
        DeValue::Float(_) => match float(value).filter(|real| real.is_finite()) {
            Some(real) => SweepValue::Real(real),
            None => SweepValue::Text(said(value)),
        },
        _ => SweepValue::Text(said(value)),
    }
}

/// The table without what it has at a path.
pub(super) fn without<'t>(mut table: DeTable<'t>, path: &[String]) -> DeTable<'t> {
    let [first, rest @ ..] = path else { return table };
    if let Some((key, value)) = table.remove_entry(first.as_str()) {
        let span = value.span();
        match value.into_inner() {
            _ if rest.is_empty() => {}
            DeValue::Table(inner) => {
                table.insert(key, Spanned::new(span, DeValue::Table(without(inner, rest))));
            }
            other => {
                table.insert(key, Spanned::new(span, other));
            }
        }
    }
    table
}
