//! What is told of one order.

use crate::args::TakedownArgs;
use crate::failure::Failure;
use hydranet_overlay::Overlay;
use hydranet_takedown::budget::{Spending, affordable};
use hydranet_takedown::cascade::Cascade;
use hydranet_takedown::{Curve, Outcome, Protocol};

/// What a crawl came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Discovered {
    pub(super) nodes: usize,
    pub(super) requests: u64,
}

/// What a budget leaves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    removed: usize,
    largest: u32,
    reach: u32,
}

impl Left {
    pub(super) fn of(curve: &Curve, spent: &[f64], share: f64) -> Left {
        let removed = affordable(spent, share);
        Left { removed, largest: curve.largest[removed], reach: curve.reach[removed] }
    }
}

/// Everything that is told about one takedown.
pub(super) struct Report<'r> {
    pub(super) args: &'r TakedownArgs,
    pub(super) overlay: &'r Overlay,
    pub(super) source: &'r str,
    pub(super) strategy: &'static str,
    pub(super) protocol: Protocol,
    pub(super) discovered: Option<Discovered>,
    pub(super) outcome: Outcome,
    pub(super) spending: Option<Spending>,
    pub(super) left: Option<Left>,
    pub(super) cascade: Option<Cascade>,
}

/// A number that may not exist.
pub(super) fn finite(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

impl Report<'_> {
    pub(super) fn table(&self) -> String {
        let (args, overlay, o) = (self.args, self.overlay, &self.outcome);
        let what = self.protocol.removes;
        let share = |q: u64| format!("{q} {what} ({:.2} %)", 100.0 * q as f64 / o.steps as f64);
        let or_never = |q: Option<u64>| q.map_or("never".to_string(), share);
        let number = |x: f64| finite(x).map_or("–".to_string(), |x| format!("{x:.4}"));
        let threshold = o.f_c().map_or_else(|why| format!("none: {why}"), number);
        let peak = o.f_chi().map_or("never: it stays in one piece".to_string(), number);
        // with less than one node to leave, a node by itself is small enough
        let single = if args.target * f64::from(o.nodes) < 1.0 { ", until all nodes are single: C·N < 1" } else { "" };
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
            ("f_c (peak of S2)".into(), threshold),
            ("f_chi (susceptibility peak)".into(), peak),
            (format!("set size at C = {}", args.target), or_never(o.set_size) + single),
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
        rows.iter().map(|(name, value)| format!("{name:<29}{value}\n")).collect()
    }

    pub(super) fn json(&self) -> Result<String, Failure> {
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
            "f_c": o.f_c().ok(),
            "f_c_missing": o.f_c().err().map(|why| why.to_string()),
            "f_chi": o.f_chi(),
            "target_nodes": (args.target * f64::from(o.nodes)).max(1.0).floor(),
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
