//! The two views of HyParView, and what the protocol does to them.

use crate::hyparview::HyParViewParams;
use crate::rows::{self, holds};
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};

/// Lists of at most `width` entries a peer, in a flat table.
#[derive(Debug, Clone)]
struct Lists {
    width: usize,
    len: Vec<u16>,
    table: Vec<u32>,
}

impl Lists {
    fn new(n: u32, width: u32) -> Lists {
        Lists { width: width as usize, len: vec![0; n as usize], table: vec![0; n as usize * width as usize] }
    }

    #[inline]
    fn row(&self, v: u32) -> &[u32] {
        &self.table[v as usize * self.width..][..self.len[v as usize] as usize]
    }

    fn is_full(&self, v: u32) -> bool {
        self.len[v as usize] as usize == self.width
    }

    fn push(&mut self, v: u32, peer: u32) {
        let len = &mut self.len[v as usize];
        self.table[v as usize * self.width + *len as usize] = peer;
        *len += 1;
    }

    fn remove(&mut self, v: u32, peer: u32) -> bool {
        let place = self.row(v).iter().position(|&w| w == peer);
        if let Some(place) = place {
            let last = self.len[v as usize] as usize - 1;
            let row = &mut self.table[v as usize * self.width..];
            row[place] = row[last];
            self.len[v as usize] = last as u16;
        }
        place.is_some()
    }

    fn random(&self, v: u32, rng: &mut TrialRng) -> Option<u32> {
        let row = self.row(v);
        (!row.is_empty()).then(|| row[rng.below(row.len() as u32) as usize])
    }

    /// Up to `count` different entries, uniformly, appended to `out`; they are moved to the front of the list.
    fn sample(&mut self, v: u32, count: usize, rng: &mut TrialRng, out: &mut Vec<u32>) {
        let len = self.len[v as usize] as usize;
        let row = &mut self.table[v as usize * self.width..][..len];
        for i in 0..count.min(len) {
            row.swap(i, i + rng.below((len - i) as u32) as usize);
            out.push(row[i]);
        }
    }
}

/// The active and passive view of every peer.
#[derive(Debug, Clone)]
pub struct Views {
    active: Lists,
    passive: Lists,
    arwl: u32,
    prwl: u32,
}

/// Entries of a shuffle beside the sender itself: from the active and from the passive view (the paper's kₐ and kₚ).
const SHUFFLE: [usize; 2] = [3, 4];

impl Views {
    /// Peers 0, 1, 2, … join one after the other through one contact, peer 0.
    pub(crate) fn join_all(params: &HyParViewParams, rng: &mut TrialRng) -> Views {
        let HyParViewParams { n, active, passive, arwl, prwl, .. } = *params;
        let mut views = Views { active: Lists::new(n, active), passive: Lists::new(n, passive), arwl, prwl };
        let mut walkers = Vec::new();
        for newcomer in 1..n {
            let contact = 0;
            views.connect(contact, newcomer, rng);
            walkers.clear();
            walkers.extend(views.active.row(contact).iter().filter(|&&w| w != newcomer));
            for &first in &walkers {
                views.forward_join(newcomer, contact, first, rng);
            }
        }
        views
    }

    /// FORWARD JOIN: a random walk that ends in a connection.
    fn forward_join(&mut self, newcomer: u32, contact: u32, first: u32, rng: &mut TrialRng) {
        let (mut from, mut at) = (contact, first);
        for left in (0..=self.arwl).rev() {
            if left == 0 || self.active.row(at).len() <= 1 {
                break;
            }
            if left == self.prwl {
                self.remember(at, newcomer, &[], rng);
            }
            match self.step(at, from, newcomer, rng) {
                Some(next) => (from, at) = (at, next),
                None => break,
            }
        }
        self.connect(at, newcomer, rng);
    }

    /// A random neighbour of `at` other than those two, if there is one.
    fn step(&self, at: u32, from: u32, newcomer: u32, rng: &mut TrialRng) -> Option<u32> {
        let row = self.active.row(at);
        let allowed = |w: &&u32| **w != from && **w != newcomer;
        let count = row.iter().filter(allowed).count();
        (count > 0).then(|| *row.iter().filter(allowed).nth(rng.below(count as u32) as usize).expect("as counted"))
    }

    /// A connection between two peers; a full side drops a random one of its own for it.
    fn connect(&mut self, u: u32, v: u32, rng: &mut TrialRng) {
        if u == v || holds(self.active.row(u), v) {
            return;
        }
        for side in [u, v] {
            if self.active.is_full(side) {
                let dropped = self.active.random(side, rng).expect("a full view");
                self.active.remove(side, dropped);
                self.active.remove(dropped, side);
                self.remember(side, dropped, &[], rng);
                self.remember(dropped, side, &[], rng);
            }
        }
        self.active.push(u, v);
        self.active.push(v, u);
        self.passive.remove(u, v);
        self.passive.remove(v, u);
    }

