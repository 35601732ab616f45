//! `hydranet describe`: what the columns of tables and the keys of a spec mean.

use super::list;
use super::measure::What;
use crate::args::{DescribeArgs, ListArgs};
use crate::failure::Failure;
use crate::output;
use hydranet_montecarlo::{AXES, Claim, Header};
use hydranet_overlay::io::{Format, node_attributes};
use hydranet_plugin::nearest;
use hydranet_results::differences::DIFFERENCES;
use hydranet_results::summary::SUMMARY;
use hydranet_results::{MetricInfo, Summing};
use hydranet_studies::{Keys, StudyPlugin, keys};
use hydranet_toolkit::Toolkit;
use hydranet_topology::Param;

/// Prints the description that is asked for.
pub(crate) fn describe(args: &DescribeArgs, known: &Toolkit) -> Result<(), Failure> {
    let one = || ListArgs { name: Some(args.what.clone()), json: false };
    let metrics = metrics(known);
    match args.what.as_str() {
        "results" => output::print(&results(known)),
        "spec" => output::print(&spec(known, None)),
        "measures" => output::print(&measures()),
        "metrics" => output::print(&all_metrics(known)),
        study if known.studies.get(study).is_ok() => output::print(&spec(known, Some(study))),
        "file" => {
            list::topologies(&known.topologies, &one())?;
            output::print(&files())
        }
        model if known.topologies.get(model).is_ok() => list::topologies(&known.topologies, &one()),
        strategy if known.strategies.get(strategy).is_ok() => list::strategies(&known.strategies, &one()),
        metric if metrics.iter().any(|(_, info)| info.name == metric) => {
            output::print(&describe_metric(&metrics, metric))
        }
        other => {
            let studies: Vec<&str> = known.studies.iter().map(|study| study.kind.name).collect();
            let names = (["results", "spec", "measures", "metrics"].into_iter().chain(studies.iter().copied()))
                .chain(known.topologies.rows().map(|row| row.name))
                .chain(known.strategies.rows().map(|row| row.name))
                .chain(metrics.iter().map(|(_, info)| info.name));
            let hint = nearest(other, names).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
            Err(Failure::BadInput(format!(
                "nothing to describe is called `{other}`: `results`, `spec`, `measures`, `metrics`, a kind of study ({}), a \
                 topology (`hydranet topologies`), a strategy (`hydranet strategies`) or a metric (`hydranet describe metrics`){hint}",
                studies.join(", ")
            )))
        }
    }
}

/// All metrics of all studies.
fn metrics(known: &Toolkit) -> Vec<(&'static StudyPlugin, &'static MetricInfo)> {
    let of = |study: &'static StudyPlugin| {
        study.kind.metrics.iter().flat_map(|list| list.infos()).map(move |info| (study, info))
    };
    known.studies.iter().flat_map(of).collect()
}

/// One line a metric, study by study.
fn all_metrics(known: &Toolkit) -> String {
    let mut out = String::new();
    for study in known.studies.iter() {
        out.push_str(&format!("study {}\n\n", study.kind.name));
        for list in study.kind.metrics {
            let place =
                if list.axis().is_empty() { String::new() } else { format!(", at every place ({})", list.axis()) };
            out.push_str(&format!("  from {}.parquet{place}\n", list.schema().name));
            for info in list.infos() {
                out.push_str(&format!("    {:<28}{:<26}{}\n", info.name, info.unit, info.meaning));
            }
        }
        out.push('\n');
    }
    out.push_str("more on one of them: `hydranet describe METRIC`\n");
    out
}

/// What a metric means, in each study that has it.
fn describe_metric(metrics: &[(&'static StudyPlugin, &'static MetricInfo)], name: &str) -> String {
    let mut out = String::new();
    for (study, info) in metrics.iter().filter(|(_, info)| info.name == name) {
        out.push_str(&format!("{} ({}), in studies `{}`\n", info.name, info.heading, study.kind.name));
        out.push_str(&output::wrap(info.meaning, 100, "  "));
        let unit = if info.unit == "1" { "none: a pure number" } else { info.unit };
        out.push_str(&format!("  unit: {unit}\n"));
        let summed = match info.summing {
            Summing::Mean => {
                "mean over trials; interval by Student's t, clustered by network (of one network: by order), inside of what is \
                 possible"
            }
            Summing::YesNo => "share of the trials that say yes; interval Wilson's, of the networks where all agree",
            Summing::Share => "mean over trials; interval as Wilson's with the effective sample size of the networks",
            Summing::Total => {
                "total over total of all trials; interval by linearisation, clustered by network (of one: by order)"
            }
            Summing::Wait => {
                "median by Kaplan and Meier, its interval by Brookmeyer and Crowley; waits that the end cut off count"
            }
        };
        out.push_str(&format!("  summed up: {summed}\n"));
        if info.missing != "–" {
            out.push_str(&format!("  missing values: {}\n", info.missing));
        }
        let mut remarks = Vec::new();
        remarks.extend(info.compared.then_some("compared between cells in differences.csv"));
        remarks.extend(info.precise.then_some("`precision` speaks of it"));
        if !remarks.is_empty() {
            out.push_str(&format!("  {}\n", remarks.join("; ")));
        }
        out.push('\n');
    }
    out
}

