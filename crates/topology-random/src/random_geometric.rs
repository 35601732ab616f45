//! Random geometric graphs: nodes at uniform places in the unit square or cube, linked within a distance [1].
//!
//! Nodes u, v are linked if |x_u − x_v| ≤ `radius`; on the torus, opposite sides are one. The expected degree is
//! (n − 1)F(radius), F being the distance law of two uniform points: πr² and 4πr³/3 on the torus for r ≤ ½; in the
//! square πr² − 8r³/3 + r⁴/2 and in the cube 4πr³/3 − 3πr⁴/2 + 8r⁵/5 − r⁶/6 for r ≤ 1 [2]. `mean_degree` solves this for
//! the radius, borders included. Cells as wide as the radius are searched: O(n + m). Same law as networkx's
//! `random_geometric_graph` (which has no torus); nodes carry no places afterwards.
//!
//! [1] M. Penrose. Random Geometric Graphs. Oxford University Press (2003).
//! [2] J. Philip. The probability distribution of the distance between two random points in a box. TRITA-MAT 07-MA-10,
//! KTH Stockholm (2007).

use crate::bounds_and_draws::{Either, at_least, exactly_one};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// Parameters of [`RandomGeometric`]: `n`, and either `radius` or `mean_degree`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RandomGeometricParams {
    /// Number of nodes (≥ 1).
    pub n: u32,
    /// Distance up to which nodes are linked, in sides of the square or cube (≥ 0). Either this or `mean_degree`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<f64>,
    /// Expected degree, borders included (≥ 0). Either this or `radius`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_degree: Option<f64>,
    /// Dimensions of space (2 or 3).
    #[serde(default = "two")]
    pub dim: u32,
    /// Whether opposite sides are one, so that there is no border.
    #[serde(default)]
    pub torus: bool,
}

fn two() -> u32 {
    2
}

/// The random geometric graph.
#[derive(Debug, Clone)]
pub struct RandomGeometric {
    n: u32,
    radius: f64,
    dim: u32,
    torus: bool,
}

impl Plugin for RandomGeometric {
    type Params = RandomGeometricParams;
    const NAME: &'static str = "random-geometric";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["rgg"];
    const ABOUT: &'static str = "nodes at random places, linked within a radius (Penrose 2003)";
    const EXAMPLE: &'static str = "n = 1000\nmean_degree = 6";

    fn new(params: RandomGeometricParams) -> Result<RandomGeometric, Invalid> {
        let RandomGeometricParams { n, radius, mean_degree, dim, torus } = params;
        at_least("n", n, 1, "a network")?;
        Invalid::unless(dim == 2 || dim == 3, "dim", || format!("space has 2 or 3 dimensions, not {dim}"))?;
        let radius = match exactly_one(("radius", radius), ("mean_degree", mean_degree))? {
            Either::First(radius) => {
                Invalid::unless(radius >= 0.0, "radius", || format!("a radius is not negative, not {radius}"))?;
                radius
            }
            Either::Second(c) => radius_for(c, n, dim, torus)?,
        };
        Ok(RandomGeometric { n, radius, dim, torus })
    }
}

/// The chance that two uniform points are at most `r` apart; for r ≤ ½ on the torus, r ≤ 1 otherwise.
fn within(r: f64, dim: u32, torus: bool) -> f64 {
    match (dim, torus) {
        (2, true) => PI * r * r,
        (_, true) => 4.0 / 3.0 * PI * r * r * r,
        (2, false) => r * r * (PI - r * (8.0 / 3.0 - r / 2.0)),
        (_, false) => r * r * r * (4.0 / 3.0 * PI - r * (1.5 * PI - r * (1.6 - r / 6.0))),
    }
}

/// Solves (n − 1)F(r) = c by bisection: additions and products only, the same bits everywhere.
fn radius_for(c: f64, n: u32, dim: u32, torus: bool) -> Result<f64, Invalid> {
    let (mut low, mut high) = (0.0, if torus { 0.5 } else { 1.0 });
    let expected = |r: f64| (n as f64 - 1.0) * within(r, dim, torus);
    let most = expected(high);
    Invalid::unless((0.0..=most).contains(&c), "mean_degree", || {
        format!("the mean degree is between 0 and {most:.6} here (give `radius` for denser networks), not {c}")
    })?;
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if expected(middle) < c { low = middle } else { high = middle }
    }
    Ok(if c == 0.0 { 0.0 } else { high })
}

