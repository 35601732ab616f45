//! Kademlia: buckets of contacts at exclusive-or distances that double [1].
//!
//! Bucket i of a node covers the identifiers at distance [2^i, 2^(i+1)): those that share all bits above bit i and
//! differ in it. The contact rule: up to k different nodes of each bucket, uniform among all nodes in it (all of them,
//! if there are no more than k). That is the table of a node that has met its peers independently of where it is; the
//! table of a real client depends on what it looked up. O(n k log n).
//!
//! [1] P. Maymounkov, D. Mazières. Kademlia: a peer-to-peer information system based on the XOR metric. IPTPS 2002.

use crate::ids::Space;
use crate::rows::Rows;
use crate::xor::Xor;
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Kademlia`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KademliaParams {
    /// Length of an identifier (1 to 28; with `n` or `size` 1 to 32, which is the default).
    #[serde(default = "crate::ids::longest")]
    pub bits: u32,
    /// Number of nodes, with identifiers drawn at random (2 to half of all identifiers). Left out: a full space, 2^bits
    /// nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// Contacts a bucket (1 to 256).
    #[serde(default = "twenty")]
    pub k: u32,
}

fn twenty() -> u32 {
    20
}

/// A Kademlia network.
#[derive(Debug, Clone)]
pub struct Kademlia(KademliaParams);

impl Plugin for Kademlia {
    type Params = KademliaParams;
    const NAME: &'static str = "kademlia";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str =
        "k uniform contacts in each bucket of doubling XOR distance (Maymounkov & Mazières 2002)";
    const EXAMPLE: &'static str = "bits = 8\nk = 4";

    fn new(params: KademliaParams) -> Result<Kademlia, Invalid> {
        Space { bits: params.bits, n: params.n }.check()?;
        Invalid::unless((1..=256).contains(&params.k), "k", || {
            format!("a bucket has 1 to 256 contacts, not {}", params.k)
        })?;
        Ok(Kademlia(params))
    }
}

impl Topology for Kademlia {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let KademliaParams { bits, n, k } = self.0;
        let ids = Space { bits, n }.draw(rng);
        let n = ids.nodes();
        let mut rows = Rows::new(n, k * (n.ilog2() + 1).saturating_sub(k.ilog2()));
        for v in 0..n {
            let id = ids.of(v) as u64;
            rows.push(|row| {
                for bit in 0..bits {
                    let low = ((id >> bit) ^ 1) << bit;
                    let first = ids.first_from(low);
                    let members = ids.first_from(low + (1 << bit)) - first;
                    if members <= k {
                        row.extend(first..first + members);
                    } else {
                        let start = row.len();
                        rng.distinct(members, k, row);
                        row[start..].iter_mut().for_each(|v| *v += first);
                    }
                }
            });
        }
        Overlay::directed(rows.finish()).with_geometry(Xor::new(ids, k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, follows_the_rule, golden, model, reaches_all, refuses, tally};

    fn p(bits: u32, n: Option<u32>, k: u32) -> KademliaParams {
        KademliaParams { bits, n, k }
    }

    #[test]
    fn refusals() {
        refuses::<Kademlia>(p(8, None, 0), "1 to 256 contacts, not 0");
        refuses::<Kademlia>(p(8, Some(1000), 1), "2 to 128 nodes, not 1000");
    }

    #[test]
    fn golden_rows() {
        assert_eq!(golden::<Kademlia>(p(4, None, 2))[..2], GOLDEN_FULL);
        assert_eq!(golden::<Kademlia>(p(16, Some(12), 1))[..3], GOLDEN_SPARSE);
    }
    const GOLDEN_FULL: [&[u32]; 2] = [&[1, 2, 3, 4, 5, 9, 10], &[0, 2, 3, 5, 6, 9, 10]];
    const GOLDEN_SPARSE: [&[u32]; 3] = [&[3, 5, 11], &[0, 2, 3, 4, 5, 9], &[0, 1, 3, 4, 6, 11]];

    #[test]
    fn buckets_hold_what_they_can() {
        let network = draw(&model::<Kademlia>(p(8, None, 5)), 0);
        for v in 0..256u32 {
            for bit in 0..8u32 {
                let here = network.out().row(v).iter().filter(|w| (**w ^ v).ilog2() == bit).count();
                assert_eq!(here, 5.min(1 << bit));
            }
        }
    }

    #[test]
    fn every_node_finds_every_other() {
        for n in [None, Some(2), Some(3), Some(100)] {
            for k in [1, 3, 20] {
                reaches_all(&draw(&model::<Kademlia>(p(8, n, k)), 1));
            }
        }
    }

    #[test]
    fn the_next_hop_is_the_nearest_live_contact() {
        let small = [(24, Some(400), 3), (32, Some(300), 8), (9, None, 1)];
        // rows shorter than what is looked at, buckets just large enough to be looked at in part, and far larger ones
        let large = [(2, None, 9), (4, None, 256), (6, Some(32), 64), (9, None, 9), (8, None, 20), (32, Some(500), 20)];
        let larger = [(32, Some(400), 100), (12, Some(400), 12), (32, Some(23), 9)];
        for (bits, n, k) in small.into_iter().chain(large).chain(larger) {
            follows_the_rule(&draw(&model::<Kademlia>(p(bits, n, k)), 0));
        }
    }

    #[test]
    fn half_of_log_n_hops_with_one_contact() {
        // every hop corrects the first differing bit, and the bits below it are new: (d/2) hops in the mean
        let network = draw(&model::<Kademlia>(p(12, None, 1)), 0);
        let tally = tally(&network, 0.0, 100_000, 0);
        close("mean hops", tally.hops() as f64 / 1e5, 6.0, 0.1);
    }
}
