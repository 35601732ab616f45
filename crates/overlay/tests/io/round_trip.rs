//! What is written comes back; and whatever is read, the reader does not panic.

use super::{assert_same, load};
use hydranet_overlay::io::{Format, ReadOptions, read_from, write_edge_list, write_graphml};
use hydranet_overlay::{Csr, Names, Overlay, Role, Sources};
use proptest::collection::{hash_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) }
}

/// Links among few nodes, so that there are duplicates, self-loops and nodes alone.
fn bare() -> impl Strategy<Value = Overlay> {
    (0u32..12).prop_flat_map(|n| {
        let links = vec([0..n.max(1), 0..n.max(1)], if n == 0 { 0..1 } else { 0..30 });
        (links, any::<bool>()).prop_map(move |(links, directed)| {
            if directed {
                Overlay::directed(Csr::from_arcs(n, &links).0)
            } else {
                Overlay::symmetric(Csr::from_edges(n, &links).0)
            }
        })
    })
}

fn named(names: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Overlay> {
    bare().prop_flat_map(move |overlay| {
        let n = overlay.nodes() as usize;
        let distinct = hash_set(names.clone(), n).prop_map(|set| {
            let mut list: Vec<String> = set.into_iter().collect();
            list.sort();
            list.reverse();
            Names::from_strings(list)
        });
        let overlay = Just(overlay);
        (overlay, of(distinct)).prop_map(|(o, names)| if let Some(names) = names { o.with_names(names) } else { o })
    })
}

fn full() -> impl Strategy<Value = Overlay> {
    named("[ -~\\t\\n\\r\u{80}-\u{d7ff}]{0,6}|[0-9]{1,21}").prop_flat_map(|overlay| {
        let n = overlay.nodes() as usize;
        let nodes = of(vec(0..(n as u32).max(1), if n == 0 { 0..1 } else { 0..5 }));
        let parts = (
            of(vec(select(&Role::ALL[..]), n)),
            nodes,
            of(vec(any::<u32>(), n)),
            of(vec(any::<bool>(), n)),
            of(vec(any::<u16>(), n)),
            of(vec(prop::num::f64::POSITIVE, n)),
        );
        (Just(overlay), parts).prop_map(|(mut o, (roles, sources, provider, routable, layer, cost))| {
            if let Some(roles) = roles {
                o = o.with_roles(roles);
            }
            if let Some(nodes) = sources {
                o = o.with_sources(Sources::Nodes(nodes));
            }
            if let Some(provider) = provider {
                o = o.with_provider(provider);
            }
            if let Some(routable) = routable {
                o = o.with_routable(routable);
            }
            if let Some(layer) = layer {
                o = o.with_layer(layer);
            }
            match cost {
                Some(cost) if cost.iter().all(|c| c.is_finite() && *c > 0.0) => o.with_cost(cost),
                _ => o,
            }
        })
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn graphml_keeps_everything(overlay in full()) {
        let mut text = Vec::new();
        write_graphml(&overlay, &mut text).unwrap();
        let loaded = load("net.graphml", &text).unwrap();
        assert_same(&loaded.overlay, &overlay);
        prop_assert!(loaded.report.ignored.is_empty(), "{}", loaded.report);
    }

    #[test]
    fn edge_lists_keep_links_and_words(overlay in named("[a-z:._é#-]{1,3}[0-9]|[a-z][0-9]{0,3}|source|target|[0-9]{1,21}x")) {
        let mut text = Vec::new();
        match write_edge_list(&overlay, &mut text) {
            Err(error) => prop_assert!(error.to_string().contains("begins like a comment"), "{error}"),
            Ok(()) => {
                let loaded = load("net.txt", &text).unwrap();
                assert_same(&loaded.overlay, &overlay);
                prop_assert!(!loaded.report.contradicts_announcement());
            }
        }
    }

    #[test]
    fn edge_lists_keep_integers(overlay in bare(), gap in 1u64..1 << 62) {
        let names = (0..u64::from(overlay.nodes())).map(|i| i * (gap >> 4) + (gap & 7));
        let names = if gap < 16 { Names::Dense } else { Names::from_integers(names.collect()) };
        let overlay = overlay.with_names(names);
        let mut text = Vec::new();
        write_edge_list(&overlay, &mut text).unwrap();
        assert_same(&load("net.txt", &text).unwrap().overlay, &overlay);
    }

    #[test]
    fn bytes_never_panic(bytes in vec(any::<u8>(), 0..200), format in select(Format::all().collect::<Vec<_>>())) {
        let _ = read_from(&bytes[..], "x", &ReadOptions { format: Some(format), ..Default::default() });
    }

    #[test]
    fn pieces_never_panic(pieces in vec(select(PIECES), 0..25), format in select(Format::all().collect::<Vec<_>>()), directed in of(any::<bool>())) {
        let _ = read_from(pieces.concat().as_bytes(), "x", &ReadOptions { format: Some(format), directed, ..Default::default() });
    }

    #[test]
    fn a_changed_byte_never_panics(place in 0..TIERS.len(), byte: u8) {
        let mut bytes = TIERS.as_bytes().to_vec();
        bytes[place] = byte;
        let _ = load("net.graphml", &bytes);
    }
}

const TIERS: &str = include_str!("../data/networkx-tiers.graphml");

/// What the formats are made of.
const PIECES: &[&str] = &[
    "<graphml>",
    "</graphml>",
    "<graph edgedefault='directed'>",
    "</graph>",
    "<node id='a'>",
    "<node id='b'/>",
    "</node>",
    "<edge source='a' target='b'/>",
    "<key id='k' for='node' attr.name='role'/>",
    "<data key='k'>",
    "</data>",
    "server",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "<!DOCTYPE",
    "<?xml",
    "?>",
    "<",
    ">",
    "'",
    "\"",
    "%%MatrixMarket matrix coordinate pattern symmetric\n",
    "%%MatrixMarket matrix coordinate real general\n",
    "3 3 1\n",
    "2 1\n",
    "1\n",
    "\n",
    "\r",
    "\r\n",
    " ",
    ",",
    ";",
    "\t",
    "0",
    "18446744073709551615",
    "18446744073709551616",
    "4294967295",
    "-1",
    "1.5",
    "a",
    "#",
    "//",
    "# Hydranet edge list",
    "# node ",
    "Nodes: 1 Edges: 0",
    "\0",
    "\u{feff}",
    "é",
];
