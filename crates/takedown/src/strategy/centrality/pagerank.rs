//! Highest PageRank first (Brin & Page, Comput. Netw. 30, 107, 1998).
//!
//! Scores are those of [`hydranet_measures::centrality::pagerank`]: on the arcs of the overlay by default, where known by many is
//! important; on the symmetric closure if asked. A symmetric overlay is its own closure, and there the order is close to that of
//! degree. O(m log(1/tolerance)/(1 − α)).

use crate::RemovalOrder;
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Ties, Unsuitable, score};
use hydranet_measures::centrality::{Surfer, pagerank_with_incoming};
use hydranet_overlay::Overlay;
use hydranet_plugin::Plugin;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Along which links a walker goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Walk {
    /// From a node to those that it knows.
    #[default]
    Arcs,
    /// Between nodes of which one knows the other.
    Closure,
}

/// Parameters of [`PageRank`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageRankParams {
    /// Probability α of following an arc instead of jumping, in [0, 1).
    pub damping: f64,
    /// The walk goes along `arcs`, or along links in either direction: `closure`.
    pub walk: Walk,
    /// Allowed error, the sum over all nodes, in (0, 1).
    pub tolerance: f64,
    /// Who falls first among nodes of equal rank: drawn at random, or the lowest node number.
    pub ties: Ties,
}

impl Default for PageRankParams {
    fn default() -> Self {
        PageRankParams { damping: 0.85, walk: Walk::Arcs, tolerance: 1e-10, ties: Ties::Random }
    }
}

/// Highest PageRank first.
#[derive(Debug, Clone, Default)]
pub struct PageRank(PageRankParams);

impl Strategy for PageRank {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let (out, back) = match self.0.walk {
            Walk::Arcs => (overlay.out(), overlay.incoming()),
            Walk::Closure => (overlay.closure(), overlay.closure()),
        };
        let PageRankParams { damping, tolerance, .. } = self.0;
        let scores = pagerank_with_incoming(out, back, Surfer { damping, tolerance });
        Ok(RemovalOrder::nodes(score::by_falling_real(&scores, self.0.ties, &mut task.rng)))
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.ties(self.0.ties)
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        200.0
    }
}

impl Plugin for PageRank {
    type Params = PageRankParams;
    const NAME: &'static str = "pagerank";
    const ABOUT: &'static str = "highest PageRank first, on the arcs or on the symmetric closure (Brin & Page)";
    const EXAMPLE: &'static str = "";

    fn new(params: PageRankParams) -> Result<PageRank, Invalid> {
        let PageRankParams { damping, tolerance, .. } = params;
        Invalid::unless((0.0..1.0).contains(&damping), "damping", || format!("{damping} is not in [0, 1)"))?;
        let positive = tolerance > 0.0 && tolerance < 1.0;
        Invalid::unless(positive, "tolerance", || format!("{tolerance} is not in (0, 1)"))?;
        Ok(PageRank(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_measures::centrality::pagerank;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn falls_with_pagerank_along_either_links() {
        for trial in 0..100 {
            let rng = &mut trial_rng(36, Trial::network(trial), Purpose::Topology);
            let n = 1 + rng.below(25);
            let arcs: Vec<[u32; 2]> = (0..rng.below(4 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
            let overlay = Overlay::directed(Csr::from_arcs(n, &arcs).0);
            let damping = [0.0, 0.5, 0.85, 0.9][trial as usize % 4];
            let surfer = Surfer { damping, tolerance: 1e-12 };
            for (walk, csr) in [(Walk::Arcs, overlay.out()), (Walk::Closure, overlay.closure())] {
                let plan = PageRank::new(PageRankParams { damping, walk, ..PageRankParams::default() }).unwrap();
                score::assert_ranks(&plan, &overlay, &pagerank(csr, surfer));
            }
        }
    }

    #[test]
    fn impossible_parameters_are_refused() {
        let refused = |damping, tolerance| {
            let params = PageRankParams { damping, tolerance, ..PageRankParams::default() };
            PageRank::new(params).unwrap_err().param
        };
        assert_eq!(
            (refused(1.0, 1e-9), refused(f64::NAN, 1e-9), refused(0.5, 0.0)),
            ("damping", "damping", "tolerance")
        );
    }
}
