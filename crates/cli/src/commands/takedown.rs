//! `hydranet takedown`: one network, one order.

use super::draw;
use crate::args::TakedownArgs;
use crate::failure::Failure;
use crate::{Known, output};
use hydranet_overlay::{Overlay, io};
use hydranet_results::write_atomically;
use hydranet_takedown::{Curve, Items, Outcome, RemovalOrder, Task, percolate};
use hydranet_topology::{Purpose, Trial, trial_rng};
use std::path::Path;

/// Takes one network down and reports.
pub(crate) fn takedown(args: &TakedownArgs, known: &Known) -> Result<(), Failure> {
    if !(args.target > 0.0 && args.target < 1.0) {
        return Err(Failure::BadInput(format!(
            "--target is a share of the nodes, more than 0 and less than 1, not {}",
            args.target
        )));
    }
    // names are checked before a large file is read
    let strategy = draw::build(&known.strategies, &args.strategy, &args.strategy_set)?;
    let (overlay, source) = match (&args.file, &args.topology) {
        (Some(path), _) => {
            let loaded = io::read(path).map_err(|e| Failure::bad_error(&e))?;
            output::note(&loaded.report.to_string());
            (loaded.overlay, path.display().to_string())
        }
        (None, Some(name)) => {
            let network = draw::network(&known.models, name, &args.set, args.seed, 0)?;
            (network, format!("{name}, seed {}", args.seed))
        }
        (None, None) => unreachable!("the command line asks for one of them"),
    };
    if overlay.nodes() == 0 {
        return Err(Failure::BadInput(format!("{source}: the network has no nodes")));
    }
    let rng = trial_rng(args.seed, Trial::order_of(0, 0), Purpose::Order);
    let task = &mut Task { rng, target: args.target };
    let order = if args.edges { strategy.value.edges(&overlay, task) } else { strategy.value.nodes(&overlay, task) };
    let order = order.map_err(|e| Failure::BadInput(format!("strategy `{}`: {e}", strategy.name)))?;
    order.notes.iter().for_each(|note| output::note(&format!("note: {note}")));
    if args.edges && order.is_empty() {
        return Err(Failure::BadInput(format!("{source}: the network has no edges to remove")));
    }
    let mut curve = percolate(&overlay, &order);
    if args.batches {
        curve = curve.in_batches(&order.batch_ends);
    }
    let outcome = Outcome::of(&curve, args.target);
    if let Some(path) = &args.order_out {
        write_order(path, &overlay, &order)?;
    }
    if let Some(path) = &args.curve_out {
        write_curve(path, &curve)?;
    }
    if args.json {
        json(args, &overlay, &source, strategy.name, &outcome)
    } else {
        table(args, &overlay, &source, &outcome)
    }
}

fn table(args: &TakedownArgs, overlay: &Overlay, source: &str, o: &Outcome) -> Result<(), Failure> {
    let what = if args.edges { "edges" } else { "nodes" };
    let share = |q: u64| format!("{q} {what} ({:.2} %)", 100.0 * q as f64 / o.steps as f64);
    let or_never = |q: Option<u64>| q.map_or("never".to_string(), share);
    let number = |x: f64| if x.is_nan() { "–".to_string() } else { format!("{x:.4}") };
    let links = if overlay.is_symmetric() { "edges" } else { "arcs" };
    let rows = [
        ("network".to_string(), source.to_string()),
        ("nodes N".into(), overlay.nodes().to_string()),
        (format!("{links} M"), overlay.edges().to_string()),
        ("peers".into(), o.peers.to_string()),
        ("strategy".into(), format!("{}, {what} removed, seed {}", args.strategy, args.seed)),
        ("R (largest component)".into(), number(o.r())),
        ("R_cmd (command reach)".into(), number(o.r_cmd())),
        ("f_c (susceptibility peak)".into(), number(o.f_c())),
        (format!("set size at C = {}", args.target), or_never(o.set_size)),
        ("seizures to 50 % reach".into(), or_never(o.seizures_50)),
        ("seizures to 10 % reach".into(), or_never(o.seizures_10)),
    ];
    output::print(&rows.iter().map(|(name, value)| format!("{name:<27}{value}\n")).collect::<String>())
}

fn json(args: &TakedownArgs, overlay: &Overlay, source: &str, strategy: &str, o: &Outcome) -> Result<(), Failure> {
    let number = |x: f64| if x.is_nan() { None } else { Some(x) };
    let object = serde_json::json!({
        "network": source,
        "nodes": overlay.nodes(),
        "edges": overlay.closure().arcs() / 2,
        "symmetric": overlay.is_symmetric(),
        "peers": o.peers,
        "strategy": strategy,
        "removes": if args.edges { "edges" } else { "nodes" },
        "seed": args.seed,
        "target": args.target,
        "steps": o.steps,
        "r": number(o.r()),
        "r_cmd": number(o.r_cmd()),
        "f_c": number(o.f_c()),
        "set_size": o.set_size,
        "reach_start": o.reach_start,
        "seizures_50": o.seizures_50,
        "seizures_10": o.seizures_10,
    });
    output::print(&format!("{}\n", serde_json::to_string_pretty(&object).map_err(|e| Failure::failed_error(&e))?))
}

fn write_order(path: &Path, overlay: &Overlay, order: &RemovalOrder) -> Result<(), Failure> {
    let names = overlay.names();
    write_atomically(path, |out| match &order.items {
        Items::Nodes(list) => list.iter().try_for_each(|&v| writeln!(out, "{}", names.get(v))),
        Items::Edges(list) => list.iter().try_for_each(|&[u, v]| writeln!(out, "{}\t{}", names.get(u), names.get(v))),
    })
    .map_err(|e| Failure::failed_error(&e))
}

fn write_curve(path: &Path, curve: &Curve) -> Result<(), Failure> {
    write_atomically(path, |out| {
        writeln!(out, "removed,largest,second,sum_squares,reach")?;
        (0..=curve.steps()).try_for_each(|q| {
            let (s1, s2, sq, reach) = (curve.largest[q], curve.second[q], curve.sum_squares[q], curve.reach[q]);
            writeln!(out, "{q},{s1},{s2},{sq},{reach}")
        })
    })
    .map_err(|e| Failure::failed_error(&e))
}
