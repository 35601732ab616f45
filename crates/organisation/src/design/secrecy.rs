//! Secrecy against efficiency (Lindelauf, Borm & Hamers 2009, Social Networks 31, 126–137).
//!
//! Information I = n(n − 1)/T, T the sum of distances over ordered pairs: 1 for the complete graph. Secrecy S is the share
//! of the organisation that stays unknown when one member is exposed and each of its ties is detected with chance p. The
//! product S·I is what a design trades off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who is exposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Exposed {
    /// Everybody alike: S = (n² − n − 2pm)/n².
    #[default]
    Uniform,
    /// By activity, x_i = (d_i + 1)/(2m + n): S = 1 − Σ x_i (1 + p d_i)/n.
    Activity,
}

/// What a design trades off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Secrecy {
    /// I, in `(0, 1]`; 0 where the graph is not connected or has one member.
    pub information: f64,
    /// S, in `[0, 1)`.
    pub secrecy: f64,
}

impl Secrecy {
    /// S·I.
    pub fn trade_off(&self) -> f64 {
        self.information * self.secrecy
    }
}

/// Secrecy and information of a graph given as contacts, with chance `p` that a tie is detected. O(n·m).
///
/// ```
/// use hydranet_organisation::design::{Exposed, secrecy};
/// let star = [vec![1, 2], vec![0], vec![0]];
/// assert!((secrecy(&star, 0.75, Exposed::Uniform).trade_off() - 0.25).abs() < 1e-15);
/// ```
pub fn secrecy(contacts: &[Vec<u32>], p: f64, exposed: Exposed) -> Secrecy {
    let n = contacts.len() as f64;
    let ties = contacts.iter().map(Vec::len).sum::<usize>() as f64; // 2m
    let known = |contacts: &Vec<u32>| {
        let degree = contacts.len() as f64;
        let weight = match exposed {
            Exposed::Uniform => 1.0 / n,
            Exposed::Activity => (degree + 1.0) / (ties + n),
        };
        weight * (1.0 + p * degree) / n
    };
    let distances = crate::measure::distances(contacts);
    let connected = distances.pairs as f64 == n * (n - 1.0) && n > 1.0;
    let information = if connected { n * (n - 1.0) / distances.sum as f64 } else { 0.0 };
    Secrecy { information, secrecy: 1.0 - contacts.iter().map(known).sum::<f64>() }
}

/// The largest trade-off of all connected graphs of `n` members, and the degree sequences (falling) that reach it within
/// 10⁻¹²: all 2^(n(n−1)/2) graphs are tried, n from 2 to 7.
///
/// # Panics
/// If `n` is not from 2 to 7.
pub fn best_designs(n: u32, p: f64, exposed: Exposed) -> (f64, Vec<Vec<u32>>) {
    assert!((2..=7).contains(&n), "all graphs are tried for 2 to 7 members, not {n}");
    let pairs: Vec<[usize; 2]> = (0..n as usize).flat_map(|v| (0..v).map(move |u| [u, v])).collect();
    let mut best = (f64::NEG_INFINITY, std::collections::BTreeSet::new());
    for graph in 0u32..1 << pairs.len() {
        let mut masks = [0u8; 7];
        for (i, &[u, v]) in pairs.iter().enumerate().filter(|(i, _)| graph >> i & 1 == 1) {
            debug_assert!(i < 21);
            masks[u] |= 1 << v;
            masks[v] |= 1 << u;
        }
        let Some(value) = of_masks(&masks[..n as usize], graph.count_ones(), p, exposed) else { continue };
        if value > best.0 + 1e-12 {
            best = (value, Default::default());
        }
        if value > best.0 - 1e-12 {
            let mut degrees: Vec<u32> = masks[..n as usize].iter().map(|mask| mask.count_ones()).collect();
            degrees.sort_unstable_by(|a, b| b.cmp(a));
            best.1.insert(degrees);
        }
    }
    (best.0, best.1.into_iter().rev().collect())
}