impl Topology for RandomGeometric {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let flat = self.dim == 2;
        let places: Vec<[f64; 3]> =
            (0..self.n).map(|_| [rng.unit(), rng.unit(), if flat { 0.0 } else { rng.unit() }]).collect();
        Overlay::symmetric(Csr::from_edges(self.n, &self.links(&places)).0)
    }
}

impl RandomGeometric {
    fn near(&self, a: [f64; 3], b: [f64; 3]) -> bool {
        let gap = |i: usize| {
            let d = (a[i] - b[i]).abs();
            if self.torus { d.min(1.0 - d) } else { d }
        };
        // the third gap is 0 in the plane
        let (x, y, z) = (gap(0), gap(1), if self.dim == 2 { 0.0 } else { gap(2) });
        x * x + y * y + z * z <= self.radius * self.radius
    }

    /// Cells on a side: none is narrower than the radius, and there are about as many as nodes.
    fn cells(&self) -> usize {
        // a little wider than the radius, against rounding
        let by_radius = (0.999_999 / self.radius).min(1e6) as usize;
        let by_nodes = if self.dim == 2 { (self.n as f64).sqrt() } else { libm::cbrt(self.n as f64) } as usize;
        let side = by_radius.min(by_nodes);
        // a torus of one or two cells would meet the same cell on both sides
        if side < 3 { 1 } else { side }
    }

    fn links(&self, places: &[[f64; 3]]) -> Vec<[u32; 2]> {
        let side = self.cells();
        let cell_of = |x: f64| ((x * side as f64) as usize).min(side - 1);
        let layers = if self.dim == 2 { 1 } else { side };
        let cell = |p: &[f64; 3]| {
            let z = if self.dim == 2 { 0 } else { cell_of(p[2]) };
            (z * side + cell_of(p[1])) * side + cell_of(p[0])
        };
        // nodes by cell
        let mut start = vec![0usize; side * side * layers + 1];
        places.iter().for_each(|p| start[cell(p) + 1] += 1);
        for c in 1..start.len() {
            start[c] += start[c - 1];
        }
        let mut next = start.clone();
        let mut inside = vec![0u32; places.len()];
        for (v, p) in places.iter().enumerate() {
            inside[next[cell(p)]] = v as u32;
            next[cell(p)] += 1;
        }
        let here: Vec<[f64; 3]> = inside.iter().map(|&v| places[v as usize]).collect();
        let mut edges = Vec::new();
        let mut try_pairs = |a: std::ops::Range<usize>, b: Option<std::ops::Range<usize>>| {
            for i in a.clone() {
                for j in b.clone().unwrap_or(i + 1..a.end) {
                    if self.near(here[i], here[j]) {
                        edges.push([inside[i], inside[j]]);
                    }
                }
            }
        };
        // the cell itself, and of every two opposite neighbours one
        for z in 0..layers {
            for y in 0..side {
                for x in 0..side {
                    let c = (z * side + y) * side + x;
                    try_pairs(start[c]..start[c + 1], None);
                    for [dx, dy, dz] in FORWARD.iter().take(if self.dim == 2 { 4 } else { 13 }) {
                        let step = |at: usize, by: isize| match at as isize + by {
                            to if (0..side as isize).contains(&to) => Some(to as usize),
                            to if self.torus && side > 1 => Some(to.rem_euclid(side as isize) as usize),
                            _ => None,
                        };
                        let to_z = if *dz == 0 { Some(z) } else { step(z, *dz) };
                        if let (Some(x), Some(y), Some(z)) = (step(x, *dx), step(y, *dy), to_z) {
                            let d = (z * side + y) * side + x;
                            try_pairs(start[c]..start[c + 1], Some(start[d]..start[d + 1]));
                        }
                    }
                }
            }
        }
        edges
    }
}

