//! The network among some of its nodes.

use hydranet_overlay::Csr;

/// Not among them.
pub const ABSENT: u32 = u32::MAX;

/// The network among `nodes` (rising), which are numbered by their place in it. `local` is [`ABSENT`] for every node of the
/// network, before and after: a caller with many small parts pays for each part only. O(arcs of `nodes`).
pub fn induced(csr: &Csr, nodes: &[u32], local: &mut [u32]) -> Csr {
    nodes.iter().enumerate().for_each(|(i, &v)| local[v as usize] = i as u32);
    let mut offsets = Vec::with_capacity(nodes.len() + 1);
    let mut targets = Vec::new();
    offsets.push(0);
    for &v in nodes {
        targets.extend(csr.row(v).iter().map(|&w| local[w as usize]).filter(|&i| i != ABSENT));
        offsets.push(targets.len() as u64);
    }
    nodes.iter().for_each(|&v| local[v as usize] = ABSENT);
    Csr::from_rows(offsets, targets)
}
