//! Laws in closed form, for tests and for readers of simulations.

use libm::{exp, log, log1p};

/// Chance that one arrest at the bottom of `layers` layers reaches the top, r^L, where superiors are named with chance `r`.
///
/// ```
/// assert!((hydranet_organisation::law::chain_reaches_top(0.3, 3) - 0.027).abs() < 1e-15);
/// ```
pub fn chain_reaches_top(r: f64, layers: u32) -> f64 {
    libm::pow(r, f64::from(layers))
}

/// Independent chains after which the top has fallen with chance one half: ln ½ / ln(1 − r^L). Infinite for r = 0.
pub fn chains_to_half_chance(r: f64, layers: u32) -> f64 {
    -core::f64::consts::LN_2 / log1p(-chain_reaches_top(r, layers))
}

/// Hazard of the top, n·a·r^L in the unit of `arrest_rate`: `soldiers` at the bottom, each arrested at `arrest_rate` and replaced at
/// once.
pub fn top_hazard(soldiers: u32, arrest_rate: f64, r: f64, layers: u32) -> f64 {
    f64::from(soldiers) * arrest_rate * chain_reaches_top(r, layers)
}

/// Chance that an event of constant hazard has come by `time`: 1 − e^(−ht).
pub fn by_time(hazard: f64, time: f64) -> f64 {
    -libm::expm1(-hazard * time)
}

/// Share of filled places where the present are arrested at rate `arrest` and the missing replaced at rate `replace`: ρ/(a + ρ).
pub fn filled_share(arrest: f64, replace: f64) -> f64 {
    replace / (arrest + replace)
}

/// Expected successful hand-overs of a contact while a role of `people` is removed one by one, each succeeding with
/// c/(c + 1) where c are left: c0 − H(c0).
pub fn hand_overs(people: u32) -> f64 {
    // 1/c from the smallest: the sum keeps its digits
    f64::from(people) - (1..=people).rev().map(|c| 1.0 / f64::from(c)).sum::<f64>()
}

/// Chance that `captures` random arrests cut every chain from the leader to a foot soldier of a complete tree, by
/// number of arrests from 0 (Farley 2003, Studies in Conflict & Terrorism 26, 399–411). `layers` counts people on a chain: 4
/// for the binary tree of 15. The cut sets obey P_h(x) = x(1 + x)^(n_h − 1) + P_(h−1)(x)^b, P_1 = x. O(n²) a layer.
///
/// # Panics
/// If there are no layers or no branches, or more than 1000 people (beyond that counts overflow).
///
/// ```
/// let broken = hydranet_organisation::law::broken_by_arrests(2, 4);
/// assert!((broken[4] - 1.0 / 3.0).abs() < 1e-4); // the published 33 %
/// ```
pub fn broken_by_arrests(branches: u32, layers: u32) -> Vec<f64> {
    assert!(branches > 0 && layers > 0, "a tree has branches and layers");
    let (mut n, mut cuts) = (1usize, vec![0.0, 1.0]);
    for _ in 1..layers {
        let whole = n.checked_mul(branches as usize).and_then(|n| n.checked_add(1)).filter(|&n| n <= 1000);
        n = whole.expect("cut sets are counted for trees of up to 1000 people");
        let all = (0..branches).fold(vec![1.0], |product, _| multiply(&product, &cuts));
        let mut next = vec![0.0; n + 1];
        // x(1 + x)^(n − 1): the leader, and any others
        let mut choose = 1.0;
        for k in 0..n {
            next[k + 1] = choose;
            choose = choose * (n - 1 - k) as f64 / (k + 1) as f64;
        }
        next.iter_mut().zip(all).for_each(|(to, from)| *to += from);
        cuts = next;
    }
    let mut choose = 1.0;
    let share = |(k, &count): (usize, &f64)| {
        let share = count / choose;
        choose = choose * (n - k) as f64 / (k + 1) as f64;
        share
    };
    cuts.iter().enumerate().map(share).collect()
}

fn multiply(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut product = vec![0.0; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] += x * y;
        }
    }
    product
}

/// Chance that one who waits with hazard `lambda` is first, before something of hazard `other`.
pub fn first(lambda: f64, other: f64) -> f64 {
    lambda / (lambda + other)
}

/// Chance that a lure that shrinks at rate `decay` is ever taken, its hazard starting at `lambda`: 1 − e^(−λ/δ).
pub fn ever_taken(lambda: f64, decay: f64) -> f64 {
    -libm::expm1(-lambda / decay)
}

/// Expected share of the lure that is left when it is taken, 0 where it never is: 1 − (1 − e^(−k))/k, k = λ/δ.
pub fn share_taken(lambda: f64, decay: f64) -> f64 {
    let k = lambda / decay;
    1.0 + libm::expm1(-k) / k
}

