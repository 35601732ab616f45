//! The plain union-find over compressed rows: path halving, union by size, size kept in the root.
//! Nothing clever: the baseline that the kernel's speed is measured against, and an oracle for its results.

use hydranet_overlay::Csr;

const ROOT: u32 = 1 << 31;

fn find(parent: &mut [u32], mut v: u32) -> u32 {
    while parent[v as usize] & ROOT == 0 {
        let p = parent[v as usize];
        let g = parent[p as usize];
        if g & ROOT != 0 {
            return p;
        }
        parent[v as usize] = g;
        v = g;
    }
    v
}

/// S1 after every number of removed nodes q = 0 … n, as [`crate::largest_only`]. O(n + m α).
///
/// # Panics
/// If `order` names a node that does not exist, or is shorter than the network.
pub fn largest(network: &Csr, order: &[u32]) -> Vec<u32> {
    let n = network.nodes() as usize;
    assert!(order.len() == n);
    const DEAD: u32 = u32::MAX;
    let mut parent = vec![DEAD; n];
    let mut curve = vec![0u32; n + 1];
    let mut largest = 0;
    for q in (0..n).rev() {
        let v = order[q];
        let mut root = v;
        parent[v as usize] = ROOT | 1;
        for &w in network.row(v) {
            if parent[w as usize] == DEAD {
                continue;
            }
            let other = find(&mut parent, w);
            if other != root {
                let (a, b) = (parent[root as usize] & !ROOT, parent[other as usize] & !ROOT);
                let (big, small) = if a >= b { (root, other) } else { (other, root) };
                parent[small as usize] = big;
                parent[big as usize] = ROOT | (a + b);
                root = big;
            }
        }
        largest = largest.max(parent[root as usize] & !ROOT);
        curve[q] = largest;
    }
    curve
}
