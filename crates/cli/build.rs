//! Tells the program which commit and compiler it was built from, for `run.json`.

use std::process::Command;

fn output(program: &str, args: &[&str]) -> Option<String> {
    let out = Command::new(program).args(args).output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).trim().to_string())
}

fn main() {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    println!("cargo:rustc-env=HYDRANET_RUSTC={}", output(&rustc, &["--version"]).unwrap_or_else(|| "unknown".into()));
    // a repository that merely contains this one (a vendored copy) has no say: the top must hold this crate
    let top = output("git", &["rev-parse", "--show-toplevel"]).map(std::path::PathBuf::from);
    if let Some(top) = top.filter(|t| t.join("crates/cli/build.rs").exists()) {
        if let Some(commit) = output("git", &["rev-parse", "HEAD"]) {
            let dirty =
                output("git", &["status", "--porcelain", "--", "crates", "experiments", "Cargo.toml", "Cargo.lock"])
                    .is_some_and(|s| !s.is_empty());
            println!("cargo:rustc-env=HYDRANET_COMMIT={commit}{}", if dirty { "-dirty" } else { "" });
        }
        for watched in [".git/HEAD", ".git/logs/HEAD", "crates", "experiments"] {
            println!("cargo:rerun-if-changed={}", top.join(watched).display());
        }
    }
}