/// Incidence of the cause with constant hazard `own` by `time`, `all` being the hazards of all causes together:
/// (l_j/L)(1 − e^(−Lt)).
pub fn incidence(own: f64, all: f64, time: f64) -> f64 {
    own / all * by_time(all, time)
}

/// Standard normal distribution function; the tail keeps its relative precision.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / core::f64::consts::SQRT_2)
}

/// Wald's threshold ln((1 − β)/α), nats.
pub fn wald_threshold(alpha: f64, beta: f64) -> f64 {
    log((1.0 - beta) / alpha)
}

/// Half-life to rate.
pub fn rate_of_half_life(half_life: f64) -> f64 {
    core::f64::consts::LN_2 / half_life
}

/// Share left after `time` at `rate`.
pub fn left(rate: f64, time: f64) -> f64 {
    exp(-rate * time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains() {
        for (r, layers, chance, half) in [
            (0.3, 2, 0.09, 7.3),
            (0.3, 3, 0.027, 25.3),
            (0.3, 4, 0.0081, 85.2),
            (0.5, 2, 0.25, 2.4),
            (0.5, 3, 0.125, 5.2),
            (0.5, 4, 0.0625, 10.7),
        ] {
            assert!((chain_reaches_top(r, layers) - chance).abs() < 1e-12);
            assert!((chains_to_half_chance(r, layers) - half).abs() < 0.05, "{r} {layers}");
        }
        let hazard = top_hazard(100, 0.1, 0.3, 3);
        assert!((hazard - 0.27).abs() < 1e-12 && (by_time(hazard, 5.0) - 0.741).abs() < 5e-4);
        assert!((1.0 / hazard - 3.70).abs() < 5e-3);
        assert_eq!(chains_to_half_chance(0.0, 2), f64::INFINITY);
    }

    #[test]
    fn vacancies_and_hand_overs() {
        for (a, rho, want) in [(0.1, 1.0, 0.9091), (0.5, 2.0, 0.8), (1.0, 1.0, 0.5), (1.0, 12.0, 0.9231)] {
            assert!((filled_share(a, rho) - want).abs() < 5e-5);
        }
        for (people, want) in [(8, 5.282), (15, 11.682), (104, 98.774)] {
            assert!((hand_overs(people) - want).abs() < 5e-4, "{}", hand_overs(people));
        }
    }

    #[test]
    fn farley_rows_and_enumeration() {
        let rows: [(u32, u32, &[f64]); 2] = [
            (2, 4, &[0.0667, 0.1429, 0.2308, 0.3333, 0.4519, 0.5832, 0.7169, 0.8353]),
            (2, 3, &[0.1429, 0.3333, 0.6, 0.8857, 1.0]),
        ];
        for (b, layers, want) in rows {
            let got = broken_by_arrests(b, layers);
            for (k, want) in want.iter().enumerate() {
                assert!((got[k + 1] - want).abs() < 5e-5, "{k}: {got:?}");
            }
        }
        // every set of arrests of the binary tree of 15 and the ternary of 13
        for (b, n, layers) in [(2usize, 15usize, 4), (3, 13, 3)] {
            let (mut broken, mut all) = (vec![0u32; n + 1], vec![0u32; n + 1]);
            for set in 0u32..1 << n {
                let mut open = vec![false; n];
                for v in 0..n {
                    open[v] = set >> v & 1 == 0 && (v == 0 || open[(v - 1) / b]);
                }
                let k = set.count_ones() as usize;
                all[k] += 1;
                broken[k] += u32::from(!(0..n).any(|v| open[v] && b * v + 1 >= n));
            }
            for (k, got) in broken_by_arrests(b as u32, layers).iter().enumerate() {
                assert!((got - f64::from(broken[k]) / f64::from(all[k])).abs() < 1e-12, "{k} of {n}");
            }
        }
    }

    #[test]
    fn lures() {
        let decay = rate_of_half_life(2.0);
        for (lambda, at_takeover, ever, share) in
            [(0.1, 0.224, 0.251, 0.131), (0.3, 0.464, 0.579, 0.331), (1.0, 0.743, 0.944, 0.673)]
        {
            assert!((first(lambda, decay) - at_takeover).abs() < 5e-4);
            assert!((ever_taken(lambda, decay) - ever).abs() < 5e-4);
            assert!((share_taken(lambda, decay) - share).abs() < 5e-4);
        }
        assert!((left(decay, 2.0) - 0.5).abs() < 1e-15);
        assert!((wald_threshold(0.01, 0.05) - 4.5539).abs() < 5e-5);
    }
}
