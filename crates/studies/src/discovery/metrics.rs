//! What is read off the points of a discovery study, at every number of requests a node.

use crate::shared::points::{PointMetric, PointRow, named, point};
use hydranet_results::{MetricInfo, MetricTable, Reading};

type M = PointMetric;

/// In raw rows these shares of the nodes are called `seizures-50` and so on, as they were before counts had the name.
fn fraction(row: &PointRow<'_>, info: &MetricInfo) -> Reading {
    let name = info.name.strip_suffix("_fraction").unwrap_or(info.name);
    named(row, row.measure.bytes().map(|b| if b == b'-' { b'_' } else { b }).eq(name.bytes()))
}

/// What the crawl has found.
pub static COVERAGE: M = M::share("coverage", "share of nodes that the crawl has found", point).precise();
/// How much better known they are.
pub static BIAS: M = M::mean(
    "bias",
    "1",
    "how much better known those found are than everybody: lists that one stands on, ratio of means",
    point,
);
/// Population by capture and recapture.
pub static ESTIMATE: M = M::mean(
    "estimate",
    "1",
    "population by capture and recapture in two independent crawls (Chapman 1951), over the true one: 1 without bias; missing where no node is in both",
    point,
);
/// Whether what it says of its own error is enough.
pub static ESTIMATE_COVERS: M = M::yes_no(
    "estimate_covers",
    "share of crawls whose estimate ± 1.96 stated standard errors takes in the true population: .95 for uniform samples, less where \
     both crawls find the same well-known nodes first; missing where no node is in both",
    point,
)
.heading("interval covers");
/// What it says of its own error.
pub static ESTIMATE_ERROR: M = M::mean(
    "estimate_error",
    "1",
    "the standard error that such an estimate states (Seber 1970: of uniform samples, bias not counted), over the true population; \
     only of the crawls whose interval takes in that population, missing for the others: see estimate_covers",
    point,
)
.heading("stated error")
.missing("does not cover");
/// Robustness under partial knowledge.
pub static R: M = M::mean("r", "1", "robustness R of a takedown that knows what the crawl has found", point)
    .heading("R")
    .within(|_| [0.0, 0.5]);
/// Command robustness under partial knowledge.
pub static R_CMD: M =
    M::mean("r_cmd", "1", "command robustness of a takedown that knows what the crawl has found", point)
        .heading("R_cmd")
        .within(|_| [0.0, 1.0]);
/// Seizures under partial knowledge.
pub static SEIZURES_50_FRACTION: M = M::share("seizures_50_fraction", "removals until half of the peers are reached by a takedown that knows what the crawl has found, over nodes; missing if never", fraction).heading("seized for 50 %").missing("never");
/// Seizures under partial knowledge.
pub static SEIZURES_10_FRACTION: M = M::share("seizures_10_fraction", "removals until a tenth of the peers is reached by a takedown that knows what the crawl has found, over nodes; missing if never", fraction).heading("seized for 10 %").missing("never");
/// Robustness under full knowledge.
pub static FULL_R: M =
    M::mean("full_r", "1", "r with full knowledge", point).heading("R, full knowledge").within(|_| [0.0, 0.5]);
/// Command robustness under full knowledge.
pub static FULL_R_CMD: M = M::mean("full_r_cmd", "1", "r_cmd with full knowledge", point)
    .heading("R_cmd, full knowledge")
    .within(|_| [0.0, 1.0]);
/// Seizures under full knowledge.
pub static FULL_SEIZURES_50_FRACTION: M =
    M::share("full_seizures_50_fraction", "seizures_50_fraction with full knowledge", fraction)
        .heading("full knowledge, for 50 %")
        .missing("never");
/// Seizures under full knowledge.
pub static FULL_SEIZURES_10_FRACTION: M =
    M::share("full_seizures_10_fraction", "seizures_10_fraction with full knowledge", fraction)
        .heading("full knowledge, for 10 %")
        .missing("never");

/// All of them.
pub static METRICS: MetricTable<PointRow<'static>> = MetricTable::along(
    "requests a node",
    &[
        &COVERAGE,
        &BIAS,
        &ESTIMATE,
        &ESTIMATE_COVERS,
        &ESTIMATE_ERROR,
        &R,
        &R_CMD,
        &SEIZURES_50_FRACTION,
        &SEIZURES_10_FRACTION,
        &FULL_R,
        &FULL_R_CMD,
        &FULL_SEIZURES_50_FRACTION,
        &FULL_SEIZURES_10_FRACTION,
    ],
);
