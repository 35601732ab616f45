//! Laws of games that hold whatever the numbers: equal arms, shift and scale, bounds of regret, noise; and games that are played: FlipIt
//! by two renewal processes, the hideout game within a campaign.

use super::campaigns::{live, star, still, struck};
use crate::allowance::Allowance;
use crate::book::Book;
use crate::draws::Draws;
use crate::feature::{Evidence, mechanism, statistic};
use hydranet_campaign::{Campaign, Defender, Hideouts, Learning, Operator, Schedule, Time};
use hydranet_game::classic::{Timing, blotto, simulate_flipit};
use hydranet_game::learn::{Exp3, Hedge, RegretMatchingPlus, Scale};
use hydranet_game::play::{Mode, Rounds, Settings, Streams, play};
use hydranet_game::statistics::{expected_maximum, noise_floor};
use hydranet_game::{Bimatrix, Matrix, Oracles, Response, best_column, best_row, double_oracle, solve};
use hydranet_topology::{Draw, Purpose};

pub(super) fn rows(book: &mut Book) {
    solutions(book);
    regrets(book);
    noise(book);
    played(book);
}

fn solutions(book: &mut Book) {
    book.exact(
        &[statistic("game: solve")],
        (Evidence::ClosedForm, "an arm twice changes nothing; v(aA + b) = a v(A) + b"),
        Allowance::numerical(1e-9, "certificate: NashConv of 10⁻⁹"),
        &[
            ("[[4, 1], [2, 3]] with its second row twice: value", 2.5),
            ("the same: NashConv", 0.0),
            ("the same: weight of each of the two", 0.375),
            ("the same with a row that a mixture dominates: its weight", 0.0),
            ("4/3 · [[4, 1], [2, 3]] − 7: value", 2.5 * 4.0 / 3.0 - 7.0),
        ],
        |_| {
            let twice = solve(&Matrix::new([[4.0, 1.0], [2.0, 3.0], [2.0, 3.0]]).expect("a game")).expect("a value");
            let beaten = solve(&Matrix::new([[4.0, 1.0], [2.0, 3.0], [2.5, 1.5]]).expect("a game")).expect("a value");
            let scaled = Matrix::new([[4.0, 1.0], [2.0, 3.0]]).expect("a game").map(|a| 4.0 / 3.0 * a - 7.0);
            let scaled = solve(&scaled.expect("numbers")).expect("a value");
            vec![twice.value, twice.nash_conv, twice.row[1], beaten.row[2], scaled.value]
        },
    );
    book.exact(
        &[statistic("game: double oracle")],
        (Evidence::Oracle, "the whole linear programme of OpenSpiel, pygambit"),
        Allowance::numerical(1e-9, "certificate: NashConv of 10⁻⁹"),
        &[("double oracle on Blotto (6, 5; 3): value", 4.0 / 9.0), ("the same: more than 49 steps", 0.0)],
        |_| {
            let payoff = blotto(6, 5, 3).expect("a game");
            let losses = payoff.map(|a| -a).expect("numbers");
            let whole = |arms: usize, mixture: &[(usize, f64)]| {
                let mut all = vec![0.0; arms];
                mixture.iter().for_each(|&(k, p)| all[k] = p);
                all
            };
            let oracles = Oracles {
                payoff: |&i: &usize, &j: &usize| payoff.get(i, j),
                best_row: |y: &[(usize, f64)]| {
                    let best = best_row(&payoff, &whole(payoff.columns(), y)).expect("a mixture");
                    Response { arm: best.arm, payoff: best.payoff, half_width: 0.0 }
                },
                best_column: |x: &[(usize, f64)]| {
                    let best = best_column(&losses, &whole(payoff.rows(), x)).expect("a mixture");
                    Response { arm: best.arm, payoff: -best.payoff, half_width: 0.0 }
                },
            };
            let end = double_oracle((0, 0), oracles, 1e-9, 100).expect("an end");
            vec![end.solution.value, f64::from(u8::from(end.steps > 49))]
        },
    );
}

