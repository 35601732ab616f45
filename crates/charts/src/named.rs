//! A figure with the name of its files.

use crate::render::Figure;

/// A figure and the name of its files.
#[derive(Debug)]
pub struct Named {
    /// File name without ending, in kebab-case.
    pub name: String,
    /// The figure.
    pub figure: Figure,
}
