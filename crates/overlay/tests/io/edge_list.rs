//! Edge lists: what is read, what is reported, what is refused.

use super::{drawn, load, load_as, outcome};
use hydranet_overlay::{Csr, Names, Overlay, io};

fn check(text: &str, want: &str) {
    assert_eq!(outcome(load("net.txt", text)), want, "{text:?}");
}

const RULE: &str = "an edge list has one edge a line: two names separated by spaces, tabs or a comma";

#[test]
fn all_that_is_a_link() {
    for text in [
        "0 1\n1 2\n",
        "0 1\n1 2",
        "0 1\r\n1 2\r\n",
        "0 1\r1 2\r",
        "0 1\r1 2",
        "0\t1\n1\t2\n",
        "0,1\n1,2\n",
        "0;1\n1;2\n",
        "0, 1\n1 ,2\n",
        "  0 1  \n\t1 2\t\n",
        "0   1\n1 \t 2\n",
        "\u{feff}0 1\n1 2\n",
        "# head\n0 1\n% in between\n1 2\n// tail\n#",
        "\n\n0 1\n \t\n1 2\n\n",
        "0 1 {}\n1 2 {'weight': 3}\n",
        "0 1 0.5\n1 2 0.25 x y\n",
        "0 1 # comment\n1 2\n",
        "1 2\n0 1\n",
        "1 0\n2 1\n",
        "0 1\n1 0\n1 2\n0 1\n2 2\n",
        "source,target\n0,1\n1,2\n",
        "Source;Target;Weight\n0;1;3\n1;2;4\n",
        "FromNodeId\tToNodeId\n0\t1\n1\t2\n",
        "who whom\n0 1\n1 2\n",
        "\"source\",\"target\"\n\"0\",\"1\"\n\"1\",\"2\"\n",
    ] {
        check(text, "0 1 2: 0-1 1-2");
    }
}

#[test]
fn names_and_numbers() {
    check("10 5\n5 7\n", "5 7 10: 5-7 5-10"); // integers: by size
    check("4294967296 0\n", "0 4294967296: 0-4294967296");
    check("18446744073709551615 3\n3 4\n", "3 4 18446744073709551615: 3-4 3-18446744073709551615");
    // 10²⁰ does not fit in 64 bits: a word, and words are numbered by first appearance
    check("7 3\n100000000000000000000 3\n", "7 3 100000000000000000000: 7-3 3-100000000000000000000");
    check("7 3\n99999999999999999999 3\n", "7 3 99999999999999999999: 7-3 3-99999999999999999999");
    check("b a\na c\n", "b a c: b-a a-c");
    check("2 1\n1 x\n", "2 1 x: 2-1 1-x");
    check("1 01\n", "1 01: 1-01");
    check("-1 1\n", "-1 1: -1-1");
    check("+1 1\n", "+1 1: +1-1");
    check("1 1.0\n", "1 1.0: 1-1.0");
    check("é ü\n", "é ü: é-ü");
    check("\"a b\" \"c,d\"\n", "a b c,d: a b-c,d");
    check("a b\n", "a b: a-b"); // one line of two words is no header
    check("a b\n1 2\n2 c\n", "a b 1 2 c: a-b 1-2 2-c"); // nor is it one above words
    check("u v\n1 2\n", "1 2: 1-2");
    check("x 1\n1 2\n", "x 1 2: x-1 1-2");
    check("5 5\n", "5:");
    check("4294967296 1\na b\n", "4294967296 1 a b: 4294967296-1 a-b");
    check("a a#b\n", "a a#b: a-a#b");
    let loaded = load("net.txt", "0 1\n1 2\n").unwrap();
    assert_eq!(loaded.overlay.names(), &Names::Dense);
}

#[test]
fn what_is_refused() {
    for (text, want) in [
        ("", "net.txt: the file is empty".to_owned()),
        ("# only\n\n% comments\n", "net.txt: holds no edge; an edge list has one edge a line: two node names".into()),
        ("source target\n", "net.txt: holds no edge; an edge list has one edge a line: two node names".into()),
        ("0 1\n12\n", format!("net.txt:2: expected two node names, found one (`12`); {RULE}")),
        ("0 1\r\r12", format!("net.txt:3: expected two node names, found one (`12`); {RULE}")),
        ("a # b\n", format!("net.txt:1: expected two node names, found one (`a`); {RULE}")),
        ("12,\n", format!("net.txt:1: expected two node names, found one (`12`); {RULE}")),
        ("1,,2\n", format!("net.txt:1: the second name is empty; {RULE}")),
        (",1,2\n", format!("net.txt:1: the first name is empty; {RULE}")),
        ("a \"\"\n", format!("net.txt:1: a name is empty; {RULE}")),
        ("0 1\n0 1\n\"a b\n", "net.txt:3: a quote is opened and not closed in this line".into()),
        ("\"a\"b c\n", "net.txt:1: after the closing quote of `\"a\"` a separator must follow".into()),
        ("0 1\n0\0 2\n", "net.txt:2: not text: byte 0x00; is this a binary file?".into()),
        ("# \u{7f}\n0 1\n", "net.txt:1: not text: byte 0x7f; is this a binary file?".into()),
    ] {
        check(text, &want);
    }
    let latin1 = load("net.txt", b"# caf\xe9\n0 1\ncaf\xe9 2\n").unwrap_err().to_string();
    assert_eq!(latin1, "net.txt:3: not text: byte 0xe9 is not UTF-8; save the file as UTF-8");
    let utf16 = load("net.txt", b"\xff\xfe0\0 \x001\0x").unwrap_err().to_string();
    assert_eq!(utf16, "net.txt: UTF-16 text with half a character at its end, after `0 1`");
}

