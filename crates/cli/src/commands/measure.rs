//! `hydranet measure`: what is said of a whole network, or of what a takedown leaves.

use super::draw;
use crate::args::MeasureArgs;
use crate::failure::Failure;
use crate::{Known, output};
use hydranet_overlay::Overlay;
use hydranet_takedown::measure::{Effort, Measure, Measured, largest_component, measure_with, survivors};
use hydranet_takedown::{RemovalOrder, Task};
use hydranet_topology::registry::nearest;
use hydranet_topology::{Purpose, Trial, trial_rng};

/// A network to be measured, and how much of the order is gone.
struct Stage {
    removed: Option<usize>,
    network: Overlay,
}

/// Measures one network and reports.
pub(crate) fn measure(args: &MeasureArgs, known: &Known) -> Result<(), Failure> {
    let what = wanted(&args.only)?;
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
    let (overlay, source) = draw::source(&args.network, &known.models)?;
    let order = match &strategy {
        None => None,
        Some(strategy) => {
            let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Order);
            let order = strategy.value.nodes(&overlay, &mut Task { rng, target: args.target });
            Some(order.map_err(|e| Failure::BadInput(format!("strategy `{}`: {e}", strategy.name)))?)
        }
    };
    let effort = Effort { searches: args.searches, ..Effort::default() };
    let stages = stages(&overlay, order.as_ref(), &args.at);
    let mut rows = Vec::new();
    for stage in &stages {
        let network = if args.largest { largest_component(&stage.network) } else { stage.network.clone() };
        for &measure in &what {
            // a stream of its own for each, so that asking for one does not change another
            let trial = Trial::order_of(measure as u32, stage.removed.unwrap_or(0) as u32);
            let mut rng = trial_rng(args.network.seed, trial, Purpose::Measure);
            rows.push((stage, network.nodes(), measure, measure_with(&network, measure, &effort, &mut rng)));
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
        out.push_str(" (arcs read as edges)");
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

fn stages(overlay: &Overlay, order: Option<&RemovalOrder>, at: &[f64]) -> Vec<Stage> {
    match order {
        None => vec![Stage { removed: None, network: overlay.clone() }],
        Some(order) => at
            .iter()
            .map(|at| {
                let removed = (at * order.len() as f64).round() as usize;
                Stage { removed: Some(removed), network: survivors(overlay, order, removed) }
            })
            .collect(),
    }
}

fn wanted(names: &[String]) -> Result<Vec<Measure>, Failure> {
    if names.is_empty() {
        return Ok(Measure::ALL.to_vec());
    }
    let known = || Measure::ALL.iter().map(|measure| measure.name());
    names
        .iter()
        .map(|name| {
            Measure::named(name).ok_or_else(|| {
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
