//! `hydranet takedown`: one network, one order of one strategy; or many orders of several strategies, compared.

mod choice;
mod compare;
mod figure;
mod files;
mod knowledge;
mod report;
mod shown;

use super::draw;
use crate::args::TakedownArgs;
use crate::failure::Failure;
use crate::output;
use figure::{Drawn, Plot};
use files::{write_curve, write_order};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_routing::knowledge::order_after;
use hydranet_studies::takedown::{Called, curve_rows};
use hydranet_takedown::budget::{RemovalCost, Spending};
use hydranet_takedown::cascade::{Carries, Cascade, Tolerance, cascade};
use hydranet_takedown::repair::{Repair, percolate_repaired};
use hydranet_takedown::{Items, Outcome, Protocol, RemovalOrder, Removes, Strategy, Task, percolate};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Built, Purpose, Trial, trial_rng};
use knowledge::knowledge;
use report::{Discovered, Left, Report};

/// Takes one network down and reports.
pub(crate) fn takedown(args: &TakedownArgs, known: &Toolkit) -> Result<(), Failure> {
    draw::target(args.target)?;
    if let Some(alpha) = args.cascade.filter(|alpha| !(*alpha >= 0.0 && alpha.is_finite())) {
        return Err(Failure::BadInput(format!("--cascade is a spare capacity of 0 or more, not {alpha}")));
    }
    let cost = RemovalCost::named(&args.removal_cost).ok_or_else(|| {
        let known = RemovalCost::ALL.map(RemovalCost::name).join(", ");
        Failure::BadInput(format!("--removal-cost is one of {known}, not `{}`", args.removal_cost))
    })?;
    if let Some(share) = args.budget.filter(|share| !(0.0..=1.0).contains(share)) {
        return Err(Failure::BadInput(format!("--budget is a share of the total cost, 0 to 1, not {share}")));
    }
    // names are checked before a large file is read
    let strategies = choice::strategies(&known.strategies, &args.strategy, &args.strategy_set)?;
    let plot = args.plot.as_deref().map(Plot::at).transpose()?;
    let many = strategies.len() > 1 || args.orders != 1;
    if many {
        compare::check(args)?;
    }
    let (overlay, source) = draw::source(&args.network, &known.topologies)?;
    for strategy in &strategies {
        draw::check_needs(strategy.name, &args.network, &overlay)?;
    }
    let asked = Asked { args, cost, overlay: &overlay, source: &source, plot: plot.as_ref() };
    match &strategies[..] {
        [strategy] if !many => single(asked, strategy),
        _ => compare::compare(asked, &strategies),
    }
}

/// A takedown as it was asked for, on a network that is there.
#[derive(Clone, Copy)]
struct Asked<'a> {
    args: &'a TakedownArgs,
    cost: RemovalCost,
    overlay: &'a Overlay,
    source: &'a str,
    plot: Option<&'a Plot>,
}

/// What `--repair` says.
fn repair(args: &TakedownArgs) -> Result<Option<Repair>, Failure> {
    let Some(max_degree) = args.repair else { return Ok(None) };
    let repair = Repair { max_degree, batch: args.repair_batch };
    repair.check().map_err(|e| Failure::BadInput(format!("--repair: {e}")))?;
    Ok(Some(repair))
}

/// One order of one strategy.
fn single(asked: Asked<'_>, strategy: &Built<dyn Strategy>) -> Result<(), Failure> {
    let Asked { args, cost, overlay, source, plot } = asked;
    let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Order);
    let task = &mut Task { rng, target: args.target };
    let mut discovered = None;
    let order = match &args.knowledge {
        Some(text) => {
            let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Crawl);
            let crawl = knowledge(text)?.crawl(overlay, rng);
            let (crawler, mut rest) =
                crawl.map_err(|why| Failure::BadInput(format!("--knowledge {text}: {source}: {why}")))?;
            discovered = Some(Discovered { nodes: crawler.found().len(), requests: crawler.requests() });
            order_after(&crawler, overlay, &*strategy.value, task, &mut rest)
        }
        None if args.edges => strategy.value.edges(overlay, task),
        None => strategy.value.nodes(overlay, task),
    };
    let order = order.map_err(|e| Failure::BadInput(format!("strategy `{}`: {e}", strategy.name)))?;
    order.notes.iter().for_each(|note| output::note(&format!("note: {note}")));
    if args.edges && order.is_empty() {
        return Err(Failure::BadInput(format!("{source}: the network has no edges to remove")));
    }
    let mut curve = match repair(args)? {
        Some(repair) => percolate_repaired(overlay, &order, repair),
        None => percolate(overlay, &order),
    };
    if args.batches {
        curve = curve.in_batches(&order.batch_ends);
    }
    let outcome = Outcome::of(&curve, args.target);
    let spent =
        cost.spent(overlay, &order).map_err(|e| Failure::BadInput(format!("--removal-cost {}: {e}", cost.name())))?;
    let removes = if args.edges { Removes::Edges } else { Removes::Nodes };
    let report = Report {
        args,
        overlay,
        source,
        protocol: Protocol::of(overlay, &*strategy.value, removes, args.target),
        strategy: strategy.name,
        discovered,
        spending: (cost != RemovalCost::Unit).then(|| Spending::of(&curve, &outcome, &spent)),
        cascade: args.cascade.map(|alpha| overload(overlay, &order, alpha, args.cascade_seeds)),
        left: args.budget.map(|share| Left::of(&curve, &spent, share)),
        outcome,
    };
    if let Some(path) = &args.order_out {
        write_order(path, overlay, &order)?;
    }
    if let Some(path) = &args.curve_out {
        write_curve(path, &curve, report.spending.map(|_| &spent[..]), &report.protocol)?;
    }
    if let Some(plot) = plot {
        let protocol = report.protocol.to_string();
        let called = Called {
            topology: source,
            model: "",
            treatment: strategy.name,
            protocol: &protocol,
            trial: Trial::order_of(0, 0),
        };
        let curves = Table::of(&curve_rows(&curve, None, called, figure::POINTS));
        plot.write(Drawn { curves: &curves, removes, orders: 1, source, seed: args.network.seed })?;
    }
    output::print(&if args.json { report.json()? } else { report.table() })
}

/// The cascade that follows when the first nodes of an order are seized.
fn overload(overlay: &Overlay, order: &RemovalOrder, alpha: f64, seeds: u32) -> Cascade {
    let Items::Nodes(nodes) = &order.items else { unreachable!("the command line refuses --cascade with --edges") };
    let seeds = &nodes[..nodes.len().min(seeds as usize)];
    cascade(overlay, seeds, Tolerance { alpha, load: Carries::EndsToo })
}
