//! What holds for all rows: everything registered has one, names are names, levels add up, and rows hold.

use hydranet_toolkit::Toolkit;
use hydranet_validation::{Kind, Scale, Setup, Standing, coverage, registered, run};
use std::collections::BTreeSet;

fn setup(seed: u64) -> Setup {
    Setup { known: Toolkit::default(), scale: Scale::Quick, seed, data: None }
}

/// Who registers a topology, a strategy, an action or a measure writes a row that says what it is right by.
#[test]
fn everything_registered_has_a_row() {
    let covered = coverage();
    let bare: Vec<_> = registered(&Toolkit::default()).into_iter().filter(|f| !covered.contains_key(f)).collect();
    assert!(bare.is_empty(), "no row covers {bare:?}");
}

/// A row that names what is not registered covers nothing.
#[test]
fn rows_name_what_is_registered() {
    let known: BTreeSet<_> = registered(&Toolkit::default()).into_iter().collect();
    let kinds = [Kind::Topology, Kind::Strategy, Kind::Action, Kind::Measure];
    let unknown: Vec<_> = coverage().into_keys().filter(|f| kinds.contains(&f.kind) && !known.contains(f)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Rows hold, for several seeds: a failing row in one of these has a chance of a few per cent if all is right.
#[test]
#[allow(clippy::print_stdout, reason = "a test that skips says so")]
fn rows_hold() {
    for seed in [hydranet_validation::SEED, 1] {
        let rows = run(&setup(seed), None);
        let bad: Vec<_> = rows.iter().filter(|row| row.verdict == Standing::Fails).collect();
        assert!(bad.is_empty(), "seed {seed}: {bad:#?}");
        let skipped = rows.iter().filter(|row| matches!(row.verdict, Standing::Skipped { .. })).count();
        println!("{skipped} rows skipped: no data folder in tests");
        assert!(skipped <= 14, "only measured networks may be missing");
    }
}

/// Random rows are so few that a whole run fails by chance in less than one of twenty seeds.
#[test]
fn levels_add_up() {
    let random = hydranet_validation::random_row_count();
    assert!(random as f64 * hydranet_validation::MISS <= 0.05, "{random} random rows");
    assert!(hydranet_validation::row_count() >= 250);
}

/// The same rows whatever the seed and the scale; the same values for the same seed.
#[test]
fn rows_are_a_function_of_the_setup() {
    let small = |seed| run(&setup(seed), Some("measures and cascades"));
    assert_eq!(small(3), small(3));
    let names = |rows: Vec<hydranet_validation::Checked>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(names(small(3)), names(small(4)));
    assert_eq!(hydranet_validation::row_names(Scale::Quick), hydranet_validation::row_names(Scale::Full));
    let all = hydranet_validation::row_names(Scale::Full);
    let different: BTreeSet<_> = all.iter().collect();
    assert_eq!(different.len(), all.len(), "two rows of one name");
}
