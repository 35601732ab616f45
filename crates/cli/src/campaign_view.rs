//! What a finished campaign study shows.

use crate::failure::Failure;
use crate::output::Lines;
use crate::summary_table::cells_table;
use crate::views::{Figures, rows};
use hydranet_charts::Width;
use hydranet_results::RunRecord;
use hydranet_results::campaign::{RECOVERY, RecoveryRow, TIMELINE, TimelineRow};
use hydranet_results::summary::{SUMMARY, SummaryRow};
use hydranet_studies::campaign::figures::{Claim, Tables, figures as draw};
use std::path::Path;

/// Metric, heading, digits.
const COLUMNS: [(&str, &str, usize); 7] = [
    ("depth", "depth", 3),
    ("recovery_days_90", "days to 90 %", 1),
    ("residual_90", "residual 90 d", 3),
    ("residual_180", "residual 180 d", 3),
    ("harm_averted_share", "harm averted", 3),
    ("harm_averted_per_cost", "per seizure", 1),
    ("identified", "identified", 2),
];

/// One line a cell.
pub(crate) fn table(results: &Path) -> Result<Vec<Lines>, Failure> {
    let summary = rows(results, "summary", &SUMMARY)?;
    Ok(vec![Lines {
        reading: "means ± half the 95 % interval, clustered by network; depth, residual, harm averted: shares of the untouched twin's;\n\
         days to 90 %: of the trials that fell below and came back (never: it did not fall so far, or did not come back); not seen: the story\n\
         ends before, or nothing was struck;\n\
         per seizure: all machine-days averted by all costs, in server seizures\n"
            .into(),
        ..cells_table(&summary.records().collect::<Vec<_>>(), &COLUMNS)
    }])
}

/// The figures, with the takedowns and claims that stand in the spec.
pub(crate) fn figures(results: &Path, run: &RunRecord, width: Option<Width>) -> Figures {
    let summary: Vec<SummaryRow> = rows(results, "summary", &SUMMARY)?.records().collect();
    let timeline: Vec<TimelineRow> = rows(results, "timeline", &TIMELINE)?.records().collect();
    let recovery: Vec<RecoveryRow> = rows(results, "recovery", &RECOVERY)?.records().collect();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let strikes: Vec<(String, Vec<f64>)> =
        list(&run.spec["treatment"]).iter().map(|t| (text(&t["label"]), strikes(&list(&t["action"])))).collect();
    let claim = |c: &serde_json::Value| Claim {
        says: text(&c["says"]),
        measured: text(&c["measured"]),
        topology: text(&c["topology"]),
        treatment: text(&c["treatment"]),
        metric: text(&c["metric"]),
    };
    let claims: Vec<Claim> = list(&run.spec["claim"]).iter().map(claim).collect();
    let tables = Tables {
        title: &run.title,
        summary: &summary,
        timeline: &timeline,
        recovery: &recovery,
        strikes: &strikes,
        claims: &claims,
    };
    draw(&tables, width).map_err(|e| Failure::failed_error(&e))
}

/// Days on which actions without a cue take effect, at most a hundred.
fn strikes(actions: &[serde_json::Value]) -> Vec<f64> {
    let mut days: Vec<f64> = Vec::new();
    for action in actions.iter().filter(|a| a["when_known"].is_null() && a["when_evidence"].is_null()) {
        let number = |key: &str| action[key].as_f64().unwrap_or(0.0);
        let first = number("at_days") + number("delay_hours") / 24.0;
        days.extend((0..number("times") as u32).map(|i| first + i as f64 * number("every_days")));
    }
    days.sort_by(f64::total_cmp);
    days.dedup();
    days.truncate(100);
    days
}
