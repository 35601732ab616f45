use super::*;
use crate::{ACTIONS, Actions, Engine, Trajectory};
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};

fn actions() -> Actions {
    Actions::default().with(ACTIONS)
}

/// A network by name: beacons with one and two servers, peer lists.
fn network(name: &str) -> Overlay {
    let n = 60;
    let star = |servers: u32| {
        let edges: Vec<[u32; 2]> = (servers..n).map(|v| [v % servers, v]).collect();
        let roles = (0..n).map(|v| if v < servers { Role::Server } else { Role::Peer }).collect();
        let sources = Sources::Nodes((0..servers).collect());
        Overlay::symmetric(Csr::from_edges(n, &edges).0).with_roles(roles).with_sources(sources)
    };
    match name {
        "one server" => star(1),
        "two servers" => star(2),
        _ => {
            let rng = &mut trial_rng(3, Trial::network(0), Purpose::Topology);
            let arcs: Vec<[u32; 2]> = (0..n * 8).map(|i| [i / 8, rng.below(n)]).collect();
            Overlay::directed(Csr::from_arcs(n, &arcs).0)
        }
    }
}

fn read(text: &str) -> Campaign {
    let text = format!("{text}\n[time]\ndays = 60\ncycle_minutes = 60");
    Campaign::read(Params::parse(&text).unwrap(), &actions(), "").unwrap_or_else(|e| panic!("{text}: {}", e.reason))
}

fn run(campaign: &Campaign, overlay: &Overlay) -> Trajectory {
    match campaign.fleet.networks {
        1 => Engine::new(campaign, overlay, 7, Trial::network(0)).unwrap().run().unwrap(),
        n => campaign.run(&vec![overlay.clone(); n as usize], 7, Trial::network(0)).unwrap(),
    }
}

const SEIZE: &str = "[[action]]\naction = \"seize-servers\"\nat_days = 10";
const NAMES: &str = "[[action]]\naction = \"seize-names\"\nat_days = 10";
const FALL: &str = "[[action]]\naction = \"partition\"\nat_days = 10\nremovals = 20";
const POISON: &str = "[[action]]\naction = \"poison\"\nat_days = 10\nduration_days = 5";
const COMES_BACK: &str = "operator.rebuild_share = 1.0";
const FALLBACK: &str = "operator.fallback_per_day = 0.3";

/// The network, the campaign, a parameter, and another value of it.
type Case = (&'static str, String, &'static str, f64);

fn inert() -> Vec<Case> {
    let with = |head: &str, action: &str| format!("{head}\n{action}");
    vec![
        ("one server", with(FALLBACK, SEIZE), "operator.fallback_per_day", 0.9),
        ("one server", with(FALLBACK, SEIZE), "operator.fallback_after_hours", 1.0),
        ("one server", with("operator.repair_per_day = 0.2", SEIZE), "operator.repair_per_day", 2.0),
        ("two servers", FALLBACK.into(), "operator.fallback_per_day", 0.9),
        ("one server", SEIZE.into(), "operator.learns", 0.9),
        ("one server", SEIZE.into(), "operator.contacts", 3.0),
        ("one server", SEIZE.into(), "operator.migrate_keep", 0.9),
        ("one server", SEIZE.into(), "maintenance.drop_after", 1.0),
        ("one server", SEIZE.into(), "maintenance.cap", 30.0),
        ("one server", with("operator.rebuild_share = 0.0", SEIZE), "operator.rebuild_days", 1.0),
        ("one server", POISON.into(), "operator.rebuild_days", 1.0),
        ("one server", POISON.into(), "action.1.success", 0.5),
        ("one server", SEIZE.into(), "action.1.duration_days", 3.0),
        ("one server", SEIZE.into(), "action.1.every_days", 3.0),
        ("one server", SEIZE.into(), "evidence.nats", 2.0),
        ("one server", SEIZE.into(), "evidence.arrest_days", 2.0),
        ("one server", SEIZE.into(), "crawl.reply", 2.0),
        ("one server", SEIZE.into(), "fleet.rolling_days", 2.0),
        ("one server", SEIZE.into(), "command.fanout", 2.0),
        ("one server", SEIZE.into(), "churn.recruits_per_day", 0.5),
        ("one server", with("churn.sessions = \"never\"", SEIZE), "churn.online_share", 0.2),
        ("one server", with("churn.sessions = \"kad\"", SEIZE), "churn.session_hours", 2.0),
        ("one server", with("fleet.networks = 3", SEIZE), "fleet.displaced_after_hours", 2.0),
        ("peers", SEIZE.into(), "action.1.success", 0.5),
        ("peers", FALL.into(), "operator.rebuild_share", 0.1),
        ("peers", FALL.into(), "operator.gain_per_peer_day", 0.1),
        ("peers", FALL.into(), "operator.contacts", 3.0),
        ("peers", FALL.into(), "maintenance.provider_cap", 3.0),
        ("peers", with("maintenance.mend = \"none\"", FALL), "maintenance.period_minutes", 300.0),
        ("peers", with("maintenance.preset = \"zeus\"", FALL), "maintenance.period_minutes", 300.0),
        ("peers", with("evidence.arrest_share = 0.0\nevidence.watch_per_day = 2", FALL), "evidence.arrest_days", 3.0),
    ]
}

