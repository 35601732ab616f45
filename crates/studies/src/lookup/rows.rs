//! What a lookup study records: one row a trial and removed share.

use hydranet_results::{Observed, Place, table};

table! {
    /// One row a trial (network × order) and number of removed nodes.
    LOOKUPS "lookups" LookupRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        model: Text &'t str, "", "name of the topology's model";
        treatment: Text &'t str, "", "label of the treatment in the spec";
        strategy: Text &'t str, "", "name of the strategy that decides which nodes fail";
        network: Count u64, "", "number of the network draw, from 0";
        order: Count u64, "", "number of the order on that network, from 0";
        point: Count u64, "", "number of the removed share in the spec, from 0";
        nodes: Count u64, "nodes", "nodes that can fail: all but the Sybils of a defender";
        removed: Count u64, "nodes", "nodes that have failed, q";
        lookups: Count u64, "lookups", "lookups between live nodes, pairs drawn uniformly; under an eclipse, the targets from the key range that it covers";
        failed: Count u64, "lookups", "those of them that did not arrive";
        captured: Count u64, "lookups", "those of the failed that met a sinkhole or a node of the defender's";
        hops: Count u64, "hops", "hops (rounds of iterative lookups) of those that arrived, together";
        requests: NullableCount Option<u64>, "requests", "requests of all iterative lookups, to the dead as well; empty where lookups are handed on";
        hops_p50: NullableCount Option<u64>, "hops", "median hops of those that arrived; empty if none did";
        hops_p90: NullableCount Option<u64>, "hops", "90 % of those that arrived took at most so many";
        expected: NullableReal Option<f64>, "1", "failed/lookups in closed form if each node fails with the chance removed/nodes; empty where none is known, and below 1,000 live nodes, where a fixed number of failures is something else";
    }
}

impl Observed for LookupRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.topology, self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }

    /// The share of the spec; how many nodes that is depends on the network.
    fn place(&self) -> Option<Place> {
        Some(Place { key: self.point, at: self.removed as f64 / self.nodes as f64 })
    }
}
