//! `hydranet compare`: what of one run moved in another.

use super::tabulate::chosen;
use crate::args::CompareArgs;
use crate::failure::Failure;
use crate::formats::{Format, Written, with_error};
use crate::{output, shown};
use hydranet_results::comparison::{ComparisonRow, compare as rows_of};
use hydranet_results::summary::SummaryRow;
use hydranet_results::{Observations, Table, csv, parquet};
use hydranet_studies::{Folder, StudyPlugin};
use hydranet_toolkit::Toolkit;
use std::collections::BTreeSet;

/// Prints what differs between two results folders.
pub(crate) fn compare(args: &CompareArgs, known: &Toolkit) -> Result<(), Failure> {
    let [(first, study), (second, other)] = [shown::open(&args.first, known)?, shown::open(&args.second, known)?];
    if study.kind.name != other.kind.name {
        return Err(Failure::BadInput(format!(
            "{} is a {} study and {} a {} study: their metrics are not the same",
            first.path.display(),
            study.kind.name,
            second.path.display(),
            other.kind.name
        )));
    }
    let [a, b] = [first.summary()?, second.summary()?];
    let metrics = if args.metric.is_empty() { None } else { Some(chosen(study, &a, &args.metric)?) };
    let wanted = |row: &SummaryRow| metrics.as_ref().is_none_or(|list| list.iter().any(|info| row.is(info)));
    let [a, b] = [a, b].map(|rows| rows.into_iter().filter(wanted).collect::<Vec<_>>());
    let (raw, how) = pairing(study, &first, &second);
    let rows = rows_of([&a, &b], raw.as_ref().map(|[a, b]| [a, b]));
    if rows.is_empty() {
        return Err(Failure::BadInput(format!(
            "{} and {} have no cell and metric in common; cells are told by the labels of topology and treatment",
            first.path.display(),
            second.path.display()
        )));
    }
    let shown: Vec<&ComparisonRow> = rows.iter().filter(|row| args.all || row.moved()).collect();
    if args.format == Format::Csv {
        let mut text = Vec::new();
        let all: Vec<ComparisonRow> = shown.into_iter().cloned().collect();
        csv::write(&Table::of(&all), &mut text).map_err(|e| Failure::failed_error(&e))?;
        output::print(&String::from_utf8_lossy(&text))?;
    } else if !shown.is_empty() {
        output::print(&table(&shown).render(args.format))?;
    }
    let moved = rows.iter().filter(|row| row.moved()).count();
    let same = rows.iter().filter(|row| row.difference == Some(0.0)).count();
    output::note(&format!(
        "{moved} of {} numbers moved (p ≤ .05, adjusted for all of them by Holm), {same} are the same; {how}",
        rows.len()
    ));
    alone(&a, &b, &first);
    alone(&b, &a, &second);
    Ok(())
}

/// The raw rows of both, where their trials share streams; and how the two are compared, in words.
fn pairing(study: &StudyPlugin, first: &Folder, second: &Folder) -> (Option<[Observations; 2]>, String) {
    if first.run.seed != second.run.seed {
        let [a, b] = [first.run.seed, second.run.seed];
        return (None, format!("taken for independent, since the seeds are {a} and {b}"));
    }
    match [observations(study, first), observations(study, second)] {
        [Ok(a), Ok(b)] => (Some([a, b]), "paired: both runs have the same seed".into()),
        [Err(reason), _] | [_, Err(reason)] => {
            (None, format!("taken for independent, since the raw rows are not at hand ({reason})"))
        }
    }
}

/// The raw rows of a results folder.
fn observations(study: &StudyPlugin, folder: &Folder) -> Result<Observations, String> {
    let read = |schema: &&'static hydranet_results::Schema| {
        parquet::read(&folder.path.join(format!("{}.parquet", schema.name)), schema).map_err(|e| e.to_string())
    };
    let needed = study.kind.schemas.iter().filter(|s| study.kind.metrics.iter().any(|list| list.schema() == **s));
    Ok(Observations::of(study.kind.metrics, &needed.map(read).collect::<Result<Vec<_>, _>>()?))
}

/// Says which cells only one of the two has.
fn alone(these: &[SummaryRow], others: &[SummaryRow], folder: &Folder) {
    let cells = |rows: &[SummaryRow]| -> BTreeSet<[String; 2]> {
        rows.iter().map(|row| [row.topology.clone(), row.treatment.clone()]).collect()
    };
    let others = cells(others);
    let only: Vec<String> =
        cells(these).into_iter().filter(|cell| !others.contains(cell)).map(|[t, u]| format!("{t} / {u}")).collect();
    if let Some(first) = only.first() {
        let more = if only.len() > 1 { format!(" and {} more", only.len() - 1) } else { String::new() };
        output::note(&format!("only in {}: {first}{more}", folder.path.display()));
    }
}

fn table(rows: &[&ComparisonRow]) -> Written {
    let places = rows.iter().any(|row| row.at.is_some());
    let mut head = vec!["topology", "treatment", "metric"];
    if places {
        head.push("at");
    }
    let names = head.len();
    head.extend(["unit", "first", "second", "difference", "p (Holm)"]);
    let line = |row: &&ComparisonRow| {
        let plain = |x: Option<f64>| x.map_or("–".into(), |x| with_error(x, None));
        let mut line = vec![row.topology.clone(), row.treatment.clone(), row.metric.clone()];
        if places {
            line.push(row.at.map_or(String::new(), |at| at.to_string()));
        }
        line.extend([
            row.unit.clone(),
            plain(row.first),
            plain(row.second),
            row.difference.map_or("–".into(), |d| with_error(d, row.lo.zip(row.hi))),
            row.p_holm.map_or("–".into(), |p| if p < 0.001 { "< .001".into() } else { format!("{p:.3}") }),
        ]);
        line
    };
    Written { head: head.into_iter().map(String::from).collect(), rows: rows.iter().map(line).collect(), names }
}
