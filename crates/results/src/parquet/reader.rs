//! Files in, tables of one row group each out.

use super::seal::{self, Verdict};
use super::writer::file_schema;
use super::{Metadata, ParquetReadError, TABLE_KEY, table_version};
use crate::{Column, ColumnKind, Field, Schema, Table, Text};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::Type;
use std::fs::File;
use std::path::{Path, PathBuf};

/// An open file whose checksum and schema are right.
pub struct Reader {
    path: PathBuf,
    schema: &'static Schema,
    file: SerializedFileReader<File>,
    metadata: Metadata,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Reader {
    /// Opens a file, and reads all of it once for the checksum. O(bytes), with little memory.
    ///
    /// # Errors
    /// If it cannot be opened, is not a whole file of [`super::Writer`], or holds another table.
    pub fn open(path: &Path, schema: &'static Schema) -> Result<Reader, ParquetReadError> {
        let path = path.to_owned();
        let open = || {
            let mut file = File::open(&path)?;
            seal::inspect(&mut file).map(|verdict| (file, verdict))
        };
        let (file, verdict) = match open() {
            Ok(both) => both,
            Err(source) => return Err(ParquetReadError::Io { path, source }),
        };
        match verdict {
            Verdict::Whole => {}
            Verdict::NotParquet => return Err(ParquetReadError::NotParquet { path }),
            Verdict::Truncated => return Err(ParquetReadError::Truncated { path }),
            Verdict::Unsealed => return Err(ParquetReadError::Unsealed { path }),
            Verdict::Damaged { expected, found } => return Err(ParquetReadError::Damaged { path, expected, found }),
        }
        let file = match SerializedFileReader::new(file) {
            Ok(file) => file,
            Err(error) => return Err(ParquetReadError::Decode { path, source: error.into() }),
        };
        let pairs = file.metadata().file_metadata().key_value_metadata().into_iter().flatten();
        let metadata = pairs.map(|pair| (pair.key.clone(), pair.value.clone().unwrap_or_default())).collect();
        let reader = Reader { path, schema, file, metadata };
        reader.check_schema()?;
        Ok(reader)
    }

    /// What the file says about itself: the caller's keys and those of [`super`].
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Number of rows.
    pub fn rows(&self) -> u64 {
        self.file.metadata().file_metadata().num_rows().try_into().unwrap_or(0)
    }

    /// Refuses a file whose metadata says something else.
    ///
    /// # Errors
    /// [`ParquetReadError::Foreign`], with both values.
    pub fn expect(&self, key: &str, value: &str) -> Result<(), ParquetReadError> {
        match self.metadata.get(key) {
            Some(found) if found == value => Ok(()),
            found => Err(ParquetReadError::Foreign {
                path: self.path.clone(),
                key: key.to_owned(),
                expected: value.to_owned(),
                found: found.cloned(),
            }),
        }
    }

    /// The rows in pieces of at most [`super::ROW_GROUP`], in the order of the file.
    pub fn tables(&self) -> impl Iterator<Item = Result<Table, ParquetReadError>> {
        (0..self.file.num_row_groups()).map(|group| {
            self.group(group)
                .map_err(|error| ParquetReadError::Decode { path: self.path.clone(), source: error.into() })
        })
    }

    /// All rows at once.
    ///
    /// # Errors
    /// If the decoder fails.
    pub fn read(&self) -> Result<Table, ParquetReadError> {
        self.tables().try_fold(Table::new(self.schema), |mut whole, table| {
            whole.append(&table?);
            Ok(whole)
        })
    }

    fn check_schema(&self) -> Result<(), ParquetReadError> {
        let path = || self.path.clone();
        let (expected, found) = (table_version(self.schema), self.metadata.get(TABLE_KEY));
        if found != Some(&expected) {
            let found = found.map_or("unknown", String::as_str).to_owned();
            return Err(ParquetReadError::OtherTable { path: path(), expected, found });
        }
        // the version should tell; but a schema may have been changed without a new one
        let expected = file_schema(self.schema);
        let (expected, found) = (expected.get_fields(), self.file.metadata().file_metadata().schema().get_fields());
        // parameters that vary are for whoever asks for them
        let own = found.iter().take_while(|column| !crate::sweep::is_parameter(column.name())).count();
        let found = if own == expected.len() { &found[..own] } else { found };
        for place in 0..expected.len().max(found.len()) {
            let [expected, found] = [expected, found].map(|fields| describe(fields.get(place).map(AsRef::as_ref)));
            if expected != found {
                return Err(ParquetReadError::Column { path: path(), number: place + 1, expected, found });
            }
        }
        Ok(())
    }

    fn group(&self, number: usize) -> ParquetResult<Table> {
        let group = self.file.get_row_group(number)?;
        let rows = usize::try_from(group.metadata().num_rows())?;
        let columns = self.schema.fields.iter().enumerate();
        let columns = columns.map(|(place, field)| read_column(group.as_ref(), place, field, rows));
        Ok(Table::from_columns(self.schema, columns.collect::<ParquetResult<_>>()?, rows))
    }
}

fn describe(column: Option<&Type>) -> String {
    let Some(column) = column else { return "nothing".to_owned() };
    if !column.is_primitive() {
        return format!("`{}` (nested)", column.name());
    }
    let nullable = if column.is_optional() { " or empty" } else { "" };
    let text = column.get_basic_info().logical_type_ref().map_or(String::new(), |logical| format!(" {logical:?}"));
    format!("`{}` ({}{text}{nullable})", column.name(), column.get_physical_type())
}

fn read_column(group: &dyn RowGroupReader, place: usize, field: &Field, rows: usize) -> ParquetResult<Column> {
    let refuse = |reason: &str| ParquetError::General(format!("column `{}` {reason}", field.name));
    let counts = || -> ParquetResult<(Vec<i16>, Vec<u64>)> {
        let (present, values) = values::<Int64Type>(group, place, field, rows)?;
        let values = values.into_iter().map(|value| u64::try_from(value).map_err(|_| refuse("holds a negative count")));
        Ok((present, values.collect::<ParquetResult<_>>()?))
    };
    let reals = || -> ParquetResult<(Vec<i16>, Vec<f64>)> {
        let (present, values) = values::<DoubleType>(group, place, field, rows)?;
        if !values.iter().all(|value| value.is_finite()) {
            return Err(refuse("holds a real that is not finite"));
        }
        Ok((present, values))
    };
    Ok(match field.kind {
        ColumnKind::Count => Column::Count(counts()?.1),
        ColumnKind::NullableCount => Column::NullableCount(spread(counts()?)),
        ColumnKind::Real => Column::Real(reals()?.1),
        ColumnKind::NullableReal => Column::NullableReal(spread(reals()?)),
        ColumnKind::Text => {
            let mut texts = Text::default();
            for value in values::<ByteArrayType>(group, place, field, rows)?.1 {
                texts.push(value.as_utf8()?);
            }
            Column::Text(texts)
        }
    })
}

/// Which rows have a value (for columns that may be empty), and all values.
fn values<T: DataType>(
    group: &dyn RowGroupReader,
    place: usize,
    field: &Field,
    rows: usize,
) -> ParquetResult<(Vec<i16>, Vec<T::T>)> {
    let mut reader = get_typed_column_reader::<T>(group.get_column_reader(place)?);
    let (mut present, mut values) = (Vec::new(), Vec::new());
    let wanted = if field.kind.nullable() { Some(&mut present) } else { None };
    let (read, _, _) = reader.read_records(rows, wanted, None, &mut values)?;
    if read != rows {
        return Err(ParquetError::General(format!("column `{}` has {read} rows, not {rows}", field.name)));
    }
    Ok((present, values))
}

fn spread<T>((present, values): (Vec<i16>, Vec<T>)) -> Vec<Option<T>> {
    let mut values = values.into_iter();
    present.into_iter().map(|level| if level == 0 { None } else { values.next() }).collect()
}
