//! Routing tables to compressed rows, node after node: no list of arcs in between.

use hydranet_overlay::{Csr, memory::spread_with_capacity};

/// Rows that are added in the order of the nodes.
pub(crate) struct Rows {
    offsets: Vec<u64>,
    targets: Vec<u32>,
    row: Vec<u32>,
}

impl Rows {
    /// Room for `n` nodes of about `contacts` contacts each.
    pub(crate) fn new(n: u32, contacts: u32) -> Rows {
        let mut offsets = spread_with_capacity(n as usize + 1);
        offsets.push(0);
        Rows { offsets, targets: spread_with_capacity(n as usize * contacts as usize), row: Vec::new() }
    }

    /// Adds the row of the next node: in any order, with repeats, with the node itself; those are left out.
    pub(crate) fn push(&mut self, fill: impl FnOnce(&mut Vec<u32>)) {
        let node = (self.offsets.len() - 1) as u32;
        self.row.clear();
        fill(&mut self.row);
        self.row.sort_unstable();
        self.row.dedup();
        self.targets.extend(self.row.iter().filter(|v| **v != node));
        self.offsets.push(self.targets.len() as u64);
    }

    /// The network.
    pub(crate) fn finish(self) -> Csr {
        Csr::from_rows(self.offsets, self.targets)
    }
}
