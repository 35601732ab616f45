use super::*;
use hydranet_overlay::Csr;
use hydranet_takedown::Items;
use hydranet_topology::{Purpose, Trial, trial_rng};

fn path(n: u32) -> Overlay {
    Overlay::symmetric(Csr::from_edges(n, &(1..n).map(|v| [v - 1, v]).collect::<Vec<_>>()).0)
}

fn command(line: &str, timeout_seconds: f64) -> Command {
    Command::new(CommandParams { command: line.into(), timeout_seconds, directory: None }).unwrap()
}

fn order(line: &str, seed: u64, trial: Trial) -> Result<RemovalOrder, String> {
    let task = &mut Task::new(trial_rng(seed, trial, Purpose::Order));
    command(line, 60.0).nodes(&path(5), task).map_err(|e| e.reason)
}

fn nodes(line: &str, seed: u64, trial: Trial) -> Vec<u32> {
    match order(line, seed, trial).unwrap().items {
        Items::Nodes(nodes) => nodes,
        Items::Edges(_) => panic!("nodes were asked for"),
    }
}

fn refused(line: &str, words: &[&str]) {
    let got = order(line, 1, Trial::network(0)).unwrap_err();
    assert!(words.iter().all(|word| got.contains(word)), "{line}: {got}, not {words:?}");
}

#[test]
fn it_keeps_the_promises_of_a_strategy() {
    hydranet_takedown::check(STRATEGIES);
}

#[test]
fn edge_list_in_order_out() {
    let first = Trial::network(0);
    // the second ends, last link first: nothing but the format decides
    assert_eq!(nodes("sed 1d | sort -r | cut -d' ' -f2; echo 0", 1, first), [4, 3, 2, 1, 0]);
    assert_eq!(nodes("head -1 | { read a b c d e; test $c-$e = 5-4 && seq 0 4; }", 1, first), [0, 1, 2, 3, 4]);
    // the input is left unread
    assert_eq!(nodes("seq 0 4", 1, first), [0, 1, 2, 3, 4]);
    let some = order("printf '# two\\n3\\n\\n1\\n'", 1, first).unwrap();
    let Items::Nodes(all) = &some.items else { panic!("nodes") };
    assert_eq!((&all[..2], all.len()), (&[3, 1][..], 5));
    assert!(some.notes[0].contains("names 2 of 5 nodes"), "{:?}", some.notes);
    // the rest is drawn from the strategy's stream: other orders of it in other trials, the same in the same
    let rests: Vec<Vec<u32>> = (0..20).map(|i| nodes("echo 2", 1, Trial::order_of(0, i))).collect();
    assert!(rests.iter().any(|rest| *rest != rests[0]));
    assert_eq!(nodes("echo 2", 1, Trial::order_of(0, 7)), rests[7]);
}

#[test]
fn it_is_told_seed_trial_and_target() {
    let tells = |text: &str| format!("test \"{text}\" && seq 0 4");
    assert_eq!(nodes(&tells("$HYDRANET_TRIAL\" = \"7-2"), 1, Trial::order_of(7, 2)).len(), 5);
    assert_eq!(nodes(&tells("$HYDRANET_TARGET\" = \"0.01"), 1, Trial::network(0)).len(), 5);
    // the seed decides: as many first nodes as there are, each by the same seed again
    let first = |trial| nodes("echo $((HYDRANET_SEED % 5))", 1, trial)[0];
    let seen: Vec<u32> = (0..40).map(|i| first(Trial::order_of(0, i))).collect();
    assert!((0..5).all(|v| seen.contains(&v)), "{seen:?}");
    assert_eq!(first(Trial::order_of(0, 11)), seen[11]);
}

#[test]
fn what_goes_wrong_is_told() {
    refused("echo no numbers >&2; exit 3", &["command `echo no numbers", "exit code 3", "| no numbers"]);
    refused("printf 'a\\033[2Jb\\n' >&2; exit 1", &["a\\u{1b}[2Jb"]);
    refused("no-such-program-here", &["exit code 127", "no such program"]);
    refused("kill -9 $$", &["signal"]);
    refused("echo 5", &["line 1", "`5`", "0 to 4"]);
    refused("echo 1; echo 1", &["line 2", "node 1 again", "line 1"]);
    refused("echo garbage", &["`garbage`", "one id a line"]);
    refused("head -c 100000 /dev/zero", &["not a node"]);
    refused("yes 1", &["wrote more than", "one id a line"]);
    let edges =
        command("seq 0 4", 1.0).edges(&path(5), &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order)));
    assert!(edges.unwrap_err().reason.contains("ranks nodes"));
}

#[test]
fn time_is_limited() {
    let folder = tempfile::tempdir().unwrap();
    let late = folder.path().join("late");
    let over = |line: String| {
        let task = &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
        let got = command(&line, 0.3).nodes(&path(5), task).unwrap_err().reason;
        assert!(got.contains("not done after 0.3 s") && got.contains("`timeout_seconds`"), "{got}");
        got
    };
    // what the shell has started ends, too: nobody is left to write the file
    over(format!("(sleep 1; touch '{}') & sleep 60", late.display()));
    assert!(over("echo so far >&2; sleep 60".into()).contains("| so far"));
    // it has closed its output, and goes on
    over("exec >&-; sleep 60".into());
    std::thread::sleep(Duration::from_millis(1200));
    assert!(!late.exists());
}

#[test]
fn parameters_are_checked_and_files_count() {
    let new = |command: &str, timeout_seconds, directory: Option<&Path>| {
        Command::new(CommandParams { command: command.into(), timeout_seconds, directory: directory.map(Into::into) })
    };
    let refused = |got: Result<Command, Invalid>, param: &str| assert_eq!(got.unwrap_err().param, param);
    refused(new(" ", 1.0, None), "command");
    for limit in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        refused(new("true", limit, None), "timeout_seconds");
    }
    refused(new("true", 1.0, Some(Path::new("/no/such/folder"))), "directory");
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("mine.sh");
    std::fs::write(&script, "seq 0 4").unwrap();
    let mark = |line: &str| new(line, 1.0, Some(folder.path())).unwrap().fingerprint();
    let (before, other) = (mark("sh mine.sh"), mark("sh  other.sh"));
    assert_ne!(before, other);
    std::fs::write(&script, "seq 4 -1 0").unwrap();
    assert_ne!(mark("sh mine.sh"), before, "another script is another strategy");
    assert_ne!(mark("sh \"mine.sh\""), other);
    assert_eq!(mark("sh  other.sh"), other);
    // and it is run where it stands
    let task = &mut Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
    let order = new("sh mine.sh", 9.0, Some(folder.path())).unwrap().nodes(&path(5), task).unwrap();
    assert_eq!(order.items, Items::Nodes(vec![4, 3, 2, 1, 0]));
}
