use super::*;
use crate::learn::{
    Exp3, FictitiousPlay, Fixed, Hedge, Information, Observation, RegretMatchingPlus, Scale, WinStayLoseShift,
};
use proptest::prelude::*;

fn matrix(rows: &[&[f64]]) -> Matrix {
    Matrix::new(rows).unwrap()
}

const PENNIES: &[&[f64]] = &[&[1.0, -1.0], &[-1.0, 1.0]];
const ROCK_PAPER_SCISSORS: &[&[f64]] = &[&[0.0, -1.0, 1.0], &[1.0, 0.0, -1.0], &[-1.0, 1.0, 0.0]];
const TWO_BY_TWO: &[&[f64]] = &[&[4.0, 1.0], &[2.0, 3.0]];
const DEGENERATE: &[&[f64]] = &[&[6.0, 0.0, 3.0], &[8.0, -2.0, 3.0], &[4.0, 6.0, 5.0]];

fn streams(network: u32) -> Streams {
    Streams::new(18, Trial::network(network))
}

fn at(rounds: u64, mode: Mode, checkpoints: &[u64]) -> Settings {
    Settings { checkpoints: checkpoints.to_vec(), ..Settings::new(rounds, mode) }
}

/// NashConv after 10, 100, 1,000 and 10,000 rounds, to the printed digits.
fn check_fictitious(rows: &[&[f64]], want: [(f64, f64); 4]) {
    let game = Bimatrix::zero_sum(matrix(rows));
    let (n, m) = (game.row().rows(), game.row().columns());
    for mode in [Mode::Expected, Mode::Sampled] {
        let (mut row, mut column) = (FictitiousPlay::new(n, None).unwrap(), FictitiousPlay::new(m, None).unwrap());
        let settings = at(10_000, mode, &[10, 100, 1000, 10_000]);
        let play = play(Rounds::Same(&game), &mut row, &mut column, &settings, streams(0)).unwrap();
        for (point, (want, half_unit)) in play.checkpoints.iter().zip(want) {
            assert!((point.nash_conv - want).abs() <= half_unit + 1e-12, "{} for {want}", point.nash_conv);
        }
    }
}

#[test]
fn fictitious_play_reproduces_the_table() {
    check_fictitious(PENNIES, [(0.4, 0.05), (0.14, 0.005), (0.044, 0.0005), (0.014, 0.0005)]);
    check_fictitious(ROCK_PAPER_SCISSORS, [(0.4, 0.05), (0.14, 0.005), (0.042, 0.0005), (0.0134, 0.00005)]);
    check_fictitious(TWO_BY_TWO, [(0.5, 0.05), (0.14, 0.005), (0.041, 0.0005), (0.0131, 0.00005)]);
    check_fictitious(DEGENERATE, [(1.2, 0.05), (0.30, 0.005), (0.096, 0.0005), (0.0308, 0.00005)]);
}

#[test]
fn hedge_reproduces_the_table() {
    type Points = [(u64, f64); 3];
    let table: [(&[&[f64]], Points); 2] = [
        (TWO_BY_TWO, [(100, 0.009941), (1000, 0.007235), (10_000, 0.003189)]),
        (DEGENERATE, [(100, 0.0661), (1000, 0.022383), (10_000, 0.005857)]),
    ];
    for (rows, points) in table {
        let payoff = matrix(rows);
        let (lo, range) = (payoff.bounds().0, payoff.range());
        let payoff = payoff.map(|a| (a - lo) / range).unwrap();
        let (n, m) = (payoff.rows(), payoff.columns());
        let game = Bimatrix::zero_sum(payoff);
        for (rounds, want) in points {
            let unit = Scale { lo: 0.0, hi: 1.0 };
            let (mut row, mut column) =
                (Hedge::tuned(n, rounds, unit).unwrap(), Hedge::tuned(m, rounds, unit).unwrap());
            let settings = at(rounds, Mode::Expected, &[rounds]);
            let play = play(Rounds::Same(&game), &mut row, &mut column, &settings, streams(0)).unwrap();
            let end = play.last();
            assert!((end.nash_conv - want).abs() < 1e-6, "{rounds}: {} for {want}", end.nash_conv);
            // average play: NashConv is at most the regrets of both over T, here exactly
            let both = (end.row.mixture_regret + end.column.mixture_regret) / rounds as f64;
            assert!((end.nash_conv - both).abs() < 1e-9);
        }
    }
}

