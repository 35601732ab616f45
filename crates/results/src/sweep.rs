//! Parameters that vary over the cells of an experiment: what stands in its tables beside the labels of the cells.
//!
//! A cell of a sweep has a label of its own (`super-peer, peers = 500`), the label that it was made from (`super-peer`), and
//! the value of each parameter that was varied. A table names cells by the text columns `topology`, `treatment` and those that
//! say what a cell is compared with; each of these gets one column more a parameter, `topology.peers`, behind all others. Where
//! nothing varies, nothing is added.

use crate::{Column, ColumnKind, Field, Schema, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What varies in an experiment, and the cells that it makes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// The parameters that vary, in the order of the spec.
    pub axes: Vec<SweepAxis>,
    /// Topologies of which something varies, in the order of the spec.
    #[serde(default)]
    pub topology: Vec<SweepCell>,
    /// Treatments of which something varies.
    #[serde(default)]
    pub treatment: Vec<SweepCell>,
}

/// One parameter that varies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepAxis {
    /// Of what: `topology` or `treatment`, as the column of the labels is called.
    pub of: String,
    /// Which parameter: `peers`, `operator.rebuild_days`.
    pub key: String,
    /// Whether its values rise by equal ratios: figures then have it on a log axis.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub log: bool,
}

impl SweepAxis {
    /// What columns, claims and `--vary` call it: `topology.peers`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.of, self.key)
    }
}

/// One topology or treatment of which something varies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepCell {
    /// Its label in tables.
    pub label: String,
    /// What it is called without its parameters.
    pub base: String,
    /// Its parameters that vary.
    pub values: BTreeMap<String, SweepValue>,
}

/// A value of a parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SweepValue {
    /// A whole number.
    Integer(i64),
    /// A real; finite.
    Real(f64),
    /// Anything else, as it is written in a spec.
    Text(String),
}

impl SweepValue {
    /// As a number, where it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            SweepValue::Integer(whole) => Some(*whole as f64),
            SweepValue::Real(real) => Some(*real),
            SweepValue::Text(_) => None,
        }
    }
}

impl fmt::Display for SweepValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SweepValue::Integer(whole) => whole.fmt(f),
            SweepValue::Real(real) => real.fmt(f),
            SweepValue::Text(text) => text.fmt(f),
        }
    }
}

impl Sweep {
    /// Whether nothing varies.
    pub fn is_empty(&self) -> bool {
        self.axes.is_empty()
    }

    /// The axes of topologies, or of treatments.
    pub fn axes_of<'s>(&'s self, of: &'s str) -> impl Iterator<Item = &'s SweepAxis> {
        self.axes.iter().filter(move |axis| axis.of == of)
    }

    /// The cells of topologies, or of treatments.
    pub fn cells(&self, of: &str) -> &[SweepCell] {
        match of {
            "topology" => &self.topology,
            _ => &self.treatment,
        }
    }

    /// The columns that join those of a schema: position of the column of labels, and the axis.
    fn added<'s>(&'s self, schema: &'s Schema) -> impl Iterator<Item = (usize, &'s SweepAxis)> {
        let labels = schema.fields.iter().enumerate().filter(|(_, field)| field.kind == ColumnKind::Text);
        labels.flat_map(move |(place, field)| self.axes_of(last_word(field.name)).map(move |axis| (place, axis)))
    }

    /// What a column of an axis holds: counts, if all its values are; else reals, if all are numbers; else text.
    fn kind(&self, axis: &SweepAxis) -> ColumnKind {
        let mut values = self.cells(&axis.of).iter().filter_map(|cell| cell.values.get(&axis.key));
        let (mut count, mut number) = (true, true);
        values.by_ref().for_each(|value| {
            count &= matches!(value, SweepValue::Integer(whole) if *whole >= 0);
            number &= value.number().is_some();
        });
        match (count, number) {
            (true, _) => ColumnKind::NullableCount,
            (_, true) => ColumnKind::NullableReal,
            _ => ColumnKind::Text,
        }
    }

    /// A schema with the columns of the parameters, or the schema itself where it names no cell that varies. It stays in memory
    /// to the end of the program: made once a table that is written.
    pub fn schema(&self, schema: &'static Schema) -> &'static Schema {
        let added: Vec<Field> = self
            .added(schema)
            .map(|(place, axis)| Field {
                name: format!("{}.{}", schema.fields[place].name, axis.key).leak(),
                kind: self.kind(axis),
                unit: "",
                meaning: "the parameter of this name; empty where the cell does not vary it",
            })
            .collect();
        if added.is_empty() {
            return schema;
        }
        let fields: Vec<Field> = schema.fields.iter().copied().chain(added).collect();
        Box::leak(Box::new(Schema { fields: fields.leak(), ..*schema }))
    }

    /// A table with the columns of the parameters, of the schema that [`Sweep::schema`] made. O(rows · axes).
    ///
    /// # Panics
    /// If the schema was made of another one.
    pub fn widen(&self, table: Table, schema: &'static Schema) -> Table {
        if std::ptr::eq(table.schema(), schema) {
            return table;
        }
        let mut cells: BTreeMap<&str, BTreeMap<&str, &SweepCell>> = BTreeMap::new();
        for of in ["topology", "treatment"] {
            cells.insert(of, self.cells(of).iter().map(|cell| (cell.label.as_str(), cell)).collect());
        }
        let columns: Vec<Column> = self
            .added(table.schema())
            .map(|(place, axis)| {
                let Column::Text(labels) = &table.columns()[place] else { unreachable!("labels are text") };
                let of = &cells[axis.of.as_str()];
                // looked up once a label, not once a row
                let value = |label: &String| of.get(label.as_str()).and_then(|cell| cell.values.get(&axis.key));
                let values: Vec<Option<&SweepValue>> = labels.dictionary().iter().map(value).collect();
                let rows = labels.codes().iter().map(|&code| values[code as usize]);
                match self.kind(axis) {
                    ColumnKind::NullableCount => Column::NullableCount(
                        rows.map(|value| match value {
                            Some(SweepValue::Integer(whole)) => u64::try_from(*whole).ok(),
                            _ => None,
                        })
                        .collect(),
                    ),
                    ColumnKind::NullableReal => {
                        Column::NullableReal(rows.map(|value| value.and_then(SweepValue::number)).collect())
                    }
                    _ => {
                        let mut column = crate::Text::default();
                        let texts: Vec<String> =
                            values.iter().map(|value| value.map_or(String::new(), ToString::to_string)).collect();
                        labels.codes().iter().for_each(|&code| column.push(&texts[code as usize]));
                        Column::Text(column)
                    }
                }
            })
            .collect();
        table.with_columns(schema, columns)
    }
}

