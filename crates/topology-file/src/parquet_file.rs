//! Parquet files with a column for each end of a link, as pandas, polars, DuckDB and Spark write them.
//!
//! Only the two columns that are needed are decoded. The decoder trusts a file: where a damaged one makes it panic, that
//! is caught and told as damage.

use hydranet_overlay::io::{Loaded, ReadError, ReadOptions, TableColumn, read_columns};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Reads a Parquet file.
pub(crate) fn read(path: &Path, options: &ReadOptions) -> Result<Loaded, ReadError> {
    let unusable = |reason: String| ReadError::Unusable { path: path.to_owned(), reason };
    let file = File::open(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let columns = catch_unwind(AssertUnwindSafe(|| columns(file, path, options)))
        .map_err(|_| unusable("the Parquet file is damaged; fetch it again".to_owned()))??;
    read_columns(&columns, path, options)
}

fn columns(file: File, path: &Path, options: &ReadOptions) -> Result<Vec<TableColumn>, ReadError> {
    let unusable = |reason: String| ReadError::Unusable { path: path.to_owned(), reason };
    let damaged = |e: ParquetError| {
        unusable(format!(
            "not a Parquet file that is read: {e}; save it as CSV, or with Snappy, Zstandard, gzip or LZ4"
        ))
    };
    let file = SerializedFileReader::new(file).map_err(damaged)?;
    let schema = file.metadata().file_metadata().schema();
    let fields = schema.get_fields();
    // titles decide, so that other columns need not be decoded
    let heads: Vec<TableColumn> =
        fields.iter().map(|f| TableColumn { title: f.name().to_owned(), values: Vec::new() }).collect();
    let wanted = hydranet_overlay::io::ends_by_title(&heads, options).map_err(unusable)?;
    let mut places = wanted;
    places.sort_unstable();
    let kept = places.iter().map(|i| Arc::clone(&fields[*i])).collect();
    let projection = Type::group_type_builder(schema.name()).with_fields(kept).build().map_err(damaged)?;
    let mut columns = heads;
    for row in file.get_row_iter(Some(projection)).map_err(damaged)? {
        let row = row.map_err(damaged)?;
        for ((_, field), place) in row.get_column_iter().zip(places) {
            let value = name(field).map_err(|kind| {
                unusable(format!("column {} holds {kind}: expected numbers or text", columns[place].title))
            })?;
            columns[place].values.push(value);
        }
    }
    Ok(columns)
}

/// A value as the name of a node.
fn name(field: &Field) -> Result<Option<String>, &'static str> {
    Ok(Some(match field {
        Field::Null => return Ok(None),
        Field::Bool(x) => x.to_string(),
        Field::Byte(x) => x.to_string(),
        Field::Short(x) => x.to_string(),
        Field::Int(x) => x.to_string(),
        Field::Long(x) => x.to_string(),
        Field::UByte(x) => x.to_string(),
        Field::UShort(x) => x.to_string(),
        Field::UInt(x) => x.to_string(),
        Field::ULong(x) => x.to_string(),
        Field::Float(x) => format!("{x:?}"),
        Field::Double(x) => format!("{x:?}"),
        Field::Str(x) => x.clone(),
        Field::Bytes(x) => String::from_utf8_lossy(x.data()).into_owned(),
        Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => return Err("lists or records"),
        _ => return Err("values of another kind"),
    }))
}
