//! The draws that profiles are made of: normal, log-gamma.
//!
//! Gamma numbers are drawn as logarithms. A concentration of 0.01 is a reasonable sharp profile, and there a gamma number is
//! below the smallest double in most draws: all shares of a Dirichlet draw would be 0/0.

use hydranet_topology::{Draw, Trial, TrialRng, trial_rng};

/// The streams of this crate are keyed apart from those of the networks of the same trial: the same purpose number is another stream
/// here. The value is part of every result.
const APART: u64 = 0x7369_676e_6174_7572;

/// The generator of one purpose of one stream of behaviour.
pub(crate) fn behaviour_rng(seed: u64, trial: Trial, purpose: hydranet_topology::Purpose) -> TrialRng {
    trial_rng(seed ^ APART, trial, purpose)
}

/// The logarithm of a Gamma number of this shape (> 0) and scale 1: Marsaglia & Tsang (2000), with their step
/// G(a) = G(a + 1) U^(1/a) below shape 1, taken in logarithms. O(1) expected.
pub(crate) fn ln_gamma(shape: f64, rng: &mut TrialRng) -> f64 {
    if shape < 1.0 {
        let whole = ln_gamma(shape + 1.0, rng);
        return whole - rng.exponential() / shape;
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = rng.normal();
        let v = 1.0 + c * x;
        if v > 0.0 {
            let ln_v = 3.0 * libm::log(v);
            let u = 1.0 - rng.unit();
            if libm::log(u) < 0.5 * x * x + d - d * v * v * v + d * ln_v {
                return libm::log(d) + ln_v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::Purpose;

    #[test]
    fn gamma_moments_and_log_moments() {
        for shape in [0.05, 0.3, 1.0, 2.5, 40.0] {
            let rng = &mut behaviour_rng(1, Trial::network(0), Purpose::Measure);
            let n = 40_000;
            let draws: Vec<f64> = (0..n).map(|_| libm::exp(ln_gamma(shape, rng))).collect();
            let mean = draws.iter().sum::<f64>() / n as f64;
            // variance of a Gamma number is its shape, of its square's mean: fourth cumulants, 6 shape + 3 shape²
            assert!((mean - shape).abs() < 4.0 * libm::sqrt(shape / n as f64), "shape {shape}: mean {mean}");
            let second = draws.iter().map(|x| (x - shape) * (x - shape)).sum::<f64>() / n as f64;
            let sd = libm::sqrt((6.0 * shape + 2.0 * shape * shape) / n as f64);
            assert!((second - shape).abs() < 4.0 * sd, "shape {shape}: variance {second}");
        }
    }

    #[test]
    fn tiny_shapes_stay_finite() {
        let rng = &mut behaviour_rng(2, Trial::network(0), Purpose::Measure);
        assert!((0..1000).all(|_| ln_gamma(1e-4, rng).is_finite()));
    }
}
