//! What is read off the rows of a takedown study. N is the number of nodes, L the length of the removal order.

use super::measures::MeasureRow;
use super::rows::TrialRow;
use crate::shared::points::{PointMetric, PointRow, drawn, point};
use hydranet_results::{Metric, MetricTable, Observed, Reading};
use hydranet_takedown::measure::Measure;
use hydranet_takedown::threshold::SecondPeak;

impl Observed for TrialRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.topology, self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }
}

type M = Metric<TrialRow<'static>>;

/// A quotient, missing without a denominator.
fn over(count: Option<u64>, denominator: u64) -> Reading {
    count.filter(|_| denominator > 0).map(|count| count as f64 / denominator as f64).into()
}

/// A mean over all removals of what is `whole` at first; the product in floating point, as L·N may pass 64 bits.
fn area(t: &TrialRow<'_>, sum: u64, whole: u64) -> Reading {
    let area = t.steps as f64 * whole as f64;
    (area > 0.0).then(|| sum as f64 / area).into()
}

/// A share of the cost of everything; absent where removals are all equally dear, since it says nothing new there.
fn spent(t: &TrialRow<'_>, cost: Option<f64>) -> Reading {
    match t.removal_cost {
        "unit" => Reading::Absent,
        _ => cost.filter(|_| t.total_cost > 0.0).map(|cost| cost / t.total_cost).into(),
    }
}

/// A share of the nodes after a cascade; absent where there is none.
fn cascaded(t: &TrialRow<'_>, nodes: Option<u64>) -> Reading {
    nodes.map_or(Reading::Absent, |nodes| over(Some(nodes), t.nodes))
}

/// Robustness.
pub static R: M = M::mean("r", "1", "robustness (Schneider et al. 2011): (1/L) Σ S1(q)/N over q = 1 to L, the mean of the largest component over all removals", |t, _| {
    area(t, t.sum_largest, t.nodes)
})
// of nodes, S1(q) ≤ N − q
.within(|t| [0.0, if t.removes == "nodes" { 0.5 } else { 1.0 }])
.heading("R")
.digits(4)
.precise();

/// Command robustness.
pub static R_CMD: M = M::mean("r_cmd", "1", "command robustness: (1/L) Σ reach(q)/peers over q = 1 to L, the mean over all removals of the share of peers that a command reaches", |t, _| {
    area(t, t.sum_reach, t.peers)
})
.within(|_| [0.0, 1.0])
.heading("R_cmd")
.digits(4)
.precise();

/// Percolation threshold: see [`hydranet_takedown::threshold`].
pub static F_C: M = M::share(
    "f_c",
    "percolation threshold: removed fraction at which the second component S2 peaks; missing where that is none: before the first removal, or S2 at most the logarithm of the nodes left, or S1 is more than 3 N^(2/3) before and does not fall to an eighth within 2 N^(−1/3) of the removals before and after; no mean unless most trials have one",
    |t, _| {
        let peak = SecondPeak {
            nodes: t.nodes,
            steps: t.steps,
            removed: t.second_removed,
            left: if t.removes == "nodes" { t.nodes.saturating_sub(t.second_removed) } else { t.nodes },
            second: t.second,
            before: t.largest_before,
            after: t.largest_after,
        };
        peak.threshold().ok().into()
    },
)
.heading("f_c")
.digits(4)
.missing("none")
.of_most()
.precise();

/// The peak of the susceptibility.
pub static F_CHI: M = M::share(
    "f_chi",
    "removed fraction at which the susceptibility (Σs² − S1²)/N peaks, whether the network falls apart there or not; missing if it never is in two pieces",
    |t, _| over((t.peak_spread > 0).then_some(t.peak_removed), t.steps),
)
.heading("f_chi")
.digits(4)
.missing("never");

/// Dismantling set size, as a share.
pub static SET_SIZE: M = M::share(
    "set_size",
    "smallest removed fraction q/L with S1(q) ≤ C·N (one node where that is less), C the `target`; missing if S1 never falls so low",
    |t, _| over(t.set_size, t.steps),
)
.heading("set size")
.digits(4)
.missing("never")
.precise();

