//! Greedy reinsertion on top of any strategy: the parameter `reinsertion`, which every strategy takes beside its own.
//!
//! `reinsertion = true` hands the strategy's order to [`reinsert`]: nodes that are not needed for components of at
//! most C·N nodes come back. The target C is the task's.

use super::{Plan, Strategy, Task, Unsuitable};
use crate::{Items, RemovalOrder, reinsert};
use hydranet_overlay::Overlay;
use hydranet_topology::registry::{build_with, schema_of};
use hydranet_topology::{BadParams, Built, Invalid, Params};
use schemars::Schema;
use std::sync::Arc;

const KEY: &str = "reinsertion";

/// A strategy whose orders are improved by greedy reinsertion.
#[derive(Debug)]
struct Reinserting(Arc<dyn Strategy>);

impl Strategy for Reinserting {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let RemovalOrder { items, batch_ends, mut notes } = self.0.nodes(overlay, task)?;
        let Items::Nodes(order) = items else { unreachable!("nodes were asked for") };
        if !batch_ends.is_empty() {
            notes.push("with reinsertion, nodes fall one by one: the batches are gone".into());
        }
        let order = reinsert(overlay.closure(), &order, task.target, &mut task.rng);
        Ok(RemovalOrder { notes, ..RemovalOrder::nodes(order) })
    }

    fn edges(&self, _: &Overlay, _: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        Err(Unsuitable::new("reinsertion puts nodes back, not edges; leave it out, or remove nodes"))
    }

    fn needs_target(&self) -> bool {
        true
    }

    fn ranks_once(&self) -> bool {
        self.0.ranks_once()
    }

    fn fingerprint(&self) -> String {
        self.0.fingerprint()
    }
}

/// The parameters of a strategy, with `reinsertion` as the last one.
pub(super) fn schema<P: Plan>() -> Schema {
    let mut schema = schema_of::<P::Params>();
    let object = schema.as_object_mut().expect("parameters are a table");
    let properties = object.entry("properties").or_insert_with(|| serde_json::Map::new().into());
    properties.as_object_mut().expect("properties are a table").insert(
        KEY.into(),
        serde_json::json!({
            "description": "Put nodes back that are not needed for components of at most C·N nodes, smallest component \
                            first (greedy reinsertion; C is the target).",
            "type": "boolean",
            "default": false,
        }),
    );
    schema
}

/// Builds a strategy, wrapped if its parameters say so.
pub(super) fn build<P: Plan>(params: &Params<'_>) -> Result<Built<dyn Strategy>, BadParams> {
    let mut own = params.clone();
    let wrap = match own.take(KEY) {
        None => false,
        Some(value) => value.get_ref().as_bool().ok_or_else(|| {
            let kind = value.get_ref().type_str();
            params.refuse("strategy", P::NAME, Invalid::new(KEY, format!("true or false, not a value of type {kind}")))
        })?,
    };
    let mut built = build_with::<dyn Strategy, _, _>(P::NAME, &own, P::new, |plan| Arc::new(plan))?;
    if wrap {
        built.value = Arc::new(Reinserting(built.value));
    }
    built.params.insert(KEY.into(), wrap.into());
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::super::STRATEGIES;
    use super::*;
    use crate::{Outcome, percolate};
    use hydranet_topology::{Models, Purpose, Trial, trial_rng};

    fn row(name: &str) -> &'static super::super::Entry {
        STRATEGIES.iter().find(|row| row.name == name).unwrap()
    }

    #[test]
    fn every_strategy_takes_it_and_gains() {
        let models = Models::default().with(hydranet_topology_random::MODELS);
        let gnm = models.get("gnm").unwrap().build(&Params::parse("n = 2000\nm = 3500").unwrap()).unwrap();
        let network = gnm.value.generate(&mut trial_rng(1, Trial::network(0), Purpose::Topology));
        for name in ["random", "degree", "corehd", "pagerank"] {
            let size = |text: &str| {
                let built = row(name).build(&Params::parse(text).unwrap()).unwrap();
                let task = &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
                let order = built.value.nodes(&network, task).unwrap();
                Outcome::of(&percolate(&network, &order), task.target).set_size.unwrap()
            };
            assert!(size("reinsertion = true") < size("reinsertion = false"), "{name}");
        }
    }

    #[test]
    fn it_is_listed_recorded_and_checked() {
        let row = row("degree");
        assert!(row.params().iter().any(|p| p.name == "reinsertion" && !p.meaning.is_empty()));
        let built = row.build(&Params::parse("reinsertion = true").unwrap()).unwrap();
        assert_eq!(built.params["reinsertion"].as_bool(), Some(true));
        assert!(built.value.needs_target());
        let refusal = row.build(&Params::parse("reinsertion = 1").unwrap()).unwrap_err();
        assert!(refusal.reason.contains("`reinsertion`: true or false"), "{refusal}");
        let edges = built.value.edges(
            &Overlay::symmetric(hydranet_overlay::Csr::from_edges(2, &[[0, 1]]).0),
            &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order)),
        );
        assert!(edges.unwrap_err().reason.contains("nodes back"));
    }
}
