//! Rounds between two learners: on one game, or by replay over the trials of an empirical game.
//!
//! A round draws the trial (in a replay), then each player's arm from its mixture; payoffs are read from the trial's
//! matrices, so that a round costs microseconds and learners meet exactly the same draws. What a player sees, and how many
//! rounds later, is set for each. In expectation no arm is drawn: a round plays the mixtures themselves.
//!
//! Regret compares a player with its best single arm on the same rounds. NashConv compares the average play of both with
//! best responses in the game. They are told apart everywhere.

mod refused;
mod seat;
mod settings;

pub use refused::PlayError;
pub use settings::{Feedback, Mode, Settings, checkpoints};

use crate::learn::Learner;
use crate::matrix::greatest;
use crate::{Bimatrix, GameError, Matrix, Side, gains};
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};
use refused::check;
use seat::Seat;

/// The games of the rounds.
#[derive(Debug, Clone, Copy)]
pub enum Rounds<'a> {
    /// The same game in every round.
    Same(&'a Bimatrix),
    /// One of these trials in every round, drawn anew with the same chance. NashConv is told in their mean.
    Replay(&'a [Bimatrix]),
}

/// The streams of a play, one a decision-maker: what one learner draws never moves another's draws.
#[derive(Debug, Clone)]
pub struct Streams {
    row: TrialRng,
    column: TrialRng,
    trials: TrialRng,
}

impl Streams {
    /// The streams of one replicate of a play.
    pub fn new(seed: u64, trial: Trial) -> Streams {
        Streams {
            row: trial_rng(seed, trial, Purpose::Operator),
            column: trial_rng(seed, trial, Purpose::Defender),
            trials: trial_rng(seed, trial, Purpose::Measure),
        }
    }
}

/// What a player has done so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The share of each arm: of rounds in which it was drawn, or its mean probability in expectation.
    pub average: Vec<f64>,
    /// What was got in all.
    pub gain: f64,
    /// What the best single arm would have got on the same rounds, less `gain`. May be negative.
    pub regret: f64,
    /// The same for the mixtures instead of the arms drawn from them: what the bounds of Hedge and regret matching speak of.
    pub mixture_regret: f64,
}

/// The play up to a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// After so many rounds.
    pub round: u64,
    /// NashConv of both averages, in the game or in the mean of the trials.
    pub nash_conv: f64,
    /// What the best row gets against the column player's average.
    pub best_row: f64,
    /// What the best column gets against the row player's average, in the column player's payoff.
    pub best_column: f64,
    /// The row player.
    pub row: Account,
    /// The column player.
    pub column: Account,
}

/// A play.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    /// The arms of each round, row player first; empty in expectation.
    pub arms: Vec<(u32, u32)>,
    /// The trial of each round of a replay; else empty.
    pub trials: Vec<u32>,
    /// The play summed up at the checkpoints.
    pub checkpoints: Vec<Checkpoint>,
}

impl Play {
    /// The last checkpoint.
    pub fn last(&self) -> &Checkpoint {
        self.checkpoints.last().expect("settings have a checkpoint")
    }
}

/// Plays. O(arms) a round, and O(cells) a checkpoint.
///
/// # Errors
/// [`PlayError`].
///
/// ```
/// use hydranet_game::{Bimatrix, Matrix, learn::FictitiousPlay, play::{Mode, Rounds, Settings, Streams, play}};
/// use hydranet_topology::Trial;
/// let pennies = Bimatrix::zero_sum(Matrix::new([[1.0, -1.0], [-1.0, 1.0]])?);
/// let (mut row, mut column) = (FictitiousPlay::new(2, None)?, FictitiousPlay::new(2, None)?);
/// let streams = Streams::new(1, Trial::network(0));
/// let play = play(Rounds::Same(&pennies), &mut row, &mut column, &Settings::new(10, Mode::Expected), streams)?;
/// assert!((play.last().nash_conv - 0.4).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn play(
    rounds: Rounds<'_>,
    row: &mut dyn Learner,
    column: &mut dyn Learner,
    settings: &Settings,
    mut streams: Streams,
) -> Result<Play, PlayError> {
    let games: &[Bimatrix] = match rounds {
        Rounds::Same(game) => std::slice::from_ref(game),
        Rounds::Replay(trials) => trials,
    };
    let mean = mean_game(games)?;
    check(settings, &mean, row, Side::Row)?;
    check(settings, &mean, column, Side::Column)?;
    // what the row player's arms get against one column stands in one line, too
    let by_column: Vec<Matrix> = games.iter().map(|g| g.row().transposed()).collect();
    let mut first = Seat::new(row, settings.row, settings.mode);
    let mut second = Seat::new(column, settings.column, settings.mode);
    let sampled = settings.mode == Mode::Sampled;
    let replay = matches!(rounds, Rounds::Replay(_));
    let mut out = Play { arms: Vec::new(), trials: Vec::new(), checkpoints: Vec::new() };
    let mut due = settings.checkpoints.iter().copied().peekable();
    for round in 1..=settings.rounds {
        let t = if replay { streams.trials.below(games.len() as u32) } else { 0 };
        let trial = t as usize;
        if replay {
            out.trials.push(t);
        }
        first.choose(&mut streams.row);
        second.choose(&mut streams.column);
        if sampled {
            let (i, j) = (first.arm, second.arm);
            out.arms.push((i as u32, j as u32));
            first.gains.copy_from_slice(by_column[trial].row(j));
            second.gains.copy_from_slice(games[trial].column().row(i));
        } else {
            first.gains = games[trial].row().against_columns(&second.mixture);
            second.gains = games[trial].column().against_rows(&first.mixture);
        }
        first.settle();
        second.settle();
        if due.peek() == Some(&round) {
            due.next();
            out.checkpoints.push(summed_up(&mean, round, first.account(round), second.account(round))?);
        }
    }
    Ok(out)
}

fn summed_up(mean: &Bimatrix, round: u64, row: Account, column: Account) -> Result<Checkpoint, GameError> {
    // shares of many rounds add up to 1 but for rounding
    let normalised = |average: &[f64]| {
        let sum: f64 = average.iter().sum();
        average.iter().map(|p| (p / sum).min(1.0)).collect::<Vec<f64>>()
    };
    let (x, y) = (normalised(&row.average), normalised(&column.average));
    Ok(Checkpoint {
        round,
        nash_conv: gains(mean, &x, &y)?.nash_conv(),
        best_row: greatest(&mean.row().against_columns(&y)),
        best_column: greatest(&mean.column().against_rows(&x)),
        row,
        column,
    })
}

fn mean_game(games: &[Bimatrix]) -> Result<Bimatrix, PlayError> {
    if games.is_empty() {
        return Err(PlayError::NoTrials);
    }
    if games.len() == 1 {
        return Ok(games[0].clone());
    }
    let mean = |side: fn(&Bimatrix) -> &Matrix| crate::statistics::mean_matrix(games.iter().map(side));
    Ok(Bimatrix::new(mean(Bimatrix::row)?, mean(Bimatrix::column)?)?)
}

#[cfg(test)]
mod tests;
