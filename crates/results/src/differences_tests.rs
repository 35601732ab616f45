use super::*;
use crate::summary::SummaryRow;
use crate::test_rows::*;
use crate::{Table, csv};

fn rows(trials: &[TrialRow<'_>]) -> Vec<DifferenceRow> {
    differences(&Observations::of(&[&METRICS], &[Table::of(trials)]))
}

#[test]
fn differences_are_paired_and_ordered() {
    let mut trials = Vec::new();
    for (topology, base) in [("a", 30), ("b", 40), ("c", 20)] {
        for (treatment, effect) in [("x", 0), ("y", 5)] {
            for network in 0..3 {
                // networks differ wildly, differences hardly
                let value = base + effect + 10 * network + u64::from(topology == "b" && network == 0);
                let row = trial([topology, treatment], network, 0, value as f64 / 100.0);
                trials.push(TrialRow { over: value, under: 100 + network, ..row });
            }
        }
    }
    let rows = rows(&trials);
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
    assert!(rows.iter().all(|row| row.metric != "days" && row.metric != "second_only"), "not compared");
    assert_eq!(rows.len(), expected.len() * 4);
    // differences .11, .10, .10: mean .31/3, sd .01/√3, interval ± t · sd/√3
    let first = &rows[0];
    let near = |got: Option<f64>, want: f64| assert!((got.unwrap() - want).abs() < 1e-9, "{got:?}, not {want}");
    near(first.mean, 0.31 / 3.0);
    near(first.sd, 0.01 / 3f64.sqrt());
    near(first.hi, 0.31 / 3.0 + 4.302652729749462 * 0.01 / 3.0);
    assert_eq!((first.pairs, first.networks, first.missing), (3, 3, 0));
    // seven comparisons of this metric: t(1 − .025/7, 2) = 11.768678, p of t = 31 with 2 degrees
    near(first.hi_all, 0.31 / 3.0 + T_SEVEN * 0.01 / 3.0);
    let t: f64 = 31.0;
    near(first.p, 1.0 - t / (2.0 + t * t).sqrt());
    // five of the other six are (but for rounding) the same in every pair; that of b under y is just like this one
    near(first.p_holm, 2.0 * first.p.unwrap());

    let table = Table::of(&rows);
    let mut file = Vec::new();
    csv::write(&table, &mut file).unwrap();
    assert_eq!(csv::read(&file[..], &DIFFERENCES).unwrap(), table);
    assert_eq!(table.records::<DifferenceRow>().collect::<Vec<_>>(), rows);
    assert_eq!(super::tests::rows(&[]), []);
}
const T_SEVEN: f64 = 11.768_678_435_351_006;

#[test]
fn totals_are_differences_of_summaries() {
    let trials: Vec<_> = [("a", [3, 9, 4], [1, 2, 7]), ("b", [8, 8, 1], [5, 4, 3])]
        .into_iter()
        .flat_map(|(topology, over, under)| {
            (0..3).map(move |i| {
                let row = trial([topology, "x"], i as u64, 0, 0.5);
                TrialRow { over: over[i], under: under[i], ..row }
            })
        })
        .collect();
    let observations = Observations::of(&[&METRICS], &[Table::of(&trials)]);
    let means: Vec<SummaryRow> =
        crate::summary::summarize(&observations).into_iter().filter(|r| r.is(&QUOTIENT.info)).collect();
    let row = differences(&observations).into_iter().find(|r| r.metric == "quotient").unwrap();
    let want = means[1].mean.unwrap() - means[0].mean.unwrap();
    assert!((row.mean.unwrap() - want).abs() < 1e-15 && row.pairs == 3 && row.lo < row.mean && row.lo_all == row.lo);
}

/// On one network, pairs are by order, and so are intervals.
#[test]
fn of_one_network_differences_are_by_order() {
    let mut trials = Vec::new();
    for (treatment, values) in [("x", [0.10, 0.30, 0.20]), ("y", [0.21, 0.40, 0.30])] {
        for (order, value) in (0..).zip(values) {
            let row = trial(["a", treatment], 0, order, value);
            trials.push(TrialRow { over: 5 + order, under: 9 - order * u64::from(treatment == "y"), ..row });
        }
    }
    let one = rows(&trials);
    // differences .11, .10, .10 as above
    let near = |got: Option<f64>, want: f64| assert!((got.unwrap() - want).abs() < 1e-9, "{got:?}, not {want}");
    near(one[0].mean, 0.31 / 3.0);
    near(one[0].lo, 0.31 / 3.0 - 4.302652729749462 * 0.01 / 3.0);
    assert_eq!((one[0].pairs, one[0].networks, one[0].missing), (3, 1, 0));
    assert!(one.iter().any(|row| row.metric == "quotient" && row.lo < row.mean));
    // as if each order were a network of its own
    let own: Vec<_> = trials.iter().map(|t| TrialRow { network: t.order, order: 0, ..t.clone() }).collect();
    for (one, many) in one.iter().zip(&rows(&own)) {
        assert_eq!(*one, DifferenceRow { networks: 1, ..many.clone() });
    }
}
