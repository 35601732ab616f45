//! No circle of files larger than three, in any crate of the workspace.

#![allow(clippy::print_stdout)] // `-- --nocapture` lists the small circles too

use house_rules::{circles, sources};
use std::path::{Path, PathBuf};

/// Files of a circle at most: a type, its parts and the way back can be read at one sitting.
const MOST: usize = 3;

/// Crates that still have a larger circle. A row goes with its circle.
const STILL: [&str; 0] = [];

#[test]
fn no_circle_of_more_than_three_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut crates: Vec<PathBuf> = root
        .join("crates")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .chain([root.join("experiments")])
        .collect();
    crates.retain(|path| path.join("src").is_dir());
    crates.sort();
    assert!(crates.len() > 10, "the crates were not found: {crates:?}");
    let mut wrong = Vec::new();
    for path in crates {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let all = circles(&sources(&path.join("src")).unwrap()).unwrap_or_else(|e| panic!("crates/{name}: {e}"));
        for circle in &all {
            println!("{name}: {} files: {}", circle.len(), circle.join(", "));
        }
        let large: Vec<_> = all.iter().filter(|circle| circle.len() > MOST).collect();
        match (large.is_empty(), STILL.contains(&name.as_str())) {
            (true, true) => wrong.push(format!("{name} has no large circle any more: take it out of `STILL`")),
            (false, false) => wrong.extend(large.iter().map(|circle| {
                format!("{name}: {} files need each other, at most {MOST} may: {}; give the types they share a file of their own",
                    circle.len(), circle.join(", "))
            })),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
