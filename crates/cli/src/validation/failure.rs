//! Random failure of random networks: the giant component is known in closed form for every removed fraction.

use super::{Bench, Check};
use hydranet_takedown::Outcome;

/// Integral over f of (1 − f)·s(f), by the midpoint rule.
fn r_of(giant: impl Fn(f64) -> f64) -> f64 {
    let steps = 20_000;
    (0..steps).map(|i| giant((i as f64 + 0.5) / steps as f64)).sum::<f64>() / steps as f64
}

/// The fixed point of x ↦ f(x) that iteration from `start` leads to.
fn fixed_point(start: f64, f: impl Fn(f64) -> f64) -> f64 {
    let mut x = start;
    for _ in 0..100_000 {
        let next = f(x);
        if (next - x).abs() < 1e-13 {
            return next;
        }
        x = next;
    }
    x
}

/// S1/N of G(n,m) with mean degree c after a fraction f has failed: (1 − f)·s with s = 1 − e^{−c(1−f)s}.
pub(super) fn gnm_giant(c: f64, f: f64) -> f64 {
    (1.0 - f) * fixed_point(1.0, |s| 1.0 - libm::exp(-c * (1.0 - f) * s))
}

/// S1/N of a random d-regular network: (1 − f)(1 − u^d), where u = f + (1 − f)·u^{d−1} is the chance that a link does
/// not lead to the giant component.
fn regular_giant(d: i32, f: f64) -> f64 {
    let u = fixed_point(0.0, |u| f + (1.0 - f) * u.powi(d - 1));
    (1.0 - f) * (1.0 - u.powi(d))
}

/// The scale on which the peak of a finite network lies below the threshold f: at it n(1 − f) nodes are left, whose
/// critical window has a relative width of their number to the power −1/3.
fn peak_shift(n: u32, f: f64) -> f64 {
    (1.0 - f) / libm::cbrt(n as f64 * (1.0 - f))
}

/// G(n,m): S(f), R and the threshold 1 − 1/c.
pub(super) fn gnm(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((20_000, 6), (200_000, 10));
    let mut checks = Vec::new();
    for (c, published) in [
        (2.0, 0.2123),
        (2.5, 0.2893),
        (3.0, 0.3414),
        (3.5, 0.3775),
        (4.0, 0.4032),
        (5.0, 0.4359),
        (6.0, 0.4548),
        (10.0, 0.4836),
    ] {
        let theory = r_of(|f| gnm_giant(c, f));
        assert!((theory - published).abs() < 1.5e-4, "the table's R for c = {c} is {published}, the integral {theory}");
        let (mut r, mut f_c, mut at_30) = (Vec::new(), Vec::new(), Vec::new());
        for trial in 0..trials {
            let network = bench.network("gnm", &format!("n = {n}\nmean_degree = {c:.1}"), trial);
            let curve = bench.curve(&network, "random", false, trial);
            let outcome = Outcome::of(&curve, 0.01);
            r.push(outcome.r());
            f_c.push(outcome.f_chi().expect("it falls apart"));
            at_30.push(curve.largest[3 * n as usize / 10] as f64 / n as f64);
        }
        let mut row = |what: &str, reference, tolerance, values| {
            let name = format!("gnm, c = {c}: {what}");
            checks.push(Check {
                name,
                source: "Erdős & Rényi 1960; Newman 2010",
                reference,
                tolerance,
                at_most: false,
                values,
            });
        };
        row("R, random", theory, bench.scale.pick(0.006, 0.002), r);
        row("S1/N at f = 0.3", gnm_giant(c, 0.3), bench.scale.pick(0.015, 0.005), at_30);
        row("f_c = 1 − 1/c", 1.0 - 1.0 / c, 2.5 * peak_shift(n, 1.0 - 1.0 / c), f_c);
    }
    Ok(checks)
}

/// Random regular networks: R and the threshold (d − 2)/(d − 1).
pub(super) fn regular(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((20_000, 6), (200_000, 10));
    let mut checks = Vec::new();
    for (d, published) in [(3, 0.3294), (4, 0.4091), (5, 0.4423), (6, 0.4598)] {
        let theory = r_of(|f| regular_giant(d, f));
        assert!((theory - published).abs() < 1.5e-4, "the table's R for d = {d} is {published}, the integral {theory}");
        let outcomes: Vec<Outcome> = (0..trials)
            .map(|trial| {
                let network = bench.network("random-regular", &format!("n = {n}\nd = {d}"), trial);
                Outcome::of(&bench.curve(&network, "random", false, trial), 0.01)
            })
            .collect();
        let mut row = |what: &str, reference, tolerance, values| {
            let name = format!("random {d}-regular: {what}");
            checks.push(Check { name, source: "Molloy & Reed 1995", reference, tolerance, at_most: false, values });
        };
        row("R, random", theory, bench.scale.pick(0.005, 0.0015), outcomes.iter().map(Outcome::r).collect());
        let threshold = (d as f64 - 2.0) / (d as f64 - 1.0);
        row(
            "f_c = (d−2)/(d−1)",
            threshold,
            bench.scale.pick(0.03, 0.012),
            outcomes.iter().filter_map(Outcome::f_chi).collect(),
        );
    }
    Ok(checks)
}

/// Power-law networks: f_c = 1 − 1/(κ − 1), with κ = ⟨k²⟩/⟨k⟩ of each network that was drawn.
pub(super) fn power_law(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((100_000, 6), (1_000_000, 8));
    let mut checks = Vec::new();
    // with a bounded degree all moments exist, and the threshold of a finite network is soon the one of the law
    for exponent in [2.5, 3.0] {
        let law = format!("kind = \"power-law\", exponent = {exponent:.1}, min = 2, max = 30");
        let params = format!("n = {n}\ndegree_dist = {{ {law} }}");
        let (mut f_c, mut theory) = (Vec::new(), Vec::new());
        for trial in 0..trials {
            let network = bench.network("configuration-model", &params, trial);
            let degrees = (0..network.nodes()).map(|v| network.closure().degree(v) as f64);
            let (first, second) = degrees.fold((0.0, 0.0), |(a, b), k| (a + k, b + k * k));
            theory.push(1.0 - 1.0 / (second / first - 1.0));
            f_c.push(
                Outcome::of(&bench.curve(&network, "random", false, trial), 0.01).f_chi().expect("it falls apart"),
            );
        }
        let reference = theory.iter().sum::<f64>() / theory.len() as f64;
        checks.push(Check {
            at_most: false,
            name: format!("power law {exponent}, degrees 2–30: f_c = 1 − 1/(κ − 1)"),
            source: "Molloy & Reed 1995; Cohen et al. 2000",
            reference,
            // broad degrees widen the critical window
            tolerance: 5.0 * peak_shift(n, reference),
            values: f_c,
        });
    }
    Ok(checks)
}
