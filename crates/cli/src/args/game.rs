//! What the command line says about matrix games.

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum GameCommand {
    /// Solve a game of two players: value, mixtures, NashConv; with two files a bimatrix game.
    Solve(SolveArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SolveArgs {
    /// What the row player gets: one line a row, payoffs between commas; titles and names of rows if wanted; `-` is standard
    /// input. Alone it is a zero-sum game: the column player pays.
    #[arg(value_name = "FILE.csv")]
    pub(crate) row: PathBuf,
    /// What the column player gets, in the same shape: a bimatrix game.
    #[arg(value_name = "COLUMN.csv")]
    pub(crate) column: Option<PathBuf>,
    /// Quantal response equilibria at these precisions λ, in units of 1/payoff, separated by commas.
    #[arg(long, value_name = "L,L,…", value_delimiter = ',')]
    pub(crate) qre: Vec<f64>,
    /// The mixture that this player would announce, and what comes of it (Stackelberg).
    #[arg(long, value_name = "PLAYER")]
    pub(crate) leader: Option<Leader>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Leader {
    Row,
    Column,
}
