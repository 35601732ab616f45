//! Conditions that several models put on their parameters, and draws that several make.

use hydranet_topology::{Draw, Invalid, TrialRng};

/// Number of different pairs among `n` nodes: the most edges that a simple network can have.
pub(crate) fn pairs(n: u32) -> u64 {
    n as u64 * (n as u64).saturating_sub(1) / 2
}

/// Refuses a probability outside [0, 1].
pub(crate) fn probability(param: &'static str, p: f64) -> Result<(), Invalid> {
    Invalid::unless((0.0..=1.0).contains(&p), param, || format!("a probability is between 0 and 1, not {p}"))
}

/// Refuses fewer nodes than the model needs.
pub(crate) fn at_least(param: &'static str, value: u32, least: u32, what: &str) -> Result<(), Invalid> {
    Invalid::unless(value >= least, param, || format!("{what} has at least {least}, not {value}"))
}

/// Refuses a mean degree that is not a number between 0 and `most`.
pub(crate) fn mean_degree(c: f64, most: f64) -> Result<(), Invalid> {
    Invalid::unless((0.0..=most).contains(&c), "mean_degree", || {
        format!("the mean degree is between 0 and {most} here, not {c}")
    })
}

/// Of two parameters that say the same thing, the one that was given.
pub(crate) enum Either<A, B> {
    First(A),
    Second(B),
}

/// Refuses both and neither of two parameters that say the same thing.
pub(crate) fn exactly_one<A, B>(
    (first, a): (&'static str, Option<A>),
    (second, b): (&'static str, Option<B>),
) -> Result<Either<A, B>, Invalid> {
    match (a, b) {
        (Some(a), None) => Ok(Either::First(a)),
        (None, Some(b)) => Ok(Either::Second(b)),
        (Some(_), Some(_)) => Err(Invalid::new(second, format!("give either `{first}` or `{second}`, not both"))),
        (None, None) => Err(Invalid::new("", format!("give one of `{first}` and `{second}`"))),
    }
}

/// A uniform index into a list of `len`.
#[inline]
pub(crate) fn index(rng: &mut TrialRng, len: usize) -> usize {
    match u32::try_from(len) {
        Ok(len) => rng.below(len) as usize,
        Err(_) => rng.below_u64(len as u64) as usize,
    }
}
