//! What the command line says about an experiment: its spec, its run and its results.

use crate::formats::Format;
use clap::{Args as ClapArgs, Parser};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(crate) struct SpecArgs {
    /// The spec: a TOML file (see `hydranet describe spec`); or a results folder, or its run.json, to run again what it holds.
    pub(crate) spec: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Debug, Parser)]
#[command(version, about = "Run this experiment; its spec is on board (see it with --print-spec).")]
pub(crate) struct ExperimentArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Print the spec, to save it and change it for `hydranet run`.
    #[arg(long)]
    pub(crate) print_spec: bool,
}

/// What is run, and where its results are: the same for all commands that take a spec.
#[derive(Debug, ClapArgs)]
pub(crate) struct WorkArgs {
    /// The results folder [default: results/<experiment>].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Networks drawn of every topology, instead of the spec's number.
    #[arg(long, value_name = "N")]
    pub(crate) networks: Option<u32>,
    /// Orders on every network, instead of the spec's number.
    #[arg(long, value_name = "N")]
    pub(crate) orders: Option<u32>,
    /// The seed, instead of the spec's.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Vary a parameter, as a [[vary]] block of the spec does; repeat to cross several. `operator.rebuild_days=1,7,30` is a
    /// list, `topology.peers=500..5000:5` five values from 500 to 5000, `topology.peers=1e3..1e6:7:log` seven by equal ratios.
    /// KEY may begin with `topology.` or `treatment.`, and must where both have such a key; cells that have no such key stay as
    /// they are.
    #[arg(long, value_name = "KEY=VALUES")]
    pub(crate) vary: Vec<String>,
    /// A measured network that joins the topologies of the spec; repeat for more. Its label is its file name.
    #[arg(long, value_name = "NET")]
    pub(crate) file: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) work: WorkArgs,
    /// Threads [default: one a core]. Results do not depend on it.
    #[arg(short = 'j', long, value_name = "T")]
    pub(crate) threads: Option<usize>,
    /// Do only one of several shards of the work: `i/n` (0-based), or `auto` with --of.
    ///
    /// All shards may write to one results folder; put them together with `hydranet merge`. `auto` takes the number from
    /// the scheduler of a job array:
    ///
    ///   SLURM_ARRAY_TASK_ID    from 0   Slurm                     sbatch --array=0-63
    ///   PBS_ARRAY_INDEX        from 0   PBS Pro and OpenPBS       qsub -J 0-63
    ///   PBS_ARRAYID            from 0   Torque                    qsub -t 0-63
    ///   SGE_TASK_ID            from 1   Grid Engine               qsub -t 1-64
    ///   LSB_JOBINDEX           from 1   LSF                       bsub -J 'name[1-64]'
    ///   JOB_COMPLETION_INDEX   from 0   Kubernetes Indexed Jobs   completions: 64
    #[arg(long, value_name = "SHARD", verbatim_doc_comment)]
    pub(crate) shard: Option<String>,
    /// The number of shards, with `--shard auto`. It is never taken from the scheduler: what a scheduler counts are the
    /// tasks of the last submission.
    #[arg(long, value_name = "N")]
    pub(crate) of: Option<u32>,
    /// Compute everything anew, even blocks that an earlier run of the same spec and code has left.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Draw no figures.
    #[arg(long)]
    pub(crate) no_figures: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MergeArgs {
    /// Results folders that hold shares of one experiment; the merged result is written to the first.
    #[arg(required = true, value_name = "DIR")]
    pub(crate) dirs: Vec<PathBuf>,
    /// Draw no figures.
    #[arg(long)]
    pub(crate) no_figures: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PlotArgs {
    /// A results folder.
    pub(crate) dir: PathBuf,
    /// Width: `one-column` (252 pt), `article` (345 pt) or `two-column` (516 pt) [default: what suits each figure].
    #[arg(long)]
    pub(crate) width: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TableArgs {
    /// A results folder.
    pub(crate) dir: PathBuf,
    /// How it is written.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Only this metric; repeat for more (`hydranet describe metrics`). Left out: those by which `precision` stops.
    #[arg(long, value_name = "METRIC")]
    pub(crate) metric: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompareArgs {
    /// A results folder.
    pub(crate) first: PathBuf,
    /// Another, of the same kind of study.
    pub(crate) second: PathBuf,
    /// All numbers, not only those that moved.
    #[arg(long)]
    pub(crate) all: bool,
    /// How it is written.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Only this metric; repeat for more.
    #[arg(long, value_name = "METRIC")]
    pub(crate) metric: Vec<String>,
}
