#![doc = include_str!("../README.md")]

mod paths;

pub use paths::Module;

use paths::{Found, found};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The source files of a crate by module, with their text. Programs (`main.rs`, `bin/`) are crates of their own and left out.
///
/// # Errors
/// If a file or folder cannot be read.
pub fn sources(src: &Path) -> io::Result<BTreeMap<Module, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![src.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.extend((path != src.join("bin")).then_some(path));
            } else if path.extension().is_some_and(|e| e == "rs") && path != src.join("main.rs") {
                files.insert(module(path.strip_prefix(src).unwrap_or(&path)), fs::read_to_string(&path)?);
            }
        }
    }
    Ok(files)
}

/// `a/b.rs` and `a/b/mod.rs` are the module a::b, `lib.rs` is the root.
fn module(file: &Path) -> Module {
    let path: PathBuf =
        if file.ends_with("mod.rs") { file.parent().unwrap_or(file).into() } else { file.with_extension("") };
    let parts: Module = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts == ["lib"] { Module::new() } else { parts }
}

/// The files of each circle, largest circle first, by module name (`a::b`; the root is `lib`). O(files · paths).
///
/// # Errors
/// If a file is not Rust: the module and what the parser says.
pub fn circles(files: &BTreeMap<Module, String>) -> Result<Vec<Vec<String>>, String> {
    let parsed = files
        .iter()
        .map(|(module, text)| {
            let file = syn::parse_file(text).map_err(|e| format!("{}: {e}", name(module)))?;
            Ok((module.clone(), found(module, &file)))
        })
        .collect::<Result<BTreeMap<Module, Found>, String>>()?;
    let mut graph = DiGraph::<&Module, ()>::new();
    let nodes: BTreeMap<&Module, NodeIndex> = files.keys().map(|module| (module, graph.add_node(module))).collect();
    for (module, found) in &parsed {
        let used: BTreeSet<&Module> = found.paths.iter().filter_map(|path| file_of(&parsed, path)).collect();
        for other in used.into_iter().filter(|other| *other != module) {
            graph.add_edge(nodes[module], nodes[other], ());
        }
    }
    let names = |circle: Vec<NodeIndex>| {
        let mut names: Vec<String> = circle.into_iter().map(|node| name(graph[node])).collect();
        names.sort();
        names
    };
    let mut circles: Vec<Vec<String>> =
        tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1).map(names).collect();
    circles.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    Ok(circles)
}

fn name(module: &Module) -> String {
    if module.is_empty() { "lib".into() } else { module.join("::") }
}

/// The file in which a path from the crate's root ends, re-exports followed.
fn file_of<'f>(files: &'f BTreeMap<Module, Found>, path: &[String]) -> Option<&'f Module> {
    let mut path = path.to_vec();
    // a chain of re-exports is short; one that leads to itself is no Rust
    for _ in 0..16 {
        let length = (0..=path.len()).rev().find(|&length| files.contains_key(&path[..length]))?;
        let (module, found) = files.get_key_value(&path[..length])?;
        match path.get(length).and_then(|item| found.exports.get(item)) {
            Some(target) => path = target.iter().chain(&path[length + 1..]).cloned().collect(),
            None => return Some(module),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files as (module, text), and the circles among them, as `a b, c d`.
    fn check(files: &[(&str, &str)], expected: &str) {
        let module = |name: &str| name.split("::").filter(|part| *part != "lib").map(String::from).collect();
        let files = files.iter().map(|(name, text)| (module(name), (*text).to_string())).collect();
        let found: Vec<String> = circles(&files).unwrap().iter().map(|circle| circle.join(" ")).collect();
        assert_eq!(found.join(", "), expected, "{files:?}");
    }

    #[test]
    fn paths_of_every_form_are_seen() {
        let lib = ("lib", "mod a; mod b;");
        let back = ("b", "use crate::a::A;");
        for forward in [
            "use crate::b::B;",
            "use crate::{b::{self, B}};",
            "use crate::b as c;",
            "use super::b::*;",
            "fn f() { crate::b::g() }",
            "fn f(x: &crate::b::B) {}",
            "impl crate::b::T for A {}",
            "fn f() { println!(\"{}\", crate::b::g()) }",
            "fn f() { vec![1, super::b::X]; }",
            "mod inner { use super::super::b::B; }",
            "macro_rules! m { () => { $crate::b::g() } }",
        ] {
            check(&[lib, ("a", forward), back], "a b");
        }
        for harmless in [
            "use other::b::B;",
            "#[cfg(test)] mod tests { use crate::b::B; }",
            "// use crate::b::B;",
            "const T: &str = \"crate::b::B\";",
            "fn f() { b::g() }",
            "mod inner { use super::b::B; }",
        ] {
            check(&[lib, ("a", harmless), back], "");
        }
    }

    #[test]
    fn re_exports_lead_to_where_the_item_is() {
        let lib = ("lib", "mod a; mod b; mod c; pub use a::A; pub use b::B; pub(crate) use c::C as D;");
        check(&[lib, ("a", "use crate::B;"), ("b", "use crate::D;"), ("c", "")], "");
        check(&[lib, ("a", "use crate::B;"), ("b", "use crate::D;"), ("c", "use crate::A;")], "a b c");
        // what the root defines itself ties to the root
        let lib = ("lib", "mod a; pub use a::A; pub struct Root(A);");
        check(&[lib, ("a", "use crate::Root;")], "a lib");
    }

    #[test]
    fn a_table_and_rows_that_look_back_are_a_circle() {
        let table = ("t", "mod x; mod y; pub struct Row; pub const ROWS: [Row; 2] = [x::ROW, y::ROW];");
        let row = "use super::Row; pub const ROW: Row = Row;";
        check(&[("lib", "mod t;"), table, ("t::x", row), ("t::y", row)], "t t::x t::y");
        // with the type in a file of its own there is none
        let table = ("t", "mod row; mod x; mod y; pub use row::Row; pub const ROWS: [Row; 2] = [x::ROW, y::ROW];");
        check(&[("lib", "mod t;"), table, ("t::row", "pub struct Row;"), ("t::x", row), ("t::y", row)], "");
    }

    #[test]
    fn a_file_may_use_what_it_re_exports() {
        let part = ("t::part", "use super::Whole; pub struct Part;");
        check(&[("lib", "mod t;"), ("t", "mod part; pub use part::Part; pub struct Whole(Part);"), part], "t t::part");
        check(&[("lib", "mod t;"), ("t", "mod part; pub use part::Part; pub struct Whole;"), part], "");
    }

    #[test]
    fn circles_are_told_apart() {
        let files = [
            ("lib", "mod a; mod b; mod c; mod d; mod e; mod f;"),
            ("a", "use crate::b::B;"),
            ("b", "use crate::c::C;"),
            ("c", "use crate::{a::A, d::D};"),
            ("d", "use crate::e::E;"),
            ("e", "use crate::d::D;"),
            ("f", "use crate::{a::A, e::E};"),
        ];
        check(&files, "a b c, d e");
    }

    #[test]
    fn files_are_modules() {
        for (file, expected) in
            [("lib.rs", ""), ("a.rs", "a"), ("a/b.rs", "a::b"), ("a/mod.rs", "a"), ("a/b/mod.rs", "a::b")]
        {
            assert_eq!(module(Path::new(file)).join("::"), expected, "{file}");
        }
    }
}
