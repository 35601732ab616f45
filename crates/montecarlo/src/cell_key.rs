//! What tells the cells of a plan apart.

use serde::{Deserialize, Serialize};

/// A topology or a treatment of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellKey {
    /// Hash of what decides its rows, beside what decides the rows of all cells.
    pub hash: String,
    /// Its label in rows.
    pub label: String,
}
