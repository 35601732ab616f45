//! The command line, as typed. What it means is decided in `commands`.

mod cluster;
mod experiment;
mod file;
mod game;
mod takedown;

pub(crate) use takedown::TakedownArgs;

pub(crate) use experiment::{CompareArgs, ExperimentArgs, MergeArgs, PlotArgs, RunArgs, SpecArgs, TableArgs, WorkArgs};
pub(crate) use file::{ConvertArgs, FileArgs, InspectArgs};
pub(crate) use game::{GameCommand, Leader, SolveArgs};

pub(crate) use cluster::{KubernetesArgs, PlanArgs, ResubmitArgs, SlurmArgs, StatusArgs, SubmitArgs, SubmitTo};

use clap::{Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Hydranet: how much of a network survives a takedown, and how it grows back.
#[derive(Debug, Parser)]
#[command(name = "hydranet", version, propagate_version = true, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the topologies: name, meaning, parameters, an example that works.
    Topologies(ListArgs),
    /// List the takedown strategies: name, meaning, parameters, an example that works.
    Strategies(ListArgs),
    /// Draw one network and write it to a file.
    Generate(GenerateArgs),
    /// Say what a network file was taken for, and what is in it.
    Inspect(InspectArgs),
    /// Write a network file in another format: the ending says which.
    Convert(ConvertArgs),
    /// Take one network down, by one strategy or several, in one order or many: what is left, as a table, JSON or a figure.
    Takedown(TakedownArgs),
    /// Measure one network: distances, clustering, spectra; whole, or along a takedown.
    Measure(MeasureArgs),
    /// Take a very large network down at random without ever storing it: drawn or computed while nodes are put back.
    Percolate(PercolateArgs),
    /// Games of two players that stand in files.
    #[command(subcommand)]
    Game(GameCommand),
    /// Run an experiment from its spec, or again from its results folder.
    Run(SpecArgs),
    /// Look ahead: cells, networks, processor time and memory of an experiment. Writes nothing.
    Plan(PlanArgs),
    /// Hand an experiment to a cluster: a job array over its shards, and the merge after it.
    Submit(SubmitArgs),
    /// What of an experiment is there, and which shards are missing (exit code 3 if any).
    Status(StatusArgs),
    /// Submit again what is missing of a submitted experiment.
    Resubmit(ResubmitArgs),
    /// Put the shards of an experiment together: tables, summary and figures.
    Merge(MergeArgs),
    /// Draw the figures of a results folder again, without simulating.
    Plot(PlotArgs),
    /// Print the summary of a results folder as a table for a paper: Markdown, LaTeX, CSV.
    Table(TableArgs),
    /// Say what of one run moved in another: paired where both have the same seed.
    Compare(CompareArgs),
    /// Draw a small network before and after removals: role by shape, component by colour.
    Draw(DrawArgs),
    /// Write a web page of an experiment, or of all: one self-contained HTML file.
    Report(ReportArgs),
    /// Check the toolkit against closed forms and published numbers.
    Validate(ValidateArgs),
    /// Explain the columns of the result tables, the keys of a spec, a topology or a strategy.
    Describe(DescribeArgs),
    /// Write the manual pages of all commands to a folder.
    Man {
        /// The folder, such as ~/.local/share/man/man1.
        dir: PathBuf,
    },
    /// Print a shell's completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListArgs {
    /// Only this one.
    pub(crate) name: Option<String>,
    /// As JSON, with the JSON schema of the parameters.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct GenerateArgs {
    /// The topology: see `hydranet topologies`.
    pub(crate) name: String,
    /// A parameter of the topology; repeat for more.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// The seed of all randomness.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Which network of that seed to draw: the one that trial number N of an experiment draws.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) network: u32,
    /// The file: its ending says the format: .graphml for everything that is known of the nodes, .txt or .edges for an edge
    /// list, .csv or .tsv for a table, .gexf, .gml, .net, .dot, .json, .mtx, .metis; add .gz, .bz2, .xz or .zst to compress.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("source").required(true).args(["file", "topology"])))]
pub(crate) struct MeasureArgs {
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    /// Only this measure; repeat for more (names: `hydranet describe measures`). All of them, if left out: those along arcs
    /// for directed networks only.
    #[arg(long, value_name = "MEASURE")]
    pub(crate) only: Vec<String>,
    /// Measure the largest component by itself.
    #[arg(long)]
    pub(crate) largest: bool,
    /// Measure along a takedown with this strategy (see --at).
    #[arg(long, value_name = "NAME", requires = "at")]
    pub(crate) strategy: Option<String>,
    /// A parameter of the strategy; repeat for more.
    #[arg(long = "strategy-set", value_name = "KEY=VALUE", requires = "strategy")]
    pub(crate) strategy_set: Vec<String>,
    /// Dismantling target C, for strategies that need one.
    #[arg(long, default_value_t = 0.01, value_name = "C")]
    pub(crate) target: f64,
    /// Removed fractions at which to measure what is left, separated by commas.
    #[arg(long, value_name = "F,F,…", value_delimiter = ',', requires = "strategy")]
    pub(crate) at: Vec<f64>,
    /// Breadth-first searches at most: distances of networks of up to so many nodes are exact, of larger ones sampled.
    #[arg(long, value_name = "K", default_value_t = 2048)]
    pub(crate) searches: u32,
    /// Random vectors (2 or more) behind an estimated trace: effective resistance beyond 2,000 nodes, natural connectivity beyond 512. Errors
    /// fall with the square root.
    #[arg(long, value_name = "K", default_value_t = 32, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub(crate) samples: u32,
    /// Print one JSON object a measure and fraction, in a list.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PercolateArgs {
    #[command(subcommand)]
    pub(crate) network: Unstored,
    /// Points at which the curve is recorded, beside its start.
    #[arg(long, default_value_t = 1000, value_name = "K", global = true)]
    pub(crate) points: u64,
    /// The seed of all randomness.
    #[arg(long, default_value_t = 1, global = true)]
    pub(crate) seed: u64,
    /// Write the curve: removed,largest,sum_squares.
    #[arg(short, long, value_name = "FILE.csv", global = true)]
    pub(crate) output: Option<PathBuf>,
}

/// A network that need not be stored.
#[derive(Debug, Subcommand)]
pub(crate) enum Unstored {
    /// G(n, p), every node drawing its links as it comes back: 4 bytes a node.
    Gnp {
        /// Number of nodes (below 2^31).
        #[arg(long)]
        n: u64,
        /// Mean degree.
        #[arg(long, value_name = "C")]
        mean_degree: f64,
    },
    /// The hypercube: 12 bytes a node, as all that follow.
    Hypercube {
        /// Dimensions (1 to 30): 2^bits nodes.
        #[arg(long)]
        bits: u32,
    },
    /// The undirected binary de Bruijn network.
    DeBruijn {
        /// Digits (1 to 30): 2^bits nodes.
        #[arg(long)]
        bits: u32,
    },
    /// A ring whose nodes all have the same fingers.
    Ring {
        /// Number of nodes (below 2^31).
        #[arg(long)]
        n: u64,
        /// How far fingers reach, in either direction, separated by commas.
        #[arg(long, value_name = "F,F,…", value_delimiter = ',', required = true)]
        fingers: Vec<u32>,
    },
    /// The square lattice with open borders.
    Lattice {
        /// Nodes a side (1 to 46340).
        #[arg(long)]
        side: u32,
    },
}

/// One network: a file, or a topology to draw it from.
#[derive(Debug, ClapArgs)]
pub(crate) struct NetworkArgs {
    /// A measured network: edge list, CSV, GraphML, GEXF, GML, Pajek, DOT, JSON, Matrix Market and more (`hydranet describe
    /// file`); .gz, .bz2, .xz, .zst are fine, `-` is standard input.
    #[arg(long, value_name = "NET", conflicts_with = "set")]
    pub(crate) file: Option<PathBuf>,
    /// A topology to draw one network of: see `hydranet topologies`.
    #[arg(long, value_name = "NAME")]
    pub(crate) topology: Option<String>,
    /// A parameter of the topology; repeat for more.
    #[arg(long = "set", value_name = "KEY=VALUE", requires = "topology")]
    pub(crate) set: Vec<String>,
    /// The seed of all randomness: of the network, if it is drawn, and of the order.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) reading: FileArgs,
}

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("source").required(true).args(["file", "topology"])))]
pub(crate) struct DrawArgs {
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    /// The strategy that takes nodes out: see `hydranet strategies`.
    #[arg(long, value_name = "NAME", default_value = "random")]
    pub(crate) strategy: String,
    /// A parameter of the strategy; repeat for more.
    #[arg(long = "strategy-set", value_name = "KEY=VALUE")]
    pub(crate) strategy_set: Vec<String>,
    /// Removed fractions to draw beside the whole network, separated by commas; a number of nodes with --count.
    #[arg(long, value_name = "F,F,…", value_delimiter = ',')]
    pub(crate) at: Vec<f64>,
    /// Read --at as numbers of nodes.
    #[arg(long, requires = "at")]
    pub(crate) count: bool,
    /// Dismantling target C, for strategies that need one.
    #[arg(long, default_value_t = 0.01, value_name = "C")]
    pub(crate) target: f64,
    /// Width: `one-column` (252 pt), `article` (345 pt) or `two-column` (516 pt) [default: what suits the number of panels].
    #[arg(long)]
    pub(crate) width: Option<String>,
    /// The files, without ending: writes BASE.svg, BASE.pdf, BASE.png and BASE.csv (places and states of the nodes).
    #[arg(short, long, value_name = "BASE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
#[command(arg_required_else_help = true)]
pub(crate) struct ReportArgs {
    /// A results folder: writes DIR/report.html. Or a folder of results folders: writes DIR/index.html over all of them,
    /// with the takedown explorer, and report.html in each.
    #[arg(value_name = "DIR", required_unless_present = "explorer")]
    pub(crate) dir: Option<PathBuf>,
    /// Of a folder of results folders, write the index alone.
    #[arg(long, requires = "dir")]
    pub(crate) index_only: bool,
    /// Write the takedown explorer as a page of its own.
    #[arg(long, value_name = "FILE.html")]
    pub(crate) explorer: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ValidateArgs {
    /// Smaller networks and fewer trials: seconds instead of minutes, wider intervals.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Other seeds draw other networks; a whole run fails by chance in less than one of twenty.
    #[arg(long, value_name = "N", default_value_t = hydranet_validation::SEED)]
    pub(crate) seed: u64,
    /// All rows as JSON, with the reasons of their allowances, instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
    /// Only the group of rows whose name contains this (`dismantling`, `lattice`, …), or the rows whose name does.
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DescribeArgs {
    /// What to explain: `results` (columns of the tables), `spec` (keys of a spec; of one kind of study: its name), `measures` (of
    /// `hydranet measure`), `campaign` (every parameter of a campaign spec), or the name of a topology or a strategy.
    pub(crate) what: String,
}
