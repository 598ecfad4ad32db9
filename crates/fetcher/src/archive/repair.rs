//! After a crash: files that were left open lose their torn tail, which is set aside, and their records are told to the state.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::index::Entry;
use super::write::finish;
use super::{OPEN, Record, Records};
use crate::FetchError;

/// A file that a crash had left open.
#[derive(Debug)]
pub struct Repaired {
    folder: PathBuf,
    /// Its name.
    pub name: String,
    /// Records that are whole.
    pub records: usize,
    /// Where the torn tail is now, and its length in bytes.
    pub torn: Option<(PathBuf, u64)>,
    entries: Vec<Entry>,
}

impl Repaired {
    /// Writes the index and closes the file; to be called when the state knows its records.
    pub fn close(self) -> Result<(), FetchError> {
        finish(&self.folder, &self.name, &self.entries)
    }
}

/// Repairs the files of a folder that a crash left open, telling every whole record to `replay`.
///
/// The caller holds the lock of the archive: an open file is nobody's.
pub fn repair(folder: &Path, mut replay: impl FnMut(&Record) -> Result<(), FetchError>) -> Result<Vec<Repaired>, FetchError> {
    let mut left: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(FetchError::file(folder))? {
        let path = entry.map_err(FetchError::file(folder))?.path();
        if path.extension().is_some_and(|ending| ending == &OPEN[1..]) {
            left.push(path);
        }
    }
    left.sort();
    left.into_iter().map(|path| repair_file(folder, &path, &mut replay)).collect()
}

fn repair_file(folder: &Path, path: &Path, replay: &mut impl FnMut(&Record) -> Result<(), FetchError>) -> Result<Repaired, FetchError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let file = File::open(path).map_err(FetchError::file(path))?;
    let mut repaired = Repaired { folder: folder.to_owned(), name, records: 0, torn: None, entries: Vec::new() };
    let mut records = Records::new(BufReader::with_capacity(256 * 1024, file), &repaired.name);
    let mut whole = 0;
    // Our files are appended to and never written elsewhere, so nothing good stands behind damage.
    while let Some(Ok(record)) = records.next() {
        replay(&record)?;
        repaired.records += 1;
        repaired.entries.extend(Entry::of(&record));
        whole = records.position().unwrap_or(record.id.offset + record.length);
    }
    repaired.torn = set_aside(path, whole).map_err(FetchError::file(path))?;
    Ok(repaired)
}

/// Moves what stands behind an offset into a file of its own.
fn set_aside(path: &Path, whole: u64) -> io::Result<Option<(PathBuf, u64)>> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let length = file.metadata()?.len();
    if length <= whole {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(whole))?;
    let (mut tail, aside) = create_aside(path)?;
    io::copy(&mut file, &mut tail)?;
    tail.sync_all()?;
    file.set_len(whole)?;
    file.sync_all()?;
    Ok(Some((aside, length - whole)))
}

/// A new file for a tail; one from an earlier crash stays.
fn create_aside(path: &Path) -> io::Result<(File, PathBuf)> {
    let mut number = 1;
    loop {
        let aside = path.with_extension(format!("torn{number}"));
        match File::create_new(&aside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            created => return created.map(|file| (file, aside)),
        }
    }
}
