//! Networks in time, through the engine: several of them, the hours of the day, and what the defender knows.

use crate::book::Book;
use crate::draws::Draws;
use crate::feature::{Evidence, action, mechanism};
use crate::groups::campaigns::{lists, live, star, still, struck};
use hydranet_campaign::{Campaign, Churn, Crawling, Fleet, Schedule, Sessions, Step, Time, Trajectory};
use hydranet_topology::Params;
use std::f64::consts::TAU;

pub(super) fn rows(book: &mut Book) {
    displaced(book);
    rolling(book);
    daily(book);
    known(book);
}

/// One server and n machines a network, the whole fleet under one campaign.
fn fleet(draws: &Draws<'_>, campaign: &Campaign, n: u32) -> Trajectory {
    let overlays = vec![star(1, n); campaign.fleet.networks as usize];
    campaign.run(&overlays, draws.seed, draws.trial).unwrap_or_else(|e| panic!("{e}"))
}

/// Half of the machines are online, one of two networks is hit on day 1 for good: κ of its machines, on or off, are with the other in
/// the end. Whether a machine is online does not depend on where it is, so the share of those online in reach says it without bias.
fn displaced(book: &mut Book) {
    let (n, trials) = book.pick((1000u32, 6), (4000, 12));
    for kappa in [1.0, 0.4] {
        let numbers = book.run(trials, move |draws| {
            let fleet_of_two = Fleet { networks: 2, rolling_days: 1000.0, kappa, room: 3.0, ..Fleet::default() };
            let quiet = still(40.0);
            let sessions = Sessions::Exponential;
            let churn = Churn { sessions, session_hours: 2.0, online_share: 0.5, ..quiet.churn.clone() };
            let campaign =
                struck(draws, Campaign { churn, fleet: fleet_of_two, ..quiet }, "seize-servers", "share = 1.0");
            let story = fleet(draws, &campaign, n);
            let last = story.samples.last().expect("a report");
            vec![2.0 * f64::from(last.reach) / f64::from(last.online) - 1.0]
        });
        book.row(
            format!("two networks, half online, κ = {kappa}: displaced machines with the other network"),
            [mechanism("fleet"), action("seize-servers")],
            Evidence::ClosedForm,
            "κ",
        )
        .mean(numbers, 0, kappa);
    }
}

/// Three networks, a week apart.
fn rolling(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let fleet_of_three = Fleet { networks: 3, rolling_days: 7.0, ..Fleet::default() };
        let campaign = struck(draws, Campaign { fleet: fleet_of_three, ..still(20.0) }, "seize-servers", "share = 1.0");
        let story = fleet(draws, &campaign, 100);
        let at = |day: f64| f64::from(story.samples[(day * 86_400.0 / f64::from(story.span)) as usize].reach);
        vec![at(0.5), at(7.5), at(14.5), at(19.0)]
    });
    for (i, (day, want)) in [("0.5", 300.0), ("7.5", 200.0), ("14.5", 100.0), ("19", 0.0)].into_iter().enumerate() {
        let label = format!("three networks, one a week from day 1: machines in reach on day {day}");
        book.row(label, [mechanism("fleet")], Evidence::ClosedForm, "counting").exact(numbers, i, want);
    }
}

/// The mean over a day of the share p that is online, dp/dt = (1 − p) μ (1 + A cos 2πt/24 h) − λ p, once the start is forgotten: Runge
/// and Kutta's fourth order in steps of a minute.
fn mean_of_a_day([session, absence, amplitude]: [f64; 3]) -> f64 {
    let slope = |t: f64, p: f64| (1.0 - p) / absence * (1.0 + amplitude * libm::cos(TAU * t / 24.0)) - p / session;
    let (mut p, mut sum, step) = (0.5, 0.0, 1.0 / 60.0);
    for i in 0..20 * 1440 {
        let t = f64::from(i) * step;
        let a = slope(t, p);
        let b = slope(t + step / 2.0, p + step / 2.0 * a);
        let c = slope(t + step / 2.0, p + step / 2.0 * b);
        let d = slope(t + step, p + step * c);
        p += step / 6.0 * (a + 2.0 * b + 2.0 * c + d);
        if i >= 19 * 1440 {
            sum += p / 1440.0;
        }
    }
    sum
}

