//! Which peers can be dialled: a uniformly random share φ of them; the others sit behind address translation (NAT).

use crate::parameter_bounds;
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, Invalid, TrialRng};

/// The default: everybody can be dialled.
pub(crate) fn all() -> f64 {
    1.0
}

/// Number of dialable peers among `n` for the share φ, at least 2 (an exchange takes two).
///
/// # Errors
/// If the share is not in (0, 1].
pub(crate) fn count(n: u32, share: f64) -> Result<u32, Invalid> {
    parameter_bounds::share("routable_share", share)?;
    Ok(((share * n as f64 + 0.5) as u32).clamp(2.min(n), n))
}

/// Refuses a list that is longer than there are dialable peers beside its owner; `routable` of `n` can be dialled.
pub(crate) fn list(param: &'static str, length: u32, n: u32, routable: u32) -> Result<(), Invalid> {
    parameter_bounds::between(param, length, 1, routable - 1, "the length of a list").map_err(|invalid| {
        match routable < n {
            true => {
                let why = format!("lists hold others that can be dialled, and {routable} of {n} peers can");
                Invalid::new(param, format!("{}: {why}", invalid.reason))
            }
            false => invalid,
        }
    })
}

/// The peers that can be dialled.
pub(crate) struct Routable {
    /// Their numbers, increasing.
    pub(crate) list: Vec<u32>,
    /// One entry a node; empty if all can be dialled.
    flags: Vec<bool>,
}

impl Routable {
    /// A uniform set of `count` of `n` peers. Draws nothing if that is all of them. O(n).
    pub(crate) fn draw(n: u32, count: u32, rng: &mut TrialRng) -> Routable {
        if count == n {
            return Routable { list: (0..n).collect(), flags: Vec::new() };
        }
        let mut list = rng.permutation(n);
        list.truncate(count as usize);
        list.sort_unstable();
        let mut flags = vec![false; n as usize];
        list.iter().for_each(|&v| flags[v as usize] = true);
        Routable { list, flags }
    }

    /// Whether `v` can be dialled.
    pub(crate) fn has(&self, v: u32) -> bool {
        self.flags.is_empty() || self.flags[v as usize]
    }

    /// `count` different dialable peers other than `v`, appended to `out`. Needs `count` below their number.
    /// O(count²) comparisons (Floyd's method).
    pub(crate) fn others(&self, v: u32, count: u32, rng: &mut TrialRng, out: &mut Vec<u32>) {
        let start = out.len();
        let own = if self.flags.is_empty() { Ok(v as usize) } else { self.list.binary_search(&v) };
        let bound = self.list.len() as u32 - own.is_ok() as u32;
        rng.distinct(bound, count, out);
        // positions are counted without v's own, and then read from the list
        let own = own.map_or(u32::MAX, |place| place as u32);
        for place in &mut out[start..] {
            *place = self.list[(*place + (*place >= own) as u32) as usize];
        }
    }

    /// Writes the flags to a network, unless everybody can be dialled.
    pub(crate) fn mark(self, network: Overlay) -> Overlay {
        if self.flags.is_empty() { network } else { network.with_routable(self.flags) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;
    use std::collections::BTreeMap;

    #[test]
    fn lists_are_uniform_and_leave_their_owner_out() {
        for (n, count, owner, kinds) in [(6, 6, 2, 10), (9, 5, 0, 0)] {
            let mut rng = rng(1);
            let peers = Routable::draw(n, count, &mut rng);
            let kinds = if kinds > 0 {
                kinds
            } else if peers.has(owner) {
                6
            } else {
                10
            };
            let mut seen = BTreeMap::new();
            for _ in 0..10_000 {
                let mut set = Vec::new();
                peers.others(
                    owner,
                    if kinds == 6 {
                        2
                    } else if n == 6 {
                        3
                    } else {
                        2
                    },
                    &mut rng,
                    &mut set,
                );
                set.sort_unstable();
                assert!(set.windows(2).all(|w| w[0] < w[1]) && set.iter().all(|&v| v != owner && peers.has(v)));
                *seen.entry(set).or_insert(0u32) += 1;
            }
            crate::testing::assert_uniform(&seen, kinds);
        }
    }

    #[test]
    fn shares_become_numbers() {
        for (n, share, want) in [(10, 1.0, 10), (10, 0.25, 3), (1000, 0.001, 2), (1, 0.5, 1)] {
            assert_eq!(count(n, share).unwrap(), want);
        }
        assert!(count(10, 0.0).is_err() && count(10, 1.1).is_err() && count(10, f64::NAN).is_err());
    }
}
