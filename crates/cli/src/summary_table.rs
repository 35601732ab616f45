//! The table that a run ends with.

use crate::output::Lines;
use hydranet_results::series::SeriesRow;
use hydranet_results::summary::SummaryRow;
use hydranet_results::takedown::SecondsRow;

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
pub(crate) fn summary_table(rows: &[SummaryRow], seconds: &[SecondsRow]) -> Lines {
    Lines {
        reading: "means ± half the 95 % interval, clustered by network; R, R_cmd: mean of S1/N and of command reach over all removals;\n\
         f_c: removed fraction at the susceptibility peak; set size: removed fraction that leaves S1 ≤ C·N\n"
            .into(),
        ..with_seconds(rows, &COLUMNS, seconds)
    }
}

/// A table of some metrics, one line a cell.
pub(crate) fn cells_table(rows: &[SummaryRow], columns: &[(&str, &str, usize)]) -> Lines {
    with_seconds(rows, columns, &[])
}

fn with_seconds(rows: &[SummaryRow], columns: &[(&str, &str, usize)], seconds: &[SecondsRow]) -> Lines {
    let mut cells: Vec<(&str, &str)> = Vec::new();
    for row in rows {
        let cell = (row.topology.as_str(), row.treatment.as_str());
        if cells.last() != Some(&cell) && !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    let lines: Vec<Vec<String>> = cells
        .into_iter()
        .map(|(topology, treatment)| {
            let mut line = vec![topology.to_string(), treatment.to_string()];
            line.extend(columns.iter().map(|(metric, _, digits)| {
                let row =
                    rows.iter().find(|r| r.topology == topology && r.treatment == treatment && r.metric == *metric);
                row.map_or("–".into(), |row| value(row, *digits))
            }));
            if !seconds.is_empty() {
                let row = seconds.iter().find(|r| r.topology == topology && r.treatment == treatment);
                line.push(row.map_or("–".into(), |row| format!("{:.4}", row.seconds)));
            }
            line
        })
        .collect();
    let heads = ["topology", "treatment"].into_iter().chain(columns.iter().map(|c| c.1));
    let heads = heads.chain((!seconds.is_empty()).then_some("seconds"));
    Lines { head: heads.map(String::from).collect(), rows: lines, names: 2, reading: String::new() }
}

/// One line a cell and place: each measure with the wider side of its 95 % interval. `x` is what the place is.
pub(crate) fn series_table(rows: &[SeriesRow], x: &str, measures: &[&str]) -> Lines {
    let mut places: Vec<(&str, &str, f64)> = Vec::new();
    for row in rows {
        let place = (row.topology.as_str(), row.treatment.as_str(), row.x);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let cell = |place: &(&str, &str, f64), measure: &str| {
        let here = |r: &&SeriesRow| (r.topology.as_str(), r.treatment.as_str(), r.x) == *place && r.measure == measure;
        let Some(row) = rows.iter().find(here) else { return String::new() };
        // what never came to pass is one thing, what could not be measured another
        let none = if measure.contains("rounds") || measure.contains("seizures") { "never" } else { "–" };
        let Some(mean) = row.mean else { return none.into() };
        let half = |(lo, hi): (f64, f64)| format!(" ± {:.3}", (hi - mean).max(mean - lo));
        let missing = if row.missing > 0 { format!(" [{} {none}]", row.missing) } else { String::new() };
        format!("{mean:.3}{}{missing}", row.lo.zip(row.hi).map(half).unwrap_or_default())
    };
    let lines: Vec<Vec<String>> = places
        .iter()
        .map(|place| {
            let mut line = vec![place.0.to_string(), place.1.to_string(), place.2.to_string()];
            line.extend(measures.iter().map(|measure| cell(place, measure)));
            line
        })
        .collect();
    let heads = ["topology", "treatment", x].into_iter().chain(measures.iter().copied());
    Lines {
        head: heads.map(String::from).collect(),
        rows: lines,
        names: 2,
        reading: "means ± the wider side of the 95 % interval, clustered by network; [k never]: it never came to that in k trials,\n\
         which the mean leaves out; [k –]: k trials had nothing to measure\n"
            .into(),
    }
}

fn value(row: &SummaryRow, digits: usize) -> String {
    // what lies behind the end of the story was not seen, and is not said never to have been
    let never = if row.metric.starts_with("residual") { "not seen" } else { "never" };
    let Some(mean) = row.mean else { return if row.missing > 0 { never.into() } else { "–".into() } };
    let half = row.lo.zip(row.hi).map(|(lo, hi)| (hi - lo) / 2.0);
    let mut text = format!("{mean:.digits$}");
    match half {
        Some(half) => text.push_str(&format!(" ± {half:.digits$}")),
        None => text.push_str("   (no interval)"),
    }
    if row.missing > 0 {
        text.push_str(&format!(" [{} {never}]", row.missing));
    }
    text
}
