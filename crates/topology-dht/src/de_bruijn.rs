//! The de Bruijn graph: constant degree and the smallest diameter that it allows; the network of Koorde [1].
//!
//! Nodes are the strings of `digits` digits; a node knows the strings that drop its first digit and append one. A lookup
//! shifts in the digits of its target, those that the node ends with already left out: ⌈log_base N⌉ hops at most, with no
//! choice at any of them. (Koorde lays such a graph over a sparse ring, and falls back on it; here the graph is full.) O(n
//! base), nothing random.
//!
//! [1] M. F. Kaashoek, D. R. Karger. Koorde: a simple degree-optimal distributed hash table. IPTPS 2003.

use crate::division::Divisor;
use crate::rows::Rows;
use hydranet_overlay::{Csr, Geometry, Live, LookupState, NodeId, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::hint::select_unpredictable;

/// Parameters of [`DeBruijn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeBruijnParams {
    /// Values of a digit (2 to 256): the number of contacts.
    pub base: u32,
    /// Digits of an identifier (≥ 1): there are base^digits nodes, at most 2^28.
    pub digits: u32,
}

/// A de Bruijn graph.
#[derive(Debug, Clone)]
pub struct DeBruijn(DeBruijnParams);

impl Plugin for DeBruijn {
    type Params = DeBruijnParams;
    const NAME: &'static str = "de-bruijn";
    const SIZE: Option<Sizing> =
        Some(Sizing::derived(&["digits"], "a power of `base`, at most 2^28", |size, given| {
            let base = given.whole("base").ok_or("a power of `base`: give it beside the size")?;
            let power = |digits: u64| base.checked_pow(u32::try_from(digits).ok()?).filter(|nodes| *nodes <= 1 << 28);
            Ok(vec![("digits", SizedValue::One(exact_size(size, (1, 28), power)?))])
        }));
    const ALIASES: &'static [&'static str] = &["koorde"];
    const ABOUT: &'static str =
        "constant degree, logarithmic diameter, digits shifted in: Koorde (Kaashoek & Karger 2003)";
    const EXAMPLE: &'static str = "base = 2\ndigits = 8";

    fn new(params: DeBruijnParams) -> Result<DeBruijn, Invalid> {
        let DeBruijnParams { base, digits } = params;
        Invalid::unless((2..=256).contains(&base), "base", || format!("2 to 256 values a digit, not {base}"))?;
        let nodes = (base as u64).checked_pow(digits);
        Invalid::unless(digits >= 1 && nodes.is_some_and(|n| n <= 1 << 28), "digits", || {
            format!("1 digit or more, and at most 2^28 strings of them, not {digits} of base {base}")
        })?;
        Ok(DeBruijn(params))
    }
}

impl Topology for DeBruijn {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let DeBruijnParams { base, digits } = self.0;
        let n = base.pow(digits);
        let mut rows = Rows::new(n, base);
        for v in 0..n {
            let shifted = v % (n / base) * base;
            rows.push(|row| row.extend(shifted..shifted + base));
        }
        Overlay::directed(rows.finish()).with_geometry(Shift { base, digits, by_base: Divisor::new(base) })
    }
}

/// Routing by shifting in what is missing.
#[derive(Debug)]
struct Shift {
    base: u32,
    digits: u32,
    by_base: Divisor,
}

/// Digits of the longest identifier: 28 of base 2.
const MOST: usize = 28;

impl Shift {
    /// How many digits have still to be shifted in, until the head of the target is the tail of here; and where the first
    /// of them leads, if there is one. O(digits).
    #[inline(always)]
    fn missing(&self, from: NodeId, to: NodeId) -> (u32, NodeId) {
        let digits = self.digits as usize;
        // heads[i]: the first i digits of the target
        let mut heads = [0; MOST + 1];
        heads[digits] = to;
        for i in (0..digits).rev() {
            heads[i] = self.by_base.divide(heads[i + 1]).0;
        }
        // every overlap is looked at, longer ones last, since where the longest ends cannot be foreseen
        let (mut rest, mut tail, mut power, mut overlap, mut shifted) = (from, 0, 1, 0, 0);
        for (i, head) in (1..=digits).zip(&heads[1..]) {
            let (others, digit) = self.by_base.divide(rest);
            shifted = tail;
            tail += digit * power;
            (rest, power) = (others, power * self.base);
            overlap = select_unpredictable(tail == *head, i, overlap);
        }
        if overlap == digits {
            return (0, from);
        }
        let appended = heads[overlap + 1] - heads[overlap] * self.base;
        ((digits - overlap) as u32, shifted * self.base + appended)
    }

    /// As [`Geometry::next_hop`].
    #[inline(always)]
    fn next(&self, at: NodeId, target: NodeId, live: &Live) -> Option<NodeId> {
        let (missing, next) = self.missing(at, target);
        (missing > 0 && live.has(next)).then_some(next)
    }
}

impl Geometry for Shift {
    /// Digits that are still to be shifted in.
    #[inline]
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        self.missing(from, to).0.into()
    }

    /// The only contact that makes progress, without a look at the row. O(digits).
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
    use crate::testing::{draw, follows_the_rule, golden, model, reaches_all, refuses, shortest, tally};

    fn p(base: u32, digits: u32) -> DeBruijnParams {
        DeBruijnParams { base, digits }
    }

    #[test]
    fn refusals() {
        refuses::<DeBruijn>(p(1, 4), "2 to 256 values a digit, not 1");
        refuses::<DeBruijn>(p(10, 9), "at most 2^28 strings of them, not 9 of base 10");
    }

    #[test]
    fn golden_rows() {
        let rows = golden::<DeBruijn>(p(2, 3));
        assert_eq!(rows[..4], [vec![1], vec![2, 3], vec![4, 5], vec![6, 7]]);
        assert_eq!(rows[4..], [vec![0, 1], vec![2, 3], vec![4, 5], vec![6]]);
    }

    #[test]
    fn distances_are_shortest_paths() {
        for (base, digits) in [(2, 1), (2, 7), (3, 4), (16, 2)] {
            let network = draw(&model::<DeBruijn>(p(base, digits)), 0);
            reaches_all(&network);
            shortest(&network);
            follows_the_rule(&network);
        }
    }

    #[test]
    fn large_numbers() {
        for (base, digits) in [(100u32, 4), (25, 6), (256, 3), (2, 28)] {
            let (shift, last) = (Shift { base, digits, by_base: Divisor::new(base) }, base.pow(digits) - 1);
            let all = Live::all(last + 1);
            assert_eq!((shift.distance(last, last), shift.next(last, last, &all)), (0, None));
            assert_eq!((shift.distance(0, last), shift.next(0, last, &all)), (digits.into(), Some(base - 1)));
            // all digits but the first stand there already
            assert_eq!((shift.distance(last / base, last), shift.next(last / base, last, &all)), (1, Some(last)));
        }
    }

    #[test]
    fn diameter_is_the_number_of_digits() {
        let network = draw(&model::<DeBruijn>(p(2, 12)), 0);
        let tally = tally(&network, 0.0, 50_000, 0);
        assert_eq!(tally.hops_quantile(1.0), Some(12));
        // an overlap of j digits and more has a chance between 2^−j and 2^(1−j): 1 to 2 hops are saved in the mean
        assert!((10.0..11.0).contains(&(tally.hops() as f64 / 5e4)), "{tally:?}");
    }
}
