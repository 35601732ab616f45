//! What scripts compare with programs that are not ours: files with networkx (`scripts/reader-oracle`), games with pygambit, nashpy and OpenSpiel (`scripts/game-oracle`).

#![allow(clippy::print_stderr)] // says that it was skipped

use std::path::Path;
use std::process::Command;

#[test]
fn files_of_other_libraries_are_read_as_networkx_has_them() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/reader-oracle");
    let Ok(out) = Command::new("python3").arg(script).arg(env!("CARGO_BIN_EXE_hydranet")).output() else {
        eprintln!("skipped: there is no python3 here");
        return;
    };
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    if said.contains("skipped: networkx is not installed") {
        eprintln!("{said}");
        return;
    }
    assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
    // the last line: "388 files: 388 equal, 0 refused, 0 wrong"
    let files: u32 = said.lines().last().and_then(|line| line.split(' ').next()?.parse().ok()).unwrap_or(0);
    assert!(files >= 200, "only {files} files were compared: {said}");
}

/// Matrix games: `scripts/game-oracle` solves them with pygambit, nashpy and OpenSpiel.
#[test]
fn games_have_the_values_that_other_programs_give() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/game-oracle");
    let Ok(out) = Command::new("python3").arg(script).arg(env!("CARGO_BIN_EXE_hydranet")).output() else {
        eprintln!("skipped: there is no python3 here");
        return;
    };
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    said.lines().filter(|line| line.starts_with("skipped")).for_each(|line| eprintln!("{line}"));
    // certificates are computed anew by the script, whatever is installed
    assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
    assert!(said.lines().last().is_some_and(|line| line.contains("58 games") && line.ends_with(" 0 wrong")), "{said}");
}
