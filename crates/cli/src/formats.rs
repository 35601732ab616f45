//! Tables for papers: Markdown, LaTeX with booktabs, CSV; and numbers that say how sure they are.

use clap::ValueEnum;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns, for a terminal.
    #[default]
    Text,
    /// A Markdown table.
    Markdown,
    /// A `tabular` with the rules of the package booktabs.
    Latex,
    /// Comma-separated, the numbers with all their digits.
    Csv,
}

/// A table: headings, rows, and how many columns at the left are text.
pub(crate) struct Written {
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) names: usize,
}

impl Written {
    /// In this format, with a line break at the end.
    pub(crate) fn render(&self, format: Format) -> String {
        match format {
            Format::Text => {
                crate::output::table(&self.head.iter().map(String::as_str).collect::<Vec<_>>(), &self.rows, self.names)
            }
            Format::Markdown => self.markdown(),
            Format::Latex => self.latex(),
            Format::Csv => self.lines(",", csv),
        }
    }

    fn lines(&self, between: &str, cell: fn(&str) -> String) -> String {
        let line = |cells: &Vec<String>| cells.iter().map(|c| cell(c)).collect::<Vec<_>>().join(between) + "\n";
        [&self.head].into_iter().chain(&self.rows).map(line).collect()
    }

    fn markdown(&self) -> String {
        let line = |cells: &Vec<String>| {
            format!("| {} |\n", cells.iter().map(|c| c.replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
        };
        let rule = |i: usize| if i < self.names { "---" } else { "---:" };
        let rule = (0..self.head.len()).map(rule).collect::<Vec<_>>().join("|");
        line(&self.head) + &format!("|{rule}|\n") + &self.rows.iter().map(line).collect::<String>()
    }

    fn latex(&self) -> String {
        let line = |cells: &Vec<String>| cells.iter().map(|c| latex(c)).collect::<Vec<_>>().join(" & ") + " \\\\\n";
        let columns = "l".repeat(self.names) + &"r".repeat(self.head.len() - self.names);
        format!(
            "\\begin{{tabular}}{{{columns}}}\n\\toprule\n{}\\midrule\n{}\\bottomrule\n\\end{{tabular}}\n",
            line(&self.head),
            self.rows.iter().map(line).collect::<String>()
        )
    }
}

/// A cell of a CSV file, quoted where it must be (RFC 4180).
fn csv(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.into() }
}

/// A cell of a LaTeX table: special characters escaped, signs that text fonts lack in mathematics.
fn latex(cell: &str) -> String {
    let mut out = String::new();
    for c in cell.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '<' => out.push_str("$<$"),
            '>' => out.push_str("$>$"),
            _ => match MATHS.iter().find(|(sign, _)| *sign == c) {
                Some((_, name)) => out.push_str(&format!("${name}$")),
                None => out.push(c),
            },
        }
    }
    out.replace('–', "--")
}

const MATHS: &[(char, &str)] = &[
    ('±', "\\pm"),
    ('×', "\\times"),
    ('·', "\\cdot"),
    ('−', "-"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('→', "\\to"),
    ('√', "\\surd"),
    ('²', "^2"),
    ('³', "^3"),
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('Δ', "\\Delta"),
    ('δ', "\\delta"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('ρ', "\\rho"),
    ('Σ', "\\Sigma"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('χ', "\\chi"),
    ('ω', "\\omega"),
];

/// A value with the wider side of its interval, to two significant digits of that side: `0.4123 ± 0.0051`; four digits of the value
/// where there is no interval.
pub(crate) fn with_error(value: f64, interval: Option<(f64, f64)>) -> String {
    let half = interval.map(|(lo, hi)| (hi - value).max(value - lo));
    match half.filter(|half| *half > 0.0 && half.is_finite()) {
        Some(half) => {
            // .0996 is .10 with two digits, and not .100
            let digits = decimals(half, 2);
            let digits = if format!("{half:.digits$}") == format!("{:.digits$}", libm::exp10(2.0 - digits as f64)) {
                digits.saturating_sub(1)
            } else {
                digits
            };
            // 1234 ± 134 is 1230 ± 130
            let step = libm::exp10((decimals_or_fewer(half, 2).min(0) as f64).abs());
            let [value, half] =
                if step > 1.0 { [value, half].map(|x| (x / step).round() * step) } else { [value, half] };
            format!("{value:.digits$} ± {half:.digits$}")
        }
        None if value == 0.0 => "0".into(),
        None => {
            let digits = decimals(value.abs(), 4);
            let text = format!("{value:.digits$}");
            if half == Some(0.0) { format!("{text} ± 0") } else { text }
        }
    }
}

/// How many digits behind the point show a positive number to so many significant ones; below 0, how many before it are more than that.
fn decimals_or_fewer(x: f64, significant: i32) -> i32 {
    significant - 1 - libm::floor(libm::log10(x)) as i32
}

/// The same where none before the point are left out.
fn decimals(x: f64, significant: i32) -> usize {
    decimals_or_fewer(x, significant).clamp(0, 12) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_of_the_error() {
        let check = |value, lo, hi, want: &str| assert_eq!(with_error(value, Some((lo, hi))), want);
        check(0.412_34, 0.4072, 0.4174, "0.4123 ± 0.0051");
        check(1234.5, 1100.0, 1300.0, "1230 ± 130");
        check(0.5, 0.4004, 0.5996, "0.50 ± 0.10");
        check(-2.0, -2.5, -1.6, "-2.00 ± 0.50");
        check(3.0, 3.0, 3.0, "3.000 ± 0");
        assert_eq!(with_error(0.123_456, None), "0.1235");
        assert_eq!(with_error(0.0, None), "0");
    }

    #[test]
    fn formats_escape_what_they_must() {
        let table = Written {
            head: vec!["a_b".into(), "γ | c".into()],
            rows: vec![vec!["x, \"y\" & 5 %".into(), "0.1 ± 0.2".into()]],
            names: 1,
        };
        let check = |format, want: &str| assert_eq!(table.render(format), want);
        check(Format::Csv, "a_b,γ | c\n\"x, \"\"y\"\" & 5 %\",0.1 ± 0.2\n");
        check(Format::Markdown, "| a_b | γ \\| c |\n|---|---:|\n| x, \"y\" & 5 % | 0.1 ± 0.2 |\n");
        check(
            Format::Latex,
            "\\begin{tabular}{lr}\n\\toprule\na\\_b & $\\gamma$ | c \\\\\n\\midrule\nx, \"y\" \\& 5 \\% & 0.1 $\\pm$ 0.2 \\\\\n\
             \\bottomrule\n\\end{tabular}\n",
        );
    }
}
