use super::*;
use crate::law;
use hydranet_results::statistics::{CompetingRisks, Wait};

const SEED: u64 = 10;

fn streams(trial: u32) -> Streams {
    Streams::new(SEED, Trial::network(trial))
}

/// Hazards a year: rivals .3 who all succeed, defender .5, clean-up ln 2/2.
fn three_hazards() -> Orphan {
    Orphan { takeover_success: 1.0, ..Orphan::default() }
}

/// Only rivals, who wear away nothing.
fn rivals(rate: f64, success: f64) -> Orphan {
    Orphan {
        rivals_per_year: rate,
        takeover_success: success,
        defender_claims_per_year: 0.0,
        clean_up_ends: false,
        ..Orphan::default()
    }
}

/// First ends in years, cut off at the horizon.
fn ends(orphan: &Orphan, lives: u32, years: f64) -> Vec<Wait> {
    let end = |trial: u32| {
        let life = orphan.live(0.0, years * YEAR, &mut streams(trial)).unwrap();
        let (days, cause) = life.first_end().unwrap();
        Wait { network: u64::from(trial), time: days / YEAR, cause: cause.map(Cause::number) }
    };
    (0..lives).map(end).collect()
}

fn share_of(hits: usize, lives: u32, want: f64, what: &str) {
    let got = hits as f64 / f64::from(lives);
    assert!((got - want).abs() <= 3.0 * (want * (1.0 - want) / f64::from(lives)).sqrt(), "{what}: {got} for {want}");
}

#[test]
fn incidence_of_three_hazards() {
    let want = [[0.1785, 0.2352, 0.2616], [0.2975, 0.3921, 0.4361], [0.2062, 0.2718, 0.3023]];
    let all = 0.8 + std::f64::consts::LN_2 / 2.0;
    let own = [0.3, 0.5, std::f64::consts::LN_2 / 2.0];
    let lives = 10_000;
    for (column, years) in [(0, 1.0), (1, 2.0), (2, 40.0)] {
        let seen = ends(&three_hazards(), lives, years);
        let curve = CompetingRisks::new(seen.clone(), 4).unwrap().incidence();
        for (cause, row) in want.iter().enumerate() {
            let share = curve.at(cause as u32, years);
            assert!((law::incidence(own[cause], all, years) - row[column]).abs() < 1e-4, "law and printed row");
            let error = 3.0 * (row[column] * (1.0 - row[column]) / f64::from(lives)).sqrt();
            assert!((share - row[column]).abs() < error, "cause {cause} at {years}: {share}");
            // cut off at one time only: the estimate is the plain share
            let plain = seen.iter().filter(|end| end.cause == Some(cause as u32)).count();
            assert!((share - plain as f64 / f64::from(lives)).abs() < 1e-9);
        }
        let counted: usize = (0..4).map(|c| seen.iter().filter(|e| e.cause == Some(c)).count()).sum();
        assert_eq!(counted + seen.iter().filter(|e| e.cause.is_none()).count(), lives as usize);
    }
}

#[test]
fn who_and_when_are_independent() {
    let lives = 10_000;
    let seen = ends(&three_hazards(), lives, 1e3);
    let all = 0.8 + std::f64::consts::LN_2 / 2.0;
    for (cause, own) in [(0, 0.3), (1, 0.5), (2, std::f64::consts::LN_2 / 2.0)] {
        share_of(seen.iter().filter(|e| e.cause == Some(cause)).count(), lives, own / all, "share by cause");
        let (mut sum, mut both, mut hits) = (0.0, 0.0, 0.0);
        for end in &seen {
            let hit = f64::from(u8::from(end.cause == Some(cause)));
            (sum, both, hits) = (sum + end.time, both + end.time * hit, hits + hit);
        }
        let n = f64::from(lives);
        let (p, mean) = (hits / n, sum / n);
        // waiting times are exponential: their deviation is their mean
        let correlation = (both / n - p * mean) / (mean * (p * (1.0 - p)).sqrt());
        assert!(correlation.abs() < 3.0 / n.sqrt(), "cause {cause}: {correlation}");
    }
}

