//! The conformance check: what every topology crate's test calls.

use crate::{Draw, Params, Purpose, Registration, Topology, Trial, TrialRng, trial_rng};
use hydranet_overlay::{Csr, Live, LookupState, Overlay, Sources};

/// Checks that the models of a table keep the promises of [`Topology`] and of [`hydranet_plugin::Plugin`]. For tests.
///
/// Beside what [`hydranet_plugin::check`] looks at: the parameters that a result would record draw the same network again;
/// the same stream draws the same network; the network is simple, is as symmetric as it says, and has live command sources; its geometry, if it has one, leads
/// to live contacts that are nearer, in batches as alone.
///
/// # Panics
/// With the promise that was broken, and by which model.
pub fn check(models: &'static [Registration<dyn Topology>]) {
    hydranet_plugin::check(models);
    for entry in models {
        let build = |text: &str| {
            let params =
                Params::parse(text).unwrap_or_else(|e| panic!("`{}`: its parameters are not TOML: {e}", entry.name));
            entry.build(&params).unwrap_or_else(|e| panic!("`{}`: its example is refused: {e}", entry.name))
        };
        let built = build(entry.example);
        let again = build(&built.params.to_string());
        for trial in 0..3 {
            let rng = || trial_rng(1, Trial::network(trial), Purpose::Topology);
            let network = built.value.generate(&mut rng());
            well_formed(entry.name, &network);
            routable(entry.name, &network, &mut trial_rng(1, Trial::network(trial), Purpose::Lookup));
            let twin = again.value.generate(&mut rng());
            assert!(same(&network, &twin), "`{}`: the same stream gave two networks", entry.name);
        }
    }
}

fn well_formed(name: &str, network: &Overlay) {
    let csr = network.out();
    let checked = Csr::from_rows(csr.offsets().to_vec(), csr.targets().to_vec());
    assert!(!network.is_symmetric() || checked.is_symmetric(), "`{name}`: says it is symmetric, and is not");
    if let Sources::Nodes(list) = network.sources() {
        assert!(!list.is_empty(), "`{name}`: no command source; Sources::AnyNode says that any will do");
    }
}

/// If there is a geometry: that every hop leads to a live contact and nearer, one by one and in batches alike, with few and
/// with nearly all nodes dead.
fn routable(name: &str, network: &Overlay, rng: &mut TrialRng) {
    let (Some(geometry), n) = (network.geometry(), network.nodes()) else { return };
    let mut sides = [Live::all(n), Live::all(n)];
    for (dead, live) in [n / 4, n - n / 10].into_iter().zip(&mut sides) {
        rng.permutation(n)[..dead as usize].iter().for_each(|v| live.remove(*v));
    }
    let mut batch: Vec<LookupState> = Vec::new();
    geometry.advance(network.out(), &mut batch);
    for i in 0..500 {
        let (at, target) = (rng.below(n), rng.below(n));
        assert_eq!(geometry.distance(at, target) == 0, at == target, "`{name}`: distance 0 is the node itself");
        if at != target {
            batch.push(LookupState { at, target, live: &sides[i % 2], next: Some(n) });
        }
    }
    geometry.advance(network.out(), &mut batch);
    for LookupState { at, target, live, next } in batch {
        let row = network.out().row(at);
        let alone = geometry.next_hop(at, row, target, live);
        assert_eq!(next, alone, "`{name}`: {at} → {target} in a batch, and alone");
        if let Some(next) = next {
            assert!(row.contains(&next) && live.has(next), "`{name}`: {at} → {target} by {next}, no live contact");
            let nearer = geometry.distance(next, target) < geometry.distance(at, target);
            assert!(nearer, "`{name}`: {at} → {target} by {next}, which is no nearer");
        }
    }
}

fn same(a: &Overlay, b: &Overlay) -> bool {
    a.out() == b.out()
        && a.is_symmetric() == b.is_symmetric()
        && a.roles() == b.roles()
        && a.sources() == b.sources()
        && a.names() == b.names()
        && a.provider() == b.provider()
        && a.routable() == b.routable()
        && a.layer() == b.layer()
        && a.cost() == b.cost()
}
