//! What is read off the rows of a lookup study, at every removed share.

use super::rows::LookupRow;
use hydranet_results::{Metric, MetricTable, Reading};

type M = Metric<LookupRow<'static>>;

fn of_lookups(count: u64, row: &LookupRow<'_>) -> Reading {
    Reading::Draws { yes: count, of: row.lookups }
}

/// Lookups that fail.
pub static FAILED: M =
    M::share("failed", "share of lookups between live nodes that do not arrive", |r, _| of_lookups(r.failed, r))
        .expected(|r, _| r.expected.into())
        .digits(4)
        .precise();

/// Lookups that a defender has caught.
pub static CAPTURED: M = M::share(
    "captured",
    "share of lookups that do not arrive and met a sinkhole or a node of the defender's",
    |r, _| of_lookups(r.captured, r),
)
.digits(4);

/// Hops of those that arrive.
pub static HOPS_MEAN: M = M::total(
    "hops_mean",
    "hops",
    "mean hops (rounds of iterative lookups) of those that arrive: all hops by all lookups that arrived",
    |r, _| Reading::Quotient { over: r.hops as f64, under: (r.lookups - r.failed) as f64 },
)
.heading("hops")
.digits(2)
.missing("none arrived");

/// Median hops.
pub static HOPS_P50: M = M::mean("hops_p50", "hops", "median hops of those that arrive, mean over trials", |r, _| {
    r.hops_p50.map(|hops| hops as f64).into()
})
.heading("median hops")
.digits(2)
.missing("none arrived");

/// Hops of the slower ones.
pub static HOPS_P90: M = M::mean(
    "hops_p90",
    "hops",
    "nine of ten lookups that arrive take at most so many hops, mean over trials",
    |r, _| r.hops_p90.map(|hops| hops as f64).into(),
)
.heading("hops, 90 %")
.digits(2)
.missing("none arrived");

/// What iterative lookups cost.
pub static REQUESTS: M =
    M::total("requests", "requests", "requests a lookup, to the dead as well; of iterative lookups alone", |r, _| {
        match r.requests {
            Some(requests) => Reading::Quotient { over: requests as f64, under: r.lookups as f64 },
            None => Reading::Absent,
        }
    })
    .digits(2);

/// All of them.
pub static METRICS: MetricTable<LookupRow<'static>> =
    MetricTable::along("removed share", &[&FAILED, &CAPTURED, &HOPS_MEAN, &HOPS_P50, &HOPS_P90, &REQUESTS]);
