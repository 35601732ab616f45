use super::super::{CascadeSpec, Settings, Takedown, TreatmentSpec};
use hydranet_montecarlo::{Experiment, Header, TopologySpec};
use hydranet_plugin::{Built, Invalid};
use hydranet_routing::discovery::Crawl;
use hydranet_takedown::Strategy;
use hydranet_takedown::budget::RemovalCost;
use hydranet_takedown::strategy::{CoreHd, Degree};
use hydranet_topology::Models;
use hydranet_topology_random::{Gnm, GnmParams, MODELS};

const SPEC: &str = r#"
title = "t"
seed = 3
networks = 2
[[topology]]
model = "gnm"
n = 60
m = 120
[[treatment]]
strategy = "degree"
[[treatment]]
label = "crawled"
strategy = "degree"
knowledge = { crawl = { requests = 0.1 } }
[[treatment]]
strategy = "corehd"
reinsertion = true
removal_cost = "degree"
[[treatment]]
label = "overload"
strategy = "degree"
cascade = { alpha = 0.2 }
"#;

fn gnm() -> Vec<TopologySpec> {
    let params = GnmParams { n: 60, m: Some(120), mean_degree: None };
    vec![TopologySpec::new("gnm", Built::of::<Gnm>(params).unwrap())]
}

fn degree() -> Built<dyn Strategy> {
    Built::of::<Degree>(Default::default()).unwrap()
}

fn treatments() -> Vec<TreatmentSpec> {
    vec![
        TreatmentSpec::new("degree", degree()),
        TreatmentSpec::new("crawled", degree()).knowing(Crawl::with_requests(0.1)),
        TreatmentSpec::new("corehd", Built::of::<CoreHd>(Default::default()).unwrap())
            .reinserted()
            .reinserted()
            .costing(RemovalCost::Degree),
        TreatmentSpec::new("overload", degree()).cascading(CascadeSpec { alpha: 0.2, seeds: 1 }),
    ]
}

#[test]
fn what_is_built_is_what_is_read() {
    let known = crate::Known {
        models: &Models::default().with(MODELS),
        strategies: &hydranet_takedown::Strategies::default().with(hydranet_takedown::STRATEGIES),
        actions: &hydranet_campaign::Actions::default(),
        studies: &crate::Studies::default().with(crate::STUDIES),
    };
    let read = crate::Studies::parse(SPEC, "spec.toml", known).unwrap();
    let built = Experiment::new(Header::new("t", 3, 2), Takedown::new(gnm(), treatments()).unwrap()).unwrap();
    assert_eq!(built.to_json(), read.to_json());
    assert_eq!(built.row_identity(), read.row_identity());
    assert_eq!(built.run_in_memory(2).unwrap().tables, read.run_in_memory(1).unwrap().tables);
}

fn check(built: Result<Takedown, Invalid>, said: &str) {
    let refused = built.expect_err(said).to_string();
    assert!(refused.contains(said), "{refused}");
}

#[test]
fn what_the_reader_refuses_the_builder_refuses() {
    let one = |treatment: TreatmentSpec| Takedown::new(gnm(), vec![treatment]);
    let degree = || TreatmentSpec::new("d", degree());
    check(Takedown::new(gnm(), Vec::new()), "`treatment`: at least one");
    check(Takedown::new(Vec::new(), treatments()), "`topology`: at least one");
    check(Takedown::new(gnm(), vec![degree(), degree()]), "two are labelled `d`");
    check(one(TreatmentSpec { label: " ".into(), ..degree() }), "not empty");
    check(one(degree().removing_edges().costing(RemovalCost::Degree)), "`d`: `removal_cost`");
    check(one(degree().removing_edges().knowing(Crawl::with_requests(0.1))), "knowledge is of nodes");
    check(one(degree().cascading(CascadeSpec { alpha: -1.0, seeds: 1 })), "not -1");
    let settings = Settings { target: 1.0, ..Settings::default() };
    check(one(degree()).unwrap().with_settings(settings), "`target`");
}
