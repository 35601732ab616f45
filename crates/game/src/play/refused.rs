//! What cannot be played, and why.

use super::settings::{Mode, Settings};
use crate::learn::{Information, Learner};
use crate::{Bimatrix, GameError, Side};

pub(super) fn check(settings: &Settings, game: &Bimatrix, learner: &dyn Learner, side: Side) -> Result<(), PlayError> {
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
