//! `hydranet validate`: reference, measured value, interval, allowance, verdict.

use crate::args::ValidateArgs;
use crate::failure::Failure;
use crate::output;
use hydranet_toolkit::Toolkit;
use hydranet_validation::{Checked, Scale, Setup, Standing, group_names, run};
use std::path::PathBuf;

/// Columns of the longest name of a row.
const NAME: usize = 72;

/// Runs the rows and prints them by group.
pub(crate) fn validate(args: &ValidateArgs, known: &Toolkit) -> Result<(), Failure> {
    let setup = Setup {
        known: known.clone(),
        scale: if args.quick { Scale::Quick } else { Scale::Full },
        seed: args.seed,
        data: std::env::var_os("HYDRANET_DATA").map(PathBuf::from),
    };
    let rows = run(&setup, args.only.as_deref());
    if let Some(only) = args.only.as_ref().filter(|_| rows.is_empty()) {
        let groups: Vec<&str> = group_names().collect();
        return Err(Failure::BadInput(format!(
            "--only {only}: no group and no row has that in its name; the groups are: {}",
            groups.join("; ")
        )));
    }
    if args.json {
        let text = serde_json::to_string_pretty(&rows).map_err(|e| Failure::Failed(e.to_string()))?;
        output::print(&format!("{text}\n"))?;
    } else {
        output::print(&table(&rows))?;
    }
    let failed = rows.iter().filter(|row| row.verdict == Standing::Fails).count();
    if failed > 0 { Err(Failure::Failed(format!("{failed} rows differ from their references"))) } else { Ok(()) }
}

fn table(rows: &[Checked]) -> String {
    let mut out = format!(
        "{:<NAME$} {:>11} {:>11} {:>23} {:>10}  verdict  source; allowance\n{}\n",
        "row",
        "reference",
        "measured",
        "99.98 % interval",
        "allowance",
        "─".repeat(NAME + 80)
    );
    let mut group = "";
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for row in rows {
        if row.group != group {
            group = row.group;
            out.push_str(&format!("{group}\n"));
        }
        match row.verdict {
            Standing::Holds => passed += 1,
            Standing::Fails => failed += 1,
            Standing::Skipped { .. } => skipped += 1,
        }
        out.push_str(&line(row));
    }
    out.push_str(&format!("\n{passed} hold, {failed} fail, {skipped} skipped\n"));
    out
}

fn line(row: &Checked) -> String {
    let number = |x: f64| match x.abs() {
        a if a >= 1e6 => format!("{x:.4e}"),
        a if a >= 100.0 => format!("{x:.1}"),
        a if a == 0.0 || a >= 1e-3 => format!("{x:.4}"),
        _ => format!("{x:.2e}"),
    };
    let measured = match (&row.verdict, row.measured) {
        (Standing::Skipped { why }, _) => return format!("  {:<width$} skipped: {why}\n", row.name, width = NAME - 2),
        (_, Some(measured)) => number(measured),
        (_, None) => String::new(),
    };
    let interval = row.interval.map_or("exact".to_string(), |[lo, hi]| format!("{} … {}", number(lo), number(hi)));
    let allowance = if row.allowance == 0.0 { "none".to_string() } else { format!("± {:.1e}", row.allowance) };
    format!(
        "  {:<width$} {:>11} {measured:>11} {interval:>23} {allowance:>10}  {:<7}  {}; {}\n",
        row.name,
        number(row.reference),
        if row.verdict == Standing::Holds { "ok" } else { "DIFFERS" },
        row.source,
        row.allowed_for,
        width = NAME - 2
    )
}
