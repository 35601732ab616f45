//! What the command line says about a network file: the same on every command that reads one.

use crate::failure::Failure;
use clap::Args as ClapArgs;
use hydranet_overlay::io::{Format, ReadOptions};
use std::path::PathBuf;

/// How to read a network file. All of it is found out by itself where the file leaves no doubt.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Reading a file")]
pub(crate) struct FileArgs {
    /// The format: edge-list, table, adjacency-list, matrix, graphml, gexf, gml, pajek, dl, dot, json, matrix-market, metis,
    /// dimacs, lgl, tgf, graph6, tuples, npz or parquet [default: by the content, then by the ending].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Whether the first row of a table holds titles [default: by the evidence].
    #[arg(long, value_name = "yes|no")]
    pub(crate) header: Option<YesNo>,
    /// The two columns of a table that hold the ends of a link, by title or by number from 1.
    #[arg(long, value_name = "A,B")]
    pub(crate) columns: Option<String>,
    /// What separates the columns of a table: one sign, or tab, space, comma, semicolon, pipe.
    #[arg(long, value_name = "SIGN", allow_hyphen_values = true)]
    pub(crate) sep: Option<String>,
    /// Links have a direction, from the first name to the second.
    #[arg(long)]
    pub(crate) directed: bool,
    /// Leave node attributes of the file unread: role, source, provider, routable, layer, cost.
    #[arg(long)]
    pub(crate) ignore_attributes: bool,
    /// A table of node attributes: a column that names the node, and any of role (operator, server, relay, peer), source
    /// (true: commands enter here), provider (number or name; or country), routable (true, false), layer (0 to 65535), cost (above 0).
    #[arg(long, value_name = "ATTRS.csv")]
    pub(crate) nodes: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

impl FileArgs {
    /// What the reader is told.
    pub(crate) fn options(&self) -> Result<ReadOptions, Failure> {
        let format = self.format.as_deref().map(|key| {
            Format::from_key(key).ok_or_else(|| {
                let keys: Vec<&str> = Format::all().map(Format::key).collect();
                Failure::BadInput(format!("--format {key}: no such format; there are {}", keys.join(", ")))
            })
        });
        let columns = self.columns.as_deref().map(ReadOptions::columns_of).transpose();
        let separator = self.sep.as_deref().map(ReadOptions::separator_of).transpose();
        Ok(ReadOptions {
            format: format.transpose()?,
            directed: self.directed.then_some(true),
            header: self.header.map(|said| said == YesNo::Yes),
            columns: columns.map_err(|why| Failure::BadInput(format!("--columns takes {why}")))?,
            separator: separator.map_err(|why| Failure::BadInput(format!("--sep takes {why}")))?,
            ignore_attributes: self.ignore_attributes,
        })
    }

    /// The first option that was given, for a message.
    pub(crate) fn first(&self) -> Option<&'static str> {
        let given = [
            (self.format.is_some(), "--format"),
            (self.header.is_some(), "--header"),
            (self.columns.is_some(), "--columns"),
            (self.sep.is_some(), "--sep"),
            (self.directed, "--directed"),
            (self.ignore_attributes, "--ignore-attributes"),
            (self.nodes.is_some(), "--nodes"),
        ];
        given.into_iter().find(|(is_given, _)| *is_given).map(|(_, name)| name)
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ConvertArgs {
    /// The network file; `-` is standard input.
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    /// The file to write: its ending says the format (.graphml keeps everything), .gz, .bz2, .xz or .zst behind it
    /// compresses; `-` is standard output, with --to.
    #[arg(value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// The format of standard output.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) file: FileArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InspectArgs {
    /// The network file; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}
