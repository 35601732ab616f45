//! What a finished study of cases shows.

use crate::failure::Failure;
use crate::output::Lines;
use crate::views::{Figures, rows};
use hydranet_charts::Width;
use hydranet_results::RunRecord;
use hydranet_results::field_case::{POSTERIOR, PREDICTIVE, PUBLISHED, PosteriorRow, PredictiveRow, PublishedRow};
use hydranet_studies::field_case;
use std::path::Path;

/// Posterior, and published points against what the kept draws foretell.
pub(crate) fn table(results: &Path) -> Result<Vec<Lines>, Failure> {
    let posterior: Vec<PosteriorRow> = rows(results, "posterior", &POSTERIOR)?.records().collect();
    let published: Vec<PublishedRow> = rows(results, "published", &PUBLISHED)?.records().collect();
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

/// The figures.
pub(crate) fn figures(results: &Path, run: &RunRecord, width: Option<Width>) -> Figures {
    let predictive: Vec<PredictiveRow> = rows(results, "predictive", &PREDICTIVE)?.records().collect();
    let published: Vec<PublishedRow> = rows(results, "published", &PUBLISHED)?.records().collect();
    field_case::figures::figures(&run.title, &predictive, &published, width).map_err(|e| Failure::failed_error(&e))
}
