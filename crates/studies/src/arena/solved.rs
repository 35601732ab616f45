//! What each game comes to: value with its interval, mixtures with their bootstrap, held-out exploitability beside its floor,
//! quantal responses.

use super::games::Game;
use super::rows::{GameRow, MixtureRow, PayoffRow, QuantalRow};
use super::spec::ArenaSettings;
use hydranet_game::statistics::{Bootstrap, Split, bootstrap, cell_intervals, held_out, value_interval};
use hydranet_game::{
    Bimatrix, Choice, Dominance, Matrix, Side, commit, dominated_columns, dominated_rows, equilibria, gains,
    quantal_responses, solve,
};
use hydranet_topology::{Purpose, Trial, trial_rng};

const LEVEL: f64 = 0.95;

/// The tables of all games.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) games: Vec<GameRow>,
    pub(super) payoffs: Vec<PayoffRow>,
    pub(super) mixtures: Vec<MixtureRow>,
    pub(super) quantal: Vec<QuantalRow>,
}

/// An equilibrium of a game.
pub(super) struct Solved {
    pub(super) row: Vec<f64>,
    pub(super) column: Vec<f64>,
    choice: String,
}

/// One equilibrium of the mean game: of a zero-sum game the canonical one, else of all extreme ones that of greatest entropy. `None` for
/// bimatrix games too large to enumerate.
pub(super) fn solved(mean: &Bimatrix, zero_sum: bool) -> Option<Solved> {
    if zero_sum {
        let solution = solve(mean.row()).ok()?;
        let choice = match solution.choice {
            Choice::Unique => "unique",
            Choice::GreatestEntropy => "greatest-entropy",
            Choice::Corner => "corner",
        };
        return Some(Solved { row: solution.row, column: solution.column, choice: choice.into() });
    }
    let all = equilibria(mean).ok()?;
    let entropy = |mixture: &[f64]| -> f64 { mixture.iter().filter(|p| **p > 0.0).map(|&p| -p * libm::log(p)).sum() };
    let count = all.len();
    let most = all
        .into_iter()
        .max_by(|a, b| (entropy(&a.row) + entropy(&a.column)).total_cmp(&(entropy(&b.row) + entropy(&b.column))))?;
    Some(Solved { row: most.row, column: most.column, choice: format!("{count} equilibria") })
}

impl Tables {
    /// Adds what a game comes to. Solves it `resamples` times anew.
    pub(super) fn add(&mut self, game: &Game, settings: &ArenaSettings, seed: u64) {
        let mean = game.mean();
        // a stream a game
        let trial = Trial::network(self.games.len() as u32);
        let solved = solved(&mean, game.zero_sum);
        self.payoffs(game, &mean);
        self.quantal(game, &mean, settings);
        let certificate =
            solved.as_ref().and_then(|s| gains(&mean, &s.row, &s.column).ok()).map(|g| g.nash_conv().max(0.0));
        let interval = solved.as_ref().and_then(|s| value_interval(&game.samples[0], &s.row, &s.column, LEVEL).ok());
        let boot = game.zero_sum.then(|| {
            let rng = &mut trial_rng(seed, trial, Purpose::Bootstrap);
            bootstrap(&game.samples[0], settings.resamples as usize, LEVEL, rng).ok()
        });
        let held = game.zero_sum.then(|| {
            let split = Split { resamples: settings.resamples as usize, level: LEVEL, ..Split::default() };
            let rng = &mut trial_rng(seed, Trial::order_of(self.games.len() as u32, 1), Purpose::Bootstrap);
            held_out(&game.contrasts(), split, rng).ok()
        });
        let (boot, held) = (boot.flatten(), held.flatten());
        let value = solved.as_ref().map(|s| mean.row().mean(&s.row, &s.column));
        self.games.push(GameRow {
            group: game.group.clone(),
            budget: game.budget,
            kind: if game.zero_sum { "zero-sum" } else { "bimatrix" }.into(),
            rows: game.arms[0].len() as u64,
            columns: game.arms[1].len() as u64,
            networks: game.samples[0].len() as u64,
            value,
            lo: interval.map(|i| i.lo),
            hi: interval.map(|i| i.hi),
            defender_value: solved.as_ref().map(|s| mean.column().mean(&s.row, &s.column)),
            share: value.filter(|_| game.untouched > 0.0).map(|v| v / game.untouched),
            certificate,
            choice: solved.as_ref().map_or("too large to enumerate".into(), |s| s.choice.clone()),
            held_out: held.map(|h| h.nash_conv),
            held_out_lo: held.map(|h| h.lo),
            held_out_hi: held.map(|h| h.hi),
            floor: held.map(|h| h.floor),
            equal_arms: equal(game, &mean),
            announced: commit(&mean, Side::Column).ok().map(|c| c.leader_payoff),
        });
        if let Some(solved) = solved {
            self.mixtures(game, &mean, &solved, boot.as_ref());
        }
    }

