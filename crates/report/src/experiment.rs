//! The page of one experiment.

use crate::claim::{self, ClaimTable};
use crate::figure::Picture;
use crate::page::Page;
use crate::prose::{lead, prose};
use crate::table::{TextTable, TextTableError, html_table};
use hydranet_results::RunRecord;
use maud::{Markup, html};

/// Rows of a results table that a page shows, at most.
const ROWS: usize = 600;

/// Everything that the page of one experiment tells.
#[derive(Debug, Clone)]
pub struct ExperimentPage<'e> {
    /// Where the numbers come from.
    pub run: &'e RunRecord,
    /// The whole spec, as a file that can be run again.
    pub spec: String,
    /// Kind of the study, in words.
    pub study: String,
    /// Sentences and their answers; may be empty.
    pub claims: ClaimTable,
    /// The figures.
    pub figures: Vec<Picture<'e>>,
    /// The tables that a run prints, such as one line a cell, and how to read each.
    pub overview: Vec<(TextTable, String)>,
    /// The results table: its file name and its rows.
    pub summary: (String, TextTable),
    /// Meaning of the summary's columns: name, unit, meaning.
    pub columns: Vec<(String, String, String)>,
    /// Is there a page above this one, `../index.html`?
    pub indexed: bool,
}

impl ExperimentPage<'_> {
    /// The page: one HTML file without any request.
    ///
    /// # Errors
    /// If the plotted numbers of a figure are no table, which would be a bug of the chart.
    pub fn page(&self) -> Result<String, TextTableError> {
        let figures: Vec<Markup> =
            self.figures.iter().enumerate().map(|(i, f)| f.section(i + 1)).collect::<Result<_, _>>()?;
        let run = self.run;
        let body = html! {
            header.title {
                h1 { (run.title) }
                p.byline { (self.study) " · seed " (run.seed) " · " (run.experiment) " · " time datetime=(run.started) { (day(&run.started)) } }
                (abstract_of(run))
                (self.contents())
            }
            @if !self.claims.rows.is_empty() {
                section aria-labelledby="claims" { h2 id="claims" { "Claims" } (claim::table(&self.claims)) }
            }
            section aria-labelledby="figures" {
                h2 id="figures" { "Figures" }
                p.note { "Values stand under the pointer, or at the arrow keys once a figure has the focus. Bands and brackets are 95 % intervals, clustered by network (of one network: by order), where a caption says nothing else." }
                br;
                @for figure in &figures { (figure) }
            }
            (self.tables())
            (self.reproduce())
        };
        let page = Page {
            title: &run.title,
            description: &lead(abstract_text(run)),
            up: self.indexed.then_some(("../index.html", "All experiments")),
            explorer: false,
            colophon: colophon(run),
        };
        Ok(page.render(&body))
    }

    fn contents(&self) -> Markup {
        let parts = [
            ("claims", "Claims"),
            ("figures", "Figures"),
            ("summary", "Summary"),
            ("spec", "Spec"),
            ("provenance", "Provenance"),
            ("cite", "Citing"),
        ];
        html! {
            nav.toc aria-label="Contents" {
                @for (id, name) in parts { @if id != "claims" || !self.claims.rows.is_empty() { a href={ "#" (id) } { (name) } } }
            }
        }
    }

    fn tables(&self) -> Markup {
        let (file, all) = &self.summary;
        let rows = if all.rows.len() <= ROWS {
            all.thinned(ROWS)
        } else {
            all.rows.iter().take(ROWS).map(Vec::as_slice).collect()
        };
        let caption = html! {
            @if rows.len() < all.rows.len() {
                "The first " (rows.len()) " of " (all.rows.len()) " rows; all are in " a href=(file) { (file) } "."
            } @else { "All " (all.rows.len()) " rows of " a href=(file) { (file) } ", numbers in five digits." }
        };
        html! {
            section aria-labelledby="summary" {
                h2 id="summary" { "Summary" }
                @for (i, (overview, reading)) in self.overview.iter().enumerate() {
                    @let lines = overview.rows.iter().map(Vec::as_slice).collect::<Vec<_>>();
                    (html_table(&format!("overview-{i}"), &overview.head, &lines, "Summary, as a run prints it", &html! { (reading) }))
                    br;
                }
                details {
                    summary { "Every metric of every cell (" (file) ")" }
                    div.filter data-table="all-rows" hidden {
                        label for="words" { "Rows with" } input id="words" type="search" placeholder="beacon degree r_cmd"; output for="words" {}
                    }
                    (html_table("all-rows", &all.head, &rows, "Every metric of every cell", &caption))
                }
                details {
                    summary { "What the columns mean" }
                    dl.facts { @for (name, unit, meaning) in &self.columns {
                        dt { code { (name) } } dd { (meaning) @if !unit.is_empty() { " (" (unit) ")" } }
                    } }
                }
            }
        }
    }

    fn reproduce(&self) -> Markup {
        let run = self.run;
        let name = format!("{}.toml", run.experiment);
        let download = format!("data:application/toml;charset=utf-8,{}", percent(&self.spec));
        let commit = run.commit.as_deref().unwrap_or("unknown");
        let cpu = run.cpu_seconds.map_or(String::new(), |s| format!(", {s:.1} s of computing"));
        html! {
            section aria-labelledby="spec" {
                h2 id="spec" { "Spec, and how to repeat this" }
                p.prose { "The same spec and seed give the same rows, bit for bit, on any number of threads and machines. Save the spec (" a href=(download) download=(name) { (name) } ") and run it:" }
                pre tabindex="0" { code { "hydranet run " (name) "\nhydranet report results/" (run.experiment) } }
                details open[self.spec.lines().count() < 60] { summary { "The whole spec, with every default" } pre tabindex="0" { code { (self.spec) } } }
            }
            section aria-labelledby="provenance" {
                h2 id="provenance" { "Provenance" }
                dl.facts {
                    dt { "program" } dd { "hydranet " (run.version) ", commit " (commit) ", code " (run.code) }
                    dt { "spec hash" } dd { (run.spec_hash) }
                    dt { "seed" } dd { (run.seed) }
                    dt { "run" } dd { (run.started) ", " (format!("{:.1}", run.wall_seconds)) " s on " (run.threads) " threads" (cpu) ", " (run.blocks_computed) " blocks computed, " (run.blocks_reused) " reused" @if run.interrupted { ", interrupted" } }
                    dt { "machine" } dd { (run.os) ", " (run.arch) ", " (run.rustc) }
                    @for table in &run.tables {
                        dt { (table.file) } dd { (table.rows) " rows, SHA-256 " (table.sha256) }
                    }
                }
                p.note { "Raw rows (Parquet) stand beside this page after a run; ranges, units and meanings of their columns are in their metadata and in " code { "hydranet describe results" } ". The record itself: " a href="run.json" { "run.json" } "." }
            }
            section aria-labelledby="cite" {
                h2 id="cite" { "How to cite" }
                pre tabindex="0" { code { (bibtex(run)) } }
            }
        }
    }
}

