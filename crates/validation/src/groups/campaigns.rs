//! Networks in time, through the engine: churn, clean-up, every action, lists as they are mended, rendezvous, rebuilding.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::draws::Draws;
use crate::feature::{Evidence, action, mechanism};
use crate::groups::failure::{RATIO, fixed_point};
use hydranet_campaign::{
    Campaign, Churn, Engine, Maintenance, Mend, NodeKind, Operator, Schedule, Sessions, Step, Time, Trajectory, Weibull,
    World,
};
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Params, Purpose};

/// Machines with random lists of `links` contacts.
fn lists(draws: &Draws<'_>, n: u32, links: u32) -> Overlay {
    draws.network("random-peer-list", &format!("n = {n}\nk = {links}"))
}

/// Servers, and n machines that know all of them.
fn star(servers: u32, n: u32) -> Overlay {
    let edges: Vec<[u32; 2]> = (0..servers).flat_map(|s| (servers..servers + n).map(move |v| [s, v])).collect();
    let roles = (0..servers + n).map(|v| if v < servers { Role::Server } else { Role::Peer }).collect();
    let csr = Csr::from_edges(servers + n, &edges).0;
    Overlay::symmetric(csr).with_roles(roles).with_sources(Sources::Nodes((0..servers).collect()))
}

/// A campaign in which nobody leaves and nothing is mended.
fn still(days: f64) -> Campaign {
    Campaign {
        churn: Churn { sessions: Sessions::Never, ..Churn::default() },
        maintenance: Maintenance { mend: Mend::None, ..Maintenance::default() },
        operator: Operator { rebuild_share: 0.0, ..Operator::default() },
        time: Time { days, ..Time::default() },
        ..Campaign::default()
    }
}

/// With an action on day 1.
fn struck(draws: &Draws<'_>, campaign: Campaign, name: &str, params: &str) -> Campaign {
    let row = draws.known.actions.get(name).expect("an action");
    let action = row.build(&Params::parse(params).expect("TOML")).unwrap_or_else(|e| panic!("{name}: {e}"));
    let schedule = Schedule { at_days: 1.0, ..Schedule::default() };
    Campaign { playbook: vec![Step { schedule, action }], ..campaign }
}

fn live(draws: &Draws<'_>, campaign: &Campaign, overlay: &Overlay) -> Trajectory {
    Engine::new(campaign, overlay, draws.seed, draws.trial).and_then(Engine::run).unwrap_or_else(|e| panic!("{e}"))
}

/// The engine when so many cycles are over.
fn after<'c>(draws: &Draws<'_>, campaign: &'c Campaign, overlay: &Overlay, cycles: u32) -> Engine<'c> {
    let mut engine = Engine::new(campaign, overlay, draws.seed, draws.trial).unwrap_or_else(|e| panic!("{e}"));
    (0..cycles).for_each(|_| engine.step().unwrap_or_else(|e| panic!("{e}")));
    engine
}

/// Entries of all machines' lists that are of a kind.
fn entries(world: &World, which: impl Fn(u32) -> bool) -> f64 {
    world.machines().iter().flat_map(|v| world.row(*v)).filter(|w| which(**w)).count() as f64
}

