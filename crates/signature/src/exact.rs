//! Run lengths of a CUSUM by Markov chain: exactly on a lattice, by Brook & Evans elsewhere.
//!
//! On a lattice the statistic is a number of units, and the states 0, 1, …, h − 1 below the threshold are all there are. For normal
//! observations Brook & Evans (1972) cut the interval below the threshold into cells.

use crate::contrast::Contrast;
use crate::markov::Absorbing;
use crate::profile::Profile;
use hydranet_topology::Invalid;
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::BTreeMap;

/// Most states of a chain: a second and 32 MB.
pub const MOST_STATES: usize = 2000;

/// The exact run lengths of one lattice CUSUM under one crew.
#[derive(Debug, Clone)]
pub struct LatticeCusum {
    chain: Absorbing,
}

impl LatticeCusum {
    /// Threshold of `units` steps of the lattice (1 to [`MOST_STATES`]), observations from `crew`.
    ///
    /// # Errors
    /// If the ratios are on no lattice, `units` is out of its range, or the crew has other coordinates or categories.
    pub fn new(contrast: &Contrast, crew: &[Profile], units: usize) -> Result<LatticeCusum, Invalid> {
        Invalid::unless(contrast.is_lattice(), "contrast", || {
            "log-likelihood ratios on a lattice: simulate instead".into()
        })?;
        let range = 1..=MOST_STATES;
        Invalid::unless(range.contains(&units), "units", || {
            format!("from 1 to {MOST_STATES}, not {units}: simulate instead")
        })?;
        let same = crew.len() == contrast.coordinates()
            && crew.iter().enumerate().all(|(m, p)| p.categories() == contrast.categories(m));
        Invalid::unless(same, "crew", || "the coordinates and categories of the contrast".to_string())?;
        let steps = steps(contrast, crew);
        let top = units as f64;
        let mut to = vec![0.0; units * units];
        let mut out = vec![0.0; units];
        for (state, out) in out.iter_mut().enumerate() {
            for &(step, p) in &steps {
                let next = f64::max(0.0, state as f64 + step);
                if next >= top { *out += p } else { to[state * units + next as usize] += p }
            }
        }
        Ok(LatticeCusum { chain: Absorbing::new(units, |i, j| to[i * units + j], |i| out[i]) })
    }

    /// Mean number of observations until the alarm, from 0: the mean time to a false alarm under the crew of before, the worst mean delay
    /// under the one of after.
    pub fn run_length(&self) -> f64 {
        self.chain.mean_steps()[0]
    }

    /// Mean number of observations from the first one after a late change until the alarm, that one counted, given that there was no alarm
    /// before: `self` is the chain after the change, `before` the one until then. `None` if that one does not settle.
    ///
    /// # Panics
    /// If the thresholds differ.
    pub fn steady_state_delay(&self, before: &LatticeCusum) -> Option<f64> {
        let start = before.chain.quasi_stationary(1_000_000)?;
        let delays = self.chain.mean_steps();
        assert_eq!(start.len(), delays.len(), "one threshold before and after");
        Some(start.iter().zip(&delays).map(|(p, d)| p * d).sum())
    }
}

/// The law of the joint step, in units. O(K × steps so far) a coordinate.
fn steps(contrast: &Contrast, crew: &[Profile]) -> Vec<(f64, f64)> {
    // sums of whole numbers are exact; −∞ has a key of its own below all of them
    const NEVER: i64 = i64::MIN;
    let mut law = BTreeMap::from([(0i64, 1.0)]);
    for (m, profile) in crew.iter().enumerate() {
        let mut next = BTreeMap::new();
        for (&sum, &p) in &law {
            for (&units, &share) in contrast.row(m).iter().zip(profile.shares()) {
                if share > 0.0 {
                    let never = sum == NEVER || units == f64::NEG_INFINITY;
                    *next.entry(if never { NEVER } else { sum + units as i64 }).or_insert(0.0) += p * share;
                }
            }
        }
        law = next;
    }
    law.into_iter().map(|(step, p)| (if step == NEVER { f64::NEG_INFINITY } else { step as f64 }, p)).collect()
}

/// Mean run length from 0 of the one-sided CUSUM S = max(0, S + z − k), alarm at S ≥ h, for z normal with mean `shift` and variance 1, by
/// Brook & Evans (1972) with so many `states`: state 0 stands for (−∞, w/2), state i for a cell of width w around i w, with
/// w = 2h/(2 `states` − 1). The error falls with the square of the width. Known answers for the solver: k = 0.5, h = 4 gives 335.4
/// without a shift and 8.38 with a shift of 1.
///
/// # Errors
/// If `h` is not above 0 or `states` not from 2 to [`MOST_STATES`].
pub fn brook_evans(shift: f64, k: f64, h: f64, states: usize) -> Result<f64, Invalid> {
    Invalid::unless(h > 0.0 && h.is_finite(), "h", || format!("a number above 0, not {h}"))?;
    let range = 2..=MOST_STATES;
    Invalid::unless(range.contains(&states), "states", || format!("from 2 to {MOST_STATES}, not {states}"))?;
    let law = Normal::standard();
    let w = 2.0 * h / (2 * states - 1) as f64;
    let below = |i: usize, j: f64| law.cdf((j - i as f64) * w + k - shift);
    let to = |i: usize, j: usize| {
        let low = if j == 0 { 0.0 } else { below(i, j as f64 - 0.5) };
        below(i, j as f64 + 0.5) - low
    };
    Ok(Absorbing::new(states, to, |i| law.sf((states as f64 - 0.5 - i as f64) * w + k - shift)).mean_steps()[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(shares: &[f64]) -> Profile {
        Profile::new(shares.to_vec()).unwrap()
    }

    #[test]
    fn steps_of_several_coordinates_convolve() {
        let (p0, p1) = (profile(&[0.5, 0.25, 0.25]), profile(&[0.25, 0.25, 0.5]));
        let before = [p0.clone(), p0];
        let contrast = Contrast::new(&before, &[p1.clone(), p1]).unwrap();
        let law = steps(&contrast, &before);
        let want = [(-2.0, 0.25), (-1.0, 0.25), (0.0, 0.3125), (1.0, 0.125), (2.0, 0.0625)];
        assert_eq!(law, want);
    }

    #[test]
    fn what_the_later_crew_never_shows_resets() {
        let (p0, p1) = (profile(&[0.5, 0.5]), profile(&[1.0, 0.0]));
        let contrast = Contrast::new(std::slice::from_ref(&p0), &[p1]).unwrap();
        // runs of h heads: 2^(h+1) − 2 tosses
        let run = LatticeCusum::new(&contrast, &[p0], 5).unwrap().run_length();
        assert!((run - 62.0).abs() < 1e-11, "{run}");
    }

    #[test]
    fn off_the_lattice_is_refused() {
        let (p0, p1) = (profile(&[0.5, 0.3, 0.2]), profile(&[0.2, 0.3, 0.5]));
        let lattice = Contrast::new(std::slice::from_ref(&p0), std::slice::from_ref(&p1)).unwrap();
        assert!(lattice.is_lattice(), "−1, 0, 1 in units of ln 2.5");
        let off = Contrast::new(std::slice::from_ref(&p0), &[profile(&[0.25, 0.25, 0.5])]).unwrap();
        assert!(LatticeCusum::new(&off, std::slice::from_ref(&p0), 4).unwrap_err().to_string().contains("simulate"));
        assert!(LatticeCusum::new(&lattice, &[p0], 0).is_err());
        assert!(LatticeCusum::new(&lattice, &[Profile::uniform(2)], 3).is_err());
    }
}
