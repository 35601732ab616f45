//! Unstructured networks: peer lists, self-healing meshes, membership protocols, broadcast and discovery.

use super::failure::gnm_giant;
use super::{Bench, Check, SEED};
use hydranet_overlay::Csr;
use hydranet_routing::broadcast::{Forwarding, Gossip, flood, gossip, mean_field};
use hydranet_routing::directed::entries;
use hydranet_routing::discovery::Population;
use hydranet_takedown::repair::{Repair, percolate_repaired};
use hydranet_takedown::{Curve, RemovalOrder, percolate};
use hydranet_topology::{Draw, Plugin, Purpose, Topology, Trial, TrialRng, trial_rng};
use hydranet_topology_unstructured::{Cyclon, CyclonParams, HyParView, HyParViewParams};

fn rng(trial: u32) -> TrialRng {
    trial_rng(SEED, Trial::network(trial), Purpose::Measure)
}

/// Who lives after a uniformly random share of the nodes has fallen.
fn survivors(n: u32, gone: f64, rng: &mut TrialRng) -> Vec<bool> {
    let mut alive = vec![true; n as usize];
    let order = rng.permutation(n);
    order[..(gone * n as f64 + 0.5) as usize].iter().for_each(|&v| alive[v as usize] = false);
    alive
}

fn living(alive: &[bool]) -> impl Iterator<Item = u32> {
    (0..alive.len() as u32).filter(|&v| alive[v as usize])
}

/// Lists of M entries, a share p of the peers removed: 1 − p^M of the rest keep an entry that lives.
pub(super) fn peer_lists(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((20_000, 6), (200_000, 8));
    let mut checks = Vec::new();
    for (p, reference) in [(0.8, 0.9885), (0.9, 0.8784), (0.95, 0.6415)] {
        let keeps = |trial: u32| {
            let network = bench.network("random-peer-list", &format!("n = {n}\nk = 20"), trial);
            let alive = survivors(n, p, &mut rng(trial));
            let lives = |v: u32| network.out().row(v).iter().any(|&w| alive[w as usize]);
            living(&alive).filter(|&v| lives(v)).count() as f64 / living(&alive).count() as f64
        };
        checks.push(Check {
            name: format!("peer lists, M = 20, p = {p}: a peer is kept"),
            source: "Wang, Sparks & Zou 2007: 1 − p^M",
            reference,
            // five standard errors of a share of the few that are left
            tolerance: 5.0 * (reference * (1.0 - reference) / ((1.0 - p) * n as f64 * trials as f64)).sqrt() + 5e-4,
            at_most: false,
            values: (0..trials).map(keeps).collect(),
        });
    }
    Ok(checks)
}

/// Self-healing mesh: where n(1 − f)f^k = 1, one survivor is cut off on average if all fall at once.
pub(super) fn self_healing(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = (3000u32, bench.scale.pick(150, 1500));
    let mut checks = Vec::new();
    for k in [5u32, 10] {
        // expected numbers rise up to f = k/(k + 1), and fall to 0 at f = 1: the root before that
        let expected = |f: f64| n as f64 * (1.0 - f) * f.powi(k as i32);
        let (mut lo, mut hi) = (0.0, k as f64 / (k as f64 + 1.0));
        for _ in 0..100 {
            let middle = (lo + hi) / 2.0;
            if expected(middle) < 1.0 { lo = middle } else { hi = middle }
        }
        let cut_off = |trial: u32| {
            let network = bench.network("self-healing", &format!("n = {n}\nk = {k}"), trial);
            let alive = survivors(n, lo, &mut rng(trial));
            let alone = |&v: &u32| network.out().row(v).iter().all(|&w| !alive[w as usize]);
            living(&alive).filter(alone).count() as f64
        };
        checks.push(Check {
            name: format!("self-healing, k = {k}, f = {lo:.3}: survivors cut off"),
            source: "n(1 − f)f^k = 1; the smaller root",
            reference: 1.0,
            // a Poisson number: four standard errors, and the last digits of f·n
            tolerance: 4.0 / (trials as f64).sqrt() + 0.02,
            at_most: false,
            values: (0..trials).map(cut_off).collect(),
        });
    }
    // one by one, with repair in between, the network holds until nine tenths are gone; left alone it does not: an ordering,
    // as 1 (holds) or 0
    let repair = Repair { max_degree: 10, batch: 1 };
    let holds = |trial: u32| {
        let network = bench.network("self-healing", &format!("n = {n}\nk = 10"), trial);
        let order = RemovalOrder::nodes(rng(trial).permutation(n));
        let [repaired, alone] = [percolate_repaired(&network, &order, repair), percolate(&network, &order)];
        let whole = |curve: &Curve| (0..n).take_while(|q| curve.largest[*q as usize] == n - q).count() as f64;
        f64::from(whole(&repaired) >= 0.9 * n as f64 && whole(&alone) < 0.75 * n as f64)
    };
    checks.push(Check {
        name: "10-regular, repaired one by one: whole until 90 % are gone (ordering)".into(),
        source: "Sanatinia & Noubir 2015, fig. 5",
        reference: 1.0,
        tolerance: 0.0,
        at_most: false,
        values: (0..bench.scale.pick(3, 10)).map(holds).collect(),
    });
    Ok(checks)
}