pub(super) fn rows(book: &mut Book) {
    churn(book);
    decay(book);
    servers(book);
    peers(book);
    poison(book);
    mending(book);
    fallback(book);
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
    for (sessions, name, absence_shape) in
        [(Sessions::Bot, "bot, k = .28", 1.0), (Sessions::Kad, "Kad, k = .5", 0.5), (Sessions::Exponential, "exponential", 1.0)]
    {
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
        book.row(format!("{name}: online share after two days"), covers(), Evidence::ClosedForm, "renewal theorem; Stutzbach & Rejaie 2006")
            .share(numbers, (0, 1), 0.4);
        book.row(format!("{name}: rest of a session below its median"), covers(), Evidence::ClosedForm, "the inspection paradox, by quadrature")
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
    book.row("machines after two half-lives", [mechanism("churn")], Evidence::ClosedForm, "¼").share(numbers, (0, 1), 0.25);
    let numbers = book.run(1, |draws| {
        let quiet = Campaign { churn: Churn::default(), maintenance: Maintenance::default(), ..still(10.0) };
        let overlay = lists(draws, 300, 25);
        let effect = live(draws, &quiet, &overlay).effect(&live(draws, &quiet.untouched(), &overlay));
        vec![effect.harm_baseline as f64 - effect.harm as f64]
    });
    book.row("an empty playbook averts", [mechanism("playbook")], Evidence::Conservation, "same streams").exact(numbers, 0, 0.0);
}

/// What falls of servers: in service after the strike, and machines in reach.
fn servers(book: &mut Book) {
    for (name, params, want) in [
        ("seize-servers", "share = 0.5", [4.0, 200.0]),
        ("seize-servers", "share = 1.0", [0.0, 0.0]),
        ("seize-names", "share = 0.25", [6.0, 200.0]),
        ("seize-names", "share = 1.0", [0.0, 0.0]),
        ("partition", "strategy = \"role\"\nremovals = 3", [5.0, 200.0]),
    ] {
        let numbers = book.run(1, move |draws| {
            let campaign = struck(draws, still(2.0), name, params);
            let story = live(draws, &campaign, &star(8, 200));
            let last = story.samples.last().expect("a report");
            vec![f64::from(last.servers), f64::from(last.reach)]
        });
        for (i, what) in ["servers in service", "machines in reach"].into_iter().enumerate() {
            let label = format!("{name} ({}) of 8 servers: {what}", params.replace('\n', ", "));
            book.row(label, [action(name)], Evidence::ClosedForm, "counting").exact(numbers, i, want[i]);
        }
    }
    let numbers = book.run(1, |draws| {
        let overlay = draws.network("beacon-fleet", "networks = 40\npeers = 5\nproviders = 5");
        let provider = overlay.provider().expect("providers").to_vec();
        let servers: Vec<u32> = (0..overlay.nodes()).filter(|v| overlay.role(*v) == Role::Server).collect();
        let hosted = |p: u32| servers.iter().filter(|v| provider[**v as usize] == p).count() as f64;
        let most = (0..5).map(hosted).fold(0.0, f64::max);
        let campaign = struck(draws, still(2.0), "disconnect-provider", "providers = 1");
        let story = live(draws, &campaign, &overlay);
        vec![story.samples.last().map_or(f64::NAN, |s| f64::from(s.reach)) - 5.0 * (40.0 - most)]
    });
    book.row("disconnect-provider, the largest of 5: reach less that of networks hosted elsewhere", [action("disconnect-provider")], Evidence::Slow, "counting")
        .exact(numbers, 0, 0.0);
}

/// What happens to machines and their lists.
fn peers(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let overlay = lists(draws, 1000, 20);
        let cleaned = live(draws, &struck(draws, still(2.0), "clean-up", "share = 0.3"), &overlay);
        let campaign = struck(draws, still(2.0), "sinkhole", "share = 0.3\ndecoys = 16");
        let engine = after(draws, &campaign, &overlay, 60);
        let world = engine.world();
        let led_astray = |v: &u32| {
            let row = world.row(*v);
            !row.is_empty() && row.iter().all(|w| world.kind(*w) != NodeKind::Machine)
        };
        let sunk = world.machines().iter().filter(|v| led_astray(v)).count() as f64;
        // lists are as long as they may be, and nobody leaves: Sybils find no room
        let quiet = still(3.0);
        let full = Campaign { maintenance: Maintenance { cap: 20, minimum: 20, ..quiet.maintenance.clone() }, ..quiet };
        let campaign = struck(draws, full, "sybil", "nodes = 500\nannouncements_per_hour = 1000.0");
        let sybils = after(draws, &campaign, &overlay, 120);
        let decoys = entries(sybils.world(), |w| sybils.world().kind(w) != NodeKind::Machine);
        // with room for five more they take just these
        let quiet = still(3.0);
        let open = Campaign { maintenance: Maintenance { cap: 25, minimum: 20, ..quiet.maintenance.clone() }, ..quiet };
        let campaign = struck(draws, open, "sybil", "nodes = 500\nannouncements_per_hour = 1000.0");
        let sybils = after(draws, &campaign, &overlay, 140);
        let taken = entries(sybils.world(), |w| sybils.world().kind(w) != NodeKind::Machine);
        vec![cleaned.samples.last().map_or(f64::NAN, |s| f64::from(s.members)), sunk, decoys, taken]
    });
    for (i, (name, what, want, evidence)) in [
        ("clean-up", "machines left of 1,000, share .3", 700.0, Evidence::ClosedForm),
        ("sinkhole", "lists of decoys only among 1,000, share .3", 300.0, Evidence::ClosedForm),
        ("sybil", "decoys on lists without room", 0.0, Evidence::Conservation),
        ("sybil", "decoys on 1,000 lists with room for five", 5000.0, Evidence::ClosedForm),
    ]
    .into_iter()
    .enumerate()
    {
        book.row(format!("{name}: {what}"), [action(name)], evidence, "counting").exact(numbers, i, want);
    }
}

