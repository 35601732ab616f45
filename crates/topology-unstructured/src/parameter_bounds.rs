//! Conditions that several models put on their parameters.

use hydranet_topology::Invalid;

/// Refuses a value outside `least..=most`; `what` begins the message.
pub(crate) fn between(param: &'static str, value: u32, least: u32, most: u32, what: &str) -> Result<(), Invalid> {
    Invalid::unless((least..=most).contains(&value), param, || format!("{what} is {least} to {most} here, not {value}"))
}

/// Refuses a share outside (0, 1].
pub(crate) fn share(param: &'static str, value: f64) -> Result<(), Invalid> {
    Invalid::unless(value > 0.0 && value <= 1.0, param, || format!("must be above 0 and at most 1, not {value}"))
}

/// Refuses more nodes than node numbers leave room for.
pub(crate) fn nodes(n: u32, least: u32) -> Result<(), Invalid> {
    between("n", n, least, u32::MAX - 1, "the number of nodes")
}
