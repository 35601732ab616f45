//! `hydranet takedown`: one network, one order.

use super::draw;
use crate::args::TakedownArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::Overlay;
use hydranet_results::write_atomically;
use hydranet_routing::discovery::Crawl;
use hydranet_routing::knowledge::{Knowledge, order_after};
use hydranet_takedown::budget::{RemovalCost, Spending, affordable};
use hydranet_takedown::cascade::{Carries, Cascade, Tolerance, cascade};
use hydranet_takedown::repair::{Repair, percolate_repaired};
use hydranet_takedown::{Curve, Items, Outcome, Protocol, RemovalOrder, Removes, Task, percolate};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Params, Purpose, Trial, trial_rng};
use std::path::Path;

/// What `--knowledge requests=0.1,reply=10` says.
fn knowledge(text: &str) -> Result<Knowledge, Failure> {
    let bad = |why: String| Failure::BadInput(format!("--knowledge {text}: {why}"));
    let unread = |why: String| {
        bad(format!(
            "{why}\n  it says what a crawl may do: requests=0.1 (requests a node), and more after commas, such as \
             requests=0.1,reply=10; for full knowledge leave --knowledge out"
        ))
    };
    let pairs: Vec<&str> = text.split(',').filter(|pair| !pair.trim().is_empty()).collect();
    let table = Params::text_of_pairs(&pairs).map_err(unread)?;
    let params = Params::parse(&table).map_err(|e| unread(e.to_string()))?;
    let crawl: Crawl = params.read().map_err(|e| unread(e.reason))?;
    crawl.check().map_err(|e| bad(e.to_string()))?;
    Ok(Knowledge { crawl })
}

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
    let strategy = draw::build(&known.strategies, &args.strategy, &args.strategy_set)?;
    let (overlay, source) = draw::source(&args.network, &known.topologies)?;
    draw::check_needs(strategy.name, &args.network, &overlay)?;
    let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Order);
    let task = &mut Task { rng, target: args.target };
    let mut discovered = None;
    let order = match &args.knowledge {
        Some(text) => {
            let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Crawl);
            let crawl = knowledge(text)?.crawl(&overlay, rng);
            let (crawler, mut rest) =
                crawl.map_err(|why| Failure::BadInput(format!("--knowledge {text}: {source}: {why}")))?;
            discovered = Some(Discovered { nodes: crawler.found().len(), requests: crawler.requests() });
            order_after(&crawler, &overlay, &*strategy.value, task, &mut rest)
        }
        None if args.edges => strategy.value.edges(&overlay, task),
        None => strategy.value.nodes(&overlay, task),
    };
    let order = order.map_err(|e| Failure::BadInput(format!("strategy `{}`: {e}", strategy.name)))?;
    order.notes.iter().for_each(|note| output::note(&format!("note: {note}")));
    if args.edges && order.is_empty() {
        return Err(Failure::BadInput(format!("{source}: the network has no edges to remove")));
    }
    let mut curve = match args.repair {
        Some(max_degree) => {
            let repair = Repair { max_degree, batch: args.repair_batch };
            repair.check().map_err(|e| Failure::BadInput(format!("--repair: {e}")))?;
            percolate_repaired(&overlay, &order, repair)
        }
        None => percolate(&overlay, &order),
    };
    if args.batches {
        curve = curve.in_batches(&order.batch_ends);
    }
    let outcome = Outcome::of(&curve, args.target);
    let spent =
        cost.spent(&overlay, &order).map_err(|e| Failure::BadInput(format!("--removal-cost {}: {e}", cost.name())))?;
    let removes = if args.edges { Removes::Edges } else { Removes::Nodes };
    let report = Report {
        args,
        overlay: &overlay,
        source: &source,
        protocol: Protocol::of(&overlay, &*strategy.value, removes, args.target),
        strategy: strategy.name,
        discovered,
        spending: (cost != RemovalCost::Unit).then(|| Spending::of(&curve, &outcome, &spent)),
        cascade: args.cascade.map(|alpha| overload(&overlay, &order, alpha, args.cascade_seeds)),
        left: args.budget.map(|share| Left::of(&curve, &spent, share)),
        outcome,
    };
    if let Some(path) = &args.order_out {
        write_order(path, &overlay, &order)?;
    }
    if let Some(path) = &args.curve_out {
        write_curve(path, &curve, report.spending.map(|_| &spent[..]), &report.protocol)?;
    }
    output::print(&if args.json { report.json()? } else { report.table() })
}

/// What a crawl came to.
#[derive(Debug, Clone, Copy)]
struct Discovered {
    nodes: usize,
    requests: u64,
}

