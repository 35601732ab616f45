//! `hydranet measure`: what is said of a whole network, or of what a takedown leaves.

use super::draw;
use crate::args::MeasureArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::Overlay;
use hydranet_plugin::nearest;
use hydranet_routing::directed::{self, Directed, strong_components};
use hydranet_routing::directed_measure::DirectedMeasure;
use hydranet_takedown::measure::{Effort, Measure, Measured, largest_component, measure_with, survivors};
use hydranet_takedown::{Items, RemovalOrder, Task};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Purpose, Trial, trial_rng};

/// A network to be measured, and how much of the order is gone.
struct Stage {
    removed: Option<usize>,
    /// What is left, its arcs read as edges.
    network: Overlay,
    /// Who is left of the network as it was, for measures along its arcs.
    alive: Vec<bool>,
}

/// Something to be measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// Of the symmetric closure.
    Edges(Measure),
    /// Along the arcs.
    Arcs(DirectedMeasure),
}

impl What {
    pub(super) fn all() -> impl Iterator<Item = What> {
        Measure::ALL.into_iter().map(What::Edges).chain(DirectedMeasure::ALL.into_iter().map(What::Arcs))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            What::Edges(measure) => measure.name(),
            What::Arcs(measure) => measure.name(),
        }
    }

    pub(super) fn meaning(self) -> &'static str {
        match self {
            What::Edges(measure) => measure.meaning(),
            What::Arcs(measure) => measure.meaning(),
        }
    }

    /// Shares and moments along arcs are pure numbers.
    pub(super) fn unit(self) -> &'static str {
        match self {
            What::Edges(measure) => measure.unit(),
            What::Arcs(_) => "1",
        }
    }
}

/// Measures one network and reports.
pub(crate) fn measure(args: &MeasureArgs, known: &Toolkit) -> Result<(), Failure> {
    let mut what = wanted(&args.only)?;
    draw::target(args.target)?;
    if args.searches == 0 {
        return Err(Failure::BadInput("--searches is at least 1".into()));
    }
    if let Some(at) = args.at.iter().find(|at| !(0.0..=1.0).contains(*at)) {
        return Err(Failure::BadInput(format!("--at lists removed fractions, 0 to 1, not {at}")));
    }
    let strategy = match &args.strategy {
        Some(name) => Some(draw::build(&known.strategies, name, &args.strategy_set)?),
        None => None,
    };
    let (overlay, source) = draw::source(&args.network, &known.topologies)?;
    if let Some(strategy) = &strategy {
        draw::check_needs(strategy.name, &args.network, &overlay)?;
    }
    if what.is_empty() {
        // along arcs, a symmetric network has nothing to tell that its edges do not
        what.extend(What::all().filter(|what| matches!(what, What::Edges(_)) || !overlay.is_symmetric()));
    }
    let order = match &strategy {
        None => None,
        Some(strategy) => {
            let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Order);
            let order = strategy.value.nodes(&overlay, &mut Task { rng, target: args.target });
            Some(order.map_err(|e| Failure::BadInput(format!("strategy `{}`: {e}", strategy.name)))?)
        }
    };
    let effort = Effort { searches: args.searches, probes: args.samples, ..Effort::default() };
    let stages = stages(&overlay, order.as_ref(), &args.at);
    let mut rows = Vec::new();
    for stage in &stages {
        let network = if args.largest { largest_component(&stage.network) } else { stage.network.clone() };
        let mut directed: Option<Directed> = None;
        for &what in &what {
            let measured = match what {
                What::Edges(measure) => {
                    // a stream of its own for each, so that asking for one does not change another
                    let trial = Trial::order_of(measure as u32, stage.removed.unwrap_or(0) as u32);
                    let mut rng = trial_rng(args.network.seed, trial, Purpose::Measure);
                    measure_with(&network, measure, &effort, &mut rng)
                }
                What::Arcs(measure) => {
                    let along = directed.get_or_insert_with(|| along_arcs(&overlay, &stage.alive, args.largest));
                    Measured { value: measure.of(along), standard_error: None, method: "exact, along arcs" }
                }
            };
            rows.push((stage, network.nodes(), what, measured));
        }
    }
    let share = |stage: &Stage| stage.removed.map(|removed| removed as f64 / overlay.nodes() as f64);
    if args.json {
        let list: Vec<_> = rows
            .iter()
            .map(|(stage, nodes, measure, m)| {
                serde_json::json!({
                    "network": source, "removed": stage.removed, "removed_fraction": share(stage), "nodes": nodes,
                    "largest_component": args.largest, "measure": measure.name(), "value": finite(m.value),
                    "infinite": m.value.is_infinite(), "standard_error": m.standard_error, "unit": measure.unit(),
                    "method": m.method,
                })
            })
            .collect();
        let text = serde_json::to_string_pretty(&list).map_err(|e| Failure::failed_error(&e))?;
        return output::print(&format!("{text}\n"));
    }
    let (nodes, edges) = (overlay.nodes(), overlay.closure().arcs() / 2);
    let mut out = format!("{source}: {nodes} nodes, {edges} edges");
    if !overlay.is_symmetric() {
        let also = what.iter().any(|what| matches!(what, What::Arcs(_)));
        out.push_str(if also {
            " (arcs read as edges, but where it says: along arcs)"
        } else {
            " (arcs read as edges)"
        });
    }
    out.push('\n');
    let mut head = vec!["measure", "how", "value", "unit"];
    let mut left = 2;
    if order.is_some() {
        head.insert(0, "removed");
        left = 3;
    }
    let table: Vec<Vec<String>> = rows
        .iter()
        .map(|(stage, _, measure, m)| {
            let mut row: Vec<String> = share(stage).map(|share| format!("{share:.4}")).into_iter().collect();
            row.extend([measure.name(), m.method, &value(m), measure.unit()].map(str::to_string));
            row
        })
        .collect();
    out.push_str(&output::table(&head, &table, left));
    output::print(&out)
}

