//! A results folder and its kind of study: what is shown of a finished run.

use crate::failure::Failure;
use hydranet_studies::{Folder, ShowError, StudyPlugin};
use hydranet_toolkit::Toolkit;
use std::path::Path;

/// Opens a results folder, and finds who can show it.
pub(crate) fn open(results: &Path, known: &Toolkit) -> Result<(Folder, &'static StudyPlugin), Failure> {
    let folder = Folder::open(results)?;
    let study = known.studies.get(folder.study()).map_err(|_| {
        Failure::BadInput(format!(
            "{}: this run is a study `{}`, which this program cannot show; was it made by a newer one?",
            results.display(),
            folder.study()
        ))
    })?;
    Ok((folder, study))
}

impl From<ShowError> for Failure {
    fn from(error: ShowError) -> Failure {
        match error {
            ShowError::Chart(_) => Failure::failed_error(&error),
            _ => Failure::bad_error(&error),
        }
    }
}
