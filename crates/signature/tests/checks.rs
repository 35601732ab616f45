//! What must hold of detectors and decisions, by simulation: fixed seeds, three standard errors.

#![allow(clippy::disallowed_methods, reason = "references may use the functions of std")]

use hydranet_signature::attribution::ln_bayes_factors;
use hydranet_signature::calibrate::{run_length, simulated};
use hydranet_signature::delay::{Onset, amoc, delays};
use hydranet_signature::exact::LatticeCusum;
use hydranet_signature::profile::observe;
use hydranet_signature::{
    Bank, Bocpd, BocpdSettings, Chances, Contrast, Crew, Cusum, Detector, Dirichlet, Glr, Kind, MixtureCusum, Profile,
    ShiryaevRoberts, Simulation, WindowedG, calibrate, sharp,
};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use std::f64::consts::LN_2;

fn crew(shares: &[f64]) -> Crew {
    vec![Profile::new(shares.to_vec()).unwrap()]
}

fn pair() -> (Crew, Crew) {
    (crew(&[0.5, 0.25, 0.25]), crew(&[0.25, 0.25, 0.5]))
}

fn within_three_sigma(got: &calibrate::Mean, want: f64) {
    assert!((got.mean - want).abs() <= 3.0 * got.standard_error && got.cut_off == 0, "{got:?} for {want}");
}

#[test]
fn run_lengths_are_the_closed_form_by_simulation() {
    let (before, after) = pair();
    let contrast = Contrast::new(&before, &after).unwrap();
    let simulation = Simulation { streams: 3000, ..Simulation::default() };
    for h in 2..=7 {
        let at = |crew: &Crew| {
            let stream = |_| (Cusum::new(contrast.clone()), crew.clone());
            run_length(stream, h as f64 * LN_2, 1_000_000, &simulation).unwrap()
        };
        let (h, power) = (h as f64, (h as f64).exp2());
        within_three_sigma(&at(&before), 8.0 * (power - 1.0) - 4.0 * h);
        within_three_sigma(&at(&after), 4.0 * h - 4.0 + 4.0 / power);
    }
}

#[test]
fn chains_of_several_coordinates_by_simulation() {
    // joint steps of −2 to 3 units of ln 2, and −∞: the later crew never shows the last category
    let before = [crew(&[0.5, 0.25, 0.25]), crew(&[0.6, 0.25, 0.05, 0.1])].concat();
    let after = [crew(&[0.25, 0.25, 0.5]), crew(&[0.3, 0.5, 0.2, 0.0])].concat();
    let contrast = Contrast::new(&before, &after).unwrap();
    assert!(contrast.is_lattice());
    let simulation = Simulation { streams: 4000, ..Simulation::default() };
    for units in [1, 4, 9] {
        let threshold = (units as f64 - 0.5) * contrast.unit();
        let chain = |crew: &Crew| LatticeCusum::new(&contrast, crew, units).unwrap();
        for crew in [&before, &after] {
            let stream = |_| (Cusum::new(contrast.clone()), crew.clone());
            within_three_sigma(
                &run_length(stream, threshold, 1_000_000, &simulation).unwrap(),
                chain(crew).run_length(),
            );
        }
    }
    let chain = |crew: &Crew| LatticeCusum::new(&contrast, crew, 9).unwrap();
    let stream = |_| (Cusum::new(contrast.clone()), before.clone(), after.clone());
    let late = delays(stream, 8.5 * contrast.unit(), Onset::After(25), 100_000, &simulation).unwrap();
    assert!(late.streams() > 3000, "few false alarms in 25 observations");
    within_three_sigma(&late.mean().unwrap(), chain(&after).steady_state_delay(&chain(&before)).unwrap());
}

