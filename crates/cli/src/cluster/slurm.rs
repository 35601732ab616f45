//! Slurm: the scripts of an array and of the merge after it, and the commands that submit them.
//!
//! What to know of it, and where it is seen here: a worker that a signal kills is FAILED and not queued again, so
//! `resubmit` submits what the part files lack; the array's task count is that of the last submission, so the number of shards is
//! written into the script; `afterok` would wait for ever once a task has failed, so the merge waits for `afterany` and
//! refuses by itself; the program takes the place of the shell (`exec`), so that it gets the SIGTERM that comes 60 s before
//! the time limit.

use crate::failure::Failure;
use std::process::{Command, Output};

/// What both scripts need.
pub(crate) struct Scripts<'a> {
    /// The program, as an absolute path.
    pub(crate) program: &'a str,
    /// The experiment.
    pub(crate) name: &'a str,
    /// The copy of its spec, as an absolute path.
    pub(crate) spec: &'a str,
    /// The results folder, as an absolute path.
    pub(crate) results: &'a str,
    /// The folder of the logs, as an absolute path.
    pub(crate) logs: &'a str,
    /// `--networks` and the like.
    pub(crate) overrides: &'a [String],
    /// Number of shards.
    pub(crate) shards: u32,
}

impl Scripts<'_> {
    /// One task of the array: one shard.
    pub(crate) fn array(&self) -> String {
        let overrides: String = self.overrides.iter().map(|text| format!(" {}", quoted(text))).collect();
        format!(
            "#!/bin/sh\n\
             #SBATCH --job-name={name}\n\
             #SBATCH --output={log}\n\
             # SIGTERM a minute before the time limit: the networks under way are finished, exit code 75\n\
             #SBATCH --signal=B:TERM@60\n\
             exec {program} run {spec}{overrides} --out {results} --shard auto --of {shards} \\\n    \
             --threads \"${{SLURM_CPUS_PER_TASK:-1}}\"\n",
            name = directive(&format!("hydranet-{}", self.name)),
            log = directive(&format!("{}/%A_%a.log", percent(self.logs))),
            program = quoted(self.program),
            spec = quoted(self.spec),
            results = quoted(self.results),
            shards = self.shards,
        )
    }

    /// The merge.
    pub(crate) fn merge(&self) -> String {
        format!(
            "#!/bin/sh\n\
             #SBATCH --job-name={name}\n\
             #SBATCH --output={log}\n\
             # refuses with exit code 3 while shards are missing\n\
             exec {program} merge {results}\n",
            name = directive(&format!("hydranet-{}-merge", self.name)),
            log = directive(&format!("{}/merge_%j.log", percent(self.logs))),
            program = quoted(self.program),
            results = quoted(self.results),
        )
    }
}

/// The arguments of `sbatch` for the array. The options of the user come first: ours have the last word.
pub(crate) fn array_args(tasks: &str, at_once: Option<u32>, options: &[String], script: &str) -> Vec<String> {
    let limit = at_once.map_or(String::new(), |p| format!("%{p}"));
    let mut args = vec!["--parsable".to_string()];
    args.extend_from_slice(options);
    args.extend([format!("--array={tasks}{limit}"), script.to_string()]);
    args
}

/// The arguments of `sbatch` for the merge.
pub(crate) fn merge_args(array: &str, options: &[String], script: &str) -> Vec<String> {
    let mut args = vec!["--parsable".to_string()];
    args.extend_from_slice(options);
    args.extend([format!("--dependency=afterany:{array}"), script.to_string()]);
    args
}

/// Options that would break what is submitted.
pub(crate) fn check_options(options: &[String]) -> Result<(), Failure> {
    let ours = [
        ("--array", "how many shards there are is said by --shards, and how many run at once by --at-once"),
        ("-a", "how many shards there are is said by --shards, and how many run at once by --at-once"),
        ("--dependency", "the merge waits for the array; submit when what you wait for is done"),
        ("-d", "the merge waits for the array; submit when what you wait for is done"),
        ("--wrap", "the script is made by this program"),
        ("--wait", "look with `hydranet status`"),
        ("-W", "look with `hydranet status`"),
    ];
    for option in options {
        let name = option.split('=').next().unwrap_or_default();
        if let Some((_, why)) = ours.iter().find(|(known, _)| *known == name) {
            return Err(Failure::BadInput(format!("the sbatch option {option} cannot be given: {why}")));
        }
        if !option.starts_with('-') {
            return Err(Failure::BadInput(format!(
                "`{option}` is no option of sbatch: write options with their values, such as --time=2:00:00"
            )));
        }
    }
    Ok(())
}

