//! Campaigns: a network in time, struck, repaired and watched.

pub mod figures;
