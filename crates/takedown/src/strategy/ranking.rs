//! What a strategy says of itself: how it ranks, for the protocol beside its results, and what an order costs.

use crate::strategy::Ties;
use std::borrow::Cow;

/// How a strategy ranks: its part of a [`crate::Protocol`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Removals between two rankings: `all` (ranked once), `1` (anew after each), a share or a count, or a word of the
    /// strategy's own, such as `provider`.
    pub batch: Cow<'static, str>,
    /// Who falls first among equals: `random`, `id`, or a word of the strategy's own, such as `given`.
    pub ties: Cow<'static, str>,
    /// Whether greedy reinsertion comes after it.
    pub reinsertion: bool,
}

impl Ranking {
    /// The whole network is ranked once, before anything falls; equals at random.
    pub const ONCE: Ranking =
        Ranking { batch: Cow::Borrowed("all"), ties: Cow::Borrowed("random"), reinsertion: false };

    /// Scores are taken anew after every removal; equals at random.
    pub const EACH: Ranking = Ranking { batch: Cow::Borrowed("1"), ..Ranking::ONCE };

    /// Scores are taken anew after every batch: a share if below 1, a count if a whole number.
    #[must_use]
    pub fn batch(self, batch: f64) -> Ranking {
        Ranking { batch: batch.to_string().into(), ..self }
    }

    /// Ties as told.
    #[must_use]
    pub fn ties(self, ties: Ties) -> Ranking {
        let ties = match ties {
            Ties::Random => "random",
            Ties::Id => "id",
        };
        Ranking { ties: ties.into(), ..self }
    }
}

/// How large a network is, for an estimate of what an order of its nodes costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetworkSize {
    /// Its nodes.
    pub nodes: u64,
    /// Its edges.
    pub edges: u64,
}

impl NetworkSize {
    /// The cost of a search from each of `samples` nodes, or from all, at `each` for a node or an edge.
    pub fn searches(self, each: f64, samples: Option<u32>) -> f64 {
        let nodes = self.nodes as f64;
        each * samples.map_or(nodes, f64::from).min(nodes)
    }

    /// How many batches there are: of a share of the nodes if below 1, of so many of them otherwise.
    pub fn rounds(self, batch: f64) -> f64 {
        let nodes = self.nodes as f64;
        if batch < 1.0 { (1.0 / batch).min(nodes) } else { (nodes / batch).max(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::STRATEGIES;
    use hydranet_plugin::Params;

    const SIZE: NetworkSize = NetworkSize { nodes: 1000, edges: 3000 };

    fn check(name: &str, params: &str, [batch, ties]: [&str; 2], cost: f64) {
        let row = STRATEGIES.iter().find(|row| row.name == name).unwrap();
        let strategy = row.build(&Params::parse(params).unwrap()).unwrap().value;
        let ranking = strategy.ranking();
        assert_eq!([&*ranking.batch, &*ranking.ties], [batch, ties], "{name} {params}");
        assert_eq!(ranking.reinsertion, params.contains("reinsertion = true"));
        assert_eq!(strategy.order_cost(SIZE), cost, "{name} {params}");
    }

    #[test]
    fn every_strategy_tells_how_it_ranks_and_what_that_costs() {
        const RANDOM: [&str; 2] = ["all", "random"];
        check("random", "", RANDOM, 0.0);
        check("degree", "", RANDOM, 0.0);
        check("degree", "ties = \"id\"\nreinsertion = true", ["all", "id"], 0.0);
        check("adaptive-degree", "ties = \"id\"", ["1", "id"], 0.0);
        check("k-core", "", RANDOM, 0.0);
        check("collective-influence", "", ["1", "random"], 300.0);
        check("corehd", "reinsertion = true", ["1", "random"], 60.0);
        check("explosive-immunization", "", RANDOM, 15_000.0);
        check("min-sum", "", ["1", "random"], 64_000.0);
        check("bpd", "", ["0.01", "random"], 6_000.0);
        check("betweenness", "", RANDOM, 8.0 * 1000.0);
        check("betweenness", "samples = 256", RANDOM, 8.0 * 256.0);
        check("betweenness", "samples = 5000\nties = \"id\"", ["all", "id"], 8.0 * 1000.0);
        check("adaptive-betweenness", "samples = 10", ["0.01", "random"], 8.0 * 10.0 * 100.0);
        check("adaptive-betweenness", "batch = 0.25\nsamples = 10", ["0.25", "random"], 8.0 * 10.0 * 4.0);
        check("adaptive-betweenness", "batch = 2.0\nsamples = 10", ["2", "random"], 8.0 * 10.0 * 500.0);
        check("closeness", "samples = 7", RANDOM, 3.0 * 7.0);
        check("pagerank", "", RANDOM, 200.0);
        check("eigenvector", "", RANDOM, 400.0);
        check("gnd", "", ["1", "random"], 4_000.0);
        check("edge-betweenness", "", RANDOM, 8.0 * 1000.0);
        check("edge-betweenness", "recompute = 1", ["1", "random"], 8.0 * 1000.0 * 1000.0);
        check("role", "", RANDOM, 0.0);
        check("provider", "", ["provider", "random"], 0.0);
        check("order-file", "path = \"inline:0\"", ["all", "given"], 0.0);
    }
}
