//! The actions of this crate, one row each. No action looks at this table.

use super::{Action, CleanUp, DisconnectProvider, Partition, Poison, SeizeNames, SeizeServers, Sinkhole, Sybil};
use hydranet_plugin::Registration;

/// The actions of this crate.
pub const ACTIONS: &[Registration<dyn Action>] = &[
    Registration::of::<SeizeServers>(),
    Registration::of::<SeizeNames>(),
    Registration::of::<Sinkhole>(),
    Registration::of::<Poison>(),
    Registration::of::<Sybil>(),
    Registration::of::<DisconnectProvider>(),
    Registration::of::<Partition>(),
    Registration::of::<CleanUp>(),
];
