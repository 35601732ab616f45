//! Standard output and standard error, either of which may be a pipe whose reader goes away.

use crate::failure::Failure;
use hydranet_studies::Lines;
use std::io::{ErrorKind, Write};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Writes to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Failure::OutputClosed,
        _ => Failure::Failed(format!("cannot write to standard output: {e}")),
    })
}

/// A note to the user on standard error, where it does not disturb a pipe.
///
/// Where nobody listens (the stream is closed, its reader has gone) it is lost: `eprintln!` would panic, and the program end
/// with a code that says nothing of what happened.
pub(crate) fn note(text: &str) {
    let _ = std::io::stderr().lock().write_all(format!("{text}\n").as_bytes());
}

/// Several tables, one below the other.
pub(crate) fn texts(tables: &[Lines]) -> String {
    tables.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// A table as text; a name that repeats the one above is left out in the first column.
fn text(lines: &Lines) -> String {
    let head: Vec<&str> = lines.head.iter().map(String::as_str).collect();
    let mut rows = lines.rows.clone();
    for i in (1..rows.len()).rev() {
        if lines.names > 1 && rows[i][0] == rows[i - 1][0] {
            rows[i][0].clear();
        }
    }
    table(&head, &rows, lines.names) + &lines.reading
}

/// A table with left-aligned text and right-aligned numbers, columns two spaces apart.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>], left: usize) -> String {
    let width =
        |i: usize| rows.iter().map(|r| r[i].as_str()).chain([head[i]]).map(|s| s.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut out = String::new();
        for (i, cell) in cells.enumerate() {
            let pad = " ".repeat(widths[i] - cell.chars().count());
            if i > 0 {
                out.push_str("  ");
            }
            out.push_str(&if i < left { format!("{cell}{pad}") } else { format!("{pad}{cell}") });
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    };
    let mut out = line(&mut head.iter().copied());
    out.push_str(&format!("{}\n", "─".repeat(widths.iter().sum::<usize>() + 2 * (head.len() - 1))));
    rows.iter().for_each(|row| out.push_str(&line(&mut row.iter().map(String::as_str))));
    out
}

/// Words wrapped to a width, each line after an indent. Names and numbers are never broken, not even at a hyphen.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let options = Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(&words, options) + "\n"
}
