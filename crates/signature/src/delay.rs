//! How long a change goes unseen: conditional delays, the chance of detection by a day, and AMOC points.
//!
//! A delay counts the observations from the first one after the change to the alarm, that one included, of streams that had no false alarm
//! before. With a change long after the start it is the steady-state delay; a delay for a change at the first observation alone
//! is the worst case of CUSUM and Shiryaev–Roberts, whose statistics are then 0, but the best one of a detector that compares with its past.

use crate::behaviour::Arrivals;
use crate::calibrate::{Mean, Simulation, mean_of, simulated};
use crate::detector::Detector;
use crate::profile::{Crew, observe};
use crate::random::behaviour_rng;
use hydranet_topology::{Draw, Invalid, Purpose, Trial};
use statrs::function::gamma::gamma_lr;

/// How many observations come before the change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Onset {
    /// This many; 0 is a change before the first observation.
    After(u64),
    /// A geometric number with this mean (> 0): a change at a random time.
    Random(f64),
}

/// Delays of simulated streams.
#[derive(Debug, Clone, PartialEq)]
pub struct Delays {
    /// In observations, in the order of the streams; without those that had a false alarm before the change.
    detected: Vec<u64>,
    /// Streams that were cut off at this many observations after the change.
    missed: u32,
    horizon: u64,
    /// Streams with an alarm before the change.
    early: u32,
}

impl Delays {
    /// Mean delay, observations; those cut off count as the horizon. `None` if every stream had a false alarm before the change.
    pub fn mean(&self) -> Option<Mean> {
        let all = self.detected.iter().map(|&d| (d, false));
        let all = all.chain((0..self.missed).map(|_| (self.horizon, true)));
        (self.streams() > 0).then(|| mean_of(all))
    }

    /// Chance of an alarm within so many observations of the change, which is at most the horizon; `None` as [`Delays::mean`].
    pub fn detected_by(&self, observations: u64) -> Option<Mean> {
        let n = self.streams() as f64;
        let share = self.detected.iter().filter(|d| **d <= observations).count() as f64 / n;
        let standard_error = libm::sqrt(share * (1.0 - share) / n);
        (n > 0.0).then_some(Mean { mean: share, standard_error, cut_off: 0 })
    }

    /// Chance of an alarm within so many days of the change, where observations come so often a day; `None` as [`Delays::mean`]. With Poisson
    /// arrivals the number of observations by then is random too, and its law is taken exactly. Delays beyond the horizon count as
    /// undetected.
    pub fn detected_by_days(&self, days: f64, observations_per_day: f64, arrivals: Arrivals) -> Option<Mean> {
        let expected = days * observations_per_day;
        if arrivals == Arrivals::Regular {
            return self.detected_by(libm::floor(f64::max(0.0, expected)) as u64);
        }
        // P(N ≥ d) is the regularised lower incomplete gamma function of d
        let chance = |d: &u64| if expected > 0.0 { gamma_lr(*d as f64, expected) } else { 0.0 };
        let (mut sum, mut squares) = (0.0, 0.0);
        for p in self.detected.iter().map(chance) {
            (sum, squares) = (sum + p, squares + p * p);
        }
        let n = self.streams() as f64;
        let mean = sum / n;
        let standard_error = libm::sqrt(f64::max(0.0, squares / n - mean * mean) / n);
        (n > 0.0).then_some(Mean { mean, standard_error, cut_off: 0 })
    }

    /// The delays, observations, in the order of the streams.
    pub fn detected(&self) -> &[u64] {
        &self.detected
    }

    /// Streams that had no false alarm before the change.
    pub fn streams(&self) -> usize {
        self.detected.len() + self.missed as usize
    }

    /// Streams that had one.
    pub fn early(&self) -> u32 {
        self.early
    }
}

