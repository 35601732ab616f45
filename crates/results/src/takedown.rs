//! The rows of a takedown study: integers only. Ratios and intervals are computed from them by [`crate::summary`] and
//! [`crate::bands`].
//!
//! N is the number of nodes before the takedown, L the number of items in the removal order (all nodes, or all edges),
//! q how many of them are gone. S1 and S2 are the nodes in the largest and second largest component, Σs² the sum over all
//! components, reach the peers that a command still reaches, χ = (Σs² − S1²)/N the susceptibility.

use crate::record::table;
use crate::schema::field;
use crate::{Cells, Kind, Record, Schema, Value};

/// One row a trial.
pub static TRIALS: Schema = Schema {
    name: "trials",
    version: 2,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("model", Kind::Text, "", "the model that drew the network"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec"),
        field("strategy", Kind::Text, "", "the strategy that gave the removal order"),
        field("removes", Kind::Text, "", "what is removed: nodes or edges"),
        field("network", Kind::Count, "", "index of the network draw, from 0"),
        field("order", Kind::Count, "", "index of the removal order on this network, from 0"),
        field("nodes", Kind::Count, "nodes", "N: nodes before the takedown"),
        field("edges", Kind::Count, "edges", "links before the takedown, each counted once"),
        field("peers", Kind::Count, "nodes", "peers before the takedown"),
        field("steps", Kind::Count, "removals", "L: items in the removal order"),
        field("sum_largest", Kind::Count, "nodes", "sum of S1(q) over q = 1 to L; R = sum_largest / (L N)"),
        field("sum_reach", Kind::Count, "nodes", "sum of reach(q) over q = 1 to L; R_cmd = sum_reach / (L peers)"),
        field("peak_removed", Kind::Count, "removals", "the q at which susceptibility peaks; f_c = peak_removed / L"),
        field("peak_spread", Kind::Count, "nodes²", "sum of s² less S1² at the peak; susceptibility = peak_spread / N"),
        field(
            "set_size",
            Kind::NullableCount,
            "removals",
            "smallest q with S1(q) ≤ C N; empty if S1 never falls so low",
        ),
        field("reach_start", Kind::Count, "nodes", "peers that a command reaches before the takedown"),
        field(
            "seizures_50",
            Kind::NullableCount,
            "removals",
            "smallest q with reach(q) ≤ 50 % of the peers; empty without peers, or if it never comes to that",
        ),
        field(
            "seizures_10",
            Kind::NullableCount,
            "removals",
            "smallest q with reach(q) ≤ 10 % of the peers; empty without peers, or if it never comes to that",
        ),
        field(
            "removal_cost",
            Kind::Text,
            "",
            "what a removal costs: unit, degree or overlay (the network's own costs)",
        ),
        field("total_cost", Kind::Real, "cost", "W: the cost of removing everything"),
        field(
            "sum_largest_cost",
            Kind::Real,
            "nodes·cost",
            "sum of S1(q) times the cost of the q-th removal; R_w = this / (W N)",
        ),
        field("set_cost", Kind::NullableReal, "cost", "cost spent at set_size; empty with it"),
        field("cost_50", Kind::NullableReal, "cost", "cost spent at seizures_50; empty with it"),
        field("cost_10", Kind::NullableReal, "cost", "cost spent at seizures_10; empty with it"),
        field(
            "cascade_seeds",
            Kind::NullableCount,
            "removals",
            "nodes seized before overload spreads; empty without a cascade",
        ),
        field("avalanche", Kind::NullableCount, "nodes", "nodes that fail by overload after them"),
        field("cascade_rounds", Kind::NullableCount, "rounds", "rounds until nobody is overloaded"),
        field("cascade_largest", Kind::NullableCount, "nodes", "S1 then; G = cascade_largest / N"),
        field(
            "protocol",
            Kind::Text,
            "",
            "what must be equal for two curves to be compared: target, reinsertion, batch, ties, symmetrised, isolated_counted",
        ),
    ],
};

