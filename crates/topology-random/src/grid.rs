//! Grids of any dimension: every node is linked to the next one along each axis. Nothing is drawn at random.
//!
//! Nodes are numbered with the last coordinate running fastest, as networkx's `grid_2d_graph(m, n)` and `grid_graph`:
//! `dims = [m, n]` has m rows of n nodes. Each axis adds (d − 1)N/d edges; periodic ones of at least 3 nodes add N (an
//! axis of 2 has no second link between the same nodes). O(N · dimensions). Bond percolation on the square grid has its
//! threshold at 1/2, site percolation at 0.592746.

use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Invalid, Plugin, SizedValue, Sizing, Topology, TrialRng, exact_size};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Grid`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GridParams {
    /// Number of nodes along each axis (≥ 1 each; at least one axis).
    pub dims: Vec<u32>,
    /// Whether each axis is a circle (a torus in all).
    #[serde(default)]
    pub periodic: bool,
}

/// The grid.
#[derive(Debug, Clone)]
pub struct Grid {
    dims: Vec<u32>,
    periodic: bool,
    n: u32,
}

impl Plugin for Grid {
    type Params = GridParams;
    const NAME: &'static str = "grid";
    const SIZE: Option<Sizing> =
        Some(Sizing::derived(&["dims"], "a square number: a square of two equal sides", |size, _| {
            let side = exact_size(size, (1, 1 << 16), |side| Some(side * side))?;
            Ok(vec![("dims", SizedValue::List(vec![side, side]))])
        }));
    const ALIASES: &'static [&'static str] = &["lattice"];
    const ABOUT: &'static str = "a grid or torus of any dimension; nothing is drawn";
    const EXAMPLE: &'static str = "dims = [30, 30]\nperiodic = true";

    fn new(GridParams { dims, periodic }: GridParams) -> Result<Grid, Invalid> {
        Invalid::unless(!dims.is_empty() && dims.iter().all(|&d| d > 0), "dims", || {
            format!("there is at least one axis, and at least one node along each, not {dims:?}")
        })?;
        let n = dims.iter().try_fold(1u32, |n, &d| n.checked_mul(d));
        let n =
            n.ok_or_else(|| Invalid::new("dims", format!("nodes are numbered by 32 bits: {dims:?} are too many")))?;
        Ok(Grid { dims, periodic, n })
    }
}

impl Topology for Grid {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let mut edges = Vec::with_capacity(self.n as usize * self.dims.len());
        let mut stride = 1;
        for &d in self.dims.iter().rev() {
            for v in 0..self.n {
                if v / stride % d + 1 < d {
                    edges.push([v, v + stride]);
                } else if self.periodic && d > 2 {
                    edges.push([v - (d - 1) * stride, v]);
                }
            }
            stride *= d;
        }
        Overlay::symmetric(Csr::from_edges(self.n, &edges).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{components, degree_moments, draw, edges, golden, model, refuses};

    fn params(dims: &[u32], periodic: bool) -> GridParams {
        GridParams { dims: dims.to_vec(), periodic }
    }

    #[test]
    fn refusals() {
        refuses::<Grid>(params(&[], false), "at least one axis");
        refuses::<Grid>(params(&[3, 0], false), "not [3, 0]");
        refuses::<Grid>(params(&[1 << 16, 1 << 16], false), "too many");
    }

    #[test]
    fn golden_edges() {
        let square = [[0, 1], [0, 3], [1, 2], [1, 4], [2, 5], [3, 4], [4, 5]];
        assert_eq!(golden::<Grid>(params(&[2, 3], false)), square);
        let tube = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 4], [2, 5], [3, 4], [3, 5], [4, 5]];
        assert_eq!(golden::<Grid>(params(&[2, 3], true)), tube);
        assert_eq!(golden::<Grid>(params(&[4], false)), [[0, 1], [1, 2], [2, 3]]);
        assert_eq!(golden::<Grid>(params(&[1, 1], true)), [[0; 2]; 0]);
    }

    #[test]
    fn edges_of_every_axis() {
        for (dims, periodic, want) in [
            (&[5u32, 7][..], false, 4 * 7 + 5 * 6),
            (&[5, 7], true, 2 * 35),
            (&[3, 4, 5], false, 2 * 20 + 3 * 15 + 4 * 12),
            (&[3, 4, 5], true, 3 * 60),
            (&[2, 2, 2, 2], true, 32),
        ] {
            let network = draw(&model::<Grid>(params(dims, periodic)), 0);
            assert_eq!(edges(&network).len(), want, "{dims:?}, periodic: {periodic}");
            assert_eq!(components(&network), 1);
        }
        let (mean, variance) = degree_moments(draw(&model::<Grid>(params(&[9, 8, 7], true)), 0).out());
        assert_eq!((mean, variance), (6.0, 0.0));
    }
}
