//! Files that users of such tools report, each with its right value, counted by hand. All are invented.

use super::load_as;
use hydranet_overlay::io::{Loaded, ReadOptions, read, read_from};
use std::path::Path;

/// Nodes, links, nodes of the largest component.
fn figures(loaded: &Loaded) -> (u32, u64, u32) {
    let overlay = &loaded.overlay;
    let csr = overlay.closure();
    let mut seen = vec![false; csr.nodes() as usize];
    let mut largest = 0;
    for start in 0..csr.nodes() {
        let mut open = vec![start];
        let mut size = 0;
        while let Some(v) = open.pop() {
            if !std::mem::replace(&mut seen[v as usize], true) {
                size += 1;
                open.extend(csr.row(v));
            }
        }
        largest = largest.max(size);
    }
    (overlay.nodes(), csr.arcs() / 2, largest)
}

#[test]
fn reported_files() {
    for (file, want) in [
        ("a1-names-blanks-comma/streets.csv", (3, 3, 3)),
        ("b1-id-source-target/links.csv", (3, 3, 3)),
        ("b4-time-first/contacts.csv", (4, 3, 4)),
        ("c1-pajek-with-counts/ring.net", (4, 4, 4)),
        ("c2-json-node-link/graph.json", (3, 2, 3)),
        ("c6-adjacency-matrix/matrix.csv", (4, 4, 4)),
        ("c9-lgl-weighted/small.lgl", (4, 3, 4)),
        ("d1-header-peers/crawl.csv", (3, 3, 3)),
        ("e1-key-id-node-edge/named.graphml", (3, 2, 3)),
        ("f1-cost-int-and-float/costs.graphml", (3, 2, 3)),
        ("g1-role-other-meaning/office.graphml", (3, 2, 3)),
        ("h1-tuples/printed.txt", (4, 3, 4)),
        ("i1-konect-bip/out.visits", (6, 4, 4)),
        ("p1-order-file-bom/p.txt", (5, 4, 5)),
        ("q1-both-directions/snap.txt", (4, 3, 4)),
        ("r1-leading-zeros/padded.txt", (5, 3, 3)),
        ("s1-banner-edges/web.edges", (4, 4, 4)),
        ("t1-gml-message/tri.gml", (2, 1, 2)),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
        let loaded = read(path).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(figures(&loaded), want, "{file}: {}", loaded.report);
    }
}

#[test]
fn what_they_say_beside() {
    let case = |file: &str| read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file)).unwrap();
    assert_eq!(case("f1-cost-int-and-float/costs.graphml").overlay.cost(), Some(&[1.0, 2.5, 3.0][..]));
    let office = case("g1-role-other-meaning/office.graphml");
    assert!(
        office.overlay.roles().is_none() && office.report.to_string().contains("attribute role means something else")
    );
    assert!(!case("q1-both-directions/snap.txt").report.to_string().contains("cut off"));
    assert!(case("i1-konect-bip/out.visits").report.to_string().contains("two kinds of nodes"));
    assert_eq!(case("d1-header-peers/crawl.csv").report.header.as_deref(), Some("peer_id,neighbor_id"));
}

/// Name, text, options as a command line has them, figures; or words of the refusal.
type Kind = (&'static str, &'static str, &'static str, Result<(u32, u64, u32), &'static str>);

fn options(line: &str) -> ReadOptions {
    let mut options = ReadOptions::default();
    let mut words = line.split(' ').filter(|w| !w.is_empty());
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("a value");
        match word {
            "--header" => options.header = Some(value() == "yes"),
            "--columns" => options.columns = Some(ReadOptions::columns_of(value()).unwrap()),
            "--sep" => options.separator = Some(ReadOptions::separator_of(value()).unwrap()),
            "--directed" => options.directed = Some(true),
            "--format" => options.format = Some(hydranet_overlay::io::Format::from_key(value()).unwrap()),
            "--ignore-attributes" => options.ignore_attributes = true,
            other => panic!("{other}"),
        }
    }
    options
}

