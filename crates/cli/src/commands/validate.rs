//! `hydranet validate`: reference, measured value, interval, verdict.

use crate::args::ValidateArgs;
use crate::failure::Failure;
use crate::output;
use crate::validation::{Bench, Check, GROUPS, Scale};
use hydranet_results::statistics::student_t_interval;
use hydranet_toolkit::Toolkit;

/// Columns of the longest name of a check.
const NAME: usize = 74;

/// Runs the checks and prints a line for each as it is done.
pub(crate) fn validate(args: &ValidateArgs, known: &Toolkit) -> Result<(), Failure> {
    let scale = if args.quick { Scale::Quick } else { Scale::Full };
    let bench = Bench::new(known, scale);
    output::print(&format!(
        "{:<NAME$} {:>11} {:>11} {:>23} {:>16}  verdict\n{}\n",
        "check",
        "reference",
        "measured",
        "95 % interval",
        "tolerance",
        "─".repeat(NAME + 76)
    ))?;
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    // a group that is asked for by name spares the time of the others
    let named = args.only.as_ref().is_some_and(|only| GROUPS.iter().any(|(group, _)| group.contains(only.as_str())));
    let wanted = |group: &str, only: &String| if named { group.contains(only.as_str()) } else { true };
    for (group, run) in GROUPS.iter().filter(|(group, _)| args.only.as_ref().is_none_or(|only| wanted(group, only))) {
        match run(&bench) {
            Err(why) => {
                skipped += 1;
                output::print(&format!("{group:<NAME$} skipped: {why}\n"))?;
            }
            Ok(checks) => {
                for check in
                    checks.iter().filter(|c| named || args.only.as_ref().is_none_or(|o| c.name.contains(o.as_str())))
                {
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
    if let Some(only) = args.only.as_ref().filter(|_| !named && passed + failed == 0) {
        let groups: Vec<&str> = GROUPS.iter().map(|(group, _)| *group).collect();
        let unseen = if skipped > 0 { "; the checks of skipped groups are not known" } else { "" };
        return Err(Failure::BadInput(format!(
            "--only {only}: no group and no check has that in its name{unseen}; the groups are: {}",
            groups.join("; ")
        )));
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
        "{:<NAME$} {:>11} {:>11} {:>23} {:>16}  {:<7}  {}\n",
        check.name,
        number(check.reference),
        number(check.mean()),
        interval,
        if check.at_most {
            format!("at most +{}", number(check.tolerance))
        } else if check.tolerance < 1e-6 {
            "exact".to_string()
        } else {
            format!("± {}", number(check.tolerance))
        },
        if ok { "ok" } else { "DIFFERS" },
        check.source
    )
}
