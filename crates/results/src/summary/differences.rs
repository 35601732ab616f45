//! What changing the topology, or the treatment, changes: differences of trials that share their random streams.

use super::cells::{Cell, cells};
use super::metric::Metric;
use crate::statistics::{LEVEL, paired};
use crate::{Table, table};

table! {
    /// One row a pair of cells and metric.
    DIFFERENCES "differences" DifferenceRow {
        topology: Text String, "", "label of the topology";
        treatment: Text String, "", "label of the treatment";
        reference_topology: Text String, "", "label of the topology that it is compared with";
        reference_treatment: Text String, "", "label of the treatment that it is compared with";
        metric: Text String, "", "what was measured";
        unit: Text String, "", "unit of mean, sd, lo and hi; 1 for ratios";
        mean: NullableReal Option<f64>, "see unit", "mean of (value − value in the reference) over paired trials; empty without pairs";
        sd: NullableReal Option<f64>, "see unit", "sample standard deviation of the differences; empty below two";
        lo: NullableReal Option<f64>, "see unit", "lower end of the 95 % interval for the mean, by networks; empty below two";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        pairs: Count u64, "pairs", "trials of the same network and order index with a value in both cells";
        networks: Count u64, "networks", "network indices that these pairs have";
        missing: Count u64, "trials", "trials of either cell that are in no pair";
    }
}

/// The paired differences of a [`crate::takedown::TRIALS`] table: under each treatment, every topology against the first;
/// then on each topology, every treatment against the first; each in the metrics of [`Metric::SHARES`]. "First" is the
/// first row's. Cells that the table lacks are passed over. O(trials · metrics · log).
///
/// # Panics
/// If the table is of another schema.
pub fn differences(trials: &Table) -> Vec<DifferenceRow> {
    let cells = cells(trials);
    let Some(first) = cells.first() else { return Vec::new() };
    let reference = |topology: &str, treatment: &str| {
        cells.iter().find(|cell| cell.topology == topology && cell.treatment == treatment)
    };
    let across_topologies = cells
        .iter()
        .filter(|cell| cell.topology != first.topology)
        .filter_map(|cell| Some((cell, reference(first.topology, cell.treatment)?)));
    let across_treatments = cells
        .iter()
        .filter(|cell| cell.treatment != first.treatment)
        .filter_map(|cell| Some((cell, reference(cell.topology, first.treatment)?)));
    // by treatment, then by topology, whichever of the two varies faster in the table
    let mut pairs = Vec::new();
    pairs.extend(in_order(&cells, |cell| cell.treatment, across_topologies.collect()));
    pairs.extend(in_order(&cells, |cell| cell.topology, across_treatments.collect()));
    pairs.into_iter().flat_map(|(cell, reference)| Metric::SHARES.map(|metric| row(cell, reference, metric))).collect()
}

type Pair<'a, 't> = (&'a Cell<'t>, &'a Cell<'t>);

/// Sorts pairs by a label of their first cell, in the order in which labels first occur.
fn in_order<'a, 't>(
    cells: &[Cell<'t>],
    label: fn(&Cell<'t>) -> &'t str,
    mut pairs: Vec<Pair<'a, 't>>,
) -> Vec<Pair<'a, 't>> {
    pairs.sort_by_key(|(cell, _)| cells.iter().position(|other| label(other) == label(cell)));
    pairs
}

fn row(cell: &Cell<'_>, reference: &Cell<'_>, metric: Metric) -> DifferenceRow {
    let values = |cell: &Cell<'_>| -> Vec<_> {
        cell.trials.iter().map(|trial| ((trial.network, trial.order), metric.of(trial))).collect()
    };
    let pairs = paired(values(cell), values(reference));
    let pairs = pairs.expect("quotients of integers with a denominator above 0 are finite");
    let estimate = pairs.differences.estimate(LEVEL);
    DifferenceRow {
        topology: cell.topology.to_owned(),
        treatment: cell.treatment.to_owned(),
        reference_topology: reference.topology.to_owned(),
        reference_treatment: reference.treatment.to_owned(),
        metric: metric.name().to_owned(),
        unit: metric.unit().to_owned(),
        mean: estimate.map(|estimate| estimate.mean),
        sd: estimate.and_then(|estimate| estimate.sd),
        lo: estimate.and_then(|estimate| estimate.lo),
        hi: estimate.and_then(|estimate| estimate.hi),
        pairs: estimate.map_or(0, |estimate| estimate.trials),
        networks: estimate.map_or(0, |estimate| estimate.clusters),
        missing: pairs.unpaired,
    }
}
