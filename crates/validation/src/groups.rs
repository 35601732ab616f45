//! The groups of rows, one file a family of references.

mod attack;
mod campaigns;
mod complete;
mod dismantling;
mod failure;
mod fleets;
mod function;
mod games;
mod games_laws;
mod intervals;
mod lattice;
mod measured;
mod measures;
mod passing;
mod people;
mod resilience;
mod shapes;
mod signatures;
mod spread;
mod strategies;
mod structured;
mod unstructured;

use crate::book::Book;

/// Rows that belong together.
pub(crate) struct Group {
    /// What `--only` and the table call it.
    pub(crate) name: &'static str,
    /// Writes the rows down.
    pub(crate) write: fn(&mut Book),
}

const fn group(name: &'static str, write: fn(&mut Book)) -> Group {
    Group { name, write }
}

/// All groups, in the order of the table.
pub(crate) const GROUPS: &[Group] = &[
    group("complete and star", complete::rows),
    group("random failure", failure::rows),
    group("lattice", lattice::rows),
    group("strategies", strategies::rows),
    group("degree attack", attack::rows),
    group("dismantling", dismantling::rows),
    group("measured networks", measured::rows),
    group("measures and cascades", measures::rows),
    group("random graphs and shapes", shapes::rows),
    group("structured overlays", structured::rows),
    group("lookups: random failure", resilience::rows),
    group("command structures and peer lists", unstructured::rows),
    group("broadcast", spread::rows),
    group("iterative lookups, crawls, eclipses", function::rows),
    group("campaigns: actions and lists", campaigns::rows),
    group("campaigns: time", passing::rows),
    group("campaigns: fleets, hours, knowledge", fleets::rows),
    group("statistics", intervals::rows),
    group("games", games::rows),
    group("organisations and greed", people::rows),
    group("signatures", signatures::rows),
];
