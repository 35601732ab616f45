//! One case from baseline to verdict: learn what is usual, watch for a change, collect what came after the alarm, say what it was.
//!
//! The verdict weighs the baseline against the observations of `window_days` *after* the alarm. Those that raised the alarm are not
//! used: they were selected for looking new, and a false alarm would be taken for a change.

use crate::attribution::{Chances, Kind, Posterior, ln_bayes_factors};
use crate::detector::Detector;
use crate::dirichlet::Dirichlet;
use crate::scenario::Stream;
use hydranet_topology::Invalid;

/// How a case is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Observations of the baseline (≥ 1).
    pub baseline: u32,
    /// Days after the alarm over which observations are collected, w > 0.
    pub window_days: f64,
    /// Chances that a coordinate changes, as the watcher believes.
    pub chances: Chances,
    /// Prior chances of none, tools and crew at an alarm.
    pub prior: [f64; 3],
    /// Day on which the watch ends without an alarm, from the first observation on.
    pub horizon_days: f64,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { baseline: 100, window_days: 7.0, chances: Chances::OPTIMISTIC, prior: [1.0; 3], horizon_days: 3650.0 }
    }
}

/// What a case came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Day of the first observation after the baseline.
    pub watched_from: f64,
    /// Day of the alarm; missing if there was none.
    pub alarm: Option<f64>,
    /// What was said, `window_days` after the alarm.
    pub verdict: Option<Verdict>,
    /// What was true since the baseline, by the end: another crew; else new tools, drift included; else none.
    pub truth: Kind,
}

/// What was said of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Chances of the answers.
    pub posterior: Posterior,
    /// ln BF of each coordinate, nats: where it changed.
    pub ln_bayes_factors: Vec<f64>,
    /// Observations since the alarm that it rests on.
    pub observations: u64,
}

/// Counts of the categories of each coordinate.
pub type Counts = Vec<Vec<u64>>;

/// Runs a case on a stream. `detector` makes the detector and its threshold of the priors and the counts of the baseline.
///
/// # Errors
/// If a setting is out of its range, or what `detector` says.
pub fn run<D: Detector>(
    stream: &mut Stream,
    plan: &Plan,
    detector: impl FnOnce(&[Dirichlet], &Counts) -> Result<(D, f64), Invalid>,
) -> Result<Outcome, Invalid> {
    plan.chances.check()?;
    Invalid::unless(plan.baseline >= 1, "baseline", || "at least 1 observation, not 0".to_string())?;
    let days = plan.window_days;
    Invalid::unless(days > 0.0 && days.is_finite(), "window_days", || format!("a number of days above 0, not {days}"))?;
    let horizon = plan.horizon_days;
    Invalid::unless(horizon > 0.0 && horizon.is_finite(), "horizon_days", || format!("above 0, not {horizon}"))?;
    let priors = stream.priors().to_vec();
    let none: Counts = priors.iter().map(|p| vec![0; p.categories()]).collect();
    let mut x = vec![0; priors.len()];
    let mut old = none.clone();
    for _ in 0..plan.baseline {
        stream.next_into(&mut x);
        count(&mut old, &x);
    }
    let (mut detector, threshold) = detector(&priors, &old)?;
    let mut outcome = Outcome { watched_from: f64::NAN, alarm: None, verdict: None, truth: Kind::None };
    let mut new = none;
    let mut observations = 0;
    loop {
        let day = stream.next_into(&mut x);
        let end = outcome.alarm.map_or(horizon, |alarm| alarm + days);
        let known = stream.events().iter().filter(|e| e.day <= end).map(|e| match e.kind {
            Kind::None => Kind::Tools, // drift: a tool of the crew's own accord
            kind => kind,
        });
        outcome.truth = known.fold(outcome.truth, Kind::max);
        if outcome.watched_from.is_nan() {
            outcome.watched_from = day;
        }
        if day > end {
            break;
        }
        if outcome.alarm.is_some() {
            count(&mut new, &x);
            observations += 1;
        } else if detector.observe(&x) >= threshold {
            outcome.alarm = Some(day);
        }
    }
    if outcome.alarm.is_some() {
        let ln_bayes_factors = ln_bayes_factors(&priors, &old, &new);
        let posterior = plan.chances.posterior(&ln_bayes_factors, plan.prior)?;
        outcome.verdict = Some(Verdict { posterior, ln_bayes_factors, observations });
    }
    Ok(outcome)
}

fn count(counts: &mut Counts, x: &[u32]) {
    counts.iter_mut().zip(x).for_each(|(row, &k)| row[k as usize] += 1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confusion::Confusion;
    use crate::{Behaviour, MixtureCusum, Profile, Scenario};
    use hydranet_topology::Trial;

    fn outcome(scenario: &Scenario, trial: u32, plan: &Plan) -> Outcome {
        let behaviour = Behaviour {
            tool_swap_per_year: 0.0,
            concentration: 0.2,
            observations_per_day: 20.0,
            ..Behaviour::default()
        };
        let mut stream = Stream::new(&behaviour, scenario, 11, Trial::network(trial)).unwrap();
        run(&mut stream, plan, |priors, old| {
            let before: Vec<Profile> = priors.iter().zip(old).map(|(p, n)| p.after(n).mean()).collect();
            Ok((MixtureCusum::new(&before, priors, 0.5)?, 12.0))
        })
        .unwrap()
    }

    #[test]
    fn sharp_profiles_are_told_apart() {
        let plan = Plan { baseline: 400, horizon_days: 120.0, ..Plan::default() };
        let mut confusion = Confusion::default();
        let mut silent = 0;
        for trial in 0..60 {
            for kind in Kind::ALL {
                let case = outcome(&Scenario::of(kind, 40.0, plan.chances), trial, &plan);
                match case.verdict {
                    Some(verdict) => confusion.add(case.truth, &verdict.posterior),
                    None => silent += u32::from(kind == Kind::None),
                }
            }
        }
        assert!(silent >= 57, "e^−12 a start: hardly an alarm without a change, {silent} of 60 silent");
        // M = 4 in the sharp limit: 0.052 missed, and the tools are taken for a crew with 0.027/(1 − 0.8⁴)
        let missed = confusion.share(Kind::Crew, Kind::Crew).unwrap();
        assert!(missed > 0.8, "{confusion:?}");
        assert!(confusion.share(Kind::Tools, Kind::Tools).unwrap() > 0.8, "{confusion:?}");
        assert!(confusion.mean_log_score().unwrap() > -0.4, "{confusion:?}");
    }

    #[test]
    fn refusals() {
        let mut stream = Stream::new(&Behaviour::default(), &Scenario::none(), 1, Trial::network(0)).unwrap();
        for bad in [
            Plan { baseline: 0, ..Plan::default() },
            Plan { window_days: 0.0, ..Plan::default() },
            Plan { horizon_days: f64::NAN, ..Plan::default() },
        ] {
            let detector = |priors: &[Dirichlet], _: &Counts| Ok((crate::Bocpd::new(priors, Default::default())?, 0.9));
            assert!(run(&mut stream, &bad, detector).is_err());
        }
    }
}