#[test]
fn realised_false_alarms_are_the_stated_ones() {
    // 10⁴ streams without a change, other seeds than those of any calibration
    let (before, after) = pair();
    let contrast = Contrast::new(&before, &after).unwrap();
    let threshold = calibrate::cusum(&contrast, &before, 100.0, &Simulation::default()).unwrap();
    assert!(threshold.exact);
    let fresh = Simulation { streams: 10_000, seed: 99, ..Simulation::default() };
    let stream = |_| (Cusum::new(contrast.clone()), before.clone());
    within_three_sigma(&run_length(stream, threshold.value, 100_000, &fresh).unwrap(), threshold.arl0.mean);
    // a contrast off the lattice is calibrated by simulation: both errors count
    let off = Contrast::new(&before, &crew(&[0.2, 0.25, 0.55])).unwrap();
    let simulation = Simulation { streams: 4000, ..Simulation::default() };
    let threshold = calibrate::cusum(&off, &before, 80.0, &simulation).unwrap();
    assert!(!threshold.exact);
    let stream = |_| (Cusum::new(off.clone()), before.clone());
    let realised = run_length(stream, threshold.value, 100_000, &fresh).unwrap();
    let error = realised.standard_error.hypot(threshold.arl0.standard_error);
    assert!((realised.mean - threshold.arl0.mean).abs() < 3.0 * error, "{realised:?} for {threshold:?}");
}

/// One of each, for a baseline of one coordinate.
fn detectors(before: &Crew, after: &Crew) -> Vec<(&'static str, Box<dyn Detector>)> {
    let contrast = Contrast::new(before, after).unwrap();
    let k = before[0].categories();
    let prior = [Dirichlet::symmetric(k, 1.0).unwrap()];
    let settings = BocpdSettings { hazard: 0.02, ..BocpdSettings::default() };
    vec![
        ("cusum", Box::new(Cusum::new(contrast.clone()))),
        ("shiryaev-roberts", Box::new(ShiryaevRoberts::new(&contrast))),
        ("mixture", Box::new(MixtureCusum::new(before, &prior, 1.0).unwrap())),
        ("glr", Box::new(Glr::new(before, 3, 50).unwrap())),
        ("bocpd", Box::new(Bocpd::new(&prior, settings).unwrap())),
        ("windowed g", Box::new(WindowedG::new(&[k], 5, 40).unwrap())),
    ]
}

#[test]
fn permuting_labels_changes_nothing() {
    let (before, after) = (crew(&[0.4, 0.3, 0.2, 0.1]), crew(&[0.1, 0.2, 0.4, 0.3]));
    let rng = &mut trial_rng(3, Trial::network(0), Purpose::Measure);
    for _ in 0..5 {
        let order = rng.permutation(4);
        let renamed = |crew: &Crew| {
            let mut shares = vec![0.0; 4];
            crew[0].shares().iter().zip(&order).for_each(|(&p, &to)| shares[to as usize] = p);
            self::crew(&shares)
        };
        let mut plain = detectors(&before, &after);
        let mut permuted = detectors(&renamed(&before), &renamed(&after));
        let mut x = [0];
        for t in 0..400 {
            observe(if t < 200 { &before } else { &after }, rng, &mut x);
            for ((name, a), (_, b)) in plain.iter_mut().zip(&mut permuted) {
                let (a, b) = (a.observe(&x), b.observe(&[order[x[0] as usize]]));
                // floating sums in another order: 400 terms of at most a few nats
                assert!((a - b).abs() <= 1e-10 * (1.0 + a.abs()), "{name} at {t}: {a} and {b}");
            }
        }
    }
    let prior = [Dirichlet::symmetric(3, 1.0).unwrap()];
    let a = ln_bayes_factors(&prior, &[vec![6, 2, 2]], &[vec![1, 2, 7]]);
    let b = ln_bayes_factors(&prior, &[vec![2, 6, 2]], &[vec![7, 1, 2]]);
    assert!((a[0] - b[0]).abs() < 1e-13);
}

#[test]
fn restarting_forgets() {
    let (before, after) = pair();
    for (name, mut detector) in detectors(&before, &after) {
        let rng = &mut trial_rng(4, Trial::network(0), Purpose::Measure);
        let mut x = [0];
        let mut series = Vec::new();
        for _ in 0..120 {
            observe(&after, rng, &mut x);
            series.push(x);
        }
        let mut run = || series.iter().map(|x| detector.observe(x)).collect::<Vec<f64>>();
        let first = run();
        assert_ne!(first, run(), "{name} goes on");
        detector.restart();
        let again: Vec<f64> = series.iter().map(|x| detector.observe(x)).collect();
        assert_eq!(first, again, "{name} begins anew");
    }
}

