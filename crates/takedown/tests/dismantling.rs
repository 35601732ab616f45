//! Dismantling set sizes on random networks, mean degree 3.5, against published values. n = 10⁵ and more strategies:
//! `cargo run --release -p hydranet-takedown --example dismantle`.

use hydranet_overlay::{Csr, Overlay};
use hydranet_takedown::{Items, STRATEGIES, Strategies, Task, largest_only, reinsert};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};

const C: f64 = 3.5;

/// Set sizes at 1 %, as shares of the nodes: of the strategy, and with reinsertion.
fn shares(n: u32, strategy: &str, parameters: &str) -> (f64, f64) {
    let rng = &mut trial_rng(7, Trial::network(0), Purpose::Topology);
    let links: Vec<[u32; 2]> = (0..(n as f64 * C / 2.0) as u32).map(|_| [rng.below(n), rng.below(n)]).collect();
    let overlay = Overlay::symmetric(Csr::from_edges(n, &links).0);
    let row = Strategies::default().with(STRATEGIES).get(strategy).unwrap();
    let plan = row.build(&Params::parse(parameters).unwrap()).unwrap().value;
    let mut task = Task::new(trial_rng(7, Trial::network(0), Purpose::Order));
    let Items::Nodes(order) = plan.nodes(&overlay, &mut task).unwrap().items else { panic!("it ranks nodes") };
    let better = reinsert(overlay.closure(), &order, task.target, &mut task.rng);
    let share = |order: &[u32]| {
        let curve = largest_only(overlay.closure(), order);
        curve.iter().position(|&s| s as f64 <= (task.target * n as f64).max(1.0)).unwrap() as f64 / n as f64
    };
    (share(&order), share(&better))
}

fn check(got: f64, want: f64, tolerance: f64) {
    assert!((got / want - 1.0).abs() <= tolerance, "{got:.4} where {want:.4} ± {:.1} % is expected", 100.0 * tolerance);
}

#[test]
fn strategies_meet_published_values() {
    // Braunstein et al. 2016, Zdeborová et al. 2016
    check(shares(100_000, "adaptive-degree", "").0, 0.236, 0.015);
    check(shares(100_000, "collective-influence", "radius = 3").0, 0.206, 0.015);
    let (alone, reinserted) = shares(100_000, "corehd", "");
    check(alone, 0.184, 0.015);
    check(reinserted, 0.184, 0.015);
}

#[test]
fn message_passing_comes_closer_to_the_optimum() {
    // .178 to CoreHD's .184 on large networks, 3 % less; on small ones all numbers are larger
    let (_, simple) = shares(20_000, "corehd", "");
    check(shares(20_000, "bpd", "").1 / simple, 0.97, 0.015);
    let (_, simple) = shares(5_000, "corehd", "");
    check(shares(5_000, "min-sum", "").1 / simple, 0.97, 0.025);
}

#[test]
fn reinsertion_levels_poor_orders() {
    // of any order, what was not needed comes back: initial degree needs .31
    let (alone, reinserted) = shares(100_000, "degree", "");
    check(alone, 0.3104, 0.03); // the threshold of DESIGN §10, which 1 % lies a little beyond
    check(reinserted, 0.1956, 0.015);
}
