//! A kind of study of somebody else: what is left of a network when so large a share of it has fallen. One table, one metric,
//! one figure.

use hydranet::charts::{Axis, BarSeries, BarValue, Bars, Chart, Named, Preset, Width, literal};
use hydranet::montecarlo::{SpecError, SpecText};
use hydranet::prelude::*;
use hydranet::results::{Metric, MetricTable, Observed, Reading, Schema, Table, table};
use hydranet::studies::shared::lines::by_cell;
use hydranet::studies::shared::settings_json;
use hydranet::studies::shared::strategy_axis::{NO_TREATMENT, StrategySpec};
use hydranet::studies::{Folder, Known, Lines, ShowError, StudyPlugin, Varies, keys};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

table! {
    /// One row a trial.
    HALVES "halves" HalfRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        treatment: Text &'t str, "", "label of the treatment in the spec";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the removal order on this network, from 0";
        nodes: Count u64, "nodes", "nodes before the takedown";
        largest: Count u64, "nodes", "largest component when the share has fallen";
    }
}

impl Observed for HalfRow<'_> {
    fn cell(&self) -> [&str; 2] {
        [self.topology, self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }
}

type HalfMetric = Metric<HalfRow<'static>>;

/// The metric.
pub static LEFT_AT_HALF: HalfMetric =
    HalfMetric::share("left_at_half", "largest component over all nodes when the share has fallen", |row, _| {
        Reading::Value(row.largest as f64 / row.nodes as f64)
    })
    .heading("left at half")
    .precise();
static METRICS: MetricTable<HalfRow<'static>> = MetricTable::new(&[&LEFT_AT_HALF]);
static SCHEMAS: [&Schema; 1] = [&HALVES];

static KIND: StudyKind = StudyKind {
    name: "half-gone",
    about: "what is left of a network when a share of it has fallen",
    schemas: &SCHEMAS,
    metrics: &[&METRICS],
    extras: &[],
    extra: |_, _| Vec::new(),
};

static PLUGIN: StudyPlugin = StudyPlugin {
    kind: &KIND,
    keys: || vec![keys::<HalfSettings>("top level")],
    more_keys: |_| Vec::new(),
    notes: "  [[topology]] and [[treatment]] as in takedown studies",
    treatment_keys: || vec!["strategy"],
    varies: Varies::STRATEGIES,
    read: |text, known| Ok(Arc::new(HalfGone::read(text, known)?)),
    table: |folder| Ok(vec![table_of(folder)?]),
    figures: |folder, width| Ok(vec![figure(folder, width)?]),
};

/// Kinds of study.
pub static STUDIES: &[&StudyPlugin] = &[&PLUGIN];

/// What a spec says beside its topologies and treatments.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct HalfSettings {
    /// Share of the nodes that falls, from 0 to 1.
    fallen: f64,
}

impl Default for HalfSettings {
    fn default() -> Self {
        HalfSettings { fallen: 0.5 }
    }
}

#[derive(Debug)]
struct HalfGone {
    settings: HalfSettings,
    topologies: Vec<TopologySpec>,
    treatments: Vec<StrategySpec>,
}

impl HalfGone {
    fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<HalfGone, SpecError> {
        let (treatments, topologies) = (text.take_tables("treatment")?, text.take_tables("topology")?);
        let check = |s: &HalfSettings| hydranet::plugin::bounds::share("fallen", s.fallen);
        let settings = text.settings("[[topology]] or [[treatment]]", check)?;
        let topologies = text.topologies(topologies, known.models)?;
        let treatments = StrategySpec::read_all(&text, treatments, known, NO_TREATMENT)?;
        Ok(HalfGone { settings, topologies, treatments })
    }
}

impl Study for HalfGone {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        self.treatments.iter().map(|t| t.label.as_str()).collect()
    }

    fn extent(&self, header: &Header) -> String {
        let cells = self.topologies.len() * self.treatments.len();
        format!("{cells} cells, {} networks × {} orders each", header.networks, header.orders)
    }

    fn spec(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut spec = settings_json(&self.settings, &self.topologies);
        spec.insert("treatment".into(), self.treatments.iter().map(StrategySpec::to_json).collect());
        spec
    }

    fn fingerprints(&self) -> Vec<String> {
        StrategySpec::fingerprints(&self.treatments)
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let topology = &self.topologies[unit.topology as usize];
        let rng = &mut trial_rng(header.seed, Trial::network(unit.network), Purpose::Topology);
        let network = topology.built.value.generate(rng);
        for treatment in &self.treatments {
            for order in 0..header.orders {
                let trial = Trial::order_of(unit.network, order);
                let task = &mut Task::new(trial_rng(header.seed, trial, Purpose::Order));
                let refused = |e: Unsuitable| UnitError::cell(&topology.label, &treatment.label, e);
                let curve = percolate(&network, &treatment.built.value.nodes(&network, task).map_err(refused)?);
                let fallen = (self.settings.fallen * curve.steps() as f64).round() as usize;
                let row = HalfRow {
                    topology: &topology.label,
                    treatment: &treatment.label,
                    network: unit.network.into(),
                    order: order.into(),
                    nodes: curve.nodes.into(),
                    largest: curve.largest[fallen].into(),
                };
                tables[0].push_record(&row)?;
            }
        }
        Ok(())
    }
}

fn table_of(folder: &Folder) -> Result<Lines, ShowError> {
    Ok(by_cell(&folder.summary()?, &[&LEFT_AT_HALF.info]))
}

/// The metric of every cell, a bar each.
fn figure(folder: &Folder, width: Option<Width>) -> Result<Named, ShowError> {
    let summary = folder.summary()?;
    let rows = || summary.iter().filter(|row| row.is(&LEFT_AT_HALF.info));
    let value =
        |row: &hydranet::results::summary::SummaryRow| Some(BarValue { value: row.mean?, interval: row.interval() });
    let chart = Bars {
        title: folder.run.title.clone(),
        description: "what is left of every topology under every treatment, with 95 % intervals".into(),
        value: Axis::linear("largest component, *S*_{1}/*N*").within(0.0, 1.0),
        categories: rows().map(|row| literal(&format!("{}, {}", row.topology, row.treatment))).collect(),
        series: vec![BarSeries { label: String::new(), values: rows().map(value).collect() }],
        ..Bars::default()
    };
    let preset = Preset { width: width.unwrap_or_default(), ..Preset::default() };
    Ok(Named { name: "left".into(), figure: chart.draw(&preset)? })
}
