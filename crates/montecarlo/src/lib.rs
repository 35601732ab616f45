//! The engine: from an experiment to its rows, in parallel, bit-identical, resumable, sharded.
//!
//! An [`Experiment`] is what every spec says ([`Header`]) and a [`Study`], which answers what differs from kind to kind. A
//! [`Plan`] cuts its work into blocks; [`runner`] computes the blocks that are not there yet and writes each as it is finished; [`merge`]
//! puts them together; [`engine`] does all of it. [`replicate`] is the same for a closure, in memory.
//!
//! Invariant: this is the only crate that runs trials in parallel. A trial is sequential, does no I/O and reads no clock.
//!
//! Invariant: rows are a pure function of (spec, seed, code). Trial i depends on (seed, i) alone: the first 100 of 200
//! trials are the 100 trials.
//!
//! Invariant: it names no study, no strategy and no topology.

pub mod cost;
pub mod engine;
mod error;
mod experiment;
mod header;
mod inventory;
pub mod merge;
pub mod parts;
pub mod pilot;
mod plan;
mod plan_record;
pub mod precision;
mod replicate;
pub mod runner;
mod size;
mod spec_text;
mod study;

pub use error::{Origin, SpecError};
pub use experiment::Experiment;
pub use header::{Claim, Header, Overrides};
pub use inventory::Inventory;
pub use parts::PartError;
pub use plan::{BadShard, Block, Plan, Shard, Unit};
pub use plan_record::{CODE, PlanRecord};
pub use replicate::replicate;
pub use spec_text::{Spans, SpecText, TopologySpec, axis_json};
pub use study::{Study, StudyKind, UnitError};
