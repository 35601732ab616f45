//! Shards, schedulers and what is missing, as users meet them. A real Slurm is tested by `scripts/slurm-test`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn hydranet(folder: &Path, environment: &[(&str, &str)], args: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_hydranet"));
    // whatever scheduler runs this test is none of its business
    for name in
        ["SLURM_ARRAY_TASK_ID", "PBS_ARRAY_INDEX", "PBS_ARRAYID", "SGE_TASK_ID", "LSB_JOBINDEX", "JOB_COMPLETION_INDEX"]
    {
        program.env_remove(name);
    }
    program.args(args).envs(environment.iter().copied()).current_dir(folder).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A call that ends with this code; what it prints, and what it says on standard error.
fn call(folder: &Path, environment: &[(&str, &str)], args: &[&str], code: i32) -> (String, String) {
    let out = hydranet(folder, environment, args);
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(code), "{args:?}: {said}");
    assert!(!said.contains("panicked"), "{args:?}: {said}");
    (text(&out.stdout), said)
}

const SPEC: &str = "title = \"t\"\nseed = 1\nnetworks = 6\n[[topology]]\nmodel = \"gnm\"\nn = 300\nm = 500\n\
    [[topology]]\nmodel = \"gnm\"\nlabel = \"large\"\nn = 3000\nm = 5000\n[[treatment]]\nstrategy = \"degree\"\n";

fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_path_buf();
    std::fs::write(path.join("spec.toml"), SPEC).unwrap();
    (dir, path)
}

#[test]
fn shards_of_any_scheduler_fill_one_folder() {
    let (_dir, d) = folder();
    call(&d, &[], &["run", "spec.toml", "--out", "one", "--no-figures"], 0);
    let auto = ["run", "spec.toml", "--shard", "auto", "--of", "4"];
    let (_, said) = call(&d, &[], &auto, 2);
    assert!(said.contains("SLURM_ARRAY_TASK_ID") && said.contains("--shard i/4"), "{said}");
    let (_, said) = call(&d, &[("SLURM_ARRAY_TASK_ID", "1"), ("SGE_TASK_ID", "1")], &auto, 2);
    assert!(said.contains("disagree"), "{said}");
    let (_, said) = call(&d, &[("SGE_TASK_ID", "5")], &auto, 2);
    assert!(said.contains("SGE_TASK_ID=5 (Grid Engine) is no shard of 4: submit the array as 1-4"), "{said}");
    let (out, _) = call(&d, &[("LSB_JOBINDEX", "3")], &auto, 0);
    assert!(out.contains("shard 2/4 is done"), "{out}");
    call(&d, &[("JOB_COMPLETION_INDEX", "1")], &auto, 0);

    // what is missing, for the same and for another number of shards
    let (out, _) = call(&d, &[], &["status", "spec.toml", "--missing", "--of", "4"], 3);
    assert_eq!(out, "0,3\n");
    assert_eq!(call(&d, &[], &["status", "spec.toml", "--missing", "--of", "1"], 3).0, "0\n");
    let (out, said) = call(&d, &[], &["status", "spec.toml", "--of", "4"], 3);
    assert!(
        out.contains("6 of 12 blocks are finished") && out.contains("2 of 4 shards are complete; missing: 0,3"),
        "{out}"
    );
    assert!(said.contains("t000-n000000") && said.contains("are missing"), "{said}");
    let (_, said) = call(&d, &[], &["merge", "results/spec"], 3);
    assert!(said.contains("6 of 12 blocks are missing"), "{said}");
    // without a submission nobody knows how many shards there are
    assert!(call(&d, &[], &["status", "spec.toml", "--missing"], 2).1.contains("--of"));

    (0..2).for_each(|i| drop(call(&d, &[], &["run", "spec.toml", "--shard", &format!("{i}/2")], 0)));
    assert_eq!(call(&d, &[], &["status", "spec.toml", "--missing", "--of", "4"], 0).0, "");
    let (out, _) = call(&d, &[], &["status", "spec.toml"], 0);
    assert!(out.contains("nothing is missing: hydranet merge results/spec"), "{out}");
    call(&d, &[], &["merge", "results/spec", "--no-figures"], 0);
    for table in ["trials.parquet", "curves.parquet", "summary.csv"] {
        let read = |folder: &str| std::fs::read(d.join(folder).join(table)).unwrap();
        assert_eq!(read("one"), read("results/spec"), "{table}");
    }
    let (_, said) = call(&d, &[], &["merge", "results/spec", "one"], 2);
    assert!(said.contains("12 of 12 blocks are there twice") && said.contains("is in results/spec"), "{said}");
    for (args, words) in
        [(["--shard", "auto", "--of", "0"], "--of"), (["--shard", "1/4", "--of", "4"], "--of goes with --shard auto")]
    {
        assert!(call(&d, &[], &[&["run", "spec.toml"], &args[..]].concat(), 2).1.contains(words));
    }
    assert!(call(&d, &[], &["run", "spec.toml", "--shard", "auto"], 2).1.contains("--of 64"));
}

