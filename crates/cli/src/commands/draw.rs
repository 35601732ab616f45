//! One network and one order, from what a command line says.

use crate::failure::Failure;
use hydranet_overlay::Overlay;
use hydranet_topology::registry::{Kind, Registry};
use hydranet_topology::{Built, Models, Params, Purpose, Trial, trial_rng};

/// Builds a registered thing from `--set key=value` pairs.
pub(crate) fn build<T: Kind + ?Sized>(registry: &Registry<T>, name: &str, set: &[String]) -> Result<Built<T>, Failure> {
    let row = registry.get(name).map_err(Failure::bad)?;
    let text = Params::text_of_pairs(set).map_err(Failure::bad)?;
    let params = Params::parse(&text).map_err(Failure::bad)?;
    row.build(&params).map_err(|e| {
        let example = row.example.lines().map(str::trim).collect::<Vec<_>>().join(", ");
        let hint = if example.is_empty() { String::new() } else { format!("\n  parameters that work: {example}") };
        Failure::BadInput(format!("{e}{hint}"))
    })
}

/// Draws the network of one trial.
pub(crate) fn network(models: &Models, name: &str, set: &[String], seed: u64, trial: u32) -> Result<Overlay, Failure> {
    let built = build(models, name, set)?;
    Ok(built.value.generate(&mut trial_rng(seed, Trial::network(trial), Purpose::Topology)))
}