fn measures() -> String {
    let lines = |along: bool| -> String {
        What::all()
            .filter(|what| matches!(what, What::Arcs(_)) == along)
            .map(|what| format!("  {:<27}{:<5}{}\n", what.name(), what.unit(), what.meaning()))
            .collect()
    };
    format!(
        "{}\nalong the arcs of a directed network, in `hydranet measure` alone (calls go to nodes that can be dialled):\n\n{}",
        lines(false),
        lines(true)
    )
}

/// Formats, and what may be said of nodes.
fn files() -> String {
    let mut out = String::from("formats (--format, `format`), endings, and whether they are written\n");
    for format in Format::all() {
        let endings: Vec<String> = format.endings().iter().map(|e| format!(".{e}")).collect();
        let written = if format.is_written() { "written" } else { "" };
        out.push_str(&format!("  {:<15} {:<18} {:<8} {}\n", format.key(), format.name(), written, endings.join(" ")));
    }
    out.push_str("\nnode attributes, in a file that holds any or in a table beside it (--nodes, `nodes`)\n");
    for (name, meaning) in node_attributes() {
        out.push_str(&format!("  {name:<9} {meaning}\n"));
    }
    out
}

fn results(known: &Toolkit) -> String {
    let mut out = String::new();
    for study in known.studies.iter() {
        let kind = study.kind;
        out.push_str(&format!("study {}: {}\n\n", kind.name, kind.about));
        let raw = kind.schemas.iter().map(|schema| (format!("{}.parquet", schema.name), *schema));
        let summaries = [("summary", &SUMMARY), ("differences", &DIFFERENCES)];
        let summaries = summaries.into_iter().chain(kind.extras.iter().copied());
        for (file, schema) in raw.chain(summaries.map(|(name, schema)| (format!("{name}.csv"), schema))) {
            out.push_str(&format!("{file}\n"));
            for field in schema.fields {
                let (name, kind, unit) = (field.name, field.kind.to_string(), field.unit);
                out.push_str(&format!("  {name:<17} {kind:<16} {unit:<11} {}\n", field.meaning));
            }
            out.push('\n');
        }
    }
    out.push_str("what the column `metric` can say: `hydranet describe metrics`\n");
    out
}

/// Every key of a spec, study by study; `wanted` names one of them, of which all is told.
fn spec(known: &Toolkit, wanted: Option<&str>) -> String {
    let mut out = String::from(
        "A spec is a TOML file. `study` says what is measured [default: takedown]; without it, a takedown study.\n\n",
    );
    out.push_str(&section(&keys::<Header>("every study: top level")));
    out.push_str(&section(&keys::<Claim>("every study: [[claim]], a sentence that the report answers with a number")));
    out.push_str(&format!("{AXES}\n"));
    for study in known.studies.iter().filter(|study| wanted.is_none_or(|name| name == study.kind.name)) {
        out.push_str(&format!("study = \"{}\": {}\n\n", study.kind.name, study.kind.about));
        (study.keys)().iter().for_each(|keys| out.push_str(&section(keys)));
        if wanted.is_some() {
            (study.more_keys)(known.known()).iter().for_each(|keys| out.push_str(&section(keys)));
        }
        out.push_str(&format!("{}\n\n", study.notes.trim_end()));
    }
    out
}

fn section((title, params): &Keys) -> String {
    format!("{title}\n{}\n", lines(params))
}

fn lines(params: &[Param]) -> String {
    let mut out = String::new();
    for param in params {
        let default = match (&param.default, param.required) {
            (Some(value), _) => format!(" [default: {value}]"),
            (None, true) => " (must be given)".to_string(),
            (None, false) => " [optional]".to_string(),
        };
        out.push_str(&format!("  {}: {}{default}\n", param.name, param.takes));
        out.push_str(&output::wrap(&param.meaning, 100, "      "));
    }
    out
}
