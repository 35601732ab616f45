//! Rows and metrics that tests of this crate sum up: one of each way of summing.

#![allow(unreachable_pub)] // the macro declares for whoever uses it

use crate::{Metric, MetricTable, Observed, Place, Reading, table};

table! {
    /// One row a trial and place.
    TRIALS "trials" TrialRow<'t> {
        topology: Text &'t str, "", "label of the topology";
        treatment: Text &'t str, "", "label of the treatment";
        network: Count u64, "", "index of the network";
        order: Count u64, "", "index of the order";
        point: Count u64, "", "number of the place";
        value: NullableReal Option<f64>, "1", "what was measured";
        over: Count u64, "", "a numerator";
        under: Count u64, "", "a denominator";
    }
}

impl Observed for TrialRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.topology, self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }

    fn place(&self) -> Option<Place> {
        Some(Place { key: self.point, at: self.point as f64 / 10.0 })
    }
}

type M = Metric<TrialRow<'static>>;

pub(crate) static R: M =
    M::mean("r", "1", "the value", |t, _| t.value.into()).precise().expected(|t, _| Reading::Value(t.point as f64));
pub(crate) static BOUNDED: M = M::mean("bounded", "1", "the value", |t, _| t.value.into()).within(|_| [0.0, 0.5]);
pub(crate) static YES: M =
    M::yes_no("yes", "whether it is above 0.3", |t, _| t.value.map(|x| f64::from(u8::from(x > 0.3))).into());
pub(crate) static QUOTIENT: M =
    M::total("quotient", "1", "over / under", |t, _| Reading::Quotient { over: t.over as f64, under: t.under as f64 });
pub(crate) static DAYS: M =
    M::wait("days", "days", "how long it took", |t, _| Reading::Wait { time: t.over as f64, came: t.under > 0 });
pub(crate) static SECOND: M = M::mean("second_only", "1", "of the second place alone", |t, _| match t.point {
    1 => t.value.into(),
    _ => Reading::Absent,
})
.not_compared();

pub(crate) static METRICS: MetricTable<TrialRow<'static>> =
    MetricTable::along("removed share", &[&R, &BOUNDED, &YES, &QUOTIENT, &DAYS, &SECOND]);

pub(crate) static DRAWN: M =
    M::share("drawn", "over of under draws", |t, _| Reading::Draws { yes: t.over, of: t.under });

/// A trial at the first place.
pub(crate) fn trial<'t>(
    [topology, treatment]: [&'t str; 2],
    network: u64,
    order: u64,
    value: impl Into<Option<f64>>,
) -> TrialRow<'t> {
    TrialRow { topology, treatment, network, order, point: 0, value: value.into(), over: 3, under: 4 }
}

pub(crate) static OF_MOST: M = M::mean("of_most", "1", "the value", |t, _| t.value.into()).of_most();
