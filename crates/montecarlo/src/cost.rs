//! What a unit costs, estimated from the spec alone: so that shards are dealt by cost and not by count.
//!
//! Units of one topology cost about the same, units of different topologies differ by orders of magnitude: what counts is
//! the size of a network, and whether a treatment takes longer than in proportion to it. The size is that of the first network
//! of the topology, which every shard can draw for itself, so that all of them agree without a word; the time of an
//! order is what its strategy says. Nothing but the share of the work that a shard takes depends on an estimate.

use crate::{CellKey, Experiment, PartError, Plan};
use hydranet_results::write_atomically;
use std::collections::BTreeMap;
use std::path::Path;

pub use crate::size::{LINEAR, Size};

/// The costs of one unit of each topology, in nanoseconds or so; at least 1.
///
/// They are kept in the folder of the parts, because drawing a network of each topology takes a while: a file that is
/// not there, or not of this plan, is made anew, and one that cannot be written is done without.
pub fn costs(spec: &Experiment, plan: &Plan, folder: Option<&Path>) -> Vec<u64> {
    sizes(spec, plan, folder).iter().zip(0..).map(|(&size, topology)| unit(spec, topology, size)).collect()
}

/// The cost of one unit of a topology of this size.
pub fn unit(spec: &Experiment, topology: u32, size: Size) -> u64 {
    // whole numbers: sums of them do not depend on their order
    spec.unit_cost(topology, size).clamp(1.0, 1e18) as u64
}

/// The sizes of the first networks of all topologies.
pub fn sizes(spec: &Experiment, plan: &Plan, folder: Option<&Path>) -> Vec<Size> {
    let path = folder.map(|folder| folder.join("sizes.json"));
    let kept = path.as_ref().and_then(|path| std::fs::read(path).ok());
    let kept: Option<BTreeMap<String, Size>> = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut kept = kept.unwrap_or_default();
    let before = kept.len();
    let size = |(topology, key): (u32, &CellKey)| *kept.entry(key.hash.clone()).or_insert_with(|| spec.size(topology));
    let sizes: Vec<Size> = (0..plan.topologies).zip(&plan.rows).map(size).collect();
    if let Some(path) = path.filter(|_| kept.len() > before) {
        let json = serde_json::to_vec(&kept).expect("numbers");
        let _: Result<(), PartError> = write_atomically(&path, |out| out.write_all(&json)).map_err(Into::into);
    }
    sizes
}
