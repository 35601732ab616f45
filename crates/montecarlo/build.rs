//! A fingerprint of the code that decides results: part files of other code are not taken for this code's.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The crates that have a say in a row. Charts and the program have none.
const DECIDE: [&str; 4] = ["overlay", "takedown", "routing", "montecarlo"];

fn main() {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let crates = here.parent().expect("a crate lies in a folder").to_path_buf();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&crates)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            DECIDE.contains(&name.as_str()) || name.starts_with("topology")
        })
        .map(|path| path.join("src"))
        .collect();
    folders.sort();
    let mut hash = Sha256::new();
    for folder in folders {
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        collect(&folder, &mut files);
        files.sort();
        for file in files {
            hash.update(file.strip_prefix(&crates).unwrap_or(&file).to_string_lossy().as_bytes());
            hash.update(std::fs::read(&file).unwrap_or_default());
        }
    }

    let digest: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    println!("cargo:rustc-env=HYDRANET_CODE={digest}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
