//! Strong components: who reaches whom and is reached by them, along arcs.
//!
//! ```
//! use hydranet_measures::strong::strong_components;
//! use hydranet_overlay::Csr;
//! // 0 → 1 ⇄ 2
//! let (arcs, _) = Csr::from_arcs(3, &[[0, 1], [1, 2], [2, 1]]);
//! let strong = strong_components(&arcs, &[true; 3]);
//! assert_eq!(strong.largest(), Some((0, 2)));
//! assert_ne!(strong.component[0], strong.component[1]);
//! ```

use hydranet_overlay::Csr;

/// Strongly connected components of the live part: `component[v]` numbers them in reverse topological order (an arc leads to
/// the same or a smaller number), `u32::MAX` for dead nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strong {
    /// The component of each node.
    pub component: Vec<u32>,
    /// Nodes of each component.
    pub sizes: Vec<u32>,
}

impl Strong {
    /// Number and size of the largest component (the smallest number among equals); `None` if nobody lives.
    pub fn largest(&self) -> Option<(u32, u32)> {
        let sizes = self.sizes.iter().enumerate();
        sizes.max_by_key(|&(i, &size)| (size, std::cmp::Reverse(i))).map(|(i, &size)| (i as u32, size))
    }
}

const NONE: u32 = u32::MAX;

/// Tarjan's algorithm (SIAM J. Comput. 1, 146, 1972), with its own stack. O(n + m).
///
/// # Panics
/// If there is not exactly one flag a node.
pub fn strong_components(graph: &Csr, alive: &[bool]) -> Strong {
    let n = graph.nodes() as usize;
    assert!(alive.len() == n, "one flag a node");
    let (mut component, mut sizes) = (vec![NONE; n], Vec::new());
    // low[v] is v's discovery number until something earlier is reached from it
    let (mut low, mut clock) = (vec![NONE; n], 0);
    let (mut open, mut path): (Vec<u32>, Vec<(u32, u32, u32)>) = (Vec::new(), Vec::new());
    for root in (0..n as u32).filter(|&v| alive[v as usize]) {
        if low[root as usize] != NONE {
            continue;
        }
        low[root as usize] = clock;
        path.push((root, clock, 0));
        clock += 1;
        open.push(root);
        while let Some((v, found, next)) = path.last_mut() {
            let (v, found) = (*v, *found);
            match graph.row(v).get(*next as usize) {
                Some(&w) => {
                    *next += 1;
                    if !alive[w as usize] || component[w as usize] != NONE {
                        continue;
                    }
                    if low[w as usize] == NONE {
                        low[w as usize] = clock;
                        path.push((w, clock, 0));
                        clock += 1;
                        open.push(w);
                    } else {
                        low[v as usize] = low[v as usize].min(low[w as usize]);
                    }
                }
                None => {
                    path.pop();
                    if let Some(&(parent, ..)) = path.last() {
                        low[parent as usize] = low[parent as usize].min(low[v as usize]);
                    }
                    if low[v as usize] == found {
                        let number = sizes.len() as u32;
                        let start = open.iter().rposition(|&w| w == v).expect("v is open");
                        sizes.push((open.len() - start) as u32);
                        open.drain(start..).for_each(|w| component[w as usize] = number);
                    }
                }
            }
        }
    }
    Strong { component, sizes }
}
