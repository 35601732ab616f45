//! What is told of several orders, or of several strategies.

use crate::args::TakedownArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::Overlay;
use hydranet_results::MetricInfo;
use hydranet_results::differences::DifferenceRow;
use hydranet_results::summary::SummaryRow;
use hydranet_studies::shared::lines::by_cell;
use hydranet_studies::takedown::metrics as m;
use hydranet_studies::takedown::reading;
use hydranet_takedown::{Removes, Strategy};
use hydranet_topology::Built;
use serde_json::{Map, Value, json};

/// A comparison.
pub(super) struct Compared<'c> {
    pub(super) args: &'c TakedownArgs,
    pub(super) overlay: &'c Overlay,
    pub(super) source: &'c str,
    pub(super) removes: Removes,
    pub(super) strategies: &'c [Built<dyn Strategy>],
    /// Of each strategy.
    pub(super) protocols: &'c [String],
    /// Whether all orders of a strategy are the same.
    pub(super) same: &'c [bool],
    /// Treatments are strategies.
    pub(super) summary: Vec<SummaryRow>,
    pub(super) differences: Vec<DifferenceRow>,
}

impl Compared<'_> {
    fn columns(&self) -> Vec<&'static MetricInfo> {
        let mut columns = vec![&m::R, &m::R_CMD, &m::F_C, &m::F_CHI, &m::SET_SIZE, &m::SEIZURES_50, &m::SEIZURES_10];
        if self.args.removal_cost != "unit" {
            columns.extend([&m::R_COST, &m::SET_COST, &m::COST_50, &m::COST_10]);
        }
        if self.args.cascade.is_some() {
            columns.extend([&m::AVALANCHE, &m::CASCADE_LARGEST]);
        }
        columns.into_iter().map(|metric| &metric.info).collect()
    }

    pub(super) fn table(&self) -> String {
        let (args, overlay) = (self.args, self.overlay);
        let links = if overlay.is_symmetric() { "edges M" } else { "arcs M" };
        let orders = match args.orders {
            1 => "1 of each strategy".to_string(),
            orders => format!("{orders} of each strategy"),
        };
        let head = [
            ("network", self.source.to_string()),
            ("nodes N", overlay.nodes().to_string()),
            (links, overlay.edges().to_string()),
            ("peers", overlay.peers().to_string()),
            ("orders", format!("{orders}, {} removed, seed {}", self.removes.name(), args.network.seed)),
            ("target C", args.target.to_string()),
        ];
        let mut out: String = head.iter().map(|(name, value)| format!("{name:<11}{value}\n")).collect();
        out.push('\n');
        let mut lines = by_cell(&self.summary, &self.columns());
        // the network is the same in all lines
        lines.head.remove(0);
        lines.head[0] = "strategy".into();
        for row in &mut lines.rows {
            row.remove(0);
            if args.orders == 1 {
                row.iter_mut().for_each(|cell| *cell = cell.replace("   (no interval)", ""));
            }
        }
        let head: Vec<&str> = lines.head.iter().map(String::as_str).collect();
        out.push_str(&output::table(&head, &lines.rows, 1));
        out.push_str(&match args.orders {
            1 => "one order each; --orders N gives means and intervals over N orders\n".to_string(),
            _ => reading(&self.summary),
        });
        let same = self.strategies.iter().zip(self.same).filter(|(_, same)| **same);
        let same: Vec<&str> = same.map(|(built, _)| built.name).collect();
        if !same.is_empty() {
            out.push_str(&format!(
                "the same order every time: {} (nothing is left to chance on this network, and intervals have width 0)\n",
                same.join(", ")
            ));
        }
        out.push('\n');
        for (built, protocol) in self.strategies.iter().zip(self.protocols) {
            out.push_str(&format!("protocol of {}: {protocol}\n", built.name));
        }
        out
    }

    pub(super) fn json(&self) -> Result<String, Failure> {
        let (args, overlay) = (self.args, self.overlay);
        let strategies: Vec<Value> = (0..self.strategies.len()).map(|which| self.strategy(which)).collect();
        let difference = |row: &DifferenceRow| {
            json!({
                "strategy": row.treatment, "reference": row.reference_treatment, "metric": row.metric, "mean": row.mean,
                "lo": row.lo, "hi": row.hi, "lo_all": row.lo_all, "hi_all": row.hi_all, "p": row.p, "p_holm": row.p_holm,
                "pairs": row.pairs,
            })
        };
        let object = json!({
            "network": self.source,
            "nodes": overlay.nodes(),
            "edges": overlay.closure().arcs() / 2,
            "symmetric": overlay.is_symmetric(),
            "peers": overlay.peers(),
            "removes": self.removes.name(),
            "seed": args.network.seed,
            "target": args.target,
            "orders": args.orders,
            "intervals": "95 %, over orders",
            "strategies": strategies,
            "differences": self.differences.iter().map(difference).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&object).map(|text| text + "\n").map_err(|e| Failure::failed_error(&e))
    }

    /// One strategy: its parameters, and what each metric came to.
    fn strategy(&self, which: usize) -> Value {
        let built = &self.strategies[which];
        let mut metrics = Map::new();
        for row in self.summary.iter().filter(|row| row.treatment == built.name) {
            let value = json!({
                "unit": row.unit, "mean": row.mean, "sd": row.sd, "lo": row.lo, "hi": row.hi, "median": row.median,
                "orders": row.trials, "missing": row.missing,
            });
            metrics.insert(row.metric.clone(), value);
        }
        json!({
            "strategy": built.name,
            "params": built.params,
            "protocol": self.protocols[which],
            "same_order": self.same[which],
            "metrics": metrics,
        })
    }
}
