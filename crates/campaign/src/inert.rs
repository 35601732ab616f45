//! Parameters that change nothing: what can be told of a campaign on a network without running it.
//!
//! A parameter is inert where no value of it changes a digit of any trajectory: what it belongs to is switched off, is
//! replaced by something else, or has nothing to work on. Only what is certain is told; what is not told may be inert still.

use crate::action::WorksOn;
use crate::{Campaign, Dissemination, Learning, Mend, Sessions};
use hydranet_overlay::{Overlay, Role, Sources};

/// A parameter that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inert {
    /// Its path: `operator.learns`, `action.1.every_days`; `action.1` where the whole action does nothing.
    pub path: String,
    /// Why.
    pub why: &'static str,
}

impl Campaign {
    /// The parameters that change nothing on a network, and why. O(nodes).
    pub fn inert(&self, network: &Overlay) -> Vec<Inert> {
        let mut found = Found(Vec::new());
        let facts = Facts::of(self, network);
        found.churn(self, network);
        found.maintenance(self, network, &facts);
        found.command(self, network);
        found.operator(self, &facts);
        found.pursuit(self);
        found.evidence(self, &facts);
        found.fleet(self, &facts);
        found.actions(self, &facts);
        found.0
    }

    fn actions_can(&self, can: impl Fn(crate::Powers) -> bool) -> bool {
        self.playbook.iter().any(|step| can(step.action.value.powers()))
    }
}

/// What of a campaign and a network the answers hang on.
struct Facts {
    /// Machines hang on infrastructure, and always will.
    servers: bool,
    /// Machines keep lists of each other, from the start.
    peers: bool,
    /// Machines hang on one and the same server, and are never misled to another.
    one_server: bool,
    /// Something is observed about the operator.
    observes: bool,
    /// Machines may be led back to the network.
    leads_back: bool,
}

impl Facts {
    fn of(campaign: &Campaign, network: &Overlay) -> Facts {
        let role = |wanted: Role| network.roles().map_or(0, |roles| roles.iter().filter(|r| **r == wanted).count());
        let servers = role(Role::Operator) + role(Role::Server) > 0;
        let lowest = [Role::Relay, Role::Server].map(role).into_iter().find(|n| *n > 0);
        let stays = servers && campaign.operator.migrate_below.is_none();
        let operator = &campaign.operator;
        Facts {
            servers: stays,
            peers: !servers,
            one_server: stays && lowest == Some(1) && !campaign.actions_can(|powers| powers.misleads),
            observes: campaign.evidence.watch_per_day > 0.0
                || campaign.playbook.iter().any(|step| step.schedule.observations > 0.0),
            leads_back: operator.repair_per_day > 0.0 || operator.fallback(0.0) > 0.0,
        }
    }
}

struct Found(Vec<Inert>);

impl Found {
    /// Keys of a table are inert if it holds that they are. The first reason is told.
    fn when(&mut self, holds: bool, table: &str, keys: &[&str], why: &'static str) {
        for key in keys.iter().filter(|_| holds) {
            let path = if key.is_empty() { table.to_string() } else { format!("{table}.{key}") };
            if self.0.iter().all(|inert| inert.path != path) {
                self.0.push(Inert { path, why });
            }
        }
    }

    fn churn(&mut self, campaign: &Campaign, network: &Overlay) {
        let churn = &campaign.churn;
        let never = churn.session().is_none();
        let own = matches!(churn.sessions, Sessions::Exponential | Sessions::Weibull);
        self.when(
            never,
            "churn",
            &["session_hours", "session_shape", "absence_shape", "diurnal"],
            "nobody ever goes off",
        );
        self.when(never && churn.sessions == Sessions::Never, "churn", &["online_share"], "nobody ever goes off");
        self.when(!own, "churn", &["session_hours"], "this law of sessions has a mean of its own");
        self.when(churn.sessions != Sessions::Weibull, "churn", &["session_shape"], "only `weibull` has a shape");
        let grows = churn.growth_limit > 1.0 || campaign.fleet.kappa > 0.0;
        self.when(
            network.routable().is_some() && !grows,
            "churn",
            &["routable_share"],
            "the topology says who can be dialled",
        );
        let full = churn.growth_limit <= 1.0 && churn.half_life_days.is_none() && campaign.fleet.kappa == 0.0;
        let stays = campaign.operator.migrate_below.is_none() && !campaign.actions_can(|powers| powers.cleans);
        self.when(
            full && stays,
            "churn",
            &["recruits_per_day"],
            "no machine is lost, and `growth_limit` = 1 leaves no room for more",
        );
    }

