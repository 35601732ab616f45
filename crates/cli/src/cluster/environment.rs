//! `--shard auto`: the shard's number, from the variables that schedulers set for the tasks of an array.

/// A scheduler that numbers the tasks of an array.
pub(crate) struct Scheduler {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The environment variable.
    pub(crate) variable: &'static str,
    /// The number of the first task.
    pub(crate) first: u32,
    /// What the variable says in a job that is no array.
    nothing: &'static str,
}

/// All of them. The help of `--shard` shows the same table, and a test sees to it.
pub(crate) const SCHEDULERS: &[Scheduler] = &[
    Scheduler { name: "Slurm", variable: "SLURM_ARRAY_TASK_ID", first: 0, nothing: "" },
    Scheduler { name: "PBS Pro and OpenPBS", variable: "PBS_ARRAY_INDEX", first: 0, nothing: "" },
    Scheduler { name: "Torque", variable: "PBS_ARRAYID", first: 0, nothing: "" },
    Scheduler { name: "Grid Engine", variable: "SGE_TASK_ID", first: 1, nothing: "undefined" },
    Scheduler { name: "LSF", variable: "LSB_JOBINDEX", first: 1, nothing: "0" },
    Scheduler { name: "Kubernetes Indexed Jobs", variable: "JOB_COMPLETION_INDEX", first: 0, nothing: "" },
];

/// The number of this shard, from 0.
///
/// # Errors
/// If no scheduler tells one, several tell different ones, or it is no number below `count`.
pub(crate) fn index(variable: impl Fn(&str) -> Option<String>, count: u32) -> Result<u32, String> {
    let mut told: Vec<(String, u32)> = Vec::new();
    for scheduler in SCHEDULERS {
        let Some(value) = variable(scheduler.variable) else { continue };
        let value = value.trim();
        if value.is_empty() || value == scheduler.nothing {
            continue;
        }
        let said = format!("{}={value} ({})", scheduler.variable, scheduler.name);
        let (first, last) = (scheduler.first, scheduler.first + count - 1);
        match value.parse::<u32>() {
            Ok(number) if (first..=last).contains(&number) => told.push((said, number - first)),
            _ => {
                return Err(format!(
                    "{said} is no shard of {count}: submit the array as {first}-{last}, or write --shard i/{count}"
                ));
            }
        }
    }
    let Some((_, index)) = told.first() else {
        let names: Vec<&str> = SCHEDULERS.iter().map(|s| s.variable).collect();
        return Err(format!(
            "this is no task of a job array: none of {} is set; write --shard i/{count}",
            names.join(", ")
        ));
    };
    if told.iter().any(|(_, other)| other != index) {
        let all: Vec<String> = told.iter().map(|(said, index)| format!("{said} means shard {index}")).collect();
        return Err(format!("schedulers disagree: {}; write --shard i/{count}", all.join(", ")));
    }
    Ok(*index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(set: &[(&str, &str)], count: u32) -> Result<u32, String> {
        index(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()), count)
    }

    #[test]
    fn every_scheduler_tells_the_first_and_the_last() {
        for scheduler in SCHEDULERS {
            for shard in [0, 63] {
                let value = (shard + scheduler.first).to_string();
                assert_eq!(check(&[(scheduler.variable, &value)], 64), Ok(shard), "{}", scheduler.variable);
            }
            let beyond = (64 + scheduler.first).to_string();
            let error = check(&[(scheduler.variable, &beyond)], 64).unwrap_err();
            assert!(error.contains(scheduler.variable) && error.contains("is no shard of 64"), "{error}");
        }
    }

    #[test]
    fn none_or_several() {
        let refused = |set: &[(&str, &str)], words: &str| {
            let error = check(set, 8).unwrap_err();
            assert!(error.contains(words) && error.contains("--shard i/8"), "{error}");
        };
        refused(&[], "no task of a job array");
        // jobs that are no arrays
        refused(&[("SGE_TASK_ID", "undefined")], "no task of a job array");
        refused(&[("LSB_JOBINDEX", "0")], "no task of a job array");
        refused(&[("SLURM_ARRAY_TASK_ID", "")], "no task of a job array");
        refused(&[("SGE_TASK_ID", "0")], "submit the array as 1-8");
        refused(&[("SLURM_ARRAY_TASK_ID", "8")], "submit the array as 0-7");
        refused(&[("PBS_ARRAY_INDEX", "-1")], "is no shard");
        refused(&[("PBS_ARRAY_INDEX", "two")], "PBS_ARRAY_INDEX=two");
        refused(&[("SLURM_ARRAY_TASK_ID", "3"), ("SGE_TASK_ID", "3")], "SGE_TASK_ID=3 (Grid Engine) means shard 2");
        // two that agree are fine
        assert_eq!(check(&[("SLURM_ARRAY_TASK_ID", "3"), ("LSB_JOBINDEX", "4")], 8), Ok(3));
        assert_eq!(check(&[("SLURM_ARRAY_TASK_ID", " 3 "), ("SGE_TASK_ID", "undefined")], 8), Ok(3));
    }

    #[test]
    fn the_help_shows_the_table() {
        let mut program = <crate::args::Args as clap::CommandFactory>::command();
        let run = program.find_subcommand_mut("run").expect("a command");
        let shard = run.get_arguments().find(|a| a.get_id() == "shard").expect("an option");
        let help = shard.get_long_help().expect("it has one").to_string();
        for scheduler in SCHEDULERS {
            let line = help.lines().find(|line| line.contains(scheduler.variable)).expect(scheduler.variable);
            assert!(line.contains(scheduler.name) && line.contains(&format!("from {}", scheduler.first)), "{line}");
        }
    }
}
