//! Strategies against what they say: at every step the node that falls must be best by the slow definition, whatever ties do. What
//! is counted is nodes that were not.

#![allow(clippy::needless_range_loop, reason = "matrices read like their formulas by indices")]

use crate::allowance::Allowance;
use crate::book::Book;
use crate::draws::Draws;
use crate::feature::{Evidence, mechanism, strategy};
use crate::slow;
use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::{Items, RemovalOrder, percolate};

/// Sums of floats in another order: what differs by less is a tie.
const TIE: f64 = 1e-7;

/// Small networks of different kinds: a measured one, sparse and dense random ones, a tree with a ring.
fn networks(draws: &Draws<'_>) -> Vec<Overlay> {
    vec![
        draws.network("file", "path = \"sample:karate-club\""),
        draws.network("gnp", "n = 40\nmean_degree = 2.5"),
        draws.network("barabasi-albert", "n = 30\nm = 2"),
        draws.network("watts-strogatz", "n = 24\nk = 4\np = 0.2"),
    ]
}

fn nodes(order: &RemovalOrder) -> &[u32] {
    match &order.items {
        Items::Nodes(list) => list,
        Items::Edges(_) => panic!("an order of nodes"),
    }
}

/// Nodes that fell although another one had a higher score of those that were left, the scores being counted once.
fn out_of_order(order: &[u32], score: &[f64]) -> f64 {
    let worse =
        |pair: &[u32]| score[pair[1] as usize] > score[pair[0] as usize] + TIE * score[pair[0] as usize].abs().max(1.0);
    order.windows(2).filter(|pair| worse(pair)).count() as f64
}

/// The same where scores are counted anew after each removal, as long as `goes_on` says so.
fn not_best(csr: &Csr, order: &[u32], score: impl Fn(&[bool]) -> Vec<f64>, goes_on: impl Fn(&[f64]) -> bool) -> f64 {
    let mut gone = slow::nobody(csr);
    let mut wrong = 0.0;
    for &v in order {
        let scores = score(&gone);
        if !goes_on(&scores) {
            break;
        }
        let best = (0..scores.len()).filter(|w| !gone[*w]).map(|w| scores[w]).fold(f64::NEG_INFINITY, f64::max);
        wrong += f64::from(u8::from(scores[v as usize] < best - TIE * best.abs().max(1.0)));
        gone[v as usize] = true;
    }
    wrong
}

/// PageRank by a linear system: p = (1 − α)/n + α Σ p(w)/k(w); who has no links jumps.
fn pagerank(csr: &Csr) -> Vec<f64> {
    let (n, alpha) = (csr.nodes() as usize, 0.85);
    let mut a = vec![vec![0.0; n]; n];
    for v in 0..n {
        a[v][v] += 1.0;
        let row = csr.row(v as u32);
        for w in 0..n {
            let step = if row.is_empty() {
                1.0 / n as f64
            } else {
                f64::from(u8::from(row.contains(&(w as u32)))) / row.len() as f64
            };
            a[w][v] -= alpha * step;
        }
    }
    slow::solve(a, vec![(1.0 - alpha) / n as f64; n])
}

/// Nearness of Wasserman & Faust: the share that is reached over the mean distance to it.
fn nearness(csr: &Csr) -> Vec<f64> {
    let all = slow::all_distances(csr, &slow::nobody(csr));
    let score = |far: &Vec<f64>| {
        let reached: Vec<f64> = far.iter().copied().filter(|d| d.is_finite() && *d > 0.0).collect();
        let (count, sum) = (reached.len() as f64, reached.iter().sum::<f64>());
        if count == 0.0 { 0.0 } else { count / (far.len() as f64 - 1.0) * count / sum }
    };
    all.iter().map(score).collect()
}

