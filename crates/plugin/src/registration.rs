//! One row of a `const` table: a plug-in that can be built from parameters.

use crate::{BadParams, Holds, Invalid, Param, Params, Plugin, PluginKind, Wraps, params_of, wraps};
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
    /// The row of a plug-in. Beside its own parameters it takes those that [all of its kind](PluginKind::Shared) take.
    pub const fn of<P: Plugin>() -> Registration<T>
    where
        T: Holds<P>,
    {
        let schema = wraps::schema::<P, T::Shared>;
        Registration::new(P::NAME, P::ALIASES, P::ABOUT, P::EXAMPLE, schema, wraps::build::<T, P>)
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

impl<T: PluginKind + ?Sized> Built<T> {
    /// A plug-in from its parameters in Rust, as a registered one is built from those of a spec; what
    /// [all of its kind](PluginKind::Shared) take is left at its defaults.
    ///
    /// # Errors
    /// The condition that a parameter violates, or that the parameters cannot be written down.
    pub fn of<P: Plugin>(params: P::Params) -> Result<Built<T>, Invalid>
    where
        T: Holds<P>,
    {
        let mut complete = written(&params)?;
        let shared = T::Shared::default();
        complete.extend(written(&shared)?);
        Ok(Built { name: P::NAME, params: complete, value: shared.wrap(T::share(P::new(params)?)) })
    }

    /// The same with other values of the parameters that [all of its kind](PluginKind::Shared) take; those that it was built
    /// with must be at their defaults.
    ///
    /// # Errors
    /// If the parameters cannot be written down.
    pub fn with(mut self, shared: T::Shared) -> Result<Built<T>, Invalid> {
        self.params.extend(written(&shared)?);
        self.value = shared.wrap(self.value);
        Ok(self)
    }
}

/// Parameters as a result records them.
fn written(params: &impl Serialize) -> Result<toml::Table, Invalid> {
    toml::Table::try_from(params).map_err(|e| Invalid::new("", format!("its parameters cannot be written down: {e}")))
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
