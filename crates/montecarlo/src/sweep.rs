//! Sweeps: one spec, many cells. What is written once is made into as many topologies and treatments as its parameters have values,
//! before any study reads the spec, so that every kind of study has sweeps and none knows of them.
//!
//! An axis is a parameter with several values: a list where the parameter takes one value, or `{ from, to, points, scale }`; in
//! the table itself, in a table that lies under all treatments (`[operator]` of a campaign), or in a `[[vary]]` block that several
//! cells share. Axes are crossed, in the order of the text (the later ones run faster); the keys of one block are zipped. Whether a
//! list is one value or several is told by the JSON schema of what the table is read into: a list is an axis if it is nested
//! deeper than any value of the parameter.
//!
//! A cell is the table with one value for each axis, with a label of its own: `super-peer, peers = 500`. Every value keeps its
//! place in the text, so that whatever a study refuses is shown where it stands.

mod block;
mod cell;
mod grammar;
mod range;
mod table;

pub use grammar::{CellTable, Grammar, TableTakes};
pub use range::Ranges;

use crate::{SpecError, SpecText};
use block::Block;
use cell::Cell;
use hydranet_results::{Sweep, SweepAxis, SweepCell};
use std::collections::BTreeSet;
use table::{Found, Values};
use toml::Spanned;
use toml::de::{DeArray, DeValue};

/// How axes are written, for people.
pub const AXES: &str = "\
every study: axes. A list where a key takes one value makes as many cells
  peers = [500, 1000]: these values, in a topology, in a treatment and the tables within it, and in tables that lie under all treatments
  peers = { from = 1e3, to = 1e6, points = 7, scale = \"log\" }: so many values by equal ratios; without `scale` by equal steps
  [[vary]]: axes that several cells share: `KEY = values`, `topologies` or `treatments` (lists of labels) for which; the keys of one block go
      together, blocks are crossed. On the command line: --vary KEY=VALUES
";

/// More cells of one kind than this are a mistake in an axis.
const MOST: usize = 1_000_000;

/// A sweep, and what is to be said of it.
#[derive(Debug, Default)]
pub(crate) struct Expanded {
    /// What varies.
    pub(crate) sweep: Sweep,
    /// What was done that one might not expect: points of a range that are the same whole number.
    pub(crate) notes: Vec<String>,
}

/// Makes the cells of a spec: takes `[[vary]]` out of the text and puts as many topologies and treatments in as there are.
/// O(cells · keys).
///
/// # Errors
/// With the place: an axis without values, a block that varies nothing, lengths that differ.
pub(crate) fn expand<'t>(
    text: &mut SpecText<'t>,
    ranges: &'t Ranges,
    grammar: &Grammar<'_>,
) -> Result<Expanded, SpecError> {
    let blocks: Vec<Block<'t>> = text
        .take_tables("vary")?
        .into_iter()
        .map(|table| Block::read(text, table, ranges))
        .collect::<Result<_, _>>()?;
    let mut kinds: Vec<(&CellTable, Vec<Cell<'t>>)> = Vec::new();
    for table in grammar.cells {
        let tables = text.take_tables(table.table)?;
        let mut cells = Vec::new();
        for params in tables {
            cells.extend(Cell::all_named(text, params, grammar, table)?);
        }
        kinds.push((table, cells));
    }
    let mut shared: Vec<Found<'t>> = Vec::new();
    if let Some((_, cells)) = kinds.iter().find(|(kind, _)| kind.of == "treatment") {
        for name in &grammar.shared {
            shared.extend(cell::take_shared(text, name, cells, ranges)?);
        }
    }
    let targets: Vec<Vec<(usize, usize)>> =
        blocks.iter().map(|block| block.targets(text, &kinds)).collect::<Result<_, _>>()?;
    let mut all = Expanded::default();
    let mut used = BTreeSet::new();
    for (number, (kind, cells)) in kinds.into_iter().enumerate() {
        let (mut list, mut taken) = (DeArray::new(), 0);
        let place = cells.first().map(|cell| cell.span.clone());
        for (at, cell) in cells.into_iter().enumerate() {
            let mut axes: Vec<Axis<'t>> = Vec::new();
            for (block, _) in blocks.iter().zip(&targets).filter(|(_, cells)| cells.contains(&(number, at))) {
                axes.push(Axis { from: block.span.start, keys: block.values_for(text, &cell, &mut all.notes)? });
            }
            for (place, found) in shared.iter().enumerate().filter(|_| kind.of == "treatment") {
                if !cell.says(&found.path) {
                    used.insert(place);
                    axes.push(Axis::of(text, found.clone(), &mut all.notes)?);
                }
            }
            for found in cell.own_axes(text, ranges)? {
                if !axes.iter().any(|axis| axis.keys.iter().any(|(path, _)| *path == found.path)) {
                    axes.push(Axis::of(text, found, &mut all.notes)?);
                }
            }
            axes.sort_by_key(|axis| axis.from);
            twice(text, &axes)?;
            let cells = axes.iter().map(|axis| axis.len()).try_fold(1usize, usize::checked_mul);
            taken = cells.and_then(|cells| cells.checked_add(taken)).filter(|all| *all <= MOST).ok_or_else(|| {
                text.fail(format!("more than {MOST} cells: leave some values out"), Some(cell.span.clone()))
            })?;
            emit(cell, &axes, kind.of, &mut all.sweep, &mut list);
        }
        if let Some(place) = place {
            text.put(kind.table, Spanned::new(place, DeValue::Array(list)));
        }
    }
    if let Some((_, found)) = shared.iter().enumerate().find(|(place, _)| !used.contains(place)) {
        let reason = format!("every treatment says `{}` itself: nothing varies here", found.path.join("."));
        return Err(text.fail(reason, Some(found.span.clone())));
    }
    all.notes.sort();
    all.notes.dedup();
    Ok(all)
}

/// One axis of one cell: keys whose values go together.
#[derive(Debug)]
struct Axis<'t> {
    /// Where it stands in the text.
    from: usize,
    keys: Vec<(Vec<String>, Values<'t>)>,
}

impl<'t> Axis<'t> {
    fn of(text: &SpecText<'_>, found: Found<'t>, notes: &mut Vec<String>) -> Result<Axis<'t>, SpecError> {
        let Found { path, span, values } = found;
        let values = values.distinct(&path.join("."), notes);
        if values.list.is_empty() {
            return Err(text.fail(format!("`{}`: an axis needs a value", path.join(".")), Some(span)));
        }
        Ok(Axis { from: span.start, keys: vec![(path, values)] })
    }

    fn len(&self) -> usize {
        self.keys.first().map_or(1, |(_, values)| values.list.len())
    }
}

