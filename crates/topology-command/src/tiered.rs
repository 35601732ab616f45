//! Tiers: a hierarchy with the operator on top, command servers below, relays below them, peers at the bottom.
//!
//! What it abstracts: the multi-layer command structure by which operators keep their distance from what can be seized:
//! investigators usually reach the low layers first. Layer 0 is the operator, layer 1 the servers, layers 2..=L the
//! relays, layer L + 1 the peers, L the length of `span`.
//!
//! Nodes are numbered layer by layer from the top; [`Overlay::layer`] says which. Each node of layer i has `span[i]`
//! nodes below it, so layer i + 1 holds `span[0] · … · span[i]`; peers are spread evenly (±1) over the lowest relays.
//! `parents` − 1 further parents of every node are drawn uniformly from the layer above (all of it, where it holds fewer).
//! `cross_links` is the mean number of links of a command node to others of its layer: each pair of a layer of n is
//! linked with chance cross_links/(n − 1) (a layer too small for so many is linked completely); peers have none.
//! Command source: the operator, so that removing it ends all command; a strategy that must not reach it has to say so.
//!
//! Expected behaviour, with `parents` = 1 and no cross-links (a tree; then nothing is drawn at random):
//! - edges: n − 1; the fall of one node of layer i frees exactly its subtree: a share of about 1/(span\[0\] · … · span\[i−1\]);
//! - if every server and relay falls independently with chance f, E\[reach\] = (1 − f)^L: each layer is one more
//!   thing to break, so depth protects the operator and not the network;
//! - with m parents each and orders that are passed down only, reach ≈ 1 − (1 − a_L)^m in wide layers, with
//!   a_i = (1 − f)(1 − (1 − a_{i−1})^min(m, width of layer i − 1)), a_0 = 1; the undirected measure gives more.
//!
//! O(n + m). Deviation: the measure downstream is undirected, so a node with two parents also links them; a real peer
//! would not pass orders up. The tree is exact.

use crate::hosting::{Hosting, zipf};
use crate::parameter_bounds::{at_least_one, countable};
use crate::picker::Picker;
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Parameters of [`Tiered`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TieredParams {
    /// Number of peers (≥ 1), spread evenly over the lowest relays.
    pub peers: u32,
    /// Nodes below each node, layer by layer from the operator down (1 to 1000 layers, each ≥ 1): `[4, 8]` puts 4
    /// servers below the operator and 8 relays below each.
    #[serde(default = "four_by_eight")]
    pub span: Vec<u32>,
    /// How many nodes of the layer above each node knows (≥ 1, at most the number of lowest relays).
    #[serde(default = "crate::parameter_bounds::one")]
    pub parents: u32,
    /// Mean number of links of a server or relay to others of its layer (≥ 0, at most the number of lowest relays
    /// less one).
    #[serde(default)]
    pub cross_links: f64,
    /// Number of hosting providers (≥ 1) that operator, servers and relays are placed at; no providers if left out.
    pub providers: Option<u32>,
    /// Zipf exponent of provider sizes (0 to 20; 0 means equal sizes). Matters only with `providers`.
    #[serde(default = "zipf")]
    pub provider_exponent: f64,
}

fn four_by_eight() -> Vec<u32> {
    vec![4, 8]
}

/// A command hierarchy. See the [module](self).
#[derive(Debug, Clone)]
pub struct Tiered {
    /// The nodes of each layer, operator first, peers last.
    layers: Vec<Range<u32>>,
    parents: u32,
    cross_links: f64,
    hosting: Hosting,
}

impl Plugin for Tiered {
    type Params = TieredParams;
    const NAME: &'static str = "tiered";
    const SIZE: Option<Sizing> = Some(Sizing::PEERS);
    const ABOUT: &'static str = "command hierarchy: operator, servers and relays layer by layer, peers at the bottom";
    const EXAMPLE: &'static str = "peers = 1000\nspan = [4, 8]\nparents = 2\ncross_links = 1.5";

    fn new(p: TieredParams) -> Result<Tiered, Invalid> {
        at_least_one("peers", p.peers)?;
        Invalid::unless((1..=1000).contains(&p.span.len()), "span", || {
            format!("lists {} layers: from 1 to 1000", p.span.len())
        })?;
        let (mut layers, mut start, mut width) = (Vec::from([Range { start: 0, end: 1 }]), 1u32, 1u32);
        for (i, &span) in p.span.iter().enumerate() {
            Invalid::unless(span >= 1, "span", || format!("entry {} is 0: at least 1 node below each", i + 1))?;
            let wide = width as u128 * span as u128;
            countable("span", start as u128 + wide)?;
            width = wide as u32;
            layers.push(start..start + width);
            start += width;
        }
        let nodes = start as u128 + p.peers as u128;
        countable("peers", nodes)?;
        layers.push(start..start + p.peers);
        at_least_one("parents", p.parents)?;
        Invalid::unless(p.parents <= width, "parents", || {
            format!("{} parents, but no layer above another holds more than {width} nodes", p.parents)
        })?;
        let most = width as f64 - 1.0;
        Invalid::unless((0.0..=most).contains(&p.cross_links), "cross_links", || {
            format!("{} links to others of a layer of {width} or fewer: from 0 to {most}", p.cross_links)
        })?;
        let hosting = Hosting::new(p.providers, p.provider_exponent, nodes)?;
        Ok(Tiered { layers, parents: p.parents, cross_links: p.cross_links, hosting })
    }
}

impl Topology for Tiered {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let n = self.layers.last().expect("peers").end;
        let mut edges = Vec::with_capacity(n as usize * self.parents as usize);
        for pair in self.layers.windows(2) {
            join(&pair[0], &pair[1], self.parents, rng, &mut edges);
        }
        let command = &self.layers[..self.layers.len() - 1];
        for layer in command {
            cross_link(layer, self.cross_links, rng, &mut edges);
        }
        let (mut roles, mut depth) = (vec![Role::Peer; n as usize], vec![0u16; n as usize]);
        for (i, layer) in self.layers.iter().enumerate() {
            let nodes = layer.start as usize..layer.end as usize;
            depth[nodes.clone()].fill(i as u16);
            if i < command.len() {
                roles[nodes].fill([Role::Operator, Role::Server, Role::Relay][i.min(2)]);
            }
        }
        let network = Overlay::symmetric(Csr::from_edges(n, &edges).0)
            .with_roles(roles)
            .with_layer(depth)
            .with_sources(Sources::Nodes(vec![0]));
        self.hosting.place_rented(network, rng)
    }
}

