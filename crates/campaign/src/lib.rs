//! Networks in time: churn, maintenance, command, takedown actions, operators who rebuild, evidence and identification.
//!
//! The static curve says how much of a network falls; a [`Campaign`] says how long it stays down, what comes back, and
//! what ends it. An [`Engine`] starts from any overlay, in the equilibrium of its churn, and goes on cycle by cycle; a
//! [`Story`] is what it tells, and [`Story::effect`] sets it beside the twin that was left alone: the same streams, no
//! takedown.
//!
//! ```
//! use hydranet_campaign::{Campaign, Engine};
//! use hydranet_overlay::{Csr, Overlay};
//! use hydranet_topology::Trial;
//!
//! let ring: Vec<[u32; 2]> = (0..100).map(|v| [v, (v + 1) % 100]).collect();
//! let overlay = Overlay::symmetric(Csr::from_edges(100, &ring).0);
//! let campaign = Campaign::default();
//! let story = Engine::new(&campaign, &overlay, 1, Trial::network(0))?.run()?;
//! assert_eq!(story.samples.len(), 240 * 4 + 1);
//! assert_eq!(story.effect(&story).depth, 0.0);
//! # Ok::<(), String>(())
//! ```
//!
//! Invariant: it names no model. Invariant: an empty playbook averts exactly nothing. Invariant: churn draws nothing
//! that depends on what is done to the network.

pub mod action;
mod bits;
mod campaign;
mod checks;
mod churn;
mod command;
mod crawl;
mod engine;
mod evidence;
mod fleet;
mod maintenance;
mod operator;
mod playbook;
mod story;
mod weibull;
mod world;

pub use action::{ACTIONS, Action, Actions, Aim};
pub use campaign::{Campaign, Time};
pub use churn::{Churn, Sessions};
pub use command::{Command, Spread};
pub use crawl::Crawl;
pub use engine::Engine;
pub use evidence::Evidence;
pub use fleet::{Fleet, Operators};
pub use maintenance::{Maintenance, Mend, Preset};
pub use operator::Operator;
pub use playbook::{Schedule, Step};
pub use story::{Effect, Sample, Story, Waiting};
pub use weibull::{Weibull, normal};
pub use world::{Kind, World};
