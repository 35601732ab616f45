//! `hydranet submit` and `hydranet resubmit`.

use super::named_spec::Work;
use super::status::missing_shards;
use crate::args::{KubernetesArgs, ResubmitArgs, SlurmArgs, SubmitTo, WorkArgs};
use crate::cluster::submission::{self, Job, Submission, save};
use crate::cluster::{array, kubernetes, slurm};
use crate::failure::Failure;
use crate::output;
use hydranet_montecarlo::{Plan, PlanRecord, engine};
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};

/// Hands an experiment to a cluster.
pub(crate) fn submit(to: &SubmitTo, known: &Toolkit) -> Result<(), Failure> {
    match to {
        SubmitTo::Slurm(args) => submit_slurm(args, known),
        SubmitTo::Kubernetes(args) => print_kubernetes(args, known),
    }
}

fn submit_slurm(args: &SlurmArgs, known: &Toolkit) -> Result<(), Failure> {
    let work = Work::open(&args.shards.spec, &args.shards.work, known)?;
    let plan = PlanRecord::new(&work.name, &work.spec).plan;
    check_count(&work, &plan, args.shards.shards, args.shards.max_shards)?;
    slurm::check_options(&args.options)?;
    let files = Files::new(&work, &args.shards.work, args.shards.shards)?;
    let submission = Submission {
        scheduler: "slurm".into(),
        shards: args.shards.shards,
        hash: plan.hash.clone(),
        options: args.options.clone(),
        jobs: Vec::new(),
    };
    let tasks = match args.shards.shards {
        1 => "0".to_string(),
        count => format!("0-{}", count - 1),
    };
    if args.shards.print {
        return files.print(&tasks, args.shards.at_once, &args.options);
    }
    work.spec.check_networks()?;
    super::run::idle(&work.spec);
    engine::prepare(&work.name, &work.spec, &work.results).map_err(super::run::failure)?;
    files.write(&work)?;
    send(&files, &work.results, submission, tasks, args.shards.at_once, &args.options)
}

/// Submits again what is missing and not in the queue.
pub(crate) fn resubmit(args: &ResubmitArgs, known: &Toolkit) -> Result<(), Failure> {
    let work = Work::open(&args.spec, &args.work, known)?;
    slurm::check_options(&args.options)?;
    let (record, found) = engine::inventory(&work.name, &work.spec, &work.results);
    let Some(submission) = Submission::read(&work.results)? else {
        return Err(Failure::BadInput(format!(
            "{}: nothing was submitted from here; begin with hydranet submit",
            work.results.display()
        )));
    };
    submission.expect(&record.plan.hash, &work.results)?;
    let missing = missing_shards(&work, &record.plan, &found, submission.shards);
    if missing.is_empty() {
        return output::print(&format!("nothing is missing: hydranet merge {}\n", work.results.display()));
    }
    let arrays: Vec<&str> = submission.jobs.iter().map(|job| job.array.as_str()).collect();
    let queued = match slurm::in_queue(&arrays) {
        Err(_) if args.print => Vec::new(), // away from the cluster
        queued => queued?,
    };
    let todo: Vec<u32> = missing.iter().copied().filter(|shard| queued.binary_search(shard).is_err()).collect();
    if todo.len() < missing.len() {
        let waiting: Vec<u32> = missing.iter().copied().filter(|shard| !todo.contains(shard)).collect();
        output::note(&format!("still in the queue: {}", array::write(&waiting)));
    }
    if todo.is_empty() {
        return output::print("all that is missing is in the queue: nothing was submitted\n");
    }
    let options = if args.options.is_empty() { submission.options.clone() } else { args.options.clone() };
    let files = Files::new(&work, &args.work, submission.shards)?;
    let tasks = array::write(&todo);
    if args.print {
        return files.print(&tasks, args.at_once, &options);
    }
    files.write(&work)?;
    send(&files, &work.results, submission, tasks, args.at_once, &options)
}

fn print_kubernetes(args: &KubernetesArgs, known: &Toolkit) -> Result<(), Failure> {
    let work = Work::open(&args.shards.spec, &args.shards.work, known)?;
    let plan = PlanRecord::new(&work.name, &work.spec).plan;
    check_count(&work, &plan, args.shards.shards, args.shards.max_shards)?;
    if !args.shards.print {
        return Err(Failure::bad(
            "this program does not talk to a cluster of Kubernetes: add --print, and pipe it to `kubectl apply -f -`",
        ));
    }
    if args.shards.work.out.is_some() || !args.shards.work.file.is_empty() {
        return Err(Failure::bad(
            "--out and --file name paths of this machine, which pods do not see: results go to the volume claim, and measured \
             networks must be in the image",
        ));
    }
    let job = kubernetes::IndexedJob {
        name: &work.name,
        spec: &work.text,
        overrides: &overrides(&args.shards.work),
        shards: args.shards.shards,
        at_once: args.shards.at_once.unwrap_or(args.shards.shards),
        image: &args.image,
        claim: &args.claim,
        cpus: args.cpus,
        memory: &args.memory,
    };
    output::print(&job.yaml())
}

