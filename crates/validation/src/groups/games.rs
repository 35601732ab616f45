//! Matrix games: values and mixtures that other programs gave (rational pygambit, the linear programme of OpenSpiel, nashpy), learners by
//! table, and games with closed forms.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, statistic};
use hydranet_game::classic::{
    Hider, blotto, flipit_exponential, flipit_periodic, kuhn_poker, security_coverage, total_successes,
};
use hydranet_game::learn::{FictitiousPlay, Hedge, Scale};
use hydranet_game::play::{Mode, Rounds, Settings, Streams, play};
use hydranet_game::{Bimatrix, Matrix, Side, commit, exploitability, nash_conv, quantal_responses, solve};
use hydranet_topology::{Purpose, Trial};

type Rows = &'static [&'static [f64]];
const PENNIES: Rows = &[&[1.0, -1.0], &[-1.0, 1.0]];
const ROCK: Rows = &[&[0.0, -1.0, 1.0], &[1.0, 0.0, -1.0], &[-1.0, 1.0, 0.0]];
const TWO: Rows = &[&[4.0, 1.0], &[2.0, 3.0]];
const DEGENERATE: Rows = &[&[6.0, 0.0, 3.0], &[8.0, -2.0, 3.0], &[4.0, 6.0, 5.0]];

fn matrix(rows: Rows) -> Matrix {
    Matrix::new(rows).expect("numbers")
}

pub(super) fn rows(book: &mut Book) {
    values(book);
    learners(book);
    classics(book);
    super::games_laws::rows(book);
}

fn values(book: &mut Book) {
    let games: [(&str, Rows, f64, Option<f64>); 6] = [
        ("matching pennies", PENNIES, 0.0, Some(0.5)),
        ("rock, paper, scissors", ROCK, 0.0, Some(1.0 / 3.0)),
        ("weighted rock, paper, scissors", &[&[0.0, -1.0, 2.0], &[1.0, 0.0, -1.0], &[-2.0, 1.0, 0.0]], 0.0, Some(0.25)),
        ("[[4, 1], [2, 3]]", TWO, 2.5, Some(0.25)),
        (
            "[[3, 1, 4], [2, 0, 3], [1, 5, 2]]",
            &[&[3.0, 1.0, 4.0], &[2.0, 0.0, 3.0], &[1.0, 5.0, 2.0]],
            7.0 / 3.0,
            Some(2.0 / 3.0),
        ),
        ("a game with many equilibria", DEGENERATE, 14.0 / 3.0, Some(0.0)),
    ];
    for (name, rows, value, first) in games {
        let numbers = book.run(1, move |_| {
            let game = matrix(rows);
            let found = solve(&game).expect("a game");
            let gap = nash_conv(&game, &found.row, &found.column).expect("mixtures");
            vec![found.value, gap, found.row[0]]
        });
        let source = "pygambit (rational), OpenSpiel, nashpy";
        let certificate = Allowance::numerical(1e-9, "certificate: NashConv of 10⁻⁹");
        for (i, (what, want)) in
            [("value", Some(value)), ("NashConv", Some(0.0)), ("first arm of the row", first)].into_iter().enumerate()
        {
            if let Some(want) = want {
                book.row(format!("{name}: {what}"), [statistic("game: solve")], Evidence::Oracle, source)
                    .allow(certificate)
                    .exact(numbers, i, want);
            }
        }
    }
    for (troops, value) in [([4, 3, 2], 0.5), ([6, 5, 3], 4.0 / 9.0), ([5, 5, 3], 0.0)] {
        let numbers = book.run(1, move |_| {
            vec![solve(&blotto(troops[0], troops[1], troops[2]).expect("a game")).expect("a value").value]
        });
        book.row(
            format!("Blotto ({}, {}; {}): value", troops[0], troops[1], troops[2]),
            [statistic("game: solve")],
            Evidence::Oracle,
            "pygambit, OpenSpiel",
        )
        .allow(Allowance::numerical(1e-9, "certificate: NashConv of 10⁻⁹"))
        .exact(numbers, 0, value);
    }
    book.exact(
        &[statistic("game: exploitability")],
        (Evidence::Oracle, "OpenSpiel"),
        Allowance::printed(4),
        &[
            ("matching pennies, row (.75, .25): NashConv", 0.5),
            ("the same: exploitability", 0.25),
            ("Kuhn poker, uniform: exploitability", 0.4583),
        ],
        |_| {
            let game = matrix(PENNIES);
            let kuhn = kuhn_poker();
            let uniform = |n: usize| vec![1.0 / n as f64; n];
            vec![
                nash_conv(&game, &[0.75, 0.25], &[0.5, 0.5]).expect("mixtures"),
                exploitability(&game, &[0.75, 0.25], &[0.5, 0.5]).expect("mixtures"),
                exploitability(&kuhn, &uniform(kuhn.rows()), &uniform(kuhn.columns())).expect("mixtures"),
            ]
        },
    );
    book.exact(
        &[statistic("game: quantal response")],
        (Evidence::Oracle, "pygambit"),
        Allowance::printed(5),
        &[
            ("quantal response of [[4, 1], [2, 3]], λ = .5: row", 0.45066),
            ("the same: column", 0.40100),
            ("λ = 1: row", 0.37762),
            ("λ = 1: column", 0.37508),
            ("λ = 5: row", 0.26047),
            ("λ = 5: column", 0.44782),
        ],
        |_| {
            let path = quantal_responses(&Bimatrix::zero_sum(matrix(TWO)), &[0.5, 1.0, 5.0]).expect("a path");
            path.iter().flat_map(|point| [point.row[0], point.column[0]]).collect()
        },
    );
    book.exact(
        &[statistic("game: commitment")],
        (Evidence::ClosedForm, "commitment to ½, ½"),
        Allowance::numerical(1e-8, "linear programme"),
        &[("leader of U (2,1), (4,0), D (1,0), (3,1): payoff", 3.5)],
        |_| {
            let game = Bimatrix::new(matrix(&[&[2.0, 4.0], &[1.0, 3.0]]), matrix(&[&[1.0, 0.0], &[0.0, 1.0]]))
                .expect("a game");
            vec![commit(&game, Side::Row).expect("a commitment").leader_payoff]
        },
    );
}

