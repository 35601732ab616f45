//! Union-find by size with path halving: what every growing component of this crate stands on.
//!
//! A table of 32 bits a node. (`kernel::nodes` keeps another word beside each entry and has its own; `kernel::plain` is the
//! baseline and an oracle, and shares nothing.)

/// Marks a root; the other bits are the size of its component.
pub(crate) const ROOT: u32 = 1 << 31;

/// The root of the component of `v`, and its size.
#[inline]
pub(crate) fn find(parent: &mut [u32], mut v: u32) -> (u32, u32) {
    loop {
        let p = parent[v as usize];
        if p & ROOT != 0 {
            return (v, p & !ROOT);
        }
        let g = parent[p as usize];
        if g & ROOT != 0 {
            return (p, g & !ROOT);
        }
        parent[v as usize] = g; // path halving
        v = g;
    }
}

/// Hangs the smaller of two different components, given by root and size, below the larger one. Returns them, larger first.
#[inline]
pub(crate) fn unite(parent: &mut [u32], a: (u32, u32), b: (u32, u32)) -> [(u32, u32); 2] {
    let (big, small) = if a.1 >= b.1 { (a, b) } else { (b, a) };
    parent[small.0 as usize] = big.0;
    parent[big.0 as usize] = ROOT | (big.1 + small.1);
    [big, small]
}