/// One entry a cycle of 30 min is overwritten with a decoy: of k entries k(1 − 1/k)^m are genuine after m cycles, and what is left
/// of the network is bond percolation.
fn poison(book: &mut Book) {
    let (k, m) = (4u32, 3u32);
    let genuine = libm::pow(0.75, f64::from(m));
    // undirected: a machine's own entries, binomial, and those that name it, Poisson
    let giant = fixed_point(1.0, |s| 1.0 - libm::pow(1.0 - genuine * s, f64::from(k)) * libm::exp(-f64::from(k) * genuine * s));
    let n = book.pick(4000u32, 16_000);
    let numbers = book.run(book.pick(24, 40), move |draws| {
        let at = |n: u32| {
            let quiet = still(2.0);
            let time = Time { report_hours: 0.5, ..quiet.time.clone() };
            let params = "entries_per_hour = 2.0\ndecoys = 60000";
            let campaign = struck(draws, Campaign { time, ..quiet }, "poison", params);
            // the strike is at the end of cycle 48
            let engine = after(draws, &campaign, &lists(draws, n, k), 48 + m);
            let world = engine.world();
            let left = entries(world, |w| world.kind(w) == NodeKind::Machine) / f64::from(n * k);
            let machines = world.machines();
            let list: Vec<[u32; 2]> = machines
                .iter()
                .flat_map(|v| world.row(*v).iter().map(move |w| [*v, *w]))
                .filter(|[_, w]| world.kind(*w) == NodeKind::Machine)
                .collect();
            let graph = Csr::from_edges(n, &list).0;
            let parts = hydranet_measures::components::components(&graph, |_| true);
            let most = parts.iter().map(Vec::len).max().unwrap_or(0);
            [left, most as f64 / f64::from(n)]
        };
        [at(n / 8), at(n)].concat()
    });
    book.row("poison, three cycles on lists of 4: entries that are genuine", [action("poison")], Evidence::ClosedForm, "(1 − 1/k)^m")
        .allow(Allowance::bound(f64::from(m * k) / 60_000.0, "a decoy that a list has already is not written again"))
        .mean(numbers, 2, genuine);
    book.row("poison, three cycles on lists of 4: largest component", [action("poison")], Evidence::ClosedForm, "bond percolation: 1 − S = (1 − qS)^k e^(−kqS)")
        .limit(numbers, (1, 3), (RATIO, 1.0), giant);
}

/// Lists as they are mended when three of ten machines have been cleaned up: nobody dead, nobody twice, nobody who cannot be
/// dialled, none too long.
fn mending(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let mut out = Vec::new();
        for mend in [Mend::PeerList, Mend::BucketRefresh] {
            let quiet = still(6.0);
            let churn = Churn { routable_share: 0.6, ..quiet.churn.clone() };
            let maintenance = Maintenance { mend, cap: 30, minimum: 15, drop_after: 5, ..Maintenance::default() };
            let campaign = struck(draws, Campaign { churn, maintenance, ..quiet }, "clean-up", "share = 0.3");
            let engine = after(draws, &campaign, &lists(draws, 600, 20), 48 * 5);
            let world = engine.world();
            let machines = world.machines();
            let dead = entries(world, |w| !world.is_live(w));
            let hidden = entries(world, |w| !world.is_routable(w));
            let long = machines.iter().filter(|v| world.row(**v).len() > 30).count() as f64;
            let twice = |v: &u32| {
                let mut row = world.row(*v).to_vec();
                row.sort_unstable();
                row.windows(2).any(|pair| pair[0] == pair[1]) || row.contains(v)
            };
            let double = machines.iter().filter(|v| twice(v)).count() as f64;
            let short = machines.iter().filter(|v| world.row(**v).len() < 15).count() as f64;
            out.extend([dead, hidden, long, double, short]);
        }
        out
    });
    for (i, mend) in ["peer lists", "bucket refresh"].into_iter().enumerate() {
        for (j, what) in ["contacts that are gone", "contacts that cannot be dialled", "lists that are too long", "lists that name one twice"].into_iter().enumerate() {
            let label = format!("{mend}, NAT, four days after .3 were cleaned up: {what}");
            book.row(label, [mechanism("maintenance")], Evidence::Conservation, "Andriesse et al. 2013").exact(numbers, 5 * i + j, 0.0);
        }
    }
    book.row("peer lists, NAT, four days after .3 were cleaned up: lists below the minimum", [mechanism("maintenance")], Evidence::Conservation, "Andriesse et al. 2013")
        .exact(numbers, 4, 0.0);
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
    book.row("rendezvous within a day, 50 names, 1 owned, 20 tried: machines back", [mechanism("operator"), action("seize-names")], Evidence::ClosedForm, "1 − (1 − r/N)^n")
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
        book.row(format!("one in ten a day comes back, online share {online}: reach of those online after 11 days"), [mechanism("operator")], Evidence::ClosedForm, "1 − .9^t")
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
    book.row("a beacon's recovery: mean logarithm of its wait in days", [mechanism("operator"), action("seize-servers")], Evidence::ClosedForm, "lognormal(7 d, 0.7)")
        .allow(Allowance::bound(late, "a cycle and a report late: half an hour each, times E 1/T"))
        .mean(numbers, 0, libm::log(7.0));
}
