//! A self-healing mesh: every peer has k neighbours, and neighbours of a fallen peer take each other's hands.
//!
//! What it abstracts: the dynamic distributed self-repairing (DDSR) overlay that A. Sanatinia & G. Noubir (*OnionBots:
//! subverting privacy infrastructure for cyber attacks*, DSN 2015) proposed to study what a takedown would face. This model
//! is the overlay before anything falls: the final state of the random k-process (the module `mesh`), in which all
//! peers but a few have k links. The repair itself (after every removal, the fallen peer's neighbours link up pairwise, and whoever
//! then has more than its bound drops its best-connected neighbours) is an answer to removals and not part of a static network.
//!
//! Removed at once, with no time to repair, a share f leaves a survivor without any neighbour with chance f^k, so the
//! expected number of cut-off survivors is n(1 − f)f^k; where it passes 1, repair would have come too late for somebody.
//! The giant component of what is left vanishes at f = (k − 2)/(k − 1). O(nk).

use crate::mesh::Mesh;
use crate::parameter_bounds::{between, nodes};
use crate::rows;
use hydranet_overlay::Overlay;
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`SelfHealing`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfHealingParams {
    /// Number of peers (≥ 2).
    pub n: u32,
    /// Neighbours of every peer (1 to n − 1).
    pub k: u32,
}

/// The mesh before anything falls. See the module's page.
#[derive(Debug, Clone)]
pub struct SelfHealing(SelfHealingParams);

impl Plugin for SelfHealing {
    type Params = SelfHealingParams;
    const NAME: &'static str = "self-healing";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["ddsr"];
    const ABOUT: &'static str = "k neighbours each, made to be repaired as peers fall (DDSR; Sanatinia & Noubir 2015)";
    const EXAMPLE: &'static str = "n = 1000\nk = 10";

    fn new(params: SelfHealingParams) -> Result<SelfHealing, Invalid> {
        nodes(params.n, 2)?;
        between("k", params.k, 1, params.n - 1, "the number of neighbours")?;
        Ok(SelfHealing(params))
    }
}

impl Topology for SelfHealing {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let SelfHealingParams { n, k } = self.0;
        let mesh = Mesh::d_process(n, k, rng);
        Overlay::symmetric(rows::csr(n, n as usize * k as usize, |v| mesh.row(v).iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{arcs, close, components, draw, fingerprint, moments, refuses, rng};
    use hydranet_topology::Draw;

    fn p(n: u32, k: u32) -> SelfHealingParams {
        SelfHealingParams { n, k }
    }

    #[test]
    fn refusals() {
        refuses::<SelfHealing>(p(1, 1), "n", "not 1");
        refuses::<SelfHealing>(p(5, 5), "k", "1 to 4 here, not 5");
        refuses::<SelfHealing>(p(5, 0), "k", "not 0");
    }

    #[test]
    fn golden() {
        assert_eq!(arcs(&draw::<SelfHealing>(p(5, 2), 0)), ARCS);
        assert_eq!(fingerprint(&draw::<SelfHealing>(p(500, 10), 0)), FINGERPRINT);
    }
    #[rustfmt::skip]
    const ARCS: [[u32; 2]; 8] = [[0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1], [3, 4], [4, 3]];
    const FINGERPRINT: (u64, u64) = (4998, 2058916083250287929);

    #[test]
    fn regular_and_connected() {
        for (n, k) in [(2000, 3), (2000, 10), (500, 15)] {
            let network = draw::<SelfHealing>(p(n, k), 1);
            let (mean, variance) = moments(network.out());
            assert!(mean > k as f64 - 0.01 && variance < 0.05, "mean {mean}, variance {variance}");
            assert_eq!(components(&network), 1);
        }
    }

    #[test]
    fn cut_off_survivors_are_as_many_as_published() {
        // f chosen so that n(1 − f)f^k is near 40, where 20 networks tell it to 4 %
        for (n, k, f) in [(4000u32, 5i32, 0.45), (4000, 10, 0.72)] {
            let gone = (n as f64 * f) as u32;
            let want = (n - gone) as f64 * f.powi(k);
            let mut cut_off = 0;
            for trial in 0..20 {
                let network = draw::<SelfHealing>(p(n, k as u32), trial);
                let order = rng(100 + trial).permutation(n);
                let mut dead = vec![false; n as usize];
                order[..gone as usize].iter().for_each(|&v| dead[v as usize] = true);
                let alone = |&&v: &&u32| network.out().row(v).iter().all(|&w| dead[w as usize]);
                cut_off += order[gone as usize..].iter().filter(alone).count();
            }
            let sd = (want / 20.0).sqrt();
            close("cut-off survivors", cut_off as f64 / 20.0, want, 5.0 * sd + 0.02 * want);
        }
    }
}
