//! What can go wrong between numbers and a finished figure.

use thiserror::Error;

/// Why a chart could not be drawn or a figure not be written out.
///
/// Odd *data* (no points, NaN, zeros on a log axis) never ends up here: it is drawn as a gap. Errors are about inputs
/// that contradict each other or leave no room to draw.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ChartError {
    /// A chart needs at least one of these.
    #[error("the chart has no {what}: give at least one")]
    Nothing {
        /// What is missing: `panel`, `category`, `row`, `column`, `network`.
        what: &'static str,
    },
    /// A fixed axis range is empty, not finite, or not positive on a log axis.
    #[error("axis `{axis}` has the range {lo} to {hi}: {allowed}")]
    Range {
        /// Label of the axis.
        axis: String,
        /// Lower end as given.
        lo: f64,
        /// Upper end as given.
        hi: f64,
        /// What would be accepted.
        allowed: &'static str,
    },
    /// A row or series has another number of values than there are columns or categories.
    #[error("`{label}` has {found} values, expected {expected}: use `None` where a value is missing")]
    Length {
        /// Label of the row or series.
        label: String,
        /// Number of values found.
        found: usize,
        /// Number of values needed.
        expected: usize,
    },
    /// The page width is not a length that can be drawn.
    #[error("a figure cannot be {width} pt wide: use {least} to {most} pt")]
    Width {
        /// Width as given, in points.
        width: f64,
        /// Least width that is accepted, in points.
        least: f64,
        /// Greatest width that is accepted, in points.
        most: f64,
    },
    /// Labels leave too little room for the data.
    #[error(
        "labels leave {left:.0} pt of {axis} for the data, at least {least:.0} pt are needed: shorten the labels or use a larger preset"
    )]
    Room {
        /// `width` or `height`.
        axis: &'static str,
        /// What is left for the data, in points.
        left: f64,
        /// Least room for the data, in points.
        least: f64,
    },
    /// The drawing backend refused an element.
    #[error("drawing as SVG failed: {0}")]
    Drawing(String),
    /// The drawn SVG could not be read back.
    #[error("the drawn SVG could not be read back")]
    Svg(#[from] resvg::usvg::Error),
    /// The figure does not fit into a bitmap.
    #[error("no bitmap of {width} × {height} pixels can be made")]
    Bitmap {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// PNG compression failed.
    #[error("encoding the PNG failed: {0}")]
    Png(String),
    /// Writing the PDF failed.
    #[error("writing the PDF failed: {0}")]
    Pdf(String),
}
