//! Commands that look past one machine.

use super::WorkArgs;
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
pub(crate) struct PlanArgs {
    /// The spec: a TOML file.
    pub(crate) spec: PathBuf,
    #[command(flatten)]
    pub(crate) work: WorkArgs,
    /// How the work would be dealt to so many shards.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) shards: u32,
    /// Seconds after which no further network is timed; what was not timed is reckoned from its size.
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0)]
    pub(crate) patience: f64,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct StatusArgs {
    /// The spec: a TOML file.
    pub(crate) spec: PathBuf,
    #[command(flatten)]
    pub(crate) work: WorkArgs,
    /// Print nothing but the numbers of the shards that are missing, as `sbatch --array` takes them: `3,17` or `3-5`.
    #[arg(long)]
    pub(crate) missing: bool,
    /// The number of shards [default: of the submission].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) of: Option<u32>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SubmitArgs {
    #[command(subcommand)]
    pub(crate) to: SubmitTo,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SubmitTo {
    /// Submit a job array, and a merge that waits for it. Options for sbatch come after `--`.
    Slurm(SlurmArgs),
    /// Print an Indexed Job, and a merge to be resumed after it, for `kubectl apply`.
    Kubernetes(KubernetesArgs),
}

/// What is submitted, wherever it goes.
#[derive(Debug, ClapArgs)]
pub(crate) struct ShardsArgs {
    /// The spec: a TOML file.
    pub(crate) spec: PathBuf,
    #[command(flatten)]
    pub(crate) work: WorkArgs,
    /// Number of shards.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) shards: u32,
    /// The most shards that are allowed: many clusters take no larger arrays.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) max_shards: u32,
    /// The most shards that run at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) at_once: Option<u32>,
    /// Print what would be submitted, and do nothing.
    #[arg(long)]
    pub(crate) print: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SlurmArgs {
    #[command(flatten)]
    pub(crate) shards: ShardsArgs,
    /// Options of sbatch, for the array and the merge: `-- --time=2:00:00 --partition=short --cpus-per-task=4`.
    #[arg(last = true, value_name = "SBATCH OPTIONS")]
    pub(crate) options: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct KubernetesArgs {
    #[command(flatten)]
    pub(crate) shards: ShardsArgs,
    /// The container image that has the program.
    #[arg(long, value_name = "IMAGE", default_value = concat!("hydranet:", env!("CARGO_PKG_VERSION")))]
    pub(crate) image: String,
    /// The volume claim that all pods can write to (ReadWriteMany): results go to its folder results/.
    #[arg(long, value_name = "CLAIM", default_value = "hydranet")]
    pub(crate) claim: String,
    /// Processors of a pod: as many threads.
    #[arg(long, value_name = "C", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) cpus: u32,
    /// Memory of a pod, as Kubernetes writes it.
    #[arg(long, value_name = "SIZE", default_value = "1Gi")]
    pub(crate) memory: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ResubmitArgs {
    /// The spec: a TOML file.
    pub(crate) spec: PathBuf,
    #[command(flatten)]
    pub(crate) work: WorkArgs,
    /// The most shards that run at once.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) at_once: Option<u32>,
    /// Print what would be submitted, and do nothing.
    #[arg(long)]
    pub(crate) print: bool,
    /// Options of sbatch, instead of those of the submission.
    #[arg(last = true, value_name = "SBATCH OPTIONS")]
    pub(crate) options: Vec<String>,
}
