//! Degree distributions on log–log axes.
//!
//! The complementary cumulative distribution needs no bins and shows a heavy tail as it is (Newman 2005, "Power laws, Pareto
//! distributions and Zipf's law"). It is a step curve: P(K ≥ k) holds from just above one degree up to the next, and the last
//! step falls off the scale. A regular graph is thus one straight line with one fall.

use std::collections::BTreeMap;

use crate::{
    axis::{Axis, Zero},
    chart::Chart,
    csv::Csv,
    curves::Curves,
    error::ChartError,
    legend::LegendPlace,
    panel::Panel,
    preset::Preset,
    render::Figure,
    scale::Scale,
    series::{Joining, Point, Series},
    ticks::{exponent, power},
};

/// How many nodes have which degree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DegreeCounts {
    /// Name in the legend; may hold markup.
    pub label: String,
    /// Degree → number of nodes. Several networks of one model may be added up.
    pub counts: BTreeMap<u64, u64>,
}

/// What is drawn of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DegreeForm {
    /// P(K ≥ k), exact.
    #[default]
    Ccdf,
    /// P(K = k), averaged over the degrees of each logarithmic bin.
    Density {
        /// Bins per factor of ten; 0 is read as 1.
        bins_per_decade: u32,
    },
}

/// A chart of degree distributions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Degrees {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence, for readers who cannot see it; not drawn.
    pub description: String,
    /// The networks, drawn in this order. Degrees of 0 count but have no place on the axis.
    pub networks: Vec<DegreeCounts>,
    /// What is drawn.
    pub form: DegreeForm,
    /// Where the legend goes.
    pub legend: LegendPlace,
}

impl Chart for Degrees {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        if self.networks.is_empty() {
            return Err(ChartError::Nothing { what: "network" });
        }
        let (label, draw) = match self.form {
            DegreeForm::Ccdf => ("share of nodes, *P*(*K* ≥ *k*)", Joining::StepsBefore),
            DegreeForm::Density { .. } => ("share of nodes, *P*(*K* = *k*)", Joining::LineAndMarkers),
        };
        let series: Vec<Series> = self
            .networks
            .iter()
            .map(|network| Series {
                label: network.label.clone(),
                points: match self.form {
                    DegreeForm::Ccdf => ccdf(&network.counts),
                    DegreeForm::Density { bins_per_decade } => density(&network.counts, bins_per_decade),
                },
                draw,
                ..Series::default()
            })
            .collect();
        let points = || series.iter().flat_map(|series| &series.points);
        let largest = points().map(|p| p.x).fold(1.0, f64::max);
        let least = points().map(|p| p.y).filter(|y| *y > 0.0).fold(0.1, f64::min);
        let hi = [1.0, 2.0, 5.0, 10.0, 20.0].map(|m| m * power(exponent(largest)));
        let hi = hi.into_iter().find(|hi| *hi >= 1.15 * largest).unwrap_or(largest * 2.0);
        let below = [5.0, 2.0, 1.0].map(|m| m * power(exponent(least / 1.3)));
        let lo = below.into_iter().find(|lo| *lo <= least / 1.3).unwrap_or(least / 2.0);
        let axis = |label: &str, lo: f64, hi: f64| Axis {
            zero: Zero::Edge,
            scale: Scale::Log,
            ..Axis::log(label).within(lo, hi)
        };
        let curves = Curves {
            title: self.title.clone(),
            description: self.description.clone(),
            x: axis("degree, *k*", 1.0, hi),
            y: axis(label, lo, 1.0),
            columns: 1,
            panels: vec![Panel { series, ..Panel::default() }],
            legend: self.legend,
        };
        Ok(Figure { csv: self.csv(), ..curves.draw(preset)? })
    }
}

