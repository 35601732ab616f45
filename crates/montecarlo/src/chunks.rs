//! The raw rows of a run, a few cells at a time: so that what is made of them needs no more memory for more cells.

use crate::inventory::Inventory;
use crate::pieces::{self, Piece};
use crate::{Block, Plan, StudyKind};
use hydranet_results::parquet::ParquetReadError;
use hydranet_results::{Schema, Table};
use std::collections::BTreeSet;

/// Treatments at a time.
const TREATMENTS: usize = 64;

/// A few cells: one topology under some treatments.
pub(crate) struct Chunk {
    /// Number of the topology.
    pub(crate) topology: u32,
    /// Which part of the treatments, from 0.
    pub(crate) part: usize,
    /// Their rows, one table a schema.
    pub(crate) tables: Vec<Table>,
}

/// Hands the rows of all cells on: by topology, then by treatment. Of the tables of `kind`, those that `wanted` does not want are
/// empty.
///
/// # Errors
/// If a part is damaged since it was looked at, and what `take` refuses.
pub(crate) fn each<E: From<ParquetReadError>>(
    (kind, plan): (&StudyKind, &Plan),
    parts: &Inventory,
    wanted: impl Fn(&Schema) -> bool,
    mut take: impl FnMut(Chunk) -> Result<(), E>,
) -> Result<(), E> {
    for blocks in parts.finished.chunk_by(|(a, _), (b, _)| a.topology == b.topology) {
        let all = plan.treatments.len();
        for (part, first) in (0..all.max(1)).step_by(TREATMENTS).enumerate() {
            let some = (all > TREATMENTS).then(|| first..all.min(first + TREATMENTS));
            let some: Option<BTreeSet<&str>> =
                some.map(|range| plan.treatments[range].iter().map(|key| key.label.as_str()).collect());
            let read = |schema: &&'static Schema| match wanted(schema) {
                true => table(plan, blocks, schema, (part, some.as_ref())),
                false => Ok(Table::new(schema)),
            };
            let tables = kind.schemas.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            take(Chunk { topology: blocks[0].0.topology, part, tables })?;
        }
    }
    Ok(())
}

/// The rows of one table in some blocks, under some treatments.
fn table(
    plan: &Plan,
    blocks: &[(Block, Vec<Piece>)],
    schema: &'static Schema,
    (part, some): (usize, Option<&BTreeSet<&str>>),
) -> Result<Table, ParquetReadError> {
    let labelled = schema.position("treatment").is_some();
    let mut whole = Table::new(schema);
    for (block, pieces) in blocks {
        match some {
            None => whole.append(&pieces::read(plan, *block, pieces, schema)?),
            // what is of no treatment is there once
            Some(_) if !labelled && part > 0 => {}
            Some(_) if !labelled => whole.append(&pieces::read(plan, *block, pieces, schema)?),
            Some(labels) => {
                let rows = pieces::read(plan, *block, pieces, schema)?;
                let texts = rows.texts("treatment");
                let wanted: Vec<bool> =
                    texts.dictionary().iter().map(|label| labels.contains(label.as_str())).collect();
                whole.append(&rows.filtered(|row| wanted[texts.codes()[row] as usize]));
            }
        }
    }
    Ok(whole)
}
