//! The table that a campaign study ends with.

use super::metrics::{
    DEPTH, FALSE_IDENTIFICATION, HARM_AVERTED_PER_COST, HARM_AVERTED_SHARE, IDENTIFIED, RECOVERY_DAYS_90, RESIDUAL_90,
    RESIDUAL_180,
};
use crate::shared::lines::{by_cell, over};
use crate::{Folder, Lines, ShowError};

/// One line a cell.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let columns = [
        &DEPTH,
        &RECOVERY_DAYS_90,
        &RESIDUAL_90,
        &RESIDUAL_180,
        &HARM_AVERTED_SHARE,
        &HARM_AVERTED_PER_COST,
        &IDENTIFIED,
        &FALSE_IDENTIFICATION,
    ];
    let summary = folder.summary()?;
    let lines = by_cell(&summary, &columns.map(|metric| &metric.info));
    Ok(vec![lines.with_reading(&format!(
        "means ± the wider side of the 95 % interval, {}; depth, residual, harm averted: shares of the untouched twin's;\n\
         days to 90 %: median of the trials that fell below, those that the end cut off count as waiting (never: fewer than half came\n\
         back, [k never]: k did not); not seen: the trajectory ends before, or nothing was struck;\n\
         per seizure: all machine-days averted by all costs, in server seizures, paid also where they fail;\n\
         innocent named: suspects who are not the operator and were named\n",
        over(&summary)
    ))])
}
