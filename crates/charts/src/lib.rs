#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

mod axis;
mod bars;
mod canvas;
mod chart;
mod claims;
mod color;
mod csv;
mod curves;
mod degrees;
mod error;
mod font;
mod frame;
mod geometry;
mod hatch;
mod heat;
mod hover;
mod layout;
mod legend;
mod marker;
mod named;
mod network;
mod palette;
mod panel;
mod place;
mod png;
mod preset;
mod render;
mod scale;
mod scene;
mod series;
mod survival;
mod text;
mod ticks;
mod trace;
mod web;
mod xml;

#[cfg(test)]
mod tests;

pub use axis::{Axis, Range, Zero};
pub use bars::{BarForm, BarSeries, BarValue, Bars, Numbers};
pub use chart::Chart;
pub use claims::{ClaimRow, Claims, claim_value};
pub use curves::Curves;
pub use degrees::{DegreeCounts, DegreeForm, Degrees};
pub use error::ChartError;
pub use font::Family;
pub use heat::HeatMap;
pub use hover::{Hover, HoverAxis, HoverBox, HoverPanel, HoverSeries};
pub use legend::LegendPlace;
pub use named::Named;
pub use network::{NetworkDrawing, NetworkPanel, NodeRole, NodeState};
pub use panel::{Mark, Panel};
pub use place::{by_forces, on_circle};
pub use preset::{Height, Preset, Width};
pub use render::{DPI, Figure, Rendered};
pub use scale::Scale;
pub use series::{Joining, Paint, Point, Series};
pub use survival::{SurvivalCurves, SurvivalGroup};
pub use text::{literal, unmarked};
pub use web::web_style;
