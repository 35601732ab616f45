//! Random graphs and regular shapes: numbers of edges, degrees, distances, clustering in closed form.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, measure, topology};
use crate::slow;
use hydranet_overlay::{Csr, Overlay};

/// Edges, smallest and largest degree.
pub(super) fn degrees(network: &Overlay) -> [f64; 3] {
    let csr: &Csr = network.closure();
    let degree = |v: u32| csr.row(v).len() as f64;
    let all = || (0..csr.nodes()).map(degree);
    [all().sum::<f64>() / 2.0, all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max)]
}

pub(super) fn rows(book: &mut Book) {
    fixed(book);
    drawn(book);
    growing(book);
    geometric(book);
}

/// Shapes in which nothing, or not the number of edges, is drawn: edges, smallest and largest degree, longest distance.
fn fixed(book: &mut Book) {
    let shapes: [(&str, &str, &[Option<f64>; 4]); 12] = [
        ("complete", "n = 50", &[Some(1225.0), Some(49.0), Some(49.0), Some(1.0)]),
        ("star", "n = 50", &[Some(49.0), Some(1.0), Some(49.0), Some(2.0)]),
        ("cycle", "n = 51", &[Some(51.0), Some(2.0), Some(2.0), Some(25.0)]),
        ("path", "n = 50", &[Some(49.0), Some(1.0), Some(2.0), Some(49.0)]),
        // (d − 1)N/d edges an axis, N if it is a circle; distances add up over axes
        ("grid", "dims = [6, 7, 5]", &[Some(175.0 + 180.0 + 168.0), Some(3.0), Some(6.0), Some(15.0)]),
        ("grid", "dims = [7, 8]\nperiodic = true", &[Some(112.0), Some(4.0), Some(4.0), Some(7.0)]),
        ("gnm", "n = 100\nmean_degree = 7", &[Some(350.0), None, None, None]),
        ("random-regular", "n = 100\nd = 7", &[Some(350.0), Some(7.0), Some(7.0), None]),
        ("watts-strogatz", "n = 100\nk = 6\np = 0.3", &[Some(300.0), None, None, None]),
        ("watts-strogatz", "n = 100\nk = 4\np = 0.0", &[Some(200.0), Some(4.0), Some(4.0), Some(25.0)]),
        ("barabasi-albert", "n = 200\nm = 3", &[Some(591.0), None, None, None]),
        ("powerlaw-cluster", "n = 200\nm = 3\np = 0.5", &[Some(591.0), None, None, None]),
    ];
    for (model, params, wants) in shapes {
        let numbers = book.run(1, move |draws| {
            let network = draws.network(model, params);
            let [edges, least, most] = degrees(&network);
            vec![edges, least, most, slow::diameter(network.closure())]
        });
        for (i, want) in wants.iter().enumerate().filter_map(|(i, want)| Some((i, (*want)?))) {
            let what = ["edges", "smallest degree", "largest degree", "diameter"][i];
            let label = format!("{model} ({}): {what}", params.replace('\n', ", "));
            book.row(label, [topology(model)], Evidence::ClosedForm, "counting").exact(numbers, i, want);
        }
    }
    book.exact(
        &[topology("file")],
        (Evidence::Published, "Zachary 1977"),
        Allowance::None,
        &[("karate club: nodes", 34.0), ("karate club: edges", 78.0), ("karate club: largest degree", 17.0)],
        |draws| {
            let network = draws.network("file", "path = \"sample:karate-club\"");
            let [edges, _, most] = degrees(&network);
            vec![f64::from(network.nodes()), edges, most]
        },
    );
    book.exact(
        &[topology("watts-strogatz"), measure("average_clustering")],
        (Evidence::ClosedForm, "3(k − 2)/(4(k − 1))"),
        Allowance::floating(200.0, 1.0),
        &[("watts-strogatz, k = 6, p = 0: clustering", 0.6)],
        |draws| vec![slow::clustering(draws.network("watts-strogatz", "n = 60\nk = 6\np = 0.0").closure())],
    );
}