/// Dismantling set size, in removals.
pub static SET_SIZE_COUNT: M = M::mean(
    "set_size_count",
    "removals",
    "smallest number of removals q with S1(q) ≤ C·N (one node where that is less)",
    |t, _| over(t.set_size, 1),
)
.within(|t| [0.0, t.steps as f64])
.heading("set size, removals")
.digits(1)
.missing("never")
.not_compared();

/// Removals until half of the peers are out of reach.
pub static SEIZURES_50: M = M::mean("seizures_50", "removals", "smallest number of removals q with reach(q) ≤ 50 % of the peers; missing without peers, or if it never comes to that", |t, _| {
    over(t.seizures_50, 1)
})
.within(|t| [0.0, t.steps as f64])
.heading("seizures to 50 %")
.digits(1)
.missing("never")
.not_compared();

/// Removals until nine tenths of the peers are out of reach.
pub static SEIZURES_10: M =
    M::mean("seizures_10", "removals", "smallest number of removals q with reach(q) ≤ 10 % of the peers", |t, _| {
        over(t.seizures_10, 1)
    })
    .within(|t| [0.0, t.steps as f64])
    .heading("seizures to 10 %")
    .digits(1)
    .missing("never")
    .not_compared();

/// [`SEIZURES_50`] as a share.
pub static SEIZURES_50_FRACTION: M =
    M::share("seizures_50_fraction", "seizures_50 over L: the removed fraction", |t, _| over(t.seizures_50, t.steps))
        .heading("seized for 50 %")
        .digits(4)
        .missing("never");

/// [`SEIZURES_10`] as a share.
pub static SEIZURES_10_FRACTION: M =
    M::share("seizures_10_fraction", "seizures_10 over L: the removed fraction", |t, _| over(t.seizures_10, t.steps))
        .heading("seized for 10 %")
        .digits(4)
        .missing("never");

/// Robustness against cost.
pub static R_COST: M = M::share(
    "r_cost",
    "robustness against cost: the mean of S1/N over the cost spent; missing if nothing costs anything",
    |t, _| match t.removal_cost {
        "unit" => Reading::Absent,
        _ => {
            let area = t.total_cost * t.nodes as f64;
            (area > 0.0).then(|| t.sum_largest_cost / area).into()
        }
    },
)
.heading("R, cost")
.digits(4);

/// Cost spent at the dismantling set size.
pub static SET_COST: M =
    M::share("set_cost", "cost spent at the dismantling set size, over the cost of everything", |t, _| {
        spent(t, t.set_cost)
    })
    .heading("set cost")
    .digits(4)
    .missing("never");

/// Cost spent until half of the peers are out of reach.
pub static COST_50: M =
    M::share("cost_50", "cost spent at seizures_50, over the cost of everything", |t, _| spent(t, t.cost_50))
        .heading("cost for 50 %")
        .digits(4)
        .missing("never");

/// Cost spent until nine tenths of the peers are out of reach.
pub static COST_10: M =
    M::share("cost_10", "cost spent at seizures_10, over the cost of everything", |t, _| spent(t, t.cost_10))
        .heading("cost for 10 %")
        .digits(4)
        .missing("never");

/// Nodes that fail by overload.
pub static AVALANCHE: M =
    M::share("avalanche", "nodes that fail by overload after the first seizures, over N", |t, _| {
        cascaded(t, t.avalanche)
    })
    .digits(4)
    .no_effect(0.0);

/// What a cascade leaves.
pub static CASCADE_LARGEST: M =
    M::share("cascade_largest", "largest component after the cascade, over N: G of Motter & Lai (2002)", |t, _| {
        cascaded(t, t.cascade_largest)
    })
    .heading("G after cascade")
    .digits(4);

/// What is read off trials.
pub static METRICS: MetricTable<TrialRow<'static>> = MetricTable::new(&[
    &R,
    &R_CMD,
    &F_C,
    &F_CHI,
    &SET_SIZE,
    &SET_SIZE_COUNT,
    &SEIZURES_50,
    &SEIZURES_10,
    &SEIZURES_50_FRACTION,
    &SEIZURES_10_FRACTION,
    &R_COST,
    &SET_COST,
    &COST_50,
    &COST_10,
    &AVALANCHE,
    &CASCADE_LARGEST,
]);

