use super::*;
use crate::design::{Shape, shape};
use crate::file::{Contacts, read_matrix};
use crate::measure::{Present, degree_centralisation};
use crate::{CellTree, Delay, Organisation, Person, Place, Tie, ValueChain, law};
use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::{Outcome, RemovalOrder, percolate};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

pub(super) const SEED: u64 = 19;

/// Nothing is revealed or replaced, and everybody is alike: each test switches on what it is about.
pub(super) fn bare() -> Arrests {
    Arrests {
        arrest_per_year: 10.0,
        exposure: Exposure { levels: ByLevel::Everybody, activity: 0.0 },
        reveal_up: 0.0,
        reveal_peer: 0.0,
        jail_days: None,
        replacement: None,
        mastermind_needed: false,
        ..Arrests::default()
    }
}

/// Places are filled at once and for ever, contacts never lost.
pub(super) fn at_once() -> Replacement {
    let success = Success::Constant(1.0);
    Replacement { delay: Delay::Fixed { days: 0.0 }, rule: Rule::Position, success, pool: f64::INFINITY }
}

pub(super) fn tree(depth: u32, span: u32, cell_mates: bool) -> Organisation {
    let rng = &mut trial_rng(SEED, Trial::network(0), Purpose::Organisation);
    CellTree { depth, span, cut_out: 0.0, cell_mates }.draw(rng).unwrap()
}

/// `n` people of one role below a top of the same role, tied at random `ties` times.
pub(super) fn random_crew(n: u32, ties: usize, network: u32) -> Organisation {
    let rng = &mut trial_rng(SEED, Trial::network(network), Purpose::Topology);
    let mut pairs = std::collections::BTreeSet::new();
    while pairs.len() < ties {
        let (a, b) = (rng.below(n), rng.below(n));
        if a != b {
            pairs.insert([a.min(b), a.max(b)]);
        }
    }
    let people = (0..n).map(|v| Person { name: v.to_string(), level: u32::from(v > 0), role: 0 }).collect();
    Organisation::new(people, vec!["crew".into()], pairs.iter().map(|&[a, b]| Tie::peer(a, b)).collect()).unwrap()
}

pub(super) fn live(arrests: &Arrests, crew: &Organisation, days: f64, trial: u32) -> Life {
    arrests.live(crew, days, &mut Streams::new(SEED, Trial::network(trial)), |_, _, _| {}).unwrap()
}

/// Within three standard errors of a share.
fn share(hits: u32, lives: u32, want: f64) {
    let got = f64::from(hits) / f64::from(lives);
    assert!((got - want).abs() <= 3.0 * (want * (1.0 - want) / f64::from(lives)).sqrt(), "{got} for {want}");
}

#[test]
fn one_chain_reaches_the_top_with_r_to_the_depth() {
    for (r, depth) in [(0.3, 2), (0.3, 3), (0.5, 2), (0.5, 4)] {
        // the only soldier is arrested once and not replaced
        let exposure = Exposure { levels: ByLevel::Bottom, activity: 0.0 };
        let arrests = Arrests { reveal_up: r, exposure, ..bare() };
        let crew = tree(depth, 1, false);
        let hits = (0..8000).filter(|&i| live(&arrests, &crew, 1e5, i).top_arrested.is_some()).count();
        share(hits as u32, 8000, law::chain_reaches_top(r, depth));
    }
}

/// A top, two leaders in a line, and 100 foot soldiers below the second.
fn line_of_three_over_hundred() -> Organisation {
    let levels = (0..103).map(|v: u32| v.min(3));
    let people = levels.enumerate().map(|(v, level)| Person { name: v.to_string(), level, role: level }).collect();
    let roles = ["top", "one", "two", "soldier"].map(String::from).to_vec();
    let soldiers = (3..103).map(|v| Tie::superior(2, v));
    Organisation::new(people, roles, [Tie::superior(0, 1), Tie::superior(1, 2)].into_iter().chain(soldiers).collect())
        .unwrap()
}

