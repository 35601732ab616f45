//! The stochastic block model: groups of nodes, and a chance of a link for every pair of groups [1].
//!
//! Nodes u, v of groups a, b are linked with chance `p[a][b]`, independently. Nodes are numbered group by group. O(n + m
//! + g²) for g groups, by skipping over unlinked pairs. Same law as networkx's `stochastic_block_model`.
//!
//! [1] P. W. Holland, K. B. Laskey, S. Leinhardt. Stochastic blockmodels: first steps. Soc. Networks 5, 109 (1983).

use crate::bounds_and_draws::{pairs, probability};
use crate::skip::{TriangleWalk, successes};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`StochasticBlockModel`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StochasticBlockModelParams {
    /// Number of nodes in each group (≥ 1 each).
    pub sizes: Vec<u32>,
    /// Chance of a link between a node of group a and one of group b: a symmetric matrix, one row a group (0 to 1).
    pub p: Vec<Vec<f64>>,
}

/// The stochastic block model.
#[derive(Debug, Clone)]
pub struct StochasticBlockModel(StochasticBlockModelParams);

impl Plugin for StochasticBlockModel {
    type Params = StochasticBlockModelParams;
    const NAME: &'static str = "stochastic-block-model";
    const SIZE: Option<Sizing> = Some(Sizing::derived(
        &["sizes"],
        "a multiple of the number of groups, the rows of `p`: groups of one size",
        |size, given| {
            let groups = given
                .length("p")
                .filter(|groups| *groups > 0)
                .ok_or("a multiple of the rows of `p`: give it beside the size")?;
            let most = size.div_ceil(groups as u64);
            let k = exact_size(size, (most.saturating_sub(1).max(1), most + 1), |k| k.checked_mul(groups as u64))?;
            Ok(vec![("sizes", SizedValue::List(vec![k; groups]))])
        },
    ));
    const ALIASES: &'static [&'static str] = &["sbm"];
    const ABOUT: &'static str = "groups, and a link chance for each pair of groups (Holland et al. 1983)";
    const EXAMPLE: &'static str = "sizes = [300, 700]\np = [[0.02, 0.001], [0.001, 0.01]]";

    fn new(params: StochasticBlockModelParams) -> Result<StochasticBlockModel, Invalid> {
        let StochasticBlockModelParams { sizes, p } = &params;
        let groups = sizes.len();
        Invalid::unless(groups > 0 && sizes.iter().all(|&s| s > 0), "sizes", || {
            format!("there is at least one group, and at least one node in each, not {sizes:?}")
        })?;
        let n: u64 = sizes.iter().map(|&s| s as u64).sum();
        Invalid::unless(n <= u32::MAX as u64, "sizes", || format!("nodes are numbered by 32 bits: {n} are too many"))?;
        Invalid::unless(p.len() == groups && p.iter().all(|row| row.len() == groups), "p", || {
            let rows: Vec<usize> = p.iter().map(Vec::len).collect();
            format!("{groups} groups have {groups} rows of {groups} chances, not rows of {rows:?}")
        })?;
        for (a, row) in p.iter().enumerate() {
            for (b, &chance) in row.iter().enumerate() {
                probability("p", chance)?;
                Invalid::unless(chance == p[b][a], "p", || {
                    format!("links go both ways: p[{a}][{b}] = {chance} and p[{b}][{a}] = {} differ", p[b][a])
                })?;
            }
        }
        Ok(StochasticBlockModel(params))
    }
}

impl Topology for StochasticBlockModel {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let StochasticBlockModelParams { sizes, p } = &self.0;
        let mut edges = Vec::new();
        let mut from_a = 0;
        for (a, &size_a) in sizes.iter().enumerate() {
            let mut walk = TriangleWalk::default();
            successes(rng, pairs(size_a), p[a][a], |i| edges.push(walk.pair(i).map(|v| from_a + v)));
            let mut from_b = from_a + size_a;
            for (b, &size_b) in sizes.iter().enumerate().skip(a + 1) {
                let wide = size_b as u64;
                successes(rng, size_a as u64 * wide, p[a][b], |i| {
                    edges.push([from_a + (i / wide) as u32, from_b + (i % wide) as u32]);
                });
                from_b += size_b;
            }
            from_a += size_a;
        }
        Overlay::symmetric(Csr::from_edges(from_a, &edges).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_uniform, census, close, draw, edges, golden, model, refuses};

    fn params(sizes: &[u32], p: &[&[f64]]) -> StochasticBlockModelParams {
        StochasticBlockModelParams { sizes: sizes.to_vec(), p: p.iter().map(|row| row.to_vec()).collect() }
    }

    #[test]
    fn refusals() {
        type M = StochasticBlockModel;
        refuses::<M>(params(&[], &[]), "at least one group");
        refuses::<M>(params(&[3, 0], &[&[0.1, 0.1], &[0.1, 0.1]]), "not [3, 0]");
        refuses::<M>(params(&[3, 3], &[&[0.1, 0.1], &[0.1]]), "not rows of [2, 1]");
        refuses::<M>(params(&[3, 3], &[&[0.1, 0.2], &[0.3, 0.1]]), "p[0][1] = 0.2 and p[1][0] = 0.3 differ");
        refuses::<M>(params(&[3], &[&[1.1]]), "not 1.1");
        refuses::<M>(params(&[u32::MAX, 2], &[&[0.0, 0.0], &[0.0, 0.0]]), "4294967297 are too many");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<StochasticBlockModel>(params(&[4, 3], &[&[0.5, 0.2], &[0.2, 0.7]])),
            [[0, 1], [0, 2], [0, 3], [1, 3], [2, 6], [3, 4], [3, 5], [3, 6], [5, 6]]
        );
    }

    #[test]
    fn bipartite_when_groups_have_no_links_inside() {
        let all = golden::<StochasticBlockModel>(params(&[2, 3], &[&[0.0, 1.0], &[1.0, 0.0]]));
        assert_eq!(all, [[0, 2], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4]]);
    }

    #[test]
    fn at_one_half_all_graphs_are_equally_likely() {
        let half: &[f64] = &[0.5, 0.5];
        assert_uniform(&census(&model::<StochasticBlockModel>(params(&[1, 3], &[half, half])), 12_800), 64);
    }

    #[test]
    fn every_pair_of_groups_has_its_share() {
        let p: [&[f64]; 3] = [&[0.02, 0.005, 0.0], &[0.005, 0.01, 0.003], &[0.0, 0.003, 0.04]];
        let (sizes, starts) = ([500u32, 800, 300], [0u32, 500, 1300]);
        let network = draw(&model::<StochasticBlockModel>(params(&sizes, &p)), 0);
        let group = |v: u32| starts.iter().rposition(|&s| v >= s).expect("the first starts at 0");
        let mut counts = [[0u32; 3]; 3];
        edges(&network).iter().for_each(|&[u, v]| counts[group(u)][group(v)] += 1);
        for a in 0..3 {
            for b in a..3 {
                let all = if a == b { pairs(sizes[a]) } else { sizes[a] as u64 * sizes[b] as u64 } as f64;
                let sd = (all * p[a][b] * (1.0 - p[a][b])).sqrt();
                close("links", counts[a][b] as f64, all * p[a][b], 5.0 * sd);
            }
        }
    }
}
