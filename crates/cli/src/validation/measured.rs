//! Measured Gnutella networks (SNAP), where they are at hand.

use super::{Bench, Check, Scale};
use hydranet_overlay::io;
use hydranet_takedown::Outcome;

/// Set sizes at 1 % and R of two Gnutella snapshots, against an independent code.
pub(super) fn checks(bench: &Bench<'_>) -> Result<Vec<Check>, String> {
    let folder = std::env::var("HYDRANET_DATA")
        .map_err(|_| "HYDRANET_DATA does not name a folder with p2p-Gnutella04.txt and p2p-Gnutella08.txt")?;
    let mut checks = Vec::new();
    for (name, degree, adaptive, core, r) in
        [("08", 2017.0, 1584.0, 1334.0, 0.4265), ("04", 3981.0, 3345.0, 2883.0, 0.4377)]
    {
        let path = std::path::Path::new(&folder).join(format!("p2p-Gnutella{name}.txt"));
        let network = io::read(&path).map_err(|e| e.to_string())?.overlay;
        let run = |strategy: &str, trials: u32| -> Vec<Outcome> {
            (0..trials).map(|t| Outcome::of(&bench.curve(&network, strategy, false, t), 0.01)).collect()
        };
        let size = |outcomes: Vec<Outcome>| outcomes.iter().map(|o| o.set_size.unwrap_or(0) as f64).collect();
        let mut row = |what: &str, reference: f64, tolerance: f64, values: Vec<f64>| {
            let name = format!("p2p-Gnutella{name}: {what}");
            checks.push(Check {
                name,
                source: "independent code, one seed",
                reference,
                tolerance,
                at_most: false,
                values,
            });
        };
        // the reference is a single seed, and random ties make single seeds scatter by almost 1 % (one sd)
        row("set size at 1 %, degree", degree, 0.02 * degree, size(run("degree", 20)));
        row("set size at 1 %, adaptive degree", adaptive, 0.01 * adaptive, size(run("adaptive-degree", 20)));
        let core_hd = |t| Outcome::of(&bench.curve_with(&network, "corehd", "reinsertion = true", t), 0.01);
        row("set size at 1 %, CoreHD, reinsertion", core, 0.01 * core, size((0..5).map(core_hd).collect()));
        let trials = if bench.scale == Scale::Quick { 40 } else { 200 };
        row("R, random", r, 0.003, run("random", trials).iter().map(Outcome::r).collect());
    }
    Ok(checks)
}
