//! Files as other programs wrote them (see `tests/data/README.md`).

use super::drawn;
use hydranet_overlay::io::{Loaded, read};
use hydranet_overlay::{Role, Sources};
use std::path::Path;

fn fixture(name: &str) -> Loaded {
    read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

#[test]
fn karate_club_in_every_dress() {
    let plain = fixture("networkx-karate.edgelist");
    assert_eq!((plain.overlay.nodes(), plain.overlay.edges()), (34, 78));
    for name in
        ["networkx-karate.edgelist.gz", "networkx-karate-weights.csv", "networkx-karate.graphml", "scipy-karate.mtx"]
    {
        let other = fixture(name);
        assert_eq!(other.overlay.out(), plain.overlay.out(), "{name}");
        assert!(other.overlay.is_symmetric() && other.report.isolated == 0);
    }
    assert_eq!(fixture("networkx-karate-weights.csv").report.ignored["third and later columns"], 78);
    assert_eq!(fixture("networkx-karate.graphml").report.ignored["edge attribute weight"], 78);
    assert!(fixture("networkx-karate.edgelist.gz").report.compression.is_some());
}

#[test]
fn attributes_by_networkx() {
    let Loaded { overlay, report } = fixture("networkx-tiers.graphml");
    assert_eq!(
        drawn(&overlay),
        "boss c&c \"one\" bot 1 bot 2: boss>c&c \"one\" c&c \"one\">bot 1 c&c \"one\">bot 2 bot 1>bot 2"
    );
    assert_eq!(overlay.roles(), Some(&[Role::Operator, Role::Server, Role::Peer, Role::Peer][..]));
    assert_eq!(overlay.sources(), &Sources::Nodes(vec![0]));
    assert_eq!(overlay.provider(), Some(&[0, 1, 2, 2][..]));
    assert_eq!(overlay.routable(), Some(&[false, true, false, true][..]));
    assert_eq!(overlay.layer(), Some(&[0, 1, 2, 2][..]));
    assert_eq!(overlay.cost(), Some(&[100.0, 10.5, 1.0, 1.0][..]));
    assert_eq!(report.ignored["edge attribute rate"], 4);
    assert_eq!(report.notes, ["3 provider names are numbered in order of first appearance"]);
}

#[test]
fn rings_by_igraph() {
    let Loaded { overlay, report } = fixture("igraph-ring.graphml");
    assert_eq!(drawn(&overlay), "n0 n1 n2 n3 n4 n5: n0-n1 n0-n4 n1-n2 n2-n3 n3-n4");
    assert_eq!(overlay.layer(), Some(&[0, 1, 1, 2, 2, 3][..]));
    assert_eq!(overlay.routable(), Some(&[true, false, true, true, false, true][..]));
    assert_eq!(overlay.sources(), &Sources::Nodes(vec![0])); // no mark: the only server
    assert_eq!((report.isolated, report.ignored["node attribute name"]), (1, 6));
    assert_eq!(drawn(&fixture("igraph-ring.txt").overlay), "0 1 2 3 4: 0-1 0-4 1-2 2-3 3-4");
    let names = fixture("igraph-ring-names.txt");
    assert_eq!((names.overlay.nodes(), names.overlay.edges()), (5, 5));
    let directed = fixture("igraph-directed.graphml");
    assert_eq!(drawn(&directed.overlay), "n0 n1 n2: n0>n1 n1>n0");
    assert_eq!((directed.report.dropped.self_loops, directed.report.isolated), (1, 1));
}

#[test]
fn extras_of_yed() {
    let Loaded { overlay, report } = fixture("yed-groupless.graphml");
    assert_eq!(drawn(&overlay), "n0 n1: n0>n1");
    assert_eq!(overlay.roles(), Some(&[Role::Server, Role::Peer][..]));
    assert_eq!((report.ignored["element <port>"], report.comments), (1, 1));
}

#[test]
fn metis_manual() {
    let overlay = fixture("tiny.graph").overlay;
    assert_eq!((overlay.nodes(), overlay.edges(), overlay.is_symmetric()), (7, 11, true));
}
