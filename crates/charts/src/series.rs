//! The figures of the studies whose rows are series: broadcast under failure, and discovery.

use crate::takedown::Named;
use crate::text::plain;
use crate::{Axis, Chart, ChartError, Curves, LegendPlace, Panel, Point, Preset, Series, Width};
use hydranet_results::series::SeriesRow;

/// The figures of a broadcast study. `width` overrides the width that suits each figure.
///
/// # Errors
/// If a figure cannot be laid out in the width.
pub fn broadcast(title: &str, rows: &[SeriesRow], width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let chart = Rows { title, rows };
    let fraction = || Axis::linear("removed fraction, *f*").within(0.0, 1.0);
    let share = |label: &str| Axis::linear(label).within(0.0, 1.0);
    let treatments = chart.treatments();
    let both = |measures: &[(&'static str, &str)]| -> Vec<Wanted> {
        let panel = |(measure, what): &(&'static str, &str)| {
            let title = move |t: &String| if what.is_empty() { plain(t) } else { format!("{what}: {}", plain(t)) };
            treatments.iter().map(|t| Wanted { title: title(t), treatment: t.clone(), measure }).collect::<Vec<_>>()
        };
        measures.iter().flat_map(panel).collect()
    };
    let figures = [
        (
            "coverage",
            both(&[("flood-coverage", "flood"), ("gossip-coverage", "gossip")]),
            share("coverage, share of live nodes"),
            "coverage of floods and of push gossip against the removed fraction",
        ),
        (
            "rounds",
            both(&[("flood-rounds-90", "flood"), ("gossip-rounds-90", "gossip")]),
            Axis::linear("rounds until 90 % of live nodes have heard"),
            "rounds to 90 % coverage against the removed fraction, where at least half of the broadcasts come to that; means of those",
        ),
        (
            "strong-component",
            both(&[("strong-component", "")]),
            share("largest strong component, share of live nodes"),
            "largest strong component of the calls between live nodes against the removed fraction",
        ),
    ];
    figures
        .into_iter()
        .map(|(name, panels, y, description)| {
            let figure = chart.draw(panels, (fraction(), y), description, &|row| Some(row.x), width)?;
            Ok(Named { name: name.to_string(), figure })
        })
        .collect()
}

/// What networks are for, along a takedown: nothing where that was not measured.
///
/// # Errors
/// If the figure cannot be laid out in the width.
pub fn function(title: &str, rows: &[SeriesRow], width: Option<Width>) -> Result<Option<Named>, ChartError> {
    const MEASURE: &str = "function";
    let works = |row: &&SeriesRow| ["lookup-success", "broadcast-coverage"].contains(&row.measure.as_str());
    let rows: Vec<SeriesRow> =
        rows.iter().filter(works).map(|row| SeriesRow { measure: MEASURE.into(), ..row.clone() }).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let chart = Rows { title, rows: &rows };
    let panels = chart.treatments().into_iter();
    let panels = panels.map(|t| Wanted { title: plain(&t), treatment: t, measure: MEASURE }).collect();
    let axes = (
        Axis::linear("removed fraction, *f*").within(0.0, 1.0),
        Axis::linear("lookups or commands that get through, share").within(0.0, 1.0),
    );
    let description = "share of lookups between live nodes that arrive (structured overlays), or of live nodes that hear a \
                       command (others), against the removed fraction";
    let figure = chart.draw(panels, axes, description, &|row| Some(row.x), width)?;
    Ok(Some(Named { name: MEASURE.to_string(), figure }))
}

/// The figures of a discovery study. `width` overrides the width that suits each figure.
///
/// # Errors
/// If a figure cannot be laid out in the width.
pub fn discovery(title: &str, rows: &[SeriesRow], width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let chart = Rows { title, rows };
    let requests = || Axis::log("requests a node");
    let crawl = |measure| vec![Wanted { title: String::new(), treatment: "crawl".into(), measure }];
    let by_treatment = |measure| -> Vec<Wanted> {
        let treatments = chart.treatments().into_iter().filter(|t| t != "crawl");
        treatments.map(|t| Wanted { title: plain(&t), treatment: t, measure }).collect()
    };
    let share = |label: &str| Axis::linear(label).within(0.0, 1.0);
    let own = |row: &SeriesRow| Some(row.x);
    let coverage = |row: &SeriesRow| {
        let same = |r: &&SeriesRow| r.topology == row.topology && r.measure == "coverage" && r.x == row.x;
        rows.iter().find(same).and_then(|r| r.mean)
    };
    let known = || share("discovered share of nodes");
    let mut list = Vec::new();
    let mut add =
        |name: &str, panels, axes, description, x: &dyn Fn(&SeriesRow) -> Option<f64>| -> Result<(), ChartError> {
            list.push(Named { name: name.to_string(), figure: chart.draw(panels, axes, description, x, width)? });
            Ok(())
        };
    add(
        "coverage",
        crawl("coverage"),
        (requests(), share("discovered share of nodes")),
        "share of nodes that crawls discover against requests a node",
        &own,
    )?;
    add(
        "population",
        crawl("estimate"),
        (requests(), Axis::linear("estimated population, share of the true one")),
        "capture–recapture estimate of the population from two crawls against requests a node, where at least half of the pairs of \
         crawls have nodes in common",
        &own,
    )?;
    add(
        "bias",
        crawl("bias"),
        (requests(), Axis::log("lists that a found peer stands on, over the mean")),
        "how much better known those found are than everybody against requests a node",
        &own,
    )?;
    add(
        "seizures",
        by_treatment("seizures-50"),
        (known(), Axis::linear("seizures to halve the reach, share of nodes").within(0.0, 1.0)),
        "seizures until half of the peers are reached against what was discovered before, where at least half of the takedowns come \
         to that; one panel a strategy",
        &coverage,
    )?;
    add(
        "robustness",
        by_treatment("r"),
        (known(), Axis::linear("robustness, *R*").within(0.0, 0.5)),
        "robustness under a takedown that knows what was discovered, one panel a strategy",
        &coverage,
    )?;
    Ok(list)
}

/// A panel to draw.
struct Wanted {
    title: String,
    treatment: String,
    measure: &'static str,
}

struct Rows<'r> {
    title: &'r str,
    rows: &'r [SeriesRow],
}

