//! `hydranet describe`: what the columns of tables and the keys of a spec mean.

use super::describe_campaign as campaign;
use crate::args::DescribeArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_montecarlo::Settings;
use hydranet_montecarlo::studies::STUDIES;
use hydranet_takedown::measure::Measure;
use hydranet_topology::params_of;
use hydranet_topology::registry::{nearest, schema_of};

/// Prints the description that is asked for.
pub(crate) fn describe(args: &DescribeArgs) -> Result<(), Failure> {
    match args.what.as_str() {
        "results" => output::print(&results()),
        "spec" => output::print(&spec()),
        "campaign" => output::print(&campaign::describe()),
        "measures" => output::print(&measures()),
        other => {
            let hint = nearest(other, ["results", "spec", "measures", "campaign"])
                .map_or(String::new(), |n| format!("; did you mean `{n}`?"));
            Err(Failure::BadInput(format!(
                "nothing to describe is called `{other}`: `results`, `spec`, `measures` or `campaign`{hint}"
            )))
        }
    }
}

fn measures() -> String {
    Measure::ALL
        .into_iter()
        .map(|measure| format!("  {:<27}{:<5}{}\n", measure.name(), measure.unit(), measure.meaning()))
        .collect()
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
    }
    out
}

fn spec() -> String {
    let mut out = String::from("A spec is a TOML file.\n\n");
    for param in params_of(&schema_of::<Settings>()) {
        let default = match (&param.default, param.required) {
            (Some(value), _) => format!(" [default: {value}]"),
            (None, true) => " (must be given)".to_string(),
            (None, false) => " [optional]".to_string(),
        };
        out.push_str(&format!(
            "  {}: {}{default}\n{}",
            param.name,
            param.takes,
            output::wrap(&param.meaning, 100, "      ")
        ));
    }
    out.push_str(
        "\n  [[topology]]: one table a topology\n      model: its name (`hydranet topologies`), then its parameters\n      \
         label: what tables and figures call it [default: the model's name]\n\n  [[treatment]]: one table a treatment\n      \
         strategy: its name (`hydranet strategies`), then its parameters\n      \
         label: what tables and figures call it [default: the strategy's name]\n      \
         removes: \"nodes\" or \"edges\" [default: \"nodes\"]\n      \
         removal_cost: what a removal costs, \"unit\", \"degree\" or \"overlay\" [default: \"unit\"]; other than unit, the \
         curve is also read against cost\n      \
         cascade: overload after the first seizures (Motter & Lai 2002), { alpha = spare capacity, seeds = 1 } \
         [default: none]\n\nEvery cell is one topology under one treatment.\n",
    );
    out
}