    fn maintenance(&mut self, campaign: &Campaign, network: &Overlay, facts: &Facts) {
        let plan = &campaign.maintenance;
        let lists = ["minimum", "reply", "learn", "provider_cap"];
        let all =
            ["mend", "preset", "cap", "minimum", "reply", "drop_after", "period_minutes", "provider_cap", "learn"];
        self.when(facts.servers, "maintenance", &all, "machines hang on servers: the operator keeps their lists");
        self.when(
            plan.preset.is_some(),
            "maintenance",
            &["cap", "minimum", "reply", "drop_after", "period_minutes"],
            "`preset` replaces it",
        );
        let none = plan.mend == Mend::None;
        self.when(
            none,
            "maintenance",
            &["minimum", "reply", "drop_after", "period_minutes", "provider_cap", "learn"],
            "nobody mends anything",
        );
        self.when(plan.mend == Mend::BucketRefresh, "maintenance", &lists, "buckets are refreshed, not exchanged");
        self.when(
            network.provider().is_none(),
            "maintenance",
            &["provider_cap"],
            "the network does not say who hosts a node",
        );
    }

    fn command(&mut self, campaign: &Campaign, network: &Overlay) {
        let push = campaign.command.spread == Dissemination::Push;
        self.when(
            push,
            "command",
            &["fanout", "period_minutes", "injections", "fresh_hours"],
            "commands flood at once",
        );
        let fixed = *network.sources() != Sources::AnyNode && campaign.operator.migrate_below.is_none();
        self.when(fixed, "command", &["injections"], "the network says where commands enter");
    }

    fn operator(&mut self, campaign: &Campaign, facts: &Facts) {
        let plan = &campaign.operator;
        let never_taken = facts.peers || !campaign.actions_can(|powers| powers.seizes);
        let rebuilds = ["rebuild_share", "rebuild_days", "rebuild_sigma"];
        self.when(never_taken, "operator", &rebuilds, "no server is ever taken");
        self.when(plan.rebuild_share == 0.0, "operator", &["rebuild_days", "rebuild_sigma"], "nothing is rebuilt");
        self.when(
            never_taken || plan.rebuild_share == 0.0,
            "operator",
            &["gain_per_peer_day"],
            "nothing is rebuilt, so that it always pays",
        );
        let fallback = ["fallback_after_hours", "fallback_per_day", "names_per_day", "names_owned", "names_tried"];
        let back = [&fallback[..], &["repair_per_day"]].concat();
        let untouched = facts.servers && campaign.playbook.is_empty();
        self.when(untouched, "operator", &back, "nothing is done: no machine is ever out of reach");
        self.when(facts.one_server, "operator", &back, "machines know the one server that they could be led to");
        self.when(plan.names_per_day > 0, "operator", &["fallback_per_day"], "rendezvous names say who gets through");
        self.when(plan.fallback(0.0) == 0.0, "operator", &["fallback_after_hours"], "nobody gets through the fallback");
        let newcomers = facts.leads_back || campaign.churn.recruits_per_day > 0.0 || campaign.fleet.kappa > 0.0;
        self.when(facts.servers, "operator", &["contacts"], "machines have as many servers as the topology says");
        self.when(
            facts.peers && !newcomers && plan.migrate_below.is_none(),
            "operator",
            &["contacts"],
            "nobody is ever told whom to call",
        );
        self.when(
            plan.migrate_below.is_none(),
            "operator",
            &["migrate_after_days", "migrate_keep"],
            "the operator never moves: `migrate_below` is not given",
        );
        let repeats = |name: &str| {
            campaign.playbook.iter().filter(|s| s.action.name == name).map(|s| s.schedule.times).sum::<u32>() > 1
        };
        let once = !campaign.playbook.iter().any(|step| repeats(step.action.name)) && !campaign.fleet.shares_operator();
        self.when(once, "operator", &["learns"], "no action is done twice");
    }

