//! `hydranet report`.

use crate::args::ReportArgs;
use crate::explorer;
use crate::failure::Failure;
use crate::report_data::{ReportFolder, written};
use hydranet_report::{IndexEntry, explorer_page, index_page};
use hydranet_toolkit::Toolkit;
use std::path::{Path, PathBuf};

/// Writes the page of one experiment, or the index and the pages of all, or the explorer.
pub(crate) fn report(args: &ReportArgs, known: &Toolkit) -> Result<(), Failure> {
    if let Some(file) = &args.explorer {
        written(file, &explorer_page(&explorer::explorer(known)?))?;
    }
    let Some(dir) = &args.dir else { return Ok(()) };
    if dir.join("run.json").exists() {
        let indexed =
            dir.canonicalize().ok().and_then(|d| Some(d.parent()?.join("index.html").exists())).unwrap_or(false);
        return written(&dir.join("report.html"), &ReportFolder::open(dir, known)?.page(dir, indexed)?);
    }
    let folders = results_in(dir)?;
    let opened: Vec<(String, ReportFolder)> = folders
        .iter()
        .map(|folder| {
            Ok((
                folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                ReportFolder::open(folder, known)?,
            ))
        })
        .collect::<Result<_, Failure>>()?;
    if !args.index_only {
        for (path, (_, folder)) in folders.iter().zip(&opened) {
            written(&path.join("report.html"), &folder.page(path, true)?)?;
        }
    }
    let entries: Vec<IndexEntry<'_>> = opened
        .iter()
        .zip(&folders)
        .map(|((name, folder), path)| IndexEntry {
            folder: name.clone(),
            run: &folder.found.run,
            study: folder.study(),
            claims: folder.claims.clone(),
            figures: folder.pictures(),
            reported: path.join("report.html").exists(),
        })
        .collect();
    written(&dir.join("index.html"), &index_page(&entries, Some(&explorer::explorer(known)?)))
}

/// The results folders in a folder, by name.
fn results_in(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let list = std::fs::read_dir(dir).map_err(|e| {
        Failure::BadInput(format!("{}: cannot be read: {e}; report takes a results folder", dir.display()))
    })?;
    let mut folders: Vec<PathBuf> =
        list.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.join("run.json").is_file()).collect();
    folders.sort();
    if folders.is_empty() {
        return Err(Failure::BadInput(format!(
            "{}: neither a results folder (it has no run.json) nor a folder of results folders; `hydranet run SPEC` writes one",
            dir.display()
        )));
    }
    Ok(folders)
}
