//! Meshes of bounded degree: the random d-process.
//!
//! Links are opened between uniformly chosen pairs of nodes that both have a free slot and are not linked yet, until no
//! such pair is left: what machines do that dial random others and accept while they have room. Almost surely every node
//! ends with d links, but for one if nd is odd (Ruciński & Wormald, Random graph processes with degree restrictions,
//! Comb. Probab. Comput. 1, 169, 1992); in every case the nodes that end with fewer are linked to each other, so there
//! are at most d of them. For d ≥ 3 the mesh is connected but for a chance that vanishes as n grows.

use crate::rows::holds;
use hydranet_topology::{Draw, TrialRng};

/// Lists of at most `width` neighbours a node, in a flat table.
pub(crate) struct Mesh {
    width: usize,
    len: Vec<u32>,
    table: Vec<u32>,
}

/// Rejections in a row after which the pairs that are left are counted out.
const PATIENCE: u32 = 200;

impl Mesh {
    /// The final state of the d-process on `0..n`. O(nd) expected, O(nd) memory.
    pub(crate) fn d_process(n: u32, d: u32, rng: &mut TrialRng) -> Mesh {
        let width = d as usize;
        let mut mesh = Mesh { width, len: vec![0; n as usize], table: vec![0; n as usize * width] };
        let mut free: Vec<u32> = if d > 0 { (0..n).collect() } else { Vec::new() };
        let mut rejected = 0;
        while free.len() >= 2 {
            let size = free.len() as u32;
            let (mut i, mut j) = (rng.below(size), rng.below(size));
            if i == j || holds(mesh.row(free[i as usize]), free[j as usize]) {
                rejected += 1;
                if rejected < PATIENCE {
                    continue;
                }
                let left = mesh.open_pairs(&free);
                if left.is_empty() {
                    break;
                }
                [i, j] = left[rng.below(left.len() as u32) as usize];
            }
            rejected = 0;
            let (u, v) = (free[i as usize], free[j as usize]);
            mesh.push(u, v);
            mesh.push(v, u);
            // the later place first: swapping the last one in must not move the other
            for place in [i.max(j), i.min(j)] {
                if mesh.row(free[place as usize]).len() == width {
                    free.swap_remove(place as usize);
                }
            }
        }
        mesh
    }

    /// Places `[i, j]`, i < j, of `free` whose nodes are not linked.
    fn open_pairs(&self, free: &[u32]) -> Vec<[u32; 2]> {
        let size = free.len() as u32;
        let pairs = (0..size).flat_map(|i| (i + 1..size).map(move |j| [i, j]));
        pairs.filter(|&[i, j]| !holds(self.row(free[i as usize]), free[j as usize])).collect()
    }

    fn push(&mut self, u: u32, v: u32) {
        let len = &mut self.len[u as usize];
        self.table[u as usize * self.width + *len as usize] = v;
        *len += 1;
    }

    /// The neighbours of `v`, in the order in which they were linked.
    pub(crate) fn row(&self, v: u32) -> &[u32] {
        &self.table[v as usize * self.width..][..self.len[v as usize] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    #[test]
    fn whoever_lacks_a_link_is_linked_to_all_others_who_do() {
        for (n, d) in [(1, 3), (4, 3), (5, 3), (7, 4), (50, 7), (51, 7), (2000, 3), (3000, 32), (10, 0)] {
            for trial in 0..5 {
                let mesh = Mesh::d_process(n, d, &mut rng(trial));
                let free: Vec<u32> = (0..n).filter(|&v| mesh.row(v).len() < d as usize).collect();
                assert!(free.iter().all(|u| free.iter().all(|v| u == v || mesh.row(*u).contains(v))), "n {n}, d {d}");
                for v in 0..n {
                    assert!(mesh.row(v).iter().all(|&w| w != v && mesh.row(w).contains(&v)));
                    assert!((1..mesh.row(v).len()).all(|i| !mesh.row(v)[..i].contains(&mesh.row(v)[i])));
                }
                if n > 10 * d {
                    assert!(free.len() <= if d < 10 { 2 } else { 6 }, "n {n}, d {d}: {} nodes lack a link", free.len());
                }
            }
        }
    }
}