#[test]
fn a_damaged_part_is_missing_until_it_is_computed_again() {
    let (_dir, d) = folder();
    call(&d, &[], &["run", "spec.toml", "--no-figures"], 0);
    let parts = std::fs::read_dir(d.join("results/spec/parts")).unwrap().next().unwrap().unwrap().path();
    let files = std::fs::read_dir(&parts).unwrap().map(|entry| entry.unwrap().path());
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.contains("-n0000002-0000003") && name.ends_with(".trials.parquet")
    };
    let victim = files.filter(is_one).min().unwrap();
    let whole = std::fs::read(&victim).unwrap();
    std::fs::write(&victim, &whole[..whole.len() / 2]).unwrap();
    let (_, said) = call(&d, &[], &["merge", "results/spec"], 1);
    let name = victim.file_name().unwrap().to_string_lossy();
    assert!(said.contains(&format!("{name}: the end of the file is missing")), "{said}");
    let (_, said) = call(&d, &[], &["status", "spec.toml"], 3);
    assert!(said.contains("1 of 12 blocks are damaged"), "{said}");
    let missing = call(&d, &[], &["status", "spec.toml", "--missing", "--of", "12"], 3).0;
    assert!(missing.trim().parse::<u32>().is_ok_and(|shard| shard < 12), "{missing}");
    call(&d, &[], &["run", "spec.toml", "--shard", &format!("{}/12", missing.trim())], 0);
    assert_eq!(std::fs::read(&victim).unwrap(), whole);
    call(&d, &[], &["merge", "results/spec", "--no-figures"], 0);
}

#[test]
fn plans_write_nothing() {
    let (_dir, d) = folder();
    let (out, _) = call(&d, &[], &["plan", "spec.toml", "--shards", "3"], 0);
    for words in
        ["2 topologies × 1 treatments = 2 cells", "units       12", "hash", "large", "processor", "shards      3:"]
    {
        assert!(out.contains(words), "no `{words}` in {out}");
    }
    let json = call(&d, &[], &["plan", "spec.toml", "--json", "--patience", "0"], 0).0;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["units"], &json["topologies"][1]["edges"]), (&12.into(), &5000.into()));
    assert_eq!((&json["topologies"][0]["timed"], &json["topologies"][1]["timed"]), (&true.into(), &false.into()));
    assert!(json["cpu_seconds"].as_f64().unwrap() > 0.0);
    assert_eq!(std::fs::read_dir(&d).unwrap().count(), 1, "the spec is alone");
    assert!(call(&d, &[], &["plan", "spec.toml", "--shards", "0"], 2).1.contains("0"));
}

#[test]
fn submissions_are_printed_before_they_are_made() {
    let (_dir, d) = folder();
    let slurm = ["submit", "slurm", "spec.toml", "--shards", "4"];
    let (out, _) = call(&d, &[], &[&slurm[..], &["--print", "--at-once", "2", "--", "--time=1:00"]].concat(), 0);
    for words in ["#SBATCH --signal=B:TERM@60", "exec ", "--shard auto --of 4", "--time=1:00 --array=0-3%2", "afterany"]
    {
        assert!(out.contains(words), "no `{words}` in {out}");
    }
    let (out, _) = call(&d, &[], &["submit", "kubernetes", "spec.toml", "--shards", "4", "--print"], 0);
    assert!(out.contains("completionMode: Indexed") && out.contains("completions: 4"), "{out}");
    assert_eq!(std::fs::read_dir(&d).unwrap().count(), 1, "nothing was written");
    for (args, words) in [
        (&["submit", "slurm", "spec.toml", "--shards", "2000"][..], "--max-shards 2000"),
        (&["submit", "slurm", "spec.toml", "--shards", "13"], "12 blocks"),
        (&["submit", "slurm", "spec.toml", "--shards", "2", "--", "--array=0-9"], "--at-once"),
        (&["submit", "kubernetes", "spec.toml", "--shards", "2"], "--print"),
        (&["resubmit", "spec.toml"], "hydranet submit"),
    ] {
        let said = call(&d, &[], args, 2).1;
        assert!(said.contains(words), "{said}");
    }
    // no Slurm here
    let (_, said) = call(&d, &[("PATH", "/nonexistent")], &slurm, 1);
    assert!(said.contains("cannot start sbatch") && said.contains("--print"), "{said}");
}

