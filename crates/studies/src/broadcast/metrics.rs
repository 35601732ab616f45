//! What is read off the points of a broadcast study, at every removed fraction of the nodes.

use crate::shared::points::{PointMetric, PointRow, point};
use hydranet_results::MetricTable;

type M = PointMetric;

/// Nodes that a flood reaches.
pub static FLOOD_COVERAGE: M =
    M::share("flood_coverage", "share of live nodes that hear a flood, the sources among them", point)
        .heading("flood coverage")
        .precise();
/// Rounds of a flood to half of the nodes.
pub static FLOOD_ROUNDS_50: M = M::mean(
    "flood_rounds_50",
    "rounds",
    "rounds until half of the live nodes have heard a flood; missing if they never do",
    point,
)
.heading("flood, rounds to 50 %")
.missing("never");
/// Rounds of a flood to nine tenths.
pub static FLOOD_ROUNDS_90: M = M::mean(
    "flood_rounds_90",
    "rounds",
    "rounds until 90 % of the live nodes have heard a flood; missing if they never do",
    point,
)
.heading("flood, rounds to 90 %")
.missing("never");
/// Rounds of a flood to almost all.
pub static FLOOD_ROUNDS_99: M = M::mean(
    "flood_rounds_99",
    "rounds",
    "rounds until 99 % of the live nodes have heard a flood; missing if they never do",
    point,
)
.heading("flood, rounds to 99 %")
.missing("never");
/// Nodes that gossip reaches.
pub static GOSSIP_COVERAGE: M =
    M::share("gossip_coverage", "share of live nodes that hear push gossip, the sources among them", point)
        .heading("gossip coverage")
        .precise();
/// Rounds of gossip to half of the nodes.
pub static GOSSIP_ROUNDS_50: M = M::mean(
    "gossip_rounds_50",
    "rounds",
    "rounds until half of the live nodes have heard push gossip; missing if they never do",
    point,
)
.heading("gossip, rounds to 50 %")
.missing("never");
/// Rounds of gossip to nine tenths.
pub static GOSSIP_ROUNDS_90: M = M::mean(
    "gossip_rounds_90",
    "rounds",
    "rounds until 90 % of the live nodes have heard push gossip; missing if they never do",
    point,
)
.heading("gossip, rounds to 90 %")
.missing("never");
/// Rounds of gossip to almost all.
pub static GOSSIP_ROUNDS_99: M = M::mean(
    "gossip_rounds_99",
    "rounds",
    "rounds until 99 % of the live nodes have heard push gossip; missing if they never do",
    point,
)
.heading("gossip, rounds to 99 %")
.missing("never");
/// What gossip costs.
pub static GOSSIP_MESSAGES: M =
    M::mean("gossip_messages", "messages", "pushes a live node", point).heading("gossip messages");
/// Largest strong component.
pub static STRONG_COMPONENT: M =
    M::share("strong_component", "share of live nodes in the largest strong component of the calls", point)
        .heading("strong component");
/// Reach of a command.
pub static OUT_REACH: M = M::share(
    "out_reach",
    "share of live nodes that a command reaches along calls from its sources, or from the best node to inject it at",
    point,
)
.heading("out-reach");
/// Arcs that are answered.
pub static RECIPROCITY: M =
    M::share("reciprocity", "share of arcs between live nodes whose opposite is one, too", point);
/// How much better known the best known node is.
pub static IN_DEGREE_PEAK: M =
    M::mean("in_degree_peak", "1", "highest in-degree over the mean one, live nodes only", point)
        .heading("in-degree peak");

/// All of them.
pub static METRICS: MetricTable<PointRow<'static>> = MetricTable::along(
    "removed share",
    &[
        &FLOOD_COVERAGE,
        &FLOOD_ROUNDS_50,
        &FLOOD_ROUNDS_90,
        &FLOOD_ROUNDS_99,
        &GOSSIP_COVERAGE,
        &GOSSIP_ROUNDS_50,
        &GOSSIP_ROUNDS_90,
        &GOSSIP_ROUNDS_99,
        &GOSSIP_MESSAGES,
        &STRONG_COMPONENT,
        &OUT_REACH,
        &RECIPROCITY,
        &IN_DEGREE_PEAK,
    ],
);
