//! Dismantling set sizes of every strategy against published values:
//! `cargo run --release -p hydranet-takedown --example dismantle -- [seed=N] [target=C] [NETWORK] [STRATEGY…]`.
//!
//! A network is `gnm:NODES:MEAN_DEGREE`, `regular:NODES:DEGREE`, `power:NODES:EDGES` (weights falling as rank^−0.5), or the
//! path of an edge list; the default is `gnm:100000:3.5`. A strategy is a registered name, with parameters after a comma:
//! `collective-influence,radius=3`; the default is all that dismantle. Prints the set size at the target (1 % unless told)
//! without and with reinsertion, as a fraction of the nodes, and seconds.
//!
//! On `gnm:100000:3.5` the literature has: adaptive degree .236, collective influence .206, CoreHD .184, min-sum .178, the
//! optimum .175.

#![allow(clippy::print_stdout)]

use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::{Items, STRATEGIES, Strategies, Task, largest_only, reinsert};
use hydranet_topology::{Draw, Params, Purpose, Trial, TrialRng, trial_rng};
use std::collections::BTreeMap;
use std::time::Instant;

const ALL: [&str; 9] = [
    "degree",
    "adaptive-degree",
    "k-core",
    "collective-influence",
    "collective-influence,radius=3",
    "corehd",
    "explosive-immunization,candidates=100",
    "min-sum",
    "bpd",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut seed, mut target, mut rest) = (1, Task::TARGET, Vec::new());
    for argument in std::env::args().skip(1) {
        match argument.split_once('=') {
            Some(("seed", value)) => seed = value.parse()?,
            Some(("target", value)) => target = value.parse()?,
            _ => rest.push(argument),
        }
    }
    let network = if rest.is_empty() { "gnm:100000:3.5".into() } else { rest.remove(0) };
    let wanted = if rest.is_empty() { ALL.map(String::from).to_vec() } else { rest };
    let overlay = Overlay::symmetric(draw(&network, &mut trial_rng(seed, Trial::network(0), Purpose::Topology))?);
    let csr = overlay.closure();
    println!("{network}: {} nodes, {} edges; set size at {target}", csr.nodes(), csr.arcs() / 2);
    println!("{:38} {:>8} {:>7} {:>8}  {:>8} {:>7} {:>8}", "", "nodes", "", "s", "+ reins.", "", "s");
    for text in &wanted {
        let (name, parameters) = text.split_once(',').unwrap_or((text, ""));
        let parameters = parameters.replace(',', "\n");
        let row = Strategies::default().with(STRATEGIES).get(name).map_err(|e| e.to_string())?;
        let strategy = row.build(&Params::parse(&parameters)?)?.value;
        let mut task = Task { rng: trial_rng(seed, Trial::network(0), Purpose::Order), target };
        let start = Instant::now();
        let order = strategy.nodes(&overlay, &mut task)?;
        let seconds = start.elapsed().as_secs_f64();
        let Items::Nodes(nodes) = order.items else { return Err("it ranks edges".into()) };
        let start = Instant::now();
        let better = reinsert(csr, &nodes, target, &mut task.rng);
        let more = start.elapsed().as_secs_f64();
        let size = |order: &[u32]| {
            largest_only(csr, order)
                .iter()
                .position(|&s| s as f64 <= (target * csr.nodes() as f64).max(1.0))
                .unwrap_or(0)
        };
        let (a, b) = (size(&nodes), size(&better));
        let share = |s: usize| s as f64 / csr.nodes() as f64;
        println!("{text:38} {a:>8} {:>7.4} {seconds:>8.3}  {b:>8} {:>7.4} {more:>8.3}", share(a), share(b));
        order.notes.iter().for_each(|note| println!("    {note}"));
    }
    Ok(())
}

fn draw(network: &str, rng: &mut TrialRng) -> Result<Csr, Box<dyn std::error::Error>> {
    let parts: Vec<&str> = network.split(':').collect();
    Ok(match parts[..] {
        ["gnm", n, c] => {
            let (n, c): (u32, f64) = (n.parse()?, c.parse()?);
            let edges: Vec<[u32; 2]> = (0..(n as f64 * c / 2.0) as u64).map(|_| [rng.below(n), rng.below(n)]).collect();
            Csr::from_edges(n, &edges).0
        }
        ["regular", n, d] => {
            let (n, d): (u32, u32) = (n.parse()?, d.parse()?);
            let mut stubs: Vec<u32> = (0..n * d).map(|i| i / d).collect();
            rng.shuffle(&mut stubs);
            Csr::from_edges(n, &stubs.chunks_exact(2).map(|p| [p[0], p[1]]).collect::<Vec<_>>()).0
        }
        ["power", n, m] => {
            let (n, m): (u32, u32) = (n.parse()?, m.parse()?);
            // rank^−1/2 by inversion: the square of a uniform number; degrees then fall off as k^−3
            let end = |rng: &mut TrialRng| ((rng.unit().powi(2) * n as f64) as u32).min(n - 1);
            Csr::from_edges(n, &(0..m).map(|_| [end(rng), end(rng)]).collect::<Vec<_>>()).0
        }
        _ => {
            let mut number = BTreeMap::new();
            let mut edges = Vec::new();
            for line in std::fs::read_to_string(network)?.lines().filter(|l| !l.starts_with('#')) {
                let mut ends = line.split_whitespace().map(|name| {
                    let next = number.len() as u32;
                    *number.entry(name.to_string()).or_insert(next)
                });
                if let (Some(u), Some(v)) = (ends.next(), ends.next()) {
                    edges.push([u, v]);
                }
            }
            Csr::from_edges(number.len() as u32, &edges).0
        }
    })
}
