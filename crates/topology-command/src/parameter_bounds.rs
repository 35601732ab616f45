//! Conditions that several models put on their parameters, with one wording.

use hydranet_topology::Invalid;

/// Serde default: one.
pub(crate) fn one() -> u32 {
    1
}

/// Refuses 0.
pub(crate) fn at_least_one(param: &'static str, value: u32) -> Result<(), Invalid> {
    Invalid::unless(value >= 1, param, || "must be at least 1, not 0".into())
}

/// Refuses a list length of 0, or one that is longer than there are nodes to put on it.
pub(crate) fn list_length(param: &'static str, value: u32, available: u32, what: &str) -> Result<(), Invalid> {
    at_least_one(param, value)?;
    Invalid::unless(value <= available, param, || format!("{value} of {available} {what}: at most {available}"))
}

/// Refuses a network whose nodes 32-bit numbers cannot tell apart.
pub(crate) fn countable(param: &'static str, nodes: u128) -> Result<(), Invalid> {
    let most = u32::MAX as u128 - 1;
    Invalid::unless(nodes <= most, param, || format!("makes up to {nodes} nodes in all: at most {most}"))
}
