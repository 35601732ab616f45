//! A symmetric bit matrix: the adjacency of a network with so many edges that n² bits are less than a list of them.

use hydranet_overlay::Csr;

/// Which pairs of `n` nodes are linked. n²/8 bytes; symmetric, no bit on the diagonal.
pub(crate) struct BitMatrix {
    n: u32,
    words: usize,
    bits: Vec<u64>,
}

impl BitMatrix {
    /// No links.
    pub(crate) fn new(n: u32) -> BitMatrix {
        let words = (n as usize).div_ceil(64);
        BitMatrix { n, words, bits: vec![0; words * n as usize] }
    }

    #[inline]
    fn place(&self, u: u32, v: u32) -> (usize, u64) {
        (u as usize * self.words + v as usize / 64, 1 << (v % 64))
    }

    /// Whether `u` and `v` are linked.
    #[inline]
    pub(crate) fn has(&self, u: u32, v: u32) -> bool {
        let (word, bit) = self.place(u, v);
        self.bits[word] & bit != 0
    }

    /// Links `u ≠ v` if they are not, and the other way round.
    #[inline]
    pub(crate) fn flip(&mut self, u: u32, v: u32) {
        debug_assert_ne!(u, v, "no node is linked to itself");
        for (a, b) in [(u, v), (v, u)] {
            let (word, bit) = self.place(a, b);
            self.bits[word] ^= bit;
        }
    }

    /// The pairs that are linked, or with `complement` the pairs that are not. O(n²/64 + m).
    pub(crate) fn to_csr(&self, complement: bool) -> Csr {
        let mask = if complement { u64::MAX } else { 0 };
        let n = self.n as usize;
        let mut offsets = Vec::with_capacity(n + 1);
        offsets.push(0);
        let mut targets = Vec::new();
        for u in 0..n {
            for (w, &word) in self.bits[u * self.words..(u + 1) * self.words].iter().enumerate() {
                let mut left = word ^ mask;
                while left != 0 {
                    let v = w * 64 + left.trailing_zeros() as usize;
                    left &= left - 1;
                    if v < n && v != u {
                        targets.push(v as u32);
                    }
                }
            }
            offsets.push(targets.len() as u64);
        }
        Csr::from_rows(offsets, targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complement() {
        let mut bits = BitMatrix::new(70);
        for [u, v] in [[0, 69], [3, 64], [3, 64], [1, 2]] {
            bits.flip(u, v);
        }
        assert!(bits.has(69, 0) && bits.has(2, 1) && !bits.has(64, 3));
        assert_eq!(bits.to_csr(false).iter_arcs().collect::<Vec<_>>(), [[0, 69], [1, 2], [2, 1], [69, 0]]);
        let rest = bits.to_csr(true);
        assert_eq!(rest.arcs(), 70 * 69 - 4);
        assert!(rest.is_symmetric() && !rest.has_arc(0, 69) && rest.has_arc(3, 64));
    }
}