/// One of each two opposite directions; the first four lie in the plane.
const FORWARD: [[isize; 3]; 13] = [
    [1, 0, 0],
    [-1, 1, 0],
    [0, 1, 0],
    [1, 1, 0],
    [-1, -1, 1],
    [0, -1, 1],
    [1, -1, 1],
    [-1, 0, 1],
    [0, 0, 1],
    [1, 0, 1],
    [-1, 1, 1],
    [0, 1, 1],
    [1, 1, 1],
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, clustering, degree_moments, draw, golden, model, refuses};
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn p(n: u32, radius: Option<f64>, mean_degree: Option<f64>, dim: u32, torus: bool) -> RandomGeometricParams {
        RandomGeometricParams { n, radius, mean_degree, dim, torus }
    }

    #[test]
    fn refusals() {
        refuses::<RandomGeometric>(p(9, Some(-0.1), None, 2, false), "not -0.1");
        refuses::<RandomGeometric>(p(9, Some(0.1), None, 4, false), "2 or 3 dimensions, not 4");
        refuses::<RandomGeometric>(p(9, None, Some(8.0), 2, true), "between 0 and 6.283185 here");
        refuses::<RandomGeometric>(p(9, Some(0.1), Some(8.0), 2, true), "not both");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<RandomGeometric>(p(12, Some(0.3), None, 2, false)),
            [[0, 1], [0, 7], [0, 9], [1, 7], [1, 9], [2, 8], [3, 4], [3, 6], [4, 6], [5, 8], [7, 9]],
            "square"
        );
        assert_eq!(
            golden::<RandomGeometric>(p(30, Some(0.25), None, 3, true)),
            [
                [1, 28],
                [2, 20],
                [2, 21],
                [2, 24],
                [2, 26],
                [2, 27],
                [3, 4],
                [3, 7],
                [3, 29],
                [4, 7],
                [4, 20],
                [4, 29],
                [5, 23],
                [6, 25],
                [7, 29],
                [11, 18],
                [11, 21],
                [11, 22],
                [13, 14],
                [15, 17],
                [15, 28],
                [17, 28],
                [18, 22],
                [20, 24],
                [20, 29],
                [21, 26],
                [21, 27],
                [24, 26],
                [26, 27]
            ],
            "3-torus"
        );
    }

    #[test]
    fn cells_miss_no_pair() {
        for (n, radius, dim) in
            [(300, 0.05, 2), (300, 0.3, 2), (200, 0.6, 2), (400, 0.15, 3), (200, 2.0, 3), (50, 0.0, 2)]
        {
            for torus in [false, true] {
                let model = model::<RandomGeometric>(p(n, Some(radius), None, dim, torus));
                let mut rng = trial_rng(42, Trial::network(0), Purpose::Topology);
                let place = |_| [rng.unit(), rng.unit(), rng.unit()];
                let places: Vec<[f64; 3]> = (0..n).map(place).collect();
                let mut got = model.links(&places);
                got.iter_mut().for_each(|e| e.sort_unstable());
                got.sort_unstable();
                let all = (0..n).flat_map(|u| (u + 1..n).map(move |v| [u, v]));
                let want: Vec<_> = all.filter(|&[u, v]| model.near(places[u as usize], places[v as usize])).collect();
                assert_eq!(got, want, "n = {n}, radius {radius}, dim {dim}, torus {torus}");
            }
        }
    }

    #[test]
    fn degrees_and_clustering() {
        let n = 20_000;
        for (dim, torus) in [(2, true), (2, false), (3, true), (3, false)] {
            let network = draw(&model::<RandomGeometric>(p(n, None, Some(8.0), dim, torus)), 0);
            let (mean, variance) = degree_moments(network.out());
            // the number of edges varies by about √(nc/2) √(1 + 2c/n…): 2 % are more than five standard deviations
            close("mean degree", mean, 8.0, 0.16);
            if torus {
                close("variance", variance, 8.0, 0.8);
                // Dall & Christensen (2002): 1 − 3√3/(4π) in the plane, 15/32 in space, of nodes with two neighbours
                let want = if dim == 2 { 1.0 - 3.0 * 3f64.sqrt() / (4.0 * PI) } else { 15.0 / 32.0 };
                close("clustering", clustering(network.out()), want, 0.01);
            }
        }
    }
}
