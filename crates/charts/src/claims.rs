//! A table of sentences with the numbers that answer them.

use crate::{
    canvas::{Align, Canvas, Pen, Stand, Type},
    chart::Chart,
    csv::{Csv, field},
    error::ChartError,
    hover::Hover,
    palette::{INK, MUTED, RULE},
    preset::{Preset, size},
    render::Figure,
    text::Line,
};

/// One sentence and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The sentence; may hold markup.
    pub says: String,
    /// What was measured; may hold markup.
    pub measured: String,
    /// The value; `None` where there is none.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// Its unit; empty for a ratio.
    pub unit: String,
    /// Whether the sentence holds, in a word or two.
    pub verdict: String,
}

/// A table of claims: sentence, what was measured, value with interval, verdict.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence; not drawn.
    pub description: String,
    /// Headings of the columns: sentence, what was measured, value with interval, verdict.
    pub heads: [String; 4],
    /// The rows.
    pub answers: Vec<ClaimRow>,
}

/// Between columns, points.
const GUTTER: f64 = 10.0;
/// Above and below the text of a row, points.
const PADDING: f64 = 3.5;

impl Chart for Claims {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        if self.answers.is_empty() {
            return Err(ChartError::Nothing { what: "claim" });
        }
        let width = preset.points()?;
        let mut canvas = Canvas::new(preset.family);
        let how = Type { size: size::SMALL, color: INK, align: Align::Left, stand: Stand::Baseline, upwards: false };
        let values: Vec<String> = self.answers.iter().map(|a| claim_value(a.value, a.interval, &a.unit)).collect();
        let widest = |canvas: &Canvas, texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| canvas.width(text, size::SMALL)).fold(0.0, f64::max)
        };
        let room = width - 2.0 * size::BORDER - 3.0 * GUTTER;
        let third = widest(&canvas, &mut values.iter().chain([&self.heads[2]])).min(room * 0.35);
        let verdicts = &mut self.answers.iter().map(|a| &a.verdict).chain([&self.heads[3]]);
        let last = widest(&canvas, verdicts).min(room * 0.2);
        let text = (room - third - last) * 0.5;
        let widths = [text, text, third, last];
        let mut lefts = [size::BORDER; 4];
        (1..4).for_each(|i| lefts[i] = lefts[i - 1] + widths[i - 1] + GUTTER);
        let rule = |canvas: &mut Canvas, y: f64, color, width_of: f64| {
            canvas.line(&[(size::BORDER, y), (width - size::BORDER, y)], Pen { color, width: width_of });
        };
        let mut y = size::BORDER + size::SPINE;
        rule(&mut canvas, y, INK, size::SPINE);
        y += PADDING + size::SMALL;
        self.heads.iter().zip(lefts).for_each(|(text, left)| {
            canvas.text(text, (left, y), Type { color: MUTED, ..how });
        });
        y += PADDING;
        rule(&mut canvas, y, INK, size::HAIR);
        for (i, (answer, value)) in self.answers.iter().zip(&values).enumerate() {
            // rows that go on with the sentence above stand under it without a rule
            if i > 0 && !answer.says.is_empty() {
                rule(&mut canvas, y, RULE, size::HAIR);
            }
            let texts = [&answer.says, &answer.measured, value, &answer.verdict];
            let mut lines = 1;
            for ((text, most), left) in texts.into_iter().zip(widths).zip(lefts) {
                let set = Line::parse(canvas.family, text).wrap(canvas.family, most / size::SMALL, 4);
                lines = lines.max(set.len());
                for (row, line) in set.iter().enumerate() {
                    canvas.set(line, (left, y + PADDING + size::SMALL + row as f64 * size::LEADING), how);
                }
            }
            y += 2.0 * PADDING + size::SMALL + (lines - 1) as f64 * size::LEADING;
        }
        rule(&mut canvas, y, INK, size::SPINE);
        let (title, description) = (self.title.clone(), self.description.clone());
        let (height, csv, hover) = (y + size::BORDER, self.csv(), Hover::Nothing);
        Ok(Figure { width, height, title, description, csv, hover, themed: true, canvas })
    }
}

/// A number with its interval and unit, as claims show it: digits by its size. Empty units are those of ratios.
pub fn claim_value(value: Option<f64>, interval: Option<(f64, f64)>, unit: &str) -> String {
    let Some(value) = value else { return "never".into() };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let largest = interval.map_or(value, |(_, hi)| hi).abs().max(value.abs());
    let digits = if largest >= 100.0 {
        0
    } else if largest >= 10.0 {
        1
    } else {
        3
    };
    let number = |x: f64| format!("{x:.digits$}").replace('-', "−");
    match interval {
        Some((lo, hi)) => format!("{} [{}, {}]{unit}", number(value), number(lo), number(hi)),
        None => format!("{}{unit}", number(value)),
    }
}

impl Claims {
    fn csv(&self) -> String {
        let mut csv = Csv::new(&["says", "measured", "value", "lo", "hi", "unit", "verdict"]);
        for a in &self.answers {
            let (lo, hi) = a.interval.unwrap_or((f64::NAN, f64::NAN));
            let numbers = [a.value.unwrap_or(f64::NAN), lo, hi].map(field);
            csv.row(
                [a.says.clone(), a.measured.clone()]
                    .into_iter()
                    .chain(numbers)
                    .chain([a.unit.clone(), a.verdict.clone()]),
            );
        }
        csv.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_do_not_overlap() {
        let answer = |says: &str| ClaimRow {
            says: says.repeat(12),
            measured: "what was measured, in a few more words than one line holds".into(),
            value: Some(0.51234),
            interval: Some((0.4, 0.6)),
            unit: "days".into(),
            verdict: "does not hold".into(),
        };
        let claims = Claims {
            heads: ["Claim", "Measured", "value", "Verdict"].map(String::from),
            answers: vec![answer("one two "), answer("three ")],
            ..Claims::default()
        };
        let figure = claims.draw(&Preset::default()).unwrap();
        let texts = &figure.canvas.texts;
        for (i, (text, a)) in texts.iter().enumerate() {
            assert!(a.left >= 0.0 && a.right <= figure.width && a.bottom <= figure.height, "{text}");
            assert!(texts[..i].iter().all(|(_, b)| !a.overlaps(b)), "{text}");
        }
        assert!(texts.iter().any(|t| t.0.contains("0.512 [0.400, 0.600] days")), "{texts:?}");
    }
}
