use super::*;
use crate::statistics::student_t_quantile;
use crate::test_rows::*;
use crate::{Table, differences};

/// Networks that differ wildly, and treatments that differ hardly: `y` is .05 more than `x`, with noise of .01; `z` as `x`.
fn observations() -> Observations {
    let noise = [0.010, -0.004, 0.003, -0.009, 0.005, -0.005, 0.002, -0.002];
    let mut trials = Vec::new();
    for (treatment, effect) in [("x", 0.0), ("y", 0.05), ("z", 0.0)] {
        for (network, noise) in (0..).zip(noise) {
            let noise = if treatment == "x" { 0.0 } else { noise };
            let value = 0.2 + 0.1 * network as f64 + effect + noise;
            let row = trial(["a", treatment], network, 0, value);
            trials.push(TrialRow { over: (1000.0 * value) as u64, under: 500, ..row });
        }
    }
    Observations::of(&[&METRICS], &[Table::of(&trials)])
}

fn question(treatments: &[&str], comparison: Comparison, needs: Needs) -> Question {
    let cells = treatments.iter().map(|t| ["a".to_string(), (*t).to_string()]).collect();
    Question { cells, comparison, metric: "r".into(), at: None, needs }
}

const MORE: Needs = Needs { least: Some(0.0), most: None, strict: true, apart: None };
const LESS: Needs = Needs { least: None, most: Some(0.0), strict: true, apart: None };
fn within(margin: f64) -> Needs {
    Needs { least: Some(-margin), most: Some(margin), strict: false, apart: None }
}
fn at_least(x: f64) -> Needs {
    Needs { least: Some(x), most: None, strict: false, apart: None }
}

fn one(question: Question) -> Answer {
    answers(&observations(), &[question])[0]
}

#[test]
fn a_verdict_compares_what_its_sentence_compares() {
    use Comparison::{Difference, Slope, Steps, Value};
    let check = |treatments: &[&str], comparison, needs, want| {
        let got = one(question(treatments, comparison, needs));
        assert_eq!(got.verdict, want, "{treatments:?} {comparison:?} {needs:?}: {got:?}");
    };
    check(&["y", "x"], Difference, MORE, Verdict::Holds);
    check(&["y", "x"], Difference, LESS, Verdict::Fails);
    check(&["z", "x"], Difference, MORE, Verdict::Undecided);
    check(&["z", "x"], Difference, within(0.02), Verdict::Holds);
    check(&["y", "x"], Difference, within(0.02), Verdict::Fails);
    check(&["z", "x"], Difference, within(0.001), Verdict::Undecided);
    check(&["x", "x"], Difference, MORE, Verdict::Fails); // nothing is more than itself
    check(&["x", "y", "z"], Steps, MORE, Verdict::Fails);
    check(&["x", "y"], Steps, MORE, Verdict::Holds);
    check(&["x", "z", "y"], Steps, MORE, Verdict::Undecided);
    check(&["x", "z", "y"], Slope, MORE, Verdict::Holds);
    // unpaired, the networks drown the difference: x by itself is .55 ± .2
    check(&["x"], Value, at_least(0.5), Verdict::Undecided);
    check(&["x"], Value, at_least(0.1), Verdict::Holds);
    check(&["x"], Value, at_least(1.9), Verdict::Fails);
    check(&["x"], Value, Needs::default(), Verdict::Unjudged);
    check(&["nobody"], Value, MORE, Verdict::Unjudged);
}

#[test]
fn differences_are_those_of_the_table() {
    let table = differences::differences(&observations());
    for metric in ["r", "quotient"] {
        let row = table.iter().find(|row| row.treatment == "y" && row.metric == metric).unwrap();
        let got = one(Question { metric: metric.into(), ..question(&["y", "x"], Comparison::Difference, MORE) });
        let interval = got.interval.unwrap();
        let near = |got: f64, want: Option<f64>| assert!((got - want.unwrap()).abs() < 1e-12, "{got}, not {want:?}");
        near(got.value.unwrap(), row.mean);
        near(interval.lo, row.lo);
        near(interval.hi, row.hi);
        // the level at which the interval touches 0 is the p-value of the two-sided test
        let (p, want) = (got.p.unwrap(), row.p.unwrap());
        assert!((p / want - 1.0).abs() < 1e-6, "{p}, not {want}");
    }
}

#[test]
fn the_ends_of_a_ratio_are_where_the_weighted_difference_is_in_doubt() {
    let question = question(&["y", "x"], Comparison::Ratio, at_least(1.0));
    let got = one(question);
    let interval = got.interval.unwrap();
    assert!((got.value.unwrap() - 0.6 / 0.55).abs() < 1e-12, "{got:?}");
    assert_eq!(got.verdict, Verdict::Holds);
    // y − R x of every network, by hand: its interval ends at 0
    let noise = [0.010, -0.004, 0.003, -0.009, 0.005, -0.005, 0.002, -0.002];
    for end in [interval.lo, interval.hi] {
        let values: Vec<f64> = (0..8)
            .map(|i| {
                let x = 0.2 + 0.1 * f64::from(i);
                x + 0.05 + noise[i as usize] - end * x
            })
            .collect();
        let mean = values.iter().sum::<f64>() / 8.0;
        let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 7.0).sqrt();
        let t = mean / (sd / 8f64.sqrt());
        assert!((t.abs() - student_t_quantile(0.975, 7)).abs() < 1e-6, "{t}");
    }
}

#[test]
fn many_sentences_are_judged_together() {
    // p is about .003 alone; among a hundred questions that say nothing it decides nothing
    let observations = observations();
    let alone = question(&["y", "x"], Comparison::Difference, at_least(0.041));
    let p = answers(&observations, std::slice::from_ref(&alone))[0].p.unwrap();
    assert!(p > 0.05 / 100.0 && p < 0.05, "{p}");
    let mut all = vec![question(&["z", "x"], Comparison::Difference, MORE); 100];
    all.push(alone);
    let answers = answers(&observations, &all);
    assert_eq!(answers[100].verdict, Verdict::Undecided);
    assert!((answers[100].p_holm.unwrap() - 101.0 * p).abs() < 1e-9 || answers[100].p_holm == Some(1.0));
    assert_eq!(Verdict::named(Verdict::Undecided.name()), Some(Verdict::Undecided));
}
