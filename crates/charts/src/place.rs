//! Where the nodes of a small network stand in a drawing.
//!
//! A network whose identifiers lie on a circle (a DHT) is drawn so: that is the picture in which its links have a meaning. Any other
//! is laid out by forces (fjadra, d3-force in Rust: Barnes & Hut 1986 for the repulsion, Verlet steps): links pull, nodes push, a
//! weak pull to the middle keeps separate parts on the page. The start is a spiral computed with libm and the rest is plain
//! arithmetic from fixed draws, so the same network always gets the same drawing.

use fjadra::{Link, ManyBody, Node, PositionX, PositionY, SimulationBuilder};
use std::f64::consts::{PI, TAU};

/// Steps of the simulation: d3's number, after which nothing moves.
const STEPS: usize = 300;
/// Length of a link at rest.
const LINK: f64 = 30.0;

/// `n` places on a circle in the unit square, clockwise from the top.
#[must_use]
pub fn on_circle(n: usize) -> Vec<(f64, f64)> {
    let turn = |i: usize| i as f64 / n.max(1) as f64 * TAU;
    (0..n).map(|i| (0.5 + 0.5 * libm::sin(turn(i)), 0.5 - 0.5 * libm::cos(turn(i)))).collect()
}

/// Places by forces, filling the unit square in its longer direction. O((n log n + m) · 300).
#[must_use]
pub fn by_forces(n: usize, edges: &[(u32, u32)]) -> Vec<(f64, f64)> {
    let spiral = |i: usize| {
        let (radius, angle) = (10.0 * (0.5 + i as f64).sqrt(), i as f64 * PI * (3.0 - 5.0_f64.sqrt()));
        Node::default().position(radius * libm::cos(angle), radius * libm::sin(angle))
    };
    let links: Vec<(usize, usize)> = edges.iter().map(|&(a, b)| (a as usize, b as usize)).collect();
    let mut simulation = SimulationBuilder::default()
        .build((0..n).map(spiral))
        .add_force("links", Link::new(links).distance(LINK))
        .add_force("push", ManyBody::new().strength(-36.0))
        .add_force("x", PositionX::new().strength(0.06))
        .add_force("y", PositionY::new().strength(0.06));
    simulation.tick(STEPS);
    let places: Vec<(f64, f64)> = simulation.positions().map(|[x, y]| (x, y)).collect();
    unit(&places)
}

/// Moved and scaled, in equal measure both ways, to the middle of the unit square.
fn unit(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)))
    };
    let (left, right) = ends(&mut places.iter().map(|p| p.0));
    let (top, bottom) = ends(&mut places.iter().map(|p| p.1));
    let size = (right - left).max(bottom - top);
    if !size.is_finite() || size <= 0.0 {
        return places.iter().map(|_| (0.5, 0.5)).collect();
    }
    let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
    places.iter().map(|p| (0.5 + (p.0 - middle.0) / size, 0.5 + (p.1 - middle.1) / size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
        ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt()
    }

    #[test]
    fn links_bring_together_and_separate_parts_stay_apart() {
        // two cliques of ten, joined by nothing
        let clique = |from: u32| (from..from + 10).flat_map(move |a| (a + 1..from + 10).map(move |b| (a, b)));
        let edges: Vec<(u32, u32)> = clique(0).chain(clique(10)).collect();
        let places = by_forces(20, &edges);
        assert!(places.iter().all(|p| (0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1)), "{places:?}");
        let mean = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
            let all: Vec<f64> = pairs.map(|(a, b)| apart(places[a], places[b])).collect();
            all.iter().sum::<f64>() / all.len() as f64
        };
        let within = mean(&mut (0..10).flat_map(|a| (0..a).map(move |b| (a, b))));
        let between = mean(&mut (0..10).flat_map(|a| (10..20).map(move |b| (a, b))));
        assert!(between > 1.5 * within, "{between} {within}");
        assert_eq!(places, by_forces(20, &edges), "the same network is drawn the same");
        // no two nodes on one place
        assert!((0..20).all(|a| (0..a).all(|b| apart(places[a], places[b]) > 0.01)));
    }

    #[test]
    fn few_nodes() {
        assert!(by_forces(0, &[]).is_empty());
        assert_eq!(by_forces(1, &[]), [(0.5, 0.5)]);
        assert!(apart(by_forces(2, &[(0, 1)])[0], by_forces(2, &[(0, 1)])[1]) > 0.5);
    }

    #[test]
    fn circle() {
        let places = on_circle(4);
        let expected = [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)];
        assert!(places.iter().zip(expected).all(|(a, b)| apart(*a, b) < 1e-12), "{places:?}");
    }
}