/// Simulates changes. `stream` gives, for stream 0, 1, …, a fresh detector, the crew before and the crew after; streams are followed for at
/// most `horizon` observations after the change.
///
/// # Errors
/// If there are fewer than 100 streams, the horizon is 0, or the mean onset is not above 0.
pub fn delays<D: Detector>(
    stream: impl Fn(u32) -> (D, Crew, Crew),
    threshold: f64,
    onset: Onset,
    horizon: u64,
    simulation: &Simulation,
) -> Result<Delays, Invalid> {
    let n = simulation.streams;
    Invalid::unless((100..1 << 24).contains(&n), "streams", || format!("at least 100 and below 2^24, not {n}"))?;
    Invalid::unless(horizon > 0, "horizon", || "at least 1 observation, not 0".to_string())?;
    if let Onset::Random(mean) = onset {
        Invalid::unless(mean > 0.0 && mean < 1e12, "onset", || format!("a mean above 0 and below 10^12, not {mean}"))?;
    }
    let mut delays = Delays { detected: Vec::new(), missed: 0, horizon, early: 0 };
    for i in 0..n {
        let (mut detector, before, after) = stream(i);
        let rng = |purpose| behaviour_rng(simulation.seed, Trial::network(i), purpose);
        let values = &mut rng(Purpose::Measure);
        let first = match onset {
            Onset::After(first) => first,
            Onset::Random(mean) => rng(Purpose::Prior).failures_before_success(1.0 / (1.0 + mean)),
        };
        let mut x = vec![0; before.len()];
        let mut alarm_within = |crew: &Crew, observations: u64| {
            (1..=observations).find(|_| {
                observe(crew, values, &mut x);
                detector.observe(&x) >= threshold
            })
        };
        if alarm_within(&before, first).is_some() {
            delays.early += 1;
        } else if let Some(delay) = alarm_within(&after, horizon) {
            delays.detected.push(delay);
        } else {
            delays.missed += 1;
        }
    }
    Ok(delays)
}

/// The largest mean delay over these onsets: the worst case, as far as they reach. `None` where no stream survives to one of them.
///
/// # Errors
/// As [`delays`].
pub fn worst_delay<D: Detector>(
    stream: impl Fn(u32) -> (D, Crew, Crew),
    threshold: f64,
    onsets: &[u64],
    horizon: u64,
    simulation: &Simulation,
) -> Result<Option<Mean>, Invalid> {
    let mut worst: Option<Mean> = None;
    for &first in onsets {
        match delays(&stream, threshold, Onset::After(first), horizon, simulation)?.mean() {
            None => return Ok(None),
            Some(mean) if worst.is_none_or(|w| mean.mean > w.mean) => worst = Some(mean),
            Some(_) => {}
        }
    }
    Ok(worst)
}

/// One point of an activity monitoring operating characteristic (Fawcett & Provost 1999).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmocPoint {
    /// Threshold.
    pub threshold: f64,
    /// False alarms a year: mean, and standard error by the delta method.
    pub false_alarms_per_year: (f64, f64),
    /// Mean delay in days, with its standard error; missing where every stream had a false alarm before the change.
    pub delay_days: Option<(f64, f64)>,
    /// Share of changes that were not seen within the horizon; they count as that long in the mean, which is then too small. Missing as
    /// the mean.
    pub missed: Option<f64>,
}

/// False alarms a year, with their standard error, from a mean number of observations between them.
pub fn false_alarms_per_year(arl0: &Mean, observations_per_day: f64) -> (f64, f64) {
    let rate = 365.0 * observations_per_day / arl0.mean;
    (rate, rate * arl0.standard_error / arl0.mean)
}

