//! The edges that most shortest paths run along fall first (Girvan & Newman, PNAS 99, 7821, 2002; Holme et al., Phys. Rev. E
//! 65, 056109, 2002).
//!
//! b(e) = Σ over pairs {s, t} of the share of the shortest s–t paths, on the closure, that run along e; Brandes' algorithm,
//! O(n m) exactly, O(k m) with `samples = k` sources in every component (error bound: see [`super::Betweenness`]).
//! Computed once, or anew after every `recompute` removals: `recompute = 1` is Girvan & Newman's algorithm, O(n m²).

use super::betweenness::finite;
use crate::RemovalOrder;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Ties, Unsuitable, batch, score};
use hydranet_measures::paths::{edge_betweenness, sources};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`EdgeBetweenness`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EdgeBetweennessParams {
    /// Removals after which betweenness is computed anew: a share of the edges if below 1, a count if a whole number.
    /// Computed once where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recompute: Option<f64>,
    /// Sources that paths are counted from in every component (≥ 1); exact, from all nodes, where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u32>,
    /// Which falls first among edges of equal betweenness: drawn at random, or the lowest node numbers.
    pub ties: Ties,
}

/// Highest edge betweenness first. Ranks edges only.
#[derive(Debug, Clone, Default)]
pub struct EdgeBetweenness(EdgeBetweennessParams);

impl Strategy for EdgeBetweenness {
    fn nodes(&self, _: &Overlay, _: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        Err(Unsuitable::new("it ranks edges (`removes = \"edges\"`); nodes are ranked by `betweenness`"))
    }

    fn edges(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let n = overlay.nodes();
        let mut left = overlay.closure().clone();
        let mut edges: Vec<[u32; 2]> = left.iter_arcs().filter(|[u, v]| u < v).collect();
        let size = self.0.recompute.map_or(edges.len(), |share| batch::size(share, edges.len()));
        let mut order = Vec::with_capacity(edges.len());
        while !edges.is_empty() {
            let from = sources(&left, |_| true, self.0.samples, &mut task.rng);
            let scores = finite(edge_betweenness(&left, &from))?;
            let ranked = score::by_falling_real(&scores, self.0.ties, &mut task.rng);
            let (fall, stay) = ranked.split_at(size.min(ranked.len()));
            order.extend(fall.iter().map(|&e| edges[e as usize]));
            let mut stay = stay.to_vec();
            stay.sort_unstable();
            edges = stay.into_iter().map(|e| edges[e as usize]).collect();
            left = Csr::from_edges(n, &edges).0;
        }
        Ok(RemovalOrder::edges(order))
    }

    fn ranking(&self) -> Ranking {
        self.0.recompute.map_or(Ranking::ONCE, |every| Ranking::ONCE.batch(every)).ties(self.0.ties)
    }

    fn order_cost(&self, size: NetworkSize) -> f64 {
        size.searches(8.0, self.0.samples) * self.0.recompute.map_or(1.0, |every| size.rounds(every))
    }
}

impl Plugin for EdgeBetweenness {
    type Params = EdgeBetweennessParams;
    const NAME: &'static str = "edge-betweenness";
    const ALIASES: &'static [&'static str] = &["girvan-newman"];
    const ABOUT: &'static str = "the edges that most shortest paths run along first; once, or anew after every batch";
    const EXAMPLE: &'static str = "";

    fn new(params: EdgeBetweennessParams) -> Result<EdgeBetweenness, Invalid> {
        params.recompute.map_or(Ok(()), |share| batch::check(share, "recompute"))?;
        batch::check_samples(params.samples)?;
        Ok(EdgeBetweenness(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Items;
    use crate::testing::{by_enumeration, random_network};
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn every_batch_is_the_top_of_what_is_left() {
        for trial in 0..200 {
            let rng = &mut trial_rng(33, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 14);
            let overlay = Overlay::symmetric(csr.clone());
            let mut all: Vec<[u32; 2]> = csr.iter_arcs().filter(|[u, v]| u < v).collect();
            let recompute = if trial % 4 == 0 { None } else { Some(1.0 + rng.below(4) as f64) };
            let size = recompute.map_or(all.len(), |s| s as usize).max(1);
            let params =
                EdgeBetweennessParams { recompute, samples: [None, Some(14)][trial as usize % 2], ties: Ties::Random };
            let plan = EdgeBetweenness::new(params).unwrap();
            assert!(plan.nodes(&overlay, &mut Task::new(rng.clone())).is_err());
            let Items::Edges(order) = plan.edges(&overlay, &mut Task::new(rng.clone())).unwrap().items else {
                unreachable!()
            };
            for (i, batch) in order.chunks(size).enumerate() {
                let mut left = order[i * size..].to_vec();
                left.sort_unstable();
                let (.., scores) = by_enumeration(&Csr::from_edges(csr.nodes(), &left).0);
                let mut falling = scores.clone();
                falling.sort_by(|a, b| b.total_cmp(a));
                for (edge, want) in batch.iter().zip(falling) {
                    let got = scores[left.binary_search(edge).unwrap()];
                    assert!((got - want).abs() < 1e-9, "{edge:?} falls, {want} is the highest");
                }
            }
            let mut sorted = order;
            sorted.sort_unstable();
            all.sort_unstable();
            assert_eq!(sorted, all);
        }
    }

    #[test]
    fn the_bridge_falls_first() {
        // two triangles and a bridge
        let (csr, _) = Csr::from_edges(6, &[[0, 1], [1, 2], [2, 0], [3, 4], [4, 5], [5, 3], [2, 3]]);
        let plan = EdgeBetweenness::new(EdgeBetweennessParams::default()).unwrap();
        let mut task = Task::new(trial_rng(3, Trial::network(0), Purpose::Order));
        let order = plan.edges(&Overlay::symmetric(csr), &mut task).unwrap();
        assert!(matches!(order.items, Items::Edges(list) if list[0] == [2, 3]));
    }
}
