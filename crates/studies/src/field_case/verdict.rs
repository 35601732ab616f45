//! What a fit is worth: whether its draws foretell a point that was held out better than the prior does, and whether the data
//! say anything of a parameter.
//!
//! Both are measured against the prior, so that a case can fail. A point y with standard deviation σ has, under draws x₁ … x_k, the
//! density (1/k) Σ φ((y − xᵢ)/σ)/σ, the published number being blurred by σ. Its logarithm is the *log score*, a proper score (Good 1952;
//! Gneiting & Raftery 2007); that of the kept draws less that of all draws is the *gain*. The *probability integral transform* (Dawid
//! 1984) is the same with Φ: near 0 or 1, the point was not foretold, however much better than the prior.

/// Draws and a published point: log score, its standard error, and probability integral transform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Logarithm of the density at the published share, in nats.
    pub log: f64,
    /// Its standard error, from the scatter of the draws (delta method). Infinite for a density of 0.
    pub error: f64,
    /// Probability of less than the published share.
    pub pit: f64,
}

/// How draws foretell a share that is known up to `sigma`; `None` without draws.
pub fn score(draws: &[f64], published: f64, sigma: f64) -> Option<Score> {
    let k = draws.len() as f64;
    let z = || draws.iter().map(|x| (published - x) / sigma);
    let density: Vec<f64> =
        z().map(|z| libm::exp(-z * z / 2.0) / (sigma * (2.0 * std::f64::consts::PI).sqrt())).collect();
    let mean = density.iter().sum::<f64>() / k;
    let spread = density.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (k - 1.0).max(1.0);
    let pit = z().map(|z| libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0).sum::<f64>() / k;
    let error = if mean > 0.0 { (spread / k).sqrt() / mean } else { f64::INFINITY };
    (k > 0.0).then(|| Score { log: libm::log(mean), error, pit })
}

/// What is said of a point that was held out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeldOut {
    /// It lies outside the central 95 % of what the kept draws foretell.
    Missed,
    /// The prior foretells it better, by more than the scatter of the draws.
    Worse,
    /// The fit gains nothing beyond the scatter of the draws.
    NoBetter,
    /// It lies inside, and the fit foretells it better than the prior.
    Foretold,
}

impl HeldOut {
    /// As in tables.
    pub fn name(self) -> &'static str {
        match self {
            HeldOut::Missed => "missed",
            HeldOut::Worse => "worse than the prior",
            HeldOut::NoBetter => "no better than the prior",
            HeldOut::Foretold => "foretold",
        }
    }
}

/// The gain of the fit, its standard error, and the answer. The two scores share draws, which makes the true error a little smaller.
pub fn answer(fit: Score, prior: Score) -> (f64, f64, HeldOut) {
    let (gain, error) = (fit.log - prior.log, libm::hypot(fit.error, prior.error));
    let noise = 1.96 * error;
    let answer = if !(0.025..=0.975).contains(&fit.pit) {
        HeldOut::Missed
    } else if gain < -noise {
        HeldOut::Worse
    } else if gain > noise {
        HeldOut::Foretold
    } else {
        HeldOut::NoBetter
    };
    (gain, error, answer)
}

/// How far the kept draws of a parameter are from the rejected ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    /// Greatest distance between the two distribution functions.
    pub ks: f64,
    /// Its probability where the data say nothing: Kolmogorov's limit with Stephens' correction (1970).
    pub p: f64,
    /// Standard deviation of the kept draws' ranks over that of all ranks.
    pub narrowed: f64,
}

/// Compares the kept draws of a parameter, `(value, kept)`, with the rest; `None` unless there are two of each. Ranks do not care
/// whether the prior is uniform or uniform in the logarithm. O(draws · log).
pub fn moved(mut draws: Vec<(f64, bool)>) -> Option<Moved> {
    draws.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all = draws.len() as f64;
    let k = draws.iter().filter(|d| d.1).count() as f64;
    if k < 2.0 || all - k < 2.0 {
        return None;
    }
    let (mut below, mut ks) = ([0.0, 0.0], 0.0f64);
    for (at, (value, kept)) in draws.iter().enumerate() {
        below[usize::from(!kept)] += 1.0;
        // of equal values only the last tells
        if draws.get(at + 1).is_none_or(|next| next.0 > *value) {
            ks = ks.max((below[0] / k - below[1] / (all - k)).abs());
        }
    }
    let root = (k * (all - k) / all).sqrt();
    let lambda = (root + 0.12 + 0.11 / root) * ks;
    let ranks: Vec<f64> = draws.iter().enumerate().filter(|(_, d)| d.1).map(|(rank, _)| rank as f64).collect();
    let mean = ranks.iter().sum::<f64>() / k;
    let sd = (ranks.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / (k - 1.0)).sqrt();
    Some(Moved { ks, p: kolmogorov(lambda), narrowed: sd / (all * all / 12.0).sqrt() })
}

