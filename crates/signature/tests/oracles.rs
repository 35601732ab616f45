//! Values that were computed elsewhere: closed forms, enumeration, published tables.

#![allow(clippy::disallowed_methods, reason = "references may use the functions of std")]

use hydranet_signature::exact::{LatticeCusum, brook_evans};
use hydranet_signature::g_test::{ScanSettings, best_split, g_statistic, p_value, scan_quantile};
use hydranet_signature::{
    Bocpd, BocpdSettings, Contrast, Cusum, Detector, Dirichlet, MixtureCusum, Profile, ShiryaevRoberts, Simulation,
    calibrate, first_alarm,
};
use std::f64::consts::LN_2;

const SERIES: [u32; 20] = [0, 1, 0, 2, 0, 0, 1, 0, 2, 0, 2, 2, 1, 2, 0, 2, 2, 2, 1, 2];

fn profile(shares: &[f64]) -> Vec<Profile> {
    vec![Profile::new(shares.to_vec()).unwrap()]
}

fn before() -> Vec<Profile> {
    profile(&[0.5, 0.25, 0.25])
}

fn after() -> Vec<Profile> {
    profile(&[0.25, 0.25, 0.5])
}

fn contrast() -> Contrast {
    Contrast::new(&before(), &after()).unwrap()
}

fn near(got: f64, want: f64, within: f64) {
    assert!((got - want).abs() <= within, "{got} for {want}");
}

#[test]
fn lattice_cusum_in_closed_form() {
    for h in 2..=40usize {
        let run_length = |crew: &[Profile]| LatticeCusum::new(&contrast(), crew, h).unwrap().run_length();
        let (h, power) = (h as f64, (h as f64).exp2());
        let arl0 = 8.0 * (power - 1.0) - 4.0 * h;
        near(run_length(&before()), arl0, 1e-12 * arl0);
        let arl1 = 4.0 * h - 4.0 + 4.0 / power;
        near(run_length(&after()), arl1, 1e-12 * arl1);
    }
}

#[test]
fn lattice_cusum_printed_values() {
    let rows = [
        (2, 16.0, 5.0, 4.464),
        (3, 44.0, 8.5, 7.454),
        (4, 104.0, 12.25, 10.766),
        (5, 228.0, 16.125, 14.290),
        (7, 988.0, 24.031, 21.739),
        (10, 8144.0, 36.004, 33.431),
    ];
    for (h, arl0, worst, steady) in rows {
        let chain = |crew: &[Profile]| LatticeCusum::new(&contrast(), crew, h).unwrap();
        near(chain(&before()).run_length(), arl0, 1e-9 * arl0);
        near(chain(&after()).run_length(), worst, 5e-4);
        near(chain(&after()).steady_state_delay(&chain(&before())).unwrap(), steady, 5e-4);
    }
    // the first-order formula is no gate: it says 39.8 where 24.0 is true
    near(7.0 * LN_2 / (0.25 * LN_2), 28.0, 1e-9);
    near(988f64.ln() / before()[0].divergence(&after()[0]), 39.8, 0.05);
}

#[test]
fn normal_cusum_by_brook_and_evans() {
    for (h, arl0, arl1) in [(4.0, 335.4, 8.38), (5.0, 930.9, 10.38)] {
        near(brook_evans(0.0, 0.5, h, 401).unwrap(), arl0, 0.05);
        near(brook_evans(1.0, 0.5, h, 401).unwrap(), arl1, 0.005);
        // Siegmund's corrected approximation, an independent formula, is within one per cent
        let b = h + 1.166;
        near(2.0 * (b.exp() - b - 1.0), arl0, 0.01 * arl0);
        near(2.0 * ((-b).exp() + b - 1.0), arl1, 0.01 * arl1);
    }
}

#[test]
fn the_series_of_cusum() {
    let mut detector = Cusum::new(contrast());
    let units: Vec<f64> = SERIES.iter().map(|&k| detector.observe(&[k]) / LN_2).collect();
    let want = [0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2, 2, 3, 2, 3, 4, 5, 5, 6].map(f64::from);
    assert_eq!(units, want, "on a lattice, to the last bit");
    detector.restart();
    assert_eq!(first_alarm(&mut detector, 4.0 * LN_2, SERIES.chunks(1)), Some(17));
}

#[test]
fn the_series_of_shiryaev_roberts() {
    let mut detector = ShiryaevRoberts::new(&contrast());
    let values: Vec<f64> = SERIES.iter().map(|&k| detector.observe(&[k])).collect();
    for (got, want) in values[15..].iter().zip([46.5, 95.0, 192.0, 193.0, 388.0]) {
        near(*got, want, 0.05);
    }
    detector.restart();
    assert_eq!(first_alarm(&mut detector, 100.0, SERIES.chunks(1)), Some(18));
}

#[test]
fn run_lengths_of_shiryaev_roberts() {
    let simulation = Simulation { streams: 4000, ..Simulation::default() };
    let at = |crew: Vec<Profile>| {
        calibrate::run_length(|_| (ShiryaevRoberts::new(&contrast()), crew.clone()), 100.0, 100_000, &simulation)
            .unwrap()
    };
    let arl0 = at(before());
    near(arl0.mean, 138.0, 5.0 + 3.0 * arl0.standard_error);
    assert!(arl0.mean >= 100.0 && arl0.cut_off == 0, "the mean time is at least A");
    let arl1 = at(after());
    near(arl1.mean, 15.5, 0.05 + 3.0 * arl1.standard_error);
}

