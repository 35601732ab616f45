//! Which feature stands on which kinds of evidence: a table made of the rows.

use crate::book::Scale;
use crate::feature::{Evidence, Feature, Kind};
use crate::run::declared;
use hydranet_measures::measure::Measure;
use hydranet_toolkit::Toolkit;
use std::collections::BTreeMap;

/// Rows by feature and kind of evidence.
pub fn coverage() -> BTreeMap<Feature, BTreeMap<Evidence, usize>> {
    let mut table: BTreeMap<Feature, BTreeMap<Evidence, usize>> = BTreeMap::new();
    for (_, row) in declared(Scale::Full) {
        for feature in row.covers {
            *table.entry(feature).or_default().entry(row.evidence).or_default() += 1;
        }
    }
    table
}

/// Rows in all.
pub fn row_count() -> usize {
    declared(Scale::Full).len()
}

/// Rows in which chance takes part.
pub fn random_row_count() -> usize {
    declared(Scale::Full).iter().filter(|(_, row)| row.reads.is_random()).count()
}

/// Group and name of every row, in order.
pub fn row_names(scale: Scale) -> Vec<(&'static str, String)> {
    declared(scale).into_iter().map(|(group, row)| (group, row.name)).collect()
}

/// Everything that is registered in a program and must have a row.
pub fn registered(known: &Toolkit) -> Vec<Feature> {
    let mut out = Vec::new();
    let mut add = |kind, name: &str| out.push(Feature { kind, name: name.to_string() });
    known.topologies.rows().for_each(|row| add(Kind::Topology, row.name));
    known.strategies.rows().for_each(|row| add(Kind::Strategy, row.name));
    known.actions.rows().for_each(|row| add(Kind::Action, row.name));
    Measure::ALL.iter().for_each(|measure| add(Kind::Measure, measure.name()));
    out
}

/// The table as a page has it (Markdown): one table a kind, one line a feature, the number of rows in each column.
pub fn coverage_table() -> String {
    let table = coverage();
    let mut out = String::new();
    for kind in Kind::ALL {
        let features: Vec<_> = table.iter().filter(|(feature, _)| feature.kind == kind).collect();
        if features.is_empty() {
            continue;
        }
        let mut title = kind.plural().to_string();
        title[..1].make_ascii_uppercase();
        out.push_str(&format!("## {title}\n\n| name |"));
        Evidence::ALL.iter().for_each(|evidence| out.push_str(&format!(" {} |", evidence.name())));
        out.push_str(&format!("\n|---|{}\n", "---:|".repeat(Evidence::ALL.len())));
        for (feature, counts) in features {
            out.push_str(&format!("| {} |", feature.name));
            for evidence in Evidence::ALL {
                out.push_str(&counts.get(&evidence).map_or(" |".into(), |count| format!(" {count} |")));
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}
