//! Node-cycles a second: `cargo bench -p hydranet-campaign [-- PEERS…]`. Default 10⁵ peers; one thread.
//!
//! Peer lists of 50 with churn (half online, exponential sessions of 8 h) and maintenance in every cycle of 30 min; reach
//! is measured once a day, and its time is part of what is counted.

#![allow(clippy::print_stdout)]

use hydranet_campaign::{Campaign, Churn, Engine, Maintenance, Mend, Time};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use std::time::Instant;

fn main() {
    let sizes: Vec<u32> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100_000] } else { sizes };
    println!("{:>10} {:>26} {:>14} {:>14} {:>11}", "peers", "what", "node-cycles/s", "ns/node-cycle", "bytes/peer");
    for n in sizes {
        let full = Maintenance::default();
        row(n, "churn", &Maintenance { mend: Mend::None, ..full.clone() });
        row(n, "churn, probes", &Maintenance { learn: 0.0, minimum: 0, ..full.clone() });
        row(n, "churn, probes, exchange", &full);
    }
}

fn row(n: u32, what: &str, maintenance: &Maintenance) {
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Topology);
    let mut arcs = Vec::new();
    let mut list = Vec::new();
    for v in 0..n {
        list.clear();
        rng.distinct(n, 40, &mut list);
        arcs.extend(list.iter().map(|&u| [v, u]));
    }
    let overlay = Overlay::directed(Csr::from_arcs(n, &arcs).0);
    let churn = Churn { half_life_days: Some(365.0), recruits_per_day: 0.0019, ..Churn::default() };
    let time = Time { days: 400.0, report_hours: 24.0, ..Time::default() };
    let campaign = Campaign { churn, time, maintenance: maintenance.clone(), ..Campaign::default() };
    let mut engine = Engine::new(&campaign, &overlay, 1, Trial::network(0)).expect("a network of machines");
    let cycles = 240;
    for _ in 0..48 {
        engine.step().expect("nothing is done to it"); // a day to settle
    }
    let mut best = f64::INFINITY;
    for _ in 0..cycles / 48 {
        let start = Instant::now();
        for _ in 0..48 {
            engine.step().expect("nothing is done to it");
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    let rate = 48.0 * n as f64 / best;
    println!("{n:>10} {what:>26} {rate:>14.3e} {:>14.1} {:>11}", 1e9 / rate, engine.world().bytes_per_node());
}
