//! The Plaxton tree: at every level one contact that corrects that bit and no choice [1]; the "tree" of [2].
//!
//! The contact of a node at level i shares its first i bits, differs in the next, and is uniform among the nodes that do.
//! A lookup corrects bits strictly from the first to the last, so that a single dead contact ends it. Full identifier
//! space, O(n · bits).
//!
//! [1] C. G. Plaxton, R. Rajaraman, A. W. Richa. Accessing nearby copies of replicated objects in a distributed
//! environment. SPAA 1997. [2] K. Gummadi et al. The impact of DHT routing geometry on resilience and proximity. SIGCOMM
//! 2003.

use crate::ids::Space;
use crate::prefix::Prefix;
use crate::rows::Rows;
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`PlaxtonTree`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaxtonTreeParams {
    /// Length of an identifier (1 to 28): there are 2^bits nodes.
    pub bits: u32,
}

/// A Plaxton tree.
#[derive(Debug, Clone)]
pub struct PlaxtonTree(PlaxtonTreeParams);

impl Plugin for PlaxtonTree {
    type Params = PlaxtonTreeParams;
    const NAME: &'static str = "plaxton-tree";
    const SIZE: Option<Sizing> = Some(Sizing::derived(&["bits"], "a power of 2, from 2 to 2^28", |size, _| {
        let bits = exact_size(size, (1, 28), |bits| Some(1 << bits))?;
        Ok(vec![("bits", SizedValue::One(bits))])
    }));
    const ALIASES: &'static [&'static str] = &["plaxton"];
    const ABOUT: &'static str =
        "one contact a level, bits corrected strictly in order: no choice (Plaxton et al. 1997)";
    const EXAMPLE: &'static str = "bits = 8";

    fn new(params: PlaxtonTreeParams) -> Result<PlaxtonTree, Invalid> {
        Space { bits: params.bits, n: None }.check()?;
        Ok(PlaxtonTree(params))
    }
}

impl Topology for PlaxtonTree {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let bits = self.0.bits;
        let ids = Space { bits, n: None }.draw(rng);
        let mut rows = Rows::new(ids.nodes(), bits);
        for v in 0..ids.nodes() {
            rows.push(|row| row.extend((0..bits).map(|bit| (v >> bit ^ 1) << bit | rng.below(1 << bit))));
        }
        Overlay::directed(rows.finish()).with_geometry(Prefix::new(ids, 1, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, failed, follows_the_rule, golden, model, reaches_all, refuses, tally};

    fn p(bits: u32) -> PlaxtonTreeParams {
        PlaxtonTreeParams { bits }
    }

    #[test]
    fn refusals() {
        refuses::<PlaxtonTree>(p(0), "1 to 28 bits");
    }

    #[test]
    fn golden_rows() {
        assert_eq!(golden::<PlaxtonTree>(p(4))[..3], GOLDEN);
    }
    const GOLDEN: [&[u32]; 3] = [&[1, 2, 5, 9], &[0, 3, 4, 10], &[1, 3, 7, 14]];

    #[test]
    fn one_contact_a_level() {
        let network = draw(&model::<PlaxtonTree>(p(9)), 0);
        for v in 0..512u32 {
            let mut levels: Vec<u32> = network.out().row(v).iter().map(|w| (w ^ v).ilog2()).collect();
            levels.sort_unstable();
            assert!(levels.into_iter().eq(0..9));
        }
        let small = draw(&model::<PlaxtonTree>(p(7)), 0);
        reaches_all(&small);
        follows_the_rule(&small);
        close("mean hops", tally(&network, 0.0, 100_000, 0).hops() as f64 / 1e5, 4.5, 0.1);
    }

    #[test]
    fn lookups_fail_as_published() {
        for (bits, networks) in [(8, 40), (11, 10), (14, 3)] {
            let model = model::<PlaxtonTree>(p(bits));
            for q in [0.1, 0.3, 0.5] {
                let theory = draw(&model, 0).geometry().unwrap().failed_share(q).unwrap();
                close("failed share", failed(&model, q, networks, 20_000), theory, 0.015);
            }
        }
        let tree = draw(&model::<PlaxtonTree>(p(16)), 0).geometry().unwrap().failed_share(0.3).unwrap();
        close("the table of 2003, 2^16 nodes, 30 % failed", tree, 0.894, 0.0005);
    }
}
