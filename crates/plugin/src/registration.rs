//! One row of a `const` table: a plug-in that can be built from parameters.

use crate::{BadParams, Holds, Invalid, Param, Params, Plugin, PluginKind, Wraps, params_of, schema_of, wraps};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A plug-in that a table names.
pub struct Registration<T: PluginKind + ?Sized> {
    /// What a spec calls it, in kebab-case.
    pub name: &'static str,
    /// Other names that are understood.
    pub aliases: &'static [&'static str],
    /// One line: what it is.
    pub about: &'static str,
    /// Parameters that work, as TOML text.
    pub example: &'static str,
    schema: fn() -> Schema,
    build: fn(&Params<'_>) -> Result<Built<T>, BadParams>,
}

impl<T: PluginKind + ?Sized> std::fmt::Debug for Registration<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} `{}`", T::KIND, self.name)
    }
}

impl<T: PluginKind + ?Sized> Registration<T> {
    /// The row of a plug-in.
    pub const fn of<P: Plugin>() -> Registration<T>
    where
        T: Holds<P>,
    {
        Registration::new(P::NAME, P::ALIASES, P::ABOUT, P::EXAMPLE, schema_of::<P::Params>, |params| {
            build_with(P::NAME, params, P::new, T::share)
        })
    }

    /// The row of a plug-in that takes the parameters of `S` beside its own, as all of its kind do.
    pub const fn wrapped<P: Plugin, S: Wraps<T>>() -> Registration<T>
    where
        T: Holds<P>,
    {
        let schema = wraps::schema::<P::Params, S>;
        Registration::new(P::NAME, P::ALIASES, P::ABOUT, P::EXAMPLE, schema, wraps::build::<T, P, S>)
    }

    /// A row from its parts, for whoever builds in a way of its own.
    pub const fn new(
        name: &'static str,
        aliases: &'static [&'static str],
        about: &'static str,
        example: &'static str,
        schema: fn() -> Schema,
        build: fn(&Params<'_>) -> Result<Built<T>, BadParams>,
    ) -> Registration<T> {
        Registration { name, aliases, about, example, schema, build }
    }

    /// Checks the parameters and builds it.
    ///
    /// # Errors
    /// If a parameter is unknown, missing, of the wrong type, or violates a condition.
    pub fn build(&self, params: &Params<'_>) -> Result<Built<T>, BadParams> {
        (self.build)(params)
    }

    /// Its parameters, in the order in which it declares them.
    pub fn params(&self) -> Vec<Param> {
        params_of(&self.schema())
    }

    /// The JSON schema of its parameters.
    pub fn schema(&self) -> Schema {
        (self.schema)()
    }
}

/// Something built from parameters.
#[derive(Debug)]
pub struct Built<T: ?Sized> {
    /// Its registered name.
    pub name: &'static str,
    /// All its parameters, defaults included: what a result file records.
    pub params: toml::Table,
    /// The thing itself.
    pub value: Arc<T>,
}

impl<T: ?Sized> Clone for Built<T> {
    fn clone(&self) -> Self {
        Built { name: self.name, params: self.params.clone(), value: self.value.clone() }
    }
}

/// Reads parameters, calls the constructor and keeps the parameters with all their defaults: the body of every `build`.
///
/// # Errors
/// As [`Registration::build`].
pub fn build_with<T, P, M>(
    name: &'static str,
    params: &Params<'_>,
    new: fn(P) -> Result<M, Invalid>,
    share: fn(M) -> Arc<T>,
) -> Result<Built<T>, BadParams>
where
    T: PluginKind + ?Sized,
    P: Serialize + DeserializeOwned + JsonSchema,
{
    let (read, complete) = params.read_complete::<P>(T::KIND, name)?;
    let plugin = new(read).map_err(|invalid| params.refuse(T::KIND, name, invalid))?;
    Ok(Built { name, params: complete, value: share(plugin) })
}
