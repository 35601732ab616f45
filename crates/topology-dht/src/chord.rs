//! Chord: nodes on a circle of identifiers; each knows its successors, and fingers at distances that double [1].
//!
//! Finger i of a node with identifier u is the node responsible for u + 2^i (deterministic), or for a uniform point of
//! [u + 2^i, u + 2^(i+1)) (random, as in [2], where it gives neighbours a choice). O(n (bits + successors)).
//!
//! In a full space with deterministic fingers every lookup takes as many hops as the clockwise distance has one bits: ½
//! log₂ N in the mean.
//!
//! [1] I. Stoica, R. Morris, D. Karger, M. F. Kaashoek, H. Balakrishnan. Chord: a scalable peer-to-peer lookup service
//! for internet applications. SIGCOMM 2001. [2] K. Gummadi et al. The impact of DHT routing geometry on resilience and
//! proximity. SIGCOMM 2003.

use crate::ids::Space;
use crate::ring::Ring;
use crate::rows::Rows;
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where fingers point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fingers {
    /// Exactly 2^i ahead.
    #[default]
    Deterministic,
    /// A uniform point of [2^i, 2^(i+1)) ahead.
    Random,
}

/// Parameters of [`Chord`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChordParams {
    /// Length of an identifier (1 to 28; with `n` or `size` 1 to 32, which is the default).
    #[serde(default = "crate::ids::longest")]
    pub bits: u32,
    /// Number of nodes, with identifiers drawn at random (2 to half of all identifiers). Left out: a full space, 2^bits
    /// nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// How many of the next nodes on the circle a node knows (≥ 1, below the number of nodes).
    #[serde(default = "one")]
    pub successors: u32,
    /// Where fingers point to.
    #[serde(default)]
    pub fingers: Fingers,
}

fn one() -> u32 {
    1
}

/// A Chord ring.
#[derive(Debug, Clone)]
pub struct Chord(ChordParams);

impl Chord {
    fn space(params: &ChordParams) -> Space {
        Space { bits: params.bits, n: params.n }
    }
}

impl Plugin for Chord {
    type Params = ChordParams;
    const NAME: &'static str = "chord";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str =
        "identifier ring with successors and fingers at doubling distances (Stoica et al. 2001)";
    const EXAMPLE: &'static str = "bits = 8\nsuccessors = 2";

    fn new(params: ChordParams) -> Result<Chord, Invalid> {
        let space = Chord::space(&params).check()?;
        let nodes = space.n.map_or(1 << space.bits, u64::from);
        let successors = params.successors;
        Invalid::unless(successors >= 1 && (successors as u64) < nodes, "successors", || {
            format!("among {nodes} nodes a node has 1 to {} successors, not {successors}", nodes - 1)
        })?;
        Ok(Chord(params))
    }
}

impl Topology for Chord {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let ChordParams { bits, successors, fingers, .. } = self.0;
        let ids = Chord::space(&self.0).draw(rng);
        let n = ids.nodes();
        let mut rows = Rows::new(n, bits.min(n.ilog2() + 2) + successors);
        for v in 0..n {
            let id = ids.of(v) as u64;
            rows.push(|row| {
                row.extend((1..=successors as u64).map(|s| ((v as u64 + s) % n as u64) as u32));
                row.extend((0..bits).map(|i| {
                    let further = if fingers == Fingers::Random { rng.below_u64(1 << i) } else { 0 };
                    ids.successor(id + (1 << i) + further)
                }));
            });
        }
        Overlay::directed(rows.finish()).with_geometry(Ring { n })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, failed, follows_the_rule, golden, model, reaches_all, refuses, tally};

    fn p(bits: u32, n: Option<u32>, successors: u32, fingers: Fingers) -> ChordParams {
        ChordParams { bits, n, successors, fingers }
    }

    #[test]
    fn refusals() {
        refuses::<Chord>(p(3, None, 8, Fingers::Random), "1 to 7 successors, not 8");
        refuses::<Chord>(p(3, None, 0, Fingers::Random), "not 0");
        refuses::<Chord>(p(40, None, 1, Fingers::Random), "1 to 28 bits");
    }

    #[test]
    fn golden_rows() {
        let full = golden::<Chord>(p(3, None, 1, Fingers::Deterministic));
        assert_eq!(full[..2], [vec![1, 2, 4], vec![2, 3, 5]]);
        assert_eq!(full[7], [0, 1, 3]);
        assert_eq!(golden::<Chord>(p(4, None, 1, Fingers::Random))[..3], GOLDEN_RANDOM);
        assert_eq!(golden::<Chord>(p(16, Some(10), 2, Fingers::Deterministic))[..4], GOLDEN_SPARSE);
    }
    const GOLDEN_RANDOM: [&[u32]; 3] = [&[1, 2, 6, 10], &[2, 4, 5, 10], &[3, 4, 9, 13]];
    const GOLDEN_SPARSE: [&[u32]; 4] = [&[1, 2, 3, 5, 7], &[2, 3, 4, 5, 6, 9], &[3, 4, 5, 6, 9], &[4, 5, 6, 9]];

    #[test]
    fn half_of_log_n_hops() {
        let full = draw(&model::<Chord>(p(12, None, 1, Fingers::Deterministic)), 0);
        let tally = tally(&full, 0.0, 100_000, 0);
        // one bits of a uniform distance from 1 to 2^12 − 1; five standard errors
        close("mean hops", tally.hops() as f64 / 1e5, 6.0 * 4096.0 / 4095.0, 5.0 * 3f64.sqrt() / 1e5f64.sqrt());
        assert_eq!(tally.failed, 0);
        // sparse identifiers: ½ log₂ N as published
        let sparse = draw(&model::<Chord>(p(32, Some(4096), 1, Fingers::Deterministic)), 0);
        let sparse = crate::testing::tally(&sparse, 0.0, 100_000, 0);
        close("mean hops, sparse", sparse.hops() as f64 / 1e5, 6.0, 0.5);
    }

    #[test]
    fn every_node_finds_every_other() {
        for fingers in [Fingers::Deterministic, Fingers::Random] {
            for n in [None, Some(2), Some(3), Some(100)] {
                let network = draw(&model::<Chord>(p(8, n, 1, fingers)), 1);
                reaches_all(&network);
                follows_the_rule(&network);
            }
        }
    }

    #[test]
    fn lookups_fail_as_published() {
        // 7 % of the paths at 2^16 nodes and 30 % failed (Gummadi et al. 2003, fig. 5); a smaller ring fails less
        let failed = failed(&model::<Chord>(p(16, None, 1, Fingers::Deterministic)), 0.3, 2, 20_000);
        close("failed share", failed, 0.07, 0.01);
    }

    #[test]
    fn sixteen_successors_hardly_ever_fail() {
        let failed = failed(&model::<Chord>(p(12, None, 16, Fingers::Deterministic)), 0.3, 2, 20_000);
        assert!(failed < 0.001, "{failed}");
    }
}
