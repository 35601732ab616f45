//! Division by a number that stays the same: digits of node numbers, taken apart at every hop.

/// Divides numbers below 2²⁸ by one number, by a multiplication.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Divisor {
    by: u32,
    multiplier: u64,
    shift: u32,
}

impl Divisor {
    /// By a number from 1 to 2²⁸.
    ///
    /// With 2^s ≥ 2²⁸·`by` and m = ⌊2^s/`by`⌋ + 1, m·`by` exceeds 2^s by e ≤ `by`, so that x·m/2^s exceeds x/`by` by
    /// x·e/(`by`·2^s) < 1/`by`: too little to reach the next whole number.
    pub(crate) fn new(by: u32) -> Divisor {
        debug_assert!((1..=1 << 28).contains(&by));
        let shift = 28 + by.next_power_of_two().ilog2();
        Divisor { by, multiplier: (1u64 << shift) / by as u64 + 1, shift }
    }

    /// Quotient and remainder of a number below 2²⁸.
    #[inline(always)]
    pub(crate) fn divide(self, x: u32) -> (u32, u32) {
        let quotient = ((x as u64 * self.multiplier) >> self.shift) as u32;
        (quotient, x - quotient * self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_exact() {
        let most = (1u32 << 28) - 1;
        let by = (1..300).chain((2..=28).flat_map(|bit| [(1 << bit) - 1, 1 << bit, (1 << bit) - (1 << (bit / 2)) + 1]));
        for by in by {
            let divisor = Divisor::new(by);
            // multiples and what stands before them are where a quotient would be off first
            let multiples =
                (0..1000).map(|i| by.saturating_mul(i)).chain((0..1000).map(|i| (most / by).saturating_sub(i) * by));
            for x in multiples.flat_map(|x| [x.saturating_sub(1), x, x.saturating_add(1)]).filter(|x| *x <= most) {
                assert_eq!(divisor.divide(x), (x / by, x % by), "{x} / {by}");
            }
        }
    }
}
