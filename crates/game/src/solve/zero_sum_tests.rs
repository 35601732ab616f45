use super::*;
use crate::classic::blotto;
use crate::{Matrix, nash_conv};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use proptest::prelude::*;

fn game(rows: &[&[f64]]) -> Matrix {
    Matrix::new(rows).unwrap()
}

fn near(found: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(found.len(), want.len());
    assert!(found.iter().zip(want).all(|(a, b)| (a - b).abs() <= tolerance), "{found:?} for {want:?}");
}

/// Value and mixtures by Gambit (rational), OpenSpiel (linear programme) and nashpy.
fn check(rows: &[&[f64]], row: &[f64], column: &[f64], value: f64, choice: Choice) {
    let solution = solve(&game(rows)).unwrap();
    assert!((solution.value - value).abs() < 1e-12, "{solution:?}");
    assert!(solution.nash_conv <= 1e-9, "{solution:?}");
    assert_eq!(solution.choice, choice, "{solution:?}");
    near(&solution.row, row, 1e-10);
    near(&solution.column, column, 1e-10);
}

#[test]
fn games_with_one_equilibrium() {
    let third = 1.0 / 3.0;
    let unique = Choice::Unique;
    check(&[&[1.0, -1.0], &[-1.0, 1.0]], &[0.5; 2], &[0.5; 2], 0.0, unique);
    check(&[&[0.0, -1.0, 1.0], &[1.0, 0.0, -1.0], &[-1.0, 1.0, 0.0]], &[third; 3], &[third; 3], 0.0, unique);
    let weighted: &[&[f64]] = &[&[0.0, -1.0, 2.0], &[1.0, 0.0, -1.0], &[-2.0, 1.0, 0.0]];
    check(weighted, &[0.25, 0.5, 0.25], &[0.25, 0.5, 0.25], 0.0, unique);
    check(&[&[4.0, 1.0], &[2.0, 3.0]], &[0.25, 0.75], &[0.5, 0.5], 2.5, unique);
    let mixed: &[&[f64]] = &[&[3.0, 1.0, 4.0], &[2.0, 0.0, 3.0], &[1.0, 5.0, 2.0]];
    check(mixed, &[2.0 / 3.0, 0.0, third], &[2.0 / 3.0, third, 0.0], 7.0 / 3.0, unique);
    check(&[&[2.0, 3.0], &[1.0, 0.0]], &[1.0, 0.0], &[1.0, 0.0], 2.0, unique);
    check(&[&[7.0]], &[1.0], &[1.0], 7.0, unique);
}

#[test]
fn of_several_equilibria_the_one_of_greatest_entropy() {
    // y = (s, t, 1 − s − t) between (2/3, 1/3, 0) and (1/3, 0, 2/3): by golden section, independently
    let on = |t: f64| [(2.0 - t) / 3.0, (1.0 - t) / 3.0, 2.0 * t / 3.0];
    let entropy = |t: f64| -on(t).iter().map(|p| p * p.ln()).sum::<f64>();
    let (mut lo, mut hi) = (1e-6, 1.0 - 1e-6);
    for _ in 0..200 {
        let (a, b) = (hi - 0.618034 * (hi - lo), lo + 0.618034 * (hi - lo));
        if entropy(a) < entropy(b) { lo = a } else { hi = b }
    }
    let solution = solve(&game(&[&[6.0, 0.0, 3.0], &[8.0, -2.0, 3.0], &[4.0, 6.0, 5.0]])).unwrap();
    assert_eq!(solution.choice, Choice::GreatestEntropy);
    assert!((solution.value - 14.0 / 3.0).abs() < 1e-12);
    near(&solution.row, &[0.0, 1.0 / 6.0, 5.0 / 6.0], 1e-10);
    // golden section sees entropies to 1e-16, and so places to 1e-8
    near(&solution.column, &on(lo), 1e-7);
    // all equal: everything is optimal
    let several = Choice::GreatestEntropy;
    check(&[&[2.0, 2.0, 2.0], &[2.0, 2.0, 2.0]], &[0.5; 2], &[1.0 / 3.0; 3], 2.0, several);
    // a weakly dominated row that an equilibrium plays
    check(&[&[1.0, 2.0], &[1.0, 1.0]], &[0.5, 0.5], &[1.0, 0.0], 1.0, several);
    // an inequality that holds the entropy back: p ≤ 1/4 for the first of three rows that are equal against column 1
    check(&[&[0.0, -3.0], &[0.0, 1.0], &[0.0, 1.0]], &[0.25, 0.375, 0.375], &[1.0, 0.0], 0.0, several);
}

