//! Which draws of a case are kept.
//!
//! Approximate Bayesian computation by rejection (Beaumont, Zhang & Balding 2002): a draw is kept if it lies within so many sigma
//! of the fitted points. Its distance is the root of the mean of ((simulated − published)/sigma)² over them, so that with one point
//! it is how far off that is. A share of the draws, which is what one often keeps, would always keep some: a model that comes
//! near no point would then look fitted.

use super::rows::{DrawRow, FitRow};
use hydranet_results::Table;
use std::collections::BTreeMap;

/// So few draws say nothing of a 90 % band: with fewer, the least and the greatest of them do not cover 90 % of what they were
/// drawn from with a confidence of 95 % (Wilks 1941: 1 − k·0.9^(k−1) + (k − 1)·0.9^k < 0.95).
pub const ENOUGH: u64 = 46;

/// The draws of a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The numbers of those that are kept, ascending.
    pub draws: Vec<u64>,
    /// How many there are in all.
    pub all: u64,
    /// Effective sample size, (Σw)²/Σw², of all draws with the weights w = exp(−½ Σ z²) that a normal likelihood gives them: what
    /// the fit rests on, however many lie within the distance.
    pub effective: f64,
}

impl Kept {
    /// Whether this draw is kept.
    pub fn has(&self, draw: u64) -> bool {
        self.draws.binary_search(&draw).is_ok()
    }

    /// Whether so few are kept that nothing can be said.
    pub fn too_few(&self) -> bool {
        (self.draws.len() as u64) < ENOUGH
    }
}

/// The draws of each case that lie `within` so many sigma of its fitted points; all, where nothing is fitted. O(rows · log).
///
/// # Panics
/// If the tables are of other schemas.
pub fn kept(fits: &Table, draws: &Table, within: f64) -> BTreeMap<String, Kept> {
    // Σz² and the number of fitted points, by draw
    let mut cases: BTreeMap<String, BTreeMap<u64, (f64, u32)>> = BTreeMap::new();
    for row in draws.records::<DrawRow<'_>>() {
        of(&mut cases, row.case).entry(row.draw).or_default();
    }
    for row in fits.records::<FitRow<'_>>() {
        let at = of(&mut cases, row.case).entry(row.draw).or_default();
        if row.fitted == 1 {
            at.0 += row.simulated.map_or(f64::INFINITY, |x| ((x - row.published) / row.sigma).powi(2));
            at.1 += 1;
        }
    }
    cases.into_iter().map(|(case, list)| (case, choose(&list, within))).collect()
}

/// The entry of a case, without a copy of its name for every row.
fn of<'c, T: Default>(cases: &'c mut BTreeMap<String, T>, case: &str) -> &'c mut T {
    if !cases.contains_key(case) {
        cases.insert(case.to_owned(), T::default());
    }
    cases.get_mut(case).expect("it is there now")
}

fn choose(list: &BTreeMap<u64, (f64, u32)>, within: f64) -> Kept {
    let near = |&(sum, points): &(f64, u32)| points == 0 || sum <= f64::from(points) * within * within;
    let best = list.values().map(|at| at.0).fold(f64::INFINITY, f64::min);
    let weights = || list.values().map(|at| if best < f64::INFINITY { libm::exp((best - at.0) / 2.0) } else { 0.0 });
    let (sum, squares) = (weights().sum::<f64>(), weights().map(|w| w * w).sum::<f64>());
    Kept {
        draws: list.iter().filter(|(_, at)| near(at)).map(|(draw, _)| *draw).collect(),
        all: list.len() as u64,
        effective: if squares > 0.0 { sum * sum / squares } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_is_what_wilks_says() {
        let confidence = |k: i32| 1.0 - f64::from(k) * 0.9f64.powi(k - 1) + f64::from(k - 1) * 0.9f64.powi(k);
        assert!(confidence(ENOUGH as i32) >= 0.95 && confidence(ENOUGH as i32 - 1) < 0.95);
    }

    #[test]
    fn none_is_kept_where_none_is_near() {
        let at = |z: f64| (z * z, 1);
        let list: BTreeMap<u64, (f64, u32)> = (0..10).map(|i| (i, at(i as f64))).collect();
        assert_eq!(choose(&list, 1.0).draws, [0, 1]);
        assert_eq!(choose(&list, 2.5).draws, [0, 1, 2]);
        let far: BTreeMap<u64, (f64, u32)> = (0..10).map(|i| (i, at(2.0 + i as f64))).collect();
        assert_eq!(choose(&far, 1.0), Kept { draws: vec![], all: 10, effective: choose(&far, 1.0).effective });
        // the weights fall from 1 to exp(−½(3² − 2²)) at once: little more than one draw counts
        assert!((1.0..1.2).contains(&choose(&far, 1.0).effective));
        // nothing is fitted: all are kept, and all weigh the same
        let free: BTreeMap<u64, (f64, u32)> = (0..10).map(|i| (i, (0.0, 0))).collect();
        assert_eq!((choose(&free, 1.0).draws.len(), choose(&free, 1.0).effective), (10, 10.0));
        // two points: 1.2 sigma and 0.7 sigma are within one on the average, 1.2 and 0.8 are not
        let two: BTreeMap<u64, (f64, u32)> = [(0, (1.44 + 0.49, 2)), (1, (1.44 + 0.64, 2))].into();
        assert_eq!(choose(&two, 1.0).draws, [0]);
    }
}