fn learners(book: &mut Book) {
    let streams = || Streams::new(18, Trial::network(0));
    for (name, rows, want) in [
        ("matching pennies", PENNIES, [(0.4, 1), (0.14, 2), (0.044, 3), (0.014, 3)]),
        ("rock, paper, scissors", ROCK, [(0.4, 1), (0.14, 2), (0.042, 3), (0.0134, 4)]),
        ("[[4, 1], [2, 3]]", TWO, [(0.5, 1), (0.14, 2), (0.041, 3), (0.0131, 4)]),
        ("a game with many equilibria", DEGENERATE, [(1.2, 1), (0.30, 2), (0.096, 3), (0.0308, 4)]),
    ] {
        let numbers = book.run(1, move |_| {
            let game = Bimatrix::zero_sum(matrix(rows));
            let new = |arms| FictitiousPlay::new(arms, None).expect("arms");
            let (mut row, mut column) = (new(game.row().rows()), new(game.row().columns()));
            let settings =
                Settings { checkpoints: vec![10, 100, 1000, 10_000], ..Settings::new(10_000, Mode::Expected) };
            let play = play(Rounds::Same(&game), &mut row, &mut column, &settings, streams()).expect("a play");
            play.checkpoints.iter().map(|point| point.nash_conv).collect()
        });
        for (i, (want, decimals)) in want.into_iter().enumerate() {
            let rounds = [10, 100, 1000, 10_000][i];
            book.row(
                format!("fictitious play of {name}, {rounds} rounds: NashConv"),
                [statistic("game: fictitious play")],
                Evidence::Oracle,
                "an independent program",
            )
            .allow(Allowance::Printed { decimals })
            .exact(numbers, i, want);
        }
    }
    for (name, rows, points) in [
        ("[[4, 1], [2, 3]]", TWO, [(100, 0.009_941, 6), (1000, 0.007_235, 6), (10_000, 0.003_189, 6)]),
        ("a game with many equilibria", DEGENERATE, [(100, 0.0661, 4), (1000, 0.022_383, 6), (10_000, 0.005_857, 6)]),
    ] {
        for (rounds, want, decimals) in points {
            let numbers = book.run(1, move |_| {
                let payoff = matrix(rows);
                let (lo, range) = (payoff.bounds().0, payoff.range());
                let payoff = payoff.map(|a| (a - lo) / range).expect("numbers");
                let unit = Scale { lo: 0.0, hi: 1.0 };
                let new = |arms| Hedge::tuned(arms, rounds, unit).expect("arms");
                let (mut row, mut column) = (new(payoff.rows()), new(payoff.columns()));
                let game = Bimatrix::zero_sum(payoff);
                let settings = Settings { checkpoints: vec![rounds], ..Settings::new(rounds, Mode::Expected) };
                let play = play(Rounds::Same(&game), &mut row, &mut column, &settings, streams()).expect("a play");
                vec![play.last().nash_conv]
            });
            book.row(
                format!("Hedge on {name}, {rounds} rounds: NashConv"),
                [statistic("game: Hedge")],
                Evidence::Oracle,
                "an independent program",
            )
            .allow(Allowance::Printed { decimals })
            .exact(numbers, 0, want);
        }
    }
}

