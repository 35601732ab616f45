//! Gray's test: do groups differ in how often one cause ends a wait, given that others compete?
//!
//! The log-rank test on one cause compares hazards and is blind to what the other causes leave over; Gray 1988 (Annals of
//! Statistics 16, 1141–1154) compares the incidences themselves, through the hazard of the subdistribution
//! dF/(1 − F). With R_k = Y_k (1 − F_k)/S_k (all just before t) the score of group k is Σ (d_k − d R_k/R). Their variance
//! writes it as integrals of martingales of the cause (a) and of the others (b); we sum their squares over events in a second
//! pass, when the whole of ∫ d c is known. Events of one time reduce the variance as hypergeometric draws do.

use super::competing_risks::{BadWaits, CompetingRisks, Wait};
use super::log_rank::{GroupTest, chi_squared, groups_at, refuse_empty};

/// What is known of one group at one time, just before it and (S only) just after it.
#[derive(Clone, Copy)]
struct Group {
    at_risk: f64,
    before: f64,
    after: f64,
    incidence: f64,
}

/// Gray's test (ρ = 0) of `cause` in two groups or more. `None` in the result where a group never met the cause while
/// others could, so that the variance is singular. O(n log n + times · groups³).
///
/// # Errors
/// Fewer than two groups, or a group without waits.
///
/// ```
/// use hydranet_results::statistics::{CompetingRisks, Wait, gray_test};
/// let group = |ends: [(f64, u32); 4]| CompetingRisks::new(ends.map(|(time, cause)| Wait { network: 0, time, cause: Some(cause) }), 2);
/// let (soon, late) = (group([(1.0, 0), (2.0, 0), (3.0, 1), (4.0, 0)])?, group([(1.5, 1), (6.0, 0), (7.0, 1), (8.0, 1)])?);
/// let test = gray_test(&[&soon, &late], 0)?.unwrap();
/// assert!(test.degrees == 1 && test.p > 0.05);
/// # Ok::<(), hydranet_results::statistics::BadWaits>(())
/// ```
pub fn gray_test(groups: &[&CompetingRisks], cause: u32) -> Result<Option<GroupTest>, BadWaits> {
    refuse_empty(groups)?;
    let times = groups_at(groups);
    let count = groups.len();
    let (score, settled) = scores(&times, count, cause);
    let mut variance = vec![vec![0.0; count]; count];
    let mut running = vec![vec![0.0; count]; count];
    walk(&times, count, cause, |moment| {
        moment.settle(&mut running);
        for r in (0..count).filter(|&r| moment.groups[r].at_risk > 0.0) {
            let group = moment.groups[r];
            let ratio = if group.after > 0.0 { (1.0 - moment.pooled_after) / group.after } else { 0.0 };
            let ahead = |k: usize| settled[k][r] - running[k][r];
            if moment.events > 0.0 {
                let tied = if moment.events > 1.0 {
                    1.0 - (moment.events - 1.0) / (moment.weight * group.before - 1.0)
                } else {
                    1.0
                };
                let scale = tied * group.before * moment.events / (moment.weight * group.at_risk);
                let own = |k: usize| moment.spread(k, r) + (1.0 - ratio) * ahead(k);
                add(&mut variance, scale, own);
            }
            let others = moment.others[r];
            if others > 0.0 && group.after > 0.0 {
                let tied = if others > 1.0 { 1.0 - (others - 1.0) / (group.at_risk - 1.0) } else { 1.0 };
                let scale = tied * (group.before / group.at_risk).powi(2) * others;
                add(&mut variance, scale, |k| ratio * ahead(k));
            }
        }
    });
    Ok(chi_squared(&score, &variance))
}

fn add(variance: &mut [Vec<f64>], scale: f64, value: impl Fn(usize) -> f64) {
    for (i, row) in variance.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell += scale * value(i) * value(j);
        }
    }
}

