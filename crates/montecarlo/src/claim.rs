//! Sentences of a spec: `[[claim]]`. They decide no row; the rows decide them.

use crate::{SpecError, SpecText};
use hydranet_results::verdict::{Answer, ClaimRow, Comparison, Needs, Question, answers};
use hydranet_results::{MetricInfo, Observations, Summing};
use hydranet_topology::Params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sentence, and what the rows must show for it to hold: one `[[claim]]` table.
///
/// It needs one of: a threshold (`at_least`, `at_most`) for the number itself; a comparison (`versus`) with another cell, as
/// difference or `ratio`; an order of several cells (`rising`, `falling`), step by step or as a `trend`. The verdict is read off
/// the interval of paired trials, simultaneous over all claims of the spec (Holm).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Claim {
    /// The sentence.
    pub says: String,
    /// What the number is, in words; left out: made from metric and cells.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub measured: String,
    /// Label of the topology that it is asked of. With neither this nor `topologies` it is asked of all, each by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topology: Option<String>,
    /// Labels of the topologies that it is asked of, each by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topologies: Vec<String>,
    /// Label of the treatment; left out where `rising` or `falling` lists treatments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treatment: Option<String>,
    /// Name of the metric.
    pub metric: String,
    /// Where on the metric's axis it is read (the nearest place); left out for metrics of the whole trial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// The cell that it is compared with, over paired trials: what is left out is as in the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versus: Option<Versus>,
    /// With `versus`: the quotient of the two, not their difference.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ratio: bool,
    /// With `versus`: more, less, or the same but for `margin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expects: Option<Expects>,
    /// With `expects = "same"`: how far the two may differ for the sentence to hold (> 0, in the metric's unit; of a ratio: from 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// The number (with `versus`: the difference or the ratio) is this or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// The number (with `versus`: the difference or the ratio) is this or less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// Labels of treatments (or of topologies), two or more: each has more than the one before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rising: Vec<String>,
    /// Labels of treatments (or of topologies), two or more: each has less than the one before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub falling: Vec<String>,
    /// With `rising` or `falling`: what counts is the slope of the straight line through all, not every step.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub trend: bool,
}

/// The cell that a claim compares with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Versus {
    /// Label of the topology; left out: that of the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topology: Option<String>,
    /// Label of the treatment; left out: that of the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treatment: Option<String>,
}

/// What a comparison is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expects {
    /// More than the other cell.
    More,
    /// Less than the other cell.
    Less,
    /// As much, but for the margin.
    Same,
}

/// What claims can speak of.
pub(crate) struct Sayable<'s> {
    pub(crate) topologies: &'s [&'s str],
    pub(crate) treatments: &'s [&'s str],
    pub(crate) metrics: &'s [&'static MetricInfo],
}

impl Claim {
    pub(crate) fn read(text: &SpecText<'_>, table: &Params<'_>, known: &Sayable<'_>) -> Result<Claim, SpecError> {
        let claim: Claim = table.read().map_err(|e| text.fail(format!("`claim`: {}", e.reason), Some(e.span)))?;
        claim.check(known).map_err(|(key, reason)| text.fail(format!("`claim`: {reason}"), table.span_of(key)))?;
        Ok(claim)
    }

