//! What changing the topology, or the treatment, changes: differences of trials that share their random streams.

use super::cells::{Cell, cells};
use super::metric::Metric;
use crate::schema::field;
use crate::statistics::{LEVEL, paired};
use crate::{Cells, Kind, Record, Schema, Table, Value};

/// One row a pair of cells and metric.
pub static DIFFERENCES: Schema = Schema {
    name: "differences",
    version: 1,
    fields: &[
        field("topology", Kind::Text, "", "label of the topology"),
        field("treatment", Kind::Text, "", "label of the treatment"),
        field("reference_topology", Kind::Text, "", "label of the topology that it is compared with"),
        field("reference_treatment", Kind::Text, "", "label of the treatment that it is compared with"),
        field("metric", Kind::Text, "", "what was measured"),
        field("unit", Kind::Text, "", "unit of mean, sd, lo and hi; 1 for ratios"),
        field(
            "mean",
            Kind::NullableReal,
            "see unit",
            "mean of (value − value in the reference) over paired trials; empty without pairs",
        ),
        field("sd", Kind::NullableReal, "see unit", "sample standard deviation of the differences; empty below two"),
        field(
            "lo",
            Kind::NullableReal,
            "see unit",
            "lower end of the 95 % interval for the mean, by networks; empty below two",
        ),
        field("hi", Kind::NullableReal, "see unit", "upper end of that interval"),
        field("pairs", Kind::Count, "pairs", "trials of the same network and order index with a value in both cells"),
        field("networks", Kind::Count, "networks", "network indices that these pairs have"),
        field("missing", Kind::Count, "trials", "trials of either cell that are in no pair"),
    ],
};

/// A row of [`DIFFERENCES`]; the fields are its columns.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each is described in the schema, once
pub struct DifferenceRow {
    pub topology: String,
    pub treatment: String,
    pub reference_topology: String,
    pub reference_treatment: String,
    pub metric: String,
    pub unit: String,
    pub mean: Option<f64>,
    pub sd: Option<f64>,
    pub lo: Option<f64>,
    pub hi: Option<f64>,
    pub pairs: u64,
    pub networks: u64,
    pub missing: u64,
}

impl<'t> Record<'t> for DifferenceRow {
    const SCHEMA: &'static Schema = &DIFFERENCES;

    fn values(&self) -> Vec<Value<'_>> {
        vec![
            self.topology.as_str().into(),
            self.treatment.as_str().into(),
            self.reference_topology.as_str().into(),
            self.reference_treatment.as_str().into(),
            self.metric.as_str().into(),
            self.unit.as_str().into(),
            self.mean.into(),
            self.sd.into(),
            self.lo.into(),
            self.hi.into(),
            self.pairs.into(),
            self.networks.into(),
            self.missing.into(),
        ]
    }

    fn read(cells: &mut Cells<'t>) -> Self {
        DifferenceRow {
            topology: cells.text().to_owned(),
            treatment: cells.text().to_owned(),
            reference_topology: cells.text().to_owned(),
            reference_treatment: cells.text().to_owned(),
            metric: cells.text().to_owned(),
            unit: cells.text().to_owned(),
            mean: cells.nullable_real(),
            sd: cells.nullable_real(),
            lo: cells.nullable_real(),
            hi: cells.nullable_real(),
            pairs: cells.count(),
            networks: cells.count(),
            missing: cells.count(),
        }
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