    fn pursuit(&mut self, campaign: &Campaign) {
        let Some(hideouts) = &campaign.operator.learning else { return };
        let sides = [
            ("operator", "learning.", hideouts.learner, hideouts.eta),
            ("defender", "", campaign.defender.learner, campaign.defender.eta),
        ];
        for (table, prefix, learner, eta) in sides {
            let keys = |names: &[&str]| names.iter().map(|name| format!("{prefix}{name}")).collect::<Vec<_>>();
            let mut when = |holds: bool, names: &[&str], why| {
                let keys = keys(names);
                self.when(holds, table, &keys.iter().map(String::as_str).collect::<Vec<_>>(), why);
            };
            let all = ["learner", "information", "rounds", "eta", "memory"];
            when(campaign.playbook.is_empty(), &all, "nothing is done: there is nothing to learn from");
            let rated = matches!(learner, Learning::Hedge | Learning::Exp3);
            when(!rated, &["rounds", "eta"], "only `hedge` and `exp3` have a rate");
            when(eta.is_some(), &["rounds"], "`eta` replaces it");
            let forgets = matches!(learner, Learning::Hedge | Learning::FictitiousPlay);
            when(!forgets, &["memory"], "only `hedge` and `fictitious-play` remember so many strikes");
        }
        self.when(
            campaign.defender.learner != Learning::Seeker,
            "defender",
            &["expects"],
            "only a `seeker` expects a rule",
        );
        self.when(
            campaign.playbook.is_empty(),
            "operator",
            &["learning.places", "learning.delay_days"],
            "nothing is done: there is nothing to learn from",
        );
    }

    fn evidence(&mut self, campaign: &Campaign, facts: &Facts) {
        let law = &campaign.evidence;
        let all = [
            "nats",
            "alpha",
            "beta",
            "half_life_days",
            "arrest_days",
            "arrest_share",
            "watch_from_days",
            "watch_cost_per_day",
        ];
        self.when(
            !facts.observes,
            "evidence",
            &all,
            "nothing is observed: no action has `observations`, and `watch_per_day` is 0",
        );
        self.when(
            law.watch_per_day == 0.0,
            "evidence",
            &["watch_from_days", "watch_cost_per_day"],
            "nobody watches: `watch_per_day` is 0",
        );
        self.when(law.arrest_share == 0.0, "evidence", &["arrest_days"], "nobody is arrested: `arrest_share` is 0");
        let crawls = campaign.crawl.requests_per_hour > 0.0;
        self.when(!crawls, "crawl", &["reply", "sensors", "from_days"], "nobody crawls: `requests_per_hour` is 0");
    }

    fn fleet(&mut self, campaign: &Campaign, facts: &Facts) {
        let fleet = &campaign.fleet;
        let all = ["operators", "rolling_days", "displaced_after_hours"];
        self.when(fleet.networks == 1, "fleet", &all, "there is one network");
        self.when(fleet.kappa == 0.0, "fleet", &["displaced_after_hours", "room"], "nobody moves: `kappa` is 0");
        self.when(campaign.playbook.is_empty(), "fleet", &["rolling_days"], "nothing is done");
        let shared = facts.observes || campaign.operator.learns > 0.0;
        self.when(!shared, "fleet", &["operators"], "there is nothing to share: no evidence, and nobody learns");
    }

    fn actions(&mut self, campaign: &Campaign, facts: &Facts) {
        let crawls = campaign.crawl.requests_per_hour > 0.0;
        for (step, number) in campaign.playbook.iter().zip(1..) {
            let (at, schedule, powers) = (format!("action.{number}"), &step.schedule, step.action.value.powers());
            let idle = match powers.works_on {
                WorksOn::Any => false,
                WorksOn::Servers => facts.peers,
                WorksOn::Peers => facts.servers,
            };
            self.when(
                idle,
                &at,
                &["success", "crawled", "cost_per_target", "duration_days"],
                "it has nothing to hit in this network",
            );
            let late = (schedule.at_days + schedule.delay_hours / 24.0) * 86_400.0 > f64::from(campaign.time.end());
            self.when(late, &at, &[""], "it takes effect after the end");
            let cue = schedule.when_identified || schedule.when_evidence.is_some_and(|nats| nats > 0.0);
            self.when(
                cue && !facts.observes,
                &at,
                &[""],
                "its cue never comes: nothing is observed about the operator",
            );
            self.when(schedule.times == 1, &at, &["every_days"], "it is done once");
            self.when(!powers.lasts, &at, &["duration_days"], "what it does is done at once, and for good");
            let blind = schedule.crawled && !crawls && !campaign.actions_can(|powers| powers.misleads);
            self.when(
                blind,
                &at,
                &["success", "cost_per_target"],
                "it hits only what the crawl has found, and nobody crawls",
            );
        }
    }
}

#[cfg(test)]
#[path = "inert_tests.rs"]
mod tests;
