//! The table that a discovery study ends with.

use super::metrics::{BIAS, COVERAGE, ESTIMATE, ESTIMATE_COVERS, FULL_SEIZURES_50_FRACTION, R, SEIZURES_50_FRACTION};
use crate::shared::lines::by_place;
use crate::{Folder, Lines, ShowError};

/// One line a cell and number of requests.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let columns =
        [&COVERAGE, &BIAS, &ESTIMATE, &ESTIMATE_COVERS, &R, &SEIZURES_50_FRACTION, &FULL_SEIZURES_50_FRACTION];
    Ok(vec![by_place(&folder.summary()?, "requests a node", &columns.map(|metric| &metric.info))])
}