/// What a budget leaves.
#[derive(Debug, Clone, Copy)]
struct Left {
    removed: usize,
    largest: u32,
    reach: u32,
}

impl Left {
    fn of(curve: &Curve, spent: &[f64], share: f64) -> Left {
        let removed = affordable(spent, share);
        Left { removed, largest: curve.largest[removed], reach: curve.reach[removed] }
    }
}

/// Everything that is told about one takedown.
struct Report<'r> {
    args: &'r TakedownArgs,
    overlay: &'r Overlay,
    source: &'r str,
    strategy: &'static str,
    protocol: Protocol,
    discovered: Option<Discovered>,
    outcome: Outcome,
    spending: Option<Spending>,
    left: Option<Left>,
    cascade: Option<Cascade>,
}

/// The cascade that follows when the first nodes of an order are seized.
fn overload(overlay: &Overlay, order: &RemovalOrder, alpha: f64, seeds: u32) -> Cascade {
    let Items::Nodes(nodes) = &order.items else { unreachable!("the command line refuses --cascade with --edges") };
    let seeds = &nodes[..nodes.len().min(seeds as usize)];
    cascade(overlay, seeds, Tolerance { alpha, load: Carries::EndsToo })
}

/// A number that may not exist.
fn finite(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

impl Report<'_> {
    fn table(&self) -> String {
        let (args, overlay, o) = (self.args, self.overlay, &self.outcome);
        let what = self.protocol.removes;
        let share = |q: u64| format!("{q} {what} ({:.2} %)", 100.0 * q as f64 / o.steps as f64);
        let or_never = |q: Option<u64>| q.map_or("never".to_string(), share);
        let number = |x: f64| finite(x).map_or("–".to_string(), |x| format!("{x:.4}"));
        // a network that is never in two pieces has no peak; that of the curve is then 0, at the first point
        let peak = if o.peak_spread > 0 { number(o.f_c()) } else { "never: it stays in one piece".to_string() };
        let links = if overlay.is_symmetric() { "edges" } else { "arcs" };
        let mut rows = vec![
            ("network".to_string(), self.source.to_string()),
            ("nodes N".into(), overlay.nodes().to_string()),
            (format!("{links} M"), overlay.edges().to_string()),
            ("peers".into(), o.peers.to_string()),
            ("strategy".into(), format!("{}, {what} removed, seed {}", args.strategy, args.network.seed)),
            ("protocol".into(), self.protocol.to_string()),
            ("R (largest component)".into(), number(o.r())),
            ("R_cmd (command reach)".into(), number(o.r_cmd())),
            ("f_c (susceptibility peak)".into(), peak),
            (format!("set size at C = {}", args.target), or_never(o.set_size)),
            ("seizures to 50 % reach".into(), or_never(o.seizures_50)),
            ("seizures to 10 % reach".into(), or_never(o.seizures_10)),
        ];
        if let Some(s) = &self.spending {
            let cost = |x: Option<f64>| match x {
                Some(x) => format!("{} ({:.2} % of {})", round(x), 100.0 * x / s.total, round(s.total)),
                None => "never".to_string(),
            };
            rows.push((format!("R by cost ({})", args.removal_cost), number(s.r(o.nodes))));
            rows.push((format!("cost at C = {}", args.target), cost(s.set_cost)));
            rows.push(("cost to 50 % reach".into(), cost(s.cost_50)));
            rows.push(("cost to 10 % reach".into(), cost(s.cost_10)));
        }
        if let (Some(left), Some(budget)) = (&self.left, args.budget) {
            let of = |x: u32, n: u32| format!("{x} ({:.2} %)", 100.0 * x as f64 / n.max(1) as f64);
            rows.push((format!("a budget of {budget} pays"), share(left.removed as u64)));
            rows.push(("  largest component then".into(), of(left.largest, o.nodes)));
            rows.push(("  peers reached then".into(), of(left.reach, o.peers)));
        }
        if let (Some(cascade), Some(alpha)) = (&self.cascade, args.cascade) {
            let of = |x: u32| format!("{x} nodes ({:.2} %)", 100.0 * x as f64 / o.nodes as f64);
            rows.push((
                format!("avalanche, α = {alpha}"),
                format!("{} in {} rounds", of(cascade.avalanche()), cascade.rounds.len()),
            ));
            rows.push(("  largest component then".into(), of(cascade.largest)));
        }
        rows.iter().map(|(name, value)| format!("{name:<27}{value}\n")).collect()
    }

    fn json(&self) -> Result<String, Failure> {
        let (args, overlay, o) = (self.args, self.overlay, &self.outcome);
        let mut object = serde_json::json!({
            "network": self.source,
            "nodes": overlay.nodes(),
            "edges": overlay.closure().arcs() / 2,
            "symmetric": overlay.is_symmetric(),
            "peers": o.peers,
            "strategy": self.strategy,
            "removes": self.protocol.removes,
            "seed": args.network.seed,
            "target": args.target,
            "protocol": self.protocol,
            "steps": o.steps,
            "r": finite(o.r()),
            "r_cmd": finite(o.r_cmd()),
            "f_c": finite(o.f_c()),
            "set_size": o.set_size,
            "reach_start": o.reach_start,
            "seizures_50": o.seizures_50,
            "seizures_10": o.seizures_10,
        });
        if let Some(found) = self.discovered {
            object["discovered"] = found.nodes.into();
            object["requests"] = found.requests.into();
        }
        if let Some(s) = &self.spending {
            object["cost"] = serde_json::json!({
                "removal_cost": args.removal_cost, "total": s.total, "r_cost": finite(s.r(o.nodes)),
                "set_cost": s.set_cost, "cost_50": s.cost_50, "cost_10": s.cost_10,
            });
        }
        if let Some(left) = &self.left {
            object["budget"] = serde_json::json!({
                "share": args.budget, "removed": left.removed, "largest": left.largest, "reach": left.reach,
            });
        }
        if let Some(cascade) = &self.cascade {
            object["cascade"] = serde_json::json!({
                "alpha": args.cascade, "seeds": args.cascade_seeds, "avalanche": cascade.avalanche(),
                "rounds": cascade.rounds.len(), "largest": cascade.largest,
            });
        }
        serde_json::to_string_pretty(&object).map(|text| text + "\n").map_err(|e| Failure::failed_error(&e))
    }
}