#[test]
fn a_crew_with_the_same_profile_is_a_false_alarm() {
    // the change comes where the statistic has settled; after it nothing is different
    let (before, after) = pair();
    let contrast = Contrast::new(&before, &after).unwrap();
    let simulation = Simulation { streams: 20_000, seed: 5, ..Simulation::default() };
    let threshold = 3.5 * LN_2;
    let stream = |_| (Cusum::new(contrast.clone()), before.clone(), before.clone());
    let late = delays(stream, threshold, Onset::After(60), 50, &simulation).unwrap();
    let found = late.detected_by(50).unwrap();
    // independent oracle: the law of the statistic, step by step
    let mut law = [1.0, 0.0, 0.0, 0.0];
    let mut silent = Vec::new();
    for _ in 0..110 {
        let mut next = [0.0; 4];
        for (s, p) in law.into_iter().enumerate() {
            next[s.saturating_sub(1)] += 0.5 * p;
            next[s] += 0.25 * p;
            if s < 3 {
                next[s + 1] += 0.25 * p;
            }
        }
        law = next;
        silent.push(law.iter().sum::<f64>());
    }
    within_three_sigma(&found, 1.0 - silent[109] / silent[59]);
    let share = late.streams() as f64 / 20_000.0;
    assert!((share - silent[59]).abs() < 3.0 * (0.25f64 / 20_000.0).sqrt(), "{share} silent until the change");
    // and the verdict stays with the prior on average: mean of BF under the old profile is 1
    let prior = [Dirichlet::symmetric(3, 1.0).unwrap()];
    let (mut sum, mut squares, n) = (0.0, 0.0, 20_000);
    for trial in 0..n {
        let rng = &mut trial_rng(8, Trial::network(trial), Purpose::Measure);
        let crew = [prior[0].draw(rng)];
        let mut counts = [vec![0; 3], vec![0; 3]];
        let mut x = [0];
        for t in 0..15 {
            observe(&crew, rng, &mut x);
            counts[usize::from(t >= 10)][x[0] as usize] += 1;
        }
        let factor = ln_bayes_factors(&prior, &counts[..1], &counts[1..])[0].exp();
        (sum, squares) = (sum + factor, squares + factor * factor);
    }
    let mean = sum / n as f64;
    let error = ((squares / n as f64 - mean * mean) / n as f64).sqrt();
    assert!((mean - 1.0).abs() < 3.0 * error, "{mean} ± {error}");
}

#[test]
fn knowing_the_crew_is_the_best_amoc() {
    let (before, after) = (crew(&[0.5, 0.2, 0.1, 0.1, 0.1]), crew(&[0.1, 0.3, 0.1, 0.4, 0.1]));
    let contrast = Contrast::new(&before, &after).unwrap();
    let prior = [Dirichlet::symmetric(5, 1.0).unwrap()];
    let simulation = Simulation { streams: 600, ..Simulation::default() };
    let settings = BocpdSettings { hazard: 0.01, ..BocpdSettings::default() };
    let counts = [vec![500, 200, 100, 100, 100]];
    let curve = |make: &dyn Fn() -> Box<dyn Detector>| {
        let stream = |_| (make(), before.clone(), after.clone());
        amoc(stream, &[50.0, 200.0], 1.0, Onset::After(40), 2000, &simulation).unwrap()
    };
    let known = curve(&|| Box::new(Cusum::new(contrast.clone())));
    let others = [
        curve(&|| Box::new(Glr::new(&before, 2, 60).unwrap())),
        curve(&|| Box::new(Bocpd::new(&prior, settings).unwrap().after_baseline(&counts).unwrap())),
        curve(&|| Box::new(Bocpd::new(&prior, settings).unwrap())),
        curve(&|| Box::new(MixtureCusum::new(&before, &prior, 1.0).unwrap())),
        curve(&|| Box::new(WindowedG::new(&[5], 5, 60).unwrap())),
    ];
    for (i, curve) in others.iter().enumerate() {
        for (known, other) in known.iter().zip(curve) {
            let (best, (days, error)) = (known.delay_days.unwrap(), other.delay_days.unwrap());
            assert!(best.0 < days + 3.0 * best.1.hypot(error), "curve {i}: {known:?} and {other:?}");
        }
    }
    // GLR does not know the crew, and pays for it: here beyond chance
    let (best, glr) = (known[1].delay_days.unwrap(), others[0][1].delay_days.unwrap());
    assert!(best.0 + 3.0 * best.1.hypot(glr.1) < glr.0, "{best:?} and {glr:?}");
}

