//! Measures of whole networks against their definitions on small networks, and against closed forms on shapes.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, measure as of, mechanism};
use crate::slow;
use hydranet_measures::measure::{Measure, measure};
use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::cascade::{Carries, Tolerance, cascade};
use hydranet_topology::Purpose;

/// A measure by its definition.
fn slowly(what: Measure, csr: &Csr) -> f64 {
    let n = f64::from(csr.nodes());
    let far: Vec<f64> =
        slow::all_distances(csr, &slow::nobody(csr)).into_iter().flatten().filter(|d| *d > 0.0).collect();
    let finite: Vec<f64> = far.iter().copied().filter(|d| d.is_finite()).collect();
    let eigenvalues = || slow::eigenvalues(slow::adjacency(csr));
    let laplacian = || slow::eigenvalues(slow::laplacian(csr));
    match what {
        Measure::AverageDistance => finite.iter().sum::<f64>() / finite.len() as f64,
        Measure::EffectiveDiameter => {
            // between whole hops, linearly
            let goal = 0.9 * finite.len() as f64;
            let within = |h: f64| finite.iter().filter(|d| **d <= h).count() as f64;
            let h = (1..).map(f64::from).find(|h| within(*h) >= goal).unwrap_or(f64::NAN);
            h - 1.0 + (goal - within(h - 1.0)) / (within(h) - within(h - 1.0))
        }
        Measure::Diameter => finite.iter().copied().fold(0.0, f64::max),
        Measure::GlobalEfficiency => far.iter().map(|d| 1.0 / d).sum::<f64>() / (n * (n - 1.0)),
        Measure::AverageClustering => slow::clustering(csr),
        Measure::Transitivity => slow::transitivity(csr),
        Measure::SpectralRadius => *eigenvalues().last().expect("nodes"),
        Measure::NaturalConnectivity => libm::log(eigenvalues().into_iter().map(libm::exp).sum::<f64>() / n),
        Measure::AlgebraicConnectivity => laplacian()[1],
        Measure::EffectiveGraphResistance => n * laplacian()[1..].iter().map(|mu| 1.0 / mu).sum::<f64>(),
        Measure::DegreeAssortativity => {
            let degree = slow::degrees(csr, &slow::nobody(csr));
            let ends: Vec<[f64; 2]> = (0..csr.nodes())
                .flat_map(|v| csr.row(v).iter().map(move |w| [v, *w]))
                .map(|[v, w]| [degree[v as usize], degree[w as usize]])
                .collect();
            let m = ends.len() as f64;
            let mean = ends.iter().map(|e| e[0]).sum::<f64>() / m;
            let (mut both, mut own) = (0.0, 0.0);
            for [a, b] in ends {
                both += (a - mean) * (b - mean);
                own += (a - mean) * (a - mean);
            }
            both / own
        }
    }
}

pub(super) fn rows(book: &mut Book) {
    for what in Measure::ALL {
        let name = what.name();
        for (label, model, params) in [
            ("karate club", "file", "path = \"sample:karate-club\""),
            ("a torus with shortcuts", "watts-strogatz", "n = 40\nk = 6\np = 0.3"),
        ] {
            let numbers = book.run(1, move |draws| {
                let network = draws.network(model, params);
                let fast = measure(&network, what, &mut draws.rng(Purpose::Measure)).value;
                let slow = slowly(what, network.closure());
                vec![(fast - slow) / slow.abs().max(1e-3)]
            });
            // sums over at most 40² pairs, and eigenvalues of matrices of norm below 20: backward stable to n²ε
            book.row(format!("{name}, {label}: relative difference"), [of(name)], Evidence::Slow, "its definition")
                .allow(Allowance::numerical(1e-9, "iterations stop at 10⁻¹⁰, relative"))
                .exact(numbers, 0, 0.0);
        }
    }
    shapes(book);
    cascades(book);
}