/// λ·x² of the leading eigenvector of every component, by 20,000 steps with A + 1, whose limit is the same.
fn eigenvector(csr: &Csr) -> Vec<f64> {
    let n = csr.nodes() as usize;
    let far = slow::all_distances(csr, &slow::nobody(csr));
    let mut score = vec![0.0; n];
    for root in 0..n {
        let here: Vec<usize> = (0..n).filter(|v| far[root][*v].is_finite()).collect();
        if here[0] != root || here.len() == 1 {
            continue;
        }
        let mut x = vec![0.0; n];
        here.iter().for_each(|v| x[*v] = 1.0);
        let mut value = 0.0;
        for _ in 0..20_000 {
            let step: Vec<f64> =
                (0..n).map(|v| x[v] + csr.row(v as u32).iter().map(|w| x[*w as usize]).sum::<f64>()).collect();
            let length = here.iter().map(|v| step[*v] * step[*v]).sum::<f64>().sqrt();
            value = length - 1.0;
            here.iter().for_each(|v| x[*v] = step[*v] / length);
        }
        here.iter().for_each(|v| score[*v] = value * x[*v] * x[*v]);
    }
    score
}

/// A work that counts over all small networks.
fn count(
    book: &mut Book,
    name: &'static str,
    what: &str,
    wrong: impl Fn(&Draws<'_>, &Overlay) -> f64 + Send + Sync + 'static,
) {
    let numbers = book.run(1, move |draws| vec![networks(draws).iter().map(|network| wrong(draws, network)).sum()]);
    let label = format!("{name}: {what}");
    book.row(label, [strategy(name)], Evidence::Slow, "its definition, on four networks of 24–40 nodes")
        .exact(numbers, 0, 0.0);
}

pub(super) fn rows(book: &mut Book) {
    ranked_once(book);
    adaptive(book);
    of_edges(book);
    given(book);
    let numbers = book.run(1, |draws| {
        let wrong = |network: &Overlay| {
            let order = draws.order(network, "random", "", false);
            let slow = slow::largest_after(network.closure(), nodes(&order));
            let fast = percolate(network, &order).largest;
            slow.iter().zip(&fast).filter(|(a, b)| **a != **b as usize).count() as f64
        };
        vec![networks(draws).iter().map(wrong).sum()]
    });
    book.row(
        "percolation: steps at which S1 differs",
        [mechanism("percolation")],
        Evidence::Slow,
        "components counted anew after each removal",
    )
    .exact(numbers, 0, 0.0);
    // every node falls first with chance 1/n
    let numbers = book.run(book.pick(2000, 20_000), |draws| {
        let network = draws.network("cycle", "n = 8");
        vec![f64::from(u8::from(nodes(&draws.order(&network, "random", "", false))[0] == 3)), 1.0]
    });
    book.row("random: node 3 of 8 falls first", [strategy("random")], Evidence::ClosedForm, "1/n").share(
        numbers,
        (0, 1),
        0.125,
    );
}

fn ranked_once(book: &mut Book) {
    let what = "nodes that fell before a better one";
    count(book, "degree", what, |draws, network| {
        let csr = network.closure();
        out_of_order(nodes(&draws.order(network, "degree", "", false)), &slow::degrees(csr, &slow::nobody(csr)))
    });
    count(book, "k-core", what, |draws, network| {
        let csr = network.closure();
        let degree = slow::degrees(csr, &slow::nobody(csr));
        let score: Vec<f64> = slow::coreness(csr).iter().zip(&degree).map(|(core, k)| 1000.0 * core + k).collect();
        out_of_order(nodes(&draws.order(network, "k-core", "", false)), &score)
    });
    count(book, "betweenness", what, |draws, network| {
        let csr = network.closure();
        let score = slow::betweenness(csr, &slow::nobody(csr), false);
        out_of_order(nodes(&draws.order(network, "betweenness", "", false)), &score)
    });
    count(book, "closeness", what, |draws, network| {
        out_of_order(nodes(&draws.order(network, "closeness", "", false)), &nearness(network.closure()))
    });
    count(book, "pagerank", what, |draws, network| {
        let n = f64::from(network.nodes());
        let score: Vec<f64> = pagerank(network.closure()).iter().map(|p| p * n).collect();
        out_of_order(nodes(&draws.order(network, "pagerank", "", false)), &score)
    });
    count(book, "eigenvector", what, |draws, network| {
        out_of_order(nodes(&draws.order(network, "eigenvector", "", false)), &eigenvector(network.closure()))
    });
}

fn adaptive(book: &mut Book) {
    let what = "nodes that fell although another one was better then";
    count(book, "adaptive-degree", what, |draws, network| {
        let csr = network.closure();
        not_best(
            csr,
            nodes(&draws.order(network, "adaptive-degree", "", false)),
            |gone| slow::degrees(csr, gone),
            |_| true,
        )
    });
    count(book, "adaptive-betweenness", what, |draws, network| {
        let csr = network.closure();
        let order = draws.order(network, "adaptive-betweenness", "batch = 1", false);
        not_best(csr, nodes(&order), |gone| slow::betweenness(csr, gone, false), |_| true)
    });
    count(book, "collective-influence", what, |draws, network| {
        let csr = network.closure();
        let order = draws.order(network, "collective-influence", "radius = 2", false);
        let alive = |score: &[f64]| score.iter().any(|s| *s > 0.0);
        not_best(csr, nodes(&order), |gone| slow::collective_influence(csr, gone, 2.0), alive)
    });
    count(book, "corehd", "nodes of the core that fell although another one had more links there", |draws, network| {
        let csr = network.closure();
        let score = |gone: &[bool]| {
            let outside = slow::outside_core(csr, gone, 2);
            let degree = slow::degrees(csr, &outside);
            (0..outside.len()).map(|v| if outside[v] { 0.0 } else { degree[v] }).collect::<Vec<f64>>()
        };
        not_best(csr, nodes(&draws.order(network, "corehd", "", false)), score, |score| score.iter().any(|s| *s > 0.0))
    });
    // rings that hang on a tree: the smallest decycling set is one node a ring
    for name in ["min-sum", "bpd", "corehd"] {
        let numbers = book.run(1, move |draws| {
            let network = rings_on_a_path(8, 7);
            let csr = network.closure();
            let order = draws.order(&network, name, "", false);
            let mut gone = slow::nobody(csr);
            let cyclic = |gone: &[bool]| slow::outside_core(csr, gone, 2).iter().any(|outside| !outside);
            let needed = nodes(&order).iter().take_while(|v| {
                let goes_on = cyclic(&gone);
                gone[**v as usize] = goes_on || gone[**v as usize];
                goes_on
            });
            vec![needed.count() as f64]
        });
        book.row(
            format!("{name}: nodes until 8 separate rings are broken"),
            [strategy(name)],
            Evidence::ClosedForm,
            "one node a ring: the decycling number",
        )
        .exact(numbers, 0, 8.0);
    }
    // what holds by the target: no component of more than C·N nodes where the set ends
    for name in ["gnd", "explosive-immunization"] {
        let numbers = book.run(1, move |draws| {
            // two cliques that one node joins: that node, whatever the strategy, for C·N of one clique
            let network = two_cliques();
            let row = draws.known.strategies.get(name).expect("a strategy");
            let built = row.build(&hydranet_topology::Params::parse(row.example).expect("TOML")).expect("its example");
            let mut task = hydranet_takedown::Task::new(draws.rng(hydranet_topology::Purpose::Order));
            task.target = 0.49;
            let order = built.value.nodes(&network, &mut task).expect("an order");
            let largest = slow::largest_after(network.closure(), nodes(&order));
            let size = largest.iter().position(|s| *s as f64 <= 0.49 * 41.0).unwrap_or(usize::MAX);
            vec![size as f64]
        });
        let label = format!("{name}: set that parts two cliques that one node joins");
        book.row(label, [strategy(name)], Evidence::ClosedForm, "the one node").exact(numbers, 0, 1.0);
    }
}

/// `rings` rings of `size` nodes, joined one after the other by single links.
fn rings_on_a_path(rings: u32, size: u32) -> Overlay {
    let mut edges = Vec::new();
    for r in 0..rings {
        let first = r * size;
        edges.extend((0..size).map(|i| [first + i, first + (i + 1) % size]));
        if r > 0 {
            edges.push([first, first - size + size / 2]);
        }
    }
    Overlay::symmetric(Csr::from_edges(rings * size, &edges).0)
}

/// Two complete graphs of 20 nodes, and node 40, which is linked to three nodes of each.
fn two_cliques() -> Overlay {
    let mut edges = Vec::new();
    for first in [0u32, 20] {
        edges.extend((0..20).flat_map(|a| (a + 1..20).map(move |b| [first + a, first + b])));
        edges.extend((0..3).map(|a| [first + a, 40]));
    }
    Overlay::symmetric(Csr::from_edges(41, &edges).0)
}

fn of_edges(book: &mut Book) {
    count(book, "edge-betweenness", "links that fell before a better one", |draws, network| {
        let score = slow::edge_betweenness(network.closure());
        let of = |edge: &[u32; 2]| {
            let key = [edge[0].min(edge[1]), edge[0].max(edge[1])];
            score.iter().find(|(e, _)| *e == key).map_or(f64::NAN, |(_, load)| *load)
        };
        let order = draws.order(network, "edge-betweenness", "", true);
        let Items::Edges(list) = &order.items else { return f64::NAN };
        list.windows(2).filter(|pair| of(&pair[1]) > of(&pair[0]) * (1.0 + TIE)).count() as f64
    });
}

/// Orders that are given: by role, by provider, in a file, by somebody's program.
fn given(book: &mut Book) {
    book.exact(
        &[strategy("order-file"), strategy("command"), strategy("provider"), strategy("role")],
        (Evidence::ClosedForm, "an order that is known"),
        Allowance::None,
        &[
            ("order-file: the given nodes fall first, as given", 1.0),
            ("command: the nodes that a program names fall first, as named", 1.0),
            ("role: servers before peers", 1.0),
            ("provider: hosting networks fall whole, largest first", 1.0),
        ],
        |draws| {
            let karate = draws.network("file", "path = \"sample:karate-club\"");
            let names: Vec<String> = [7u32, 3, 30].iter().map(|v| karate.names().get(*v).to_string()).collect();
            let file = draws.order(&karate, "order-file", &format!("path = \"inline:{}\"", names.join(",")), false);
            let cycle = draws.network("cycle", "n = 9");
            let program =
                draws.order(&cycle, "command", "command = \"cat > /dev/null; printf '4\\\\n8\\\\n0\\\\n'\"", false);
            let beacon = draws.network("beacon", "peers = 30\nservers = 4");
            let role = draws.order(&beacon, "role", "", false);
            let hosted = draws.network("beacon-fleet", "networks = 40\npeers = 3\nproviders = 5");
            let provider = draws.order(&hosted, "provider", "by = \"nodes\"", false);
            vec![
                f64::from(u8::from(nodes(&file)[..3] == [7, 3, 30])),
                f64::from(u8::from(nodes(&program)[..3] == [4, 8, 0])),
                f64::from(u8::from(nodes(&role)[..4].iter().all(|v| *v < 4))),
                f64::from(u8::from(whole_providers(&hosted, nodes(&provider)))),
            ]
        },
    );
}

/// Whether providers come one after the other, each whole, none larger than the one before; who has none comes last.
fn whole_providers(network: &Overlay, order: &[u32]) -> bool {
    let provider = network.provider().expect("providers");
    let mut blocks: Vec<(u32, usize)> = Vec::new();
    for v in order {
        match blocks.last_mut() {
            Some((p, size)) if *p == provider[*v as usize] => *size += 1,
            _ => blocks.push((provider[*v as usize], 1)),
        }
    }
    let hosted: Vec<(u32, usize)> = blocks.iter().copied().filter(|(p, _)| *p != u32::MAX).collect();
    let mut seen: Vec<u32> = hosted.iter().map(|(p, _)| *p).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() == hosted.len() && hosted.windows(2).all(|pair| pair[1].1 <= pair[0].1)
}
