//! What the toolkit's numbers are checked against: closed forms and published values.
//!
//! One file a family of references. `hydranet validate` prints them all; a test of this crate runs them at the quick
//! scale. A row passes when its mean lies within the stated tolerance of the reference. Tolerances cover what the
//! measure itself adds (finite size, the resolution of the reference), and each says so.

mod attack;
mod bench;
mod campaign;
mod dismantling;
mod exact;
mod failure;
mod lattice;
mod lookups;
mod measured;
mod unstructured;

pub(crate) use bench::{Bench, Check, CheckGroup, Scale};

use bench::SEED;

/// All groups, in the order of the table.
pub(crate) const GROUPS: &[(&str, CheckGroup)] = &[
    ("exact", exact::checks),
    ("gnm, random failure", failure::gnm),
    ("random-regular, random failure", failure::regular),
    ("power law, random failure", failure::power_law),
    ("lattice", lattice::checks),
    ("gnm, degree attack", attack::initial),
    ("gnm, adaptive degree attack", attack::adaptive),
    ("dismantling", dismantling::checks),
    ("campaign: churn", campaign::churn),
    ("campaign: isolation", campaign::isolation),
    ("campaign: evidence", campaign::evidence),
    ("campaign: fallback", campaign::fallback),
    ("campaign: decay and rebuild", campaign::decay_and_rebuild),
    ("campaign: left alone", campaign::left_alone),
    ("peer lists", unstructured::peer_lists),
    ("self-healing", unstructured::self_healing),
    ("membership protocols", unstructured::membership),
    ("broadcast and discovery", unstructured::spread),
    ("measured networks", measured::checks),
    ("lookups, random failure", lookups::checks),
];

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_toolkit::Toolkit;

    #[test]
    #[allow(clippy::print_stdout)] // a test that skips says so
    fn quick_checks_pass() {
        let known = Toolkit::default();
        let bench = Bench::new(&known, Scale::Quick);
        let mut bad = Vec::new();
        for (group, run) in GROUPS {
            match run(&bench) {
                Err(why) => println!("skipped {group}: {why}"),
                Ok(checks) => bad.extend(
                    checks
                        .into_iter()
                        .filter(|c| !c.passes())
                        .map(|c| format!("{}: {} instead of {} ± {}", c.name, c.mean(), c.reference, c.tolerance)),
                ),
            }
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }
}
