//! What the tests of the models share.

use hydranet_overlay::{Geometry, Live, LookupState, Overlay};
use hydranet_routing::lookup::{self, Tally};
use hydranet_topology::{Draw, Plugin, Purpose, Topology, Trial, trial_rng};

/// The model with these parameters; panics with the refusal.
pub(crate) fn model<M: Plugin + Topology>(params: M::Params) -> M {
    M::new(params).unwrap_or_else(|e| panic!("{}: {e}", M::NAME))
}

/// Network number `trial` of seed 42.
pub(crate) fn draw(model: &impl Topology, trial: u32) -> Overlay {
    model.generate(&mut trial_rng(42, Trial::network(trial), Purpose::Topology))
}

/// The rows of network 0 of a tiny network: what golden tests hold.
pub(crate) fn golden<M: Plugin + Topology>(params: M::Params) -> Vec<Vec<u32>> {
    let network = draw(&model::<M>(params), 0);
    (0..network.nodes()).map(|v| network.out().row(v).to_vec()).collect()
}

/// Asserts that the parameters are refused, in words that hold `says`.
pub(crate) fn refuses<M: Plugin + Topology>(params: M::Params, says: &str) {
    let Err(refusal) = M::new(params) else { panic!("these parameters violate a condition: {says}") };
    let refusal = refusal.to_string();
    assert!(refusal.contains(says), "`{refusal}` does not say `{says}`");
}

/// Asserts that `got` is within `tolerance` of `want`.
#[track_caller]
pub(crate) fn close(what: &str, got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance, "{what}: {got} is not within {tolerance} of {want}");
}

/// Lookups between live nodes after a share of the nodes, drawn at random, has failed.
pub(crate) fn tally(network: &Overlay, failed: f64, lookups: u64, trial: u32) -> Tally {
    let trial = Trial::network(trial);
    let order = trial_rng(42, trial, Purpose::Order).permutation(network.nodes());
    let (dead, alive) = order.split_at((failed * order.len() as f64) as usize);
    let mut live = Live::all(network.nodes());
    dead.iter().for_each(|v| live.remove(*v));
    let rng = &mut trial_rng(42, trial, Purpose::Lookup);
    lookup::route(network, network.geometry().expect("has one"), &live, lookup::pairs(alive, lookups, rng))
}

/// The share of lookups that fail, over so many networks.
pub(crate) fn failed(model: &impl Topology, share: f64, networks: u32, lookups: u64) -> f64 {
    let failed: u64 = (0..networks).map(|i| tally(&draw(model, i), share, lookups, i).failed).sum();
    failed as f64 / (networks as u64 * lookups) as f64
}

/// Asserts that without failures every node finds every other, and that the distance falls at every hop.
pub(crate) fn reaches_all(network: &Overlay) {
    let (geometry, live) = (network.geometry().expect("has one"), Live::all(network.nodes()));
    for from in 0..network.nodes() {
        for to in 0..network.nodes() {
            assert_eq!(geometry.distance(from, to) == 0, from == to, "distance 0 is the node itself");
            let path = lookup::path(network, geometry, &live, from, to);
            assert_eq!(path.last(), Some(&to), "{from} → {to} by {path:?}");
            let falls = path.windows(2).all(|w| geometry.distance(w[0], to) > geometry.distance(w[1], to));
            assert!(falls, "{from} → {to} by {path:?}");
        }
    }
}

/// Asserts that distances are those of shortest paths along the arcs.
pub(crate) fn shortest(network: &Overlay) {
    let (geometry, csr) = (network.geometry().expect("has one"), network.out());
    for from in 0..network.nodes() {
        let mut steps = vec![u64::MAX; network.nodes() as usize];
        steps[from as usize] = 0;
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(v) = queue.pop_front() {
            for &w in csr.row(v) {
                if steps[w as usize] == u64::MAX {
                    steps[w as usize] = steps[v as usize] + 1;
                    queue.push_back(w);
                }
            }
        }
        for to in 0..network.nodes() {
            assert_eq!(geometry.distance(from, to), steps[to as usize], "{from} → {to}");
        }
    }
}

/// Asserts that the next hop is that of the rule that geometries have by default, whatever has failed, in batches as well.
pub(crate) fn follows_the_rule(network: &Overlay) {
    /// The same distances, and the rule as it stands in the contract.
    #[derive(Debug)]
    struct Plain<'g>(&'g dyn Geometry);
    impl Geometry for Plain<'_> {
        fn distance(&self, from: u32, to: u32) -> u64 {
            self.0.distance(from, to)
        }
    }
    let (geometry, n) = (network.geometry().expect("has one"), network.nodes());
    let rng = &mut trial_rng(7, Trial::network(0), Purpose::Order);
    let sides = [0, n / 3, n - n / 8].map(|dead| {
        let mut live = Live::all(n);
        rng.permutation(n)[..dead as usize].iter().for_each(|v| live.remove(*v));
        live
    });
    // all in one batch, so that no two neighbours in it have the same node, target or neighbourhood in common
    let all = (0..n as u64 * n as u64).map(|i| ((i % n as u64) as u32, ((i / n as u64 + i) % n as u64) as u32));
    let lookups = all.filter(|(at, target)| at != target);
    let mut batch: Vec<LookupState> = (lookups.zip(sides.iter().cycle()))
        .map(|((at, target), live)| LookupState { at, target, live, next: None })
        .collect();
    for shift in 0..sides.len() {
        batch.iter_mut().zip(sides.iter().cycle().skip(shift)).for_each(|(lookup, live)| lookup.live = live);
        geometry.advance(network.out(), &mut batch);
        for &LookupState { at, target, live, next } in &batch {
            let row = network.out().row(at);
            let rule = Plain(geometry).next_hop(at, row, target, live);
            assert_eq!(geometry.next_hop(at, row, target, live), rule, "{at} → {target}");
            assert_eq!(next, rule, "{at} → {target} in a batch");
        }
    }
}
