//! FlipIt, the game of stealthy takeover (van Dijk, Juels, Oprea & Rivest, Journal of Cryptology 26, 2013): whoever moved last
//! holds the resource; nobody sees the other's moves; each move costs. Payoffs are shares of time less costs, per unit of time.

use crate::GameError;
use hydranet_topology::{Draw, TrialRng};
use serde::{Deserialize, Serialize};

/// How a player times its moves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// Every 1/rate, from a random phase on.
    Periodic {
        /// Moves per unit of time, ≥ 0.
        rate: f64,
    },
    /// After exponential waiting times.
    Exponential {
        /// Moves per unit of time, ≥ 0.
        rate: f64,
    },
}

impl Timing {
    /// Moves per unit of time.
    pub const fn rate(self) -> f64 {
        match self {
            Timing::Periodic { rate } | Timing::Exponential { rate } => rate,
        }
    }

    fn check(self) -> Result<Timing, GameError> {
        let rate = self.rate();
        if !(rate.is_finite() && rate >= 0.0) {
            return Err(GameError::Parameter {
                name: "rate",
                value: rate,
                allowed: "a rate of moves is finite and at least 0",
            });
        }
        Ok(self)
    }

    fn first(self, rng: &mut TrialRng) -> f64 {
        match self {
            _ if self.rate() == 0.0 => f64::INFINITY,
            Timing::Periodic { rate } => rng.unit() / rate,
            Timing::Exponential { rate } => rng.exponential() / rate,
        }
    }

    fn next(self, now: f64, rng: &mut TrialRng) -> f64 {
        match self {
            Timing::Periodic { rate } => now + 1.0 / rate,
            Timing::Exponential { rate } => now + rng.exponential() / rate,
        }
    }

    /// P(no move of this player in a window of this length).
    fn quiet(self, window: f64) -> f64 {
        match self {
            Timing::Periodic { rate } => (1.0 - rate * window).max(0.0),
            Timing::Exponential { rate } => libm::exp(-rate * window),
        }
    }
}

/// The share of time that the first player holds the resource in the long run; where nobody moves, the second holds it.
///
/// Looked at backwards from a moment, both last moves are independent; the first player holds if its own is the younger:
/// ∫ r(t) Q(t) dt, with r the density of the age of its last move and Q the chance that the other was quiet so long.
///
/// # Errors
/// [`GameError::Parameter`] for a rate that is negative or not finite.
pub fn share(first: Timing, second: Timing) -> Result<f64, GameError> {
    let (a, b) = (first.check()?.rate(), second.check()?.rate());
    if a == 0.0 || b == 0.0 {
        return Ok(f64::from(u8::from(a > 0.0)));
    }
    Ok(match (first, second) {
        (Timing::Exponential { .. }, Timing::Exponential { .. }) => a / (a + b),
        (Timing::Periodic { .. }, Timing::Periodic { .. }) => {
            if a >= b {
                1.0 - b / (2.0 * a)
            } else {
                a / (2.0 * b)
            }
        }
        // the age of a periodic move is uniform on [0, 1/a]
        (Timing::Periodic { .. }, Timing::Exponential { .. }) => a / b * (1.0 - second.quiet(1.0 / a)),
        (Timing::Exponential { .. }, Timing::Periodic { .. }) => 1.0 - b / a * (1.0 - first.quiet(1.0 / b)),
    })
}

/// What the two players choose in equilibrium, and what they get.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FlipIt {
    /// Moves per unit of time of both players.
    pub rates: [f64; 2],
    /// Share of time less costs of both players.
    pub payoffs: [f64; 2],
    /// Share of time of the first player.
    pub share: f64,
}

fn costs(costs: [f64; 2]) -> Result<[f64; 2], GameError> {
    match costs.iter().find(|k| !(k.is_finite() && **k > 0.0)) {
        Some(&value) => {
            Err(GameError::Parameter { name: "cost", value, allowed: "a move's cost is finite and above 0" })
        }
        None => Ok(costs),
    }
}

/// The equilibrium in periodic timings with random phases, for costs of a move of both players. The cheaper player moves
/// 1/(2k) times, with k the cost of the dearer; the dearer one gets nothing. O(1).
///
/// # Errors
/// [`GameError::Parameter`] for a cost that is not above 0.
pub fn flipit_periodic(cost: [f64; 2]) -> Result<FlipIt, GameError> {
    let [k0, k1] = costs(cost)?;
    if k0 > k1 {
        let mirror = flipit_periodic([k1, k0])?;
        let [a, b] = mirror.rates;
        return Ok(FlipIt {
            rates: [b, a],
            payoffs: [mirror.payoffs[1], mirror.payoffs[0]],
            share: 1.0 - mirror.share,
        });
    }
    let rates = [1.0 / (2.0 * k1), k0 / (2.0 * k1 * k1)];
    Ok(FlipIt { rates, payoffs: [1.0 - k0 / k1, 0.0], share: 1.0 - k0 / (2.0 * k1) })
}

/// The equilibrium where both play exponential timings. O(1).
///
/// # Errors
/// [`GameError::Parameter`] for a cost that is not above 0.
pub fn flipit_exponential(cost: [f64; 2]) -> Result<FlipIt, GameError> {
    let [k0, k1] = costs(cost)?;
    let sum = k0 + k1;
    let (share, other) = (k1 / sum, k0 / sum);
    Ok(FlipIt { rates: [k1 / (sum * sum), k0 / (sum * sum)], payoffs: [share * share, other * other], share })
}

