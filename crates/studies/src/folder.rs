//! A results folder, as tables and figures read it.

use hydranet_charts::ChartError;
use hydranet_montecarlo::Header;
use hydranet_results::csv::{self, CsvError};
use hydranet_results::differences::{DIFFERENCES, DifferenceRow};
use hydranet_results::summary::{SUMMARY, SummaryRow};
use hydranet_results::{MetricInfo, Record, RunRecord, Schema, Table, Value};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Why results cannot be shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShowError {
    /// `run.json` is not there.
    #[error("{}: cannot be read: {source}; a results folder is what a run writes", path.display())]
    NoRun {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// `run.json` is damaged.
    #[error("{}: {source}", path.display())]
    BadRun {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// The spec in `run.json` is not one of this study.
    #[error("{}: the spec of this run is none that this program knows: {reason}", path.display())]
    BadSpec {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A table is missing or is not such a table.
    #[error("{}: {source}; figures are drawn from the tables that a run writes", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: CsvError,
    },
    /// A figure cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
}

/// A results folder that a run has written.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// What `run.json` says.
    pub run: RunRecord,
}

impl Folder {
    /// Reads `run.json` of a results folder.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(path: &Path) -> Result<Folder, ShowError> {
        let file = path.join("run.json");
        let text = std::fs::read_to_string(&file).map_err(|source| ShowError::NoRun { path: file.clone(), source })?;
        let run = RunRecord::from_json(&text).map_err(|source| ShowError::BadRun { path: file, source })?;
        Ok(Folder { path: path.to_path_buf(), run })
    }

    /// The name of its kind of study.
    pub fn study(&self) -> &str {
        // runs of before there were several kinds do not say
        self.run.spec["study"].as_str().unwrap_or(crate::keys::DEFAULT_STUDY)
    }

    /// What the spec says of something, as a type: keys that it does not have are passed over.
    ///
    /// # Errors
    /// If the spec of the run does not fit.
    pub fn spec<T: DeserializeOwned>(&self) -> Result<T, ShowError> {
        serde_json::from_value(self.run.spec.clone())
            .map_err(|e| ShowError::BadSpec { path: self.path.clone(), reason: e.to_string() })
    }

    /// The header of its spec.
    ///
    /// # Errors
    /// If the spec of the run does not fit.
    pub fn header(&self) -> Result<Header, ShowError> {
        let mut spec = self.run.spec.clone();
        if let Some(object) = spec.as_object_mut() {
            let known = crate::keys::keys::<Header>("").1;
            object.retain(|key, _| known.iter().any(|param| param.name == *key));
        }
        serde_json::from_value(spec).map_err(|e| ShowError::BadSpec { path: self.path.clone(), reason: e.to_string() })
    }

    /// Whether there is a table of this name.
    pub fn has(&self, name: &str) -> bool {
        self.path.join(format!("{name}.csv")).exists()
    }

    /// Reads the table `name`.csv.
    ///
    /// # Errors
    /// With the file: if it is missing or is not such a table.
    pub fn table(&self, name: &str, schema: &'static Schema) -> Result<Table, ShowError> {
        let path = self.path.join(format!("{name}.csv"));
        let read = File::open(&path).map_err(CsvError::from).and_then(|file| csv::read(file, schema));
        read.map_err(|source| ShowError::Table { path, source })
    }

    /// Reads the rows of the table `name`.csv, which own their labels.
    ///
    /// # Errors
    /// As [`Folder::table`].
    pub fn rows<R: for<'t> Record<'t>>(&self, name: &str) -> Result<Vec<R>, ShowError> {
        Ok(self.table(name, <R as Record<'_>>::SCHEMA)?.records().collect())
    }

    /// The summary.
    ///
    /// # Errors
    /// As [`Folder::table`].
    pub fn summary(&self) -> Result<Vec<SummaryRow>, ShowError> {
        Ok(self.table("summary", &SUMMARY)?.records().collect())
    }

    /// What the summary says of one metric: for tables of more cells than one wants in memory with all their metrics.
    ///
    /// # Errors
    /// As [`Folder::table`].
    pub fn summary_of(&self, metric: &MetricInfo) -> Result<Vec<SummaryRow>, ShowError> {
        let path = self.path.join("summary.csv");
        let place = SUMMARY.position("metric").expect("a column of the summary");
        let mut rows = Vec::new();
        let read = File::open(&path).map_err(CsvError::from).and_then(|file| {
            let wanted = |row: &[Value<'_>]| row[place] == Value::Text(metric.name);
            csv::read_pieces(file, &SUMMARY, wanted, |table| {
                rows.extend(table.records::<SummaryRow>());
                Ok(())
            })
        });
        read.map(|()| rows).map_err(|source| ShowError::Table { path, source })
    }

    /// The paired differences.
    ///
    /// # Errors
    /// As [`Folder::table`].
    pub fn differences(&self) -> Result<Vec<DifferenceRow>, ShowError> {
        Ok(self.table("differences", &DIFFERENCES)?.records().collect())
    }
}
