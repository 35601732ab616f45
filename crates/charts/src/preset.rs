//! Where a figure will be printed: width, height, typeface.

use crate::{error::ChartError, font::Family};

/// Width of a figure, named after the LaTeX length that it fills. One point is a PDF point, 1/72 inch.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Width {
    /// 252 pt: one column of a two-column paper (IEEEtran, `\columnwidth`).
    IeeeColumn,
    /// 345 pt: the text of a one-column paper (article, `\textwidth`).
    #[default]
    Article,
    /// 516 pt: both columns of a two-column paper (IEEEtran, `\textwidth`).
    TwoColumn,
    /// Any other width in points, 100 to 2000.
    Points(f64),
}

/// Height of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Height {
    /// What the chart needs.
    #[default]
    Auto,
    /// So many points; refused if the labels leave too little room.
    Points(f64),
}

/// Where a figure will be printed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Preset {
    /// Width of the figure.
    pub width: Width,
    /// Height of the figure.
    pub height: Height,
    /// Typeface of all text in it.
    pub family: Family,
}

const LEAST: f64 = 100.0;
const MOST: f64 = 2000.0;

impl Preset {
    /// Width in points.
    ///
    /// # Errors
    /// [`ChartError::Width`] outside of 100 to 2000 pt.
    pub fn points(&self) -> Result<f64, ChartError> {
        let width = match self.width {
            Width::IeeeColumn => 252.0,
            Width::Article => 345.0,
            Width::TwoColumn => 516.0,
            Width::Points(points) => points,
        };
        if (LEAST..=MOST).contains(&width) {
            Ok(width)
        } else {
            Err(ChartError::Width { width, least: LEAST, most: MOST })
        }
    }
}

/// Type sizes, line widths and distances, in points: what makes all charts look like one family.
pub(crate) mod size {
    /// Tick labels, legends, panel titles.
    pub(crate) const SMALL: f64 = 8.0;
    /// Axis labels.
    pub(crate) const LABEL: f64 = 9.0;
    /// Numbers inside a chart.
    pub(crate) const TINY: f64 = 7.0;
    /// Empty border around everything.
    pub(crate) const BORDER: f64 = 3.0;
    /// A major tick.
    pub(crate) const TICK: f64 = 3.0;
    /// A minor tick.
    pub(crate) const MINOR: f64 = 1.8;
    /// Between a tick and its label, or a label and the next thing.
    pub(crate) const GAP: f64 = 2.5;
    /// Axis lines.
    pub(crate) const SPINE: f64 = 0.7;
    /// Grid lines, minor ticks, thin frames.
    pub(crate) const HAIR: f64 = 0.5;
    /// Data lines.
    pub(crate) const LINE: f64 = 1.3;
    /// Theory lines and whiskers.
    pub(crate) const THIN: f64 = 0.9;
    /// Radius of a marker.
    pub(crate) const MARKER: f64 = 2.2;
    /// Line to line in a legend.
    pub(crate) const LEADING: f64 = 11.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        let points = |width| Preset { width, ..Preset::default() }.points();
        assert_eq!(points(Width::IeeeColumn).unwrap(), 252.0);
        assert_eq!(points(Width::Article).unwrap(), 345.0);
        assert_eq!(points(Width::TwoColumn).unwrap(), 516.0);
        for bad in [0.0, -5.0, 99.9, 1e9, f64::NAN, f64::INFINITY] {
            assert!(matches!(points(Width::Points(bad)), Err(ChartError::Width { .. })), "{bad}");
        }
    }
}
