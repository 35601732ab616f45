//! `hydranet describe`: what the columns of tables and the keys of a spec mean.

use super::describe_campaign as campaign;
use super::list;
use super::measure::What;
use crate::args::{DescribeArgs, ListArgs};
use crate::failure::Failure;
use crate::{Known, output};
use hydranet_montecarlo::studies::{Kind, STUDIES};
use hydranet_overlay::io::{Format, node_attributes};
use hydranet_results::series::Measure;
use hydranet_topology::registry::nearest;

/// Prints the description that is asked for.
pub(crate) fn describe(args: &DescribeArgs, known: &Known) -> Result<(), Failure> {
    let one = || ListArgs { name: Some(args.what.clone()), json: false };
    match args.what.as_str() {
        "results" => output::print(&results()),
        "spec" => output::print(&spec(None)),
        "campaign" => output::print(&campaign::describe()),
        "measures" => output::print(&measures()),
        study if STUDIES.iter().any(|kind| kind.name == study) => output::print(&spec(Some(study))),
        "file" => {
            list::topologies(&known.models, &one())?;
            output::print(&files())
        }
        model if known.models.get(model).is_ok() => list::topologies(&known.models, &one()),
        strategy if known.strategies.get(strategy).is_ok() => list::strategies(&known.strategies, &one()),
        other => {
            let studies: Vec<&str> = STUDIES.iter().map(|kind| kind.name).collect();
            let names = (["results", "spec", "measures", "campaign"].into_iter().chain(studies.iter().copied()))
                .chain(known.models.rows().map(|row| row.name))
                .chain(known.strategies.rows().map(|row| row.name));
            let hint = nearest(other, names).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
            Err(Failure::BadInput(format!(
                "nothing to describe is called `{other}`: `results`, `spec`, `measures`, `campaign`, a kind of study ({}), a \
                 topology (`hydranet topologies`) or a strategy (`hydranet strategies`){hint}",
                studies.join(", ")
            )))
        }
    }
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

fn results() -> String {
    let mut out = String::new();
    for kind in STUDIES {
        out.push_str(&format!("study {}: {}\n\n", kind.name, kind.about));
        let raw = kind.schemas.iter().map(|schema| (format!("{}.parquet", schema.name), *schema));
        let summaries = kind.summaries.iter().map(|(name, schema)| (format!("{name}.csv"), *schema));
        for (file, schema) in raw.chain(summaries) {
            out.push_str(&format!("{file}\n"));
            for field in schema.fields {
                let (name, kind, unit) = (field.name, field.kind.to_string(), field.unit);
                out.push_str(&format!("  {name:<17} {kind:<16} {unit:<11} {}\n", field.meaning));
            }
            out.push('\n');
        }
        out.push_str(&series_measures(kind));
    }
    out
}

/// What the column `measure` of a study's series can say; nothing where there is none.
fn series_measures(kind: &Kind) -> String {
    let line = |m: &Measure| format!("  {:<19} {:<9} {}\n", m.name, m.unit, m.meaning);
    let lines: String = kind.measures.iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("measures in points.parquet and series.csv\n{lines}\n") }
}

/// Every key of a spec, study by study; `wanted` names one of them.
fn spec(wanted: Option<&str>) -> String {
    let mut out = String::from(
        "A spec is a TOML file. `study` says what is measured [default: takedown]; without it, a takedown study.\n\n",
    );
    for kind in STUDIES.iter().filter(|kind| wanted.is_none_or(|name| name == kind.name)) {
        out.push_str(&format!("study = \"{}\": {}\n\n", kind.name, kind.about));
        for (table, params) in (kind.keys)() {
            out.push_str(&campaign::section(table, params));
        }
        out.push_str(match kind.name {
            "campaign" => "  mechanisms and actions: `hydranet describe campaign`\n\n",
            "field-case" => {
                "  [[case]]: `label`, `source`, `cannot` (what it cannot explain), [case.topology] with a `model`, tables of \
                 mechanisms\n  ([case.operator], …) and [[case.action]] as in `hydranet describe campaign`\n\n"
            }
            "finite-size" => "  [[family]]: `model`, `label`, then its parameters without the size\n\n",
            _ => {
                "  [[topology]]: one table a topology: `model` (`hydranet topologies`), `label`, then its parameters\n  \
                 [[treatment]]: one table a treatment: `strategy` (`hydranet strategies`), `label`, then its parameters\n\n"
            }
        });
        if kind.name == "takedown" {
            out.push_str(
                "  removes: \"nodes\" or \"edges\", in a treatment [default: \"nodes\"]\n  removal_cost: what a removal costs, \
                 \"unit\", \"degree\" or \"overlay\", in a treatment [default: \"unit\"];\n      other than unit, the curve is \
                 also read against cost\n\nEvery cell is one topology under one treatment.\n\n",
            );
        }
    }
    out
}
