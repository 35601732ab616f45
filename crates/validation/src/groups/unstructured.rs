//! Command structures and unstructured networks: who is cut off when what falls, and what protocols keep.

use crate::book::Book;
use crate::feature::{Evidence, mechanism, topology};
use crate::groups::failure::{RATIO, fixed_point};
use hydranet_overlay::{Overlay, Role};
use hydranet_takedown::{RemovalOrder, percolate};
use hydranet_topology::{Draw, Purpose};

/// C(q, k)/C(s, k).
pub(super) fn all_among(q: f64, s: f64, k: u32) -> f64 {
    (0..k).map(|i| (q - f64::from(i)).max(0.0) / (s - f64::from(i))).product()
}

/// Commanded peers when these nodes have fallen.
fn reach_without(network: &Overlay, fallen: &[u32]) -> f64 {
    let mut order = fallen.to_vec();
    order.extend((0..network.nodes()).filter(|v| !fallen.contains(v)));
    f64::from(percolate(network, &RemovalOrder::nodes(order)).reach[fallen.len()])
}

pub(super) fn rows(book: &mut Book) {
    beacons(book);
    tiers(book);
    meshes(book);
    lists(book);
    protocols(book);
}

fn beacons(book: &mut Book) {
    let trials = book.pick(20, 100);
    let servers: Vec<u32> = (0..5).collect();
    let fallen = servers.clone();
    let numbers = book.run(trials, move |draws| {
        let network = draws.network("beacon", "peers = 400\nservers = 10\nservers_per_peer = 3");
        vec![reach_without(&network, &fallen), 400.0]
    });
    book.row(
        "beacon, 5 of 10 servers fall, 3 a peer: reach",
        [topology("beacon"), mechanism("percolation")],
        Evidence::ClosedForm,
        "1 − C(q,k)/C(s,k)",
    )
    .share(numbers, (0, 1), 1.0 - all_among(5.0, 10.0, 3));
    let fallen = servers;
    let numbers = book.run(trials, move |draws| {
        let network = draws.network(
            "linked-servers",
            "peers = 400\nservers = 10\nserver_degree = 4\nservers_per_peer = 2\ninjection = \"all\"",
        );
        vec![reach_without(&network, &fallen), 400.0]
    });
    // two servers and a peer that knows both make the peer's other friends no better off: all servers command
    book.row(
        "linked servers, all inject, 5 of 10 fall, 2 a peer: reach",
        [topology("linked-servers")],
        Evidence::ClosedForm,
        "1 − C(q,k)/C(s,k)",
    )
    .share(numbers, (0, 1), 1.0 - all_among(5.0, 10.0, 2));
    let numbers = book.run(1, |draws| {
        let network = draws.network("beacon-fleet", "networks = 20\npeers = 10");
        let servers: Vec<u32> = (0..network.nodes()).filter(|v| network.role(*v) == Role::Server).collect();
        vec![servers.len() as f64, reach_without(&network, &servers[..7]), reach_without(&network, &servers)]
    });
    for (i, (what, want)) in
        [("servers", 20.0), ("reach without 7 of 20 servers", 130.0), ("reach without servers", 0.0)]
            .into_iter()
            .enumerate()
    {
        book.row(
            format!("beacon fleet, 20 networks of 10: {what}"),
            [topology("beacon-fleet")],
            Evidence::ClosedForm,
            "counting",
        )
        .exact(numbers, i, want);
    }
    // sizes by P(x) ∝ x^−2 on 2..=40
    let law: Vec<f64> = (2..=40).map(|x| libm::pow(f64::from(x), -2.0)).collect();
    let mean = law.iter().zip(2..).map(|(p, x)| p * f64::from(x)).sum::<f64>() / law.iter().sum::<f64>();
    let numbers = book.run(book.pick(60, 300), |draws| {
        let network = draws.network("beacon-fleet", "networks = 200\nsizes = { exponent = 2.0, min = 2, max = 40 }");
        vec![f64::from(network.peers()) / 200.0]
    });
    book.row(
        "beacon fleet, sizes x^−2 on 2–40: mean size",
        [topology("beacon-fleet")],
        Evidence::ClosedForm,
        "Σ x^(1−a)/Σ x^−a",
    )
    .mean(numbers, 0, mean);
}

