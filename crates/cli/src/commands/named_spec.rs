//! What a command works on: a spec, and the folder of its results.

use super::vary;
use crate::args::WorkArgs;
use crate::failure::Failure;
use crate::report_data::spec_text;
use hydranet_montecarlo::{Experiment, Overrides};
use hydranet_studies::Folder;
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
    /// The results folder that it is from, where it is from one.
    pub(crate) results: Option<PathBuf>,
}

impl Source {
    /// Reads a spec file, or the spec of a results folder.
    pub(crate) fn open(path: &Path) -> Result<Source, Failure> {
        if path.is_dir() {
            return Source::again(path);
        }
        if path.file_name().is_some_and(|name| name == "run.json") {
            return Source::again(path.parent().filter(|dir| *dir != Path::new("")).unwrap_or(Path::new(".")));
        }
        let shown = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Failure::BadInput(format!("cannot read the spec {shown}: {e}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::BadInput(format!("{shown}: a spec is a TOML file; this is not text")))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Source { name, path: shown, text, results: None })
    }

    /// The spec that a results folder holds.
    fn again(dir: &Path) -> Result<Source, Failure> {
        let folder = Folder::open(dir)?;
        let text = spec_text(&folder.run.spec);
        let path = format!("{} (its spec)", dir.join("run.json").display());
        Ok(Source { name: folder.run.experiment, path, text, results: Some(dir.to_path_buf()) })
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
        let results =
            args.out.clone().or(source.results).unwrap_or_else(|| PathBuf::from("results").join(&source.name));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a results folder holds runs again: the spec that is written down reads back as itself.
    #[test]
    fn the_spec_of_every_experiment_can_be_read_back() {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments/specs");
        let known = Toolkit::default();
        for entry in std::fs::read_dir(specs).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let spec = known.parse(&text, "typed").unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let written = spec_text(&spec.to_json());
            let again =
                known.parse(&written, "written").unwrap_or_else(|e| panic!("{}: {e:?}\n{written}", path.display()));
            assert_eq!(again.row_identity(), spec.row_identity(), "{}", path.display());
            assert_eq!(again.claims, spec.claims);
        }
    }

    /// The cells of a sweep are written one by one, with what they were made from.
    #[test]
    fn a_sweep_can_be_read_back() {
        let known = Toolkit::default();
        let text = "title = \"T\"\nseed = 1\nnetworks = 2\n[[topology]]\nmodel = \"beacon\"\npeers = [10, 20]\n\
                    [[treatment]]\nstrategy = [\"random\", \"degree\"]\n";
        let spec = known.parse(text, "typed").unwrap();
        let written = spec_text(&spec.to_json());
        let again = known.parse(&written, "written").unwrap_or_else(|e| panic!("{e:?}\n{written}"));
        assert!(!spec.sweep.is_empty());
        assert_eq!((&again.sweep, again.row_identity()), (&spec.sweep, spec.row_identity()));
        for (from, to, expected) in [
            ("peers = 10\n", "peers = [10, 30]\n", "stand in it one by one"),
            ("label = \"beacon, peers = 20\"", "label = \"other\"", "there is no cell `beacon, peers = 20`"),
        ] {
            let refused = known.parse(&written.replacen(from, to, 1), "changed").unwrap_err().to_string();
            assert!(refused.contains(expected), "{refused}");
        }
    }
}
