//! The Weibull law of session and absence lengths, and its equilibrium.
//!
//! P(X > x) = exp(−(x/λ)^k). Below shape k = 1 the hazard falls: who has stayed long stays longer. Means are
//! λ Γ(1 + 1/k). What an observer who looks at a random moment sees is not a fresh session but one drawn by its length
//! (the inspection paradox): if Y = (X/λ)^k is Exp(1) for a fresh session, it is Gamma(1 + 1/k) for the one that is
//! fallen into, and what is left of it is a uniform share.

use hydranet_topology::{Draw, TrialRng};

/// A Weibull law, in any unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    /// Shape k > 0; 1 is the exponential law.
    pub shape: f64,
    /// Scale λ > 0, in the unit of what is drawn.
    pub scale: f64,
}

impl Weibull {
    /// The law with this shape and mean.
    pub fn with_mean(shape: f64, mean: f64) -> Weibull {
        Weibull { shape, scale: mean / libm::tgamma(1.0 + 1.0 / shape) }
    }

    /// λ Γ(1 + 1/k).
    pub fn mean(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 1.0 / self.shape)
    }

    /// E(X²) / (2 E(X)): the mean of what is left at a random moment.
    pub fn mean_residual(&self) -> f64 {
        self.scale * libm::tgamma(1.0 + 2.0 / self.shape) / (2.0 * libm::tgamma(1.0 + 1.0 / self.shape))
    }

    /// A fresh length. O(1).
    pub fn draw(&self, rng: &mut TrialRng) -> f64 {
        self.scale * power(rng.exponential(), 1.0 / self.shape)
    }

    /// What is left of the length that a random moment falls into. O(1) expected.
    pub fn residual(&self, rng: &mut TrialRng) -> f64 {
        let whole = self.scale * power(gamma(1.0 + 1.0 / self.shape, rng), 1.0 / self.shape);
        whole * rng.unit()
    }
}

fn power(x: f64, exponent: f64) -> f64 {
    if exponent == 1.0 { x } else { libm::pow(x, exponent) }
}

/// A Gamma number of shape ≥ 1 and scale 1 (Marsaglia & Tsang 2000). O(1) expected.
fn gamma(shape: f64, rng: &mut TrialRng) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = rng.normal();
        let v = 1.0 + c * x;
        if v > 0.0 {
            let v = v * v * v;
            let u = 1.0 - rng.unit();
            if libm::log(u) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn mean_of(n: u32, mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let x = draw();
            (sum, squares) = (sum + x, squares + x * x);
        }
        let mean = sum / n as f64;
        (mean, ((squares / n as f64 - mean * mean) / n as f64).sqrt())
    }

    #[test]
    fn means_and_residuals() {
        for shape in [0.5, 0.7, 1.0, 2.0] {
            let law = Weibull::with_mean(shape, 3.0);
            let rng = &mut trial_rng(1, Trial::network(0), Purpose::Churn);
            let (mean, error) = mean_of(100_000, || law.draw(rng));
            assert!((mean - 3.0).abs() < 4.0 * error, "shape {shape}: mean {mean} ± {error}");
            let (mean, error) = mean_of(100_000, || law.residual(rng));
            let want = law.mean_residual();
            assert!((mean - want).abs() < 4.0 * error, "shape {shape}: residual {mean} ± {error} for {want}");
        }
        assert_eq!(Weibull::with_mean(1.0, 5.0).mean_residual(), 5.0, "no memory");
    }

    #[test]
    fn the_tail_is_the_law() {
        let law = Weibull { shape: 0.28, scale: 1193.0 };
        let rng = &mut trial_rng(2, Trial::network(0), Purpose::Churn);
        let n = 50_000;
        let longer = (0..n).filter(|_| law.draw(rng) > 1193.0).count() as f64 / n as f64;
        assert!((longer - (-1f64).exp()).abs() < 4.0 * (0.37 * 0.63 / n as f64).sqrt(), "{longer}");
    }
}
