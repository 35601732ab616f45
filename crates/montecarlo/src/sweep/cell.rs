//! A table of a spec that is a cell, or becomes several.

use super::Ranges;
use super::grammar::{CellTable, Grammar, TableTakes, Takes};
use super::table::{self, Found};
use crate::{SpecError, SpecText};
use hydranet_topology::Params;
use std::ops::Range as Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One `[[topology]]` or `[[treatment]]` as it was typed.
#[derive(Debug, Clone)]
pub(super) struct Cell<'t> {
    pub(super) table: DeTable<'t>,
    pub(super) span: Span<usize>,
    /// What it is read into; `None` where that cannot be told.
    pub(super) takes: Option<TableTakes>,
}

impl<'t> Cell<'t> {
    /// A table; where its plug-in is a list of names, one for each. Without a label each has the name of its own.
    pub(super) fn all_named(
        text: &SpecText<'_>,
        params: Params<'t>,
        grammar: &Grammar<'_>,
        kind: &CellTable,
    ) -> Result<Vec<Cell<'t>>, SpecError> {
        let (span, table) = (params.span(), params.into_table().into_inner());
        let named = kind.name.and_then(|name| Some((name, table.get(name)?.clone())));
        let tables = match named {
            Some((key, value)) if matches!(value.get_ref(), DeValue::Array(_)) => {
                let DeValue::Array(names) = value.get_ref() else { unreachable!("just matched") };
                if names.is_empty() {
                    return Err(text.fail(format!("`{key}`: which one?"), Some(value.span())));
                }
                let base = table.get("label").map(|label| table::said(label.get_ref()));
                let named = |name: &Spanned<DeValue<'t>>| {
                    let mut one = table::set(table.clone(), &[key.to_string()], name.clone());
                    if let Some(base) = &base {
                        let label = format!("{base}, {}", table::said(name.get_ref()));
                        one = table::set(
                            one,
                            &["label".into()],
                            Spanned::new(name.span(), DeValue::String(label.into())),
                        );
                    }
                    one
                };
                names.iter().map(named).collect()
            }
            _ => vec![table],
        };
        let cell = |table: DeTable<'t>| {
            let params = Params::new(Spanned::new(span.clone(), table));
            let takes = (grammar.takes)(kind.table, &params);
            Cell { table: params.into_table().into_inner(), span: span.clone(), takes }
        };
        Ok(tables.into_iter().map(cell).collect())
    }

    /// Its label without parameters.
    pub(super) fn base(&self) -> String {
        match self.table.get("label").map(Spanned::get_ref) {
            Some(DeValue::String(label)) => label.to_string(),
            _ => self.takes.as_ref().map_or(String::new(), |takes| takes.called.clone()),
        }
    }

    /// What it takes at a path.
    pub(super) fn at(&self, path: &[String]) -> Option<Takes<'_>> {
        let mut takes = Takes::root(&self.takes.as_ref()?.schema);
        for key in path {
            let number = key.parse::<usize>().ok().and_then(|number| takes.element(number.checked_sub(1)?));
            takes = number.or_else(|| takes.key(key))?;
        }
        Some(takes)
    }

    /// Whether it says something at a path.
    pub(super) fn says(&self, path: &[String]) -> bool {
        table::has(&self.table, path)
    }

    /// The axes in it.
    pub(super) fn own_axes(&self, text: &SpecText<'_>, ranges: &'t Ranges) -> Result<Vec<Found<'t>>, SpecError> {
        match &self.takes {
            Some(takes) => table::axes(text, &self.table, Takes::root(&takes.schema), (&[], ranges)),
            None => Ok(Vec::new()),
        }
    }

    pub(super) fn into_value(self) -> Spanned<DeValue<'t>> {
        Spanned::new(self.span, DeValue::Table(self.table))
    }
}

/// Takes the axes out of a table that lies under all treatments; what else it says stays.
pub(super) fn take_shared<'t>(
    text: &mut SpecText<'t>,
    name: &str,
    cells: &[Cell<'t>],
    ranges: &'t Ranges,
) -> Result<Vec<Found<'t>>, SpecError> {
    let Some(value) = text.take(name) else { return Ok(Vec::new()) };
    let found = match (value.get_ref(), cells.iter().find_map(|cell| cell.at(&[name.to_string()]))) {
        (DeValue::Table(table), Some(takes)) => table::axes(text, table, takes, (&[name.to_string()], ranges))?,
        _ => Vec::new(),
    };
    let span = value.span();
    let mut value = value.into_inner();
    for axis in &found {
        value = match value {
            DeValue::Table(table) => DeValue::Table(table::without(table, &axis.path[1..])),
            other => other,
        };
    }
    text.put(name, Spanned::new(span, value));
    Ok(found)
}