/// What a column of labels names: `topology` for `reference_topology`.
fn last_word(name: &str) -> &str {
    name.rsplit('_').next().unwrap_or(name)
}

/// Whether a column is that of a parameter: their names alone have a point.
pub(crate) fn is_parameter(column: &str) -> bool {
    column.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::{SUMMARY, SummaryRow};
    use crate::{csv, parquet};

    fn cell(label: &str, base: &str, values: &[(&str, SweepValue)]) -> SweepCell {
        let values = values.iter().map(|(key, value)| (key.to_string(), value.clone())).collect();
        SweepCell { label: label.into(), base: base.into(), values }
    }

    fn sweep() -> Sweep {
        let axis = |of: &str, key: &str| SweepAxis { of: of.into(), key: key.into(), log: false };
        Sweep {
            axes: vec![axis("topology", "peers"), axis("treatment", "requests"), axis("treatment", "rule")],
            topology: vec![
                cell("a, peers = 5", "a", &[("peers", SweepValue::Integer(5))]),
                cell("a, peers = 6", "a", &[("peers", SweepValue::Integer(6))]),
            ],
            treatment: vec![
                cell("x", "t", &[("requests", SweepValue::Integer(1))]),
                cell("y", "t", &[("requests", SweepValue::Real(0.5)), ("rule", SweepValue::Text("oldest".into()))]),
            ],
        }
    }

    fn rows() -> Table {
        let row = |topology: &str, treatment: &str| SummaryRow {
            topology: topology.into(),
            treatment: treatment.into(),
            ..SummaryRow::default()
        };
        Table::of(&[row("a, peers = 5", "x"), row("b", "y"), row("a, peers = 6", "z")])
    }

    #[test]
    fn parameters_are_columns() {
        let schema = sweep().schema(&SUMMARY);
        let wide = sweep().widen(rows(), schema);
        assert_eq!(wide.nullable_counts("topology.peers"), [Some(5), None, Some(6)]);
        assert_eq!(wide.nullable_reals("treatment.requests"), [Some(1.0), Some(0.5), None]);
        assert_eq!(wide.texts("treatment.rule").iter().collect::<Vec<_>>(), ["", "oldest", ""]);
        assert_eq!(schema.fields[..SUMMARY.fields.len()], *SUMMARY.fields);
    }

    #[test]
    fn whoever_does_not_ask_for_parameters_does_not_see_them() {
        let wide = sweep().widen(rows(), sweep().schema(&SUMMARY));
        let mut text = Vec::new();
        csv::write(&wide, &mut text).unwrap();
        assert!(String::from_utf8_lossy(&text).contains("treatment.requests"));
        assert_eq!(csv::read(text.as_slice(), &SUMMARY).unwrap(), rows());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.parquet");
        let file = std::fs::File::create(&path).unwrap();
        parquet::write(&wide, &parquet::Metadata::new(), file).unwrap();
        assert_eq!(parquet::read(&path, &SUMMARY).unwrap(), rows());
        assert_eq!(parquet::read(&path, wide.schema()).unwrap(), wide);
    }

    #[test]
    fn nothing_varies_nothing_is_added() {
        assert!(std::ptr::eq(Sweep::default().schema(&SUMMARY), &SUMMARY));
        let differences = sweep().schema(&crate::differences::DIFFERENCES);
        let added: Vec<&str> = differences.fields.iter().map(|f| f.name).filter(|name| is_parameter(name)).collect();
        assert_eq!(
            added,
            [
                "topology.peers",
                "treatment.requests",
                "treatment.rule",
                "reference_topology.peers",
                "reference_treatment.requests",
                "reference_treatment.rule"
            ]
        );
    }

    #[test]
    fn values_keep_their_kind_in_json() {
        let json = serde_json::to_string(&sweep()).unwrap();
        assert_eq!(serde_json::from_str::<Sweep>(&json).unwrap(), sweep());
        let real: SweepValue = serde_json::from_str("1000.0").unwrap();
        assert_eq!((real.clone(), real.to_string()), (SweepValue::Real(1000.0), "1000".to_string()));
    }
}
