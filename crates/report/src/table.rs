//! Tables of text cells, from a CSV file or from the caller, as HTML that stays small.

use maud::{Markup, html};

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextTable {
    /// The headings.
    pub head: Vec<String>,
    /// The rows, each as long as `head`.
    pub rows: Vec<Vec<String>>,
}

/// A CSV text that is none.
#[derive(Debug, thiserror::Error)]
#[error("not a CSV table")]
pub struct TextTableError(#[from] csv::Error);

impl TextTable {
    /// Reads a CSV text with one line of headings.
    ///
    /// # Errors
    /// If rows differ in length or the text is not UTF-8; with the line.
    pub fn of_csv(text: &str) -> Result<TextTable, TextTableError> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head = reader.headers()?.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect()));
        Ok(TextTable { head, rows: rows.collect::<Result<_, csv::Error>>()? })
    }

    /// At most `most` rows, evenly spread over every run of rows that share the texts before the first column of numbers, so that
    /// each curve keeps its course; first and last rows of runs are kept.
    #[must_use]
    pub(crate) fn thinned(&self, most: usize) -> Vec<&[String]> {
        let key = |row: &[String]| -> usize { row.iter().take_while(|cell| cell.parse::<f64>().is_err()).count() };
        let name = |row: &Vec<String>| row[..key(row).min(2)].to_vec();
        let runs: Vec<&[Vec<String>]> = self.rows.chunk_by(|a, b| name(a) == name(b)).collect();
        if self.rows.len() <= most || runs.is_empty() {
            return self.rows.iter().map(Vec::as_slice).collect();
        }
        let each = (most / runs.len()).max(2);
        let spread = |run: &'_ [Vec<String>]| -> Vec<usize> {
            let n = run.len();
            if n <= each { (0..n).collect() } else { (0..each).map(|i| i * (n - 1) / (each - 1)).collect() }
        };
        runs.iter().flat_map(|run| spread(run).into_iter().map(|i| run[i].as_slice())).take(most).collect()
    }
}

/// Whether every cell of a column that says anything begins with a number.
fn numeric(rows: &[&[String]], column: usize) -> bool {
    // "0.33 ± 0.03", "never" and "–" stand among numbers too
    let number = |cell: &str| {
        let first = cell.split(' ').next().unwrap_or_default();
        cell.is_empty() || first.parse::<f64>().is_ok() || matches!(cell, "–" | "never" | "none" | "none arrived")
    };
    rows.iter().all(|row| number(&row[column])) && rows.iter().any(|row| !row[column].is_empty())
}

/// A number in five significant digits, for reading; the CSV has them all.
pub(crate) fn short(cell: &str) -> String {
    let Ok(value) = cell.parse::<f64>() else { return cell.to_owned() };
    if cell.len() <= 7 || !value.is_finite() {
        return cell.replace('-', "−");
    }
    digits(value, 5).replace('-', "−")
}

/// A number in so many significant digits, as JSON and people read it.
pub(crate) fn digits(value: f64, significant: usize) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let size = libm::log10(value.abs()).floor() as i32;
    if !(-5..12).contains(&size) {
        return format!("{value:.*e}", significant - 1);
    }
    let places = usize::try_from(significant as i32 - 1 - size).unwrap_or(0);
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The table, in a region that scrolls by itself. `caption` says what it is and how to read it.
pub(crate) fn html_table(id: &str, head: &[String], rows: &[&[String]], label: &str, caption: &Markup) -> Markup {
    let right: Vec<bool> = (0..head.len()).map(|column| numeric(rows, column)).collect();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table id=(id) {
                caption { (caption) }
                thead { tr { @for (name, right) in head.iter().zip(&right) { th scope="col" class=[right.then_some("n")] { (name) } } } }
                tbody {
                    @for row in rows {
                        tr { @for (cell, right) in row.iter().zip(&right) {
                            @if *right { td.n { (short(cell)) } } @else { td { (cell) } }
                        } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits() {
        for (value, text) in [
            (0.297_988_879_860_6, "0.29799"),
            (12_345.678, "12346"),
            (1.0, "1"),
            (0.000_012_345_6, "0.000012346"),
            (1.5e-9, "1.5000e-9"),
            (-0.25, "-0.25"),
            (99_999.96, "100000"),
            (0.0, "0"),
        ] {
            assert_eq!(digits(value, 5), text, "{value}");
            assert!((text.parse::<f64>().unwrap() - value).abs() <= 1e-4 * value.abs());
        }
        assert_eq!(short("beacon"), "beacon");
        assert_eq!(short("-0.31830202622554044"), "−0.3183");
        assert_eq!(short("0.15"), "0.15");
    }

    #[test]
    fn thinning_keeps_every_curve() {
        let row = |series: &str, i: usize| vec!["p".to_owned(), series.to_owned(), i.to_string(), "0.5".to_owned()];
        let rows: Vec<_> = ["a", "b"].iter().flat_map(|s| (0..500).map(move |i| row(s, i))).collect();
        let cells = TextTable { head: ["panel", "series", "x", "y"].map(String::from).to_vec(), rows };
        let kept = cells.thinned(100);
        assert_eq!(kept.len(), 100);
        for series in ["a", "b"] {
            let xs: Vec<&str> = kept.iter().filter(|r| r[1] == series).map(|r| r[2].as_str()).collect();
            assert_eq!((xs[0], xs[xs.len() - 1], xs.len()), ("0", "499", 50), "{series}");
        }
        assert_eq!(cells.thinned(1000).len(), 1000);
    }

    #[test]
    fn cells_are_escaped_and_numbers_stand_right() {
        let cells = TextTable::of_csv("name,value\n\"<b>, & \"\"x\"\"\",0.123456789\n").unwrap();
        let rows: Vec<&[String]> = cells.rows.iter().map(Vec::as_slice).collect();
        let text = html_table("t", &cells.head, &rows, "l", &html! { "c" }).into_string();
        assert!(text.contains("<td>&lt;b&gt;, &amp; &quot;x&quot;</td><td class=\"n\">0.12346</td>"), "{text}");
        assert!(TextTable::of_csv("a,b\n1\n").is_err());
    }
}
