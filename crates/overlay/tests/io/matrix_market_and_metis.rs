//! Matrix Market and METIS.

use super::{load, load_as, outcome};

#[test]
fn matrix_market() {
    let check = |header: &str, body: &str, want: &str| {
        let text = format!("%%MatrixMarket matrix {header}\n% comment\n{body}");
        assert_eq!(outcome(load("net.mtx", &text)), want, "{text}");
    };
    check("coordinate pattern symmetric", "3 3 2\n2 1\n3 2\n", "1 2 3: 1-2 2-3");
    check("coordinate pattern general", "3 3 2\n2 1\n\n2 3", "1 2 3: 2>1 2>3");
    check("COORDINATE Real Symmetric", "2 2 2\n1 1 4\n2 1 -1.5e3\n", "1 2: 1-2");
    check("coordinate integer general", "2 2 1\r\n1 2 0\r\n", "1 2: 1>2");
    check("coordinate pattern symmetric", "4 4 0\n", "1 2 3 4:");
    for (header, body, want) in [
        (
            "coordinate pattern symmetric",
            "3 3 2\n2 1\n",
            ": the header promises 2 entries, there are 1: is it cut off?",
        ),
        ("coordinate pattern symmetric", "3 3 1\n2 1\n3 1\n", ":5: more than the 1 entries that the header promises"),
        ("coordinate pattern symmetric", "3 2 1\n2 1\n", ":3: 3 rows and 2 columns: a network is a square matrix"),
        ("coordinate pattern symmetric", "3 3 1\n0 1\n", ":4: the row `0` is not a number from 1 to 3"),
        ("coordinate pattern symmetric", "3 3 1\n1 4\n", ":4: the column `4` is not a number from 1 to 3"),
        ("coordinate pattern symmetric", "3 3 1\n1 2 5\n", ":4: too many columns: `1 2 5`"),
        ("coordinate real symmetric", "3 3 1\n1 2\n", ":4: expected row, column and a value, found `1 2`"),
        ("coordinate pattern symmetric", "3 3\n", ":3: expected rows, columns, entries; found `3 3`"),
        ("coordinate pattern symmetric", "", ": the file ends before the size of the matrix"),
        (
            "coordinate pattern symmetric",
            "4000000000 4000000000 1\n1 2\n",
            ":3: 4000000000 nodes and only 1 entries: this is not a network",
        ),
        ("array real general", "2 2\n", ": there are 0 values, the size promises more: is it cut off?"),
        (
            "coordinate quaternion general",
            "2 2\n",
            ":1: field `quaternion` is not supported; expected `%%MatrixMarket matrix coordinate|array \
             pattern|integer|real|complex general|symmetric|skew-symmetric|hermitian`",
        ),
    ] {
        check(header, body, &format!("net.mtx{want}"));
    }
    let general = "%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 2\n";
    assert_eq!(outcome(load_as("net.mtx", general, false)), "1 2: 1-2");
    assert_eq!(outcome(load_as("net.mtx", general.replace("general", "symmetric"), true)), "1 2: 1>2 2>1");
    // told by the content where the ending says nothing
    assert_eq!(outcome(load("net.unknown", general)), "1 2: 1>2");
}

#[test]
fn metis() {
    let check = |text: &str, want: &str| assert_eq!(outcome(load("net.graph", text)), want, "{text}");
    check("% c\n3 2\n2\n1 3\n2\n", "1 2 3: 1-2 2-3");
    check("3 1\n2\n1\n\n", "1 2 3: 1-2"); // an empty line is a node
    check("3 1 0\n\n3\n2\n\n\n", "1 2 3: 2-3");
    check("2 1 001\n2 7\n1 7\n", "1 2: 1-2");
    check("2 1 1\n2 7\n1 7\n", "1 2: 1-2");
    check("2 1 10\n5 2\n5 1\n", "1 2: 1-2");
    check("2 1 111 2\n9 5 6 2 7\n9 5 6 1 7\n", "1 2: 1-2");
    check("0 0\n", ":");
    for (text, want) in [
        ("% only\n", ": the file has no header"),
        ("3\n", ":1: not the header of a METIS file: `3`; expected `nodes edges [format [node weights]]`"),
        ("3 x\n", ":1: not a number of 32 bits: `3 x`; expected `nodes edges [format [node weights]]`"),
        (
            "3 1 12\n",
            ":1: the format is up to three digits, 0 or 1: `3 1 12`; expected `nodes edges [format [node weights]]`",
        ),
        ("3 1\n2\n1\n", ": the header promises 3 nodes, there are 2 lines: is it cut off?"),
        ("2 1\n2\n1\n1\n", ":4: more lines than the 2 nodes that line 1 promises"),
        ("2 1\n3\n1\n", ":2: the neighbour `3` is not a number from 1 to 2"),
        ("2 1 1\n2\n1 1\n", ":2: the line ends where the header's format promises a weight"),
        ("2 1 1\n2 x\n1 1\n", ":2: the weight `x` is not a number"),
        (
            "3 2\n2\n1\n\n",
            ": the header promises 2 edges, so 4 neighbours in all, each edge from both ends; there are 2",
        ),
        ("3 1\n2 3\n\n\n", ": node 1 lists 2 as a neighbour, but 2 does not list 1"),
    ] {
        check(text, &format!("net.graph{want}"));
    }
    let report = load("net.metis", "2 1 11\n5 2 7\n5 1 7\n").unwrap().report;
    assert_eq!((report.ignored["edge weights"], report.ignored["node sizes and weights"]), (2, 2));
}
