//! Part files that are cut short, lost, damaged, renamed, of another run, or there twice.

use hydranet_montecarlo::engine::{self, ExperimentError, HostRecord, Options};
use hydranet_montecarlo::merge::MergeError;
use hydranet_montecarlo::runner::{How, Silent, run_blocks};
use hydranet_montecarlo::{
    Experiment, Header, Inventory, PlanRecord, Shard, Study, StudyKind, TopologySpec, Unit, UnitError, parts,
};
use hydranet_results::Table;
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[path = "parts/sweeps.rs"]
mod sweeps;

const SPEC: &str = "title = \"parts\"\nseed = 3\nnetworks = 8\nblock = 4\n[[topology]]\nmodel = \"gnm\"\nn = 60\nm = 90\n\
    [[topology]]\nmodel = \"gnm\"\nlabel = \"larger\"\nn = 600\nm = 900\n[[treatment]]\nstrategy = \"degree\"\n";

fn spec(text: &str) -> Experiment {
    Toolkit::default().parse(text, "test").unwrap()
}

fn run(text: &str, results: &Path, shard: Shard) {
    let how = How { threads: 1, shard, fresh: false, stop: &AtomicBool::new(false) };
    let options = Options { results, how, progress: &Silent, host: HostRecord::default() };
    engine::run("parts", &spec(text), &options).unwrap();
}

fn trials(results: &Path) -> Vec<u8> {
    std::fs::read(results.join("trials.parquet")).unwrap()
}

/// The part files of a results folder, by name.
fn files(results: &Path) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(results.join("parts")).unwrap().next().unwrap().unwrap().path();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "parquet"));
    files.sort();
    files
}

fn refusal(folders: &[PathBuf]) -> (String, Inventory) {
    let error = Toolkit::default().merge(folders, &HostRecord::default()).unwrap_err();
    let said = error.to_string();
    match error {
        ExperimentError::Merge(MergeError::Parts(found)) => (said, *found),
        other => panic!("not about parts: {other}"),
    }
}

/// A study that asks for its own end after so many units.
#[derive(Debug)]
struct StopAfter {
    study: Arc<dyn Study>,
    units: Arc<AtomicUsize>,
    last: usize,
    stop: Arc<AtomicBool>,
}

impl Study for StopAfter {
    fn kind(&self) -> &'static StudyKind {
        self.study.kind()
    }

    fn topologies(&self) -> &[TopologySpec] {
        self.study.topologies()
    }

    fn treatments(&self) -> Vec<&str> {
        self.study.treatments()
    }

    fn extent(&self, header: &Header) -> String {
        self.study.extent(header)
    }

    fn spec(&self) -> serde_json::Map<String, serde_json::Value> {
        self.study.spec()
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        if self.units.fetch_add(1, Ordering::Relaxed) + 1 == self.last {
            self.stop.store(true, Ordering::Relaxed);
        }
        self.study.run(header, unit, tables)
    }
}

#[test]
fn a_block_that_is_cut_short_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, cut) = (folder.path().join("whole"), folder.path().join("cut"));
    run(SPEC, &whole, Shard::WHOLE);
    let spec = spec(SPEC);
    let plan = PlanRecord::new("parts", &spec).plan;
    let parts = parts::folder(&cut, &plan);
    std::fs::create_dir_all(&parts).unwrap();
    let mut units = 0;
    let mut stops = 0;
    loop {
        let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let study = StopAfter { study: spec.study.clone(), units: count.clone(), last: 3, stop: stop.clone() };
        let stopping = Experiment { study: Arc::new(study), ..spec.clone() };
        let how = How { threads: 1, shard: Shard::WHOLE, fresh: false, stop: &stop };
        let done = run_blocks(&stopping, &plan, &plan.blocks(), &parts, how, &Silent).unwrap();
        units += count.load(Ordering::Relaxed);
        if done.missing == 0 {
            break;
        }
        stops += 1;
        assert!(stops < 10);
    }
    assert_eq!((units, stops), (16, 5), "no unit was run twice");
    assert!(files(&cut).iter().all(|path| !path.to_string_lossy().contains("partial")));
    run(SPEC, &cut, Shard::WHOLE);
    assert_eq!(trials(&cut), trials(&whole));
}

