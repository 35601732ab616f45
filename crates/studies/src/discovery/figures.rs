//! The figures of a discovery study, from its series.

use crate::by_treatment::{Rows, Wanted};
use hydranet_charts::{Axis, ChartError, Named, Width, literal};
use hydranet_results::series::SeriesRow;

/// The figures of a discovery study. `width` overrides the width that suits each figure.
///
/// # Errors
/// If a figure cannot be laid out in the width.
pub fn figures(title: &str, rows: &[SeriesRow], width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let chart = Rows { title, rows };
    let requests = || Axis::log("requests a node");
    let crawl = |measure| vec![Wanted { title: String::new(), treatment: "crawl".into(), measure }];
    let by_treatment = |measure| -> Vec<Wanted> {
        let treatments = chart.treatments().into_iter().filter(|t| *t != "crawl");
        treatments.map(|t| Wanted { title: literal(t), treatment: t.to_string(), measure }).collect()
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
    fn every_measure_has_its_figure() {
        let mut rows = Vec::new();
        for x in [0.1, 0.5] {
            ["coverage", "estimate", "bias"].iter().for_each(|m| rows.push(row("crawl", m, x, x)));
            ["seizures-50", "r"].iter().for_each(|m| rows.push(row("degree", m, x, 0.5 - x / 2.0)));
        }
        let list = figures("t", &rows, None).unwrap();
        let names: Vec<&str> = list.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["coverage", "population", "bias", "seizures", "robustness"]);
        // takedowns stand over what the crawl of that budget had found
        let csv = list[4].figure.csv();
        assert!(csv.contains(",0.1,0.45,,") && csv.contains(",0.5,0.25,,"), "{csv}");
    }
}