    /// Refuses what is no sentence of this spec: the key, and why.
    fn check(&self, known: &Sayable<'_>) -> Result<(), (&'static str, String)> {
        let word = |key: &'static str, kind: &str, known: &[&str], value: &str| match known.contains(&value) {
            true => Ok(()),
            false => Err((key, format!("no {kind} `{value}` here; there are {}", known.join(", ")))),
        };
        let unless =
            |holds: bool, key: &'static str, reason: &str| if holds { Ok(()) } else { Err((key, reason.to_string())) };
        unless(!self.says.trim().is_empty(), "says", "`says` is the sentence, and not empty")?;
        let names: Vec<&str> = known.metrics.iter().map(|info| info.name).collect();
        word("metric", "metric", &names, &self.metric)?;
        for label in self.topology.iter().chain(&self.topologies) {
            word(if self.topology.is_some() { "topology" } else { "topologies" }, "topology", known.topologies, label)?;
        }
        for label in self.treatment.iter() {
            word("treatment", "treatment", known.treatments, label)?;
        }
        unless(
            self.topology.is_none() || self.topologies.is_empty(),
            "topologies",
            "`topology` and `topologies` together",
        )?;
        let order = self.order();
        let waits = known.metrics.iter().any(|i| i.name == self.metric && i.summing == Summing::Wait);
        if let Some((key, labels)) = order {
            unless(
                self.versus.is_none() && !self.ratio && self.expects.is_none(),
                key,
                "an order, and a comparison as well",
            )?;
            unless(labels.len() >= 2, key, "an order has two labels or more")?;
            let (of_treatments, of_topologies) = (
                labels.iter().all(|l| known.treatments.contains(&l.as_str())),
                labels.iter().all(|l| known.topologies.contains(&l.as_str())),
            );
            unless(of_treatments || of_topologies, key, "an order lists labels of treatments, or of topologies")?;
            let missing = "an order of topologies says of which `treatment`";
            unless(of_treatments || self.treatment.is_some(), key, missing)?;
            unless(self.at_least.is_none() && self.at_most.is_none(), key, "an order needs no threshold")?;
            unless(!waits, "metric", "waits have no differences; ask of a share or a mean")?;
            return Ok(());
        }
        unless(!self.trend, "trend", "a trend goes with `rising` or `falling`")?;
        unless(self.treatment.is_some(), "says", "says of no `treatment`; give its label")?;
        if let Some(versus) = &self.versus {
            for label in versus.topology.iter() {
                word("versus", "topology", known.topologies, label)?;
            }
            for label in versus.treatment.iter() {
                word("versus", "treatment", known.treatments, label)?;
            }
            unless(*versus != Versus::default(), "versus", "says nothing: give a `topology` or a `treatment`")?;
            let thresholds = self.at_least.is_some() || self.at_most.is_some();
            let either = "`versus` goes with one of `expects`, `at_least`, `at_most`";
            unless(self.expects.is_some() != thresholds, "versus", either)?;
            unless(!waits, "metric", "waits have no differences; ask of a share or a mean")?;
        } else {
            unless(!self.ratio, "ratio", "a ratio goes with `versus`")?;
            unless(
                self.expects.is_none(),
                "expects",
                "goes with `versus`; for the number itself say `at_least` or `at_most`",
            )?;
        }
        let same = self.expects == Some(Expects::Same);
        unless(
            same == self.margin.is_some(),
            "margin",
            "`margin` goes with `expects = \"same\"`, and that with a margin",
        )?;
        unless(self.margin.is_none_or(|m| m > 0.0 && m.is_finite()), "margin", "a margin is more than 0")?;
        let ends = self.at_least.is_none() || self.at_most.is_none();
        unless(ends, "at_most", "`at_least` and `at_most` together; give the one that the sentence needs")
    }

    fn order(&self) -> Option<(&'static str, &[String])> {
        match (&self.rising[..], &self.falling[..]) {
            ([], []) => None,
            ([], falling) => Some(("falling", falling)),
            (rising, _) => Some(("rising", rising)),
        }
    }

    /// The questions that it puts to the rows, with the label of the topology that each is asked of. `all`: the topologies of the
    /// experiment; `treatments`: its treatments.
    fn questions(&self, all: &[String], treatments: &[String], info: Option<&MetricInfo>) -> Vec<(String, Question)> {
        let asked = match (&self.topology, &self.topologies[..]) {
            (Some(one), _) => vec![one.clone()],
            (None, []) => all.to_vec(),
            (None, several) => several.to_vec(),
        };
        let question = |cells, comparison| Question {
            cells,
            comparison,
            metric: self.metric.clone(),
            at: self.at,
            needs: self.needs(info),
        };
        let treatment = self.treatment.clone().unwrap_or_default();
        if let Some((_, labels)) = self.order() {
            let comparison = if self.trend { Comparison::Slope } else { Comparison::Steps };
            if !labels.iter().all(|label| treatments.contains(label)) {
                let cells = labels.iter().map(|topology| [topology.clone(), treatment.clone()]).collect();
                return vec![(labels.last().cloned().unwrap_or_default(), question(cells, comparison))];
            }
            let of = |topology: String| {
                let cells = labels.iter().map(|treatment| [topology.clone(), treatment.clone()]).collect();
                (topology, question(cells, comparison))
            };
            return asked.into_iter().map(of).collect();
        }
        let of = |topology: String| {
            let cell = [topology.clone(), treatment.clone()];
            let Some(versus) = &self.versus else { return (topology, question(vec![cell], Comparison::Value)) };
            let other = [
                versus.topology.clone().unwrap_or_else(|| topology.clone()),
                versus.treatment.clone().unwrap_or_else(|| treatment.clone()),
            ];
            let comparison = if self.ratio { Comparison::Ratio } else { Comparison::Difference };
            (topology, question(vec![cell, other], comparison))
        };
        // compared with a topology, it is asked of the others
        let others = |asked: &(String, Question)| asked.1.cells.len() < 2 || asked.1.cells[0] != asked.1.cells[1];
        asked.into_iter().map(of).filter(others).collect()
    }

    /// Where the number must be. Where the claim says nothing: away from that of a takedown without effect, if the metric has one.
    fn needs(&self, info: Option<&MetricInfo>) -> Needs {
        let middle = if self.ratio { 1.0 } else { 0.0 };
        let more = Needs { least: Some(middle), most: None, strict: true, apart: None };
        let less = Needs { least: None, most: Some(middle), strict: true, apart: None };
        match (self.expects, self.order()) {
            (Some(Expects::More), _) | (_, Some(("rising", _))) => more,
            (Some(Expects::Less), _) | (_, Some(_)) => less,
            (Some(Expects::Same), _) => {
                let margin = self.margin.unwrap_or_default();
                Needs { least: Some(middle - margin), most: Some(middle + margin), strict: false, apart: None }
            }
            (None, None) => {
                let apart = info.and_then(|info| info.no_effect);
                let apart = apart.filter(|_| self.at_least.is_none() && self.at_most.is_none());
                Needs { least: self.at_least, most: self.at_most, strict: false, apart }
            }
        }
    }

    /// What the number is, in words.
    fn measured(&self, info: Option<&MetricInfo>, question: &Question) -> String {
        if !self.measured.is_empty() {
            return self.measured.clone();
        }
        let heading = info.map_or(self.metric.as_str(), |info| info.heading);
        let names: Vec<String> =
            question.cells.iter().map(|[topology, treatment]| format!("{treatment} ({topology})")).collect();
        match question.comparison {
            Comparison::Value => format!("{heading}, {}", names[0]),
            Comparison::Difference => format!("{heading}: {} less {}", names[0], names[1]),
            Comparison::Ratio => format!("{heading}: {} over {}", names[0], names[1]),
            Comparison::Steps => format!("{heading}, least step of {}", names.join(", ")),
            Comparison::Slope => format!("{heading}, slope over {}", names.join(", ")),
        }
    }
}

