//! The exchange of peer lists, cycle by cycle.

use crate::peer_list::DropRule;
use crate::routable::Routable;
use crate::rows::{self, holds};
use hydranet_overlay::Overlay;
use hydranet_topology::{Draw, TrialRng};

/// How lists are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) entries: u32,
    pub(crate) reply: u32,
    pub(crate) drop: DropRule,
}

/// All lists, in a flat table, and what is watched to see when they settle.
pub(crate) struct Exchange {
    rules: Rules,
    routable: Routable,
    len: Vec<u32>,
    table: Vec<u32>,
    /// When somebody last heard of the entry ([`DropRule::Oldest`] only), as a cycle.
    heard: Vec<u32>,
    known_by: Vec<u32>,
    full: u32,
    /// Entries in all lists.
    held: u64,
    /// Σ of squared in-degrees.
    squares: u64,
}

/// Cycles over which change is judged, and the relative change that counts as none.
const SPAN: usize = 5;
const STILL: f64 = 0.01;
/// Cycles without a new entry after which lists that keep what they have are taken to be stuck.
const STUCK: u32 = 20;

impl Exchange {
    /// Lists of `start` uniformly random dialable peers.
    pub(crate) fn start(n: u32, start: u32, rules: Rules, routable: Routable, rng: &mut TrialRng) -> Exchange {
        let width = rules.entries as usize;
        let timed = if rules.drop == DropRule::Oldest { n as usize * width } else { 0 };
        let mut lists = Exchange {
            rules,
            routable,
            len: vec![0; n as usize],
            table: vec![0; n as usize * width],
            heard: vec![0; timed],
            known_by: vec![0; n as usize],
            full: 0,
            held: 0,
            squares: 0,
        };
        let mut drawn = Vec::new();
        for v in 0..n {
            drawn.clear();
            lists.routable.others(v, start, rng, &mut drawn);
            drawn.iter().for_each(|&w| lists.append(v, w, 0));
        }
        lists
    }

    fn width(&self) -> usize {
        self.rules.entries as usize
    }

    fn row(&self, v: u32) -> &[u32] {
        &self.table[v as usize * self.width()..][..self.len[v as usize] as usize]
    }

    fn is_full(&self, v: u32) -> bool {
        self.len[v as usize] == self.rules.entries
    }

    /// Runs until the equilibrium that [`crate::PeerList`] describes, or for `most` cycles.
    pub(crate) fn settle(&mut self, most: u32, rng: &mut TrialRng) {
        let n = self.len.len() as u32;
        let mut past = Vec::new();
        let (mut held, mut since) = (0, 0);
        for now in 1..=most {
            if self.held > held {
                (held, since) = (self.held, now);
            } else if self.rules.drop == DropRule::Keep && now - since >= STUCK {
                return;
            }
            if self.full == n {
                if self.rules.drop == DropRule::Keep {
                    return;
                }
                past.push(self.squares as f64);
                if past.len() > SPAN {
                    let (before, here) = (past[past.len() - 1 - SPAN], past[past.len() - 1]);
                    if (here - before).abs() < STILL * before {
                        return;
                    }
                }
            }
            self.cycle(now, rng);
        }
    }

    /// Every peer asks once, in the order of their numbers: each has its own phase within the period.
    pub(crate) fn cycle(&mut self, now: u32, rng: &mut TrialRng) {
        let mut reply = Vec::new();
        for v in 0..self.len.len() as u32 {
            if self.rules.drop == DropRule::Keep && self.is_full(v) {
                continue;
            }
            let asked = self.row(v)[rng.below(self.len[v as usize]) as usize];
            self.answer(asked, rng, &mut reply);
            for &(peer, heard) in &reply {
                self.learn(v, peer, heard, rng);
            }
            if self.rules.drop == DropRule::Oldest {
                // it answered: it was heard of now
                self.learn(v, asked, now, rng);
            }
            if self.routable.has(v) {
                self.learn(asked, v, now, rng);
            }
        }
    }

    /// What `v` tells about: `reply` of its entries, the freshest ones where they carry times, random ones otherwise.
    fn answer(&mut self, v: u32, rng: &mut TrialRng, reply: &mut Vec<(u32, u32)>) {
        reply.clear();
        let (start, len) = (v as usize * self.width(), self.len[v as usize] as usize);
        let count = (self.rules.reply as usize).min(len);
        let row = &mut self.table[start..][..len];
        if self.rules.drop == DropRule::Oldest {
            let heard = &mut self.heard[start..][..len];
            reply.extend(row.iter().copied().zip(heard.iter().copied()));
            if count < len {
                // equally fresh ones by number: a total order, so that the choice does not depend on the method
                reply.select_nth_unstable_by_key(count, |&(peer, heard)| (u32::MAX - heard, peer));
                reply.truncate(count);
            }
            return;
        }
        for i in 0..count {
            row.swap(i, i + rng.below((len - i) as u32) as usize);
            reply.push((row[i], 0));
        }
    }

