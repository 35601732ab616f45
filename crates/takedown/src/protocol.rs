//! The protocol that a curve was made by: what must be equal for two curves to be compared.
//!
//! Published dismantling results differ in more than the strategy; these are the choices that change the numbers most
//! (Artime et al., Nature Reviews Physics 6, 114, 2024).

use crate::strategy::Ranking;
use crate::{Removes, Strategy};
use hydranet_overlay::Overlay;
use serde::Serialize;

/// What stands beside a curve. The text form is `key=value` pairs with single spaces.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Protocol {
    /// What is removed: `nodes` or `edges`.
    pub removes: &'static str,
    /// Dismantling target C, a share of the initial nodes.
    pub target: f64,
    /// Whether the order was made for that target (and may be poor at others).
    pub made_for_target: bool,
    /// Whether greedy reinsertion came after the strategy.
    pub reinsertion: bool,
    /// Removals between two rankings: `all` (ranked once), `1` (anew after each), a share of the nodes, or `provider`.
    pub batch: String,
    /// Who falls first among equals: `random`, `id`, or `given` by a file.
    pub ties: String,
    /// Whether a directed input was read as undirected: connectivity always uses the symmetric closure.
    pub symmetrised: bool,
    /// Whether N counts isolated nodes. Always: N is every node of the network, and an order names them all.
    pub isolated_counted: bool,
}

impl Protocol {
    /// The protocol of a strategy on a network.
    pub fn of(overlay: &Overlay, strategy: &dyn Strategy, removes: Removes, target: f64) -> Protocol {
        let Ranking { batch, ties, reinsertion } = strategy.ranking();
        Protocol {
            removes: removes.name(),
            target,
            made_for_target: strategy.needs_target(),
            reinsertion,
            batch: batch.into_owned(),
            ties: ties.into_owned(),
            symmetrised: !overlay.is_symmetric(),
            isolated_counted: true,
        }
    }
}

impl std::fmt::Display for Protocol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "removes={} target={} made_for_target={} reinsertion={} batch={} ties={} symmetrised={} isolated_counted={}",
            self.removes,
            self.target,
            self.made_for_target,
            self.reinsertion,
            self.batch,
            self.ties,
            self.symmetrised,
            self.isolated_counted
        )
    }
}
