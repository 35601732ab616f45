//! What a command works on: a spec, and the folder of its results.

use super::vary;
use crate::args::WorkArgs;
use crate::failure::Failure;
use hydranet_montecarlo::{Experiment, Overrides};
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};

/// Where a spec comes from.
pub(crate) struct Source {
    /// The name of the experiment: of its results folder.
    pub(crate) name: String,
    /// What messages call the text.
    pub(crate) path: String,
    /// The spec.
    pub(crate) text: String,
}

impl Source {
    /// Reads a spec file.
    pub(crate) fn open(path: &Path) -> Result<Source, Failure> {
        let shown = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Failure::BadInput(format!("cannot read the spec {shown}: {e}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::BadInput(format!("{shown}: a spec is a TOML file; this is not text")))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Source { name, path: shown, text })
    }
}

/// A spec that was read, with what the command line changes.
pub(crate) struct Work {
    /// The name of the experiment.
    pub(crate) name: String,
    /// The text, with the measured networks and the axes of the command line.
    pub(crate) text: String,
    /// The spec.
    pub(crate) spec: Experiment,
    /// The results folder.
    pub(crate) results: PathBuf,
}

impl Work {
    /// Reads a spec.
    pub(crate) fn read(source: Source, args: &WorkArgs, known: &Toolkit) -> Result<Work, Failure> {
        let overrides = Overrides { networks: args.networks, orders: args.orders, seed: args.seed, block: None };
        let text = vary::with(with_files(&source.text, &args.file), &args.vary)?;
        let spec = known.parse(&text, &source.path)?;
        let spec = spec.with(&overrides).map_err(|e| Failure::BadInput(e.to_string()))?;
        let results = args.out.clone().unwrap_or_else(|| PathBuf::from("results").join(&source.name));
        Ok(Work { name: source.name, text, spec, results })
    }

    /// Reads a spec file.
    pub(crate) fn open(path: &Path, args: &WorkArgs, known: &Toolkit) -> Result<Work, Failure> {
        Work::read(Source::open(path)?, args, known)
    }
}

/// The spec with a topology more for each measured network.
fn with_files(text: &str, files: &[PathBuf]) -> String {
    let mut text = text.to_string();
    for file in files {
        let label = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let [path, label] = [file.to_string_lossy().into_owned(), label].map(toml::Value::String);
        text.push_str(&format!("\n[[topology]]\nmodel = \"file\"\npath = {path}\nlabel = {label}\n"));
    }
    text
}
