//! The rows of a finite-size study: how percolation thresholds and peaks depend on the number of nodes.
//!
//! One row a network ([`PEAKS`]); means by family and size ([`POINTS`]); power laws through them ([`EXPONENTS`]).

use hydranet_results::statistics::{Clustered, LEVEL, mean, sd};
use hydranet_results::{Observed, Place, Table, table};
use hydranet_takedown::threshold::SecondPeak;
use std::collections::BTreeMap;

table! {
    /// One row a network: where its curve peaks.
    PEAKS "peaks", version = 2, PeakRow<'t> {
        family: Text &'t str, "", "label of the family in the spec";
        size: Count u64, "nodes", "size that was asked for";
        network: Count u64, "", "index of the network draw, from 0";
        nodes: Count u64, "nodes", "N: nodes before the takedown";
        edges: Count u64, "edges", "links before the takedown, each counted once";
        peak_removed: Count u64, "removals", "the q at which susceptibility peaks; f_chi = peak_removed / N";
        peak_spread: Count u64, "nodes²", "sum of s² less S1² there; susceptibility = peak_spread / N";
        second_removed: Count u64, "removals", "the q at which S2 peaks; f_c = second_removed / N where that is a threshold";
        second: Count u64, "nodes", "S2 there";
        largest_before: Count u64, "nodes", "S1 2 N^(-1/3) of the removals before second_removed";
        largest_after: Count u64, "nodes", "S1 as many removals after it; at a threshold at most an eighth of largest_before";
        limit: NullableReal Option<f64>, "1", "the exact f_c of the infinite network; empty if there is none";
    }
}

impl PeakRow<'_> {
    /// The percolation threshold, where the network has one: see [`hydranet_takedown::threshold`].
    pub fn f_c(&self) -> Option<f64> {
        let peak = SecondPeak {
            nodes: self.nodes,
            steps: self.nodes,
            removed: self.second_removed,
            left: self.nodes - self.second_removed,
            second: self.second,
            before: self.largest_before,
            after: self.largest_after,
        };
        peak.threshold().ok()
    }
}

/// What the summary says for the treatment of all families: they fall at random.
pub const RANDOM: &str = "random";

impl Observed for PeakRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.family, RANDOM]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, 0)
    }

    fn place(&self) -> Option<Place> {
        Some(Place { key: self.size, at: self.size as f64 })
    }
}

table! {
    /// One row a family, size and metric.
    POINTS "points" PointRow {
        family: Text String, "", "label of the family in the spec";
        size: Count u64, "nodes", "size that was asked for";
        metric: Text String, "", "f_c: S2 peak; f_chi: susceptibility peak; limit: exact f_c; shift: |limit − mean f_c|; width: sd of f_c (of 10 networks or more); \
             susceptibility: at its peak; second: S2 at its peak";
        unit: Text String, "", "1 or nodes";
        mean: Real f64, "see unit", "mean over networks; of shift and width the value itself";
        lo: NullableReal Option<f64>, "see unit", "lower end of its 95 % interval";
        hi: NullableReal Option<f64>, "see unit", "upper end of its 95 % interval";
        networks: Count u64, "networks", "networks measured";
    }
}

table! {
    /// One row a family and metric: metric ∝ size^exponent.
    EXPONENTS "exponents" ExponentRow {
        family: Text String, "", "label of the family in the spec";
        metric: Text String, "", "shift, width, susceptibility or second: see points";
        exponent: Real f64, "1", "slope of ln metric against ln size, sizes weighted by their precision";
        lo: Real f64, "1", "lower end of its 95 % interval, widened where the points scatter more than their errors";
        hi: Real f64, "1", "upper end of that interval";
        prefactor: Real f64, "see metric", "metric at size 1 by the fitted law";
        sizes: Count u64, "sizes", "sizes that were fitted";
        from: Count u64, "nodes", "the smallest of them";
        theory: NullableReal Option<f64>, "1", "exponent of the literature, as given in the spec";
    }
}

/// Means by family and size, families in the order of their first row. O(rows · log).
///
/// # Panics
/// If the table is of another schema.
pub fn points(peaks: &Table) -> Vec<PointRow> {
    let mut families: Vec<&str> = Vec::new();
    let mut cells: BTreeMap<(usize, u64), Vec<PeakRow<'_>>> = BTreeMap::new();
    for row in peaks.records::<PeakRow<'_>>() {
        let family = families.iter().position(|f| *f == row.family).unwrap_or_else(|| {
            families.push(row.family);
            families.len() - 1
        });
        cells.entry((family, row.size)).or_default().push(row);
    }
    cells.into_iter().flat_map(|((family, size), rows)| points_of(families[family], size, &rows)).collect()
}

