//! The kernel against petgraph's components: thousands of random small networks, every prefix of every order.

use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_takedown::{Curve, Items, Outcome, RemovalOrder, largest_only, percolate};
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};
use petgraph::unionfind::UnionFind;
use petgraph::visit::{Bfs, EdgeFiltered, EdgeRef, NodeFiltered};

/// Components of what is left, by petgraph's breadth-first search on a filtered view.
fn components(overlay: &Overlay, order: &RemovalOrder, q: usize) -> Vec<Vec<u32>> {
    let view = overlay.undirected();
    let mut seen = vec![false; overlay.nodes() as usize];
    let mut list = Vec::new();
    let mut walk = |start: u32, next: &mut dyn FnMut(u32) -> Vec<u32>| {
        if !seen[start as usize] {
            let members = next(start);
            members.iter().for_each(|&v| seen[v as usize] = true);
            list.push(members);
        }
    };
    match &order.items {
        Items::Nodes(nodes) => {
            let left = NodeFiltered::from_fn(view, |v| nodes[q..].contains(&v));
            for &v in &nodes[q..] {
                walk(v, &mut |v| {
                    let mut bfs = Bfs::new(&left, v);
                    std::iter::from_fn(|| bfs.next(&left)).collect()
                });
            }
        }
        Items::Edges(edges) => {
            let left = EdgeFiltered::from_fn(view, |e| edges[q..].contains(&[e.id().0, e.id().1]));
            for v in 0..overlay.nodes() {
                walk(v, &mut |v| {
                    let mut bfs = Bfs::new(&left, v);
                    std::iter::from_fn(|| bfs.next(&left)).collect()
                });
            }
        }
    }
    list
}

fn check(overlay: &Overlay, order: &RemovalOrder) {
    let curve = percolate(overlay, order);
    assert_eq!(curve.steps(), order.len());
    for q in 0..=order.len() {
        let parts = components(overlay, order, q);
        let mut sizes: Vec<u32> = parts.iter().map(|p| p.len() as u32).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes.extend([0, 0]);
        let squares: u64 = sizes.iter().map(|&s| (s as u64).pow(2)).sum();
        let peers = |part: &Vec<u32>| part.iter().filter(|&&v| overlay.role(v) == Role::Peer).count() as u32;
        let reach: u32 = match overlay.sources() {
            Sources::AnyNode => parts.iter().map(peers).max().unwrap_or(0),
            Sources::Nodes(s) => parts.iter().filter(|p| p.iter().any(|v| s.contains(v))).map(peers).sum(),
        };
        let got = (curve.largest[q], curve.second[q], curve.sum_squares[q], curve.reach[q]);
        assert_eq!(got, (sizes[0], sizes[1], squares, reach), "after {q} removals from {overlay:?}: {order:?}");
    }
    if let Items::Nodes(nodes) = &order.items {
        assert_eq!(largest_only(overlay.closure(), nodes), curve.largest);
        if overlay.nodes() > 0 {
            assert_eq!(hydranet_takedown::kernel::plain::largest(overlay.closure(), nodes), curve.largest);
        }
    }
    by_hand(&curve);
}

/// The outcome, read off the curve the obvious way.
fn by_hand(curve: &Curve) {
    let outcome = Outcome::of(curve, 0.25);
    let n = curve.nodes as f64;
    let r: f64 = (1..=curve.steps()).map(|q| curve.largest[q] as f64 / n).sum::<f64>() / curve.steps() as f64;
    assert!((outcome.r() - r).abs() < 1e-12 || (r.is_nan() && outcome.r().is_nan()));
    assert_eq!(
        outcome.set_size,
        (0..=curve.steps()).find(|&q| curve.largest[q] as f64 <= f64::max(1.0, 0.25 * n)).map(|q| q as u64)
    );
    let peak = (0..=curve.steps()).map(|q| curve.spread(q)).max().unwrap();
    assert_eq!(curve.spread(outcome.peak_removed as usize), peak);
}

fn random_overlay(rng: &mut TrialRng) -> Overlay {
    let n = rng.below(40);
    let m = if n == 0 { 0 } else { rng.below(3 * n) };
    let links: Vec<[u32; 2]> = (0..m).map(|_| [rng.below(n), rng.below(n)]).collect();
    let mut overlay = if rng.chance(0.5) {
        Overlay::symmetric(Csr::from_edges(n, &links).0)
    } else {
        Overlay::directed(Csr::from_arcs(n, &links).0)
    };
    if rng.chance(0.7) {
        overlay = overlay.with_roles((0..n).map(|_| Role::ALL[rng.below(4) as usize]).collect());
    }
    if n > 0 && rng.chance(0.7) {
        let count = 1 + rng.below(4.min(n));
        overlay = overlay.with_sources(Sources::Nodes((0..count).map(|_| rng.below(n)).collect()));
    }
    overlay
}