fn at_work() -> Vec<Case> {
    let with = |head: &str, action: &str| format!("{head}\n{action}");
    vec![
        ("one server", with(&format!("{FALLBACK}\n{COMES_BACK}"), NAMES), "operator.fallback_per_day", 0.9),
        ("peers", with(FALLBACK, POISON), "operator.fallback_per_day", 0.9),
        ("peers", with(FALLBACK, POISON), "operator.contacts", 3.0),
        ("one server", with(COMES_BACK, &format!("{SEIZE}\ntimes = 2")), "operator.learns", 0.9),
        ("one server", with(COMES_BACK, SEIZE), "operator.rebuild_days", 1.0),
        ("one server", format!("{SEIZE}\nobservations = 90"), "evidence.nats", 2.0),
        ("peers", POISON.into(), "action.1.success", 0.01),
        ("peers", POISON.into(), "action.1.duration_days", 0.2),
        // newcomers who know one machine are found by the others as fast as lists are exchanged
        (
            "peers",
            with("churn.half_life_days = 10\nchurn.recruits_per_day = 5\noperator.contacts = 1", FALL),
            "maintenance.period_minutes",
            3000.0,
        ),
        ("peers", with("churn.half_life_days = 20", FALL), "churn.recruits_per_day", 0.5),
        (
            "one server",
            with("fleet = { networks = 3, kappa = 1.0, rolling_days = 9 }", SEIZE),
            "fleet.displaced_after_hours",
            2.0,
        ),
    ]
}

#[test]
fn what_is_called_inert_changes_no_digit() {
    for (name, text, path, other) in inert() {
        let (overlay, campaign) = (network(name), read(&text));
        let told = campaign.inert(&overlay);
        assert!(told.iter().any(|i| i.path == path), "{path} on {name}: {text}: {told:?}");
        let mut changed = campaign.clone();
        changed.set(path, other, &actions()).unwrap();
        assert_ne!(changed, campaign, "{path}");
        assert!(run(&changed, &overlay) == run(&campaign, &overlay), "{path} on {name}: {text}");
    }
}

#[test]
fn what_is_at_work_is_not_called_inert() {
    for (name, text, path, other) in at_work() {
        let (overlay, campaign) = (network(name), read(&text));
        assert!(campaign.inert(&overlay).iter().all(|i| i.path != path), "{path} on {name}: {text}");
        let mut changed = campaign.clone();
        changed.set(path, other, &actions()).unwrap();
        assert!(run(&changed, &overlay) != run(&campaign, &overlay), "{path} on {name}: {text}");
    }
}

#[test]
fn actions_that_never_happen_are_told() {
    let told = |text: &str| {
        let told = read(text).inert(&network("one server"));
        told.into_iter().find(|inert| inert.path == "action.1").map(|inert| inert.why)
    };
    assert_eq!(told(&SEIZE.replace("10", "90")), Some("it takes effect after the end"));
    let cue = format!("{SEIZE}\nwhen_identified = true");
    assert_eq!(told(&cue), Some("its cue never comes: nothing is observed about the operator"));
    assert_eq!(told(&format!("evidence.watch_per_day = 1\n{cue}")), None);
    assert_eq!(told(SEIZE), None);
}
