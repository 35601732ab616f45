use super::*;
use crate::schema::field;
use crate::{ColumnKind, Value, write_atomically};
use proptest::prelude::*;
use std::fs;

static MIXED: Schema = Schema {
    name: "mixed",
    version: 3,
    fields: &[
        field("c", ColumnKind::Count, "nodes", "a count"),
        field("nc", ColumnKind::NullableCount, "", ""),
        field("r", ColumnKind::Real, "", ""),
        field("nr", ColumnKind::NullableReal, "", ""),
        field("t", ColumnKind::Text, "", ""),
    ],
};

fn mixed(rows: std::ops::Range<u64>) -> Table {
    let mut table = Table::new(&MIXED);
    for i in rows {
        let label = format!("label {}", i * i % 7);
        table
            .push(&[
                (i * i).into(),
                (i % 3 != 0).then_some(i).into(),
                (i as f64).sqrt().into(),
                (i % 5 != 0).then_some(-(i as f64)).into(),
                label.as_str().into(),
            ])
            .unwrap();
    }
    table
}

fn metadata() -> Metadata {
    Metadata::from([("spec".to_owned(), "abc".to_owned()), ("seed".to_owned(), "7".to_owned())])
}

fn bytes(table: &Table) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(table, &metadata(), &mut bytes).unwrap();
    bytes
}

/// Reads the bytes as a file of its own.
fn read_bytes(bytes: &[u8], schema: &'static Schema) -> Result<Table, ParquetReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.parquet");
    fs::write(&path, bytes).unwrap();
    read(&path, schema)
}

#[test]
fn reads_back_what_it_wrote() {
    for rows in [0, 1, 10, 3000] {
        assert_eq!(read_bytes(&bytes(&mixed(0..rows)), &MIXED).unwrap(), mixed(0..rows));
    }
    let mut edges = Table::new(&MIXED);
    let row = [Value::Count(i64::MAX as u64), Value::Missing, Value::Real(-0.0), Value::Missing, Value::Text("")];
    edges.push(&row).unwrap();
    edges.push(&[Value::Count(0), Value::Count(0), Value::Real(5e-324), Value::Real(f64::MAX), "é".into()]).unwrap();
    assert_eq!(read_bytes(&bytes(&edges), &MIXED).unwrap(), edges);
}

#[test]
fn the_same_bytes_however_the_rows_arrive() {
    let rows = 2 * ROW_GROUP + 12_345;
    let whole = mixed(0..rows as u64);
    let expected = bytes(&whole);
    // 17 pieces: some empty, some longer than a row group
    let mut cuts: Vec<usize> = (0..16).map(|i| (i * i * 7919 * 31) % rows).chain([0, rows]).collect();
    cuts[3] = cuts[4];
    cuts.sort_unstable();
    assert_eq!(cuts.len(), 18);
    let mut writer = Writer::new(Vec::new(), &MIXED, &metadata()).unwrap();
    for cut in cuts.windows(2) {
        let mut part = Table::new(&MIXED);
        part.append_rows(&whole, cut[0]..cut[1]);
        writer.append(&part).unwrap();
    }
    assert!(writer.finish().unwrap() == expected);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    write_atomically(&path, |out| write(&whole, &metadata(), out)).unwrap();
    let reader = Reader::open(&path, &MIXED).unwrap();
    assert_eq!(reader.rows(), rows as u64);
    let sizes: Vec<usize> = reader.tables().map(|table| table.unwrap().rows()).collect();
    assert_eq!(sizes, [ROW_GROUP, ROW_GROUP, 12_345]);
    assert!(reader.read().unwrap() == whole);
}

#[test]
fn bytes_are_golden() {
    // value-breaking if it changes: parts of older versions are then computed again
    let sum = crate::provenance::sha256(&bytes(&mixed(0..100)));
    assert_eq!(sum, "1087f03eed1bccd7583dea6f24f62ed0d20840a99a616fb108574848eccc8e19");
}

#[test]
fn the_file_describes_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    fs::write(&path, bytes(&mixed(0..3))).unwrap();
    let reader = Reader::open(&path, &MIXED).unwrap();
    let keys: Vec<&str> = reader.metadata().keys().map(String::as_str).collect();
    assert_eq!(keys, ["hydranet.columns", "hydranet.sha256", "hydranet.table", "seed", "spec"]);
    let first = r#"[{"name":"c","kind":"count","unit":"nodes","meaning":"a count"},"#;
    assert!(reader.metadata()["hydranet.columns"].starts_with(first));
    assert!(reader.expect("spec", "abc").is_ok());
    let message = |result: Result<(), ParquetReadError>| {
        result.unwrap_err().to_string().replace(&path.display().to_string(), "x")
    };
    assert_eq!(message(reader.expect("spec", "abd")), "x: `spec` is `abc`, not `abd`: the file is of another run");
    assert_eq!(message(reader.expect("q", "1")), "x: `q` is missing, not `1`: the file is of another run");
}

