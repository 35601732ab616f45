//! A strategy of one's own, against those of the toolkit: nodes with many links to busy neighbours fall first.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use hydranet::studies::takedown::metrics::R;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`SecondDegree`]: there are none.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SecondDegreeParams {}

#[derive(Debug)]
struct SecondDegree;

impl Strategy for SecondDegree {
    fn nodes(&self, network: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = network.closure();
        let score = |v: u32| csr.row(v).iter().map(|&u| csr.degree(u)).sum::<u32>();
        let mut order = task.rng.permutation(csr.nodes()); // equals at random
        order.sort_by_key(|&v| std::cmp::Reverse(score(v)));
        Ok(RemovalOrder::nodes(order))
    }
}

impl Plugin for SecondDegree {
    type Params = SecondDegreeParams;
    const NAME: &'static str = "second-degree";
    const ABOUT: &'static str = "the most neighbours of neighbours first, counted along every path";
    fn new(_: SecondDegreeParams) -> Result<SecondDegree, Invalid> {
        Ok(SecondDegree)
    }
}

const STRATEGIES: &[Registration<dyn Strategy>] = &[Registration::of::<SecondDegree>()];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    hydranet::takedown::check(STRATEGIES); // in a test, in a crate of one's own
    let mut spec = String::from(
        "title = \"Mine\"\nseed = 1\nnetworks = 10\n[[topology]]\nmodel = \"barabasi-albert\"\nn = 1000\nm = 2\n",
    );
    let names = ["random", "degree", "second-degree"];
    names.iter().for_each(|name| spec += &format!("[[treatment]]\nstrategy = \"{name}\"\n"));
    let found = Toolkit::default().with_strategies(STRATEGIES).parse(&spec, "a string")?.run_in_memory(0)?;
    for row in names.iter().flat_map(|name| found.of(&R.info, "barabasi-albert", name)) {
        let (lo, hi) = row.interval().ok_or("two networks at least")?;
        println!("{:<14} R = {:.4} [{lo:.4}, {hi:.4}]", row.treatment, row.mean.unwrap_or(f64::NAN));
    }
    Ok(())
}
