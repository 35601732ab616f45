//! A block from its pieces: the parts of some groups, put together in the order of the plan and under its labels.

use crate::group::Group;
use crate::parts::{self, Labels, Part};
use crate::{Block, Plan};
use hydranet_results::parquet::ParquetReadError;
use hydranet_results::{Schema, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What some folders have for the treatments of a plan.
#[derive(Debug)]
pub(crate) struct Catalog<'p> {
    plan: &'p Plan,
    /// Folder, group, and where its treatments stand in the plan; those that serve most first.
    groups: Vec<(PathBuf, Group, Vec<Option<usize>>)>,
}

/// A part that serves some treatments of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The folder of the parts.
    pub folder: PathBuf,
    group: Group,
    /// The treatments of the plan that it serves; none where the plan does not tell them apart.
    serves: BTreeSet<usize>,
}

/// What there is of a block.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) pieces: Vec<Piece>,
    /// Treatments of the plan that no part serves, and whether the block has none at all where they are not told apart.
    pub(crate) missing: Vec<usize>,
    pub(crate) nothing: bool,
    /// Why parts that are there cannot be used.
    pub(crate) refused: Vec<ParquetReadError>,
    /// Folders that have the same part.
    pub(crate) twice: Option<[PathBuf; 2]>,
}

impl Gathered {
    pub(crate) fn is_whole(&self) -> bool {
        self.missing.is_empty() && !self.nothing
    }
}

impl<'p> Catalog<'p> {
    pub(crate) fn of(plan: &'p Plan, folders: &[PathBuf]) -> Catalog<'p> {
        let mut groups = Vec::new();
        for folder in folders {
            let places = |group: Group| {
                let places = group.places(plan);
                (folder.clone(), group, places)
            };
            groups.extend(Group::all(folder).into_iter().map(places));
        }
        if plan.treatments.is_empty() {
            groups.retain(|(_, group, _)| group.treatments.is_empty());
        } else {
            groups.retain(|(.., places)| places.iter().any(Option::is_some));
        }
        groups.sort_by_key(|(.., places)| std::cmp::Reverse(places.iter().flatten().count()));
        Catalog { plan, groups }
    }

    /// The parts that serve a block; every file is read once for its checksum.
    pub(crate) fn gather(&self, schemas: &[&'static Schema], block: Block) -> Gathered {
        let mut found = Gathered::default();
        let mut left: BTreeSet<usize> = (0..self.plan.treatments.len()).collect();
        found.nothing = left.is_empty();
        let mut used: BTreeMap<&str, &Path> = BTreeMap::new();
        for (folder, group, places) in &self.groups {
            let part = Part { plan: self.plan, folder, block, group };
            let serves: BTreeSet<usize> = places.iter().flatten().copied().filter(|t| left.contains(t)).collect();
            let wanted = found.nothing || !serves.is_empty();
            let again = used.get(group.name.as_str());
            if !(wanted || again.is_some()) || !schemas.iter().all(|schema| part.path(schema).exists()) {
                continue;
            }
            if let Some(first) = again {
                found.twice = Some([first.to_path_buf(), folder.clone()]);
                continue;
            }
            // the last table is written last: look at it first
            match schemas.iter().rev().try_for_each(|schema| part.open(schema).map(|_| ())) {
                Ok(()) => {
                    used.insert(&group.name, folder);
                    left.retain(|t| !serves.contains(t));
                    found.nothing = false;
                    found.pieces.push(Piece { folder: folder.clone(), group: group.clone(), serves });
                }
                Err(error) => found.refused.push(error),
            }
        }
        found.missing = left.into_iter().collect();
        found
    }
}

/// One table of a block.
pub(crate) fn read(
    plan: &Plan,
    block: Block,
    pieces: &[Piece],
    schema: &'static Schema,
) -> Result<Table, ParquetReadError> {
    let mut tables = Vec::new();
    for piece in pieces {
        let part = Part { plan, folder: &piece.folder, block, group: &piece.group };
        let reader = part.open(schema)?;
        let labels = parts::labels(&reader);
        tables.push(relabelled(plan, block, (piece, labels), reader.read()?));
    }
    let all = || (0..plan.treatments.len()).collect::<Vec<_>>();
    match pieces {
        // as it was computed
        [piece] if piece.group.places(plan).into_iter().collect::<Option<Vec<_>>>() == Some(all()) => {
            Ok(tables.remove(0))
        }
        _ if plan.treatments.is_empty() => Ok(tables.remove(0)),
        _ => Ok(interleaved(plan, schema, &tables)),
    }
}

/// The rows that a piece serves, under the labels of the plan.
fn relabelled(plan: &Plan, block: Block, (piece, labels): (&Piece, Option<Labels>), table: Table) -> Table {
    let Some(labels) = labels else { return table };
    let topology = &plan.rows[block.topology as usize].label;
    let mut table = match labels.topology == *topology {
        true => table,
        false => table.relabelled("topology", &BTreeMap::from([(labels.topology, topology.clone())])),
    };
    if plan.treatments.is_empty() || table.schema().position("treatment").is_none() {
        return table;
    }
    let served = |(before, place): (String, Option<usize>)| {
        Some((before, plan.treatments[place.filter(|t| piece.serves.contains(t))?].label.clone()))
    };
    let mut labels: BTreeMap<String, String> =
        labels.treatments.into_iter().zip(piece.group.places(plan)).filter_map(served).collect();
    // by the labels that rows were written with: the plan may have given one of them to another treatment
    let texts = table.texts("treatment");
    let wanted: Vec<bool> = texts.dictionary().iter().map(|label| labels.contains_key(label.as_str())).collect();
    if wanted.contains(&false) {
        table = table.filtered(|row| wanted[texts.codes()[row] as usize]);
    }
    labels.retain(|before, after| before != after);
    if labels.is_empty() { table } else { table.relabelled("treatment", &labels) }
}

/// The rows of several parts as one run would have made them: by network, then by treatment. Rows of no treatment are those of the
/// first part, before all others of their network.
fn interleaved(plan: &Plan, schema: &'static Schema, tables: &[Table]) -> Table {
    let place: BTreeMap<&str, usize> =
        plan.treatments.iter().enumerate().map(|(place, key)| (key.label.as_str(), place)).collect();
    let labelled = schema.position("treatment").is_some();
    let mut order: Vec<(u64, usize, usize, usize)> = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        let networks = table.counts("network");
        for (row, &network) in networks.iter().enumerate() {
            let treatment = labelled.then(|| place[table.texts("treatment").get(row)] + 1);
            // what is of no treatment is there once
            if labelled || number == 0 {
                order.push((network, treatment.unwrap_or(0), number, row));
            }
        }
    }
    order.sort_by_key(|&(network, treatment, number, _)| (network, treatment, number));
    let mut whole = Table::new(schema);
    let mut rows = order.into_iter().peekable();
    while let Some((_, _, number, first)) = rows.next() {
        let mut end = first + 1;
        while rows.next_if(|&(_, _, other, row)| other == number && row == end).is_some() {
            end += 1;
        }
        whole.append_rows(&tables[number], first..end);
    }
    whole
}
