//! Every number that the abstract of an experiment states is filled in from its committed results, stands in its spec, or is
//! listed here with its source.

use hydranet_report::{TextTable, fill};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Numbers that are neither results nor parameters, by experiment, and where they are from.
const GIVEN: &[(&str, &str, &str)] = &[
    ("centralized-vs-p2p", "2012", "the year of Operation b71"),
    ("dht-static-resilience", "2003", "Gummadi et al. 2003"),
    ("dht-static-resilience", "2 16", "2^16 is n = 65,536"),
    ("dht-static-resilience", "12 2 12", "12 · 2^12 nodes of a butterfly of 12 levels"),
    ("dismantling-benchmark", "6 114 2024", "Nature Reviews Physics 6, 114, 2024"),
    ("error-and-attack-tolerance", "2000", "Albert, Jeong & Barabási 2000"),
    ("error-and-attack-tolerance", "4", "mean degree: 2m/n"),
    ("error-and-attack-tolerance", "1", "S1 at 1 %: the default `target`, 0.01"),
    ("error-and-attack-tolerance", "0.75", "1 − 1/c with c = 4"),
    ("kademlia-k", "2 14", "2^14 is n = 16,384"),
    ("field-cases", "95", "the central 95 %: hydranet_studies::field_case::verdict"),
    ("dismantling-benchmark", "1", "1 %: the default `target`, 0.01"),
    (
        "seize-or-watch",
        "4.6 4.55 95",
        "ln((1 − β)/α) = ln 95, the threshold of evidence by default: crates/campaign/src/evidence.rs",
    ),
    ("percolation-at-scale", "2002", "Cohen, ben-Avraham & Havlin 2002"),
    ("percolation-at-scale", "1 3 2", "exponents of mean field, 1/3 and 2/3; (γ − 3)/(γ − 1), (γ − 2)/(γ − 1)"),
    ("percolation-at-scale", "4 5 36 43 18", "ν = 4/3, β = 5/36, γ = 43/18: den Nijs 1979, Nienhuis 1982"),
    ("percolation-at-scale", "0.2 0.6 3.5", "the laws at γ = 3.5"),
];

/// Numbers as they are written: digits with points and commas within.
fn numbers(text: &str) -> Vec<String> {
    let inside = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let words = text.split(|c| !inside(c)).map(|word| word.trim_matches(['.', ',']).replace(',', ""));
    words.filter(|word| !word.is_empty()).map(|word| plain(&word)).collect()
}

/// 0.30 and 0.3 are one number.
fn plain(word: &str) -> String {
    word.parse::<f64>().map_or(word.to_owned(), |x| x.to_string())
}

fn specs() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut list: Vec<_> = files.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path)).collect();
    list.sort();
    list
}

/// The abstract of a spec, and the spec without it and without comments.
fn abstract_of(path: &Path) -> (String, String) {
    let spec = std::fs::read_to_string(path).unwrap();
    let mut parts = spec.splitn(3, "\"\"\"");
    let (before, text, after) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    assert!(
        before.trim_end().ends_with("abstract ="),
        "{}: its first text in three quotes is the abstract",
        path.display()
    );
    let says = |line: &&str| !line.trim_start().starts_with('#');
    (text.to_owned(), format!("{before}{after}").lines().filter(says).collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_number_of_an_abstract_has_a_source() {
    let mut used = BTreeSet::new();
    for (name, path) in specs() {
        let (text, spec) = abstract_of(&path);
        let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("../results").join(&name);
        let mut table = |table: &str| {
            let text = std::fs::read_to_string(results.join(format!("{table}.csv"))).ok()?;
            Some(TextTable::of_csv(&text).unwrap())
        };
        let (_, references) = fill(&text, &mut table).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(references.iter().all(|r| r.missing.is_none()), "{name}: {references:#?}");
        // what is not filled in
        let bare = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<String>();
        let stated: BTreeSet<String> = numbers(&spec).into_iter().collect();
        let given: Vec<_> = GIVEN.iter().filter(|g| g.0 == name).collect();
        for number in numbers(&bare) {
            let source = given.iter().find(|g| numbers(g.1).contains(&number));
            if let Some(given) = source {
                used.insert(**given);
            }
            assert!(
                source.is_some() || stated.contains(&number),
                "{name}: the abstract says {number}, which is no reference to a result, stands nowhere in the spec and has no source in GIVEN"
            );
        }
    }
    let idle: Vec<_> = GIVEN.iter().filter(|g| !used.contains(*g)).collect();
    assert!(idle.is_empty(), "no abstract says these: {idle:?}");
}

#[test]
fn numbers_are_read_as_they_are_written() {
    assert_eq!(numbers("N = 10,000 (2^16), f near 0.30. In 2012, 5 %."), ["10000", "2", "16", "0.3", "2012", "5"]);
}
