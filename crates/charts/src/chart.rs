//! What all chart kinds have in common.

use crate::{error::ChartError, preset::Preset, render::Figure};

/// Something that can be drawn.
pub trait Chart {
    /// Draws the chart for a place in a paper. Pure: the same chart and preset give the same figure.
    ///
    /// # Errors
    /// [`ChartError`] if the inputs contradict each other or leave no room; never for odd values, which are drawn as gaps.
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError>;
}
