//! A profile: with which share a crew shows each category of one coordinate. A crew: one profile a coordinate.

use hydranet_topology::{Draw, Invalid, TrialRng};

/// Shares of the categories of one coordinate; they are not negative and sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile(Vec<f64>);

impl Profile {
    /// These shares.
    ///
    /// # Errors
    /// If there is none, one is negative or not finite, or their sum is more than 10⁻⁹ away from 1.
    pub fn new(shares: Vec<f64>) -> Result<Profile, Invalid> {
        let sum: f64 = shares.iter().sum();
        Invalid::unless((sum - 1.0).abs() <= 1e-9, "profile", || {
            format!("shares sum to 1, not {sum}: divide by the sum")
        })?;
        Profile::of_weights(shares)
    }

    /// Shares in proportion to these weights.
    ///
    /// # Errors
    /// If there is none, one is negative or not finite, or all are 0.
    pub fn of_weights(mut weights: Vec<f64>) -> Result<Profile, Invalid> {
        if let Some(bad) = weights.iter().find(|w| !(w.is_finite() && **w >= 0.0)) {
            return Err(Invalid::new("profile", format!("a share is a number of at least 0, not {bad}")));
        }
        let sum: f64 = weights.iter().sum();
        Invalid::unless(sum > 0.0 && sum.is_finite(), "profile", || {
            "at least one share above 0 is needed".to_string()
        })?;
        weights.iter_mut().for_each(|w| *w /= sum);
        Ok(Profile(weights))
    }

    /// All of `categories` (≥ 1) equally often.
    ///
    /// # Panics
    /// If `categories` is 0.
    pub fn uniform(categories: usize) -> Profile {
        assert!(categories > 0, "a coordinate has at least one category");
        Profile(vec![1.0 / categories as f64; categories])
    }

    /// The shares.
    pub fn shares(&self) -> &[f64] {
        &self.0
    }

    /// The number of categories K.
    pub fn categories(&self) -> usize {
        self.0.len()
    }

    /// One category, by inversion: two profiles drawn with the same number are coupled. O(K).
    pub fn draw(&self, rng: &mut TrialRng) -> u32 {
        let mut rest = rng.unit();
        let mut last = 0;
        for (k, &share) in self.0.iter().enumerate() {
            if share > 0.0 {
                if rest < share {
                    return k as u32;
                }
                rest -= share;
                last = k as u32; // rounding may leave a rest behind the last category that occurs
            }
        }
        last
    }

    /// Σ p ln(p/q), nats: what one observation of this profile is worth against `other`; infinite where `other` never shows a category
    /// that this one does.
    ///
    /// # Panics
    /// If the numbers of categories differ.
    pub fn divergence(&self, other: &Profile) -> f64 {
        assert_eq!(self.categories(), other.categories(), "profiles of one coordinate have the same categories");
        let pairs = self.0.iter().zip(&other.0);
        pairs.filter(|(p, _)| **p > 0.0).map(|(p, q)| p * libm::log(p / q)).sum()
    }
}

/// One profile a coordinate; coordinates are independent of each other.
pub type Crew = Vec<Profile>;

/// One observation of a crew: a category for each coordinate, written to `x`. O(Σ K).
///
/// # Panics
/// If `x` is shorter than the crew has coordinates.
pub fn observe(crew: &[Profile], rng: &mut TrialRng, x: &mut [u32]) {
    for (m, profile) in crew.iter().enumerate() {
        x[m] = profile.draw(rng);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn draws_have_their_shares() {
        let profile = Profile::new(vec![0.0, 0.5, 0.2, 0.0, 0.3, 0.0]).unwrap();
        let rng = &mut trial_rng(1, Trial::network(0), Purpose::Measure);
        let n = 30_000;
        let mut counts = [0u32; 6];
        (0..n).for_each(|_| counts[profile.draw(rng) as usize] += 1);
        for (count, p) in counts.iter().zip(profile.shares()) {
            let sd = (p * (1.0 - p) / n as f64).sqrt();
            assert!((*count as f64 / n as f64 - p).abs() <= 4.0 * sd, "{counts:?}");
        }
    }

    #[test]
    fn refusals_name_the_value() {
        let check = |shares: &[f64], part: &str| {
            let reason = Profile::new(shares.to_vec()).unwrap_err().to_string();
            assert!(reason.contains(part), "{reason}");
        };
        check(&[0.5, 0.6], "1.1");
        check(&[1.5, -0.5], "-0.5");
        check(&[], "sum to 1, not");
        check(&[f64::NAN], "NaN");
        assert!(Profile::of_weights(vec![0.0, 0.0]).is_err());
    }

    #[test]
    fn divergence_of_the_textbook_pair() {
        let p0 = Profile::new(vec![0.5, 0.25, 0.25]).unwrap();
        let p1 = Profile::new(vec![0.25, 0.25, 0.5]).unwrap();
        assert!((p0.divergence(&p1) - 0.25 * std::f64::consts::LN_2).abs() < 1e-15);
        assert_eq!(p0.divergence(&p0), 0.0);
        assert_eq!(Profile::uniform(2).divergence(&Profile::new(vec![1.0, 0.0]).unwrap()), f64::INFINITY);
    }
}
