//! The hideout game: someone hides in one of N places, a seeker searches one place a round and learns whether it was a hit.
//! It shows in the smallest setting what "never the same mistake twice" costs: the places that the last hit rules out are
//! places that the seeker need not search.

use crate::GameError;
use crate::learn::Seeker;
use hydranet_topology::{Draw, TrialRng};
use serde::{Deserialize, Serialize};

/// How the one who hides chooses places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hider {
    /// A place anew each round, all with the same chance, whatever happened.
    Equilibrium,
    /// Another place each round, all others with the same chance.
    AlwaysMove,
    /// Stays until hit, then another place, all others with the same chance.
    WinStayLoseShift,
}

impl Hider {
    /// All of them.
    pub const ALL: [Hider; 3] = [Hider::Equilibrium, Hider::AlwaysMove, Hider::WinStayLoseShift];

    /// Hits a round in the long run by a seeker who knows the rule and answers it best: 1/N, 1/(N − 1) and 2/N.
    ///
    /// Of one who always moves, a place just searched in vain has the full chance 1/(N − 1) next round, and none has more.
    /// Of one who stays, the seeker goes through the N − 1 other places, and needs N/2 searches on average.
    ///
    /// # Errors
    /// [`GameError::Parameter`] below two places.
    pub fn hit_rate(self, places: u32) -> Result<f64, GameError> {
        let n = f64::from(places_checked(places)?);
        Ok(match self {
            Hider::Equilibrium => 1.0 / n,
            Hider::AlwaysMove => 1.0 / (n - 1.0),
            Hider::WinStayLoseShift => 2.0 / n,
        })
    }

    /// The price of memory: what the rule costs above 1/N, in hits a round.
    ///
    /// # Errors
    /// [`GameError::Parameter`] below two places.
    pub fn price_of_memory(self, places: u32) -> Result<f64, GameError> {
        Ok(self.hit_rate(places)? - 1.0 / f64::from(places))
    }

    /// Does it leave its place for another one after a round?
    pub fn moves(self, hit: bool) -> bool {
        self == Hider::AlwaysMove || (self == Hider::WinStayLoseShift && hit)
    }

    /// Hits a round in a simulated play against a seeker who keeps the chance of each place by Bayes' rule and searches the
    /// likeliest one (the first of several). O(places) a round.
    ///
    /// # Errors
    /// [`GameError::Parameter`] below two places or one round.
    pub fn simulate(self, places: u32, rounds: u32, rng: &mut TrialRng) -> Result<f64, GameError> {
        if rounds == 0 {
            return Err(GameError::Parameter { name: "rounds", value: 0.0, allowed: "a play has at least one round" });
        }
        let mut seeker = Seeker::new(places, self)?;
        let (mut place, mut hits) = (rng.below(places) as usize, 0u32);
        for _ in 0..rounds {
            let searched = seeker.search();
            let hit = searched == place;
            hits += u32::from(hit);
            seeker.told(searched, hit);
            if self == Hider::Equilibrium {
                place = rng.below(places) as usize;
            } else if self.moves(hit) {
                let other = rng.below(places - 1) as usize;
                place = other + usize::from(other >= place);
            }
        }
        Ok(f64::from(hits) / f64::from(rounds))
    }
}

/// At least two places.
pub(crate) fn places_checked(places: u32) -> Result<u32, GameError> {
    if places < 2 {
        return Err(GameError::Parameter {
            name: "places",
            value: f64::from(places),
            allowed: "hiding takes at least two",
        });
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// ± .01 at 20,000 rounds is three standard errors of the noisiest row, and more.
    fn check(hider: Hider, rates: [f64; 4]) {
        for (places, rate) in [2, 3, 4, 8].into_iter().zip(rates) {
            assert!((hider.hit_rate(places).unwrap() - rate).abs() < 5.1e-5);
            let mut rng = trial_rng(11, Trial::network(places), Purpose::Operator);
            let found = hider.simulate(places, 20_000, &mut rng).unwrap();
            assert!((found - rate).abs() < 0.01, "{hider:?} among {places}: {found} for {rate}");
        }
    }

    #[test]
    fn hit_rates() {
        check(Hider::Equilibrium, [0.5, 0.3333, 0.25, 0.125]);
        check(Hider::AlwaysMove, [1.0, 0.5, 0.3333, 0.1429]);
        check(Hider::WinStayLoseShift, [1.0, 0.6667, 0.5, 0.25]);
    }

    #[test]
    fn memory_has_a_price() {
        assert_eq!(Hider::Equilibrium.price_of_memory(5).unwrap(), 0.0);
        assert!((Hider::WinStayLoseShift.price_of_memory(5).unwrap() - 0.2).abs() < 1e-15);
        assert!(Hider::AlwaysMove.hit_rate(1).is_err());
        assert!(Hider::AlwaysMove.simulate(3, 0, &mut trial_rng(1, Trial::network(0), Purpose::Operator)).is_err());
    }
}
