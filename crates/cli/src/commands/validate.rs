//! `hydranet validate`: reference, measured value, interval, verdict.

use crate::args::ValidateArgs;
use crate::failure::Failure;
use crate::validation::{Bench, Check, GROUPS, Scale};
use crate::{Known, output};
use hydranet_results::statistics::student_t_interval;

/// Runs the checks and prints a line for each as it is done.
pub(crate) fn validate(args: &ValidateArgs, known: &Known) -> Result<(), Failure> {
    let scale = if args.quick { Scale::Quick } else { Scale::Full };
    let bench = Bench::new(known, scale);
    output::print(&format!(
        "{:<52} {:>11} {:>11} {:>23} {:>10}  verdict\n{}\n",
        "check",
        "reference",
        "measured",
        "95 % interval",
        "tolerance",
        "─".repeat(120)
    ))?;
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (group, run) in GROUPS {
        match run(&bench) {
            Err(why) => {
                skipped += 1;
                output::print(&format!("{group:<52} skipped: {why}\n"))?;
            }
            Ok(checks) => {
                for check in checks.iter().filter(|c| args.only.as_ref().is_none_or(|o| c.name.contains(o.as_str()))) {
                    let ok = check.passes();
                    if ok {
                        passed += 1
                    } else {
                        failed += 1
                    }
                    output::print(&line(check, ok))?;
                }
            }
        }
    }
    output::print(&format!("\n{passed} passed, {failed} failed, {skipped} skipped\n"))?;
    if failed > 0 { Err(Failure::Failed(format!("{failed} checks differ from their references"))) } else { Ok(()) }
}

fn line(check: &Check, ok: bool) -> String {
    let digits = if check.reference.abs() >= 100.0 { 1 } else { 4 };
    let number = |x: f64| format!("{x:.digits$}");
    let interval = student_t_interval(&check.values, 0.95)
        .map_or("exact".to_string(), |i| format!("{} … {}", number(i.lo), number(i.hi)));
    format!(
        "{:<52} {:>11} {:>11} {:>23} {:>10}  {}  {}\n",
        check.name,
        number(check.reference),
        number(check.mean()),
        interval,
        if check.tolerance < 1e-6 { "exact".to_string() } else { format!("± {}", number(check.tolerance)) },
        if ok { "ok    " } else { "DIFFERS" },
        check.source
    )
}
