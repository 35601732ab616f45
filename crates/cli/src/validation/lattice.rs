//! The square lattice: bond threshold 1/2 exactly, site threshold 0.592746 (Newman & Ziff 2000).

use super::{Bench, Check};
use hydranet_takedown::Outcome;

/// Where susceptibility peaks when sites, or bonds, of a torus fail at random.
pub(super) fn checks(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (side, trials) = bench.scale.pick((150, 8), (1000, 8));
    let torus = bench.network("grid", &format!("dims = [{side}, {side}]\nperiodic = true"), 0);
    let peak = |edges: bool| -> Vec<f64> {
        (0..trials)
            .map(|t| Outcome::of(&bench.curve(&torus, "random", edges, t), 0.01).f_chi().expect("it falls apart"))
            .collect()
    };
    let row = |name: &str, source, reference, values| Check {
        name: name.into(),
        source,
        reference,
        // the peak of a finite lattice stands side^(−3/4) off: 0.023 at 150, 0.0056 at 1000
        tolerance: bench.scale.pick(0.025, 0.008),
        at_most: false,
        values,
    };
    Ok(vec![
        row("square lattice: site threshold", "Newman & Ziff 2000", 1.0 - 0.592746, peak(false)),
        row("square lattice: bond threshold", "Kesten 1980", 0.5, peak(true)),
    ])
}
