//! Learners by replay: a round draws a trial of the arena and reads its cell. What was played on one half of the networks is
//! judged on the other.

use super::games::Game;
use super::rows::LearningRow;
use super::solved::solved;
use super::spec::{ArenaSettings, Player};
use hydranet_game::learn::{
    Exp3, FictitiousPlay, Fixed, Hedge, Information, Learner, RegretMatchingPlus, Scale, WinStayLoseShift,
};
use hydranet_game::play::{Feedback, Mode, Play, Rounds, Settings, Streams, checkpoints, play};
use hydranet_game::statistics::{expected_maximum, mean_matrix};
use hydranet_game::{Bimatrix, GameError, Matrix, Side, gains};
use hydranet_results::statistics::{Clustered, LEVEL};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

/// One meeting of learners.
#[derive(Clone, Copy)]
struct Meeting {
    players: [Player; 2],
    delay: u32,
    memory: Option<u32>,
    /// Is only the end told?
    end: bool,
}

/// The learning curves of a game: every learner against itself and against one who answers its last round best; then delays and
/// memories. Nothing where there are too few networks to judge on.
pub(super) fn learning(game: &Game, settings: &ArenaSettings, seed: u64) -> Vec<LearningRow> {
    if game.samples[0].len() < 4 {
        return Vec::new();
    }
    let whole = |players| Meeting { players, delay: 0, memory: None, end: false };
    let mut meetings: Vec<Meeting> = Vec::new();
    for &learner in &settings.learners {
        meetings.push(whole([learner, learner]));
        if learner != Player::BestResponse {
            meetings.push(Meeting { end: true, ..whole([learner, Player::BestResponse]) });
        }
    }
    for learner in [Player::Hedge, Player::Exp3] {
        let delays = settings.delays.iter().filter(|d| **d > 0);
        meetings.extend(delays.map(|&delay| Meeting { delay, end: true, ..whole([learner, learner]) }));
    }
    for learner in [Player::FictitiousPlay, Player::Hedge] {
        let memories = settings.memories.iter();
        meetings.extend(memories.map(|&memory| Meeting {
            memory: Some(memory),
            end: true,
            ..whole([learner, learner])
        }));
    }
    let halves: Vec<Halves> = (0..settings.replays).map(|r| Halves::draw(game, seed, r)).collect();
    meetings.into_iter().flat_map(|meeting| curve(game, settings, &halves, meeting, seed)).collect()
}

/// The networks in two halves: on one is played, the other judges.
struct Halves {
    played: Vec<Bimatrix>,
    played_mean: Bimatrix,
    judge: Bimatrix,
    /// Its trials.
    judged: Vec<Bimatrix>,
}

impl Halves {
    fn draw(game: &Game, seed: u64, replay: u32) -> Halves {
        let mut networks = game.networks.clone();
        networks.sort_unstable();
        networks.dedup();
        // the same halves for all learners
        trial_rng(seed, Trial::order_of(replay, 2), Purpose::Bootstrap).shuffle(&mut networks);
        let (first, second) = networks.split_at(networks.len() / 2);
        let of = |half: &[u32]| -> Vec<Bimatrix> {
            let own = game.trials.iter().zip(&game.networks).filter(|(_, network)| half.contains(network));
            own.map(|(trial, _)| trial.clone()).collect()
        };
        let (played, judge) = (of(first), of(second));
        Halves { played_mean: mean(&played), judge: mean(&judge), judged: judge, played }
    }
}

impl Halves {
    /// What play that is as good as it can be would show by noise alone.
    fn floor(&self, x: &[f64], y: &[f64]) -> f64 {
        let of =
            |answers: &dyn Fn(&Bimatrix) -> Vec<f64>| floor_of(&self.judged.iter().map(answers).collect::<Vec<_>>());
        of(&|game| game.row().against_columns(y)) + of(&|game| game.column().against_rows(x))
    }
}