/// AMOC of a detector: for each mean number of observations between false alarms a calibrated threshold and the mean delay. Delays use other
/// streams than the calibration; they are the same for all points and detectors (common random numbers).
///
/// # Errors
/// As [`simulated`] and [`delays`].
pub fn amoc<D: Detector>(
    stream: impl Fn(u32) -> (D, Crew, Crew),
    arl0: &[f64],
    observations_per_day: f64,
    onset: Onset,
    horizon: u64,
    simulation: &Simulation,
) -> Result<Vec<AmocPoint>, Invalid> {
    let calm = |i| {
        let (detector, before, _) = stream(i);
        (detector, before)
    };
    let later = Simulation { seed: simulation.seed.wrapping_add(1), ..*simulation };
    arl0.iter()
        .map(|&arl0| {
            let threshold = simulated(calm, arl0, simulation)?;
            let delays = delays(&stream, threshold.value, onset, horizon, &later)?;
            let delay = delays.mean();
            Ok(AmocPoint {
                threshold: threshold.value,
                false_alarms_per_year: false_alarms_per_year(&threshold.arl0, observations_per_day),
                missed: delay.map(|d| d.cut_off as f64 / delays.streams() as f64),
                delay_days: delay.map(|d| (d.mean / observations_per_day, d.standard_error / observations_per_day)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Contrast, Cusum, Profile};

    fn stream(_: u32) -> (Cusum, Crew, Crew) {
        let before = vec![Profile::new(vec![0.5, 0.25, 0.25]).unwrap()];
        let after = vec![Profile::new(vec![0.25, 0.25, 0.5]).unwrap()];
        (Cusum::new(Contrast::new(&before, &after).unwrap()), before, after)
    }

    #[test]
    fn delays_of_the_textbook_pair() {
        let simulation = Simulation { streams: 4000, ..Simulation::default() };
        let check = |onset, want: f64| {
            let delays = delays(stream, 3.5 * std::f64::consts::LN_2, onset, 10_000, &simulation).unwrap();
            let Mean { mean, standard_error, cut_off } = delays.mean().unwrap();
            assert!((mean - want).abs() < 3.0 * standard_error && cut_off == 0, "{mean} ± {standard_error} for {want}");
            delays
        };
        let worst = check(Onset::After(0), 12.25);
        assert_eq!((worst.early(), worst.detected().len()), (0, 4000));
        assert!(worst.detected_by(3).unwrap().mean == 0.0 && worst.detected_by(10_000).unwrap().mean == 1.0);
        let late = check(Onset::After(60), 10.766);
        // P(no alarm in 60) is about exp(−60/104)
        assert!((late.streams() as f64 / 4000.0 - 0.57).abs() < 0.05, "{}", late.streams());
        let random = delays(stream, 3.5 * std::f64::consts::LN_2, Onset::Random(60.0), 10_000, &simulation).unwrap();
        let mean = random.mean().unwrap().mean;
        assert!(mean > 10.4 && mean < 12.3, "between steady state and worst case: {mean}");
    }

    #[test]
    fn days_are_observations_at_a_rate() {
        let delays = Delays { detected: vec![1, 3, 3], missed: 1, horizon: 10, early: 0 };
        let by = |days, arrivals| delays.detected_by_days(days, 2.0, arrivals).unwrap().mean;
        assert_eq!(
            [by(0.4, Arrivals::Regular), by(1.4, Arrivals::Regular), by(1.5, Arrivals::Regular)],
            [0.0, 0.25, 0.75]
        );
        // λ = 2: P(N ≥ 1) = 1 − e⁻², P(N ≥ 3) = 1 − 5 e⁻²
        let e = (-2f64).exp();
        assert!((by(1.0, Arrivals::Poisson) - ((1.0 - e) + 2.0 * (1.0 - 5.0 * e)) / 4.0).abs() < 1e-12);
        assert_eq!(by(0.0, Arrivals::Poisson), 0.0);
        assert!((by(1e4, Arrivals::Poisson) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn the_worst_onset_is_the_first() {
        let simulation = Simulation { streams: 2000, ..Simulation::default() };
        let worst =
            worst_delay(stream, 3.5 * std::f64::consts::LN_2, &[30, 0, 10], 10_000, &simulation).unwrap().unwrap();
        assert!((worst.mean - 12.25).abs() < 3.0 * worst.standard_error);
    }

    #[test]
    fn rates_a_year() {
        let (rate, error) = false_alarms_per_year(&Mean { mean: 1825.0, standard_error: 18.25, cut_off: 0 }, 5.0);
        assert!((rate - 1.0).abs() < 1e-12 && (error - 0.01).abs() < 1e-12);
    }
}