#[test]
fn hazard_of_the_top_and_half_chance() {
    let exposure = Exposure { levels: ByLevel::Bottom, activity: 0.0 };
    let arrests = Arrests { arrest_per_year: 0.1, reveal_up: 0.3, exposure, replacement: Some(at_once()), ..bare() };
    let crew = line_of_three_over_hundred();
    let (lives, mut fallen, mut by_half) = (3000, 0, 0);
    for trial in 0..lives {
        let (mut strikes, mut at) = (0, None);
        let watch = |_: f64, event: &Event, _: &State| match event {
            Event::Arrested { direct: true, .. } => strikes += 1,
            Event::Arrested { place: 0, .. } => at = at.or(Some(strikes)),
            _ => {}
        };
        let streams = &mut Streams::new(SEED, Trial::network(trial));
        let life = arrests.live(&crew, 5.0 * YEAR, streams, watch).unwrap();
        fallen += u32::from(life.top_arrested.is_some());
        by_half += u32::from(at.is_some_and(|strikes| strikes <= 25));
        assert_eq!(life.people, 103, "everybody is replaced at once");
    }
    share(fallen, lives, law::by_time(law::top_hazard(100, 0.1, 0.3, 3), 5.0));
    // 25 chains, just under the 25.3 of an even chance; all but 1 in 10^4 lives see 25 strikes in five years
    share(by_half, lives, 1.0 - (1.0 - 0.027f64).powi(25));
}

#[test]
fn random_arrests_break_cells_as_farley_counts() {
    let crew = tree(3, 2, false);
    let lives = 3000;
    let mut broken = [0u32; 16];
    for trial in 0..lives {
        let mut arrested = 0;
        let watch = |_: f64, event: &Event, state: &State| {
            if matches!(event, Event::Arrested { .. }) {
                arrested += 1;
                let soldiers = Present::of(state).reach_of_top(state)[3].unwrap();
                broken[arrested] += u32::from(soldiers == 0.0);
            }
        };
        let life = bare().live(&crew, 1e6, &mut Streams::new(SEED, Trial::network(trial)), watch).unwrap();
        assert_eq!(life.arrested(), 15);
    }
    for (k, want) in law::broken_by_arrests(2, 4).into_iter().enumerate().skip(1) {
        share(broken[k], lives, want.min(1.0));
    }
}

#[test]
fn filled_share_is_the_vacancy_balance() {
    let delay = Delay::Exponential { mean_days: YEAR / 2.0 };
    let arrests = Arrests { arrest_per_year: 0.5, replacement: Some(Replacement { delay, ..at_once() }), ..bare() };
    let crew = random_crew(200, 300, 0);
    // all are there at first: the mean over T years is .8 + .2 (1 − e^(−2.5 T))/(2.5 T)
    let years = 20.0;
    let want = law::filled_share(0.5, 2.0);
    let mean = want + (1.0 - want) * (1.0 - (-2.5f64 * years).exp()) / (2.5 * years);
    let days: f64 = (0..40).map(|trial| live(&arrests, &crew, years * YEAR, trial).person_days).sum();
    let got = days / (40.0 * 200.0 * years * YEAR);
    // variance of a time average of one place: 2 p(1 − p)/(2.5 T)
    let error = (2.0 * 0.16 / (2.5 * years) / (200.0 * 40.0)).sqrt();
    assert!((got - mean).abs() < 3.0 * error, "{got} ± {error} for {mean}");
}

#[test]
fn hand_overs_run_out_with_the_role() {
    for people in [8u32, 15, 104] {
        // all know the hub, so that whoever takes a contact over knows its end already: one contact a removal
        let crew = shape(Shape::Star, people + 1).unwrap();
        let success = Success::Scarcity;
        let replacement = Some(Replacement { success, pool: 0.0, rule: Rule::Random, ..at_once() });
        let exposure = Exposure { levels: ByLevel::BelowTop, activity: 0.0 };
        let arrests = Arrests { replacement, exposure, ..bare() };
        let lives = 500;
        let kept: u32 = (0..lives).map(|trial| live(&arrests, &crew, 1e7, trial).kept).sum();
        let variance: f64 = (1..people).map(|c| f64::from(c) / f64::from(c + 1).powi(2)).sum();
        let (got, want) = (f64::from(kept) / f64::from(lives), law::hand_overs(people));
        assert!((got - want).abs() < 3.0 * (variance / f64::from(lives)).sqrt(), "{people}: {got} for {want}");
    }
}

