//! The tables that a study of cases ends with.

use super::rows::{PosteriorRow, PublishedRow, VerdictRow};
use crate::{Folder, Lines, ShowError};
use serde::Deserialize;

/// What is told of a case beside its numbers.
#[derive(Deserialize)]
struct Texts {
    case: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    label: String,
    source: String,
    cannot: String,
}

/// A verdict a case with its source and what it cannot explain; posterior and prior; published points against what kept and all
/// draws foretell.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let posterior: Vec<PosteriorRow> = folder.rows("posterior")?;
    let published: Vec<PublishedRow> = folder.rows("published")?;
    let verdicts: Vec<VerdictRow> = folder.rows("verdicts")?;
    let texts: Texts = folder.spec()?;
    Ok(vec![verdicts_of(&verdicts), sources(&texts.case), parameters(&posterior), points(&published)])
}

fn lines(head: &[&str], rows: Vec<Vec<String>>, names: usize, reading: &str) -> Lines {
    Lines { head: head.iter().map(|h| (*h).to_string()).collect(), rows, names, reading: reading.into() }
}

fn number(x: Option<f64>) -> String {
    x.map_or("–".to_string(), |x| format!("{x:.3}"))
}

fn band(lo: Option<f64>, hi: Option<f64>) -> String {
    format!("{} … {}", number(lo), number(hi))
}

fn verdicts_of(verdicts: &[VerdictRow]) -> Lines {
    let row = |v: &VerdictRow| {
        vec![
            v.case.clone(),
            v.verdict.clone(),
            format!("{} of {}", v.kept, v.draws),
            format!("{:.1}", v.effective),
            v.held_out.to_string(),
        ]
    };
    lines(
        &["case", "verdict", "kept", "effective", "held out"],
        verdicts.iter().map(row).collect(),
        2,
        "verdict: the worst of the points that were held out; effective: effective sample size of all draws, weighted by a normal \
         likelihood\n",
    )
}

/// Texts in lines of a terminal's width: a row of a table is one line.
fn sources(cases: &[Text]) -> Lines {
    let row = |case: &Text, what: &str, line: String| vec![case.label.clone(), what.into(), line];
    let rows = cases.iter().flat_map(|case| {
        let told = [("source", &case.source), ("cannot explain", &case.cannot)];
        told.into_iter().flat_map(move |(what, text)| wrapped(text).into_iter().map(move |line| row(case, what, line)))
    });
    lines(&["case", "", "in words"], rows.collect(), 2, "")
}

/// A text in lines of up to 100 characters.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 100 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

fn parameters(posterior: &[PosteriorRow]) -> Lines {
    let row = |p: &PosteriorRow| {
        vec![
            p.case.clone(),
            p.parameter.clone(),
            format!("{} … {}", p.from, p.to),
            number(p.median),
            band(p.lo, p.hi),
            number(p.narrowed),
            p.p.map_or("–".to_string(), |p| if p < 0.001 { "< 0.001".into() } else { format!("{p:.3}") }),
            if p.identified == 1 { "identified".into() } else { "not identified".into() },
        ]
    };
    lines(
        &["case", "parameter", "prior", "median", "90 %", "narrowed", "p", ""],
        posterior.iter().map(row).collect(),
        2,
        "of the draws that were kept; 90 %: 5 to 95 % of them; narrowed: their standard deviation over the prior's, of ranks; \
         not identified: kept and rejected draws of it cannot be told apart (Kolmogorov-Smirnov, 5 % over the parameters of the \
         case)\n",
    )
}

fn points(published: &[PublishedRow]) -> Lines {
    let row = |p: &PublishedRow| {
        let gain = p.gain.zip(p.gain_error).filter(|_| p.fitted == 0);
        vec![
            p.case.clone(),
            format!("{}, day {}", p.observable, p.day),
            format!("{:.3} ± {:.3}", p.published, p.sigma),
            band(p.prior_lo, p.prior_hi),
            band(p.lo, p.hi),
            if p.fitted == 1 { "–".into() } else { number(p.pit) },
            gain.map_or("–".to_string(), |(gain, error)| format!("{gain:.2} ± {:.2}", 1.96 * error)),
            p.answer.clone(),
        ]
    };
    lines(
        &["case", "published", "share ± sigma", "prior 90 %", "kept 90 %", "PIT", "gain, nats", "answer"],
        published.iter().map(row).collect(),
        2,
        "PIT: what the kept draws give to shares below the published one, missed outside 0.025 to 0.975; gain: log score of the kept \
         draws less that of the prior, foretold where it is above 0 by more than its 95 % interval\n",
    )
}
