//! What networks are for: lookups that ask several at a time, crawls, takedowns by what a crawl has found, eclipses.

use crate::book::Book;
use crate::feature::{Evidence, geometry, mechanism, topology};
use hydranet_overlay::{Csr, Live, Overlay};
use hydranet_routing::discovery::{Crawl, Crawler};
use hydranet_routing::interference::{Eclipse, Interference};
use hydranet_routing::iterative::{Iterative, ask};
use hydranet_routing::knowledge::order_after;
use hydranet_takedown::{Items, Task};
use hydranet_topology::{Draw, Params, Purpose};
use std::collections::BTreeMap;

/// An iterative lookup by its words: from all contacts of its own, ask the nearest that were not asked, so many at a time, among the
/// nearest so many that are not known to be dead; each names its contacts nearest to the target. Whether the target is named, and
/// how many were asked.
fn asks(csr: &Csr, alive: &[bool], plan: Iterative, [from, to]: [u32; 2]) -> (bool, u64) {
    // by exclusive-or distance: the node, and whether it was asked, and whether it is dead
    let mut known: BTreeMap<u32, (u32, bool, bool)> = BTreeMap::new();
    let mut requests = 0;
    let own: Vec<u32> = csr.row(from).to_vec();
    let learn = |known: &mut BTreeMap<u32, (u32, bool, bool)>, named: Vec<u32>| -> bool {
        for v in named.into_iter().filter(|v| *v != from) {
            if v == to && alive[to as usize] {
                return true;
            }
            known.entry(v ^ to).or_insert((v, false, false));
        }
        false
    };
    if learn(&mut known, own) {
        return (true, requests);
    }
    loop {
        let near: Vec<u32> =
            known.iter().filter(|(_, (_, _, dead))| !dead).take(plan.shortlist as usize).map(|(far, _)| *far).collect();
        let fresh: Vec<u32> = near.into_iter().filter(|far| !known[far].1).take(plan.parallel as usize).collect();
        if fresh.is_empty() {
            return (false, requests);
        }
        let mut found = false;
        for far in fresh {
            requests += 1;
            let (v, _, _) = known[&far];
            let dead = !alive[v as usize];
            known.insert(far, (v, true, dead));
            if !dead {
                let mut named = csr.row(v).to_vec();
                named.sort_by_key(|w| w ^ to);
                named.truncate(plan.reply as usize);
                found |= learn(&mut known, named);
            }
        }
        if found {
            return (true, requests);
        }
    }
}

pub(super) fn rows(book: &mut Book) {
    iterative(book);
    crawls(book);
    eclipses(book);
}

fn iterative(book: &mut Book) {
    let plans = [(1, 1, 1), (1, 4, 2), (3, 8, 4), (3, 20, 20)];
    let numbers = book.run(1, move |draws| {
        let network = draws.network("kademlia", "bits = 6\nk = 2");
        let shape = network.geometry().expect("a geometry");
        let rng = &mut draws.rng(Purpose::Defender);
        let (mut ends, mut requests, mut failed) = (0u64, 0u64, 0u64);
        for share in [0.0, 0.4] {
            let alive: Vec<bool> = (0..64).map(|_| !rng.chance(share)).collect();
            let mut live = Live::all(64);
            (0..64).filter(|v| !alive[*v as usize]).for_each(|v| live.remove(v));
            for (parallel, shortlist, reply) in plans {
                let plan = Iterative { parallel, shortlist, reply };
                for s in (0..64).filter(|s| alive[*s as usize]) {
                    for t in (0..64).filter(|t| *t != s && alive[*t as usize]) {
                        let (found, asked) = asks(network.out(), &alive, plan, [s, t]);
                        let tally = ask(&network, shape, &live, plan, [[s, t]].into_iter());
                        ends += u64::from((tally.failed == 0) != found);
                        requests += tally.requests.abs_diff(asked);
                        failed += u64::from(!found);
                    }
                }
            }
        }
        assert!(failed > 0, "nothing failed, nothing was seen");
        vec![ends as f64, requests as f64]
    });
    for (i, what) in ["lookups that end otherwise", "difference in requests"].into_iter().enumerate() {
        let covers = [mechanism("iterative lookup"), geometry("xor"), topology("kademlia")];
        let label = format!("iterative lookups, four plans, 64 nodes: {what}");
        book.row(label, covers, Evidence::Slow, "Maymounkov & Mazières 2002, by its words").exact(numbers, i, 0.0);
    }
}

