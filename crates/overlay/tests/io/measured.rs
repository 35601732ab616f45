//! Networks that were measured, where the machine has them.

use hydranet_overlay::io::{ReadOptions, read, read_with};
use std::path::PathBuf;

/// The directory of measured networks, or `None` after saying so.
#[allow(clippy::print_stderr, reason = "a test that does nothing says so")]
fn data() -> Option<PathBuf> {
    let directory = std::env::var_os("HYDRANET_DATA").map(PathBuf::from);
    if directory.is_none() {
        eprintln!("skipped: HYDRANET_DATA is not set");
    }
    directory
}

/// The counts that the Stanford collection gives (Leskovec, Kleinberg & Faloutsos 2007).
#[test]
fn gnutella() {
    let Some(directory) = data() else { return };
    for (name, nodes, edges, last) in
        [("p2p-Gnutella04.txt", 10_876, 39_994, "10878"), ("p2p-Gnutella08.txt", 6_301, 20_777, "6300")]
    {
        let path = directory.join(name);
        let loaded = read(&path).unwrap();
        assert_eq!((loaded.report.nodes, loaded.report.edges), (nodes, edges), "{}", loaded.report);
        assert_eq!((loaded.report.dropped.self_loops, loaded.report.dropped.duplicates), (0, 0));
        assert_eq!(loaded.report.isolated, 0);
        // three numbers below the largest do not occur in the first file
        assert_eq!(loaded.overlay.names().get(nodes - 1), last);
        let arcs = read_with(&path, &ReadOptions { directed: Some(true), ..Default::default() }).unwrap();
        assert_eq!((arcs.overlay.edges(), arcs.overlay.is_symmetric()), (edges, false));
        assert_eq!(arcs.overlay.closure(), loaded.overlay.out());
    }
}
