//! A takedown that knows what a crawl has found, and no more.
//!
//! The strategy ranks the discovered subgraph: the nodes found, and the arcs that replies named. Those nodes fall first, in its
//! order; the undiscovered ones come last, in random order, so that orders stay complete and curves comparable. What a
//! defender knows of a node that was found (role, provider, cost) is what the network says.

use crate::discovery::{Crawl, Crawler};
use hydranet_overlay::{Csr, Names, Overlay, Sources};
use hydranet_takedown::{Items, RemovalOrder, Strategy, Task, Unsuitable};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the defender knows. In a spec: `knowledge = { crawl = { requests = 0.1 } }`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// The crawl that it comes from.
    pub crawl: Crawl,
}

/// The discovered subgraph, and which node of the network each of its nodes is (increasing). O(found + seen · log).
pub fn discovered(crawler: &Crawler<'_>, overlay: &Overlay) -> (Overlay, Vec<u32>) {
    let mut nodes = crawler.found().to_vec();
    nodes.sort_unstable();
    let place = |v: u32| nodes.binary_search(&v).expect("whoever is named is found") as u32;
    let links: Vec<[u32; 2]> = crawler.seen().iter().map(|&[u, v]| [place(u), place(v)]).collect();
    let n = nodes.len() as u32;
    let mut known = if overlay.is_symmetric() {
        Overlay::symmetric(Csr::from_edges(n, &links).0)
    } else {
        Overlay::directed(Csr::from_arcs(n, &links).0)
    };
    fn of<T: Copy>(all: &[T], nodes: &[u32]) -> Vec<T> {
        nodes.iter().map(|&v| all[v as usize]).collect()
    }
    if let Some(all) = overlay.roles() {
        known = known.with_roles(of(all, &nodes));
    }
    if let Some(all) = overlay.provider() {
        known = known.with_provider(of(all, &nodes));
    }
    if let Some(all) = overlay.routable() {
        known = known.with_routable(of(all, &nodes));
    }
    if let Some(all) = overlay.layer() {
        known = known.with_layer(of(all, &nodes));
    }
    if let Some(all) = overlay.cost() {
        known = known.with_cost(of(all, &nodes));
    }
    if let Sources::Nodes(list) = overlay.sources() {
        let found: Vec<u32> = list.iter().filter_map(|v| nodes.binary_search(v).ok()).map(|i| i as u32).collect();
        // a defender that has found no source knows of none
        if !found.is_empty() {
            known = known.with_sources(Sources::Nodes(found));
        }
    }
    known = known.with_names(Names::from_strings(nodes.iter().map(|&v| overlay.names().get(v))));
    (known, nodes)
}

/// The order in which a strategy removes the nodes of a network of which it knows what the crawler has found.
///
/// # Errors
/// What the strategy refuses.
pub fn order_after(
    crawler: &Crawler<'_>,
    overlay: &Overlay,
    strategy: &dyn Strategy,
    task: &mut Task,
    rng: &mut TrialRng,
) -> Result<RemovalOrder, Unsuitable> {
    let (known, nodes) = discovered(crawler, overlay);
    let RemovalOrder { items, mut batch_ends, mut notes } = strategy.nodes(&known, task)?;
    let Items::Nodes(ranked) = items else { unreachable!("nodes were asked for") };
    let mut order: Vec<u32> = ranked.iter().map(|&i| nodes[i as usize]).collect();
    let mut rest: Vec<u32> = (0..overlay.nodes()).filter(|v| nodes.binary_search(v).is_err()).collect();
    rng.shuffle(&mut rest);
    if !batch_ends.is_empty() {
        batch_ends.extend((order.len() + 1..=order.len() + rest.len()).map(|end| end as u32));
    }
    let (found, all) = (order.len(), overlay.nodes());
    notes.push(format!("{found} of {all} nodes were discovered with {} requests", crawler.requests()));
    order.extend(rest);
    Ok(RemovalOrder { items: Items::Nodes(order), batch_ends, notes })
}

