use super::*;
use crate::schema::field;
use proptest::prelude::*;

static MIXED: Schema = Schema {
    name: "mixed",
    version: 1,
    fields: &[
        field("c", ColumnKind::Count, "", ""),
        field("nc", ColumnKind::NullableCount, "", ""),
        field("r", ColumnKind::Real, "", ""),
        field("nr", ColumnKind::NullableReal, "", ""),
        field("t", ColumnKind::Text, "", ""),
    ],
};

fn written(table: &Table) -> String {
    let mut out = Vec::new();
    write(table, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn numbers_nulls_and_quotes() {
    let mut table = Table::new(&MIXED);
    table.push(&[0_u64.into(), None::<u64>.into(), 0.1.into(), None::<f64>.into(), "a, \"b\"\nc".into()]).unwrap();
    table.push(&[9_u64.into(), 3_u64.into(), 2.0.into(), 1e-300.into(), "".into()]).unwrap();
    assert_eq!(written(&table), "c,nc,r,nr,t\n0,,0.1,,\"a, \"\"b\"\"\nc\"\n9,3,2.0,1e-300,\n");
    assert_eq!(written(&Table::new(&MIXED)), "c,nc,r,nr,t\n");
}

#[test]
fn spreadsheets_are_forgiven() {
    let table = read("\u{feff}t,r,nr,nc,c\r\nx,1,,,5\r\n".as_bytes(), &MIXED).unwrap();
    assert_eq!(table.row(0), [Value::Count(5), Value::Missing, Value::Real(1.0), Value::Missing, Value::Text("x")]);
}

#[test]
fn errors_name_line_and_column() {
    let check = |text: &str, message: &str| {
        assert_eq!(read(text.as_bytes(), &MIXED).unwrap_err().to_string(), message, "{text:?}");
    };
    check("", "table `mixed` needs a column `c`; the header has ");
    check("c,nc,r,nr\n", "table `mixed` needs a column `t`; the header has c, nc, r, nr");
    check("c,nc,r,nr,t,x\n", "table `mixed` has no column `x`; remove it");
    check("c,nc,r,nr,t,c\n", "table `mixed` has no second column `c`; remove it");
    check("c,nc,r,nr,t\n1,,1,,a\n,,1,,a\n", "line 3: column `c` holds count, not \"\"");
    check("c,nc,r,nr,t\n1.0,,1,,a\n", "line 2: column `c` holds count, not \"1.0\"");
    check("c,nc,r,nr,t\n-1,,1,,a\n", "line 2: column `c` holds count, not \"-1\"");
    check("c,nc,r,nr,t\n1,,x,,a\n", "line 2: column `r` holds real, not \"x\"");
    let not_finite = "column `nr` holds finite numbers, not NaN; give `Missing` for what cannot be computed";
    check("c,nc,r,nr,t\n1,,1,NaN,a\n", &format!("line 2: {not_finite}"));
    let short =
        "CSV error: record 1 (line: 2, byte: 12): found record with 2 fields, but the previous record has 5 fields";
    check("c,nc,r,nr,t\n1,2\n", short);
}

proptest! {
    #[test]
    fn reads_back_what_it_wrote(rows in proptest::collection::vec(
        (0..=i64::MAX as u64, proptest::option::of(0..1000_u64), proptest::num::f64::NORMAL,
         proptest::option::of(-1.0..1.0), "[a-z,\"\n\r é]{0,6}"), 0..20)) {
        let mut table = Table::new(&MIXED);
        for (c, nc, r, nr, t) in &rows {
            table.push(&[(*c).into(), (*nc).into(), (*r).into(), (*nr).into(), t.as_str().into()]).unwrap();
        }
        prop_assert_eq!(read(written(&table).as_bytes(), &MIXED).unwrap(), table);
    }
}

/// A disk that is full is called that, also when it is found out in the middle of a table.
#[test]
fn what_the_system_says_is_passed_on() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut table = Table::new(&MIXED);
    for _ in 0..10_000 {
        table.push(&[0_u64.into(), None::<u64>.into(), 0.1.into(), None::<f64>.into(), "text".into()]).unwrap();
    }
    assert_eq!(write(&table, Full).unwrap_err().kind(), io::ErrorKind::StorageFull);
}
