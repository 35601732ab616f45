//! `hydranet plan`.

use super::named_spec::Work;
use super::run::{idle, placed};
use crate::args::PlanArgs;
use crate::failure::Failure;
use crate::{host, output};
use hydranet_montecarlo::engine::ExperimentError;
use hydranet_montecarlo::pilot::{self, UnitTime};
use hydranet_montecarlo::{Experiment, Plan, PlanRecord};
use hydranet_toolkit::Toolkit;
use std::time::Duration;

/// Times one unit of each topology, and says what the whole would take.
pub(crate) fn plan(args: &PlanArgs, known: &Toolkit) -> Result<(), Failure> {
    let work = Work::open(&args.spec, &args.work, known)?;
    if !(args.patience >= 0.0 && args.patience <= 1e6) {
        return Err(Failure::BadInput(format!("--patience is 0 to 1000000 seconds, not {}", args.patience)));
    }
    work.spec.check_models()?;
    idle(&work.spec);
    let plan = PlanRecord::new(&work.name, &work.spec).plan;
    let units = pilot::times(&work.spec, &plan, Duration::from_secs_f64(args.patience))
        .map_err(|e| placed(&work.spec, ExperimentError::Run(e)))?;
    let ahead = Ahead::new(&work.spec, plan, units, args.shards);
    let text = if args.json { ahead.json(&work.name) } else { ahead.text(&work.name) };
    output::print(&text)
}

/// What there is to say.
struct Ahead<'s> {
    spec: &'s Experiment,
    plan: Plan,
    labels: Vec<String>,
    units: Vec<UnitTime>,
    /// Seconds of each shard, on one core.
    shards: Vec<f64>,
    /// Bytes that this process has had on one thread, where the system tells.
    memory: Option<u64>,
}

impl<'s> Ahead<'s> {
    fn new(spec: &'s Experiment, plan: Plan, units: Vec<UnitTime>, shards: u32) -> Ahead<'s> {
        let labels = spec.study.topologies().iter().map(|t| t.label.clone()).collect();
        let memory = host::peak_memory();
        let shards = pilot::shard_seconds(&plan, &units, shards);
        Ahead { spec, plan, labels, units, shards, memory }
    }

    fn seconds(&self) -> f64 {
        f64::from(self.plan.networks) * self.units.iter().map(|unit| unit.seconds).sum::<f64>()
    }

    fn range(&self) -> [f64; 2] {
        [self.shards.iter().copied().fold(f64::INFINITY, f64::min), self.shards.iter().copied().fold(0.0, f64::max)]
    }

    fn text(&self, name: &str) -> String {
        let header = &self.spec.header;
        let (plan, units) = (&self.plan, u64::from(self.plan.networks) * u64::from(self.plan.topologies));
        let (blocks, tables) = (plan.blocks().len(), self.spec.kind().schemas.len());
        let mut out = format!(
            "{name}: {}\nstudy {}, seed {}\n{}\n\n\
             units       {units}: one network of one topology, with everything that happens to it\n\
             blocks      {blocks}, in {} part files\n\
             hash        {} (of spec, seed and code)\n\n",
            header.title,
            self.spec.kind().name,
            header.seed,
            self.spec.extent(),
            blocks * tables,
            plan.hash,
        );
        let all: f64 = self.units.iter().map(|unit| unit.seconds).sum();
        let rows = self.units.iter().zip(&self.labels).map(|(unit, label)| {
            vec![
                label.clone(),
                unit.size.nodes.to_string(),
                unit.size.edges.to_string(),
                format!("{}{}", if unit.timed { "" } else { "≈ " }, duration(unit.seconds)),
                format!("{:.0} %", 100.0 * unit.seconds / all.max(f64::MIN_POSITIVE)),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        out.push_str(&output::table(&["topology", "nodes", "edges", "a unit", "of all"], &rows, 1));
        let reckoned = self.units.iter().filter(|unit| !unit.timed).count();
        let how = match reckoned {
            0 => "one unit of each topology was timed".to_string(),
            n => format!(
                "{n} of {} topologies reckoned (≈) from their size; more --patience times them",
                self.units.len()
            ),
        };
        out.push_str(&format!("\nprocessor   {} on one core; {how}\n", duration(self.seconds())));
        if let Some(bytes) = self.memory {
            let megabytes = bytes.div_ceil(1_000_000);
            out.push_str(&match reckoned {
                0 => format!("memory      about {megabytes} MB a thread\n"),
                _ => format!(
                    "memory      at least {megabytes} MB a thread: the largest network was drawn, but not taken down\n"
                ),
            });
        }
        let [least, most] = self.range();
        let count = self.shards.len();
        let ideal = self.seconds() / count as f64;
        out.push_str(&format!(
            "shards      {count}: {} to {} on one core each (all alike: {})\n",
            duration(least),
            duration(most),
            duration(ideal)
        ));
        if count > blocks {
            out.push_str(&format!(
                "            more shards than blocks: {} of them have nothing to do\n",
                count - blocks
            ));
        }
        if header.precision.is_some() {
            out.push_str(
                "            this spec stops by `precision`: it may draw more networks, and cannot be shared out\n",
            );
        }
        out
    }

    fn json(&self, name: &str) -> String {
        let units = self.units.iter().zip(&self.labels).map(|(unit, label)| {
            serde_json::json!({
                "topology": label, "nodes": unit.size.nodes, "edges": unit.size.edges, "seconds": unit.seconds,
                "timed": unit.timed, "cost": unit.cost,
            })
        });
        let json = serde_json::json!({
            "experiment": name, "hash": self.plan.hash, "units": u64::from(self.plan.networks) * u64::from(self.plan.topologies),
            "blocks": self.plan.blocks().len(), "cpu_seconds": self.seconds(), "memory_bytes": self.memory,
            "shards": self.shards.len(), "shard_seconds": self.range(), "topologies": units.collect::<Vec<_>>(),
        });
        format!("{json:#}\n")
    }
}

/// Seconds as people say them.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 0.001 => format!("{:.0} µs", s * 1e6),
        s if s < 1.0 => format!("{:.3} s", s),
        s if s < 600.0 => format!("{s:.1} s"),
        s if s < 36_000.0 => format!("{:.1} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}
