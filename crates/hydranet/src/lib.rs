#![doc = include_str!("../README.md")]

#[doc(inline)]
pub use hydranet_campaign as campaign;
#[doc(inline)]
pub use hydranet_charts as charts;
#[doc(inline)]
pub use hydranet_measures as measures;
#[doc(inline)]
pub use hydranet_montecarlo as montecarlo;
#[doc(inline)]
pub use hydranet_overlay as overlay;
#[doc(inline)]
pub use hydranet_plugin as plugin;
#[doc(inline)]
pub use hydranet_report as report;
#[doc(inline)]
pub use hydranet_results as results;
#[doc(inline)]
pub use hydranet_routing as routing;
#[doc(inline)]
pub use hydranet_studies as studies;
#[doc(inline)]
pub use hydranet_takedown as takedown;
#[doc(inline)]
pub use hydranet_topology as topology;

#[cfg(feature = "program")]
pub use hydranet_cli::{experiment, run};
pub use hydranet_toolkit::Toolkit;

/// The topology crates of the workspace.
pub mod topologies {
    pub use hydranet_topology_command as command;
    pub use hydranet_topology_dht as dht;
    pub use hydranet_topology_file as file;
    pub use hydranet_topology_random as random;
    pub use hydranet_topology_unstructured as unstructured;
}

/// What most programs need: `use hydranet::prelude::*;`
pub mod prelude {
    pub use crate::Toolkit;
    pub use hydranet_campaign::{Action, Aim, Campaign, Engine, Powers, Schedule, Step, Unfit, WorksOn, World};
    pub use hydranet_montecarlo::{
        Experiment, Findings, Header, Study, StudyKind, TopologySpec, Unit, UnitError, replicate,
    };
    pub use hydranet_overlay::{Csr, Overlay, Role, Sources};
    pub use hydranet_plugin::{Built, Invalid, Params, Plugin, Registration};
    pub use hydranet_results::statistics::{Clustered, LEVEL};
    pub use hydranet_takedown::{Curve, Items, Outcome, Ranking, RemovalOrder, Strategy, Task, Unsuitable, percolate};
    pub use hydranet_topology::{Draw, Purpose, Topology, Trial, TrialRng, trial_rng};
}
