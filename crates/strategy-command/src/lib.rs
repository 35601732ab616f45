#![doc = include_str!("../README.md")]
//!
//! The strategy `command`: somebody else's program ranks the nodes, so that learned and unpublished methods join a benchmark
//! under the same protocol as all others.
//!
//! The program is run once an order, on every network that is drawn. On standard input it gets the edge list,
//!
//! ```text
//! # nodes 4 edges 3
//! 0 1
//! 0 2
//! 2 3
//! ```
//!
//! ids from 0 to N − 1, every link once with the smaller id first (arcs as links: connectivity reads a directed network so,
//! too). On standard output it writes one id a line, first to fall first; empty lines and lines that begin with `#` are passed
//! over. What it does not name falls after the others, in random order.
//!
//! Of its surroundings it is told `HYDRANET_SEED`, a number below 2³² that is drawn from the strategy's own stream and differs
//! from trial to trial; `HYDRANET_TRIAL`, the numbers of network and order as in `3-0`; and `HYDRANET_TARGET`, the dismantling
//! target C. A program that takes its randomness from `HYDRANET_SEED` alone gives the same rows in every run.
//!
//! **The one exception to two invariants.** Strategies do no I/O and read no clock; a program of somebody else is I/O by
//! nature, and one that hangs must be stopped. So this strategy has a crate of its own, outside of `takedown`. What keeps
//! results a function of spec, seed and code is then the program's part, as far as it can be helped from here: its text and the
//! files that it names are in the [fingerprint](hydranet_takedown::Strategy::fingerprint) of results, its seed comes from the
//! trial, and the clock decides only whether there is an order, never which.

mod answer;
mod program;

use hydranet_overlay::Overlay;
use hydranet_plugin::{Plugin, Registration};
use hydranet_takedown::{NetworkSize, Ranking, RemovalOrder, Strategy, Task, Unsuitable};
use hydranet_topology::{Draw, Invalid, trial_of};
use program::Program;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The strategies of this crate.
pub const STRATEGIES: &[Registration<dyn Strategy>] = &[Registration::of::<Command>()];

/// Parameters of [`Command`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandParams {
    /// The command line, for the shell `sh`: `python3 mine.py`. Gets the edge list on standard input (`# nodes N edges M`, then
    /// `u v` a line, ids from 0) and writes the order to standard output, one id a line, first to fall first. Nodes that it does
    /// not name fall after all others, in random order. It is told HYDRANET_SEED, HYDRANET_TRIAL and HYDRANET_TARGET.
    pub command: String,
    /// How long it may take for one order, in seconds (more than 0); it is then killed, and the run fails.
    #[serde(default = "ten_minutes")]
    pub timeout_seconds: f64,
    /// The folder that it is run in. Left out: the one that hydranet is run in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory: Option<PathBuf>,
}

fn ten_minutes() -> f64 {
    600.0
}

/// Has a program rank the nodes.
#[derive(Debug)]
pub struct Command {
    program: Program,
    fingerprint: String,
}

impl Strategy for Command {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let n = overlay.nodes();
        let trial = trial_of(&task.rng);
        // as wide as the seeds that most libraries take
        let seed = (u64::from(task.rng.below(1 << 16)) << 16) | u64::from(task.rng.below(1 << 16));
        let told = [
            ("HYDRANET_SEED", seed.to_string()),
            ("HYDRANET_TRIAL", format!("{}-{}", trial.network, trial.order)),
            ("HYDRANET_TARGET", task.target.to_string()),
        ];
        let refuse = |reason: String| Unsuitable::new(format!("{}: {reason}", self.program.shown()));
        let said =
            self.program.run(edge_list(overlay), &told, answer::longest(n)).map_err(|e| refuse(e.to_string()))?;
        let mut order = answer::read(&said, n).map_err(|e| refuse(e.to_string()))?;
        let named = order.len();
        let mut there = vec![false; n as usize];
        order.iter().for_each(|&v| there[v as usize] = true);
        let mut rest: Vec<u32> = (0..n).filter(|&v| !there[v as usize]).collect();
        task.rng.shuffle(&mut rest);
        order.extend(rest);
        let notes = match named == order.len() {
            true => Vec::new(),
            false => {
                vec![format!("the command names {named} of {n} nodes; the others fall after these, in random order")]
            }
        };
        Ok(RemovalOrder { notes, ..RemovalOrder::nodes(order) })
    }

    /// It is told the target, and may work towards it.
    fn needs_target(&self) -> bool {
        true
    }

    fn ranking(&self) -> Ranking {
        Ranking { batch: "command".into(), ties: "command".into(), ..Ranking::ONCE }
    }

    /// As an adaptive strategy in a scripting language: what the program costs is not known here.
    fn order_cost(&self, _size: NetworkSize) -> f64 {
        10_000.0
    }

    fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }
}

/// What the program reads.
fn edge_list(overlay: &Overlay) -> Vec<u8> {
    let csr = overlay.closure();
    let mut text = format!("# nodes {} edges {}\n", csr.nodes(), csr.arcs() / 2);
    csr.iter_arcs().filter(|[u, v]| u < v).for_each(|[u, v]| text.push_str(&format!("{u} {v}\n")));
    text.into_bytes()
}

impl Plugin for Command {
    type Params = CommandParams;
    const NAME: &'static str = "command";
    const ABOUT: &'static str = "your own program: edge list in on standard input, order out, on every network";
    const EXAMPLE: &'static str = r#"command = "awk '!/^#/ { for (i = 1; i <= 2; i++) if (!seen[$i]++) print $i }'""#;

    fn new(params: CommandParams) -> Result<Command, Invalid> {
        let CommandParams { command, timeout_seconds, directory } = params;
        Invalid::unless(!command.trim().is_empty(), "command", || {
            "a command line, such as \"python3 mine.py\"".into()
        })?;
        Invalid::unless(!command.contains('\0'), "command", || "a command line has no NUL in it".into())?;
        let limit = Duration::try_from_secs_f64(timeout_seconds).ok().filter(|limit| !limit.is_zero());
        let limit = limit.ok_or_else(|| {
            Invalid::new("timeout_seconds", format!("a number of seconds, more than 0, not {timeout_seconds}"))
        })?;
        let folder = directory.clone().unwrap_or_else(|| ".".into());
        Invalid::unless(folder.is_dir(), "directory", || format!("{} is no folder", folder.display()))?;
        let fingerprint = fingerprint(&command, &folder);
        Ok(Command { program: Program { line: command, limit, directory }, fingerprint })
    }
}

/// The command line, and the content of every file that a word of it names: the script, its settings, its weights.
fn fingerprint(line: &str, folder: &Path) -> String {
    let mut text = line.to_string();
    for word in line.split_whitespace() {
        let word = word.trim_matches(['"', '\'', ';', '(', ')']);
        let path = folder.join(word);
        if let Some(content) = Some(path).filter(|path| path.is_file()).and_then(|path| std::fs::read(path).ok()) {
            let hash: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
            text.push_str(&format!("\n{word} sha256 {hash}"));
        }
    }
    text
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
