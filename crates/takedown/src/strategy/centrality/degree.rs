//! Highest degree first, degrees counted once, before the takedown ("initial degree", ID, in Holme et al., Phys. Rev. E
//! 65, 056109, 2002; the attack of Albert, Jeong & Barabási 2000). For edges: highest product of the degrees of the two
//! ends first, as in Holme et al. O(n + m); edges O(m log m).

use crate::RemovalOrder;
use crate::strategy::{Ranking, Strategy, Task, Ties, Unsuitable, rank};
use hydranet_overlay::Overlay;
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Degree`].
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DegreeParams {
    /// Who falls first among nodes of equal degree: drawn at random, or the lowest node number.
    pub ties: Ties,
}

/// Highest initial degree first.
#[derive(Debug, Clone, Default)]
pub struct Degree(DegreeParams);

impl Strategy for Degree {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let csr = overlay.closure();
        Ok(RemovalOrder::nodes(rank::by_falling_score(csr.nodes(), |v| csr.degree(v), self.0.ties, rng)))
    }

    fn edges(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let csr = overlay.closure();
        let mut edges: Vec<_> = csr.iter_arcs().filter(|[u, v]| u < v).collect();
        if self.0.ties == Ties::Random {
            rng.shuffle(&mut edges);
        }
        let product = |[u, v]: &[u32; 2]| csr.degree(*u) as u64 * csr.degree(*v) as u64;
        edges.sort_by_key(|e| std::cmp::Reverse(product(e))); // stable: ties keep their place
        Ok(RemovalOrder::edges(edges))
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.ties(self.0.ties)
    }
}

impl Plugin for Degree {
    type Params = DegreeParams;
    const NAME: &'static str = "degree";
    const ALIASES: &'static [&'static str] = &["initial-degree"];
    const ABOUT: &'static str =
        "highest degree first, degrees counted once before the takedown (edges: degree product)";
    const EXAMPLE: &'static str = "";

    fn new(params: DegreeParams) -> Result<Degree, Invalid> {
        Ok(Degree(params))
    }
}
