//! A network that repairs itself while it is taken down.
//!
//! After each removal (or after every few) the surviving neighbours of the removed nodes link to each other, and whoever then
//! has more than `max_degree` links drops those to its best-connected neighbours: the self-healing overlay of Sanatinia &
//! Noubir, "OnionBots: subverting privacy infrastructure for cyber attacks" (DSN 2015), section IV, which needs each node to
//! know its neighbours' neighbours. Where a removed node had more than `max_degree` + 1 neighbours, each of them links to
//! the next `max_degree`/2 on either side in the order of their numbers, instead of to all: pruning would leave no more.
//!
//! The order is the strategy's on the network as it was. Components are counted anew only where a repair may have failed to
//! keep them together: when several nodes fall at once, or a dropped link has no triangle over it. O(n · degree²) then,
//! while repair keeps up.

use crate::{Curve, Items, RemovalOrder};
use hydranet_overlay::{Overlay, Role, Sources};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a network repairs itself. In a spec: `repair = { max_degree = 10 }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// Links above which a node drops some (≥ 2).
    pub max_degree: u32,
    /// Removals that fall together before the network repairs itself (≥ 1): 1 is a takedown one by one.
    #[serde(default = "one")]
    pub batch: u32,
}

fn one() -> u32 {
    1
}

impl Repair {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The violated condition.
    pub fn check(&self) -> Result<(), Invalid> {
        Invalid::unless(self.max_degree >= 2, "max_degree", || format!("at least 2 links, not {}", self.max_degree))?;
        Invalid::unless(self.batch >= 1, "batch", || "at least 1 removal".into())
    }
}

/// What is left after each removal of an order of nodes when the network repairs itself. Within a batch every value is the
/// one after the repair that follows it, as in [`Curve::in_batches`]. An order of edges is not repaired.
///
/// # Panics
/// If the order is one of edges.
pub fn percolate_repaired(overlay: &Overlay, order: &RemovalOrder, repair: Repair) -> Curve {
    let Items::Nodes(nodes) = &order.items else { panic!("repair follows seized nodes") };
    let mut state = Network::new(overlay);
    let mut curve = Curve {
        nodes: overlay.nodes(),
        peers: overlay.peers(),
        largest: Vec::with_capacity(nodes.len() + 1),
        second: Vec::with_capacity(nodes.len() + 1),
        sum_squares: Vec::with_capacity(nodes.len() + 1),
        reach: Vec::with_capacity(nodes.len() + 1),
    };
    state.push(&mut curve, 1);
    // batches of the order itself (all servers of a provider) fall whole
    let mut ends: Vec<usize> = order.batch_ends.iter().map(|end| *end as usize).collect();
    if ends.is_empty() {
        ends = (1..=nodes.len()).filter(|q| q.is_multiple_of(repair.batch as usize) || *q == nodes.len()).collect();
    }
    let mut start = 0;
    for end in ends {
        state.remove(&nodes[start..end], repair);
        state.push(&mut curve, end - start);
        start = end;
    }
    curve
}

/// Sizes with how often each occurs.
#[derive(Debug, Default)]
struct Counted(BTreeMap<u32, u32>);

impl Counted {
    fn add(&mut self, size: u32) {
        *self.0.entry(size).or_default() += 1;
    }

    fn take(&mut self, size: u32) {
        match self.0.get_mut(&size) {
            Some(1) => drop(self.0.remove(&size)),
            Some(count) => *count -= 1,
            None => unreachable!("a size that was added"),
        }
    }

    /// The largest two, 0 where there are none.
    fn top(&self) -> (u32, u32) {
        let mut sizes =
            self.0.iter().rev().flat_map(|(size, count)| std::iter::repeat_n(*size, *count.min(&2) as usize));
        (sizes.next().unwrap_or(0), sizes.next().unwrap_or(0))
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Component {
    nodes: u32,
    peers: u32,
    sources: u32,
}

struct Network {
    links: Vec<Vec<u32>>,
    alive: Vec<bool>,
    is_peer: Vec<bool>,
    is_source: Vec<bool>,
    any_source: bool,
    /// The component of each live node.
    of: Vec<u32>,
    components: Vec<Component>,
    sizes: Counted,
    peers: Counted,
    sum_squares: u64,
    commanded: u32,
}

impl Network {
    fn new(overlay: &Overlay) -> Network {
        let csr = overlay.closure();
        let n = csr.nodes();
        let mut is_source = vec![false; n as usize];
        let any_source = match overlay.sources() {
            Sources::AnyNode => true,
            Sources::Nodes(list) => {
                list.iter().for_each(|v| is_source[*v as usize] = true);
                false
            }
        };
        let mut network = Network {
            links: (0..n).map(|v| csr.row(v).to_vec()).collect(),
            alive: vec![true; n as usize],
            is_peer: (0..n).map(|v| overlay.role(v) == Role::Peer).collect(),
            is_source,
            any_source,
            of: vec![0; n as usize],
            components: Vec::new(),
            sizes: Counted::default(),
            peers: Counted::default(),
            sum_squares: 0,
            commanded: 0,
        };
        network.count();
        network
    }

    /// Counts the components anew. O(n + m).
    fn count(&mut self) {
        self.components.clear();
        self.of.fill(u32::MAX);
        let mut stack = Vec::new();
        for root in 0..self.alive.len() {
            if !self.alive[root] || self.of[root] != u32::MAX {
                continue;
            }
            let number = self.components.len() as u32;
            let mut component = Component::default();
            self.of[root] = number;
            stack.push(root as u32);
            while let Some(v) = stack.pop() {
                component.nodes += 1;
                component.peers += self.is_peer[v as usize] as u32;
                component.sources += self.is_source[v as usize] as u32;
                for &w in &self.links[v as usize] {
                    if self.of[w as usize] == u32::MAX {
                        self.of[w as usize] = number;
                        stack.push(w);
                    }
                }
            }
            self.components.push(component);
        }
        (self.sizes, self.peers) = Default::default();
        (self.sum_squares, self.commanded) = (0, 0);
        for i in 0..self.components.len() {
            self.enter(self.components[i]);
        }
    }

    fn enter(&mut self, component: Component) {
        if component.nodes > 0 {
            self.sizes.add(component.nodes);
            self.peers.add(component.peers);
        }
        self.sum_squares += (component.nodes as u64).pow(2);
        self.commanded += if component.sources > 0 { component.peers } else { 0 };
    }

    fn leave(&mut self, component: Component) {
        if component.nodes > 0 {
            self.sizes.take(component.nodes);
            self.peers.take(component.peers);
        }
        self.sum_squares -= (component.nodes as u64).pow(2);
        self.commanded -= if component.sources > 0 { component.peers } else { 0 };
    }

    fn push(&self, curve: &mut Curve, times: usize) {
        let (largest, second) = self.sizes.top();
        let reach = if self.any_source { self.peers.top().0 } else { self.commanded };
        for _ in 0..times {
            curve.largest.push(largest);
            curve.second.push(second);
            curve.sum_squares.push(self.sum_squares);
            curve.reach.push(reach);
        }
    }

    fn remove(&mut self, fallen: &[u32], repair: Repair) {
        let mut may_be_apart = fallen.len() > 1;
        let mut bereaved: Vec<Vec<u32>> = Vec::with_capacity(fallen.len());
        for &v in fallen {
            self.alive[v as usize] = false;
            let links = std::mem::take(&mut self.links[v as usize]);
            links.iter().for_each(|w| self.links[*w as usize].retain(|other| *other != v));
            bereaved.push(links);
            let before = self.components[self.of[v as usize] as usize];
            let after = Component {
                nodes: before.nodes - 1,
                peers: before.peers - self.is_peer[v as usize] as u32,
                sources: before.sources - self.is_source[v as usize] as u32,
            };
            self.leave(before);
            self.enter(after);
            self.components[self.of[v as usize] as usize] = after;
        }
        for mut group in bereaved {
            group.retain(|w| self.alive[*w as usize]);
            group.sort_unstable();
            self.join(&group, repair.max_degree as usize);
            for &u in &group {
                while self.links[u as usize].len() > repair.max_degree as usize {
                    may_be_apart |= self.drop_link(u);
                }
            }
        }
        if may_be_apart {
            self.count();
        }
    }

    /// Links the neighbours of a removed node.
    fn join(&mut self, group: &[u32], max_degree: usize) {
        let most = group.len() - usize::from(!group.is_empty());
        let ahead = if most > max_degree { max_degree / 2 } else { most };
        for (i, &u) in group.iter().enumerate() {
            for step in 1..=ahead {
                let w = group[(i + step) % group.len()];
                if !self.links[u as usize].contains(&w) {
                    self.links[u as usize].push(w);
                    self.links[w as usize].push(u);
                }
            }
        }
    }

    /// Drops the link of a node to its best-connected neighbour, the lowest number of equals; says whether that may have
    /// torn the network.
    fn drop_link(&mut self, u: u32) -> bool {
        let degree = |w: u32| self.links[w as usize].len();
        let links = &self.links[u as usize];
        let w = *links.iter().max_by_key(|w| (degree(**w), std::cmp::Reverse(**w))).expect("it has too many");
        let triangle = links.iter().any(|x| *x != w && self.links[w as usize].contains(x));
        self.links[u as usize].retain(|other| *other != w);
        self.links[w as usize].retain(|other| *other != u);
        !triangle
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::percolate;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};

    fn regular(n: u32, d: u32) -> Overlay {
        let model = hydranet_topology_random::MODELS.iter().find(|row| row.name == "random-regular").unwrap();
        let params = format!("n = {n}\nd = {d}");
        let model = model.build(&Params::parse(&params).unwrap()).unwrap().value;
        model.generate(&mut trial_rng(3, Trial::network(0), Purpose::Topology))
    }

    fn random(n: u32) -> RemovalOrder {
        RemovalOrder::nodes(trial_rng(3, Trial::network(0), Purpose::Order).permutation(n))
    }

    #[test]
    fn one_by_one_the_network_holds() {
        // Sanatinia & Noubir 2015, fig. 5: a 10-regular network holds together until about nine tenths are gone, while one
        // without repair falls apart far earlier
        let network = regular(2000, 10);
        let order = random(2000);
        let healed = percolate_repaired(&network, &order, Repair { max_degree: 10, batch: 1 });
        let whole = |curve: &Curve| (0..2000).take_while(|q| curve.largest[*q] as usize == 2000 - q).count();
        assert!(whole(&healed) > 1900, "whole up to {}", whole(&healed));
        let left_alone = percolate(&network, &order);
        assert!(whole(&left_alone) < 1300, "{}", whole(&left_alone));
    }

    #[test]
    fn at_once_it_falls_apart_where_no_second_neighbour_is_left() {
        // n (1 − f) f^k survivors lose all k neighbours, and find back as long as one of the k (k − 1) behind them lives:
        // 156 and .04 at f = .5, 328 and 93 at .9; small groups that survive together stay apart as well
        let network = regular(5000, 4);
        let apart = |f: f64| {
            let batch = (f * 5000.0) as u32;
            let curve = percolate_repaired(&network, &random(5000), Repair { max_degree: 4, batch });
            5000 - batch - curve.largest[batch as usize]
        };
        assert_eq!(apart(0.5), 0);
        assert!((60..400).contains(&apart(0.9)), "{}", apart(0.9));
        let left_alone = percolate(&network, &random(5000));
        let alone = 2500 - left_alone.largest[2500];
        assert!((120..400).contains(&alone), "{alone}: those without a neighbour, and small groups");
    }

    /// Components of the network as it stands after each batch, counted from scratch, equal the ones kept.
    #[test]
    fn counts_are_kept() {
        let mut rng = trial_rng(9, Trial::network(0), Purpose::Topology);
        for (n, m, batch, max_degree) in [(60, 70, 1, 2), (60, 150, 1, 3), (80, 60, 1, 4), (80, 200, 7, 5)] {
            let edges: Vec<[u32; 2]> = (0..m).map(|_| [rng.below(n), rng.below(n)]).collect();
            let network = Overlay::symmetric(Csr::from_edges(n, &edges).0);
            let network = network.with_sources(Sources::Nodes(vec![0, 1, 2]));
            let order = RemovalOrder::nodes(rng.permutation(n));
            let Items::Nodes(nodes) = &order.items else { unreachable!() };
            let repair = Repair { max_degree, batch };
            let curve = percolate_repaired(&network, &order, repair);
            let mut slow = Network::new(&network);
            let mut slow_curve =
                Curve { largest: vec![], second: vec![], sum_squares: vec![], reach: vec![], ..curve.clone() };
            slow.push(&mut slow_curve, 1);
            for part in nodes.chunks(batch as usize) {
                slow.remove(part, repair);
                slow.count();
                slow.push(&mut slow_curve, part.len());
            }
            assert_eq!(curve, slow_curve);
            assert_eq!((curve.largest[n as usize], curve.sum_squares[n as usize]), (0, 0));
        }
    }

    #[test]
    fn a_star_becomes_a_ring_of_its_leaves() {
        let star = Overlay::symmetric(Csr::from_edges(50, &(1..50).map(|v| [0, v]).collect::<Vec<_>>()).0);
        let curve =
            percolate_repaired(&star, &RemovalOrder::nodes((0..50).collect()), Repair { max_degree: 4, batch: 1 });
        assert_eq!(curve.largest[..3], [50, 49, 48]);
    }
}
