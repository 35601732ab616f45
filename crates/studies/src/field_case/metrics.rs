//! What is read off the draws of a study of cases, before any is kept: what the prior alone foretells at the published points.

use super::rows::FitRow;
use hydranet_results::{Metric, MetricTable, Observed, Place};

impl Observed for FitRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.case, self.observable]
    }

    fn trial(&self) -> (u64, u64) {
        (self.draw, 0)
    }

    fn place(&self) -> Option<Place> {
        Some(Place::number(self.day))
    }
}

type M = Metric<FitRow<'static>>;

/// The observable at a published day.
pub static PRIOR_PREDICTIVE: M = M::mean(
    "prior_predictive",
    "1",
    "the observable at a published day, mean over all draws from the prior; expected: the published share",
    |r, _| r.simulated.into(),
)
.heading("prior predictive")
.expected(|r, _| Some(r.published).into())
.not_compared();

/// All of them.
pub static METRICS: MetricTable<FitRow<'static>> = MetricTable::along("days", &[&PRIOR_PREDICTIVE]);