/// A row player of gains in [0, 1] against a column player.
fn against(row: &mut dyn Learner, column: &mut dyn Learner, game: &Bimatrix, rounds: u64, network: u32) -> Play {
    play(Rounds::Same(game), row, column, &at(rounds, Mode::Sampled, &[rounds]), streams(network)).unwrap()
}

fn uneven(n: usize, m: usize) -> Bimatrix {
    Bimatrix::zero_sum(Matrix::from_fn(n, m, |i, j| ((i * 7 + j * 11 + i * j * 5) % 13) as f64 / 12.0).unwrap())
}

#[test]
fn regrets_of_full_information_stay_under_their_bounds() {
    let unit = Scale { lo: 0.0, hi: 1.0 };
    for (rounds, arms) in [(100, 3), (100, 8), (1000, 3), (1000, 8), (10_000, 4)] {
        let game = uneven(arms, arms);
        for seed in 0..4 {
            let opponents: [Box<dyn Learner>; 3] = [
                Box::new(FictitiousPlay::new(arms, None).unwrap()),
                Box::new(FictitiousPlay::new(arms, Some(3)).unwrap()),
                Box::new(Hedge::tuned(arms, rounds, Scale { lo: -1.0, hi: 0.0 }).unwrap()),
            ];
            for mut opponent in opponents {
                let mut hedge = Hedge::tuned(arms, rounds, unit).unwrap();
                let end = against(&mut hedge, opponent.as_mut(), &game, rounds, seed);
                let bound = Hedge::regret_bound(arms, rounds, unit);
                assert!(end.last().row.mixture_regret <= bound, "{:?} over {bound}", end.last().row);
                let mut matching = RegretMatchingPlus::new(arms).unwrap();
                let mut opponent = FictitiousPlay::new(arms, None).unwrap();
                let end = against(&mut matching, &mut opponent, &game, rounds, seed);
                assert!(end.last().row.mixture_regret <= (arms as f64 * rounds as f64).sqrt());
            }
        }
    }
    for (arms, hedge, exp3) in [(3, 23.4, 81.2), (4, 26.3, 105.3), (8, 32.2, 182.4)] {
        assert!((Hedge::regret_bound(arms, 1000, unit) - hedge).abs() < 0.051);
        assert!((Exp3::regret_bound(arms, 1000, unit) - exp3).abs() < 0.051);
    }
}

#[test]
fn exp3_has_its_mean_regret_under_the_bound() {
    // the best arm is better by .2, in a noisy game
    let game = Bimatrix::zero_sum(Matrix::from_fn(4, 10, |i, j| f64::from(u8::from(j < [3, 4, 5, 7][i]))).unwrap());
    let mut sum = 0.0;
    for seed in 0..200 {
        let mut row = Exp3::tuned(4, 1000, Scale { lo: 0.0, hi: 1.0 }).unwrap();
        let mut column = Fixed::new(vec![0.1; 10]).unwrap();
        let settings = Settings {
            row: Feedback { information: Information::Bandit, delay: 0 },
            ..at(1000, Mode::Sampled, &[1000])
        };
        sum += play(Rounds::Same(&game), &mut row, &mut column, &settings, streams(seed)).unwrap().last().row.regret;
    }
    let mean = sum / 200.0;
    assert!(mean < 105.3 && mean > 20.0, "{mean}");
}

#[test]
fn regret_matching_solves_games() {
    for rows in [PENNIES, TWO_BY_TWO, DEGENERATE] {
        let payoff = matrix(rows);
        let range = payoff.range();
        let (n, m) = (payoff.rows(), payoff.columns());
        let game = Bimatrix::zero_sum(payoff);
        let (mut row, mut column) = (RegretMatchingPlus::new(n).unwrap(), RegretMatchingPlus::new(m).unwrap());
        let play =
            play(Rounds::Same(&game), &mut row, &mut column, &Settings::new(4000, Mode::Expected), streams(0)).unwrap();
        let bound = range * ((n as f64 / 4000.0).sqrt() + (m as f64 / 4000.0).sqrt());
        assert!(play.last().nash_conv <= bound, "{}", play.last().nash_conv);
    }
}

