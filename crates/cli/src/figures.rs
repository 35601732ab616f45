//! The figures of a results folder, from its CSV files.

use crate::failure::Failure;
use crate::output;
use hydranet_charts::Named;
use hydranet_charts::{Rendered, Width};
use hydranet_results::write_atomically;
use hydranet_toolkit::Toolkit;
use std::path::Path;

/// Draws everything that the folder's tables allow, into `figures/`.
pub(crate) fn draw(results: &Path, width: Option<&str>, known: &Toolkit) -> Result<(), Failure> {
    let width = width.map(named_width).transpose()?;
    let (found, study) = crate::shown::open(results, known)?;
    let figures = study.draw(&found, width)?;
    let run = &found.run;
    let folder = results.join("figures");
    std::fs::create_dir_all(&folder)
        .map_err(|e| Failure::Failed(format!("{}: cannot make this folder: {e}", folder.display())))?;
    // no date and no machine: the same tables give the same bytes
    let provenance =
        format!("hydranet {}, {}, spec {}, seed {}", run.version, run.experiment, short(&run.spec_hash), run.seed);
    for Named { name, figure } in figures {
        let Rendered { svg, pdf, png, csv } = figure.render(&provenance).map_err(|e| Failure::failed_error(&e))?;
        for (ending, bytes) in [("svg", svg.as_bytes()), ("pdf", &pdf), ("png", &png), ("csv", csv.as_bytes())] {
            write_atomically(&folder.join(format!("{name}.{ending}")), |out| out.write_all(bytes))
                .map_err(|e| Failure::failed_error(&e))?;
        }
    }
    output::note(&format!("figures: {}", folder.display()));
    Ok(())
}

fn short(hash: &str) -> &str {
    &hash[..hash.len().min(16)]
}

pub(crate) fn named_width(name: &str) -> Result<Width, Failure> {
    match name {
        "one-column" => Ok(Width::IeeeColumn),
        "article" => Ok(Width::Article),
        "two-column" => Ok(Width::TwoColumn),
        other => Err(Failure::BadInput(format!("--width is one-column, article or two-column, not `{other}`"))),
    }
}
