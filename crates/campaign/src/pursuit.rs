//! Hide and seek: the operator is in one of several places, every strike is aimed at one of them, and both learn.
//!
//! A round is one effect of an action. If it is aimed at the operator's place it succeeds as its schedule says, else it fails
//! (what goes on from it goes on as it began). The defender hears at once and chooses the place of the next strike; the operator
//! understands a strike after `delay_days`, and then draws a place from its learner: so with a delay it may be hit twice in one
//! place. Both draw on streams of their own, and without `[operator.learning]` nothing is drawn.

use crate::Defender;
use crate::learner::Mind;
use crate::mechanism::{Acts, Mechanism, Start, Strike};
use crate::schedule::seconds;
use crate::state::State;
use crate::trajectory::Round;
use hydranet_game::classic::Hider;
use hydranet_game::learn::{Information, Learner, Observation, draw};
use hydranet_topology::{Purpose, TrialRng};
use std::collections::VecDeque;

impl Mechanism for Defender {
    type Acts = Pursuit;

    fn start(&self, start: &Start<'_>, _state: &mut State) -> Pursuit {
        let Some(hideouts) = start.hideouts else { return Pursuit(None) };
        let places = hideouts.places;
        let operator = Player::new(&hideouts.mind(), places, None, start.stream(Purpose::Hideout));
        let defender = Player::new(&self.mind(), places, self.rule_of(hideouts.learner), start.stream(Purpose::Search));
        Pursuit(Some(Box::new(Hunt { operator, defender, delay: seconds(hideouts.delay_days), news: VecDeque::new() })))
    }
}

/// The hunt, where there is one.
#[derive(Debug)]
pub(crate) struct Pursuit(Option<Box<Hunt>>);

#[derive(Debug)]
struct Hunt {
    operator: Player,
    defender: Player,
    delay: u32,
    /// Strikes that the operator has not understood yet, and when that will be.
    news: VecDeque<(u32, News)>,
}

/// One strike, as the operator will hear of it.
#[derive(Debug)]
struct News {
    mixture: Vec<f64>,
    place: usize,
    searched: usize,
}

/// One side.
struct Player {
    learner: Box<dyn Learner>,
    information: Information,
    rng: TrialRng,
    /// What the place was drawn from.
    mixture: Vec<f64>,
    at: usize,
    gains: Vec<f64>,
}

impl std::fmt::Debug for Player {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}", self.learner.name(), self.at)
    }
}

impl Player {
    fn new(mind: &Mind, places: u32, rule: Option<Hider>, rng: TrialRng) -> Player {
        let (learner, n) = (mind.learner(places, rule), places as usize);
        let mut player = Player {
            learner,
            information: mind.told.information(),
            rng,
            mixture: vec![0.0; n],
            at: 0,
            gains: vec![0.0; n],
        };
        player.choose();
        player
    }

    fn choose(&mut self) {
        self.mixture.copy_from_slice(self.learner.mixture());
        self.at = draw(&self.mixture, &mut self.rng);
        self.learner.played(self.at);
    }

    /// Learns from a choice: 1 is won, where the other was `other` and `same` says whether it is good to be there.
    fn learn(&mut self, mixture: &[f64], at: usize, other: usize, same: bool) {
        let (there, elsewhere) = if same { (1.0, 0.0) } else { (0.0, 1.0) };
        self.gains.fill(elsewhere);
        self.gains[other] = there;
        let full = self.information == Information::Full;
        let seen =
            Observation { mixture, arm: Some(at), gain: self.gains[at], gains: full.then_some(self.gains.as_slice()) };
        self.learner.observe(&seen);
    }
}

impl Hunt {
    /// The operator understands what is due, and moves.
    fn hear(&mut self, state: &State) {
        while self.news.front().is_some_and(|(due, _)| *due <= state.clock.now) {
            let Some((_, news)) = self.news.pop_front() else { return };
            if !state.gone {
                self.operator.learn(&news.mixture, news.place, news.searched, false);
                self.operator.choose();
            }
        }
    }
}

impl Acts for Pursuit {
    fn cycle(&mut self, state: &mut State) {
        if let Some(hunt) = &mut self.0 {
            hunt.hear(state);
        }
    }

    fn resist(&self, _action: &str, _uses: u32) -> f64 {
        self.0.as_ref().map_or(1.0, |hunt| if hunt.operator.at == hunt.defender.at { 1.0 } else { 0.0 })
    }

    fn struck(&mut self, _strike: &Strike, state: &mut State) {
        let Some(hunt) = &mut self.0 else { return };
        let (place, searched) = (hunt.operator.at, hunt.defender.at);
        state.rounds.push(Round { second: state.clock.now, place: place as u32, searched: searched as u32 });
        let due = state.clock.now.saturating_add(hunt.delay);
        hunt.news.push_back((due, News { mixture: hunt.operator.mixture.clone(), place, searched }));
        hunt.hear(state);
        let mixture = hunt.defender.mixture.clone();
        hunt.defender.learn(&mixture, searched, place, true);
        hunt.defender.choose();
    }
}

#[cfg(test)]
mod tests {
    use crate::{ACTIONS, Actions};
    use crate::{Campaign, Defender, Engine, Hideouts, Learning, Operator, Round, Told, Trajectory};
    use hydranet_overlay::{Csr, Overlay, Role, Sources};
    use hydranet_topology::{Params, Trial};

