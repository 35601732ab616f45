//! A thin layer over quick-xml: events with their place, and errors that name line and column.

use crate::io::error::Fault;
use crate::io::text::{place_of, shown};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

/// The first bytes without byte order mark and blanks.
pub(in crate::io) fn beginning(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
}

/// The local name of the root element, lower case, if the first bytes are those of XML.
pub(in crate::io) fn root(head: &[u8]) -> Option<String> {
    let head = beginning(head);
    if head.first() != Some(&b'<') {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => return Some(e.local_name().as_ref().to_ascii_lowercase()),
            Ok(Event::Eof | Event::End(_)) | Err(_) => return None,
            Ok(Event::Text(t)) => {
                if !t.into_inner().trim().is_empty() {
                    return None;
                }
            }
            Ok(_) => {}
        }
    }
}

/// What this reader tells apart.
pub(in crate::io) enum Token<'a> {
    Start(BytesStart<'a>),
    End,
    Text(Cow<'a, str>),
    Comment,
    Doctype,
    /// Declaration or processing instruction.
    Other,
    EndOfFile,
}

pub(in crate::io) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Names of the open elements, and where each begins.
    open: Vec<(String, usize)>,
    /// Where the last token begins.
    pub(in crate::io) start: usize,
}

impl<'a> Xml<'a> {
    pub(in crate::io) fn new(text: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { text, reader, open: Vec::new(), start: 0 }
    }

    /// A fault at the last token.
    pub(in crate::io) fn fault(&self, reason: impl Into<String>) -> Fault {
        self.fault_at(self.start, reason)
    }

    /// A fault at a byte of the file.
    pub(in crate::io) fn fault_at(&self, offset: usize, reason: impl Into<String>) -> Fault {
        let (line, column) = place_of(self.text, offset);
        Fault::At { line, column: Some(column), reason: reason.into() }
    }

    pub(in crate::io) fn next(&mut self) -> Result<Token<'a>, Fault> {
        let before = self.reader.buffer_position() as usize;
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(e) => return Err(self.fault_at(self.reader.error_position() as usize, format!("malformed XML: {e}"))),
        };
        if !matches!(event, Event::End(_)) || self.reader.buffer_position() as usize != before {
            self.start = before;
        }
        Ok(match event {
            Event::Start(e) => {
                self.open.push((e.name().as_ref().to_owned(), self.start));
                Token::Start(e)
            }
            Event::End(_) => {
                self.open.pop();
                Token::End
            }
            Event::Text(t) => Token::Text(t.into_inner()),
            Event::CData(t) => Token::Text(t.into_inner()),
            Event::GeneralRef(r) => {
                let character = r.resolve_char_ref().map_err(|e| self.fault(format!("malformed XML: {e}")))?;
                let name = r.into_inner();
                match (character, resolve_predefined_entity(&name)) {
                    (Some(c), _) => Token::Text(c.to_string().into()),
                    (None, Some(text)) => Token::Text(text.into()),
                    (None, None) => return Err(self.unknown_entity(&name)),
                }
            }
            Event::Comment(_) => Token::Comment,
            Event::DocType(_) => Token::Doctype,
            Event::Decl(_) | Event::PI(_) | Event::Empty(_) => Token::Other,
            Event::Eof => match self.open.last() {
                Some((name, start)) => {
                    let (line, _) = place_of(self.text, *start);
                    let reason = format!("the file ends inside <{name}>, which begins in line {line}: it is cut off");
                    return Err(self.fault_at(self.text.len(), reason));
                }
                None => Token::EndOfFile,
            },
        })
    }

    fn unknown_entity(&self, name: &str) -> Fault {
        let reason = format!("unknown entity {}; entities are not expanded", shown(&format!("&{name};")));
        self.fault(reason)
    }

    /// The values of these attributes of the element that has just begun.
    pub(in crate::io) fn attributes<const N: usize>(
        &self,
        element: &BytesStart<'a>,
        names: [&str; N],
    ) -> Result<[Option<String>; N], Fault> {
        let mut values = [const { None }; N];
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|e| self.fault(format!("malformed XML: {e}")))?;
            if let Some(i) = names.iter().position(|n| *n == attribute.key.as_ref()) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|e| self.fault(format!("{e}; entities are not expanded")))?;
                values[i] = Some(value.into_owned());
            }
        }
        Ok(values)
    }

    /// Goes to the end of the element that has just begun.
    pub(in crate::io) fn skip(&mut self) -> Result<(), Fault> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.next()?;
        }
        Ok(())
    }

    /// The text of the element that has just begun, up to its end, without blanks around it. Inner elements are left
    /// out.
    pub(in crate::io) fn text(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Token::Text(piece) => text.push_str(&piece),
                Token::Start(_) => self.skip()?,
                Token::End => return Ok(text.trim().to_owned()),
                _ => {}
            }
        }
    }
}
