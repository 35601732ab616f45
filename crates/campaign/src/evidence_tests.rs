use super::*;
use hydranet_topology::{Trial, trial_rng};

fn test(law: &Evidence, life: u32) -> Test {
    Test::new(law, |purpose| trial_rng(5, Trial::network(life), purpose))
}

/// Share of lives, and four standard errors of it.
fn share(lives: u32, mut is: impl FnMut(u32) -> bool) -> (f64, f64) {
    let share = (0..lives).filter(|&life| is(life)).count() as f64 / f64::from(lives);
    (share, 4.0 * (share * (1.0 - share) / f64::from(lives)).sqrt())
}

/// Chance that a walk of so many normal steps, looked at after each, gets to a threshold: the density of those that have
/// not, step by step (Armitage, McPherson & Rowe 1969), by the trapezoidal rule.
fn reaches(threshold: f64, [mean, variance]: [f64; 2], steps: u32) -> f64 {
    let (low, points) = (-14.0, 1400usize);
    let width = (threshold - low) / points as f64;
    let at = |i: usize| low + i as f64 * width;
    let step = |x: f64| (-(x - mean).powi(2) / (2.0 * variance)).exp() / (std::f64::consts::TAU * variance).sqrt();
    let kernel: Vec<f64> = (0..=2 * points).map(|k| step((k as f64 - points as f64) * width)).collect();
    let mut density: Vec<f64> = (0..=points).map(|i| step(at(i))).collect();
    for _ in 1..steps {
        let weighed: Vec<f64> =
            density.iter().enumerate().map(|(i, d)| if i == points { d / 2.0 } else { *d }).collect();
        let next = |i: usize| width * weighed.iter().enumerate().map(|(j, w)| w * kernel[i + points - j]).sum::<f64>();
        density = (0..=points).map(next).collect();
    }
    1.0 - width * (density.iter().sum::<f64>() - density[points] / 2.0)
}

#[test]
fn observations_are_looked_at_one_by_one() {
    let law = Evidence::default();
    // 80 observations of a tenth of a nat: as one look, Φ((8 − ln 95)/4) = .806
    let exact = reaches(law.threshold(), [0.1, 0.2], 80);
    assert!((exact - 0.8718).abs() < 1e-4, "{exact}");
    let (found, spread) = share(4000, |life| {
        let mut file = File::default();
        test(&law, life).look(&mut file, 80.0, 1);
        file.dossier.identified.is_some()
    });
    assert!((found - exact).abs() < spread, "{found} ± {spread} for {exact}");
}

#[test]
fn many_at_once_are_many_one_by_one() {
    let law = Evidence { nats: 0.01, ..Evidence::default() };
    let after = |parts: &[f64]| {
        let (mut test, mut file) = (test(&law, 3), File::default());
        parts.iter().for_each(|&observations| test.look(&mut file, observations, 1));
        (file.dossier.nats, file.dossier.suspect, file.waiting)
    };
    assert_eq!(after(&[6.0]), after(&[1.0; 6]));
    assert_eq!(after(&[0.25; 24]), after(&[6.0]));
    assert_eq!(after(&[0.5]), (0.0, 0.0, 0.5), "half an observation tells nothing yet");
}

#[test]
fn an_innocent_is_named_as_seldom_as_the_bound_says() {
    for (nats, alpha) in [(0.02, 0.1), (0.1, 0.1), (0.1, 0.2)] {
        let law = Evidence { nats, alpha, ..Evidence::default() };
        let bound = alpha / (1.0 - law.beta);
        // to the end, whatever becomes of the operator: e^−A, less what the walk jumps over the threshold, 0.583 σ (Siegmund 1985)
        let expected = bound * (-0.583 * (2.0 * nats).sqrt()).exp();
        let (named, spread) = share(4000, |life| {
            let rng = &mut trial_rng(6, Trial::network(life), Purpose::Suspect);
            let mut sum = 0.0;
            // by then it is 30 nats and more below: it does not come back
            (0..(40.0 / nats) as u32).any(|_| {
                sum += law.draw_of_innocent(1.0, rng);
                sum >= law.threshold()
            })
        });
        // the constant is for small steps: half of its exponent's square is a bound on what it leaves out
        let rest = expected * 0.5 * 0.34 * 2.0 * nats;
        assert!((named - expected).abs() < spread + rest, "D = {nats}: {named} ± {spread} for {expected}");
        // in a life, until the operator is identified
        let (named, spread) = share(4000, |life| {
            let mut file = File::default();
            test(&law, life).look(&mut file, 1e4, 1);
            assert!(file.dossier.identified.is_some());
            file.dossier.misidentified.is_some()
        });
        assert!(named > 0.0 && named < bound + spread, "D = {nats}: {named} ± {spread} for at most {bound}");
    }
}

#[test]
fn the_test_ends_with_the_operator() {
    let law = Evidence { nats: 5.0, arrest_days: 2.0, ..Evidence::default() };
    let (mut test, mut file) = (test(&law, 0), File::default());
    test.look(&mut file, 50.0, 7);
    let dossier = file.dossier.clone();
    assert_eq!((dossier.identified, dossier.arrest_at), (Some(7), Some(7 + 2 * 86_400)));
    assert!(dossier.nats < 50.0, "the rest is not looked at");
    test.look(&mut file, 50.0, 9);
    assert_eq!((file.dossier.nats, file.dossier.identified), (dossier.nats, Some(7)));
    let free = Evidence { arrest_share: 0.0, ..law };
    let mut file = File::default();
    self::test(&free, 0).look(&mut file, 50.0, 7);
    assert_eq!(file.dossier.arrest_at, None);
}

#[test]
fn evidence_fades_on_both_sides() {
    let law = Evidence { half_life_days: Some(10.0), ..Evidence::default() };
    let test = test(&law, 0);
    let mut file = File::default();
    (file.dossier.nats, file.dossier.suspect) = (3.0, -2.0);
    test.fade(&mut file, 10 * 86_400);
    assert_eq!((file.dossier.nats, file.dossier.suspect), (1.5, -1.0));
}
