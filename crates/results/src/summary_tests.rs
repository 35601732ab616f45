use super::*;
use crate::test_rows::*;
use crate::{Metric, MetricTable, Observations, Table, csv};

fn rows(trials: &[TrialRow<'_>]) -> Vec<SummaryRow> {
    summarize(&Observations::of(&[&METRICS], &[Table::of(trials)]))
}

fn find<'a>(rows: &'a [SummaryRow], topology: &str, metric: &Metric<TrialRow<'static>>) -> &'a SummaryRow {
    rows.iter().find(|row| row.topology == topology && row.is(&metric.info)).unwrap()
}

fn near(got: Option<f64>, want: f64) {
    assert!((got.unwrap() - want).abs() < 1e-7, "{got:?}, not {want}");
}

#[test]
fn cells_metrics_and_places_in_order() {
    let mut trials = Vec::new();
    for network in 0..3 {
        for order in 0..2 {
            for (topology, base) in [("b", 0.30), ("a", 0.50)] {
                for point in 0..2 {
                    let value = base + 0.02 * network as f64 + 0.01 * order as f64;
                    trials.push(TrialRow { point, ..trial([topology, "random"], network, order, value) });
                }
            }
        }
    }
    let rows = rows(&trials);
    let names: Vec<_> = rows.iter().map(|r| (r.topology.as_str(), r.metric.as_str(), r.point.unwrap())).collect();
    let both = ["r", "bounded", "yes", "quotient", "days"];
    let expected: Vec<_> = ["b", "a"]
        .iter()
        .flat_map(|t| both.iter().flat_map(move |m| [(*t, *m, 0), (*t, *m, 1)]).chain([(*t, "second_only", 1)]))
        .collect();
    assert_eq!(names, expected);

    // network means of R: .305, .325, .345; mean .325, sd of means .02, t(.975, 2) = 4.302653
    let r = find(&rows, "b", &R);
    near(r.mean, 0.325);
    near(r.median, 0.325);
    near(r.lo, 0.325 - 4.302652730 * 0.02 / 3f64.sqrt());
    near(r.hi, 0.325 + 4.302652730 * 0.02 / 3f64.sqrt());
    assert_eq!((r.unit.as_str(), r.trials, r.networks, r.missing), ("1", 6, 3, 0));
    assert_eq!((r.axis.as_str(), r.at, r.expected), ("removed share", Some(0.0), Some(0.0)));
    let r = rows.iter().find(|r| r.topology == "b" && r.is(&R.info) && r.point == Some(1)).unwrap();
    assert_eq!((r.at, r.expected), (Some(0.1), Some(1.0)));
    assert_eq!(find(&rows, "a", &YES).mean, Some(1.0));
    near(find(&rows, "a", &QUOTIENT).mean, 0.75);
}

#[test]
fn intervals_stay_inside_of_what_is_possible() {
    // two networks: t with one degree reaches far beyond 0 and 0.5
    let rows = rows(&[trial(["a", "x"], 0, 0, 0.05), trial(["a", "x"], 1, 0, 0.35)]);
    let plain = find(&rows, "a", &R);
    assert!(plain.lo < Some(0.0) && plain.hi > Some(0.5));
    let bounded = find(&rows, "a", &BOUNDED);
    assert_eq!(bounded.mean, plain.mean);
    assert!(bounded.lo > Some(0.0) && bounded.hi < Some(0.5), "{bounded:?}");
    // and are Student's where there is room
    let rows =
        super::tests::rows(&(0..20).map(|g| trial(["a", "x"], g, 0, 0.25 + 1e-3 * (g % 2) as f64)).collect::<Vec<_>>());
    let (plain, bounded) = (find(&rows, "a", &R), find(&rows, "a", &BOUNDED));
    let width = plain.hi.unwrap() - plain.lo.unwrap();
    assert!((plain.lo.unwrap() - bounded.lo.unwrap()).abs() < 1e-3 * width, "{plain:?} {bounded:?}");
}

#[test]
fn what_cannot_be_measured_is_missing() {
    let all = rows(&[trial(["a", "random"], 0, 0, None)]);
    let row = find(&all, "a", &R);
    assert_eq!((row.mean, row.lo, row.median, row.trials, row.networks, row.missing), (None, None, None, 0, 0, 1));
    let mut file = Vec::new();
    csv::write(&Table::of(&all), &mut file).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert_eq!(text.lines().nth(1), Some("a,random,r,removed share,0,0.0,1,,,,,,0.0,0,0,1"));
    assert_eq!(csv::read(text.as_bytes(), &SUMMARY).unwrap().records::<SummaryRow>().collect::<Vec<_>>(), all);
    // one trial, or a cell with one of two networks: a mean, but no interval, and `precision` is not reached
    let trials = [trial(["a", "x"], 0, 0, 0.3), trial(["a", "x"], 0, 1, 0.4), trial(["b", "x"], 1, 0, 0.4)];
    for trials in [&trials[..1], &trials] {
        let all = rows(trials);
        assert_eq!((all[0].lo, all[0].hi, all[0].networks), (None, None, 1));
        assert_eq!(widest(&Observations::of(&[&METRICS], &[Table::of(trials)])), f64::INFINITY);
    }
    assert_eq!(rows(&trials)[0].mean, Some(0.35));
    let wide = widest(&Observations::of(&[&METRICS], &[Table::of(&[trials[0].clone(), trial(["a", "x"], 1, 0, 0.4)])]));
    assert!((wide - 12.706204736 * 0.05).abs() < 1e-8, "{wide}");
}

#[test]
fn totals_and_waits() {
    let all = rows(&[
        TrialRow { over: 10, under: 1, ..trial(["a", "x"], 0, 0, 0.1) },
        TrialRow { over: 20, under: 3, ..trial(["a", "x"], 1, 0, 0.1) },
        TrialRow { over: 40, under: 0, ..trial(["a", "x"], 2, 0, 0.1) },
    ]);
    let total = find(&all, "a", &QUOTIENT);
    assert_eq!(
        (total.mean, total.trials, total.missing),
        (Some(17.5), 3, 0),
        "70 by 4: what has nothing below counts above"
    );
    let none = rows(&[TrialRow { over: 0, under: 0, ..trial(["a", "x"], 0, 0, 0.1) }]);
    let none = find(&none, "a", &QUOTIENT);
    assert_eq!((none.mean, none.trials, none.missing), (None, 0, 1), "nothing to measure");
    let days = find(&all, "a", &DAYS);
    // two of three ended, at 10 and 20; at 20 a third is left
    assert_eq!((days.mean, days.median, days.trials, days.missing), (None, Some(20.0), 3, 1));
}

/// What every trial answers alike has an interval, of the networks.
#[test]
fn yes_and_no_where_all_agree() {
    let z2 = 1.959963985f64.powi(2);
    for value in [0.0, 1.0] {
        let one_each: Vec<_> = (0..4).map(|i| trial(["a", "x"], i, 0, value)).collect();
        let two_each: Vec<_> = (0..8).map(|i| trial(["a", "x"], i / 2, i % 2, value)).collect();
        for trials in [one_each, two_each] {
            let all = rows(&trials);
            let yes = find(&all, "a", &YES);
            // Wilson, none or all of 4: z²/(4 + z²) away
            let [near_end, far_end] = if value == 0.0 { [yes.lo, yes.hi] } else { [yes.hi, yes.lo] };
            near(near_end, value);
            near(far_end.map(|x| (x - value).abs()), z2 / (4.0 + z2));
        }
    }
}

/// Where no draw of any trial is a yes, it is known of so many draws and no more.
#[test]
fn a_share_of_draws_that_is_never_or_always() {
    let of = |yes: [u64; 3], draws: u64| {
        let trials = (0..3).map(|i| TrialRow { over: yes[i], under: draws, ..trial(["a", "x"], i as u64, 0, 0.5) });
        static DRAWS: MetricTable<TrialRow<'static>> = MetricTable::along("removed share", &[&DRAWN]);
        summarize(&Observations::of(&[&DRAWS], &[Table::of(&trials.collect::<Vec<_>>())])).remove(0)
    };
    let z2 = 1.959963985f64.powi(2);
    for draws in [10, 1000] {
        // Wilson, none of n: 0 to z²/(n + z²)
        let width = z2 / (3.0 * draws as f64 + z2);
        let (none, all) = (of([0; 3], draws), of([draws; 3], draws));
        near(none.lo, 0.0);
        near(none.hi, width);
        near(all.lo, 1.0 - width);
        near(all.hi, 1.0);
    }
    // elsewhere the networks are what varies
    let some = of([0, 1, 2], 10);
    let shares = crate::statistics::Clustered::new([(0, 0.0), (1, 0.1), (2, 0.2)]).unwrap();
    assert_eq!(some.interval(), shares.share_interval(0.95).map(|i| (i.lo, i.hi)));
}

/// On one network, orders are what is independent: Student's interval of their values, Wilson's of yes and no.
#[test]
fn of_one_network_orders_are_independent() {
    let values = [0.29, 0.31, 0.36, 0.28];
    // whatever the number of the network is; and the same values on networks of their own give the same interval
    let of = |number: &dyn Fn(u64) -> (u64, u64)| {
        let trials = (0..4).map(|i| {
            let (network, order) = number(i);
            let row = trial(["a", "x"], network, order, values[i as usize]);
            TrialRow { over: 2 * i + 1, under: i + 3, ..row }
        });
        rows(&trials.collect::<Vec<_>>())
    };
    let orders = of(&|i| (3, i));
    let r = find(&orders, "a", &R);
    // mean .31, sum of squares .0038, t(.975, 3) = 3.182446
    near(r.mean, 0.31);
    near(r.lo, 0.31 - 3.182446305 * (0.0038f64 / 3.0 / 4.0).sqrt());
    near(r.hi, 0.31 + 3.182446305 * (0.0038f64 / 3.0 / 4.0).sqrt());
    assert_eq!((r.trials, r.networks), (4, 1));
    // Wilson, 2 of 4: 1/2 ± z √(1/16 + z²/64) / (1 + z²/4)
    let (yes, z) = (find(&orders, "a", &YES), 1.959963985f64);
    near(yes.mean, 0.5);
    near(yes.hi, 0.5 + z * (1.0 / 16.0 + z * z / 64.0).sqrt() / (1.0 + z * z / 4.0));
    let networks = of(&|i| (i, 0));
    assert_eq!(orders.len(), networks.len());
    for (one, many) in orders.iter().zip(&networks) {
        let own = if one.networks == 0 { 0 } else { 1 };
        assert_eq!(*one, SummaryRow { networks: own, ..many.clone() });
    }
    // one more network anywhere in the experiment, and networks are what counts
    let mixed = rows(&[trial(["a", "x"], 0, 0, 0.3), trial(["a", "x"], 0, 1, 0.4), trial(["b", "x"], 1, 0, 0.4)]);
    assert_eq!(find(&mixed, "a", &R).interval(), None);
}

/// A mean of a chosen few is not that of the cell: it is told where more than half of the trials have a value.
#[test]
fn a_metric_of_most_trials() {
    let mean = |values: [Option<f64>; 4]| {
        let trials = (0..4).map(|i| trial(["a", "x"], i as u64, 0, values[i]));
        static MOST: MetricTable<TrialRow<'static>> = MetricTable::along("removed share", &[&OF_MOST]);
        let row = summarize(&Observations::of(&[&MOST], &[Table::of(&trials.collect::<Vec<_>>())])).remove(0);
        (row.mean, row.lo.is_some(), row.trials, row.missing)
    };
    assert_eq!(mean([Some(0.5), Some(0.5), Some(0.5), None]), (Some(0.5), true, 3, 1));
    assert_eq!(mean([Some(0.5), Some(0.5), None, None]), (None, false, 2, 2));
    assert_eq!(mean([None; 4]), (None, false, 0, 4));
}
