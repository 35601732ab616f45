//! Axes: what the user asks for ([`Axis`]) and the ruler that turns values into places on paper.
//!
//! Zero on a log axis. A count of removals starts at 0 and a reach ends at 0, and neither has a logarithm. With
//! [`Zero::Slot`] the axis gets a place of its own for 0, before the first decade and set off by a break in the axis line, so
//! that nothing is hidden and nothing is made up. With [`Zero::Edge`] zeros lie on the near edge of the axis.
//! Negative values on a log axis are left out.

use crate::{
    error::ChartError,
    scale::Scale,
    ticks::{self, Step, Ticks, exponent, power},
};

/// Ends of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Range {
    /// From the data, widened to round numbers; a linear axis of positive data starts at 0 where that costs little room.
    #[default]
    Data,
    /// From `lo` to `hi` exactly, in the unit of the axis; what lies outside is cut off.
    Fixed {
        /// Lower end; positive on a log axis.
        lo: f64,
        /// Upper end, above `lo`.
        hi: f64,
    },
}

/// Where a log axis shows the value 0. See the module's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zero {
    /// At a place of its own, if there are zeros in the data.
    #[default]
    Slot,
    /// On the near edge of the axis.
    Edge,
}

/// One axis of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What is shown, with its unit; may hold markup, such as `fraction of peers removed, *f*`.
    pub label: String,
    /// Linear or log.
    pub scale: Scale,
    /// Where the axis begins and ends.
    pub range: Range,
    /// Where a log axis shows 0.
    pub zero: Zero,
}

impl Axis {
    /// A linear axis that fits the data.
    #[must_use]
    pub fn linear(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A log axis that fits the data.
    #[must_use]
    pub fn log(label: impl Into<String>) -> Self {
        Self { label: label.into(), scale: Scale::Log, ..Self::default() }
    }

    /// The same axis with fixed ends.
    #[must_use]
    pub fn within(self, lo: f64, hi: f64) -> Self {
        Self { range: Range::Fixed { lo, hi }, ..self }
    }

    /// Ends for these values. Never fails on data, only on a fixed range that is not one.
    pub(crate) fn extent(&self, values: impl Iterator<Item = f64>) -> Result<Extent, ChartError> {
        let finite: Vec<f64> = values.filter(|v| v.is_finite()).collect();
        let slot = self.scale == Scale::Log && self.zero == Zero::Slot && finite.contains(&0.0);
        let (lo, hi) = match (self.range, self.scale) {
            (Range::Fixed { lo, hi }, scale) => {
                let wrong = |allowed| ChartError::Range { axis: self.label.clone(), lo, hi, allowed };
                if !(hi - lo).is_finite() || lo >= hi {
                    return Err(wrong("the lower end must be below the upper, both finite"));
                }
                if scale == Scale::Log && lo <= 0.0 {
                    return Err(wrong("a log axis needs a positive lower end"));
                }
                (lo, hi)
            }
            (Range::Data, Scale::Linear) => linear_ends(&finite),
            (Range::Data, Scale::Log) => log_ends(&finite),
        };
        Ok(Extent { scale: self.scale, lo, hi, slot })
    }
}

fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |ends, v| ends.map_or(Some((v, v)), |(lo, hi): (f64, f64)| Some((lo.min(v), hi.max(v)))))
}

fn linear_ends(values: &[f64]) -> (f64, f64) {
    // beyond 1e280 differences overflow: such values are cut off
    let Some((mut lo, mut hi)) = ends(values.iter().copied().filter(|v| v.abs() < 1e280)) else { return (0.0, 1.0) };
    if lo > 0.0 && (lo < 0.6 * hi || lo == hi) {
        lo = 0.0;
    }
    if hi < 0.0 && (hi > 0.6 * lo || lo == hi) {
        hi = 0.0;
    }
    if lo == hi {
        return if lo == 0.0 { (0.0, 1.0) } else { (lo.min(0.0), hi.max(0.0)) };
    }
    let step = Step::new(hi - lo, 5);
    let (lo_round, hi_round) = (step.times(step.around(lo).0), step.times(step.around(hi).1));
    if lo_round < hi_round { (lo_round.min(lo), hi_round.max(hi)) } else { (lo, hi) }
}

fn log_ends(values: &[f64]) -> (f64, f64) {
    let Some((lo, hi)) = ends(values.iter().copied().filter(|v| *v > 1e-280 && *v < 1e280)) else { return (0.1, 1.0) };
    let (e, f) = (exponent(lo), exponent(hi));
    let below = [5.0, 2.0, 1.0].into_iter().map(|m| m * power(e)).find(|v| *v <= lo * (1.0 + 1e-9)).unwrap_or(power(e));
    let above = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power(f)).find(|v| *v >= hi * (1.0 - 1e-9));
    let above = above.unwrap_or(power(f + 1));
    if below < above { (below, above) } else { (power(e), power(e + 1)) }
}