/// A Slurm of two lines of shell: what is told to it, and what is kept.
#[cfg(unix)]
#[test]
fn submissions_are_recorded() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, d) = folder();
    let bin = d.join("bin");
    std::fs::create_dir(&bin).unwrap();
    let program = |name: &str, text: &str| {
        std::fs::write(bin.join(name), text).unwrap();
        std::fs::set_permissions(bin.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    program("sbatch", "#!/bin/sh\necho \"$@\" >> calls\necho \"$(wc -l < calls | tr -d ' ');local\"\n");
    program("squeue", "#!/bin/sh\necho 2\n");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let with = [("PATH", path.as_str())];
    let calls = || std::fs::read_to_string(d.join("calls")).unwrap();
    call(&d, &with, &["submit", "slurm", "spec.toml", "--shards", "4", "--networks", "5", "--", "--time=9"], 0);
    let said = calls();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("--parsable --time=9 --array=0-3 /"), "{said}");
    assert!(lines[1].starts_with("--parsable --time=9 --dependency=afterany:1 /"), "{said}");
    let script = std::fs::read_to_string(d.join("results/spec/cluster/array.sh")).unwrap();
    assert!(script.contains("--networks 5 --out "), "{script}");
    let run = ["status", "spec.toml", "--networks", "5"];
    assert_eq!(call(&d, &[], &[&run[..], &["--missing"]].concat(), 3).0, "0-3\n");
    let (out, _) = call(&d, &[], &run, 3);
    assert!(out.contains("submitted: shards 0-3 as job 1, merge 2"), "{out}");
    // the job script itself, as a task of the array, does shard 1
    let task = Command::new("sh")
        .arg(d.join("results/spec/cluster/array.sh"))
        .env("SLURM_ARRAY_TASK_ID", "1")
        .env_remove("SLURM_CPUS_PER_TASK")
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    assert!(task.status.success() && text(&task.stdout).contains("shard 1/4 is done"), "{}", text(&task.stderr));
    // shard 2 is in the queue, by squeue
    let (out, said) = call(&d, &with, &["resubmit", "spec.toml", "--networks", "5"], 0);
    assert!(out.contains("shards 0,3 of 4 are job 3") && said.contains("still in the queue: 2"), "{out}{said}");
    assert!(calls().lines().nth(2).unwrap().starts_with("--parsable --time=9 --array=0,3 /"));
    // another spec in the same folder is not what was submitted
    assert!(call(&d, &with, &["resubmit", "spec.toml", "--seed", "2"], 2).1.contains("another spec, seed or program"));
    assert_eq!(call(&d, &with, &["status", "spec.toml", "--seed", "2", "--missing"], 2).0, "");
}

#[test]
fn manual_pages_of_all_commands() {
    let (_dir, d) = folder();
    std::fs::create_dir(d.join("man")).unwrap();
    call(&d, &[], &["man", "man"], 0);
    let page = std::fs::read_to_string(d.join("man/hydranet-submit-slurm.1")).unwrap();
    assert!(page.contains("hydranet") && page.contains("max\\-shards"), "{page}");
    let run = std::fs::read_to_string(d.join("man/hydranet-run.1")).unwrap();
    assert!(run.contains("SLURM_ARRAY_TASK_ID"));
    assert!(call(&d, &[], &["man", "none"], 1).1.contains("there is no such folder"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(call(&d, &[], &["completions", shell], 0).0.contains("resubmit"), "{shell}");
    }
}
