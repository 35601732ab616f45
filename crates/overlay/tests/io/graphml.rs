//! GraphML: what is read, what is reported, what is refused.

use super::{drawn, load, load_as, outcome};
use hydranet_overlay::{Role, Sources};

/// A file of one graph.
fn file(keys: &str, default: &str, graph: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<graphml>{keys}\n<graph edgedefault=\"{default}\">\n{graph}</graph></graphml>\n")
}

fn key(name: &str, default: &str) -> String {
    let default = if default.is_empty() { String::new() } else { format!("<default>{default}</default>") };
    format!("<key id=\"k\" for=\"node\" attr.name=\"{name}\">{default}</key>")
}

fn check(text: &str, want: &str) {
    assert_eq!(outcome(load("net.graphml", text)), want, "{text}");
}

const NODES: &str = "<node id=\"a\"/><node id=\"b\"/>";

#[test]
fn links() {
    let path = format!("{NODES}<edge source=\"a\" target=\"b\"/>");
    check(&file("", "undirected", &path), "a b: a-b");
    check(&file("", "directed", &path), "a b: a>b");
    check(&file("", "directed", "<node id=\"b\"/><edge source=\"b\" target=\"a\"/><node id=\"a\"></node>"), "b a: b>a");
    check(&file("", "undirected", ""), ":");
    check(&file("", "undirected", "<node id=\"\"/>"), ":");
    let mixed = format!("{path}<node id=\"c\"/><edge source=\"b\" target=\"c\" directed=\"true\"/>");
    check(&file("", "undirected", &mixed), "a b c: a>b b>a b>c");
    check(&file("", "directed", &path.replace("/>", " directed='false'/>")), "a b: a>b b>a");
    assert_eq!(outcome(load_as("net.graphml", file("", "undirected", &path), true)), "a b: a>b b>a");
    let dropped = load_as("net.graphml", file("", "directed", &path), false).unwrap();
    assert_eq!((drawn(&dropped.overlay).as_str(), dropped.report.direction_dropped), ("a b: a-b", true));
    let twice = format!("{path}<edge source=\"b\" target=\"a\"/><edge source=\"b\" target=\"b\"/>");
    let report = load("net.graphml", file("", "undirected", &twice)).unwrap().report;
    assert_eq!((report.dropped.duplicates, report.dropped.self_loops), (1, 1));
    check("<graphml><graph><node id='a'/></graph></graphml>", "a:");
    check(
        "<g:graphml xmlns:g='x'><g:graph edgedefault='directed'><g:node id='a'/><node id='b'/></g:graph></g:graphml>",
        "a:",
    );
    check("\u{feff}<graphml><graph edgedefault='directed'/></graphml> <!-- end -->\n", ":");
    // integer names are numbered as they come, too
    check(&file("", "directed", "<node id='7'/><node id='3'/><edge source='3' target='7'/>"), "7 3: 3>7");
    check(&file("", "directed", "<node id='&lt;&#65;&#x42;&amp;&#10;'/>"), "<AB&\n:");
    check(&file("", "directed", "<node id='a\nb'/>"), "a b:");
}

