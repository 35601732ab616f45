//! Formats, as a spec calls them.

use hydranet_overlay::io::Format;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A format of network files, as a spec calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileFormat {
    /// One edge a line, as the files of the Stanford collection (SNAP).
    EdgeList,
    /// A table of links: CSV, TSV.
    Table,
    /// A node and its neighbours a line.
    AdjacencyList,
    /// A square table of numbers.
    Matrix,
    /// GraphML, as networkx, igraph and Gephi write it.
    Graphml,
    /// GEXF, as Gephi writes it.
    Gexf,
    /// GML.
    Gml,
    /// Pajek's `.net`.
    Pajek,
    /// UCINET's DL.
    Dl,
    /// DOT of Graphviz.
    Dot,
    /// JSON: node-link, adjacency, Cytoscape.
    Json,
    /// Matrix Market.
    MatrixMarket,
    /// METIS: line i lists the neighbours of node i.
    Metis,
    /// DIMACS.
    Dimacs,
    /// LGL.
    Lgl,
    /// TGF.
    Tgf,
    /// graph6, sparse6 or digraph6.
    Graph6,
    /// Pairs as Python prints them.
    Tuples,
    /// A matrix of scipy or numpy.
    Npz,
    /// Parquet with a column for each end.
    Parquet,
}

impl From<FileFormat> for Format {
    fn from(format: FileFormat) -> Format {
        match format {
            FileFormat::EdgeList => Format::EdgeList,
            FileFormat::Table => Format::Table,
            FileFormat::AdjacencyList => Format::AdjacencyList,
            FileFormat::Matrix => Format::Matrix,
            FileFormat::Graphml => Format::GraphMl,
            FileFormat::Gexf => Format::Gexf,
            FileFormat::Gml => Format::Gml,
            FileFormat::Pajek => Format::Pajek,
            FileFormat::Dl => Format::UcinetDl,
            FileFormat::Dot => Format::Dot,
            FileFormat::Json => Format::Json,
            FileFormat::MatrixMarket => Format::MatrixMarket,
            FileFormat::Metis => Format::Metis,
            FileFormat::Dimacs => Format::Dimacs,
            FileFormat::Lgl => Format::Lgl,
            FileFormat::Tgf => Format::Tgf,
            FileFormat::Graph6 => Format::Graph6,
            FileFormat::Tuples => Format::Tuples,
            FileFormat::Npz => Format::Npz,
            FileFormat::Parquet => Format::Parquet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IntoDeserializer;
    use serde::de::value::Error;

    #[test]
    fn every_format_has_the_name_of_its_key() {
        for format in Format::all() {
            let spelled: Result<FileFormat, Error> = FileFormat::deserialize(format.key().into_deserializer());
            assert_eq!(spelled.map(Format::from), Ok(format));
        }
    }
}
