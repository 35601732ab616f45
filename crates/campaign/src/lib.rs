#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

pub mod action;
mod bits;
mod campaign;
mod churn;
mod command;
mod crawl;
mod dossier;
mod engine;
mod error;
mod evidence;
mod fleet;
mod fleet_run;
mod maintenance;
mod mechanism;
mod mechanisms;
mod operator;
mod path;
mod playbook;
mod schedule;
mod state;
mod tables;
mod time;
mod trajectory;
mod weibull;
mod world;

pub use action::{ACTIONS, Action, Actions, Aim};
pub use campaign::Campaign;
pub use churn::{Churn, Sessions};
pub use command::{Commands, Dissemination};
pub use crawl::Crawling;
pub use engine::Engine;
pub use error::{BadTable, CampaignError, Unfit};
pub use evidence::Evidence;
pub use fleet::{Fleet, Operators};
pub use maintenance::{ListPreset, Maintenance, Mend};
pub use operator::Operator;
pub use path::BadPath;
pub use schedule::{Schedule, Step};
pub use tables::{TableKeys, overlay};
pub use time::Time;
pub use trajectory::{Effect, Sample, Trajectory, Waiting};
pub use weibull::Weibull;
pub use world::{NodeKind, World};
