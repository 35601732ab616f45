//! From a spec to its rows: cells × (networks × orders), in parallel, bit-identical, resumable, sharded.
//!
//! A spec is read from TOML ([`parse`]) by its kind of study ([`studies`]); a [`Plan`] cuts its work into blocks; [`runner`] computes the blocks that are not there
//! yet and writes each as it is finished; [`merge`] puts them together; [`experiment`] does all of it.
//!
//! Invariant: this is the only crate that runs trials in parallel. A trial is sequential, does no I/O and reads no clock.
//!
//! Invariant: rows are a pure function of (spec, seed, code). Trial i depends on (seed, i) alone: the first 100 of 200
//! trials are the 100 trials.

mod broadcast_study;
mod campaign_spec;
mod campaign_study;
mod conditions;
pub mod cost;
mod discovery_study;
mod error;
pub mod experiment;
mod field_case;
mod field_case_spec;
mod finite_size;
mod function;
mod inventory;
mod lookup_spec;
mod lookup_study;
pub mod merge;
pub mod parts;
pub mod pilot;
mod plan;
mod point_study;
pub mod reading;
pub mod runner;
mod spec;
mod strategy_axis;
pub mod studies;
mod study;
pub mod summarize;
mod takedown_study;

pub use broadcast_study::{BroadcastSettings, BroadcastSpec, Flow, Pushes};
pub use campaign_spec::{CampaignSettings, CampaignSpec, Claim};
pub use conditions::ConditionsSpec;
pub use discovery_study::{DiscoverySettings, DiscoverySpec};
pub use error::SpecError;
pub use field_case::{FieldCaseSettings, FieldCases};
pub use finite_size::{FiniteSize, FiniteSizeSettings};
pub use inventory::Inventory;
pub use lookup_spec::{LookupSettings, LookupSpec};
pub use lookup_study::LookupStudy;
pub use parts::PartError;
pub use plan::{Block, Plan, Shard, Unit};
pub use reading::{SpecText, TopologySpec};
pub use spec::{CascadeSpec, Settings, Spec, TreatmentSpec};
pub use strategy_axis::StrategySpec;
pub use studies::{Common, Experiment, Kind, Known, Overrides, parse};
pub use study::Study;
pub use takedown_study::{TakedownStudy, recorded};
