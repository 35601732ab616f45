//! What the takedown explorer of a report shows: small networks, their removal orders and what each leaves.
//!
//! The same seed, streams and kernel as `hydranet takedown`, so that the command below each network prints the same numbers.

use crate::commands::draw;
use crate::failure::Failure;
use crate::sketch::Sketch;
use hydranet_charts::NodeRole;
use hydranet_report::{Explorer, Network, OrderShown};
use hydranet_takedown::{Items, Task, percolate};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Purpose, Trial, trial_rng};

const SEED: u64 = 2012;

/// The strategies to choose from.
const STRATEGIES: [&str; 5] = ["random", "degree", "adaptive-degree", "role", "betweenness"];

/// Name, what it is, model, parameters.
const NETWORKS: [(&str, &str, &str, &[&str]); 12] = [
    (
        "Beacon",
        "Every machine reports to one server and knows no other machine, as the bots of Zeus did in 2012. Whoever seizes the server has the network.",
        "beacon",
        &["peers=119"],
    ),
    (
        "Fleet of beacons",
        "Twelve separate networks from one kit, as with Citadel: each falls with its own server, none with another's.",
        "beacon-fleet",
        &["networks=12", "peers=10"],
    ),
    (
        "Tiers",
        "An operator, servers below, relays below them, machines at the bottom. Each layer shields the one above; a seized server cuts off its branch.",
        "tiered",
        &["peers=110", "span=[4, 3]"],
    ),
    (
        "Linked servers",
        "Command servers linked to each other peer-to-peer, every machine attached to two of them: what followed the beacons.",
        "linked-servers",
        &["peers=108", "servers=16", "server_degree=4", "servers_per_peer=2"],
    ),
    (
        "Super-peers",
        "Machines that can be dialled form a core; the others hang on to a few of it.",
        "super-peer",
        &["peers=130", "routable_share=0.2", "super_peer_degree=6", "links_per_leaf=3"],
    ),
    (
        "Ultrapeers (Gnutella)",
        "A mesh of ultrapeers, leaves connected to three of them.",
        "gnutella",
        &["n=130", "ultrapeer_share=0.2", "ultrapeer_degree=6", "leaf_links=3"],
    ),
    (
        "Peer lists",
        "No servers at all: machines keep short lists of each other and fill them by asking. Only four in ten can be dialled.",
        "peer-list",
        &["n=130", "entries=5", "reply=2", "start=3", "routable_share=0.4"],
    ),
    (
        "HyParView",
        "A peer-to-peer overlay with small symmetric views that are kept full: every machine has about five neighbours.",
        "hyparview",
        &["n=130", "active=5"],
    ),
    ("Random graph", "The yardstick: the same number of links, drawn at random.", "gnm", &["n=130", "m=325"]),
    (
        "Scale-free graph",
        "New machines attach to those that have many links already: robust against chance, weak against whoever knows the hubs (Albert, Jeong & Barabási 2000).",
        "barabasi-albert",
        &["n=130", "m=2"],
    ),
    (
        "Chord",
        "A distributed hash table on a ring: everyone knows the next on the circle and some at doubling distances. Drawn by identifier.",
        "chord",
        &["bits=7", "successors=2"],
    ),
    (
        "Kademlia",
        "A distributed hash table with one contact in every bucket of doubling distance. Drawn by identifier.",
        "kademlia",
        &["bits=7", "k=1"],
    ),
];

/// Draws the networks and takes them down.
pub(crate) fn explorer(known: &Toolkit) -> Result<Explorer, Failure> {
    let networks = NETWORKS.iter().map(|row| network(known, row)).collect::<Result<_, _>>()?;
    Ok(Explorer { networks, version: env!("CARGO_PKG_VERSION").to_string() })
}

fn network(known: &Toolkit, (name, about, model, set): &(&str, &str, &str, &[&str])) -> Result<Network, Failure> {
    let set: Vec<String> = set.iter().map(ToString::to_string).collect();
    let overlay = draw::network(&known.topologies, model, &set, SEED, 0)?;
    let takedown = |strategy: &&str| -> Result<OrderShown, Failure> {
        let built = draw::build(&known.strategies, strategy, &[])?;
        let rng = trial_rng(SEED, Trial::order_of(0, 0), Purpose::Order);
        let order = built.value.nodes(&overlay, &mut Task { rng, target: Task::TARGET });
        let order = order.map_err(|e| Failure::Failed(format!("{name}, strategy `{strategy}`: {e}")))?;
        let curve = percolate(&overlay, &order);
        let Items::Nodes(nodes) = order.items else { unreachable!("a strategy asked for nodes gives nodes") };
        Ok(OrderShown { strategy: strategy.to_string(), order: nodes, largest: curve.largest, reach: curve.reach })
    };
    let sketch = Sketch::of(&overlay);
    let role = |kind: &NodeRole| NodeRole::ALL.iter().position(|k| k == kind).unwrap_or(0) as u8;
    let parameters: String = set.iter().map(|pair| format!(" --set '{pair}'")).collect();
    Ok(Network {
        name: name.to_string(),
        about: about.to_string(),
        command: format!(
            "hydranet takedown --topology {model}{parameters} --seed {SEED} --strategy random --curve-out curve.csv"
        ),
        places: sketch.places,
        roles: sketch.kinds.iter().map(role).collect(),
        edges: sketch.edges,
        peers: overlay.peers(),
        takedowns: STRATEGIES.iter().map(takedown).collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beacon_dies_at_once_and_a_mesh_holds() {
        let known = Toolkit::default();
        let explorer = explorer(&known).ok().unwrap();
        let find = |name: &str| explorer.networks.iter().find(|n| n.name == name).unwrap();
        let reach = |name: &str, strategy: &str, q: usize| {
            let network = find(name);
            let takedown = network.takedowns.iter().find(|t| t.strategy == strategy).unwrap();
            f64::from(takedown.reach[q]) / f64::from(network.peers)
        };
        assert_eq!((reach("Beacon", "role", 0), reach("Beacon", "role", 1)), (1.0, 0.0));
        for mesh in ["Peer lists", "Random graph", "HyParView", "Chord", "Kademlia"] {
            assert!(reach(mesh, "role", 12) > 0.75, "{mesh}: {}", reach(mesh, "role", 12));
        }
        for network in &explorer.networks {
            let n = network.roles.len();
            assert!((100..=160).contains(&n), "{}: {n} nodes", network.name);
            assert_eq!(network.places.len(), n);
            for t in &network.takedowns {
                let mut sorted = t.order.clone();
                sorted.sort_unstable();
                assert_eq!(sorted, (0..n as u32).collect::<Vec<_>>(), "{}, {}", network.name, t.strategy);
                assert_eq!((t.largest.len(), t.reach.len()), (n + 1, n + 1));
            }
        }
    }
}
