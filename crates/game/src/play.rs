//! Rounds between two learners: on one game, or by replay over the trials of an empirical game.
//!
//! A round draws the trial (in a replay), then each player's arm from its mixture; payoffs are read from the trial's
//! matrices, so that a round costs microseconds and learners meet exactly the same draws. What a player sees, and how many
//! rounds later, is set for each. In expectation no arm is drawn: a round plays the mixtures themselves.
//!
//! Regret compares a player with its best single arm on the same rounds. NashConv compares the average play of both with
//! best responses in the game. They are told apart everywhere.

use crate::learn::{Information, Learner, Observation};
use crate::matrix::{dot, greatest};
use crate::{Bimatrix, GameError, Matrix, Side, gains};
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};
use std::collections::VecDeque;

/// How a game is played.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Rounds, at least 1.
    pub rounds: u64,
    /// Draw arms, or play mixtures in expectation?
    pub mode: Mode,
    /// What the row player sees, and when.
    pub row: Feedback,
    /// What the column player sees, and when.
    pub column: Feedback,
    /// After which rounds the play so far is summed up, in order; see [`checkpoints`].
    pub checkpoints: Vec<u64>,
}

impl Settings {
    /// Full information at once for both, checkpoints on a logarithmic grid.
    pub fn new(rounds: u64, mode: Mode) -> Settings {
        let seen = Feedback { information: Information::Full, delay: 0 };
        Settings { rounds, mode, row: seen, column: seen, checkpoints: checkpoints(rounds) }
    }
}

/// Are arms drawn?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Arms are drawn from the mixtures.
    Sampled,
    /// The mixtures themselves meet: nothing is drawn but the trials of a replay.
    Expected,
}

/// What a player sees of a round, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feedback {
    /// What is seen.
    pub information: Information,
    /// Rounds between a round and its news: 0 is before the next round.
    pub delay: usize,
}

/// 1, 2, 5, 10, 20, 50, … and the last round.
pub fn checkpoints(rounds: u64) -> Vec<u64> {
    let decades = (0..19).map(|k| 10u64.pow(k)).flat_map(|d| [d, d.saturating_mul(2), d.saturating_mul(5)]);
    decades.take_while(|&t| t < rounds).chain([rounds]).collect()
}

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

/// One player at the table.
struct Seat<'a> {
    learner: &'a mut dyn Learner,
    feedback: Feedback,
    sampled: bool,
    mixture: Vec<f64>,
    arm: usize,
    gains: Vec<f64>,
    used: Vec<f64>,
    totals: Vec<f64>,
    gain: f64,
    mixture_gain: f64,
    /// Rounds that are not yet known: mixture, gains, arm.
    late: VecDeque<(Vec<f64>, Vec<f64>, usize)>,
}