/// HyParView against Cyclon after a mass failure. The paper gives figures, not tables, and its numbers depend on its
/// simulator: what is checked is the ordering, as 1 (holds) or 0. Flooding on HyParView's repaired active views reaches
/// more than 95 % of survivors at 80 % failed, gossip of fanout 4 on Cyclon's caches of 35 less by 5 points at least.
pub(super) fn membership(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((2000, 3), (10_000, 5));
    let hyparview = HyParViewParams { n, active: 5, passive: 30, arwl: 6, prwl: 3, cycles: 30 };
    let hyparview = HyParView::new(hyparview).map_err(|e| e.to_string())?;
    let cyclon = CyclonParams { n, cache: 35, shuffle: 14, cycles: 30 };
    let cyclon = Cyclon::new(cyclon).map_err(|e| e.to_string())?;
    let stream = |trial| trial_rng(SEED, Trial::network(trial), Purpose::Topology);
    let mut checks = Vec::new();
    for gone in [0.5, 0.8] {
        let holds = |trial: u32| {
            let alive = survivors(n, gone, &mut rng(trial));
            let start: Vec<u32> = living(&alive).take(1).collect();
            let mut views = hyparview.views(&mut stream(trial));
            views.heal(&alive, 4, &mut rng(trial + 1000));
            let healed = flood(&views.active_csr(), &alive, &start, u32::MAX);
            let network = cyclon.generate(&mut stream(trial));
            let plan = Gossip { fanout: 4, rounds: 100, forwarding: Forwarding::Once };
            let gossiped = gossip(network.out(), &alive, &start, plan, &mut rng(trial + 2000));
            let share = |reached: u32| reached as f64 / healed.alive as f64;
            let (ours, theirs) = (share(healed.reached()), share(gossiped.reached()));
            (ours > 0.95 && ours > theirs + 0.05) as u32 as f64
        };
        checks.push(Check {
            name: format!("{:.0} % failed: HyParView above Cyclon (ordering)", gone * 100.0),
            source: "Leitão et al. 2007, fig. 2: ordering only",
            reference: 1.0,
            tolerance: 0.0,
            at_most: false,
            values: (0..trials).map(holds).collect(),
        });
    }
    Ok(checks)
}

/// Floods against the giant component, gossip against its mean field, capture–recapture on a known population.
pub(super) fn spread(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let (n, trials) = bench.scale.pick((20_000u32, 5), (200_000, 8));
    let mut checks = Vec::new();
    for (c, gone) in [(4.0, 0.0), (4.0, 0.4)] {
        let coverage = |trial: u32| {
            let network = bench.network("gnm", &format!("n = {n}\nmean_degree = {c:.1}"), trial);
            let alive = survivors(n, gone, &mut rng(trial));
            let start = entries(&network, network.out(), &alive, &mut rng(trial));
            let spread = flood(network.out(), &alive, &start, u32::MAX);
            spread.reached() as f64 / spread.alive as f64
        };
        checks.push(Check {
            name: format!("gnm, c = {c}, f = {gone}: flood coverage is the giant component"),
            source: "S = 1 − e^{−c(1−f)S} (Erdős & Rényi 1960)",
            reference: gnm_giant(c, gone) / (1.0 - gone),
            tolerance: bench.scale.pick(0.01, 0.003),
            at_most: false,
            values: (0..trials).map(coverage).collect(),
        });
    }
    // lists of half the network: targets are as good as uniform
    let lists: Csr = bench.network("random-peer-list", "n = 4000\nk = 2000", 0).out().clone();
    for (fanout, gone) in [(1, 0.0), (3, 0.0), (4, 0.4)] {
        let plan = Gossip { fanout, rounds: 60, forwarding: Forwarding::Once };
        let share = 1.0 - gone;
        let reached = |trial: u32| {
            let mut rng = rng(trial);
            let alive = survivors(4000, gone, &mut rng);
            // a twentieth hears at first, so that chance at the start plays no part
            let start: Vec<u32> = living(&alive).step_by(20).collect();
            gossip(&lists, &alive, &start, plan, &mut rng).reached() as f64 / (share * 4000.0)
        };
        checks.push(Check {
            name: format!("push gossip, fanout {fanout}, f = {gone}: coverage"),
            source: "mean field x' = (1 − Σx)(1 − e^{−F(1−f)x})",
            reference: *mean_field(plan, share, 0.05).last().expect("a start"),
            tolerance: 0.015,
            at_most: false,
            values: (0..bench.scale.pick(6, 20)).map(reached).collect(),
        });
    }
    let estimate = |trial: u32| {
        let mut rng = rng(trial);
        let first = rng.permutation(1000);
        let mut caught = vec![false; 1000];
        first[..500].iter().for_each(|&v| caught[v as usize] = true);
        let both = rng.permutation(1000)[..550].iter().filter(|&&v| caught[v as usize]).count() as u64;
        Population { first: 500, second: 550, both }.estimate()
    };
    checks.push(Check {
        name: "capture–recapture of 1,000 by uniform samples".into(),
        source: "Chapman 1951: unbiased",
        reference: 1000.0,
        // standard error of one estimate: 29
        tolerance: bench.scale.pick(8.0, 2.5),
        at_most: false,
        values: (0..bench.scale.pick(300, 3000)).map(estimate).collect(),
    });
    Ok(checks)
}