fn bibtex(run: &RunRecord) -> String {
    let year = run.started.get(..4).unwrap_or("n.d.");
    let hash = run.spec_hash.get(..16).unwrap_or(&run.spec_hash);
    format!(
        "@software{{hydranet,\n  title   = {{Hydranet: a research toolkit for the resilience of peer-to-peer networks under takedown}},\n  \
         author  = {{{{The Hydranet developers}}}},\n  version = {{{}}},\n  year    = {{{year}}},\n  \
         note    = {{ExperimentPage {}, spec {hash}, seed {}}}\n}}\n",
        run.version, run.experiment, run.seed
    )
}

fn colophon(run: &RunRecord) -> String {
    format!(
        "Made by hydranet {} from the tables beside this file. Simulation over abstract graphs; no network was touched.",
        run.version
    )
}

/// The abstract in the spec.
pub(crate) fn abstract_text(run: &RunRecord) -> &str {
    run.spec["abstract"].as_str().unwrap_or_default().trim()
}

fn abstract_of(run: &RunRecord) -> Markup {
    let paragraphs: Vec<&str> = abstract_text(run).split("\n\n").filter(|p| !p.trim().is_empty()).collect();
    html! {
        @if !paragraphs.is_empty() {
            div.abstract { @for (i, paragraph) in paragraphs.iter().enumerate() { p { @if i == 0 { b { "Abstract" } } (prose(paragraph)) } } }
        }
    }
}

/// The date of a time.
pub(crate) fn day(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}

/// Text for a data address.
fn percent(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 2), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specs_fit_a_data_address() {
        assert_eq!(percent("a = \"é\"\n"), "a%20%3D%20%22%C3%A9%22%0A");
    }
}