    fn payoffs(&mut self, game: &Game, mean: &Bimatrix) {
        let intervals = cell_intervals(&game.samples[0], LEVEL).ok();
        for (i, operator) in game.arms[0].iter().enumerate() {
            for (j, defender) in game.arms[1].iter().enumerate() {
                self.payoffs.push(PayoffRow {
                    group: game.group.clone(),
                    budget: game.budget,
                    topology: operator.clone(),
                    treatment: defender.clone(),
                    operator: mean.row().get(i, j),
                    lo: intervals.as_ref().map(|cells| cells[i][j].lo),
                    hi: intervals.as_ref().map(|cells| cells[i][j].hi),
                    defender: mean.column().get(i, j),
                });
            }
        }
    }

    fn mixtures(&mut self, game: &Game, mean: &Bimatrix, solved: &Solved, boot: Option<&Bootstrap>) {
        let dominated = [dominated_rows(mean.row()), dominated_columns(mean.column())].map(Result::unwrap_or_default);
        let sides = [
            ("operator", &solved.row, mean.row().against_columns(&solved.column)),
            ("defender", &solved.column, mean.column().against_rows(&solved.row)),
        ];
        for (k, (side, mixture, gains)) in sides.into_iter().enumerate() {
            for (arm, label) in game.arms[k].iter().enumerate() {
                let of = boot.map(|b| {
                    if k == 0 { (b.row[arm], b.row_played[arm]) } else { (b.column[arm], b.column_played[arm]) }
                });
                let how = |d: &Dominance| if d.strict { "strictly" } else { "weakly" };
                self.mixtures.push(MixtureRow {
                    group: game.group.clone(),
                    budget: game.budget,
                    side: side.into(),
                    arm: label.clone(),
                    probability: mixture[arm],
                    lo: of.map(|(e, _)| e.lo),
                    hi: of.map(|(e, _)| e.hi),
                    played: of.map(|(_, played)| played),
                    gains: gains[arm],
                    dominated: dominated[k].iter().find(|d| d.arm == arm).map_or("", how).into(),
                });
            }
        }
    }

    fn quantal(&mut self, game: &Game, mean: &Bimatrix, settings: &ArenaSettings) {
        let range = mean.row().range().max(mean.column().range());
        if range == 0.0 {
            return;
        }
        let lambdas: Vec<f64> = settings.precisions.iter().map(|p| p / range).collect();
        // a path that rounding ends has no rows
        for (point, precision) in
            quantal_responses(mean, &lambdas).unwrap_or_default().into_iter().zip(&settings.precisions)
        {
            for (side, arms, mixture) in
                [("operator", &game.arms[0], &point.row), ("defender", &game.arms[1], &point.column)]
            {
                for (arm, &probability) in arms.iter().zip(mixture) {
                    self.quantal.push(QuantalRow {
                        group: game.group.clone(),
                        budget: game.budget,
                        precision: *precision,
                        lambda: point.lambda,
                        side: side.into(),
                        arm: arm.clone(),
                        probability,
                    });
                }
            }
        }
    }
}

/// Arms that are one for both players, in words.
fn equal(game: &Game, mean: &Bimatrix) -> String {
    let both = |a: &Matrix, b: &Matrix| {
        let whole = Matrix::from_fn(a.rows(), 2 * a.columns(), |i, j| {
            if j < a.columns() { a.get(i, j) } else { b.get(i, j - a.columns()) }
        });
        whole.map(|m| m.equal_rows()).unwrap_or_default()
    };
    let rows = both(mean.row(), mean.column());
    let columns = both(&mean.row().transposed(), &mean.column().transposed());
    let names = |groups: Vec<Vec<usize>>, arms: &[String]| -> Vec<String> {
        groups.iter().map(|g| g.iter().map(|&k| arms[k].clone()).collect::<Vec<_>>().join(" = ")).collect()
    };
    [names(rows, &game.arms[0]), names(columns, &game.arms[1])].concat().join("; ")
}