#[test]
fn what_is_reported() {
    let text = "# Nodes: 4 Edges: 9\nsource,target,weight\n1,2,.5\n2,1,.5\n3,3,1\n% x\n1,2\n";
    let report = load("net.csv", text).unwrap().report;
    assert_eq!(
        report.to_string(),
        "table: 3 nodes, 1 edges, undirected\n\
         dropped: 1 self-loops, 2 duplicates\n\
         isolated nodes, kept: 1\n\
         column titles: source,target,weight\n\
         comments: 2\n\
         ignored: third and later columns (3 times)\n\
         warning: the file announces 4 nodes and 9 edges, it lists 4: is it cut off?"
    );
    let guessed = load("net.csv", "who,whom,when\n1,2,3\n2,3,4\n").unwrap().report;
    assert_eq!(guessed.header.as_deref(), Some("who,whom,when"));
    assert_eq!((guessed.listed, guessed.ignored["third and later columns"]), (2, 2));
    assert!(!load("net.txt", "# Nodes: 3 Edges: 3\n0 1\n1 0\n1 2\n").unwrap().report.contradicts_announcement());
}

#[test]
fn direction_on_request() {
    assert_eq!(outcome(load_as("net.txt", "0 1\n1 0\n1 2\n1 2\n", true)), "0 1 2: 0>1 1>0 1>2");
    assert_eq!(outcome(load_as("net.txt", "0 1\n1 0\n1 2\n1 2\n", false)), "0 1 2: 0-1 1-2");
    let ours = "# Hydranet edge list, directed: x\n0 1\n";
    assert_eq!(outcome(load("net.txt", ours)), "0 1: 0>1");
    let loaded = load_as("net.txt", ours, false).unwrap();
    assert_eq!((drawn(&loaded.overlay).as_str(), loaded.report.direction_dropped), ("0 1: 0-1", true));
}

#[test]
fn nodes_of_our_own_files() {
    check("# Hydranet edge list\n# node 2\n0 1\n", "0 1 2: 0-1");
    check("# Hydranet edge list\n# node b\n# node 7\nsource target\n", "b 7 source target: source-target");
    check("# Hydranet edge list\n# node 5\n# node 9\n", "5 9:");
    check("# Hydranet edge list\n# Nodes: 0 Edges: 0\n", ":");
    check("0 1\n# Hydranet edge list\n# node 2\n", "0 1: 0-1"); // not the first line: a comment
    check("# node 2\n0 1\n", "0 1: 0-1");
    check("# Hydranet edge list\n# node a b\n", "net.txt:2: expected the name of one node after `# node`, found `a b`");
}

#[test]
fn what_is_written() {
    let overlay = Overlay::symmetric(Csr::from_edges(4, &[[0, 1], [3, 1]]).0);
    let mut text = Vec::new();
    io::write_edge_list(&overlay, &mut text).unwrap();
    assert_eq!(
        String::from_utf8(text).unwrap(),
        "# Hydranet edge list: one edge a line; `# node NAME` is a node, with or without links\n\
         # Nodes: 4 Edges: 2\n# node 2\n0\t1\n1\t3\n"
    );
}

#[test]
fn names_that_have_no_place() {
    for name in ["", "a b", "a\tb", "a,b", "a;b", "#a", "%", "//x", "\"a", "a\n", "\u{feff}a", "a\u{1}"] {
        let names = Names::from_strings([name, "x"]);
        let overlay = Overlay::symmetric(Csr::from_edges(2, &[[0, 1]]).0).with_names(names);
        let error = io::write_edge_list(&overlay, std::io::sink()).unwrap_err().to_string();
        assert!(error.starts_with("edge list: the node name ") && error.ends_with("write GraphML (.graphml) instead"));
    }
    for names in [Names::from_strings(["x", "x"]), Names::from_integers(vec![7, 7])] {
        let overlay = Overlay::symmetric(Csr::empty(2)).with_names(names);
        let error = io::write_edge_list(&overlay, std::io::sink()).unwrap_err().to_string();
        assert!(error.starts_with("two nodes are called ") && error.ends_with("names in a file are unique"), "{error}");
    }
}
