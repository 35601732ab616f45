//! `hydranet table`: a summary as a paper prints it.

use crate::args::TableArgs;
use crate::failure::Failure;
use crate::formats::{Format, Written, with_error};
use crate::{output, shown};
use hydranet_plugin::nearest;
use hydranet_report::TextTable;
use hydranet_results::MetricInfo;
use hydranet_results::summary::SummaryRow;
use hydranet_studies::StudyPlugin;
use hydranet_toolkit::Toolkit;
use std::path::Path;

/// Prints the summary of a results folder.
pub(crate) fn tabulate(args: &TableArgs, known: &Toolkit) -> Result<(), Failure> {
    let (folder, study) = shown::open(&args.dir, known)?;
    let rows = folder.summary()?;
    let metrics = chosen(study, &rows, &args.metric)?;
    if args.format == Format::Csv {
        return output::print(&as_it_stands(&args.dir.join("summary.csv"), &metrics)?.render(Format::Csv));
    }
    for axis in axes(&rows, &metrics) {
        output::print(&of_axis(&rows, &metrics, axis).render(args.format))?;
    }
    output::note(&format!(
        "value ± the wider side of its 95 % interval, to two digits of it, {}",
        hydranet_studies::over(&rows)
    ));
    Ok(())
}

/// The rows of some metrics with all their columns, those of parameters that vary among them, digit for digit.
fn as_it_stands(path: &Path, metrics: &[&MetricInfo]) -> Result<Written, Failure> {
    let bad = |reason: String| Failure::BadInput(format!("{}: {reason}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| bad(e.to_string()))?;
    let TextTable { head, mut rows } = TextTable::of_csv(&text).map_err(|e| bad(crate::failure::chain(&e)))?;
    let column = head.iter().position(|name| name == "metric").ok_or_else(|| bad("no column `metric`".into()))?;
    rows.retain(|row| metrics.iter().any(|info| row[column] == info.name));
    Ok(Written { names: head.len(), head, rows })
}

/// The metrics that are asked for; else those by which `precision` stops.
pub(crate) fn chosen(
    study: &StudyPlugin,
    rows: &[SummaryRow],
    asked: &[String],
) -> Result<Vec<&'static MetricInfo>, Failure> {
    let all: Vec<&'static MetricInfo> = study.kind.metrics.iter().flat_map(|list| list.infos()).collect();
    let there: Vec<&'static MetricInfo> = all.into_iter().filter(|info| rows.iter().any(|row| row.is(info))).collect();
    if asked.is_empty() {
        let precise: Vec<_> = there.iter().copied().filter(|info| info.precise).collect();
        return Ok(if precise.is_empty() { there } else { precise });
    }
    let find = |name: &String| {
        there.iter().copied().find(|info| info.name == name).ok_or_else(|| {
            let names: Vec<&str> = there.iter().map(|info| info.name).collect();
            let hint =
                nearest(name, names.iter().copied()).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Failure::BadInput(format!(
                "--metric: no metric `{name}` in these results{hint}; there are {}",
                names.join(", ")
            ))
        })
    };
    asked.iter().map(find).collect()
}

/// The axes of some metrics, in the order of the summary: one table each.
fn axes<'r>(rows: &'r [SummaryRow], metrics: &[&MetricInfo]) -> Vec<&'r str> {
    let mut axes: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| metrics.iter().any(|metric| row.is(metric))) {
        if !axes.contains(&row.axis.as_str()) {
            axes.push(&row.axis);
        }
    }
    axes
}

/// One line a cell and place, one column a metric.
fn of_axis(rows: &[SummaryRow], metrics: &[&'static MetricInfo], axis: &str) -> Written {
    let rows: Vec<&SummaryRow> = rows.iter().filter(|row| row.axis == axis).collect();
    let metrics: Vec<&&MetricInfo> = metrics.iter().filter(|info| rows.iter().any(|row| row.is(info))).collect();
    let mut head = vec!["topology".to_string(), "treatment".to_string()];
    if !axis.is_empty() {
        head.push(axis.to_string());
    }
    let names = head.len();
    head.extend(metrics.iter().map(|info| match info.unit {
        "" | "1" => info.heading.to_string(),
        unit => format!("{} ({unit})", info.heading),
    }));
    let mut lines: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let mut number = std::collections::BTreeMap::new();
    for row in rows {
        let Some(column) = metrics.iter().position(|info| row.is(info)) else { continue };
        let key = (row.topology.as_str(), row.treatment.as_str(), row.point);
        let line = *number.entry(key).or_insert_with(|| {
            let mut names = vec![row.topology.clone(), row.treatment.clone()];
            names.extend(row.at.filter(|_| !axis.is_empty()).map(|at| at.to_string()));
            lines.push((names, vec!["–".into(); metrics.len()]));
            lines.len() - 1
        });
        lines[line].1[column] = match row.mean.or(row.median) {
            Some(value) => with_error(value, row.interval()),
            None => metrics[column].missing.to_string(),
        };
    }
    Written { head, rows: lines.into_iter().map(|(names, values)| [names, values].concat()).collect(), names }
}
