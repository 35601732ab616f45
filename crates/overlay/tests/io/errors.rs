//! Paths, compression, endings.

use super::{assert_same, load, outcome};
use flate2::{Compression, write::GzEncoder};
use hydranet_overlay::io::{self, Format, ReadError, ReadOptions, WriteError};
use hydranet_overlay::{Csr, Overlay};
use std::error::Error;
use std::fs;
use std::io::Write;

fn gzip(text: &str) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

#[test]
fn paths() {
    let dir = tempfile::tempdir().unwrap();
    let message = |name: &str| io::read(dir.path().join(name)).unwrap_err().to_string();
    let at = |name: &str| dir.path().join(name).display().to_string();
    assert_eq!(message("none.txt"), at("none.txt") + ": there is no such file");
    assert_eq!(message(""), at("") + ": this is a directory; name a file in it");
    fs::write(dir.path().join("empty.txt"), "").unwrap();
    assert_eq!(message("empty.txt"), at("empty.txt") + ": the file is empty");
}

#[test]
fn compressed() {
    let whole = gzip("0 1\n1 2\n");
    assert_eq!(outcome(load("net.txt.gz", &whole)), "0 1 2: 0-1 1-2");
    // told by the content, not by the name
    assert_eq!(outcome(load("net.txt", &whole)), "0 1 2: 0-1 1-2");
    assert_eq!(outcome(load("net.txt.gz", "0 1\n1 2\n")), "0 1 2: 0-1 1-2");
    assert!(load("net.txt", &whole).unwrap().report.compression == Some(io::Compression::Gzip));
    let two: Vec<u8> = [whole.clone(), gzip("2 3\n")].concat();
    assert_eq!(outcome(load("net.txt.gz", &two)), "0 1 2 3: 0-1 1-2 2-3");
    assert_eq!(outcome(load("net.gz", gzip("<graphml><graph><node id='a'/></graph></graphml>"))), "a:");
    assert_eq!(outcome(load("net.txt.gz", gzip(""))), "net.txt.gz: the file is empty");
    for cut in 2..whole.len() {
        let error = load("net.txt.gz", &whole[..cut]).unwrap_err();
        assert!(matches!(error, ReadError::Compressed { .. }) && error.source().is_some(), "cut at {cut}: {error}");
    }
    let error = load("net.txt.gz", [whole, b"rubbish".to_vec()].concat()).unwrap_err();
    assert_eq!(error.to_string(), "net.txt.gz: the gzip data is damaged or cut off; fetch the file again");
}

#[test]
fn format_on_request() {
    let options = ReadOptions { format: Some(Format::Metis), ..Default::default() };
    let loaded = io::read_from("2 1\n2\n1\n".as_bytes(), "net.txt", &options).unwrap();
    assert_eq!((loaded.report.format, loaded.overlay.edges()), (Format::Metis, 1));
}

#[test]
fn files_are_whole_or_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let overlay = Overlay::directed(Csr::from_arcs(3, &[[0, 1], [1, 0]]).0);
    for name in ["a.txt", "a.edges.gz", "a.graphml", "a.XML.GZ"] {
        let path = dir.path().join(name);
        fs::write(&path, "what was there before").unwrap();
        io::write(&path, &overlay).unwrap();
        let loaded = io::read(&path).unwrap();
        assert_same(&loaded.overlay, &overlay);
        assert_eq!(loaded.report.compression.is_some(), name.to_lowercase().ends_with(".gz"));
    }
    // what fails leaves nothing behind, and what was there stays
    let nameless = overlay.clone().with_names(hydranet_overlay::Names::from_strings(["a b", "c", "d"]));
    let before = fs::read(dir.path().join("a.txt")).unwrap();
    assert!(matches!(io::write(dir.path().join("a.txt"), &nameless), Err(WriteError::Name { .. })));
    assert_eq!(fs::read(dir.path().join("a.txt")).unwrap(), before);
    for name in ["a.g6", "a", "a.pdf", "a.gz"] {
        let error = io::write(dir.path().join(name), &overlay).unwrap_err().to_string();
        assert!(error.contains("cannot tell the format by this ending; allowed are .txt .edges .edgelist"), "{error}");
        assert!(error.ends_with(".mm, each also with .gz .bz2 .xz .zst"), "{error}");
    }
    let error = io::write(dir.path().join("none/a.txt"), &overlay).unwrap_err();
    assert!(matches!(error, WriteError::File { .. }) && error.source().is_some());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
}