fn check_count(work: &Work, plan: &Plan, shards: u32, allowed: u32) -> Result<(), Failure> {
    if work.spec.header.precision.is_some() {
        return Err(super::run::failure(engine::ExperimentError::ShardWithPrecision));
    }
    if shards > allowed {
        return Err(Failure::BadInput(format!(
            "{shards} shards are more than {allowed}: many clusters take no larger arrays; if yours does, allow it with \
             --max-shards {shards}"
        )));
    }
    let blocks = plan.blocks().len();
    if shards as usize > blocks {
        return Err(Failure::BadInput(format!(
            "this spec has {blocks} blocks of work: more than {blocks} shards would have nothing to do; ask for {blocks} or \
             fewer, not {shards}"
        )));
    }
    Ok(())
}

/// The options that change the spec, as a job must repeat them. Measured networks are in the copy of the spec.
fn overrides(args: &WorkArgs) -> Vec<String> {
    let options = [("--networks", args.networks), ("--orders", args.orders)];
    let mut list: Vec<String> = options
        .iter()
        .filter_map(|(name, value)| Some([name.to_string(), value.as_ref()?.to_string()]))
        .flatten()
        .collect();
    if let Some(seed) = args.seed {
        list.extend(["--seed".to_string(), seed.to_string()]);
    }
    list
}

/// What is written for a job array, with absolute paths: a job may start anywhere.
struct Files {
    array: (PathBuf, String),
    merge: (PathBuf, String),
    spec: PathBuf,
    logs: PathBuf,
}

impl Files {
    fn new(work: &Work, args: &WorkArgs, shards: u32) -> Result<Files, Failure> {
        let absolute = |path: &Path| std::path::absolute(path).map_err(|e| Failure::failed_error(&e));
        let results = absolute(&work.results)?;
        let folder = submission::folder(&results);
        let program = std::env::current_exe().map_err(|e| Failure::failed_error(&e))?;
        let spec = folder.join(format!("{}.toml", work.name));
        let logs = folder.join("logs");
        let text = |path: &Path| match path.to_str() {
            Some(text) if !text.contains(['\n', '"']) => Ok(text.to_string()),
            _ => Err(Failure::BadInput(format!(
                "{}: a path with such letters cannot be written into a job script; choose another folder",
                path.display()
            ))),
        };
        let overrides = overrides(args);
        let scripts = slurm::Scripts {
            program: &text(&program)?,
            name: &work.name,
            spec: &text(&spec)?,
            results: &text(&results)?,
            logs: &text(&logs)?,
            overrides: &overrides,
            shards,
        };
        let array = (folder.join("array.sh"), scripts.array());
        let merge = (folder.join("merge.sh"), scripts.merge());
        Ok(Files { array, merge, spec, logs })
    }

    fn write(&self, work: &Work) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.logs)
            .map_err(|e| Failure::Failed(format!("{}: cannot make this folder: {e}", self.logs.display())))?;
        save(&self.spec, work.text.as_bytes())?;
        [&self.array, &self.merge].iter().try_for_each(|(path, text)| save(path, text.as_bytes()))
    }

    fn print(&self, tasks: &str, at_once: Option<u32>, options: &[String]) -> Result<(), Failure> {
        let [array, merge] = [&self.array.0, &self.merge.0].map(|path| path.display().to_string());
        let line = |args: Vec<String>| args.iter().map(|a| slurm::quoted(a)).collect::<Vec<_>>().join(" ");
        output::print(&format!(
            "# {array}\n{}\n# {merge}\n{}\n# commands\nsbatch {}\nsbatch {}\n",
            self.array.1,
            self.merge.1,
            line(slurm::array_args(tasks, at_once, options, &array)),
            line(slurm::merge_args("NUMBER", options, &merge)),
        ))
    }
}

/// Submits array and merge, and records their numbers as soon as they are known.
fn send(
    files: &Files,
    results: &Path,
    mut submission: Submission,
    tasks: String,
    at_once: Option<u32>,
    options: &[String],
) -> Result<(), Failure> {
    let script = |path: &Path| path.to_string_lossy().into_owned();
    let array = slurm::sbatch(&slurm::array_args(&tasks, at_once, options, &script(&files.array.0)))?;
    submission.jobs.push(Job { tasks: tasks.clone(), array: array.clone(), merge: None });
    submission.write(results)?;
    let merge = slurm::sbatch(&slurm::merge_args(&array, options, &script(&files.merge.0)))?;
    submission.jobs.last_mut().expect("it was just added").merge = Some(merge.clone());
    submission.write(results)?;
    output::print(&format!(
        "shards {tasks} of {} are job {array}, the merge after them is job {merge}; logs in {}\n\
         see how far they are: hydranet status SPEC; submit what is missing: hydranet resubmit SPEC\n",
        submission.shards,
        files.logs.display()
    ))
}
