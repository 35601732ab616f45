//! Bands around cumulative incidence: whole networks are drawn again, because waits on one network are not independent.

use super::competing_risks::{Wait, incidence};
use super::describe::quantile_sorted;
use super::interval::upper;
use super::{CompetingRisks, Interval, Resampling};
use std::collections::BTreeMap;

impl CompetingRisks {
    /// Pointwise percentile intervals (Efron 1979) of every cause's incidence at `times`, by cause, then by time. Networks
    /// are drawn with replacement and bring all their waits. `below(bound)` gives a uniform integer in `0..bound`:
    /// `rng.below(bound)` of a stream for bootstrap. `None` below two networks. O(resamples · n log n).
    ///
    /// Variances by formula differ between packages (their conventions at ties and the last wait); resampling has none.
    ///
    /// # Panics
    /// If there are no resamples, `level` is not in `(0, 1)`, or `below` gives `bound` or more.
    pub fn incidence_bands(
        &self,
        times: &[f64],
        resampling: Resampling,
        below: &mut impl FnMut(u32) -> u32,
    ) -> Option<Vec<Vec<Interval>>> {
        let Resampling { resamples, level } = resampling;
        assert!(resamples > 0, "a band needs resamples");
        let upper = upper(level);
        let mut networks: BTreeMap<u64, Vec<Wait>> = BTreeMap::new();
        for wait in self.waits() {
            networks.entry(wait.network).or_default().push(*wait);
        }
        let networks: Vec<Vec<Wait>> = networks.into_values().collect();
        if networks.len() < 2 {
            return None;
        }
        let count = u32::try_from(networks.len()).expect("fewer than 2^32 networks");
        let causes = self.causes() as usize;
        let mut seen = vec![Vec::with_capacity(resamples as usize); causes * times.len()];
        let mut waits = Vec::with_capacity(self.waits().len());
        for _ in 0..resamples {
            waits.clear();
            for _ in 0..count {
                waits.extend_from_slice(&networks[below(count) as usize]);
            }
            waits.sort_by(|a, b| a.time.total_cmp(&b.time));
            let curve = incidence(&waits, self.causes());
            for (place, values) in seen.iter_mut().enumerate() {
                let (cause, time) = (place / times.len(), times[place % times.len()]);
                values.push(curve.at(cause as u32, time));
            }
        }
        let mut interval = |place: usize| {
            let values: &mut Vec<f64> = &mut seen[place];
            values.sort_unstable_by(f64::total_cmp);
            let end = |share| quantile_sorted(values, share).expect("there are resamples");
            Interval { lo: end(1.0 - upper), hi: end(upper) }
        };
        Some((0..causes).map(|c| (0..times.len()).map(|t| interval(c * times.len() + t)).collect()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn bands_cover_the_law() {
        // two constant hazards .3 and .5 a year, 5 waits a network that share a common factor: F_0(2) of the mixture is known
        // from a large sample; 95 % bands of 40 networks should cover it in about 92 to 95 % of 200 repetitions
        let draw = |trial: u32, networks: u32| {
            let rng = &mut trial_rng(3, Trial::network(trial), Purpose::Churn);
            let mut waits = Vec::new();
            for network in 0..u64::from(networks) {
                let factor = 0.5 + rng.unit();
                for _ in 0..5 {
                    let time = rng.exponential() / (0.8 * factor);
                    let cause = u32::from(rng.chance(0.5 / 0.8));
                    waits.push(Wait { network, time: time.min(5.0), cause: (time < 5.0).then_some(cause) });
                }
            }
            CompetingRisks::new(waits, 2).unwrap()
        };
        // E over the factor U(.5, 1.5) of 1 − e^(−1.6 f): 1 − (e^(−.8) − e^(−2.4))/1.6
        let truth = 0.375 * (1.0 - ((-0.8f64).exp() - (-2.4f64).exp()) / 1.6);
        let mut covered = 0;
        for trial in 0..200 {
            let rng = &mut trial_rng(4, Trial::network(trial), Purpose::Bootstrap);
            let resampling = Resampling { resamples: 300, level: 0.95 };
            let bands = draw(trial, 40).incidence_bands(&[2.0], resampling, &mut |n| rng.below(n)).unwrap();
            covered += u32::from(bands[0][0].contains(truth));
        }
        // 3 standard errors of a share of .93 over 200 repetitions are .054
        assert!((176..=200).contains(&covered), "{covered} of 200");
    }

    #[test]
    fn one_network_has_no_band() {
        let risks = CompetingRisks::new([Wait { network: 4, time: 1.0, cause: Some(0) }; 3], 1).unwrap();
        assert_eq!(risks.incidence_bands(&[1.0], Resampling::default(), &mut |_| 0), None);
    }

    #[test]
    fn equal_networks_have_bands_of_no_width() {
        let waits =
            (0..8).map(|i| Wait { network: i / 2, time: 1.0 + (i % 2) as f64, cause: (i % 2 == 0).then_some(0) });
        let risks = CompetingRisks::new(waits, 2).unwrap();
        let rng = &mut trial_rng(5, Trial::network(0), Purpose::Bootstrap);
        let bands = risks.incidence_bands(&[0.5, 1.5], Resampling::default(), &mut |n| rng.below(n)).unwrap();
        let points = |lo| Interval { lo, hi: lo };
        assert_eq!(bands, [[points(0.0), points(0.5)], [points(0.0), points(0.0)]]);
    }
}
