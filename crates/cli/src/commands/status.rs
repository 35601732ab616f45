//! `hydranet status`.

use super::named_spec::Work;
use crate::args::StatusArgs;
use crate::cluster::array;
use crate::cluster::submission::Submission;
use crate::failure::Failure;
use crate::output;
use hydranet_montecarlo::{Inventory, Plan, cost, engine, parts};
use hydranet_toolkit::Toolkit;
use std::collections::BTreeSet;

/// Says what is there, from the part files alone; exit code 3 if something is missing.
pub(crate) fn status(args: &StatusArgs, known: &Toolkit) -> Result<(), Failure> {
    let work = Work::open(&args.spec, &args.work, known)?;
    let (record, found) = engine::inventory(&work.name, &work.spec, &work.results);
    let submission = Submission::read(&work.results)?.filter(|s| s.hash == record.plan.hash);
    let count = args.of.or(submission.as_ref().map(|s| s.shards));
    let missing = match count {
        Some(count) => missing_shards(&work, &record.plan, &found, count),
        None if args.missing => {
            return Err(Failure::BadInput(format!(
                "{}: nothing was submitted from here with this spec, seed and program; say the number of shards with --of",
                work.results.display()
            )));
        }
        None => Vec::new(),
    };
    if args.missing {
        if missing.is_empty() {
            return Ok(());
        }
        output::print(&format!("{}\n", array::write(&missing)))?;
        return Err(Failure::Quiet(3));
    }
    let mut out = format!(
        "{}: {} of {} blocks are finished in {}\n",
        work.name,
        found.finished.len(),
        found.all,
        work.results.display()
    );
    if let Some(submission) = &submission {
        for job in &submission.jobs {
            let merge = job.merge.as_ref().map_or("none".to_string(), Clone::clone);
            out.push_str(&format!("submitted: shards {} as job {}, merge {merge}\n", job.tasks, job.array));
        }
    }
    if let Some(count) = count {
        let done = count as usize - missing.len();
        out.push_str(&format!("{done} of {count} shards are complete"));
        if !missing.is_empty() {
            out.push_str(&format!("; missing: {}", array::write(&missing)));
        }
        out.push('\n');
    }
    if found.is_whole() {
        out.push_str(&format!("nothing is missing: hydranet merge {}\n", work.results.display()));
        return output::print(&out);
    }
    output::print(&out)?;
    Err(Failure::Incomplete(found.to_string()))
}

/// The shards that have something to do.
pub(crate) fn missing_shards(work: &Work, plan: &Plan, found: &Inventory, count: u32) -> Vec<u32> {
    let to_do: BTreeSet<_> = found.to_do().into_iter().collect();
    if to_do.is_empty() {
        return Vec::new();
    }
    let folder = parts::folder(&work.results, plan);
    let dealt = plan.deal(&cost::costs(&work.spec, plan, folder.is_dir().then_some(&*folder)), count);
    let owners: BTreeSet<u32> =
        plan.blocks().iter().zip(dealt).filter(|(block, _)| to_do.contains(block)).map(|(_, shard)| shard).collect();
    owners.into_iter().collect()
}
