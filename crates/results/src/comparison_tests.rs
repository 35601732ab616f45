use super::*;
use crate::Table;
use crate::summary::summarize;
use crate::test_rows::*;

fn run(shift: f64, topologies: &[&'static str]) -> Observations {
    let mut trials = Vec::new();
    for topology in topologies {
        // networks differ wildly, the two runs by the shift alone
        trials.extend((0..4).map(|network| trial([topology, "x"], network, 0, network as f64 / 10.0 + shift)));
    }
    Observations::of(&[&METRICS], &[Table::of(&trials)])
}

fn find<'r>(rows: &'r [ComparisonRow], topology: &str, metric: &str) -> &'r ComparisonRow {
    rows.iter().find(|row| row.topology == topology && row.metric == metric).unwrap()
}

#[test]
fn what_trials_share_cancels() {
    let [first, second] = [run(0.0, &["a", "b"]), run(0.01, &["b", "c"])];
    let [a, b] = [&first, &second].map(summarize);
    let rows = compare([&a, &b], Some([&first, &second]));
    assert!(rows.iter().all(|row| row.topology == "b"), "cells of one run alone are left out");
    let r = find(&rows, "b", "r");
    assert!((r.difference.unwrap() - 0.01).abs() < 1e-12 && r.hi.unwrap() - r.lo.unwrap() < 1e-9, "{r:?}");
    assert!(r.moved() && r.pairs == 4 && (r.first.unwrap() - 0.15).abs() < 1e-12);
    let same = find(&rows, "b", "quotient");
    assert_eq!((same.difference, same.p, same.moved()), (Some(0.0), Some(1.0), false));
    let days = find(&rows, "b", "days");
    assert_eq!((days.difference, days.lo, days.pairs), (Some(0.0), None, 0), "medians of waits have no interval here");
}

/// Both means have the standard error sd/√n = .0645…; by Welch's formula the difference has √2 times it.
#[test]
fn without_rows_intervals_are_independent() {
    let [a, b] = [run(0.0, &["a"]), run(0.01, &["a"])].map(|run| summarize(&run));
    let rows = compare([&a, &b], None);
    let r = find(&rows, "a", "r");
    let error = (0.05f64 / 3.0 / 4.0 * 2.0).sqrt();
    // t(.975, 3)
    let half = 3.182446305284263 * error;
    assert!((r.hi.unwrap() - 0.01 - half).abs() < 1e-9 && (r.lo.unwrap() - 0.01 + half).abs() < 1e-9, "{r:?}");
    assert!(!r.moved() && r.pairs == 0 && r.p.unwrap() > 0.9);
    assert!(rows.iter().all(|row| row.p_holm >= row.p), "adjusted over all rows");
}

/// Two of five trials have a value in both: the few are chosen, and say nothing of the rest.
#[test]
fn too_few_pairs_say_nothing() {
    let run = |shift: f64| {
        let value = |network: u64| (network < 2).then_some(network as f64 / 10.0 + shift);
        let trials: Vec<_> = (0..5).map(|network| trial(["a", "x"], network, 0, value(network))).collect();
        Observations::of(&[&MOSTLY], &[Table::of(&trials)])
    };
    let [first, second] = [run(0.0), run(0.1)];
    let [a, b] = [&first, &second].map(summarize);
    let rows = compare([&a, &b], Some([&first, &second]));
    assert_eq!((rows[0].difference, rows[0].p, rows[0].pairs), (None, None, 0), "{rows:?}");
}

static MOSTLY: crate::MetricTable<TrialRow<'static>> = crate::MetricTable::along("removed share", &[&OF_MOST]);
