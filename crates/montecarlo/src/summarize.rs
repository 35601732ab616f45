//! What is read off the rows of a run: the small tables that people and figures read.

use crate::Settings;
use hydranet_results::band_table::{BANDS, BandRow, band_rows};
use hydranet_results::csv::CsvError;
use hydranet_results::degrees::{DEGREE_COUNTS, DegreeCountRow, pool};
use hydranet_results::summary::{DIFFERENCES, DifferenceRow, SUMMARY, SummaryRow, differences, summarize};
use hydranet_results::{Schema, Table, csv, takedown};
use std::fs::File;
use std::path::Path;

/// Every table that a run writes, by file name: what `hydranet describe results` explains.
pub static ALL_SCHEMAS: [(&str, &Schema); 7] = [
    ("trials.parquet", &takedown::TRIALS),
    ("curves.parquet", &takedown::CURVES),
    ("degrees.parquet", &hydranet_results::degrees::DEGREES),
    ("summary.csv", &SUMMARY),
    ("differences.csv", &DIFFERENCES),
    ("bands.csv", &BANDS),
    ("degrees.csv", &DEGREE_COUNTS),
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
}

impl Summaries {
    /// From the raw tables.
    pub fn of(trials: &Table, curves: &Table, degrees: &Table) -> Summaries {
        Summaries {
            summary: summarize(trials),
            differences: differences(trials),
            bands: band_rows(curves),
            degrees: pool(degrees),
        }
    }

    /// The tables with the names of their files (without `.csv`).
    pub fn tables(&self) -> [(&'static str, Table); 4] {
        [
            ("summary", Table::of(&self.summary)),
            ("differences", Table::of(&self.differences)),
            ("bands", Table::of(&self.bands)),
            ("degrees", Table::of(&self.degrees)),
        ]
    }

    /// Reads them back from a results folder.
    ///
    /// # Errors
    /// With the file: if one is missing or is not such a table.
    pub fn read(results: &Path) -> Result<Summaries, (std::path::PathBuf, CsvError)> {
        let table = |name: &str, schema: &'static Schema| {
            let path = results.join(name);
            let file = File::open(&path).map_err(|e| (path.clone(), CsvError::from(e)))?;
            csv::read(file, schema).map_err(|e| (path, e))
        };
        Ok(Summaries {
            summary: table("summary.csv", &SUMMARY)?.records().collect(),
            differences: table("differences.csv", &DIFFERENCES)?.records().collect(),
            bands: table("bands.csv", &BANDS)?.records().collect(),
            degrees: table("degrees.csv", &DEGREE_COUNTS)?.records().collect(),
        })
    }
}

/// The metrics that `precision` speaks of.
const PRECISE: [&str; 4] = ["r", "r_cmd", "f_c", "set_size"];

/// How many networks a run with `precision` needs, judging by the trials so far: as many as it has if every interval is
/// narrow enough; otherwise what the square-root law asks for, at most twice as many at a time and `max_networks` in all.
pub fn networks_for(trials: &Table, precision: f64, settings: &Settings) -> u32 {
    let widest = summarize(trials)
        .iter()
        .filter(|row| PRECISE.contains(&row.metric.as_str()))
        .filter_map(|row| Some((row.hi? - row.lo?) / 2.0))
        .fold(0.0, f64::max);
    if widest <= precision {
        return settings.networks;
    }
    let needed = (settings.networks as f64 * (widest / precision).powi(2)).ceil().min(u32::MAX as f64) as u32;
    needed.clamp(settings.networks + 1, settings.networks.saturating_mul(2)).min(settings.max_networks)
}