fn tiers(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let tree = draws.network("tiered", "peers = 320\nspan = [4, 8]");
        // one server and its 8 relays hold a quarter
        vec![tree.edges() as f64 - f64::from(tree.nodes() - 1), reach_without(&tree, &[1]), reach_without(&tree, &[0])]
    });
    for (i, (what, want)) in [
        ("edges beyond those of a tree", 0.0),
        ("reach without one server of four", 240.0),
        ("reach without the operator", 0.0),
    ]
    .into_iter()
    .enumerate()
    {
        book.row(format!("tiers 4 × 8: {what}"), [topology("tiered")], Evidence::ClosedForm, "counting")
            .exact(numbers, i, want);
    }
    let numbers = book.run(book.pick(200, 1000), |draws| {
        let tree = draws.network("tiered", "peers = 320\nspan = [4, 8]");
        let rng = &mut draws.rng(Purpose::Defender);
        let fallen: Vec<u32> = (1..37).filter(|_| rng.chance(0.2)).collect();
        vec![reach_without(&tree, &fallen) / 320.0]
    });
    book.row(
        "tiers 4 × 8, each server and relay falls with chance .2: reach",
        [topology("tiered")],
        Evidence::ClosedForm,
        "(1 − f)^L",
    )
    .mean(numbers, 0, 0.64);
    // k = 1, injection anywhere: the largest component of a random regular mesh, without the operator's choice mattering
    let f = 0.4;
    let u = fixed_point(0.0, |u| f + (1.0 - f) * u * u * u);
    let want = (1.0 - f) * (1.0 - u.powi(4));
    let servers = book.pick(800u32, 6400);
    let numbers = book.run(book.pick(24, 40), move |draws| {
        let at = |servers: u32| {
            let peers = servers * 2;
            let network =
                draws.network("linked-servers", &format!("peers = {peers}\nservers = {servers}\nserver_degree = 4"));
            let order = draws.rng(Purpose::Defender).permutation(servers);
            reach_without(&network, &order[..(f * f64::from(servers)).round() as usize]) / f64::from(peers)
        };
        vec![at(servers / 8), at(servers)]
    });
    book.row(
        "linked servers, one a peer, .4 fall: reach",
        [topology("linked-servers")],
        Evidence::ClosedForm,
        "(1 − f)(1 − u^d), Molloy & Reed 1995",
    )
    .limit(numbers, (0, 1), (RATIO, 1.0), want);
}

fn meshes(book: &mut Book) {
    let trials = book.pick(30, 150);
    // 200 super-peers; 160 fall; a leaf knows 10
    let numbers = book.run(trials, |draws| {
        let network = draws
            .network("super-peer", "peers = 1000\nroutable_share = 0.2\nsuper_peer_degree = 8\nlinks_per_leaf = 10");
        let alive = draws.survivors(200, 0.8);
        let keeps = |v: u32| network.out().row(v).iter().any(|w| alive[*w as usize]);
        vec![(200..1000).filter(|v| keeps(*v)).count() as f64, 800.0]
    });
    book.row(
        "super-peers, .8 fall, 10 a leaf: leaves that keep one",
        [topology("super-peer")],
        Evidence::ClosedForm,
        "Wang, Sparks & Zou 2007: 1 − C(ps,M)/C(s,M)",
    )
    .share(numbers, (0, 1), 1.0 - all_among(160.0, 200.0, 10));
    // who lives keeps a neighbour unless all its neighbours fell: its degree is known
    let numbers = book.run(book.pick(150, 1000), |draws| {
        let network = draws.network("self-healing", "n = 300\nk = 5");
        let alive = draws.survivors(300, 0.6);
        let csr = network.closure();
        let alone = |v: u32| csr.row(v).iter().all(|w| !alive[*w as usize]);
        let cut_off = (0..300).filter(|v| alive[*v as usize] && alone(*v)).count() as f64;
        let expected: f64 = (0..300).map(|v| 0.4 * all_among(180.0, 299.0, csr.row(v).len() as u32)).sum();
        let short = (0..300).filter(|v| csr.row(*v).len() != 5).count() as f64;
        vec![cut_off - expected, short]
    });
    book.row(
        "self-healing, .6 fall at once: survivors cut off, less expected",
        [topology("self-healing")],
        Evidence::ClosedForm,
        "n(1 − f)f^k, without replacement",
    )
    .mean(numbers, 0, 0.0);
    let numbers = book.run(1, |draws| {
        let network = draws.network("gnutella", "n = 2000");
        let leaves: Vec<u32> = (0..2000).filter(|v| network.role(*v) == Role::Peer).collect();
        let csr = network.closure();
        let wrong = leaves.iter().filter(|v| csr.row(**v).len() != 3).count();
        let up = |v: u32| csr.row(v).iter().filter(|w| network.role(**w) == Role::Relay).count();
        let long = (0..300).filter(|v| up(*v) > 30 || csr.row(*v).len() - up(*v) > 30).count();
        vec![leaves.len() as f64, wrong as f64, long as f64, (0..300).map(|v| f64::from(u8::from(up(v) == 30))).sum()]
    });
    for (i, (what, want)) in
        [("leaves", 1700.0), ("leaves without 3 ultrapeers", 0.0), ("ultrapeers beyond 30 and 30", 0.0)]
            .into_iter()
            .enumerate()
    {
        book.row(
            format!("gnutella, 2,000 peers: {what}"),
            [topology("gnutella")],
            Evidence::Published,
            "Stutzbach et al. 2008: 15 %, 30, 30, 3",
        )
        .exact(numbers, i, want);
    }
}

