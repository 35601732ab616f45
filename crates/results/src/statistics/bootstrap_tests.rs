use super::*;
use crate::statistics::{mean, median, quantile, sd};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

/// R's `sleep$extra`.
const SLEEP: [f64; 20] =
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

/// scipy.stats.bootstrap(method="BCa", bootstrap_result=…) was given the replicates of the very same indices.
#[test]
fn bca_as_scipy() {
    type Statistic = fn(&[f64]) -> Option<f64>;
    let check = |sizes: &[usize], statistic: Statistic, resamples: u32, level: f64, lo: f64, hi: f64| {
        let clusters = sizes.iter().enumerate().flat_map(|(cluster, &size)| vec![cluster as u64; size]);
        let sample = Clustered::new(clusters.zip(SLEEP)).unwrap();
        let mut k = 0u32;
        let mut agreed = |bound| {
            let index = (k.wrapping_mul(2_654_435_769) >> 16) % bound;
            k += 1;
            index
        };
        let statistic = |values: &[f64]| statistic(values).unwrap_or(0.0);
        let got = sample.bca_interval(statistic, Resampling { resamples, level }, &mut agreed).unwrap();
        assert!((got.lo - lo).abs() < 1e-9 && (got.hi - hi).abs() < 1e-9, "{got:?}, not {lo} {hi}");
    };
    let networks = [1, 3, 2, 5, 4, 2, 3];
    check(&networks, mean, 400, 0.95, -0.25092665938401115, 3.7);
    check(&networks, mean, 400, 0.90, 0.1, 3.4647058823529413);
    check(&networks, median, 400, 0.95, -0.2, 3.4);
    check(&[1; 20], sd, 999, 0.95, 1.641235242461671, 2.3503263119114295);
    check(&[1; 20], median, 999, 0.95, 0.328326846415154, 2.0);
    check(&[1; 20], |values| quantile(values, 0.9), 999, 0.95, 3.4, 5.5);
}

#[test]
fn degenerate_cases() {
    let interval = |clusters: &[(u64, f64)]| {
        let sample = Clustered::new(clusters.iter().copied()).unwrap();
        let mut rng = trial_rng(1, Trial::network(0), Purpose::Bootstrap);
        sample.bca_interval(|v| mean(v).unwrap_or(0.0), Resampling::default(), &mut |bound| rng.below(bound))
    };
    assert_eq!(interval(&[]), None);
    assert_eq!(interval(&[(0, 1.0), (0, 2.0)]), None);
    assert_eq!(interval(&[(0, 0.1), (1, 0.1), (1, 0.1)]), Some(Interval { lo: 0.1, hi: 0.1 }));
    let two = interval(&[(0, 1.0), (1, 2.0)]).unwrap();
    assert!(two.lo >= 1.0 && two.hi <= 2.0);
}

#[test]
fn the_same_stream_gives_the_same_interval() {
    let sample = Clustered::new(SLEEP.iter().enumerate().map(|(i, &value)| (i as u64 / 2, value))).unwrap();
    let interval = |seed| {
        let mut rng = trial_rng(seed, Trial::network(0), Purpose::Bootstrap);
        let median = |values: &[f64]| median(values).unwrap_or(0.0);
        sample.bca_interval(median, Resampling::default(), &mut |bound| rng.below(bound)).unwrap()
    };
    assert_eq!(interval(1), interval(1));
}

/// 95 % intervals for the median over 25 networks of 4 orders, 400 repetitions: bootstrap of networks covers 91 to 98 %,
/// bootstrap of single trials far less.
#[test]
fn clustered_resampling_covers() {
    let mut rng = trial_rng(2012, Trial::network(1), Purpose::Bootstrap);
    let (mut clustered, mut naive) = (0, 0);
    let median = |values: &[f64]| median(values).unwrap_or(0.0);
    let resampling = Resampling { resamples: 300, level: 0.95 };
    for _ in 0..400 {
        let mut values = Vec::new();
        for network in 0..25 {
            let shared = rng.exponential();
            values.extend((0..4).map(|_| (network, shared + 0.2 * rng.unit() - 0.1)));
        }
        // the median of an exponential number plus a small symmetric one: ln 2 but for less than 0.001
        let truth = std::f64::consts::LN_2;
        let mut covers = |sample: Clustered| {
            sample.bca_interval(median, resampling, &mut |bound| rng.below(bound)).unwrap().contains(truth)
        };
        let singles = values.iter().enumerate().map(|(i, &(_, value))| (i as u64, value));
        naive += u32::from(covers(Clustered::new(singles).unwrap()));
        clustered += u32::from(covers(Clustered::new(values).unwrap()));
    }
    let [clustered, naive] = [clustered, naive].map(|covered| f64::from(covered) / 400.0);
    assert!((0.91..=0.98).contains(&clustered), "bootstrap of networks covers {clustered}");
    assert!(naive < 0.80, "bootstrap of trials covers {naive}");
}
