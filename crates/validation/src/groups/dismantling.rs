//! Dismantling: decycling numbers that are known, exhaustive search on small networks, the authors' program of generalized network
//! dismantling on measured networks.

use crate::book::Book;
use crate::feature::{Evidence, mechanism, statistic, strategy, topology};
use crate::slow;
use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::repair::{Repair, percolate_repaired};
use hydranet_takedown::{Items, Outcome, RemovalOrder, percolate};

fn nodes(order: &RemovalOrder) -> &[u32] {
    match &order.items {
        Items::Nodes(list) => list,
        Items::Edges(_) => panic!("an order of nodes"),
    }
}

/// How many nodes of an order fall until no cycle is left: from its end, nodes come back as long as they close none.
fn decycled(csr: &Csr, order: &[u32]) -> usize {
    let mut root: Vec<u32> = (0..csr.nodes()).collect();
    fn find(root: &mut [u32], mut v: u32) -> u32 {
        while root[v as usize] != v {
            root[v as usize] = root[root[v as usize] as usize];
            v = root[v as usize];
        }
        v
    }
    let mut back = vec![false; csr.nodes() as usize];
    for (left, &v) in order.iter().enumerate().rev() {
        for &w in csr.row(v).iter().filter(|w| back[**w as usize]) {
            let [a, b] = [find(&mut root, v), find(&mut root, w)];
            if a == b {
                return left + 1;
            }
            root[a as usize] = b;
        }
        back[v as usize] = true;
    }
    0
}

pub(super) fn rows(book: &mut Book) {
    cubic(book);
    smallest(book);
    repaired(book);
    authors(book);
}

/// A cubic network needs at least (n + 2)/4 nodes (each takes 3 of the 3n/2 edges, n − |S| − 1 may stay), and random ones no more
/// (Bau, Wormald & Zhou 2002). CoreHD gets there (Zdeborová et al. 2016); message passing stays about .0003 above.
fn cubic(book: &mut Book) {
    let n = book.pick(2000u32, 16_000);
    let name = "corehd";
    let numbers = book.run(book.pick(12, 16), move |draws| {
        let at = |n: u32| {
            let network = draws.network("random-regular", &format!("n = {n}\nd = 3"));
            let order = draws.order(&network, name, "", false);
            decycled(network.closure(), nodes(&order)) as f64 / f64::from(n)
        };
        vec![at(n / 8), at(n)]
    });
    book.row(
        format!("random cubic networks: decycling number, {name}"),
        [strategy(name), topology("random-regular")],
        Evidence::ClosedForm,
        "Bau, Wormald & Zhou 2002: (n + 2)/4",
    )
    .limit(numbers, (0, 1), (8.0, 1.0), 0.25);
}

/// The smallest set that leaves no component of more than `most`, by trying all sets.
fn smallest_set(csr: &Csr, most: usize) -> u32 {
    let n = csr.nodes();
    let leaves = |set: u32| {
        let gone: Vec<bool> = (0..n).map(|v| set >> v & 1 == 1).collect();
        slow::components(csr, &gone).first().copied().unwrap_or(0)
    };
    (0..=n).find(|k| (0u32..1 << n).any(|set| set.count_ones() == *k && leaves(set) <= most)).unwrap_or(n)
}

/// No strategy beats the best of all sets, and the message-passing ones find it on most small networks: the shortfall in all.
fn smallest(book: &mut Book) {
    let numbers = book.run(1, |draws| {
        let mut better = 0.0;
        for shift in 0..6u32 {
            let network = draws.network("gnm", &format!("n = {}\nm = {}", 11, 13 + shift));
            let csr = network.closure();
            let best = smallest_set(csr, 2);
            for name in [
                "degree",
                "adaptive-degree",
                "collective-influence",
                "corehd",
                "min-sum",
                "bpd",
                "gnd",
                "explosive-immunization",
                "adaptive-betweenness",
                "k-core",
            ] {
                let order = draws.order(&network, name, "", false);
                let largest = slow::largest_after(csr, nodes(&order));
                let set = largest.iter().position(|s| *s <= 2).unwrap_or(usize::MAX) as u32;
                better += f64::from(u8::from(set < best));
                let curve = percolate(&network, &order);
                better += f64::from(u8::from(Outcome::of(&curve, 2.0 / 11.0).set_size != Some(u64::from(set))));
            }
        }
        vec![better]
    });
    book.row(
        "six networks of 11 nodes, ten strategies: sets smaller than the smallest, or misread",
        [statistic("set size")],
        Evidence::Slow,
        "all 2¹¹ sets",
    )
    .exact(numbers, 0, 0.0);
}