/// Closed forms on cycle, complete graph, star and path.
fn shapes(book: &mut Book) {
    let cosine = |x: f64| libm::cos(x * std::f64::consts::PI);
    let rows: [(&str, &str, Measure, f64); 12] = [
        ("cycle", "n = 101", Measure::AverageDistance, 25.5),
        ("cycle", "n = 100", Measure::Diameter, 50.0),
        ("cycle", "n = 100", Measure::SpectralRadius, 2.0),
        ("cycle", "n = 100", Measure::AlgebraicConnectivity, 2.0 - 2.0 * cosine(0.02)),
        ("cycle", "n = 100", Measure::EffectiveGraphResistance, (1e6 - 100.0) / 12.0),
        ("path", "n = 100", Measure::AverageDistance, 101.0 / 3.0),
        ("path", "n = 100", Measure::SpectralRadius, 2.0 * cosine(1.0 / 101.0)),
        ("path", "n = 100", Measure::EffectiveGraphResistance, (1e6 - 100.0) / 6.0),
        ("star", "n = 101", Measure::SpectralRadius, 10.0),
        ("star", "n = 101", Measure::GlobalEfficiency, (100.0 + 100.0 * 99.0 / 4.0) / (101.0 * 50.0)),
        ("star", "n = 101", Measure::DegreeAssortativity, -1.0),
        ("complete", "n = 100", Measure::AlgebraicConnectivity, 100.0),
    ];
    for (model, params, what, want) in rows {
        let numbers = book.run(1, move |draws| {
            vec![measure(&draws.network(model, params), what, &mut draws.rng(Purpose::Measure)).value]
        });
        book.row(
            format!("{} of a {model}, {params}", what.name()),
            [of(what.name())],
            Evidence::ClosedForm,
            "Van Mieghem 2011",
        )
        .allow(Allowance::numerical(1e-9 * want.abs(), "iterations stop at 10⁻¹⁰, relative"))
        .exact(numbers, 0, want);
    }
}

/// A cascade by its words: remove, count all loads anew, remove whoever bears more than (1 + α) times the initial load.
fn slow_cascade(csr: &Csr, seed: u32, alpha: f64, ends: bool) -> [f64; 2] {
    let mut gone = slow::nobody(csr);
    let first = slow::betweenness(csr, &gone, ends);
    gone[seed as usize] = true;
    let mut fallen = 0.0;
    loop {
        let load = slow::betweenness(csr, &gone, ends);
        let over: Vec<usize> = (0..gone.len())
            .filter(|v| !gone[*v] && load[*v] > (1.0 + alpha) * first[*v] * (1.0 + 1e-9) + 1e-9)
            .collect();
        if over.is_empty() {
            return [fallen, slow::components(csr, &gone).first().copied().unwrap_or(0) as f64];
        }
        fallen += over.len() as f64;
        over.into_iter().for_each(|v| gone[v] = true);
    }
}

fn cascades(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let mut wrong = [0.0; 2];
        let networks: [Overlay; 2] =
            [draws.network("file", "path = \"sample:karate-club\""), draws.network("gnp", "n = 30\nmean_degree = 3")];
        for network in &networks {
            for (load, ends) in [(Carries::EndsToo, true), (Carries::TransitOnly, false)] {
                for (seed, alpha) in [(0, 0.0), (2, 0.1), (5, 0.3), (11, 0.05)] {
                    let fast = cascade(network, &[seed], Tolerance { alpha, load });
                    let slow = slow_cascade(network.closure(), seed, alpha, ends);
                    wrong[0] += (f64::from(fast.avalanche()) - slow[0]).abs();
                    wrong[1] += (f64::from(fast.largest) - slow[1]).abs();
                }
            }
        }
        wrong.to_vec()
    });
    for (i, what) in ["nodes that fall by overload", "S1 that is left"].into_iter().enumerate() {
        let label = format!("cascades from 16 seeds: difference in {what}");
        book.row(label, [mechanism("cascade")], Evidence::Slow, "Motter & Lai 2002, by its words")
            .exact(numbers, i, 0.0);
    }
}
