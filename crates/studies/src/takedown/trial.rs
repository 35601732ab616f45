//! The static takedown: every treatment and order on every network.

use super::degrees::DegreeRow;
use super::measures::MeasureRow;
use super::rows::SecondsRow;
use super::still_served;
use super::taken::{Asked, Called, Taken};
use super::treatment::TreatmentSpec;
use super::{KIND, Settings};
use crate::shared::points::Points;
use hydranet_montecarlo::cost::{self, Size};
use hydranet_montecarlo::{Header, Study, StudyKind, TopologySpec, Unit, UnitError, axis_json};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_takedown::measure::{measure, survivors};
use hydranet_takedown::{Items, NetworkSize, Protocol, RemovalOrder, Unsuitable};
use hydranet_topology::{Purpose, Trial, trial_rng};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The static takedown of a spec.
#[derive(Debug, Clone)]
pub struct Takedown {
    /// What it says beside its topologies and treatments.
    pub settings: Settings,
    /// The rows of its table of cells.
    pub topologies: Vec<TopologySpec>,
    /// The columns.
    pub treatments: Vec<TreatmentSpec>,
}

/// For provenance.
fn treatment_json(t: &TreatmentSpec) -> Value {
    let mut cell = axis_json("strategy", t.built.name, &t.label, &t.built.params);
    cell.insert("removes".into(), t.removes.name().into());
    cell.insert("removal_cost".into(), t.cost.name().into());
    let plain = "parameters are plain values";
    if let Some(cascade) = t.cascade {
        cell.insert("cascade".into(), serde_json::to_value(cascade).expect(plain));
    }
    if let Some(knowledge) = &t.knowledge {
        cell.insert("knowledge".into(), serde_json::to_value(knowledge).expect(plain));
    }
    if let Some(repair) = &t.repair {
        cell.insert("repair".into(), serde_json::to_value(repair).expect(plain));
    }
    Value::Object(cell)
}

impl Takedown {
    /// Measures what is left at the fractions that the spec asks for.
    fn push_measures(
        &self,
        table: &mut Table,
        [topology, treatment]: [&str; 2],
        (seed, trial, network_number, order_number): (u64, Trial, u32, u32),
        network: &Overlay,
        removal: &RemovalOrder,
    ) -> Result<(), UnitError> {
        let settings = &self.settings;
        if settings.measure.is_empty() {
            return Ok(());
        }
        for at in &settings.measure_at {
            let removed = (at * removal.len() as f64).round() as usize;
            let left = survivors(network, removal, removed);
            let rng = &mut trial_rng(seed, trial, Purpose::Measure);
            for what in &settings.measure {
                let measured = measure(&left, *what, rng);
                let row = MeasureRow {
                    topology,
                    treatment,
                    measure: what.name(),
                    unit: what.unit(),
                    network: network_number.into(),
                    order: order_number.into(),
                    steps: removal.len() as u64,
                    removed: removed as u64,
                    nodes: left.nodes().into(),
                    value: Some(measured.value).filter(|x| x.is_finite()),
                    standard_error: measured.standard_error.filter(|x| x.is_finite()),
                };
                table.push_record(&row)?;
            }
        }
        Ok(())
    }

    /// How long each treatment takes to rank the first network of each topology. Cells that cannot be ranked are left out.
    fn seconds(&self, seed: u64, clock: &dyn Fn() -> f64) -> Table {
        let mut rows = Vec::new();
        for topology in &self.topologies {
            let rng = &mut trial_rng(seed, Trial::network(0), Purpose::Topology);
            let network = topology.built.value.generate(rng);
            let csr = network.closure(); // made here, so that no strategy pays for it
            let asked = Asked { seed, trial: Trial::order_of(0, 0), target: self.settings.target, batches: false };
            for treatment in &self.treatments {
                let start = clock();
                if asked.order(&network, treatment).is_ok() {
                    rows.push(SecondsRow {
                        topology: topology.label.clone(),
                        treatment: treatment.label.clone(),
                        nodes: csr.nodes().into(),
                        edges: csr.arcs() / 2,
                        seconds: clock() - start,
                    });
                }
            }
        }
        Table::of(&rows)
    }
}

