//! The security game of one kind of defence (Kiekintveld et al., AAMAS 2009; Korzhyk et al. 2011): the defender covers
//! targets with some resources at random, the attacker sees the chances and takes the target with the greatest hope.

use crate::GameError;
use serde::{Deserialize, Serialize};

/// The defender's coverage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The chance that each target is covered, in [0, 1].
    pub covered: Vec<f64>,
    /// What the attacker gets: max over targets of U (1 − c).
    pub attacker_value: f64,
}

/// The coverage that leaves the attacker least: c_i = max(0, 1 − k/U_i) with Σ c = `resources`, where the attacker gets U_i
/// at an uncovered target and nothing at a covered one. With a resource for each target everything is covered. The
/// resources may be a mean, and so any number ≥ 0. O(n log n).
///
/// # Errors
/// [`GameError::Parameter`]: a value of a target or a number of resources that is negative or not finite, or no target.
///
/// ```
/// let plan = hydranet_game::classic::security_coverage(&[10.0, 6.0, 2.0], 1.0)?;
/// assert_eq!((plan.covered, plan.attacker_value), (vec![0.625, 0.375, 0.0], 3.75));
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn security_coverage(values: &[f64], resources: f64) -> Result<Coverage, GameError> {
    let bad = |v: &f64| !(v.is_finite() && *v >= 0.0);
    if let Some(&value) = values.iter().find(|v| bad(v)) {
        return Err(GameError::Parameter { name: "value of a target", value, allowed: "it is finite and at least 0" });
    }
    if bad(&resources) {
        return Err(GameError::Parameter {
            name: "resources",
            value: resources,
            allowed: "they are finite and at least 0",
        });
    }
    if values.is_empty() {
        return Err(GameError::Parameter { name: "targets", value: 0.0, allowed: "there is at least one target" });
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    // with the n best targets covered: n − k Σ 1/U = resources; the right n is the one whose k lies between its values
    let (mut k, mut inverse) = (0.0, 0.0);
    for (n, value) in sorted.iter().enumerate() {
        if *value <= 0.0 {
            break;
        }
        inverse += 1.0 / value;
        k = ((n + 1) as f64 - resources) / inverse;
        if k >= sorted.get(n + 1).copied().unwrap_or(0.0) {
            break;
        }
    }
    let k = k.clamp(0.0, sorted[0]);
    let covered = values.iter().map(|u| if *u > k { 1.0 - k / u } else { 0.0 }).collect();
    Ok(Coverage { covered, attacker_value: k })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Matrix;
    use proptest::prelude::*;

    #[test]
    fn coverage_of_three_targets() {
        let check = |m: f64, covered: [f64; 3], value: f64| {
            let plan = security_coverage(&[10.0, 6.0, 2.0], m).unwrap();
            assert!((plan.attacker_value - value).abs() < 5.1e-5, "{plan:?}");
            assert!(plan.covered.iter().zip(covered).all(|(a, b)| (a - b).abs() < 5.1e-5), "{plan:?}");
        };
        check(1.0, [0.625, 0.375, 0.0], 3.75);
        check(2.0, [0.8696, 0.7826, 0.3478], 1.3043);
        check(3.0, [1.0; 3], 0.0);
        check(9.0, [1.0; 3], 0.0);
        check(0.0, [0.0; 3], 10.0);
        assert!(security_coverage(&[], 1.0).is_err() && security_coverage(&[-1.0], 1.0).is_err());
        assert!(security_coverage(&[1.0], f64::NAN).is_err());
        assert_eq!(security_coverage(&[0.0, 0.0], 1.0).unwrap().attacker_value, 0.0);
    }

    proptest! {
        /// One resource: the matrix game with rows = covered target, columns = attacked one, by linear programming.
        #[test]
        fn one_resource_is_a_matrix_game(values in prop::collection::vec(0.1f64..10.0, 1..7)) {
            let n = values.len();
            let payoff = Matrix::from_fn(n, n, |i, j| if i == j { 0.0 } else { -values[j] }).unwrap();
            let solution = crate::solve(&payoff).unwrap();
            let plan = security_coverage(&values, 1.0).unwrap();
            prop_assert!((solution.value + plan.attacker_value).abs() < 1e-8);
        }
    }
}
