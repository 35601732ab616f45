//! Measures against networkx and numpy, closed forms, and the approximations against the exact values.

#![allow(clippy::disallowed_methods, reason = "references may use the functions of std")]

mod networkx;

use hydranet_measures::measure::{Effort, Measure, largest_component, measure, measure_with};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};
use std::f64::consts::PI;

fn network(n: u32, edges: &[[u32; 2]]) -> Overlay {
    Overlay::symmetric(Csr::from_edges(n, edges).0)
}

fn rng(trial: u32) -> TrialRng {
    trial_rng(71, Trial::network(trial), Purpose::Measure)
}

fn agree(got: f64, want: f64, tolerance: f64) -> bool {
    got == want || (got.is_nan() && want.is_nan()) || (got - want).abs() <= tolerance * want.abs().max(1.0)
}

#[test]
fn agree_with_networkx() {
    for reference in networkx::REFERENCES {
        let overlay = network(reference.n, reference.edges);
        for (what, want) in Measure::ALL.into_iter().zip(reference.values) {
            let got = measure(&overlay, what, &mut rng(0));
            assert!(agree(got.value, want, 1e-9), "{} of {}: {got:?}, networkx {want}", what.name(), reference.name);
            assert!(got.method.starts_with("exact") && got.standard_error.is_none());
        }
    }
}

/// The measure of a network, by its closed form.
fn check(overlay: &Overlay, what: Measure, want: f64) {
    let got = measure(overlay, what, &mut rng(1)).value;
    assert!(agree(got, want, 1e-10), "{}: {got}, closed form {want}", what.name());
}

#[test]
fn closed_forms() {
    use Measure as M;
    for n in [5u32, 8, 31] {
        let x = n as f64;
        let ring = network(n, &(0..n).map(|v| [v, (v + 1) % n]).collect::<Vec<_>>());
        let squares = if n % 2 == 0 { x * x } else { x * x - 1.0 };
        check(&ring, M::AverageDistance, squares / 4.0 / (x - 1.0));
        check(&ring, M::Diameter, (n / 2) as f64);
        check(&ring, M::SpectralRadius, 2.0);
        check(&ring, M::AlgebraicConnectivity, 2.0 - 2.0 * (2.0 * PI / x).cos());
        check(&ring, M::EffectiveGraphResistance, (x * x * x - x) / 12.0);
        check(&ring, M::DegreeAssortativity, f64::NAN);
        let modes: f64 = (0..n).map(|k| (2.0 * (2.0 * PI * k as f64 / x).cos()).exp()).sum();
        check(&ring, M::NaturalConnectivity, (modes / x).ln());
        let complete = network(n, &(0..n).flat_map(|u| (0..u).map(move |v| [u, v])).collect::<Vec<_>>());
        for (what, want) in [
            (M::AverageDistance, 1.0),
            (M::EffectiveDiameter, 0.9),
            (M::Diameter, 1.0),
            (M::GlobalEfficiency, 1.0),
            (M::AverageClustering, 1.0),
            (M::Transitivity, 1.0),
            (M::SpectralRadius, x - 1.0),
            (M::AlgebraicConnectivity, x),
            (M::EffectiveGraphResistance, x - 1.0),
            (M::NaturalConnectivity, (((x - 1.0).exp() + (x - 1.0) * (-1f64).exp()) / x).ln()),
        ] {
            check(&complete, what, want);
        }
        let star = network(n, &(1..n).map(|v| [0, v]).collect::<Vec<_>>());
        check(&star, M::AverageDistance, 2.0 - 2.0 / x);
        check(&star, M::GlobalEfficiency, 0.5 + 1.0 / x);
        check(&star, M::Transitivity, 0.0);
        check(&star, M::SpectralRadius, (x - 1.0).sqrt());
        check(&star, M::AlgebraicConnectivity, 1.0);
        check(&star, M::EffectiveGraphResistance, (x - 1.0) * (x - 1.0));
        check(&star, M::DegreeAssortativity, -1.0);
        let path = network(n, &(1..n).map(|v| [v - 1, v]).collect::<Vec<_>>());
        check(&path, M::AverageDistance, (x + 1.0) / 3.0);
        check(&path, M::Diameter, x - 1.0);
        check(&path, M::SpectralRadius, 2.0 * (PI / (x + 1.0)).cos());
        check(&path, M::AlgebraicConnectivity, 2.0 - 2.0 * (PI / x).cos());
        check(&path, M::EffectiveGraphResistance, (x * x * x - x) / 6.0);
    }
    // a grid of a × b is the Cartesian product of two paths: spectra add up
    let (a, b) = (6u32, 9);
    let at = |i: u32, j: u32| i * b + j;
    let down = (1..a).flat_map(|i| (0..b).map(move |j| [at(i - 1, j), at(i, j)]));
    let right = (0..a).flat_map(|i| (1..b).map(move |j| [at(i, j - 1), at(i, j)]));
    let grid = network(a * b, &down.chain(right).collect::<Vec<_>>());
    let (x, y) = (a as f64, b as f64);
    check(&grid, M::Diameter, x + y - 2.0);
    check(&grid, M::AverageDistance, (x + y) / 3.0);
    check(&grid, M::SpectralRadius, 2.0 * (PI / (x + 1.0)).cos() + 2.0 * (PI / (y + 1.0)).cos());
    check(&grid, M::AlgebraicConnectivity, 2.0 - 2.0 * (PI / y).cos());
    let mu = |k: u32, n: f64| 2.0 - 2.0 * (PI * k as f64 / n).cos();
    let inverse = |i: u32, j: u32| if i + j == 0 { 0.0 } else { 1.0 / (mu(i, x) + mu(j, y)) };
    let sum: f64 = (0..a).flat_map(|i| (0..b).map(move |j| inverse(i, j))).sum();
    check(&grid, M::EffectiveGraphResistance, x * y * sum);
}

