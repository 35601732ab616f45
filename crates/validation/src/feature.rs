//! What a row is about, and what kind of evidence it is.

use serde::Serialize;

/// A kind of thing that can be right or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A registered topology, by its name.
    Topology,
    /// A registered strategy.
    Strategy,
    /// A measure of a whole network, or along its arcs.
    Measure,
    /// A registered action of campaigns.
    Action,
    /// A mechanism: a table of campaigns, or a process on networks (cascade, broadcast, crawl).
    Mechanism,
    /// A distance by which lookups are routed.
    Geometry,
    /// A statistic: an interval, a test, a solver of games, a detector.
    Statistic,
}

impl Kind {
    /// All kinds, in the order of tables.
    pub const ALL: [Kind; 7] =
        [Kind::Topology, Kind::Strategy, Kind::Measure, Kind::Action, Kind::Mechanism, Kind::Geometry, Kind::Statistic];

    /// What the kind is called in the plural.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Topology => "topologies",
            Kind::Strategy => "strategies",
            Kind::Measure => "measures",
            Kind::Action => "actions",
            Kind::Mechanism => "mechanisms",
            Kind::Geometry => "geometries",
            Kind::Statistic => "statistics",
        }
    }
}

/// One thing that rows cover.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Feature {
    /// Its kind.
    pub kind: Kind,
    /// Its registered name; for mechanisms, geometries and statistics a name of this table.
    pub name: String,
}

/// A topology.
pub(crate) fn topology(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Topology, name: name.into() }
}

/// A strategy.
pub(crate) fn strategy(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Strategy, name: name.into() }
}

/// A measure.
pub(crate) fn measure(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Measure, name: name.into() }
}

/// An action.
pub(crate) fn action(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Action, name: name.into() }
}

/// A mechanism.
pub(crate) fn mechanism(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Mechanism, name: name.into() }
}

/// A geometry.
pub(crate) fn geometry(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Geometry, name: name.into() }
}

/// A statistic.
pub(crate) fn statistic(name: impl Into<String>) -> Feature {
    Feature { kind: Kind::Statistic, name: name.into() }
}

/// What a reference is worth: where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A formula, evaluated apart from the code under test.
    ClosedForm,
    /// A number that is printed in a publication.
    Published,
    /// What the program of the method's authors gives on the same input.
    AuthorsProgram,
    /// The definition written down again, slowly and obviously, in this crate.
    Slow,
    /// What a program of other people gives, that was written independently.
    Oracle,
    /// What must stay equal whatever happens.
    Conservation,
}

impl Evidence {
    /// All kinds, in the order of tables.
    pub const ALL: [Evidence; 6] = [
        Evidence::ClosedForm,
        Evidence::Published,
        Evidence::AuthorsProgram,
        Evidence::Slow,
        Evidence::Oracle,
        Evidence::Conservation,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::ClosedForm => "closed form",
            Evidence::Published => "published number",
            Evidence::AuthorsProgram => "authors' program",
            Evidence::Slow => "slow and obvious code",
            Evidence::Oracle => "independent program",
            Evidence::Conservation => "conservation law",
        }
    }
}
