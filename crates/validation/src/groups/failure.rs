//! Random failure of random networks: the giant component is known in closed form for every removed fraction.

use crate::book::Book;
use crate::feature::{Evidence, mechanism, statistic, strategy, topology};
use hydranet_takedown::Outcome;

/// The fixed point of x ↦ f(x) that iteration from `start` leads to, to 10⁻¹³.
pub(super) fn fixed_point(start: f64, f: impl Fn(f64) -> f64) -> f64 {
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

/// Integral over f in [0, 1] by the midpoint rule; 4,000 steps leave less than 10⁻⁶ where the integrand has one kink.
pub(super) fn integral(f: impl Fn(f64) -> f64) -> f64 {
    let steps = 4000;
    (0..steps).map(|i| f((f64::from(i) + 0.5) / f64::from(steps))).sum::<f64>() / f64::from(steps)
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

/// Where S2 peaks in one takedown: the threshold, asked of every network, also of the few small ones that do not fall apart clearly
/// enough for a study to report one (which would leave out the weakest).
pub(super) fn threshold(outcome: &Outcome) -> f64 {
    outcome.second_peak.removed as f64 / outcome.second_peak.steps as f64
}

/// Sizes at which limits are fitted: the larger one is eight times the smaller one.
pub(super) const RATIO: f64 = 8.0;

/// R, S(0.3) and the threshold at two sizes; corrections are N^(−2/3) (the critical window is N^(−1/3) wide, and so high), N^(−1)
/// off the threshold, N^(−1/3).
fn model(book: &mut Book, label: &str, model: &'static str, params: String, source: &str, want: [f64; 3]) {
    let (n, trials) = book.pick((8_000u32, 24), (160_000, 32));
    let numbers = book.run(trials, move |draws| {
        let mut out = Vec::new();
        for size in [n / 8, n] {
            let network = draws.network(model, &format!("n = {size}\n{params}"));
            let curve = draws.curve(&network, "random", "");
            let outcome = Outcome::of(&curve, 0.01);
            out.extend([
                outcome.r(),
                f64::from(curve.largest[3 * size as usize / 10]) / f64::from(size),
                threshold(&outcome),
            ]);
        }
        out
    });
    let covers = [topology(model), strategy("random"), mechanism("percolation")];
    let quantities = [("R, random", 2.0 / 3.0), ("S1/N at f = 0.3", 1.0), ("f_c, random", 1.0 / 3.0)];
    for (i, (what, exponent)) in quantities.into_iter().enumerate() {
        let mut covers = covers.to_vec();
        covers.push(statistic(["R", "S1/N", "f_c"][i]));
        let row = book.row(format!("{label}: {what}"), covers, Evidence::ClosedForm, source);
        row.limit(numbers, (i, i + 3), (RATIO, exponent), want[i]);
    }
}

/// G(n,m), random regular and power-law networks.
pub(super) fn rows(book: &mut Book) {
    for c in [2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 10.0] {
        let want = [integral(|f| gnm_giant(c, f)), gnm_giant(c, 0.3), 1.0 - 1.0 / c];
        let params = format!("mean_degree = {c:.1}");
        model(book, &format!("gnm, c = {c}"), "gnm", params, "Erdős & Rényi 1960; f_c = 1 − 1/c", want);
    }
    for d in [3, 4, 5, 6] {
        let at = f64::from(d);
        let want = [integral(|f| regular_giant(d, f)), regular_giant(d, 0.3), (at - 2.0) / (at - 1.0)];
        let source = "Molloy & Reed 1995; f_c = (d − 2)/(d − 1)";
        model(book, &format!("random {d}-regular"), "random-regular", format!("d = {d}"), source, want);
    }
    // with a bounded degree all moments exist, and the law is that of generating functions
    for exponent in [2.5, 3.0] {
        let weight: Vec<f64> = (0..=30).map(|k| if k < 2 { 0.0 } else { libm::pow(f64::from(k), -exponent) }).collect();
        let total: f64 = weight.iter().sum();
        let law: Vec<f64> = weight.iter().map(|w| w / total).collect();
        let want = [integral(|f| given_giant(&law, f)), given_giant(&law, 0.3), molloy_reed(&law)];
        let params = format!("degree_dist = {{ kind = \"power-law\", exponent = {exponent:.1}, min = 2, max = 30 }}");
        let source = "Molloy & Reed 1995; Cohen et al. 2000: f_c = 1 − 1/(κ − 1)";
        let label = format!("power law {exponent:.1}, degrees 2–30");
        model(book, &label, "configuration-model", params, source, want);
    }
}

/// Σ k^a p(k).
fn moment(law: &[f64], a: i32) -> f64 {
    law.iter().enumerate().map(|(k, p)| (k as f64).powi(a) * p).sum()
}

/// 1 − 1/(κ − 1), κ = ⟨k²⟩/⟨k⟩.
fn molloy_reed(law: &[f64]) -> f64 {
    1.0 - 1.0 / (moment(law, 2) / moment(law, 1) - 1.0)
}

/// S1/N of a configuration model after random failure: (1 − f)(1 − G0(u)), u = f + (1 − f) G1(u).
fn given_giant(law: &[f64], f: f64) -> f64 {
    let mean = moment(law, 1);
    let g0 = |u: f64| law.iter().enumerate().map(|(k, p)| p * u.powi(k as i32)).sum::<f64>();
    let g1 =
        |u: f64| law.iter().enumerate().skip(1).map(|(k, p)| k as f64 * p * u.powi(k as i32 - 1)).sum::<f64>() / mean;
    (1.0 - f) * (1.0 - g0(fixed_point(0.0, |u| f + (1.0 - f) * g1(u))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R as printed by an independent code: the integrals are right.
    #[test]
    fn integrals_are_those_of_an_independent_code() {
        for (c, published) in [(2.0, 0.2123), (3.5, 0.3775), (10.0, 0.4836)] {
            assert!((integral(|f| gnm_giant(c, f)) - published).abs() < 1.5e-4, "c = {c}");
        }
        for (d, published) in [(3, 0.3294), (4, 0.4091), (5, 0.4423), (6, 0.4598)] {
            assert!((integral(|f| regular_giant(d, f)) - published).abs() < 1.5e-4, "d = {d}");
        }
        // a regular law is a law
        assert!((given_giant(&[0.0, 0.0, 0.0, 1.0], 0.3) - regular_giant(3, 0.3)).abs() < 1e-9);
    }
}