/// The live part of a network along its arcs, or its largest component by itself.
fn along_arcs(overlay: &Overlay, alive: &[bool], largest: bool) -> Directed {
    if !largest {
        return directed::measure(overlay, alive);
    }
    // strong components along edges are the components, and equal ones are told apart as by `largest_component`
    let parts = strong_components(overlay.closure(), alive);
    let number = parts.largest().map(|(number, _)| number);
    let inside: Vec<bool> = parts.component.iter().map(|part| Some(*part) == number).collect();
    directed::measure(overlay, &inside)
}

fn stages(overlay: &Overlay, order: Option<&RemovalOrder>, at: &[f64]) -> Vec<Stage> {
    match order {
        None => vec![Stage { removed: None, network: overlay.clone(), alive: vec![true; overlay.nodes() as usize] }],
        Some(order) => at
            .iter()
            .map(|at| {
                let removed = (at * order.len() as f64).round() as usize;
                let mut alive = vec![true; overlay.nodes() as usize];
                if let Items::Nodes(nodes) = &order.items {
                    nodes[..removed].iter().for_each(|&v| alive[v as usize] = false);
                }
                Stage { removed: Some(removed), network: survivors(overlay, order, removed), alive }
            })
            .collect(),
    }
}

/// What is asked for by name; nothing if no name is given.
fn wanted(names: &[String]) -> Result<Vec<What>, Failure> {
    let known = || What::all().map(What::name);
    names
        .iter()
        .map(|name| {
            let along = || DirectedMeasure::named(name).map(What::Arcs);
            Measure::named(name).map(What::Edges).or_else(along).ok_or_else(|| {
                let hint = match nearest(name, known()) {
                    Some(hint) => format!("did you mean `{hint}`?"),
                    None => format!("the measures are {}", known().collect::<Vec<_>>().join(", ")),
                };
                Failure::BadInput(format!("no measure `{name}`; {hint}"))
            })
        })
        .collect()
}

fn finite(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

fn value(m: &Measured) -> String {
    match (m.value, m.standard_error) {
        (x, _) if x.is_nan() => "–".into(),
        (x, _) if x.is_infinite() => "∞".into(),
        (x, Some(error)) => format!("{x:.5} ± {error:.5}"),
        (x, None) => format!("{x:.6}"),
    }
}