/// By how much the best of the arms that cannot be told from it (by three standard errors) is above their mean by noise alone:
/// their standard error, less what they have in common in a trial, times the expected maximum of so many normal numbers. `payoffs` has
/// one list a trial, a number an arm.
fn floor_of(payoffs: &[Vec<f64>]) -> f64 {
    let trials = payoffs.len() as f64;
    if payoffs.len() < 2 {
        return 0.0;
    }
    let mean = |arm: usize| payoffs.iter().map(|p| p[arm]).sum::<f64>() / trials;
    let means: Vec<f64> = (0..payoffs[0].len()).map(mean).collect();
    let best = (0..means.len()).max_by(|&a, &b| means[a].total_cmp(&means[b])).unwrap_or(0);
    let variance = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / trials;
        values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (trials - 1.0)
    };
    let near = |arm: &usize| {
        let behind: Vec<f64> = payoffs.iter().map(|p| p[best] - p[*arm]).collect();
        means[best] - means[*arm] <= 3.0 * (variance(&behind) / trials).sqrt()
    };
    let arms: Vec<usize> = (0..means.len()).filter(near).collect();
    if arms.len() < 2 {
        return 0.0;
    }
    let count = arms.len() as f64;
    let own = |arm: &usize| {
        let common = |p: &Vec<f64>| arms.iter().map(|&other| p[other]).sum::<f64>() / count;
        variance(&payoffs.iter().map(|p| p[*arm] - common(p)).collect::<Vec<f64>>())
    };
    // less their own mean, independent arms lose one part in so many of their variance
    let variance = arms.iter().map(own).sum::<f64>() / (count - 1.0);
    (variance / trials).sqrt() * expected_maximum(arms.len())
}

fn mean(games: &[Bimatrix]) -> Bimatrix {
    let of = |side: fn(&Bimatrix) -> &Matrix| mean_matrix(games.iter().map(side)).expect("a half has trials");
    Bimatrix::new(of(Bimatrix::row), of(Bimatrix::column)).expect("two matrices of one shape")
}

fn learner(
    player: Player,
    side: Side,
    halves: &Halves,
    scale: Scale,
    rounds: u64,
    memory: Option<u32>,
) -> Result<Box<dyn Learner>, GameError> {
    let of = if side == Side::Row { halves.played_mean.row() } else { halves.played_mean.column() };
    let arms = if side == Side::Row { of.rows() } else { of.columns() };
    let window = memory.map(|m| m as usize);
    Ok(match player {
        Player::Uniform => Box::new(Fixed::new(vec![1.0 / arms as f64; arms])?),
        // content with the middle of what can be had
        Player::WinStayLoseShift => Box::new(WinStayLoseShift::new(arms, scale.lo + scale.width() / 2.0)?),
        Player::BestResponse => Box::new(FictitiousPlay::new(arms, Some(1))?),
        Player::FictitiousPlay => Box::new(FictitiousPlay::new(arms, window)?),
        Player::Hedge => {
            let tuned = Hedge::tuned(arms, rounds, scale)?;
            Box::new(Hedge::new(arms, tuned.eta(), window)?)
        }
        Player::RegretMatching => Box::new(RegretMatchingPlus::new(arms)?),
        Player::Exp3 => Box::new(Exp3::tuned(arms, rounds, scale)?),
        Player::Equilibrium => {
            let zero_sum = halves.played_mean.is_zero_sum();
            let found = solved(&halves.played_mean, zero_sum);
            let mixture = found.map(|s| if side == Side::Row { s.row } else { s.column });
            Box::new(Fixed::new(mixture.unwrap_or_else(|| vec![1.0 / arms as f64; arms]))?)
        }
    })
}

/// What a learner sees: its own past or all.
fn information(player: Player) -> Information {
    match player {
        Player::WinStayLoseShift | Player::Exp3 => Information::Bandit,
        Player::Uniform | Player::Equilibrium => Information::Nothing,
        _ => Information::Full,
    }
}

/// The regret that theory allows in so many rounds.
fn bound(player: Player, arms: usize, rounds: u64, scale: Scale) -> Option<f64> {
    match player {
        Player::Hedge => Some(Hedge::regret_bound(arms, rounds, scale)),
        Player::Exp3 => Some(Exp3::regret_bound(arms, rounds, scale)),
        Player::RegretMatching => Some((rounds as f64 * arms as f64).sqrt() * scale.width()),
        _ => None,
    }
}

/// Sums over the replays at one checkpoint.
#[derive(Default)]
struct Point {
    held_out: Vec<(u64, f64)>,
    floor: f64,
    gains: f64,
    exploited: f64,
    regret: f64,
}