/// One row a trial and recorded number of removals.
pub static CURVES: Schema = Schema {
    name: "curves",
    version: 2,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology in the spec"),
        field("treatment", Kind::Text, "", "label of the treatment in the spec"),
        field("network", Kind::Count, "", "index of the network draw, from 0"),
        field("order", Kind::Count, "", "index of the removal order on this network, from 0"),
        field("nodes", Kind::Count, "nodes", "N: nodes before the takedown"),
        field("peers", Kind::Count, "nodes", "peers before the takedown"),
        field("steps", Kind::Count, "removals", "L: items in the removal order; removed fraction = removed / L"),
        field("removed", Kind::Count, "removals", "q: items that are gone"),
        field("largest", Kind::Count, "nodes", "S1: nodes in the largest component"),
        field("second", Kind::Count, "nodes", "S2: nodes in the second largest component"),
        field("sum_squares", Kind::Count, "nodes²", "sum of s² over all components"),
        field("reach", Kind::Count, "nodes", "peers that a command still reaches"),
        field(
            "spent",
            Kind::NullableReal,
            "1",
            "share of the total cost that is spent; empty where every removal costs the same",
        ),
    ],
};

table! {
    /// One row a cell: how long its orders take. Times are not results: they stand in a file of their own and differ from run to
    /// run.
    SECONDS "seconds" SecondsRow {
        topology: Text String, text, "", "label of the topology in the spec";
        treatment: Text String, text, "", "label of the treatment in the spec";
        nodes: Count u64, count, "nodes", "N of the network that was ranked";
        edges: Count u64, count, "edges", "its links";
        seconds: Real f64, real, "s", "time to rank it, reinsertion included, the curve not; one thread unless the strategy uses more";
    }
}

/// A row of [`TRIALS`]; the fields are its columns.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct TrialRow<'t> {
    pub topology: &'t str,
    pub model: &'t str,
    pub treatment: &'t str,
    pub strategy: &'t str,
    pub removes: &'t str,
    pub network: u64,
    pub order: u64,
    pub nodes: u64,
    pub edges: u64,
    pub peers: u64,
    pub steps: u64,
    pub sum_largest: u64,
    pub sum_reach: u64,
    pub peak_removed: u64,
    pub peak_spread: u64,
    pub set_size: Option<u64>,
    pub reach_start: u64,
    pub seizures_50: Option<u64>,
    pub seizures_10: Option<u64>,
    pub removal_cost: &'t str,
    pub total_cost: f64,
    pub sum_largest_cost: f64,
    pub set_cost: Option<f64>,
    pub cost_50: Option<f64>,
    pub cost_10: Option<f64>,
    pub cascade_seeds: Option<u64>,
    pub avalanche: Option<u64>,
    pub cascade_rounds: Option<u64>,
    pub cascade_largest: Option<u64>,
    pub protocol: &'t str,
}

impl<'t> Record<'t> for TrialRow<'t> {
    const SCHEMA: &'static Schema = &TRIALS;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.into(),
            self.model.into(),
            self.treatment.into(),
            self.strategy.into(),
            self.removes.into(),
            self.network.into(),
            self.order.into(),
            self.nodes.into(),
            self.edges.into(),
            self.peers.into(),
            self.steps.into(),
            self.sum_largest.into(),
            self.sum_reach.into(),
            self.peak_removed.into(),
            self.peak_spread.into(),
            self.set_size.into(),
            self.reach_start.into(),
            self.seizures_50.into(),
            self.seizures_10.into(),
            self.removal_cost.into(),
            self.total_cost.into(),
            self.sum_largest_cost.into(),
            self.set_cost.into(),
            self.cost_50.into(),
            self.cost_10.into(),
            self.cascade_seeds.into(),
            self.avalanche.into(),
            self.cascade_rounds.into(),
            self.cascade_largest.into(),
            self.protocol.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        TrialRow {
            topology: cells.text(),
            model: cells.text(),
            treatment: cells.text(),
            strategy: cells.text(),
            removes: cells.text(),
            network: cells.count(),
            order: cells.count(),
            nodes: cells.count(),
            edges: cells.count(),
            peers: cells.count(),
            steps: cells.count(),
            sum_largest: cells.count(),
            sum_reach: cells.count(),
            peak_removed: cells.count(),
            peak_spread: cells.count(),
            set_size: cells.nullable_count(),
            reach_start: cells.count(),
            seizures_50: cells.nullable_count(),
            seizures_10: cells.nullable_count(),
            removal_cost: cells.text(),
            total_cost: cells.real(),
            sum_largest_cost: cells.real(),
            set_cost: cells.nullable_real(),
            cost_50: cells.nullable_real(),
            cost_10: cells.nullable_real(),
            cascade_seeds: cells.nullable_count(),
            avalanche: cells.nullable_count(),
            cascade_rounds: cells.nullable_count(),
            cascade_largest: cells.nullable_count(),
            protocol: cells.text(),
        }
    }
}