/// P(K > λ) = 2 Σ (−1)^(j−1) exp(−2j²λ²).
fn kolmogorov(lambda: f64) -> f64 {
    // below, the sum converges slowly and is 1 to twelve digits
    if lambda < 0.2 {
        return 1.0;
    }
    let term = |j: i32| {
        let x = libm::exp(-2.0 * f64::from(j * j) * lambda * lambda);
        if j % 2 == 1 { x } else { -x }
    };
    (2.0 * (1..=100).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    fn uniform(n: u32, trial: u32) -> Vec<f64> {
        let rng = &mut trial_rng(3, Trial::network(trial), Purpose::Prior);
        (0..n).map(|_| rng.unit()).collect()
    }

    #[test]
    fn scores_are_those_of_a_normal_law() {
        // one draw: the density of the normal law itself
        let one = score(&[0.4], 0.5, 0.1).unwrap();
        assert!((one.log - (-0.5 - (0.1 * (2.0 * std::f64::consts::PI).sqrt()).ln())).abs() < 1e-12);
        assert!((one.pit - 0.841_344_746).abs() < 1e-8);
        // uniform draws, far from their ends: density 1, half of them below
        let flat = score(&uniform(20_000, 0), 0.5, 0.02).unwrap();
        assert!(flat.log.abs() < 4.0 * flat.error && flat.error < 0.03, "{flat:?}");
        assert!((flat.pit - 0.5).abs() < 4.0 * (0.25f64 / 20_000.0).sqrt());
        assert_eq!(score(&[], 0.5, 0.1), None);
    }

    #[test]
    fn a_fit_passes_fails_or_says_nothing() {
        let prior = uniform(50_000, 1);
        let check = |from: f64, to: f64, published: f64, want: HeldOut| {
            let kept: Vec<f64> = prior.iter().copied().filter(|x| (from..to).contains(x)).collect();
            let sigma = 0.05;
            let got = answer(score(&kept, published, sigma).unwrap(), score(&prior, published, sigma).unwrap());
            assert_eq!(got.2, want, "{from}–{to}, {published}: {got:?}");
        };
        check(0.4, 0.6, 0.5, HeldOut::Foretold);
        check(0.4, 0.6, 0.9, HeldOut::Missed);
        // the prior itself never passes
        check(0.0, 1.0, 0.5, HeldOut::NoBetter);
        // half of the prior that the point does not lie in, but near enough not to be missed
        check(0.45, 1.0, 0.445, HeldOut::Worse);
    }

    #[test]
    fn the_prior_itself_does_not_move() {
        // draws kept by a coin are told from the rest in 5 % of the cases: 400 tries, 20 ± 4 · 4.4
        let tries = (0..400).filter(|&t| {
            let (values, coins) = (uniform(300, 2 * t + 10), uniform(300, 2 * t + 11));
            moved(values.into_iter().zip(coins.into_iter().map(|c| c < 0.2)).collect()).unwrap().p < 0.05
        });
        let tries = tries.count();
        assert!((3..=37).contains(&tries), "{tries}");
        let values = uniform(1_000, 5);
        let told = moved(values.iter().map(|&x| (x, (0.4..0.6).contains(&x))).collect()).unwrap();
        assert!(told.p < 1e-12 && (told.narrowed - 0.2).abs() < 0.02 && (told.ks - 0.5).abs() < 0.04, "{told:?}");
        assert_eq!(moved(vec![(0.1, true); 5]), None);
        // Kolmogorov's law: the 5 % point is 1.358
        assert!((kolmogorov(1.3581) - 0.05).abs() < 1e-4);
    }
}
