//! The network that everything else works on.

use crate::{Csr, Geometry, Names, Role, Sources};
use std::sync::{Arc, OnceLock};

/// A node: `0..n`, dense.
pub type NodeId = u32;

/// One network. Cheap to clone: the parts are shared.
///
/// Optional attributes have one entry a node: `provider` (hosting network or autonomous system), `routable` (can it be
/// dialled, or is it behind address translation), `layer` (0 is the top), `cost` (of removing it, > 0, any unit).
#[derive(Debug, Clone)]
pub struct Overlay {
    out: Arc<Csr>,
    symmetric: bool,
    back: Arc<OnceLock<Arc<Csr>>>,
    closure: Arc<OnceLock<Arc<Csr>>>,
    roles: Option<Arc<[Role]>>,
    sources: Arc<Sources>,
    names: Arc<Names>,
    provider: Option<Arc<[u32]>>,
    routable: Option<Arc<[bool]>>,
    layer: Option<Arc<[u16]>>,
    cost: Option<Arc<[f64]>>,
    geometry: Option<Arc<dyn Geometry>>,
}

impl Overlay {
    /// An overlay in which contact goes both ways. The caller vouches that every arc has its opposite, as
    /// [`Csr::from_edges`] makes them; debug builds check it.
    ///
    /// Until told otherwise every node is a [`Role::Peer`] and commands may enter anywhere ([`Sources::AnyNode`]).
    pub fn symmetric(csr: Csr) -> Overlay {
        debug_assert!(csr.is_symmetric(), "a symmetric overlay has both arcs of every edge");
        Overlay::new(csr, true)
    }

    /// An overlay in which `u → v` does not imply `v → u` (finger tables, peer lists).
    pub fn directed(csr: Csr) -> Overlay {
        Overlay::new(csr, false)
    }

    fn new(csr: Csr, symmetric: bool) -> Overlay {
        Overlay {
            out: Arc::new(csr),
            symmetric,
            back: Arc::default(),
            closure: Arc::default(),
            roles: None,
            sources: Arc::default(),
            names: Arc::default(),
            provider: None,
            routable: None,
            layer: None,
            cost: None,
            geometry: None,
        }
    }

    /// Gives every node its role.
    ///
    /// # Panics
    /// If there is not exactly one role a node.
    pub fn with_roles(mut self, roles: Vec<Role>) -> Overlay {
        self.expect_one_each(roles.len(), "role");
        self.roles = Some(roles.into());
        self
    }

    /// Says where commands come from. Nodes are sorted and repeated ones dropped.
    ///
    /// # Panics
    /// If a source is not a node.
    pub fn with_sources(mut self, mut sources: Sources) -> Overlay {
        if let Sources::Nodes(list) = &mut sources {
            list.sort_unstable();
            list.dedup();
            assert!(list.last().is_none_or(|&v| v < self.nodes()), "command sources are nodes");
        }
        self.sources = Arc::new(sources);
        self
    }

    /// Gives every node the name that it has outside.
    ///
    /// # Panics
    /// If there is not exactly one name a node.
    pub fn with_names(mut self, names: Names) -> Overlay {
        if let Some(count) = names.len() {
            self.expect_one_each(count, "name");
        }
        self.names = Arc::new(names);
        self
    }

    /// Says which provider hosts each node.
    ///
    /// # Panics
    /// If there is not exactly one entry a node.
    pub fn with_provider(mut self, provider: Vec<u32>) -> Overlay {
        self.expect_one_each(provider.len(), "provider");
        self.provider = Some(provider.into());
        self
    }

    /// Says which nodes can be dialled.
    ///
    /// # Panics
    /// If there is not exactly one entry a node.
    pub fn with_routable(mut self, routable: Vec<bool>) -> Overlay {
        self.expect_one_each(routable.len(), "routable flag");
        self.routable = Some(routable.into());
        self
    }

