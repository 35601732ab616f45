//! `hydranet describe campaign`: every parameter of every mechanism, with unit, range, default and source.

use crate::output;
use hydranet_campaign::{ACTIONS, Campaign, Schedule};
use hydranet_montecarlo::{CampaignSettings, Claim};
use hydranet_results::campaign::METRICS;
use hydranet_topology::registry::schema_of;
use hydranet_topology::{Param, params_of};

/// The whole description.
pub(crate) fn describe() -> String {
    let mut out = String::from(
        "A campaign spec is a TOML file with study = \"campaign\": networks in time, under a defender and an operator.\n\n",
    );
    out.push_str(&section("top level", params_of(&schema_of::<CampaignSettings>())));
    out.push_str(
        "[[topology]]: one table a topology: `model`, `label`, then its parameters (`hydranet topologies`)\n\n",
    );
    for table in Campaign::tables() {
        let name = &table.table;
        let title = format!("[{name}], or [treatment.{name}] for what differs in one treatment");
        out.push_str(&section(&title, table.params.clone()));
    }
    out.push_str("[[treatment]]: one table a playbook: `label`, tables of mechanisms, and any number of actions\n\n");
    out.push_str(&section(
        "[[treatment.action]]: `action`, when it is done, and its own parameters",
        params_of(&schema_of::<Schedule>()),
    ));
    for row in ACTIONS {
        out.push_str(&format!("action = \"{}\": {}\n{}\n", row.name, row.about, lines(&row.params())));
    }
    out.push_str(&section(
        "[[claim]]: a sentence that the report answers with a number",
        params_of(&schema_of::<Claim>()),
    ));
    out.push_str("metrics\n");
    for metric in &METRICS {
        out.push_str(&format!("  {:<24}{}\n", metric.name, metric.unit));
    }
    out
}

pub(super) fn section(title: &str, params: Vec<Param>) -> String {
    format!("{title}\n{}\n", lines(&params))
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
