//! The sentences of a spec, answered by its summary.

use crate::{Folder, ShowError};
use hydranet_charts::{Chart, Claims, Figure, Named, Preset, Width, literal};
use hydranet_montecarlo::{Claim, StudyKind};
use hydranet_results::summary::SummaryRow;
use hydranet_results::{Table, table};

/// What a number must be for a sentence to hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Requirement {
    /// The spec says at least how much.
    AtLeast(f64),
    /// The spec says at most how much.
    AtMost(f64),
    /// The spec gives no threshold: the number is held against that of a takedown without any effect, where the metric has one.
    NoEffect(Option<f64>),
}

/// A sentence and the number that answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The claim.
    pub claim: Claim,
    /// The number; missing where the cell has none.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Its unit; empty for ratios.
    pub unit: String,
    /// What it must be.
    pub needs: Requirement,
}

/// The answers of a summary to the claims of its spec, in their order. A claim about a metric with places is answered at the
/// place nearest to `at`, the first if it does not say. O(claims · rows).
pub fn answers(kind: &StudyKind, claims: &[Claim], summary: &[SummaryRow]) -> Vec<Answer> {
    let infos: Vec<_> = kind.metrics.iter().flat_map(|list| list.infos()).collect();
    let answer = |claim: &Claim| {
        let same = |r: &&SummaryRow| {
            claim.metric == r.metric && claim.topology == r.topology && claim.treatment == r.treatment
        };
        let off = |r: &SummaryRow| claim.at.zip(r.at).map_or(0.0, |(wanted, at)| (wanted - at).abs());
        let row = summary.iter().filter(same).min_by(|a, b| off(a).total_cmp(&off(b)));
        let info = infos.iter().find(|info| info.name == claim.metric);
        Answer {
            value: row.and_then(|r| r.mean.or(r.median)),
            interval: row.and_then(SummaryRow::interval),
            unit: row.filter(|r| r.unit != "1").map_or(String::new(), |r| r.unit.clone()),
            needs: match (claim.at_least, claim.at_most) {
                (Some(x), _) => Requirement::AtLeast(x),
                (None, Some(x)) => Requirement::AtMost(x),
                (None, None) => Requirement::NoEffect(info.and_then(|info| info.no_effect)),
            },
            claim: claim.clone(),
        }
    };
    claims.iter().map(answer).collect()
}

table! {
    /// One row a claim of the spec.
    CLAIMS "claims" ClaimRow {
        says: Text String, "", "the sentence";
        measured: Text String, "", "what the number is, in words";
        topology: Text String, "", "label of the topology that it is read in";
        treatment: Text String, "", "label of the treatment";
        metric: Text String, "", "name of the metric: `hydranet describe METRIC`";
        unit: Text String, "", "unit of the numbers; empty for ratios";
        value: NullableReal Option<f64>, "see unit", "the number that answers it; empty where the cell has none";
        lo: NullableReal Option<f64>, "see unit", "lower end of its 95 % interval";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        at_least: NullableReal Option<f64>, "see unit", "the sentence needs this or more";
        at_most: NullableReal Option<f64>, "see unit", "the sentence needs this or less";
    }
}

/// The answers to the claims of a folder's spec, as a table; nothing where the spec claims nothing.
///
/// # Errors
/// If the folder cannot be read.
pub fn table(folder: &Folder, kind: &StudyKind) -> Result<Option<Table>, ShowError> {
    let claims = folder.claims()?;
    if claims.is_empty() {
        return Ok(None);
    }
    let row = |a: Answer| ClaimRow {
        says: a.claim.says,
        measured: a.claim.measured,
        topology: a.claim.topology,
        treatment: a.claim.treatment,
        metric: a.claim.metric,
        unit: a.unit,
        value: a.value,
        lo: a.interval.map(|i| i.0),
        hi: a.interval.map(|i| i.1),
        at_least: a.claim.at_least,
        at_most: a.claim.at_most,
    };
    let rows: Vec<ClaimRow> = answers(kind, &claims, &folder.summary()?).into_iter().map(row).collect();
    Ok(Some(Table::of(&rows)))
}

/// The table of claims as a figure: each sentence with the number that answers it and its interval; nothing where the spec claims
/// nothing.
///
/// # Errors
/// If it cannot be read, or laid out in the width.
pub(crate) fn figure(folder: &Folder, kind: &StudyKind, width: Option<Width>) -> Result<Option<Named>, ShowError> {
    let claims = folder.claims()?;
    if claims.is_empty() {
        return Ok(None);
    }
    let answer = |a: Answer| hydranet_charts::ClaimRow {
        says: literal(&a.claim.says),
        measured: literal(&a.claim.measured),
        value: a.value,
        interval: a.interval,
        unit: a.unit,
    };
    let chart = Claims {
        title: folder.run.title.clone(),
        description: "each claim with the number that answers it and its 95 % interval".into(),
        heading: "mean [95 % interval]".into(),
        answers: answers(kind, &claims, &folder.summary()?).into_iter().map(answer).collect(),
    };
    let figure: Figure = chart.draw(&Preset { width: width.unwrap_or(Width::TwoColumn), ..Preset::default() })?;
    Ok(Some(Named { name: "claims".into(), figure }))
}