    /// Takes `peer` into the passive view of `v`: a full view drops what it `gave` away first, else a random entry.
    fn remember(&mut self, v: u32, peer: u32, gave: &[u32], rng: &mut TrialRng) {
        if v == peer || holds(self.active.row(v), peer) || holds(self.passive.row(v), peer) {
            return;
        }
        if self.passive.is_full(v) {
            let given = gave.iter().copied().find(|&w| holds(self.passive.row(v), w));
            let dropped = given.or_else(|| self.passive.random(v, rng)).expect("a full view");
            self.passive.remove(v, dropped);
        }
        self.passive.push(v, peer);
    }

    /// One cycle of maintenance: every peer, in the order of their numbers (its phase in the period), fills up its active
    /// view from the passive one and shuffles.
    pub(crate) fn maintain(&mut self, rng: &mut TrialRng) {
        let mut gave = Vec::new();
        let mut answer = Vec::new();
        for v in 0..self.active.len.len() as u32 {
            self.promote(v, |_| true, rng);
            self.shuffle(v, &mut gave, &mut answer, rng);
        }
    }

    /// Asks passive entries for a connection until the active view is full or all were asked: those that do not live
    /// are forgotten; others take it if they have room, or must, if `v` has no connection at all (high priority).
    fn promote(&mut self, v: u32, lives: impl Fn(u32) -> bool, rng: &mut TrialRng) {
        if self.active.is_full(v) || self.passive.row(v).is_empty() {
            return;
        }
        let mut candidates = self.passive.row(v).to_vec();
        rng.shuffle(&mut candidates);
        for peer in candidates {
            if self.active.is_full(v) {
                break;
            }
            if !lives(peer) {
                self.passive.remove(v, peer);
            } else if self.active.row(v).is_empty() || !self.active.is_full(peer) {
                self.connect(v, peer, rng);
            }
        }
    }

    /// SHUFFLE: a sample of both views travels along a walk; who receives it answers from its passive view.
    fn shuffle(&mut self, v: u32, gave: &mut Vec<u32>, answer: &mut Vec<u32>, rng: &mut TrialRng) {
        let Some(mut at) = self.active.random(v, rng) else { return };
        let mut from = v;
        for _ in 1..self.arwl {
            match self.step(at, from, v, rng) {
                Some(next) => (from, at) = (at, next),
                None => break,
            }
        }
        gave.clear();
        gave.push(v);
        let start = rng.below(self.active.row(v).len() as u32) as usize;
        let row = self.active.row(v);
        gave.extend((0..SHUFFLE[0].min(row.len())).map(|i| row[(start + i) % row.len()]));
        self.passive.sample(v, SHUFFLE[1], rng, gave);
        answer.clear();
        self.passive.sample(at, gave.len(), rng, answer);
        gave.iter().for_each(|&peer| self.remember(at, peer, answer, rng));
        answer.iter().for_each(|&peer| self.remember(v, peer, gave, rng));
    }

    /// What the survivors of a mass failure do: connections to the dead break, and in each of `rounds` rounds every
    /// survivor fills up its active view from its passive one, forgetting the dead that it meets there. Afterwards the
    /// dead have no connections. O(rounds · n · passive).
    ///
    /// # Panics
    /// If there is not exactly one flag a peer.
    pub fn heal(&mut self, alive: &[bool], rounds: u32, rng: &mut TrialRng) {
        let n = self.active.len.len() as u32;
        assert!(alive.len() == n as usize, "one flag a peer");
        let lives = |v: u32| alive[v as usize];
        for v in 0..n {
            let gone: Vec<u32> = self.active.row(v).iter().copied().filter(|&w| !lives(v) || !lives(w)).collect();
            gone.iter().for_each(|&w| assert!(self.active.remove(v, w), "a connection breaks once"));
        }
        for _ in 0..rounds {
            (0..n).filter(|&v| lives(v)).for_each(|v| self.promote(v, lives, rng));
        }
    }

    /// The connections: symmetric.
    pub fn active_csr(&self) -> Csr {
        let arcs = self.active.len.iter().map(|&l| l as usize).sum();
        rows::csr(self.active.len.len() as u32, arcs, |v| self.active.row(v).iter().copied())
    }

    /// The addresses that `v` keeps for repair.
    pub fn passive(&self, v: u32) -> &[u32] {
        self.passive.row(v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    #[test]
    fn views_keep_their_invariants() {
        let params = HyParViewParams { n: 300, active: 4, passive: 12, arwl: 6, prwl: 3, cycles: 0 };
        let rng = &mut rng(8);
        let mut views = Views::join_all(&params, rng);
        for _ in 0..20 {
            for v in 0..300 {
                let (active, passive) = (views.active.row(v), views.passive.row(v));
                assert!(
                    active.iter().all(|&w| w != v && views.active.row(w).contains(&v)),
                    "connections have two ends"
                );
                assert!(passive.iter().all(|&w| w != v && !active.contains(&w)), "the views are disjoint");
                for list in [active, passive] {
                    assert!((1..list.len()).all(|i| !list[..i].contains(&list[i])), "entries are different");
                }
            }
            views.maintain(rng);
        }
        assert!((0..300).all(|v| views.passive(v).len() == 12), "passive views fill up");
    }
}
