//! How a game is played: rounds, draws, what is seen, and when.

use crate::learn::Information;

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
