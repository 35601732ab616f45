//! Parquet is known here and read elsewhere: its library is large, and only the program needs it. The crate
//! `topology-file` reads its columns and hands them to [`read_columns`](super::read_columns).

use super::Format;
use super::error::Fault;
use super::row::Row;

pub(super) const ROW: Row = Row {
    format: Format::Parquet,
    name: "Parquet",
    key: "parquet",
    endings: &["parquet", "pq"],
    begins: |head| head.bytes.starts_with(b"PAR1"),
    read: |_, _, _, _| {
        Err(Fault::whole("Parquet is read by hydranet_topology_file::load and by the program, not by this crate alone"))
    },
    write: None,
};
