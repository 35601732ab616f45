//! Pairs as a programming language prints them: `(1, 2)` a line, or `[(1, 2), (2, 3)]`, with what follows the ends ignored.

use super::error::{Fault, too_many_nodes};
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{place_of, shown, slurp};
use super::{Format, ReadOptions};
use crate::Overlay;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::Tuples,
    name: "printed pairs",
    key: "tuples",
    endings: &[],
    begins: |head| {
        let text = String::from_utf8_lossy(&head.bytes);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let inner = text.strip_prefix(['[', '{']).map(str::trim_start);
        let view = text.get(..80.min(text.len())).unwrap_or("").split_once("([").map(|(word, _)| word);
        text.starts_with('(') && !text.starts_with("(tlp")
            || inner.is_some_and(|i| i.starts_with(['(', '\'']))
            || view.is_some_and(|word| word.ends_with("View") && word.bytes().all(|b| b.is_ascii_alphabetic()))
    },
    read,
    write: None,
};

/// Brackets in brackets.
const DEEPEST: u32 = 16;

enum Value {
    Word(String),
    List(Vec<Value>, usize),
    /// In braces, with colons: a dictionary of attributes.
    Attributes,
}

impl Value {
    fn name(&self) -> Option<String> {
        match self {
            Value::Word(word) => Some(word.clone()),
            Value::List(list, _) => {
                let names: Option<Vec<String>> = list.iter().map(Value::name).collect();
                Some(format!("({})", names?.join(", ")))
            }
            Value::Attributes => None,
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

/// Reads printed pairs.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut parser = Parser { text: &text, at: 0, depth: 0 };
    if let Some(start) = text.find("([").filter(|i| *i < 40 && text[..*i].trim_start().ends_with("View")) {
        parser.at = start;
    }
    let mut values = Vec::new();
    loop {
        parser.blanks(true);
        if parser.at == text.len() {
            break;
        }
        values.push(parser.value()?);
    }
    // one list around all pairs
    while let [Value::List(inner, _)] = &mut values[..] {
        if inner.is_empty() || !inner.iter().all(|v| matches!(v, Value::List(..))) {
            break;
        }
        values = std::mem::take(inner);
    }
    let mut graph = Graph::default();
    for value in &values {
        let (ends, start) = match value {
            Value::List(list, start) => (list.get(..2).map(|ends| [ends[0].name(), ends[1].name()]), *start),
            _ => (None, 0),
        };
        let Some([Some(a), Some(b)]) = ends else {
            return Err(parser.fault(start, "expected pairs of nodes in brackets, such as (1, 2)"));
        };
        let ends = [graph.node(&a)?.0, graph.node(&b)?.0];
        graph.link(ends, false);
        if let Value::List(list, _) = value {
            report.ignore("third and later entries", (list.len() > 2).into());
        }
    }
    report.listed = graph.links();
    if graph.len() == 0 {
        return Err(Fault::whole("holds no pair of nodes"));
    }
    if graph.len() == u32::MAX {
        return Err(too_many_nodes());
    }
    graph.build(false, options, report)
}

impl Parser<'_> {
    fn fault(&self, at: usize, reason: impl Into<String>) -> Fault {
        let (line, column) = place_of(self.text, at);
        Fault::At { line, column: Some(column), reason: reason.into() }
    }

    fn blanks(&mut self, commas: bool) {
        let rest = &self.text[self.at..];
        let skipped = rest.trim_start_matches(|c: char| c.is_whitespace() || commas && c == ',' || c == '\u{feff}');
        self.at = self.text.len() - skipped.len();
    }

    fn value(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else { return Err(self.fault(start, "the file ends inside a bracket")) };
        match first {
            '(' | '[' | '{' => {
                let close = match first {
                    '(' => ')',
                    '[' => ']',
                    _ => '}',
                };
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.fault(start, format!("brackets in brackets, more than {DEEPEST} deep")));
                }
                self.at += 1;
                let mut list = Vec::new();
                let mut has_colon = false;
                loop {
                    self.blanks(true);
                    let rest = &self.text[self.at..];
                    if rest.starts_with(close) {
                        self.at += 1;
                        self.depth -= 1;
                        return Ok(if has_colon { Value::Attributes } else { Value::List(list, start) });
                    }
                    if rest.starts_with(':') && first == '{' {
                        has_colon = true;
                        self.at += 1;
                        continue;
                    }
                    list.push(self.value()?);
                }
            }
            '"' | '\'' => {
                let mut name = String::new();
                let mut chars = rest.char_indices().skip(1);
                while let Some((i, c)) = chars.next() {
                    match c {
                        '\\' => name.extend(chars.next().map(|(_, c)| c)),
                        c if c == first => {
                            self.at += i + 1;
                            return Ok(Value::Word(name));
                        }
                        c => name.push(c),
                    }
                }
                Err(self.fault(start, "a quote is opened and never closed"))
            }
            ')' | ']' | '}' | ':' => Err(self.fault(start, format!("unexpected {}", shown(&first.to_string())))),
            _ => {
                let end = rest.find([',', ')', ']', '}', '(', '[', '{', ':', '\n']).unwrap_or(rest.len());
                self.at += end.max(first.len_utf8());
                let word = rest[..end].trim();
                if word.is_empty() {
                    return Err(self.fault(start, "expected a name"));
                }
                Ok(Value::Word(word.to_owned()))
            }
        }
    }
}