/// Gives every node of the layer below its parents: one by position, so that all above have as many, others by chance.
fn join(above: &Range<u32>, below: &Range<u32>, parents: u32, rng: &mut TrialRng, edges: &mut Vec<[u32; 2]>) {
    let (wide, narrow) = (below.len() as u64, above.len() as u64);
    let others = (parents - 1).min(narrow as u32 - 1);
    let mut picker = Picker::new(0..narrow as u32 - 1);
    for (j, node) in below.clone().enumerate() {
        let first = (j as u64 * narrow / wide) as u32;
        edges.push([above.start + first, node]);
        // the pool leaves out the first parent: those from it on move up by one
        edges.extend(picker.pick(others, rng).iter().map(|&k| [above.start + k + (k >= first) as u32, node]));
    }
}

/// Links each pair of a layer with the chance that gives the wanted mean, skipping from linked pair to linked pair.
fn cross_link(layer: &Range<u32>, mean: f64, rng: &mut TrialRng, edges: &mut Vec<[u32; 2]>) {
    let n = layer.len() as u64;
    if n < 2 || mean <= 0.0 {
        return;
    }
    let chance = (mean / (n - 1) as f64).min(1.0);
    // pairs (row, column) with column < row, row by row
    let (mut row, mut column) = (1u64, rng.failures_before_success(chance));
    loop {
        while column >= row {
            column -= row;
            row += 1;
            if row >= n {
                return;
            }
        }
        edges.push([layer.start + column as u32, layer.start + row as u32]);
        column = column.saturating_add(1).saturating_add(rng.failures_before_success(chance));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::{components, draw, edges, of_role, reached, refused, rng, roles};

    fn tree(peers: u32, span: &[u32]) -> TieredParams {
        TieredParams { peers, span: span.into(), parents: 1, cross_links: 0.0, providers: None, provider_exponent: 1.0 }
    }

    #[test]
    fn golden() {
        let network = draw::<Tiered>(TieredParams { parents: 2, cross_links: 0.8, ..tree(6, &[2, 2]) }, 0);
        assert_eq!(roles(&network), "OSSRRRRPPPPPP");
        assert_eq!(network.layer().unwrap(), [0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3]);
        assert_eq!(network.sources(), &Sources::Nodes(vec![0]));
        assert_eq!(edges(&network), EDGES);
    }
    #[rustfmt::skip]
    const EDGES: [[u32; 2]; 23] = [
        [0, 1], [0, 2], [1, 2], [1, 3], [1, 4], [1, 5], [1, 6], [2, 3], [2, 4], [2, 5], [2, 6], [3, 7], [3, 8],
        [3, 9], [3, 10], [3, 12], [4, 7], [4, 9], [4, 11], [5, 8], [5, 10], [5, 11], [6, 12],
    ];

    #[test]
    fn a_tree_loses_subtrees() {
        let network = draw::<Tiered>(tree(640, &[4, 8]), 0);
        assert_eq!((network.nodes(), network.edges()), (1 + 4 + 32 + 640, 676));
        assert_eq!(components(&network, &[]).len(), 1);
        // nothing, a relay, a server, two servers, all servers, the operator
        let gone: [&[u32]; 6] = [&[], &[5], &[1], &[1, 4], &[1, 2, 3, 4], &[0]];
        assert_eq!(gone.map(|g| reached(&network, g)), [640, 620, 480, 320, 0, 0]);
        let loads: Vec<u32> = of_role(&network, Role::Relay).iter().map(|&r| network.out().degree(r) - 1).collect();
        assert_eq!(loads, [20; 32]);
    }

    #[test]
    fn every_layer_is_one_more_thing_to_break() {
        let network = draw::<Tiered>(tree(8000, &[20, 20, 2]), 0);
        let (f, mut rng, mut mean) = (0.3, rng(1), 0.0);
        for _ in 0..200 {
            let gone: Vec<u32> = (1..1221).filter(|_| rng.chance(f)).collect();
            mean += reached(&network, &gone) as f64 / 8000.0 / 200.0;
        }
        // one draw has a standard deviation below 0.06; four standard errors
        assert!((mean - 0.343).abs() < 0.017, "{mean} for 0.7³");
    }

    #[test]
    fn more_parents_and_cross_links() {
        let network = draw::<Tiered>(TieredParams { parents: 3, cross_links: 6.0, ..tree(5000, &[5, 40]) }, 3);
        let row = |v: u32| network.out().row(v);
        assert!((205 + 1..network.nodes()).all(|v| row(v).len() == 3), "peers have their parents and nothing else");
        assert!((1..6).all(|v| row(v).contains(&0)));
        assert!((6..206).all(|v| row(v).iter().filter(|w| (1..6).contains(*w)).count() == 3));
        // 5 servers cannot have 6 links each: complete; 200 relays have 6 in the mean, four standard deviations
        let inside = |layer: Range<u32>| edges(&network).iter().filter(|e| e.iter().all(|v| layer.contains(v))).count();
        assert_eq!(inside(1..6), 10);
        assert!((inside(6..206) as f64 - 600.0).abs() < 4.0 * 600f64.sqrt(), "{} cross-links", inside(6..206));
        assert_eq!(reached(&network, &[1, 2, 3, 4]), 5000, "the fifth server holds the rest");
        assert_eq!(reached(&network, &[0]), 0);
    }

    #[test]
    fn extra_parents_are_uniform() {
        let network = draw::<Tiered>(TieredParams { parents: 2, ..tree(20_000, &[5]) }, 0);
        // peers of the first server: their other parent is each of 2..=5 with chance 1/4; four standard deviations
        let count = |s| (6..4006).filter(|&v| network.out().row(v).contains(&s)).count() as f64;
        assert_eq!(count(1), 4000.0);
        assert!((2..6).all(|s| (count(s) - 1000.0).abs() < 4.0 * 750f64.sqrt()));
    }

    #[test]
    fn bad_parameters() {
        refused::<Tiered>(tree(0, &[4]), "peers", "at least 1");
        refused::<Tiered>(tree(9, &[]), "span", "lists 0 layers");
        refused::<Tiered>(tree(9, &[4, 0]), "span", "entry 2 is 0");
        refused::<Tiered>(tree(9, &[100_000, 100_000]), "span", "10000100001 nodes");
        refused::<Tiered>(TieredParams { parents: 0, ..tree(9, &[4]) }, "parents", "at least 1");
        refused::<Tiered>(TieredParams { parents: 5, ..tree(9, &[4]) }, "parents", "5 parents");
        for bad in [-1.0, 3.5, f64::NAN] {
            refused::<Tiered>(TieredParams { cross_links: bad, ..tree(9, &[4]) }, "cross_links", "from 0 to 3");
        }
    }
}