    /// Says how far below the top each node stands: 0 is the top.
    ///
    /// # Panics
    /// If there is not exactly one entry a node.
    pub fn with_layer(mut self, layer: Vec<u16>) -> Overlay {
        self.expect_one_each(layer.len(), "layer");
        self.layer = Some(layer.into());
        self
    }

    /// Says what removing each node costs.
    ///
    /// # Panics
    /// If there is not exactly one entry a node, or a cost is not a positive finite number.
    pub fn with_cost(mut self, cost: Vec<f64>) -> Overlay {
        self.expect_one_each(cost.len(), "cost");
        assert!(cost.iter().all(|c| c.is_finite() && *c > 0.0), "costs are positive and finite");
        self.cost = Some(cost.into());
        self
    }

    /// Says how lookups are routed on it.
    pub fn with_geometry(mut self, geometry: impl Geometry + 'static) -> Overlay {
        self.geometry = Some(Arc::new(geometry));
        self
    }

    fn expect_one_each(&self, count: usize, what: &str) {
        assert!(count == self.nodes() as usize, "one {what} a node: {count} for {} nodes", self.nodes());
    }

    /// Number of nodes, N.
    pub fn nodes(&self) -> u32 {
        self.out.nodes()
    }

    /// Number of edges M of a symmetric overlay (pairs), number of arcs of a directed one.
    pub fn edges(&self) -> u64 {
        if self.symmetric { self.out.arcs() / 2 } else { self.out.arcs() }
    }

    /// Whether contact goes both ways along every arc.
    pub fn is_symmetric(&self) -> bool {
        self.symmetric
    }

    /// The arcs: row `v` lists whom `v` knows.
    pub fn out(&self) -> &Csr {
        &self.out
    }

    /// The arcs turned round: row `v` lists who knows `v`. Computed at the first call, O(n + m).
    pub fn incoming(&self) -> &Csr {
        if self.symmetric { &self.out } else { self.back.get_or_init(|| Arc::new(self.out.transpose())) }
    }

    /// The symmetric closure, on which connectivity is measured: an edge wherever one side knows the other.
    /// The overlay itself if symmetric; otherwise computed at the first call, O(n + m).
    pub fn closure(&self) -> &Csr {
        if self.symmetric { &self.out } else { self.closure.get_or_init(|| Arc::new(self.out.symmetrize())) }
    }

    /// The role of node `v`.
    pub fn role(&self, v: NodeId) -> Role {
        self.roles.as_ref().map_or(Role::Peer, |r| r[v as usize])
    }

    /// All roles, or `None` when every node is a peer.
    pub fn roles(&self) -> Option<&[Role]> {
        self.roles.as_deref()
    }

    /// Number of nodes whose role is [`Role::Peer`]. O(n) where roles are given.
    pub fn peers(&self) -> u32 {
        match &self.roles {
            None => self.nodes(),
            Some(roles) => roles.iter().filter(|r| **r == Role::Peer).count() as u32,
        }
    }

    /// Where commands enter.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The names that the nodes have outside.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The provider that hosts each node, if known.
    pub fn provider(&self) -> Option<&[u32]> {
        self.provider.as_deref()
    }

    /// Which nodes can be dialled, if known.
    pub fn routable(&self) -> Option<&[bool]> {
        self.routable.as_deref()
    }

    /// The layer of each node, if the structure has layers.
    pub fn layer(&self) -> Option<&[u16]> {
        self.layer.as_deref()
    }

    /// The cost of removing each node, if given.
    pub fn cost(&self) -> Option<&[f64]> {
        self.cost.as_deref()
    }

    /// How lookups are routed on it, if it is a structured overlay.
    pub fn geometry(&self) -> Option<&dyn Geometry> {
        self.geometry.as_deref()
    }

    /// The undirected view for petgraph: every edge of the closure once.
    pub fn undirected(&self) -> crate::Undirected<'_> {
        crate::Undirected(self.closure())
    }
}
