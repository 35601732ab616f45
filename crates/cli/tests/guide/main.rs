//! The guide (`docs/`) says what is so: its commands run, its specs are read, what they print is what the page shows, and its
//! reference is made of the documentation in the code.
//!
//! `HYDRANET_WRITE_GUIDE=1 cargo test -p hydranet-cli --test guide` writes the reference and the outputs anew.

mod blocks;
mod chapters;
mod reference;
mod sources;

use std::path::{Path, PathBuf};

/// The top of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// Whether files are written anew instead of compared.
fn writes() -> bool {
    std::env::var_os("HYDRANET_WRITE_GUIDE").is_some()
}

/// Compares a file of the guide with what it should say, or writes it.
fn keep(path: &Path, should: &str) {
    let is = std::fs::read_to_string(path).unwrap_or_default();
    if writes() && is != should {
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).unwrap();
        std::fs::write(path, should).unwrap();
    } else if is != should {
        let place = is.lines().zip(should.lines()).position(|(a, b)| a != b).unwrap_or(is.lines().count());
        panic!(
            "{}, line {}: says `{}`, should say `{}`; HYDRANET_WRITE_GUIDE=1 cargo test -p hydranet-cli --test guide writes it anew",
            path.display(),
            place + 1,
            is.lines().nth(place).unwrap_or_default(),
            should.lines().nth(place).unwrap_or_default(),
        );
    }
}