/// Refuses a key that two axes of a cell vary.
fn twice(text: &SpecText<'_>, axes: &[Axis<'_>]) -> Result<(), SpecError> {
    let mut seen = BTreeSet::new();
    for (path, values) in axes.iter().flat_map(|axis| &axis.keys) {
        if !seen.insert(path) {
            let reason = format!("`{}` is varied twice: join the values in one list", path.join("."));
            return Err(text.fail(reason, values.list.first().map(Spanned::span)));
        }
    }
    Ok(())
}

/// Writes the cells of a table down, the last axis running fastest.
fn emit<'t>(cell: Cell<'t>, axes: &[Axis<'t>], of: &str, sweep: &mut Sweep, list: &mut DeArray<'t>) {
    for (path, values) in axes.iter().flat_map(|axis| &axis.keys) {
        let key = path.join(".");
        match sweep.axes.iter_mut().find(|axis| axis.of == of && axis.key == key) {
            Some(axis) => axis.log |= values.log,
            None => sweep.axes.push(SweepAxis { of: of.into(), key, log: values.log }),
        }
    }
    if axes.is_empty() {
        list.push(cell.into_value());
        return;
    }
    let count: usize = axes.iter().map(Axis::len).product();
    for number in 0..count {
        let (mut made, mut rest) =
            (SweepCell { base: cell.base(), label: cell.base(), values: Default::default() }, number);
        let mut at = vec![0; axes.len()];
        for (axis, at) in axes.iter().zip(&mut at).rev() {
            (*at, rest) = (rest % axis.len(), rest / axis.len());
        }
        let mut table = cell.table.clone();
        let mut place = cell.span.clone();
        for ((path, values), at) in axes.iter().zip(at).flat_map(|(axis, at)| axis.keys.iter().map(move |k| (k, at))) {
            let value = &values.list[at];
            let said = table::said(value.get_ref());
            made.label.push_str(&format!(", {} = {said}", path.join(".")));
            made.values.insert(path.join("."), table::value(value.get_ref()));
            place = value.span();
            table = table::set(table, path, value.clone());
        }
        let label = Spanned::new(place.clone(), DeValue::String(made.label.clone().into()));
        table.insert(Spanned::new(place, "label".into()), label);
        list.push(Spanned::new(cell.span.clone(), DeValue::Table(table)));
        match of {
            "topology" => sweep.topology.push(made),
            _ => sweep.treatment.push(made),
        }
    }
}
