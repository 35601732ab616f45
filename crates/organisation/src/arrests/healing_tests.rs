//! Replacement, heirs, and who survives.

use super::tests::{SEED, at_once, bare, live, random_crew, tree};
use super::*;
use crate::design::{Shape, shape};
use crate::measure::{Present, Snapshot};
use crate::{Delay, Organisation};
use hydranet_results::statistics::{Clustered, CompetingRisks, Interval, Wait, kaplan_meier, log_rank_test};
use hydranet_topology::Trial;

fn excludes_zero(differences: &[f64]) -> Interval {
    let pairs = differences.iter().enumerate().map(|(i, &d)| (i as u64, d));
    let interval = Clustered::new(pairs).unwrap().mean_interval(0.95).unwrap();
    assert!(!interval.contains(0.0), "{interval:?}");
    interval
}

#[test]
fn heirs_and_deadlines() {
    // the top alone is exposed, and struck often
    let exposure = Exposure { levels: ByLevel::Weights(vec![1.0, 0.0]), activity: 0.0 };
    let base = Arrests { exposure, mastermind_needed: true, heir_days: 60.0, ..bare() };
    let crew = shape(Shape::Star, 12).unwrap();
    let delayed = |days, pool| Some(Replacement { delay: Delay::Fixed { days }, pool, ..at_once() });
    for trial in 0..20 {
        // nobody follows: gone sixty days after the arrest
        let life = live(&base, &crew, 1e4, trial);
        assert_eq!((life.heirs, life.gone), (0, life.top_arrested.map(|day| day + 60.0)));
        // the heir is late
        let life = live(&Arrests { replacement: delayed(61.0, 5.0), ..base.clone() }, &crew, 1e4, trial);
        assert_eq!((life.heirs, life.gone), (0, life.top_arrested.map(|day| day + 60.0)));
        // five heirs in time, then nobody
        let life = live(&Arrests { replacement: delayed(59.0, 5.0), ..base.clone() }, &crew, 1e4, trial);
        assert_eq!((life.heirs, life.arrests[0]), (5, 6));
        assert!(life.gone.is_some());
        // lieutenants, one after the other, until nobody is left
        let heirs = Heirs::PoolOrLieutenant;
        let life = live(&Arrests { replacement: delayed(10.0, 0.0), heirs, ..base.clone() }, &crew, 1e5, trial);
        assert_eq!((life.heirs, life.arrests[0], life.people), (11, 12, 0));
        let heirs = Heirs::Nobody;
        let life = live(&Arrests { replacement: delayed(10.0, 5.0), heirs, ..base.clone() }, &crew, 1e4, trial);
        assert_eq!((life.heirs, life.arrests[0]), (0, 1));
        // not needed: never gone
        let life = live(&Arrests { mastermind_needed: false, ..base.clone() }, &crew, 1e4, trial);
        assert_eq!((life.gone, life.headless), (None, life.top_arrested));
    }
}

#[test]
fn jail_ends_and_pools_run_dry() {
    let crew = random_crew(30, 60, 1);
    let dry = Arrests { replacement: Some(Replacement { pool: 1.0, ..at_once() }), ..bare() };
    let life = live(&dry, &crew, 1e6, 0);
    assert_eq!((life.filled, life.arrested(), life.people), (30, 60, 0), "thirty recruits, and no more");
    let back = Arrests { jail_days: Some(100.0), arrest_per_year: 1.0, ..dry };
    let life = live(&back, &crew, 50.0 * YEAR, 0);
    assert!(life.filled > 500 && life.people > 20, "{life:?}");
    let mut returned = std::collections::BTreeSet::new();
    let watch = |_: f64, event: &Event, _: &State| {
        if let Event::Filled { person, known: true, .. } = event {
            returned.insert(*person);
        }
    };
    back.live(&crew, 50.0 * YEAR, &mut Streams::new(SEED, Trial::network(0)), watch).unwrap();
    assert!(returned.iter().all(|&person| person < 60) && returned.len() > 30, "founders and recruits come back");
}

/// What is measured after the last event.
fn at_the_end(arrests: &Arrests, crew: &Organisation, years: f64, trial: u32) -> Snapshot {
    let mut last = None;
    let watch = |_: f64, _: &Event, state: &State| last = Some(state.clone());
    arrests.live(crew, years * YEAR, &mut Streams::new(SEED, Trial::network(trial)), watch).unwrap();
    let state = last.expect("something happened");
    Present::of(&state).snapshot(&state)
}

