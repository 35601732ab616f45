//! The table that a takedown study ends with.

use super::metrics::{F_C, R, R_CMD, SEIZURES_10, SEIZURES_50, SET_SIZE};
use super::rows::SecondsRow;
use crate::shared::lines::{by_cell, over};
use crate::{Folder, Lines, ShowError};
use hydranet_results::summary::SummaryRow;

/// One line a cell: each metric with half the width of its 95 % interval, and how long the strategy took where that was asked
/// for.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let columns = [&R.info, &R_CMD.info, &F_C.info, &SET_SIZE.info, &SEIZURES_50.info, &SEIZURES_10.info];
    let summary = folder.summary()?;
    let mut lines = by_cell(&summary, &columns).with_reading(&reading(&summary));
    let seconds = seconds(folder)?;
    if !seconds.is_empty() {
        lines.head.push("seconds".into());
        for line in &mut lines.rows {
            let row = seconds.iter().find(|r| r.topology == line[0] && r.treatment == line[1]);
            line.push(row.map_or("–".into(), |row| format!("{:.4}", row.seconds)));
        }
    }
    Ok(vec![lines])
}

/// How such a table is read.
pub fn reading(summary: &[SummaryRow]) -> String {
    format!(
        "means ± the wider side of the 95 % interval, {}; R, R_cmd: mean of S1/N and of command reach over all removals;\n\
         f_c: removed fraction at the peak of S2, where the network falls apart there; set size: removed fraction that leaves S1 ≤ C·N, or single nodes\n",
        over(summary)
    )
}

/// What `seconds.csv` says, where there is such a file.
pub(super) fn seconds(folder: &Folder) -> Result<Vec<SecondsRow>, ShowError> {
    if folder.has("seconds") { folder.rows("seconds") } else { Ok(Vec::new()) }
}
