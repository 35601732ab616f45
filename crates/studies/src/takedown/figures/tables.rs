//! What the figures of a takedown study are drawn from.

use crate::takedown::band_table::BandRow;
use crate::takedown::degrees::DegreeCountRow;
use crate::takedown::rows::SecondsRow;
use hydranet_results::summary::SummaryRow;

/// The tables that figures are drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tables<'t> {
    /// The title of the experiment.
    pub(super) title: &'t str,
    /// Every metric of every cell.
    pub(super) summary: &'t [SummaryRow],
    /// Mean curves.
    pub(super) bands: &'t [BandRow],
    /// Pooled degree distributions.
    pub(super) degrees: &'t [DegreeCountRow],
    /// How long orders take; empty where that was not asked for.
    pub(super) seconds: &'t [SecondsRow],
}