    fn campaign(hideouts: Option<Hideouts>, defender: Defender, strikes: u32) -> Campaign {
        let text = format!(
            "[time]\ndays = {}\ncycle_minutes = 720\nreport_hours = 24\n[churn]\nsessions = \"never\"\n[[action]]\naction = \
             \"seize-servers\"\nat_days = 1\nevery_days = 1\ntimes = {strikes}",
            strikes + 2
        );
        let read = Campaign::read(Params::parse(&text).unwrap(), &Actions::default().with(ACTIONS), "");
        let operator = Operator {
            rebuild_days: 0.1,
            rebuild_sigma: 0.0,
            rebuild_share: 1.0,
            learning: hideouts,
            ..Operator::default()
        };
        Campaign { operator, defender, ..read.map_err(|e| e.reason).unwrap() }
    }

    fn live(campaign: &Campaign) -> Trajectory {
        let edges: Vec<[u32; 2]> = (1..=4).map(|v| [0, v]).collect();
        let roles = (0..=4).map(|v| if v == 0 { Role::Server } else { Role::Peer }).collect();
        let star = Overlay::symmetric(Csr::from_edges(5, &edges).0).with_roles(roles);
        let star = star.with_sources(Sources::Nodes(vec![0]));
        Engine::new(campaign, &star, 7, Trial::network(0)).unwrap().run().unwrap()
    }

    fn hits(rounds: &[Round]) -> f64 {
        rounds.iter().filter(|r| r.hit()).count() as f64 / rounds.len() as f64
    }

    /// Hits a round against a seeker: 1/N, 1/(N − 1), 2/N; ± 3 standard errors of 4,000 rounds (those of a rule are at most those of
    /// independent ones), and the start.
    #[test]
    fn hit_rates_are_those_of_the_hideout_game() {
        for (learner, rates) in [
            (Learning::Equilibrium, [0.5, 0.25]),
            (Learning::AlwaysMove, [1.0, 1.0 / 3.0]),
            (Learning::WinStayLoseShift, [1.0, 0.5]),
        ] {
            for (places, rate) in [2, 4].into_iter().zip(rates) {
                let hideouts = Hideouts { places, learner, ..Hideouts::default() };
                let defender = Defender { learner: Learning::Seeker, ..Defender::default() };
                let life = live(&campaign(Some(hideouts), defender, 4000));
                let found = hits(&life.rounds);
                let error = 3.0 * f64::sqrt(rate * (1.0 - rate) / 4000.0) + 2.0 / 4000.0;
                assert!((found - rate).abs() <= error, "{learner:?}, {places}: {found} for {rate}");
                assert_eq!(life.rounds.len(), life.strikes.len());
                // whoever is found loses the server, and nobody else does
                assert_eq!(life.hits as usize, life.rounds.iter().filter(|r| r.hit()).count());
            }
        }
    }

    #[test]
    fn whoever_learns_late_is_hit_in_the_same_place_again() {
        let again = |delay_days| {
            let hideouts = Hideouts { places: 3, delay_days, ..Hideouts::default() };
            let life = live(&campaign(Some(hideouts), Defender::default(), 400));
            life.rounds.windows(2).filter(|w| w[0].hit() && w[1].place == w[0].place).count()
        };
        assert_eq!(again(0.0), 0);
        assert!(again(2.5) > 50, "{}", again(2.5));
    }

    /// Two learners with full information: each of them hits or is hit near the value 1/N.
    #[test]
    fn learners_come_near_the_value() {
        let hideouts = Hideouts {
            places: 3,
            learner: Learning::Hedge,
            information: Told::Full,
            rounds: 2000,
            ..Hideouts::default()
        };
        let defender =
            Defender { learner: Learning::Hedge, information: Told::Full, rounds: 2000, ..Defender::default() };
        let found = hits(&live(&campaign(Some(hideouts), defender, 2000)).rounds);
        // both regret at most √(T ln N / 2) of T = 2,000 rounds by their mixtures: .0166; and three standard errors of the draws
        assert!((found - 1.0 / 3.0).abs() < 0.0166 + 0.0317, "{found}");
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let refused = |hideouts: Option<Hideouts>, defender: Defender| {
            campaign(hideouts, defender, 1).check().unwrap_err().to_string()
        };
        let seeker = Defender { learner: Learning::Seeker, ..Defender::default() };
        assert!(refused(None, seeker.clone()).contains("`defender`: `learner`"), "{}", refused(None, seeker.clone()));
        let exp3 = Hideouts { learner: Learning::Exp3, ..Hideouts::default() };
        assert!(refused(Some(exp3), seeker).contains("a seeker goes by the rule"));
        let blind = Hideouts { learner: Learning::Hedge, ..Hideouts::default() };
        assert!(refused(Some(blind), Defender::default()).contains("`learning.information`"));
        let one = Hideouts { places: 1, ..Hideouts::default() };
        assert!(refused(Some(one), Defender::default()).contains("2 to 10000 places"));
    }

    #[test]
    fn without_places_nothing_is_drawn() {
        let life = live(&campaign(None, Defender::default(), 20));
        assert!(life.rounds.is_empty() && life.hits == 20);
    }
}
