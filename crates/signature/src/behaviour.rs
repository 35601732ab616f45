//! What a network is like to watch: coordinates of behaviour, how its crews choose their tools, and how often they show.
//!
//! Each coordinate (login environment, machine type, search pattern, transfer protocol, hours, …) takes one of K categories in an
//! observation. A crew has a profile a coordinate, drawn once from the Dirichlet law around what the market offers: `popularity` makes some
//! categories common, and two crews then share them more often. Categories of a market are ranked by popularity, with shares in
//! proportion to rank^−popularity (Zipf).

use crate::dirichlet::Dirichlet;
use crate::profile::{Crew, Profile};
use hydranet_topology::{Draw, Invalid, TrialRng};
use serde::{Deserialize, Serialize};

/// Parameters of behaviour: M like coordinates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Behaviour {
    /// Number of coordinates M, from 1 to 20. Source: the article names four or five.
    pub coordinates: u32,
    /// Categories of a coordinate K, from 2 to 50.
    pub categories: u32,
    /// Mean Dirichlet weight of a category, α > 0: small makes sharp profiles, 1 with popularity 0 makes all profiles equally likely. Source: sweep
    /// 0.1–10.
    pub concentration: f64,
    /// Zipf exponent of the market's shares, from 0 (all tools equally common) to 5. Source: sweep.
    pub popularity: f64,
    /// Observations a day (> 0). Source: sweep 0.1–1000.
    pub observations_per_day: f64,
    /// When observations come: at random (Poisson) or one by one at equal distances.
    pub arrivals: Arrivals,
    /// Tools that a crew swaps of its own accord, per coordinate and year (≥ 0): drift. Source: sweep 0–12.
    pub tool_swap_per_year: f64,
}

/// When observations come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrivals {
    /// Independent exponential waiting times: a Poisson number a day.
    Poisson,
    /// Equal distances.
    Regular,
}

impl Default for Behaviour {
    fn default() -> Behaviour {
        Behaviour {
            coordinates: 4,
            categories: 5,
            concentration: 1.0,
            popularity: 0.0,
            observations_per_day: 5.0,
            arrivals: Arrivals::Poisson,
            tool_swap_per_year: 0.5,
        }
    }
}

impl Behaviour {
    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let m = self.coordinates;
        Invalid::unless((1..=20).contains(&m), "coordinates", || format!("from 1 to 20, not {m}"))?;
        let k = self.categories;
        Invalid::unless((2..=50).contains(&k), "categories", || format!("from 2 to 50, not {k}"))?;
        let positive = |x: f64| x > 0.0 && x.is_finite();
        let alpha = self.concentration;
        Invalid::unless(positive(alpha), "concentration", || format!("a number above 0, not {alpha}"))?;
        let zipf = self.popularity;
        Invalid::unless((0.0..=5.0).contains(&zipf), "popularity", || format!("from 0 to 5, not {zipf}"))?;
        let rate = self.observations_per_day;
        Invalid::unless(positive(rate), "observations_per_day", || format!("a number above 0, not {rate}"))?;
        let swaps = self.tool_swap_per_year;
        let fine = swaps >= 0.0 && swaps.is_finite();
        Invalid::unless(fine, "tool_swap_per_year", || format!("a number of at least 0, not {swaps}"))
    }

    /// The market's shares of the categories of a coordinate.
    pub fn market(&self) -> Profile {
        let weight = |rank: u32| libm::pow(rank as f64, -self.popularity);
        Profile::of_weights((1..=self.categories).map(weight).collect()).expect("ranks begin at 1")
    }

    /// The law of the profiles of each coordinate.
    ///
    /// # Errors
    /// As [`Behaviour::check`].
    pub fn priors(&self) -> Result<Vec<Dirichlet>, Invalid> {
        self.check()?;
        let prior = Dirichlet::around(&self.market(), self.concentration)?;
        Ok(vec![prior; self.coordinates as usize])
    }

    /// Days until the next observation.
    pub(crate) fn wait(&self, rng: &mut TrialRng) -> f64 {
        let mean = 1.0 / self.observations_per_day;
        match self.arrivals {
            Arrivals::Poisson => mean * rng.exponential(),
            Arrivals::Regular => mean,
        }
    }
}

/// A crew, one profile from each law.
pub fn draw_crew(priors: &[Dirichlet], rng: &mut TrialRng) -> Crew {
    priors.iter().map(|prior| prior.draw(rng)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_work_and_refusals_name_the_parameter() {
        let good = Behaviour::default();
        assert_eq!(good.priors().unwrap().len(), 4);
        let check = |bad: Behaviour, part: &str| {
            let reason = bad.check().unwrap_err().to_string();
            assert!(reason.contains(part), "{reason}");
        };
        check(Behaviour { coordinates: 21, ..good.clone() }, "`coordinates`: from 1 to 20, not 21");
        check(Behaviour { categories: 1, ..good.clone() }, "`categories`");
        check(Behaviour { concentration: 0.0, ..good.clone() }, "`concentration`");
        check(Behaviour { popularity: -1.0, ..good.clone() }, "`popularity`");
        check(Behaviour { observations_per_day: f64::NAN, ..good.clone() }, "NaN");
        check(Behaviour { tool_swap_per_year: -0.1, ..good }, "`tool_swap_per_year`");
    }

    #[test]
    fn popularity_is_collision() {
        let collision = |popularity| Behaviour { popularity, ..Behaviour::default() }.priors().unwrap()[0].collision();
        assert!((collision(0.0) - 0.2).abs() < 1e-15, "1/K");
        assert!(collision(1.0) > 0.2 && collision(2.0) > collision(1.0) && collision(5.0) < 1.0);
    }
}
