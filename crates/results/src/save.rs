//! Files that are there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a file was not written. What stood at the path before still stands there.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be written; {advice}", path.display())]
pub struct SaveError {
    /// The file that was asked for.
    pub path: PathBuf,
    /// What to do.
    pub advice: &'static str,
    /// What the system, or the function that produces the content, says.
    pub source: io::Error,
}

impl SaveError {
    fn new(path: &Path, source: io::Error) -> SaveError {
        let advice = match source.kind() {
            io::ErrorKind::StorageFull => "the disk is full: free some space",
            io::ErrorKind::QuotaExceeded => "the quota is used up: free some space",
            io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only: choose another folder",
            io::ErrorKind::PermissionDenied => "no permission: choose another folder, or change the rights of this one",
            io::ErrorKind::NotFound => "there is no such folder: make it first",
            io::ErrorKind::NotADirectory => "a part of the path is a file: choose another folder",
            io::ErrorKind::IsADirectory => "this is a folder: name a file in it",
            io::ErrorKind::InvalidFilename => "the system does not take this name: choose another",
            _ => "look at the cause",
        };
        SaveError { path: path.to_owned(), advice, source }
    }
}

/// Two threads, two processes and two machines may write the same path at once: each has a temporary file of its own.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// Writes a file under a temporary name in the same folder (`.<name>.<process>-<count>.tmp`), brings it to the disk, and
/// gives it its name only when it is whole. The folder is brought to the disk, too, where the system allows that. If
/// anything fails, the temporary file is removed; only a process that is killed leaves one behind.
///
/// ```
/// use std::io::Write;
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("note.txt");
/// hydranet_results::write_atomically(&path, |out| out.write_all(b"whole"))?;
/// assert_eq!(std::fs::read(&path)?, b"whole");
///
/// let error = hydranet_results::write_atomically(&path, |_| Err::<(), _>(std::io::ErrorKind::StorageFull.into()));
/// assert!(error.unwrap_err().to_string().ends_with("note.txt: cannot be written; the disk is full: free some space"));
/// assert_eq!(std::fs::read(&path)?, b"whole");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the system refuses, or `write` fails; with the path and what to do.
pub fn write_atomically<T>(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<T>,
) -> Result<T, SaveError> {
    attempt(path, write).map_err(|source| SaveError::new(path, source))
}

fn attempt<T>(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<T>) -> io::Result<T> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?.to_string_lossy();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (file, temporary) = create(folder, &name)?;
    let mut out = BufWriter::new(file);
    let result = write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    drop(file); // some systems do not rename what is open
    fs::rename(&temporary.0, path)?;
    std::mem::forget(temporary);
    // the name lasts once the folder is on the disk; not every system can open a folder, and the file itself is safe
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(result)
}

fn create(folder: &Path, name: &str) -> io::Result<(File, Temporary)> {
    loop {
        let count = COUNTER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".{name}.{}-{count}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            // a process of the same number on another machine, or one that was killed, has this one
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
            Ok(file) => return Ok((file, Temporary(path))),
        }
    }
}

/// Removes the file when dropped, also while a panic unwinds.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert_eq!(write_atomically(&path, |out| out.write_all(b"one").map(|()| 7)).unwrap(), 7);
        write_atomically(&path, |out| {
            out.write_all(b"two")?;
            assert_eq!(fs::read(&path)?, b"one", "still the old one");
            let temporary = &names(folder.path())[0];
            assert!(temporary.starts_with(".a.") && temporary.ends_with(".tmp"), "{temporary}");
            Ok(())
        })
        .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let error = write_atomically(&path, |out| {
            out.write_all(b"half")?;
            Err::<(), _>(io::Error::other("no more"))
        })
        .unwrap_err();
        assert!(error.to_string().ends_with("a: cannot be written; look at the cause"));
        assert_eq!(error.source().unwrap().to_string(), "no more");
        let panic =
            std::panic::catch_unwind(|| write_atomically(&path, |_| -> io::Result<()> { panic!("on purpose") }));
        assert!(panic.is_err());
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let check = |path: &str, message: &str| {
            let error = write_atomically(&folder.path().join(path), |_| Ok(())).unwrap_err();
            assert!(error.to_string().ends_with(message), "{error}");
        };
        check("none/a", "none/a: cannot be written; there is no such folder: make it first");
        check("", "cannot be written; this is a folder: name a file in it");
        check("file/a", "cannot be written; a part of the path is a file: choose another folder");
        check(&"x".repeat(300), "the system does not take this name: choose another");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn writers_of_one_path_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    (0..10).for_each(|_| write_atomically(&path, |out| out.write_all(&[b'x'; 1000])).unwrap())
                });
            }
        });
        assert_eq!(fs::read(&path).unwrap(), [b'x'; 1000]);
        assert_eq!(names(folder.path()), ["a"]);
    }
}
