//! The figures of a broadcast study, from its series.

use crate::by_treatment::{Rows, Wanted};
use hydranet_charts::{Axis, ChartError, Named, Width, literal};
use hydranet_results::series::SeriesRow;

/// The figures of a broadcast study. `width` overrides the width that suits each figure.
///
/// # Errors
/// If a figure cannot be laid out in the width.
pub fn figures(title: &str, rows: &[SeriesRow], width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let chart = Rows { title, rows };
    let fraction = || Axis::linear("removed fraction, *f*").within(0.0, 1.0);
    let share = |label: &str| Axis::linear(label).within(0.0, 1.0);
    let treatments = chart.treatments();
    let both = |measures: &[(&'static str, &str)]| -> Vec<Wanted> {
        let panel = |(measure, what): &(&'static str, &str)| {
            let title = move |t: &str| if what.is_empty() { literal(t) } else { format!("{what}: {}", literal(t)) };
            treatments.iter().map(|t| Wanted { title: title(t), treatment: t.to_string(), measure }).collect::<Vec<_>>()
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
        let measures = ["flood-coverage", "gossip-coverage", "flood-rounds-90", "gossip-rounds-90", "strong-component"];
        let at = |x: f64| measures.map(|measure| row("random", measure, x, 1.0 - x));
        let rows: Vec<SeriesRow> = [0.1, 0.5].into_iter().flat_map(at).collect();
        let list = figures("t", &rows, None).unwrap();
        let names: Vec<&str> = list.iter().map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["coverage", "rounds", "strong-component"]);
        // floods and gossip have a panel each, and the label is no markup
        let texts: Vec<&str> = list[0].figure.texts().collect();
        assert!(texts.contains(&"(a) flood: random") && texts.contains(&"(b) gossip: random"), "{texts:?}");
        assert!(texts.contains(&"ring_1"), "{texts:?}");
    }
}