#[test]
fn the_value_lies_between_the_bounds_of_fictitious_play() {
    let game = uneven(6, 5);
    let value = crate::solve(game.row()).unwrap().value;
    let (mut row, mut column) = (FictitiousPlay::new(6, None).unwrap(), FictitiousPlay::new(5, None).unwrap());
    let play =
        play(Rounds::Same(&game), &mut row, &mut column, &Settings::new(20_000, Mode::Expected), streams(0)).unwrap();
    for point in &play.checkpoints {
        assert!(-point.best_column <= value + 1e-12 && value <= point.best_row + 1e-12);
    }
    assert!(play.last().best_row + play.last().best_column < 0.03);
}

/// News come `delay` rounds late, each once and in order.
#[test]
fn delays_are_kept() {
    struct Spy(Vec<f64>, Vec<f64>);
    impl Learner for Spy {
        fn name(&self) -> &'static str {
            "spy"
        }
        fn information(&self) -> Information {
            Information::Bandit
        }
        fn mixture(&self) -> &[f64] {
            &self.1
        }
        fn observe(&mut self, seen: &Observation<'_>) {
            assert!(seen.gains.is_none(), "bandit information tells of one arm");
            self.0.push(seen.gain);
        }
    }
    let trials: Vec<Bimatrix> = (0..50).map(|t| Bimatrix::zero_sum(matrix(&[&[f64::from(t)]]))).collect();
    for delay in [0, 1, 7, 100] {
        let mut spy = Spy(Vec::new(), vec![1.0]);
        let settings =
            Settings { row: Feedback { information: Information::Bandit, delay }, ..at(60, Mode::Sampled, &[60]) };
        let mut other = Fixed::new(vec![1.0]).unwrap();
        let play = play(Rounds::Replay(&trials), &mut spy, &mut other, &settings, streams(3)).unwrap();
        let known = 60usize.saturating_sub(delay);
        let want: Vec<f64> = play.trials[..known].iter().map(|&t| f64::from(t)).collect();
        assert_eq!(spy.0, want);
    }
}

#[test]
fn win_stay_lose_shift_keeps_its_rule() {
    // the row player loses where it is found
    let game = Bimatrix::zero_sum(Matrix::from_fn(4, 4, |i, j| if i == j { -1.0 } else { 0.0 }).unwrap());
    let (mut row, mut column) = (WinStayLoseShift::new(4, -0.5).unwrap(), Fixed::new(vec![0.25; 4]).unwrap());
    let bandit = Feedback { information: Information::Bandit, delay: 0 };
    let settings = Settings { row: bandit, ..at(4000, Mode::Sampled, &[4000]) };
    let play = play(Rounds::Same(&game), &mut row, &mut column, &settings, streams(1)).unwrap();
    let mut shifts = [[0u32; 4]; 4];
    for pair in play.arms.windows(2) {
        let ((i, j), (next, _)) = (pair[0], pair[1]);
        assert_eq!(i == j, next != i, "it moves if and only if it was hit");
        shifts[i as usize][next as usize] += u32::from(i != next);
    }
    // to every other arm with the same chance: chi-square with 8 degrees, 99.9 % point 26.1
    let chi: f64 = (0..4)
        .map(|i| {
            let sum = f64::from(shifts[i].iter().sum::<u32>());
            (0..4).filter(|&k| k != i).map(|k| (f64::from(shifts[i][k]) - sum / 3.0).powi(2) / (sum / 3.0)).sum::<f64>()
        })
        .sum();
    assert!(chi < 26.1, "{chi}");
}

#[test]
fn equilibrium_play_is_drawn_from_its_mixture() {
    let game = Bimatrix::zero_sum(matrix(TWO_BY_TWO));
    let solution = crate::solve(game.row()).unwrap();
    let point = crate::quantal_responses(&game, &[1.0]).unwrap().remove(0);
    let mut row = Fixed::equilibrium(&solution, Side::Row);
    let mut column = Fixed::quantal_response(&point, Side::Column);
    let end = against(&mut row, &mut column, &game, 20_000, 5).last().clone();
    // four standard errors of 20,000
    assert!((end.row.average[0] - 0.25).abs() < 0.0123 && (end.column.average[0] - 0.37508).abs() < 0.0137, "{end:?}");
    assert!((end.row.gain / 20_000.0 - 2.5).abs() < 0.04);
}