fn points_of(family: &str, size: u64, rows: &[PeakRow<'_>]) -> Vec<PointRow> {
    let networks = rows.len() as u64;
    let row = |metric: &str, unit: &str, mean: f64, interval: Option<(f64, f64)>| PointRow {
        family: family.into(),
        size,
        metric: metric.into(),
        unit: unit.into(),
        mean,
        lo: interval.map(|i| i.0),
        hi: interval.map(|i| i.1),
        networks,
    };
    let mut out = Vec::new();
    let mut average = |metric: &str, unit: &str, value: &dyn Fn(&PeakRow<'_>) -> Option<f64>| {
        let values = rows.iter().filter_map(|r| Some((r.network, value(r)?)));
        let values = Clustered::new(values).expect("quotients of counts are finite");
        let estimate = values.estimate(LEVEL)?;
        out.push(row(metric, unit, estimate.mean, estimate.lo.zip(estimate.hi)));
        Some(estimate)
    };
    let share = |count: u64, r: &PeakRow<'_>| (r.nodes > 0).then(|| count as f64 / r.nodes as f64);
    average("f_c", "1", &|r| r.f_c());
    average("f_chi", "1", &|r| share(r.peak_removed, r));
    average("limit", "1", &|r| r.limit);
    average("susceptibility", "nodes", &|r| share(r.peak_spread, r));
    average("second", "nodes", &|r| Some(r.second as f64));
    // by how far the mean threshold is off, with the interval of the mean difference folded at 0
    let off = rows.iter().filter_map(|r| Some((r.network, r.limit? - r.f_c()?)));
    let off = Clustered::new(off).expect("differences of finite numbers");
    if let Some(e) = off.estimate(LEVEL) {
        let ends = e.lo.zip(e.hi).map(|(lo, hi)| match lo * hi < 0.0 {
            true => (0.0, lo.abs().max(hi.abs())),
            false => (lo.abs().min(hi.abs()), lo.abs().max(hi.abs())),
        });
        out.push(row("shift", "1", e.mean.abs(), ends));
    }
    let f_c: Vec<f64> = rows.iter().filter_map(|r| r.f_c()).collect();
    // a handful of networks says nothing about a spread
    if let Some(sd) = sd(&f_c).filter(|_| f_c.len() >= 10) {
        // standard error of a standard deviation, without supposing a normal law: √((μ₄ − μ₂²)/k) / 2σ
        let centre = mean(&f_c).expect("not empty");
        let moment = |k| f_c.iter().map(|x| (x - centre).powi(k)).sum::<f64>() / f_c.len() as f64;
        let spread = ((moment(4) - moment(2).powi(2)).max(0.0) / f_c.len() as f64).sqrt();
        let error = if sd > 0.0 { spread / (2.0 * sd) } else { 0.0 };
        out.push(row("width", "1", sd, Some(((sd - 1.96 * error).max(0.0), sd + 1.96 * error))));
    }
    out
}

/// The metrics that scale with size.
pub const SCALING: [&str; 4] = ["shift", "width", "susceptibility", "second"];

/// Power laws through the points of every family, from size `from` on. `theory` gives the exponent of the literature.
///
/// A weighted straight line through ln metric against ln size; a point's weight is the inverse square of its relative error. Points
/// that cannot be told from 0 are left out, and no law is fitted through fewer than three sizes. The interval is that of the slope, ±
/// 1.96 standard errors, times √(χ²/degrees of freedom) where that is above 1.
pub fn exponents(points: &[PointRow], from: u64, theory: impl Fn(&str, &str) -> Option<f64>) -> Vec<ExponentRow> {
    let mut families: Vec<&str> = Vec::new();
    points.iter().for_each(|p| {
        if !families.contains(&p.family.as_str()) {
            families.push(&p.family);
        }
    });
    let mut out = Vec::new();
    for family in families {
        for metric in SCALING {
            let usable = points.iter().filter(|p| p.family == family && p.metric == metric && p.size >= from);
            let list: Vec<(f64, f64, f64)> = usable
                .filter_map(|p| {
                    let (lo, hi) = p.lo.zip(p.hi)?;
                    let relative = (hi - lo) / (2.0 * 1.96) / p.mean;
                    let told = p.mean > 0.0 && lo > 0.0 && relative > 0.0;
                    told.then(|| (libm::log(p.size as f64), libm::log(p.mean), relative.powi(-2)))
                })
                .collect();
            if list.len() < 3 {
                continue;
            }
            let line = weighted_line(&list);
            let smallest = libm::exp(list.iter().map(|p| p.0).fold(f64::INFINITY, f64::min)).round() as u64;
            out.push(ExponentRow {
                family: family.into(),
                metric: metric.into(),
                exponent: line.slope,
                lo: line.slope - 1.96 * line.error,
                hi: line.slope + 1.96 * line.error,
                prefactor: libm::exp(line.intercept),
                sizes: list.len() as u64,
                from: smallest,
                theory: theory(family, metric),
            });
        }
    }
    out
}

struct StraightLine {
    slope: f64,
    intercept: f64,
    error: f64,
}

/// y = intercept + slope · x through (x, y, weight), three points at least.
fn weighted_line(points: &[(f64, f64, f64)]) -> StraightLine {
    let total: f64 = points.iter().map(|p| p.2).sum();
    let x = points.iter().map(|p| p.2 * p.0).sum::<f64>() / total;
    let y = points.iter().map(|p| p.2 * p.1).sum::<f64>() / total;
    let sxx: f64 = points.iter().map(|p| p.2 * (p.0 - x).powi(2)).sum();
    let sxy: f64 = points.iter().map(|p| p.2 * (p.0 - x) * (p.1 - y)).sum();
    let slope = sxy / sxx;
    let intercept = y - slope * x;
    let chi2: f64 = points.iter().map(|p| p.2 * (p.1 - intercept - slope * p.0).powi(2)).sum();
    let scatter = (chi2 / (points.len() - 2) as f64).max(1.0);
    StraightLine { slope, intercept, error: (scatter / sxx).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_law_is_found() {
        let mut peaks = Table::new(&PEAKS);
        for size in [1000u64, 10_000, 100_000, 1_000_000] {
            for network in 0..40u64 {
                // f_c scatters by ± size^(−1/3) around 0.75 − 2 size^(−1/3)
                let unit = (size as f64).powf(-1.0 / 3.0);
                let wobble = if network % 2 == 0 { 1.0 } else { -1.0 } * (1.0 + 0.05 * (network % 5) as f64);
                let f_c = 0.75 - 2.0 * unit + 0.3 * wobble * unit;
                peaks
                    .push_record(&PeakRow {
                        family: "a",
                        size,
                        network,
                        nodes: size,
                        edges: 2 * size,
                        peak_removed: 0,
                        peak_spread: size * (size as f64).powf(1.0 / 3.0) as u64,
                        second_removed: (f_c * size as f64).round() as u64,
                        largest_before: size,
                        largest_after: 1,
                        second: (size as f64).powf(2.0 / 3.0) as u64 + network % 3,
                        limit: Some(0.75),
                    })
                    .unwrap();
            }
        }
        let points = points(&peaks);
        let table = Table::of(&points);
        assert_eq!(table.records::<PointRow>().collect::<Vec<_>>(), points);
        let laws = exponents(&points, 0, |_, metric| (metric == "shift").then_some(-1.0 / 3.0));
        let of =
            |metric: &str| laws.iter().find(|l| l.metric == metric).unwrap_or_else(|| panic!("{metric}: {points:#?}"));
        for (metric, exponent) in [("shift", -1.0 / 3.0), ("width", -1.0 / 3.0), ("second", 2.0 / 3.0)] {
            let law = of(metric);
            assert!((law.exponent - exponent).abs() < 0.02, "{law:?}");
            assert!(law.lo < law.exponent && law.exponent < law.hi);
        }
        assert_eq!(of("shift").theory, Some(-1.0 / 3.0));
        assert!((of("shift").prefactor - 2.0).abs() < 0.2);
        // no scatter at all in the susceptibility: its points have no error, and no law is fitted through them
        assert!(laws.iter().all(|l| l.metric != "susceptibility"));
        assert_eq!(Table::of(&laws).records::<ExponentRow>().collect::<Vec<_>>(), laws);
    }

    #[test]
    fn weighted_lines() {
        let line = weighted_line(&[(0.0, 1.0, 4.0), (1.0, 3.0, 4.0), (2.0, 5.0, 4.0)]);
        assert!((line.slope - 2.0).abs() < 1e-12 && (line.intercept - 1.0).abs() < 1e-12);
        assert!((line.error - (1.0f64 / 8.0).sqrt()).abs() < 1e-12, "1/√Σ w (x − x̄)²");
    }
}
