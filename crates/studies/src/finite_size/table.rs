//! The table that a finite-size study ends with.

use super::rows::ExponentRow;
use crate::{Folder, Lines, ShowError};

/// The fitted laws.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let laws: Vec<ExponentRow> = folder.rows("exponents")?;
    let line = |l: ExponentRow| {
        vec![
            l.family,
            l.metric,
            format!("{:.4} ± {:.4}", l.exponent, (l.hi - l.lo) / 2.0),
            l.theory.map_or("–".into(), |t| format!("{t:.4}")),
            format!("{} from {}", l.sizes, l.from),
        ]
    };
    let head = ["family", "metric", "exponent", "theory", "sizes"].map(String::from).to_vec();
    let reading = "metric ∝ N^exponent, weighted fit, ± half the 95 % interval\n".into();
    Ok(vec![Lines { head, rows: laws.into_iter().map(line).collect(), names: 2, reading }])
}
