//! A takedown can be limited to what was discovered, whatever the topology: every model of the workspace.

use hydranet_routing::discovery::Crawl;
use hydranet_routing::interference::{Boundary, CutOff, Interference};
use hydranet_routing::knowledge::Knowledge;
use hydranet_takedown::{Items, STRATEGIES, Strategies, Task};
use hydranet_topology::{Params, Purpose, Trial, trial_rng};

#[test]
fn every_topology_can_be_crawled_and_interfered_with() {
    let strategies = Strategies::default().with(STRATEGIES);
    let strategy = strategies.get("adaptive-degree").unwrap().build(&Params::parse("").unwrap()).unwrap().value;
    let mut seen = 0;
    for row in hydranet_cli::Toolkit::default().topologies.rows().filter(|row| row.name != "file") {
        let model = row.build(&Params::parse(row.example).unwrap()).unwrap().value;
        let network = model.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
        let n = network.nodes();
        let knowledge = Knowledge { crawl: Crawl { reply: Some(3), seeds: 2, ..Crawl::with_requests(0.3) } };
        let rng = |purpose| trial_rng(1, Trial::order_of(0, 0), purpose);
        let task = &mut Task::new(rng(Purpose::Order));
        let order = knowledge.order(&network, &*strategy, task, rng(Purpose::Crawl)).unwrap();
        let Items::Nodes(mut nodes) = order.items else { panic!("{}", row.name) };
        nodes.sort_unstable();
        assert!(nodes.into_iter().eq(0..n), "{}: every node falls once", row.name);
        let cut_off = Some(CutOff { share: 0.3, by: Boundary::Region });
        let plan = Interference { poison: Some(0.2), sybil: Some(0.1), cut_off, eclipse: None };
        let drawn = plan.draw(&network, &mut rng(Purpose::Defender)).unwrap();
        let changed = drawn.overlay(&network);
        let across = |[u, v]: &[u32; 2]| *v < n && drawn.is_far(*u) != drawn.is_far(*v);
        assert!(changed.nodes() >= n && !changed.out().iter_arcs().any(|arc| across(&arc)), "{}", row.name);
        seen += 1;
    }
    assert!(seen > 30, "{seen} models");
}