/// Pairs that are linked independently: hits and pairs of one draw, inside and across groups of `size`.
fn drawn(book: &mut Book) {
    let trials = book.pick(20, 100);
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let numbers = book.run(trials, move |draws| {
        let [edges, ..] = degrees(&draws.network("gnp", "n = 300\np = 0.02"));
        vec![edges, pairs(300.0)]
    });
    book.row("gnp, p = 0.02: share of pairs that are linked", [topology("gnp")], Evidence::ClosedForm, "Gilbert 1959")
        .share(numbers, (0, 1), 0.02);
    let models = [
        (
            "planted-partition",
            "l = 4\nk = 60\np_in = 0.1\np_out = 0.01",
            60u32,
            [0.1, 0.01],
            [4.0 * 1770.0, 6.0 * 3600.0],
        ),
        (
            "stochastic-block-model",
            "sizes = [100, 140]\np = [[0.05, 0.02], [0.02, 0.05]]",
            100,
            [0.05, 0.02],
            [4950.0 + 9730.0, 14000.0],
        ),
    ];
    for (model, params, size, want, pairs) in models {
        let block = move |v: u32| if model == "planted-partition" { v / size } else { u32::from(v >= size) };
        let numbers = book.run(trials, move |draws| {
            let network = draws.network(model, params);
            let csr = network.closure();
            let ends = (0..csr.nodes()).flat_map(|v| csr.row(v).iter().map(move |&w| block(v) == block(w)));
            let (inside, across): (Vec<bool>, Vec<bool>) = ends.partition(|same| *same);
            vec![inside.len() as f64 / 2.0, pairs[0], across.len() as f64 / 2.0, pairs[1]]
        });
        for (i, what) in ["inside groups", "across groups"].into_iter().enumerate() {
            let label = format!("{model}: share of pairs that are linked, {what}");
            let source = "Holland et al. 1983; Condon & Karp 2001";
            let row = book.row(label, [topology(model)], Evidence::ClosedForm, source);
            row.share(numbers, (2 * i, 2 * i + 1), want[i]);
        }
    }
    // degrees drawn from a law are drawn independently; what is erased is of order 1/n
    let weights: Vec<f64> = (2..=20).map(|k| libm::pow(f64::from(k), -2.5)).collect();
    let first = weights[0] / weights.iter().sum::<f64>();
    let n = book.pick(4000u32, 32_000);
    let numbers = book.run(book.pick(24, 48), move |draws| {
        let at = |n: u32| {
            let law = "degree_dist = { kind = \"power-law\", exponent = 2.5, min = 2, max = 20 }";
            let network = draws.network("configuration-model", &format!("n = {n}\n{law}"));
            let csr = network.closure();
            (0..n).filter(|v| csr.row(*v).len() == 2).count() as f64 / f64::from(n)
        };
        vec![at(n / 8), at(n)]
    });
    book.row(
        "configuration model, power law 2.5 on 2–20: share of degree 2",
        [topology("configuration-model")],
        Evidence::ClosedForm,
        "k^−2.5/Σ; what is erased is of order 1/n",
    )
    .limit(numbers, (0, 1), (8.0, 1.0), first);
    book.exact(
        &[topology("configuration-model")],
        (Evidence::Conservation, "given degrees are kept"),
        Allowance::None,
        &[("configuration model: given degrees that are not kept", 0.0)],
        |draws| {
            let given: Vec<usize> = (0..60).map(|i| 1 + (i * 7) % 9).collect();
            let odd = given.iter().sum::<usize>() % 2;
            let given: Vec<usize> = given.iter().enumerate().map(|(i, d)| d + if i == 0 { odd } else { 0 }).collect();
            let network = draws.network("configuration-model", &format!("degrees = {given:?}"));
            let csr = network.closure();
            vec![given.iter().enumerate().filter(|(v, d)| csr.row(*v as u32).len() != **d).count() as f64]
        },
    );
}

/// Preferential attachment: P(K ≥ k) = m(m + 1)/(k(k + 1)), corrections of order 1/n.
fn growing(book: &mut Book) {
    let n = book.pick(4000u32, 32_000);
    for (model, params) in [("barabasi-albert", "m = 2"), ("powerlaw-cluster", "m = 2\np = 0.5")] {
        let numbers = book.run(book.pick(24, 48), move |draws| {
            let mut out = Vec::new();
            for size in [n / 8, n] {
                let network = draws.network(model, &format!("n = {size}\n{params}"));
                let csr = network.closure();
                let at_least = |k: usize| (0..size).filter(|v| csr.row(*v).len() >= k).count() as f64 / f64::from(size);
                out.extend([at_least(3), at_least(6)]);
            }
            out
        });
        for (i, k) in [3.0, 6.0].into_iter().enumerate() {
            let exact = model == "barabasi-albert";
            // triangles move who is chosen next, not how often: the law of degrees stays (Holme & Kim 2002)
            let source = if exact {
                "Bollobás et al. 2001: m(m+1)/(k(k+1))"
            } else {
                "Holme & Kim 2002: as Barabási & Albert's"
            };
            book.row(format!("{model}, m = 2: share of degree ≥ {k}"), [topology(model)], Evidence::ClosedForm, source)
                .limit(numbers, (i, i + 2), (8.0, 1.0), 6.0 / (k * (k + 1.0)));
        }
    }
}

/// Pairs within a radius: linked pairs of one draw hang together, so the mean over draws is taken.
fn geometric(book: &mut Book) {
    let trials = book.pick(40, 200);
    let pi = std::f64::consts::PI;
    let r: f64 = 0.2;
    for (label, more, share) in [
        ("square", "", pi * r.powi(2) - 8.0 * r.powi(3) / 3.0 + r.powi(4) / 2.0),
        ("torus", "\ntorus = true", pi * r.powi(2)),
        ("cube", "\ndim = 3", 4.0 * pi * r.powi(3) / 3.0 - 1.5 * pi * r.powi(4) + 1.6 * r.powi(5) - r.powi(6) / 6.0),
    ] {
        let numbers = book.run(trials, move |draws| {
            let [edges, ..] = degrees(&draws.network("random-geometric", &format!("n = 200\nradius = 0.2{more}")));
            vec![edges / (200.0 * 199.0 / 2.0)]
        });
        book.row(
            format!("random geometric, {label}, r = 0.2: share of pairs that are linked"),
            [topology("random-geometric")],
            Evidence::ClosedForm,
            "Philip 2007",
        )
        .mean(numbers, 0, share);
    }
}
