//! Sentences that an experiment answers, and how sure the answer is.
//!
//! A verdict is read off the interval alone. Where the spec says what the sentence needs (`at_least`, `at_most`), the sentence holds if
//! the whole interval is on that side, fails if the whole interval is on the other, and is open if the interval has both.
//! Where the spec says nothing, the interval is only compared with the value that a takedown without any effect would have.

use maud::{Markup, html};

/// What a sentence needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// This much or more.
    AtLeast(f64),
    /// This much or less.
    AtMost(f64),
    /// The spec states nothing; a takedown without effect would have this value, where that is known.
    NoEffect(Option<f64>),
}

/// A sentence and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
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
    pub needs: Bound,
}

/// What the interval says of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
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

impl Answered {
    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Standing {
        let Some(value) = self.value else { return Standing::Unjudged };
        let (lo, hi) = self.interval.unwrap_or((value, value));
        let side = |inside: bool, outside: bool| match (inside, outside) {
            (true, _) => Standing::Holds,
            (_, true) => Standing::Fails,
            _ => Standing::Undecided,
        };
        match self.needs {
            Bound::AtLeast(x) => side(lo >= x, hi < x),
            Bound::AtMost(x) => side(hi <= x, lo > x),
            Bound::NoEffect(Some(x)) if lo <= x && x <= hi => Standing::NoClearEffect,
            Bound::NoEffect(Some(_)) => Standing::Effect,
            Bound::NoEffect(None) => Standing::Unjudged,
        }
    }

    fn needed(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        match self.needs {
            Bound::AtLeast(x) => format!("≥ {x}{unit}"),
            Bound::AtMost(x) => format!("≤ {x}{unit}"),
            Bound::NoEffect(Some(x)) => format!("no effect, {x}"),
            Bound::NoEffect(None) => "nothing".into(),
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

impl Standing {
    /// Class, sign and words.
    fn shown(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Standing::Holds => ("holds", "✓", "holds"),
            Standing::Fails => ("fails", "✗", "does not hold"),
            Standing::Undecided => ("undecided", "≈", "undecided"),
            Standing::Effect => ("holds", "→", "clear effect"),
            Standing::NoClearEffect => ("undecided", "≈", "no clear effect"),
            Standing::Unjudged => ("unjudged", "–", "not judged"),
        }
    }
}

/// The table of claims.
pub(crate) fn table(claims: &[Answered]) -> Markup {
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

    fn check(interval: Option<(f64, f64)>, needs: Bound, expected: Standing) {
        let claim = Answered {
            says: String::new(),
            measured: String::new(),
            value: Some(0.5),
            interval,
            unit: String::new(),
            needs,
        };
        assert_eq!(claim.verdict(), expected, "{claim:?}");
        assert_eq!(Answered { value: None, ..claim }.verdict(), Standing::Unjudged);
    }

    #[test]
    fn verdicts() {
        let around = Some((0.4, 0.6));
        check(around, Bound::AtLeast(0.4), Standing::Holds);
        check(around, Bound::AtLeast(0.61), Standing::Fails);
        check(around, Bound::AtLeast(0.5), Standing::Undecided);
        check(around, Bound::AtMost(0.6), Standing::Holds);
        check(around, Bound::AtMost(0.39), Standing::Fails);
        check(around, Bound::AtMost(0.45), Standing::Undecided);
        check(around, Bound::NoEffect(Some(0.0)), Standing::Effect);
        check(around, Bound::NoEffect(Some(0.6)), Standing::NoClearEffect);
        check(around, Bound::NoEffect(None), Standing::Unjudged);
        check(None, Bound::AtLeast(0.5), Standing::Holds);
        check(None, Bound::AtMost(0.4), Standing::Fails);
    }
}
