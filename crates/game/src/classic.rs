//! Games that have a closed form: what theory says, beside simulations of our own that must agree.

mod blotto;
mod flipit;
mod hideout;
mod kuhn;
mod security;
mod wear;

pub use blotto::blotto;
pub use flipit::{FlipIt, Timing, flipit_exponential, flipit_periodic, share, simulate_flipit};
pub use hideout::Hider;
pub(crate) use hideout::places_checked;
pub use kuhn::kuhn_poker;
pub use security::{Coverage, security_coverage};
pub use wear::total_successes;
