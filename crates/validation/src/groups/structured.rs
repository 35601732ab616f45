//! Structured overlays: numbers of contacts, and lookups against a router that knows nothing but identifiers.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, geometry, mechanism, topology};
use hydranet_overlay::{Csr, Live};
use hydranet_routing::lookup;
use hydranet_topology::{Draw, Purpose};

/// Fewest and most contacts, and arcs in all.
fn contacts(csr: &Csr) -> [f64; 3] {
    let lengths = || (0..csr.nodes()).map(|v| csr.row(v).len() as f64);
    [lengths().fold(f64::INFINITY, f64::min), lengths().fold(0.0, f64::max), lengths().sum()]
}

pub(super) fn rows(book: &mut Book) {
    numbers_of_contacts(book);
    routers(book);
    skip_graph(book);
    all_pairs(book);
}

/// Mean hops over all pairs of nodes of a full space.
fn all_pairs(book: &mut Book) {
    let shapes = [
        // as many hops as the clockwise distance has one bits
        (
            "chord",
            "bits = 7",
            128,
            "2^7 nodes",
            "ring",
            "Stoica et al. 2001: one bits of the distance",
            3.5 * 128.0 / 127.0,
        ),
        (
            "can",
            "dimensions = 2\nside = 8",
            64,
            "8 × 8 zones",
            "torus",
            "Ratnasamy et al. 2001: (d/4)n^(1/d), without the node itself",
            4.0 * 64.0 / 63.0,
        ),
    ];
    for (model, params, n, size, space, source, want) in shapes {
        let numbers = book.run(1, move |draws| {
            let network = draws.network(model, params);
            let shape = network.geometry().expect("a geometry");
            let pairs = (0..n).flat_map(|s| (0..n).filter(move |t| *t != s).map(move |t| [s, t]));
            let tally = lookup::route(&network, shape, &Live::all(n), pairs);
            vec![tally.hops() as f64 / tally.lookups() as f64]
        });
        let covers = [topology(model), geometry(space), mechanism("lookup")];
        book.row(format!("{model}, {size}: mean hops"), covers, Evidence::ClosedForm, source)
            .allow(Allowance::floating(4.0, 4.0))
            .exact(numbers, 0, want);
    }
}

fn numbers_of_contacts(book: &mut Book) {
    let shapes: [(&str, &str, [f64; 3]); 9] = [
        ("hypercube", "bits = 7", [7.0, 7.0, 896.0]),
        ("plaxton-tree", "bits = 7", [7.0, 7.0, 896.0]),
        // all of a bucket, or k of it
        ("kademlia", "bits = 8\nk = 4", [27.0, 27.0, 27.0 * 256.0]),
        ("chord", "bits = 8\nsuccessors = 3", [9.0, 9.0, 9.0 * 256.0]),
        ("pastry", "bits = 8\nb = 2\nleaf_set = 0", [12.0, 12.0, 12.0 * 256.0]),
        ("can", "dimensions = 3\nside = 5", [6.0, 6.0, 750.0]),
        // a string of one digit would know itself
        ("de-bruijn", "base = 3\ndigits = 5", [2.0, 3.0, 729.0 - 3.0]),
        ("butterfly", "levels = 5", [2.0, 2.0, 320.0]),
        ("symphony", "n = 1000\nlong_links = 4", [6.0, 6.0, 6000.0]),
    ];
    for (model, params, want) in shapes {
        let numbers = book.run(1, move |draws| contacts(draws.network(model, params).out()).to_vec());
        for (i, what) in ["fewest contacts", "most contacts", "arcs"].into_iter().enumerate() {
            let label = format!("{model} ({}): {what}", params.replace('\n', ", "));
            book.row(label, [topology(model)], Evidence::ClosedForm, "counting").exact(numbers, i, want[i]);
        }
    }
}

/// How far it is, by identifiers alone; nodes are numbered by them.
fn far(shape: &str, v: u32, t: u32) -> u32 {
    match shape {
        "xor" => v ^ t,
        "hypercube" => (v ^ t).count_ones(),
        // bits are corrected from the first to the last
        "tree" => 32 - (v ^ t).leading_zeros(),
        "ring" => t.wrapping_sub(v) % 64,
        // 8 × 8 zones
        _ => {
            let axis = |a: u32, b: u32| a.abs_diff(b).min(8 - a.abs_diff(b));
            axis(v % 8, t % 8) + axis(v / 8, t / 8)
        }
    }
}

/// Walks by the words of Gummadi et al.: to the live contact that is nearest, if it is nearer than here.
fn arrives(csr: &Csr, shape: &str, alive: &[bool], from: u32, to: u32) -> bool {
    let mut at = from;
    while at != to {
        let nearer = csr.row(at).iter().filter(|w| alive[**w as usize] && far(shape, **w, to) < far(shape, at, to));
        match nearer.min_by_key(|w| (far(shape, **w, to), **w)) {
            Some(next) => at = *next,
            None => return false,
        }
    }
    true
}

