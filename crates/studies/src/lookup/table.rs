//! The table that a lookup study ends with.

use super::metrics::{FAILED, HOPS_MEAN};
use crate::shared::lines::across_places;
use crate::{Folder, Lines, ShowError};

/// Removed shares that are shown, at most.
const SHOWN: usize = 6;

/// One line a cell: the failed share at some removed shares, and mean hops at the first of them.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let lines = across_places(&folder.summary()?, &FAILED.info, &HOPS_MEAN.info, SHOWN);
    Ok(vec![lines.with_reading(
        "means ± the wider side of the 95 % interval, clustered by network; failed at f: share of lookups between live nodes\n\
         that do not arrive when the share f of the nodes has failed (under an eclipse: of lookups for the range that it\n\
         covers); hops: of those that arrive\n",
    )])
}