/// A cost in as many digits as it takes.
fn round(x: f64) -> String {
    if x == x.trunc() { format!("{x:.0}") } else { format!("{x:.4}") }
}

fn write_order(path: &Path, overlay: &Overlay, order: &RemovalOrder) -> Result<(), Failure> {
    let names = overlay.names();
    // a line holds a name: one that goes over lines, or begins a comment, would be read as something else
    let unfit = |v: &u32| {
        let name = names.get(*v);
        name.contains(['\n', '\r']) || name.starts_with('#') || name.trim() != name || name.is_empty()
    };
    if let Some(v) = (0..overlay.nodes()).find(unfit) {
        let name = names.get(v).escape_debug().to_string();
        return Err(Failure::BadInput(format!(
            "--order-out: the name `{name}` cannot stand in a line of its own: rename the node"
        )));
    }
    write_atomically(path, |out| match &order.items {
        Items::Nodes(list) => list.iter().try_for_each(|&v| writeln!(out, "{}", names.get(v))),
        Items::Edges(list) => list.iter().try_for_each(|&[u, v]| writeln!(out, "{}\t{}", names.get(u), names.get(v))),
    })
    .map_err(|e| Failure::failed_error(&e))
}

fn write_curve(path: &Path, curve: &Curve, spent: Option<&[f64]>, protocol: &Protocol) -> Result<(), Failure> {
    let mut columns = vec![
        ("removed", "q: nodes or edges that are gone"),
        ("largest", "S1: nodes in the largest component"),
        ("second", "S2: nodes in the second largest component"),
        ("sum_squares", "sum of s^2 over all components"),
        ("reach", "peers that a command still reaches"),
    ];
    columns.extend(spent.map(|_| ("spent", "cost of the removals so far")));
    write_atomically(path, |out| {
        writeln!(out, "{}", columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","))?;
        (0..=curve.steps()).try_for_each(|q| {
            let (s1, s2, sq, reach) = (curve.largest[q], curve.second[q], curve.sum_squares[q], curve.reach[q]);
            match spent {
                Some(spent) => writeln!(out, "{q},{s1},{s2},{sq},{reach},{}", spent[q]),
                None => writeln!(out, "{q},{s1},{s2},{sq},{reach}"),
            }
        })
    })
    .map_err(|e| Failure::failed_error(&e))?;
    // the name and form that "CSV on the Web" (W3C, 2015) gives to what is known about a CSV file
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let column = |(name, meaning): &(&str, &str)| serde_json::json!({ "name": name, "dc:description": meaning });
    let metadata = serde_json::json!({
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "tableSchema": { "columns": columns.iter().map(column).collect::<Vec<_>>() },
        "protocol": protocol,
    });
    let text = serde_json::to_string_pretty(&metadata).map_err(|e| Failure::failed_error(&e))?;
    let beside = path.with_file_name(format!("{file}-metadata.json"));
    write_atomically(&beside, |out| writeln!(out, "{text}")).map_err(|e| Failure::failed_error(&e))
}
