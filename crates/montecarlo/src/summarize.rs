//! What is read off the rows of a run: the small tables that people and figures read.

use crate::Common;
use crate::function::MEASURES;
use hydranet_results::band_table::{BANDS, BandRow, band_rows};
use hydranet_results::csv::CsvError;
use hydranet_results::degrees::{DEGREE_COUNTS, DegreeCountRow, pool};
use hydranet_results::measures::{MEASURE_MEANS, MeasureMeanRow, measure_means};
use hydranet_results::series::{SERIES, SeriesRow, series};
use hydranet_results::summary::{DIFFERENCES, DifferenceRow, SUMMARY, SummaryRow, differences, summarize};
use hydranet_results::{Schema, Table, csv};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The summary tables of a takedown study, by file name without `.csv`.
pub static SUMMARIES: [(&str, &Schema); 6] = [
    ("summary", &SUMMARY),
    ("differences", &DIFFERENCES),
    ("bands", &BANDS),
    ("degrees", &DEGREE_COUNTS),
    ("measures", &MEASURE_MEANS),
    ("series", &SERIES),
];

/// The summary tables of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Summaries {
    /// Every metric of every cell.
    pub summary: Vec<SummaryRow>,
    /// Paired differences between cells.
    pub differences: Vec<DifferenceRow>,
    /// Mean curves with intervals.
    pub bands: Vec<BandRow>,
    /// Pooled degree distributions.
    pub degrees: Vec<DegreeCountRow>,
    /// Means of the measures along the takedown; empty where none were asked for.
    pub measures: Vec<MeasureMeanRow>,
    /// Whether lookups and commands get through; empty where that was not asked for.
    pub function: Vec<SeriesRow>,
}

impl Summaries {
    /// From the raw tables.
    pub fn of(trials: &Table, curves: &Table, degrees: &Table, measures: &Table, points: &Table) -> Summaries {
        Summaries {
            summary: summarize(trials),
            differences: differences(trials),
            bands: band_rows(curves),
            degrees: pool(degrees),
            measures: measure_means(measures),
            function: series(points, &MEASURES),
        }
    }

    /// The tables, in the order of [`SUMMARIES`].
    pub fn tables(&self) -> Vec<Table> {
        vec![
            Table::of(&self.summary),
            Table::of(&self.differences),
            Table::of(&self.bands),
            Table::of(&self.degrees),
            Table::of(&self.measures),
            Table::of(&self.function),
        ]
    }

    /// Reads them back from a results folder.
    ///
    /// # Errors
    /// With the file: if one is missing or is not such a table.
    pub fn read(results: &Path) -> Result<Summaries, (PathBuf, CsvError)> {
        Ok(Summaries {
            summary: read_csv(results, "summary", &SUMMARY)?.records().collect(),
            differences: read_csv(results, "differences", &DIFFERENCES)?.records().collect(),
            bands: read_csv(results, "bands", &BANDS)?.records().collect(),
            degrees: read_csv(results, "degrees", &DEGREE_COUNTS)?.records().collect(),
            // runs of before there were measures have no such file
            measures: match results.join("measures.csv").exists() {
                true => read_csv(results, "measures", &MEASURE_MEANS)?.records().collect(),
                false => Vec::new(),
            },
            function: match results.join("series.csv").exists() {
                true => read_csv(results, "series", &SERIES)?.records().collect(),
                false => Vec::new(),
            },
        })
    }
}

/// The metrics that `precision` speaks of.
const PRECISE: [&str; 4] = ["r", "r_cmd", "f_c", "set_size"];

/// Half the width of the widest interval that `precision` speaks of.
pub fn widest(trials: &Table) -> f64 {
    summarize(trials)
        .iter()
        .filter(|row| PRECISE.contains(&row.metric.as_str()))
        .filter_map(|row| Some((row.hi? - row.lo?) / 2.0))
        .fold(0.0, f64::max)
}

/// How many networks a run with `precision` needs, judging by the widest half-interval so far: as many as it has if that is
/// narrow enough; otherwise what the square-root law asks for, at most twice as many at a time and `max_networks` in all.
pub fn networks_for(widest: f64, precision: f64, common: &Common) -> u32 {
    if widest <= precision {
        return common.networks;
    }
    let needed = square_root_law(widest, precision, common.networks);
    needed.clamp(common.networks + 1, common.networks.saturating_mul(2)).min(common.max_networks)
}

/// How many networks it takes for intervals of half the width `precision`, if `networks` give `widest`.
pub fn square_root_law(widest: f64, precision: f64, networks: u32) -> u32 {
    (networks as f64 * (widest / precision).powi(2)).ceil().min(u32::MAX as f64) as u32
}

/// Reads a summary table of a results folder: the file `name`.csv.
///
/// # Errors
/// With the file: if it is missing or is not such a table.
pub fn read_csv(results: &Path, name: &str, schema: &'static Schema) -> Result<Table, (PathBuf, CsvError)> {
    let path = results.join(format!("{name}.csv"));
    let file = File::open(&path).map_err(|e| (path.clone(), CsvError::from(e)))?;
    csv::read(file, schema).map_err(|e| (path, e))
}