#[test]
fn equal_arms_share_evenly() {
    let rows: &[&[f64]] = &[&[4.0, 1.0, 1.0], &[2.0, 3.0, 3.0], &[4.0, 1.0, 1.0], &[4.0, 1.0, 1.0]];
    let twelfth = 1.0 / 12.0;
    check(rows, &[twelfth, 0.75, twelfth, twelfth], &[0.5, 0.25, 0.25], 2.5, Choice::GreatestEntropy);
}

#[test]
fn units_of_payoff_do_not_matter() {
    let cells: [[f64; 3]; 3] = [[6.0, 0.0, 3.0], [8.0, -2.0, 3.0], [4.0, 6.0, 5.0]];
    for (unit, shift) in [(1e6, 0.0), (1e-6, 0.0), (1e6, -3e6), (1e-6, 1.0), (1e100, 0.0), (1e-100, 0.0)] {
        let solution = solve(&Matrix::new(cells.map(|row| row.map(|a| a * unit + shift))).unwrap()).unwrap();
        assert!(solution.nash_conv <= 1e-9 * solution.range, "{solution:?}");
        let value = (solution.value - shift) / unit;
        assert!((value - 14.0 / 3.0).abs() < 1e-9, "{value}");
    }
}

#[test]
fn payoffs_of_very_different_size() {
    // matching pennies where one cell is a million times the others: p = (1 + 1)/(1e6 + 3)
    let solution = solve(&game(&[&[1e6, -1.0], &[-1.0, 1.0]])).unwrap();
    near(&solution.row, &[2.0 / 1_000_003.0, 1_000_001.0 / 1_000_003.0], 1e-15);
    assert!(solution.nash_conv <= 1e-9);
}

#[test]
fn large_games_are_certified() {
    // a third of cells equal, so that many corners are degenerate
    for (n, m, levels) in [(40, 25, 3u64), (30, 30, 1000), (1, 50, 5), (50, 1, 5)] {
        let payoff = Matrix::from_fn(n, m, |i, j| {
            ((((i * 7919 + j * 104_729 + i * j * 31) as u64 * 2_654_435_761) >> 7) % levels) as f64
        });
        let payoff = payoff.unwrap();
        let solution = solve(&payoff).unwrap();
        assert!(nash_conv(&payoff, &solution.row, &solution.column).unwrap() <= 1e-9 * payoff.range());
    }
    assert_eq!(solve(&blotto(6, 5, 3).unwrap()).unwrap().choice, Choice::GreatestEntropy);
}

/// Payoffs of 0 and 1, a fifth of the size of the largest games: half of them have many equilibria.
#[test]
fn greatest_entropy_is_found_on_larger_games() {
    let mut several = 0;
    for network in 0..12 {
        let mut rng = trial_rng(18, Trial::network(network), Purpose::Measure);
        let payoff = Matrix::from_fn(30, 30, |_, _| f64::from(rng.below(2))).unwrap();
        let solution = solve(&payoff).unwrap();
        assert_ne!(solution.choice, Choice::Corner);
        several += u32::from(solution.choice == Choice::GreatestEntropy);
        assert!(nash_conv(&payoff, &solution.row, &solution.column).unwrap() <= 1e-9);
    }
    assert!(several > 2, "{several}");
}