fn classics(book: &mut Book) {
    book.exact(
        &[statistic("game: FlipIt")],
        (Evidence::Published, "van Dijk et al. 2013"),
        Allowance::printed(4),
        &[
            ("FlipIt (.2, .5), periodic: first rate", 1.0),
            ("FlipIt (.2, .5), periodic: second rate", 0.4),
            ("FlipIt (.2, .5), periodic: first payoff", 0.6),
            ("FlipIt (.2, .5), exponential: first rate", 1.0204),
            ("FlipIt (.2, .5), exponential: second rate", 0.4082),
            ("FlipIt (.2, .5), exponential: first payoff", 0.5102),
            ("FlipIt (.2, .5), exponential: second payoff", 0.0816),
        ],
        |_| {
            let periodic = flipit_periodic([0.2, 0.5]).expect("costs");
            let chance = flipit_exponential([0.2, 0.5]).expect("costs");
            vec![
                periodic.rates[0],
                periodic.rates[1],
                periodic.payoffs[0],
                chance.rates[0],
                chance.rates[1],
                chance.payoffs[0],
                chance.payoffs[1],
            ]
        },
    );
    book.exact(
        &[statistic("game: security game")],
        (Evidence::ClosedForm, "c = max(0, 1 − k/U), Σ c = m"),
        Allowance::printed(4),
        &[
            ("security game (10, 6, 2), m = 1: coverage of the first", 0.625),
            ("m = 1: attacker's value", 3.75),
            ("m = 2: coverage of the third", 0.3478),
            ("m = 2: attacker's value", 1.3043),
        ],
        |_| {
            let [one, two] = [1.0, 2.0].map(|m| security_coverage(&[10.0, 6.0, 2.0], m).expect("values"));
            vec![one.covered[0], one.attacker_value, two.covered[2], two.attacker_value]
        },
    );
    book.exact(
        &[statistic("game: weapons that wear out")],
        (Evidence::ClosedForm, "p(1 − (1 − λ)^n)/λ"),
        Allowance::printed(2),
        &[("λ = .1, five uses: successes", 4.10), ("λ = .2", 3.36), ("λ = .5", 1.94)],
        |_| [0.1, 0.2, 0.5].map(|l| total_successes(1.0, l, Some(5)).expect("a share")).to_vec(),
    );
    // rounds of one play hang together in "always move" and "stay if it went well": the mean of many plays
    for (name, hider, wants) in [
        ("equilibrium", Hider::Equilibrium, [0.5, 1.0 / 3.0, 0.25, 0.125]),
        ("always move", Hider::AlwaysMove, [1.0, 0.5, 1.0 / 3.0, 1.0 / 7.0]),
        ("win, stay", Hider::WinStayLoseShift, [1.0, 2.0 / 3.0, 0.5, 0.25]),
    ] {
        for (i, places) in [2u32, 3, 4, 8].into_iter().enumerate() {
            let numbers = book.run(book.pick(30, 60), move |draws| {
                vec![hider.simulate(places, 2000, &mut draws.rng(Purpose::Operator)).expect("places")]
            });
            let most = if wants[i] == 1.0 || name != "equilibrium" { 1.0 / 2000.0 } else { 0.0 };
            book.row(
                format!("hideouts, {name}, N = {places}: hit rate"),
                [statistic("game: hideouts")],
                Evidence::ClosedForm,
                "1/N, 1/(N − 1), 2/N against a seeker who knows",
            )
            .allow(Allowance::bound(most, "the first of 2,000 rounds has no past"))
            .mean(numbers, 0, wants[i]);
        }
    }
}
