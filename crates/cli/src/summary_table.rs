//! The table that a run ends with.

use crate::output;
use hydranet_results::summary::SummaryRow;

/// Metric, heading, digits.
const COLUMNS: [(&str, &str, usize); 6] = [
    ("r", "R", 4),
    ("r_cmd", "R_cmd", 4),
    ("f_c", "f_c", 4),
    ("set_size", "set size", 4),
    ("seizures_50", "seizures to 50 %", 1),
    ("seizures_10", "seizures to 10 %", 1),
];

/// One line a cell: each metric with half the width of its 95 % interval.
pub(crate) fn summary_table(rows: &[SummaryRow]) -> String {
    let mut out = cells_table(rows, &COLUMNS);
    out.push_str(
        "means ± half the 95 % interval, clustered by network; R, R_cmd: mean of S1/N and of command reach over all removals;\n\
         f_c: removed fraction at the susceptibility peak; set size: removed fraction that leaves S1 ≤ C·N\n",
    );
    out
}

/// A table of some metrics, one line a cell.
pub(crate) fn cells_table(rows: &[SummaryRow], columns: &[(&str, &str, usize)]) -> String {
    let mut cells: Vec<(&str, &str)> = Vec::new();
    for row in rows {
        let cell = (row.topology.as_str(), row.treatment.as_str());
        if cells.last() != Some(&cell) && !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    let mut last = "";
    let lines: Vec<Vec<String>> = cells
        .into_iter()
        .map(|(topology, treatment)| {
            let shown = if topology == last { "" } else { topology };
            last = topology;
            let mut line = vec![shown.to_string(), treatment.to_string()];
            line.extend(columns.iter().map(|(metric, _, digits)| {
                let row =
                    rows.iter().find(|r| r.topology == topology && r.treatment == treatment && r.metric == *metric);
                row.map_or("–".into(), |row| value(row, *digits))
            }));
            line
        })
        .collect();
    let heads: Vec<&str> = ["topology", "treatment"].into_iter().chain(columns.iter().map(|c| c.1)).collect();
    output::table(&heads, &lines, 2)
}

fn value(row: &SummaryRow, digits: usize) -> String {
    let Some(mean) = row.mean else { return if row.missing > 0 { "never".into() } else { "–".into() } };
    let half = row.lo.zip(row.hi).map(|(lo, hi)| (hi - lo) / 2.0);
    let mut text = format!("{mean:.digits$}");
    match half {
        Some(half) => text.push_str(&format!(" ± {half:.digits$}")),
        None => text.push_str("   (no interval)"),
    }
    if row.missing > 0 {
        text.push_str(&format!(" [{} never]", row.missing));
    }
    text
}
