//! Results to figures: SVG, PDF and PNG fit for a paper.
//!
//! A chart is a plain struct of numbers and names ([`Curves`], [`Bars`], [`Degrees`], [`HeatMap`]). [`Chart::draw`] lays it out for a
//! place in a paper ([`Preset`]) and gives a [`Figure`]; [`Figure::render`] makes all files of it ([`Rendered`]). Everything is
//! pure: nothing is read or written, and the same input gives the same bytes.
//!
//! ```
//! use hydranet_charts::{Axis, Chart, Curves, Panel, Point, Preset, Series, Width};
//!
//! let points = (0..=10).map(|i| f64::from(i) / 10.0).map(|f| Point { x: f, y: 1.0 - f, interval: None });
//! let series = Series { label: "complete graph".into(), points: points.collect(), ..Series::default() };
//! let chart = Curves {
//!     x: Axis::linear("fraction of nodes removed, *f*"),
//!     y: Axis::linear("largest component, *S*_{1}/*N*"),
//!     panels: vec![Panel { series: vec![series], ..Panel::default() }],
//!     ..Curves::default()
//! };
//! let figure = chart.draw(&Preset { width: Width::IeeeColumn, ..Preset::default() })?;
//! let files = figure.render("an example")?;
//! assert!(files.pdf.starts_with(b"%PDF"));
//! assert_eq!(figure.width(), 252.0);
//! # Ok::<(), hydranet_charts::ChartError>(())
//! ```
//!
//! # Labels
//! All labels share a little markup: `*f*` is italic, `_{c}` and `^{-3}` lower and raise, a backslash keeps the next character.
//! A character that the embedded font lacks is drawn as U+FFFD, so that it is seen to be missing. A label that finds no room
//! is wrapped or ends in an ellipsis.
//!
//! # How it works
//! Charts draw lines, areas, discs and texts in points on a `Canvas`. plotters writes these as SVG in 1/64 pt; usvg reads that
//! with the embedded fonts only; resvg makes the PNG (300 dpi), krilla the PDF (fonts embedded as subsets, page as large as the
//! figure), and usvg itself the SVG (text as outlines). plotters' own axes and legends are not used: ticks, labels, legends,
//! clipping and dashes are done here, once, in modules that all chart kinds share (`ticks`, `scale`, `frame`, `layout`, `legend`,
//! `marker`, `trace`, `hatch`). A new chart kind is one file that implements [`Chart`] on top of them.
//!
//! # Fonts
//! `fonts/` holds subsets of DejaVu Sans (Bitstream Vera licence) and Libertinus Serif (SIL OFL 1.1) with their licences.

mod bars;
pub mod campaign;
mod canvas;
mod chart;
mod claims;
mod csv;
mod curves;
mod degrees;
mod error;
pub mod field_case;
pub mod finite_size;
mod font;
mod frame;
mod geometry;
mod hatch;
mod heat;
mod hover;
mod layout;
mod legend;
pub mod lookup;
mod marker;
mod network;
mod palette;
mod panel;
mod place;
mod png;
mod preset;
mod render;
mod scale;
pub mod series;
mod survival;
pub mod takedown;
mod text;
mod ticks;
mod trace;
mod web;

#[cfg(test)]
mod tests;

pub use bars::{BarForm, BarSeries, Bars, Estimate, Numbers};
pub use chart::Chart;
pub use claims::{Answer, Claims};
pub use curves::{Curves, Draw, Mark, Paint, Panel, Point, Series};
pub use degrees::{DegreeCounts, DegreeForm, Degrees};
pub use error::ChartError;
pub use font::Family;
pub use heat::HeatMap;
pub use hover::{Hover, HoverAxis, HoverBox, HoverPanel, HoverSeries};
pub use legend::LegendPlace;
pub use network::{NetworkDrawing, NetworkPanel, NodeKind, NodeState};
pub use place::{by_forces, on_circle};
pub use preset::{Height, Preset, Width};
pub use render::{DPI, Figure, Rendered};
pub use scale::{Axis, Range, Scale, Zero};
pub use survival::{Group, Survival};
pub use text::unmarked;
pub use web::web_style;