/// What an axis spans, before it has a place on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    pub(crate) scale: Scale,
    pub(crate) lo: f64,
    pub(crate) hi: f64,
    /// 0 has a place of its own.
    pub(crate) slot: bool,
}

/// Length of the place for 0 on a log axis, in points.
const SLOT: f64 = 18.0;

impl Extent {
    /// Lays the axis from `start` to `end`, in points; `end` may be the smaller (an upright axis).
    pub(crate) fn ruler(self, start: f64, end: f64) -> Ruler {
        let room = if self.slot { SLOT.min((end - start).abs() / 4.0) * (end - start).signum() } else { 0.0 };
        Ruler { extent: self, zero: start, start: start + room, end }
    }

    /// Marks, at most `count` parts between labels.
    pub(crate) fn ticks(self, count: usize) -> Ticks {
        ticks::of(self.scale, self.lo, self.hi, count)
    }
}

/// An axis on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ruler {
    pub(crate) extent: Extent,
    /// Place of 0 on a log axis.
    pub(crate) zero: f64,
    pub(crate) start: f64,
    pub(crate) end: f64,
}

impl Ruler {
    /// Place of a value, which may lie beyond the ends; `None` if it has none.
    pub(crate) fn at(&self, value: f64) -> Option<f64> {
        let Extent { scale, lo, hi, .. } = self.extent;
        if !value.is_finite() {
            return None;
        }
        let share = match scale {
            Scale::Linear => (value - lo) / (hi - lo),
            Scale::Log if value > 0.0 => libm::log10(value / lo) / libm::log10(hi / lo),
            Scale::Log if value == 0.0 => return Some(self.zero),
            Scale::Log => return None,
        };
        // far outside is as good as very far outside, and keeps the arithmetic of clipping sane
        let share = if share.is_finite() { share.clamp(-1e4, 1e4) } else { return None };
        Some(self.start + share * (self.end - self.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_of(axis: Axis, values: &[f64]) -> (f64, f64, bool) {
        let extent = axis.extent(values.iter().copied()).unwrap();
        (extent.lo, extent.hi, extent.slot)
    }

    #[test]
    fn linear_extents() {
        let check = |values: &[f64], lo: f64, hi: f64| {
            assert_eq!(ends_of(Axis::linear("x"), values), (lo, hi, false), "{values:?}");
        };
        check(&[0.0, 1.0], 0.0, 1.0);
        check(&[0.02, 0.73], 0.0, 0.8);
        check(&[0.97, 0.999], 0.97, 1.0);
        check(&[-1.0, 1.0], -1.0, 1.0);
        check(&[5.0, 5.0], 0.0, 5.0);
        check(&[-5.0], -5.0, 0.0);
        check(&[0.0], 0.0, 1.0);
        check(&[], 0.0, 1.0);
        check(&[f64::NAN, f64::INFINITY, 1.0, 0.0], 0.0, 1.0);
        check(&[1e300], 0.0, 1.0);
    }

    #[test]
    fn log_extents() {
        let check = |values: &[f64], expected: (f64, f64, bool)| {
            assert_eq!(ends_of(Axis::log("x"), values), expected, "{values:?}");
        };
        check(&[1.0, 1000.0], (1.0, 1000.0, false));
        check(&[0.0, 1.0, 900.0], (1.0, 1000.0, true));
        check(&[0.003, 0.3], (0.002, 0.5, false));
        check(&[7.0], (5.0, 10.0, false));
        check(&[10.0], (10.0, 100.0, false));
        check(&[0.0], (0.1, 1.0, true));
        check(&[-1.0], (0.1, 1.0, false));
        check(&[], (0.1, 1.0, false));
    }

    #[test]
    fn fixed_ranges() {
        assert_eq!(ends_of(Axis::linear("x").within(0.0, 0.5), &[9.0]), (0.0, 0.5, false));
        for (axis, lo, hi) in [
            (Axis::linear("x"), 1.0, 1.0),
            (Axis::linear("x"), f64::NAN, 1.0),
            (Axis::log("x"), 0.0, 1.0),
            (Axis::log("x"), 1.0, f64::INFINITY),
        ] {
            assert!(matches!(axis.within(lo, hi).extent([].into_iter()), Err(ChartError::Range { .. })), "{lo} {hi}");
        }
    }

    #[test]
    fn rulers() {
        let linear = Extent { scale: Scale::Linear, lo: 0.0, hi: 2.0, slot: false }.ruler(100.0, 0.0);
        assert_eq!(linear.at(1.0), Some(50.0));
        assert_eq!(linear.at(f64::NAN), None);
        let log = Extent { scale: Scale::Log, lo: 1.0, hi: 100.0, slot: true }.ruler(0.0, 118.0);
        assert_eq!(
            (log.at(0.0), log.at(1.0), log.at(10.0), log.at(100.0)),
            (Some(0.0), Some(18.0), Some(68.0), Some(118.0))
        );
        assert_eq!(log.at(-1.0), None);
    }
}