impl Rows<'_> {
    /// Labels in the order of the experiment.
    fn labels(&self, of: impl Fn(&SeriesRow) -> &str) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for row in self.rows {
            if !list.iter().any(|label| label == of(row)) {
                list.push(of(row).to_string());
            }
        }
        list
    }

    fn treatments(&self) -> Vec<String> {
        self.labels(|row| &row.treatment)
    }

    fn draw(
        &self,
        panels: Vec<Wanted>,
        (x, y): (Axis, Axis),
        description: &str,
        place: &dyn Fn(&SeriesRow) -> Option<f64>,
        width: Option<Width>,
    ) -> Result<crate::Figure, ChartError> {
        let topologies = self.labels(|row| &row.topology);
        let single = panels.len() == 1;
        let point = |row: &SeriesRow| Some(Point { x: place(row)?, y: row.mean?, interval: row.lo.zip(row.hi) });
        let series = |wanted: &Wanted, topology: &String| {
            // a mean over the few trials that came to it says little of the others
            let of = |r: &&SeriesRow| {
                let cell = r.topology == *topology && r.treatment == wanted.treatment;
                cell && r.measure == wanted.measure && r.trials >= r.missing
            };
            Series {
                label: plain(topology),
                points: self.rows.iter().filter(of).filter_map(point).collect(),
                ..Series::default()
            }
        };
        let panel = |wanted: &Wanted| Panel {
            title: wanted.title.clone(),
            series: topologies.iter().map(|topology| series(wanted, topology)).collect(),
            marks: Vec::new(),
        };
        // a panel without a point says nothing; a figure without one says so
        let mut drawn: Vec<Panel> = panels.iter().map(panel).collect();
        let empty = |panel: &Panel| panel.series.iter().all(|series| series.points.is_empty());
        if !drawn.iter().all(empty) {
            drawn.retain(|panel| !empty(panel));
        }
        let curves = Curves {
            title: self.title.to_string(),
            description: description.to_string(),
            x,
            y,
            columns: if single { 1 } else { 2 },
            panels: drawn,
            legend: LegendPlace::Auto,
        };
        let suits = if single { Width::Article } else { Width::TwoColumn };
        curves.draw(&Preset { width: width.unwrap_or(suits), ..Preset::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(treatment: &str, measure: &str, x: f64, mean: f64) -> SeriesRow {
        SeriesRow {
            topology: "ring_1".into(),
            treatment: treatment.into(),
            measure: measure.into(),
            x,
            mean: Some(mean),
            sd: None,
            lo: None,
            hi: None,
            trials: 1,
            networks: 1,
            missing: 0,
        }
    }

    #[test]
    fn both_studies_draw_all_their_figures() {
        let mut rows = Vec::new();
        for x in [0.1, 0.5] {
            for measure in
                ["flood-coverage", "gossip-coverage", "flood-rounds-90", "gossip-rounds-90", "strong-component"]
            {
                rows.push(row("random", measure, x, 1.0 - x));
            }
        }
        let names: Vec<String> = broadcast("t", &rows, None).unwrap().into_iter().map(|n| n.name).collect();
        assert_eq!(names, ["coverage", "rounds", "strong-component"]);
        let mut rows = Vec::new();
        for x in [0.1, 0.5] {
            ["coverage", "estimate", "bias"].iter().for_each(|m| rows.push(row("crawl", m, x, x)));
            ["seizures-50", "r"].iter().for_each(|m| rows.push(row("degree", m, x, 0.5 - x / 2.0)));
        }
        let figures = discovery("t", &rows, None).unwrap();
        assert_eq!(figures.len(), 5);
    }
}