#[test]
fn streams_of_players_do_not_touch() {
    // another opponent does not move the row player's draws
    let game = uneven(4, 4);
    let arms = |column: &mut dyn Learner| {
        let mut row = Fixed::new(vec![0.25; 4]).unwrap();
        against(&mut row, column, &game, 200, 2).arms.iter().map(|a| a.0).collect::<Vec<u32>>()
    };
    let one = arms(&mut Fixed::new(vec![0.25; 4]).unwrap());
    assert_eq!(one, arms(&mut FictitiousPlay::new(4, None).unwrap()));
    assert_eq!(one[..8], [1, 1, 1, 0, 0, 3, 0, 2], "value-breaking");
}

#[test]
fn what_cannot_be_played_is_refused() {
    let game = uneven(3, 3);
    let refused = |row: &mut dyn Learner, settings: &Settings| {
        let mut column = Fixed::new(vec![1.0, 0.0, 0.0]).unwrap();
        play(Rounds::Same(&game), row, &mut column, settings, streams(0)).unwrap_err().to_string()
    };
    let full = Settings::new(10, Mode::Sampled);
    let bandit = Settings { row: Feedback { information: Information::Bandit, delay: 0 }, ..full.clone() };
    let nothing = Settings { row: Feedback { information: Information::Nothing, delay: 0 }, ..full.clone() };
    let unit = Scale { lo: 0.0, hi: 1.0 };
    let mut hedge = Hedge::tuned(3, 10, unit).unwrap();
    assert!(refused(&mut hedge, &bandit).contains("`hedge` learns from `full` information and is told `bandit`"));
    let mut exp3 = Exp3::tuned(3, 10, unit).unwrap();
    assert!(refused(&mut exp3, &nothing).contains("`exp3` learns from `bandit` information and is told `nothing`"));
    assert!(refused(&mut exp3, &Settings::new(10, Mode::Expected)).contains("in expectation none is drawn"));
    assert!(refused(&mut Exp3::tuned(4, 10, unit).unwrap(), &full).contains("has 4 arms and the game has 3"));
    assert!(refused(&mut exp3, &at(10, Mode::Sampled, &[11])).contains("rounds from 1 to 10"));
    assert!(Hedge::tuned(3, 0, unit).is_err() && Hedge::new(3, f64::NAN, None).is_err());
    assert!(Exp3::tuned(0, 10, unit).is_err() && FictitiousPlay::new(3, Some(0)).is_err());
    let mut column = Fixed::new(vec![1.0]).unwrap();
    let error = play(Rounds::Replay(&[]), &mut hedge, &mut column, &full, streams(0)).unwrap_err();
    assert_eq!(error, PlayError::NoTrials);
}

proptest! {
    /// Replay over copies of one game is that game, and the books add up.
    #[test]
    fn accounts_add_up(seed in 0u32..1000, rounds in 1u64..60, delay in 0usize..4) {
        let game = uneven(3, 4);
        let copies = vec![game.clone(); 3];
        let run = |rounds_of: Rounds<'_>| {
            let mut row = Hedge::new(3, 0.5, Some(5)).unwrap();
            let mut column = RegretMatchingPlus::new(4).unwrap();
            let late = Feedback { information: Information::Full, delay };
            let settings = Settings { row: late, ..Settings::new(rounds, Mode::Sampled) };
            play(rounds_of, &mut row, &mut column, &settings, streams(seed)).unwrap()
        };
        let (one, two) = (run(Rounds::Same(&game)), run(Rounds::Replay(&copies)));
        prop_assert_eq!(&one.arms, &two.arms);
        let gain: f64 = one.arms.iter().map(|&(i, j)| game.row().get(i as usize, j as usize)).sum();
        let best = (0..3)
            .map(|k| one.arms.iter().map(|&(_, j)| game.row().get(k, j as usize)).sum::<f64>())
            .fold(f64::NEG_INFINITY, f64::max);
        let end = one.last();
        prop_assert!((end.row.gain - gain).abs() < 1e-9 && (end.row.regret - (best - gain)).abs() < 1e-9);
        prop_assert!((end.row.gain + end.column.gain).abs() < 1e-9);
        let share = one.arms.iter().filter(|a| a.0 == 1).count() as f64 / rounds as f64;
        prop_assert!((end.row.average[1] - share).abs() < 1e-12);
    }
}
