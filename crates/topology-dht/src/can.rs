//! CAN: a torus of d dimensions that is cut into zones; each node knows the zones beside its own [1].
//!
//! All zones are of equal size, as in the analysis of [1]: side^d nodes on a grid, 2d contacts each. Lookups take
//! (d/4)·n^(1/d) hops in the mean. Any contact that is nearer to the target on any axis makes progress. O(n d), nothing
//! random.
//!
//! [1] S. Ratnasamy, P. Francis, M. Handley, R. Karp, S. Shenker. A scalable content-addressable network. SIGCOMM 2001.

use crate::division::Divisor;
use crate::rows::Rows;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Can`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CanParams {
    /// Dimensions d (1 to 28).
    pub dimensions: u32,
    /// Zones along each of them (≥ 2): there are side^d nodes, at most 2^28.
    pub side: u32,
}

/// A CAN of equal zones.
#[derive(Debug, Clone)]
pub struct Can(CanParams);

impl Plugin for Can {
    type Params = CanParams;
    const NAME: &'static str = "can";
    const SIZE: Option<Sizing> =
        Some(Sizing::derived(&["side"], "a power with the exponent `dimensions`, at most 2^28", |size, given| {
            let dimensions =
                given.whole("dimensions").ok_or("a power with the exponent `dimensions`: give it beside the size")?;
            let power = |side: u64| side.checked_pow(u32::try_from(dimensions).ok()?).filter(|nodes| *nodes <= 1 << 28);
            Ok(vec![("side", SizedValue::One(exact_size(size, (2, 1 << 28), power)?))])
        }));
    const ABOUT: &'static str =
        "equal zones of a d-dimensional torus, each knows the zones beside it (Ratnasamy et al. 2001)";
    const EXAMPLE: &'static str = "dimensions = 2\nside = 16";

    fn new(params: CanParams) -> Result<Can, Invalid> {
        let CanParams { dimensions, side } = params;
        Invalid::unless((1..=28).contains(&dimensions), "dimensions", || {
            format!("1 to 28 dimensions, not {dimensions}")
        })?;
        let nodes = (side as u64).checked_pow(dimensions);
        Invalid::unless(side >= 2 && nodes.is_some_and(|n| n <= 1 << 28), "side", || {
            format!("2 zones or more along each of {dimensions} dimensions, at most 2^28 in all, not {side}")
        })?;
        Ok(Can(params))
    }
}

impl Topology for Can {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let torus = Torus::new(self.0.dimensions, self.0.side);
        let n = torus.side.pow(torus.dimensions);
        let mut rows = Rows::new(n, 2 * torus.dimensions);
        for v in 0..n {
            rows.push(|row| {
                torus.axes(v).zip(torus.strides).for_each(|(at, stride)| row.extend(torus.beside(v, at, stride)));
            });
        }
        Overlay::symmetric(rows.finish()).with_geometry(torus)
    }
}

/// Routing by steps along the axes of a torus.
#[derive(Debug, Clone, Copy)]
struct Torus {
    dimensions: u32,
    side: u32,
    by_side: Divisor,
    /// By how much the number grows with a step on each axis.
    strides: [u32; 28],
}

impl Torus {
    fn new(dimensions: u32, side: u32) -> Torus {
        let strides = std::array::from_fn(|axis| if axis < dimensions as usize { side.pow(axis as u32) } else { 0 });
        Torus { dimensions, side, by_side: Divisor::new(side), strides }
    }

    /// The place of a zone on each axis.
    #[inline(always)]
    fn axes(self, v: NodeId) -> impl Iterator<Item = u32> {
        (0..self.dimensions).scan(v, move |rest, _| {
            let (further, place) = self.by_side.divide(*rest);
            *rest = further;
            Some(place)
        })
    }

    /// The zones one step ahead of `v` and one step behind it, along an axis on which it stands at `at`.
    #[inline(always)]
    fn beside(self, v: NodeId, at: u32, stride: u32) -> [NodeId; 2] {
        let round = (self.side - 1) * stride;
        [if at + 1 == self.side { v - round } else { v + stride }, if at == 0 { v + round } else { v - stride }]
    }

    /// As [`Geometry::next_hop`].
    #[inline(always)]
    fn next(self, at: NodeId, target: NodeId, live: &Live) -> Option<NodeId> {
        // Steps that bring the lookup nearer, two bits an axis: of those to lower numbers the even bit is one step down and
        // the odd one the step round the end, the longer one; of those to higher numbers likewise. No step on an axis
        // is as long as one on the next, so the order of the bits is that of the steps.
        let (mut lower, mut higher) = (0u64, 0u64);
        for (axis, (here, there)) in self.axes(at).zip(self.axes(target)).enumerate() {
            let ahead = if there >= here { there - here } else { there + self.side - here };
            let back = self.side - ahead;
            let up = (ahead > 0) & (ahead <= back);
            let down = back <= ahead;
            let (first, last) = (here == 0, here + 1 == self.side);
            lower |= ((down & !first) as u64 | ((up & last) as u64) << 1) << (2 * axis);
            higher |= ((up & !last) as u64 | ((down & first) as u64) << 1) << (2 * axis);
        }
        let length = |bit: u32| self.strides[(bit / 2) as usize] * if bit & 1 == 0 { 1 } else { self.side - 1 };
        while lower != 0 {
            let bit = lower.ilog2();
            let v = at - length(bit);
            if live.has(v) {
                return Some(v);
            }
            lower ^= 1 << bit;
        }
        while higher != 0 {
            let v = at + length(higher.trailing_zeros());
            if live.has(v) {
                return Some(v);
            }
            higher &= higher - 1;
        }
        None
    }
}

impl Geometry for Torus {
    /// Steps along all axes, the shorter way round each.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        let steps = self.axes(from).zip(self.axes(to)).map(|(a, b)| a.abs_diff(b).min(self.side - a.abs_diff(b)));
        steps.map(u64::from).sum()
    }

    /// The live zone with the lowest number among those one step nearer, without a look at the row: it is known which
    /// they are. O(d).
    fn next_hop(&self, at: NodeId, _: &[NodeId], target: NodeId, live: &Live) -> Option<NodeId> {
        self.next(at, target, live)
    }

    /// No row is read, so none is asked for.
    fn advance(&self, _: &Csr, batch: &mut [LookupState]) {
        batch.iter_mut().for_each(|lookup| lookup.next = self.next(lookup.at, lookup.target, lookup.live));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, draw, follows_the_rule, golden, model, reaches_all, refuses, shortest, tally};

    fn p(dimensions: u32, side: u32) -> CanParams {
        CanParams { dimensions, side }
    }

    #[test]
    fn refusals() {
        refuses::<Can>(p(0, 4), "1 to 28 dimensions, not 0");
        refuses::<Can>(p(2, 1), "2 zones or more");
        refuses::<Can>(p(20, 4), "at most 2^28 in all, not 4");
    }

    #[test]
    fn golden_rows() {
        let rows = golden::<Can>(p(2, 4));
        assert_eq!(
            (&rows[0][..], &rows[5][..], &rows[15][..]),
            (&[1, 3, 4, 12][..], &[1, 4, 6, 9][..], &[3, 11, 12, 14][..])
        );
        assert_eq!(golden::<Can>(p(2, 2)), [[1, 2], [0, 3], [0, 3], [1, 2]], "two zones a side are a hypercube");
    }

    #[test]
    fn quarter_of_d_times_side_hops() {
        let network = draw(&model::<Can>(p(2, 32)), 0);
        let tally = tally(&network, 0.0, 50_000, 0);
        close("mean hops", tally.hops() as f64 / 5e4, 2.0 / 4.0 * 32.0 * 1024.0 / 1023.0, 0.2);
        assert_eq!(tally.hops_quantile(1.0), Some(32), "the diameter");
    }

    #[test]
    fn distances_are_shortest_paths() {
        for (dimensions, side) in [(1, 7), (2, 5), (2, 6), (3, 4), (5, 2)] {
            let network = draw(&model::<Can>(p(dimensions, side)), 0);
            reaches_all(&network);
            shortest(&network);
            follows_the_rule(&network);
        }
    }
}