#[test]
fn triadic_against_random_replacement() {
    let with = |rule| Arrests {
        arrest_per_year: 0.5,
        replacement: Some(Replacement { rule, success: Success::Constant(1.0), pool: 2.0, ..Replacement::default() }),
        ..bare()
    };
    let [mut clustering, mut local, mut global] = [const { Vec::new() }; 3];
    for trial in 0..30 {
        let crew = random_crew(60, 120, trial);
        let [triadic, random] = [Rule::Triadic, Rule::Random].map(|rule| at_the_end(&with(rule), &crew, 3.0, trial));
        clustering.push(triadic.clustering - random.clustering);
        local.push(triadic.local_efficiency - random.local_efficiency);
        global.push(triadic.efficiency - random.efficiency);
    }
    assert!(excludes_zero(&clustering).lo > 0.0);
    assert!(excludes_zero(&local).lo > 0.0);
    // contacts among friends of friends are no short cuts: over the whole, random hand-overs are more efficient
    assert!(excludes_zero(&global).hi < 0.0);
}

#[test]
fn efficient_and_secure_designs_cross_as_pressure_rises() {
    // what is left of the working pairs after two years, of 24 people: everybody knows everybody, or a ring
    let left = |kind, rate, trial| {
        let crew = shape(kind, 24).unwrap();
        let replacement = Some(Replacement { success: Success::Constant(1.0), ..Replacement::default() });
        let exposure = Exposure { levels: ByLevel::Everybody, activity: 0.0 };
        let arrests =
            Arrests { arrest_per_year: rate, exposure, reveal_peer: 0.1, reveal_up: 0.1, replacement, ..bare() };
        let (mut sum, mut last, mut value) = (0.0, 0.0, crate::measure::efficiency(&crew.contacts()));
        let efficiency = |state: &State| {
            let graph = Present::of(state).contacts;
            let n = graph.len() as f64;
            if n > 1.0 { crate::measure::efficiency(&graph) * n * (n - 1.0) / (24.0 * 23.0) } else { 0.0 }
        };
        let watch = |day: f64, _: &Event, state: &State| {
            sum += value * (day - last);
            (last, value) = (day, efficiency(state));
        };
        arrests.live(&crew, 2.0 * YEAR, &mut Streams::new(SEED, Trial::network(trial)), watch).unwrap();
        (sum + value * (2.0 * YEAR - last)) / (2.0 * YEAR)
    };
    let gap = |rate| (0..40).map(|t| left(Shape::Complete, rate, t) - left(Shape::Ring, rate, t)).collect::<Vec<_>>();
    assert!(excludes_zero(&gap(0.02)).lo > 0.0, "efficient under low pressure");
    assert!(excludes_zero(&gap(1.0)).hi < 0.0, "secure under high pressure");
}

#[test]
fn layers_protect_the_mastermind() {
    // five years of chains with everybody replaced at once: survival e^(−n a r^L t), L = 2 against 3, the same soldiers
    let exposure = Exposure { levels: ByLevel::Bottom, activity: 0.0 };
    let arrests = Arrests { arrest_per_year: 0.15, reveal_up: 0.3, exposure, replacement: Some(at_once()), ..bare() };
    let wait = |crew: &Organisation, network: u32| {
        let day = live(&arrests, crew, 5.0 * YEAR, network).top_arrested;
        Wait { network: u64::from(network), time: day.unwrap_or(5.0 * YEAR) / YEAR, cause: day.map(|_| 0) }
    };
    let group = |depth, span| {
        let crew = tree(depth, span, false);
        CompetingRisks::new((0..4000).map(|network| wait(&crew, network)), 1).unwrap()
    };
    let [shallow, deep] = [group(2, 8), group(3, 4)];
    for (waits, layers) in [(&shallow, 2), (&deep, 3)] {
        let curve = kaplan_meier(&waits.waits().iter().map(|w| (w.time, w.cause.is_some())).collect::<Vec<_>>(), 0.95);
        let want = (-crate::law::top_hazard(64, 0.15, 0.3, layers) * 2.0).exp();
        let got = curve.iter().take_while(|s| s.time <= 2.0).last().unwrap().share;
        assert!((got - want).abs() < 3.0 * (want * (1.0 - want) / 4000.0).sqrt(), "{layers} layers: {got} for {want}");
    }
    assert!(log_rank_test(&[&shallow, &deep], 0).unwrap().unwrap().p < 1e-6);
    // the same against itself tells nothing
    assert!(log_rank_test(&[&deep, &deep], 0).unwrap().unwrap().statistic < 1e-20);
}
