//! Arrests and replacement in continuous time.
//!
//! Pressure on the exposed brings arrests; an arrest may name superiors, peers and subordinates, who are arrested at once, so that one arrest
//! becomes a chain; the places of the arrested are filled out of a finite pool after a while, and their contacts handed over or
//! lost. Without a top and an heir in time the operator is gone. Events are processed in order of time (Gillespie 1976 for the
//! pressure, which changes with who is there; a queue for what was set in motion).
//!
//! Every kind of chance has a stream of its own ([`Streams`]): treatments that differ in one thing share the luck in all others.

mod engine;
mod hand_over;
mod life;
mod params;
mod policy;
mod seize;
mod state;
mod streams;

pub use life::{Event, Life};
pub use params::{Arrests, ByLevel, Exposure, Heirs, Replacement, Rule, Seizure, Success, YEAR};
pub use policy::{Centrality, Policy};
pub use state::State;
pub use streams::Streams;

#[cfg(test)]
#[path = "arrests/arrests_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "arrests/healing_tests.rs"]
mod healing_tests;
