//! What every machine does once a period, whatever the clock of the simulation: a machine's turns lie a period apart, each at a
//! time of its own, so that half the cycle leaves the same protocol.

/// Turns that come once a period.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rhythm {
    period: u32,
    cycle: u32,
}

impl Rhythm {
    /// A period of so many minutes (whole seconds, at least one), seen in cycles of so many seconds.
    pub(crate) fn new(minutes: f64, cycle: u32) -> Rhythm {
        Rhythm { period: (minutes * 60.0 + 0.5).clamp(1.0, 4e9) as u32, cycle }
    }

    /// Every machine has one turn in every cycle.
    #[inline]
    pub(crate) fn is_even(self) -> bool {
        self.period == self.cycle
    }

    /// Whether a machine may have more than one turn in a cycle.
    pub(crate) fn is_fast(self) -> bool {
        self.period < self.cycle
    }

    /// How many turns a machine has in the cycle that ends at `now`: seldom, 0 or 1.
    #[inline]
    pub(crate) fn turns(self, v: u32, now: u32) -> u32 {
        if self.is_even() {
            return 1;
        }
        // golden ratio: neighbours in number are far apart in time
        let phase = (u64::from(v.wrapping_mul(0x9e37_79b1)) * u64::from(self.period)) >> 32;
        let before = |t: u32| (u64::from(t) + phase) / u64::from(self.period);
        (before(now) - before(now.saturating_sub(self.cycle))) as u32
    }

    /// The most turns of any machine in any cycle.
    pub(crate) fn most(self) -> u32 {
        self.cycle.div_ceil(self.period)
    }

    /// So many turns in a row, in cycles in which a machine has a turn: rounded up, at least 1.
    pub(crate) fn in_cycles(self, turns: u8) -> u8 {
        let cycles = (u64::from(turns) * u64::from(self.period)).div_ceil(u64::from(self.cycle));
        if self.is_fast() { cycles.max(1) as u8 } else { turns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_lie_a_period_apart_on_any_clock() {
        for period in [15.0, 30.0, 40.0, 256.0 / 60.0] {
            for cycle in [60, 300, 900, 1800, 3600, 7200] {
                let rhythm = Rhythm::new(period, cycle);
                let end = 40 * 86_400;
                for v in [0, 1, 17, 4_000_000_000] {
                    let turns: u32 = (1..=end / cycle).map(|i| rhythm.turns(v, i * cycle)).sum();
                    let want = end as f64 / (period * 60.0).round();
                    assert!((f64::from(turns) - want).abs() <= 1.0, "{period} min, {cycle} s, {v}: {turns} for {want}");
                }
            }
        }
    }

    #[test]
    fn machines_take_turns_evenly() {
        let rhythm = Rhythm::new(60.0, 600);
        let on = |now| (0..6000).filter(|&v| rhythm.turns(v, now) == 1).count();
        for i in 1..=12 {
            assert!((980..=1020).contains(&on(i * 600)), "{}", on(i * 600));
        }
    }

    #[test]
    fn so_many_turns_take_the_same_time() {
        // five misses thirty minutes apart: two and a half hours
        assert_eq!([1800, 3600, 7200, 600].map(|cycle| Rhythm::new(30.0, cycle).in_cycles(5)), [5, 3, 2, 5]);
    }
}
