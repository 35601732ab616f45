//! How the work is cut: units, blocks and shards.
//!
//! A *unit* is one network of one topology with all its treatments and orders: the network is drawn once, and what
//! happens to it is paired across treatments. A *block* is the units of one topology for a run of consecutive networks;
//! its rows are one part file a table. Blocks are fixed by the spec alone. A *shard* i of n is a share of the blocks, dealt by
//! what they are estimated to cost; shards of different n work on the same files, and so does a run that resumes.
use crate::CellKey;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

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

    /// What people call it: its topology by its place in the spec, and its networks. Its files are named by content
    /// ([`Plan::block_name`]).
    pub fn name(self) -> String {
        format!("t{:03}-n{:07}-{:07}", self.topology, self.first, self.end)
    }
}

/// The whole work of one experiment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Hash of spec, schemas and code.
    pub hash: String,
    /// Hash of what decides the rows of all cells: the name of the folder of the parts.
    pub common: String,
    /// What decides the rows of each topology.
    pub rows: Vec<CellKey>,
    /// What decides those of each treatment; empty where treatments are not told apart.
    pub treatments: Vec<CellKey>,
    /// Number of topologies.
    pub topologies: u32,
    /// Networks of each.
    pub networks: u32,
    /// Networks a block.
    pub block: u32,
}

impl Plan {
    /// What the files of a block begin with: the hash of its topology, and its networks.
    ///
    /// # Panics
    /// If the plan has no such topology.
    pub fn block_name(&self, block: Block) -> String {
        format!("{}-n{:07}-{:07}", self.rows[block.topology as usize].hash, block.first, block.end)
    }

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

    /// Which of `shards` shards each of [`Plan::blocks`] belongs to, given what a unit of each topology costs: the dearest
    /// blocks first, each to the shard that has the least to do (Graham 1969: no shard has more than 4/3 of what the best
    /// deal would give it). Blocks of one topology are so spread evenly, whatever the estimate is worth.
    /// O(blocks · log blocks).
    ///
    /// # Panics
    /// If there is not one cost for each topology, or no shard.
    pub fn deal(&self, costs: &[u64], shards: u32) -> Vec<u32> {
        assert_eq!(costs.len(), self.topologies as usize, "one cost a topology");
        let blocks = self.blocks();
        let cost = |block: &Block| u128::from(costs[block.topology as usize]) * u128::from(block.end - block.first);
        let mut dearest: Vec<usize> = (0..blocks.len()).collect();
        dearest.sort_by_key(|&b| Reverse(cost(&blocks[b])));
        let mut load: BinaryHeap<Reverse<(u128, u32)>> = (0..shards).map(|shard| Reverse((0, shard))).collect();
        let mut shard_of = vec![0; blocks.len()];
        for b in dearest {
            let Reverse((before, shard)) = load.pop().expect("there is a shard");
            shard_of[b] = shard;
            load.push(Reverse((before + cost(&blocks[b]), shard)));
        }
        shard_of
    }

    /// The blocks of a share, in the order of [`Plan::blocks`].
    ///
    /// # Panics
    /// As [`Plan::deal`].
    pub fn share(&self, shard: Shard, costs: &[u64]) -> Vec<Block> {
        let dealt = self.deal(costs, shard.count);
        self.blocks()
            .into_iter()
            .zip(dealt)
            .filter(|(_, owner)| *owner == shard.index)
            .map(|(block, _)| block)
            .collect()
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
}

/// A text that names no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a shard is i/n with 0 ≤ i < n, such as 0/4, 1/4, 2/4, 3/4; not `{text}`")]
pub struct BadShard {
    /// The text.
    pub text: String,
}

impl std::str::FromStr for Shard {
    type Err = BadShard;

    fn from_str(text: &str) -> Result<Shard, BadShard> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        match parts {
            Some((index, count)) if index < count => Ok(Shard { index, count }),
            _ => Err(BadShard { text: text.into() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(topologies: u32, networks: u32, block: u32) -> Plan {
        Plan { topologies, networks, block, ..Plan::default() }
    }

    #[test]
    fn blocks_cover_every_unit_once() {
        for (topologies, networks, block) in [(1, 1, 1), (3, 7, 2), (2, 10, 5), (4, 3, 100)] {
            let plan = plan(topologies, networks, block);
            let mut units: Vec<Unit> = plan.blocks().into_iter().flat_map(Block::units).collect();
            units.sort_unstable();
            let all = (0..topologies).flat_map(|topology| (0..networks).map(move |network| Unit { topology, network }));
            assert!(units.into_iter().eq(all));
        }
    }

    #[test]
    fn shards_cover_every_block_once() {
        for (topologies, networks, block) in [(1, 1, 1), (3, 7, 2), (2, 10, 5), (4, 3, 100), (5, 40, 3)] {
            let plan = plan(topologies, networks, block);
            for costs in [vec![1; topologies as usize], (0..topologies).map(|t| 10u64.pow(3 * t)).collect()] {
                for count in [1, 2, 3, 5, 7, 64, 1000] {
                    let mut taken: Vec<Block> =
                        (0..count).flat_map(|index| plan.share(Shard { index, count }, &costs)).collect();
                    taken.sort_unstable();
                    assert_eq!(taken, plan.blocks_in_row_order(), "{topologies} {networks} {block} {count}");
                }
            }
        }
    }

    /// Four topologies, of which each costs ten times the one before.
    #[test]
    fn shards_cost_the_same() {
        let plan = plan(4, 20, 1);
        let costs = [1, 10, 100, 1000];
        let load = |index, count| -> u64 {
            plan.share(Shard { index, count }, &costs).iter().map(|b| costs[b.topology as usize]).sum()
        };
        let by_cost: Vec<u64> = (0..8).map(|index| load(index, 8)).collect();
        let (least, most) = (by_cost.iter().min().unwrap(), by_cost.iter().max().unwrap());
        // 20 dear blocks on 8 shards: some have three of them; no deal is better
        assert_eq!(*most, 3000);
        assert!(*least >= 2000 && by_cost.iter().sum::<u64>() == 20 * 1111, "{by_cost:?}");
        // by count, the shards whose number is 3 modulo 4 would have nothing but dear blocks
        let by_count = plan.blocks().iter().skip(3).step_by(8).map(|b| costs[b.topology as usize]).sum::<u64>();
        assert!(by_count >= 10_000, "{by_count}");
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
            assert!(wrong.parse::<Shard>().unwrap_err().to_string().contains("0 ≤ i < n"), "{wrong}");
        }
    }
}
