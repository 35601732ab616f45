//! The table that a lookup study ends with.

use crate::output::Lines;
use hydranet_results::lookup::LookupSummaryRow;

/// Removed shares that are shown, at most.
const SHOWN: usize = 6;

/// One line a cell: the failed share at some removed shares, with half the width of its 95 % interval, and mean hops
/// at the first of them.
pub(crate) fn lookup_table(rows: &[LookupSummaryRow]) -> Lines {
    let mut cells: Vec<(&str, &str)> = Vec::new();
    let mut shares: Vec<f64> = Vec::new();
    for row in rows {
        let cell = (row.topology.as_str(), row.treatment.as_str());
        if !cells.contains(&cell) {
            cells.push(cell);
        }
        // networks of other sizes round otherwise
        if row.topology == rows[0].topology && !shares.contains(&row.removed) {
            shares.push(row.removed);
        }
    }
    let last = shares.len().saturating_sub(1);
    let mut columns: Vec<f64> = (0..SHOWN).map(|i| shares[i * last / (SHOWN - 1)]).collect();
    columns.dedup();
    let near = |cell: (&str, &str), metric: &str, share: f64| {
        let of_cell = rows.iter().filter(|r| (r.topology.as_str(), r.treatment.as_str()) == cell && r.metric == metric);
        of_cell.min_by(|a, b| (a.removed - share).abs().total_cmp(&(b.removed - share).abs()))
    };
    let lines: Vec<Vec<String>> = cells
        .into_iter()
        .map(|cell| {
            let failed = columns.iter().map(|share| value(near(cell, "failed", *share), 4));
            let hops = value(near(cell, "hops_mean", columns[0]), 2);
            [cell.0.to_string(), cell.1.to_string(), hops].into_iter().chain(failed).collect()
        })
        .collect();
    let heads: Vec<String> = columns.iter().map(|share| format!("failed at {share:.2}")).collect();
    let first = format!("hops at {:.2}", columns[0]);
    let heads = ["topology".to_string(), "treatment".into(), first].into_iter().chain(heads);
    Lines {
        head: heads.collect(),
        rows: lines,
        names: 2,
        reading: "means ± half the 95 % interval, clustered by network; failed at f: share of lookups between live nodes that do not\n\
         arrive when the share f of the nodes has failed; hops: of those that arrive\n"
            .into(),
    }
}

fn value(row: Option<&LookupSummaryRow>, digits: usize) -> String {
    let Some(row) = row else { return "–".into() };
    let Some(mean) = row.mean else { return "none arrived".into() };
    match row.lo.zip(row.hi) {
        Some((lo, hi)) => format!("{mean:.digits$} ± {:.digits$}", (hi - lo) / 2.0),
        None => format!("{mean:.digits$}"),
    }
}
