//! Networks in time, through the engine: churn, clean-up, isolation, rendezvous, rebuilding.

use super::campaigns::{after, lists, live, star, still, struck};
use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, action, mechanism};
use hydranet_campaign::{Campaign, Churn, Commands, Dissemination, Maintenance, Operator, Sessions, Time, Weibull};
use hydranet_overlay::{Csr, Overlay, Sources};
use hydranet_topology::Purpose;

pub(super) fn rows(book: &mut Book) {
    churn(book);
    decay(book);
    isolation(book);
    fallback(book);
    command(book);
}

/// Who is online and finds none of k contacts online: (1 − a)^k in equilibrium, if nothing is mended.
fn isolation(book: &mut Book) {
    let numbers = book.run(book.pick(24, 60), |draws| {
        let quiet = still(3.0);
        let churn =
            Churn { sessions: Sessions::Exponential, session_hours: 2.0, online_share: 0.5, ..quiet.churn.clone() };
        let campaign = Campaign { churn, ..quiet };
        let engine = after(draws, &campaign, &lists(draws, 1500, 3), 96);
        let world = engine.world();
        let online: Vec<u32> = world.machines().into_iter().filter(|v| world.is_live(*v)).collect();
        let alone = online.iter().filter(|v| world.row(**v).iter().all(|w| !world.is_live(*w))).count();
        vec![alone as f64 / online.len() as f64]
    });
    book.row(
        "lists of 3, half online, two days: online machines without a contact online",
        [mechanism("churn"), mechanism("isolation")],
        Evidence::ClosedForm,
        "(1 − a)^k; Leonard, Rai & Loguinov 2005 without replacement",
    )
    .mean(numbers, 0, 0.125);
}

/// The median of the equilibrium rest of Weibull(k, 1): ∫₀^x exp(−t^k) dt = Γ(1 + 1/k)/2, by the midpoint rule in u = t^k and
/// bisection.
fn median_rest(shape: f64) -> f64 {
    let half = Weibull { shape, scale: 1.0 }.mean() / 2.0;
    let integral = |x: f64| {
        let top = libm::pow(x, shape).min(60.0); // beyond, exp(−u) is nothing
        let du = top / 20_000.0;
        let at = |i: i32| {
            let u = (f64::from(i) + 0.5) * du;
            libm::exp(-u) * libm::pow(u, 1.0 / shape - 1.0) / shape
        };
        (0..20_000).map(at).sum::<f64>() * du
    };
    let (mut lo, mut hi) = (0.0f64, 1e7f64);
    for _ in 0..60 {
        let middle = (lo + hi) / 2.0;
        if integral(middle) < half { lo = middle } else { hi = middle }
    }
    lo
}

fn churn(book: &mut Book) {
    let (n, trials) = book.pick((2000u32, 6), (20_000, 10));
    for (sessions, name, absence_shape) in [
        (Sessions::Bot, "bot, k = .28", 1.0),
        (Sessions::Kad, "Kad, k = .5", 0.5),
        (Sessions::Exponential, "exponential", 1.0),
    ] {
        let law = Churn { sessions, online_share: 0.4, absence_shape, ..Churn::default() };
        let session = law.session().expect("a law of sessions");
        let median = median_rest(session.shape);
        let numbers = book.run(trials, move |draws| {
            let campaign = Campaign { churn: law.clone(), ..still(2.0) };
            let campaign = Campaign { churn: Churn { sessions, ..campaign.churn }, ..campaign };
            let story = live(draws, &campaign, &Overlay::directed(Csr::empty(n)));
            let online = story.samples.last().map_or(f64::NAN, |s| f64::from(s.online));
            let rng = &mut draws.rng(Purpose::Churn);
            let short = (0..n).filter(|_| session.residual(rng) < median * session.scale).count() as f64;
            vec![online, f64::from(n), short]
        });
        let covers = || [mechanism("churn")];
        book.row(
            format!("{name}: online share after two days"),
            covers(),
            Evidence::ClosedForm,
            "renewal theorem; Stutzbach & Rejaie 2006",
        )
        .share(numbers, (0, 1), 0.4);
        book.row(
            format!("{name}: rest of a session below its median"),
            covers(),
            Evidence::ClosedForm,
            "the inspection paradox, by quadrature",
        )
        .share(numbers, (2, 1), 0.5);
    }
}

fn decay(book: &mut Book) {
    let (n, trials) = book.pick((2000u32, 6), (20_000, 10));
    let numbers = book.run(trials, move |draws| {
        let quiet = still(40.0);
        let churn = Churn { half_life_days: Some(20.0), ..quiet.churn.clone() };
        let time = Time { cycle_minutes: 120.0, ..quiet.time.clone() };
        let campaign = Campaign { churn, time, ..quiet };
        let story = live(draws, &campaign, &Overlay::directed(Csr::empty(n)));
        vec![story.samples.last().map_or(f64::NAN, |s| f64::from(s.members)), f64::from(n)]
    });
    book.row("machines after two half-lives", [mechanism("churn")], Evidence::ClosedForm, "¼").share(
        numbers,
        (0, 1),
        0.25,
    );
    let numbers = book.run(1, |draws| {
        let quiet = Campaign { churn: Churn::default(), maintenance: Maintenance::default(), ..still(10.0) };
        let overlay = lists(draws, 300, 25);
        let effect = live(draws, &quiet, &overlay).effect(&live(draws, &quiet.untouched(), &overlay));
        vec![effect.harm_baseline as f64 - effect.harm as f64]
    });
    book.row("an empty playbook averts", [mechanism("playbook")], Evidence::Conservation, "same streams")
        .exact(numbers, 0, 0.0);
}

