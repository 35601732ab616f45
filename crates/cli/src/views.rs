//! What a finished study shows: the table that a run ends with, and its figures. One row a kind of study.

use crate::failure::Failure;
use crate::output::Lines;
use crate::{campaign_view, field_case_view, lookup_table, summary_table};
use hydranet_charts::{Named, Width};
use hydranet_montecarlo::Kind;
use hydranet_montecarlo::summarize::{Summaries, read_csv};
use hydranet_results::csv::CsvError;
use hydranet_results::finite_size::{EXPONENTS, ExponentRow, POINTS, PointRow};
use hydranet_results::lookup::{LOOKUP_SUMMARY, LookupSummaryRow};
use hydranet_results::series::{SERIES, SeriesRow};
use hydranet_results::summary::SUMMARY;
use hydranet_results::takedown::{SECONDS, SecondsRow};
use hydranet_results::{RunRecord, Schema, Table};
use hydranet_studies::takedown::figures::Tables;
use hydranet_studies::{broadcast, discovery, finite_size, lookup, takedown};
use std::path::{Path, PathBuf};

/// How the results of one kind of study are shown.
pub(crate) struct View {
    /// The kind: its name.
    study: &'static str,
    /// The table that a run ends with, or several.
    pub(crate) table: fn(&Path) -> Result<Vec<Lines>, Failure>,
    /// Its figures, from the summary tables in the folder.
    pub(crate) figures: fn(&Path, &RunRecord, Option<Width>) -> Figures,
}

/// The figures of a results folder.
pub(crate) type Figures = Result<Vec<Named>, Failure>;

const VIEWS: &[View] = &[
    View { study: Kind::DEFAULT, table: takedown_table, figures: takedown_figures },
    View { study: "finite-size", table: finite_size_table, figures: finite_size_figures },
    View { study: "broadcast", table: broadcast_table, figures: broadcast_figures },
    View { study: "discovery", table: discovery_table, figures: discovery_figures },
    View { study: "field-case", table: field_case_view::table, figures: field_case_view::figures },
    View { study: "campaign", table: campaign_view::table, figures: campaign_view::figures },
    View {
        study: "lookup",
        table: |results| Ok(vec![lookup_table::lookup_table(&lookups(results)?)]),
        figures: |results, run, width| {
            lookup::figures::figures(&run.title, &lookups(results)?, width).map_err(|e| Failure::failed_error(&e))
        },
    },
];

/// The view of a run.
pub(crate) fn view(run: &RunRecord) -> Result<&'static View, Failure> {
    // runs of before there were several kinds do not say
    let study = run.spec["study"].as_str().unwrap_or(Kind::DEFAULT);
    VIEWS.iter().find(|view| view.study == study).ok_or_else(|| {
        Failure::BadInput(format!(
            "this run is a study `{study}`, which this program cannot show; was it made by a newer one?"
        ))
    })
}

/// Reads `run.json` of a results folder.
pub(crate) fn record(results: &Path) -> Result<RunRecord, Failure> {
    let path = results.join("run.json");
    let text = std::fs::read_to_string(&path).map_err(|e| {
        Failure::BadInput(format!("{}: cannot be read: {e}; a results folder is what a run writes", path.display()))
    })?;
    RunRecord::from_json(&text).map_err(|e| Failure::BadInput(format!("{}: {e}", path.display())))
}

/// Reads a summary table of a results folder.
pub(crate) fn rows(results: &Path, name: &str, schema: &'static Schema) -> Result<Table, Failure> {
    read_csv(results, name, schema).map_err(unreadable)
}

fn unreadable((path, error): (PathBuf, CsvError)) -> Failure {
    let why = crate::failure::chain(&error);
    Failure::BadInput(format!("{}: {why}; figures are drawn from the tables that a run writes", path.display()))
}

fn takedown_table(results: &Path) -> Result<Vec<Lines>, Failure> {
    let summary = rows(results, "summary", &SUMMARY)?;
    Ok(vec![summary_table::summary_table(&summary.records().collect::<Vec<_>>(), &seconds(results)?)])
}

fn takedown_figures(results: &Path, run: &RunRecord, width: Option<Width>) -> Figures {
    let s = Summaries::read(results).map_err(unreadable)?;
    let tables = Tables {
        title: &run.title,
        summary: &s.summary,
        bands: &s.bands,
        degrees: &s.degrees,
        measures: &s.measures,
        seconds: &seconds(results)?,
    };
    let mut list = takedown::figures::figures(&tables, width).map_err(|e| Failure::failed_error(&e))?;
    list.extend(takedown::figures::function(&run.title, &s.function, width).map_err(|e| Failure::failed_error(&e))?);
    Ok(list)
}

fn finite_size_table(results: &Path) -> Result<Vec<Lines>, Failure> {
    let laws = rows(results, "exponents", &EXPONENTS)?;
    let lines = laws.records::<ExponentRow>().map(|l| {
        vec![
            l.family,
            l.metric,
            format!("{:.4} ± {:.4}", l.exponent, (l.hi - l.lo) / 2.0),
            l.theory.map_or("–".into(), |t| format!("{t:.4}")),
            format!("{} from {}", l.sizes, l.from),
        ]
    });
    let rows = lines.collect();
    let head = ["family", "metric", "exponent", "theory", "sizes"].map(String::from).to_vec();
    let reading = "metric ∝ N^exponent, weighted fit, ± half the 95 % interval\n".into();
    Ok(vec![Lines { head, rows, names: 2, reading }])
}

fn finite_size_figures(results: &Path, run: &RunRecord, width: Option<Width>) -> Figures {
    let points: Vec<PointRow> = rows(results, "points", &POINTS)?.records().collect();
    let laws: Vec<ExponentRow> = rows(results, "exponents", &EXPONENTS)?.records().collect();
    finite_size::figures::figures(&run.title, &points, &laws, width).map_err(|e| Failure::failed_error(&e))
}

/// What `seconds.csv` says, where there is such a file.
fn seconds(results: &Path) -> Result<Vec<SecondsRow>, Failure> {
    match results.join("seconds.csv").exists() {
        true => Ok(rows(results, "seconds", &SECONDS)?.records().collect()),
        false => Ok(Vec::new()),
    }
}

fn series_rows(results: &Path) -> Result<Vec<SeriesRow>, Failure> {
    Ok(rows(results, "series", &SERIES)?.records().collect())
}

fn broadcast_table(results: &Path) -> Result<Vec<Lines>, Failure> {
    let columns = ["flood-coverage", "gossip-coverage", "flood-rounds-90", "gossip-rounds-90", "strong-component"];
    Ok(vec![summary_table::series_table(&series_rows(results)?, "removed", &columns)])
}

fn broadcast_figures(results: &Path, run: &RunRecord, width: Option<Width>) -> Figures {
    broadcast::figures::figures(&run.title, &series_rows(results)?, width).map_err(|e| Failure::failed_error(&e))
}

fn discovery_table(results: &Path) -> Result<Vec<Lines>, Failure> {
    let columns = ["coverage", "bias", "estimate", "r", "seizures-50", "full-seizures-50"];
    Ok(vec![summary_table::series_table(&series_rows(results)?, "requests a node", &columns)])
}

fn discovery_figures(results: &Path, run: &RunRecord, width: Option<Width>) -> Figures {
    discovery::figures::figures(&run.title, &series_rows(results)?, width).map_err(|e| Failure::failed_error(&e))
}

fn lookups(results: &Path) -> Result<Vec<LookupSummaryRow>, Failure> {
    Ok(rows(results, "summary", &LOOKUP_SUMMARY)?.records().collect())
}
