//! One bit a node.

/// A growing set of nodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn new(nodes: usize) -> Bits {
        Bits(vec![0; nodes.div_ceil(64)])
    }

    pub(crate) fn grow(&mut self, nodes: usize) {
        self.0.resize(nodes.div_ceil(64), 0);
    }

    /// The bit of a place, 0 or 1: for code that must not branch on it.
    #[inline]
    pub(crate) fn bit(&self, v: u32) -> u64 {
        self.0[(v >> 6) as usize] >> (v & 63) & 1
    }

    #[inline]
    pub(crate) fn has(&self, v: u32) -> bool {
        self.0[(v >> 6) as usize] >> (v & 63) & 1 != 0
    }

    #[inline]
    pub(crate) fn set(&mut self, v: u32, on: bool) {
        let word = &mut self.0[(v >> 6) as usize];
        *word = *word & !(1 << (v & 63)) | (on as u64) << (v & 63);
    }

    pub(crate) fn words(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub(crate) fn word(&self, i: usize) -> u64 {
        self.0[i]
    }

    pub(crate) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// The members, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(i, &word)| {
            std::iter::successors((word != 0).then_some(word), |w| Some(w & (w - 1)).filter(|w| *w != 0))
                .map(move |w| i as u32 * 64 + w.trailing_zeros())
        })
    }
}
