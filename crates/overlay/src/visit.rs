//! petgraph's visit traits, so that every petgraph algorithm runs on an overlay without a copy.
//!
//! `&Overlay` is the *directed* graph of its arcs (a symmetric overlay has both arcs of every edge);
//! [`Overlay::undirected`] is the *undirected* graph of its closure, every edge once. The direction of a petgraph graph
//! is a type, so one overlay cannot be both through the same reference.

use crate::{Csr, NodeId, Overlay};
use fixedbitset::FixedBitSet;
use petgraph::visit as pv;
use petgraph::{Directed, Direction, Undirected as UndirectedType};
use std::iter::Copied;
use std::slice::Iter;

/// The undirected graph of a symmetric adjacency: a view that petgraph's algorithms accept by value.
#[derive(Debug, Clone, Copy)]
pub struct Undirected<'a>(pub(crate) &'a Csr);

/// An edge or an arc in petgraph's sense. Its identity is its pair of ends (the smaller first where undirected).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EdgeRef {
    source: NodeId,
    target: NodeId,
    id: (NodeId, NodeId),
}

/// The same thing under the name that directed code expects.
pub type ArcRef = EdgeRef;

impl EdgeRef {
    fn arc(source: NodeId, target: NodeId) -> EdgeRef {
        EdgeRef { source, target, id: (source, target) }
    }
    fn edge(source: NodeId, target: NodeId) -> EdgeRef {
        EdgeRef { source, target, id: (source.min(target), source.max(target)) }
    }
}

impl pv::EdgeRef for EdgeRef {
    type NodeId = NodeId;
    type EdgeId = (NodeId, NodeId);
    type Weight = ();
    fn source(&self) -> NodeId {
        self.source
    }
    fn target(&self) -> NodeId {
        self.target
    }
    fn weight(&self) -> &() {
        &()
    }
    fn id(&self) -> Self::EdgeId {
        self.id
    }
}

/// Walks all arcs (or, for an undirected view, all edges, from the smaller end).
#[derive(Debug, Clone)]
pub struct Arcs<'a> {
    csr: &'a Csr,
    source: NodeId,
    row: Iter<'a, u32>,
    undirected: bool,
}

impl<'a> Arcs<'a> {
    fn new(csr: &'a Csr, undirected: bool) -> Self {
        let mut arcs = Arcs { csr, source: 0, row: [].iter(), undirected };
        if csr.nodes() > 0 {
            arcs.enter(0);
        }
        arcs
    }
    fn enter(&mut self, source: NodeId) {
        let row = self.csr.row(source);
        let skip = if self.undirected { row.partition_point(|&t| t < source) } else { 0 };
        self.source = source;
        self.row = row[skip..].iter();
    }
}

impl Iterator for Arcs<'_> {
    type Item = EdgeRef;
    fn next(&mut self) -> Option<EdgeRef> {
        loop {
            if let Some(&t) = self.row.next() {
                return Some(EdgeRef::arc(self.source, t)); // the smaller end comes first: also an edge's identity
            }
            if self.source + 1 >= self.csr.nodes() {
                return None;
            }
            self.enter(self.source + 1);
        }
    }
}

/// Walks the edges of one node.
#[derive(Debug, Clone)]
pub struct Edges<'a> {
    node: NodeId,
    row: Iter<'a, u32>,
    incoming: bool,
    undirected: bool,
}

impl Iterator for Edges<'_> {
    type Item = EdgeRef;
    fn next(&mut self) -> Option<EdgeRef> {
        let &other = self.row.next()?;
        let (s, t) = if self.incoming { (other, self.node) } else { (self.node, other) };
        Some(if self.undirected { EdgeRef::edge(s, t) } else { EdgeRef::arc(s, t) })
    }
}

macro_rules! common {
    ($graph:ty, $csr:ident, $a:lifetime) => {
        impl<$a> pv::IntoNodeIdentifiers for $graph {
            type NodeIdentifiers = std::ops::Range<NodeId>;
            fn node_identifiers(self) -> Self::NodeIdentifiers {
                0..self.$csr().nodes()
            }
        }
        impl<$a> pv::IntoNodeReferences for $graph {
            type NodeRef = (NodeId, &$a());
            type NodeReferences = std::iter::Map<std::ops::Range<NodeId>, fn(NodeId) -> (NodeId, &$a())>;
            fn node_references(self) -> Self::NodeReferences {
                (0..self.$csr().nodes()).map(|v| (v, &()))
            }
        }
        impl<$a> pv::IntoNeighbors for $graph {
            type Neighbors = Copied<Iter<$a, u32>>;
            fn neighbors(self, v: NodeId) -> Self::Neighbors {
                self.$csr().row(v).iter().copied()
            }
        }
    };
}

