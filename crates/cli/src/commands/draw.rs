//! One network and one order, from what a command line says.

use crate::args::NetworkArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::{Overlay, io};
use hydranet_plugin::{PluginKind, Registry};
use hydranet_topology::{Built, Models, Params, Purpose, Trial, trial_rng};

/// Builds a registered thing from `--set key=value` pairs.
pub(crate) fn build<T: PluginKind + ?Sized>(
    registry: &Registry<T>,
    name: &str,
    set: &[String],
) -> Result<Built<T>, Failure> {
    let row = registry.get(name).map_err(Failure::bad)?;
    let text = Params::text_of_pairs(set).map_err(Failure::bad)?;
    let params = Params::parse(&text).map_err(Failure::bad)?;
    row.build(&params).map_err(|e| {
        let example = row.example.lines().map(str::trim).collect::<Vec<_>>().join(", ");
        let hint = if example.is_empty() { String::new() } else { format!("\n  parameters that work: {example}") };
        Failure::BadInput(format!("{e}{hint}"))
    })
}

/// The network that a command line names, and what to call it. Says on the terminal what a file reader dropped.
pub(crate) fn source(args: &NetworkArgs, models: &Models) -> Result<(Overlay, String), Failure> {
    let (overlay, source) = match (&args.file, &args.topology) {
        (Some(path), _) => {
            let loaded = io::read(path).map_err(|e| Failure::bad_error(&e))?;
            output::note(&loaded.report.to_string());
            (loaded.overlay, path.display().to_string())
        }
        (None, Some(name)) => {
            let network = network(models, name, &args.set, args.seed, 0)?;
            (network, format!("{name}, seed {}", args.seed))
        }
        (None, None) => unreachable!("the command line asks for one of them"),
    };
    if overlay.nodes() == 0 {
        return Err(Failure::BadInput(format!("{source}: the network has no nodes")));
    }
    Ok((overlay, source))
}

/// `--target`, checked.
pub(crate) fn target(target: f64) -> Result<f64, Failure> {
    if target > 0.0 && target < 1.0 {
        return Ok(target);
    }
    Err(Failure::BadInput(format!("--target is a share of the nodes, more than 0 and less than 1, not {target}")))
}

/// Draws the network of one trial.
pub(crate) fn network(models: &Models, name: &str, set: &[String], seed: u64, trial: u32) -> Result<Overlay, Failure> {
    let built = build(models, name, set)?;
    Ok(built.value.generate(&mut trial_rng(seed, Trial::network(trial), Purpose::Topology)))
}
