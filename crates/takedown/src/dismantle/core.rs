//! The 2-core as a small network of its own, for messages that travel along its arcs.

use super::Peeling;
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};

/// The nodes of a 2-core, numbered anew, with their links among themselves.
///
/// Numbers follow a breadth-first walk from the first node of each component. Nodes that are met one after the other
/// have neighbours that are met one after the other: half of the links of a sparse random network, and more of any
/// other, then lead to memory that has just been used, or is about to be.
pub(crate) struct Core {
    /// The number of each node in the whole network.
    pub(crate) names: Vec<u32>,
    /// Where the arcs of each node begin; one more entry than nodes.
    pub(crate) offsets: Vec<usize>,
    /// For every arc u → v, the place of v → u.
    pub(crate) back: Vec<u32>,
    /// For every arc u → v, v. Increasing for each u.
    pub(crate) targets: Vec<u32>,
}

impl Core {
    /// O(n + m).
    ///
    /// # Panics
    /// If the core has 2³² arcs or more.
    pub(crate) fn of(csr: &Csr, peeling: &Peeling) -> Core {
        Core::numbered(csr, peeling, 0..csr.nodes(), |_| ())
    }

    /// The same, but walks begin, and go on among the neighbours of a node, in the order of a random permutation: what depends
    /// on who speaks first does not depend on the numbers of a file. O(n + m log degree).
    pub(crate) fn shuffled(csr: &Csr, peeling: &Peeling, rng: &mut TrialRng) -> Core {
        let starts = rng.permutation(csr.nodes());
        let mut rank = vec![0; starts.len()];
        (0..).zip(&starts).for_each(|(i, &v)| rank[v as usize] = i);
        Core::numbered(csr, peeling, starts.iter().copied(), |row| row.sort_unstable_by_key(|&w| rank[w as usize]))
    }

    fn numbered(csr: &Csr, peeling: &Peeling, starts: impl Iterator<Item = u32>, sort: impl Fn(&mut Vec<u32>)) -> Core {
        const UNKNOWN: u32 = u32::MAX;
        let mut number = vec![UNKNOWN; csr.nodes() as usize];
        let mut names: Vec<u32> = Vec::new();
        let mut walked = 0;
        let mut row = Vec::new();
        for start in starts {
            if peeling.degree(start) == 0 || number[start as usize] != UNKNOWN {
                continue;
            }
            number[start as usize] = names.len() as u32;
            names.push(start);
            while walked < names.len() {
                row.clear();
                row.extend_from_slice(csr.row(names[walked]));
                sort(&mut row);
                for &w in &row {
                    if peeling.degree(w) > 0 && number[w as usize] == UNKNOWN {
                        number[w as usize] = names.len() as u32;
                        names.push(w);
                    }
                }
                walked += 1;
            }
        }
        let mut offsets = vec![0];
        for &v in &names {
            offsets.push(offsets[offsets.len() - 1] + peeling.degree(v) as usize);
        }
        let arcs = offsets[names.len()];
        assert!(arcs <= u32::MAX as usize, "messages are kept for fewer than 2^32 arcs");
        // sources are met in the order of their numbers: each enters itself into the rows of its neighbours, which
        // are sorted by that; and once more, the arcs back are met in the order of the rows that they are in
        let mut next = offsets.clone();
        let mut targets = vec![0; arcs];
        for (u, &v) in names.iter().enumerate() {
            for w in csr.row(v).iter().map(|&w| number[w as usize]).filter(|&w| w != UNKNOWN) {
                targets[next[w as usize]] = u as u32;
                next[w as usize] += 1;
            }
        }
        next.copy_from_slice(&offsets);
        let mut back = vec![0; arcs];
        for a in 0..arcs {
            let slot = &mut next[targets[a] as usize];
            back[a] = *slot as u32;
            *slot += 1;
        }
        Core { names, offsets, back, targets }
    }

    /// Number of nodes.
    pub(crate) fn nodes(&self) -> u32 {
        self.names.len() as u32
    }

    /// The arcs that leave node `v`.
    #[inline]
    pub(crate) fn arcs(&self, v: u32) -> std::ops::Range<usize> {
        self.offsets[v as usize]..self.offsets[v as usize + 1]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{for_small_networks, two_core};
    use super::*;

    #[test]
    fn arcs_and_their_opposites() {
        for_small_networks(100, |csr, _| {
            let core = Core::of(csr, &Peeling::new(csr));
            let inside = two_core(csr, &vec![true; csr.nodes() as usize]);
            let mut names = core.names.clone();
            names.sort_unstable();
            assert!(names.into_iter().eq((0..csr.nodes()).filter(|&v| inside[v as usize])));
            let mut arcs = Vec::new();
            for u in 0..core.nodes() {
                for a in core.arcs(u) {
                    let v = core.targets[a];
                    assert!(core.arcs(v).contains(&(core.back[a] as usize)));
                    assert_eq!(core.targets[core.back[a] as usize], u);
                    arcs.push([core.names[u as usize], core.names[v as usize]]);
                }
            }
            arcs.sort_unstable();
            assert!(arcs.into_iter().eq(csr.iter_arcs().filter(|a| a.iter().all(|&v| inside[v as usize]))));
        });
    }
}