/// The trade-off of a graph of at most 8 members, each a mask of its contacts; `None` if not connected.
fn of_masks(masks: &[u8], edges: u32, p: f64, exposed: Exposed) -> Option<f64> {
    let (n, mut total) = (masks.len(), 0u32);
    for source in 0..n {
        let (mut seen, mut front, mut distance) = (1u8 << source, 1u8 << source, 0);
        while front != 0 {
            total += distance * front.count_ones();
            let mut next = 0;
            let mut rest = front;
            while rest != 0 {
                next |= masks[rest.trailing_zeros() as usize];
                rest &= rest - 1;
            }
            front = next & !seen;
            seen |= next;
            distance += 1;
        }
        if seen.count_ones() as usize != n {
            return None;
        }
    }
    let (n, m) = (n as f64, f64::from(edges));
    let hidden = match exposed {
        Exposed::Uniform => (n * n - n - 2.0 * p * m) / (n * n),
        Exposed::Activity => {
            let known = |mask: &u8| {
                let degree = f64::from(mask.count_ones());
                (degree + 1.0) / (2.0 * m + n) * (1.0 + p * degree) / n
            };
            1.0 - masks.iter().map(known).sum::<f64>()
        }
    };
    Some(hidden * n * (n - 1.0) / f64::from(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Shape, shape};

    fn value(kind: Shape, n: u32, p: f64, exposed: Exposed) -> f64 {
        secrecy(&shape(kind, n).unwrap().contacts(), p, exposed).trade_off()
    }

    #[test]
    fn uniform_exposure_has_its_crossover_at_one_half() {
        let complete = [0.5, 0.5625, 0.6, 0.625, 0.642857];
        let star = [0.25, 0.3125, 0.35, 0.375, 0.392857];
        let tie = [1.0 / 3.0, 0.375, 0.4, 0.416667, 0.428571];
        for (i, n) in (3..=7).enumerate() {
            for (p, want, kinds) in [
                (0.25, complete[i], vec![Shape::Complete]),
                (0.5, tie[i], vec![Shape::Complete, Shape::Star]),
                (0.75, star[i], vec![Shape::Star]),
            ] {
                let (best, designs) = best_designs(n, p, Exposed::Uniform);
                assert!((best - want).abs() < 1e-6, "n {n}, p {p}: {best} for {want}");
                for kind in &kinds {
                    assert!(
                        (value(*kind, n, p, Exposed::Uniform) - best).abs() < 1e-12,
                        "{kind:?} is best at n {n}, p {p}"
                    );
                }
                assert!(p == 0.5 || designs.len() == 1, "n {n}, p {p}: {designs:?}");
            }
        }
    }

    #[test]
    fn exposure_by_activity_wants_a_reinforced_ring() {
        for (n, want, degrees, chords) in [
            (5, 0.266667, vec![2; 5], 0),
            (6, 0.282609, vec![3, 3, 2, 2, 2, 2], 1),
            (7, 0.305455, vec![3, 3, 3, 3, 2, 2, 2], 2),
        ] {
            let (best, designs) = best_designs(n, 1.0, Exposed::Activity);
            assert!((best - want).abs() < 1e-6, "n {n}: {best}");
            assert_eq!(designs, [degrees], "n {n}");
            // networkx, for the ring with chords
            let with_chords = [0.266667, 0.26, 0.296471][chords as usize];
            let ring = value(Shape::ReinforcedRing { chords }, n, 1.0, Exposed::Activity);
            assert!((ring - with_chords).abs() < 1e-6, "n {n}: {ring}");
        }
    }

    #[test]
    fn who_is_not_connected_has_no_information() {
        let two = [vec![1], vec![0], vec![]];
        assert_eq!(secrecy(&two, 0.5, Exposed::Uniform).information, 0.0);
        assert_eq!(secrecy(&[vec![]], 0.5, Exposed::Uniform).trade_off(), 0.0);
    }
}