/// A measure of what is left, at the fractions of `measure_at`.
const fn measured(measure: Measure) -> Metric<MeasureRow<'static>> {
    Metric::mean(measure.name(), measure.unit(), measure.meaning(), |row, info| {
        if row.measure == info.name { row.value.into() } else { Reading::Absent }
    })
}

static MEASURES: [Metric<MeasureRow<'static>>; Measure::ALL.len()] = {
    use Measure as M;
    [
        measured(M::AverageDistance),
        measured(M::EffectiveDiameter),
        measured(M::Diameter),
        measured(M::GlobalEfficiency),
        measured(M::AverageClustering),
        measured(M::Transitivity),
        measured(M::SpectralRadius),
        measured(M::NaturalConnectivity),
        measured(M::AlgebraicConnectivity),
        measured(M::EffectiveGraphResistance),
        measured(M::DegreeAssortativity),
    ]
};

/// What is measured of the network that is left.
pub static MEASURED: MetricTable<MeasureRow<'static>> = MetricTable::along(
    "removed share",
    &[
        &MEASURES[0],
        &MEASURES[1],
        &MEASURES[2],
        &MEASURES[3],
        &MEASURES[4],
        &MEASURES[5],
        &MEASURES[6],
        &MEASURES[7],
        &MEASURES[8],
        &MEASURES[9],
        &MEASURES[10],
    ],
);

/// Lookups that arrive, along a takedown.
pub static LOOKUP_SUCCESS: PointMetric = PointMetric::share(
    "lookup_success",
    "share of lookups between live nodes that arrive; where the topology has a geometry",
    drawn,
)
.heading("lookups that arrive");

/// Nodes that hear a command, along a takedown.
pub static BROADCAST_COVERAGE: PointMetric = PointMetric::share(
    "broadcast_coverage",
    "share of live nodes that hear a flood from the command sources; where the topology has no geometry",
    point,
)
.heading("nodes that hear");

/// What the network is for, at the fractions of `function_at`.
pub static FUNCTION: MetricTable<PointRow<'static>> =
    MetricTable::along("removed share", &[&LOOKUP_SUCCESS, &BROADCAST_COVERAGE]);

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_results::Metrics;

    #[test]
    fn the_largest_networks_do_not_overflow() {
        let whole = TrialRow { nodes: 1 << 32, steps: 1 << 32, sum_largest: 1 << 62, ..TrialRow::default() };
        assert_eq!(R.of(&whole), Reading::Value(0.25));
    }

    #[test]
    fn every_measure_is_a_metric() {
        let names: Vec<&str> = MEASURED.infos().iter().map(|info| info.name).collect();
        assert_eq!(names, Measure::ALL.map(Measure::name));
    }

    #[test]
    fn metrics_are_missing_or_absent_for_a_reason() {
        let check = |metric: &M, row: TrialRow<'static>, want: Reading| assert_eq!(metric.of(&row), want, "{metric:?}");
        let ten =
            TrialRow { nodes: 10, steps: 10, peers: 8, removal_cost: "unit", removes: "nodes", ..TrialRow::default() };
        check(&R, TrialRow { sum_largest: 25, ..ten.clone() }, Reading::Value(0.25));
        check(&R, TrialRow { steps: 0, ..ten.clone() }, Reading::Missing);
        check(&R_CMD, TrialRow { sum_reach: 40, ..ten.clone() }, Reading::Value(0.5));
        check(&R_CMD, TrialRow { peers: 0, ..ten.clone() }, Reading::Missing);
        check(&SET_SIZE, ten.clone(), Reading::Missing);
        check(&SEIZURES_10_FRACTION, TrialRow { seizures_10: Some(7), ..ten.clone() }, Reading::Value(0.7));
        check(&COST_50, TrialRow { cost_50: Some(3.0), ..ten.clone() }, Reading::Absent);
        let dear = TrialRow { removal_cost: "degree", total_cost: 12.0, ..ten.clone() };
        check(&COST_50, TrialRow { cost_50: Some(3.0), ..dear.clone() }, Reading::Value(0.25));
        check(&COST_10, dear, Reading::Missing);
        check(&AVALANCHE, ten.clone(), Reading::Absent);
        check(&AVALANCHE, TrialRow { avalanche: Some(5), ..ten }, Reading::Value(0.5));
    }
}