impl Study for Takedown {
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
        let (rows, columns) = (self.topologies.len(), self.treatments.len());
        format!(
            "{rows} topologies × {columns} treatments = {} cells, {} networks × {} orders each",
            rows * columns,
            header.networks,
            header.orders
        )
    }

    fn spec(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &self.topologies);
        spec.insert("treatment".into(), self.treatments.iter().map(treatment_json).collect());
        spec
    }

    fn forget_what_decides_no_row(&self, spec: &mut Map<String, Value>) {
        spec.remove("time");
    }

    fn fingerprints(&self) -> Vec<String> {
        self.treatments.iter().map(|t| t.built.value.fingerprint()).collect()
    }

    fn unit_cost(&self, header: &Header, _: u32, size: Size) -> f64 {
        let network = NetworkSize { nodes: size.nodes, edges: size.edges };
        let orders = self.treatments.iter().map(|t| cost::LINEAR + t.built.value.order_cost(network));
        cost::LINEAR * size.sum() + f64::from(header.orders) * orders.fold(0.0, |a, b| a + b) * size.sum()
    }

    fn timings(&self, header: &Header, clock: &dyn Fn() -> f64) -> Option<Table> {
        self.settings.time.then(|| self.seconds(header.seed, clock))
    }

    fn by_cell(&self) -> bool {
        true
    }

    fn with_treatments(&self, these: &[usize]) -> Option<Arc<dyn Study>> {
        let treatments = these.iter().map(|&t| self.treatments[t].clone()).collect();
        Some(Arc::new(Takedown { treatments, ..self.clone() }))
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [degrees, measures, curves, points, trials] = tables else { panic!("one table a schema") };
        let (settings, seed) = (&self.settings, header.seed);
        let topology = &self.topologies[unit.topology as usize];
        let rng = &mut trial_rng(seed, Trial::network(unit.network), Purpose::Topology);
        // drawn once: all treatments see the same network, so that differences between them are paired
        let network = topology.built.value.generate(rng);
        push_degrees(degrees, &topology.label, unit.network, &network)?;
        for treatment in &self.treatments {
            let strategy = &*treatment.built.value;
            let protocol = Protocol::of(&network, strategy, treatment.removes, settings.target).to_string();
            for order in 0..header.orders {
                let trial = Trial::order_of(unit.network, order);
                let unsuitable = |e: Unsuitable| UnitError::cell(&topology.label, &treatment.label, e.reason);
                let asked = Asked { seed, trial, target: settings.target, batches: false };
                let taken = Taken::of(&network, treatment, asked).map_err(unsuitable)?;
                let removal = &taken.removal;
                let called = Called {
                    topology: &topology.label,
                    model: topology.built.name,
                    treatment: &treatment.label,
                    protocol: &protocol,
                    trial,
                };
                trials.push_record(&taken.row(&network, treatment, called))?;
                self.push_measures(
                    measures,
                    [&topology.label, &treatment.label],
                    (seed, trial, unit.network, order),
                    &network,
                    removal,
                )?;
                if let (false, Items::Nodes(nodes)) = (settings.function_at.is_empty(), &removal.items) {
                    let (topology, treatment) = (&*topology.label, &*treatment.label);
                    let points = Points { table: points, topology, treatment, unit, order };
                    let asked = (&settings.function_at[..], settings.lookups);
                    still_served::push(points, asked, (seed, trial), &network, nodes)?;
                }
                for row in taken.curve_rows(treatment, called, settings.points) {
                    curves.push_record(&row)?;
                }
            }
        }
        Ok(())
    }
}

fn push_degrees(table: &mut Table, label: &str, network: u32, overlay: &Overlay) -> Result<(), UnitError> {
    let csr = overlay.closure();
    let mut count: BTreeMap<u32, u64> = BTreeMap::new();
    (0..csr.nodes()).for_each(|v| *count.entry(csr.degree(v)).or_default() += 1);
    count.into_iter().try_for_each(|(degree, nodes)| {
        let row = DegreeRow { topology: label, network: network.into(), degree: degree.into(), nodes };
        Ok(table.push_record(&row)?)
    })
}