fn lists(book: &mut Book) {
    let trials = book.pick(30, 100);
    let numbers = book.run(trials, |draws| {
        let network = draws.network("random-peer-list", "n = 1000\nk = 4");
        let known = network.incoming();
        vec![(0..1000).filter(|v| known.row(*v).is_empty()).count() as f64 / 1000.0]
    });
    book.row(
        "random peer lists, k = 4: peers that nobody knows",
        [topology("random-peer-list")],
        Evidence::ClosedForm,
        "(1 − k/(n − 1))^(n − 1)",
    )
    .mean(numbers, 0, libm::pow(1.0 - 4.0 / 999.0, 999.0));
    let numbers = book.run(trials, |draws| {
        let network = draws.network("random-peer-list", "n = 1000\nk = 8");
        let alive = draws.survivors(1000, 0.8);
        let keeps = |v: u32| network.out().row(v).iter().any(|w| alive[*w as usize]);
        let left: Vec<u32> = (0..1000).filter(|v| alive[*v as usize]).collect();
        vec![left.iter().filter(|v| keeps(**v)).count() as f64, left.len() as f64]
    });
    book.row(
        "random peer lists, k = 8, .8 fall: survivors that keep an entry",
        [topology("random-peer-list")],
        Evidence::ClosedForm,
        "1 − C(q,k)/C(n − 1,k)",
    )
    .share(numbers, (0, 1), 1.0 - all_among(800.0, 999.0, 8));
    let numbers = book.run(1, |draws| {
        let network = draws.network("peer-list", "n = 500\npreset = \"zeus\"\nroutable_share = 0.4");
        let routable = network.routable().expect("who can be dialled");
        let short = (0..500).filter(|v| network.out().row(*v).len() != 50).count();
        let hidden = (0..500).flat_map(|v| network.out().row(v)).filter(|w| !routable[**w as usize]).count();
        vec![short as f64, hidden as f64, routable.iter().filter(|r| **r).count() as f64]
    });
    for (i, (what, want)) in
        [("lists that are not full", 0.0), ("entries that cannot be dialled", 0.0), ("who can be dialled", 200.0)]
            .into_iter()
            .enumerate()
    {
        book.row(
            format!("peer lists of Zeus, 500 peers: {what}"),
            [topology("peer-list")],
            Evidence::Conservation,
            "Andriesse et al. 2013: 50 entries",
        )
        .exact(numbers, i, want);
    }
}

fn protocols(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let network = draws.network("cyclon", "n = 600\ncache = 20\nshuffle = 8");
        let short = (0..600).filter(|v| network.out().row(*v).len() != 20).count();
        let arcs: usize = (0..600).map(|v| network.incoming().row(v).len()).sum();
        let views = draws.network("hyparview", "n = 600\nactive = 5\npassive = 30");
        let csr = views.out();
        let long = (0..600).filter(|v| csr.row(*v).len() > 5).count();
        let one_way = (0..600)
            .flat_map(|v| csr.row(v).iter().map(move |w| (v, *w)))
            .filter(|(v, w)| !csr.row(*w).contains(v))
            .count();
        let parts = crate::slow::components(views.closure(), &crate::slow::nobody(views.closure())).len();
        vec![short as f64, arcs as f64, long as f64, one_way as f64, parts as f64]
    });
    for (i, (name, what, want)) in [
        ("cyclon", "caches that are not full", 0.0),
        ("cyclon", "entries in all", 12_000.0),
        ("hyparview", "active views of more than 5", 0.0),
        ("hyparview", "views that are not mutual", 0.0),
        ("hyparview", "components", 1.0),
    ]
    .into_iter()
    .enumerate()
    {
        book.row(
            format!("{name}, 600 peers: {what}"),
            [topology(name)],
            Evidence::Conservation,
            "Voulgaris et al. 2005; Leitão et al. 2007",
        )
        .exact(numbers, i, want);
    }
}