/// The way back: by rendezvous names, by a daily chance whoever is online, by rebuilding.
fn fallback(book: &mut Book) {
    let (n, trials) = book.pick((2000u32, 8), (20_000, 10));
    let numbers = book.run(trials, move |draws| {
        let operator = Operator {
            names_per_day: 50,
            names_owned: 1,
            names_tried: 20,
            fallback_after_hours: 0.0,
            rebuild_days: 0.01,
            rebuild_sigma: 0.0,
            rebuild_share: 1.0,
            ..Operator::default()
        };
        let campaign = struck(draws, Campaign { operator, ..still(4.0) }, "seize-names", "");
        let story = live(draws, &campaign, &star(1, n));
        // back after one day, of those that were out; the first chance comes at the report after the rebuild
        let down = story.samples.iter().position(|s| s.reach == 0).unwrap_or(story.samples.len());
        vec![story.samples.get(down + 5).map_or(f64::NAN, |s| f64::from(s.reach)), f64::from(n)]
    });
    book.row(
        "rendezvous within a day, 50 names, 1 owned, 20 tried: machines back",
        [mechanism("operator"), action("seize-names")],
        Evidence::ClosedForm,
        "1 − (1 − r/N)^n",
    )
    .share(numbers, (0, 1), 1.0 - libm::pow(1.0 - 1.0 / 50.0, 20.0));
    for online in [1.0, 0.5] {
        let numbers = book.run(trials, move |draws| {
            let operator = Operator {
                fallback_per_day: 0.1,
                fallback_after_hours: 0.0,
                rebuild_days: 0.01,
                rebuild_sigma: 0.0,
                rebuild_share: 1.0,
                ..Operator::default()
            };
            let quiet = still(12.0);
            let churn = Churn {
                sessions: if online == 1.0 { Sessions::Never } else { Sessions::Exponential },
                session_hours: 2.0,
                online_share: online,
                ..quiet.churn.clone()
            };
            let campaign = struck(draws, Campaign { operator, churn, ..quiet }, "seize-names", "");
            let story = live(draws, &campaign, &star(1, n));
            let last = story.samples.last().expect("a report");
            vec![f64::from(last.reach) / f64::from(last.online)]
        });
        let [ten, twelve] = [10.0, 12.0].map(|days| 1.0 - libm::pow(0.9, days));
        book.row(
            format!("one in ten a day comes back, online share {online}: reach of those online after 11 days"),
            [mechanism("operator")],
            Evidence::ClosedForm,
            "1 − .9^t",
        )
        .allow(Allowance::bound((twelve - ten) / 2.0, "a day's draw more or less at either end"))
        .mean(numbers, 0, (ten + twelve) / 2.0);
    }
    // ln of the wait: reports stand half an hour apart, so a recovery is seen up to half an hour late
    let numbers = book.run(book.pick(100, 600), |draws| {
        let operator = Operator { rebuild_share: 1.0, rebuild_days: 7.0, rebuild_sigma: 0.7, ..Operator::default() };
        let quiet = still(120.0);
        let time = Time { report_hours: 0.5, ..quiet.time.clone() };
        let campaign = struck(draws, Campaign { operator, time, ..quiet }, "seize-servers", "");
        let overlay = star(1, 10);
        let wait = live(draws, &campaign, &overlay).effect(&live(draws, &campaign.untouched(), &overlay)).recover_90;
        vec![wait.map_or(f64::NAN, |wait| libm::log(f64::from(wait.seconds) / 86_400.0))]
    });
    let late = 1.0 / 24.0 * libm::exp(0.245) / 7.0;
    book.row(
        "a beacon's recovery: mean logarithm of its wait in days",
        [mechanism("operator"), action("seize-servers")],
        Evidence::ClosedForm,
        "lognormal(7 d, 0.7)",
    )
    .allow(Allowance::bound(late, "a cycle and a report late: half an hour each, times E 1/T"))
    .mean(numbers, 0, libm::log(7.0));
}

/// Machines that pull from the one server that they know have the command after one cycle; one machine that tells one of 50 others a
/// cycle, who know nobody, has told 50·(1 − (1 − 1/50)^c) of them after c cycles on average.
fn command(book: &mut Book) {
    for (spread, name, cycles, want) in [
        (Dissemination::Pull, "pull by 50 machines from one server", 1, 50.0),
        (Dissemination::Gossip, "gossip of one machine to 50", 40, 1.0 + 50.0 * (1.0 - libm::pow(0.98, 40.0))),
    ] {
        let numbers = book.run(book.pick(60, 300), move |draws| {
            let quiet = still(2.0);
            let time = Time { report_hours: 0.5, ..quiet.time.clone() };
            let command = Commands { spread, fanout: 1, ..Commands::default() };
            let arcs: Vec<[u32; 2]> = (1..51).map(|v| [0, v]).collect();
            let overlay = match spread {
                Dissemination::Gossip => {
                    Overlay::directed(Csr::from_arcs(51, &arcs).0).with_sources(Sources::Nodes(vec![0]))
                }
                _ => star(1, 50),
            };
            let story = live(draws, &Campaign { time, command, ..quiet }, &overlay);
            vec![story.samples.get(cycles).map_or(f64::NAN, |s| f64::from(s.reach))]
        });
        let label = format!("{name}, {cycles} cycles: reach");
        book.row(label, [mechanism("command")], Evidence::ClosedForm, "coupons: n(1 − (1 − 1/n)^c)")
            .mean(numbers, 0, want);
    }
}
