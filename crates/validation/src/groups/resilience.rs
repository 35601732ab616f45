//! Lookups in structured overlays after random failure, without repair: the static resilience of Gummadi et al. (SIGCOMM
//! 2003), and lookups under interference where every lookup has one path.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::draws::Draws;
use crate::feature::{Evidence, geometry, mechanism, topology};
use hydranet_overlay::Live;
use hydranet_routing::interference::{Boundary, CutOff, Interference};
use hydranet_routing::lookup::{self, Sides};
use hydranet_topology::Purpose;

/// Ways in which two of 2^d identifiers differ in h digits, as a share of all ordered pairs.
fn pairs_at(d: u32, h: u32) -> f64 {
    let ways = (1..=h).fold(1.0, |ways, i| ways * f64::from(d + 1 - i) / f64::from(i));
    ways / (libm::exp2(f64::from(d)) - 1.0)
}

/// Lookups that fail between nodes that live, each node having failed with chance q by itself: in the tree the h − 1 nodes
/// between must live; in the hypercube one of i contacts, while i digits are left, for all i > 1.
fn failed(model: &str, d: u32, q: f64) -> f64 {
    let arrives = |h: u32| match model {
        "plaxton-tree" => libm::pow(1.0 - q, f64::from(h) - 1.0),
        _ => (2..=h).map(|i| 1.0 - libm::pow(q, f64::from(i))).product(),
    };
    1.0 - (1..=d).map(|h| pairs_at(d, h) * arrives(h)).sum::<f64>()
}

/// The failed share of one network, with the number of live pairs as a control: its expectation is the closed form exactly, which
/// is about pairs of nodes and not about networks.
fn controlled(draws: &Draws<'_>, model: &str, params: &str, q: f64, form: f64) -> f64 {
    let network = draws.network(model, params);
    // who fails is drawn in the same way there
    let fails = &mut draws.rng(Purpose::Defender);
    let n = network.nodes();
    let alive = (0..n).filter(|_| !hydranet_topology::Draw::chance(fails, q)).count() as f64;
    let n = f64::from(n);
    let weight = alive * (alive - 1.0) / (n * (n - 1.0) * (1.0 - q) * (1.0 - q));
    let [failed, lookups] = draws.lookups(&network, q, 4000);
    if lookups == 0.0 { form } else { form + weight * (failed / lookups - form) }
}

pub(super) fn rows(book: &mut Book) {
    let trials = book.pick(24, 48);
    let sizes = book.pick([8, 10, 12], [10, 12, 14]);
    for (i, d) in sizes.into_iter().enumerate() {
        for (model, shape) in [("plaxton-tree", "tree"), ("hypercube", "hypercube")] {
            for q in [0.1, 0.3, 0.5] {
                let form = failed(model, d, q);
                let numbers =
                    book.run(trials, move |draws| vec![controlled(draws, model, &format!("bits = {d}"), q, form)]);
                let size = ["small", "middle", "large"][i];
                let covers = [topology(model), geometry(shape), mechanism("lookup")];
                book.row(
                    format!("{model}, {size}: failed lookups, q = {q}"),
                    covers,
                    Evidence::ClosedForm,
                    "Gummadi et al. 2003, §4",
                )
                .mean(numbers, 0, form);
            }
        }
    }
    interference(book);
    published(book);
}

/// What the paper prints, at its own size, with as many decimals as it prints.
fn published(book: &mut Book) {
    let trials = book.pick(6, 24);
    for (label, model, params, shape, share, printed, decimals) in [
        ("tree, 2^16 nodes", "plaxton-tree", "bits = 16", "tree", 0.3, 0.894, 3),
        ("hypercube, 2^16 nodes", "hypercube", "bits = 16", "hypercube", 0.5, 0.416, 3),
        ("ring, 2^16 nodes", "chord", "bits = 16", "ring", 0.3, 0.07, 2),
    ] {
        let numbers = book.run(trials, move |draws| {
            let [failed, lookups] = draws.lookups(&draws.network(model, params), share, 20_000);
            vec![failed / lookups]
        });
        let covers = [topology(model), geometry(shape), mechanism("lookup")];
        book.row(
            format!("{label}: failed lookups, f = {share}"),
            covers,
            Evidence::Published,
            "Gummadi et al. 2003, fig. 6",
        )
        .allow(Allowance::printed(decimals))
        .mean(numbers, 0, printed);
    }
}

/// The share s of 2^d nodes that is captured is drawn exactly, without replacement: chance that k given others are free.
fn free(n: f64, captured: f64, k: u32) -> f64 {
    (0..k).map(|i| (n - captured - f64::from(i)) / (n - f64::from(i))).product()
}

/// Lookups in the binary tree under interference, where every lookup has one path: of h digits, over h − 1 other nodes.
fn interference(book: &mut Book) {
    const SHARE: f64 = 0.1;
    let (d, trials) = book.pick((9u32, 24), (12, 48));
    let n = libm::exp2(f64::from(d));
    let captured = (SHARE * n).round();
    for (number, name) in ["poison", "Sybil identifiers", "a region cut off"].into_iter().enumerate() {
        let form: f64 = (1..=d)
            .map(|h| {
                pairs_at(d, h)
                    * match number {
                        // all h entries are genuine: each is poisoned by itself
                        0 => libm::pow(1.0 - SHARE, f64::from(h)),
                        // both ends are honest: h − 1 of the n − 2 others are
                        1 => free(n - 2.0, captured, h - 1),
                        // all h + 1 nodes are on one side
                        _ => free(n, captured, h + 1) + free(n, n - captured, h + 1),
                    }
            })
            .sum();
        let numbers = book.run(trials, move |draws| {
            let nobody = Interference::default();
            let plan = match number {
                0 => Interference { poison: Some(SHARE), ..nobody },
                1 => Interference { sybil: Some(SHARE), ..nobody },
                _ => Interference { cut_off: Some(CutOff { share: SHARE, by: Boundary::Region }), ..nobody },
            };
            let network = draws.network("plaxton-tree", &format!("bits = {d}"));
            let interfered = plan.draw(&network, &mut draws.rng(Purpose::Defender)).expect("a plan that fits");
            let around = Sides::new(&interfered, &Live::all(network.nodes()));
            let honest: Vec<u32> = (0..network.nodes()).filter(|v| !interfered.is_captured(*v)).collect();
            let rng = &mut draws.rng(Purpose::Lookup);
            let shape = network.geometry().expect("a structured overlay");
            let tally = lookup::route(&network, shape, &around, lookup::pairs(&honest, 4000, rng));
            vec![tally.failed as f64 / tally.lookups() as f64]
        });
        let covers = [mechanism(format!("interference: {name}")), topology("plaxton-tree"), mechanism("lookup")];
        book.row(
            format!("tree, one node of ten, {name}: failed lookups"),
            covers,
            Evidence::ClosedForm,
            "one path a lookup",
        )
        .mean(numbers, 0, 1.0 - form);
    }
}