#[test]
fn networks_that_are_hardly_there() {
    use Measure as M;
    let nan = f64::NAN;
    let none = [nan, nan, 0.0, 0.0, nan, 0.0, 0.0, nan, nan, nan, nan];
    let one = [nan, nan, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, nan, 0.0, nan];
    let three = [nan, nan, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, f64::INFINITY, nan];
    for (n, values) in [(0, none), (1, one), (3, three)] {
        for (what, want) in M::ALL.into_iter().zip(values) {
            let got = measure(&network(n, &[]), what, &mut rng(2));
            assert!(agree(got.value, want, 0.0), "{} of {n} nodes: {got:?}", what.name());
        }
    }
}

/// With no exact way allowed, every measure comes near its exact value: within 5 standard errors where chance plays a part,
/// within 10⁻⁶ where it does not.
#[test]
fn approximations_come_near() {
    let little = Effort { dense: 0, resistances: 0, searches: 150, probes: 24, steps: 40 };
    let plenty = Effort { dense: 4000, resistances: 4000, searches: 4000, ..Effort::default() };
    let mut sampled = 0;
    for trial in 0..6 {
        let rng = &mut rng(10 + trial);
        let n = 400 + rng.below(200);
        // half of the links favour low numbers: hubs
        let skewed = |rng: &mut TrialRng| {
            let top = 1 + rng.below(n);
            rng.below(top)
        };
        let links: Vec<[u32; 2]> = (0..n * 2).map(|_| [rng.below(n), skewed(rng)]).collect();
        for overlay in [network(n, &links), largest_component(&network(n, &links))] {
            for what in Measure::ALL {
                let exact = measure_with(&overlay, what, &plenty, rng);
                let near = measure_with(&overlay, what, &little, rng);
                let allowed = near.standard_error.map_or(1e-6 * exact.value.abs().max(1e-3), |e| 5.0 * e);
                let same = near.value == exact.value || (near.value - exact.value).abs() <= allowed;
                assert!(same, "{}: {near:?}, exactly {exact:?}", what.name());
                assert!(exact.method.starts_with("exact"), "{exact:?}");
                if let Some(error) = near.standard_error {
                    sampled += 1;
                    assert!(error <= 0.15 * exact.value.abs(), "{}: {near:?} is vague", what.name());
                }
                let again = |threads| {
                    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                    let mut stream = trial_rng(5, Trial::network(trial), Purpose::Measure);
                    pool.install(|| measure_with(&overlay, what, &little, &mut stream))
                };
                let (one, many) = (again(1), again(3));
                assert!(one == many || one.value.is_nan(), "{}: threads change the result", what.name());
            }
        }
    }
    assert!(sampled >= 50, "{sampled}");
}

#[test]
fn names_are_names() {
    let mut seen = std::collections::BTreeSet::new();
    for what in Measure::ALL {
        assert!(seen.insert(what.name()) && !what.meaning().ends_with('.'));
        assert!(what.name().chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        assert!(["hops", "1"].contains(&what.unit()));
    }
}

#[test]
fn the_largest_component_stands_by_itself() {
    let overlay = network(9, &[[0, 1], [2, 4], [4, 7], [7, 2], [7, 8], [3, 5]]);
    let largest = largest_component(&overlay);
    assert_eq!(
        largest.closure().iter_arcs().filter(|[u, v]| u < v).collect::<Vec<_>>(),
        [[0, 1], [0, 2], [1, 2], [2, 3]]
    );
    assert!(measure(&largest, Measure::AlgebraicConnectivity, &mut rng(3)).value > 0.9);
}
