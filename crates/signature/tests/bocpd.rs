//! Bayesian online change points against the sum over all segmentations, and what pruning costs.

#![allow(clippy::disallowed_methods, reason = "references may use the functions of std")]

use hydranet_signature::{Bocpd, BocpdSettings, Detector, Dirichlet, Profile, profile::observe};
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};

fn rng(trial: u32) -> TrialRng {
    trial_rng(20, Trial::network(trial), Purpose::Measure)
}

fn exact(hazard: f64) -> BocpdSettings {
    BocpdSettings { hazard, floor: 0.0, ..BocpdSettings::default() }
}

/// Σ over all 2^(T−1) segmentations of prior × evidence of every segment; with it the shares of the last segment's length.
fn all_segmentations(x: &[Vec<u32>], priors: &[Dirichlet], hazard: f64) -> (f64, Vec<f64>) {
    let (t, mut total) = (x.len(), 0.0);
    let mut lengths = vec![0.0; t];
    for cuts in 0u32..1 << (t - 1) {
        let (mut ln, mut from) = (0.0f64, 0);
        for to in 1..=t {
            let cut = to < t && cuts >> (to - 1) & 1 == 1;
            if to < t {
                ln += if cut { hazard.ln() } else { (1.0 - hazard).ln() };
            }
            if cut || to == t {
                for (m, prior) in priors.iter().enumerate() {
                    let mut counts = vec![0u64; prior.categories()];
                    x[from..to].iter().for_each(|x| counts[x[m] as usize] += 1);
                    ln += prior.ln_evidence(&counts);
                }
                if to == t {
                    lengths[t - from - 1] += ln.exp();
                }
                from = to;
            }
        }
        total += ln.exp();
    }
    lengths.iter_mut().for_each(|l| *l /= total);
    (total.ln(), lengths)
}

#[test]
fn evidence_is_the_sum_over_all_segmentations() {
    for case in 0..50 {
        let rng = &mut rng(case);
        let (t, m) = (1 + rng.below(12) as usize, 1 + rng.below(2) as usize);
        let hazard = 0.05 + 0.5 * rng.unit();
        let priors: Vec<Dirichlet> = (0..m)
            .map(|_| Dirichlet::new((0..2 + rng.below(3)).map(|_| 0.1 + 2.0 * rng.unit()).collect()).unwrap())
            .collect();
        let x: Vec<Vec<u32>> =
            (0..t).map(|_| priors.iter().map(|p| rng.below(p.categories() as u32)).collect()).collect();
        let mut bocpd = Bocpd::new(&priors, exact(hazard)).unwrap();
        x.iter().for_each(|x| {
            bocpd.observe(x);
        });
        let (ln_evidence, lengths) = all_segmentations(&x, &priors, hazard);
        assert!((bocpd.ln_evidence() - ln_evidence).abs() < 1e-10, "case {case}");
        for ((length, got), want) in bocpd.lengths().into_iter().zip(lengths) {
            assert!((got - want).abs() < 1e-10, "case {case}, length {length}: {got}, not {want}");
        }
    }
}

#[test]
fn the_first_observation_counts() {
    let prior = [Dirichlet::new(vec![0.5, 1.0, 1.5]).unwrap()];
    let run = |x: &[u32]| {
        let mut bocpd = Bocpd::new(&prior, exact(0.1)).unwrap();
        x.iter().for_each(|&k| {
            bocpd.observe(&[k]);
        });
        bocpd
    };
    // the evidence of one observation is its prior chance, not 1
    assert!((run(&[0]).ln_evidence() - (1f64 / 6.0).ln()).abs() < 1e-14);
    let (whole, without) = (run(&[0, 0, 2, 2, 2]), run(&[0, 2, 2, 2]));
    assert!((whole.ln_evidence() - without.ln_evidence()).abs() > 0.1);
    assert_ne!(whole.lengths()[1..4], without.lengths()[1..]);
}

#[test]
fn a_baseline_is_a_segment_that_goes_on() {
    // independent oracle: after 30 observations of one category, two hypotheses for the next
    let prior = [Dirichlet::symmetric(2, 1.0).unwrap()];
    let mut bocpd = Bocpd::new(&prior, exact(0.1)).unwrap().after_baseline(&[vec![30, 0]]).unwrap();
    let change = bocpd.observe(&[1]);
    let (new, old) = (0.1 * 0.5, 0.9 * 1.0 / 32.0);
    assert!((change - new / (new + old)).abs() < 1e-14, "{change}");
    assert_eq!(bocpd.lengths().iter().map(|l| l.0).collect::<Vec<_>>(), [1, 31]);
    assert!((bocpd.ln_evidence() - (new + old).ln()).abs() < 1e-14);
    bocpd.restart();
    assert_eq!(bocpd.observe(&[1]), change);
    let again = || Bocpd::new(&prior, exact(0.1)).unwrap();
    assert!(again().after_baseline(&[vec![1, 2, 3]]).is_err() && again().after_baseline(&[]).is_err());
}