impl Knowledge {
    /// Crawls until the requests are spent. Also gives the generator that [`order_after`] goes on with.
    ///
    /// # Errors
    /// As [`Crawl::suits`].
    pub fn crawl<'o>(&self, overlay: &'o Overlay, mut rng: TrialRng) -> Result<(Crawler<'o>, TrialRng), Invalid> {
        self.crawl.suits(overlay)?;
        let mut crawler = Crawler::start(overlay, &self.crawl, rng.clone());
        crawler.run_to(self.crawl.budget(overlay.nodes()));
        // the crawler has drawn from a copy: go where it will not come
        rng.set_word_pos(1 << 60);
        Ok((crawler, rng))
    }

    /// Crawls and ranks: [`order_after`] a crawl of its own, both drawn from `rng`.
    ///
    /// # Errors
    /// What the strategy refuses, and a crawl that does not suit the network.
    pub fn order(
        &self,
        overlay: &Overlay,
        strategy: &dyn Strategy,
        task: &mut Task,
        rng: TrialRng,
    ) -> Result<RemovalOrder, Unsuitable> {
        let (crawler, mut rng) =
            self.crawl(overlay, rng).map_err(|why| Unsuitable::new(format!("`knowledge`: {why}")))?;
        order_after(&crawler, overlay, strategy, task, &mut rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_takedown::{Outcome, STRATEGIES, percolate};
    use hydranet_topology::{Models, Params, Purpose, Trial, trial_rng};

    fn network(model: &str, params: &str) -> Overlay {
        let models =
            Models::default().with(hydranet_topology_random::MODELS).with(hydranet_topology_unstructured::MODELS);
        let built = models.get(model).unwrap().build(&Params::parse(params).unwrap()).unwrap();
        built.value.generate(&mut trial_rng(6, Trial::network(0), Purpose::Topology))
    }

    fn order(overlay: &Overlay, strategy: &str, requests: f64) -> RemovalOrder {
        let row = STRATEGIES.iter().find(|row| row.name == strategy).unwrap();
        let built = row.build(&Params::parse(row.example).unwrap()).unwrap();
        let knowledge = Knowledge { crawl: Crawl::with_requests(requests) };
        let rng = |purpose| trial_rng(6, Trial::network(0), purpose);
        knowledge.order(overlay, &*built.value, &mut Task::new(rng(Purpose::Order)), rng(Purpose::Crawl)).unwrap()
    }

    fn nodes(order: &RemovalOrder) -> &[u32] {
        match &order.items {
            Items::Nodes(list) => list,
            Items::Edges(_) => panic!("nodes fall"),
        }
    }

    #[test]
    fn orders_are_complete_under_every_strategy_and_topology() {
        for (model, params) in [
            ("barabasi-albert", "n = 300\nm = 3"),
            ("random-peer-list", "n = 300\nk = 5\nroutable_share = 0.5"),
            ("gnutella", "n = 300\nultrapeer_degree = 6"),
        ] {
            let network = network(model, params);
            for row in STRATEGIES.iter().filter(|r| !["order-file", "provider", "edge-betweenness"].contains(&r.name)) {
                for requests in [0.0, 0.02, 5.0] {
                    let mut list = nodes(&order(&network, row.name, requests)).to_vec();
                    list.sort_unstable();
                    assert!(list.into_iter().eq(0..300), "{model}, {}, {requests}", row.name);
                }
            }
        }
    }

    #[test]
    fn full_knowledge_is_the_strategy_itself_and_less_costs_more() {
        // initial degrees with ties by number: nothing is left to chance
        let network = network("barabasi-albert", "n = 2000\nm = 3");
        let row = STRATEGIES.iter().find(|row| row.name == "degree").unwrap();
        let built = row.build(&Params::parse("ties = \"id\"").unwrap()).unwrap();
        let rng = |purpose| trial_rng(6, Trial::network(0), purpose);
        let own = built.value.nodes(&network, &mut Task::new(rng(Purpose::Order))).unwrap();
        // (the set size at 1 % need not fall with knowledge: whoever knows half the network seizes its leaves, too, before the rest)
        let r = |requests: f64| {
            let knowledge = Knowledge { crawl: Crawl::with_requests(requests) };
            let task = &mut Task::new(rng(Purpose::Order));
            let order = knowledge.order(&network, &*built.value, task, rng(Purpose::Crawl)).unwrap();
            if requests > 1.0 {
                assert_eq!(nodes(&order), nodes(&own));
            }
            Outcome::of(&percolate(&network, &order), 0.01).r()
        };
        let r = [2.0, 0.2, 0.02, 0.0].map(r);
        assert!(r.windows(2).all(|w| w[0] <= w[1]) && r[3] > 1.5 * r[0], "{r:?}");
    }

    #[test]
    fn what_is_known_is_a_part_of_the_network() {
        let network = network("gnutella", "n = 500\nultrapeer_degree = 6");
        let plan = Crawl::with_requests(0.05);
        let mut crawler = Crawler::start(&network, &plan, trial_rng(6, Trial::network(1), Purpose::Crawl));
        crawler.run_to(plan.budget(500));
        let (known, nodes) = discovered(&crawler, &network);
        assert!(known.is_symmetric() && known.nodes() < 500 && known.nodes() as usize == nodes.len());
        assert!(known.out().iter_arcs().all(|[u, v]| network.out().has_arc(nodes[u as usize], nodes[v as usize])));
        assert!((0..known.nodes()).all(|v| known.role(v) == network.role(nodes[v as usize])));
        assert_eq!(known.names().get(3), nodes[3].to_string());
    }
}