fn crawls(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let network = draws.network("random-peer-list", "n = 600\nk = 8\nroutable_share = 0.5");
        let routable = network.routable().expect("who can be dialled").to_vec();
        let plan = Crawl::with_requests(50.0);
        let mut crawler = Crawler::start(&network, &plan, draws.rng(Purpose::Crawl));
        crawler.run_to(plan.budget(600));
        let found = crawler.found();
        // who stands on lists that can be asked for, from the first one on
        let mut reached = vec![false; 600];
        let mut open = vec![found[0]];
        reached[found[0] as usize] = true;
        while let Some(v) = open.pop() {
            for &w in network.out().row(v).iter().filter(|_| routable[v as usize]) {
                if !std::mem::replace(&mut reached[w as usize], true) {
                    open.push(w);
                }
            }
        }
        let missed = (0..600).filter(|v| reached[*v as usize] != found.contains(v)).count() as f64;
        let hidden = found.iter().filter(|v| !routable[**v as usize]).count() as f64;
        // limited to fewer requests: who was found falls first, as if there were nobody else
        let plan = Crawl::with_requests(0.05);
        let mut short = Crawler::start(&network, &plan, draws.rng(Purpose::Crawl));
        short.run_to(plan.budget(600));
        let row = draws.known.strategies.get("degree").expect("a strategy");
        let built = row.build(&Params::parse("").expect("nothing")).expect("its defaults");
        let task = &mut Task::new(draws.rng(Purpose::Order));
        let order = order_after(&short, &network, &*built.value, task, &mut draws.rng(Purpose::Defender));
        let Items::Nodes(list) = order.expect("an order").items else { return vec![f64::NAN; 4] };
        let known: Vec<u32> = short.found().to_vec();
        let first = list[..known.len()].iter().filter(|v| !known.contains(v)).count() as f64;
        vec![missed, hidden, first, f64::from(u8::from(known.len() > 5 && known.len() < 590))]
    });
    for (i, (what, want)) in [
        ("machines found, or not, against a walk over all lists", 0.0),
        ("machines found that cannot be dialled", 0.0),
        ("strangers among the first that fall after a short crawl", 0.0),
        ("a short crawl finds some and not all", 1.0),
    ]
    .into_iter()
    .enumerate()
    {
        let covers = [mechanism(if i < 2 { "crawl" } else { "takedown by what is known" })];
        let label = format!("crawl of 600, half can be dialled: {what}");
        book.row(label, covers, Evidence::Slow, "a walk over the lists of who can be dialled").exact(numbers, i, want);
    }
}

/// Entries from outside that point into the range are replaced each by itself; no others are.
fn eclipses(book: &mut Book) {
    let numbers = book.run(book.pick(10, 60), |draws| {
        let network: Overlay = draws.network("kademlia", "bits = 9\nk = 4");
        let plan = Interference { eclipse: Some(Eclipse { range: 0.1, share: 0.3 }), ..Interference::default() };
        let drawn = plan.draw(&network, &mut draws.rng(Purpose::Defender)).expect("a plan that fits");
        let (mut hits, mut draws, mut others) = (0.0, 0.0, 0.0);
        for u in 0..512 {
            for &v in network.out().row(u) {
                let bad = f64::from(u8::from(drawn.is_poisoned(u, v)));
                if drawn.is_target(v) && !drawn.is_target(u) {
                    hits += bad;
                    draws += 1.0;
                } else {
                    others += bad;
                }
            }
        }
        let targets = (0..512).filter(|v| drawn.is_target(*v)).count() as f64;
        vec![hits, draws, others, targets]
    });
    let covers = || [mechanism("interference: eclipse")];
    book.row(
        "eclipse, .3 of a tenth: entries into the range that are replaced",
        covers(),
        Evidence::ClosedForm,
        "each by itself",
    )
    .share(numbers, (0, 1), 0.3);
    book.row("eclipse: other entries that are replaced", covers(), Evidence::Conservation, "only what points in")
        .mean(numbers, 2, 0.0);
    book.row("eclipse: nodes in the range", covers(), Evidence::ClosedForm, "a tenth of 512, rounded")
        .mean(numbers, 3, 51.0);
}