const KINDS: &[Kind] = &[
    // a: one separator a file, blanks in names, quotes
    ("n.csv", "source;target\nA B;C D\nC D;E F\n", "", Ok((3, 2, 3))),
    ("n.tsv", "A B\tC D\nC D\tE F\n", "", Ok((3, 2, 3))),
    ("n.csv", "from,to\n\"Smith, J\",\"Doe, A\"\n\"Doe, A\",\"Roe, \"\"R\"\"\"\n", "", Ok((3, 2, 3))),
    ("n.csv", "from,to\n\"a\nb\",c\nc,d\n", "", Ok((3, 2, 3))),
    ("n.csv", "'Smith, J','Doe, A'\n'Doe, A','Roe, R'\n", "", Ok((3, 2, 3))),
    ("n.csv", "sep=;\nsource;target\na,b;c\nc;d\n", "", Ok((3, 2, 3))),
    ("n.txt", "Smith,J Doe,A\nDoe,A Roe,R\n", "", Err("--sep")),
    ("n.txt", "Smith,J Doe,A\nDoe,A Roe,R\n", "--sep space", Ok((3, 2, 3))),
    ("n.csv", "source,target\na,b\nb c\n", "", Err("n.csv:3: expected two columns, separated by comma")),
    ("n.csv", "source,target\n#a,b\n", "", Err("holds no edge")),
    ("n.csv", "source,target\na,#b\n#b,c\n", "", Err("n.csv:3: begins with `#` like a comment")),
    // b: which columns
    ("n.csv", "id,src_ip,dst_ip,bytes\n1,10.0.0.1,10.0.0.2,9\n2,10.0.0.2,10.0.0.3,9\n", "", Ok((3, 2, 3))),
    ("n.csv", ",source,target\n0,a,b\n1,b,c\n", "", Ok((3, 2, 3))),
    ("n.tsv", "\tsource\ttarget\n0\ta\tb\n1\tb\tc\n", "", Ok((3, 2, 3))),
    ("n.txt", "\t1\t2\n\t2\t3\n", "", Ok((3, 2, 3))),
    ("n.csv", "Unnamed: 0,who,whom\n0,a,b\n1,b,c\n", "", Ok((3, 2, 3))),
    ("n.csv", "weight,Source,Target\n0.5,a,b\n0.5,b,c\n", "", Ok((3, 2, 3))),
    ("n.csv", "time,u,v\n5,1,2\n6,2,3\n", "", Ok((3, 2, 3))),
    ("n.csv", "2021-03-04T10:00:00,a,b\n2021-03-04T10:00:20,b,c\n", "", Ok((3, 2, 3))),
    ("n.txt", "1700000001 1 2\n1700000002 2 3\n", "", Ok((3, 2, 3))),
    ("n.csv", "id,alpha,beta,gamma\n1,a,b,x\n2,b,c,y\n", "", Err("--columns a,b")),
    ("n.csv", "id,alpha,beta,gamma\n1,a,b,x\n2,b,c,y\n", "--columns alpha,beta", Ok((3, 2, 3))),
    ("n.csv", "1,a,b\n2,b,c\n", "--columns 2,3", Ok((3, 2, 3))),
    ("n.csv", "a,b\nb,c\n", "--columns x,y", Err("no column is called `x`")),
    ("n.txt", "\"from\" \"to\" \"w\"\n\"1\" \"a\" \"b\" 3\n\"2\" \"b\" \"c\" 4\n", "", Ok((3, 2, 3))),
    ("n.csv", "# source, target, weight\n0,1,5\n1,2,5\n", "", Ok((3, 2, 3))),
    ("n.csv", "source,target\n1,2.0\n2,3.0\n3,1.0\n", "", Ok((3, 3, 3))),
    // d and r: titles on evidence
    ("n.csv", "router_a,router_b\nx,y\ny,z\n", "", Ok((3, 2, 3))),
    ("n.csv", "hunter,hunted\nwolf,deer\nlion,deer\n", "", Err("--header yes or --header no")),
    ("n.csv", "hunter,hunted\nwolf,deer\nlion,deer\n", "--header yes", Ok((3, 2, 3))),
    ("n.csv", "hunter,hunted\nwolf,deer\nlion,deer\n", "--header no", Ok((5, 3, 3))),
    ("n.txt", "001 002\n1 2\n", "", Ok((4, 2, 2))),
    ("n.txt", "-1 -2\n1 2\n", "", Ok((4, 2, 2))),
    ("n.txt", "1.0 2.0\n2.0 3.0\n", "", Ok((3, 2, 3))),
    ("n.csv", "node1,node2\nnode2,node3\nnode3,node1\n", "", Ok((3, 3, 3))),
    ("n.txt", "ann bob\n1 2\n2 3\n", "--header no", Ok((5, 3, 3))),
    ("n.txt", "1 2\n2 3\n", "--header yes", Ok((2, 1, 2))),
    // h: decorated pairs
    ("n.txt", "a -> b\nb -> c\n", "", Ok((3, 2, 3))),
    ("n.txt", "a -- b\nb -- c\n", "", Ok((3, 2, 3))),
    ("n.txt", "1 | 2\n2 | 3\n", "", Ok((3, 2, 3))),
    ("n.txt", "[(1, 2), (2, 3)]", "", Ok((3, 2, 3))),
    ("n.txt", "('a b', 'c', {'weight': 3})\n('c', 'd', {})\n", "", Ok((3, 2, 3))),
    ("n.txt", "EdgeView([(0, 1), (1, 2)])", "", Ok((3, 2, 3))),
    ("n.txt", "((0, 0), (0, 1))\n((0, 1), (1, 1))\n", "", Ok((3, 2, 3))),
    ("n.txt", "<1, 2>\n<2, 3>\n", "", Err("brackets")),
    ("n.txt", "a -> b -> c\nc -> d\n", "", Ok((4, 3, 4))),
    ("n.edgelist", "0 1 {'weight': 3, 'c': 'x'}\n1 2 {}\n", "", Ok((3, 2, 3))),
    ("n.txt", "Edge(1, 2)\nEdge(2, 3)\n", "", Err("bracket")),
    ("n.txt", "link 1 2\nlink 2 3\n", "", Err("--columns 2,3")),
    ("n.txt", "link 1 2\nlink 2 3\n", "--columns 2,3", Ok((3, 2, 3))),
    ("n.txt", "hub a 1.5\nhub b 2\n", "", Ok((3, 2, 3))),
    ("n.txt", "1: a b\n2: b c\n", "", Err("numbered pairs")),
    ("n.nt", "<http://a> <http://p> <http://b> .\n<http://b> <http://p> <http://c> .\n", "", Err("N-Triples")),
    ("n.txt", "'a b' 'c d'\n'c d' 'e f'\n", "", Ok((3, 2, 3))),
    ("n.txt", "10.0.0.1 10.0.0.2\n1 2\n", "", Ok((4, 2, 2))),
    // i: collections
    ("out.x", "% bip weighted\n% 3 2 2\n1 1 5\n1 2 5\n2 2 5\n", "", Ok((4, 3, 4))),
    ("as-rel.txt", "# source:x\n1|2|-1\n2|3|0\n", "", Ok((3, 2, 3))),
    ("out.y", "% asym weighted\n1 2\t1\t1082008561\n2 3\t1\t1082008562\n", "", Ok((3, 2, 3))),
    // c: other formats under any name
    ("n.txt", "*Vertices 3\n*Arcslist\n1 2 3\n", "", Ok((3, 2, 3))),
    ("n.txt", "digraph G { a -> b -> c; subgraph { d e } -> a [x=1]; f:p:n -> g }", "", Ok((7, 5, 5))),
    ("n.txt", "c x\np edge 3 2\ne 1 2\ne 2 3\n", "", Ok((3, 2, 3))),
    ("n.txt", "#x\n# GMT now\n#\na b c\nb\nc d\nd\n", "", Ok((4, 3, 4))),
    ("n.txt", "a: b c\nb: c\nc:\n", "", Ok((3, 3, 3))),
    ("n.txt", "1 2 3\n2 3\n3 1\n", "", Ok((3, 3, 3))),
    ("n.txt", "a b c\nb d\n", "", Err("--format adjacency-list")),
    ("n.txt", "a b c\nb d\n", "--format adjacency-list", Ok((4, 3, 4))),
    ("n.txt", "4 4\n2 4\n1 3\n2 4\n1 3\n", "", Ok((4, 4, 4))),
    ("n.txt", "1 January\n2 March\n#\n1 2\n", "", Ok((2, 1, 2))),
    ("n.txt", "# a\nb 1.0\nc 2.0\n# c\nd 0.5\n", "", Ok((4, 3, 4))),
    ("n.csv", ",a,b,c\na,0,1,0\nb,1,0,2\nc,0,2,0\n", "", Ok((3, 2, 3))),
    ("n.csv", "a,b,c\n0,1,0\n1,0,1\n0,1,0\n", "", Ok((3, 2, 3))),
    ("n.txt", "0 1 0\n1 0 1\n0 1 0\n", "", Ok((3, 2, 3))),
    ("n.txt", "0 1 1\n1 2 1\n2 0 1\n", "", Ok((3, 3, 3))), // weights, not a matrix
    ("n.txt", "1 2 1 100\n2 3 1 101\n3 4 1 102\n4 5 1 103\n", "", Ok((5, 4, 5))),
    ("n.json", "[[1, 2], [2, 3]]", "", Ok((3, 2, 3))),
    (
        "n.json",
        "{\"nodes\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"links\":[{\"source\":0,\"target\":1}]}",
        "",
        Ok((2, 1, 2)),
    ),
    ("n.json", "{\"a\": [\"b\"], \"b\": [\"a\", \"c\"], \"c\": []}", "", Ok((3, 2, 3))),
    ("n.json", "{\"x\": 1}", "", Err("this JSON is no network")),
    ("n.txt", "Bw\n", "", Ok((3, 3, 3))),
    ("n.txt", ":Fa@x^\n", "--format graph6", Ok((7, 4, 3))),
    ("n.txt", "PK\u{3}\u{4}", "", Err("Excel")),
    ("n.txt", "nodedef> name\n", "", Err("GDF")),
    ("n.dl", "dl n=3 format=edgelist1\nlabels embedded\ndata:\na b\nb c\n", "", Ok((3, 2, 3))),
    ("n.dl", "DL N = 3\nDATA:\n0 1 0\n1 0 1\n0 1 0\n", "", Ok((3, 2, 3))),
    (
        "n.gexf",
        "<gexf><graph><nodes><node id='a'/><node id='b'/></nodes><edges><edge source='a' target='b'/></edges></graph></gexf>",
        "",
        Ok((2, 1, 2)),
    ),
    ("n.mtx", "%%MatrixMarket matrix coordinate real skew-symmetric\n3 3 2\n2 1 -1\n3 2 1\n", "", Ok((3, 2, 3))),
    ("n.mtx", "%%MatrixMarket matrix coordinate complex hermitian\n3 3 2\n2 1 1 1\n3 2 1 -1\n", "", Ok((3, 2, 3))),
    ("w.edges", "%%MatrixMarket matrix coordinate real symmetric\n% 3 3 2\n2 1 0.5\n3 2 1\n", "", Ok((3, 2, 3))),
    ("w.edges", "%%MatrixMarket matrix coordinate integer symmetric\n2 1 5\n3 2 1\n", "", Ok((3, 2, 3))),
    ("n.mtx", "%%MatrixMarket matrix array real general\n2 2\n0\n1\n1\n0\n", "", Ok((2, 1, 2))),
    // e and g: GraphML
    (
        "n.graphml",
        "<graphml><graph edgedefault='directed'><node id='g'><graph><node id='a'/><node id='b'/></graph></node><edge source='a' target='b'/></graph></graphml>",
        "",
        Ok((3, 1, 2)),
    ),
    (
        "n.graphml",
        "<graphml><graph edgedefault='undirected'><edge source='a' target='b'/></graph><graph/></graphml>",
        "",
        Ok((2, 1, 2)),
    ),
];

#[test]
fn kinds_of_files() {
    for (name, text, line, want) in KINDS {
        let found = read_from(text.as_bytes(), name, &options(line));
        match (found, want) {
            (Ok(loaded), Ok(want)) => assert_eq!(figures(&loaded), *want, "{name} {text:?} {line}: {}", loaded.report),
            (Err(error), Err(words)) => {
                let said = error.to_string();
                assert!(said.contains(words), "{name} {text:?} {line}: {said}");
            }
            (Ok(loaded), Err(words)) => panic!("{name} {text:?} {line}: not refused ({words}): {}", loaded.report),
            (Err(error), Ok(_)) => panic!("{name} {text:?} {line}: {error}"),
        }
    }
}

#[test]
fn utf16_is_read() {
    for big in [false, true] {
        let units = "\u{feff}source\ttarget\r\nä b\tc\r\nc\td\r\n".encode_utf16();
        let bytes: Vec<u8> = units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
        let loaded = load_as("n.txt", bytes, false).unwrap();
        assert_eq!(figures(&loaded), (3, 2, 3), "{}", loaded.report);
    }
}
