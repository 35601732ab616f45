//! One figure of a page: drawing, data table, links to its files.

use crate::hover;
use crate::prose::indexed;
use crate::table::{TextTable, TextTableError, html_table};
use hydranet_charts::{Figure, Hover};
use maud::{Markup, PreEscaped, html};

/// Rows of a figure's data that a page shows, at most.
const ROWS: usize = 120;

/// A figure with the place of its files.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'f> {
    /// Its name, in kebab-case: `figures/<name>.pdf` and so on are its files.
    pub name: &'f str,
    /// The drawing.
    pub wide: &'f Figure,
    /// The same figure in one column, for narrow screens, where it can be drawn so.
    pub narrow: Option<&'f Figure>,
}

impl Picture<'_> {
    /// Heading of the figure: its name in words.
    pub(crate) fn heading(&self) -> String {
        sentence(&self.name.replace('-', " ")).trim_end_matches('.').to_owned()
    }

    /// The description, with the label of the axis in the place of a column's name.
    fn caption(&self) -> String {
        let text = self.wide.description();
        let label = match self.wide.hover() {
            Hover::Boxes { label, .. } => label,
            Hover::Curves(panels) => panels.first().map_or("", |p| p.y.label.as_str()),
            Hover::Nothing => "",
        };
        let rest = [
            " of every topology",
            ": topologies down",
            " against removed fraction",
            " against the number of nodes,",
            " over time,",
        ];
        match rest.into_iter().filter_map(|mark| text.find(mark)).min().filter(|_| !label.is_empty()) {
            Some(at) => format!("{label}{}{}", if text[at..].starts_with(' ') { "," } else { "" }, &text[at..]),
            None => text.to_owned(),
        }
    }

    /// How badly it fits a card: a few boxes are best, then one panel, then many boxes or panels. Degrees come last: they are
    /// what was there before.
    pub(crate) fn crowd(&self) -> usize {
        match self.wide.hover() {
            _ if self.name == "degrees" => usize::MAX,
            Hover::Boxes { boxes, .. } if boxes.len() <= 60 => 0,
            Hover::Curves(panels) if panels.len() == 1 => 1,
            Hover::Boxes { .. } => 2,
            Hover::Curves(panels) => 2 + panels.len(),
            Hover::Nothing => usize::MAX,
        }
    }

    fn drawings(&self) -> Vec<&Figure> {
        std::iter::once(self.wide).chain(self.narrow).collect()
    }

    /// The drawings, as one card; `id` is unique in the page.
    fn plot(&self, id: &str) -> Markup {
        let numbers = hover::json_of(&self.drawings());
        let source = numbers.as_ref().map(|_| format!("{id}-numbers"));
        let fit = if self.narrow.is_some() { "has-narrow" } else { "no-narrow" };
        let label = format!("{}: values at the arrow keys", self.heading());
        let svg = |figure: &Figure, class: &str, id: &str| {
            PreEscaped(figure.web_svg(id).replacen("class=\"chart", &format!("class=\"{class} chart"), 1))
        };
        html! {
            div class={ "plot " (fit) } data-hover=[source.as_ref()] tabindex=[source.as_ref().map(|_| "0")]
                role=[source.as_ref().map(|_| "group")] aria-label=[source.as_ref().map(|_| label)] {
                (svg(self.wide, "wide", id))
                @if let Some(narrow) = self.narrow { (svg(narrow, "narrow", &format!("{id}-n"))) }
            }
            @if let (Some(id), Some(numbers)) = (source, numbers) {
                script type="application/json" id=(id) { (PreEscaped(numbers)) }
            }
        }
    }

    /// A picture for a card, without values under the pointer.
    pub(crate) fn thumbnail(&self, id: &str) -> Markup {
        // on a card of about 460 by 210 pixels; text of 8 pt should not be smaller than 7 pixels
        let scale = |f: &Figure| (460.0 / f.width()).min(210.0 / f.height());
        let best = self.narrow.filter(|narrow| scale(self.wide) < 0.85_f64.min(scale(narrow))).unwrap_or(self.wide);
        html! { div.thumb { (PreEscaped(best.web_svg(id))) } }
    }

    /// The whole figure, number `number` of its page.
    pub(crate) fn section(&self, number: usize) -> Result<Markup, TextTableError> {
        let id = format!("fig-{}", self.name);
        let cells = TextTable::of_csv(self.wide.csv())?;
        let rows = cells.thinned(ROWS);
        let file = |ending: &str| format!("figures/{}.{ending}", self.name);
        let caption = html! {
            @if rows.len() < cells.rows.len() {
                (rows.len()) " of " (cells.rows.len()) " rows, evenly spread; all are in " a href=(file("csv")) { (self.name) ".csv" } "."
            } @else {
                "All " (cells.rows.len()) " plotted rows, as in " a href=(file("csv")) { (self.name) ".csv" } "."
            }
        };
        Ok(html! {
            figure.chart-figure id=(id) aria-labelledby={ (id) "-h" } {
                div.head {
                    h3 id={ (id) "-h" } { span.number { "Figure " (number) } (self.heading()) }
                    div.tools {
                        span.switch role="group" aria-label="Show" hidden {
                            button type="button" aria-pressed="true" { "Figure" }
                            button type="button" aria-pressed="false" { "Data" }
                        }
                        a href=(file("pdf")) { "PDF" } a href=(file("csv")) { "CSV" } a href=(file("svg")) { "SVG" }
                    }
                }
                (self.plot(&format!("{id}-svg")))
                div.data { (html_table(&format!("{id}-data"), &cells.head, &rows, &format!("Data of {}", self.heading()), &caption)) }
                @if !self.wide.description().is_empty() { figcaption { (indexed(&sentence(&self.caption()))) } }
            }
        })
    }
}

/// With a capital first and a full stop last.
fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if text.trim().ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