/// Plays in which a bound is broken, of all.
fn regrets(book: &mut Book) {
    book.exact(
        &[statistic("game: Hedge"), statistic("game: regret matching+")],
        (Evidence::ClosedForm, "√(T ln N/2); √(N T)"),
        Allowance::None,
        &[
            ("Hedge in random games, T = 10² to 10⁴: plays beyond its bound", 0.0),
            ("regret matching+, the same: plays beyond its bound", 0.0),
        ],
        |draws| {
            let mut beyond = [0.0; 2];
            let unit = Scale { lo: 0.0, hi: 1.0 };
            for (k, rounds) in [(0, 100u64), (1, 1000), (2, 10_000), (3, 100), (4, 1000)] {
                let n = 2 + k as usize;
                let rng = &mut draws.rng(Purpose::Measure);
                let game = Bimatrix::zero_sum(Matrix::from_fn(n, n, |_, _| rng.unit()).expect("numbers"));
                let plan = Settings { checkpoints: vec![rounds], ..Settings::new(rounds, Mode::Sampled) };
                let streams = || Streams::new(draws.seed, draws.trial);
                let new = || Hedge::tuned(n, rounds, unit).expect("arms");
                let hedge = play(Rounds::Same(&game), &mut new(), &mut new(), &plan, streams()).expect("a play");
                let bound = Hedge::regret_bound(n, rounds, unit);
                beyond[0] += f64::from(u8::from(hedge.last().row.mixture_regret > bound));
                let new = || RegretMatchingPlus::new(n).expect("arms");
                let matched = play(Rounds::Same(&game), &mut new(), &mut new(), &plan, streams()).expect("a play");
                let bound = (rounds as f64 * n as f64).sqrt();
                beyond[1] += f64::from(u8::from(matched.last().row.mixture_regret > bound));
            }
            beyond.to_vec()
        },
    );
    book.exact(
        &[statistic("game: EXP3")],
        (Evidence::ClosedForm, "√(2 T N ln N) = 105.3 at N = 4, T = 1,000"),
        Allowance::None,
        &[("EXP3 against EXP3, mean regret of 200 plays: is it beyond 105.3?", 0.0)],
        |draws| {
            let unit = Scale { lo: 0.0, hi: 1.0 };
            let rng = &mut draws.rng(Purpose::Measure);
            let game = Bimatrix::zero_sum(Matrix::from_fn(4, 4, |_, _| rng.unit()).expect("numbers"));
            let plan = Settings { checkpoints: vec![1000], ..Settings::new(1000, Mode::Sampled) };
            let one = |k: u64| {
                let new = || Exp3::tuned(4, 1000, unit).expect("arms");
                let streams = Streams::new(draws.seed + k, draws.trial);
                play(Rounds::Same(&game), &mut new(), &mut new(), &plan, streams).expect("a play").last().row.regret
            };
            let mean = (0..200).map(one).sum::<f64>() / 200.0;
            vec![f64::from(u8::from(mean > 105.3))]
        },
    );
}

fn noise(book: &mut Book) {
    book.exact(
        &[statistic("game: noise floor")],
        (Evidence::Oracle, "an independent program"),
        Allowance::printed(4),
        &[
            ("greatest of 2 normal numbers: mean", 0.5642),
            ("of 3", 0.8463),
            ("of 4", 1.0294),
            ("of 5", 1.1630),
            ("of 8", 1.4236),
            ("of 10", 1.5388),
            ("of 16", 1.7660),
            ("of 20", 1.8675),
        ],
        |_| [2, 3, 4, 5, 8, 10, 16, 20].map(expected_maximum).to_vec(),
    );
    book.exact(
        &[statistic("game: noise floor")],
        (Evidence::Oracle, "an independent program"),
        Allowance::printed(3),
        &[("noise floor of rock, paper, scissors, cells ± .4", 0.391), ("cells ± .2", 0.195), ("cells ± .1", 0.098)],
        |_| [0.4, 0.2, 0.1].map(|s| noise_floor(s, 3, 3, &[1.0 / 3.0; 3], &[1.0 / 3.0; 3])).to_vec(),
    );
}

fn played(book: &mut Book) {
    let numbers = book.run(book.pick(30, 100), |draws| {
        let players = [Timing::Exponential { rate: 0.5 / 0.49 }, Timing::Exponential { rate: 0.2 / 0.49 }];
        let (mut first, mut second) = (draws.rng(Purpose::Operator), draws.rng(Purpose::Defender));
        vec![simulate_flipit(players, 2000.0, [&mut first, &mut second]).expect("rates")]
    });
    book.row(
        "FlipIt (.2, .5), exponential, played: the first player's share",
        [statistic("game: FlipIt")],
        Evidence::ClosedForm,
        "k₁/(k₀ + k₁)",
    )
    .allow(Allowance::bound(
        1.0 / 2000.0,
        "the second player holds at the start, for a mean time of less than 1 of 2,000",
    ))
    .mean(numbers, 0, 0.5 / 0.7);
    // the same game within a campaign: a server in one of four places, struck every day, back before the next strike
    for (name, learner, rate) in [
        ("who mixes", Learning::Equilibrium, 0.25),
        ("who always moves", Learning::AlwaysMove, 1.0 / 3.0),
        ("who stays until hit", Learning::WinStayLoseShift, 0.5),
    ] {
        let numbers = book.run(book.pick(20, 40), move |draws| vec![found(draws, learner)]);
        book.row(
            format!("an operator in a campaign, {name} among 4 places: strikes that find it"),
            [statistic("game: hideouts"), mechanism("operator")],
            Evidence::ClosedForm,
            "1/N, 1/(N − 1), 2/N against a seeker who knows",
        )
        .allow(Allowance::bound(1.0 / 400.0, "the first of 400 strikes has no past"))
        .mean(numbers, 0, rate);
    }
}

/// The share of 400 strikes that find an operator who chooses among four places.
fn found(draws: &Draws<'_>, learner: Learning) -> f64 {
    let seizure = struck(draws, still(402.0), "seize-servers", "");
    let mut campaign = Campaign {
        time: Time { days: 402.0, cycle_minutes: 720.0, report_hours: 24.0 },
        operator: Operator {
            rebuild_share: 1.0,
            rebuild_days: 0.1,
            rebuild_sigma: 0.0,
            learning: Some(Hideouts { places: 4, learner, ..Hideouts::default() }),
            ..Operator::default()
        },
        defender: Defender { learner: Learning::Seeker, ..Defender::default() },
        ..seizure
    };
    for step in &mut campaign.playbook {
        step.schedule = Schedule { at_days: 1.0, every_days: 1.0, times: 400, ..Schedule::default() };
    }
    let rounds = live(draws, &campaign, &star(1, 3)).rounds;
    rounds.iter().filter(|round| round.hit()).count() as f64 / rounds.len() as f64
}