/// What the rows say of all claims of a spec, judged together; in the order of the claims, then of the topologies.
/// O(claims · topologies · trials · log).
pub fn claim_rows(claims: &[Claim], observations: &Observations) -> Vec<ClaimRow> {
    let distinct = |place: usize| {
        observations.cells().iter().fold(Vec::new(), |mut labels: Vec<String>, cell| {
            if !labels.contains(&cell[place]) {
                labels.push(cell[place].clone());
            }
            labels
        })
    };
    let (topologies, treatments) = (distinct(0), distinct(1));
    let asked: Vec<(&Claim, String, Question)> = claims
        .iter()
        .flat_map(|claim| {
            let info = observations.info(&claim.metric);
            claim.questions(&topologies, &treatments, info).into_iter().map(move |(topology, q)| (claim, topology, q))
        })
        .collect();
    let questions: Vec<Question> = asked.iter().map(|(.., question)| question.clone()).collect();
    let row = |((claim, topology, question), answer): ((&Claim, String, Question), Answer)| {
        let info = observations.info(&claim.metric);
        let [_, treatment] = match question.comparison {
            Comparison::Steps | Comparison::Slope => question.cells.last(),
            _ => question.cells.first(),
        }
        .cloned()
        .unwrap_or_default();
        let [versus_topology, versus_treatment] = match question.comparison {
            Comparison::Value => Default::default(),
            Comparison::Difference | Comparison::Ratio => question.cells[1].clone(),
            Comparison::Steps | Comparison::Slope => question.cells[0].clone(),
        };
        let unit = info.map_or("", |info| info.unit);
        let plain = unit == "1" || question.comparison == Comparison::Ratio;
        ClaimRow {
            says: claim.says.clone(),
            measured: claim.measured(info, &question),
            topology,
            treatment,
            versus_topology,
            versus_treatment,
            metric: claim.metric.clone(),
            form: question.comparison.name().into(),
            unit: if plain { String::new() } else { unit.into() },
            value: answer.value,
            lo: answer.interval.map(|i| i.lo),
            hi: answer.interval.map(|i| i.hi),
            least: question.needs.least,
            most: question.needs.most,
            apart: question.needs.apart,
            p: answer.p,
            p_holm: answer.p_holm,
            verdict: answer.verdict.name().into(),
        }
    };
    asked.into_iter().zip(answers(observations, &questions)).map(row).collect()
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
