//! A whole experiment: plan, run, merge, summarize, write down.
//!
//! What a results folder holds afterwards:
//!
//! | file | content |
//! |---|---|
//! | `trials.parquet` and others | the raw rows, one file a table of the study |
//! | `summary.csv` and others | what the study says of them: metrics with intervals, mean curves, what figures are drawn from |
//! | `run.json` | provenance |
//! | `plan.json`, `parts/` | what a merge of shards needs; the finished blocks |

use crate::merge::{MergeError, merge_table, whole};
use crate::plan_record::CODE;
use crate::runner::{Done, How, Progress, RunError, run_blocks};
use crate::{
    Claim, Experiment, Inventory, Overrides, PartError, Plan, PlanRecord, Shard, StudyKind, chunks, claim_rows, cost,
    parts, precision, streamed,
};
use hydranet_results::differences::differences;
use hydranet_results::parquet::{self, ParquetReadError};
use hydranet_results::provenance::rfc3339;
use hydranet_results::summary::{summarize, widest};
use hydranet_results::{
    Independent, Observations, Places, RunRecord, Schema, Sweep, Table, TableRecord, csv, write_atomically,
};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

/// Where and how an experiment runs. None of it changes a result.
pub struct Options<'a> {
    /// The results folder; made if it is not there.
    pub results: &'a Path,
    /// Threads, shard, and when to stop.
    pub how: How<'a>,
    /// Who is told.
    pub progress: &'a dyn Progress,
    /// About the machine and the build, for `run.json`.
    pub host: HostRecord,
}

/// What `run.json` says about the machine and the build.
#[derive(Debug, Clone, Default)]
pub struct HostRecord {
    /// The git commit that the program was built from.
    pub commit: Option<String>,
    /// The compiler.
    pub rustc: String,
    /// The name of the machine.
    pub host: String,
    /// Threads that are used.
    pub threads: usize,
}

/// Significant digits of the summary and the differences: far finer than any interval.
pub(crate) const DIGITS: usize = 8;

/// The summary tables of a run, by file name without `.csv`. Of a sweep there are only those of its claims: the others are written while
/// its rows are read, and never whole in memory.
pub type Summary = Vec<(&'static str, Table)>;

/// A run that ended before its intervals were as narrow as `precision` asks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Short {
    /// Half the width that `precision` allows.
    pub wanted: f64,
    /// Half the width of the widest interval.
    pub reached: f64,
    /// Networks drawn of every topology: as many as `max_networks` allows.
    pub networks: u32,
    /// How many it would take, as far as the square-root law tells.
    pub needed: u32,
}

/// How an experiment ended.
#[derive(Debug)]
pub enum Ended {
    /// All is done and written. `short` where `precision` asks for more than `max_networks` allow.
    Whole {
        /// The summary tables.
        summary: Summary,
        /// How wide intervals still are.
        short: Option<Short>,
    },
    /// This shard is done; the tables wait for the others.
    Shard(Done),
    /// It was stopped; what is finished is kept.
    Stopped(Done),
}