#[test]
fn every_prefix_of_node_orders() {
    for trial in 0..3000 {
        let rng = &mut trial_rng(11, Trial::network(trial), Purpose::Topology);
        let overlay = random_overlay(rng);
        check(&overlay, &RemovalOrder::nodes(rng.permutation(overlay.nodes())));
    }
}

#[test]
fn every_prefix_of_edge_orders() {
    for trial in 0..1000 {
        let rng = &mut trial_rng(12, Trial::network(trial), Purpose::Topology);
        let overlay = random_overlay(rng);
        let mut edges: Vec<_> = overlay.closure().iter_arcs().filter(|[u, v]| u < v).collect();
        rng.shuffle(&mut edges);
        check(&overlay, &RemovalOrder::edges(edges));
    }
}

/// Networks that are large enough for a core to form (threshold n^⅔), against petgraph's union-find, and against a
/// second source of truth for S2: sizes sorted at every step.
#[test]
fn networks_with_a_core() {
    for trial in 0..60 {
        let rng = &mut trial_rng(13, Trial::network(trial), Purpose::Topology);
        let n = 200 + rng.below(400);
        let links: Vec<[u32; 2]> = (0..n * (1 + rng.below(4)) / 2).map(|_| [rng.below(n), rng.below(n)]).collect();
        let mut overlay = Overlay::symmetric(Csr::from_edges(n, &links).0);
        if trial % 2 == 0 {
            overlay = overlay.with_roles((0..n).map(|_| Role::ALL[rng.below(4) as usize]).collect());
        }
        if trial % 3 == 0 {
            overlay = overlay.with_sources(Sources::Nodes((0..3).map(|_| rng.below(n)).collect()));
        }
        let order = match trial % 4 {
            0 => (0..n).collect(), // in one piece: long paths of insertions at one place
            _ => rng.permutation(n),
        };
        let curve = percolate(&overlay, &RemovalOrder::nodes(order.clone()));
        let mut union = UnionFind::<u32>::new(n as usize);
        let mut alive = vec![false; n as usize];
        for q in (0..n as usize).rev() {
            let v = order[q];
            alive[v as usize] = true;
            for &w in overlay.closure().row(v) {
                if alive[w as usize] {
                    union.union(v, w);
                }
            }
            let mut size = vec![0u32; n as usize];
            let mut peers = vec![0u32; n as usize];
            let mut commanded = vec![false; n as usize];
            for u in (0..n).filter(|&u| alive[u as usize]) {
                let root = union.find(u) as usize;
                size[root] += 1;
                peers[root] += (overlay.role(u) == Role::Peer) as u32;
                commanded[root] |= matches!(overlay.sources(), Sources::Nodes(s) if s.contains(&u));
            }
            let reach = match overlay.sources() {
                Sources::AnyNode => peers.iter().copied().max().unwrap(),
                Sources::Nodes(_) => peers.iter().zip(&commanded).filter(|(_, c)| **c).map(|(p, _)| p).sum(),
            };
            let squares: u64 = size.iter().map(|&s| (s as u64).pow(2)).sum();
            size.sort_unstable_by(|a, b| b.cmp(a));
            let got = (curve.largest[q], curve.second[q], curve.sum_squares[q], curve.reach[q]);
            assert_eq!(got, (size[0], size[1], squares, reach), "trial {trial}, after {q} removals");
        }
    }
}

#[test]
fn closed_forms() {
    let n = 50;
    let all: Vec<[u32; 2]> = (0..n).flat_map(|u| (0..u).map(move |v| [u, v])).collect();
    let complete = Overlay::symmetric(Csr::from_edges(n, &all).0);
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Order);
    let outcome = Outcome::of(&percolate(&complete, &RemovalOrder::nodes(rng.permutation(n))), 0.01);
    assert_eq!(outcome.r(), (n as f64 - 1.0) / (2.0 * n as f64));
    let star = Overlay::symmetric(Csr::from_edges(n, &(1..n).map(|v| [0, v]).collect::<Vec<_>>()).0);
    let outcome = Outcome::of(&percolate(&star, &RemovalOrder::nodes((0..n).collect())), 0.02);
    assert_eq!(outcome.r(), (n as f64 - 1.0) / (n as f64 * n as f64));
    assert_eq!((outcome.set_size, outcome.peak_removed), (Some(1), 1));
}

#[test]
#[should_panic(expected = "names every node once")]
fn incomplete_orders_are_refused() {
    percolate(&Overlay::symmetric(Csr::empty(3)), &RemovalOrder::nodes(vec![0, 1, 1]));
}

#[test]
fn strategies_keep_their_promises() {
    let links = [[0, 1], [1, 2], [2, 0], [2, 3], [3, 4], [5, 6]];
    let network = Overlay::symmetric(Csr::from_edges(8, &links).0).with_provider(vec![0, 1, 2, 0, 1, 2, 0, 1]);
    hydranet_takedown::check_on(hydranet_takedown::STRATEGIES, &network);
    hydranet_takedown::check(hydranet_takedown::STRATEGIES);
}
