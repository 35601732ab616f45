//! Tables of any size in, row groups of one size out.

use super::seal::{self, Sealed};
use super::{COLUMNS_KEY, Metadata, ROW_GROUP, TABLE_KEY, table_version};
use crate::{Column, ColumnKind, Field, Schema, Table, Text};
use parquet::basic::{Compression, ConvertedType, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};
use std::io;
use std::sync::Arc;

/// Writes a Parquet file piece by piece. Needs the memory of one row group. A file without [`Writer::finish`] has no end
/// and is refused by every reader.
///
/// ```
/// use hydranet_results::{Table, parquet, summary::SUMMARY};
/// let mut writer = parquet::Writer::new(Vec::new(), &SUMMARY, &parquet::Metadata::new())?;
/// for _part in 0..3 {
///     writer.append(&Table::new(&SUMMARY))?;
/// }
/// let bytes = writer.finish()?;
/// assert!(bytes.ends_with(b"PAR1"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Writer<W: io::Write + Send> {
    file: SerializedFileWriter<Sealed<W>>,
    pending: Table,
}

impl<W: io::Write + Send> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("schema", &self.pending.schema().name).finish_non_exhaustive()
    }
}

impl<W: io::Write + Send> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What `out` says.
    ///
    /// # Panics
    /// If a metadata key begins with `hydranet.`, which is reserved.
    pub fn new(out: W, schema: &'static Schema, metadata: &Metadata) -> io::Result<Writer<W>> {
        let mut file =
            SerializedFileWriter::new(Sealed::new(out), file_schema(schema), properties(schema)).map_err(into_io)?;
        for (key, value) in metadata {
            assert!(!key.starts_with("hydranet."), "the metadata key `{key}` is reserved");
            file.append_key_value_metadata(KeyValue::new(key.clone(), value.clone()));
        }
        let columns = serde_json::to_string(schema.fields).expect("plain structs have a JSON form");
        file.append_key_value_metadata(KeyValue::new(TABLE_KEY.to_owned(), table_version(schema)));
        file.append_key_value_metadata(KeyValue::new(COLUMNS_KEY.to_owned(), columns));
        Ok(Writer { file, pending: Table::new(schema) })
    }

    /// Adds all rows of a table.
    ///
    /// # Errors
    /// What the output says; the file is then useless.
    ///
    /// # Panics
    /// If the table has another schema.
    pub fn append(&mut self, table: &Table) -> io::Result<()> {
        let mut start = 0;
        while start < table.rows() {
            let end = table.rows().min(start + ROW_GROUP - self.pending.rows());
            self.pending.append_rows(table, start..end);
            start = end;
            if self.pending.rows() == ROW_GROUP {
                self.write_group()?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the footer, and gives the output back, not flushed.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(mut self) -> io::Result<W> {
        if self.pending.rows() > 0 {
            self.write_group()?;
        }
        self.file.append_key_value_metadata(KeyValue::new(seal::KEY.to_owned(), seal::ZEROS.to_owned()));
        self.file.flush()?;
        self.file.inner_mut().hold();
        self.file.into_inner().map_err(into_io)?.finish()
    }

    fn write_group(&mut self) -> io::Result<()> {
        let next = Table::new(self.pending.schema());
        let rows = std::mem::replace(&mut self.pending, next);
        let mut write = || {
            let mut group = self.file.next_row_group()?;
            for column in rows.columns() {
                let mut writer = group.next_column()?.expect("the file has the columns of the schema");
                write_column(column, &mut writer)?;
                writer.close()?;
            }
            group.close().map(|_| ())
        };
        write().map_err(into_io)
    }
}

fn write_column(column: &Column, writer: &mut SerializedColumnWriter<'_>) -> Result<usize> {
    match column {
        Column::Count(counts) => {
            let values: Vec<i64> = counts.iter().map(|&count| count as i64).collect();
            writer.typed::<Int64Type>().write_batch(&values, None, None)
        }
        Column::NullableCount(counts) => {
            let values: Vec<i64> = counts.iter().flatten().map(|&count| count as i64).collect();
            writer.typed::<Int64Type>().write_batch(&values, Some(&presence(counts)), None)
        }
        Column::Real(reals) => writer.typed::<DoubleType>().write_batch(reals, None, None),
        Column::NullableReal(reals) => {
            let values: Vec<f64> = reals.iter().flatten().copied().collect();
            writer.typed::<DoubleType>().write_batch(&values, Some(&presence(reals)), None)
        }
        Column::Text(texts) => writer.typed::<ByteArrayType>().write_batch(&byte_arrays(texts), None, None),
    }
}

/// Parquet's definition levels: 1 for a value, 0 for none.
fn presence<T>(values: &[Option<T>]) -> Vec<i16> {
    values.iter().map(|value| value.is_some().into()).collect()
}

/// Rows share the bytes of their dictionary entry.
fn byte_arrays(texts: &Text) -> Vec<ByteArray> {
    let dictionary: Vec<ByteArray> = texts.dictionary().iter().map(|text| text.as_str().into()).collect();
    texts.codes().iter().map(|&code| dictionary[code as usize].clone()).collect()
}

fn properties(schema: &Schema) -> Arc<WriterProperties> {
    let mut properties = WriterProperties::builder()
        .set_created_by("hydranet".to_owned())
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_max_row_group_row_count(Some(ROW_GROUP));
    for Field { name, kind, .. } in schema.fields {
        let path = ColumnPath::from(*name);
        properties = match kind {
            ColumnKind::Text => properties.set_column_dictionary_enabled(path, true),
            ColumnKind::Count | ColumnKind::NullableCount => {
                properties.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED)
            }
            ColumnKind::Real | ColumnKind::NullableReal => properties.set_column_encoding(path, Encoding::PLAIN),
        };
    }
    Arc::new(properties.build())
}

/// The type of each column, and of the whole.
pub(super) fn file_schema(schema: &Schema) -> TypePtr {
    let column = |field: &Field| {
        let (physical, logical, converted) = match field.kind {
            ColumnKind::Count | ColumnKind::NullableCount => (Physical::INT64, None, ConvertedType::NONE),
            ColumnKind::Real | ColumnKind::NullableReal => (Physical::DOUBLE, None, ConvertedType::NONE),
            ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), ConvertedType::UTF8),
        };
        let repetition = if field.kind.nullable() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        Type::primitive_type_builder(field.name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .with_converted_type(converted)
            .build()
            .map(Arc::new)
    };
    let columns = schema.fields.iter().map(column).collect::<Result<Vec<_>>>();
    let whole = columns.and_then(|columns| Type::group_type_builder(schema.name).with_fields(columns).build());
    Arc::new(whole.expect("three plain types, which Parquet has"))
}

/// An output's own error keeps its kind, so that "disk full" can be told.
fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(source) => io::Error::other(source),
        },
        other => io::Error::other(other),
    }
}
