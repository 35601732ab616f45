//! Where an axis is marked and what the marks say.
//!
//! Values are whole multiples of a decimal step and labels are written from the step's number of decimals, so that 0.3 never
//! reads 0.30000000000000004.

use crate::scale::Scale;

/// A labelled mark. The label may hold markup ([`crate::text`]).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) label: String,
}

/// All marks of an axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Ticks {
    pub(crate) major: Vec<Tick>,
    pub(crate) minor: Vec<f64>,
}

/// 10 to the power `exponent`, correctly rounded on every platform.
pub(crate) fn power(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(if exponent > 0 { f64::MAX } else { 0.0 })
}

/// The decimal exponent of a positive number: `power(e) <= value < power(e + 1)`.
pub(crate) fn exponent(value: f64) -> i32 {
    let guess = libm::floor(libm::log10(value)) as i32;
    if power(guess + 1) <= value {
        guess + 1
    } else if power(guess) > value {
        guess - 1
    } else {
        guess
    }
}

/// A step of 1, 2, 2.5 or 5 times a power of ten that cuts `span` into at most `count` parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    tenths: i64,
    exponent: i32,
}

impl Step {
    pub(crate) fn new(span: f64, count: usize) -> Self {
        let least = span / count.max(1) as f64 * (1.0 - 1e-9);
        let least = if least.is_finite() && least > 1e-280 { least } else { 1e-280 };
        let exponent = exponent(least);
        let tenths = [10, 20, 25, 50].into_iter().find(|t| *t as f64 / 10.0 * power(exponent) >= least);
        tenths.map_or(Self { tenths: 10, exponent: exponent + 1 }, |tenths| Self { tenths, exponent })
    }

    /// The multiple number `k`.
    pub(crate) fn times(self, k: i64) -> f64 {
        // dividing by a power of ten rounds once, multiplying by a negative one rounds twice
        let whole = k.saturating_mul(self.tenths) as f64;
        let exponent = self.exponent - 1;
        if exponent < 0 { whole / power(-exponent) } else { whole * power(exponent) }
    }

    /// The multiple at or below a value, at or above it; a hair's breadth counts as equal.
    pub(crate) fn around(self, value: f64) -> (i64, i64) {
        let parts = value / self.times(1);
        (libm::floor(parts + 1e-6) as i64, libm::ceil(parts - 1e-6) as i64)
    }

    fn decimals(self) -> usize {
        usize::try_from(-self.exponent + i32::from(self.tenths == 25)).unwrap_or(0)
    }
}

/// Marks from `lo` to `hi` in at most `count` parts.
pub(crate) fn linear(lo: f64, hi: f64, count: usize) -> Ticks {
    if hi <= lo || !(hi - lo).is_finite() {
        return Ticks::default();
    }
    let step = Step::new(hi - lo, count);
    let (first, last) = (step.around(lo).1, step.around(hi).0);
    let values = (first..=last.min(first.saturating_add(100))).map(|k| step.times(k));
    Ticks { major: values.map(|value| Tick { value, label: number(value, step.decimals()) }).collect(), minor: vec![] }
}

/// Marks of a log axis: decades, at most `count` of them labelled, 2 to 9 as minor marks. A range that holds fewer than two
/// decades is labelled at 1, 2 and 5 too.
pub(crate) fn log(lo: f64, hi: f64, count: usize) -> Ticks {
    let (first, last) = (exponent(lo), exponent(hi));
    let inside = |v: &f64| *v >= lo * (1.0 - 1e-9) && *v <= hi * (1.0 + 1e-9);
    let decades: Vec<i32> = (first..=last).filter(|e| inside(&power(*e))).collect();
    let all = (first..=last).flat_map(|e| (1..10).map(move |m| (m, e)));
    let all: Vec<(i32, i32, f64)> =
        all.map(|(m, e)| (m, e, format!("{m}e{e}").parse().unwrap_or(0.0))).filter(|t| inside(&t.2)).collect();
    if decades.len() < 2 {
        let mut chosen: Vec<_> = all.iter().filter(|(m, ..)| [1, 2, 5].contains(m)).collect();
        if chosen.len() < 2 {
            chosen = all.iter().collect();
        }
        if chosen.len() < 2 {
            return linear(lo, hi, count.min(4));
        }
        let every = chosen.len().div_ceil(count.max(1)).max(1);
        let major: Vec<Tick> = chosen
            .iter()
            .step_by(every)
            .map(|(_, e, value)| Tick { value: *value, label: number(*value, usize::try_from(-e).unwrap_or(0)) })
            .collect();
        let minor = all.iter().map(|t| t.2).filter(|v| !major.iter().any(|t| t.value == *v)).collect();
        return Ticks { major, minor };
    }
    let every = decades.len().div_ceil(count.max(1)) as i32;
    let (labelled, plain): (Vec<i32>, Vec<i32>) = decades.into_iter().partition(|e| e.rem_euclid(every) == 0);
    let major = labelled.into_iter().map(|e| Tick { value: power(e), label: decade(e) }).collect();
    let minor = if every > 1 {
        plain.into_iter().map(power).collect()
    } else {
        all.iter().filter(|(m, ..)| *m > 1).map(|t| t.2).collect()
    };
    Ticks { major, minor }
}

/// Marks of either kind of axis.
pub(crate) fn of(scale: Scale, lo: f64, hi: f64, count: usize) -> Ticks {
    match scale {
        Scale::Linear => linear(lo, hi, count),
        Scale::Log => log(lo, hi, count),
    }
}

/// Decimals that show three digits of numbers up to `largest`.
pub(crate) fn decimals(largest: f64) -> usize {
    match largest.abs() {
        size if size <= 1.0 => 3,
        size if size < 10.0 => 2,
        size if size < 100.0 => 1,
        _ => 0,
    }
}

/// `10^{e}` as markup.
fn decade(exponent: i32) -> String {
    format!("10^{{{exponent}}}")
}

/// A number for a label: U+2212 as minus, thin spaces between thousands from 10 000 on, powers of ten where it is very
/// large or very small. May hold markup.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "n/a".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.into();
    }
    let size = value.abs();
    if size >= 1e7 || (size > 0.0 && size < 1e-4) {
        let power_of_ten = exponent(size);
        let digits = format!("{:.2e}", value);
        let mantissa = digits.split('e').next().unwrap_or("1").trim_end_matches('0').trim_end_matches('.');
        let mantissa = mantissa.replace('-', "−");
        // rounding may carry into the next decade: 9.999e6 prints as 1.00e7
        let power_of_ten = digits.split('e').nth(1).and_then(|e| e.parse().ok()).unwrap_or(power_of_ten);
        return match mantissa.as_str() {
            "1" => decade(power_of_ten),
            "−1" => format!("−{}", decade(power_of_ten)),
            _ => format!("{mantissa}\u{2009}×\u{2009}{}", decade(power_of_ten)),
        };
    }
    let text = format!("{size:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i) % 3 == 0 {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
#[path = "ticks_tests.rs"]
mod tests;
