//! DOT, the language of Graphviz: subgraphs, chains, ports, quoted and HTML names, comments.
//!
//! An own parser, of the grammar at graphviz.org: petgraph's knows neither places for messages nor a limit on depth.

mod tokens;

use super::error::Fault;
use super::graph::Graph;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::{shown, slurp};
use super::written::{Written, refuse_repeated_names};
use super::{Format, ReadOptions, WriteError};
use crate::Overlay;
use crate::io::attributes::Attribute;
use crate::io::graphml::write::has;
use std::io::{Read, Write};
use tokens::{Token, Tokens};

pub(super) const ROW: Row = Row {
    format: Format::Dot,
    name: "DOT",
    key: "dot",
    endings: &["dot", "gv"],
    begins: |head| begins(&String::from_utf8_lossy(&head.bytes)),
    read,
    write: Some(write),
};

/// Subgraphs in subgraphs.
const DEEPEST: u32 = 64;

/// `[strict] graph|digraph [name] {`.
fn begins(text: &str) -> bool {
    let mut tokens = Tokens::new(text);
    let mut words = 0;
    let mut has_kind = false;
    loop {
        match tokens.next() {
            Ok(Some(Token::Id(word, _))) if words < 3 => {
                let is = |w: &str| word.eq_ignore_ascii_case(w);
                if words == 0 && !(is("strict") || is("graph") || is("digraph")) {
                    return false;
                }
                has_kind |= is("graph") || is("digraph");
                words += 1;
            }
            Ok(Some(Token::Sign('{'))) => return has_kind,
            _ => return false,
        }
    }
}

/// Reads a DOT file.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let text = slurp(content)?;
    let mut parser = Parser {
        tokens: Tokens::new(&text),
        ahead: None,
        graph: Graph::default(),
        directed: false,
        depth: 0,
        options,
        report,
    };
    parser.whole()?;
    let directed = parser.directed;
    parser.graph.build(directed, options, parser.report)
}

struct Parser<'a, 'r> {
    tokens: Tokens<'a>,
    ahead: Option<Token>,
    graph: Graph,
    directed: bool,
    depth: u32,
    options: &'r ReadOptions,
    report: &'r mut Report,
}

impl Parser<'_, '_> {
    fn peek(&mut self) -> Result<Option<&Token>, Fault> {
        if self.ahead.is_none() {
            self.ahead = self.tokens.next()?;
        }
        Ok(self.ahead.as_ref())
    }

    fn take(&mut self) -> Result<Option<Token>, Fault> {
        self.peek()?;
        Ok(self.ahead.take())
    }

    /// Takes this sign if it is next.
    fn sign(&mut self, sign: char) -> Result<bool, Fault> {
        let found = matches!(self.peek()?, Some(Token::Sign(s)) if *s == sign);
        if found {
            self.ahead = None;
        }
        Ok(found)
    }

    /// Takes this word if it is next and not in quotes.
    fn word(&mut self, word: &str) -> Result<bool, Fault> {
        let found = matches!(self.peek()?, Some(Token::Id(id, false)) if id.eq_ignore_ascii_case(word));
        if found {
            self.ahead = None;
        }
        Ok(found)
    }

    fn id(&mut self) -> Result<Option<String>, Fault> {
        if !matches!(self.peek()?, Some(Token::Id(..))) {
            return Ok(None);
        }
        let Some(Token::Id(mut id, mut quoted)) = self.take()? else { unreachable!("has just been seen") };
        // "a" + "b"
        while quoted && self.sign('+')? {
            match self.take()? {
                Some(Token::Id(more, true)) => {
                    id.push_str(&more);
                    quoted = true;
                }
                _ => return Err(self.tokens.fault("expected a quoted string after +")),
            }
        }
        Ok(Some(id))
    }

    fn expected(&self, what: &str) -> Fault {
        self.tokens.fault(format!("expected {what}"))
    }

    fn whole(&mut self) -> Result<(), Fault> {
        self.word("strict")?;
        self.directed = if self.word("digraph")? {
            true
        } else if self.word("graph")? {
            false
        } else {
            return Err(self.expected("graph or digraph"));
        };
        self.id()?;
        if !self.sign('{')? {
            return Err(self.expected("{"));
        }
        self.statements()?;
        if self.peek()?.is_some() {
            self.report.notes.push("something follows the first graph: it is not read".to_owned());
        }
        Ok(())
    }

