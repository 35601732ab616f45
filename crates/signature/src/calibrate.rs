//! Thresholds for a stated mean number of observations between false alarms, ARL0.
//!
//! Where a CUSUM's ratios lie on a lattice the threshold is exact. Elsewhere streams without a change are simulated until the running
//! maximum of the statistic passes a level, and the level is searched for at which their mean length is the stated one; it comes with its
//! standard error. The first-order formula ln(ARL0) is not used: it ignores the overshoot, and on the textbook lattice it is wrong by
//! two thirds.
//!
//! False alarms a year are 365 × (observations a day)/ARL0: the watch begins anew after each alarm.

use crate::contrast::Contrast;
use crate::detector::{Cusum, Detector};
use crate::exact::{LatticeCusum, MOST_STATES};
use crate::profile::{Crew, Profile, observe};
use crate::random::behaviour_rng;
use hydranet_topology::{Invalid, Purpose, Trial};

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulation {
    /// Independent streams (≥ 100). The relative standard error of a mean run length is about 1/√streams.
    pub streams: u32,
    /// Seed.
    pub seed: u64,
    /// Longest stream, as a multiple of the stated ARL0 (≥ 10): one that has no alarm by then counts as that long.
    pub longest: f64,
}

impl Default for Simulation {
    fn default() -> Simulation {
        Simulation { streams: 1000, seed: 1, longest: 50.0 }
    }
}

/// A mean of simulated streams, with what it is known to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error; 0 if the mean is exact.
    pub standard_error: f64,
    /// How many streams were cut off before their alarm, and counted as that long: the mean is too small if there are any.
    pub cut_off: u32,
}

/// A calibrated threshold: alarm where the statistic is at or above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// The threshold. On a lattice of the statistic it lies half a step below the value that alarms, so that rounding decides nothing.
    pub value: f64,
    /// The mean number of observations to a false alarm at this threshold: at least the stated one, if exact; the simulated mean otherwise.
    pub arl0: Mean,
    /// Whether it was computed and not simulated.
    pub exact: bool,
}

/// Calibrates a CUSUM for the crew of before: exactly if the ratios are a lattice and [`MOST_STATES`] states are enough, by simulation
/// otherwise.
///
/// # Errors
/// If `arl0` is not above 1, the crew does not fit the contrast or shows nothing that speaks for the other one, or as [`simulated`].
pub fn cusum(
    contrast: &Contrast,
    before: &[Profile],
    arl0: f64,
    simulation: &Simulation,
) -> Result<Threshold, Invalid> {
    check(arl0, simulation)?;
    let shown = |m: usize, p: &Profile| p.shares().iter().zip(contrast.row(m)).any(|(p, l)| *p > 0.0 && *l > 0.0);
    if contrast.is_lattice() {
        let run_length = |units| LatticeCusum::new(contrast, before, units).map(|chain| chain.run_length());
        run_length(1)?; // the shapes fit
        let differ = before.iter().enumerate().any(|(m, p)| shown(m, p));
        Invalid::unless(differ, "contrast", || {
            "crews that differ: nothing of this one speaks for the other".to_string()
        })?;
        let mut high = 1;
        while high < MOST_STATES && run_length(high)? < arl0 {
            high = (2 * high).min(MOST_STATES);
        }
        if run_length(high)? >= arl0 {
            let mut low = high / 2; // below, or 0
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if run_length(middle)? < arl0 { low = middle } else { high = middle }
            }
            let mean = Mean { mean: run_length(high)?, standard_error: 0.0, cut_off: 0 };
            return Ok(Threshold { value: (high as f64 - 0.5) * contrast.unit(), arl0: mean, exact: true });
        }
    }
    simulated(|_| (Cusum::new(contrast.clone()), before.to_vec()), arl0, simulation)
}

