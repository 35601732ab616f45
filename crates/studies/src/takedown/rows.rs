//! The rows of a takedown study: integers only. Ratios and intervals are computed from them by [`super::metrics`] and
//! [`super::bands`].
//!
//! N is the number of nodes before the takedown, L the number of items in the removal order (all nodes, or all edges),
//! q how many of them are gone. S1 and S2 are the nodes in the largest and second largest component, Σs² the sum over all
//! components, reach the peers that a command still reaches, χ = (Σs² − S1²)/N the susceptibility.

use hydranet_results::table;

table! {
    /// One row a cell: how long its orders take. Times are not results: they stand in a file of their own and differ from run to
    /// run.
    SECONDS "seconds" SecondsRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        nodes: Count u64, "nodes", "N of the network that was ranked";
        edges: Count u64, "edges", "its links";
        seconds: Real f64, "s", "time to rank it, reinsertion included, the curve not; one thread unless the strategy uses more";
    }
}

table! {
    /// One row a trial.
    TRIALS "trials", version = 3, TrialRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        model: Text &'t str, "", "the model that drew the network";
        treatment: Text &'t str, "", "label of the treatment in the spec";
        strategy: Text &'t str, "", "the strategy that gave the removal order";
        removes: Text &'t str, "", "what is removed: nodes or edges";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the removal order on this network, from 0";
        nodes: Count u64, "nodes", "N: nodes before the takedown";
        edges: Count u64, "edges", "links before the takedown, each counted once";
        peers: Count u64, "nodes", "peers before the takedown";
        steps: Count u64, "removals", "L: items in the removal order";
        sum_largest: Count u64, "nodes", "sum of S1(q) over q = 1 to L; R = sum_largest / (L N)";
        sum_reach: Count u64, "nodes", "sum of reach(q) over q = 1 to L; R_cmd = sum_reach / (L peers)";
        peak_removed: Count u64, "removals", "the q at which susceptibility peaks; f_chi = peak_removed / L";
        peak_spread: Count u64, "nodes²", "sum of s² less S1² at the peak; susceptibility = peak_spread / N";
        second_removed: Count u64, "removals", "the q at which S2 peaks; f_c = second_removed / L where that is a threshold";
        second: Count u64, "nodes", "S2 there";
        largest_before: Count u64, "nodes", "S1 2 N^(-1/3) of the removals before second_removed";
        largest_after: Count u64, "nodes", "S1 as many removals after it; at a threshold at most an eighth of largest_before";
        set_size: NullableCount Option<u64>, "removals", "smallest q with S1(q) ≤ C N, or ≤ 1 where C N is less; empty if S1 never falls so low";
        reach_start: Count u64, "nodes", "peers that a command reaches before the takedown";
        seizures_50: NullableCount Option<u64>, "removals", "smallest q with reach(q) ≤ 50 % of the peers; empty without peers, or if it never comes to that";
        seizures_10: NullableCount Option<u64>, "removals", "smallest q with reach(q) ≤ 10 % of the peers; empty without peers, or if it never comes to that";
        removal_cost: Text &'t str, "", "what a removal costs: unit, degree or overlay (the network's own costs)";
        total_cost: Real f64, "cost", "W: the cost of removing everything";
        sum_largest_cost: Real f64, "nodes·cost", "sum of S1(q) times the cost of the q-th removal; R_w = this / (W N)";
        set_cost: NullableReal Option<f64>, "cost", "cost spent at set_size; empty with it";
        cost_50: NullableReal Option<f64>, "cost", "cost spent at seizures_50; empty with it";
        cost_10: NullableReal Option<f64>, "cost", "cost spent at seizures_10; empty with it";
        cascade_seeds: NullableCount Option<u64>, "removals", "nodes seized before overload spreads; empty without a cascade";
        avalanche: NullableCount Option<u64>, "nodes", "nodes that fail by overload after them";
        cascade_rounds: NullableCount Option<u64>, "rounds", "rounds until nobody is overloaded";
        cascade_largest: NullableCount Option<u64>, "nodes", "S1 then; G = cascade_largest / N";
        protocol: Text &'t str, "", "what must be equal for two curves to be compared: target, reinsertion, batch, ties, symmetrised, isolated_counted";
    }
}

table! {
    /// One row a trial and recorded number of removals.
    CURVES "curves", version = 2, CurveRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        treatment: Text &'t str, "", "label of the treatment in the spec";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the removal order on this network, from 0";
        nodes: Count u64, "nodes", "N: nodes before the takedown";
        peers: Count u64, "nodes", "peers before the takedown";
        steps: Count u64, "removals", "L: items in the removal order; removed fraction = removed / L";
        removed: Count u64, "removals", "q: items that are gone";
        largest: Count u64, "nodes", "S1: nodes in the largest component";
        second: Count u64, "nodes", "S2: nodes in the second largest component";
        sum_squares: Count u64, "nodes²", "sum of s² over all components";
        reach: Count u64, "nodes", "peers that a command still reaches";
        spent: NullableReal Option<f64>, "1", "share of the total cost that is spent; empty where every removal costs the same";
    }
}
