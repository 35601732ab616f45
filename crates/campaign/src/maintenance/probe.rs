//! The probe of a list: the inner loop of every run with peer lists.

use crate::world::World;
use hydranet_overlay::memory::prefetch;

impl World {
    /// Asks for the cache lines of a row.
    #[inline]
    pub(super) fn fetch(&self, v: u32) {
        let base = v as usize * self.cap;
        prefetch(&self.len, v as usize);
        for line in 0..self.cap.min(64).div_ceil(16) {
            prefetch(&self.rows, base + line * 16);
        }
    }

    /// Probes all contacts of a node and drops those that have missed `drop_after` probes; gives how many answer.
    ///
    /// The inner loop of every run. Who answers is a coin toss, so that nothing may branch on it: answers are gathered as the
    /// bits of a word, and eight counts of missed probes at a time follow from eight bits of it. Counts stay below
    /// `drop_after`, so that no byte of eight carries into the next.
    #[inline]
    pub(super) fn probe(&mut self, v: u32, drop_after: u8) -> u32 {
        let (base, len) = (v as usize * self.cap, self.len[v as usize] as usize);
        let mut alive = 0;
        // from the end on: the last contact moves to the place of one that is dropped, and has been probed by then
        for start in (0..len.div_ceil(64)).rev().map(|block| block * 64) {
            let (from, to) = (base + start, base + (start + 64).min(len));
            let live = &self.live;
            let rows = self.rows[from..to].iter().enumerate();
            let answers = rows.fold(0u64, |word, (place, &u)| word | live.bit(u) << place);
            alive += answers.count_ones();
            let (eights, rest) = self.misses[from..to].as_chunks_mut::<8>();
            let mut overdue = 0u64;
            for (i, eight) in eights.iter_mut().enumerate() {
                let silent = EVERY[!(answers >> (8 * i)) as u8 as usize];
                let missed = (u64::from_le_bytes(*eight) + ONES) & silent;
                *eight = missed.to_le_bytes();
                overdue |= bytes_equal(missed, drop_after) << (8 * i);
            }
            for (place, missed) in (eights.len() * 8..).zip(rest) {
                *missed = (*missed + 1) * (1 - (answers >> place & 1) as u8);
                overdue |= ((*missed == drop_after) as u64) << place;
            }
            while overdue != 0 {
                let place = overdue.ilog2();
                overdue ^= 1 << place;
                self.forget(v, start + place as usize);
            }
        }
        alive
    }
}

/// A one in every byte.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The bytes of a word that belong to the bits of a byte: all ones or all zeros.
const EVERY: [u64; 256] = {
    let mut table = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        let mut place = 0;
        while place < 8 {
            if bits >> place & 1 == 1 {
                table[bits] |= 0xff << (8 * place);
            }
            place += 1;
        }
        bits += 1;
    }
    table
};

/// Which of the eight bytes of a word equal a byte: bit i for byte i.
#[inline]
fn bytes_equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = ONES * 0x7f;
    let differs = word ^ (ONES * byte as u64);
    // the high bit of a byte is clear only if the whole byte is
    let equal = !(((differs & LOW) + LOW) | differs | LOW);
    (equal >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_overlay::{Csr, Overlay};
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn bytes_that_equal() {
        let word = u64::from_le_bytes([5, 0, 5, 255, 4, 6, 5, 128]);
        for (byte, bits) in [(5, 0b0100_0101), (0, 0b10), (255, 0b1000), (128, 0b1000_0000), (7, 0)] {
            assert_eq!(bytes_equal(word, byte), bits, "{byte}");
        }
    }

    /// Contact after contact: slow and obvious.
    fn slow(world: &World, v: u32, drop_after: u8) -> (Vec<(u32, u8)>, u32) {
        let misses = &world.misses[v as usize * world.cap..];
        let mut alive = 0;
        let kept = world.row(v).iter().zip(misses).filter_map(|(&u, &missed)| {
            let answers = world.live.has(u);
            alive += answers as u32;
            let missed = if answers { 0 } else { missed + 1 };
            (missed < drop_after).then_some((u, missed))
        });
        let mut kept: Vec<_> = kept.collect();
        kept.sort_unstable();
        (kept, alive)
    }

    #[test]
    fn probes_count_and_drop() {
        let rng = &mut trial_rng(3, Trial::network(0), Purpose::Measure);
        let n = 400;
        let mut arcs = Vec::new();
        for v in 0..n {
            let mut list = Vec::new();
            rng.distinct(n, v % 200, &mut list);
            arcs.extend(list.into_iter().filter(|u| *u != v).map(|u| [v, u]));
        }
        let overlay = Overlay::directed(Csr::from_arcs(n, &arcs).0);
        for drop_after in [1, 2, 5, 255] {
            let mut world = World::new(&overlay, [256, 1], 1.0, rng);
            for round in 0..300 {
                (0..n).for_each(|v| world.set_awake(v, rng.chance(if round % 100 < 50 { 0.6 } else { 0.05 })));
                for v in 0..n {
                    let (kept, alive) = slow(&world, v, drop_after);
                    assert_eq!(world.probe(v, drop_after), alive);
                    let misses = &world.misses[v as usize * world.cap..];
                    let mut now: Vec<_> = world.row(v).iter().copied().zip(misses.iter().copied()).collect();
                    now.sort_unstable();
                    assert_eq!(now, kept, "{v} of round {round}");
                }
            }
        }
    }
}
