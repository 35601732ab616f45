//! What an observation says for one crew against another: the log-likelihood ratio, as a table, and the lattice that it lies on.
//!
//! Where all ratios are multiples of one number, sums are counted in that number: they are then whole, additions are exact, and a
//! detector's false-alarm rate can be computed instead of simulated.

use crate::profile::Profile;
use hydranet_topology::Invalid;

/// ln p₁(x)/p₀(x) for every category of every coordinate; coordinates add up.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    table: Vec<f64>, // in units
    start: Vec<usize>,
    unit: f64,
    lattice: bool,
}

impl Contrast {
    /// Of a crew `after` against the crew `before`. O(Σ K).
    ///
    /// # Errors
    /// If the crews do not have the same coordinates and categories, or one category never occurs before and does after: its ratio is
    /// infinite, a baseline is smoothed instead ([`Dirichlet::mean`](crate::Dirichlet::mean)).
    pub fn new(before: &[Profile], after: &[Profile]) -> Result<Contrast, Invalid> {
        let (m0, m1) = (before.len(), after.len());
        Invalid::unless(m0 == m1 && m0 > 0, "after", || format!("as many coordinates as before, {m0}, not {m1}"))?;
        let (mut table, mut start) = (Vec::new(), vec![0]);
        for (m, (p0, p1)) in before.iter().zip(after).enumerate() {
            let (k0, k1) = (p0.categories(), p1.categories());
            Invalid::unless(k0 == k1, "after", || {
                format!("as many categories as before in coordinate {m}, {k0}, not {k1}")
            })?;
            for (k, (&p, &q)) in p0.shares().iter().zip(p1.shares()).enumerate() {
                Invalid::unless(p > 0.0 || q == 0.0, "before", || {
                    format!(
                        "category {k} of coordinate {m} has share 0 before and {q} after: add a little to every share of the baseline"
                    )
                })?;
                table.push(if q == p { 0.0 } else { libm::log(q / p) });
            }
            start.push(table.len());
        }
        let unit = lattice_unit(&table);
        if let Some(unit) = unit {
            table.iter_mut().for_each(|l| *l = libm::round(*l / unit));
        }
        Ok(Contrast { table, start, unit: unit.unwrap_or(1.0), lattice: unit.is_some() })
    }

    /// The number of coordinates M.
    pub fn coordinates(&self) -> usize {
        self.start.len() - 1
    }

    /// The number of categories of coordinate `m`.
    pub fn categories(&self, m: usize) -> usize {
        self.start[m + 1] - self.start[m]
    }

    /// The log-likelihood ratio of one observation, nats; −∞ for what the later crew never shows. O(M).
    ///
    /// # Panics
    /// If `x` has not one code a coordinate, each below its K.
    #[inline]
    pub fn log_ratio(&self, x: &[u32]) -> f64 {
        self.units(x) * self.unit
    }

    /// The same in units.
    #[inline]
    pub(crate) fn units(&self, x: &[u32]) -> f64 {
        debug_assert_eq!(x.len(), self.coordinates());
        let mut sum = 0.0;
        for (&k, ends) in x.iter().zip(self.start.windows(2)) {
            sum += self.table[ends[0]..ends[1]][k as usize];
        }
        sum
    }

    /// Nats a unit; 1 where the ratios are on no lattice.
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// Whether all ratios are multiples of [`Contrast::unit`].
    pub fn is_lattice(&self) -> bool {
        self.lattice
    }

    /// The ratios of coordinate `m`, in units.
    pub(crate) fn row(&self, m: usize) -> &[f64] {
        &self.table[self.start[m]..self.start[m + 1]]
    }
}

/// The largest unit of which all finite values are multiples, to within 10⁻⁹ of it, if there is one of at least a 64th of the smallest
/// value that is not 0. Values that are all 0 are multiples of 1.
fn lattice_unit(values: &[f64]) -> Option<f64> {
    let finite = || values.iter().filter(|v| v.is_finite());
    let least = finite().map(|v| v.abs()).filter(|v| *v > 1e-12).fold(f64::INFINITY, f64::min);
    if least == f64::INFINITY {
        return Some(1.0);
    }
    (1..=64).map(|parts| least / parts as f64).find(|unit| {
        finite().all(|v| {
            let steps = v / unit;
            (steps - libm::round(steps)).abs() < 1e-9 && steps.abs() < 1e6
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::LN_2;

    fn profile(shares: &[f64]) -> Profile {
        Profile::new(shares.to_vec()).unwrap()
    }

    #[test]
    fn the_textbook_pair_is_a_lattice_of_ln_2() {
        let (p0, p1) = (profile(&[0.5, 0.25, 0.25]), profile(&[0.25, 0.25, 0.5]));
        let contrast = Contrast::new(&[p0], &[p1]).unwrap();
        assert!(contrast.is_lattice());
        assert_eq!(contrast.unit(), LN_2);
        assert_eq!(contrast.row(0), [-1.0, 0.0, 1.0]);
        assert_eq!(contrast.log_ratio(&[2]), LN_2);
    }

    #[test]
    fn units_are_found_below_the_smallest_value() {
        let check = |values: &[f64], want: Option<f64>| match (lattice_unit(values), want) {
            (Some(got), Some(want)) => assert!((got - want).abs() < 1e-12, "{got} for {want}"),
            (got, want) => assert_eq!(got, want),
        };
        check(&[2.0, -3.0], Some(1.0));
        check(&[2.0, 3.0, f64::NEG_INFINITY], Some(1.0));
        check(&[0.6, -0.45, 0.0], Some(0.15));
        check(&[1.0, std::f64::consts::SQRT_2], None);
        check(&[0.0, 0.0], Some(1.0));
    }

    #[test]
    fn impossible_categories_are_refused_with_the_remedy() {
        let certain = profile(&[1.0, 0.0]);
        let error = Contrast::new(std::slice::from_ref(&certain), &[Profile::uniform(2)]).unwrap_err().to_string();
        assert!(error.contains("category 1 of coordinate 0") && error.contains("add a little"), "{error}");
        let contrast = Contrast::new(&[Profile::uniform(2)], &[certain]).unwrap();
        assert_eq!(contrast.log_ratio(&[1]), f64::NEG_INFINITY);
        assert!(Contrast::new(&[Profile::uniform(2)], &[]).is_err());
        assert!(Contrast::new(&[Profile::uniform(2)], &[Profile::uniform(3)]).is_err());
    }
}
