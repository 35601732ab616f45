//! What a report tells about one results folder, gathered from its files.

use crate::failure::Failure;
use crate::{output, shown};
use hydranet_charts::Named;
use hydranet_charts::Width;
use hydranet_report::{ClaimTable, ExperimentPage, Picture, TextTable};
use hydranet_results::summary::SUMMARY;
use hydranet_results::verdict::ClaimRow;
use hydranet_studies::{Lines, StudyPlugin, claim_measured};
use hydranet_toolkit::Toolkit;
use serde_json::Value;
use std::path::Path;

/// A results folder, read and drawn.
pub(crate) struct ReportFolder {
    pub(crate) found: hydranet_studies::Folder,
    study: &'static StudyPlugin,
    /// Its spec as a file, with the references of its abstract as they were written.
    spec: String,
    pub(crate) claims: ClaimTable,
    /// The figures for a wide screen.
    wide: Vec<Named>,
    /// The same for a narrow one, where they can be drawn so.
    narrow: Vec<Named>,
}

impl ReportFolder {
    /// Reads the folder and draws its figures.
    pub(crate) fn open(results: &Path, known: &Toolkit) -> Result<ReportFolder, Failure> {
        let (mut found, study) = shown::open(results, known)?;
        let spec = spec_text(&found.run.spec);
        if let Some(text) = found.run.spec["abstract"].as_str() {
            let mut table = |name: &str| {
                let text = std::fs::read_to_string(results.join(format!("{name}.csv"))).ok()?;
                TextTable::of_csv(&text).ok()
            };
            let (filled, references) = hydranet_report::fill(text, &mut table)
                .map_err(|e| Failure::BadInput(format!("{}: {e}", results.display())))?;
            let missing =
                references.iter().filter_map(|r| Some((&r.reference, r.missing.as_ref()?))).collect::<Vec<_>>();
            if let Some((reference, reason)) = missing.first() {
                output::note(&format!(
                    "note: {}: {} of {} numbers of the abstract are not in these results, first {{{reference}}}: {reason}",
                    results.display(),
                    missing.len(),
                    references.len()
                ));
            }
            found.run.spec["abstract"] = filled.into();
        }
        let wide = study.draw(&found, None)?;
        // labels that find no room in one column: such figures stay wide and scroll
        let narrow = study.draw(&found, Some(Width::Points(NARROW))).unwrap_or_default();
        let claims = found.claims()?;
        let rows =
            claims.iter().map(|row| ClaimRow { measured: claim_measured(&claims, row), ..row.clone() }).collect();
        let claims = ClaimTable { from: found.header()?.claims_from, rows };
        Ok(ReportFolder { found, study, spec, claims, wide, narrow })
    }

    /// All figures but the table of claims, which a page writes as a table.
    pub(crate) fn pictures(&self) -> Vec<Picture<'_>> {
        let narrow = |name: &str| self.narrow.iter().find(|n| n.name == name).map(|n| &n.figure);
        let pictures = self.wide.iter().filter(|named| named.name != "claims");
        pictures.map(|n| Picture { name: &n.name, wide: &n.figure, narrow: narrow(&n.name) }).collect()
    }

    /// The kind of study, in words.
    pub(crate) fn study(&self) -> String {
        format!("{} study", self.study.kind.name)
    }

    /// The page of the experiment.
    pub(crate) fn page(&self, results: &Path, indexed: bool) -> Result<String, Failure> {
        let lines = (self.study.table)(&self.found)?;
        let file = "summary.csv".to_string();
        let path = results.join(&file);
        let text = std::fs::read_to_string(&path)
            .map_err(|e| Failure::BadInput(format!("{}: cannot be read: {e}", path.display())))?;
        let cells = TextTable::of_csv(&text)
            .map_err(|e| Failure::BadInput(format!("{}: {}", path.display(), crate::failure::chain(&e))))?;
        let column = |f: &hydranet_results::Field| {
            let unit = if f.unit == "1" { "" } else { f.unit };
            (f.name.to_string(), unit.to_string(), f.meaning.to_string())
        };
        let overview =
            |lines: Lines| (TextTable { head: lines.head, rows: lines.rows }, lines.reading.replace('\n', " "));
        let experiment = ExperimentPage {
            run: &self.found.run,
            spec: self.spec.clone(),
            study: self.study(),
            claims: self.claims.clone(),
            figures: self.pictures(),
            overview: lines.into_iter().map(overview).collect(),
            summary: (file, cells),
            columns: SUMMARY.fields.iter().map(column).collect(),
            indexed,
        };
        experiment.page().map_err(|e| Failure::failed_error(&e))
    }
}

/// Width of figures for narrow screens, in points: 336 pixels of a web page.
const NARROW: f64 = 252.0;

/// The spec as a TOML file; where TOML has no form for it, as JSON.
pub(crate) fn spec_text(spec: &Value) -> String {
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
