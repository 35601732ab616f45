//! Who is who in a command structure, and where commands come from.

/// What a node is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Role {
    /// Issues the commands; the top of the structure.
    Operator,
    /// A command server (beacon).
    Server,
    /// Passes commands on: a proxy, a super-peer, an ultrapeer.
    Relay,
    /// A machine that is commanded; what a takedown wants to free.
    #[default]
    Peer,
}

impl Role {
    /// All roles, from the top of the structure down.
    pub const ALL: [Role; 4] = [Role::Operator, Role::Server, Role::Relay, Role::Peer];

    /// The name in files, tables and charts: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Server => "server",
            Role::Relay => "relay",
            Role::Peer => "peer",
        }
    }

    /// The role of this name, if there is one. Case does not matter.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.name().eq_ignore_ascii_case(name))
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Where commands enter the network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Sources {
    /// A pure peer-to-peer network: the operator may inject at any one live node, and chooses the best. What one
    /// injection reaches is the component that holds the most peers.
    #[default]
    AnyNode,
    /// These nodes (servers, the operator); a peer is commanded while it is connected to one that lives.
    /// Strictly increasing.
    Nodes(Vec<u32>),
}
