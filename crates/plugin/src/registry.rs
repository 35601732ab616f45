//! Names that a spec can use: rows of `const` tables, one table a crate, joined by one visible line each.

use crate::{PluginKind, Registration, nearest};

/// All the names that a program knows.
pub struct Registry<T: PluginKind + ?Sized> {
    rows: Vec<&'static Registration<T>>,
}

impl<T: PluginKind + ?Sized> Clone for Registry<T> {
    fn clone(&self) -> Self {
        Registry { rows: self.rows.clone() }
    }
}

impl<T: PluginKind + ?Sized> Default for Registry<T> {
    fn default() -> Self {
        Registry { rows: Vec::new() }
    }
}

impl<T: PluginKind + ?Sized> std::fmt::Debug for Registry<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.rows.iter().map(|r| r.name)).finish()
    }
}

impl<T: PluginKind + ?Sized> Registry<T> {
    /// Adds the rows of one crate.
    ///
    /// # Panics
    /// If a name or an alias is taken already: two crates would quarrel about what a spec means.
    #[must_use]
    pub fn with(mut self, rows: &'static [Registration<T>]) -> Registry<T> {
        for row in rows {
            for name in std::iter::once(&row.name).chain(row.aliases) {
                assert!(self.find(name).is_none(), "two {} are called `{name}`", T::KINDS);
            }
            self.rows.push(row);
        }
        self
    }

    /// All rows, in the order in which they were added.
    pub fn rows(&self) -> impl Iterator<Item = &'static Registration<T>> + '_ {
        self.rows.iter().copied()
    }

    fn find(&self, name: &str) -> Option<&'static Registration<T>> {
        self.rows().find(|row| row.name == name || row.aliases.contains(&name))
    }

    /// The row of this name or alias.
    ///
    /// # Errors
    /// If there is none, with the nearest name there is.
    pub fn get(&self, name: &str) -> Result<&'static Registration<T>, UnknownName> {
        self.find(name).ok_or_else(|| {
            let names = self.rows().flat_map(|row| std::iter::once(row.name).chain(row.aliases.iter().copied()));
            UnknownName {
                kind: T::KIND,
                kinds: T::KINDS,
                name: name.to_string(),
                nearest: nearest(name, names).map(str::to_string),
                known: self.rows().map(|row| row.name).collect(),
            }
        })
    }
}

/// A name that nothing is registered under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The word for one such thing.
    pub kind: &'static str,
    /// The word for several.
    pub kinds: &'static str,
    /// What was asked for.
    pub name: String,
    /// The registered name that looks most like it.
    pub nearest: Option<String>,
    /// All registered names.
    pub known: Vec<&'static str>,
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no {} `{}`; ", self.kind, self.name)?;
        match &self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "the {} are {}", self.kinds, self.known.join(", ")),
        }
    }
}

impl std::error::Error for UnknownName {}
