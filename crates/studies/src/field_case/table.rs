//! The tables that a study of cases ends with.

use super::rows::{PosteriorRow, PublishedRow};
use crate::{Folder, Lines, ShowError};

/// Posterior, and published points against what the kept draws foretell.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let posterior: Vec<PosteriorRow> = folder.rows("posterior")?;
    let published: Vec<PublishedRow> = folder.rows("published")?;
    let lines: Vec<Vec<String>> = posterior
        .iter()
        .map(|p| {
            vec![
                p.case.clone(),
                p.parameter.clone(),
                format!("{} … {}", p.from, p.to),
                format!("{:.3}", p.median),
                format!("{:.3} … {:.3}", p.lo, p.hi),
                format!("{} of {}", p.kept, p.draws),
            ]
        })
        .collect();
    let head = ["case", "parameter", "prior", "median", "90 %", "kept"].map(String::from).to_vec();
    let posterior = Lines { head, rows: lines, names: 2, reading: String::new() };
    let number = |x: Option<f64>| x.map_or("–".to_string(), |x| format!("{x:.3}"));
    let lines: Vec<Vec<String>> = published
        .iter()
        .map(|p| {
            vec![
                p.case.clone(),
                format!("{}, day {}", p.observable, p.day),
                if p.fitted == 1 { "fitted".into() } else { "held out".into() },
                format!("{:.3} ± {:.3}", p.published, p.sigma),
                number(p.median),
                format!("{} … {}", number(p.lo), number(p.hi)),
                if p.within == 1 { "meets".into() } else { "misses".into() },
            ]
        })
        .collect();
    let head = ["case", "published", "", "share ± sigma", "model", "90 %", "within 2 sigma"].map(String::from).to_vec();
    let reading = "the draws nearest to the fitted points are kept; 90 %: 5 to 95 % of them\n".into();
    Ok(vec![posterior, Lines { head, rows: lines, names: 3, reading }])
}
