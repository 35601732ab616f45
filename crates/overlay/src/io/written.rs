//! What the writers of all formats share: what they leave out, and the names of nodes.

use super::WriteError;
use super::interner::Interner;
use crate::{Names, Overlay, Sources};
use std::fmt;

/// What a format had no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// A sentence each: nodes without links, names, direction, attributes.
    pub left_out: Vec<String>,
}

impl Written {
    /// Of a format that holds no attributes.
    pub(super) fn without_attributes(overlay: &Overlay) -> Written {
        let any = overlay.roles().is_some()
            || *overlay.sources() != Sources::AnyNode
            || overlay.provider().is_some()
            || overlay.routable().is_some()
            || overlay.layer().is_some()
            || overlay.cost().is_some();
        let left_out = if any { vec!["attributes of nodes: GraphML keeps them".to_owned()] } else { Vec::new() };
        Written { left_out }
    }

    /// Of a format whose nodes are numbers from `first`.
    pub(super) fn without_names(mut self, overlay: &Overlay, first: u64) -> Written {
        let same = match overlay.names() {
            Names::Dense => first == 0,
            Names::Integers(list) => list.iter().zip(first..).all(|(a, b)| *a == b),
            Names::Strings { .. } => overlay.nodes() == 0,
        };
        if !same {
            self.left_out.push(format!("names of nodes: they are numbers from {first} here"));
        }
        self
    }
}

/// The name of a node, without a string of its own.
pub(super) struct Label<'a>(pub(super) &'a Names, pub(super) u32);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Names::Dense => write!(f, "{}", self.1),
            Names::Integers(list) => write!(f, "{}", list[self.1 as usize]),
            names => f.write_str(&names.get(self.1)),
        }
    }
}

/// Two nodes of one name would come back as one.
pub(super) fn refuse_repeated_names(overlay: &Overlay) -> Result<(), WriteError> {
    let names = overlay.names();
    let repeated = match names {
        Names::Dense => None,
        Names::Integers(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            sorted.windows(2).find(|w| w[0] == w[1]).map(|w| w[0].to_string())
        }
        Names::Strings { .. } => {
            let mut seen = Interner::default();
            // there are fewer nodes than numbers, so that `add` has room
            let is_old = |v: &u32| seen.add(&names.get(*v)).is_none_or(|(_, new)| !new);
            (0..overlay.nodes()).find(is_old).map(|v| names.get(v).into_owned())
        }
    };
    repeated.map_or(Ok(()), |name| Err(WriteError::Repeated { name }))
}