/// Why an experiment failed. Finished blocks are kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExperimentError {
    /// A run broke off.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Parts do not make a whole.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// A part that was damaged since it was looked at.
    #[error(transparent)]
    Read(#[from] ParquetReadError),
    /// A file cannot be read or written.
    #[error(transparent)]
    Part(#[from] PartError),
    /// `--shard` together with `precision`.
    #[error(
        "this spec stops by `precision`, which needs all rows at hand: run it without --shard, or leave `precision` out and say how many `networks`"
    )]
    ShardWithPrecision,
    /// A folder that holds no run.
    #[error("{}: this folder holds no run (no readable {}): {source}", path.display(), PlanRecord::FILE)]
    NoPlan {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A plan that is damaged.
    #[error("{}: this is not the plan of a run: {reason}", path.display())]
    BadPlan {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Folders of different experiments.
    #[error("{} and {} hold parts of different runs (other spec, seed or code): they cannot be merged", first.display(), other.display())]
    Foreign {
        /// The first folder.
        first: PathBuf,
        /// The one that does not fit.
        other: PathBuf,
    },
}

/// Runs an experiment, or a shard of it, in its results folder.
///
/// # Errors
/// If it cannot be run or written; finished blocks are kept.
pub fn run(name: &str, spec: &Experiment, options: &Options<'_>) -> Result<Ended, ExperimentError> {
    let clock = Clock::start();
    let mut record = PlanRecord::new(name, spec);
    let folder = parts::folder(options.results, &record.plan);
    std::fs::create_dir_all(&folder).map_err(|source| PartError::Folder { path: folder.clone(), source })?;
    if options.how.shard != Shard::WHOLE && spec.header.precision.is_some() {
        return Err(ExperimentError::ShardWithPrecision);
    }
    let mut total = Done { computed: 0, found: 0, missing: 0 };
    let mut how = options.how;
    let mut longer: Option<Experiment> = None;
    let short = loop {
        let spec = longer.as_ref().unwrap_or(spec);
        let header = &spec.header;
        record.write(options.results)?;
        let blocks = match how.shard {
            Shard::WHOLE => record.plan.blocks(),
            shard => record.plan.share(shard, &cost::costs(spec, &record.plan, Some(&folder))),
        };
        let done = run_blocks(spec, &record.plan, &blocks, &folder, how, options.progress)?;
        total = Done { computed: total.computed + done.computed, found: done.found, missing: done.missing };
        if done.missing > 0 {
            return Ok(Ended::Stopped(total));
        }
        if options.how.shard != Shard::WHOLE {
            return Ok(Ended::Shard(total));
        }
        let Some(wanted) = header.precision else { break None };
        let reached = widest_of(spec.kind(), &record.plan, &folder)?;
        let more = precision::networks_for(reached, wanted, header);
        if more <= header.networks {
            let needed = precision::square_root_law(reached, wanted, header.networks);
            break (reached > wanted).then_some(Short { wanted, reached, networks: header.networks, needed });
        }
        // the cut of the work stays as it is
        let overrides = Overrides { networks: Some(more), block: Some(header.block_size()), ..Overrides::default() };
        let next = spec.with(&overrides).expect("not more networks than the spec allows");
        record.plan.networks = more;
        record.spec = next.to_json();
        longer = Some(next);
        how.fresh = false;
    };
    let summary = finish(spec.kind(), &record, &[folder], options.results, &options.host, total, clock)?;
    let start = Instant::now();
    if let Some(timings) = spec.study.timings(&spec.header, &|| start.elapsed().as_secs_f64()) {
        let path = options.results.join(format!("{}.csv", timings.schema().name));
        write_atomically(&path, |out| csv::write(&timings, out)).map_err(PartError::Save)?;
    }
    Ok(Ended::Whole { summary, short })
}

/// Puts the shards in several results folders together; everything is written to the first. `named` gives the kind of study
/// of a name.
///
/// # Errors
/// If a folder holds no run or another one, or blocks are missing or damaged.
pub fn merge(
    results: &[PathBuf],
    host: &HostRecord,
    named: impl Fn(&str) -> Result<&'static StudyKind, hydranet_plugin::UnknownName>,
) -> Result<Summary, ExperimentError> {
    let clock = Clock::start();
    let record = PlanRecord::read(&results[0])?;
    for other in &results[1..] {
        if PlanRecord::read(other)?.plan != record.plan {
            return Err(ExperimentError::Foreign { first: results[0].clone(), other: other.clone() });
        }
    }
    let folders: Vec<PathBuf> = results.iter().map(|r| parts::folder(r, &record.plan)).collect();
    let blocks = record.plan.blocks().len();
    let done = Done { computed: 0, found: blocks, missing: 0 };
    let kind = named(&record.study).map_err(|unknown| ExperimentError::BadPlan {
        path: results[0].join(PlanRecord::FILE),
        reason: unknown.to_string(),
    })?;
    finish(kind, &record, &folders, &results[0], host, done, clock)
}

/// Makes the results folder of an experiment that others will run: its plan, and the sizes by which shards are dealt, so
/// that not every worker draws networks for them.
///
/// # Errors
/// If it cannot be written.
pub fn prepare(name: &str, spec: &Experiment, results: &Path) -> Result<(), ExperimentError> {
    let record = PlanRecord::new(name, spec);
    let folder = parts::folder(results, &record.plan);
    std::fs::create_dir_all(&folder).map_err(|source| PartError::Folder { path: folder.clone(), source })?;
    record.write(results)?;
    cost::sizes(spec, &record.plan, Some(&folder));
    Ok(())
}

/// What there is of an experiment in a results folder.
pub fn inventory(name: &str, spec: &Experiment, results: &Path) -> (PlanRecord, Inventory) {
    let record = PlanRecord::new(name, spec);
    let found = Inventory::of(&record.plan, spec.kind().schemas, &[parts::folder(results, &record.plan)]);
    (record, found)
}

/// Half the width of the widest interval that `precision` speaks of, in the finished parts.
fn widest_of(kind: &'static StudyKind, plan: &Plan, folder: &Path) -> Result<f64, ExperimentError> {
    let parts = whole(plan, kind.schemas, &[folder.to_path_buf()])?;
    let read = |schema: &Schema| kind.metrics.iter().any(|list| list.schema() == schema);
    let independent = if plan.networks > 1 { Independent::Networks } else { Independent::Orders };
    let mut most = 0.0_f64;
    chunks::each((kind, plan), &parts, read, |chunk| {
        let observations = Observations::of(kind.metrics, &chunk.tables).among(&Places::default(), independent);
        most = most.max(widest(&observations));
        Ok::<(), ExperimentError>(())
    })?;
    Ok(most)
}

fn finish(
    kind: &'static StudyKind,
    record: &PlanRecord,
    folders: &[PathBuf],
    results: &Path,
    host: &HostRecord,
    done: Done,
    clock: Clock,
) -> Result<Summary, ExperimentError> {
    let file = |schema: &Schema| results.join(format!("{}.parquet", schema.name));
    let sweep = sweep_of(&record.spec);
    let parts = whole(&record.plan, kind.schemas, folders)?;
    let tables = kind
        .schemas
        .iter()
        .map(|schema| merge_table(&record.plan, schema, &sweep, &parts, &file(schema)))
        .collect::<Result<Vec<TableRecord>, MergeError>>()?;
    let claims = claims_of(&record.spec);
    let mut summary: Summary = Vec::new();
    if !sweep.is_empty() {
        streamed::write(kind, record, (&sweep, &parts), results)?;
    }
    if sweep.is_empty() || !claims.is_empty() {
        let raw = kind.schemas.iter().map(|schema| parquet::read(&file(schema), schema));
        let raw = raw.collect::<Result<Vec<Table>, ParquetReadError>>().map_err(PartError::Read)?;
        let observations = Observations::of(kind.metrics, &raw);
        if sweep.is_empty() {
            summary.push(("summary", Table::of(&summarize(&observations)).rounded(DIGITS)));
            summary.push(("differences", Table::of(&differences(&observations)).rounded(DIGITS)));
        }
        if !claims.is_empty() {
            summary.push(("claims", Table::of(&claim_rows(&claims, &observations)).rounded(DIGITS)));
        }
        if sweep.is_empty() {
            summary.extend(kind.extras.iter().map(|(name, _)| *name).zip((kind.extra)(&raw, &record.spec)));
        }
    }
    for (name, table) in &summary {
        let path = results.join(format!("{name}.csv"));
        let wide = sweep.widen(table.clone(), sweep.schema(table.schema()));
        write_atomically(&path, |out| csv::write(&wide, out)).map_err(PartError::Save)?;
    }
    let run = RunRecord {
        title: record.title.clone(),
        experiment: record.experiment.clone(),
        spec: record.spec.clone(),
        spec_hash: record.plan.hash.clone(),
        seed: record.seed,
        version: env!("CARGO_PKG_VERSION").into(),
        commit: host.commit.clone(),
        code: CODE.into(),
        rustc: host.rustc.clone(),
        threads: host.threads,
        host: host.host.clone(),
        os: std::env::consts::OS.into(),
        arch: std::env::consts::ARCH.into(),
        started: rfc3339(clock.started),
        wall_seconds: clock.instant.elapsed().as_secs_f64(),
        cpu_seconds: None,
        blocks_computed: done.computed as u64,
        blocks_reused: done.found as u64,
        interrupted: false,
        tables,
    };
    write_atomically(&results.join("run.json"), |out| out.write_all(run.to_json().as_bytes()))
        .map_err(PartError::Save)?;
    Ok(summary)
}

/// The claims of a whole spec.
fn claims_of(spec: &serde_json::Value) -> Vec<Claim> {
    let claims = spec.get("claim").cloned().unwrap_or_else(|| serde_json::json!([]));
    // it was read as claims before it was written down
    serde_json::from_value(claims).expect("the spec of a plan holds claims that were checked")
}

/// What varies in a whole spec.
fn sweep_of(spec: &serde_json::Value) -> Sweep {
    let sweep = spec.get("sweep").cloned();
    sweep.map_or_else(Sweep::default, |sweep| {
        serde_json::from_value(sweep).expect("the spec of a plan holds the sweep that was written down")
    })
}

/// The wall clock of a run; results do not see it.
struct Clock {
    started: SystemTime,
    instant: Instant,
}

impl Clock {
    fn start() -> Clock {
        Clock { started: SystemTime::now(), instant: Instant::now() }
    }
}
