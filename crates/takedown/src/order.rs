//! The order in which nodes or edges fall.

use hydranet_overlay::NodeId;

/// What a takedown removes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Removes {
    /// Nodes, with all their links (site percolation).
    #[default]
    Nodes,
    /// Links; all nodes stay (bond percolation).
    Edges,
}

impl Removes {
    /// The name in specs and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Removes::Nodes => "nodes",
            Removes::Edges => "edges",
        }
    }
}

/// The things that fall, first to last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Items {
    /// Every node of the network, once.
    Nodes(Vec<NodeId>),
    /// Every edge of the closure, once, the smaller end first.
    Edges(Vec<[NodeId; 2]>),
}

/// A complete removal order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovalOrder {
    /// What falls, first to last.
    pub items: Items,
    /// Where things fall together (all servers of a provider): the position after the last item of each batch,
    /// increasing, the last one being the length. Empty where every item falls by itself.
    pub batch_ends: Vec<u32>,
    /// What a user should know about how the order came about; empty mostly.
    pub notes: Vec<String>,
}

impl RemovalOrder {
    /// Nodes that fall one by one.
    pub fn nodes(order: Vec<NodeId>) -> RemovalOrder {
        RemovalOrder { items: Items::Nodes(order), batch_ends: Vec::new(), notes: Vec::new() }
    }

    /// Edges that fall one by one.
    pub fn edges(order: Vec<[NodeId; 2]>) -> RemovalOrder {
        RemovalOrder { items: Items::Edges(order), batch_ends: Vec::new(), notes: Vec::new() }
    }

    /// Number of removals.
    pub fn len(&self) -> usize {
        match &self.items {
            Items::Nodes(list) => list.len(),
            Items::Edges(list) => list.len(),
        }
    }

    /// Whether nothing falls.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What falls.
    pub fn removes(&self) -> Removes {
        match self.items {
            Items::Nodes(_) => Removes::Nodes,
            Items::Edges(_) => Removes::Edges,
        }
    }
}
