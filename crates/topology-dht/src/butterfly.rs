//! The wrapped butterfly: constant degree and logarithmic diameter; the network that Viceroy emulates [1].
//!
//! d levels of 2^d rows. From level l a node knows two nodes of the next level (after the last comes the first): the one
//! in its row, and the one in the row that differs in bit l. A lookup walks on from level to level until it is at its
//! target: fewer than 2d hops. Viceroy's rings, by which nodes find each other while joining, and its links upwards are
//! left out: they make no progress in this walk. O(n), nothing random.
//!
//! *Routing* is greedy by the hops that are left: those to the level of the target, and d more, a round, if a bit in which
//! the rows differ is not passed on that way. A node forwards to the live one of its two contacts that is nearer:
//! - A bit that will not be passed again must come out right: only one contact makes progress, and if it is dead, the
//!   lookup fails.
//! - A bit that will be passed again (the walk goes round once more because of another one) need not be right yet: both
//!   contacts are equally near. The lookup goes to the lower number, whose bit is 0, or to the other if that one is dead,
//!   and fails only if both are; the second time, the bit is set right. So a dead node costs nothing there.
//!
//! [1] D. Malkhi, M. Naor, D. Ratajczak. Viceroy: a scalable and dynamic emulation of the butterfly. PODC 2002.

use crate::rows::Rows;
use hydranet_overlay::{Geometry, NodeId, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Butterfly`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ButterflyParams {
    /// Levels d (2 to 23): there are d·2^d nodes.
    pub levels: u32,
}

/// A wrapped butterfly.
#[derive(Debug, Clone)]
pub struct Butterfly(ButterflyParams);

impl Plugin for Butterfly {
    type Params = ButterflyParams;
    const NAME: &'static str = "butterfly";
    const SIZE: Option<Sizing> =
        Some(Sizing::derived(&["levels"], "d·2^d for d from 2 to 23: 8, 24, 64, 160, 384, …", |size, _| {
            let levels = exact_size(size, (2, 23), |levels| Some(levels << levels))?;
            Ok(vec![("levels", SizedValue::One(levels))])
        }));
    const ALIASES: &'static [&'static str] = &["viceroy"];
    const ABOUT: &'static str =
        "levels of rows, one bit corrected a level: the network of Viceroy (Malkhi et al. 2002)";
    const EXAMPLE: &'static str = "levels = 6";

    fn new(params: ButterflyParams) -> Result<Butterfly, Invalid> {
        Invalid::unless((2..=23).contains(&params.levels), "levels", || {
            format!("2 to 23 levels, not {}", params.levels)
        })?;
        Ok(Butterfly(params))
    }
}

impl Topology for Butterfly {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let levels = self.0.levels;
        let mut rows = Rows::new(levels << levels, 2);
        for level in 0..levels {
            let next = ((level + 1) % levels) << levels;
            (0..1 << levels).for_each(|row: u32| rows.push(|to| to.extend([next | row, next | (row ^ 1 << level)])));
        }
        Overlay::directed(rows.finish()).with_geometry(Walk { levels })
    }
}

/// Routing by steps round the levels.
#[derive(Debug)]
struct Walk {
    levels: u32,
}

impl Geometry for Walk {
    /// Levels to walk: to that of the target, and once more round if a wrong bit does not lie on the way.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        let d = self.levels;
        let (here, there) = (from >> d, to >> d);
        let wrong = (from ^ to) & ((1 << d) - 1);
        let below = |level: u32| (1u32 << level) - 1;
        let (steps, passed) = if there >= here {
            (there - here, below(there) & !below(here))
        } else {
            (there + d - here, below(d) & !below(here) | below(there))
        };
        (if wrong & !passed == 0 { steps } else { steps + d }) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{draw, golden, model, reaches_all, refuses, shortest, tally};
    use hydranet_overlay::Live;
    use hydranet_routing::lookup::path;

    fn p(levels: u32) -> ButterflyParams {
        ButterflyParams { levels }
    }

    #[test]
    fn refusals() {
        refuses::<Butterfly>(p(1), "2 to 23 levels, not 1");
    }

    #[test]
    fn golden_rows() {
        let rows = golden::<Butterfly>(p(2));
        assert_eq!(rows, [[4, 5], [4, 5], [6, 7], [6, 7], [0, 2], [1, 3], [0, 2], [1, 3]]);
    }

    #[test]
    fn distances_are_shortest_paths() {
        for levels in [2, 3, 5] {
            let network = draw(&model::<Butterfly>(p(levels)), 0);
            reaches_all(&network);
            shortest(&network);
        }
    }

    #[test]
    fn a_bit_that_is_passed_twice_may_be_wrong_the_first_time() {
        let network = draw(&model::<Butterfly>(p(3)), 0);
        let node = |level: u32, row: u32| level << 3 | row;
        let walk = |from, to, dead: &[u32]| {
            let mut live = Live::all(network.nodes());
            dead.iter().for_each(|&v| live.remove(v));
            path(&network, network.geometry().unwrap(), &live, from, to)
        };
        // from level 0 to level 1, with bits 1 and 2 wrong: four hops, and bit 0 is passed first and last
        let (from, to) = (node(0, 0b001), node(1, 0b111));
        let by_zero = [from, node(1, 0b000), node(2, 0b010), node(0, 0b110), to];
        assert_eq!(walk(from, to, &[]), by_zero, "the lower number first, though the bit was right");
        let by_one = [from, node(1, 0b001), node(2, 0b011), node(0, 0b111), to];
        assert_eq!(walk(from, to, &[node(1, 0b000)]), by_one);
        assert_eq!(walk(from, to, &[node(1, 0b000), node(1, 0b001)]), [from]);
        // bits 1 and 2 are passed once: there is no way round
        assert_eq!(walk(from, to, &[node(2, 0b010)]), by_zero[..2]);
        // the bit alone, one hop: passed once as well
        assert_eq!(walk(node(0, 0b110), to, &[]), [node(0, 0b110), to]);
        assert_eq!(walk(node(0, 0b110), node(1, 0b111), &[to]), [node(0, 0b110)]);
    }

    #[test]
    fn hops() {
        let network = draw(&model::<Butterfly>(p(10)), 0);
        let tally = tally(&network, 0.0, 50_000, 0);
        assert_eq!(tally.hops_quantile(1.0), Some(19), "2d − 1");
        // half a round to the level, and a whole one to correct bits nearly always: (3d/2) less a little
        assert!((12.5..15.0).contains(&(tally.hops() as f64 / 5e4)), "{tally:?}");
    }
}