    /// `v` hears of `peer`, which somebody heard of in cycle `heard`.
    fn learn(&mut self, v: u32, peer: u32, heard: u32, rng: &mut TrialRng) {
        let start = v as usize * self.width();
        if peer == v {
            return;
        }
        if holds(self.row(v), peer) {
            if self.rules.drop == DropRule::Oldest {
                let slot = start + self.row(v).iter().position(|&w| w == peer).expect("it is held");
                self.heard[slot] = self.heard[slot].max(heard);
            }
            return;
        }
        if !self.is_full(v) {
            return self.append(v, peer, heard);
        }
        let slot = match self.rules.drop {
            DropRule::Keep => return,
            DropRule::Random => start + rng.below(self.rules.entries) as usize,
            DropRule::Oldest => {
                let row = &self.heard[start..][..self.width()];
                let (stalest, &time) = row.iter().enumerate().min_by_key(|&(i, &time)| (time, i)).expect("a full list");
                if time > heard {
                    return;
                }
                self.heard[start + stalest] = heard;
                start + stalest
            }
        };
        let old = std::mem::replace(&mut self.table[slot], peer);
        let known_by = &mut self.known_by[old as usize];
        *known_by -= 1;
        self.squares -= 2 * *known_by as u64 + 1;
        self.count(peer);
    }

    fn append(&mut self, v: u32, peer: u32, heard: u32) {
        let slot = v as usize * self.width() + self.len[v as usize] as usize;
        self.table[slot] = peer;
        if self.rules.drop == DropRule::Oldest {
            self.heard[slot] = heard;
        }
        self.len[v as usize] += 1;
        self.held += 1;
        self.full += self.is_full(v) as u32;
        self.count(peer);
    }

    fn count(&mut self, peer: u32) {
        let known_by = &mut self.known_by[peer as usize];
        self.squares += 2 * *known_by as u64 + 1;
        *known_by += 1;
    }

    /// Who stands on whose list.
    pub(crate) fn into_network(self) -> Overlay {
        let arcs = self.len.iter().map(|&l| l as usize).sum();
        let csr = rows::csr(self.len.len() as u32, arcs, |v| self.row(v).iter().copied());
        self.routable.mark(Overlay::directed(csr))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    #[test]
    fn what_is_watched_agrees_with_a_recount() {
        for drop in [DropRule::Keep, DropRule::Random, DropRule::Oldest] {
            let rng = &mut rng(5);
            let routable = Routable::draw(200, 120, rng);
            let mut lists = Exchange::start(200, 3, Rules { entries: 12, reply: 4, drop }, routable, rng);
            for now in 1..=40 {
                lists.cycle(now, rng);
                let mut known_by = vec![0u32; 200];
                (0..200).for_each(|v| lists.row(v).iter().for_each(|&w| known_by[w as usize] += 1));
                assert_eq!(lists.known_by, known_by);
                assert_eq!(lists.squares, known_by.iter().map(|&k| k as u64 * k as u64).sum::<u64>());
                assert_eq!(lists.held, known_by.iter().map(|&k| k as u64).sum::<u64>());
                assert_eq!(lists.full as usize, (0..200).filter(|&v| lists.is_full(v)).count());
            }
            let network = lists.into_network();
            assert_eq!(network.out().arcs(), 200 * 12, "{drop:?}");
        }
    }

    #[test]
    fn the_stalest_falls_and_the_freshest_are_told() {
        let rng = &mut rng(6);
        let routable = Routable::draw(10, 10, rng);
        let rules = Rules { entries: 3, reply: 2, drop: DropRule::Oldest };
        let mut lists = Exchange::start(10, 1, rules, routable, rng);
        lists.len.fill(0);
        for (peer, heard) in [(1, 5), (2, 9), (3, 7)] {
            lists.append(0, peer, heard);
        }
        let mut reply = Vec::new();
        lists.answer(0, rng, &mut reply);
        reply.sort_unstable();
        assert_eq!(reply, [(2, 9), (3, 7)]);
        lists.known_by.fill(1);
        lists.learn(0, 4, 4, rng); // staler than all
        assert_eq!(lists.row(0), [1, 2, 3]);
        lists.learn(0, 1, 8, rng); // known: refreshed
        lists.learn(0, 4, 8, rng);
        assert_eq!((lists.row(0), &lists.heard[..3]), (&[1, 2, 4][..], &[8, 9, 8][..]));
    }
}
