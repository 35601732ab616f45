//! One of several charts with common axes: its curves and reference marks, as numbers.

use crate::series::Series;

/// A place on the x axis with a name, drawn as a dotted upright line with the name above the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where, in the unit of the x axis.
    pub x: f64,
    /// What, such as `*f*_{c} (theory)`.
    pub label: String,
}

/// One of several charts with common axes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// Shown above, behind (a), (b), … if there is more than one panel.
    pub title: String,
    /// The curves, drawn in this order.
    pub series: Vec<Series>,
    /// Reference marks.
    pub marks: Vec<Mark>,
}
