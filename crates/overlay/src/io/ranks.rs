//! Dense numbers for integers with gaps: the rank of each among those that occur.
//!
//! A set of bits with running counts where the integers lie close together (12 bytes for every 64 of their range), and
//! otherwise the sorted list with a table of where each stretch of the range begins. Either answers in a few memory
//! accesses; neither needs a hash map, and the order of the input does not matter.

use crate::Names;

/// Ranks of the integers of a set.
pub(super) enum Ranks {
    Bits { words: Vec<u64>, before: Vec<u32> },
    Sorted { ids: Vec<u64>, shift: u32, starts: Vec<u32> },
}

impl Ranks {
    /// `count` is how many integers the iterator gives. `None` if there are 2³² different ones or more.
    pub(super) fn of(ids: impl Iterator<Item = u64> + Clone, count: usize) -> Option<Ranks> {
        let words = ids.clone().max().map_or(0, |max| max / 64 + 1);
        // as much memory as the links themselves take, or a megabyte where they are few
        if words <= (count as u64 / 3).max(1 << 16) { Ranks::bits(ids, words as usize) } else { Ranks::sorted(ids) }
    }

    fn bits(ids: impl Iterator<Item = u64>, len: usize) -> Option<Ranks> {
        let mut words = vec![0u64; len];
        for id in ids {
            words[(id / 64) as usize] |= 1 << (id % 64);
        }
        let mut sum = 0u64;
        let mut before = Vec::with_capacity(len);
        for word in &words {
            before.push(u32::try_from(sum).ok()?);
            sum += u64::from(word.count_ones());
        }
        u32::try_from(sum).ok()?;
        Some(Ranks::Bits { words, before })
    }

    fn sorted(all: impl Iterator<Item = u64>) -> Option<Ranks> {
        let mut ids: Vec<u64> = Vec::new();
        let mut limit = 1 << 20;
        for id in all {
            if ids.len() == limit {
                ids.sort_unstable();
                ids.dedup();
                limit = (ids.len() * 2).max(1 << 20);
            }
            ids.push(id);
        }
        ids.sort_unstable();
        ids.dedup();
        u32::try_from(ids.len()).ok()?;
        // stretches of 2^shift, about as many as there are integers
        let range_bits = 64 - ids.last().unwrap_or(&0).leading_zeros();
        let shift = range_bits.saturating_sub((ids.len() as u64).ilog2());
        let stretches = ids.last().map_or(0, |last| (last.checked_shr(shift).unwrap_or(0)) as usize + 1);
        let mut starts = vec![0u32; stretches + 1];
        for id in &ids {
            starts[id.checked_shr(shift).unwrap_or(0) as usize + 1] += 1;
        }
        for s in 0..stretches {
            starts[s + 1] += starts[s];
        }
        Some(Ranks::Sorted { ids, shift, starts })
    }

    /// How many of the set are smaller than this member of it.
    #[inline]
    pub(super) fn rank(&self, id: u64) -> u32 {
        match self {
            Ranks::Bits { words, before } => {
                let (word, bit) = ((id / 64) as usize, id % 64);
                before[word] + (words[word] & ((1 << bit) - 1)).count_ones()
            }
            Ranks::Sorted { ids, shift, starts } => {
                let stretch = id.checked_shr(*shift).unwrap_or(0) as usize;
                let (from, to) = (starts[stretch], starts[stretch + 1]);
                from + ids[from as usize..to as usize].partition_point(|x| *x < id) as u32
            }
        }
    }

    /// Size of the set.
    pub(super) fn len(&self) -> u32 {
        match self {
            Ranks::Bits { words, before } => before.last().map_or(0, |b| b + words[words.len() - 1].count_ones()),
            Ranks::Sorted { ids, .. } => ids.len() as u32,
        }
    }

    /// Whether every rank is the integer itself.
    pub(super) fn are_identity(&self) -> bool {
        match self {
            Ranks::Bits { words, .. } => {
                let last = words.last().map_or(0, |w| 64 - w.leading_zeros() as u64);
                (words.len() as u64).saturating_sub(1) * 64 + last == u64::from(self.len())
            }
            Ranks::Sorted { .. } => false,
        }
    }

    /// The set in order, as the names of nodes.
    pub(super) fn into_names(self) -> Names {
        if self.are_identity() {
            return Names::Dense;
        }
        match self {
            Ranks::Sorted { ids, .. } => Names::from_integers(ids),
            Ranks::Bits { words, .. } => {
                let bits = words.iter().enumerate().flat_map(|(w, &word)| {
                    (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| w as u64 * 64 + bit)
                });
                Names::from_integers(bits.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ids: &[u64]) {
        let mut want = ids.to_vec();
        want.sort_unstable();
        want.dedup();
        let words = ids.iter().max().map_or(0, |m| m / 64 + 1);
        let mut forms = vec![Ranks::of(ids.iter().copied(), ids.len()).unwrap()];
        if words < 1000 {
            forms.push(Ranks::bits(ids.iter().copied(), words as usize).unwrap());
        }
        if !ids.is_empty() {
            forms.push(Ranks::sorted(ids.iter().copied()).unwrap());
        }
        for ranks in forms {
            assert_eq!(ranks.len() as usize, want.len());
            for (rank, &id) in want.iter().enumerate() {
                assert_eq!(ranks.rank(id) as usize, rank, "{id} of {want:?}");
            }
            assert_eq!(ranks.into_names(), Names::from_integers(want.clone()));
        }
    }

    #[test]
    fn agree_with_a_sorted_list() {
        check(&[]);
        check(&[0]);
        check(&[u64::MAX]);
        check(&[0, u64::MAX, 5, 5]);
        check(&[3, 1, 2, 0]);
        check(&[64, 63, 128, 0, 64]);
        check(&[1 << 40, 7, 1 << 41, (1 << 40) + 1]);
        check(&(0..3_000u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect::<Vec<_>>());
        check(&(0..3_000u64).map(|i| i * i).collect::<Vec<_>>());
    }
}
