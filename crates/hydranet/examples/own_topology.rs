//! A topology of one's own: what it draws. As a row of a table a spec can name it: see `foreign`, and the guide.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use hydranet::takedown::strategy::Degree;

/// A ring whose nodes all know one hub.
#[derive(Debug)]
struct Wheel {
    rim: u32,
}

impl Topology for Wheel {
    fn generate(&self, _: &mut TrialRng) -> Overlay {
        let links: Vec<[u32; 2]> = (0..self.rim).flat_map(|v| [[v, (v + 1) % self.rim], [v, self.rim]]).collect();
        Overlay::symmetric(Csr::from_edges(self.rim + 1, &links).0)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rng = |purpose| trial_rng(1, Trial::network(0), purpose);
    let wheel = Wheel { rim: 99 }.generate(&mut rng(Purpose::Topology));
    let order = Degree::default().nodes(&wheel, &mut Task::new(rng(Purpose::Order)))?;
    println!("R of the wheel under degree: {:.4}", Outcome::of(&percolate(&wheel, &order), 0.01).r());
    Ok(())
}
