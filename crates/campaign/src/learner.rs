//! The learners of [`hydranet_game::learn`], as a spec names them.

use hydranet_game::classic::Hider;
use hydranet_game::learn::{
    AlwaysMove, Exp3, FictitiousPlay, Fixed, Hedge, Information, Learner, RegretMatchingPlus, Scale, Seeker,
    WinStayLoseShift,
};
use hydranet_plugin::bounds::not_negative;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who learns from takedowns, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Learning {
    /// Any place, all with the same chance, whatever happened: the equilibrium of the hideout game.
    Equilibrium,
    /// The first place for ever.
    None,
    /// Another place every time.
    AlwaysMove,
    /// Stays as long as it goes well, then another place: "not the same mistake twice" (Robbins 1952).
    WinStayLoseShift,
    /// The place that would have been best so far (Brown 1951).
    FictitiousPlay,
    /// Hedge, or multiplicative weights (Freund & Schapire 1997).
    Hedge,
    /// EXP3: Hedge for a player who sees only what became of the place that was chosen (Auer et al. 2002).
    Exp3,
    /// Regret matching+ (Tammelin 2014).
    RegretMatching,
    /// Of the defender alone: knows the operator's rule, keeps the chance of each place by Bayes' rule and goes to the likeliest.
    Seeker,
}

/// What a player is told after a strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// What became of the own choice.
    Bandit,
    /// Where the other was, too.
    Full,
}

impl Told {
    pub(crate) fn information(self) -> Information {
        match self {
            Told::Bandit => Information::Bandit,
            Told::Full => Information::Full,
        }
    }
}

/// One side's learner, out of its table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mind {
    pub(crate) learning: Learning,
    pub(crate) told: Told,
    pub(crate) rounds: u32,
    pub(crate) eta: Option<f64>,
    pub(crate) memory: Option<u32>,
}

/// Payoffs: 1 for a strike that went the own way, else 0.
const SCALE: Scale = Scale { lo: 0.0, hi: 1.0 };

impl Mind {
    /// Refuses what does not go together.
    pub(crate) fn check(&self) -> Result<(), Invalid> {
        let full = matches!(self.learning, Learning::FictitiousPlay | Learning::Hedge | Learning::RegretMatching);
        Invalid::unless(!full || self.told == Told::Full, "information", || {
            "this learner must be told where the other was: `information = \"full\"`, or a learner such as `exp3` that needs only its \
             own past"
                .into()
        })?;
        Invalid::unless(self.rounds >= 1, "rounds", || "at least 1 round, not 0".into())?;
        self.eta.map_or(Ok(()), |eta| not_negative("eta", eta))?;
        Invalid::unless(self.memory != Some(0), "memory", || "at least 1 round, not 0; left out: all of them".into())
    }

    /// The learner over so many places; `rule` is how the other side hides, where that is known.
    ///
    /// # Panics
    /// If the table was not checked.
    pub(crate) fn learner(&self, places: u32, rule: Option<Hider>) -> Box<dyn Learner> {
        let (arms, rounds) = (places as usize, u64::from(self.rounds));
        let window = self.memory.map(|rounds| rounds as usize);
        let boxed: Result<Box<dyn Learner>, _> = match self.learning {
            Learning::Equilibrium => Fixed::new(vec![1.0 / arms as f64; arms]).map(|l| Box::new(l) as Box<dyn Learner>),
            Learning::None => {
                let first = (0..arms).map(|k| if k == 0 { 1.0 } else { 0.0 });
                Fixed::new(first.collect()).map(|l| Box::new(l) as _)
            }
            Learning::AlwaysMove => AlwaysMove::new(arms).map(|l| Box::new(l) as _),
            Learning::WinStayLoseShift => WinStayLoseShift::new(arms, 0.5).map(|l| Box::new(l) as _),
            Learning::FictitiousPlay => FictitiousPlay::new(arms, window).map(|l| Box::new(l) as _),
            Learning::Hedge => {
                let tuned = Hedge::tuned(arms, rounds, SCALE);
                tuned.and_then(|l| Hedge::new(arms, self.eta.unwrap_or(l.eta()), window)).map(|l| Box::new(l) as _)
            }
            Learning::Exp3 => {
                let tuned = Exp3::tuned(arms, rounds, SCALE);
                tuned.and_then(|l| Exp3::new(arms, self.eta.unwrap_or(l.eta()), SCALE)).map(|l| Box::new(l) as _)
            }
            Learning::RegretMatching => RegretMatchingPlus::new(arms).map(|l| Box::new(l) as _),
            Learning::Seeker => Seeker::new(places, rule.unwrap_or(Hider::Equilibrium)).map(|l| Box::new(l) as _),
        };
        boxed.expect("a table that was checked")
    }
}

impl Learning {
    /// The rule of one who hides, where a seeker can know one.
    pub(crate) fn rule(self) -> Option<Hider> {
        match self {
            Learning::Equilibrium => Some(Hider::Equilibrium),
            Learning::AlwaysMove => Some(Hider::AlwaysMove),
            Learning::WinStayLoseShift => Some(Hider::WinStayLoseShift),
            _ => None,
        }
    }
}