    /// Statements to the closing brace; the nodes that they name.
    fn statements(&mut self) -> Result<Vec<u32>, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.tokens.fault(format!("subgraphs in subgraphs, more than {DEEPEST} deep")));
        }
        let mut nodes = Vec::new();
        loop {
            if self.sign('}')? {
                self.depth -= 1;
                return Ok(nodes);
            }
            if self.sign(';')? || self.sign(',')? {
                continue;
            }
            if self.peek()?.is_none() {
                return Err(self.tokens.fault("the file ends inside { }: it is cut off"));
            }
            self.statement(&mut nodes)?;
        }
    }

    fn statement(&mut self, nodes: &mut Vec<u32>) -> Result<(), Fault> {
        for kind in ["graph", "node", "edge"] {
            if self.word(kind)? {
                while self.attributes(&[])? {}
                return Ok(());
            }
        }
        let mut ends = self.end()?;
        nodes.extend(&ends);
        let mut chained = false;
        while let Some(&Token::Arrow(arrow)) = self.peek()? {
            self.ahead = None;
            if arrow != self.directed {
                let (right, wrong) = if self.directed { ("->", "--") } else { ("--", "->") };
                return Err(self.tokens.fault(format!("{wrong} in a graph whose edges are {right}")));
            }
            let next = self.end()?;
            nodes.extend(&next);
            for &u in &ends {
                for &v in &next {
                    self.report.listed += 1;
                    self.graph.link([u, v], self.directed);
                }
            }
            ends = next;
            chained = true;
        }
        let of: Vec<u32> = if chained { Vec::new() } else { ends };
        while self.attributes(&of)? {}
        Ok(())
    }

    /// One side of an edge: a node, or the nodes of a subgraph.
    fn end(&mut self) -> Result<Vec<u32>, Fault> {
        let named = self.word("subgraph")?;
        if named {
            self.id()?;
        }
        if self.sign('{')? {
            return self.statements();
        }
        if named {
            return Err(self.expected("{ after subgraph"));
        }
        let Some(id) = self.id()? else { return Err(self.expected("the name of a node")) };
        if self.sign('=')? {
            // `rankdir = LR`: an attribute of the graph
            if self.id()?.is_none() {
                return Err(self.expected("a value after ="));
            }
            return Ok(Vec::new());
        }
        for _ in 0..2 {
            if self.sign(':')? && self.id()?.is_none() {
                return Err(self.expected("a port after :"));
            }
        }
        Ok(vec![self.graph.node(&id)?.0])
    }

    /// `[a=b, c=d]`, of these nodes. Whether there was one.
    fn attributes(&mut self, nodes: &[u32]) -> Result<bool, Fault> {
        if !self.sign('[')? {
            return Ok(false);
        }
        loop {
            if self.sign(']')? {
                return Ok(true);
            }
            if self.sign(',')? || self.sign(';')? {
                continue;
            }
            let Some(name) = self.id()? else { return Err(self.expected("an attribute or ]")) };
            let value = if self.sign('=')? {
                self.id()?.ok_or_else(|| self.expected("a value after ="))?
            } else {
                "true".to_owned()
            };
            let (line, column) = self.tokens.place();
            for &node in nodes {
                self.graph.attribute(node, &name, &value, self.options, self.report, || (line, Some(column)));
            }
        }
    }
}

/// Writes DOT, attributes included.
fn write(overlay: &Overlay, out: &mut dyn Write) -> Result<Written, WriteError> {
    refuse_repeated_names(overlay)?;
    let directed = !overlay.is_symmetric();
    let (kind, arrow) = if directed { ("digraph", "->") } else { ("graph", "--") };
    let names = overlay.names();
    let quoted = |v: u32| -> Result<String, WriteError> {
        let name = names.get(v);
        if name.contains(['\\', '\n', '\r']) {
            let reason = "holds a backslash or a line break, which DOT reads as something else; write GraphML (.graphml) instead";
            return Err(WriteError::Name { format: Format::Dot, name: shown(&name), reason });
        }
        Ok(format!("\"{}\"", name.replace('"', "\\\"")))
    };
    writeln!(out, "{kind} {{")?;
    let columns: Vec<Attribute> = Attribute::ALL.into_iter().filter(|a| has(overlay, *a)).collect();
    for v in 0..overlay.nodes() {
        let list: Vec<String> =
            columns.iter().map(|a| format!("{}=\"{}\"", a.name_and_type().0, a.value(overlay, v))).collect();
        let list = if list.is_empty() { String::new() } else { format!(" [{}]", list.join(", ")) };
        writeln!(out, "  {}{list};", quoted(v)?)?;
    }
    for [u, v] in overlay.out().iter_arcs().filter(|[u, v]| directed || u < v) {
        writeln!(out, "  {} {arrow} {};", quoted(u)?, quoted(v)?)?;
    }
    writeln!(out, "}}")?;
    Ok(Written::default())
}
