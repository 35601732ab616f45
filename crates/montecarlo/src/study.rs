//! What the runner runs: a study is a trait with one trial function.

use crate::Unit;
use hydranet_results::{Schema, Table};
use std::fmt::Debug;

/// Something that can be replicated: a static takedown, a routing study, a campaign.
///
/// The runner knows nothing about it but how to call [`Study::run`] for every unit, in any order, on any thread.
pub trait Study: Debug + Sync {
    /// The tables that a unit adds rows to. The last one is written last: its file marks a block as finished.
    fn schemas(&self) -> &'static [&'static Schema];

    /// Runs one unit and appends its rows to `tables`, one table a schema.
    ///
    /// A pure function of the study and the unit: no I/O, no clock, no state.
    ///
    /// # Errors
    /// Why the unit cannot be run: which topology and treatment, and what does not fit.
    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String>;
}