#[test]
fn a_bank_keeps_the_stated_rate() {
    let (before, after) = pair();
    let contrast = Contrast::new(&before, &after).unwrap();
    let member = Bank::<Cusum>::member_arl0(50.0, 4);
    let threshold = calibrate::cusum(&contrast, &before, member, &Simulation::default()).unwrap();
    let bank = |_| {
        let members = (0..4).map(|_| (Cusum::new(contrast.clone()), threshold.value)).collect();
        (Bank::new(members), vec![before[0].clone(); 4])
    };
    let simulation = Simulation { streams: 2000, ..Simulation::default() };
    let realised = run_length(bank, Bank::<Cusum>::THRESHOLD, 100_000, &simulation).unwrap();
    assert!(realised.mean + 3.0 * realised.standard_error > 50.0, "{realised:?}");
    // one coordinate changes: the bank names it
    let mut bank = bank(0).0;
    let rng = &mut trial_rng(6, Trial::network(0), Purpose::Measure);
    let now = [before[0].clone(), after[0].clone(), before[0].clone(), before[0].clone()];
    let mut x = [0; 4];
    while {
        observe(&now, rng, &mut x);
        bank.observe(&x)
    } < 1.0
    {}
    assert_eq!(bank.alarms().collect::<Vec<_>>(), [false, true, false, false]);
}

#[test]
fn the_k_of_m_rule_by_simulation() {
    // sharp limit by Bayes factors: one profile per crew is nearly certain, 40 observations a side
    let chances = Chances::OPTIMISTIC;
    let prior = Dirichlet::symmetric(40, 1e-4).unwrap();
    for m in [4, 5, 6, 8] {
        let rule = sharp::rule(&chances, m, 0.0).unwrap();
        let priors = vec![prior.clone(); m as usize];
        let n = 3000;
        let (mut missed, mut falsely) = (0, 0);
        for trial in 0..n {
            for (kind, chance) in [(Kind::Crew, chances.rho_crew), (Kind::Tools, chances.rho_tool)] {
                let rng = &mut trial_rng(m as u64, Trial::order_of(trial, kind as u32), Purpose::Operator);
                let new: Vec<Vec<u64>> = (0..m)
                    .map(|_| {
                        let to = usize::from(rng.chance(chance));
                        (0..40).map(|k| if k == to { 40 } else { 0 }).collect()
                    })
                    .collect();
                let old = vec![(0..40).map(|k| if k == 0 { 40 } else { 0 }).collect::<Vec<u64>>(); m as usize];
                let crew = chances.ln_ratio(&ln_bayes_factors(&priors, &old, &new)) > 0.0;
                missed += u32::from(kind == Kind::Crew && !crew);
                falsely += u32::from(kind == Kind::Tools && crew);
            }
        }
        for (count, p) in [(missed, rule.missed), (falsely, rule.falsely)] {
            let sigma = (p * (1.0 - p) / n as f64).sqrt();
            assert!((count as f64 / n as f64 - p).abs() < 3.0 * sigma, "M = {m}: {count} of {n} for {p}");
        }
    }
}

#[test]
fn calibrated_bocpd_keeps_its_rate() {
    // its statistic is bounded by 1 and has no lattice: only simulation calibrates it
    let before = crew(&[0.4, 0.3, 0.3]);
    let prior = [Dirichlet::symmetric(3, 1.0).unwrap()];
    let settings = BocpdSettings { hazard: 0.02, ..BocpdSettings::default() };
    let stream = |_| (Bocpd::new(&prior, settings).unwrap(), before.clone());
    let threshold = simulated(stream, 150.0, &Simulation { streams: 500, ..Simulation::default() }).unwrap();
    assert!(threshold.value > 0.0 && threshold.value < 1.0, "{threshold:?}");
    let fresh = Simulation { streams: 500, seed: 77, ..Simulation::default() };
    let realised = run_length(stream, threshold.value, 10_000, &fresh).unwrap();
    let error = realised.standard_error.hypot(threshold.arl0.standard_error);
    assert!((realised.mean - threshold.arl0.mean).abs() < 3.0 * error, "{realised:?} for {threshold:?}");
}