fn curve(game: &Game, settings: &ArenaSettings, halves: &[Halves], meeting: Meeting, seed: u64) -> Vec<LearningRow> {
    let rounds = u64::from(settings.rounds);
    let grid = if meeting.end { vec![rounds] } else { checkpoints(rounds) };
    // one scale for the whole game, so that rates mean the same everywhere
    let scales =
        [Scale::of_all(game.trials.iter().map(Bimatrix::row)), Scale::of_all(game.trials.iter().map(Bimatrix::column))];
    let mut points: Vec<Point> = grid.iter().map(|_| Point::default()).collect();
    for (replay, halves) in halves.iter().enumerate() {
        let played =
            played(halves, settings, meeting, scales, &grid, Streams::new(seed, Trial::network(replay as u32)));
        let Ok(played) = played else { return Vec::new() };
        for (point, at) in points.iter_mut().zip(&played.checkpoints) {
            let normalised = |average: &[f64]| {
                let sum: f64 = average.iter().sum();
                average.iter().map(|p| (p / sum).min(1.0)).collect::<Vec<f64>>()
            };
            let (x, y) = (normalised(&at.row.average), normalised(&at.column.average));
            let Ok(found) = gains(&halves.judge, &x, &y) else { return Vec::new() };
            point.held_out.push((replay as u64, found.nash_conv()));
            point.floor += halves.floor(&x, &y);
            point.gains += at.row.gain / at.round as f64;
            point.regret += at.row.regret / at.round as f64;
            point.exploited += found.column;
        }
    }
    let count = halves.len() as f64;
    let [n, m] = [game.arms[0].len(), game.arms[1].len()];
    let row = |(point, round): (Point, u64)| {
        let e = Clustered::new(point.held_out).ok()?.estimate(LEVEL)?;
        let bounds = (bound(meeting.players[0], n, round, scales[0]), bound(meeting.players[1], m, round, scales[1]));
        // rates are set for the last round: before it the bound of a tuned learner does not hold
        let tuned = round == rounds || !matches!(meeting.players[0], Player::Hedge | Player::Exp3);
        let sure = tuned && meeting.delay == 0 && meeting.memory.is_none();
        Some(LearningRow {
            group: game.group.clone(),
            budget: game.budget,
            operator: meeting.players[0].name().into(),
            defender: meeting.players[1].name().into(),
            delay: meeting.delay.into(),
            memory: meeting.memory.map(u64::from),
            round,
            held_out: e.mean,
            lo: e.lo,
            hi: e.hi,
            floor: point.floor / count,
            bound: if sure { bounds.0.zip(bounds.1).map(|(a, b)| (a + b) / round as f64) } else { None },
            gains: point.gains / count,
            exploited: point.exploited / count,
            regret: point.regret / count,
        })
    };
    points.into_iter().zip(grid).filter_map(row).collect()
}

fn played(
    halves: &Halves,
    settings: &ArenaSettings,
    meeting: Meeting,
    scales: [Scale; 2],
    grid: &[u64],
    streams: Streams,
) -> Result<Play, Box<dyn std::error::Error>> {
    let rounds = u64::from(settings.rounds);
    let [a, b] = meeting.players;
    let mut row = learner(a, Side::Row, halves, scales[0], rounds, meeting.memory)?;
    let mut column = learner(b, Side::Column, halves, scales[1], rounds, meeting.memory)?;
    let feedback = |player| Feedback { information: information(player), delay: meeting.delay as usize };
    let plan = Settings {
        row: feedback(a),
        column: feedback(b),
        checkpoints: grid.to_vec(),
        ..Settings::new(rounds, Mode::Sampled)
    };
    Ok(play(Rounds::Replay(&halves.played), row.as_mut(), column.as_mut(), &plan, streams)?)
}

#[cfg(test)]
mod tests {
    use super::floor_of;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    /// Three arms of the same worth with noise of 1, over 16 trials that have much in common: .8463 / 4.
    #[test]
    fn a_floor_is_what_the_best_of_equal_arms_shows() {
        let mut rng = trial_rng(7, Trial::network(0), Purpose::Measure);
        let (mut shown, mut told) = (0.0, 0.0);
        for _ in 0..2000 {
            let trials: Vec<Vec<f64>> = (0..16)
                .map(|_| {
                    let common = 100.0 * rng.normal();
                    (0..3).map(|_| common + rng.normal()).collect()
                })
                .collect();
            let means = [0, 1, 2].map(|arm| trials.iter().map(|t| t[arm]).sum::<f64>() / 16.0);
            shown += (means.iter().copied().fold(f64::MIN, f64::max) - means.iter().sum::<f64>() / 3.0) / 2000.0;
            told += floor_of(&trials) / 2000.0;
        }
        // three standard errors of the mean of 2,000 (.19/√2000); a root of a variance lies a little below that of its mean
        assert!((shown - 0.8463 / 4.0).abs() < 0.013, "{shown}");
        assert!((told - 0.8463 / 4.0).abs() < 0.013, "{told}");
        // one arm that is far behind does not compete
        let one: Vec<Vec<f64>> = (0..8).map(|t| vec![10.0 + f64::from(t % 2), 0.0]).collect();
        assert_eq!(floor_of(&one), 0.0);
    }
}
