//! The table that a lookup study ends with.

use super::metrics::{FAILED, HOPS_MEAN};
use crate::shared::lines::{across_places, over};
use crate::{Folder, Lines, ShowError};

/// Removed shares that are shown, at most.
const SHOWN: usize = 6;

/// One line a cell: the failed share at some removed shares, and mean hops at the first of them.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let summary = folder.summary()?;
    let lines = across_places(&summary, &FAILED.info, &HOPS_MEAN.info, SHOWN);
    Ok(vec![lines.with_reading(&format!(
        "means ± the wider side of the 95 % interval, {}; failed at f: share of lookups between live nodes\n\
         that do not arrive when the share f of the nodes has failed (under an eclipse: of lookups for the range that it\n\
         covers); hops: of those that arrive\n",
        over(&summary)
    ))])
}
