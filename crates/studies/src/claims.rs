//! The sentences of a spec with their answers, as a figure.

use crate::{Folder, ShowError};
use hydranet_charts::{Chart, Claims, Figure, Named, Preset, Width, literal};
use hydranet_results::verdict::{CLAIMS, ClaimRow, Verdict};

impl Folder {
    /// The claims of its spec with their answers, in the order of the spec; empty where the spec claims nothing.
    ///
    /// # Errors
    /// As [`Folder::table`]: a folder of a spec with claims has `claims.csv`.
    pub fn claims(&self) -> Result<Vec<ClaimRow>, ShowError> {
        let some = self.run.spec.get("claim").and_then(|list| list.as_array()).is_some_and(|list| !list.is_empty());
        if some { Ok(self.table("claims", &CLAIMS)?.records().collect()) } else { Ok(Vec::new()) }
    }
}

/// The table of claims as a figure: each sentence with the number that answers it, its interval and the verdict; nothing where the
/// spec claims nothing.
///
/// # Errors
/// If it cannot be read, or laid out in the width.
pub(crate) fn figure(folder: &Folder, width: Option<Width>) -> Result<Option<Named>, ShowError> {
    let rows = folder.claims()?;
    if rows.is_empty() {
        return Ok(None);
    }
    let said = |i: usize| i > 0 && rows[i - 1].says == rows[i].says;
    let again = |i: usize| said(i) && rows[i - 1].measured == rows[i].measured;
    let answer = |(i, row): (usize, &ClaimRow)| hydranet_charts::ClaimRow {
        // asked of several topologies, a sentence stands once
        says: if said(i) { String::new() } else { literal(&row.says) },
        // and what is measured with it, so that the topologies alone stand below
        measured: literal(&if again(i) { row.topology.clone() } else { measured(&rows, row) }),
        value: row.value,
        interval: row.interval(),
        unit: row.unit.clone(),
        verdict: mark(row.judged()).into(),
    };
    let from = folder.header()?.claims_from;
    let chart = Claims {
        title: folder.run.title.clone(),
        description: "each claim with the number that answers it, its 95 % interval, and whether it holds".into(),
        heads: [
            if from.is_empty() { "Claim".into() } else { format!("{} says", literal(&from)) },
            "Measured".into(),
            "mean [95 % interval]".into(),
            "Verdict".into(),
        ],
        answers: rows.iter().enumerate().map(answer).collect(),
    };
    let figure: Figure = chart.draw(&Preset { width: width.unwrap_or(Width::TwoColumn), ..Preset::default() })?;
    Ok(Some(Named { name: "claims".into(), figure }))
}

/// What was measured; with the topology where the same sentence is asked of several.
pub fn measured(all: &[ClaimRow], row: &ClaimRow) -> String {
    let several = all.iter().any(|other| other.says == row.says && other.topology != row.topology);
    let named = row.measured.contains(&row.topology);
    if several && !named { format!("{}: {}", row.topology, row.measured) } else { row.measured.clone() }
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Fails => "does not hold",
        Verdict::Undecided => "undecided",
        Verdict::Unjudged => "–",
    }
}
