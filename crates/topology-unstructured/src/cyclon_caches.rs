//! The caches of Cyclon and one cycle of shuffling.

use crate::routable::Routable;
use crate::rows;
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};

/// An entry: whom it points to, and the cycle in which it was born there. Age is the difference to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Entry {
    peer: u32,
    born: u32,
}

/// One cache a peer, of at most `width` entries, in a flat table.
pub(crate) struct Caches {
    width: usize,
    shuffle: usize,
    len: Vec<u32>,
    table: Vec<Entry>,
}

impl Caches {
    /// Uniformly random full caches, all entries born in cycle 0.
    pub(crate) fn random(n: u32, cache: u32, shuffle: u32, rng: &mut TrialRng) -> Caches {
        let all = Routable::draw(n, n, rng);
        let mut list = Vec::with_capacity(cache as usize);
        let mut table = Vec::with_capacity(n as usize * cache as usize);
        for v in 0..n {
            list.clear();
            all.others(v, cache, rng, &mut list);
            table.extend(list.iter().map(|&peer| Entry { peer, born: 0 }));
        }
        Caches { width: cache as usize, shuffle: shuffle as usize, len: vec![cache; n as usize], table }
    }

    fn row(&self, v: u32) -> &[Entry] {
        &self.table[v as usize * self.width..][..self.len[v as usize] as usize]
    }

    /// Every peer shuffles once, in the order of their numbers: each has its own phase within the period.
    pub(crate) fn cycle(&mut self, now: u32, rng: &mut TrialRng) {
        let (mut sent, mut answer) = (Vec::new(), Vec::new());
        for v in 0..self.len.len() as u32 {
            // the oldest entry; the first one among equals, which is a random one since slots are
            let Some(slot) = (0..self.row(v).len()).min_by_key(|&i| self.row(v)[i].born) else { continue };
            let partner = self.row(v)[slot].peer;
            self.remove(v, slot);
            self.sample(v, self.shuffle - 1, rng, &mut sent);
            self.sample(partner, self.shuffle, rng, &mut answer);
            let own = Entry { peer: v, born: now };
            self.merge(v, &answer, &sent);
            sent.push(own);
            self.merge(partner, &sent, &answer);
        }
    }

    fn remove(&mut self, v: u32, slot: usize) {
        let last = self.len[v as usize] as usize - 1;
        let row = &mut self.table[v as usize * self.width..];
        row[slot] = row[last];
        self.len[v as usize] = last as u32;
    }

    /// Up to `count` different entries, uniformly: they are moved to the front of the cache and copied to `out`.
    fn sample(&mut self, v: u32, count: usize, rng: &mut TrialRng, out: &mut Vec<Entry>) {
        let len = self.len[v as usize] as usize;
        let row = &mut self.table[v as usize * self.width..][..len];
        let count = count.min(len);
        for i in 0..count {
            row.swap(i, i + rng.below((len - i) as u32) as usize);
        }
        out.clear();
        out.extend_from_slice(&row[..count]);
    }

    /// Keeps what `v` did not know of `received`: in empty slots first, then in the place of what it `gave` away.
    fn merge(&mut self, v: u32, received: &[Entry], gave: &[Entry]) {
        let row = &mut self.table[v as usize * self.width..][..self.width];
        let mut len = self.len[v as usize] as usize;
        let mut gave = gave.iter();
        for entry in received {
            if entry.peer == v || row[..len].iter().fold(false, |known, e| known | (e.peer == entry.peer)) {
                continue;
            }
            if len < row.len() {
                row[len] = *entry;
                len += 1;
            } else if let Some(slot) = gave.find_map(|g| row.iter().position(|e| e == g)) {
                row[slot] = *entry;
            }
        }
        self.len[v as usize] = len as u32;
    }

    /// Who is in whose cache.
    pub(crate) fn into_csr(self) -> Csr {
        let arcs = self.len.iter().map(|&l| l as usize).sum();
        rows::csr(self.len.len() as u32, arcs, |v| self.row(v).iter().map(|e| e.peer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    fn caches(rows: &[&[(u32, u32)]], width: usize, shuffle: usize) -> Caches {
        let mut table = vec![Entry::default(); rows.len() * width];
        for (v, row) in rows.iter().enumerate() {
            for (i, &(peer, born)) in row.iter().enumerate() {
                table[v * width + i] = Entry { peer, born };
            }
        }
        Caches { width, shuffle, len: rows.iter().map(|r| r.len() as u32).collect(), table }
    }

    fn sorted(caches: &Caches, v: u32) -> Vec<(u32, u32)> {
        let mut list: Vec<_> = caches.row(v).iter().map(|e| (e.peer, e.born)).collect();
        list.sort_unstable();
        list
    }

    #[test]
    fn a_shuffle_by_hand() {
        // peer 0 takes out its oldest entry, 2, and sends itself and its other entry; 2 answers with all it has
        let mut c = caches(&[&[(1, 5), (2, 3)], &[], &[(3, 1), (4, 1)], &[], &[]], 2, 2);
        c.cycle(9, &mut rng(0));
        // 0 has room for one of 3 and 4 and gives the slot of entry 1 to the other; 2 takes 1 and 0 for 3 and 4 — and
        // then shuffles itself: with the older of them, 1
        assert_eq!(sorted(&c, 0), [(3, 1), (4, 1)]);
        assert_eq!(sorted(&c, 1), [(0, 9), (2, 9)]);
        assert!(sorted(&c, 2).iter().all(|e| *e == (0, 9)));
    }

    #[test]
    fn what_is_known_is_not_taken_twice() {
        let mut c = caches(&[&[(1, 0), (2, 0)], &[], &[]], 3, 2);
        c.merge(0, &[Entry { peer: 1, born: 7 }, Entry { peer: 0, born: 7 }], &[]);
        assert_eq!(sorted(&c, 0), [(1, 0), (2, 0)]);
        // full, and nothing was given away: nothing is taken
        c.merge(0, &[Entry { peer: 3, born: 7 }, Entry { peer: 4, born: 7 }], &[]);
        assert_eq!(sorted(&c, 0), [(1, 0), (2, 0), (3, 7)]);
    }
}
