//! Strategies that were made for dismantling: to leave no large component, with as few removals as possible.

mod bpd;
mod collective_influence;
mod corehd;
mod explosive_immunization;
mod gnd;
mod min_sum;
mod min_sum_messages;

pub use bpd::{Bpd, BpdParams};
pub use collective_influence::{CollectiveInfluence, CollectiveInfluenceParams};
pub use corehd::{CoreHd, CoreHdParams};
pub use explosive_immunization::{ExplosiveImmunization, ExplosiveImmunizationParams};
pub use gnd::{Cost, Gnd, GndParams};
pub use min_sum::{MinSum, MinSumParams};
