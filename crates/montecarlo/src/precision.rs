//! How many networks a run with `precision` needs.

use crate::Header;

/// How many networks a run with `precision` needs, judging by the widest half-interval so far: as many as it has if that is
/// narrow enough; otherwise what the square-root law asks for, at most twice as many at a time and `max_networks` in all.
pub fn networks_for(widest: f64, precision: f64, header: &Header) -> u32 {
    if widest <= precision {
        return header.networks;
    }
    let needed = square_root_law(widest, precision, header.networks);
    needed.clamp(header.networks + 1, header.networks.saturating_mul(2)).min(header.max_networks)
}

/// How many networks it takes for intervals of half the width `precision`, if `networks` give `widest`.
pub fn square_root_law(widest: f64, precision: f64, networks: u32) -> u32 {
    (networks as f64 * (widest / precision).powi(2)).ceil().min(u32::MAX as f64) as u32
}
