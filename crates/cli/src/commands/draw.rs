//! One network and one order, from what a command line says.

use crate::args::{FileArgs, NetworkArgs};
use crate::failure::Failure;
use crate::output;
use hydranet_overlay::Overlay;
use hydranet_overlay::io::Loaded;
use hydranet_plugin::{PluginKind, Registry};
use hydranet_topology::{Built, Models, Params, Purpose, Trial, trial_rng};
use std::path::Path;

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
            let loaded = load(path, &args.reading)?;
            output::note(&loaded.report.to_string());
            (loaded.overlay, path.display().to_string())
        }
        (None, Some(name)) => {
            if let Some(option) = args.reading.first() {
                return Err(Failure::BadInput(format!(
                    "{option} says how a file is read: it goes with --file, not --topology"
                )));
            }
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

/// Reads a network file as the command line says.
pub(crate) fn load(path: &Path, args: &FileArgs) -> Result<Loaded, Failure> {
    let options = args.options()?;
    hydranet_topology_file::load(path, &options, args.nodes.as_deref()).map_err(|e| Failure::bad_error(&e))
}

/// What a strategy needs and a file does not say: `role` on a network without roles removes by chance alone.
pub(crate) fn check_needs(strategy: &str, args: &NetworkArgs, overlay: &Overlay) -> Result<(), Failure> {
    if strategy == "role" && args.file.is_some() && overlay.roles().is_none() {
        return Err(Failure::bad(
            "strategy `role` needs the attribute role, which this file does not give: add it with --nodes ATTRS.csv (see \
             `hydranet describe file`)",
        ));
    }
    Ok(())
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
