//! Which formats of network files there are.

/// A format of network files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One edge a line, as the files of the Stanford collection (SNAP).
    EdgeList,
    /// A table of links with a separator: CSV, TSV.
    Table,
    /// A node and its neighbours a line (networkx), or a node and their number, then a neighbour a line.
    AdjacencyList,
    /// A square table of numbers: a link wherever one is not 0.
    Matrix,
    /// GraphML, as networkx, igraph, Gephi and yEd write it.
    GraphMl,
    /// GEXF, as networkx and Gephi write it.
    Gexf,
    /// GML (Himsolt 1997), as networkx, igraph and Newman's collection have it.
    Gml,
    /// Pajek's `.net`.
    Pajek,
    /// UCINET's DL.
    UcinetDl,
    /// DOT, the language of Graphviz.
    Dot,
    /// JSON: node-link, adjacency, Cytoscape, JSON Graph Format, tree, list of pairs.
    Json,
    /// Matrix Market, coordinate or array.
    MatrixMarket,
    /// METIS: line i lists the neighbours of node i.
    Metis,
    /// DIMACS: a `p` line, then one edge a line.
    Dimacs,
    /// LGL: `# node`, then a neighbour a line.
    Lgl,
    /// TGF: nodes, a line `#`, then edges.
    Tgf,
    /// graph6, sparse6 or digraph6 (McKay).
    Graph6,
    /// Pairs as a programming language prints them: `(1, 2)`.
    Tuples,
    /// A sparse matrix of scipy, `.npz`, or a dense one of numpy, `.npy`.
    Npz,
    /// Parquet with a column for each end.
    Parquet,
}
