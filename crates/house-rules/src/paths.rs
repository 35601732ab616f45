//! The paths in a file that lead into its own crate, and the names that it re-exports.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

/// A module's path from the root of its crate, which is empty.
pub type Module = Vec<String>;

/// What a file says about others.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Paths from the crate's root; whether they end in a module or in an item of one stands nowhere.
    pub(crate) paths: BTreeSet<Vec<String>>,
    /// Names that `pub use` makes known here, and what they stand for.
    pub(crate) exports: BTreeMap<String, Vec<String>>,
}

/// Reads a file.
pub(crate) fn found(module: &Module, file: &syn::File) -> Found {
    let mut reader = Reader {
        module: module.clone(),
        depth: 0,
        children: Vec::new(),
        words: BTreeSet::new(),
        found: Found::default(),
    };
    reader.items(&file.items, |reader| visit::visit_file(reader, file));
    let Reader { words, mut found, .. } = reader;
    // what a file re-exports it may use as well
    found
        .paths
        .extend(found.exports.iter().filter(|(name, _)| words.contains(*name)).map(|(_, target)| target.clone()));
    found
}

struct Reader {
    /// Where we are, modules inside the file included.
    module: Module,
    /// How many of those there are.
    depth: usize,
    /// Names of child modules.
    children: Vec<String>,
    /// First words of all paths outside of `use`.
    words: BTreeSet<String>,
    found: Found,
}

impl Reader {
    /// Reads the items of a module, whose child modules are known by their bare names.
    fn items(&mut self, items: &[Item], read: impl FnOnce(&mut Self)) {
        let child = |item: &Item| if let Item::Mod(m) = item { Some(m.ident.to_string()) } else { None };
        let outer = std::mem::replace(&mut self.children, items.iter().filter_map(child).collect());
        read(self);
        self.children = outer;
    }

    /// A path from the crate's root; `None` for what comes from another crate or is in scope by a `use`, which was seen.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let mut rest = path;
        let mut start = match rest.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.module.clone(),
            child if self.children.iter().any(|c| c == child) => {
                return Some(self.module.iter().chain(path).cloned().collect());
            }
            _ => return None,
        };
        while let Some(word @ ("crate" | "self" | "super")) = rest.first().map(String::as_str) {
            if word == "super" {
                start.pop()?;
            }
            rest = &rest[1..];
        }
        start.extend_from_slice(rest);
        Some(start)
    }

    /// A path outside of `use`.
    fn add_path(&mut self, path: &[String]) {
        self.words.extend(path.first().cloned());
        // a lone word is a name in scope
        if path.len() > 1 {
            self.add(path);
        }
    }

    fn add(&mut self, path: &[String]) {
        let absolute = self.absolute(path);
        self.found.paths.extend(absolute);
    }

    fn add_use(&mut self, tree: &UseTree, before: &mut Vec<String>, public: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_use(&path.tree, before, public);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_use(tree, before, public)),
            UseTree::Glob(_) => self.add(before),
            UseTree::Name(name) => self.add_name(&name.ident.to_string(), None, before, public),
            UseTree::Rename(name) => {
                self.add_name(&name.ident.to_string(), Some(name.rename.to_string()), before, public);
            }
        }
    }

    fn add_name(&mut self, item: &str, renamed: Option<String>, before: &[String], public: bool) {
        let mut path = before.to_vec();
        path.extend((item != "self").then(|| item.to_string()));
        let Some(absolute) = self.absolute(&path) else { return };
        if public && self.depth == 0 {
            // whoever uses the name depends on what it stands for, not this file
            self.found.exports.insert(renamed.unwrap_or_else(|| path[path.len() - 1].clone()), absolute);
        } else {
            self.found.paths.insert(absolute);
        }
    }

    /// Everything that looks like a path, in the body of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (Vec::new(), 0);
        for token in tokens {
            match &token {
                TokenTree::Ident(word) if path.is_empty() || colons == 2 => path.push(word.to_string()),
                TokenTree::Ident(word) => {
                    self.add_path(&path);
                    path = vec![word.to_string()];
                }
                TokenTree::Punct(p) if p.as_char() == ':' && !path.is_empty() => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => {
                    self.add_path(&path);
                    path.clear();
                    self.tokens(group.stream());
                }
                _ => {
                    self.add_path(&path);
                    path.clear();
                }
            }
            colons = 0;
        }
        self.add_path(&path);
    }
}

/// Whether something is there for tests only.
fn for_tests(attributes: &[Attribute]) -> bool {
    let test = |a: &Attribute| a.path().is_ident("cfg") && a.parse_args::<syn::Ident>().is_ok_and(|i| i == "test");
    attributes.iter().any(test)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = item.content.as_ref().filter(|_| !for_tests(&item.attrs)) else { return };
        self.module.push(item.ident.to_string());
        self.depth += 1;
        self.items(items, |reader| visit::visit_item_mod(reader, item));
        self.depth -= 1;
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !for_tests(&item.attrs) {
            self.add_use(&item.tree, &mut Vec::new(), !matches!(item.vis, Visibility::Inherited));
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !for_tests(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    // `pub(in path)` and `pub(super)` say who may look in, not what is used
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.add_path(&path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        self.tokens(item.tokens.clone());
    }
}