#[test]
fn without_a_change_yet_there_is_none_to_report() {
    // all lengths are short at first: P(l ≤ within) is 1 and says nothing
    let mut bocpd = Bocpd::new(&[Dirichlet::symmetric(3, 1.0).unwrap()], BocpdSettings::default()).unwrap();
    assert_eq!(bocpd.observe(&[0]), 0.0);
    assert!(bocpd.observe(&[0]) < 0.01);
    assert_eq!(bocpd.within(10), 1.0);
}

/// A stream of the model itself: K = 5, two coordinates, a new segment with chance 1/200.
fn changing(trial: u32, n: usize) -> Vec<Vec<u32>> {
    let rng = &mut rng(trial);
    let prior = Dirichlet::symmetric(5, 0.5).unwrap();
    let (mut x, mut crew): (_, Vec<Profile>) = (Vec::new(), Vec::new());
    for t in 0..n {
        if t == 0 || rng.chance(1.0 / 200.0) {
            crew = vec![prior.draw(rng), prior.draw(rng)];
        }
        let mut codes = vec![0; 2];
        observe(&crew, rng, &mut codes);
        x.push(codes);
    }
    x
}

#[test]
fn pruning_costs_what_is_stated() {
    let priors = vec![Dirichlet::symmetric(5, 0.5).unwrap(); 2];
    let (streams, n) = (30, 800);
    for floor in [1e-6, 1e-4] {
        let (mut kept, mut lost, mut dropped) = (0, Vec::new(), 0.0);
        for trial in 0..streams {
            let mut full = Bocpd::new(&priors, exact(1.0 / 200.0)).unwrap();
            let mut pruned = Bocpd::new(&priors, BocpdSettings { floor, ..BocpdSettings::default() }).unwrap();
            let mut share = 0.0;
            for x in changing(trial, n) {
                let off = (full.observe(&x) - pruned.observe(&x)).abs();
                let gap = full.ln_evidence() - pruned.ln_evidence();
                share = -(-gap).exp_m1();
                assert!(share > -1e-9, "a lower bound: {share}");
                assert!(off <= share + 1e-9, "off by {off}, with {share} lost");
                kept = kept.max(pruned.kept());
            }
            lost.push(share);
            dropped += pruned.dropped() / streams as f64;
        }
        let mean = lost.iter().sum::<f64>() / streams as f64;
        let variance = lost.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / (streams as f64 - 1.0);
        let error = (variance / streams as f64).sqrt();
        assert!(mean <= dropped + 3.0 * error, "floor {floor}: {mean} ± {error} lost, {dropped} stated");
        assert!(dropped < 3.0 * floor * n as f64, "floor {floor}: {dropped} dropped");
        assert!(kept < n / 2, "{kept} lengths kept of {n}");
    }
}

#[test]
fn memory_does_not_grow() {
    let priors = vec![Dirichlet::symmetric(5, 0.5).unwrap(); 2];
    let capped = BocpdSettings { floor: 0.0, most_lengths: 40, ..BocpdSettings::default() };
    let mut bocpd = Bocpd::new(&priors, capped).unwrap();
    for x in changing(7, 2000) {
        let recent = bocpd.observe(&x);
        assert!(bocpd.kept() <= 40 && (-1e-12..=1.0 + 1e-12).contains(&recent));
    }
    let sum: f64 = bocpd.lengths().iter().map(|l| l.1).sum();
    assert!((sum - 1.0).abs() < 1e-12);
    assert!(bocpd.dropped() > 0.0);
}

#[test]
fn settings_are_refused() {
    let prior = [Dirichlet::symmetric(2, 1.0).unwrap()];
    let good = BocpdSettings::default();
    for bad in [
        BocpdSettings { hazard: 0.0, ..good },
        BocpdSettings { hazard: 1.0, ..good },
        BocpdSettings { within: 0, ..good },
        BocpdSettings { floor: 1.0, ..good },
        BocpdSettings { most_lengths: 1, ..good },
    ] {
        assert!(Bocpd::new(&prior, bad).is_err(), "{bad:?}");
    }
    assert!(Bocpd::new(&[], good).is_err());
}
