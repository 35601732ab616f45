//! Greed in closed form: how much use of the network pays, when use is what gives its operator away; and how long the other
//! side should watch.
//!
//! Intensity u is the share of full use. Revenue flows at u^a a day (a ≤ 1: markets saturate), exposure grows as u^g, and money later
//! is worth less at rate ρ. What is found where: a constant hazard ([`ConstantHazard`]), a budget of evidence without noise
//! and with ([`EvidenceBudget`]), the time to identification ([`Identification`]), and the defender's choice between seizing and watching
//! ([`SeizeOrWatch`]). Derivations are in the functions' docs; no source calibrates a, g and ρ for operators of botnets: sweep
//! them.

mod budget;
mod constant;
mod identification;
mod watch;

pub use budget::EvidenceBudget;
pub use constant::{ConstantHazard, Optimum};
pub use identification::Identification;
pub use watch::SeizeOrWatch;

/// The root of a function that rises through 0 between `lo` and `hi`, by halving, to the last bits.
fn root(mut lo: f64, mut hi: f64, f: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (lo + hi);
        if middle <= lo || middle >= hi {
            break;
        }
        if f(middle) < 0.0 { lo = middle } else { hi = middle }
    }
    0.5 * (lo + hi)
}

#[cfg(test)]
mod tests;
