//! Calls of the program, for all tests that make some.
#![allow(dead_code)] // every test file is a program of its own, and none makes every kind of call

use std::path::Path;
use std::process::{Command, Output};

pub(crate) fn hydranet(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hydranet")).args(args).current_dir(folder).output().expect("the program starts")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A successful call.
pub(crate) fn succeeded(folder: &Path, args: &[&str]) -> Output {
    let out = hydranet(folder, args);
    assert!(out.status.success(), "{args:?}: {}", text(&out.stderr));
    out
}

/// What a successful call prints.
pub(crate) fn ok(folder: &Path, args: &[&str]) -> String {
    text(&succeeded(folder, args).stdout)
}

/// A call that fails with this exit code, and all of these words on standard error.
pub(crate) fn failed(folder: &Path, args: &[&str], code: i32, words: &[&str]) {
    let out = hydranet(folder, args);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(code), "{args:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{args:?}: no `{word}` in: {said}");
    }
    assert!(!said.contains("panicked"), "{args:?}: {said}");
}

/// A call that is refused as bad input, with all of these words on standard error.
pub(crate) fn refused(folder: &Path, args: &[&str], words: &[&str]) {
    failed(folder, args, 2, words);
}
