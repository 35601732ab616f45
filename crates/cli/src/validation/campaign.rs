//! Networks in time against closed forms: churn, isolation, evidence, rendezvous, clean-up, rebuilding.

use super::{Bench, Check};
use hydranet_campaign::{
    ACTIONS, Actions, Campaign, Churn, Engine, Evidence, Maintenance, Mend, Operator, Schedule, Sessions, Step, Time,
    Trajectory, Weibull,
};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};

fn row(name: impl Into<String>, source: &'static str, (reference, tolerance): (f64, f64), values: Vec<f64>) -> Check {
    Check { name: format!("campaign: {}", name.into()), source, reference, tolerance, at_most: false, values }
}

fn live(campaign: &Campaign, overlay: &Overlay, trial: u32) -> Result<Trajectory, String> {
    let engine = Engine::new(campaign, overlay, 77, Trial::network(trial));
    engine.and_then(Engine::run).map_err(|e| e.to_string())
}

/// Machines with random lists of `links` contacts.
fn lists(n: u32, links: u32, trial: u32) -> Overlay {
    let rng = &mut trial_rng(77, Trial::network(trial), Purpose::Topology);
    let mut list = Vec::new();
    let mut arcs = Vec::new();
    for v in 0..n {
        list.clear();
        rng.distinct(n, links, &mut list);
        arcs.extend(list.iter().map(|&u| [v, u]));
    }
    Overlay::directed(Csr::from_arcs(n, &arcs).0)
}

/// Sessions in equilibrium: the online share stays, and what is left of a session is what renewal theory says.
pub(super) fn churn(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((5_000, 6), (50_000, 10));
    let mut checks = Vec::new();
    for (sessions, name, absence_shape) in [
        (Sessions::Bot, "bot k = 0.28", 1.0),
        (Sessions::Kad, "Kad k = 0.5", 0.5),
        (Sessions::Exponential, "exponential", 1.0),
    ] {
        let churn = Churn { sessions, online_share: 0.4, absence_shape, ..Churn::default() };
        let session = churn.session().ok_or("a law of sessions")?;
        let maintenance = Maintenance { mend: Mend::None, ..Maintenance::default() };
        let time = Time { days: 3.0, ..Time::default() };
        let campaign = Campaign { churn, maintenance, time, ..Campaign::default() };
        let online = |trial| {
            let story = live(&campaign, &Overlay::directed(Csr::empty(n)), trial)?;
            Ok(story.samples.last().map_or(0.0, |s| s.online as f64 / n as f64))
        };
        let values = (0..trials).map(online).collect::<Result<Vec<f64>, String>>()?;
        let source = "renewal theorem; Stutzbach & Rejaie 2006";
        checks.push(row(
            format!("{name}: online share after 3 days"),
            source,
            (0.4, bench.scale.pick(0.02, 0.006)),
            values,
        ));
        let residual = |trial| {
            let rng = &mut trial_rng(77, Trial::network(trial), Purpose::Churn);
            // medians: the mean of a law with k = 0.28 needs millions of draws
            let mut left: Vec<f64> = (0..n).map(|_| session.residual(rng) / session.scale).collect();
            left.sort_by(f64::total_cmp);
            left[n as usize / 2]
        };
        let want = median_residual(session.shape);
        let values = (0..trials).map(residual).collect();
        let name = format!("{name}: median rest of a session (inspection paradox)");
        checks.push(row(name, "renewal theory, by quadrature", (want, want * bench.scale.pick(0.15, 0.05)), values));
    }
    Ok(checks)
}

/// The median of the equilibrium residual of Weibull(k, 1): ∫₀^x exp(−t^k) dt = Γ(1 + 1/k)/2, in u = t^k by the midpoint
/// rule with bisection.
fn median_residual(shape: f64) -> f64 {
    let half = Weibull { shape, scale: 1.0 }.mean() / 2.0;
    let integral = |x: f64| {
        let top = libm::pow(x, shape).min(60.0); // beyond, exp(−u) is nothing
        let steps = 20_000;
        let du = top / steps as f64;
        let at = |i: i32| {
            let u = (i as f64 + 0.5) * du;
            libm::exp(-u) * libm::pow(u, 1.0 / shape - 1.0) / shape
        };
        (0..steps).map(at).sum::<f64>() * du
    };
    let (mut lo, mut hi) = (0.0f64, 1e7f64);
    for _ in 0..80 {
        let middle = (lo + hi) / 2.0;
        if integral(middle) < half { lo = middle } else { hi = middle }
    }
    lo
}

