//! One curve as numbers: its points, and how they are drawn.

use crate::preset::size;

/// How the points of a series are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Joining {
    /// Straight lines, with a marker now and then (on every point if there are at most twelve).
    #[default]
    LineAndMarkers,
    /// Straight lines only: for theory.
    Line,
    /// A marker on every point, with whiskers for intervals: for measurements under a theory line.
    Markers,
    /// A value holds until the next point: counts that fall at each removal. Markers as in `LineAndMarkers`.
    StepsAfter,
    /// A value holds since the point before: P(K ≥ k). Markers as in `LineAndMarkers`.
    StepsBefore,
}

/// Colour, dash and marker of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paint {
    /// The next free style, the same for the same label in all panels.
    #[default]
    Auto,
    /// Style number so-and-so, from 0: to give theory the colour of its measurement. The first forty differ.
    Slot(usize),
    /// Of so many series that have an order, this one, from 0: colours rise from dark to light, markers differ.
    Ordered {
        /// Its place.
        at: usize,
        /// How many there are.
        of: usize,
    },
    /// Black, thin and dashed.
    Reference,
}

/// A point of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Across, in the unit of the x axis.
    pub x: f64,
    /// Up, in the unit of the y axis. NaN or infinite makes a gap.
    pub y: f64,
    /// Lower and upper end of an interval around `y`, such as a 95 % confidence interval.
    pub interval: Option<(f64, f64)>,
}

/// One curve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Name in the legend; may hold markup. An empty label is left out of the legend.
    pub label: String,
    /// Points in drawing order.
    pub points: Vec<Point>,
    /// How they are joined.
    pub draw: Joining,
    /// Colour, dash and marker.
    pub paint: Paint,
}

impl Series {
    pub(crate) fn line_width(&self) -> f64 {
        if self.paint == Paint::Reference { size::THIN } else { size::LINE }
    }
}
