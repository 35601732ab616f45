//! The log-rank test: do groups differ in the hazard of an event?

use super::competing_risks::{BadWaits, CompetingRisks, Wait};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// A chi-squared test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupTest {
    /// The statistic, ≥ 0.
    pub statistic: f64,
    /// Degrees of freedom: groups less one.
    pub degrees: u32,
    /// Chance of a statistic this large if the groups do not differ.
    pub p: f64,
}

/// The log-rank test (Mantel 1966; hypergeometric variance) of the hazard of one cause in two groups or more; the other causes cut a
/// wait off. With a single cause it is the test of two Kaplan–Meier curves. `None` in the result where nothing was ever
/// at stake between the groups. O(n log n + times · groups²).
///
/// # Errors
/// Fewer than two groups, or a group without waits.
pub fn log_rank_test(groups: &[&CompetingRisks], cause: u32) -> Result<Option<GroupTest>, BadWaits> {
    refuse_empty(groups)?;
    let mut at_risk: Vec<f64> = groups.iter().map(|g| g.waits().len() as f64).collect();
    let (mut score, mut variance) = (vec![0.0; groups.len()], vec![vec![0.0; groups.len()]; groups.len()]);
    for (_, same) in groups_at(groups) {
        let own: Vec<f64> = same.iter().map(|w| w.iter().filter(|w| w.cause == Some(cause)).count() as f64).collect();
        let (events, all) = (own.iter().sum::<f64>(), at_risk.iter().sum::<f64>());
        if events > 0.0 {
            let scale = if all > 1.0 { events * (all - events) / (all - 1.0) } else { 0.0 };
            for i in 0..groups.len() {
                let share = at_risk[i] / all;
                score[i] += own[i] - events * share;
                for j in 0..groups.len() {
                    variance[i][j] += scale * share * (f64::from(i == j) - at_risk[j] / all);
                }
            }
        }
        for (left, waits) in at_risk.iter_mut().zip(&same) {
            *left -= waits.len() as f64;
        }
    }
    Ok(chi_squared(&score, &variance))
}

pub(super) fn refuse_empty(groups: &[&CompetingRisks]) -> Result<(), BadWaits> {
    let empty = groups.iter().position(|g| g.waits().is_empty());
    match empty.or((groups.len() < 2).then_some(groups.len())) {
        Some(group) => Err(BadWaits::Group { group, groups: groups.len() }),
        None => Ok(()),
    }
}

/// The waits of each time, by group; times increase.
pub(super) fn groups_at(groups: &[&CompetingRisks]) -> Vec<(f64, Vec<Vec<Wait>>)> {
    let mut all: Vec<(usize, Wait)> =
        groups.iter().enumerate().flat_map(|(k, g)| g.waits().iter().map(move |&wait| (k, wait))).collect();
    all.sort_by(|a, b| a.1.time.total_cmp(&b.1.time));
    all.chunk_by(|a, b| a.1.time == b.1.time)
        .map(|same| {
            let of = |group| same.iter().filter(|(k, _)| *k == group).map(|(_, wait)| *wait).collect();
            (same[0].1.time, (0..groups.len()).map(of).collect())
        })
        .collect()
}

/// z' V⁻¹ z without the last group, whose score is fixed by the others; `None` if V is singular.
pub(super) fn chi_squared(score: &[f64], variance: &[Vec<f64>]) -> Option<GroupTest> {
    let degrees = score.len() - 1;
    let mut rows: Vec<Vec<f64>> =
        (0..degrees).map(|i| variance[i][..degrees].iter().copied().chain([score[i]]).collect()).collect();
    let largest = rows.iter().enumerate().map(|(i, row)| row[i]).fold(0.0, f64::max);
    for i in 0..degrees {
        let pivot = (i..degrees).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs()))?;
        rows.swap(i, pivot);
        // the rounding of a few hundred terms, relative to the largest variance
        if rows[i][i].abs() <= 1e-12 * largest {
            return None;
        }
        let (done, below) = rows.split_at_mut(i + 1);
        for row in below {
            let factor = row[i] / done[i][i];
            row.iter_mut().zip(&done[i]).for_each(|(cell, pivot)| *cell -= factor * pivot);
        }
    }
    let mut solved = vec![0.0; degrees];
    for i in (0..degrees).rev() {
        let known: f64 = (i + 1..degrees).map(|j| rows[i][j] * solved[j]).sum();
        solved[i] = (rows[i][degrees] - known) / rows[i][i];
    }
    let statistic = score.iter().zip(&solved).map(|(z, x)| z * x).sum::<f64>().max(0.0);
    let law = ChiSquared::new(degrees as f64).expect("two groups or more");
    Some(GroupTest { statistic, degrees: degrees as u32, p: law.sf(statistic) })
}
