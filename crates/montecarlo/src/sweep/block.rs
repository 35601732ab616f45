//! `[[vary]]`: axes that several cells share.

use super::Ranges;
use super::cell::Cell;
use super::grammar::CellTable;
use super::range::is_range;
use super::table::Values;
use crate::{SpecError, SpecText};
use hydranet_plugin::nearest;
use hydranet_topology::Params;
use std::ops::Range as Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A label, and where it stands.
type Label = (String, Span<usize>);

/// One block: its keys are zipped.
#[derive(Debug)]
pub(super) struct Block<'t> {
    pub(super) span: Span<usize>,
    /// Which cells it is for, by their labels without parameters, where it says so: `topology` or `treatment`, and the labels.
    only: Option<(&'static str, Vec<Label>)>,
    keys: Vec<Key<'t>>,
    ranges: &'t Ranges,
}

#[derive(Debug)]
struct Key<'t> {
    /// `topology` or `treatment`, where it says so.
    of: Option<&'static str>,
    path: Vec<String>,
    value: Spanned<DeValue<'t>>,
}

impl<'t> Block<'t> {
    /// Reads a block.
    pub(super) fn read(text: &SpecText<'_>, mut table: Params<'t>, ranges: &'t Ranges) -> Result<Block<'t>, SpecError> {
        let span = table.span();
        let mut only = None;
        for (key, of) in [("topologies", "topology"), ("treatments", "treatment")] {
            let Some(value) = table.take(key) else { continue };
            let wrong = || text.fail(format!("`{key}` is a list of labels"), Some(value.span()));
            let DeValue::Array(list) = value.get_ref() else { return Err(wrong()) };
            let labels = list.iter().map(|item| Some((item.get_ref().as_str()?.to_string(), item.span())));
            let labels = labels.collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
            if only.replace((of, labels)).is_some() {
                let reason = "a block varies topologies or treatments, not both: what varies with the one is crossed with the other";
                return Err(text.fail(reason.into(), Some(value.span())));
            }
        }
        let mut keys = Vec::new();
        flatten(text, &[], table.into_table().get_ref(), &mut keys)?;
        keys.sort_by_key(|key| key.value.span().start);
        match keys.first() {
            Some(_) => Ok(Block { span, only, keys, ranges }),
            None => {
                Err(text.fail("[[vary]] says which key has which values: `peers = [500, 1000]`".into(), Some(span)))
            }
        }
    }

    /// The cells that it is for: number of their kind, and their number in it.
    pub(super) fn targets(
        &self,
        text: &SpecText<'_>,
        kinds: &[(&CellTable, Vec<Cell<'t>>)],
    ) -> Result<Vec<(usize, usize)>, SpecError> {
        let all = || {
            kinds
                .iter()
                .enumerate()
                .flat_map(|(k, (kind, cells))| cells.iter().enumerate().map(move |(c, cell)| (k, c, kind.of, cell)))
        };
        let has = |cell: &Cell<'_>| self.keys.iter().all(|key| cell.at(&key.path).is_some());
        let said = self.only.as_ref().map(|(of, _)| *of).into_iter().chain(self.keys.iter().filter_map(|key| key.of));
        let mut said: Vec<&str> = said.collect();
        said.dedup();
        let place = Some(self.keys[0].value.span());
        if said.len() > 1 {
            let reason =
                "a block varies topologies or treatments, not both: what varies with the one is crossed with the other";
            return Err(text.fail(reason.into(), place));
        }
        if let Some((of, labels)) = &self.only {
            let mut targets = Vec::new();
            for (label, span) in labels {
                let before = targets.len();
                targets.extend(
                    all().filter(|(.., kind, cell)| kind == of && cell.base() == *label).map(|(k, c, ..)| (k, c)),
                );
                if targets.len() == before {
                    let there: Vec<String> =
                        all().filter(|(.., kind, _)| kind == of).map(|(.., cell)| cell.base()).collect();
                    let hint = nearest(label, there.iter().map(String::as_str));
                    let hint = hint.map_or(String::new(), |hint| format!("; did you mean `{hint}`?"));
                    return Err(text.fail(format!("no {of} is called `{label}`{hint}"), Some(span.clone())));
                }
            }
            for &(k, c) in &targets {
                self.refuse_unknown(text, kinds[k].0.of, &kinds[k].1[c])?;
            }
            return Ok(targets);
        }
        let fits: Vec<_> = all().filter(|(.., of, cell)| said.iter().all(|s| s == of) && has(cell)).collect();
        if let Some((.., first, _)) = fits.first()
            && fits.iter().any(|(.., of, _)| of != first)
        {
            let key = self.keys[0].path.join(".");
            let reason = format!("topologies and treatments have `{key}`: say `topology.{key}` or `treatment.{key}`");
            return Err(text.fail(reason, place));
        }
        if fits.is_empty() {
            // the first cell of the right kind says what it does not know
            for (.., of, cell) in all().filter(|(.., of, _)| said.iter().all(|s| s == of)) {
                self.refuse_unknown(text, of, cell)?;
            }
            let reason = "no cell of this spec has all keys of this block".to_string();
            return Err(text.fail(reason, place));
        }
        Ok(fits.into_iter().map(|(k, c, ..)| (k, c)).collect())
    }

    /// Refuses a key that a cell does not have.
    fn refuse_unknown(&self, text: &SpecText<'_>, of: &str, cell: &Cell<'_>) -> Result<(), SpecError> {
        for key in &self.keys {
            if cell.at(&key.path).is_some() || cell.takes.is_none() {
                continue;
            }
            let (last, above) = key.path.split_last().expect("a key has a name");
            let known = cell.at(above).map_or(Vec::new(), |takes| takes.keys());
            let hint = nearest(last, known.iter().copied());
            let hint = hint.map_or(String::new(), |hint| format!("; did you mean `{hint}`?"));
            let reason = format!("{of} `{}` has no key `{}`{hint}", cell.base(), key.path.join("."));
            return Err(text.fail(reason, Some(key.value.span())));
        }
        Ok(())
    }

    /// The values of its keys in a cell.
    pub(super) fn values_for(
        &self,
        text: &SpecText<'_>,
        cell: &Cell<'t>,
        notes: &mut Vec<String>,
    ) -> Result<Vec<(Vec<String>, Values<'t>)>, SpecError> {
        let mut list: Vec<(Vec<String>, Values<'t>)> = Vec::new();
        for key in &self.keys {
            let Some(takes) = cell.at(&key.path) else { continue };
            let values = Values::read(text, (&key.path.join("."), &key.value), takes, self.ranges)?;
            // keys that are zipped keep their values, so that they stay together
            let values = if self.keys.len() > 1 { values } else { values.distinct(&key.path.join("."), notes) };
            if values.list.is_empty() {
                let reason = format!("`{}`: an axis needs a value", key.path.join("."));
                return Err(text.fail(reason, Some(key.value.span())));
            }
            if let Some((first, before)) = list.first()
                && before.list.len() != values.list.len()
            {
                let reason = format!(
                    "the keys of one [[vary]] go together: `{}` has {} values and `{}` has {}; give both the same number, or cross \
                     them in two blocks",
                    first.join("."),
                    before.list.len(),
                    key.path.join("."),
                    values.list.len()
                );
                return Err(text.fail(reason, Some(key.value.span())));
            }
            list.push((key.path.clone(), values));
        }
        Ok(list)
    }
}

/// The keys of a block: `operator.rebuild_days`, however it is nested.
fn flatten<'t>(
    text: &SpecText<'_>,
    path: &[String],
    table: &DeTable<'t>,
    keys: &mut Vec<Key<'t>>,
) -> Result<(), SpecError> {
    for (key, value) in table {
        // `"a.b" = …` is `a.b = …`
        let mut path: Vec<String> =
            path.iter().cloned().chain(key.get_ref().split('.').map(|part| part.trim().to_string())).collect();
        match value.get_ref() {
            DeValue::Table(inner) if !is_range(inner) => {
                flatten(text, &path, inner, keys)?;
                continue;
            }
            DeValue::Table(_) | DeValue::Array(_) => {}
            _ => {
                let reason =
                    format!("`{}` has one value here: write a list, or {{ from, to, points }}", path.join("."));
                return Err(text.fail(reason, Some(value.span())));
            }
        }
        let of = ["topology", "treatment"].into_iter().find(|of| path.len() > 1 && path[0] == *of);
        if of.is_some() {
            path.remove(0);
        }
        keys.push(Key { of, path, value: value.clone() });
    }
    Ok(())
}
