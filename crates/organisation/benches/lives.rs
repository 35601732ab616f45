//! Milliseconds a life: an organisation of a thousand people for five years, by policy and rule. `cargo bench -p
//! hydranet-organisation`.

#![allow(clippy::print_stdout)]

use hydranet_organisation::arrests::{Centrality, Replacement, Rule};
use hydranet_organisation::{Arrests, CellTree, Organisation, Policy, Streams, ValueChain};
use hydranet_topology::{Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

fn measure(name: &str, crew: &Organisation, arrests: &Arrests, lives: u32) {
    let mut times: Vec<f64> = Vec::new();
    let mut struck = 0;
    for trial in 0..lives {
        let mut streams = Streams::new(1, Trial::network(trial));
        let start = Instant::now();
        let life = arrests.live(crew, 5.0 * 365.0, &mut streams, |_, _, _| {}).expect("parameters that work");
        times.push(start.elapsed().as_secs_f64() * 1e3);
        struck += black_box(life).arrested();
    }
    times.sort_unstable_by(f64::total_cmp);
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!(
        "{name:<44} {median:8.3} ms median {most:8.3} ms most {:7.0} arrests",
        f64::from(struck) / f64::from(lives)
    );
}

fn main() {
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Organisation);
    let tree = CellTree { depth: 3, span: 9, ..CellTree::default() }.draw(rng).expect("820 people");
    let wide = CellTree { depth: 2, span: 31, ..CellTree::default() }.draw(rng).expect("993 people");
    let chain = ValueChain::duijn().draw(rng).expect("838 people");
    let rule =
        |rule| Arrests { replacement: Some(Replacement { rule, ..Replacement::default() }), ..Arrests::default() };
    for (name, crew) in [("tree 3 x 9", &tree), ("tree 2 x 31", &wide), ("value chain", &chain)] {
        for (label, kind) in [
            ("position", Rule::Position),
            ("random", Rule::Random),
            ("degree", Rule::Degree),
            ("distance", Rule::Distance),
            ("triadic", Rule::Triadic),
        ] {
            measure(&format!("{name}, {} people, {label}", crew.len()), crew, &rule(kind), 51);
        }
        let seize = Arrests { policy: Policy::Seize, ..rule(Rule::Distance) };
        measure(&format!("{name}, seize"), crew, &seize, 51);
        let central = Arrests { policy: Policy::MostCentral(Centrality::Degree), ..Arrests::default() };
        measure(&format!("{name}, most contacts"), crew, &central, 51);
        let between = Arrests { policy: Policy::MostCentral(Centrality::Betweenness), ..Arrests::default() };
        measure(&format!("{name}, most between"), crew, &between, 3);
    }
}
