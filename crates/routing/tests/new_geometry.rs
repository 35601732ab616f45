//! A geometry that nobody here has heard of joins by its own topology crate alone: a model that attaches it to its
//! networks. Routing, registry and removal know nothing of it.

use hydranet_overlay::{Csr, Geometry, Live, NodeId, Overlay};
use hydranet_routing::lookup;
use hydranet_topology::{
    Draw, Invalid, Models, Params, Plugin, Purpose, Registration, Topology, Trial, TrialRng, trial_rng,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Heap`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeapParams {
    /// Levels of the binary tree (≥ 1).
    pub levels: u32,
}

/// A binary tree in heap order: node v has the children 2v + 1 and 2v + 2.
#[derive(Debug)]
pub struct Heap(HeapParams);

impl Topology for Heap {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let n = (1u32 << self.0.levels) - 1;
        let edges: Vec<_> = (1..n).map(|v| [(v - 1) / 2, v]).collect();
        Overlay::symmetric(Csr::from_edges(n, &edges).0).with_geometry(UpAndDown)
    }
}

impl Plugin for Heap {
    type Params = HeapParams;
    const NAME: &'static str = "heap";
    const ABOUT: &'static str = "a binary tree in which lookups climb to the common ancestor";
    const EXAMPLE: &'static str = "levels = 5";

    fn new(params: HeapParams) -> Result<Heap, Invalid> {
        Invalid::unless((1..=20).contains(&params.levels), "levels", || {
            format!("1 to 20 levels, not {}", params.levels)
        })?;
        Ok(Heap(params))
    }
}

/// Steps up to the common ancestor and down again.
#[derive(Debug)]
struct UpAndDown;

impl Geometry for UpAndDown {
    fn distance(&self, from: NodeId, to: NodeId) -> u64 {
        let (mut a, mut b, mut steps) = (from + 1, to + 1, 0);
        while a != b {
            if a > b {
                a /= 2
            } else {
                b /= 2
            }
            steps += 1;
        }
        steps
    }

    fn failed_share(&self, _: f64) -> Option<f64> {
        None
    }
}

const MODELS: &[Registration<dyn Topology>] = &[Registration::of::<Heap>()];

#[test]
fn it_keeps_the_promises_of_a_topology() {
    hydranet_topology::check(MODELS);
}

#[test]
fn lookups_are_routed_on_it() {
    let models = Models::default().with(hydranet_topology_dht::MODELS).with(MODELS);
    let heap = models.get("heap").unwrap().build(&Params::parse("levels = 6").unwrap()).unwrap();
    let network = heap.value.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
    let geometry = network.geometry().expect("the model attached it");
    let mut live = Live::all(63);
    assert_eq!(lookup::path(&network, geometry, &live, 3, 5), [3, 1, 0, 2, 5]);
    live.remove(0);
    assert_eq!(lookup::path(&network, geometry, &live, 3, 5), [3, 1], "the root is the only way over");
    // without the root, exactly the pairs of one subtree of 31 nodes find each other
    let alive: Vec<u32> = (1..63).collect();
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Lookup);
    let tally = lookup::route(&network, geometry, &live, lookup::pairs(&alive, 50_000, rng));
    let failed = tally.failed as f64 / 50_000.0;
    assert!((failed - 31.0 / 61.0).abs() < 5.0 * 0.5 / 50_000f64.sqrt(), "{failed}");
    // any order of any strategy says who is dead: here nodes at random, half of them
    let order = rng.permutation(63);
    order[..31].iter().for_each(|v| live.remove(*v));
    assert!(lookup::route(&network, geometry, &live, lookup::pairs(&order[31..], 1000, rng)).failed > 500);
}
