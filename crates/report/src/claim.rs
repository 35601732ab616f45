//! Sentences that an experiment answers, and how sure the answer is.
//!
//! A verdict is read off the interval alone. Where the spec says what the sentence needs (`at_least`, `at_most`), the sentence holds if
//! the whole interval is on that side, fails if the whole interval is on the other, and is open if the interval has both.
//! Where the spec says nothing, the interval is only compared with the value that a takedown without any effect would have.

use maud::{Markup, html};

/// What a sentence needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// This much or more.
    AtLeast(f64),
    /// This much or less.
    AtMost(f64),
    /// The spec states nothing; a takedown without effect would have this value, where that is known.
    NoEffect(Option<f64>),
}

/// A sentence and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The sentence.
    pub says: String,
    /// What was measured.
    pub measured: String,
    /// The value; `None` if there is none.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Its unit; empty for a share.
    pub unit: String,
    /// What the sentence needs.
    pub needs: Threshold,
}

/// What the interval says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval is where the sentence needs it.
    Holds,
    /// The whole interval is where the sentence does not hold.
    Fails,
    /// The interval has both.
    Undecided,
    /// Nothing was stated, and the interval leaves the value of no effect out.
    Effect,
    /// Nothing was stated, and the interval has the value of no effect.
    NoClearEffect,
    /// There is nothing to judge by.
    Unjudged,
}

impl Claim {
    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let Some(value) = self.value else { return Verdict::Unjudged };
        let (lo, hi) = self.interval.unwrap_or((value, value));
        let side = |inside: bool, outside: bool| match (inside, outside) {
            (true, _) => Verdict::Holds,
            (_, true) => Verdict::Fails,
            _ => Verdict::Undecided,
        };
        match self.needs {
            Threshold::AtLeast(x) => side(lo >= x, hi < x),
            Threshold::AtMost(x) => side(hi <= x, lo > x),
            Threshold::NoEffect(Some(x)) if lo <= x && x <= hi => Verdict::NoClearEffect,
            Threshold::NoEffect(Some(_)) => Verdict::Effect,
            Threshold::NoEffect(None) => Verdict::Unjudged,
        }
    }

    fn needed(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        match self.needs {
            Threshold::AtLeast(x) => format!("≥ {x}{unit}"),
            Threshold::AtMost(x) => format!("≤ {x}{unit}"),
            Threshold::NoEffect(Some(x)) => format!("no effect, {x}"),
            Threshold::NoEffect(None) => "nothing".into(),
        }
    }

    fn written(&self) -> String {
        let Some(value) = self.value else { return "never".into() };
        let largest = self.interval.map_or(value, |(_, hi)| hi).abs().max(value.abs());
        let digits = if largest >= 100.0 {
            0
        } else if largest >= 10.0 {
            1
        } else {
            3
        };
        let number = |x: f64| format!("{x:.digits$}").replace('-', "−");
        let interval = self.interval.map(|(lo, hi)| format!(" [{}, {}]", number(lo), number(hi))).unwrap_or_default();
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        format!("{}{interval}{unit}", number(value))
    }
}

impl Verdict {
    /// Class, sign and words.
    fn shown(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Verdict::Holds => ("holds", "✓", "holds"),
            Verdict::Fails => ("fails", "✗", "does not hold"),
            Verdict::Undecided => ("undecided", "≈", "undecided"),
            Verdict::Effect => ("holds", "→", "clear effect"),
            Verdict::NoClearEffect => ("undecided", "≈", "no clear effect"),
            Verdict::Unjudged => ("unjudged", "–", "not judged"),
        }
    }
}

/// The table of claims.
pub(crate) fn table(claims: &[Claim]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Claims" {
            table.claims {
                caption {
                    "Value with its 95 % interval, clustered by network (of one network: by order). A claim holds if its whole interval is where the spec says it \
                     must be, and is undecided if the interval has both sides. Where the spec states no threshold, the interval \
                     is compared with the value that a takedown without effect would have."
                }
                thead { tr {
                    th scope="col" { "The claim" } th scope="col" { "Measured" } th.n scope="col" { "Value [95 % interval]" }
                    th scope="col" { "Compared with" } th scope="col" { "Verdict" }
                } }
                tbody {
                    @for claim in claims {
                        @let (class, sign, words) = claim.verdict().shown();
                        tr {
                            th scope="row" { (claim.says) }
                            td { (claim.measured) }
                            td.n { (claim.written()) }
                            td { (claim.needed()) }
                            td class={ "verdict " (class) } { span aria-hidden="true" { (sign) } (words) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(interval: Option<(f64, f64)>, needs: Threshold, expected: Verdict) {
        let claim = Claim {
            says: String::new(),
            measured: String::new(),
            value: Some(0.5),
            interval,
            unit: String::new(),
            needs,
        };
        assert_eq!(claim.verdict(), expected, "{claim:?}");
        assert_eq!(Claim { value: None, ..claim }.verdict(), Verdict::Unjudged);
    }

    #[test]
    fn verdicts() {
        let around = Some((0.4, 0.6));
        check(around, Threshold::AtLeast(0.4), Verdict::Holds);
        check(around, Threshold::AtLeast(0.61), Verdict::Fails);
        check(around, Threshold::AtLeast(0.5), Verdict::Undecided);
        check(around, Threshold::AtMost(0.6), Verdict::Holds);
        check(around, Threshold::AtMost(0.39), Verdict::Fails);
        check(around, Threshold::AtMost(0.45), Verdict::Undecided);
        check(around, Threshold::NoEffect(Some(0.0)), Verdict::Effect);
        check(around, Threshold::NoEffect(Some(0.6)), Verdict::NoClearEffect);
        check(around, Threshold::NoEffect(None), Verdict::Unjudged);
        check(None, Threshold::AtLeast(0.5), Verdict::Holds);
        check(None, Threshold::AtMost(0.4), Verdict::Fails);
    }
}
