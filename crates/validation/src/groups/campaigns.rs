//! Networks in time, through the engine: every action, and lists as they are mended.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::draws::Draws;
use crate::feature::{Evidence, action, mechanism};
use crate::groups::failure::RATIO;
use hydranet_campaign::{
    Campaign, Churn, Engine, Maintenance, Mend, NodeKind, Operator, Schedule, Sessions, Step, Time, Trajectory, World,
};
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::Params;

/// Machines with random lists of `links` contacts.
pub(super) fn lists(draws: &Draws<'_>, n: u32, links: u32) -> Overlay {
    draws.network("random-peer-list", &format!("n = {n}\nk = {links}"))
}

/// Servers, and n machines that know all of them.
pub(super) fn star(servers: u32, n: u32) -> Overlay {
    let edges: Vec<[u32; 2]> = (0..servers).flat_map(|s| (servers..servers + n).map(move |v| [s, v])).collect();
    let roles = (0..servers + n).map(|v| if v < servers { Role::Server } else { Role::Peer }).collect();
    let csr = Csr::from_edges(servers + n, &edges).0;
    Overlay::symmetric(csr).with_roles(roles).with_sources(Sources::Nodes((0..servers).collect()))
}

/// A campaign in which nobody leaves and nothing is mended.
pub(super) fn still(days: f64) -> Campaign {
    Campaign {
        churn: Churn { sessions: Sessions::Never, ..Churn::default() },
        maintenance: Maintenance { mend: Mend::None, ..Maintenance::default() },
        operator: Operator { rebuild_share: 0.0, ..Operator::default() },
        time: Time { days, ..Time::default() },
        ..Campaign::default()
    }
}

/// With an action on day 1.
pub(super) fn struck(draws: &Draws<'_>, campaign: Campaign, name: &str, params: &str) -> Campaign {
    let row = draws.known.actions.get(name).expect("an action");
    let action = row.build(&Params::parse(params).expect("TOML")).unwrap_or_else(|e| panic!("{name}: {e}"));
    let schedule = Schedule { at_days: 1.0, ..Schedule::default() };
    Campaign { playbook: vec![Step { schedule, action }], ..campaign }
}

pub(super) fn live(draws: &Draws<'_>, campaign: &Campaign, overlay: &Overlay) -> Trajectory {
    Engine::new(campaign, overlay, draws.seed, draws.trial).and_then(Engine::run).unwrap_or_else(|e| panic!("{e}"))
}

/// The engine when so many cycles are over.
pub(super) fn after<'c>(draws: &Draws<'_>, campaign: &'c Campaign, overlay: &Overlay, cycles: u32) -> Engine<'c> {
    let mut engine = Engine::new(campaign, overlay, draws.seed, draws.trial).unwrap_or_else(|e| panic!("{e}"));
    (0..cycles).for_each(|_| engine.step().unwrap_or_else(|e| panic!("{e}")));
    engine
}

/// Entries of all machines' lists that are of a kind.
fn entries(world: &World, which: impl Fn(u32) -> bool) -> f64 {
    world.machines().iter().flat_map(|v| world.row(*v)).filter(|w| which(**w)).count() as f64
}

pub(super) fn rows(book: &mut Book) {
    servers(book);
    peers(book);
    poison(book);
    mending(book);
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
    book.row(
        "disconnect-provider, the largest of 5: reach less that of networks hosted elsewhere",
        [action("disconnect-provider")],
        Evidence::Slow,
        "counting",
    )
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

/// How likely each number of genuine entries is, of k after m draws of a place with replacement: empty boxes of an occupancy.
fn genuine_entries(k: usize, m: u32) -> Vec<f64> {
    let mut left = vec![0.0; k + 1];
    left[k] = 1.0;
    for _ in 0..m {
        let hit = |g: usize| left.get(g + 1).map_or(0.0, |p| p * (g + 1) as f64 / k as f64);
        left = (0..=k).map(|g| left[g] * (k - g) as f64 / k as f64 + hit(g)).collect();
    }
    left
}

/// The giant component of machines that each name so many others at random, links read both ways: a = 1 − E(1 − a)^G e^(−μb) along
/// an entry, to anybody; b = 1 − E[G(1 − a)^(G − 1)]/μ e^(−μb) back to whoever wrote it, whose list is size-biased. S = a.
fn giant_of_lists(law: &[f64]) -> f64 {
    let mean: f64 = law.iter().enumerate().map(|(g, p)| g as f64 * p).sum();
    let (mut along, mut back) = (1.0, 1.0);
    for _ in 0..10_000 {
        let term =
            |g: usize, power: i32| if power < 0 { 0.0 } else { law[g] * libm::pow(1.0 - along, f64::from(power)) };
        let own: f64 = (0..law.len()).map(|g| term(g, g as i32)).sum();
        let biased: f64 = (0..law.len()).map(|g| g as f64 * term(g, g as i32 - 1)).sum::<f64>() / mean;
        let named = libm::exp(-mean * back);
        (along, back) = (1.0 - own * named, 1.0 - biased * named);
    }
    along
}

/// One entry a cycle of 30 min is overwritten with a decoy: of k entries k(1 − 1/k)^m are genuine after m cycles, and what is left
/// of the network is a graph of lists with so many entries each.
fn poison(book: &mut Book) {
    let (k, m) = (4u32, 5u32);
    let genuine = libm::pow(0.75, f64::from(m));
    let giant = giant_of_lists(&genuine_entries(k as usize, m));
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
    book.row(
        "poison, five cycles on lists of 4: entries that are genuine",
        [action("poison")],
        Evidence::ClosedForm,
        "(1 − 1/k)^m",
    )
    .allow(Allowance::bound(f64::from(m * k) / 60_000.0, "a decoy that a list has already is not written again"))
    .mean(numbers, 2, genuine);
    book.row(
        "poison, five cycles on lists of 4: largest component",
        [action("poison")],
        Evidence::ClosedForm,
        "generating functions of the occupancy law",
    )
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
        for (j, what) in [
            "contacts that are gone",
            "contacts that cannot be dialled",
            "lists that are too long",
            "lists that name one twice",
        ]
        .into_iter()
        .enumerate()
        {
            let label = format!("{mend}, NAT, four days after .3 were cleaned up: {what}");
            book.row(label, [mechanism("maintenance")], Evidence::Conservation, "Andriesse et al. 2013").exact(
                numbers,
                5 * i + j,
                0.0,
            );
        }
    }
    book.row(
        "peer lists, NAT, four days after .3 were cleaned up: lists below the minimum",
        [mechanism("maintenance")],
        Evidence::Conservation,
        "Andriesse et al. 2013",
    )
    .exact(numbers, 4, 0.0);
}
