//! Numbers of an abstract, filled in from the tables beside it, so that text and results cannot disagree.
//!
//! An abstract writes `{f_c | Erdős–Rényi, c = 4 | random | 1000 | .2}` where the number is to stand: first the value, then the cells
//! that tell which row is meant, last how many digits behind the point, `.2`, or in per cent, `.0%`. The value is the name of a metric,
//! whose mean it is, or `metric.column` for another column (`f_c.lo`). Other tables than `summary.csv` are named before a colon:
//! `{exponents:second.exponent | random 4-regular | .2}`, `{posterior:churn.half_life_days.median | Conficker | .0}`. A row is meant if
//! each cell of the reference stands in it, numbers as numbers; exactly one row must be.

use crate::TextTable;

/// A reference that leads to no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("abstract: {{{reference}}}: {reason}")]
pub struct BadReference {
    /// What stands between the braces.
    pub reference: String,
    /// What is wrong, and what to do.
    pub reason: String,
}

/// Where a number of a text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What stands between the braces.
    pub reference: String,
    /// What stands in its place.
    pub shown: String,
    /// Why there is no number, where there is none.
    pub missing: Option<String>,
}

/// The text with its references filled in, and what they came to. `table` gives the text of a table by its name without `.csv`.
///
/// A value that is missing in its row is shown as `(missing)`, a row or table that is not there as `(not in these results)`: an
/// experiment run with fewer sizes or topologies than its abstract was written for still has a report.
///
/// # Errors
/// With the first reference that leads to several rows or a column that is not there, or that does not say how many digits.
pub fn fill(
    text: &str,
    table: &mut dyn FnMut(&str) -> Option<TextTable>,
) -> Result<(String, Vec<Reference>), BadReference> {
    let (mut filled, mut list, mut rest) = (String::new(), Vec::new(), text);
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|i| open + i) else { break };
        filled.push_str(&rest[..open]);
        // a reference may be broken over lines
        let reference = rest[open + 1..close].split_whitespace().collect::<Vec<_>>().join(" ");
        let (shown, missing) = match value(&reference, table) {
            Ok(shown) => (shown, None),
            Err(Nowhere::Empty(reason)) => (MISSING.into(), Some(reason)),
            Err(Nowhere::Absent(reason)) => (ABSENT.into(), Some(reason)),
            Err(Nowhere::Bad(reason)) => return Err(BadReference { reference, reason }),
        };
        filled.push_str(&shown);
        list.push(Reference { reference, shown, missing });
        rest = &rest[close + 1..];
    }
    Ok((filled + rest, list))
}

/// Stands for a value that is empty in its row.
const MISSING: &str = "(missing)";
/// Stands for a row or a table that is not there.
const ABSENT: &str = "(not in these results)";

/// Why a reference leads to no number.
enum Nowhere {
    /// Its value is missing in its row.
    Empty(String),
    /// Its row or table is not there.
    Absent(String),
    /// It is written wrongly.
    Bad(String),
}

fn value(reference: &str, table: &mut dyn FnMut(&str) -> Option<TextTable>) -> Result<String, Nowhere> {
    let bad = Nowhere::Bad;
    let mut parts: Vec<&str> = reference.split('|').map(str::trim).collect();
    let digits = parts.pop().filter(|_| !parts.is_empty()).and_then(|last| last.strip_prefix('.'));
    let Some(digits) = digits else { return Err(bad("ends with the digits behind the point, such as `| .2`".into())) };
    let percent = digits.ends_with('%');
    let digits: usize =
        digits.trim_end_matches('%').parse().map_err(|_| bad(format!("`.{digits}` is no number of digits")))?;
    let (file, what) = parts[0].split_once(':').unwrap_or(("summary", parts[0]));
    let rows = table(file).ok_or_else(|| Nowhere::Absent(format!("there is no {file}.csv")))?;
    // `metric.column`, where there is such a column; names of parameters have points, too
    let column = |name: &str| rows.head.iter().position(|head| head == name);
    let (metric, column) = match what.rsplit_once('.').and_then(|(metric, name)| Some((metric, column(name)?))) {
        Some(found) => found,
        None => {
            let mean = column("mean");
            (what, mean.ok_or_else(|| bad(format!("{file}.csv has no column `mean`: write `{what}.column`")))?)
        }
    };
    parts[0] = metric;
    let same = |cell: &str, want: &str| {
        cell == want || cell.parse::<f64>().ok().zip(want.parse::<f64>().ok()).is_some_and(|(a, b)| a == b)
    };
    let meant = |row: &&Vec<String>| parts.iter().all(|want| row.iter().any(|cell| same(cell, want)));
    let found: Vec<&Vec<String>> = rows.rows.iter().filter(meant).collect();
    match found[..] {
        [] => Err(Nowhere::Absent(format!("no row of {file}.csv has all these cells"))),
        [row] if row[column].is_empty() => {
            Err(Nowhere::Empty(format!("{} is missing in its row of {file}.csv", rows.head[column])))
        }
        [row] => {
            let x: f64 = row[column].parse().map_err(|_| bad(format!("`{}` is no number", row[column])))?;
            Ok(if percent { format!("{:.digits$} %", 100.0 * x) } else { format!("{x:.digits$}") })
        }
        _ => Err(bad(format!("{} rows of {file}.csv have all these cells; exactly one must", found.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, String> {
        let summary = "topology,treatment,metric,at,mean,lo\na,random,f_c,1000.0,0.456,0.4\na,random,f_c,2000.0,,\n\
                       \"b, c = 4\",random,r,,-0.25,0.2\n";
        let other = "case,parameter,median\nx,churn.days,120.6\n";
        let mut table = |name: &str| match name {
            "summary" => Some(TextTable::of_csv(summary).unwrap()),
            "posterior" => Some(TextTable::of_csv(other).unwrap()),
            _ => None,
        };
        fill(text, &mut table).map(|(text, _)| text).map_err(|e| e.to_string())
    }

    #[test]
    fn numbers_come_from_the_tables() {
        let check = |text: &str, want: &str| assert_eq!(filled(text).as_deref(), Ok(want));
        check("it is {f_c | a | random | 1000 | .2}.", "it is 0.46.");
        check("{f_c.lo | a |\nrandom | 1000 | .1} of {r | b, c = 4 | .2}", "0.4 of -0.25");
        check("{f_c | a | 1000 | .0%}", "46 %");
        check("{f_c | a | 2000 | .2}", "(missing)");
        check("{posterior:churn.days.median | x | .0}", "121");
        check("{f_c | z | random | .2}", "(not in these results)");
        check("{laws:second | a | .2}", "(not in these results)");
        check("no reference, an open { brace", "no reference, an open { brace");
    }

    #[test]
    fn references_that_lead_nowhere_are_refused() {
        let check = |text: &str, part: &str| {
            let said = filled(text).unwrap_err();
            assert!(said.contains(part), "{text}: {said}");
        };
        check("{f_c | a | random | .2}", "2 rows of summary.csv");
        check("{f_c | a}", "ends with the digits");
        check("{f_c | a | .x}", "no number of digits");
        check("{posterior:churn.days | x | .2}", "no column `mean`");
    }
}
