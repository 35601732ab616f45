//! Shortest paths in an unweighted network: what betweenness, closeness, distances and cascades are computed with.
//!
//! Rows are walked as they lie: no lists of predecessors, no queues that grow. Work on many sources is cut into a number
//! of chunks that depends on the number of sources alone; chunks run in parallel, and their partial sums are added in
//! the order of the chunks. So floating sums have the same bits for any number of threads.

mod brandes;
mod sources;

pub use brandes::{Load, edge_betweenness, node_betweenness};
pub use sources::{Source, all_sources, sources};

use hydranet_overlay::Csr;
use rayon::prelude::*;

/// Not reached (yet).
const UNSEEN: u32 = u32::MAX;

/// Breadth-first search with its memory, for many searches in a row. The scan of a row has no branches: on random networks
/// they are mispredicted half the time.
///
/// ```
/// use hydranet_measures::paths::Bfs;
/// use hydranet_overlay::Csr;
/// let (path, _) = Csr::from_edges(4, &[[0, 1], [1, 2], [2, 3]]);
/// let mut bfs = Bfs::new(path.nodes());
/// assert_eq!(bfs.run(&path, 1).len(), 4);
/// assert_eq!((bfs.distance(3), bfs.depth()), (2, 2));
/// ```
#[derive(Debug, Clone)]
pub struct Bfs {
    distance: Vec<u32>,
    /// One entry of slack.
    reached: Vec<u32>,
    count: usize,
}

impl Bfs {
    /// Memory for searches in networks of `n` nodes.
    pub fn new(n: u32) -> Bfs {
        Bfs { distance: vec![UNSEEN; n as usize], reached: vec![0; n as usize + 1], count: 0 }
    }

    /// The nodes that `source` reaches, itself first, by rising distance. O(nodes and arcs reached).
    pub fn run(&mut self, csr: &Csr, source: u32) -> &[u32] {
        for &v in &self.reached[..self.count] {
            self.distance[v as usize] = UNSEEN;
        }
        // slices of their own: the compiler then knows that writing to one does not move the other
        let (distances, reached) = (&mut self.distance[..], &mut self.reached[..]);
        reached[0] = source;
        distances[source as usize] = 0;
        let (mut count, mut head) = (1, 0);
        while head < count {
            let v = reached[head];
            head += 1;
            let next = distances[v as usize] + 1;
            for &w in csr.row(v) {
                let distance = &mut distances[w as usize];
                reached[count] = w;
                count += (*distance == UNSEEN) as usize;
                *distance = (*distance).min(next);
            }
        }
        self.count = count;
        self.reached()
    }

    /// The nodes of the last search.
    pub fn reached(&self) -> &[u32] {
        &self.reached[..self.count]
    }

    /// Distance of a node that the last search reached.
    pub fn distance(&self, v: u32) -> u32 {
        self.distance[v as usize]
    }

    /// How far the last search went.
    pub fn depth(&self) -> u32 {
        self.reached().last().map_or(0, |&v| self.distance(v))
    }
}

/// Chunks that work is cut into at most; each holds its own partial sums.
const CHUNKS: usize = 16;
/// A chunk has at least this many sources: below it, threads cost more than they bring.
const SMALLEST_CHUNK: usize = 16;

/// Works on chunks of `items` in parallel and gives what each chunk came to, in the order of the chunks.
///
/// How the items are cut does not depend on the number of threads.
pub fn in_chunks<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let size = items.len().div_ceil(CHUNKS).max(SMALLEST_CHUNK);
    match items.len() > size {
        true => items.par_chunks(size).map(&work).collect(),
        false if items.is_empty() => Vec::new(),
        false => vec![work(items)],
    }
}

/// Adds up partial sums, in order. Empty for no chunks.
pub fn add_up(parts: Vec<Vec<f64>>, length: usize) -> Vec<f64> {
    let mut parts = parts.into_iter();
    let mut sum = parts.next().unwrap_or_else(|| vec![0.0; length]);
    for part in parts {
        sum.iter_mut().zip(&part).for_each(|(s, p)| *s += p);
    }
    sum
}