#[test]
fn a_solution_can_be_stored() {
    let solution = solve(&game(&[&[4.0, 1.0], &[2.0, 3.0]])).unwrap();
    let text = serde_json::to_string(&solution).unwrap();
    assert!(text.contains(r#""choice":"unique""#), "{text}");
    assert_eq!(serde_json::from_str::<Solution>(&text).unwrap(), solution);
    assert_eq!((solution.row_support(), solution.column_support()), (vec![0, 1], vec![0, 1]));
}

/// Small games with whole payoffs: most are degenerate.
fn whole(rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> impl Strategy<Value = Matrix> {
    (rows, columns).prop_flat_map(|(n, m)| {
        prop::collection::vec(prop::collection::vec(-3i32..4, m), n).prop_map(|rows| {
            Matrix::new(rows.iter().map(|r| r.iter().map(|&a| f64::from(a)).collect::<Vec<_>>())).unwrap()
        })
    })
}

fn real() -> impl Strategy<Value = Matrix> {
    (1..7usize, 1..7usize).prop_flat_map(|(n, m)| {
        prop::collection::vec(prop::collection::vec(-1.0f64..1.0, m), n).prop_map(|rows| Matrix::new(rows).unwrap())
    })
}

proptest! {
    /// All extreme equilibria of a zero-sum game have its value, and every optimal mixture is a mean of them: entropy is
    /// concave, so none of them has more than the canonical one.
    #[test]
    fn enumeration_of_vertices_agrees(payoff in whole(1..6, 1..6)) {
        let solution = solve(&payoff).unwrap();
        prop_assert!(solution.choice != Choice::Corner);
        let all = equilibria(&crate::Bimatrix::zero_sum(payoff.clone())).unwrap();
        prop_assert!(!all.is_empty());
        let entropy = |x: &[f64]| -x.iter().filter(|p| **p > 0.0).map(|p| p * p.ln()).sum::<f64>();
        for e in &all {
            prop_assert!((e.row_payoff - solution.value).abs() < 1e-8);
            prop_assert!(entropy(&e.row) <= entropy(&solution.row) + 1e-8, "{e:?} {solution:?}");
            prop_assert!(entropy(&e.column) <= entropy(&solution.column) + 1e-8);
            // whatever some equilibrium plays, the canonical one plays
            prop_assert!(e.row.iter().zip(&solution.row).all(|(p, q)| *p < 1e-8 || *q > 0.0));
        }
        let one = all.iter().all(|e| e.row.iter().zip(&all[0].row).all(|(a, b)| (a - b).abs() < 1e-7)
            && e.column.iter().zip(&all[0].column).all(|(a, b)| (a - b).abs() < 1e-7));
        if solution.choice == Choice::Unique {
            prop_assert!(one, "{all:?}");
        }
    }

    #[test]
    fn shift_and_scale(payoff in real(), a in 0.001f64..1000.0, b in -1000.0f64..1000.0) {
        let (before, after) = (solve(&payoff).unwrap(), solve(&payoff.map(|p| a * p + b).unwrap()).unwrap());
        prop_assert!((after.value - (a * before.value + b)).abs() <= 1e-9 * (1.0 + a + b.abs()));
    }

    #[test]
    fn exchanged_seats_negate_the_value(payoff in whole(1..6, 1..6)) {
        let (one, other) = (solve(&payoff).unwrap(), solve(&payoff.exchanged()).unwrap());
        prop_assert!((one.value + other.value).abs() < 1e-9);
        prop_assert!(one.row.iter().zip(&other.column).all(|(a, b)| (a - b).abs() < 1e-6), "{one:?} {other:?}");
    }

    #[test]
    fn an_equal_arm_changes_nothing(payoff in real(), pick in 0usize..6) {
        let pick = pick % payoff.rows();
        let rows: Vec<Vec<f64>> = (0..payoff.rows()).chain([pick]).map(|i| payoff.row(i).to_vec()).collect();
        let (one, two) = (solve(&payoff).unwrap(), solve(&Matrix::new(rows).unwrap()).unwrap());
        prop_assert!((one.value - two.value).abs() < 1e-9);
        prop_assert!(two.nash_conv <= 1e-9);
        prop_assert_eq!(two.row[pick], two.row[payoff.rows()]);
        prop_assert!((two.row[pick] * 2.0 - one.row[pick]).abs() < 1e-6);
    }

    #[test]
    fn a_strictly_dominated_arm_is_never_played(payoff in whole(2..6, 2..6), by in 0.01f64..1.0, weight in 0.0f64..1.0) {
        // one more row, below a mixture of the first two
        let below: Vec<f64> =
            payoff.row(0).iter().zip(payoff.row(1)).map(|(a, b)| weight * a + (1.0 - weight) * b - by).collect();
        let rows: Vec<Vec<f64>> = (0..payoff.rows()).map(|i| payoff.row(i).to_vec()).chain([below]).collect();
        let payoff = Matrix::new(rows).unwrap();
        let last = payoff.rows() - 1;
        prop_assert!(dominated_rows(&payoff).unwrap().iter().any(|d| d.arm == last && d.strict));
        prop_assert_eq!(solve(&payoff).unwrap().row[last], 0.0);
    }
}