/// Isolation of a node whose k contacts fail and are replaced. Leonard's formula holds where replacement is fast (lives are
/// ρ times as long); the exact chance is that of a birth-death chain, solved here for any ρ.
pub(super) fn isolation(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (nodes, trials) = bench.scale.pick((20_000, 6), (100_000, 10));
    let mut checks = Vec::new();
    for (k, rho) in [(2u32, 100.0f64), (2, 30.0), (3, 20.0), (5, 2.0)] {
        let phi = rho * k as f64 / ((1.0 + rho).powi(k as i32) + rho * k as f64 - 1.0);
        let share = |trial| {
            let rng = &mut trial_rng(77, Trial::network(trial), Purpose::Churn);
            (0..nodes).filter(|_| isolated(k, rho, rng)).count() as f64 / nodes as f64
        };
        let values: Vec<f64> = (0..trials).map(share).collect();
        let exact = chain(k, rho);
        let spread = 4.0 * (exact / (nodes * trials) as f64).sqrt();
        if rho >= 20.0 {
            let name = format!("isolation within a lifetime, k = {k}, ρ = {rho}: formula");
            // the formula's own error falls with ρ: 2, 6 and 10 per cent here
            checks.push(row(name, "Leonard, Rai & Loguinov 2005", (phi, 0.12 * phi + spread), values.clone()));
        }
        let name = format!("isolation within a lifetime, k = {k}, ρ = {rho}: exact");
        checks.push(row(name, "birth-death chain", (exact, spread), values));
    }
    Ok(checks)
}

/// Chance that a chain which starts with k live contacts (each fails at rate 1, each lost one returns at rate ρ) empties
/// before the node itself ends at rate 1: h(j) = (j h(j−1) + (k−j) ρ h(j+1)) / (j + (k−j) ρ + 1), from below: h(j) = c(j) h(j−1).
fn chain(k: u32, rho: f64) -> f64 {
    let mut ratio = 0.0; // h(k+1) has weight 0
    let mut whole = 1.0;
    for j in (1..=k).rev() {
        let (down, up) = (j as f64, (k - j) as f64 * rho);
        ratio = down / (down + up + 1.0 - up * ratio);
        whole *= ratio;
    }
    whole
}

/// One life: contacts fail after exponential lives and are replaced after exponential searches, independently.
fn isolated(k: u32, rho: f64, rng: &mut hydranet_topology::TrialRng) -> bool {
    let (law, search) = (Weibull::with_mean(1.0, 1.0), Weibull::with_mean(1.0, 1.0 / rho));
    let end = law.draw(rng);
    let mut next: Vec<(f64, bool)> = (0..k).map(|_| (law.residual(rng), true)).collect();
    let mut alive = k;
    loop {
        let (i, &(at, up)) =
            next.iter().enumerate().min_by(|a, b| a.1.0.total_cmp(&b.1.0)).expect("there are contacts");
        if at > end {
            return false;
        }
        alive = if up { alive - 1 } else { alive + 1 };
        if alive == 0 {
            return true;
        }
        next[i] = (at + if up { search.draw(rng) } else { law.draw(rng) }, !up);
    }
}

/// How long it takes until evidence is enough; the excess over the boundary is Siegmund's 0.583 σ.
pub(super) fn evidence(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (runs, trials) = bench.scale.pick((500, 6), (5_000, 10));
    let mut checks = Vec::new();
    for (nats, published) in [(0.5, 9.0), (0.1, 46.0), (0.02, 228.0)] {
        let law = Evidence { nats, ..Evidence::default() };
        let plain = law.threshold() / nats;
        assert!((plain - published).abs() < 0.6, "A/D for D = {nats} is {published}, not {plain}");
        let delay = |trial| {
            let rng = &mut trial_rng(77, Trial::network(trial), Purpose::Evidence);
            let one = |_| {
                let (mut sum, mut steps) = (0.0, 0u32);
                while sum < law.threshold() {
                    sum += law.draw(1.0, rng);
                    steps += 1;
                }
                steps as f64
            };
            (0..runs).map(one).sum::<f64>() / runs as f64
        };
        let reference = (law.threshold() + 0.583 * (2.0 * nats).sqrt()) / nats;
        let name = format!("observations to identification, D = {nats} (A/D = {published})");
        let values = (0..trials).map(delay).collect();
        checks.push(row(
            name,
            "Wald 1945; Siegmund 1985",
            // the constant is the limit of small steps; at D = 0.5 a step is a fifth of the way, and the excess larger by 3 % of it
            (reference, reference * bench.scale.pick(0.05, if nats > 0.3 { 0.035 } else { 0.02 })),
            values,
        ));
    }
    Ok(checks)
}

