//! What there is to know about one format: a row that its reader gives and [`super::formats`] lists.

use super::error::Fault;
use super::format::Format;
use super::input::Head;
use super::report::Report;
use super::written::Written;
use super::{ReadOptions, WriteError};
use crate::Overlay;
use std::io::{Read, Write};

type Reader = fn(&mut dyn Read, &Head, &ReadOptions, &mut Report) -> Result<Overlay, Fault>;
type Writer = fn(&Overlay, &mut dyn Write) -> Result<Written, WriteError>;

/// What there is to know about one format.
pub(super) struct Row {
    pub(super) format: Format,
    /// In messages.
    pub(super) name: &'static str,
    /// On command lines and in specs.
    pub(super) key: &'static str,
    /// Lower case, without the point.
    pub(super) endings: &'static [&'static str],
    /// Whether the beginning of a file says beyond doubt that it is this.
    pub(super) begins: fn(&Head) -> bool,
    pub(super) read: Reader,
    pub(super) write: Option<Writer>,
}
