use super::*;
use crate::statistics::{gray_test, log_rank_test, median_wait};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

/// Causes as in published tables: 0 cut off, 1 and 2 events.
fn risks(times: &[f64], causes: &[u32]) -> CompetingRisks {
    let wait = |(&time, &cause): (&f64, &u32)| Wait { network: 0, time, cause: cause.checked_sub(1) };
    CompetingRisks::new(times.iter().zip(causes).map(wait), 2).unwrap()
}

fn check(risks: &CompetingRisks, cause: u32, want: &[(f64, f64)]) {
    let curve = risks.incidence();
    for &(time, share) in want {
        let got = curve.at(cause - 1, time);
        assert!((got - share).abs() < 1e-6, "cause {cause} at {time}: {got} for {share}");
    }
    for (i, &waiting) in curve.waiting.iter().enumerate() {
        let sum = waiting + curve.by_cause.iter().map(|column| column[i]).sum::<f64>();
        assert!((sum - 1.0).abs() < 1e-12, "all causes and the waiting are {sum}");
    }
}

// lifelines, scikit-survival and R's cmprsk agree on these points
fn table_a() -> CompetingRisks {
    risks(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0], &[1, 2, 1, 0, 1, 2, 0, 1, 2, 0])
}
fn table_c() -> [CompetingRisks; 2] {
    let a = [2.0, 3.0, 5.0, 6.0, 8.0, 9.0, 11.0, 12.0, 14.0, 15.0];
    let b = [1.0, 2.5, 4.0, 4.5, 7.0, 7.5, 10.0, 10.5, 13.0, 13.5];
    [risks(&a, &[1, 2, 1, 0, 1, 1, 2, 0, 1, 2]), risks(&b, &[2, 2, 1, 2, 1, 2, 0, 2, 1, 0])]
}

#[test]
fn published_points() {
    let a = table_a();
    check(
        &a,
        1,
        &[(0.5, 0.0), (1.0, 0.1), (3.0, 0.2), (5.0, 0.316_666_667), (8.0, 0.472_222_222), (10.0, 0.472_222_222)],
    );
    check(&a, 2, &[(1.0, 0.0), (3.0, 0.1), (5.0, 0.1), (8.0, 0.216_666_667), (10.0, 0.372_222_222)]);
    assert!((a.incidence().waiting_at(10.0) - 0.155_555_556).abs() < 1e-6);
    let naive = a.naive_one_minus_km_overlay(0);
    assert!((naive.last().unwrap().1 - 0.5625).abs() < 1e-12);
    let ties = risks(&[1.0, 1.0, 1.0, 2.0, 2.0, 3.0], &[1, 1, 2, 1, 2, 1]);
    check(&ties, 1, &[(1.0, 1.0 / 3.0), (2.0, 0.5), (3.0, 2.0 / 3.0)]);
    check(&ties, 2, &[(1.0, 1.0 / 6.0), (2.0, 1.0 / 3.0), (3.0, 1.0 / 3.0)]);
    assert_eq!(ties.incidence().waiting_at(3.0), 0.0);
    let [a, b] = table_c();
    check(&a, 1, &[(5.0, 0.2), (10.0, 0.433_333_333), (14.0, 0.608_333_333)]);
    check(&b, 1, &[(5.0, 0.1), (10.0, 0.2)]);
}

#[test]
fn gray_as_cmprsk() {
    let [a, b] = table_c();
    // comprisk 0.8.0 and cmprsk 2.2-11 for cause 1; comprisk for cause 2
    let got = |cause| gray_test(&[&a, &b], cause).unwrap().unwrap();
    for (cause, statistic, p) in [(0, 0.403_086_557_7, 0.525_499_519_7), (1, 2.163_837_966_7, 0.141_291_395_7)] {
        let test = got(cause);
        assert!((test.statistic - statistic).abs() < 1e-9 && (test.p - p).abs() < 1e-9, "cause {cause}: {test:?}");
        let swapped = gray_test(&[&b, &a], cause).unwrap().unwrap();
        assert!((swapped.statistic - statistic).abs() < 1e-9, "cause {cause} swapped: {swapped:?}");
    }
    // three groups of twelve with many ties, comprisk 0.8.0
    let times =
        [6, 7, 1, 7, 4, 5, 6, 3, 8, 1, 3, 4, 5, 4, 2, 1, 1, 1, 2, 8, 2, 6, 7, 2, 3, 4, 3, 8, 2, 8, 7, 7, 1, 4, 6, 4]
            .map(f64::from);
    let causes =
        [1, 2, 1, 0, 2, 1, 2, 0, 1, 2, 0, 0, 1, 2, 0, 2, 1, 0, 1, 2, 2, 2, 0, 0, 2, 2, 2, 0, 0, 1, 1, 1, 2, 0, 1, 0];
    let groups: Vec<CompetingRisks> = (0..3).map(|g| risks(&times[g * 12..][..12], &causes[g * 12..][..12])).collect();
    let groups: Vec<&CompetingRisks> = groups.iter().collect();
    for (cause, statistic, p) in [(0, 0.104_054_840_5, 0.949_302_836_4), (1, 0.634_865_241_1, 0.728_015_732_4)] {
        let test = gray_test(&groups, cause).unwrap().unwrap();
        assert_eq!(test.degrees, 2);
        assert!((test.statistic - statistic).abs() < 1e-9 && (test.p - p).abs() < 1e-9, "cause {cause}: {test:?}");
    }
}

