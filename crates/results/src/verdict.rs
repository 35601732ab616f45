//! What the rows say of a sentence: a number with its interval, and whether the sentence holds.
//!
//! A verdict compares what its sentence compares. It is read off an interval: the sentence holds if the whole interval lies
//! where it needs the number to be, fails if the whole interval lies where it must not be, and is undecided if the interval has
//! both. The interval of a comparison is that of paired trials. Sentences that are asked together are judged together: the
//! p-value of each (the least 1 − level at which its interval still decides) is adjusted by Holm (1979), so that the chance of
//! any wrong verdict among all of them is at most 5 %.

mod rows;

pub use rows::{CLAIMS, ClaimRow};

use crate::metric::{MetricInfo, Summing};
use crate::observations::{Group, Observations};
use crate::statistics::{Interval, LEVEL, holm};
use crate::summary::{sum_up, told};
use crate::together::{Ratio, Together};

/// What is asked of cells, each a topology and a treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The number of the only cell.
    Value,
    /// First cell − second, over paired trials.
    Difference,
    /// First cell / second, over paired trials.
    Ratio,
    /// Every cell − the one before it, over paired trials; what is told is the step that stands worst for the sentence.
    Steps,
    /// Slope per step of the straight line through all cells in their order, over paired trials.
    Slope,
}

impl Comparison {
    /// How tables spell it.
    pub fn name(self) -> &'static str {
        match self {
            Comparison::Value => "value",
            Comparison::Difference => "difference",
            Comparison::Ratio => "ratio",
            Comparison::Steps => "step",
            Comparison::Slope => "slope",
        }
    }
}

/// Where the number must be for the sentence to hold.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Needs {
    /// This or more.
    pub least: Option<f64>,
    /// This or less.
    pub most: Option<f64>,
    /// The ends themselves are not enough.
    pub strict: bool,
    /// Any other number than this: that of a takedown without any effect. Not with the ends above.
    pub apart: Option<f64>,
}

impl Needs {
    /// Where an interval lies: inside (`true`), outside (`false`), or both (`None`).
    fn side(&self, Interval { lo, hi }: Interval) -> Option<bool> {
        if let Some(none) = self.apart {
            return (hi < none || none < lo).then_some(true);
        }
        let reaches = |x: f64, end: f64| if self.strict { x > end } else { x >= end };
        let inside = self.least.is_none_or(|end| reaches(lo, end)) && self.most.is_none_or(|end| reaches(-hi, -end));
        let outside =
            self.least.is_some_and(|end| !reaches(hi, end)) || self.most.is_some_and(|end| !reaches(-lo, -end));
        match (inside, outside) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    fn anything(&self) -> bool {
        self.least.is_some() || self.most.is_some() || self.apart.is_some()
    }
}

/// One sentence, as a question to the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The cells that it is about, topology and treatment.
    pub cells: Vec<[String; 2]>,
    /// What is compared.
    pub comparison: Comparison,
    /// The name of the metric.
    pub metric: String,
    /// Where on the metric's axis (the nearest place that the first cell has); the first place if it does not say.
    pub at: Option<f64>,
    /// Where the number must be.
    pub needs: Needs,
}

/// What the rows say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The sentence holds.
    Holds,
    /// It does not.
    Fails,
    /// The interval has both.
    Undecided,
    /// It needs nothing, or there are no numbers.
    Unjudged,
}

impl Verdict {
    /// How tables spell it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::Undecided => "undecided",
            Verdict::Unjudged => "not judged",
        }
    }

    /// The verdict of this name.
    pub fn named(name: &str) -> Option<Verdict> {
        [Verdict::Holds, Verdict::Fails, Verdict::Undecided, Verdict::Unjudged].into_iter().find(|v| v.name() == name)
    }
}

/// The answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// The number; `None` where there is none.
    pub value: Option<f64>,
    /// Its 95 % interval, by itself.
    pub interval: Option<Interval>,
    /// The least 1 − level at which the interval decides, from 0 to 1; `None` where nothing is judged.
    pub p: Option<f64>,
    /// The same adjusted for all questions that were asked together (Holm).
    pub p_holm: Option<f64>,
    /// The verdict at 5 % of `p_holm`.
    pub verdict: Verdict,
}

/// A number with its interval at any level.
type Estimate<'e> = (Option<f64>, Box<dyn Fn(f64) -> Option<Interval> + 'e>);

/// Answers questions together. O(questions · trials · log).
pub fn answers(observations: &Observations, questions: &[Question]) -> Vec<Answer> {
    let mut sides = Vec::new();
    let mut found: Vec<Answer> = questions
        .iter()
        .map(|question| {
            let (answer, side) = alone(observations, question);
            sides.push(side);
            answer
        })
        .collect();
    let judged: Vec<usize> = (0..found.len()).filter(|i| found[*i].p.is_some()).collect();
    let adjusted = holm(&judged.iter().filter_map(|i| found[*i].p).collect::<Vec<_>>());
    for (i, p) in judged.into_iter().zip(adjusted) {
        found[i].p_holm = Some(p);
        found[i].verdict = match sides[i].filter(|_| p <= 1.0 - LEVEL) {
            Some(true) => Verdict::Holds,
            Some(false) => Verdict::Fails,
            None => Verdict::Undecided,
        };
    }
    found
}

