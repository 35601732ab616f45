//! What is left after each removal.

/// One value for every number of removals q = 0 … L: `largest[q]` is S1 after the first q items of the order have gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Nodes of the network before the takedown, N.
    pub nodes: u32,
    /// Peers of the network before the takedown.
    pub peers: u32,
    /// S1: nodes in the largest component.
    pub largest: Vec<u32>,
    /// S2: nodes in the second largest component, 0 if there is none.
    pub second: Vec<u32>,
    /// Σs² over all components.
    pub sum_squares: Vec<u64>,
    /// Peers that a command still reaches (see [`hydranet_overlay::Sources`]).
    pub reach: Vec<u32>,
}

impl Curve {
    /// Number of removals, L.
    pub fn steps(&self) -> usize {
        self.largest.len() - 1
    }

    /// Susceptibility χ(q) = (Σs² − S1²)/N: the mean size of the other components, as seen from a random node.
    ///
    /// # Panics
    /// If `q > steps()`.
    pub fn susceptibility(&self, q: usize) -> f64 {
        self.spread(q) as f64 / self.nodes as f64
    }

    /// Σs² − S1², the integer numerator of χ.
    ///
    /// # Panics
    /// If `q > steps()`.
    pub fn spread(&self, q: usize) -> u64 {
        self.sum_squares[q] - (self.largest[q] as u64).pow(2)
    }

    /// Share of node pairs (of the N initial nodes) that are still connected: Σs(s−1) / N(N−1).
    ///
    /// # Panics
    /// If `q > steps()`.
    pub fn connected_pairs(&self, q: usize) -> f64 {
        let alive = self.alive(q);
        let pairs = self.nodes as f64 * (self.nodes as f64 - 1.0);
        if pairs > 0.0 { (self.sum_squares[q] - alive) as f64 / pairs } else { 0.0 }
    }

    pub(crate) fn alive(&self, q: usize) -> u64 {
        // with edge removal all nodes stay: the last Σs² tells which it was
        if *self.sum_squares.last().expect("a curve has at least its start") == 0 {
            self.nodes as u64 - q as u64
        } else {
            self.nodes as u64
        }
    }

    /// The curve of a takedown in which each batch falls at one moment: within a batch every value is the one at its
    /// end, so that a batch counts as gone from its first removal on. `batch_ends` as in
    /// [`crate::RemovalOrder::batch_ends`]; an empty list changes nothing.
    pub fn in_batches(mut self, batch_ends: &[u32]) -> Curve {
        let mut start = 1;
        for &end in batch_ends {
            let end = end as usize;
            for q in start..end {
                self.largest[q] = self.largest[end];
                self.second[q] = self.second[end];
                self.sum_squares[q] = self.sum_squares[end];
                self.reach[q] = self.reach[end];
            }
            start = end + 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_fall_at_once() {
        let curve = Curve {
            nodes: 4,
            peers: 4,
            largest: vec![4, 3, 2, 1, 0],
            second: vec![0; 5],
            sum_squares: vec![16, 9, 4, 1, 0],
            reach: vec![4, 3, 2, 1, 0],
        };
        assert_eq!(curve.connected_pairs(0), 1.0);
        assert_eq!(curve.connected_pairs(1), 0.5);
        let batched = curve.clone().in_batches(&[1, 4]);
        assert_eq!(batched.largest, [4, 3, 0, 0, 0]);
        assert_eq!(curve.clone().in_batches(&[]), curve);
    }
}
