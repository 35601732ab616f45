//! What a report tells about one results folder, gathered from its files.

use crate::failure::Failure;
use crate::output::Lines;
use crate::{output, views};
use hydranet_charts::{Named, Width};
use hydranet_montecarlo::Kind;
use hydranet_montecarlo::studies::STUDIES;
use hydranet_report::{Cells, Claim, Experiment, Picture, Threshold};
use hydranet_results::summary::{SUMMARY, SummaryRow};
use hydranet_results::{RunRecord, Schema};
use serde_json::Value;
use std::path::Path;

/// A results folder, read and drawn.
pub(crate) struct Folder {
    pub(crate) run: RunRecord,
    pub(crate) kind: &'static Kind,
    pub(crate) claims: Vec<Claim>,
    /// The figures for a wide screen.
    wide: Vec<Named>,
    /// The same for a narrow one, where they can be drawn so.
    narrow: Vec<Named>,
}

impl Folder {
    /// Reads the folder and draws its figures.
    pub(crate) fn open(results: &Path) -> Result<Folder, Failure> {
        let run = views::record(results)?;
        let view = views::view(&run)?;
        let name = run.spec["study"].as_str().unwrap_or(Kind::DEFAULT);
        let kind = STUDIES.iter().find(|kind| kind.name == name).ok_or_else(|| {
            Failure::BadInput(format!("{}: a study `{name}` that this program does not know", results.display()))
        })?;
        let wide = (view.figures)(results, &run, None)?;
        // labels that find no room in one column: such figures stay wide and scroll
        let narrow = (view.figures)(results, &run, Some(Width::Points(NARROW))).unwrap_or_default();
        let claims = claims(results, &run)?;
        Ok(Folder { run, kind, claims, wide, narrow })
    }

    /// All figures but the table of claims, which a page writes as a table.
    pub(crate) fn pictures(&self) -> Vec<Picture<'_>> {
        let narrow = |name: &str| self.narrow.iter().find(|n| n.name == name).map(|n| &n.figure);
        let pictures = self.wide.iter().filter(|named| named.name != "claims");
        pictures.map(|n| Picture { name: &n.name, wide: &n.figure, narrow: narrow(&n.name) }).collect()
    }

    /// The kind of study, in words.
    pub(crate) fn study(&self) -> String {
        format!("{} study", self.kind.name)
    }

    /// The page of the experiment.
    pub(crate) fn page(&self, results: &Path, indexed: bool) -> Result<String, Failure> {
        let lines = (views::view(&self.run)?.table)(results)?;
        let (name, schema) = self.summary();
        let file = format!("{name}.csv");
        let path = results.join(&file);
        let text = std::fs::read_to_string(&path)
            .map_err(|e| Failure::BadInput(format!("{}: cannot be read: {e}", path.display())))?;
        let cells = Cells::of_csv(&text)
            .map_err(|e| Failure::BadInput(format!("{}: {}", path.display(), crate::failure::chain(&e))))?;
        let column = |f: &hydranet_results::Field| {
            let unit = if f.unit == "1" { "" } else { f.unit };
            (f.name.to_string(), unit.to_string(), f.meaning.to_string())
        };
        let overview = |lines: Lines| (Cells { head: lines.head, rows: lines.rows }, lines.reading.replace('\n', " "));
        let experiment = Experiment {
            run: &self.run,
            spec: spec_text(&self.run.spec),
            study: self.study(),
            claims: self.claims.clone(),
            figures: self.pictures(),
            overview: lines.into_iter().map(overview).collect(),
            summary: (file, cells),
            columns: schema.fields.iter().map(column).collect(),
            indexed,
        };
        experiment.page().map_err(|e| Failure::failed_error(&e))
    }

    /// The table that sums the study up.
    fn summary(&self) -> (&'static str, &'static Schema) {
        let list = self.kind.summaries;
        *list.iter().find(|(name, _)| *name == "summary").unwrap_or(&list[list.len() - 1])
    }
}

/// Width of figures for narrow screens, in points: 336 pixels of a web page.
const NARROW: f64 = 252.0;

/// The claims in the spec, answered by the summary.
fn claims(results: &Path, run: &RunRecord) -> Result<Vec<Claim>, Failure> {
    let Some(list) = run.spec["claim"].as_array().filter(|list| !list.is_empty()) else { return Ok(Vec::new()) };
    let summary: Vec<SummaryRow> = views::rows(results, "summary", &SUMMARY)?.records().collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let claim = |c: &Value| {
        let same =
            |r: &&SummaryRow| c["metric"] == r.metric && c["topology"] == r.topology && c["treatment"] == r.treatment;
        let row = summary.iter().find(same);
        Claim {
            says: text(&c["says"]),
            measured: text(&c["measured"]),
            value: row.and_then(|r| r.mean),
            interval: row.and_then(|r| r.lo.zip(r.hi)),
            unit: row.filter(|r| r.unit != "1").map_or(String::new(), |r| r.unit.clone()),
            needs: match (c["at_least"].as_f64(), c["at_most"].as_f64()) {
                (Some(x), _) => Threshold::AtLeast(x),
                (None, Some(x)) => Threshold::AtMost(x),
                (None, None) => Threshold::NoEffect(no_effect(&text(&c["metric"]))),
            },
        }
    };
    Ok(list.iter().map(claim).collect())
}

/// The value of a metric under a takedown without any effect, where it has one.
fn no_effect(metric: &str) -> Option<f64> {
    match metric {
        "depth" | "harm_averted" | "harm_averted_share" | "harm_averted_per_cost" | "identified" => Some(0.0),
        "residual_30" | "residual_90" | "residual_180" => Some(1.0),
        _ => None,
    }
}

/// The spec as a TOML file; where TOML has no form for it, as JSON.
fn spec_text(spec: &Value) -> String {
    let mut spec = spec.clone();
    without_nulls(&mut spec);
    toml::to_string_pretty(&spec).unwrap_or_else(|_| serde_json::to_string_pretty(&spec).unwrap_or_default())
}

/// TOML has no null: what has no value is left out.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, v| !v.is_null());
            map.values_mut().for_each(without_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

/// Says what was written, and how large it is.
pub(crate) fn written(path: &Path, text: &str) -> Result<(), Failure> {
    hydranet_results::write_atomically(path, |out| out.write_all(text.as_bytes()))
        .map_err(|e| Failure::failed_error(&e))?;
    output::print(&format!("{} ({:.2} MB)\n", path.display(), text.len() as f64 / 1e6))
}