#[test]
fn the_series_split_at_a_known_place() {
    let counts = |part: &[u32]| [0, 1, 2].map(|k| part.iter().filter(|x| **x == k).count() as u64);
    let (old, new) = (counts(&SERIES[..10]), counts(&SERIES[10..]));
    assert_eq!((old, new), ([6, 2, 2], [1, 2, 7]));
    let g = g_statistic(&old, &new);
    near(g, 6.904_37, 5e-6);
    near(p_value(g, 2), 0.031_676, 5e-7);
    near(Dirichlet::symmetric(3, 1.0).unwrap().ln_bayes_factor(&old, &new), 1.868_711, 5e-7);
    // the search cannot find less than the known split
    let series: Vec<Vec<u32>> = SERIES.iter().map(|&k| vec![k]).collect();
    assert!(best_split(&series, &[3], 3).unwrap().g >= g);
}

#[test]
fn the_vector_of_bocpd() {
    let x = [0, 0, 1, 0, 0, 0, 2, 2, 1, 2, 2, 2];
    let settings = BocpdSettings { hazard: 0.1, floor: 0.0, ..BocpdSettings::default() };
    let mut bocpd = Bocpd::new(&[Dirichlet::symmetric(3, 1.0).unwrap()], settings).unwrap();
    let (mut modes, mut recent, mut one) = (Vec::new(), Vec::new(), Vec::new());
    for (t, k) in (1u64..).zip(x) {
        bocpd.observe(&[k]);
        one.push(bocpd.within(1));
        if t >= 5 {
            modes.push(bocpd.most_probable());
        }
        if t >= 7 {
            recent.push(bocpd.within(t - 6));
        }
    }
    near(bocpd.ln_evidence(), -12.458_651_739_6, 5e-11);
    let want = [
        0.062388, 0.060548, 0.090741, 0.066596, 0.112908, 0.425643, 0.073533, 0.025119, 0.013942, 0.009662, 0.005536,
        0.053383,
    ];
    let lengths = bocpd.lengths();
    assert_eq!(lengths.len(), 12);
    for (i, ((length, got), want)) in lengths.into_iter().zip(want).enumerate() {
        assert_eq!(length, i as u64 + 1);
        near(got, want, 1e-6);
    }
    assert_eq!(modes, [5, 6, 7, 2, 3, 4, 5, 6]);
    for (got, want) in recent.iter().zip([0.2234, 0.4413, 0.5759, 0.6797, 0.7623, 0.8188]) {
        near(*got, want, 5e-5);
    }
    // the trap: a constant. It moves with the data
    let spread = one.iter().copied().fold(0.0, f64::max) - one[1..].iter().copied().fold(1.0, f64::min);
    assert!(one[0] == 1.0 && spread > 0.1 && one[1..].iter().all(|p| (p - 0.1).abs() > 1e-3), "{one:?}");
}

#[test]
fn run_lengths_of_the_mixture_cusum() {
    // numpy, 1,500 streams, threshold 3 nats, α = 1: 200.4 ± 5.1 and 19.67 ± 0.36
    let simulation = Simulation { streams: 4000, ..Simulation::default() };
    let detector = MixtureCusum::new(&before(), &[Dirichlet::symmetric(3, 1.0).unwrap()], 1.0).unwrap();
    for (crew, want, error) in [(before(), 200.44, 5.14), (after(), 19.675, 0.365)] {
        let got = calibrate::run_length(|_| (detector.clone(), crew.clone()), 3.0, 100_000, &simulation).unwrap();
        near(got.mean, want, 3.0 * got.standard_error.hypot(error));
        assert!(got.cut_off == 0);
    }
}

#[test]
fn scan_thresholds() {
    let uniform = [Profile::uniform(4)];
    let skewed = profile(&[0.6, 0.3, 0.1]);
    // published to a digit, and with numpy: 20,000 series of 100 and 5,000 of 400 (another generator, another formula)
    let rows = [
        (&uniform[..], 100, [14.6, 18.7], [14.952, 18.881], 20_000.0),
        (&uniform, 400, [16.0, 19.9], [16.056, 19.780], 5_000.0),
        (&skewed, 100, [11.8, 15.6], [11.928, 15.793], 20_000.0),
    ];
    for (crew, observations, published, numpy, series_there) in rows {
        for (i, level) in [0.95, 0.99].into_iter().enumerate() {
            let settings = ScanSettings { observations, least: 10, level, series: 10_000, seed: 1 };
            let got = scan_quantile(crew, &settings).unwrap();
            near(got.value, numpy[i], 3.0 * got.standard_error * (1.0 + 1e4f64 / series_there).sqrt());
            // the error of the published ones is not stated: a tenth of the series is assumed
            near(got.value, published[i], 0.05 + 3.0 * got.standard_error * 11f64.sqrt());
        }
    }
    // chi-square, for a known split, would alarm several times as often
    assert!(p_value(14.6, 3) < 0.01 && p_value(7.8, 3) > 0.049);
}
