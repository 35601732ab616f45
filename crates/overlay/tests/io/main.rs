//! Reading and writing network files, through the public interface.

mod cases;
mod edge_list;
mod errors;
mod fixtures;
mod fuzz;
mod graphml;
mod matrix_market_and_metis;
mod measured;
mod round_trip;

use hydranet_overlay::Overlay;
use hydranet_overlay::io::{Loaded, ReadError, ReadOptions, read_from};

/// Reads a text as if it stood in a file of this name.
fn load(name: &str, text: impl AsRef<[u8]>) -> Result<Loaded, ReadError> {
    read_from(text.as_ref(), name, &ReadOptions::default())
}

/// As [`load`], told whether links have a direction.
fn load_as(name: &str, text: impl AsRef<[u8]>, directed: bool) -> Result<Loaded, ReadError> {
    read_from(text.as_ref(), name, &ReadOptions { directed: Some(directed), ..Default::default() })
}

/// Names in the order of the nodes, then the links: `a b c: a-b b-c`, with `>` if links have a direction.
fn drawn(overlay: &Overlay) -> String {
    let name = |v| overlay.names().get(v);
    let mut out = (0..overlay.nodes()).map(|v| name(v).into_owned()).collect::<Vec<_>>().join(" ") + ":";
    let symmetric = overlay.is_symmetric();
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| !symmetric || u < v) {
        out += &format!(" {}{}{}", name(u), if symmetric { '-' } else { '>' }, name(v));
    }
    out
}

/// What was read, or the message.
fn outcome(result: Result<Loaded, ReadError>) -> String {
    match result {
        Ok(loaded) => drawn(&loaded.overlay),
        Err(e) => e.to_string(),
    }
}

/// Asserts that two overlays are equal in every part.
fn assert_same(a: &Overlay, b: &Overlay) {
    assert_eq!(a.out(), b.out());
    assert_eq!(a.is_symmetric(), b.is_symmetric());
    assert_eq!(a.roles(), b.roles());
    assert_eq!(a.sources(), b.sources());
    assert_eq!((a.provider(), a.routable(), a.layer(), a.cost()), (b.provider(), b.routable(), b.layer(), b.cost()));
    assert!((0..a.nodes()).all(|v| a.names().get(v) == b.names().get(v)), "{:?} {:?}", a.names(), b.names());
}