#[test]
fn what_is_refused() {
    let graph = |inner: &str| file("", "undirected", inner);
    for (text, want) in [
        (graph("<node/>"), "4:1: a <node> has no id"),
        (graph("<node id='a'/>\n<node id='a'/>"), "5:1: a second node with the id `a`"),
        (graph("<node id='a'/>\n  <edge source='a'/>"), "5:3: an <edge> needs both source and target"),
        (graph("<edge source='a' target='b' directed='maybe'/>"), "4:1: directed is `maybe`; expected true or false"),
        (graph("<hyperedge/>"), "4:1: hyperedges are not supported: an edge joins two nodes"),
        (graph("text"), "4:1: expected an element, found the text `text`"),
        (graph("<node id='&lol;'/>"), "4:1: at 1..4: unrecognized entity `lol`; entities are not expanded"),
        (graph("<node id=a/>"), "4:1: malformed XML: position 8: attribute value must be enclosed in `\"` or `'`"),
        (
            graph("<node id='a' id='b'/>"),
            "4:1: malformed XML: position 12: duplicated attribute, previous declaration at position 5",
        ),
        (graph("</node>"), "4:1: malformed XML: ill-formed document: expected `</graph>`, but `</node>` was found"),
        (
            graph("<node id='a'"),
            "4:1: malformed XML: position 18: attribute key must be directly followed by `=` or space",
        ),
        (file("", "sideways", ""), "3:1: edgedefault is `sideways`; expected directed or undirected"),
        ("<graphml>\n<graph>".to_owned(), "2:8: the file ends inside <graph>, which begins in line 2: it is cut off"),
        ("<?xml version='1.0'?>".to_owned(), "1:22: the file ends before <graphml>"),
        ("<?xml version='1.0'?><html/>".to_owned(), "1:22: expected <graphml>, found `<html>`: this is another format"),
        ("0 1\n".to_owned(), "1:1: expected <graphml>, found `0 1`"),
        ("<graphml/>".to_owned(), " there is no <graph> in this file"),
        ("<graphml><graph/></graphml><x/>".to_owned(), "1:28: something follows after </graphml>"),
    ] {
        let found = outcome(load("net.graphml", &text));
        assert_eq!(found, format!("net.graphml:{want}"), "{text}");
    }
}

#[test]
fn attributes_fill_the_overlay() {
    let data = |a: &str| {
        format!("<node id='a'><data key='k'>{a}</data></node><node id='b'/><node id='c'><data key='k'/></node>")
    };
    let with = |name: &str, default: &str, a: &str| {
        load("net.graphml", file(&key(name, default), "directed", &data(a).replace("<data key='k'/>", "")))
    };
    let ok = |name: &str, default: &str, a: &str| with(name, default, a).unwrap().overlay;
    assert_eq!(ok("Role", "relay", " SERVER\n").roles(), Some(&[Role::Server, Role::Relay, Role::Relay][..]));
    assert_eq!(ok("role", "", "operator").roles(), Some(&[Role::Operator, Role::Peer, Role::Peer][..]));
    assert_eq!(ok("source", "", "1").sources(), &Sources::Nodes(vec![0]));
    assert_eq!(ok("source", "True", "false").sources(), &Sources::Nodes(vec![1, 2]));
    assert_eq!(ok("source", "", "false").sources(), &Sources::Nodes(vec![]));
    assert_eq!(ok("routable", "false", "TRUE").routable(), Some(&[true, false, false][..]));
    assert_eq!(ok("LAYER", "2", "1.0").layer(), Some(&[1, 2, 2][..]));
    assert_eq!(ok("cost", "1e-3", "2.5").cost(), Some(&[2.5, 1e-3, 1e-3][..]));
    assert_eq!(ok("provider", "7", "3").provider(), Some(&[3, 7, 7][..]));
    assert_eq!(ok("provider", "x &amp; y", "<![CDATA[z]]>").provider(), Some(&[0, 1, 1][..]));
    assert_eq!(ok("provider", "7", "z").provider(), Some(&[0, 1, 1][..]));
    for (name, default, a, want) in [
        (
            "cost",
            "",
            "1",
            ": node `b` has no cost, but the file declares it: give every node one, or a <default> in the <key>, or leave it out with --ignore-attributes",
        ),
        (
            "role",
            "peer",
            "king",
            ":4:14: role `king` is not allowed: operator, server, relay or peer; rename the attribute if it means something \
             else, or leave attributes out with --ignore-attributes",
        ),
        (
            "layer",
            "1",
            "65536",
            ":4:14: layer `65536` is not allowed: a whole number from 0 to 65535; rename the attribute if it means something \
             else, or leave attributes out with --ignore-attributes",
        ),
        (
            "cost",
            "0",
            "1",
            ":2:50: cost `0` is not allowed: a number above 0; rename the attribute if it means something else, or leave \
             attributes out with --ignore-attributes",
        ),
    ] {
        assert_eq!(outcome(with(name, default, a)), format!("net.graphml{want}"));
    }
    // none of its values is ours: the attribute means something else
    let strange = with("source", "", "http").unwrap();
    assert_eq!(strange.overlay.sources(), &Sources::AnyNode);
    assert_eq!(strange.report.notes, ["attribute source means something else here (`http`, 1 values): left out"]);
    let two = "<key id='k' for='node' attr.name='role'/><key id='l' for='all' attr.name='ROLE'/>";
    check(&file(two, "directed", ""), ":");
    check(
        &file("<key id='k'/><key id='k'/>", "directed", ""),
        "net.graphml:2:23: a second <key> with the id `k` for all",
    );
}