#[test]
fn what_a_rival_finds() {
    let lives = 10_000;
    let found = |orphan: &Orphan| -> Vec<Option<f64>> {
        (0..lives).map(|t| orphan.live(0.0, 400.0 * YEAR, &mut streams(t)).unwrap().share_found()).collect()
    };
    let decay = law::rate_of_half_life(2.0);
    for rate in [0.1, 0.3, 1.0] {
        let constant = found(&rivals(rate, 1.0));
        let mean = constant.iter().flatten().sum::<f64>() / f64::from(lives);
        // the share at an exponential time has second moment λ/(λ + 2δ)
        let want = law::first(rate, decay);
        let error = ((law::first(rate, 2.0 * decay) - want * want) / f64::from(lives)).sqrt();
        assert!((mean - want).abs() < 3.0 * error, "rate {rate}: {mean} for {want}");
        let shrinking = found(&Orphan { lure_exponent: 1.0, ..rivals(rate, 1.0) });
        share_of(shrinking.iter().flatten().count(), lives, law::ever_taken(rate, decay), "ever taken");
        let mean = shrinking.iter().flatten().sum::<f64>() / f64::from(lives);
        let squares = shrinking.iter().flatten().map(|s| s * s).sum::<f64>() / f64::from(lives);
        let error = ((squares - mean * mean) / f64::from(lives)).sqrt();
        assert!((mean - law::share_taken(rate, decay)).abs() < 3.0 * error, "rate {rate}: {mean}");
    }
}

#[test]
fn never_without_success_and_never_where_commands_are_signed() {
    let never = |orphan: Orphan| {
        let taken = |t| orphan.live(0.0, 100.0 * YEAR, &mut streams(t)).unwrap().share_found().is_some();
        assert!(!(0..500).any(taken));
    };
    never(rivals(5.0, 0.0));
    never(Orphan { signed: true, ..rivals(5.0, 0.0) });
    never(rivals(0.0, 1.0));
    let refused = Orphan { signed: true, ..Orphan::default() }.live(0.0, 1.0, &mut streams(0)).unwrap_err().to_string();
    assert!(refused.starts_with("`takeover_success`: 0 where commands are signed, not 0.3"), "{refused}");
    assert!(refused.contains("set it to 0 or `signed` to false"));
    for bad in [
        Orphan { rivals_per_year: -0.1, ..Orphan::default() },
        Orphan { takeover_success: 1.1, ..Orphan::default() },
        Orphan { clean_up_half_life_days: Some(0.0), ..Orphan::default() },
        Orphan { return_per_year: f64::NAN, ..Orphan::default() },
        Orphan { rival_stays_days: Some(-3.0), ..Orphan::default() },
    ] {
        assert!(bad.check().is_err(), "{bad:?}");
    }
    assert!(Orphan::default().live(f64::INFINITY, 1.0, &mut streams(0)).is_err());
}

#[test]
fn one_cause_alone_is_one_minus_kaplan_meier() {
    let risks = CompetingRisks::new(ends(&rivals(0.3, 1.0), 3000, 4.0), 4).unwrap();
    let curve = risks.incidence();
    for (time, naive) in risks.naive_one_minus_km_overlay(0) {
        assert!((curve.at(0, time) - naive).abs() < 1e-10);
    }
    // beside other causes it is not: about three times as much at five years
    let risks = CompetingRisks::new(ends(&three_hazards(), 5000, 5.0), 4).unwrap();
    let naive = risks.naive_one_minus_km_overlay(0).last().unwrap().1;
    let ratio = naive / risks.incidence().at(0, 5.0);
    let want = law::by_time(0.3, 5.0) / law::incidence(0.3, 0.8 + std::f64::consts::LN_2 / 2.0, 5.0);
    assert!((2.0..4.0).contains(&want) && (ratio - want).abs() < 0.15 * want, "{ratio} for {want}");
}