#[test]
fn merge_names_what_does_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let halves = [at("half0"), at("half1")];
    halves.iter().zip(0..).for_each(|(results, index)| run(SPEC, results, Shard { index, count: 2 }));
    run(SPEC, &at("whole"), Shard::WHOLE);

    let (said, found) = refusal(&halves[..1]);
    assert_eq!((found.missing.len(), found.all), (2, 4), "{said}");
    assert!(found.missing.iter().all(|block| said.contains(&block.name())), "{said}");

    let (said, found) = refusal(&[at("whole"), at("half0")]);
    assert_eq!((found.twice.len(), found.missing.len()), (2, 0), "{said}");
    assert!(said.contains(&found.twice[0].0.name()) && said.contains("is in") && said.contains("half0"), "{said}");

    let all = files(&at("whole"));
    let rows = PlanRecord::read(&at("whole")).unwrap().plan.rows;
    // the files of a topology are named by its content
    let named = |topology: usize, words: &str| {
        let of = |path: &&PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            let [block, table] = words.split_once('.').map(|(b, t)| [b, t]).unwrap();
            name.starts_with(&format!("{}-{block}-", rows[topology].hash)) && name.contains(&format!(".{table}."))
        };
        all.iter().find(of).unwrap()
    };
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    // damaged: one bit
    let victim = named(0, "n0000000-0000004.curves");
    let whole = std::fs::read(victim).unwrap();
    let mut bytes = whole.clone();
    bytes[whole.len() / 2] ^= 1;
    std::fs::write(victim, &bytes).unwrap();
    let (said, found) = refusal(&[at("whole")]);
    assert_eq!((found.damaged.len(), found.foreign.len()), (1, 0), "{said}");
    assert!(said.contains(&format!("{}: the file is damaged", name(victim))), "{said}");
    assert_eq!(found.to_do(), [found.damaged[0].0]);
    // an empty file, as a full disk may leave behind
    std::fs::write(victim, b"").unwrap();
    assert_eq!(refusal(&[at("whole")]).1.damaged.len(), 1);
    std::fs::write(victim, &whole).unwrap();
    // another block under this name, and a part of another run
    let (one, other) = (named(1, "n0000000-0000004.trials"), named(1, "n0000004-0000008.trials"));
    let kept = std::fs::read(one).unwrap();
    std::fs::copy(other, one).unwrap();
    let (said, found) = refusal(&[at("whole")]);
    assert_eq!((found.foreign.len(), found.damaged.len()), (1, 0), "{said}");
    let stem = |path: &PathBuf| name(path).split_once('.').unwrap().0.to_string();
    assert!(said.contains(&format!("{}: `block` is `{}`", name(one), stem(other))), "{said}");
    run(&SPEC.replace("seed = 3", "seed = 4"), &at("other"), Shard::WHOLE);
    let stranger = files(&at("other")).into_iter().find(|p| p.file_name() == one.file_name()).unwrap();
    std::fs::copy(stranger, one).unwrap();
    let (said, _) = refusal(&[at("whole")]);
    assert!(said.contains("1 of 4 blocks are of another run") && said.contains(&name(one)), "{said}");
    // whatever it was: a run of the same spec mends it
    run(SPEC, &at("whole"), Shard::WHOLE);
    assert_eq!(std::fs::read(one).unwrap(), kept);
    Toolkit::default().merge(&halves, &HostRecord::default()).unwrap();
    assert_eq!(trials(&halves[0]), trials(&at("whole")));
}

/// Shards of different counts work on the same files, and dear topologies are spread.
#[test]
fn other_shard_counts_go_on_in_the_same_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, shared) = (folder.path().join("whole"), folder.path().join("shared"));
    run(SPEC, &whole, Shard::WHOLE);
    run(SPEC, &shared, Shard { index: 1, count: 3 });
    let before = files(&shared).len();
    assert!(before > 0 && before < files(&whole).len());
    let (record, found) = engine::inventory("parts", &spec(SPEC), &shared);
    assert_eq!(found.finished.len() + found.missing.len(), record.plan.blocks().len());
    (0..2).for_each(|index| run(SPEC, &shared, Shard { index, count: 2 }));
    Toolkit::default().merge(std::slice::from_ref(&shared), &HostRecord::default()).unwrap();
    assert_eq!(trials(&shared), trials(&whole));
}
