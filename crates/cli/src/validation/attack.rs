//! Attack on the nodes of highest degree.

use super::{Bench, Check};
use hydranet_takedown::Outcome;

/// G(n,m) without the Poisson nodes of highest degree, degrees counted once: where the giant component vanishes.
///
/// Removing all nodes of degree above K, and a share of those of degree K, leaves a network whose excess degree is
/// Σ k(k−1)p_k φ_k / ⟨k⟩, φ_k being the share of degree k that is kept; the threshold is where it is 1 (Callaway et al.
/// 2000). Returns the removed fraction.
fn initial_degree_threshold(c: f64) -> f64 {
    // p_k by recursion; 200 terms are far beyond any weight for c ≤ 10
    let mut p = vec![libm::exp(-c)];
    (1..200).for_each(|k| p.push(p[k - 1] * c / k as f64));
    let mut removed = 0.0;
    let mut left: f64 = p.iter().enumerate().map(|(k, p)| (k * k.saturating_sub(1)) as f64 * p / c).sum();
    for k in (0..200usize).rev() {
        let weight = (k * k.saturating_sub(1)) as f64 * p[k] / c;
        if left - weight < 1.0 {
            return removed + p[k] * (left - 1.0) / weight;
        }
        left -= weight;
        removed += p[k];
    }
    removed
}

/// Initial degree: thresholds and R.
pub(super) fn initial(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((20_000, 6), (200_000, 8));
    let mut checks = Vec::new();
    for (c, published, published_r) in [
        (2.0, 0.1116, Some(0.0572)),
        (3.0, 0.2521, None),
        (3.5, 0.3104, Some(0.2002)),
        (4.0, 0.3617, Some(0.2401)),
        (5.0, 0.4653, None),
        (6.0, 0.5358, None),
    ] {
        let threshold = initial_degree_threshold(c);
        let outcomes: Vec<Outcome> = (0..trials)
            .map(|trial| {
                let network = bench.network("gnm", &format!("n = {n}\nmean_degree = {c:.1}"), trial);
                Outcome::of(&bench.curve(&network, "degree", false, trial), 0.01)
            })
            .collect();
        let name = |what: &str| format!("gnm, c = {c}: {what}");
        let f_c = outcomes.iter().filter_map(Outcome::f_chi).collect();
        let tolerance = bench.scale.pick(0.02, 0.008);
        assert!((threshold - published).abs() < 0.006, "c = {c}: table {published}, Callaway et al. {threshold}");
        let source = "Callaway et al. 2000";
        checks.push(Check {
            name: name("f_c, degree"),
            source,
            reference: published,
            tolerance,
            at_most: false,
            values: f_c,
        });
        if let Some(reference) = published_r {
            let values = outcomes.iter().map(Outcome::r).collect();
            let tolerance = bench.scale.pick(0.005, 0.002);
            checks.push(Check {
                name: name("R, degree"),
                source: "independent code",
                reference,
                tolerance,
                at_most: false,
                values,
            });
        }
    }
    Ok(checks)
}

/// Adaptive degree: the set size that the dismantling literature compares with.
pub(super) fn adaptive(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((100_000, 3), (200_000, 8));
    let values = (0..trials)
        .map(|trial| {
            let network = bench.network("gnm", &format!("n = {n}\nmean_degree = 3.5"), trial);
            let outcome = Outcome::of(&bench.curve(&network, "adaptive-degree", false, trial), 0.01);
            outcome.set_size.unwrap_or(0) as f64 / n as f64
        })
        .collect();
    Ok(vec![Check {
        name: "gnm, c = 3.5: set size at 1 %, adaptive degree".into(),
        source: "Zdeborová et al. 2016",
        reference: 0.236,
        tolerance: 0.015 * 0.236,
        at_most: false,
        values,
    }])
}