#[test]
fn log_rank_as_lifelines() {
    let [a, b] = table_c();
    for (cause, statistic) in [(0, 0.035_156_988_4), (1, 1.989_871_438_1)] {
        let test = log_rank_test(&[&a, &b], cause).unwrap().unwrap();
        assert!((test.statistic - statistic).abs() < 1e-9, "{test:?}");
    }
    // nobody meets the cause: nothing to test
    let none = risks(&[1.0, 2.0], &[0, 0]);
    assert_eq!(log_rank_test(&[&none, &none], 0), Ok(None));
    assert_eq!(gray_test(&[&none, &none], 0), Ok(None));
}

#[test]
fn a_single_cause_is_kaplan_meier() {
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Churn);
    let waits = (0..200).map(|i| Wait { network: i, time: rng.below(30) as f64, cause: rng.chance(0.7).then_some(0) });
    let risks = CompetingRisks::new(waits.collect::<Vec<_>>(), 1).unwrap();
    for ((time, naive), incidence) in risks.naive_one_minus_km_overlay(0).iter().zip(&risks.incidence().by_cause[0]) {
        assert!((naive - incidence).abs() < 1e-12, "at {time}");
    }
}

#[test]
fn without_cut_offs_it_is_the_plain_share() {
    let rng = &mut trial_rng(2, Trial::network(0), Purpose::Churn);
    let waits: Vec<Wait> =
        (0..300).map(|i| Wait { network: i, time: rng.below(40) as f64, cause: Some(rng.below(3)) }).collect();
    let curve = CompetingRisks::new(waits.clone(), 3).unwrap().incidence();
    for cause in 0..3 {
        for time in [0.0, 7.0, 20.5, 40.0] {
            let share = waits.iter().filter(|w| w.cause == Some(cause) && w.time <= time).count() as f64 / 300.0;
            assert!((curve.at(cause, time) - share).abs() < 1e-12);
        }
    }
}

#[test]
fn constant_hazards() {
    // hazards .3, .5 and ln 2/2 a year: F_j = (l_j/L)(1 − e^(−Lt)), and 1 − KM = 1 − e^(−l_j t), 10^4 waits, 3 sigma
    let hazards = [0.3, 0.5, std::f64::consts::LN_2 / 2.0];
    let rng = &mut trial_rng(3, Trial::network(0), Purpose::Churn);
    let waits = (0..10_000).map(|network| {
        let clocks = hazards.map(|h| rng.exponential() / h);
        let cause = (0..3).min_by(|&a, &b| clocks[a].total_cmp(&clocks[b])).unwrap();
        Wait { network, time: clocks[cause].min(4.0), cause: (clocks[cause] < 4.0).then_some(cause as u32) }
    });
    let risks = CompetingRisks::new(waits.collect::<Vec<_>>(), 3).unwrap();
    let curve = risks.incidence();
    // §4.2's printed row at 1 and 2 years
    let want = [[0.1785, 0.2352], [0.2975, 0.3921], [0.2062, 0.2718]];
    for (cause, row) in want.iter().enumerate() {
        for (&share, time) in row.iter().zip([1.0, 2.0]) {
            let got = curve.at(cause as u32, time);
            assert!((got - share).abs() < 3.0 * (share * (1.0 - share) / 1e4).sqrt(), "{cause} at {time}: {got}");
        }
    }
    let naive = risks.naive_one_minus_km_overlay(0);
    let at_two = naive.iter().take_while(|(time, _)| *time <= 2.0).last().unwrap().1;
    assert!((at_two - 0.4512).abs() < 0.025, "{at_two}");
}

#[test]
fn twice_the_rate_is_half_the_median() {
    let rng = &mut trial_rng(4, Trial::network(0), Purpose::Churn);
    let waits: Vec<f64> = (0..2001).map(|_| rng.exponential()).collect();
    let median =
        |rate: f64| median_wait(&kaplan_meier(&waits.iter().map(|w| (w / rate, true)).collect::<Vec<_>>(), 0.95));
    assert_eq!(median(2.0).map(|m| m * 2.0), median(1.0));
}

#[test]
fn bad_waits_are_refused() {
    let refuse = |time, cause| CompetingRisks::new([Wait { network: 0, time, cause }], 2).unwrap_err().to_string();
    assert!(refuse(-1.0, None).starts_with("wait 0 has time -1; times are finite and 0 or more"));
    assert!(refuse(f64::NAN, Some(0)).contains("NaN"));
    assert!(refuse(f64::INFINITY, Some(0)).contains("inf"));
    assert!(refuse(1.0, Some(2)).contains("cause 2, but there are 2"));
    let one = risks(&[1.0], &[1]);
    let empty = risks(&[], &[]);
    assert!(gray_test(&[&one], 0).is_err() && log_rank_test(&[&one, &empty], 0).is_err());
    assert_eq!(empty.incidence().waiting_at(3.0), 1.0);
}
