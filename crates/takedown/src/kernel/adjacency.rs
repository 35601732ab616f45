//! Where the kernel gets the neighbours of a node from: a stored network, or one that can be computed.

use hydranet_overlay::Csr;
use hydranet_overlay::memory::prefetch;

/// A symmetric network, seen node by node.
pub trait Adjacency {
    /// Number of nodes, below 2³¹.
    fn nodes(&self) -> u32;

    /// The neighbours of `v`: a stored row, or written to `scratch` (which is empty) and returned from there.
    /// All are below [`Adjacency::nodes`]; repeated ones do no harm.
    fn row<'a>(&'a self, v: u32, scratch: &'a mut Vec<u32>) -> &'a [u32];

    /// Tells that the row of `v` will be wanted in about two dozen insertions. A hint.
    #[inline]
    fn will_want_soon(&self, _v: u32) {}

    /// Tells that the row of `v` will be wanted in about a dozen insertions. A hint.
    #[inline]
    fn will_want_next(&self, _v: u32) {}
}

impl Adjacency for Csr {
    fn nodes(&self) -> u32 {
        Csr::nodes(self)
    }

    #[inline]
    fn row<'a>(&'a self, v: u32, _: &'a mut Vec<u32>) -> &'a [u32] {
        Csr::row(self, v)
    }

    #[inline]
    fn will_want_soon(&self, v: u32) {
        prefetch(self.offsets(), v as usize);
    }

    #[inline]
    fn will_want_next(&self, v: u32) {
        let (start, end) = (self.offsets()[v as usize] as usize, self.offsets()[v as usize + 1] as usize);
        prefetch(self.targets(), start);
        // a row of mean degree 10 often reaches into a second line
        prefetch(self.targets(), end.max(1) - 1);
    }
}
