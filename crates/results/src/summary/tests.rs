use super::*;
use crate::csv;
use crate::takedown::TrialRow;

/// A network of 10 nodes and 8 peers; `sum_largest` varies.
fn trial<'t>(topology: &'t str, treatment: &'t str, network: u64, order: u64, sum_largest: u64) -> TrialRow<'t> {
    TrialRow {
        topology,
        model: "gnm",
        treatment,
        strategy: "random",
        removes: "nodes",
        network,
        order,
        nodes: 10,
        edges: 20,
        peers: 8,
        steps: 10,
        sum_largest,
        sum_reach: 40,
        peak_removed: 6,
        peak_spread: 9,
        set_size: (order == 0).then_some(9),
        reach_start: 8,
        seizures_50: Some(3),
        seizures_10: Some(7),
        removal_cost: "unit",
        ..TrialRow::default()
    }
}

fn find<'a>(rows: &'a [SummaryRow], topology: &str, metric: Metric) -> &'a SummaryRow {
    rows.iter().find(|row| row.topology == topology && row.metric == metric.name()).unwrap()
}

#[test]
fn cells_and_metrics_in_order() {
    let mut trials = Vec::new();
    for network in 0..3 {
        for order in 0..2 {
            for (topology, base) in [("b", 30), ("a", 50)] {
                trials.push(trial(topology, "random", network, order, base + 2 * network + order));
            }
        }
    }
    let rows = summarize(&Table::of(&trials));
    let names: Vec<_> = rows.iter().map(|row| (row.topology.as_str(), row.metric.as_str())).collect();
    let expected: Vec<_> = ["b", "a"].iter().flat_map(|t| Metric::ALL.map(|metric| (*t, metric.name()))).collect();
    assert_eq!(names, expected);

    // network means of R: .305, .325, .345; mean .325, sd of means .02, t(.975, 2) = 4.302653
    let r = find(&rows, "b", Metric::R);
    let near = |got: Option<f64>, want: f64| assert!((got.unwrap() - want).abs() < 1e-7, "{got:?}, not {want}");
    near(r.mean, 0.325);
    near(r.median, 0.325);
    near(r.lo, 0.325 - 4.302652730 * 0.02 / 3f64.sqrt());
    near(r.hi, 0.325 + 4.302652730 * 0.02 / 3f64.sqrt());
    assert_eq!((r.unit.as_str(), r.trials, r.networks, r.missing), ("1", 6, 3, 0));
    let check = |metric, mean: f64, unit: &str| {
        let row = find(&rows, "a", metric);
        near(row.mean, mean);
        assert_eq!(row.unit, unit);
    };
    check(Metric::RCommand, 0.5, "1");
    check(Metric::Threshold, 0.6, "1");
    check(Metric::SetSize, 0.9, "1");
    check(Metric::SetSizeCount, 9.0, "removals");
    check(Metric::Seizures50, 3.0, "removals");
    check(Metric::Seizures10Fraction, 0.7, "1");
    let half = find(&rows, "a", Metric::SetSize);
    assert_eq!((half.trials, half.networks, half.missing), (3, 3, 3));
    assert_eq!((half.lo, half.hi), (Some(0.9), Some(0.9)), "no spread, no width");
}

#[test]
fn what_cannot_be_measured_is_missing() {
    let empty = TrialRow {
        nodes: 0,
        steps: 0,
        peers: 0,
        sum_largest: 0,
        seizures_50: None,
        seizures_10: None,
        set_size: None,
        ..trial("a", "random", 0, 0, 0)
    };
    let rows = summarize(&Table::of(&[empty]));
    for row in &rows {
        assert_eq!((row.mean, row.lo, row.median, row.trials, row.networks, row.missing), (None, None, None, 0, 0, 1));
    }
    let mut file = Vec::new();
    csv::write(&Table::of(&rows), &mut file).unwrap();
    let file = String::from_utf8(file).unwrap();
    assert_eq!(file.lines().nth(1), Some("a,random,r,1,,,,,,0,0,1"));
    assert_eq!(csv::read(file.as_bytes(), &SUMMARY).unwrap().records::<SummaryRow>().collect::<Vec<_>>(), rows);
    // one network: a mean, but no interval
    let rows = summarize(&Table::of(&[trial("a", "random", 0, 0, 30), trial("a", "random", 0, 1, 40)]));
    assert_eq!((rows[0].mean, rows[0].lo, rows[0].hi, rows[0].networks), (Some(0.35), None, None, 1));
}

#[test]
fn differences_are_paired_and_ordered() {
    let mut trials = Vec::new();
    for (topology, base) in [("a", 30), ("b", 40), ("c", 20)] {
        for (treatment, effect) in [("x", 0), ("y", 5)] {
            for network in 0..3 {
                // networks differ wildly, differences hardly
                let value = base + effect + 10 * network + u64::from(topology == "b" && network == 0);
                trials.push(trial(topology, treatment, network, 0, value));
            }
        }
    }
    let rows = differences(&Table::of(&trials));
    let labels: Vec<_> = rows
        .iter()
        .filter(|row| row.metric == "r")
        .map(|row| {
            [&row.topology, &row.treatment, &row.reference_topology, &row.reference_treatment].map(|s| s.as_str())
        })
        .collect();
    let expected = [
        ["b", "x", "a", "x"],
        ["c", "x", "a", "x"],
        ["b", "y", "a", "y"],
        ["c", "y", "a", "y"],
        ["a", "y", "a", "x"],
        ["b", "y", "b", "x"],
        ["c", "y", "c", "x"],
    ];
    assert_eq!(labels, expected);
    assert_eq!(rows.len(), expected.len() * Metric::SHARES.len());
    // differences .11, .10, .10: mean .31/3, sd .01/√3, interval ± t · sd/√3
    let first = &rows[0];
    let near = |got: Option<f64>, want: f64| assert!((got.unwrap() - want).abs() < 1e-9, "{got:?}, not {want}");
    near(first.mean, 0.31 / 3.0);
    near(first.sd, 0.01 / 3f64.sqrt());
    near(first.hi, 0.31 / 3.0 + 4.302652729749462 * 0.01 / 3.0);
    assert_eq!((first.pairs, first.networks, first.missing), (3, 3, 0));

    let table = Table::of(&rows);
    let mut file = Vec::new();
    csv::write(&table, &mut file).unwrap();
    assert_eq!(csv::read(&file[..], &DIFFERENCES).unwrap(), table);
    assert_eq!(table.records::<DifferenceRow>().collect::<Vec<_>>(), rows);
    assert_eq!(differences(&Table::new(&crate::takedown::TRIALS)), []);
}

#[test]
fn the_largest_networks_do_not_overflow() {
    let whole = TrialRow { nodes: 1 << 32, steps: 1 << 32, ..trial("a", "x", 0, 0, 1 << 62) };
    assert_eq!(Metric::R.of(&whole), Some(0.25));
}
