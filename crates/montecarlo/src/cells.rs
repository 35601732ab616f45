//! What decides the rows of a cell: its identity, by content and not by place or label.
//!
//! A part file is named after what decides its rows. So a topology that is added, a label that is changed or an axis that is
//! extended leaves all parts that are there in their place, and what is new is computed alone. Where a study tells its
//! treatments apart, too ([`Study::with_treatments`](crate::Study::with_treatments)), the parts of a topology are one a group of
//! treatments that were computed together: a treatment that is added makes a group of its own.

use crate::{CellKey, Experiment};
use hydranet_results::provenance::canonical_sha256;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What decides the rows of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Identity {
    /// Of all cells.
    pub(crate) common: Value,
    /// One a topology.
    pub(crate) topologies: Vec<CellKey>,
    /// One a treatment; empty where they decide together, as part of `common`.
    pub(crate) treatments: Vec<CellKey>,
}

/// Letters of a hash in the name of a file.
const LETTERS: usize = 16;

impl Identity {
    pub(crate) fn of(spec: &Experiment) -> Identity {
        let mut common: Map<String, Value> = spec.what_decides_rows();
        let study = &spec.study;
        let labels = |labels: Vec<&str>| labels.into_iter().map(str::to_string).collect::<Vec<_>>();
        let topologies = labels(study.topologies().iter().map(|t| t.label.as_str()).collect());
        if !study.by_cell() {
            // everything decides every row, so that a row has its place and its label from there
            let whole = Value::Object(common.clone());
            let cells = topologies.iter().enumerate().map(|(at, label)| json!([label, at]));
            return Identity { topologies: keys(cells, topologies.clone()), treatments: Vec::new(), common: whole };
        }
        let files = study.topologies().iter().map(|t| t.built.value.fingerprint());
        let cells =
            without_labels(common.remove("topology")).into_iter().zip(files).map(|(cell, file)| json!([cell, file]));
        let topologies = keys(cells, topologies);
        let mut treatments = Vec::new();
        if study.with_treatments(&[]).is_some() {
            let orders = study.fingerprints().into_iter().map(Some).chain(std::iter::repeat(None));
            let cells = without_labels(common.remove("treatment")).into_iter().zip(orders);
            treatments = keys(cells.map(|(cell, orders)| json!([cell, orders])), labels(study.treatments()));
        } else {
            common.insert("orders of".into(), study.fingerprints().into());
        }
        Identity { common: Value::Object(common), topologies, treatments }
    }
}

/// The cells of a list of tables, without what tables and figures call them.
fn without_labels(list: Option<Value>) -> Vec<Value> {
    let Some(Value::Array(mut list)) = list else { return Vec::new() };
    list.iter_mut().filter_map(Value::as_object_mut).for_each(|cell| {
        cell.remove("label");
    });
    list
}

/// Keys of cells. Two of the same content are told apart by their number, since each has rows of its own.
fn keys(cells: impl Iterator<Item = Value>, labels: Vec<String>) -> Vec<CellKey> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let key = |(cell, label): (Value, String)| {
        let mut hash = canonical_sha256(&cell);
        let before = seen.entry(hash.clone()).or_default();
        if *before > 0 {
            hash = canonical_sha256(&json!([cell, *before]));
        }
        *before += 1;
        hash.truncate(LETTERS);
        CellKey { hash, label }
    };
    cells.zip(labels).map(key).collect()
}
