//! The sharp limit: each coordinate is seen to have changed, or not, without doubt. What is left is counting: name another crew if k or
//! more of M coordinates changed.

use crate::attribution::Chances;
use hydranet_topology::Invalid;

/// The best rule "another crew if at least `least` of M coordinates changed", and its errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharpRule {
    /// Least number of changed coordinates; M + 1 where even M do not speak for another crew.
    pub least: u32,
    /// Chance that another crew is taken for the same one.
    pub missed: f64,
    /// Chance that the same crew is taken for another one.
    pub falsely: f64,
}

/// ln LR of another crew against the same one when `changed` of `coordinates` changed, nats. `collision` is the chance that a new profile
/// is the old one by popularity, Σ b_k² ([`Dirichlet::collision`](crate::Dirichlet::collision)): such a change is not seen.
pub fn ln_ratio(chances: &Chances, coordinates: u32, changed: u32, collision: f64) -> f64 {
    let [same, other] = seen(chances, collision);
    let term = |n: u32, a: f64, b: f64| if n == 0 { 0.0 } else { n as f64 * (libm::log(a) - libm::log(b)) };
    term(changed, other, same) + term(coordinates - changed, 1.0 - other, 1.0 - same)
}

/// The rule that names another crew where the ratio is above 1 (equal priors), for M from 1 to 20.
///
/// # Errors
/// If M or `collision` is out of its range, or another crew does not change more than the same crew.
pub fn rule(chances: &Chances, coordinates: u32, collision: f64) -> Result<SharpRule, Invalid> {
    chances.check()?;
    let m = coordinates;
    Invalid::unless((1..=20).contains(&m), "coordinates", || format!("from 1 to 20, not {m}"))?;
    let fine = (0.0..1.0).contains(&collision);
    Invalid::unless(fine, "collision", || format!("a chance from 0 to below 1, not {collision}"))?;
    let [same, other] = seen(chances, collision);
    Invalid::unless(other > same, "rho_crew", || {
        format!("above `rho_tool` after mimicry, or change is no sign of another crew: {other} is not above {same}")
    })?;
    let least = (0..=m).find(|&k| ln_ratio(chances, m, k, collision) > 0.0).unwrap_or(m + 1);
    let missed = (0..least).map(|k| binomial(m, k, other)).sum();
    let falsely = (least..=m).map(|k| binomial(m, k, same)).sum();
    Ok(SharpRule { least, missed, falsely })
}

/// Chances that a coordinate is seen to change: same crew, another crew.
fn seen(chances: &Chances, collision: f64) -> [f64; 2] {
    [chances.rho_tool, chances.another_crew_differs()].map(|p| p * (1.0 - collision))
}

fn binomial(n: u32, k: u32, p: f64) -> f64 {
    let choose: f64 = (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product();
    choose * libm::pow(p, k as f64) * libm::pow(1.0 - p, (n - k) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_k_of_m() {
        for (m, least, missed, falsely) in
            [(4, 3, 0.0523, 0.0272), (5, 3, 0.0086, 0.0579), (6, 4, 0.0158, 0.0170), (8, 5, 0.0050, 0.0104)]
        {
            let rule = rule(&Chances::OPTIMISTIC, m, 0.0).unwrap();
            assert_eq!(rule.least, least, "M = {m}");
            assert!((rule.missed - missed).abs() < 5e-5 && (rule.falsely - falsely).abs() < 5e-5, "{rule:?}");
        }
    }

    #[test]
    fn popularity_and_mimicry_hide() {
        let plain = rule(&Chances::OPTIMISTIC, 6, 0.0).unwrap();
        let popular = rule(&Chances::OPTIMISTIC, 6, 0.4).unwrap();
        let mimics = rule(&Chances { mimicry: 0.4, ..Chances::OPTIMISTIC }, 6, 0.0).unwrap();
        assert!(popular.missed + popular.falsely > plain.missed + plain.falsely);
        assert!(mimics.missed + mimics.falsely > plain.missed + plain.falsely);
        let error = rule(&Chances { mimicry: 0.9, ..Chances::OPTIMISTIC }, 6, 0.0).unwrap_err().to_string();
        assert!(error.contains("no sign of another crew"), "{error}");
    }

    #[test]
    fn certain_crews() {
        let certain = Chances { rho_tool: 0.0, rho_crew: 1.0, mimicry: 0.0 };
        let rule = rule(&certain, 3, 0.0).unwrap();
        assert_eq!((rule.missed, rule.falsely), (0.0, 0.0), "{rule:?}");
    }
}
