//! How far a right program may be from its reference, beyond chance, and why.
//!
//! An allowance is *derived*: from rounding, from a bound, from the number of digits in which a value was printed, or from what a
//! fit at two sizes leaves. None is chosen. Chance is no allowance: it is in the interval.

use serde::Serialize;

/// What stands between a right measurement and its reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowance {
    /// Nothing: the expectation of what is measured is the reference; integers are equal.
    None,
    /// Floating-point arithmetic: so many roundings, each of 2⁻⁵³ of the largest number that takes part.
    Floating {
        /// Roundings that add up in the worst case.
        roundings: f64,
        /// The largest magnitude.
        magnitude: f64,
    },
    /// The reference was printed with so many decimals: half a unit of the last one.
    Printed {
        /// Decimals.
        decimals: i32,
    },
    /// A method that stops at, or is accurate to, a stated error (iteration, quadrature, bisection).
    Numerical {
        /// The largest error.
        error: f64,
        /// What it is the error of.
        of: &'static str,
    },
    /// A proved bound on the difference between what is measured and what the reference says.
    Bound {
        /// The largest difference.
        most: f64,
        /// Why it is not larger.
        why: &'static str,
    },
    /// What a fit a + b·N^(−x) at two sizes leaves: the reference is compared with a, and the next term of the expansion is the
    /// square of the first one, b·N^(−x), relative to a.
    FiniteSize {
        /// x.
        exponent: f64,
    },
}

impl Allowance {
    /// `decimals` printed decimals.
    pub(crate) fn printed(decimals: i32) -> Allowance {
        Allowance::Printed { decimals }
    }

    /// So many roundings of numbers up to `magnitude`.
    pub(crate) fn floating(roundings: f64, magnitude: f64) -> Allowance {
        Allowance::Floating { roundings, magnitude }
    }

    /// A proved bound.
    pub(crate) fn bound(most: f64, why: &'static str) -> Allowance {
        Allowance::Bound { most, why }
    }

    /// The error of a method.
    pub(crate) fn numerical(error: f64, of: &'static str) -> Allowance {
        Allowance::Numerical { error, of }
    }

    /// The largest difference, `first_order` being what a fit at two sizes took away from the value.
    pub(crate) fn width(self, reference: f64, first_order: f64) -> f64 {
        match self {
            Allowance::None => 0.0,
            Allowance::Floating { roundings, magnitude } => roundings * magnitude * f64::EPSILON / 2.0,
            Allowance::Printed { decimals } => 0.5 * libm::pow(10.0, -f64::from(decimals)),
            Allowance::Numerical { error, .. } => error,
            Allowance::Bound { most, .. } => most,
            Allowance::FiniteSize { .. } => first_order * first_order / reference.abs(),
        }
    }

    /// Why, in few words.
    pub fn why(self) -> String {
        match self {
            Allowance::None => "none".into(),
            Allowance::Floating { roundings, .. } => format!("{roundings:.0} roundings"),
            Allowance::Printed { decimals } => format!("printed with {decimals} decimals"),
            Allowance::Numerical { of, .. } => of.into(),
            Allowance::Bound { why, .. } => why.into(),
            Allowance::FiniteSize { exponent } => format!("fit of N^−{exponent:.2} at two sizes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_what_their_derivations_say() {
        let width = |allowance: Allowance| allowance.width(2.0, 0.1);
        assert_eq!(width(Allowance::None), 0.0);
        assert_eq!(width(Allowance::printed(2)), 0.005);
        assert_eq!(width(Allowance::floating(2.0, 1.0)), f64::EPSILON);
        assert_eq!(width(Allowance::bound(0.3, "a proof")), 0.3);
        assert!((width(Allowance::FiniteSize { exponent: 1.0 / 3.0 }) - 0.005).abs() < 1e-15);
    }
}