/// Repair after each removal: neighbours of the fallen node link up pairwise.
fn repaired(book: &mut Book) {
    // a path whose inner nodes fall one by one is joined again each time; a star's leaves become complete
    let numbers = book.run(1, |draws| {
        let path = draws.network("path", "n = 9");
        let order = RemovalOrder::nodes(vec![4, 3, 5, 1, 7, 2, 6, 0, 8]);
        let mended = percolate_repaired(&path, &order, Repair { max_degree: 10, batch: 1 });
        let star: Overlay = draws.network("star", "n = 9");
        let order = RemovalOrder::nodes((0..9).collect());
        let star = percolate_repaired(&star, &order, Repair { max_degree: 10, batch: 1 });
        let broken = |largest: &[u32]| largest.iter().enumerate().filter(|(q, s)| **s as usize != 9 - q).count() as f64;
        vec![broken(&mended.largest), broken(&star.largest)]
    });
    for (i, what) in ["path", "star, hub first"].into_iter().enumerate() {
        book.row(
            format!("{what} of 9, repaired one by one: steps at which it is not whole"),
            [mechanism("repair")],
            Evidence::ClosedForm,
            "neighbours link up pairwise",
        )
        .exact(numbers, i, 0.0);
    }
}

/// Generalized network dismantling at 1 %: the authors' program starts from a random vector as ours does; its one set is as a further
/// one of ours. And a set indeed.
fn authors(book: &mut Book) {
    for (file, cost, size, share) in [
        ("08", "unit", 1984.0, 0.534),
        ("04", "unit", 4412.0, 0.689),
        ("08", "degree", 4149.0, 0.754),
        ("04", "degree", 7393.0, 0.837),
    ] {
        let numbers = book.run_if(book.pick(4, 16), move |draws| {
            let network = draws.file(&format!("p2p-Gnutella{file}.txt"))?;
            let csr = network.closure();
            let order = draws.order(&network, "gnd", &format!("cost = \"{cost}\""), false);
            let set = Outcome::of(&percolate(&network, &order), 0.01).set_size.ok_or("it ends")? as usize;
            let mut gone = slow::nobody(csr);
            nodes(&order)[..set].iter().for_each(|v| gone[*v as usize] = true);
            let parts = hydranet_measures::components::components(csr, |v| !gone[v as usize]);
            let most = parts.iter().map(Vec::len).max().unwrap_or(0) as f64;
            let degrees = |list: &[u32]| list.iter().map(|v| csr.row(*v).len() as f64).sum::<f64>();
            let paid = degrees(&nodes(&order)[..set]) / degrees(nodes(&order));
            let ours = if cost == "unit" { set as f64 / size } else { paid / share };
            Ok(vec![ours, (most - 0.01 * f64::from(network.nodes())).max(0.0)])
        });
        let label = format!("p2p-Gnutella{file}, gnd, cost {cost}");
        let covers = || [strategy("gnd"), topology("file")];
        let source = "Ren et al. 2019, their program";
        book.row(format!("{label}: cost, in that of the authors' set"), covers(), Evidence::AuthorsProgram, source)
            .one_draw(numbers, 0, 1.0);
        book.row(
            format!("{label}: nodes beyond C·N in the largest component that its set leaves"),
            covers(),
            Evidence::ClosedForm,
            "what a set is",
        )
        .mean(numbers, 1, 0.0);
    }
}
