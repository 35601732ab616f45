//! Highest betweenness first, computed anew after every batch of removals ("recalculated betweenness", RB, in Holme et al.,
//! Phys. Rev. E 65, 056109, 2002, where the batch is one node).
//!
//! The strongest of the classic attacks, and the dearest: O(n m) a batch, exactly; O(k m) with `samples = k` sources in every
//! component (see [`super::Betweenness`] for the equation and the error bound). Once no path has an inner node (every
//! component is complete), there is nothing left to rank by, and the rest falls as ties do.
//!
//! Deviation: by default a batch is 1 % of the nodes, not one node; `batch = 1` is Holme's.

use super::betweenness::finite;
use crate::RemovalOrder;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Ties, Unsuitable, batch, score};
use hydranet_measures::paths::{Load, node_betweenness, sources};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`AdaptiveBetweenness`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AdaptiveBetweennessParams {
    /// Removals between two computations: a share of the nodes if below 1, a count if a whole number.
    pub batch: f64,
    /// Sources that paths are counted from in every component (≥ 1); exact, from all nodes, where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u32>,
    /// Who falls first among nodes of equal betweenness: drawn at random, or the lowest node number.
    pub ties: Ties,
}

impl Default for AdaptiveBetweennessParams {
    fn default() -> Self {
        AdaptiveBetweennessParams { batch: 0.01, samples: None, ties: Ties::Random }
    }
}

/// Highest remaining betweenness first.
#[derive(Debug, Clone, Default)]
pub struct AdaptiveBetweenness(AdaptiveBetweennessParams);

impl AdaptiveBetweenness {
    /// Betweenness among the nodes that are left; `None` where no shortest path has an inner node any more.
    fn remaining(&self, csr: &Csr, gone: &[bool], rng: &mut TrialRng) -> Result<Option<Vec<f64>>, Unsuitable> {
        // a sample may miss everything (the hub of a star is one); then all sources are asked
        for samples in [self.0.samples, None] {
            let from = sources(csr, |v| !gone[v as usize], samples, rng);
            let scores = finite(node_betweenness(csr, Some(gone), &from, Load::Between))?;
            if scores.iter().any(|&s| s > 0.0) {
                return Ok(Some(scores));
            }
            if samples.is_none() {
                break;
            }
        }
        Ok(None)
    }
}

impl Strategy for AdaptiveBetweenness {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let n = csr.nodes() as usize;
        let size = batch::size(self.0.batch, n);
        let mut gone = vec![false; n];
        let mut order = Vec::with_capacity(n);
        while order.len() < n {
            let (scores, take) = match self.remaining(csr, &gone, &mut task.rng)? {
                Some(scores) => (scores, size),
                None => (vec![0.0; n], n),
            };
            let ranked = score::by_falling_real(&scores, self.0.ties, &mut task.rng);
            let before = order.len();
            order.extend(ranked.into_iter().filter(|&v| !gone[v as usize]).take(take));
            order[before..].iter().for_each(|&v| gone[v as usize] = true);
        }
        Ok(RemovalOrder::nodes(order))
    }

    fn edges(&self, _: &Overlay, _: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        Err(Unsuitable::new("it ranks nodes; edges are ranked by `edge-betweenness` (with `recompute`)"))
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.batch(self.0.batch).ties(self.0.ties)
    }

    fn order_cost(&self, size: NetworkSize) -> f64 {
        size.searches(8.0, self.0.samples) * size.rounds(self.0.batch)
    }
}

impl Plugin for AdaptiveBetweenness {
    type Params = AdaptiveBetweennessParams;
    const NAME: &'static str = "adaptive-betweenness";
    const ALIASES: &'static [&'static str] = &["recalculated-betweenness"];
    const ABOUT: &'static str = "highest betweenness first, computed anew after every batch (exact or sampled)";
    const EXAMPLE: &'static str = "";

    fn new(params: AdaptiveBetweennessParams) -> Result<AdaptiveBetweenness, Invalid> {
        batch::check(params.batch, "batch")?;
        batch::check_samples(params.samples)?;
        Ok(AdaptiveBetweenness(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Items;
    use crate::testing::{by_enumeration, random_network};
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// Every batch holds the highest betweenness of what was left when it began.
    #[test]
    fn every_batch_is_the_top_of_what_is_left() {
        for trial in 0..200 {
            let rng = &mut trial_rng(32, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 18);
            let n = csr.nodes() as usize;
            let size = 1 + rng.below(4) as usize;
            let samples = [None, Some(18)][trial as usize % 2]; // a sample of everything is exact
            let params = AdaptiveBetweennessParams { batch: size as f64, samples, ties: Ties::Random };
            let plan = AdaptiveBetweenness::new(params).unwrap();
            let overlay = Overlay::symmetric(csr.clone());
            let Items::Nodes(order) = plan.nodes(&overlay, &mut Task::new(rng.clone())).unwrap().items else {
                unreachable!()
            };
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..n as u32));
            for (i, batch) in order.chunks(size).enumerate() {
                let alive = &order[i * size..];
                let left: Vec<_> = csr.iter_arcs().filter(|a| a.iter().all(|v| alive.contains(v))).collect();
                let (scores, ..) = by_enumeration(&Csr::from_edges(n as u32, &left).0);
                let mut falling: Vec<f64> = alive.iter().map(|&v| scores[v as usize]).collect();
                falling.sort_by(|a, b| b.total_cmp(a));
                for (&v, want) in batch.iter().zip(falling) {
                    assert!((scores[v as usize] - want).abs() < 1e-9, "{v} falls, {want} is the highest");
                }
            }
        }
    }

    #[test]
    fn a_sample_that_shows_nothing_is_not_believed() {
        // from the hub of a star no path has an inner node
        let (star, _) = Csr::from_edges(6, &[[0, 1], [0, 2], [0, 3], [0, 4], [0, 5]]);
        let params = AdaptiveBetweennessParams { batch: 1.0, samples: Some(1), ties: Ties::Random };
        let plan = AdaptiveBetweenness::new(params).unwrap();
        for trial in 0..40 {
            let mut task = Task::new(trial_rng(3, Trial::network(trial), Purpose::Order));
            let order = plan.nodes(&Overlay::symmetric(star.clone()), &mut task).unwrap();
            assert!(matches!(order.items, Items::Nodes(list) if list[0] == 0));
        }
    }
}
