//! Statistics: intervals that cover what they say, tests against tables of other programs.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, statistic};
use hydranet_results::statistics::{
    Clustered, CompetingRisks, Resampling, Wait, gray_test, kaplan_meier, kaplan_meier_clustered, median, paired,
    ratio_estimate, student_t_interval, student_t_quantile, wilson_interval,
};
use hydranet_topology::{Draw, Purpose, TrialRng};

fn normal(rng: &mut TrialRng) -> f64 {
    let radius = (-2.0 * libm::log(1.0 - rng.unit())).sqrt();
    radius * libm::cos(2.0 * std::f64::consts::PI * rng.unit())
}

pub(super) fn rows(book: &mut Book) {
    coverage(book);
    stated(book);
    tables(book);
}

/// A row of coverage: each replicate draws a sample and asks whether the 95 % interval holds the truth.
fn covers(
    book: &mut Book,
    (name, feature): (&str, &'static str),
    allowance: Allowance,
    reference: f64,
    holds: impl Fn(&mut TrialRng) -> bool + Send + Sync + 'static,
) {
    let numbers = book.run(book.pick(2000, 10_000), move |draws| {
        vec![f64::from(u8::from(holds(&mut draws.rng(Purpose::Measure)))), 1.0]
    });
    book.row(format!("{name}: coverage of the 95 % interval"), [statistic(feature)], Evidence::ClosedForm, "its level")
        .allow(allowance)
        .share(numbers, (0, 1), reference);
}

fn coverage(book: &mut Book) {
    covers(book, ("mean of 8 normal values", "interval: mean"), Allowance::None, 0.95, |rng| {
        let values: Vec<f64> = (0..8).map(|_| 3.0 + normal(rng)).collect();
        student_t_interval(&values, 0.95).is_some_and(|i| i.contains(3.0))
    });
    covers(book, ("mean over 12 networks of 5 orders", "interval: clustered mean"), Allowance::None, 0.95, |rng| {
        let mut values = Vec::new();
        for network in 0..12 {
            let shift = normal(rng);
            values.extend((0..5).map(|_| (network, shift + 0.5 * normal(rng))));
        }
        Clustered::new(values).ok().and_then(|c| c.mean_interval(0.95)).is_some_and(|i| i.contains(0.0))
    });
    covers(book, ("paired difference of 10 trials", "interval: paired difference"), Allowance::None, 0.95, |rng| {
        let shared: Vec<f64> = (0..10).map(|_| 4.0 * normal(rng)).collect();
        let mut side = |shift: f64| -> Vec<((u64, u64), Option<f64>)> {
            (0u64..).zip(&shared).map(|(i, x)| ((i, 0), Some(x + shift + normal(rng)))).collect()
        };
        let [measured, reference] = [side(1.0), side(0.0)];
        paired(measured, reference)
            .ok()
            .and_then(|pairs| pairs.differences.mean_interval(0.95))
            .is_some_and(|i| i.contains(1.0))
    });
    // the score interval's coverage is a sum over the binomial law: no simulation is needed for the truth
    for (n, p) in [(30u64, 0.2), (30, 0.03)] {
        let mut weight = libm::pow(1.0 - p, n as f64);
        let mut truth = 0.0;
        for k in 0..=n {
            // Wilson: |p̂ − p| ≤ z √(p(1 − p)/n)
            let z = (k as f64 / n as f64 - p).abs() / (p * (1.0 - p) / n as f64).sqrt();
            truth += if z <= 1.959_963_984_540_054 { weight } else { 0.0 };
            weight *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
        }
        covers(
            book,
            (&format!("share of {n} draws, p = {p}"), "interval: share"),
            Allowance::None,
            truth,
            move |rng| {
                let hits = (0..n).filter(|_| rng.chance(p)).count() as u64;
                wilson_interval(hits, n, 0.95).is_some_and(|i| i.contains(p))
            },
        );
    }
    // without cut-offs 40 lives at their median are a binomial share: its law says how often each curve comes
    let [n, z] = [40.0, 1.959_963_984_540_054];
    let mut weight = libm::exp2(-n);
    let mut truth = 0.0;
    for left in 0..=40u32 {
        let share = f64::from(left) / n;
        // Greenwood's sum is (1 − S)/(S n) without cut-offs; on the complementary log-log scale, none at 0 and 1
        let half = z * ((1.0 - share) / (share * n)).sqrt() / libm::log(share).abs();
        let [lo, hi] = [half, -half].map(|h| libm::pow(share, libm::exp(h)));
        truth += if left > 0 && left < 40 && lo <= 0.5 && 0.5 <= hi { weight } else { 0.0 };
        weight *= (n - f64::from(left)) / (f64::from(left) + 1.0);
    }
    covers(
        book,
        ("Kaplan–Meier of 40 lives at the median", "interval: Kaplan–Meier"),
        Allowance::None,
        truth,
        |rng| {
            let waits: Vec<(f64, bool)> = (0..40).map(|_| (-libm::log(1.0 - rng.unit()), true)).collect();
            let curve = kaplan_meier(&waits, 0.95);
            let last = curve.iter().take_while(|s| s.time <= std::f64::consts::LN_2).last();
            last.and_then(|s| s.interval).is_some_and(|i| i.contains(0.5))
        },
    );
}

/// Intervals whose law has no closed form: what the guide states of them is that they cover the truth in 93 to 97 % of experiments of
/// 30 networks or more.
fn stated(book: &mut Book) {
    let band = || Allowance::bound(0.02, "stated: 93 to 97 %");
    // each network has a share of its own, uniform on (0, 0.6)
    covers(book, ("share over 40 networks of 6 trials", "interval: clustered share"), band(), 0.95, |rng| {
        let mut values = Vec::new();
        for network in 0..40 {
            let share = 0.6 * rng.unit();
            values.extend((0..6).map(|_| (network, f64::from(u8::from(rng.chance(share))))));
        }
        Clustered::new(values).ok().and_then(|c| c.share_interval(0.95)).is_some_and(|i| i.contains(0.3))
    });
    // numerator and denominator both vary with the network, and go together
    covers(
        book,
        ("total over total of 40 networks of 3 trials", "interval: quotient of totals"),
        band(),
        0.95,
        |rng| {
            let mut trials = Vec::new();
            for network in 0..40 {
                let size = 1.0 + rng.unit();
                for _ in 0..3 {
                    let under = size * (1.0 + rng.unit());
                    trials.push((network, 2.0 * under + normal(rng), under));
                }
            }
            let estimate = ratio_estimate(trials, 0.95);
            estimate.and_then(|e| e.lo.zip(e.hi)).is_some_and(|(lo, hi)| lo <= 2.0 && 2.0 <= hi)
        },
    );
    covers(book, ("bootstrap of the median of 60 networks", "interval: bootstrap (BCa)"), band(), 0.95, |rng| {
        let values = (0..60).map(|network| (network, -libm::log(1.0 - rng.unit()))).collect::<Vec<_>>();
        let resampling = Resampling { resamples: 400, level: 0.95 };
        let median = |values: &[f64]| median(values).unwrap_or(f64::NAN);
        let interval =
            Clustered::new(values).ok().and_then(|c| c.bca_interval(median, resampling, &mut |b| rng.below(b)));
        interval.is_some_and(|i| i.contains(std::f64::consts::LN_2))
    });
    // lives on one network share a hazard, .5 or 1.5, and end at 2 at the latest: S(1) = (e^−.5 + e^−1.5)/2
    let left = (libm::exp(-0.5) + libm::exp(-1.5)) / 2.0;
    covers(book, ("Kaplan–Meier by 40 networks of 4 lives", "interval: Kaplan–Meier"), band(), 0.95, move |rng| {
        let mut waits = Vec::new();
        for network in 0..40 {
            let hazard = if rng.chance(0.5) { 0.5 } else { 1.5 };
            for _ in 0..4 {
                let (life, cut) = (-libm::log(1.0 - rng.unit()) / hazard, 2.0 * rng.unit());
                waits.push((network, life.min(cut), life <= cut));
            }
        }
        let curve = kaplan_meier_clustered(&waits, 0.95);
        let last = curve.iter().take_while(|s| s.time <= 1.0).last();
        last.and_then(|s| s.interval).is_some_and(|i| i.contains(left))
    });
}

fn tables(book: &mut Book) {
    book.exact(
        &[statistic("interval: mean")],
        (Evidence::Published, "tables of Student's t"),
        Allowance::printed(3),
        &[("t(.975) with 1 degree", 12.706), ("with 4", 2.776), ("with 29", 2.045), ("t(.995) with 9", 3.250)],
        |_| {
            vec![
                student_t_quantile(0.975, 1),
                student_t_quantile(0.975, 4),
                student_t_quantile(0.975, 29),
                student_t_quantile(0.995, 9),
            ]
        },
    );
    let waits = |times: &[f64], causes: &[u32]| -> CompetingRisks {
        let waits = times.iter().zip(causes).enumerate().map(|(i, (time, cause))| Wait {
            network: i as u64,
            time: *time,
            cause: if *cause == 0 { None } else { Some(cause - 1) },
        });
        CompetingRisks::new(waits, 2).expect("waits")
    };
    let numbers = book.run(1, move |_| {
        let times: Vec<f64> = (1..=10).map(f64::from).collect();
        let incidence = waits(&times, &[1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).incidence();
        let a = waits(&[2.0, 3.0, 5.0, 6.0, 8.0, 9.0, 11.0, 12.0, 14.0, 15.0], &[1, 2, 1, 0, 1, 1, 2, 0, 1, 2]);
        let b = waits(&[1.0, 2.5, 4.0, 4.5, 7.0, 7.5, 10.0, 10.5, 13.0, 13.5], &[2, 2, 1, 2, 1, 2, 0, 2, 1, 0]);
        let gray = gray_test(&[&a, &b], 0).expect("groups").expect("a test");
        vec![
            incidence.at(0, 1.0),
            incidence.at(0, 3.0),
            incidence.at(0, 5.0),
            incidence.at(0, 8.0),
            incidence.at(1, 3.0),
            incidence.at(1, 8.0),
            incidence.at(1, 10.0),
            incidence.waiting_at(10.0),
            gray.statistic,
            gray.p,
        ]
    });
    let source = "lifelines, scikit-survival, R cmprsk";
    for (i, (what, want)) in [
        ("cause 1 by 1", 0.1),
        ("cause 1 by 3", 0.2),
        ("cause 1 by 5", 0.316_667),
        ("cause 1 by 8", 0.472_222),
        ("cause 2 by 3", 0.1),
        ("cause 2 by 8", 0.216_667),
        ("cause 2 by 10", 0.372_222),
        ("still waiting at 10", 0.155_556),
    ]
    .into_iter()
    .enumerate()
    {
        book.row(format!("ten waits, two causes: {what}"), [statistic("competing risks")], Evidence::Oracle, source)
            .allow(Allowance::printed(6))
            .exact(numbers, i, want);
    }
    for (i, (what, want)) in [("statistic", 0.403_086_6), ("p", 0.525_499_5)].into_iter().enumerate() {
        book.row(
            format!("Gray's test of two groups of ten, cause 1: {what}"),
            [statistic("Gray's test")],
            Evidence::Oracle,
            "R cmprsk, comprisk",
        )
        .allow(Allowance::printed(7))
        .exact(numbers, 8 + i, want);
    }
}
