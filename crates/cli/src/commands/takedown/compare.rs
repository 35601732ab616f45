//! Several strategies, or several orders, on one network: what each comes to, with intervals over orders.
//!
//! A strategy is a treatment of a takedown study, and this network is its only one: rows, metrics, intervals and differences
//! are those of a spec with `networks = 1`.

use super::figure::{Drawn, POINTS};
use super::shown::Compared;
use super::{Asked, knowledge, repair};
use crate::args::TakedownArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_montecarlo::replicate;
use hydranet_results::differences::differences;
use hydranet_results::summary::summarize;
use hydranet_results::{Observations, Table};
use hydranet_studies::takedown::metrics::METRICS;
use hydranet_studies::takedown::rows::{CURVES, CurveRow, TRIALS, TrialRow};
use hydranet_studies::takedown::{Asked as Order, Called, CascadeSpec, Taken, TreatmentSpec};
use hydranet_takedown::{Items, Protocol, RemovalOrder, Removes, Strategy, Unsuitable};
use hydranet_topology::{Built, Trial};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Refuses what is about one order alone.
pub(super) fn check(args: &TakedownArgs) -> Result<(), Failure> {
    if !(1..1 << 24).contains(&args.orders) {
        return Err(Failure::BadInput(format!("--orders is 1 to 16777215, not {}", args.orders)));
    }
    let single = [
        ("--order-out", args.order_out.is_some()),
        ("--curve-out", args.curve_out.is_some()),
        ("--budget", args.budget.is_some()),
    ];
    match single.iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(Failure::BadInput(format!(
            "{option} is about one order of one strategy: name one, and leave --orders out"
        ))),
        None => Ok(()),
    }
}

/// One order of one strategy: what is kept of it.
struct One<'t> {
    row: TrialRow<'t>,
    /// Left out where nothing is drawn.
    curve: Vec<CurveRow<'t>>,
    /// Of two orders with the same mark, it is all but certain that they are the same.
    mark: u64,
    notes: Vec<String>,
}

fn mark(order: &RemovalOrder) -> u64 {
    let mut hasher = DefaultHasher::new();
    match &order.items {
        Items::Nodes(list) => list.hash(&mut hasher),
        Items::Edges(list) => list.hash(&mut hasher),
    }
    hasher.finish()
}

/// Takes the network down in all orders, and tells.
pub(super) fn compare(asked: Asked<'_>, strategies: &[Built<dyn Strategy>]) -> Result<(), Failure> {
    let Asked { args, cost, overlay, source, plot } = asked;
    let removes = if args.edges { Removes::Edges } else { Removes::Nodes };
    if args.edges && overlay.closure().arcs() == 0 {
        return Err(Failure::BadInput(format!("{source}: the network has no edges to remove")));
    }
    let (repair, knowledge) = (repair(args)?, args.knowledge.as_deref().map(knowledge).transpose()?);
    let treatments: Vec<TreatmentSpec> = strategies
        .iter()
        .map(|built| TreatmentSpec {
            label: built.name.to_string(),
            built: built.clone(),
            removes,
            cost,
            cascade: args.cascade.map(|alpha| CascadeSpec { alpha, seeds: args.cascade_seeds }),
            knowledge: knowledge.clone(),
            repair,
        })
        .collect();
    let protocol = |built: &Built<dyn Strategy>| Protocol::of(overlay, &*built.value, removes, args.target).to_string();
    let protocols: Vec<String> = strategies.iter().map(protocol).collect();
    let one = |which: usize, order: u32| -> Result<One<'_>, Unsuitable> {
        let (treatment, trial) = (&treatments[which], Trial::order_of(0, order));
        let order = Order { seed: args.network.seed, trial, target: args.target, batches: args.batches };
        let taken = Taken::of(overlay, treatment, order)?;
        let (treatment_label, protocol) = (treatment.label.as_str(), protocols[which].as_str());
        let called = Called { topology: source, model: "", treatment: treatment_label, protocol, trial };
        Ok(One {
            row: taken.row(overlay, treatment, called),
            curve: if plot.is_some() { taken.curve_rows(treatment, called, POINTS) } else { Vec::new() },
            mark: mark(&taken.removal),
            notes: taken.removal.notes,
        })
    };
    let (mut trials, mut curves) = (Table::new(&TRIALS), Table::new(&CURVES));
    let mut same = Vec::new();
    for (which, strategy) in strategies.iter().enumerate() {
        let orders = replicate(args.orders as usize, |trial| one(which, trial.network));
        let orders = orders.into_iter().collect::<Result<Vec<One<'_>>, Unsuitable>>();
        let orders = orders.map_err(|e| Failure::BadInput(format!("{source}: strategy `{}`: {e}", strategy.name)))?;
        let mut told: Vec<&String> = Vec::new();
        for note in orders.iter().flat_map(|order| &order.notes) {
            if !told.contains(&note) {
                output::note(&format!("note: {}: {note}", strategy.name));
                told.push(note);
            }
        }
        same.push(orders.len() > 1 && orders.iter().all(|order| order.mark == orders[0].mark));
        for order in &orders {
            trials.push_record(&order.row).map_err(|e| Failure::failed_error(&e))?;
            for point in &order.curve {
                curves.push_record(point).map_err(|e| Failure::failed_error(&e))?;
            }
        }
    }
    if let Some(plot) = plot {
        plot.write(Drawn { curves: &curves, removes, orders: args.orders, source, seed: args.network.seed })?;
    }
    let observations = Observations::of(&[&METRICS], &[trials]);
    let compared = Compared {
        args,
        overlay,
        source,
        removes,
        strategies,
        protocols: &protocols,
        same: &same,
        summary: summarize(&observations),
        differences: differences(&observations),
    };
    output::print(&if args.json { compared.json()? } else { compared.table() })
}