fn routers(book: &mut Book) {
    for (model, params, shape) in [
        ("kademlia", "bits = 6\nk = 2", "xor"),
        ("hypercube", "bits = 6", "hypercube"),
        ("plaxton-tree", "bits = 6", "tree"),
        ("chord", "bits = 6\nsuccessors = 2", "ring"),
        ("can", "dimensions = 2\nside = 8", "torus"),
    ] {
        let numbers = book.run(1, move |draws| {
            let network = draws.network(model, params);
            let real = network.geometry().expect("a geometry");
            let rng = &mut draws.rng(Purpose::Defender);
            let (mut wrong, mut failed) = (0, 0);
            for share in [0.1, 0.3, 0.5] {
                let alive: Vec<bool> = (0..64).map(|_| !rng.chance(share)).collect();
                let mut live = Live::all(64);
                (0..64).filter(|v| !alive[*v as usize]).for_each(|v| live.remove(v));
                for s in (0..64).filter(|s| alive[*s as usize]) {
                    for t in (0..64).filter(|t| *t != s && alive[*t as usize]) {
                        let slow = arrives(network.out(), shape, &alive, s, t);
                        let tally = lookup::route(&network, real, &live, [[s, t]].into_iter());
                        wrong += u32::from((tally.failed == 0) != slow);
                        failed += u32::from(!slow);
                    }
                }
            }
            assert!(failed > 0, "{model}: nothing failed, nothing was seen");
            vec![f64::from(wrong)]
        });
        book.row(
            format!("{model}, 2^6 nodes, three shares failed: lookups that end otherwise"),
            [topology(model), geometry(shape), mechanism("lookup")],
            Evidence::Slow,
            "Gummadi et al. 2003, by its words",
        )
        .exact(numbers, 0, 0.0);
    }
    other_routers(book);
}

/// De Bruijn, butterfly, skip graph: all live, the hops that the papers say.
fn other_routers(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let mut most = Vec::new();
        for (model, params) in [
            ("de-bruijn", "base = 2\ndigits = 6"),
            ("butterfly", "levels = 4"),
            ("skip-graph", "n = 64"),
            ("pastry", "bits = 6\nb = 2\nleaf_set = 4"),
            ("symphony", "n = 64\nlong_links = 4"),
        ] {
            let network = draws.network(model, params);
            let shape = network.geometry().expect("a geometry");
            let all = Live::all(network.nodes());
            let n = network.nodes();
            let pairs = (0..n).flat_map(|s| (0..n).filter(move |t| *t != s).map(move |t| [s, t]));
            let tally = lookup::route(&network, shape, &all, pairs);
            most.extend([tally.failed as f64, tally.hops_quantile(1.0).map_or(f64::NAN, |h| h as f64)]);
        }
        // the shortest walk over the arcs of de Bruijn is the largest overlap: hops of all pairs by strings
        let network = draws.network("de-bruijn", "base = 2\ndigits = 6");
        let shape = network.geometry().expect("a geometry");
        let mut wrong = 0;
        for s in 0..64u32 {
            for t in (0..64u32).filter(|t| *t != s) {
                let overlap = (0..6u64)
                    .rev()
                    .find(|k| s & ((1 << k) - 1) == t >> (6 - k))
                    .expect("nothing overlaps with nothing");
                let tally = lookup::route(&network, shape, &Live::all(64), [[s, t]].into_iter());
                wrong += u32::from(tally.hops() != 6 - overlap);
            }
        }
        most.push(f64::from(wrong));
        most
    });
    for (i, name) in ["de-bruijn", "butterfly", "skip-graph", "pastry", "symphony"].into_iter().enumerate() {
        let covers = [topology(name), geometry(name), mechanism("lookup")];
        book.row(
            format!("{name}, all alive: lookups that fail"),
            covers,
            Evidence::ClosedForm,
            "every contact table reaches everybody",
        )
        .exact(numbers, 2 * i, 0.0);
    }
    book.row(
        "de Bruijn, 2^6 nodes: most hops",
        [topology("de-bruijn"), geometry("de-bruijn")],
        Evidence::ClosedForm,
        "digits",
    )
    .exact(numbers, 1, 6.0);
    book.row(
        "butterfly, 4 levels: most hops",
        [topology("butterfly"), geometry("butterfly")],
        Evidence::ClosedForm,
        "2d − 1: a round, and up to the level",
    )
    .exact(numbers, 3, 7.0);
    book.row(
        "de Bruijn: hops that are not digits less overlap",
        [topology("de-bruijn"), geometry("de-bruijn")],
        Evidence::Slow,
        "overlaps of strings",
    )
    .exact(numbers, 10, 0.0);
}

/// Links of a skip graph: keys d apart, whose vectors share exactly L bits, are neighbours if none of the d − 1 between shares these.
fn skip_graph(book: &mut Book) {
    let n = 300;
    let linked = |d: i32| -> f64 {
        (0..60)
            .map(|l| libm::exp2(-f64::from(l) - 1.0) * libm::pow(1.0 - libm::exp2(-f64::from(l)), f64::from(d - 1)))
            .sum()
    };
    let want: f64 = (1..n).map(|d| f64::from(n - d) * linked(d)).sum();
    let numbers = book.run(book.pick(40, 200), |draws| {
        let network = draws.network("skip-graph", "n = 300");
        vec![(0..300).map(|v| network.closure().row(v).len() as f64).sum::<f64>() / 2.0]
    });
    book.row(
        "skip graph, 300 nodes: links",
        [topology("skip-graph")],
        Evidence::ClosedForm,
        "Aspnes & Shah 2003, summed over pairs",
    )
    .mean(numbers, 0, want);
}