/// One question, without regard to the others, and the side on which its p-value decides.
fn alone(observations: &Observations, question: &Question) -> (Answer, Option<bool>) {
    let none = Answer { value: None, interval: None, p: None, p_holm: None, verdict: Verdict::Unjudged };
    let Some((info, groups)) = groups(observations, question) else { return (none, None) };
    let estimates: Vec<Estimate<'_>> = match question.comparison {
        Comparison::Steps => groups.windows(2).map(|w| difference(info.summing, vec![w[1], w[0]])).collect(),
        Comparison::Value => vec![value(info, groups[0])],
        Comparison::Difference => vec![difference(info.summing, groups)],
        Comparison::Ratio => vec![ratio(info.summing, groups)],
        Comparison::Slope => vec![slope(info.summing, groups)],
    };
    if !question.needs.anything() {
        let (value, interval) = &estimates[0];
        return (Answer { value: *value, interval: value.and_then(|_| interval(LEVEL)), ..none }, None);
    }
    let decided: Vec<(Option<f64>, f64, Option<bool>)> = estimates
        .iter()
        .map(|(value, interval)| {
            let (p, side) = decide(&question.needs, interval);
            (*value, p, side)
        })
        .collect();
    if decided.iter().any(|(value, ..)| value.is_none())
        || estimates.iter().any(|(_, interval)| interval(LEVEL).is_none())
    {
        let (value, interval) = &estimates[0];
        return (Answer { value: *value, interval: interval(LEVEL), ..none }, None);
    }
    // one step that fails is enough, and there are several to choose from; that all hold is as sure as the least sure
    let failing = decided.iter().filter(|d| d.2 == Some(false)).map(|d| d.1).fold(f64::INFINITY, f64::min);
    let (p, side) = if failing < f64::INFINITY {
        ((failing * decided.len() as f64).min(1.0), Some(false))
    } else if decided.iter().all(|d| d.2 == Some(true)) {
        (decided.iter().map(|d| d.1).fold(0.0, f64::max), Some(true))
    } else {
        (1.0, None)
    };
    // the step that stands worst: failing before undecided before holding, the surest failure and the least sure hold
    let rank = |d: &(Option<f64>, f64, Option<bool>)| match d.2 {
        Some(false) => d.1 - 2.0,
        None => 0.0,
        Some(true) => 2.0 - d.1,
    };
    let worst = (0..decided.len()).min_by(|a, b| rank(&decided[*a]).total_cmp(&rank(&decided[*b]))).unwrap_or(0);
    let (value, interval) = &estimates[worst];
    (Answer { value: *value, interval: interval(LEVEL), p: Some(p), ..none }, side)
}

/// The groups of all cells at the place that is asked for; `None` if a cell has none.
fn groups<'o>(observations: &'o Observations, question: &Question) -> Option<(&'static MetricInfo, Vec<&'o Group>)> {
    let number = |cell: &[String; 2]| observations.cells().iter().position(|known| known == cell);
    let first = number(question.cells.first()?)?;
    let off = |group: &Group| question.at.zip(group.at()).map_or(0.0, |(wanted, at)| (wanted - at).abs());
    let here = observations
        .groups()
        .filter(|found| found.cell == first && observations.metric(found.metric).0.name == question.metric)
        .min_by(|a, b| off(a.group).total_cmp(&off(b.group)))?;
    let group = |cell: &[String; 2]| observations.group(number(cell)?, here.metric, here.place);
    let groups = question.cells.iter().map(group).collect::<Option<Vec<_>>>()?;
    Some((observations.metric(here.metric).0, groups))
}

/// The least 1 − level at which the interval lies on one side, and which; 1 where it never does.
fn decide(needs: &Needs, interval: &dyn Fn(f64) -> Option<Interval>) -> (f64, Option<bool>) {
    let side = |alpha: f64| interval(1.0 - alpha).and_then(|found| needs.side(found));
    // finer than this, quantiles are rounding
    let (mut low, mut high) = (libm::log(1e-12), libm::log(0.999_999));
    if let Some(side) = side(libm::exp(low)) {
        return (libm::exp(low), Some(side));
    }
    let Some(widest) = side(libm::exp(high)) else { return (1.0, None) };
    // intervals of rising level contain each other, so that the side does not change before it is lost
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if side(libm::exp(middle)).is_some() { high = middle } else { low = middle }
    }
    (libm::exp(high), Some(widest))
}

fn value<'g>(info: &MetricInfo, group: &'g Group) -> Estimate<'g> {
    let (summed, _) = told(info, group);
    let (summing, value) = (info.summing, summed.mean.or(summed.median));
    (value, Box::new(move |level| value.and_then(|_| sum_up(summing, group, level).interval)))
}

fn difference<'g>(summing: Summing, groups: Vec<&'g Group>) -> Estimate<'g> {
    let contrast = Together::new(summing, &groups).weighted(&[1.0, -1.0]);
    (contrast.map(|c| c.mean), Box::new(move |level| contrast.and_then(|c| c.interval(level))))
}

fn slope<'g>(summing: Summing, groups: Vec<&'g Group>) -> Estimate<'g> {
    let centre = (groups.len() as f64 - 1.0) / 2.0;
    let offsets: Vec<f64> = (0..groups.len()).map(|i| i as f64 - centre).collect();
    let squares: f64 = offsets.iter().map(|x| x * x).sum();
    let weights: Vec<f64> = offsets.iter().map(|x| x / squares).collect();
    let contrast = Together::new(summing, &groups).weighted(&weights);
    (contrast.map(|c| c.mean), Box::new(move |level| contrast.and_then(|c| c.interval(level))))
}

fn ratio<'g>(summing: Summing, groups: Vec<&'g Group>) -> Estimate<'g> {
    let ratio = Together::new(summing, &groups).ratio();
    let value = ratio.as_ref().and_then(Ratio::value);
    (value, Box::new(move |level| ratio.as_ref().and_then(|ratio| ratio.interval(level))))
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
