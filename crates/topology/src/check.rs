//! The conformance check: what every topology crate's test calls.

use crate::registry::{Kind, Row};
use crate::{Entry, Params, Purpose, Trial, trial_rng};
use hydranet_overlay::{Csr, Overlay, Sources};

/// Names that a spec uses itself.
const RESERVED: [&str; 2] = ["model", "label"];

/// Checks that the models of a table keep the promises of [`crate::Model`]. For tests.
///
/// Every name is legal and stands once; every parameter is documented; the example builds; unknown parameters are
/// refused; the parameters that a result would record build the same network again; the same stream draws the same
/// network; the network is simple, is as symmetric as it says, and has live command sources.
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
