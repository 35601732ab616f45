//! Pastry: a table of prefixes and a leaf set [1].
//!
//! Row r of the table of a node holds, for every value of digit r but its own, a node that shares the r digits before
//! it, uniform among those there are (Pastry takes a near one; distance in the network below is not modelled). The leaf
//! set holds the next l/2 nodes on either side of the circle. A lookup goes to a contact with a longer common prefix, or,
//! where none is alive, to one with an equally long prefix that is nearer on the circle: Pastry's rule for rare cases.
//! O(n (2^b − 1) log N / b).
//!
//! [1] A. Rowstron, P. Druschel. Pastry: scalable, decentralized object location and routing for large-scale
//! peer-to-peer systems. Middleware 2001.

use crate::ids::Space;
use crate::prefix::Prefix;
use crate::rows::Rows;
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Pastry`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastryParams {
    /// Length of an identifier (1 to 28; with `n` or `size` 1 to 32, which is the default).
    #[serde(default = "crate::ids::longest")]
    pub bits: u32,
    /// Number of nodes, with identifiers drawn at random (2 to half of all identifiers). Left out: a full space, 2^bits
    /// nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// Bits a digit (1 to 8), a divisor of `bits`.
    #[serde(default = "four")]
    pub b: u32,
    /// Size of the leaf set: half of it on either side (even, below the number of nodes; 0 for none).
    #[serde(default = "sixteen")]
    pub leaf_set: u32,
}

fn four() -> u32 {
    4
}
fn sixteen() -> u32 {
    16
}

/// A Pastry network.
#[derive(Debug, Clone)]
pub struct Pastry(PastryParams);

impl Plugin for Pastry {
    type Params = PastryParams;
    const NAME: &'static str = "pastry";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str = "prefix table of digits and a leaf set on the circle (Rowstron & Druschel 2001)";
    const EXAMPLE: &'static str = "bits = 8\nb = 2\nleaf_set = 4";

    fn new(params: PastryParams) -> Result<Pastry, Invalid> {
        let PastryParams { bits, n, b, leaf_set } = params;
        let space = Space { bits, n }.check()?;
        let nodes = space.n.map_or(1 << bits, u64::from);
        Invalid::unless((1..=8).contains(&b) && bits.is_multiple_of(b), "b", || {
            format!("a digit has 1 to 8 bits and divides the {bits} of an identifier; {b} does not")
        })?;
        Invalid::unless(leaf_set.is_multiple_of(2) && (leaf_set as u64) < nodes, "leaf_set", || {
            format!("an even number of leaves below the {nodes} nodes, not {leaf_set}")
        })?;
        Ok(Pastry(params))
    }
}

impl Topology for Pastry {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let PastryParams { bits, n, b, leaf_set } = self.0;
        let ids = Space { bits, n }.draw(rng);
        let n = ids.nodes();
        let mut rows = Rows::new(n, ((1 << b) - 1) * (n.ilog2() / b + 1) + leaf_set);
        for v in 0..n {
            let id = ids.of(v) as u64;
            rows.push(|row| {
                let near = (leaf_set / 2) as u64;
                row.extend(
                    (1..=near).flat_map(|i| [v as u64 + i, v as u64 + n as u64 - i]).map(|w| (w % n as u64) as u32),
                );
                // from the first digit on, until nobody else shares the prefix
                for digit in (0..bits / b).rev() {
                    let shift = digit * b;
                    let prefix = id >> (shift + b) << b;
                    let (first, end) = (ids.first_from(prefix << shift), ids.first_from((prefix + (1 << b)) << shift));
                    if end - first == 1 {
                        break;
                    }
                    let own = id >> shift;
                    let mut from = first;
                    for value in prefix..prefix + (1 << b) {
                        let to = ids.first_from((value + 1) << shift);
                        if value != own && to > from {
                            row.push(from + rng.below(to - from));
                        }
                        from = to;
                    }
                }
            });
        }
        Overlay::directed(rows.finish()).with_geometry(Prefix::new(ids, b, leaf_set > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, failed, follows_the_rule, golden, model, reaches_all, refuses, tally};

    fn p(bits: u32, n: Option<u32>, b: u32, leaf_set: u32) -> PastryParams {
        PastryParams { bits, n, b, leaf_set }
    }

    #[test]
    fn refusals() {
        refuses::<Pastry>(p(8, None, 3, 4), "divides the 8 of an identifier; 3 does not");
        refuses::<Pastry>(p(8, None, 4, 5), "even number of leaves below the 256 nodes, not 5");
        refuses::<Pastry>(p(4, None, 4, 16), "below the 16 nodes, not 16");
    }

    #[test]
    fn golden_rows() {
        assert_eq!(golden::<Pastry>(p(4, None, 2, 2))[..2], GOLDEN_FULL);
        assert_eq!(golden::<Pastry>(p(16, Some(12), 4, 2))[..2], GOLDEN_SPARSE);
    }
    const GOLDEN_FULL: [&[u32]; 2] = [&[1, 2, 3, 4, 9, 13, 15], &[0, 2, 3, 4, 9, 12]];
    const GOLDEN_SPARSE: [&[u32]; 2] = [&[1, 2, 4, 5, 6, 7, 8, 9, 10, 11], &[0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]];

    #[test]
    fn the_next_hop_is_the_nearest_live_contact() {
        for (bits, n, b, leaf_set) in
            [(8, None, 1, 0), (8, None, 2, 0), (8, None, 4, 8), (32, Some(200), 4, 16), (24, Some(150), 8, 0)]
        {
            follows_the_rule(&draw(&model::<Pastry>(p(bits, n, b, leaf_set)), 1));
        }
    }

    #[test]
    fn every_node_finds_every_other() {
        for (n, b, leaf_set) in [(None, 1, 0), (None, 4, 4), (Some(2), 2, 0), (Some(100), 2, 8), (Some(100), 4, 0)] {
            reaches_all(&draw(&model::<Pastry>(p(8, n, b, leaf_set)), 1));
        }
    }

    #[test]
    fn a_hop_a_digit() {
        // without leaves a digit is right already with probability 2^−b: (1 − 2^−b) · digits hops
        let network = draw(&model::<Pastry>(p(12, None, 4, 0)), 0);
        assert!((0..4096).all(|v| network.out().degree(v) == 3 * 15), "a full table");
        let tally = tally(&network, 0.0, 50_000, 0);
        close("mean hops", tally.hops() as f64 / 5e4, 3.0 * 15.0 / 16.0, 0.02);
        assert_eq!(tally.hops_quantile(1.0), Some(3));
        // sparse: fewer than ⌈log_16 N⌉ hops in the mean, as published
        let sparse = draw(&model::<Pastry>(p(32, Some(4000), 4, 16)), 0);
        let sparse = crate::testing::tally(&sparse, 0.0, 50_000, 0);
        assert!(sparse.failed == 0 && sparse.hops() < 3 * 50_000, "{sparse:?}");
    }

    #[test]
    fn without_leaves_it_is_the_tree_and_leaves_help() {
        let tree = model::<Pastry>(p(10, None, 1, 0));
        let theory = draw(&tree, 0).geometry().unwrap().failed_share(0.3).unwrap();
        let without = failed(&tree, 0.3, 20, 10_000);
        close("failed share", without, theory, 0.015);
        let with = failed(&model::<Pastry>(p(10, None, 1, 16)), 0.3, 20, 10_000);
        assert!(with < without / 2.0, "{with} of {without}");
    }
}
