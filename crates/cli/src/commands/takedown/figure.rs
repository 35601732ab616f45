//! The figure of a takedown: what is left against what was removed, a curve a strategy.

use crate::failure::Failure;
use crate::output;
use hydranet_charts::{Axis, Chart, Curves, LegendPlace, Panel, Point, Preset, Rendered, Series, Width, literal};
use hydranet_results::{Table, write_atomically};
use hydranet_studies::takedown::band_table::{BandRow, band_rows};
use hydranet_studies::takedown::rows::CurveRow;
use hydranet_takedown::Removes;
use std::path::{Path, PathBuf};

/// Evenly spaced points of a curve.
pub(super) const POINTS: u32 = 400;

/// Where the figure goes, and in which format.
#[derive(Debug)]
pub(super) struct Plot {
    path: PathBuf,
    bytes: fn(Rendered) -> Vec<u8>,
}

/// What is drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'d> {
    /// All curves: [`hydranet_studies::takedown::rows::CURVES`], treatments being strategies.
    pub(super) curves: &'d Table,
    pub(super) removes: Removes,
    pub(super) orders: u32,
    pub(super) source: &'d str,
    pub(super) seed: u64,
}

impl Plot {
    /// Looks at the path before anything is computed.
    pub(super) fn at(path: &Path) -> Result<Plot, Failure> {
        let wrong = |why: &str| Failure::BadInput(format!("--plot {}: {why}", path.display()));
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let bytes: fn(Rendered) -> Vec<u8> = match ending.as_deref() {
            Some("pdf") => |figure: Rendered| figure.pdf,
            Some("svg") => |figure: Rendered| figure.svg.into_bytes(),
            Some("png") => |figure: Rendered| figure.png,
            _ => return Err(wrong("figures are written as .pdf, .svg or .png, by the ending of the name")),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(wrong("there is no such folder; make it first"));
        }
        Ok(Plot { path: path.into(), bytes })
    }

    /// Draws and writes.
    pub(super) fn write(&self, drawn: Drawn<'_>) -> Result<(), Failure> {
        let chart = chart(drawn);
        let width = if chart.panels.len() > 1 { Width::TwoColumn } else { Width::Article };
        let figure = chart.draw(&Preset { width, ..Preset::default() }).map_err(|e| Failure::failed_error(&e))?;
        let provenance = format!(
            "hydranet {}, {}, seed {}, orders {}",
            env!("CARGO_PKG_VERSION"),
            drawn.source,
            drawn.seed,
            drawn.orders
        );
        let bytes = (self.bytes)(figure.render(&provenance).map_err(|e| Failure::failed_error(&e))?);
        write_atomically(&self.path, |out| out.write_all(&bytes)).map_err(|e| Failure::failed_error(&e))?;
        output::note(&format!("figure: {}", self.path.display()));
        Ok(())
    }
}

/// S1/N, and reach beside it where it is another share.
fn chart(drawn: Drawn<'_>) -> Curves {
    let bands = band_rows(drawn.curves);
    let apart = |row: CurveRow<'_>| row.reach * row.nodes != row.largest * row.peers;
    let panel = |(measure, title): (&str, &str)| Panel {
        title: title.into(),
        series: strategies(&bands).into_iter().map(|name| series(&bands, measure, name)).collect(),
        marks: Vec::new(),
    };
    let largest = ("largest", "largest component, *S*_{1}/*N*");
    let reach = drawn.curves.records::<CurveRow<'_>>().any(apart);
    let peers = bands.iter().any(|row| row.measure == "reach");
    let (panels, y) = match reach && peers {
        true => (vec![panel(largest), panel(("reach", "command reach"))], "share of all nodes, or of all peers"),
        false => (vec![Panel { title: String::new(), ..panel(largest) }], largest.1),
    };
    let x = match drawn.removes {
        Removes::Nodes => "removed fraction of nodes, *f*",
        Removes::Edges => "removed fraction of links, *f*",
    };
    let over = match drawn.orders {
        1 => "one order each".to_string(),
        orders => format!("mean over {orders} orders each, with its 95 % interval"),
    };
    Curves {
        title: drawn.source.to_string(),
        description: format!("what is left against removed fraction, one curve a strategy; {over}"),
        x: Axis::linear(x).within(0.0, 1.0),
        y: Axis::linear(y).within(0.0, 1.0),
        columns: panels.len(),
        panels,
        legend: LegendPlace::Auto,
    }
}

/// The strategies in their order.
fn strategies(bands: &[BandRow]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for row in bands {
        if !names.contains(&row.treatment.as_str()) {
            names.push(&row.treatment);
        }
    }
    names
}

fn series(bands: &[BandRow], measure: &str, strategy: &str) -> Series {
    let own = bands.iter().filter(|row| row.measure == measure && row.treatment == strategy);
    let point = |row: &BandRow| Point { x: row.removed, y: row.mean, interval: row.lo.zip(row.hi) };
    Series { label: literal(strategy), points: own.map(point).collect(), ..Series::default() }
}