impl<'a> Seat<'a> {
    fn new(learner: &'a mut dyn Learner, feedback: Feedback, mode: Mode) -> Seat<'a> {
        let mixture = learner.mixture().to_vec();
        let zeros = vec![0.0; mixture.len()];
        Seat {
            learner,
            feedback,
            sampled: mode == Mode::Sampled,
            arm: 0,
            gains: zeros.clone(),
            used: zeros.clone(),
            totals: zeros,
            mixture,
            gain: 0.0,
            mixture_gain: 0.0,
            late: VecDeque::new(),
        }
    }

    fn choose(&mut self, rng: &mut TrialRng) {
        self.mixture.copy_from_slice(self.learner.mixture());
        if self.sampled {
            self.arm = draw(&self.mixture, rng);
            self.learner.played(self.arm);
        }
    }

    /// Books a round, and tells the learner what has become known.
    fn settle(&mut self) {
        let mean = dot(&self.gains, &self.mixture);
        self.mixture_gain += mean;
        self.totals.iter_mut().zip(&self.gains).for_each(|(t, g)| *t += g);
        if self.sampled {
            self.gain += self.gains[self.arm];
            self.used[self.arm] += 1.0;
        } else {
            self.gain += mean;
            self.used.iter_mut().zip(&self.mixture).for_each(|(u, p)| *u += p);
        }
        if self.feedback.information == Information::Nothing {
            return;
        }
        if self.feedback.delay == 0 {
            tell(self.learner, self.feedback, self.sampled, &self.mixture, &self.gains, self.arm);
            return;
        }
        if self.late.len() < self.feedback.delay {
            self.late.push_back((self.mixture.clone(), self.gains.clone(), self.arm));
            return;
        }
        // the oldest round becomes known, and its memory holds the newest
        let Some(mut old) = self.late.pop_front() else { return };
        tell(self.learner, self.feedback, self.sampled, &old.0, &old.1, old.2);
        old.0.copy_from_slice(&self.mixture);
        old.1.copy_from_slice(&self.gains);
        old.2 = self.arm;
        self.late.push_back(old);
    }

    fn account(&self, round: u64) -> Account {
        let best = greatest(&self.totals);
        Account {
            average: self.used.iter().map(|u| u / round as f64).collect(),
            gain: self.gain,
            regret: best - self.gain,
            mixture_regret: best - self.mixture_gain,
        }
    }
}

fn tell(learner: &mut dyn Learner, feedback: Feedback, sampled: bool, mixture: &[f64], gains: &[f64], arm: usize) {
    let full = feedback.information == Information::Full;
    learner.observe(&Observation {
        mixture,
        arm: sampled.then_some(arm),
        gain: if sampled { gains[arm] } else { dot(gains, mixture) },
        gains: full.then_some(gains),
    });
}

/// An arm of a mixture, by inversion.
fn draw(mixture: &[f64], rng: &mut TrialRng) -> usize {
    let mut left = rng.unit();
    let mut last = 0;
    for (arm, &p) in mixture.iter().enumerate() {
        if p > 0.0 {
            if left < p {
                return arm;
            }
            left -= p;
            last = arm;
        }
    }
    last
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

fn check(settings: &Settings, game: &Bimatrix, learner: &dyn Learner, side: Side) -> Result<(), PlayError> {
    let (arms, feedback) = match side {
        Side::Row => (game.row().rows(), settings.row),
        Side::Column => (game.row().columns(), settings.column),
    };
    let (found, needed) = (learner.mixture().len(), learner.information());
    if found != arms {
        return Err(PlayError::Arms { side: side.name(), learner: learner.name(), found, arms });
    }
    if needed > feedback.information {
        let (needed, given) = (needed.name(), feedback.information.name());
        return Err(PlayError::Information { side: side.name(), learner: learner.name(), needed, given });
    }
    if settings.mode == Mode::Expected && needed == Information::Bandit {
        return Err(PlayError::NoArms { side: side.name(), learner: learner.name() });
    }
    let order = settings.checkpoints.windows(2).all(|w| w[0] < w[1]);
    let ends = settings.checkpoints.first().is_some_and(|&c| c > 0)
        && settings.checkpoints.last().is_some_and(|&c| c <= settings.rounds);
    if !(order && ends) {
        return Err(PlayError::Checkpoints { rounds: settings.rounds });
    }
    Ok(())
}

/// Why a play is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlayError {
    /// A replay over nothing.
    #[error("a replay has no trials; give at least one")]
    NoTrials,
    /// A learner of another game.
    #[error("the {side} `{learner}` has {found} arms and the game has {arms}; make it for this game")]
    Arms {
        /// Whose.
        side: &'static str,
        /// The learner.
        learner: &'static str,
        /// Its arms.
        found: usize,
        /// The game's.
        arms: usize,
    },
    /// A learner that is not told what it needs.
    #[error(
        "the {side} `{learner}` learns from `{needed}` information and is told `{given}`; give it that information, or \
         take `exp3` or `win-stay-lose-shift` (bandit), or `fixed` (nothing)"
    )]
    Information {
        /// Whose.
        side: &'static str,
        /// The learner.
        learner: &'static str,
        /// What it needs.
        needed: &'static str,
        /// What it is told.
        given: &'static str,
    },
    /// A learner from drawn arms where none are drawn.
    #[error(
        "the {side} `{learner}` learns from the arm that it drew, and in expectation none is drawn; use sampled rounds"
    )]
    NoArms {
        /// Whose.
        side: &'static str,
        /// The learner.
        learner: &'static str,
    },
    /// Checkpoints that are not in order or not of this play.
    #[error("checkpoints are rounds from 1 to {rounds}, in increasing order, at least one")]
    Checkpoints {
        /// The rounds of the play.
        rounds: u64,
    },
    /// The matrices.
    #[error(transparent)]
    Game(#[from] GameError),
}

#[cfg(test)]
#[path = "play_tests.rs"]
mod tests;
