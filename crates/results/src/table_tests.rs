use super::*;

static MIXED: Schema = Schema {
    name: "mixed",
    version: 1,
    fields: &[
        Field { name: "c", kind: ColumnKind::Count, unit: "", meaning: "" },
        Field { name: "nc", kind: ColumnKind::NullableCount, unit: "", meaning: "" },
        Field { name: "r", kind: ColumnKind::Real, unit: "", meaning: "" },
        Field { name: "nr", kind: ColumnKind::NullableReal, unit: "", meaning: "" },
        Field { name: "t", kind: ColumnKind::Text, unit: "", meaning: "" },
    ],
};

const GOOD: [Value<'static>; 5] =
    [Value::Count(1), Value::Count(7), Value::Real(0.5), Value::Missing, Value::Text("a")];

#[test]
fn refuses_whole_rows() {
    let check = |column: usize, value: Value<'static>, message: &str| {
        let mut table = Table::new(&MIXED);
        let mut row = GOOD;
        row[column] = value;
        assert_eq!(table.push(&row).unwrap_err().to_string(), message);
        assert_eq!(table, Table::new(&MIXED));
    };
    check(0, Value::Missing, "column `c` holds count, not Missing");
    check(2, Value::Missing, "column `r` holds real, not Missing");
    check(2, Value::Count(1), "column `r` holds real, not Count(1)");
    check(4, Value::Missing, "column `t` holds text, not Missing");
    check(4, Value::Count(3), "column `t` holds text, not Count(3)");
    check(1, Value::Text("3"), "column `nc` holds count or empty, not Text(\"3\")");
    check(0, Value::Count(1 << 63), "column `c` holds counts up to 2^63 - 1, not 9223372036854775808");
    let finite = "holds finite numbers, not";
    let advice = "give `Missing` for what cannot be computed";
    check(2, Value::Real(f64::NAN), &format!("column `r` {finite} NaN; {advice}"));
    check(3, Value::Real(f64::NEG_INFINITY), &format!("column `nr` {finite} -inf; {advice}"));
    let mut table = Table::new(&MIXED);
    let width = table.push(&GOOD[..4]).unwrap_err();
    assert_eq!(width.to_string(), "a row of table `mixed` has 5 values, not 4");
}

#[test]
fn columns_give_back_the_rows() {
    let mut table = Table::new(&MIXED);
    table.push(&GOOD).unwrap();
    table.push(&[2_u64.into(), None::<u64>.into(), 1e300.into(), Some(-0.25).into(), "".into()]).unwrap();
    assert_eq!(table.counts("c"), [1, 2]);
    assert_eq!(table.nullable_counts("nc"), [Some(7), None]);
    assert_eq!(table.reals("r"), [0.5, 1e300]);
    assert_eq!(table.nullable_reals("nr"), [None, Some(-0.25)]);
    assert_eq!(table.texts("t").iter().collect::<Vec<_>>(), ["a", ""]);
    assert_eq!(table.row(0), [Value::Count(1), Value::Count(7), Value::Real(0.5), Value::Missing, Value::Text("a")]);
    let mut twice = table.clone();
    twice.append(&table);
    twice.append_rows(&table, 1..2);
    assert_eq!(twice.rows(), 5);
    assert_eq!(twice.counts("c"), [1, 2, 1, 2, 2]);
    assert_eq!(twice.row(4), table.row(1));
}

#[test]
#[should_panic(expected = "column `r` of table `mixed` does not hold count")]
fn accessors_name_what_is_wrong() {
    Table::new(&MIXED).counts("r");
}

#[test]
#[should_panic(expected = "table `mixed` has no column `x`")]
fn accessors_name_what_is_missing() {
    Table::new(&MIXED).counts("x");
}
