//! The table that a broadcast study ends with.

use super::metrics::{FLOOD_COVERAGE, FLOOD_ROUNDS_90, GOSSIP_COVERAGE, GOSSIP_ROUNDS_90, STRONG_COMPONENT};
use crate::shared::lines::by_place;
use crate::{Folder, Lines, ShowError};

/// One line a cell and removed fraction.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let columns = [&FLOOD_COVERAGE, &GOSSIP_COVERAGE, &FLOOD_ROUNDS_90, &GOSSIP_ROUNDS_90, &STRONG_COMPONENT];
    Ok(vec![by_place(&folder.summary()?, "removed", &columns.map(|metric| &metric.info))])
}