/// Submits, and gives the number of the job.
pub(crate) fn sbatch(args: &[String]) -> Result<String, Failure> {
    let out = call("sbatch", args)?;
    if !out.status.success() {
        return Err(Failure::Failed(format!("sbatch refused ({}): {}", out.status, said(&out))));
    }
    // number;cluster
    let text = String::from_utf8_lossy(&out.stdout);
    let job = text.trim().split(';').next().unwrap_or_default().to_string();
    if job.is_empty() || !job.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Failure::Failed(format!("sbatch did not tell the number of the job, but `{}`", text.trim())));
    }
    Ok(job)
}

/// The tasks of these arrays that wait or run.
pub(crate) fn in_queue(arrays: &[&str]) -> Result<Vec<u32>, Failure> {
    let mut tasks = Vec::new();
    for array in arrays {
        let args = ["--noheader", "--array", "--format=%K", "--jobs", array].map(String::from);
        let out = call("squeue", &args)?;
        // a job that is long over is unknown to squeue: it fails
        if !out.status.success() && !said(&out).contains("Invalid job id") {
            return Err(Failure::Failed(format!("squeue failed ({}): {}", out.status, said(&out))));
        }
        tasks.extend(String::from_utf8_lossy(&out.stdout).lines().filter_map(|line| line.trim().parse::<u32>().ok()));
    }
    tasks.sort_unstable();
    tasks.dedup();
    Ok(tasks)
}

fn call(program: &str, args: &[String]) -> Result<Output, Failure> {
    Command::new(program).args(args).output().map_err(|e| {
        Failure::Failed(format!(
            "cannot start {program}: {e}; is this a machine of the cluster? (--print shows what would be submitted)"
        ))
    })
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).trim().to_string()
}

/// A word for a shell.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_string();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A value in a line of `#SBATCH`.
fn directive(text: &str) -> String {
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_string() }
}

/// A path in a pattern of file names, where `%` begins a number of the job.
fn percent(path: &str) -> String {
    path.replace('%', "%%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_what_a_shell_and_slurm_read() {
        let overrides = ["--networks".to_string(), "5".to_string()];
        let scripts = Scripts {
            program: "/opt/my tools/hydranet",
            name: "it's",
            spec: "/data/a b/it's.toml",
            results: "/data/a b",
            logs: "/data/a b/cluster/logs",
            overrides: &overrides,
            shards: 64,
        };
        let array = scripts.array();
        assert!(array.contains("#SBATCH --output=\"/data/a b/cluster/logs/%A_%a.log\"\n"), "{array}");
        assert!(array.contains("exec '/opt/my tools/hydranet' run '/data/a b/it'\\''s.toml' --networks 5"), "{array}");
        assert!(array.contains("--shard auto --of 64"), "{array}");
        assert!(array.contains("#SBATCH --signal=B:TERM@60\n"));
        assert!(scripts.merge().contains("exec '/opt/my tools/hydranet' merge '/data/a b'\n"));
    }

    #[test]
    fn ours_come_last() {
        let options = ["--time=1:00".to_string()];
        assert_eq!(
            array_args("3,17", Some(4), &options, "a.sh"),
            ["--parsable", "--time=1:00", "--array=3,17%4", "a.sh"]
        );
        assert_eq!(
            merge_args("12", &options, "m.sh"),
            ["--parsable", "--time=1:00", "--dependency=afterany:12", "m.sh"]
        );
    }

    #[test]
    fn options_that_break_it_are_refused() {
        let check = |option: &str| check_options(&[option.to_string()]);
        for fine in ["--time=1:00", "-pshort", "--cpus-per-task=8", "--constraint=a&b"] {
            assert!(check(fine).is_ok(), "{fine}");
        }
        for (wrong, words) in [("--array=0-3", "--at-once"), ("-W", "status"), ("1:00", "no option")] {
            let Err(Failure::BadInput(said)) = check(wrong) else { panic!("{wrong}") };
            assert!(said.contains(words), "{said}");
        }
    }
}
