//! Broadcast and crawl: `cargo bench -p hydranet-routing --bench spread [-- NODES]`.
//!
//! On random lists of 10 (10⁵ peers unless told otherwise), with 30 % of the peers gone: 64 floods one by one and 64 in the
//! bits of a word, push gossip, and a crawl of whole lists and of 4 entries a reply. Best of 3; the last column is what one
//! message, or request, costs.

#![allow(clippy::print_stdout)]

use hydranet_routing::broadcast::{Forwarding, Gossip, flood, flood_64, gossip};
use hydranet_routing::discovery::{Crawl, Crawler};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let n: u32 = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let row =
        hydranet_topology_unstructured::MODELS.iter().find(|row| row.name == "random-peer-list").expect("a model");
    let model = row.build(&Params::parse(&format!("n = {n}\nk = 10")).expect("TOML")).expect("parameters that work");
    let network = model.value.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
    let graph = network.out();
    let mut rng = trial_rng(1, Trial::network(0), Purpose::Measure);
    let words: Vec<u64> = (0..n).map(|_| (0..64).fold(0, |w, lane| w | (rng.chance(0.7) as u64) << lane)).collect();
    let lanes: Vec<Vec<bool>> = (0..64).map(|lane| words.iter().map(|w| w >> lane & 1 == 1).collect()).collect();
    let mut sources = vec![0u64; n as usize];
    sources[..64].iter_mut().enumerate().for_each(|(lane, s)| *s = 1 << lane);
    println!("{:<28} {:>9} {:>13} {:>9}", "what", "s", "messages", "ns each");
    let one = |(lane, alive): (usize, &Vec<bool>)| flood(graph, alive, &[lane as u32], u32::MAX).messages;
    report("64 floods, one by one", || lanes.iter().enumerate().map(one).sum());
    report("64 floods, in a word", || flood_64(graph, &words, &sources, 64, u32::MAX).iter().map(|s| s.messages).sum());
    let plan = Gossip { fanout: 4, rounds: 100, forwarding: Forwarding::Once };
    report("push gossip, fanout 4", || gossip(graph, &lanes[0], &[0, 1, 2, 3], plan, &mut rng).messages);
    for (what, reply) in [("crawl, whole lists", None), ("crawl, 4 entries a reply", Some(4))] {
        report(what, || {
            let plan = Crawl { reply, ..Crawl::with_requests(10.0) };
            let mut crawler = Crawler::start(&network, &plan, trial_rng(1, Trial::network(0), Purpose::Crawl));
            crawler.run_to(plan.budget(n));
            crawler.requests()
        });
    }
}

fn report(what: &str, mut work: impl FnMut() -> u64) {
    let (mut best, mut count) = (f64::MAX, 0);
    for _ in 0..3 {
        let start = Instant::now();
        count = black_box(work());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{what:<28} {best:>9.4} {count:>13} {:>9.1}", best * 1e9 / count as f64);
}