#[test]
fn no_truncation_is_taken_for_a_file() {
    let bytes = bytes(&mixed(0..50));
    for length in 0..bytes.len() {
        let error = read_bytes(&bytes[..length], &MIXED).unwrap_err();
        let right = if length == 0 {
            matches!(error, ParquetReadError::NotParquet { .. })
        } else {
            matches!(error, ParquetReadError::Truncated { .. })
        };
        assert!(right, "{length} bytes: {error}");
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mut bytes = bytes(&mixed(0..20));
    for bit in 0..bytes.len() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        let error = read_bytes(&bytes, &MIXED).unwrap_err();
        assert!(!matches!(error, ParquetReadError::Decode { .. }), "bit {bit}: {error}");
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn says_what_is_wrong() {
    let check = |bytes: &[u8], schema: &'static Schema, message: &str| {
        let error = read_bytes(bytes, schema).unwrap_err().to_string();
        assert_eq!(error.split_once("x.parquet: ").unwrap().1, message);
    };
    static OTHER: Schema = Schema { name: "other", ..MIXED };
    static NEWER: Schema = Schema { version: 4, ..MIXED };
    static FEWER: Schema = Schema { fields: MIXED.fields.split_at(4).0, ..MIXED };
    static CHANGED: Schema = Schema { fields: &[field("c", ColumnKind::NullableCount, "", "")], ..MIXED };
    static RENAMED: Schema = Schema { fields: &[field("d", ColumnKind::Count, "", "")], ..MIXED };
    let good = bytes(&mixed(0..20));
    check(b"a,b\n1,2\n", &MIXED, "this is not a Parquet file (it does not begin with PAR1)");
    check(b"PAR1 and so on, with PAR1", &MIXED, "the end of the file is missing; delete it and run again");
    check(&good, &OTHER, "this file holds table `mixed 3`, not `other 3`");
    check(&good, &NEWER, "this file holds table `mixed 3`, not `mixed 4`");
    check(&good, &FEWER, "column 5 is `t` (BYTE_ARRAY String), not nothing");
    check(&good, &CHANGED, "column 1 is `c` (INT64), not `c` (INT64 or empty)");
    check(&good, &RENAMED, "column 1 is `c` (INT64), not `d` (INT64)");
    let mut unsealed = good.clone();
    let place = good.windows(15).rposition(|window| window == seal::KEY.as_bytes()).unwrap();
    unsealed[place] = b'H';
    let advice = "bring the rows of other programs as CSV";
    check(&unsealed, &MIXED, &format!("this Parquet file has no checksum of ours; {advice}"));
    let mut damaged = good.clone();
    damaged[100] ^= 1;
    let error = read_bytes(&damaged, &MIXED).unwrap_err().to_string();
    assert!(error.contains("the file is damaged (its SHA-256 should be "), "{error}");
    let missing = read(Path::new("/no/such/file"), &MIXED).unwrap_err();
    assert_eq!(missing.to_string(), "/no/such/file: cannot be read");
}

#[test]
fn a_callers_value_may_look_like_the_seal() {
    let mark = format!("{}\u{18}@{}", seal::KEY, seal::ZEROS);
    let metadata = Metadata::from([("a".to_owned(), mark.clone()), ("z".to_owned(), mark)]);
    let mut bytes = Vec::new();
    write(&mixed(0..5), &metadata, &mut bytes).unwrap();
    assert_eq!(read_bytes(&bytes, &MIXED).unwrap(), mixed(0..5));
}

#[test]
#[should_panic(expected = "the metadata key `hydranet.x` is reserved")]
fn reserved_keys_are_refused() {
    let _ = Writer::new(Vec::new(), &MIXED, &Metadata::from([("hydranet.x".to_owned(), String::new())]));
}

/// Fails after some bytes, as a full disk does.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_stays_a_full_disk() {
    let table = mixed(0..1000);
    let length = bytes(&table).len();
    for room in [0, 3, 100, length / 2, length - 1] {
        let error = write(&table, &metadata(), Full(room)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{room} bytes: {error}");
    }
    write(&table, &metadata(), Full(length)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_rows_come_back(rows in proptest::collection::vec(
        (0..=i64::MAX as u64, proptest::option::of(0..=i64::MAX as u64), proptest::num::f64::NORMAL,
         proptest::option::of(-1.0..1.0), ".{0,6}"), 0..40)) {
        let mut table = Table::new(&MIXED);
        for (c, nc, r, nr, t) in &rows {
            table.push(&[(*c).into(), (*nc).into(), (*r).into(), (*nr).into(), t.as_str().into()]).unwrap();
        }
        prop_assert_eq!(read_bytes(&bytes(&table), &MIXED).unwrap(), table);
    }
}