/// The first player's share of time in a simulated play of two renewal processes over `horizon` units of time, in which the
/// second player holds the resource at the start. O(moves).
///
/// # Errors
/// [`GameError::Parameter`] for rates, or a horizon that is not above 0 and finite.
pub fn simulate_flipit(players: [Timing; 2], horizon: f64, rng: [&mut TrialRng; 2]) -> Result<f64, GameError> {
    let players = [players[0].check()?, players[1].check()?];
    if !(horizon.is_finite() && horizon > 0.0) {
        return Err(GameError::Parameter { name: "horizon", value: horizon, allowed: "it is finite and above 0" });
    }
    let [first, second] = rng;
    let mut next = [players[0].first(first), players[1].first(second)];
    let (mut now, mut held, mut holder) = (0.0, 0.0, 1);
    while now < horizon {
        let mover = usize::from(next[1] < next[0]);
        let until = next[mover].min(horizon);
        if holder == 0 {
            held += until - now;
        }
        now = until;
        holder = mover;
        next[mover] = players[mover].next(next[mover], if mover == 0 { &mut *first } else { &mut *second });
    }
    Ok(held / horizon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} for {b}");
    }

    #[test]
    fn equilibria_of_the_closed_form() {
        let periodic = flipit_periodic([0.2, 0.5]).unwrap();
        near(periodic.rates[0], 1.0, 1e-12);
        near(periodic.rates[1], 0.4, 1e-12);
        near(periodic.payoffs[0], 0.6, 1e-12);
        near(periodic.payoffs[1], 0.0, 1e-12);
        let mirror = flipit_periodic([0.5, 0.2]).unwrap();
        assert_eq!((mirror.rates[1], mirror.payoffs[1]), (periodic.rates[0], periodic.payoffs[0]));
        let exponential = flipit_exponential([0.2, 0.5]).unwrap();
        for (got, want) in exponential.rates.iter().chain(&exponential.payoffs).zip([1.0204, 0.4082, 0.5102, 0.0816]) {
            near(*got, want, 5.1e-5);
        }
        near(exponential.share, 0.7143, 5.1e-5);
    }

    #[test]
    fn nobody_gains_by_another_rate() {
        for cost in [[0.2, 0.5], [0.3, 0.3], [1.0, 0.4]] {
            type Case = (FlipIt, fn(f64) -> Timing);
            let cases: [Case; 2] = [
                (flipit_periodic(cost).unwrap(), |rate| Timing::Periodic { rate }),
                (flipit_exponential(cost).unwrap(), |rate| Timing::Exponential { rate }),
            ];
            for (at, timing) in cases {
                let [a, b] = at.rates;
                near(share(timing(a), timing(b)).unwrap(), at.share, 1e-12);
                near(at.share - cost[0] * a, at.payoffs[0], 1e-12);
                near(1.0 - at.share - cost[1] * b, at.payoffs[1], 1e-12);
                for k in 0..400 {
                    let rate = f64::from(k) * 0.02;
                    let first = share(timing(rate), timing(b)).unwrap() - cost[0] * rate;
                    let second = 1.0 - share(timing(a), timing(rate)).unwrap() - cost[1] * rate;
                    assert!(first <= at.payoffs[0] + 1e-12 && second <= at.payoffs[1] + 1e-12);
                }
            }
        }
    }

    /// The share's standard error: blocks of one long play are nearly independent.
    #[test]
    fn two_renewal_processes_give_the_shares() {
        let at = flipit_exponential([0.2, 0.5]).unwrap();
        let timings = [Timing::Exponential { rate: at.rates[0] }, Timing::Exponential { rate: at.rates[1] }];
        let cases = [
            (timings, 5.0 / 7.0),
            ([Timing::Periodic { rate: 1.0 }, timings[1]], 0.0),
            ([timings[0], Timing::Periodic { rate: 0.7 }], 0.0),
            ([Timing::Periodic { rate: 1.0 }, Timing::Periodic { rate: 2f64.sqrt() / 3.0 }], 0.0),
        ];
        for (k, (players, want)) in cases.into_iter().enumerate() {
            let exact = share(players[0], players[1]).unwrap();
            if want > 0.0 {
                near(exact, want, 1e-12);
            }
            let plays: Vec<f64> = (0..40)
                .map(|network| {
                    let trial = Trial::order_of(network, k as u32);
                    let mut first = trial_rng(5, trial, Purpose::Operator);
                    let mut second = trial_rng(5, trial, Purpose::Defender);
                    simulate_flipit(players, 2000.0, [&mut first, &mut second]).unwrap()
                })
                .collect();
            let mean = plays.iter().sum::<f64>() / 40.0;
            let error = (plays.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / 39.0 / 40.0).sqrt();
            // the start costs at most one waiting time of 2000
            near(mean, exact, 3.0 * error + 5e-4);
        }
    }

    #[test]
    fn bad_numbers_are_refused() {
        assert!(flipit_periodic([0.0, 1.0]).is_err() && flipit_exponential([1.0, f64::NAN]).is_err());
        assert!(share(Timing::Periodic { rate: -1.0 }, Timing::Periodic { rate: 1.0 }).is_err());
        assert_eq!(share(Timing::Periodic { rate: 0.0 }, Timing::Periodic { rate: 0.0 }).unwrap(), 0.0);
    }
}