impl Degrees {
    fn csv(&self) -> String {
        let mut csv = Csv::new(&["network", "degree", "nodes", "nodes_with_at_least"]);
        for network in &self.networks {
            let mut rest: u64 = network.counts.values().sum();
            for (degree, nodes) in &network.counts {
                csv.row([network.label.clone(), degree.to_string(), nodes.to_string(), rest.to_string()]);
                rest -= nodes;
            }
        }
        csv.finish()
    }
}

fn point(x: f64, y: f64) -> Point {
    Point { x, y, interval: None }
}

/// P(K ≥ k) at each degree that occurs, from P(K ≥ 0) = 1 to the fall behind the largest degree.
fn ccdf(counts: &BTreeMap<u64, u64>) -> Vec<Point> {
    let all: u64 = counts.values().sum();
    let Some((largest, _)) = counts.iter().rfind(|(_, nodes)| **nodes > 0) else { return Vec::new() };
    let mut rest = all;
    let mut points = vec![point(0.0, 1.0)];
    for (degree, nodes) in counts.iter().filter(|(_, nodes)| **nodes > 0) {
        if *degree > 0 {
            points.push(point(*degree as f64, rest as f64 / all as f64));
        }
        rest -= nodes;
    }
    if *largest > 0 {
        points.push(point(*largest as f64, 0.0));
    }
    points
}

/// Mean of P(K = k) over the whole degrees of each bin, at their geometric middle. Empty bins are left out.
fn density(counts: &BTreeMap<u64, u64>, bins_per_decade: u32) -> Vec<Point> {
    let all: u64 = counts.values().sum();
    let largest = counts.keys().max().copied().unwrap_or(0);
    let edge = |i: u32| libm::ceil(libm::pow(10.0, f64::from(i) / f64::from(bins_per_decade.max(1))) - 1e-9) as u64;
    let bins = (0..).map(|i| (edge(i), edge(i + 1))).take_while(|(from, _)| *from <= largest).filter(|(a, b)| a < b);
    bins.filter_map(|(from, to)| {
        let nodes: u64 = counts.range(from..to).map(|(_, nodes)| nodes).sum();
        let middle = libm::sqrt(from as f64 * (to - 1) as f64);
        (nodes > 0).then(|| point(middle, nodes as f64 / all as f64 / (to - from) as f64))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: &[(u64, u64)]) -> BTreeMap<u64, u64> {
        of.iter().copied().collect()
    }

    fn pairs(points: Vec<Point>) -> Vec<(f64, f64)> {
        points.into_iter().map(|p| (p.x, p.y)).collect()
    }

    #[test]
    fn ccdf_of_small_networks() {
        let check =
            |of: &[(u64, u64)], expected: &[(f64, f64)]| assert_eq!(pairs(ccdf(&counts(of))), expected, "{of:?}");
        check(&[(1, 2), (3, 2)], &[(0.0, 1.0), (1.0, 1.0), (3.0, 0.5), (3.0, 0.0)]);
        check(&[(4, 100)], &[(0.0, 1.0), (4.0, 1.0), (4.0, 0.0)]);
        check(&[(0, 1), (2, 3)], &[(0.0, 1.0), (2.0, 0.75), (2.0, 0.0)]);
        check(&[(0, 5)], &[(0.0, 1.0)]);
        check(&[(2, 4), (9, 0)], &[(0.0, 1.0), (2.0, 1.0), (2.0, 0.0)]);
        check(&[], &[]);
    }

    #[test]
    fn density_sums_to_one() {
        let of = counts(&[(1, 50), (2, 25), (7, 20), (31, 4), (200, 1)]);
        for bins in [1, 3, 5, 10] {
            let edge = |i: u32| (10f64.powf(f64::from(i) / f64::from(bins)) - 1e-9).ceil();
            let sum: f64 = density(&of, bins)
                .iter()
                .map(|p| {
                    let bin = (0..).find(|i| edge(i + 1) - 0.5 > p.x).unwrap_or(0);
                    p.y * (edge(bin + 1) - edge(bin))
                })
                .sum();
            assert!((sum - 1.0).abs() < 1e-9, "{bins} bins: {sum}");
        }
    }
}
