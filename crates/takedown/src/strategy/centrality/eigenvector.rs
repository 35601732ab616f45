//! Highest eigenvector centrality first (Bonacich, Am. J. Sociol. 92, 1170, 1987).
//!
//! Scores are those of [`hydranet_measures::centrality::eigenvector`]: λ_C · x_v² in every component C of the closure, which within a
//! component is the order of x. O(m) an iteration.
//!
//! Where `iterations` are not enough (long paths and grids have close eigenvalues), the order carries a note.

use crate::RemovalOrder;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Ties, Unsuitable, score};
use hydranet_measures::centrality::{PowerIteration, eigenvector};
use hydranet_overlay::Overlay;
use hydranet_plugin::Plugin;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Eigenvector`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EigenvectorParams {
    /// Iteration ends when the vector (of length 1) moves by less than this, in (0, 1).
    pub tolerance: f64,
    /// Iterations at most (≥ 1).
    pub iterations: u32,
    /// Who falls first among nodes of equal score: drawn at random, or the lowest node number.
    pub ties: Ties,
}

impl Default for EigenvectorParams {
    fn default() -> Self {
        EigenvectorParams { tolerance: 1e-10, iterations: 10_000, ties: Ties::Random }
    }
}

/// Highest eigenvector centrality first.
#[derive(Debug, Clone, Default)]
pub struct Eigenvector(EigenvectorParams);

impl Strategy for Eigenvector {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let EigenvectorParams { tolerance, iterations, .. } = self.0;
        let found = eigenvector(csr, PowerIteration { tolerance, iterations });
        let (scores, slow) = (found.scores, found.unsettled);
        let mut order = RemovalOrder::nodes(score::by_falling_real(&scores, self.0.ties, &mut task.rng));
        if slow > 0 {
            let most = self.0.iterations;
            order.notes.push(format!("eigenvector: {slow} component(s) not converged after {most} iterations"));
        }
        Ok(order)
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.ties(self.0.ties)
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        400.0
    }
}

impl Plugin for Eigenvector {
    type Params = EigenvectorParams;
    const NAME: &'static str = "eigenvector";
    const ALIASES: &'static [&'static str] = &["eigenvector-centrality"];
    const ABOUT: &'static str = "highest eigenvector centrality first, component by component (Bonacich)";
    const EXAMPLE: &'static str = "";

    fn new(params: EigenvectorParams) -> Result<Eigenvector, Invalid> {
        let EigenvectorParams { tolerance, iterations, .. } = params;
        let positive = tolerance > 0.0 && tolerance < 1.0;
        Invalid::unless(positive, "tolerance", || format!("{tolerance} is not in (0, 1)"))?;
        Invalid::unless(iterations > 0, "iterations", || "0 iterations give no vector; allow at least 1".into())?;
        Ok(Eigenvector(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn falls_with_the_eigenvector() {
        for trial in 0..100 {
            let csr = random_network(&mut trial_rng(38, Trial::network(trial), Purpose::Topology), 16);
            let want = eigenvector(&csr, PowerIteration::default()).scores;
            score::assert_ranks(&Eigenvector::default(), &Overlay::symmetric(csr), &want);
        }
    }

    #[test]
    fn slow_components_are_told() {
        let path: Vec<[u32; 2]> = (1..300).map(|v| [v - 1, v]).collect();
        let plan = Eigenvector::new(EigenvectorParams { iterations: 5, ..Default::default() }).unwrap();
        let mut task = Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
        let order = plan.nodes(&Overlay::symmetric(Csr::from_edges(300, &path).0), &mut task).unwrap();
        assert!(order.notes[0].contains("not converged after 5 iterations"));
    }
}