/// Calibrates any detector by simulation. `stream` gives, for stream 0, 1, …, a fresh detector and the crew that it watches: the same one each
/// time, or one that is drawn, and then ARL0 is the mean over crews. The threshold is the least at which the simulated mean is `arl0` or
/// more, to 10⁻⁹ of it. About 2.5 `streams` · `arl0` observations; `stream` may be asked for the same stream more than
/// once, and gives the same again.
///
/// # Errors
/// If `arl0` is not above 1, or the simulation's settings are out of their range; if even the largest statistic that was seen is too common.
pub fn simulated<D: Detector>(
    stream: impl Fn(u32) -> (D, Crew),
    arl0: f64,
    simulation: &Simulation,
) -> Result<Threshold, Invalid> {
    check(arl0, simulation)?;
    let most = libm::ceil(simulation.longest * arl0) as u64;
    // with geometric run lengths exp(−1) of the streams are still silent after ARL0 observations: 0.2 and 0.65 enclose the level
    let mut highest: Vec<f64> = (0..simulation.streams.min(200))
        .map(|i| Run::simulate(stream(i), simulation.seed, i, f64::INFINITY, libm::ceil(arl0) as u64).highest())
        .collect();
    highest.sort_unstable_by(f64::total_cmp);
    let quantile = |share: f64| highest[((highest.len() - 1) as f64 * share) as usize];
    let (mut runs, mut high, mut mean) = (Vec::new(), 0.0, Mean { mean: 0.0, standard_error: 0.0, cut_off: 0 });
    for share in [0.65, 0.8, 0.9, 1.0] {
        if mean.mean < arl0 {
            high = quantile(share);
            runs = (0..simulation.streams).map(|i| Run::simulate(stream(i), simulation.seed, i, high, most)).collect();
            mean = mean_at(&runs, high, most);
        }
    }
    Invalid::unless(mean.mean >= arl0, "arl0", || {
        format!("at most {:.1} for this detector, not {arl0}: its largest value is too common", mean.mean)
    })?;
    let mut low = quantile(0.2);
    if mean_at(&runs, low, most).mean >= arl0 {
        low = f64::min(0.0, highest[0]);
    }
    while high - low > 1e-9 * high.abs() {
        let middle = low + (high - low) / 2.0;
        let at = mean_at(&runs, middle, most);
        if at.mean < arl0 { low = middle } else { (high, mean) = (middle, at) }
    }
    // in the middle between what was seen below and above it: where a statistic has steps, rounding decides nothing
    let records = || runs.iter().flat_map(|run| &run.records).map(|r| r.0);
    let below = records().filter(|r| *r < high).fold(f64::NEG_INFINITY, f64::max);
    let above = records().filter(|r| *r >= high).fold(f64::INFINITY, f64::min);
    let value = below + (above - below) / 2.0;
    Ok(Threshold { value: if value.is_finite() && value > below { value } else { high }, arl0: mean, exact: false })
}

/// The mean number of observations to the first alarm at a given threshold, by simulation; streams as in [`simulated`], of at most `most`
/// observations.
///
/// # Errors
/// If there are fewer than 100 streams.
pub fn run_length<D: Detector>(
    stream: impl Fn(u32) -> (D, Crew),
    threshold: f64,
    most: u64,
    simulation: &Simulation,
) -> Result<Mean, Invalid> {
    check(2.0, simulation)?;
    let lengths = (0..simulation.streams)
        .map(|i| Run::simulate(stream(i), simulation.seed, i, threshold, most).first(threshold, most));
    Ok(mean_of(lengths))
}

/// Refuses impossible settings.
fn check(arl0: f64, simulation: &Simulation) -> Result<(), Invalid> {
    Invalid::unless(arl0 > 1.0 && arl0 < 1e12, "arl0", || format!("above 1 observation and below 10^12, not {arl0}"))?;
    let n = simulation.streams;
    Invalid::unless((100..1 << 24).contains(&n), "streams", || format!("at least 100 and below 2^24, not {n}"))?;
    let longest = simulation.longest;
    Invalid::unless((10.0..=1e6).contains(&longest), "longest", || format!("from 10 to 10^6 times ARL0, not {longest}"))
}

/// Mean and standard error of lengths, each with whether it was cut off.
pub(crate) fn mean_of(lengths: impl IntoIterator<Item = (u64, bool)>) -> Mean {
    // the sums are whole numbers: exact below 2^53, and in a fixed order
    let (mut n, mut sum, mut squares, mut cut_off) = (0.0, 0.0, 0.0, 0);
    for (length, cut) in lengths {
        let length = length as f64;
        (n, sum, squares, cut_off) = (n + 1.0, sum + length, squares + length * length, cut_off + u32::from(cut));
    }
    let mean = sum / n;
    let variance = f64::max(0.0, squares / n - mean * mean) * n / f64::max(1.0, n - 1.0);
    Mean { mean, standard_error: libm::sqrt(variance / n), cut_off }
}

