//! The figures of a broadcast study, from its summary.

use super::metrics::{FLOOD_COVERAGE, FLOOD_ROUNDS_90, GOSSIP_COVERAGE, GOSSIP_ROUNDS_90, STRONG_COMPONENT};
use crate::shared::by_treatment::{Rows, Wanted};
use crate::{Folder, ShowError};
use hydranet_charts::{Axis, ChartError, Named, Width, literal};
use hydranet_results::MetricInfo;
use hydranet_results::summary::SummaryRow;

/// The figures of a broadcast study, from the summary in its folder.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    Ok(draw(&folder.run.title, &folder.summary()?, width)?)
}

fn draw(title: &str, rows: &[SummaryRow], width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let chart = Rows { title, rows };
    let fraction = || Axis::linear("removed fraction, *f*").within(0.0, 1.0);
    let share = |label: &str| Axis::linear(label).within(0.0, 1.0);
    let treatments = chart.treatments();
    let both = |metrics: &[(&'static MetricInfo, &str)]| -> Vec<Wanted> {
        let panel = |(metric, what): &(&'static MetricInfo, &str)| {
            let title = move |t: &str| if what.is_empty() { literal(t) } else { format!("{what}: {}", literal(t)) };
            treatments.iter().map(|t| Wanted { title: title(t), treatment: t.to_string(), metric }).collect::<Vec<_>>()
        };
        metrics.iter().flat_map(panel).collect()
    };
    let figures = [
        (
            "coverage",
            both(&[(&FLOOD_COVERAGE.info, "flood"), (&GOSSIP_COVERAGE.info, "gossip")]),
            share("coverage, share of live nodes"),
            "coverage of floods and of push gossip against the removed fraction",
        ),
        (
            "rounds",
            both(&[(&FLOOD_ROUNDS_90.info, "flood"), (&GOSSIP_ROUNDS_90.info, "gossip")]),
            Axis::linear("rounds until 90 % of live nodes have heard"),
            "rounds to 90 % coverage against the removed fraction, where at least half of the broadcasts come to that; means of those",
        ),
        (
            "strong-component",
            both(&[(&STRONG_COMPONENT.info, "")]),
            share("largest strong component, share of live nodes"),
            "largest strong component of the calls between live nodes against the removed fraction",
        ),
    ];
    figures
        .into_iter()
        .map(|(name, panels, y, description)| {
            let figure = chart.draw(panels, (fraction(), y), description, &|row| row.at, width)?;
            Ok(Named { name: name.to_string(), figure })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(treatment: &str, metric: &str, x: f64, mean: f64) -> SummaryRow {
        SummaryRow {
            topology: "ring_1".into(),
            treatment: treatment.into(),
            metric: metric.into(),
            at: Some(x),
            mean: Some(mean),
            trials: 1,
            networks: 1,
            ..SummaryRow::default()
        }
    }

    #[test]
    fn every_metric_has_its_figure() {
        let metrics = ["flood_coverage", "gossip_coverage", "flood_rounds_90", "gossip_rounds_90", "strong_component"];
        let at = |x: f64| metrics.map(|metric| row("random", metric, x, 1.0 - x));
        let rows: Vec<SummaryRow> = [0.1, 0.5].into_iter().flat_map(at).collect();
        let list = draw("t", &rows, None).unwrap();
        let names: Vec<&str> = list.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["coverage", "rounds", "strong-component"]);
        // floods and gossip have a panel each, and the label is no markup
        let texts: Vec<&str> = list[0].figure.texts().collect();
        assert!(texts.contains(&"(a) flood: random") && texts.contains(&"(b) gossip: random"), "{texts:?}");
        assert!(texts.contains(&"ring_1"), "{texts:?}");
    }
}