/// The share online, averaged over the last five of fifteen days, where returns swing with the hours.
fn daily(book: &mut Book) {
    let (n, trials) = book.pick((1000u32, 12), (4000, 24));
    for amplitude in [0.5, 0.9] {
        let numbers = book.run(trials, move |draws| {
            let quiet = still(15.0);
            let churn = Churn {
                sessions: Sessions::Exponential,
                session_hours: 8.0,
                online_share: 0.5,
                diurnal: amplitude,
                ..quiet.churn.clone()
            };
            let time = Time { report_hours: 0.5, ..quiet.time.clone() };
            let campaign = Campaign { churn, time, ..quiet };
            let story = live(draws, &campaign, &star(1, n));
            let late = &story.samples[story.samples.len() - 240..];
            let online = late.iter().map(|s| f64::from(s.online)).sum::<f64>();
            vec![online / 240.0 / f64::from(n)]
        });
        book.row(
            format!("sessions of 8 h, half online, daily swing {amplitude}: mean share online"),
            [mechanism("churn")],
            Evidence::Slow,
            "its differential equation, by Runge–Kutta",
        )
        .mean(numbers, 0, mean_of_a_day([8.0, 8.0, amplitude]));
    }
}

/// A strike that waits until half is known, and one that can hit only what is known.
fn known(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let quiet = still(6.0);
        let crawl = Crawling { requests_per_hour: 40.0, ..Crawling::default() };
        let time = Time { report_hours: 0.5, ..quiet.time.clone() };
        let churn = Churn { routable_share: 0.6, ..quiet.churn.clone() };
        let base = Campaign { crawl, time, ..quiet };
        let overlay = lists(draws, 1000, 20);
        let action = |name: &str, params: &str| {
            let row = draws.known.actions.get(name).expect("an action");
            row.build(&Params::parse(params).expect("TOML")).unwrap_or_else(|e| panic!("{name}: {e}"))
        };
        let cue = Schedule { at_days: 0.0, when_known: Some(0.5), ..Schedule::default() };
        let step = Step { schedule: cue, action: action("partition", "strategy = \"degree\"\nremovals = 10") };
        let story = live(draws, &Campaign { playbook: vec![step], ..base.clone() }, &overlay);
        let strike = *story.strikes.first().expect("it comes to that");
        // reports stand at the end of every cycle, as decisions do
        let known = |second: u32| story.samples[(second / story.span) as usize].known;
        // the strike itself may take ten of those who are known
        let early = f64::from(u8::from(known(strike) + 10 < 500)) + f64::from(u8::from(known(strike - 3600) >= 500));
        let only = Schedule { at_days: 5.0, crawled: true, ..Schedule::default() };
        let step = Step { schedule: only, action: action("clean-up", "share = 1.0") };
        let story = live(draws, &Campaign { playbook: vec![step], churn, ..base }, &overlay);
        let (before, last) = (story.samples[5 * 48 - 1], story.samples.last().expect("a report"));
        vec![early, f64::from(last.members) + f64::from(before.known), f64::from(before.known)]
    });
    book.row(
        "partition when half is known: strikes before it, or over an hour after it",
        [mechanism("crawl"), mechanism("playbook"), action("partition")],
        Evidence::ClosedForm,
        "its cue",
    )
    .exact(numbers, 0, 0.0);
    book.row(
        "clean-up of all that is known behind NAT, share .6: machines left and machines known, of 1,000",
        [mechanism("crawl"), action("clean-up")],
        Evidence::Conservation,
        "counting",
    )
    .exact(numbers, 1, 1000.0);
}
