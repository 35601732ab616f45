//! Learners, from cheap to dear: none, win-stay-lose-shift, best response to the last rounds, fictitious play, Hedge, regret
//! matching+, EXP3 (which needs only what a real player sees), equilibrium. One file each.

mod always_move;
mod exp3;
mod fictitious;
mod fixed;
mod hedge;
mod learner;
mod memory;
mod regret_matching;
mod seeker;
mod wsls;

pub use always_move::AlwaysMove;
pub use exp3::Exp3;
pub use fictitious::FictitiousPlay;
pub use fixed::Fixed;
pub use hedge::Hedge;
pub use learner::{Information, Learner, Observation, Scale, draw};
pub use regret_matching::RegretMatchingPlus;
pub use seeker::Seeker;
pub use wsls::WinStayLoseShift;