macro_rules! owned {
    ($graph:ty, $csr:ident, $kind:ty, $edges:expr $(, $a:lifetime)?) => {
        impl $(<$a>)? pv::GraphBase for $graph {
            type NodeId = NodeId;
            type EdgeId = (NodeId, NodeId);
        }
        impl $(<$a>)? pv::GraphProp for $graph {
            type EdgeType = $kind;
        }
        impl $(<$a>)? pv::Data for $graph {
            type NodeWeight = ();
            type EdgeWeight = ();
        }
        impl $(<$a>)? pv::Visitable for $graph {
            type Map = FixedBitSet;
            fn visit_map(&self) -> FixedBitSet {
                FixedBitSet::with_capacity(self.$csr().nodes() as usize)
            }
            fn reset_map(&self, map: &mut FixedBitSet) {
                map.clear();
                map.grow(self.$csr().nodes() as usize);
            }
        }
        impl $(<$a>)? pv::NodeCount for $graph {
            fn node_count(&self) -> usize {
                self.$csr().nodes() as usize
            }
        }
        impl $(<$a>)? pv::EdgeCount for $graph {
            fn edge_count(&self) -> usize {
                ($edges)(self.$csr().arcs()) as usize
            }
        }
        impl $(<$a>)? pv::NodeIndexable for $graph {
            fn node_bound(&self) -> usize {
                self.$csr().nodes() as usize
            }
            fn to_index(&self, v: NodeId) -> usize {
                v as usize
            }
            fn from_index(&self, i: usize) -> NodeId {
                i as NodeId
            }
        }
        impl $(<$a>)? pv::NodeCompactIndexable for $graph {}
        impl $(<$a>)? pv::GetAdjacencyMatrix for $graph {
            type AdjMatrix = ();
            fn adjacency_matrix(&self) {}
            fn is_adjacent(&self, (): &(), u: NodeId, v: NodeId) -> bool {
                self.$csr().has_arc(u, v)
            }
        }
    };
}

impl<'a> Undirected<'a> {
    fn csr(self) -> &'a Csr {
        self.0
    }
}

owned!(Overlay, out, Directed, |arcs: u64| arcs);
owned!(Undirected<'a>, csr, UndirectedType, |arcs: u64| arcs / 2, 'a);
common!(&'a Overlay, out, 'a);
common!(Undirected<'a>, csr, 'a);

impl pv::GraphRef for Undirected<'_> {}

impl<'a> pv::IntoEdgeReferences for &'a Overlay {
    type EdgeRef = EdgeRef;
    type EdgeReferences = Arcs<'a>;
    fn edge_references(self) -> Arcs<'a> {
        Arcs::new(self.out(), false)
    }
}

impl<'a> pv::IntoEdges for &'a Overlay {
    type Edges = Edges<'a>;
    fn edges(self, v: NodeId) -> Edges<'a> {
        Edges { node: v, row: self.out().row(v).iter(), incoming: false, undirected: false }
    }
}

impl<'a> pv::IntoNeighborsDirected for &'a Overlay {
    type NeighborsDirected = Copied<Iter<'a, u32>>;
    fn neighbors_directed(self, v: NodeId, direction: Direction) -> Self::NeighborsDirected {
        let csr = if direction == Direction::Incoming { self.incoming() } else { self.out() };
        csr.row(v).iter().copied()
    }
}

impl<'a> pv::IntoEdgesDirected for &'a Overlay {
    type EdgesDirected = Edges<'a>;
    fn edges_directed(self, v: NodeId, direction: Direction) -> Edges<'a> {
        let incoming = direction == Direction::Incoming;
        let csr = if incoming { self.incoming() } else { self.out() };
        Edges { node: v, row: csr.row(v).iter(), incoming, undirected: false }
    }
}

impl<'a> pv::IntoEdgeReferences for Undirected<'a> {
    type EdgeRef = EdgeRef;
    type EdgeReferences = Arcs<'a>;
    fn edge_references(self) -> Arcs<'a> {
        Arcs::new(self.0, true)
    }
}

impl<'a> pv::IntoEdges for Undirected<'a> {
    type Edges = Edges<'a>;
    fn edges(self, v: NodeId) -> Edges<'a> {
        Edges { node: v, row: self.0.row(v).iter(), incoming: false, undirected: true }
    }
}

impl<'a> pv::IntoNeighborsDirected for Undirected<'a> {
    type NeighborsDirected = Copied<Iter<'a, u32>>;
    fn neighbors_directed(self, v: NodeId, _: Direction) -> Self::NeighborsDirected {
        self.0.row(v).iter().copied()
    }
}

impl<'a> pv::IntoEdgesDirected for Undirected<'a> {
    type EdgesDirected = Edges<'a>;
    fn edges_directed(self, v: NodeId, direction: Direction) -> Edges<'a> {
        Edges { node: v, row: self.0.row(v).iter(), incoming: direction == Direction::Incoming, undirected: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::algo;

    fn path_and_loop() -> Overlay {
        // 0–1–2–3–1 (a triangle with a tail), 4 alone
        Overlay::symmetric(Csr::from_edges(5, &[[0, 1], [1, 2], [2, 3], [3, 1]]).0)
    }

    #[test]
    fn undirected_algorithms() {
        let g = path_and_loop();
        let u = g.undirected();
        assert_eq!(algo::connected_components(u), 2);
        assert_eq!(pv::IntoEdgeReferences::edge_references(u).count(), 4);
        assert!(algo::articulation_points::articulation_points(u).into_iter().eq([1]));
        assert_eq!(algo::dijkstra(u, 0, None, |_| 1u32)[&3], 2);
        assert!(algo::is_cyclic_undirected(u));
    }

    #[test]
    fn directed_algorithms() {
        let g = Overlay::directed(Csr::from_arcs(4, &[[0, 1], [1, 2], [2, 0], [2, 3]]).0);
        assert_eq!(algo::kosaraju_scc(&g).len(), 2);
        assert_eq!(algo::tarjan_scc(&g).len(), 2);
        assert_eq!(algo::dijkstra(&g, 0, Some(3), |_| 1u32)[&3], 3);
        assert!(algo::is_cyclic_directed(&g));
        let in_of_3: Vec<_> = pv::IntoNeighborsDirected::neighbors_directed(&g, 3, Direction::Incoming).collect();
        assert_eq!(in_of_3, [2]);
    }

    #[test]
    fn isomorphism() {
        let g = path_and_loop();
        let h = Overlay::symmetric(Csr::from_edges(5, &[[4, 3], [3, 2], [2, 1], [1, 3]]).0);
        assert!(algo::is_isomorphic(g.undirected(), h.undirected()));
    }
}
