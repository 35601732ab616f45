//! What a replicate works with: random streams of its own, and networks and takedowns of the toolkit by their names.

use hydranet_overlay::{Live, Overlay};
use hydranet_routing::lookup;
use hydranet_takedown::{Curve, Outcome, RemovalOrder, Task, percolate};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Draw, Params, Purpose, Trial, TrialRng, trial_rng};
use std::path::Path;

/// One replicate of one work.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draws<'a> {
    pub(crate) known: &'a Toolkit,
    pub(crate) data: Option<&'a Path>,
    /// The seed of this work: no two works share streams.
    pub(crate) seed: u64,
    /// The number of the replicate.
    pub(crate) trial: Trial,
}

impl Draws<'_> {
    /// The stream of a purpose.
    pub(crate) fn rng(&self, purpose: Purpose) -> TrialRng {
        trial_rng(self.seed, self.trial, purpose)
    }

    /// Draws a network.
    pub(crate) fn network(&self, model: &str, params: &str) -> Overlay {
        let row = self.known.topologies.get(model).unwrap_or_else(|e| panic!("{e}"));
        let built = row.build(&parsed(params)).unwrap_or_else(|e| panic!("{model}: {e}"));
        built.value.generate(&mut self.rng(Purpose::Topology))
    }

    /// The order of a strategy; `params` empty: as its example has it.
    pub(crate) fn order(&self, network: &Overlay, strategy: &str, params: &str, edges: bool) -> RemovalOrder {
        let row = self.known.strategies.get(strategy).unwrap_or_else(|e| panic!("{e}"));
        let built = row.build(&parsed(if params.is_empty() { row.example } else { params }));
        let built = built.unwrap_or_else(|e| panic!("{strategy}: {e}"));
        let task = &mut Task::new(self.rng(Purpose::Order));
        let order = if edges { built.value.edges(network, task) } else { built.value.nodes(network, task) };
        order.unwrap_or_else(|e| panic!("{strategy}: {e}"))
    }

    /// Takes nodes down.
    pub(crate) fn curve(&self, network: &Overlay, strategy: &str, params: &str) -> Curve {
        percolate(network, &self.order(network, strategy, params, false))
    }

    /// What is read off a takedown of nodes, C = 1 %.
    pub(crate) fn outcome(&self, network: &Overlay, strategy: &str, params: &str) -> Outcome {
        Outcome::of(&self.curve(network, strategy, params), 0.01)
    }

    /// The same where edges fall.
    pub(crate) fn edge_outcome(&self, network: &Overlay, strategy: &str, params: &str) -> Outcome {
        Outcome::of(&percolate(network, &self.order(network, strategy, params, true)), 0.01)
    }

    /// A file of the data folder.
    ///
    /// # Errors
    /// If there is no folder, or the file is not there.
    pub(crate) fn file(&self, name: &str) -> Result<Overlay, String> {
        let folder = self.data.ok_or("HYDRANET_DATA does not name a folder with measured networks")?;
        hydranet_overlay::io::read(folder.join(name)).map(|read| read.overlay).map_err(|e| e.to_string())
    }

    /// Who lives when exactly this share of `n` nodes, drawn uniformly, has fallen.
    pub(crate) fn survivors(&self, n: u32, gone: f64) -> Vec<bool> {
        let mut alive = vec![true; n as usize];
        let order = self.rng(Purpose::Defender).permutation(n);
        order[..(gone * f64::from(n)).round() as usize].iter().for_each(|&v| alive[v as usize] = false);
        alive
    }

    /// Failed lookups and lookups between `pairs` random pairs of the nodes that live, each node by itself with the same chance
    /// of having failed.
    pub(crate) fn lookups(&self, network: &Overlay, gone: f64, pairs: u64) -> [f64; 2] {
        let fails = &mut self.rng(Purpose::Defender);
        let mut live = Live::all(network.nodes());
        let (dead, alive): (Vec<u32>, Vec<u32>) = (0..network.nodes()).partition(|_| fails.chance(gone));
        dead.iter().for_each(|v| live.remove(*v));
        let rng = &mut self.rng(Purpose::Lookup);
        let geometry = network.geometry().expect("a structured overlay has one");
        let tally = lookup::route(network, geometry, &live, lookup::pairs(&alive, pairs, rng));
        [tally.failed as f64, tally.lookups() as f64]
    }
}

fn parsed(params: &str) -> Params<'_> {
    Params::parse(params).unwrap_or_else(|e| panic!("{params}: {e}"))
}
