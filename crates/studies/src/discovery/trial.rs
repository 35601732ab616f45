//! A unit of a discovery study: crawls of one network, and takedowns by who knows no more than they have found.

use super::KIND;
use super::spec::Discovery;
use crate::shared::points::Points;
use crate::shared::strategy_axis::StrategySpec;
use hydranet_montecarlo::{Header, Study, StudyKind, TopologySpec, Unit, UnitError};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_routing::discovery::{Crawl, Crawler, Population};
use hydranet_routing::knowledge::order_after;
use hydranet_takedown::{Outcome, RemovalOrder, Task, Unsuitable, percolate};
use hydranet_topology::{Invalid, Purpose, Trial, trial_rng};
use serde_json::{Map, Value};

impl Study for Discovery {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        std::iter::once("crawl").chain(self.treatments.iter().map(|t| t.label.as_str())).collect()
    }

    fn check(&self, header: &Header) -> Result<(), Invalid> {
        // a crawl and its twin take two streams
        Invalid::unless(header.orders < 1 << 23, "orders", || "1 to 8388607 crawls on a network".into())
    }

    fn extent(&self, header: &Header) -> String {
        let (rows, columns, budgets) = (self.topologies.len(), self.treatments.len(), self.settings.requests.len());
        let (networks, crawls) = (header.networks, header.orders);
        format!(
            "{rows} topologies × {columns} treatments × {budgets} budgets, {networks} networks × {crawls} crawls each"
        )
    }

    fn spec(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &self.topologies);
        spec.insert("treatment".into(), self.treatments.iter().map(StrategySpec::to_json).collect());
        spec
    }

    fn fingerprints(&self) -> Vec<String> {
        StrategySpec::fingerprints(&self.treatments)
    }

    fn by_cell(&self) -> bool {
        true
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [table] = tables else { panic!("one table a schema") };
        let Discovery { settings, topologies, treatments } = self;
        let topology = &topologies[unit.topology as usize];
        let stream = |trial, purpose| trial_rng(header.seed, trial, purpose);
        let network = topology.built.value.generate(&mut stream(Trial::network(unit.network), Purpose::Topology));
        let plan = settings.crawl();
        plan.suits(&network).map_err(|why| UnitError::topology(&topology.label, why))?;
        for order in 0..header.orders {
            // the crawl and its twin: streams that no other order has
            let trials = [2 * order, 2 * order + 1].map(|o| Trial::order_of(unit.network, o));
            let [mut crawler, mut twin] =
                trials.map(|trial| Crawler::start(&network, &plan, stream(trial, Purpose::Crawl)));
            let trial = Trial::order_of(unit.network, order);
            let task = || Task { rng: stream(trial, Purpose::Order), target: settings.target };
            let unsuitable = |label: &str, why: Unsuitable| UnitError::cell(&topology.label, label, why);
            let mut full = Vec::new();
            for t in treatments {
                let order = t.built.value.nodes(&network, &mut task()).map_err(|e| unsuitable(&t.label, e))?;
                full.push(taken_down(&network, &order, settings.target));
            }
            for &x in &settings.requests {
                let budget = Crawl { requests: x, ..plan.clone() }.budget(network.nodes());
                crawler.run_to(budget);
                twin.run_to(budget);
                let mut points = Points { table, topology: &topology.label, treatment: "crawl", unit, order };
                found(&mut points, x, &network, [&crawler, &twin])?;
                for (t, full) in treatments.iter().zip(&full) {
                    let rest = &mut stream(trial, Purpose::Defender);
                    let order = order_after(&crawler, &network, &*t.built.value, &mut task(), rest);
                    let order = order.map_err(|e| unsuitable(&t.label, e))?;
                    let outcome = taken_down(&network, &order, settings.target);
                    points.treatment = &t.label;
                    cost(&mut points, "", x, &outcome)?;
                    cost(&mut points, "full-", x, full)?;
                }
            }
        }
        Ok(())
    }
}

fn taken_down(network: &Overlay, order: &RemovalOrder, target: f64) -> Outcome {
    Outcome::of(&percolate(network, order), target)
}

/// What the crawl knows, and what it makes of it.
fn found(
    points: &mut Points<'_>,
    x: f64,
    network: &Overlay,
    [crawler, twin]: [&Crawler<'_>; 2],
) -> Result<(), UnitError> {
    let (n, arcs) = (network.nodes() as u64, network.out().arcs());
    let count = crawler.found().len() as u64;
    points.push("coverage", x, Some(count), n)?;
    let lists: u64 = crawler.found().iter().map(|&v| network.incoming().degree(v) as u64).sum();
    points.push("bias", x, Some(lists * n), count * arcs)?;
    let p = Population::of(crawler, twin);
    // Chapman's estimate over n, as a quotient of integers; without a common node it says nothing
    let numerator = (p.first + 1) * (p.second + 1) - (p.both + 1);
    points.push("estimate", x, (p.both > 0).then_some(numerator), (p.both + 1) * n)?;
    let covers = p.covers(n);
    points.push("estimate-covers", x, (p.both > 0).then_some(covers.into()), 1)?;
    // in thousandths of a node; an error that leaves the truth out is none to be told
    let error = (p.standard_error() * 1e3).round() as u64;
    points.push("estimate-error", x, (p.both > 0 && covers).then_some(error), 1000 * n)
}

/// What the takedown came to.
fn cost(points: &mut Points<'_>, prefix: &str, x: f64, o: &Outcome) -> Result<(), UnitError> {
    let (n, peers) = (o.nodes as u64, o.peers as u64);
    points.push(&format!("{prefix}r"), x, Some(o.sum_largest), o.steps * n)?;
    points.push(&format!("{prefix}r-cmd"), x, Some(o.sum_reach), o.steps * peers)?;
    points.push(&format!("{prefix}seizures-50"), x, o.seizures_50, n)?;
    points.push(&format!("{prefix}seizures-10"), x, o.seizures_10, n)
}