/// The scores, and ∫ d_kr dΓ over the whole time.
fn scores(times: &[(f64, Vec<Vec<Wait>>)], count: usize, cause: u32) -> (Vec<f64>, Vec<Vec<f64>>) {
    let (mut score, mut settled) = (vec![0.0; count], vec![vec![0.0; count]; count]);
    walk(times, count, cause, |moment| {
        moment.settle(&mut settled);
        let open = |g: &Group| if g.at_risk > 0.0 { g.at_risk * (1.0 - g.incidence) / g.before } else { 0.0 };
        let all: f64 = moment.groups.iter().map(open).sum();
        for (k, score) in score.iter_mut().enumerate().filter(|_| moment.events > 0.0) {
            *score += moment.own[k] - moment.events * open(&moment.groups[k]) / all;
        }
    });
    (score, settled)
}

/// One time with events.
struct Moment<'a> {
    groups: &'a [Group],
    own: &'a [f64],
    others: &'a [f64],
    /// Events of the cause in all groups.
    events: f64,
    /// Σ Y/S.
    weight: f64,
    pooled_before: f64,
    pooled_after: f64,
}

impl Moment<'_> {
    /// d_kr: how an event of group r moves the score of group k, for R = Y/S.
    fn spread(&self, k: usize, r: usize) -> f64 {
        let open = |g: Group| if g.at_risk > 0.0 { g.at_risk / g.before } else { 0.0 };
        let (one, other) = (open(self.groups[k]), open(self.groups[r]));
        if k == r { one * (1.0 - one / self.weight) } else { -one * other / self.weight }
    }

    /// Adds d_kr dΓ, Γ the pooled hazard of the subdistribution.
    fn settle(&self, total: &mut [Vec<f64>]) {
        let hazard = self.events / (self.weight * (1.0 - self.pooled_before));
        for (k, row) in total.iter_mut().enumerate().filter(|_| self.events > 0.0) {
            for (r, cell) in row.iter_mut().enumerate() {
                *cell += self.spread(k, r) * hazard;
            }
        }
    }
}

fn walk(times: &[(f64, Vec<Vec<Wait>>)], count: usize, cause: u32, mut see: impl FnMut(&Moment)) {
    let mut at_risk: Vec<f64> = vec![0.0; count];
    for (_, same) in times {
        for (k, waits) in same.iter().enumerate() {
            at_risk[k] += waits.len() as f64;
        }
    }
    let mut groups: Vec<Group> =
        at_risk.iter().map(|&at_risk| Group { at_risk, before: 1.0, after: 1.0, incidence: 0.0 }).collect();
    let mut pooled = 0.0;
    for (_, same) in times {
        let own: Vec<f64> = same.iter().map(|w| w.iter().filter(|w| w.cause == Some(cause)).count() as f64).collect();
        let ended: Vec<f64> = same.iter().map(|w| w.iter().filter(|w| w.cause.is_some()).count() as f64).collect();
        let others: Vec<f64> = ended.iter().zip(&own).map(|(ended, own)| ended - own).collect();
        if ended.iter().sum::<f64>() > 0.0 {
            for (group, ended) in groups.iter_mut().zip(&ended).filter(|(g, _)| g.at_risk > 0.0) {
                group.after = group.before * (group.at_risk - ended) / group.at_risk;
            }
            let events = own.iter().sum();
            let weight = groups.iter().filter(|g| g.at_risk > 0.0).map(|g| g.at_risk / g.before).sum();
            let after = pooled + events / weight;
            let (pooled_before, pooled_after) = (pooled, after);
            see(&Moment { groups: &groups, own: &own, others: &others, events, weight, pooled_before, pooled_after });
            pooled = after;
            for (group, own) in groups.iter_mut().zip(&own).filter(|(g, _)| g.at_risk > 0.0) {
                group.incidence += group.before * own / group.at_risk;
                group.before = group.after;
            }
        }
        for (group, waits) in groups.iter_mut().zip(same) {
            group.at_risk -= waits.len() as f64;
        }
    }
}