/// The fallback's chance, as the machines experience it.
pub(super) fn fallback(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((2_000, 6), (20_000, 10));
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
    let want = 1.0 - (1.0 - 1.0 / 50.0f64).powi(20);
    let campaign = beacon(operator, "seize-names", Schedule { at_days: 1.0, ..Schedule::default() }, 4.0);
    let overlay = star(n);
    let values = (0..trials).map(|trial| {
        let story = live(&campaign, &overlay, trial)?;
        // back after one day, of those that were out; the first chance comes at the report after the rebuild
        let down = story.samples.iter().position(|s| s.reach == 0).ok_or("the beacon falls")?;
        Ok(story.samples.get(down + 5).map_or(0.0, |s| s.reach as f64 / n as f64))
    });
    let values = values.collect::<Result<Vec<f64>, String>>()?;
    let name = "rendezvous within a day, 1 − (1 − r/N)ⁿ, N = 50, r = 1, n = 20";
    Ok(vec![row(name, "closed form", (want, bench.scale.pick(0.03, 0.01)), values)])
}

/// A server and n machines that are always on.
fn star(n: u32) -> Overlay {
    use hydranet_overlay::{Role, Sources};
    let edges: Vec<[u32; 2]> = (1..=n).map(|v| [0, v]).collect();
    let roles = (0..=n).map(|v| if v == 0 { Role::Server } else { Role::Peer }).collect();
    Overlay::symmetric(Csr::from_edges(n + 1, &edges).0).with_roles(roles).with_sources(Sources::Nodes(vec![0]))
}

fn beacon(operator: Operator, action: &str, schedule: Schedule, days: f64) -> Campaign {
    let action = Actions::default()
        .with(ACTIONS)
        .get(action)
        .expect("an action of the crate")
        .build(&Params::parse("").expect("no parameters"))
        .expect("defaults work");
    Campaign {
        operator,
        churn: Churn { sessions: Sessions::Never, ..Churn::default() },
        time: Time { days, ..Time::default() },
        playbook: vec![Step { schedule, action }],
        ..Campaign::default()
    }
}

/// Clean-up by half-life, and the recovery of a beacon by the law of rebuilding.
pub(super) fn decay_and_rebuild(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((2_000, 6), (20_000, 10));
    let churn = Churn { half_life_days: Some(20.0), sessions: Sessions::Never, ..Churn::default() };
    let maintenance = Maintenance { mend: Mend::None, ..Maintenance::default() };
    let time = Time { days: 40.0, cycle_minutes: 120.0, ..Time::default() };
    let campaign = Campaign { churn, maintenance, time, ..Campaign::default() };
    let left = |trial| {
        let story = live(&campaign, &Overlay::directed(Csr::empty(n)), trial)?;
        Ok(story.samples.last().map_or(0.0, |s| s.members as f64 / n as f64))
    };
    let left = (0..trials).map(left).collect::<Result<Vec<f64>, String>>()?;
    let mut checks =
        vec![row("machines after two half-lives", "closed form", (0.25, bench.scale.pick(0.02, 0.006)), left)];

    let lives = bench.scale.pick(60, 400);
    let operator = Operator { rebuild_share: 1.0, rebuild_days: 7.0, rebuild_sigma: 0.7, ..Operator::default() };
    let campaign = beacon(operator, "seize-servers", Schedule { at_days: 1.0, ..Schedule::default() }, 200.0);
    let (baseline, overlay) = (live(&campaign.untouched(), &star(20), 0)?, star(20));
    let mut logs = Vec::new();
    for trial in 0..lives {
        let wait = live(&campaign, &overlay, trial)?.effect(&baseline).recover_90.ok_or("the beacon falls")?;
        // reports stand six hours apart: a recovery is seen three hours late on average
        logs.push(libm::log((wait.seconds as f64 / 86_400.0 - 0.125).max(0.05)));
    }
    let spread = bench.scale.pick(0.35, 0.15);
    checks.push(row(
        "mean log of a beacon's recovery = that of the rebuild law",
        "lognormal(7 d, 0.7)",
        (libm::log(7.0), spread),
        logs,
    ));
    Ok(checks)
}

/// A network left alone stays as it is, and an empty playbook averts nothing.
pub(super) fn left_alone(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((500, 4), (2_000, 8));
    let churn = Churn { half_life_days: Some(100.0), recruits_per_day: 0.00693, ..Churn::default() };
    let campaign = Campaign { churn, time: Time { days: 60.0, ..Time::default() }, ..Campaign::default() };
    let (mut reached, mut averted) = (Vec::new(), Vec::new());
    for trial in 0..trials {
        let overlay = lists(n, 25, trial);
        let story = live(&campaign, &overlay, trial)?;
        let last = story.samples.last().ok_or("a story has reports")?;
        reached.push(last.reach as f64 / last.online as f64);
        let effect = story.effect(&live(&campaign.untouched(), &overlay, trial)?);
        averted.push(effect.harm_baseline as f64 - effect.harm as f64);
    }
    Ok(vec![
        row("peer lists after 60 days alone: online machines in reach", "equilibrium", (1.0, 0.01), reached),
        row("harm averted by an empty playbook", "same streams", (0.0, 0.0), averted),
    ])
}
