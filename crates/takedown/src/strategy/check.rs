//! The conformance check: what a test of every crate that brings strategies calls.

use super::{Strategy, Task};
use crate::RemovalOrder;
use hydranet_overlay::{Csr, Overlay, Role};
use hydranet_plugin::{Params, Registration};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

/// Checks that the strategies of a table keep the promises of [`Strategy`] and of [`hydranet_plugin::Plugin`]. For tests.
///
/// Beside what [`hydranet_plugin::check`] looks at: on networks of several shapes (empty, one node, a path, in pieces,
/// directed, with roles and providers), every strategy gives a complete order, the same one for the same stream, or says why
/// it cannot; it ranks the nodes or the edges of at least one of them; with `reinsertion`, orders are complete as well; its
/// costs are finite and not negative, and the words of its ranking fit a protocol.
///
/// # Panics
/// With the promise that was broken, and by which strategy.
pub fn check(strategies: &'static [Registration<dyn Strategy>]) {
    let networks = networks();
    hydranet_plugin::check(strategies);
    for row in strategies {
        let answers: usize = networks.iter().map(|network| answers(row, network)).sum();
        assert!(answers > 0, "`{}` ranks no network that the check knows; see `check_on`", row.name);
    }
}

/// As [`check`], on a network of one's own: for strategies that look at what the others lack.
///
/// # Panics
/// With the promise that was broken, and by which strategy.
pub fn check_on(strategies: &'static [Registration<dyn Strategy>], network: &Overlay) {
    hydranet_plugin::check(strategies);
    strategies.iter().for_each(|row| _ = answers(row, network));
}

/// Small networks of several shapes.
fn networks() -> Vec<Overlay> {
    let n = 60;
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Topology);
    let links: Vec<[u32; 2]> = (0..70).map(|_| [rng.below(n), rng.below(n)]).collect();
    let random = Overlay::symmetric(Csr::from_edges(n, &links).0);
    let roles = (0..n).map(|v| [Role::Server, Role::Relay, Role::Peer, Role::Peer][v as usize % 4]).collect();
    let path: Vec<[u32; 2]> = (1..n).map(|v| [v - 1, v]).collect();
    vec![
        Overlay::symmetric(Csr::empty(0)),
        Overlay::symmetric(Csr::empty(1)),
        Overlay::symmetric(Csr::from_edges(n, &path).0),
        Overlay::directed(Csr::from_arcs(n, &links).0),
        random.clone().with_roles(roles).with_provider((0..n).map(|v| v % 7).collect()),
        random,
    ]
}

/// How many complete orders it gives.
fn answers(row: &'static Registration<dyn Strategy>, network: &Overlay) -> usize {
    let mut given = 0;
    for reinsertion in ["", "\nreinsertion = true"] {
        let text = format!("{}{reinsertion}", row.example);
        let built = Params::parse(&text).map(|params| row.build(&params));
        let Ok(Ok(built)) = built else { panic!("`{}` refuses {text}", row.name) };
        tells(row.name, &*built.value, network);
        for trial in 0..3 {
            let task = || Task::new(trial_rng(1, Trial::network(trial), Purpose::Order));
            let nodes = || built.value.nodes(network, &mut task());
            let edges = || built.value.edges(network, &mut task());
            for (once, again) in [(nodes(), nodes()), (edges(), edges())] {
                assert_eq!(once, again, "`{}`: the same stream gave two orders", row.name);
                if let Ok(order) = once {
                    assert_complete(row.name, network, &order);
                    given += 1;
                }
            }
        }
    }
    given
}

/// What it says of itself can be used.
fn tells(name: &str, strategy: &dyn Strategy, network: &Overlay) {
    let size = super::NetworkSize { nodes: network.nodes().into(), edges: network.closure().arcs() / 2 };
    let cost = strategy.order_cost(size);
    assert!(cost >= 0.0 && cost.is_finite(), "`{name}`: an order costs {cost}");
    let ranking = strategy.ranking();
    for word in [ranking.batch, ranking.ties] {
        let fits = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || c == '=');
        assert!(fits, "`{name}`: a protocol is words without spaces, not `{word}`");
    }
}

fn assert_complete(name: &str, network: &Overlay, order: &RemovalOrder) {
    match &order.items {
        crate::Items::Nodes(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..network.nodes()), "`{name}`: an order names every node once");
        }
        crate::Items::Edges(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            let edges = network.closure().iter_arcs().filter(|[u, v]| u < v);
            assert!(sorted.into_iter().eq(edges), "`{name}`: an order names every edge once, the smaller end first");
        }
    }
    let ends = &order.batch_ends;
    assert!(ends.windows(2).all(|w| w[0] < w[1]), "`{name}`: batches follow each other");
    assert!(ends.last().is_none_or(|&e| e as usize == order.len()), "`{name}`: the last batch ends the order");
}