#[test]
fn adaptive_betweenness_of_caviar() {
    // all eleven phases together; order and largest components by networkx 3, up to its first tie
    let names = ["1", "3", "12", "87", "76", "89", "83", "8", "37", "11", "41", "85", "79"];
    let largest = [88, 85, 72, 64, 56, 45, 43, 35, 19, 11, 9, 6, 5];
    let phases: Vec<Contacts> = crate::file::tests::CAVIAR.iter().map(|text| read_matrix(text).unwrap()).collect();
    let all = phases.iter().skip(1).fold(phases[0].clone(), |all, phase| all.union(phase));
    let crew = all.below("1").unwrap();
    let arrests = Arrests { policy: Policy::MostCentral(Centrality::Betweenness), ..bare() };
    let mut seen = Vec::new();
    let watch = |_: f64, event: &Event, state: &State| {
        if let Event::Arrested { place, .. } = event {
            let left = crate::measure::components(&Present::of(state).contacts);
            seen.push((crew.people()[*place as usize].name.clone(), left.first().copied().unwrap_or(0)));
        }
    };
    arrests.live(&crew, 1e5, &mut Streams::new(SEED, Trial::network(0)), watch).unwrap();
    let want: Vec<(String, u32)> = names.iter().map(|n| n.to_string()).zip(largest).collect();
    assert_eq!(seen[..13], want);
    assert_eq!(seen.len(), 107);
}

#[test]
fn cut_outs_and_certainty() {
    let exposure = Exposure::default();
    let crew = tree(3, 3, true);
    let silent = Arrests { exposure: exposure.clone(), reveal_peer: 1.0, reveal_down: Some(1.0), ..bare() };
    let hidden = CellTree { depth: 3, span: 3, cut_out: 1.0, cell_mates: true };
    let hidden = hidden.draw(&mut trial_rng(1, Trial::network(0), Purpose::Organisation)).unwrap();
    let loud = Arrests { reveal_up: 1.0, ..silent.clone() };
    for trial in 0..50 {
        assert_eq!(live(&silent, &crew, 5.0 * YEAR, trial).top_arrested, None, "r = 0");
        assert_eq!(live(&loud, &hidden, 5.0 * YEAR, trial).top_arrested, None, "all cut-outs");
    }
    // r = r' = 1: the first strike takes the component
    let certain = Arrests { reveal_up: 1.0, reveal_peer: 1.0, ..bare() };
    let chain = ValueChain::duijn().draw(&mut trial_rng(1, Trial::network(0), Purpose::Organisation)).unwrap();
    for (crew, trial) in [(&crew, 0), (&crew, 1), (&chain, 2)] {
        let mut components = crate::measure::components(&crew.contacts());
        let life = live(&certain, crew, 1e6, trial);
        assert_eq!(life.strikes as usize, components.len());
        assert_eq!(life.arrested() as usize, crew.len());
        components.sort_unstable();
        let mut taken: Vec<u32> = Vec::new();
        let watch = |_: f64, event: &Event, _: &State| match event {
            Event::Arrested { direct: true, .. } => taken.push(1),
            Event::Arrested { .. } => *taken.last_mut().unwrap() += 1,
            _ => {}
        };
        certain.live(crew, 1e6, &mut Streams::new(SEED, Trial::network(trial)), watch).unwrap();
        taken.sort_unstable();
        assert_eq!(taken, components);
    }
}