#[test]
fn twins_share_their_arrivals() {
    let with = |success| Orphan { takeover_success: success, rivals_per_year: 2.0, ..Orphan::default() };
    let (mut taken, mut more) = (0, 0);
    for trial in 0..2000 {
        let [low, high] = [0.3, 0.6].map(|success| with(success).live(0.0, 5.0 * YEAR, &mut streams(trial)).unwrap());
        let [(low_days, low), (high_days, high)] = [low.first_end().unwrap(), high.first_end().unwrap()];
        if low == Some(Cause::Rival) {
            taken += 1;
            assert!(high == Some(Cause::Rival) && high_days <= low_days);
        } else if high == Some(Cause::Rival) {
            more += 1;
        } else {
            assert_eq!((low_days, low), (high_days, high), "all other clocks are the same");
        }
    }
    assert!(taken > 500 && more > 200, "{taken} {more}");
}

#[test]
fn twice_the_rate_is_half_the_time() {
    let median = |rate| {
        let mut times: Vec<f64> = ends(&rivals(rate, 1.0), 2001, 1e4).iter().map(|end| end.time).collect();
        times.sort_unstable_by(f64::total_cmp);
        times[1000]
    };
    let (one, two) = (median(0.3), median(0.6));
    assert!((two * 2.0 - one).abs() < 1e-9 * one, "{one} and {two}");
}

#[test]
fn names_must_have_expired_and_defenders_must_watch() {
    let orphan =
        Orphan { names_expire_days: Some(365.0), rivals_per_year: 5.0, watch_from_days: 200.0, ..Orphan::default() };
    let (mut rivals, mut claims) = (0, 0);
    for trial in 0..1000 {
        let life = orphan.live(50.0, 5.0 * YEAR, &mut streams(trial)).unwrap();
        match life.first_end().unwrap() {
            (days, Some(Cause::Rival)) => {
                rivals += 1;
                assert!(days >= 365.0);
            }
            (days, Some(Cause::Defender)) => {
                claims += 1;
                assert!(days >= 200.0);
            }
            _ => {}
        }
    }
    assert!(rivals > 100 && claims > 100);
}

#[test]
fn hands_change_more_than_once_and_harm_goes_by_owner() {
    let orphan = Orphan { rival_stays_days: Some(60.0), return_per_year: 0.2, ..rivals(5.0, 1.0) };
    let (mut most, mut back) = (0, 0);
    for trial in 0..200 {
        let life = orphan.live(10.0, 5.0 * YEAR, &mut streams(trial)).unwrap();
        assert!(life.spells.windows(2).all(|pair| pair[0].from < pair[1].from && pair[1].share <= pair[0].share));
        let numbers: Vec<u32> =
            life.spells.iter().filter_map(|s| if let Owner::Rival(k) = s.owner { Some(k) } else { None }).collect();
        assert!(numbers.iter().enumerate().all(|(i, &k)| k == i as u32 + 1));
        most = most.max(numbers.len());
        back += u32::from(life.spells.last().unwrap().owner == Owner::FirstCrew);
    }
    assert!(most > 5 && back > 20, "{most} {back}");
    // ten days of the first crew at full use, then an orphan that decays to one half in 730 days, up to day 740
    let lonely = rivals(0.0, 0.0).live(10.0, 740.0, &mut streams(0)).unwrap();
    assert!((lonely.harm(|owner| f64::from(u8::from(owner == Owner::FirstCrew))) - 10.0).abs() < 1e-12);
    let decay = law::rate_of_half_life(730.0);
    assert!((lonely.harm(|owner| f64::from(u8::from(owner == Owner::Orphan))) - 0.5 / decay).abs() < 1e-9);
    assert_eq!(lonely.first_end(), Some((730.0, None)));
    let whole = Orphan::default().live(20.0, 20.0, &mut streams(0)).unwrap();
    assert_eq!((whole.spells.len(), whole.first_end()), (1, None), "never an orphan before the horizon");
}