#[test]
fn where_commands_enter_by_role() {
    let with = |graph_data: &str, roles: [&str; 3]| {
        let sources = "<key id='s' for='graph' attr.name='command_sources'/>";
        let node = |(i, role): (usize, &str)| format!("<node id='{i}'><data key='k'>{role}</data></node>");
        let nodes: String = roles.into_iter().enumerate().map(node).collect();
        load("n.xml", file(&(key("role", "") + sources), "directed", &(graph_data.to_owned() + &nodes)))
    };
    let sources = |data: &str, roles| with(data, roles).unwrap().overlay.sources().clone();
    assert_eq!(sources("", ["operator", "server", "server"]), Sources::Nodes(vec![1, 2]));
    assert_eq!(sources("", ["peer", "operator", "relay"]), Sources::Nodes(vec![1]));
    assert_eq!(sources("", ["peer", "relay", "peer"]), Sources::AnyNode);
    assert_eq!(sources("<data key='s'>any</data>", ["peer", "server", "peer"]), Sources::AnyNode);
    let bad = outcome(with("<data key='s'>all</data>", ["peer"; 3]));
    assert_eq!(bad, "n.xml:4:1: command_sources is `all`; only `any` is allowed; mark nodes with the attribute source");
}

#[test]
fn what_is_reported() {
    let keys = "<key id='w' for='edge' attr.name='weight'/>".to_owned() + &key("label", "");
    let graph = "<!-- c --><node id='a'><data key='k'>x</data><port name='p'/></node><node id='b'/>\
                 <edge source='a' target='b'><data key='w'>1</data><data key='z'>1</data></edge><y:extra/>";
    let report = load("net.graphml", file(&keys, "undirected", graph)).unwrap().report;
    assert_eq!(
        report.to_string(),
        "GraphML: 2 nodes, 1 edges, undirected\n\
         comments: 1\n\
         ignored: edge attribute weight (1 times)\n\
         ignored: element <port> (1 times)\n\
         ignored: element <y:extra> (1 times)\n\
         ignored: node attribute label (1 times)\n\
         ignored: undeclared key `z` (1 times)"
    );
}

/// A billion laughs: the document type is skipped, and what it declares is unknown.
#[test]
fn entities_are_not_expanded() {
    let bomb = "<?xml version='1.0'?>\n<!DOCTYPE g [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n\
                <graphml><key id='k' for='node' attr.name='provider'/><graph edgedefault='directed'>\n\
                <node id='n'><data key='k'>ENTITY</data></node></graph></graphml>";
    for name in ["b", "x"] {
        let text = bomb.replace("ENTITY</data>", &format!("&{name};</data>"));
        let want = format!("net.graphml:4:28: unknown entity `&{name};`; entities are not expanded");
        check(&text, &want);
    }
    let report = load("net.graphml", bomb).unwrap().report;
    assert_eq!(report.notes[0], "the document type is skipped");
}

/// Wherever the file is cut: an error, never a panic and never half a network.
#[test]
fn cut_off_anywhere() {
    let whole = include_str!("../data/networkx-tiers.graphml");
    let end = whole.trim_end().len();
    for cut in 0..whole.len() {
        let result = load("net.graphml", &whole.as_bytes()[..cut]);
        assert_eq!(result.is_ok(), cut >= end, "cut at byte {cut}");
    }
}

#[test]
fn depth_does_not_overflow() {
    let deep = format!("<graphml><graph>{}", "<x>".repeat(200_000));
    let error = load("net.graphml", deep).unwrap_err().to_string();
    assert!(error.contains("the file ends inside <x>"), "{error}");
}
