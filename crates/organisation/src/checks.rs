//! Conditions that several parameters share, with one wording.

use hydranet_topology::Invalid;

/// Refuses what is not a share.
pub(crate) fn share(param: &'static str, x: f64) -> Result<(), Invalid> {
    Invalid::unless((0.0..=1.0).contains(&x), param, || format!("a share from 0 to 1, not {x}"))
}

/// Refuses what is negative, infinite or not a number.
pub(crate) fn not_negative(param: &'static str, x: f64) -> Result<(), Invalid> {
    Invalid::unless(x >= 0.0 && x.is_finite(), param, || format!("0 or more and finite, not {x}"))
}

/// Refuses what is not above 0 and finite.
pub(crate) fn positive(param: &'static str, x: f64) -> Result<(), Invalid> {
    Invalid::unless(x > 0.0 && x.is_finite(), param, || format!("more than 0 and finite, not {x}"))
}
