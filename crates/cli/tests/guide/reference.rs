//! The reference: one page a registry, made of what the registry says and of the documentation beside the code.

use super::sources::{Source, below, plugin};
use super::{keep, root};
use hydranet_campaign::{Campaign, Schedule};
use hydranet_montecarlo::{AXES, Claim, Header};
use hydranet_results::differences::DIFFERENCES;
use hydranet_results::summary::SUMMARY;
use hydranet_results::{MetricInfo, Schema, Summing};
use hydranet_routing::directed_measure::DirectedMeasure;
use hydranet_studies::{StudyPlugin, keys};
use hydranet_takedown::measure::Measure;
use hydranet_toolkit::Toolkit;
use hydranet_topology::Param;

/// Files below `docs/src` and what they should say.
pub(crate) fn pages() -> Vec<(String, String)> {
    let known = Toolkit::default();
    let page = |name: &str, text: String| {
        let notice = "<!-- Written by crates/cli/tests/guide/reference.rs from the documentation in the code: change it there. -->";
        (format!("reference/{name}.md"), format!("{notice}\n\n{}\n", text.trim_end()))
    };
    vec![
        page("topologies", topologies(&known)),
        page("strategies", strategies(&known)),
        page("campaigns", campaigns(&known)),
        page("measures", measures()),
        page("functions", functions()),
        page("metrics", metrics(&known)),
        page("specs", specs(&known)),
        page("tables", tables(&known)),
        page("evidence", evidence()),
    ]
}

#[test]
fn reference_says_what_the_code_says() {
    for (name, text) in pages() {
        keep(&root().join("docs/src").join(name), &text);
    }
}

/// What a page says is there: every name of every registry has its heading.
#[test]
fn reference_is_complete() {
    let known = Toolkit::default();
    let pages = pages();
    let has = |page: &str, heading: String| {
        let (_, text) = pages.iter().find(|(name, _)| name == page).expect("a page");
        assert!(text.lines().any(|line| line == heading), "{page}: no `{heading}`");
    };
    known.topologies.rows().for_each(|row| has("reference/topologies.md", format!("### {}", row.name)));
    known.strategies.rows().for_each(|row| has("reference/strategies.md", format!("## {}", row.name)));
    known.actions.rows().for_each(|row| has("reference/campaigns.md", format!("### {}", row.name)));
    known.studies.iter().for_each(|study| has("reference/metrics.md", format!("## {}", study.kind.name)));
}

/// Where topologies stand, and what a reader calls those.
const FAMILIES: [(&str, &str); 5] = [
    ("crates/topology-command/src", "Command structures"),
    ("crates/topology-random/src", "Random graphs and regular shapes"),
    ("crates/topology-dht/src", "Structured overlays"),
    ("crates/topology-unstructured/src", "Unstructured peer-to-peer networks"),
    ("crates/topology-file/src", "Measured networks"),
];

fn topologies(known: &Toolkit) -> String {
    let mut out = String::from(
        "# Topologies\n\nWhat `model = \"…\"` in a `[[topology]]` and `--topology` can name. The list at the command line: \
         `hydranet topologies`; one of them: `hydranet describe NAME`.\n\n",
    );
    let mut rows: Vec<_> = known.topologies.rows().collect();
    for (folder, heading) in FAMILIES {
        let sources = below(folder);
        let here = |name: &str| sources.iter().any(|s| s.text.contains(&format!("NAME: &'static str = \"{name}\";")));
        out.push_str(&format!("## {heading}\n\n"));
        rows.retain(|row| {
            if here(row.name) {
                let aliases = row.aliases;
                let docs = documented(&sources, row.name);
                out.push_str(&plugged("###", row.name, aliases, row.about, &docs, &row.params(), row.example));
            }
            !here(row.name)
        });
    }
    assert!(rows.is_empty(), "topologies of no family: {rows:?}");
    out
}

fn strategies(known: &Toolkit) -> String {
    let mut out = String::from(
        "# Strategies\n\nWhat `strategy = \"…\"` in a `[[treatment]]` and `--strategy` can name: in which order nodes (or edges) fall. C \
         is the target of the study (`target`, `--target`). What they rank by is explained at length under \
         [measures](measures.md).\n\n",
    );
    let mut sources = below("crates/takedown/src/strategy");
    sources.extend(below("crates/strategy-command/src"));
    for row in known.strategies.rows() {
        let docs = documented(&sources, row.name);
        out.push_str(&plugged("##", row.name, row.aliases, row.about, &docs, &row.params(), row.example));
    }
    out.push_str(&module("## Greedy reinsertion", "crates/takedown/src/strategy/reinsertion.rs"));
    out.push_str(&module("## What removals cost", "crates/takedown/src/budget.rs"));
    out.push_str(&module("## Cascades of overload", "crates/takedown/src/cascade.rs"));
    out.push_str(&module("## Networks that repair themselves", "crates/takedown/src/repair.rs"));
    out
}

