#![doc = include_str!("../README.md")]

mod cell_key;
pub mod cells;
mod chunks;
mod claim;
pub mod cost;
pub mod engine;
mod error;
mod experiment;
mod group;
mod header;
mod in_memory;
mod inventory;
pub mod merge;
pub mod parts;
mod pieces;
pub mod pilot;
mod plan;
mod plan_record;
pub mod precision;
mod replicate;
pub mod runner;
mod size;
mod spec_text;
mod streamed;
mod study;
mod sweep;

pub use cell_key::CellKey;
pub use claim::{Claim, Expects, Versus, claim_rows};
pub use error::{Origin, SpecError};
pub use experiment::Experiment;

pub use header::{Header, Overrides};
pub use in_memory::Findings;
pub use inventory::Inventory;
pub use parts::PartError;
pub use pieces::Piece;
pub use plan::{BadShard, Block, Plan, Shard, Unit};
pub use plan_record::{CODE, PlanRecord};
pub use replicate::replicate;
pub use spec_text::{Spans, SpecText, TopologySpec, axis_json};
pub use study::{Study, StudyKind, UnitError};
pub use sweep::{AXES, CellTable, Grammar, Ranges, TableTakes};
