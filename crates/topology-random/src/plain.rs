//! Shapes without chance, for which most things are known in closed form: complete graph, star, cycle and path.
//!
//! Four models of a few lines each in one file. `n` counts all nodes: networkx's `star_graph(n)` has n + 1.

use crate::bounds_and_draws::at_least;
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

fn network(n: u32, edges: impl Iterator<Item = [u32; 2]>) -> Overlay {
    Overlay::symmetric(Csr::from_edges(n, &edges.collect::<Vec<_>>()).0)
}

/// Parameters of [`Complete`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
}

/// Every two nodes are linked: n(n − 1)/2 edges. Robustness R = (n − 1)/(2n) for any order of removal. O(n²).
#[derive(Debug, Clone)]
pub struct Complete(CompleteParams);

impl Plugin for Complete {
    type Params = CompleteParams;
    const NAME: &'static str = "complete";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str = "every two nodes are linked; nothing is drawn";
    const EXAMPLE: &'static str = "n = 100";

    fn new(params: CompleteParams) -> Result<Complete, Invalid> {
        at_least("n", params.n, 1, "a network")?;
        Ok(Complete(params))
    }
}

impl Topology for Complete {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let n = self.0.n;
        network(n, (0..n).flat_map(|u| (u + 1..n).map(move |v| [u, v])))
    }
}

/// Parameters of [`Star`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StarParams {
    /// Number of nodes, hub included (≥ 1; networkx counts the leaves alone).
    pub n: u32,
}

/// Node 0 is linked to all others. Robustness R = (n − 1)/n² when the hub goes first. O(n).
#[derive(Debug, Clone)]
pub struct Star(StarParams);

impl Plugin for Star {
    type Params = StarParams;
    const NAME: &'static str = "star";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["hub"];
    const ABOUT: &'static str = "one hub (node 0) and n − 1 leaves; nothing is drawn";
    const EXAMPLE: &'static str = "n = 100";

    fn new(params: StarParams) -> Result<Star, Invalid> {
        at_least("n", params.n, 1, "a network")?;
        Ok(Star(params))
    }
}

impl Topology for Star {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        network(self.0.n, (1..self.0.n).map(|leaf| [0, leaf]))
    }
}

/// Parameters of [`Cycle`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CycleParams {
    /// Number of nodes (≥ 3).
    pub n: u32,
}

/// A circle: every node is linked to the one before and the one after. O(n).
#[derive(Debug, Clone)]
pub struct Cycle(CycleParams);

impl Plugin for Cycle {
    type Params = CycleParams;
    const NAME: &'static str = "cycle";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["ring"];
    const ABOUT: &'static str = "a circle of nodes; nothing is drawn";
    const EXAMPLE: &'static str = "n = 100";

    fn new(params: CycleParams) -> Result<Cycle, Invalid> {
        at_least("n", params.n, 3, "a circle")?;
        Ok(Cycle(params))
    }
}

impl Topology for Cycle {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let n = self.0.n;
        network(n, (1..n).map(|v| [v - 1, v]).chain([[0, n - 1]]))
    }
}

/// Parameters of [`Path`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PathParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
}

/// A chain of nodes: 0–1–2–… O(n).
#[derive(Debug, Clone)]
pub struct Path(PathParams);

impl Plugin for Path {
    type Params = PathParams;
    const NAME: &'static str = "path";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str = "a chain of nodes; nothing is drawn";
    const EXAMPLE: &'static str = "n = 100";

    fn new(params: PathParams) -> Result<Path, Invalid> {
        at_least("n", params.n, 1, "a network")?;
        Ok(Path(params))
    }
}

impl Topology for Path {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        network(self.0.n, (1..self.0.n).map(|v| [v - 1, v]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{golden, refuses};

    #[test]
    fn refusals() {
        refuses::<Complete>(CompleteParams { n: 0 }, "at least 1, not 0");
        refuses::<Star>(StarParams { n: 0 }, "at least 1, not 0");
        refuses::<Cycle>(CycleParams { n: 2 }, "at least 3, not 2");
        refuses::<Path>(PathParams { n: 0 }, "at least 1, not 0");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(golden::<Complete>(CompleteParams { n: 4 }), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(golden::<Star>(StarParams { n: 4 }), [[0, 1], [0, 2], [0, 3]]);
        assert_eq!(golden::<Cycle>(CycleParams { n: 4 }), [[0, 1], [0, 3], [1, 2], [2, 3]]);
        assert_eq!(golden::<Path>(PathParams { n: 4 }), [[0, 1], [1, 2], [2, 3]]);
        for lone in [golden::<Complete>(CompleteParams { n: 1 }), golden::<Path>(PathParams { n: 1 })] {
            assert!(lone.is_empty());
        }
    }
}
