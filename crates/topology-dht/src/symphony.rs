//! Symphony: a ring with a few long links, drawn by the harmonic law of Kleinberg's small worlds [1].
//!
//! A node knows the nodes before and behind it, and k long links to the nodes responsible for the points at clockwise
//! distance x, a share of the circle in [1/n, 1) with density 1/(x ln n). A link to itself or to a contact that it has
//! already is drawn anew, 16 times k at most in all. Lookups take O(log² n / k) hops. `bidirectional`: links are used from
//! both ends, and a lookup goes to the contact nearest on the circle, on either side; otherwise only clockwise. O(n k).
//!
//! [1] G. S. Manku, M. Bawa, P. Raghavan. Symphony: distributed hashing in a small world. USITS 2003.

use crate::ids::{Ids, Space};
use crate::ring::{Ring, beside, nearer, sides_first, up_to};
use crate::rows::Rows;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Symphony`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SymphonyParams {
    /// Number of nodes (4 to 2^31), at random places on the circle.
    pub n: u32,
    /// Long links that each node draws (1 to 64, at most n/4).
    #[serde(default = "four")]
    pub long_links: u32,
    /// Whether links are used from both ends, and lookups go either way round.
    #[serde(default)]
    pub bidirectional: bool,
}

fn four() -> u32 {
    4
}

/// A Symphony ring.
#[derive(Debug, Clone)]
pub struct Symphony(SymphonyParams);

impl Plugin for Symphony {
    type Params = SymphonyParams;
    const NAME: &'static str = "symphony";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str =
        "identifier ring with long links by the harmonic law of small worlds (Manku et al. 2003)";
    const EXAMPLE: &'static str = "n = 300\nlong_links = 4";

    fn new(params: SymphonyParams) -> Result<Symphony, Invalid> {
        let SymphonyParams { n, long_links, .. } = params;
        Invalid::unless((4..=1 << 31).contains(&n), "n", || format!("4 to 2^31 nodes, not {n}"))?;
        Invalid::unless(long_links >= 1 && long_links <= 64.min(n / 4), "long_links", || {
            format!("1 to {} long links among {n} nodes, not {long_links}", 64.min(n / 4))
        })?;
        Ok(Symphony(params))
    }
}

impl Topology for Symphony {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let SymphonyParams { n, long_links, bidirectional } = self.0;
        let ids = Space { bits: 32, n: Some(n) }.draw(rng);
        let octaves = libm::log2(n as f64);
        let mut rows = Rows::new(n, long_links + 2);
        for v in 0..n {
            let id = ids.of(v) as u64;
            rows.push(|row| {
                row.extend([(v + 1) % n, (v + n - 1) % n]);
                for _ in 0..16 * long_links {
                    // by inversion: ln x is uniform between ln 1/n and 0
                    let x = libm::exp2((rng.unit() - 1.0) * octaves);
                    let w = ids.successor(id + (x * 4_294_967_296.0) as u64);
                    if w != v && !row.contains(&w) {
                        row.push(w);
                    }
                    if row.len() as u32 == long_links + 2 {
                        break;
                    }
                }
            });
        }
        let links = rows.finish();
        if bidirectional {
            Overlay::symmetric(links.symmetrize()).with_geometry(Circle { ids })
        } else {
            Overlay::directed(links).with_geometry(Ring { n })
        }
    }
}

/// Routing by the shorter way on the circle of identifiers.
#[derive(Debug)]
struct Circle {
    ids: Ids,
}

impl Circle {
    /// The nearer of two contacts, the lower of equals, if it makes progress.
    #[inline(always)]
    fn nearer(&self, at: NodeId, target: NodeId, beside: [NodeId; 2]) -> Option<NodeId> {
        let (nearest, next) = nearer(beside, |v| self.distance(v, target));
        (nearest < self.distance(at, target)).then_some(next)
    }
}

impl Geometry for Circle {
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        let ahead = self.ids.of(to).wrapping_sub(self.ids.of(from));
        ahead.min(ahead.wrapping_neg()) as u64
    }

    /// The live contact nearest to the target, if nearer than this node: rows are sorted, so it is one of the two beside the
    /// target's place. O(log contacts) mostly.
    fn next_hop(&self, at: NodeId, neighbours: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        let beside = beside(neighbours, up_to(neighbours, target), live)?;
        self.nearer(at, target, beside)
    }

    /// Asks for the row, then for the identifiers of the two.
    fn advance(&self, contacts: &Csr, batch: &mut [LookupState]) {
        sides_first(contacts, batch, &self.ids, |lookup, beside| self.nearer(lookup.at, lookup.target, beside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, failed, follows_the_rule, golden, model, reaches_all, refuses, tally};

    fn p(n: u32, long_links: u32, bidirectional: bool) -> SymphonyParams {
        SymphonyParams { n, long_links, bidirectional }
    }

    #[test]
    fn refusals() {
        refuses::<Symphony>(p(3, 1, false), "4 to 2^31 nodes, not 3");
        refuses::<Symphony>(p(40, 11, false), "1 to 10 long links among 40 nodes, not 11");
    }

    #[test]
    fn golden_rows() {
        assert_eq!(golden::<Symphony>(p(20, 2, false))[..3], GOLDEN_ONE_WAY);
        assert_eq!(golden::<Symphony>(p(20, 1, true))[..3], GOLDEN_BOTH_WAYS);
    }
    const GOLDEN_ONE_WAY: [&[u32]; 3] = [&[1, 3, 18, 19], &[0, 2, 3, 9], &[1, 3, 9, 13]];
    const GOLDEN_BOTH_WAYS: [&[u32]; 3] = [&[1, 7, 8, 15, 16, 17, 18, 19], &[0, 2, 3], &[1, 3, 9]];

    #[test]
    fn every_node_finds_every_other() {
        for (n, k) in [(4, 1), (100, 3), (257, 8)] {
            reaches_all(&draw(&model::<Symphony>(p(n, k, false)), 1));
            let both_ways = draw(&model::<Symphony>(p(n, k, true)), 1);
            reaches_all(&both_ways);
            follows_the_rule(&both_ways);
        }
    }

    #[test]
    fn long_links_follow_the_harmonic_law() {
        // the middle of ln x lies at 1/√n: half of the long links span less
        let n = 10_000;
        let network = draw(&model::<Symphony>(p(n, 4, false)), 0);
        let spans = (0..n).flat_map(|v| network.out().row(v).iter().map(move |w| (w + n - v) % n));
        let long: Vec<u32> = spans.filter(|s| *s > 1 && *s < n - 1).collect();
        let short = long.iter().filter(|s| **s <= 100).count() as f64 / long.len() as f64;
        // links to nodes that are contacts already are drawn anew, mostly short ones
        close("share below √n", short, 0.5, 0.08);
        assert!((0..n).all(|v| network.out().degree(v) == 6));
    }

    #[test]
    fn hops_fall_with_links_and_grow_with_the_square_of_log_n() {
        let hops = |params| {
            let tally = tally(&draw(&model::<Symphony>(params), 0), 0.0, 20_000, 0);
            tally.hops() as f64 / 20_000.0
        };
        let (few, many) = (hops(p(1 << 7, 1, false)), hops(p(1 << 14, 1, false)));
        assert!((2.5..5.5).contains(&(many / few)), "(14/7)² = 4 times the hops: {few}, {many}");
        assert!(hops(p(1 << 14, 4, false)) < many / 2.5, "k links, a share 1/k of the hops");
        assert!(hops(p(1 << 14, 4, true)) < 0.8 * hops(p(1 << 14, 4, false)), "both ways are shorter (Manku et al.)");
    }

    #[test]
    fn both_ways_survive_more() {
        let share = |both| failed(&model::<Symphony>(p(4096, 4, both)), 0.3, 2, 5_000);
        let (both, one) = (share(true), share(false));
        assert!(both < one - 0.05, "{both} {one}");
    }
}
