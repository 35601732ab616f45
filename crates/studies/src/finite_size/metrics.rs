//! What is read off the rows of a finite-size study, at every size.

use super::rows::PeakRow;
use hydranet_results::{Metric, MetricTable, Reading};

type M = Metric<PeakRow<'static>>;

fn share(count: u64, row: &PeakRow<'_>) -> Reading {
    (row.nodes > 0).then(|| count as f64 / row.nodes as f64).into()
}

/// Percolation threshold.
pub static F_C: M = M::share(
    "f_c",
    "percolation threshold: removed fraction at which the second component S2 peaks; missing where that is none, as in takedown studies; expected: the exact threshold of the infinite network",
    |r, _| r.f_c().into(),
)
.expected(|r, _| r.limit.into())
.digits(4)
.missing("none")
.of_most()
.precise();

/// The peak of the susceptibility.
pub static F_CHI: M = M::share(
    "f_chi",
    "removed fraction at which the susceptibility (Σs² − S1²)/N peaks; no threshold where degrees are heavy-tailed",
    |r, _| share(r.peak_removed, r),
)
.digits(4);

/// Height of the peak.
pub static SUSCEPTIBILITY: M =
    M::mean("susceptibility", "nodes", "(Σs² − S1²)/N at its peak", |r, _| share(r.peak_spread, r)).digits(1);

/// Size of the second component.
pub static SECOND: M = M::mean("second", "nodes", "S2 at its peak", |r, _| Reading::Value(r.second as f64)).digits(1);

/// All of them.
pub static METRICS: MetricTable<PeakRow<'static>> =
    MetricTable::along("nodes", &[&F_C, &F_CHI, &SUSCEPTIBILITY, &SECOND]);