fn mean_at(runs: &[Run], threshold: f64, most: u64) -> Mean {
    mean_of(runs.iter().map(|run| run.first(threshold, most)))
}

/// The times at which the statistic of one stream was higher than ever before. Detectors are not kept: a thousand of them would be large.
struct Run {
    records: Vec<(f64, u64)>,
}

impl Run {
    /// Until the statistic is at or above `level`, or `most` observations.
    fn simulate<D: Detector>((mut detector, crew): (D, Crew), seed: u64, stream: u32, level: f64, most: u64) -> Run {
        let rng = &mut behaviour_rng(seed, Trial::network(stream), Purpose::Measure);
        let mut x = vec![0; crew.len()];
        let mut records: Vec<(f64, u64)> = Vec::new();
        for t in 1..=most {
            observe(&crew, rng, &mut x);
            let value = detector.observe(&x);
            if records.last().is_none_or(|last| value > last.0) {
                records.push((value, t));
                if value >= level {
                    break;
                }
            }
        }
        Run { records }
    }

    fn highest(&self) -> f64 {
        self.records.last().map_or(f64::NEG_INFINITY, |r| r.0)
    }

    /// When the statistic is first at or above `threshold`, which is at most the level; and whether it is not by `most`.
    fn first(&self, threshold: f64, most: u64) -> (u64, bool) {
        let at = self.records.partition_point(|r| r.0 < threshold);
        self.records.get(at).map_or((most, true), |r| (r.1, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> ([Profile; 1], Contrast) {
        let before = [Profile::new(vec![0.5, 0.25, 0.25]).unwrap()];
        let after = [Profile::new(vec![0.25, 0.25, 0.5]).unwrap()];
        let contrast = Contrast::new(&before, &after).unwrap();
        (before, contrast)
    }

    #[test]
    fn a_lattice_is_calibrated_exactly() {
        let (before, contrast) = pair();
        let check = |arl0: f64, units: f64, exactly: f64| {
            let threshold = cusum(&contrast, &before, arl0, &Simulation::default()).unwrap();
            assert!(threshold.exact && (threshold.arl0.mean - exactly).abs() < 1e-9 * exactly, "{threshold:?}");
            assert_eq!(threshold.value, (units - 0.5) * std::f64::consts::LN_2);
        };
        check(1.5, 1.0, 4.0);
        check(100.0, 4.0, 104.0);
        check(104.5, 5.0, 228.0);
        check(8000.0, 10.0, 8144.0);
    }

    #[test]
    fn simulation_finds_the_lattice_too() {
        let (before, contrast) = pair();
        let stream = |_| (Cusum::new(contrast.clone()), before.to_vec());
        let threshold = simulated(stream, 90.0, &Simulation { streams: 2000, ..Simulation::default() }).unwrap();
        assert!((threshold.value / std::f64::consts::LN_2 - 3.5).abs() < 1e-9, "{threshold:?}");
        let Mean { mean, standard_error, cut_off } = threshold.arl0;
        assert!((mean - 104.0).abs() < 3.0 * standard_error && cut_off == 0, "{threshold:?}");
    }

    #[test]
    fn refusals() {
        let (before, contrast) = pair();
        let refused = |arl0, simulation: Simulation| cusum(&contrast, &before, arl0, &simulation).is_err();
        assert!(refused(1.0, Simulation::default()) && refused(f64::NAN, Simulation::default()));
        assert!(refused(100.0, Simulation { streams: 99, ..Simulation::default() }));
        assert!(refused(100.0, Simulation { longest: 1.0, ..Simulation::default() }));
        let same = Contrast::new(&before, &before).unwrap();
        let error = cusum(&same, &before, 100.0, &Simulation::default()).unwrap_err().to_string();
        assert!(error.contains("crews that differ"), "{error}");
    }
}