/// A row of [`CURVES`]; the fields are its columns.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct CurveRow<'t> {
    pub topology: &'t str,
    pub treatment: &'t str,
    pub network: u64,
    pub order: u64,
    pub nodes: u64,
    pub peers: u64,
    pub steps: u64,
    pub removed: u64,
    pub largest: u64,
    pub second: u64,
    pub sum_squares: u64,
    pub reach: u64,
    pub spent: Option<f64>,
}

impl<'t> Record<'t> for CurveRow<'t> {
    const SCHEMA: &'static Schema = &CURVES;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.into(),
            self.treatment.into(),
            self.network.into(),
            self.order.into(),
            self.nodes.into(),
            self.peers.into(),
            self.steps.into(),
            self.removed.into(),
            self.largest.into(),
            self.second.into(),
            self.sum_squares.into(),
            self.reach.into(),
            self.spent.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        CurveRow {
            topology: cells.text(),
            treatment: cells.text(),
            network: cells.count(),
            order: cells.count(),
            nodes: cells.count(),
            peers: cells.count(),
            steps: cells.count(),
            removed: cells.count(),
            largest: cells.count(),
            second: cells.count(),
            sum_squares: cells.count(),
            reach: cells.count(),
            spent: cells.nullable_real(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Table;

    /// Every column another value: a slip in the order of fields shows.
    #[test]
    fn fields_stand_in_the_order_of_the_schema() {
        let trial = TrialRow {
            topology: "topology",
            model: "model",
            treatment: "treatment",
            strategy: "strategy",
            removes: "removes",
            network: 5,
            order: 6,
            nodes: 7,
            edges: 8,
            peers: 9,
            steps: 10,
            sum_largest: 11,
            sum_reach: 12,
            peak_removed: 13,
            peak_spread: 14,
            set_size: Some(15),
            reach_start: 16,
            seizures_50: Some(17),
            seizures_10: None,
            removal_cost: "removal_cost",
            total_cost: 20.0,
            sum_largest_cost: 21.0,
            set_cost: Some(22.0),
            cost_50: Some(23.0),
            cost_10: Some(24.0),
            cascade_seeds: Some(25),
            avalanche: Some(26),
            cascade_rounds: Some(27),
            cascade_largest: Some(28),
            protocol: "protocol",
        };
        let table = Table::of(&[trial]);
        assert_eq!(table.records::<TrialRow>().collect::<Vec<_>>(), [trial]);
        for (place, field) in TRIALS.fields.iter().enumerate() {
            match table.value(0, place) {
                Value::Text(text) => assert_eq!(text, field.name),
                Value::Count(count) => assert_eq!(count, place as u64),
                Value::Real(real) => assert_eq!(real, place as f64),
                other => assert_eq!((other, field.name), (Value::Missing, "seizures_10")),
            }
        }
        assert_eq!(table.counts("peak_removed"), [13]);
        assert_eq!(table.nullable_counts("seizures_50"), [Some(17)]);

        let point = CurveRow {
            topology: "topology",
            treatment: "treatment",
            network: 2,
            order: 3,
            nodes: 4,
            peers: 5,
            steps: 6,
            removed: 7,
            largest: 8,
            second: 9,
            sum_squares: 10,
            reach: 11,
            spent: Some(0.5),
        };
        let table = Table::of(&[point]);
        assert_eq!(table.records::<CurveRow>().collect::<Vec<_>>(), [point]);
        for (name, value) in [("network", 2), ("steps", 6), ("removed", 7), ("second", 9), ("reach", 11)] {
            assert_eq!(table.counts(name), [value]);
        }
    }
}
