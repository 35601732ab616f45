//! From and to petgraph's own graphs.

use crate::{Csr, Dropped, Overlay, Role};
use petgraph::graph::{Graph, NodeIndex};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeIndexable};
use petgraph::{Directed, EdgeType, Undirected};

impl Overlay {
    /// From any petgraph graph whose node numbers are below `u32::MAX`. Node weights and edge weights are not looked
    /// at; self-loops and parallel edges are dropped and counted. An undirected graph gives a symmetric overlay.
    /// O(n + m).
    ///
    /// # Panics
    /// If the graph has 2³² − 1 nodes or more.
    pub fn from_petgraph<G>(graph: G) -> (Overlay, Dropped)
    where
        G: IntoEdgeReferences + NodeIndexable + petgraph::visit::GraphProp,
    {
        let n = u32::try_from(graph.node_bound()).expect("node numbers are 32 bits wide");
        let links: Vec<[u32; 2]> = graph
            .edge_references()
            .map(|e| [graph.to_index(e.source()) as u32, graph.to_index(e.target()) as u32])
            .collect();
        if graph.is_directed() {
            let (csr, dropped) = Csr::from_arcs(n, &links);
            (Overlay::directed(csr), dropped)
        } else {
            let (csr, dropped) = Csr::from_edges(n, &links);
            (Overlay::symmetric(csr), dropped)
        }
    }

    /// To petgraph's undirected graph: the closure, every edge once, roles as node weights. O(n + m).
    pub fn to_undirected_graph(&self) -> Graph<Role, (), Undirected, u32> {
        self.fill(self.closure().iter_arcs().filter(|[u, v]| u < v))
    }

    /// To petgraph's directed graph: the arcs, roles as node weights. O(n + m).
    pub fn to_directed_graph(&self) -> Graph<Role, (), Directed, u32> {
        self.fill(self.out().iter_arcs())
    }

    fn fill<Ty: EdgeType>(&self, links: impl Iterator<Item = [u32; 2]>) -> Graph<Role, (), Ty, u32> {
        let mut graph = Graph::with_capacity(self.nodes() as usize, self.edges() as usize);
        for v in 0..self.nodes() {
            graph.add_node(self.role(v));
        }
        for [u, v] in links {
            graph.add_edge(NodeIndex::new(u as usize), NodeIndex::new(v as usize), ());
        }
        graph
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let arcs = [[0, 1], [1, 0], [2, 1], [3, 0]];
        let directed = Overlay::directed(Csr::from_arcs(5, &arcs).0);
        let (back, dropped) = Overlay::from_petgraph(&directed.to_directed_graph());
        assert_eq!((back.out(), back.is_symmetric(), dropped), (directed.out(), false, Dropped::default()));
        let (closed, _) = Overlay::from_petgraph(&directed.to_undirected_graph());
        assert_eq!((closed.out(), closed.is_symmetric()), (directed.closure(), true));
    }
}