#[test]
fn without_replacement_it_is_the_takedown_kernel() {
    for (policy, network) in
        [(Policy::Opportunistic, 0), (Policy::MostCentral(Centrality::Degree), 1), (Policy::BottomUp, 2)]
    {
        let crew = random_crew(120, 180, network);
        let (mut order, mut largest) = (Vec::new(), vec![crate::measure::components(&crew.contacts())[0]]);
        let watch = |_: f64, event: &Event, state: &State| {
            if let Event::Arrested { place, .. } = event {
                order.push(*place);
                largest.push(crate::measure::components(&Present::of(state).contacts).first().copied().unwrap_or(0));
            }
        };
        let arrests = Arrests { policy, ..bare() };
        arrests.live(&crew, 1e6, &mut Streams::new(SEED, Trial::network(network)), watch).unwrap();
        let edges: Vec<[Place; 2]> = crew.ties().iter().map(|tie| [tie.first, tie.second]).collect();
        let overlay = Overlay::symmetric(Csr::from_edges(120, &edges).0);
        let curve = percolate(&overlay, &RemovalOrder::nodes(order));
        assert_eq!(curve.largest, largest, "{policy:?}");
        let r = largest[1..].iter().map(|&s| f64::from(s)).sum::<f64>() / (120.0 * 120.0);
        assert!((Outcome::of(&curve, 0.01).r() - r).abs() < 1e-15);
    }
}

#[test]
fn seizures_decentralise_and_arrest_nobody() {
    let phases: Vec<Contacts> = crate::file::tests::CAVIAR.iter().map(|text| read_matrix(text).unwrap()).collect();
    let hub = phases[2].below("1").unwrap();
    let star = shape(Shape::Star, 40).unwrap();
    for (crew, rule) in [(&star, Rule::Random), (&hub, Rule::Random), (&hub, Rule::Distance), (&star, Rule::Triadic)] {
        let replacement = Some(Replacement { rule, success: Success::Constant(1.0), ..Replacement::default() });
        let arrests = Arrests {
            policy: Policy::Seize,
            arrest_per_year: 1.0,
            exposure: Exposure::default(),
            reveal_up: 1.0,
            replacement,
            seizure: Seizure { burnt: 3, newcomer: 0.3 },
            ..bare()
        };
        let before = degree_centralisation(&crew.contacts());
        for trial in 0..20 {
            let (mut after, mut people) = (before, 0);
            let watch = |_: f64, _: &Event, state: &State| {
                after = degree_centralisation(&Present::of(state).contacts);
                people = state.people();
            };
            let streams = &mut Streams::new(SEED, Trial::network(trial));
            let life = arrests.live(crew, 2.0 * YEAR, streams, watch).unwrap();
            assert!(life.seizures > 10 && after < before, "{rule:?}, life {trial}: {after} of {before}");
            assert!(people > crew.len(), "newcomers");
            assert_eq!((life.arrested(), life.top_arrested), (0, None));
        }
    }
}

#[test]
fn the_same_streams_give_the_same_life_and_refusals() {
    let crew = tree(3, 4, true);
    let arrests = Arrests { arrest_per_year: 0.5, ..Arrests::default() };
    assert_eq!(live(&arrests, &crew, 2000.0, 3), live(&arrests, &crew, 2000.0, 3));
    assert_ne!(live(&arrests, &crew, 2000.0, 3), live(&arrests, &crew, 2000.0, 4));
    let refused = |arrests: Arrests| {
        arrests.live(&crew, 10.0, &mut Streams::new(SEED, Trial::network(0)), |_, _, _| {}).unwrap_err().to_string()
    };
    assert!(refused(Arrests { reveal_up: 1.2, ..bare() }).contains("`reveal_up`: a share from 0 to 1, not 1.2"));
    assert!(refused(Arrests { arrest_per_year: 11.0, ..bare() }).contains("0 to 10 a year, not 11"));
    assert!(refused(Arrests { reveal_down: Some(-0.1), ..bare() }).contains("`reveal_down`"));
    let levels = ByLevel::Weights(vec![]);
    assert!(refused(Arrests { exposure: Exposure { levels, activity: 0.0 }, ..bare() }).contains("not an empty list"));
    let pool = Some(Replacement { pool: f64::NAN, ..at_once() });
    assert!(refused(Arrests { replacement: pool, ..bare() }).contains("`pool`"));
    assert!(bare().live(&crew, f64::NAN, &mut Streams::new(1, Trial::network(0)), |_, _, _| {}).is_err());
}
