//! What an action can do, as far as that can be told without doing it: for what is said of a campaign before it runs.

/// What an action can do to a network. What it may do is true; only what it never does is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Powers {
    /// What it works on.
    pub works_on: WorksOn,
    /// Takes infrastructure out of service.
    pub seizes: bool,
    /// Leaves machines with contacts that are none: it takes names, or writes on lists.
    pub misleads: bool,
    /// Takes machines out of the network for good.
    pub cleans: bool,
    /// Goes on, or is lifted, when its duration has passed.
    pub lasts: bool,
}

/// Networks in which an action has something to hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorksOn {
    /// All of them.
    Any,
    /// Those in which machines hang on infrastructure.
    Servers,
    /// Those in which machines keep lists of each other.
    Peers,
}

impl Powers {
    /// An action of which nothing is known.
    pub const ANY: Powers = Powers { works_on: WorksOn::Any, seizes: true, misleads: true, cleans: true, lasts: true };
    /// An action that does none of these.
    pub const NONE: Powers =
        Powers { works_on: WorksOn::Any, seizes: false, misleads: false, cleans: false, lasts: false };
}