fn campaigns(known: &Toolkit) -> String {
    let mut out = String::from(
        "# Campaigns\n\nMechanisms and actions of `study = \"campaign\"`. Each table can stand at the top of a spec, for all treatments, or \
         within a `[[treatment]]` for what differs there.\n\n## Mechanisms\n\n",
    );
    for table in Campaign::tables() {
        out.push_str(&format!("### [{}]\n\n", table.table));
        if !table.table.contains('.') {
            out.push_str(&format!("{}\n\n", Source::read(&format!("crates/campaign/src/{}.rs", table.table)).about()));
        }
        out.push_str(&parameters(&table.params));
    }
    out.push_str(&module("### The law of sessions and absences", "crates/campaign/src/weibull.rs"));
    out.push_str("## Actions\n\nWhat `action = \"…\"` can name. All of them take these keys:\n\n");
    out.push_str(&parameters(&keys::<Schedule>("").1));
    let sources = below("crates/campaign/src/action");
    for row in known.actions.rows() {
        let docs = documented(&sources, row.name);
        out.push_str(&plugged("###", row.name, row.aliases, row.about, &docs, &row.params(), row.example));
    }
    out
}

fn measures() -> String {
    let mut out = String::from(
        "# Measures\n\nWhat `hydranet measure` and `measure = […]` of a takedown study can name, and the scores that strategies rank by.\n\n## \
         Of a whole network\n\nOn the symmetric closure: n nodes, m edges.\n\n| name | unit | meaning |\n|---|---|---|\n",
    );
    let enumeration = Source::read("crates/measures/src/measure.rs");
    for measure in Measure::ALL {
        let meaning = enumeration.above(&format!("{measure:?},"));
        assert!(!meaning.is_empty(), "{measure:?}: no documentation");
        out.push_str(&format!("| `{}` | {} | {} |\n", measure.name(), measure.unit(), cell(&meaning)));
    }
    out.push_str("\n### How they are computed\n\n");
    for source in below("crates/measures/src/measure") {
        out.push_str(&format!("*{}*: {}\n\n", source.name.replace('_', " "), source.about()));
    }
    out.push_str("## Along the arcs of a directed network\n\n| name | meaning |\n|---|---|\n");
    for measure in DirectedMeasure::ALL {
        out.push_str(&format!("| `{}` | {} |\n", measure.name(), cell(measure.meaning())));
    }
    out.push_str(&format!("\n{}\n\n", Source::read("crates/routing/src/directed_measure.rs").about()));
    out.push_str("## Centralities\n\n");
    for source in below("crates/measures/src/centrality") {
        out.push_str(&format!("### {}\n\n{}\n\n", source.name.replace('_', " "), source.about()));
    }
    out
}

fn functions() -> String {
    let mut out = String::from("# Lookups, broadcast, discovery\n\n");
    let modules = [
        ("Lookups", "lookup"),
        ("Iterative lookups", "iterative"),
        ("Broadcast", "broadcast"),
        ("Who can call whom", "directed"),
        ("Discovery", "discovery"),
        ("Takedowns under partial knowledge", "knowledge"),
        ("Interference", "interference"),
    ];
    for (heading, name) in modules {
        out.push_str(&module(&format!("## {heading}"), &format!("crates/routing/src/{name}.rs")));
    }
    out
}

fn evidence() -> String {
    format!(
        "# What stands on which evidence\n\nThe {} rows of `hydranet validate`, by what they cover and where their references come from; \
         a row may cover several things. What a row is and when it holds is told in the crate `hydranet-validation`. Closed forms are evaluated \
         apart from the code under test; slow and obvious code is the definition written down again.\n\n{}",
        hydranet_validation::row_count(),
        hydranet_validation::coverage_table()
    )
}

fn metrics(known: &Toolkit) -> String {
    let mut out = String::from(
        "# Metrics\n\nWhat the column `metric` of `summary.csv` and `differences.csv`, a `[[claim]]` and `hydranet describe` can name. How \
         metrics are summed up: [statistics](../statistics.md).\n\n",
    );
    for study in known.studies.iter() {
        out.push_str(&format!("## {}\n\n{}.\n\n", study.kind.name, capital(study.kind.about)));
        for list in study.kind.metrics {
            let axis =
                if list.axis().is_empty() { String::new() } else { format!(", at every place ({})", list.axis()) };
            out.push_str(&format!("From `{}.parquet`{axis}:\n\n", list.schema().name));
            out.push_str("| metric | unit | meaning | summed up | if missing |\n|---|---|---|---|---|\n");
            list.infos().iter().for_each(|info| out.push_str(&metric(info)));
            out.push('\n');
        }
    }
    out.push_str("† `precision` speaks of it. ‡ Not compared between cells.\n");
    out
}

