//! Parameters that every plug-in of a kind takes beside its own, such as `reinsertion` of takedown strategies.

use crate::sizing::{self, SIZE};
use crate::{BadParams, Built, Holds, Misread, Params, Plugin, PluginKind, build_with, params_of, schema_of};
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A struct of such parameters, and what they make of a plug-in that has been built from its own.
pub trait Wraps<T: ?Sized>: Serialize + DeserializeOwned + JsonSchema + Default {
    /// The plug-in, changed as the parameters say.
    fn wrap(self, plugin: Arc<T>) -> Arc<T>;
}

/// No parameters beside a plug-in's own: what most kinds have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoneShared {}

impl<T: ?Sized> Wraps<T> for NoneShared {
    fn wrap(self, plugin: Arc<T>) -> Arc<T> {
        plugin
    }
}

/// The parameters of `P`, with `size` where it has one, and those of `S` as the last ones.
///
/// # Panics
/// If they have one in common: which of the two a spec means could not be told.
pub(crate) fn schema<P: Plugin, S: JsonSchema>() -> Schema {
    let (mut schema, shared) = (schema_of::<P::Params>(), schema_of::<S>());
    if let Some(sizing) = P::SIZE {
        let object = schema.as_object_mut().expect("parameters are a table");
        let own = object.entry("properties").or_insert_with(|| serde_json::Map::new().into());
        let size = serde_json::json!({ "description": sizing.meaning(), "type": "integer", "minimum": 1 });
        let before = own.as_object_mut().expect("properties are a table").insert(SIZE.into(), size);
        assert!(before.is_none(), "`{SIZE}` is a key of all plug-ins that have one");
    }
    let Some(shared) = shared.as_value()["properties"].as_object() else { return schema };
    let object = schema.as_object_mut().expect("parameters are a table");
    let own = object.entry("properties").or_insert_with(|| serde_json::Map::new().into());
    let own = own.as_object_mut().expect("properties are a table");
    for (name, property) in shared {
        let before = own.insert(name.clone(), property.clone());
        assert!(before.is_none(), "`{name}` is a parameter of all plug-ins of this kind");
    }
    schema
}

/// Reads both structs, builds the plug-in from its own, and wraps it.
pub(crate) fn build<T, P>(params: &Params<'_>) -> Result<Built<T>, BadParams>
where
    T: Holds<P> + ?Sized,
    P: Plugin,
{
    // before they are told apart, so that a hint knows both
    let known = params_of(&schema::<P, T::Shared>());
    let refused = |e: Misread| BadParams { kind: T::KIND, name: P::NAME, reason: e.reason, span: Some(e.span) };
    params.known(&known).map_err(refused)?;
    let mut own = params.clone();
    let shared = own.split::<T::Shared>();
    let (shared, complete) = shared.read_complete::<T::Shared>(<T as PluginKind>::KIND, P::NAME)?;
    let build = |own: &Params<'_>| build_with(P::NAME, own, P::new, T::share);
    let mut built = match P::SIZE {
        None => build(&own)?,
        Some(sizing) => sizing::resolved(&sizing, &own, (<T as PluginKind>::KIND, P::NAME), build)?,
    };
    built.value = shared.wrap(built.value);
    built.params.extend(complete);
    Ok(built)
}
