//! What the lock file brings in: licences and sources, without a tool beside cargo (`deny.toml` is for those who have one).

use std::process::Command;

/// Permissive licences, as in `deny.toml`.
const ALLOWED: [&str; 10] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unicode-3.0",
    "bzip2-1.0.6",
];

/// Whether a licence expression can be met with what is allowed.
fn fits(licence: &str) -> Result<bool, String> {
    let lax = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX);
    let expression = lax.map_err(|e| format!("`{licence}`: {e}"))?;
    Ok(expression.evaluate(|wanted| {
        wanted.addition.is_none() && ALLOWED.iter().any(|name| wanted.license.id() == spdx::license_id(name))
    }))
}

#[test]
fn licences_are_weighed_as_expressions() {
    for (licence, expected) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("Unlicense OR MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT OR Apache-2.0 OR LGPL-2.1-or-later", true),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("GPL-3.0-only", false),
        ("MIT AND GPL-3.0-only", false),
        ("AGPL-3.0", false),
        ("MPL-2.0", false),
    ] {
        assert_eq!(fits(licence), Ok(expected), "{licence}");
    }
    assert!(fits("do what you like").is_err());
}

/// `cargo metadata`, from what is on this machine: of all platforms, or where a build has fetched less, of this one.
fn metadata() -> serde_json::Value {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let call = |more: &[&str]| {
        let args = ["metadata", "--format-version", "1", "--locked", "--offline", "--manifest-path", manifest];
        Command::new(env!("CARGO")).args(args).args(more).output().expect("cargo starts")
    };
    let mut out = call(&[]);
    if !out.status.success() {
        let version = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo starts");
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo tells its host");
        out = call(&["--filter-platform", host]);
    }
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn everything_is_permissive_and_from_the_registry() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("a list");
    assert!(packages.len() > 100, "{} packages", packages.len());
    let mut wrong = Vec::new();
    for package in packages {
        let name = format!("{} {}", package["name"], package["version"]);
        match package["license"].as_str().map(fits) {
            Some(Ok(true)) => {}
            Some(Ok(false)) => wrong.push(format!("{name}: licence {}", package["license"])),
            Some(Err(reason)) => wrong.push(format!("{name}: {reason}")),
            None => wrong.push(format!("{name}: says no licence")),
        }
        let source = package["source"].as_str();
        if source.is_some_and(|s| s != "registry+https://github.com/rust-lang/crates.io-index") {
            wrong.push(format!("{name}: comes from {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The two lists say the same.
#[test]
fn deny_toml_allows_what_the_test_allows() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../deny.toml")).unwrap();
    let deny: toml::Table = text.parse().unwrap();
    let listed: Vec<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(listed, ALLOWED);
}
