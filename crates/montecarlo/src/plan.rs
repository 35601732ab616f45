//! How the work is cut: units, blocks and shards.
//!
//! A *unit* is one network of one topology with all its treatments and orders: the network is drawn once, and what
//! happens to it is paired across treatments. A *block* is the units of one topology for a run of consecutive networks;
//! its rows are one part file a table. Blocks are fixed by the spec alone. A *shard* i of n takes the blocks whose
//! number is i modulo n, so that shards of different n work on the same files, and so does a run that resumes.

use serde::{Deserialize, Serialize};

/// One network of one topology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Index of the topology in the spec.
    pub topology: u32,
    /// Number of the network draw.
    pub network: u32,
}

/// Units that are computed and written together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Index of the topology in the spec.
    pub topology: u32,
    /// First network.
    pub first: u32,
    /// One past the last network.
    pub end: u32,
}

impl Block {
    /// Its units, in order.
    pub fn units(self) -> impl Iterator<Item = Unit> {
        (self.first..self.end).map(move |network| Unit { topology: self.topology, network })
    }

    /// The name of its part file for a table.
    pub fn file_name(self, table: &str) -> String {
        format!("t{:03}-n{:07}-{:07}.{table}.parquet", self.topology, self.first, self.end)
    }
}

/// The whole work of one experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What decides the rows of a unit: hash of spec, schemas and code.
    pub hash: String,
    /// Number of topologies.
    pub topologies: u32,
    /// Networks of each.
    pub networks: u32,
    /// Networks a block.
    pub block: u32,
}

impl Plan {
    /// All blocks. The first networks of every topology come first, so that what cannot work at all fails early; the
    /// order does not depend on how many networks there are in all.
    pub fn blocks(&self) -> Vec<Block> {
        (0..self.networks)
            .step_by(self.block.max(1) as usize)
            .flat_map(|first| {
                let end = first.saturating_add(self.block).min(self.networks);
                (0..self.topologies).map(move |topology| Block { topology, first, end })
            })
            .collect()
    }

    /// All blocks by topology and then by network: the order of rows in a finished table.
    pub fn blocks_in_row_order(&self) -> Vec<Block> {
        let mut blocks = self.blocks();
        blocks.sort_unstable();
        blocks
    }
}

/// A share of the work: number `index` of `count`, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which share, below `count`.
    pub index: u32,
    /// How many shares there are.
    pub count: u32,
}

impl Shard {
    /// All of the work.
    pub const WHOLE: Shard = Shard { index: 0, count: 1 };

    /// Whether the block with this number belongs to the share.
    pub fn takes(self, block: usize) -> bool {
        block % self.count as usize == self.index as usize
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        match parts {
            Some((index, count)) if index < count => Ok(Shard { index, count }),
            _ => Err(format!("a shard is i/n with 0 ≤ i < n, such as 0/4, 1/4, 2/4, 3/4; not `{text}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(topologies: u32, networks: u32, block: u32) -> Plan {
        Plan { hash: String::new(), topologies, networks, block }
    }

    #[test]
    fn blocks_cover_every_unit_once() {
        for (topologies, networks, block) in [(1, 1, 1), (3, 7, 2), (2, 10, 5), (4, 3, 100)] {
            let plan = plan(topologies, networks, block);
            let mut units: Vec<Unit> = plan.blocks().into_iter().flat_map(Block::units).collect();
            units.sort_unstable();
            let all = (0..topologies).flat_map(|topology| (0..networks).map(move |network| Unit { topology, network }));
            assert!(units.into_iter().eq(all));
            for count in 1..5 {
                let taken: usize = (0..count)
                    .map(|index| (0..plan.blocks().len()).filter(|&b| Shard { index, count }.takes(b)).count())
                    .sum();
                assert_eq!(taken, plan.blocks().len());
            }
        }
    }

    #[test]
    fn more_networks_keep_the_blocks() {
        let few = plan(3, 10, 5).blocks();
        assert_eq!(plan(3, 25, 5).blocks()[..few.len()], few);
    }

    #[test]
    fn shards_from_text() {
        assert_eq!("2/8".parse(), Ok(Shard { index: 2, count: 8 }));
        for wrong in ["8/8", "1", "a/b", "-1/2", "1/0", ""] {
            assert!(wrong.parse::<Shard>().unwrap_err().contains("0 ≤ i < n"), "{wrong}");
        }
    }
}
