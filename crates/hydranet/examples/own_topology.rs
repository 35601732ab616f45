//! A topology of one's own: what it draws, what it is called, one row of a table. A spec can name it.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Wheel`].
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WheelParams {
    /// Number of nodes on the rim (≥ 3).
    rim: u32,
}

#[derive(Debug)]
struct Wheel(WheelParams);

impl Topology for Wheel {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let rim = self.0.rim;
        let links: Vec<[u32; 2]> = (0..rim).flat_map(|v| [[v, (v + 1) % rim], [v, rim]]).collect();
        Overlay::symmetric(Csr::from_edges(rim + 1, &links).0)
    }
}

impl Plugin for Wheel {
    type Params = WheelParams;
    const NAME: &'static str = "wheel";
    const ABOUT: &'static str = "a ring whose nodes all know one hub";
    const EXAMPLE: &'static str = "rim = 12";
    fn new(params: WheelParams) -> Result<Wheel, Invalid> {
        Invalid::unless(params.rim >= 3, "rim", || format!("at least 3 nodes, not {}", params.rim))?;
        Ok(Wheel(params))
    }
}

const MODELS: &[Registration<dyn Topology>] = &[Registration::of::<Wheel>()];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    hydranet::topology::check(MODELS); // in a test, in a crate of one's own
    let spec = "title = \"Wheel\"\nseed = 1\nnetworks = 2\n\
                [[topology]]\nmodel = \"wheel\"\nrim = 99\n[[treatment]]\nstrategy = \"degree\"";
    let found = Toolkit::default().with_topologies(MODELS).parse(spec, "a string")?.run_in_memory(0)?;
    let r = found.of(&hydranet::studies::takedown::metrics::R.info, "wheel", "degree").next().ok_or("a cell")?;
    println!("R of the wheel under degree: {:.4}", r.mean.unwrap_or(f64::NAN));
    Ok(())
}
