//! The documentation that stands in the sources.

use super::root;
use std::path::{Path, PathBuf};

/// A source file.
pub(crate) struct Source {
    /// Its name without `.rs`; of a `mod.rs`, that of its folder.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
}

impl Source {
    /// A file, by its path from the top of the repository.
    pub(crate) fn read(path: &str) -> Source {
        Source::of(&root().join(path))
    }

    fn of(path: &Path) -> Source {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = match stem(path) {
            name if name == "mod" => stem(path.parent().expect("a folder")),
            name => name,
        };
        Source { name, text }
    }

    /// What the module says of itself, as Markdown without links into the code, examples left out.
    pub(crate) fn about(&self) -> String {
        let lines = self.text.lines().take_while(|line| line.starts_with("//!"));
        prose(lines.map(|line| line.trim_start_matches("//!")))
    }

    /// What is said of the item that begins with `start`: the comment above it.
    pub(crate) fn above(&self, start: &str) -> String {
        let lines: Vec<&str> = self.text.lines().collect();
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let begins = |line: &&str| line.trim_start().strip_prefix(start).is_some_and(ends);
        let Some(at) = lines.iter().position(begins) else {
            return String::new();
        };
        let mut from = at;
        while from > 0 && (lines[from - 1].trim_start().starts_with("///") || lines[from - 1].starts_with("#[")) {
            from -= 1;
        }
        let docs = lines[from..at].iter().map(|line| line.trim_start()).filter(|line| line.starts_with("///"));
        prose(docs.map(|line| line.trim_start_matches("///")))
    }

    /// The Rust type that is called `name` in specs.
    pub(crate) fn type_of(&self, name: &str) -> Option<&str> {
        let before = self.text.split(&constant(name)).next().filter(|before| before.len() < self.text.len())?;
        let header = before.lines().rev().find(|line| line.starts_with("impl "))?;
        header.split(" for ").nth(1)?.split([' ', '<', '{']).next()
    }
}

fn constant(name: &str) -> String {
    format!("const NAME: &'static str = \"{name}\";")
}

/// All source files below a folder of the repository, in the order of their paths.
pub(crate) fn below(folder: &str) -> Vec<Source> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(|path| Source::of(path)).collect()
}

/// The file, among those, in which the plug-in of this name stands.
pub(crate) fn plugin<'s>(sources: &'s [Source], name: &str) -> &'s Source {
    let mut found = sources.iter().filter(|source| source.text.contains(&constant(name)));
    let source = found.next().unwrap_or_else(|| panic!("no source file says that something is called `{name}`"));
    assert!(found.next().is_none(), "two source files say that something is called `{name}`");
    source
}

/// Comment lines as Markdown: examples are left out, links into the code become code.
fn prose<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    let mut out = String::new();
    let mut in_example = false;
    for line in lines {
        let line = line.strip_prefix(' ').unwrap_or(line);
        if line.starts_with("```") {
            in_example = !in_example;
        } else if !in_example {
            out.push_str(line);
            out.push('\n');
        }
    }
    unlinked(out.trim())
}

/// [`a`](b) and [`a`] become `a`: what they lead to is no page of the guide.
fn unlinked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[`") {
        out.push_str(before);
        let Some((code, after)) = after.split_once("`]") else {
            out.push_str("[`");
            rest = after;
            continue;
        };
        let name = code.trim_start_matches("crate::").trim_start_matches("super::");
        out.push_str(&format!("`{name}`"));
        rest = match after.strip_prefix('(') {
            Some(target) => target.split_once(')').map_or(after, |(_, rest)| rest),
            None => after,
        };
    }
    out.push_str(rest);
    out
}

#[test]
fn takes_comments_from_sources() {
    assert_eq!(unlinked("see [`a::b`](c), [`crate::d`] and [1]"), "see `a::b`, `d` and [1]");
    let text =
        "//! What.\n//!\n//! ```\n//! no\n//! ```\nuse x;\n\n/// A thing.\n#[derive(Debug)]\npub struct Thing;\n";
    let source = Source { name: "x".into(), text: text.into() };
    assert_eq!((source.about().as_str(), source.above("pub struct Thing").as_str()), ("What.", "A thing."));
    let kademlia = Source::read("crates/topology-dht/src/kademlia.rs");
    assert_eq!(kademlia.type_of("kademlia"), Some("Kademlia"));
    assert_eq!(kademlia.type_of("chord"), None);
}
