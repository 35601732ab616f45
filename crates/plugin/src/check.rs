//! The conformance check: what a test of every crate that brings a table calls, beside what its kind promises.

use crate::{Built, Params, PluginKind, Registration};

/// Checks that the rows of a table keep the promises of [`crate::Plugin`]. For tests.
///
/// Every name and alias is legal and stands once; every row says in one line what it is; every parameter is documented, and
/// none has the name of a [key of the spec](PluginKind::RESERVED); the example builds; unknown parameters are refused by
/// name; the parameters that a result would record build the same again.
///
/// # Panics
/// With the promise that was broken, and by which row.
pub fn check<T: PluginKind + ?Sized>(rows: &'static [Registration<T>]) {
    check_table(rows, T::RESERVED);
}

/// As [`check`], with the keys that no parameter may have as its name.
///
/// # Panics
/// With the promise that was broken, and by which row.
pub fn check_table<T: PluginKind + ?Sized>(rows: &'static [Registration<T>], reserved: &[&str]) {
    assert!(!rows.is_empty(), "a table without rows registers nothing");
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        for name in std::iter::once(&row.name).chain(row.aliases) {
            let legal = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(legal && name.starts_with(|c: char| c.is_ascii_lowercase()), "`{name}` is not kebab-case");
            assert!(seen.insert(*name), "`{name}` stands twice");
        }
        assert!(row.about.len() >= 20, "`{}` says too little about itself", row.name);
        assert!(
            !row.about.ends_with('.') && !row.about.contains('\n'),
            "`{}`: about is one line, no full stop",
            row.name
        );
        for param in row.params() {
            assert!(!reserved.contains(&param.name.as_str()), "`{}`: `{}` is the spec's own key", row.name, param.name);
            assert!(!param.meaning.is_empty(), "`{}`: parameter `{}` has no doc comment", row.name, param.name);
        }
        let params = Params::parse(row.example).unwrap_or_else(|e| panic!("`{}`: example is not TOML: {e}", row.name));
        let built = row.build(&params).unwrap_or_else(|e| panic!("`{}`: its example is refused: {e}", row.name));
        assert_eq!(built.name, row.name, "what was built goes by another name");
        recorded(row, &built);
        let unknown = format!("{}\nno_such_parameter = 1", row.example);
        let unknown = Params::parse(&unknown).expect("still TOML");
        let refusal = row.build(&unknown).err().unwrap_or_else(|| panic!("`{}` takes any parameter", row.name));
        assert!(refusal.reason.contains("no_such_parameter"), "`{}`: {refusal}", row.name);
    }
}

/// What a result records is what it was made of: read back, it is recorded in the same words.
fn recorded<T: PluginKind + ?Sized>(row: &Registration<T>, built: &Built<T>) {
    let text = built.params.to_string();
    let params = Params::parse(&text).unwrap_or_else(|e| panic!("`{}`: its parameters are not TOML: {e}", row.name));
    let again = row.build(&params).unwrap_or_else(|e| panic!("`{}`: its own record is refused: {e}", row.name));
    assert_eq!(built.params, again.params, "`{}`: its recorded parameters read back otherwise", row.name);
}
