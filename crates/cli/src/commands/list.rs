//! `hydranet topologies` and `hydranet strategies`.

use crate::args::ListArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_plugin::{PluginKind, Registration, Registry};
use hydranet_takedown::Strategies;
use hydranet_topology::{Models, Params};

/// `hydranet topologies`.
pub(crate) fn topologies(known: &Models, args: &ListArgs) -> Result<(), Failure> {
    list(known, args, "--set", |_| None)
}

/// `hydranet strategies`: with a word about those that work towards a target.
pub(crate) fn strategies(known: &Strategies, args: &ListArgs) -> Result<(), Failure> {
    list(known, args, "--strategy-set", |row| {
        let built = Params::parse(row.example).ok().and_then(|params| row.build(&params).ok());
        let needs = built.is_some_and(|built| built.value.needs_target());
        needs.then_some("needs a target C (--target, in specs `target`): made to leave components of at most C·N nodes")
    })
}

/// Prints a registry for people, or as JSON. `remark`: what else is to be said of a row.
fn list<T: PluginKind + ?Sized>(
    registry: &Registry<T>,
    args: &ListArgs,
    flag: &str,
    remark: impl Fn(&Registration<T>) -> Option<&'static str>,
) -> Result<(), Failure> {
    let rows: Vec<&Registration<T>> = match &args.name {
        Some(name) => vec![registry.get(name).map_err(Failure::bad)?],
        None => registry.rows().collect(),
    };
    if args.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                serde_json::json!({
                    "name": row.name, "aliases": row.aliases, "about": row.about, "example": row.example,
                    "parameters": row.params(), "schema": row.schema(), "remark": remark(row),
                })
            })
            .collect();
        return output::print(&format!(
            "{}\n",
            serde_json::to_string_pretty(&rows).map_err(|e| Failure::failed_error(&e))?
        ));
    }
    let mut out = String::new();
    for row in rows {
        out.push_str(row.name);
        if !row.aliases.is_empty() {
            out.push_str(&format!(" (also {})", row.aliases.join(", ")));
        }
        out.push_str(&format!("\n{}", output::wrap(row.about, 100, "  ")));
        out.push_str(&remark(row).map_or(String::new(), |remark| output::wrap(remark, 100, "  ")));
        for param in row.params() {
            let default = match (&param.default, param.required) {
                (Some(value), _) => format!(" [default: {value}]"),
                (None, true) => String::new(),
                (None, false) => " [optional]".to_string(),
            };
            out.push_str(&format!("    {}: {}{default}\n", param.name, param.takes));
            out.push_str(&output::wrap(&param.meaning, 100, "        "));
        }
        let settings: Vec<String> = row.example.lines().map(str::trim).filter(|l| !l.is_empty()).map(setting).collect();
        let settings: String = settings.iter().map(|s| format!(" {flag} {s}")).collect();
        out.push_str(&format!("    example: {}{settings}\n\n", row.name));
    }
    output::print(&out)
}

/// `key = value` of an example as one word of a command line.
fn setting(line: &str) -> String {
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    let word = format!("{}={}", key.trim(), value.trim());
    let plain = |c: char| c.is_ascii_alphanumeric() || "=._-/:,".contains(c);
    let word = if word.contains('"') && !word.contains(['[', '{', ' ']) { word.replace('"', "") } else { word };
    if word.chars().all(plain) { word } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
