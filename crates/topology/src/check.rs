//! The conformance check: what every topology crate's test calls.

use crate::registry::{Kind, Row};
use crate::{Draw, Entry, Params, Purpose, Trial, TrialRng, trial_rng};
use hydranet_overlay::{Csr, Live, Lookup, Overlay, Sources};

/// Names that a spec uses itself.
const RESERVED: [&str; 2] = ["model", "label"];

/// Checks that the models of a table keep the promises of [`crate::Model`]. For tests.
///
/// Every name is legal and stands once; every parameter is documented; the example builds; unknown parameters are
/// refused; the parameters that a result would record build the same network again; the same stream draws the same
/// network; the network is simple, is as symmetric as it says, and has live command sources; its geometry, if it has one, leads
/// to live contacts that are nearer, in batches as alone.
///
/// # Panics
/// With the promise that was broken, and by which model.
pub fn check(models: &'static [Entry]) {
    check_rows(models, &RESERVED);
    for entry in models {
        let build = |text: &str| {
            let params =
                Params::parse(text).unwrap_or_else(|e| panic!("`{}`: its parameters are not TOML: {e}", entry.name));
            entry.build(&params).unwrap_or_else(|e| panic!("`{}`: its example is refused: {e}", entry.name))
        };
        let built = build(entry.example);
        let again = build(&built.params.to_string());
        assert_eq!(built.params, again.params, "`{}`: its recorded parameters read back otherwise", entry.name);
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

/// The part of the check that strategies share: names, docs, example, refusal of unknown parameters.
///
/// # Panics
/// With the promise that was broken, and by which row.
pub fn check_rows<T: Kind + ?Sized>(rows: &'static [Row<T>], reserved: &[&str]) {
    assert!(!rows.is_empty(), "a table without rows registers nothing");
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        for name in std::iter::once(&row.name).chain(row.aliases) {
            let legal = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(legal && name.starts_with(|c: char| c.is_ascii_lowercase()), "`{name}` is not kebab-case");
            assert!(seen.insert(*name), "`{name}` stands twice");
        }
        assert!(row.about.len() >= 20, "`{}` says too little about itself", row.name);
        assert!(
            !row.about.ends_with('.') && !row.about.contains('\n'),
            "`{}`: about is one line, no full stop",
            row.name
        );
        for param in row.params() {
            assert!(!reserved.contains(&param.name.as_str()), "`{}`: `{}` is the spec's own key", row.name, param.name);
            assert!(!param.meaning.is_empty(), "`{}`: parameter `{}` has no doc comment", row.name, param.name);
        }
        let params = Params::parse(row.example).unwrap_or_else(|e| panic!("`{}`: example is not TOML: {e}", row.name));
        if let Err(e) = row.build(&params) {
            panic!("`{}`: its example is refused: {e}", row.name);
        }
        let unknown = format!("{}\nno_such_parameter = 1", row.example);
        let unknown = Params::parse(&unknown).expect("still TOML");
        let refusal = row.build(&unknown).err().unwrap_or_else(|| panic!("`{}` takes any parameter", row.name));
        assert!(refusal.reason.contains("no_such_parameter"), "`{}`: {refusal}", row.name);
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
    let mut batch: Vec<Lookup> = Vec::new();
    geometry.advance(network.out(), &mut batch);
    for i in 0..500 {
        let (at, target) = (rng.below(n), rng.below(n));
        assert_eq!(geometry.distance(at, target) == 0, at == target, "`{name}`: distance 0 is the node itself");
        if at != target {
            batch.push(Lookup { at, target, live: &sides[i % 2], next: Some(n) });
        }
    }
    geometry.advance(network.out(), &mut batch);
    for Lookup { at, target, live, next } in batch {
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
