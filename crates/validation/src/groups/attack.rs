//! Attack on the nodes of highest degree, counted once: generating functions (Callaway et al. 2000).

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, mechanism, statistic, strategy, topology};
use crate::groups::failure::{RATIO, fixed_point, integral, threshold};

/// Poisson weights by recursion; 80 terms are far beyond any weight for c ≤ 10.
fn poisson(c: f64) -> Vec<f64> {
    let mut p = vec![libm::exp(-c)];
    (1..80).for_each(|k| p.push(p[k - 1] * c / k as f64));
    p
}

/// The share of each degree that is kept when a fraction f of all nodes has fallen, highest degrees first.
fn kept(law: &[f64], f: f64) -> Vec<f64> {
    let mut left = f;
    let mut share = vec![1.0; law.len()];
    for (k, p) in law.iter().enumerate().rev() {
        let gone = left.min(*p);
        share[k] = if *p > 0.0 { 1.0 - gone / p } else { 1.0 };
        left -= gone;
    }
    share
}

/// Where Σ k(k−1) p(k) φ(k)/⟨k⟩ falls to 1.
fn degree_threshold(c: f64) -> f64 {
    let law = poisson(c);
    let excess = |f: f64| -> f64 {
        kept(&law, f).iter().zip(&law).enumerate().map(|(k, (s, p))| (k * k.saturating_sub(1)) as f64 * p * s / c).sum()
    };
    let (mut lo, mut hi) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (lo + hi) / 2.0;
        if excess(middle) > 1.0 { lo = middle } else { hi = middle }
    }
    lo
}

/// S1/N: Σ p φ (1 − u^k), u = 1 − Σ k p φ (1 − u^(k−1))/⟨k⟩.
fn degree_giant(c: f64, law: &[f64], f: f64) -> f64 {
    let kept: Vec<f64> = kept(law, f).iter().zip(law).map(|(s, p)| s * p).collect();
    let u = fixed_point(0.0, |u| {
        let (mut sum, mut power) = (0.0, 1.0);
        for (k, w) in kept.iter().enumerate().skip(1) {
            sum += k as f64 * w * (1.0 - power);
            power *= u;
        }
        1.0 - sum / c
    });
    kept.iter().enumerate().map(|(k, w)| w * (1.0 - u.powi(k as i32))).sum()
}

/// Initial degree: thresholds and R of G(n,m); adaptive degree: published set size.
pub(super) fn rows(book: &mut Book) {
    let (n, trials) = book.pick((16_000u32, 24), (160_000, 24));
    for c in [2.0, 3.0, 3.5, 4.0, 5.0, 6.0] {
        let numbers = book.run(trials, move |draws| {
            let mut out = Vec::new();
            for size in [n / 8, n] {
                let network = draws.network("gnm", &format!("n = {size}\nmean_degree = {c:.1}"));
                let outcome = draws.outcome(&network, "degree", "");
                out.extend([outcome.r(), threshold(&outcome)]);
            }
            out
        });
        let law = poisson(c);
        let want = [integral(|f| degree_giant(c, &law, f)), degree_threshold(c)];
        for (i, (what, exponent)) in [("R, degree", 2.0 / 3.0), ("f_c, degree", 1.0 / 3.0)].into_iter().enumerate() {
            let covers = [strategy("degree"), topology("gnm"), statistic(["R", "f_c"][i]), mechanism("percolation")];
            let row = book.row(format!("gnm, c = {c}: {what}"), covers, Evidence::ClosedForm, "Callaway et al. 2000");
            row.limit(numbers, (i, i + 2), (RATIO, exponent), want[i]);
        }
    }
    // printed with three decimals, of networks so large that the critical window, N^(−1/3), is no wider than the target
    let (n, trials) = book.pick((600_000, 6), (2_000_000, 8));
    let numbers = book.run(trials, move |draws| {
        let network = draws.network("gnm", &format!("n = {n}\nmean_degree = 3.5"));
        vec![draws.outcome(&network, "adaptive-degree", "").set_size.map_or(f64::NAN, |q| q as f64) / f64::from(n)]
    });
    let covers = [strategy("adaptive-degree"), topology("gnm"), statistic("set size")];
    book.row("gnm, c = 3.5: set size at 1 %, adaptive degree", covers, Evidence::Published, "Zdeborová et al. 2016")
        .allow(Allowance::printed(3))
        .mean(numbers, 0, 0.236);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thresholds and R that an independent code measured, to the width of its sampling.
    #[test]
    fn forms_agree_with_an_independent_code() {
        for (c, f_c) in [(2.0, 0.1116), (3.0, 0.2521), (3.5, 0.3104), (4.0, 0.3617), (5.0, 0.4653), (6.0, 0.5358)] {
            assert!((degree_threshold(c) - f_c).abs() < 0.006, "c = {c}: {}", degree_threshold(c));
        }
        for (c, r) in [(2.0, 0.0572), (3.5, 0.2002), (4.0, 0.2401)] {
            let law = poisson(c);
            let form = integral(|f| degree_giant(c, &law, f));
            assert!((form - r).abs() < 0.002, "c = {c}: {form}");
        }
    }
}
