//! The table that a lookup study ends with.

use crate::output::Lines;
use hydranet_results::lookup::LookupSummaryRow;
use hydranet_results::statistics::median;
use std::collections::BTreeMap;

/// Removed shares that are shown, at most.
const SHOWN: usize = 6;

/// One line a cell: the failed share at some removed shares, with the wider side of its 95 % interval, and mean hops
/// at the first of them.
pub(crate) fn lookup_table(rows: &[LookupSummaryRow]) -> Lines {
    let mut cells: Vec<(&str, &str)> = Vec::new();
    // networks of other sizes round otherwise, and a defender's nodes cannot fail: the removed share of most is shown
    let mut points: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for row in rows {
        let cell = (row.topology.as_str(), row.treatment.as_str());
        if !cells.contains(&cell) {
            cells.push(cell);
        }
        points.entry(row.point).or_default().push(row.removed);
    }
    let points: Vec<(u64, f64)> =
        points.into_iter().filter_map(|(point, removed)| Some((point, median(&removed)?))).collect();
    let last = points.len().saturating_sub(1);
    let mut columns: Vec<(u64, f64)> = (0..SHOWN).map(|i| points[i * last / (SHOWN - 1)]).collect();
    columns.dedup();
    let at = |cell: (&str, &str), metric: &str, point: u64| {
        let of_cell = |r: &&LookupSummaryRow| (r.topology.as_str(), r.treatment.as_str()) == cell;
        rows.iter().filter(of_cell).find(|r| r.metric == metric && r.point == point)
    };
    let lines: Vec<Vec<String>> = cells
        .into_iter()
        .map(|cell| {
            let failed = columns.iter().map(|(point, _)| value(at(cell, "failed", *point), 4));
            let hops = value(at(cell, "hops_mean", columns[0].0), 2);
            [cell.0.to_string(), cell.1.to_string(), hops].into_iter().chain(failed).collect()
        })
        .collect();
    let heads: Vec<String> = columns.iter().map(|(_, share)| format!("failed at {share:.2}")).collect();
    let first = format!("hops at {:.2}", columns[0].1);
    let heads = ["topology".to_string(), "treatment".into(), first].into_iter().chain(heads);
    Lines {
        head: heads.collect(),
        rows: lines,
        names: 2,
        reading: "means ± the wider side of the 95 % interval, clustered by network; failed at f: share of lookups between live nodes\n\
         that do not arrive when the share f of the nodes has failed (under an eclipse: of lookups for the range that it\n\
         covers); hops: of those that arrive\n"
            .into(),
    }
}

fn value(row: Option<&LookupSummaryRow>, digits: usize) -> String {
    let Some(row) = row else { return "–".into() };
    let Some(mean) = row.mean else { return "none arrived".into() };
    match row.lo.zip(row.hi) {
        Some((lo, hi)) => format!("{mean:.digits$} ± {:.digits$}", (hi - mean).max(mean - lo)),
        None => format!("{mean:.digits$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(topology: &str, point: u64, removed: f64, mean: f64) -> LookupSummaryRow {
        LookupSummaryRow {
            topology: topology.into(),
            treatment: "random".into(),
            metric: "failed".into(),
            point,
            unit: "1".into(),
            removed,
            mean: Some(mean),
            sd: None,
            lo: Some(0.0),
            hi: Some(mean + 0.01),
            expected: None,
            trials: 2,
            networks: 2,
            missing: 0,
        }
    }

    #[test]
    fn columns_are_the_shares_of_the_spec() {
        // seven nodes cannot lose a tenth, and lose a quarter as two
        let rows = [
            row("n = 7", 0, 0.0, 0.0),
            row("n = 7", 1, 1.0 / 7.0, 0.1),
            row("n = 7", 2, 2.0 / 7.0, 0.2),
            row("n = 1024", 0, 0.0, 0.0),
            row("n = 1024", 1, 0.0996, 0.3),
            row("n = 1024", 2, 0.25, 0.4),
            row("n = 1000", 0, 0.0, 0.0),
            row("n = 1000", 1, 0.1, 0.5),
            row("n = 1000", 2, 0.25, 0.6),
        ];
        let table = lookup_table(&rows);
        assert_eq!(table.head[2..], ["hops at 0.00", "failed at 0.00", "failed at 0.10", "failed at 0.25"]);
        let failed: Vec<&[String]> = table.rows.iter().map(|line| &line[4..]).collect();
        // the wider side of the interval
        assert_eq!(failed[0], ["0.1000 ± 0.1000", "0.2000 ± 0.2000"]);
        assert_eq!(failed[1], ["0.3000 ± 0.3000", "0.4000 ± 0.4000"]);
    }
}
