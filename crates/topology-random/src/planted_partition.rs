//! The planted partition: l groups of k nodes, linked with chance p_in inside and p_out across [1].
//!
//! Nodes are numbered group by group. Unlinked pairs are skipped: inside the groups one walk over the lk(k − 1)/2 pairs
//! of all of them, across one walk over all pairs, of which those inside a group are passed over. O(n + m + n·k·p_out).
//! Same law as networkx's `planted_partition_graph`.
//!
//! [1] A. Condon, R. M. Karp. Algorithms for graph partitioning on the planted partition model. Random Struct. Algor. 18,
//! 116 (2001).

use crate::bounds_and_draws::{at_least, pairs, probability};
use crate::skip::{TriangleWalk, successes};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`PlantedPartition`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlantedPartitionParams {
    /// Number of groups (≥ 1).
    pub l: u32,
    /// Number of nodes in each group (≥ 1).
    pub k: u32,
    /// Chance of a link inside a group (0 to 1).
    pub p_in: f64,
    /// Chance of a link between two groups (0 to 1).
    pub p_out: f64,
}

/// The planted partition.
#[derive(Debug, Clone)]
pub struct PlantedPartition(PlantedPartitionParams);

impl Plugin for PlantedPartition {
    type Params = PlantedPartitionParams;
    const NAME: &'static str = "planted-partition";
    const SIZE: Option<Sizing> =
        Some(Sizing::derived(&["k"], "a multiple of the number of groups, `l`", |size, given| {
            let groups =
                given.whole("l").filter(|groups| *groups > 0).ok_or("a multiple of `l`: give it beside the size")?;
            let most = size.div_ceil(groups);
            let k = exact_size(size, (most.saturating_sub(1).max(1), most + 1), |k| k.checked_mul(groups))?;
            Ok(vec![("k", SizedValue::One(k))])
        }));
    const ABOUT: &'static str = "l groups of k nodes, dense inside, sparse across (Condon & Karp 2001)";
    const EXAMPLE: &'static str = "l = 10\nk = 100\np_in = 0.05\np_out = 0.001";

    fn new(params: PlantedPartitionParams) -> Result<PlantedPartition, Invalid> {
        let PlantedPartitionParams { l, k, p_in, p_out } = params;
        at_least("l", l, 1, "a number of groups")?;
        at_least("k", k, 1, "a group")?;
        let n = l as u64 * k as u64;
        Invalid::unless(n <= u32::MAX as u64, "k", || format!("nodes are numbered by 32 bits: {n} are too many"))?;
        probability("p_in", p_in)?;
        probability("p_out", p_out)?;
        Ok(PlantedPartition(params))
    }
}

impl Topology for PlantedPartition {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let PlantedPartitionParams { l, k, p_in, p_out } = self.0;
        let (n, inside) = (l * k, pairs(k));
        let mut edges = Vec::new();
        let (mut group, mut walk) = (0, TriangleWalk::default());
        successes(rng, l as u64 * inside, p_in, |i| {
            if i / inside != group {
                (group, walk) = (i / inside, TriangleWalk::default());
            }
            edges.push(walk.pair(i % inside).map(|v| group as u32 * k + v));
        });
        let mut walk = TriangleWalk::default();
        successes(rng, pairs(n), p_out, |i| {
            let [u, v] = walk.pair(i);
            if u / k != v / k {
                edges.push([u, v]);
            }
        });
        Overlay::symmetric(Csr::from_edges(n, &edges).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_uniform, census, close, draw, edges, golden, model, refuses};

    fn params(l: u32, k: u32, p_in: f64, p_out: f64) -> PlantedPartitionParams {
        PlantedPartitionParams { l, k, p_in, p_out }
    }

    #[test]
    fn refusals() {
        refuses::<PlantedPartition>(params(0, 3, 0.1, 0.1), "at least 1, not 0");
        refuses::<PlantedPartition>(params(3, 0, 0.1, 0.1), "at least 1, not 0");
        refuses::<PlantedPartition>(params(3, 3, 1.1, 0.1), "`p_in`");
        refuses::<PlantedPartition>(params(3, 3, 0.1, f64::INFINITY), "`p_out`");
        refuses::<PlantedPartition>(params(1 << 16, 1 << 16, 0.1, 0.1), "4294967296 are too many");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<PlantedPartition>(params(2, 4, 0.5, 0.2)),
            [
                [0, 1],
                [0, 2],
                [0, 3],
                [0, 6],
                [0, 7],
                [1, 3],
                [1, 6],
                [1, 7],
                [2, 5],
                [2, 6],
                [4, 5],
                [4, 7],
                [5, 7],
                [6, 7]
            ]
        );
        assert_eq!(golden::<PlantedPartition>(params(2, 2, 1.0, 0.0)), [[0, 1], [2, 3]]);
        assert_eq!(golden::<PlantedPartition>(params(3, 1, 1.0, 1.0)), [[0, 1], [0, 2], [1, 2]]);
    }

    #[test]
    fn at_one_half_all_graphs_are_equally_likely() {
        assert_uniform(&census(&model::<PlantedPartition>(params(2, 2, 0.5, 0.5)), 12_800), 64);
    }

    #[test]
    fn shares_inside_and_across() {
        let (l, k, p_in, p_out) = (20u32, 100u32, 0.1, 0.004);
        let network = draw(&model::<PlantedPartition>(params(l, k, p_in, p_out)), 0);
        let inside = edges(&network).iter().filter(|e| e[0] / k == e[1] / k).count() as f64;
        let all_in = l as f64 * pairs(k) as f64;
        let all_out = pairs(l * k) as f64 - all_in;
        close("inside", inside, all_in * p_in, 5.0 * (all_in * p_in).sqrt());
        close("across", network.edges() as f64 - inside, all_out * p_out, 5.0 * (all_out * p_out).sqrt());
    }
}
