//! The page over all experiments.

use crate::claim::ClaimTable;
use crate::experiment::{abstract_text, day};
use crate::explorer::{self, Explorer};
use crate::figure::Picture;
use crate::page::Page;
use crate::prose::{lead, prose};
use hydranet_results::RunRecord;
use maud::{Markup, html};

/// One experiment of the index.
#[derive(Debug, Clone)]
pub struct IndexEntry<'e> {
    /// Its folder, relative to the index.
    pub folder: String,
    /// Where its numbers come from.
    pub run: &'e RunRecord,
    /// Kind of the study, in words.
    pub study: String,
    /// Its claims; may be empty.
    pub claims: ClaimTable,
    /// Its figures; the one that fits best stands on its card.
    pub figures: Vec<Picture<'e>>,
    /// Does the folder hold a `report.html`?
    pub reported: bool,
}

/// The index: one HTML file without any request.
#[must_use]
pub fn index_page(entries: &[IndexEntry<'_>], explorer: Option<&Explorer>) -> String {
    let body = html! {
        header.title {
            h1 { "Hydranet: experiments" }
            div.abstract { p { "How much of a network survives a takedown, and how it grows back. Every experiment is a spec that can be run again to the same bytes; every number has an interval or says why not." } }
            nav.toc aria-label="Contents" { @if explorer.is_some() { a href="#explorer" { "Takedown explorer" } } a href="#experiments" { "Experiments" } }
        }
        @if let Some(explorer) = explorer { section aria-labelledby="explorer" { h2 id="explorer" { "Takedown explorer" } (explorer::widget(explorer)) } }
        section aria-labelledby="experiments" {
            h2 id="experiments" { "Experiments" }
            ul.cards { @for (i, entry) in entries.iter().enumerate() { (card(i, entry)) } }
        }
    };
    let version = entries.first().map_or("", |e| e.run.version.as_str());
    Page {
        title: "Hydranet: experiments",
        description: "How much of a network survives a takedown, and how it grows back.",
        up: None,
        explorer: explorer.is_some(),
        colophon: format!("Made by hydranet {version} from the results folders beside this file. Simulation over abstract graphs; no network was touched."),
    }
    .render(&body)
}

fn card(number: usize, entry: &IndexEntry<'_>) -> Markup {
    let page = if entry.reported { "report.html" } else { "run.json" };
    let (held, stated) = entry.claims.held();
    html! {
        li.card {
            @if let Some(figure) = entry.figures.iter().min_by_key(|f| f.crowd()) { (figure.thumbnail(&format!("card-{number}"))) }
            div.words {
                h3 { a href={ (entry.folder) "/" (page) } { (entry.run.title) } }
                p { (prose(&lead(abstract_text(entry.run)))) }
                p.note {
                    (entry.study) " · " (day(&entry.run.started))
                    @if stated > 0 { " · " (held) " of " (stated) " claims hold" } @else if !entry.claims.rows.is_empty() { " · " (entry.claims.rows.len()) " claims answered" }
                }
            }
        }
    }
}