fn metric(info: &MetricInfo) -> String {
    let marks = format!("{}{}", if info.precise { " †" } else { "" }, if info.compared { "" } else { " ‡" });
    let summed = match info.summing {
        Summing::Mean => "mean",
        Summing::Share => "share",
        Summing::YesNo => "share of yes",
        Summing::Total => "quotient of totals",
        Summing::Wait => "wait",
    };
    format!("| `{}`{marks} | {} | {} | {summed} | {} |\n", info.name, info.unit, cell(info.meaning), info.missing)
}

fn specs(known: &Toolkit) -> String {
    let mut out = String::from(
        "# Keys of a spec\n\nA spec is a TOML file. `study` says what is measured; without it, a takedown study. At the command line: `hydranet \
         describe spec`, or `hydranet describe STUDY`.\n\n## Every study\n\n",
    );
    out.push_str(&parameters(&keys::<Header>("").1));
    out.push_str("### [[claim]]\n\nA sentence that the report answers with a number.\n\n");
    out.push_str(&parameters(&keys::<Claim>("").1));
    out.push_str("### Axes\n\nSee [How does Y depend on X?](../sweeps.md).\n\n```text\n");
    out.push_str(AXES);
    out.push_str("```\n\n");
    for study in known.studies.iter() {
        out.push_str(&format!("## study = \"{}\"\n\n{}.\n\n", study.kind.name, capital(study.kind.about)));
        for (heading, params) in (study.keys)() {
            out.push_str(&format!("### {heading}\n\n{}", parameters(&params)));
        }
        for note in study.notes.lines().filter(|line| !line.trim().is_empty()) {
            let follows = note.starts_with("   ");
            out.push_str(&format!("{}{}\n", if follows { "  " } else { "- " }, cell(note.trim())));
        }
        out.push('\n');
    }
    out
}

fn tables(known: &Toolkit) -> String {
    let mut out = String::from("# Columns of the results\n\nOf every study:\n\n");
    out.push_str(&columns("summary.csv", &SUMMARY));
    out.push_str(&columns("differences.csv", &DIFFERENCES));
    let raw = |study: &StudyPlugin| -> Vec<(String, &'static Schema)> {
        let raw = study.kind.schemas.iter().map(|schema| (format!("{}.parquet", schema.name), *schema));
        raw.chain(study.kind.extras.iter().map(|(name, schema)| (format!("{name}.csv"), *schema))).collect()
    };
    for study in known.studies.iter() {
        out.push_str(&format!("## {}\n\n", study.kind.name));
        raw(study).iter().for_each(|(file, schema)| out.push_str(&columns(file, schema)));
    }
    out
}

fn columns(file: &str, schema: &Schema) -> String {
    let mut out = format!("### {file}\n\n| column | holds | unit | meaning |\n|---|---|---|---|\n");
    for field in schema.fields {
        out.push_str(&format!("| `{}` | {} | {} | {} |\n", field.name, field.kind, field.unit, cell(field.meaning)));
    }
    out.push('\n');
    out
}

/// What a source file says of a plug-in: of the module, or of the type where several share the module.
fn documented(sources: &[Source], name: &str) -> String {
    let source = plugin(sources, name);
    let item = source.type_of(name).map(|item| source.above(&format!("pub struct {item}"))).unwrap_or_default();
    if source.text.matches("const NAME: &'static str = ").count() > 1 { item } else { source.about() }
}

fn plugged(
    level: &str,
    name: &str,
    aliases: &[&str],
    about: &str,
    docs: &str,
    params: &[Param],
    example: &str,
) -> String {
    let also = if aliases.is_empty() { String::new() } else { format!(" Also called `{}`.", aliases.join("`, `")) };
    let mut out = format!("{level} {name}\n\n*{}.*{also}\n\n{docs}\n\n{}", capital(about), parameters(params));
    if !example.trim().is_empty() {
        let lines: Vec<&str> = example.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        out.push_str(&format!("Example: `{}`\n\n", lines.join("`, `")));
    }
    out
}

fn parameters(params: &[Param]) -> String {
    if params.is_empty() {
        return "No parameters.\n\n".into();
    }
    let mut out = String::from("| key | takes | default | meaning |\n|---|---|---|---|\n");
    for param in params {
        let default = match (&param.default, param.required) {
            (Some(value), _) => format!("`{value}`"),
            (None, true) => "must be given".into(),
            (None, false) => "–".into(),
        };
        out.push_str(&format!(
            "| `{}` | {} | {default} | {} |\n",
            param.name,
            cell(&param.takes),
            cell(&param.meaning)
        ));
    }
    out.push('\n');
    out
}

/// A module's documentation under a heading.
fn module(heading: &str, path: &str) -> String {
    format!("{heading}\n\n{}\n\n", Source::read(path).about())
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('<', "&lt;")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
