//! The hypercube: contacts differ in exactly one bit, and bits are corrected in any order.
//!
//! Degree and diameter are both the number of bits. O(n · bits), nothing random. The geometry of a CAN with as many
//! dimensions as bits; in Gummadi et al. (SIGCOMM 2003) the one with most choice among next hops.

use crate::ids::Space;
use crate::rows::Rows;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Hypercube`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HypercubeParams {
    /// Length of an identifier (1 to 28): there are 2^bits nodes.
    pub bits: u32,
}

/// A hypercube.
#[derive(Debug, Clone)]
pub struct Hypercube(HypercubeParams);

impl Plugin for Hypercube {
    type Params = HypercubeParams;
    const NAME: &'static str = "hypercube";
    const SIZE: Option<Sizing> = Some(Sizing::derived(&["bits"], "a power of 2, from 2 to 2^28", |size, _| {
        let bits = exact_size(size, (1, 28), |bits| Some(1 << bits))?;
        Ok(vec![("bits", SizedValue::One(bits))])
    }));
    const ABOUT: &'static str = "contacts differ in one bit, corrected in any order (Gummadi et al. 2003)";
    const EXAMPLE: &'static str = "bits = 8";

    fn new(params: HypercubeParams) -> Result<Hypercube, Invalid> {
        Space { bits: params.bits, n: None }.check()?;
        Ok(Hypercube(params))
    }
}

impl Topology for Hypercube {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let bits = self.0.bits;
        let mut rows = Rows::new(1 << bits, bits);
        (0..1u32 << bits).for_each(|v| rows.push(|row| row.extend((0..bits).map(|bit| v ^ 1 << bit))));
        Overlay::symmetric(rows.finish()).with_geometry(Cube { bits })
    }
}

/// Routing by the number of differing bits.
#[derive(Debug)]
struct Cube {
    bits: u32,
}

/// As [`Geometry::next_hop`]: ones that should be zeros, the highest first, then zeros that should be ones, the lowest first.
#[inline(always)]
fn next(at: NodeId, target: NodeId, live: &Live) -> Option<NodeId> {
    let (mut ones, mut zeros) = (at & !target, target & !at);
    while ones != 0 {
        let bit = 1 << ones.ilog2();
        if live.has(at ^ bit) {
            return Some(at ^ bit);
        }
        ones ^= bit;
    }
    while zeros != 0 {
        let bit = zeros & zeros.wrapping_neg();
        if live.has(at ^ bit) {
            return Some(at ^ bit);
        }
        zeros ^= bit;
    }
    None
}

impl Geometry for Cube {
    /// Differing bits.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        (from ^ to).count_ones().into()
    }

    /// The live contact with the lowest number among those that correct a bit, without a look at the row. O(d), mostly O(1).
    fn next_hop(&self, at: NodeId, _: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        next(at, target, live)
    }

    /// No row is read, so none is asked for.
    fn advance(&self, _: &Csr, batch: &mut [LookupState]) {
        batch.iter_mut().for_each(|lookup| lookup.next = next(lookup.at, lookup.target, lookup.live));
    }

    /// A lookup with m bits to correct fails at a hop with Q_m = q^m, all m contacts that correct one being dead; the
    /// last hop is to the target, which is alive. So 1 − Σ_h C(d, h) Π_{m=2..h} (1 − q^m) / (2^d − 1). Exact, since no node
    /// is asked about twice. O(d).
    fn failed_share(&self, q: f64) -> Option<f64> {
        let (mut arrives, mut chance, mut choose, mut dead) = (0.0, 1.0, 1.0, q);
        for h in 1..=self.bits {
            choose *= (self.bits - h + 1) as f64 / h as f64;
            if h > 1 {
                dead *= q;
                chance *= 1.0 - dead;
            }
            arrives += choose * chance;
        }
        Some(1.0 - arrives / (libm::exp2(self.bits as f64) - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, failed, follows_the_rule, golden, model, reaches_all, refuses, tally};

    fn p(bits: u32) -> HypercubeParams {
        HypercubeParams { bits }
    }

    #[test]
    fn refusals() {
        refuses::<Hypercube>(p(29), "1 to 28 bits");
    }

    #[test]
    fn golden_rows() {
        assert_eq!(golden::<Hypercube>(p(2)), [[1, 2], [0, 3], [0, 3], [1, 2]]);
    }

    #[test]
    fn degree_and_diameter() {
        let network = draw(&model::<Hypercube>(p(9)), 0);
        assert!((0..512).all(|v| network.out().degree(v) == 9));
        let tally = tally(&network, 0.0, 100_000, 0);
        assert_eq!(tally.hops_quantile(1.0), Some(9));
        close("mean hops", tally.hops() as f64 / 1e5, 4.5 * 512.0 / 511.0, 5.0 * 1.5 / 1e5f64.sqrt());
        let small = draw(&model::<Hypercube>(p(6)), 0);
        reaches_all(&small);
        follows_the_rule(&small);
    }

    #[test]
    fn lookups_fail_as_published() {
        for (bits, networks) in [(8, 40), (11, 10), (14, 3)] {
            let model = model::<Hypercube>(p(bits));
            for q in [0.1, 0.3, 0.5] {
                let theory = draw(&model, 0).geometry().unwrap().failed_share(q).unwrap();
                close("failed share", failed(&model, q, networks, 20_000), theory, 0.015);
            }
        }
        for (q, published) in [(0.1, 0.011), (0.3, 0.124), (0.5, 0.416)] {
            close("the table of 2003, d = 16", Cube { bits: 16 }.failed_share(q).unwrap(), published, 0.0006);
        }
    }
}
