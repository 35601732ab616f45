//! The same crew with new tools, or another crew?
//!
//! In each coordinate the Bayes factor BF_m compares "the new observations have a profile of their own" with "they continue the old
//! ones" ([`Dirichlet::ln_bayes_factor`]). A crew swaps a tool with chance r_t; another crew differs with chance r_c; so
//!
//! LR(another crew : same crew) = Π (r_c BF_m + 1 − r_c)/(r_t BF_m + 1 − r_t).
//!
//! *Popularity* is in BF: a new profile that is what everybody uses has a high evidence under the market's prior, and two crews that use the
//! market's common tool do not differ. *Mimicry* is the share of coordinates in which another crew copies the old one on purpose; it makes
//! r_c (1 − mimicry) out of r_c. Three answers have a likelihood, relative to "nothing changed": none 1; tools, at least one swap,
//! (Π(r_t BF_m + 1 − r_t) − Π(1 − r_t))/(1 − Π(1 − r_t)); crew Π(r_c BF_m + 1 − r_c).

use crate::detector::mixed;
use crate::dirichlet::Dirichlet;
use hydranet_topology::Invalid;
use serde::{Deserialize, Serialize};

/// What a change is, or is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The same crew with the same tools.
    None,
    /// The same crew with new tools.
    Tools,
    /// Another crew.
    Crew,
}

impl Kind {
    /// All, in the order of every table.
    pub const ALL: [Kind; 3] = [Kind::None, Kind::Tools, Kind::Crew];
}

/// Chances that a coordinate changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Chances {
    /// That a crew which takes new tools does so in a given coordinate, r_t, from 0 to below 1.
    pub rho_tool: f64,
    /// That another crew has a profile of its own in a given coordinate, r_c, from 0 to 1.
    pub rho_crew: f64,
    /// Share of coordinates in which another crew copies the old one on purpose (false flag), from 0 to 1.
    pub mimicry: f64,
}

impl Default for Chances {
    fn default() -> Chances {
        Chances::OPTIMISTIC
    }
}

impl Chances {
    /// r_t = 0.2, r_c = 0.9. Source: modelling choice.
    pub const OPTIMISTIC: Chances = Chances { rho_tool: 0.2, rho_crew: 0.9, mimicry: 0.0 };
    /// r_t = 0.25, r_c = 0.43: how often all techniques of a tactic differ between campaigns of one group and of two (ATT&CK 18.1, 8 same and 223
    /// other pairs). Reported techniques are coarse evidence, and hardly tell crews apart.
    pub const COARSE: Chances = Chances { rho_tool: 0.25, rho_crew: 0.43, mimicry: 0.0 };

    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let rt = self.rho_tool;
        Invalid::unless((0.0..1.0).contains(&rt), "rho_tool", || format!("a chance from 0 to below 1, not {rt}"))?;
        let rc = self.rho_crew;
        Invalid::unless((0.0..=1.0).contains(&rc), "rho_crew", || format!("a chance from 0 to 1, not {rc}"))?;
        let copied = self.mimicry;
        Invalid::unless((0.0..=1.0).contains(&copied), "mimicry", || format!("a share from 0 to 1, not {copied}"))
    }

    /// r_c (1 − mimicry).
    pub fn another_crew_differs(&self) -> f64 {
        self.rho_crew * (1.0 - self.mimicry)
    }

    /// ln LR of another crew against the same crew, nats, from ln BF of each coordinate. O(M).
    pub fn ln_ratio(&self, ln_bayes_factors: &[f64]) -> f64 {
        self.ln_product(self.another_crew_differs(), ln_bayes_factors)
            - self.ln_product(self.rho_tool, ln_bayes_factors)
    }

    fn ln_product(&self, chance: f64, ln_bayes_factors: &[f64]) -> f64 {
        ln_bayes_factors.iter().map(|&b| mixed(b, chance)).sum()
    }

    /// ln likelihood of each answer relative to "nothing changed", in the order of [`Kind::ALL`]. O(M).
    pub fn ln_likelihoods(&self, ln_bayes_factors: &[f64]) -> [f64; 3] {
        let unswapped = ln_bayes_factors.len() as f64 * libm::log1p(-self.rho_tool);
        let any = self.ln_product(self.rho_tool, ln_bayes_factors);
        // Π(1 + r_t (BF − 1)) − Π(1 − r_t), as the larger times 1 − their quotient
        let swapped = if self.rho_tool == 0.0 {
            f64::NEG_INFINITY
        } else {
            let excess: f64 =
                ln_bayes_factors.iter().map(|&b| ln_one_plus(b, self.rho_tool / (1.0 - self.rho_tool))).sum();
            any + ln_one_minus_exp(-excess) - ln_one_minus_exp(unswapped)
        };
        [0.0, swapped, self.ln_product(self.another_crew_differs(), ln_bayes_factors)]
    }

    /// The posterior of the answers, from ln BF of each coordinate and the prior chances of none, tools and crew (not negative; they are divided by
    /// their sum). O(M).
    ///
    /// # Errors
    /// If a prior chance is negative or not finite, or all are 0.
    pub fn posterior(&self, ln_bayes_factors: &[f64], prior: [f64; 3]) -> Result<Posterior, Invalid> {
        let fine = prior.iter().all(|p| p.is_finite() && *p >= 0.0) && prior.iter().sum::<f64>() > 0.0;
        Invalid::unless(fine, "prior", || format!("three chances of at least 0, not all 0, not {prior:?}"))?;
        let ln = self.ln_likelihoods(ln_bayes_factors);
        let weighed = [0, 1, 2].map(|i| if prior[i] > 0.0 { ln[i] + libm::log(prior[i]) } else { f64::NEG_INFINITY });
        let top = weighed.into_iter().fold(f64::NEG_INFINITY, f64::max);
        if top == f64::NEG_INFINITY {
            return Err(Invalid::new("prior", "only tools can be the answer, and `rho_tool` is 0: a chance above 0"));
        }
        let shares = weighed.map(|w| libm::exp(w - top));
        let sum: f64 = shares.iter().sum();
        Ok(Posterior { chances: shares.map(|s| s / sum), ln_ratio: self.ln_ratio(ln_bayes_factors) })
    }
}

