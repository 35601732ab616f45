//! What the figures of a takedown study are drawn from.

use hydranet_results::band_table::BandRow;
use hydranet_results::degrees::DegreeCountRow;
use hydranet_results::measures::MeasureMeanRow;
use hydranet_results::summary::SummaryRow;
use hydranet_results::takedown::SecondsRow;

/// The tables that figures are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'t> {
    /// The title of the experiment.
    pub title: &'t str,
    /// Every metric of every cell.
    pub summary: &'t [SummaryRow],
    /// Mean curves.
    pub bands: &'t [BandRow],
    /// Pooled degree distributions.
    pub degrees: &'t [DegreeCountRow],
    /// Means of measures along the takedown; empty where none were taken.
    pub measures: &'t [MeasureMeanRow],
    /// How long orders take; empty where that was not asked for.
    pub seconds: &'t [SecondsRow],
}
