//! Broadcast: floods against the giant component and a walk by levels, gossip against its exact chain.

use crate::book::Book;
use crate::feature::{Evidence, mechanism};
use crate::groups::failure::{RATIO, gnm_giant};
use crate::slow;
use hydranet_overlay::Csr;
use hydranet_routing::broadcast::{Forwarding, Gossip, flood, gossip};
use hydranet_routing::directed::entries;
use hydranet_routing::discovery::Population;
use hydranet_topology::Purpose;

pub(super) fn rows(book: &mut Book) {
    floods(book);
    gossips(book);
    population(book);
}

fn floods(book: &mut Book) {
    for (c, gone) in [(4.0, 0.0), (4.0, 0.4)] {
        let n = book.pick(8000u32, 80_000);
        let numbers = book.run(book.pick(24, 32), move |draws| {
            let at = |n: u32| {
                let network = draws.network("gnm", &format!("n = {n}\nmean_degree = {c:.1}"));
                let alive = draws.survivors(n, gone);
                let start = entries(&network, network.out(), &alive, &mut draws.rng(Purpose::Command));
                let spread = flood(network.out(), &alive, &start, u32::MAX);
                f64::from(spread.reached()) / f64::from(spread.alive)
            };
            vec![at(n / 8), at(n)]
        });
        let label = format!("gnm, c = {c}, f = {gone}: flood coverage");
        book.row(label, [mechanism("flood")], Evidence::ClosedForm, "S = 1 − e^{−c(1−f)S}, Erdős & Rényi 1960").limit(
            numbers,
            (0, 1),
            (RATIO, 1.0),
            gnm_giant(c, gone) / (1.0 - gone),
        );
    }
    let numbers = book.run(1, |draws| {
        let network = draws.network("gnp", "n = 60\nmean_degree = 3");
        let alive = draws.survivors(60, 0.2);
        let gone: Vec<bool> = alive.iter().map(|a| !a).collect();
        let start = (0..60).find(|v| alive[*v as usize]).expect("a survivor");
        let far = slow::distances(network.closure(), start, &gone);
        let spread = flood(network.out(), &alive, &[start], u32::MAX);
        let within = |r: usize| far.iter().filter(|d| **d <= r as f64).count() as f64;
        vec![spread.heard.iter().enumerate().map(|(r, heard)| (f64::from(*heard) - within(r)).abs()).sum()]
    });
    book.row(
        "flood on 60 nodes, .2 gone: who has heard after each round, difference",
        [mechanism("flood")],
        Evidence::Slow,
        "distances",
    )
    .exact(numbers, 0, 0.0);
}

/// Expected number of nodes that push gossip reaches where everybody knows everybody: nodes push one after the other, each to F of the
/// n − 1 others, and what matters is only how many have not heard: a chain, solved forwards.
fn gossiped(n: u32, alive: u32, fanout: u32) -> f64 {
    let (n, a) = (n as usize, alive as usize);
    // chance that so many have heard, of which `done` have pushed
    let mut chance = vec![0.0; a + 1];
    chance[1] = 1.0;
    let mut expected = 0.0;
    for done in 0..a {
        let mut next = vec![0.0; a + 1];
        for heard in done..=a {
            let p = chance[heard];
            if p == 0.0 {
                continue;
            }
            if heard == done {
                expected += p * heard as f64; // nobody is left to push
                continue;
            }
            let fresh = a - heard;
            for x in 0..=(fanout as usize).min(fresh) {
                next[heard + x] += p * hypergeometric(n - 1, fresh, fanout as usize, x);
            }
        }
        chance = next;
    }
    expected + chance[a] * a as f64
}

/// x marked ones among F drawn of N with K marked.
fn hypergeometric(n: usize, marked: usize, drawn: usize, x: usize) -> f64 {
    let choose = |a: usize, b: usize| -> f64 {
        if b > a { 0.0 } else { (0..b).map(|i| (a - i) as f64 / (i + 1) as f64).product() }
    };
    choose(marked, x) * choose(n - marked, drawn - x) / choose(n, drawn)
}

fn gossips(book: &mut Book) {
    for (fanout, gone) in [(1, 0.0), (2, 0.0), (3, 0.2), (4, 0.4)] {
        let n = 60u32;
        let alive_count = n - (gone * f64::from(n)).round() as u32;
        let numbers = book.run(book.pick(2000, 20_000), move |draws| {
            let edges: Vec<[u32; 2]> = (0..n).flat_map(|v| (v + 1..n).map(move |w| [v, w])).collect();
            let lists = Csr::from_edges(n, &edges).0;
            let alive = draws.survivors(n, gone);
            let start = (0..n).find(|v| alive[*v as usize]).expect("a survivor");
            let plan = Gossip { fanout, rounds: 1000, forwarding: Forwarding::Once };
            vec![f64::from(gossip(&lists, &alive, &[start], plan, &mut draws.rng(Purpose::Command)).reached())]
        });
        let label = format!("push gossip, 60 nodes, fanout {fanout}, {gone} gone: who hears");
        book.row(label, [mechanism("gossip")], Evidence::ClosedForm, "the exact chain of who has not heard").mean(
            numbers,
            0,
            gossiped(n, alive_count, fanout),
        );
    }
}

/// Chapman's estimate is unbiased where both samples together are larger than the population: an exact sum over what both have.
fn population(book: &mut Book) {
    let numbers = book.run(1, |_| {
        let (n, first, second) = (60usize, 30u64, 36u64);
        let mean: f64 = (6..=30)
            .map(|both| {
                hypergeometric(n, first as usize, second as usize, both)
                    * Population { first, second, both: both as u64 }.estimate()
            })
            .sum();
        vec![mean]
    });
    book.row(
        "capture–recapture of 60, samples of 30 and 36: expectation",
        [mechanism("population estimate")],
        Evidence::ClosedForm,
        "Chapman 1951: unbiased",
    )
    .allow(crate::Allowance::floating(4000.0, 60.0))
    .exact(numbers, 0, 60.0);
}
