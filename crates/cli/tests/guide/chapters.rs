//! Runs the chapters.
//!
//! | block | what is done with it |
//! |---|---|
//! | `toml` | read as a spec; with `part`, checked to be TOML only |
//! | `toml,file=NAME`, `text,file=NAME` | written to the chapter's folder; a command must name it |
//! | `sh` | run there, with the program on the path; with `norun`, not |
//! | `text,output` | compared with what the block before printed |

use super::{blocks::blocks, keep, root};
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The chapters that people wrote.
fn chapters() -> Vec<PathBuf> {
    let folder = root().join("docs/src");
    let mut list: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the guide")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    list.sort();
    list
}

/// What commands print, run by a shell in a folder.
fn run(script: &str, folder: &Path, place: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_hydranet")).parent().expect("a folder").to_path_buf();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&others))).unwrap();
    let out = Command::new("sh")
        .args(["-e", "-u", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "120")
        .output()
        .expect("a shell");
    assert!(out.status.success(), "{place}: {script}\n{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("text")
}

/// Plays one chapter, and gives it back with the outputs as they are.
fn play(path: &Path) -> String {
    let chapter = std::fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut said, mut fresh, mut done) = (String::new(), String::new(), 0);
    for block in blocks(&chapter) {
        let place = format!("{}:{}", path.display(), block.line);
        if let Some(name) = block.value("file") {
            std::fs::write(folder.path().join(name), block.text).unwrap();
            let mut later =
                blocks(&chapter).into_iter().filter(|other| other.start > block.start && other.is("sh", None));
            assert!(later.any(|other| other.text.contains(name)), "{place}: no command names {name}");
        }
        if block.is("toml", None) {
            if let Err(e) = toml::from_str::<toml::Table>(block.text) {
                panic!("{place}: {e}");
            }
            // one with a name is read when a command runs it, in the folder of the files that it names
            if !block.is("toml", Some("part")) && block.value("file").is_none() {
                Toolkit::default().parse(block.text, &place).unwrap_or_else(|e| panic!("{place}: {e}"));
            }
        } else if block.is("sh", None) && !block.is("sh", Some("norun")) {
            said = run(block.text, folder.path(), &place);
        } else if block.is("text", Some("output")) {
            fresh.push_str(&chapter[done..block.start]);
            // blanks at the ends of lines are no matter
            let lines: Vec<&str> = said.trim_end().lines().map(str::trim_end).collect();
            fresh.push_str(lines.join("\n").trim_start_matches('\n'));
            fresh.push('\n');
            done = block.start + block.text.len();
        }
    }
    fresh.push_str(&chapter[done..]);
    fresh
}

#[test]
fn commands_run_and_print_what_the_guide_shows() {
    let mut ran = 0;
    for path in chapters() {
        let fresh = play(&path);
        keep(&path, &fresh);
        ran += blocks(&fresh).iter().filter(|block| block.is("sh", None) && !block.is("sh", Some("norun"))).count();
    }
    assert!(ran >= 20, "only {ran} blocks of commands ran");
}

/// Every experiment of this repository stands in the chapter on figures.
#[test]
fn the_chapter_on_figures_names_every_experiment() {
    let chapter = std::fs::read_to_string(root().join("docs/src/paper-figures.md")).unwrap();
    for entry in std::fs::read_dir(root().join("experiments/specs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy();
        assert!(chapter.contains(&format!("| `{name}` |")), "no row for {name}");
    }
}

/// Every file that stands in the table of contents is there, and every page stands in it.
#[test]
fn the_table_of_contents_is_whole() {
    let source = root().join("docs/src");
    let contents = std::fs::read_to_string(source.join("SUMMARY.md")).unwrap();
    let mut named: Vec<String> =
        contents.lines().filter_map(|line| Some(line.split_once("](")?.1.split_once(')')?.0.to_string())).collect();
    let mut there: Vec<String> = Vec::new();
    let pages = |folder: &str| -> Vec<String> {
        std::fs::read_dir(source.join(folder))
            .unwrap()
            .map(|entry| format!("{folder}{}", entry.unwrap().file_name().to_string_lossy()))
            .collect()
    };
    there.extend(pages("").into_iter().filter(|name| name != "SUMMARY.md"));
    there.extend(pages("reference/"));
    there.retain(|name| name.ends_with(".md"));
    named.sort();
    there.sort();
    assert_eq!(named, there);
}

/// Links within the guide lead to pages that are there.
#[test]
fn links_lead_somewhere() {
    let source = root().join("docs/src");
    let pages = chapters().into_iter().chain(super::reference::pages().into_iter().map(|(name, _)| source.join(name)));
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)) {
            let file = link.split('#').next().unwrap_or_default();
            let outward = link.contains("://") || link.contains(' ') || !file.ends_with(".md");
            let there = page.parent().expect("a folder").join(file);
            assert!(outward || there.exists(), "{}: no page {link}", page.display());
        }
    }
}