/// ln(1 + odds e^b), without overflow.
fn ln_one_plus(b: f64, odds: f64) -> f64 {
    if b > 0.0 { b + libm::log(libm::exp(-b) + odds) } else { libm::log1p(odds * libm::exp(b)) }
}

/// ln(1 − e^−x) for −x ≤ 0.
fn ln_one_minus_exp(minus_x: f64) -> f64 {
    libm::log(-libm::expm1(minus_x))
}

/// What is believed of a change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    /// Chance of each answer, in the order of [`Kind::ALL`]; they sum to 1.
    pub chances: [f64; 3],
    /// ln LR of another crew against the same crew, without the prior, nats.
    pub ln_ratio: f64,
}

impl Posterior {
    /// The most probable answer; the milder of equals.
    pub fn decision(&self) -> Kind {
        let [none, tools, crew] = self.chances;
        if crew > none && crew > tools {
            Kind::Crew
        } else if tools > none {
            Kind::Tools
        } else {
            Kind::None
        }
    }
}

/// ln BF of each coordinate from the counts of both sides. O(Σ K).
///
/// # Panics
/// If the numbers of coordinates or categories differ.
pub fn ln_bayes_factors(priors: &[Dirichlet], old: &[Vec<u64>], new: &[Vec<u64>]) -> Vec<f64> {
    assert!(priors.len() == old.len() && old.len() == new.len(), "one list of counts a coordinate");
    priors.iter().zip(old.iter().zip(new)).map(|(prior, (old, new))| prior.ln_bayes_factor(old, new)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_evidence_hardly_tells() {
        let sharp = |c: Chances| (libm::exp(c.ln_ratio(&[f64::from(60)])), libm::exp(c.ln_ratio(&[-60.0])));
        let (changed, unchanged) = sharp(Chances::COARSE);
        assert!((changed - 1.72).abs() < 1e-9 && (unchanged - 0.76).abs() < 1e-9);
        // four coordinates at BF = 20 each
        let strong = [libm::log(20.0); 4];
        assert!((libm::exp(Chances::COARSE.ln_ratio(&strong)) - 6.47).abs() < 0.005);
        assert!((libm::exp(Chances::OPTIMISTIC.ln_ratio(&strong)) - 202.2).abs() < 0.05);
    }

    #[test]
    fn likelihoods_are_the_sum_over_all_subsets() {
        // independent oracle: every set of coordinates that may have changed
        for chances in [Chances::OPTIMISTIC, Chances { mimicry: 0.3, ..Chances::COARSE }] {
            let b = [0.7f64, -2.0, 3.0];
            let sum = |p: f64, empty: bool| -> f64 {
                let one = |set: u32, m: usize| if set >> m & 1 == 1 { p * b[m].exp() } else { 1.0 - p };
                (u32::from(!empty)..8).map(|set| (0..3).map(|m| one(set, m)).product::<f64>()).sum()
            };
            let rt = chances.rho_tool;
            let want = [1.0, sum(rt, false) / (1.0 - (1.0 - rt).powi(3)), sum(chances.another_crew_differs(), true)];
            let got = chances.ln_likelihoods(&b).map(f64::exp);
            for (got, want) in got.iter().zip(want) {
                assert!((got / want - 1.0).abs() < 1e-12, "{got} for {want}");
            }
            let ratio = chances.ln_ratio(&b).exp();
            assert!((ratio - sum(chances.another_crew_differs(), true) / sum(rt, true)).abs() < 1e-12 * ratio);
        }
    }

    #[test]
    fn extremes_stay_finite() {
        for b in [-700.0, 700.0, 5000.0] {
            let posterior = Chances::OPTIMISTIC.posterior(&[b; 20], [1.0; 3]).unwrap();
            assert!((posterior.chances.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{posterior:?}");
            assert_eq!(posterior.decision(), if b > 0.0 { Kind::Crew } else { Kind::None });
        }
        assert!(Chances::OPTIMISTIC.posterior(&[0.0], [0.0; 3]).is_err());
        let never = Chances { rho_tool: 0.0, ..Chances::OPTIMISTIC };
        assert_eq!(never.posterior(&[5.0], [1.0; 3]).unwrap().chances[1], 0.0);
        assert!(never.posterior(&[5.0], [0.0, 1.0, 0.0]).is_err());
    }

    #[test]
    fn no_data_leaves_the_prior() {
        let posterior = Chances::COARSE.posterior(&[0.0; 4], [0.7, 0.2, 0.1]).unwrap();
        for (got, want) in posterior.chances.iter().zip([0.7, 0.2, 0.1]) {
            assert!((got - want).abs() < 1e-12);
        }
    }

    #[test]
    fn full_mimicry_tells_nothing() {
        let chances = Chances { mimicry: 1.0, ..Chances::OPTIMISTIC };
        assert_eq!(chances.ln_likelihoods(&[3.0, -1.0])[2], 0.0);
    }
}
