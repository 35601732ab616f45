//! One bit a node.

/// A set of small integers.
#[derive(Debug, Clone)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set, with room for `0..n`.
    pub(crate) fn none(n: u32) -> Bits {
        Bits(vec![0; n as usize / 64 + 1])
    }

    /// Those of `0..n` for which `f` holds.
    pub(crate) fn from_fn(n: u32, f: impl Fn(u32) -> bool) -> Bits {
        let mut bits = Bits::none(n);
        (0..n).filter(|&v| f(v)).for_each(|v| bits.set(v));
        bits
    }

    #[inline]
    pub(crate) fn get(&self, v: u32) -> bool {
        self.0[v as usize / 64] >> (v % 64) & 1 == 1
    }

    #[inline]
    pub(crate) fn set(&mut self, v: u32) {
        self.0[v as usize / 64] |= 1 << (v % 64);
    }

    #[inline]
    pub(crate) fn clear(&mut self, v: u32) {
        self.0[v as usize / 64] &= !(1 << (v % 64));
    }
}
