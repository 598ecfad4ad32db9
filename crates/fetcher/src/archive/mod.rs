//! The archive: WARC 1.1 files, written so that a crash loses the record in flight at most, and read from any tool in a stream.
//!
//! Reading: [`pages`] and [`records`] walk a file or a folder, [`Records`] any stream, [`page_at`] jumps to one record by its id.
//! Writing: [`Writer`] appends [`Packed`] groups (response, request, metadata) and keeps the CDXJ index; [`repair`] runs before it.
//! Looking: [`list`], [`find`] and [`verify`].
//!
//! Written here and not with the crate `warc`, which tells no offset of a compressed record and reads no further than its first damage:
//! both are what an archive is asked for.

mod index;
mod page;
mod read;
mod repair;
mod stream;
mod verify;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

pub use index::{Entry, find, list};
pub use page::{Page, page_at, pages};
pub use read::{Record, RecordId, Records, record_at, records};
pub use repair::{Repaired, repair};
pub use verify::{FileReport, verify};
pub use write::{About, Packed, Place, Revisited, Writer, pack};

use crate::FetchError;

/// Ending of a file that is being written; only a crash leaves one.
const OPEN: &str = ".open";

/// The WARC files of a folder in order of name, or the file itself.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, FetchError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(FetchError::file(path))? {
        let entry = entry.map_err(FetchError::file(path))?.path();
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else if is_warc(&entry) {
            found.push(entry);
        }
    }
    found.sort();
    Ok(found)
}

fn is_warc(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    [".warc", ".warc.gz"].iter().any(|ending| name.strip_suffix(OPEN).unwrap_or(&name).ends_with(ending))
}

/// The name of a file below the folder that it was found in; a record's id starts with it.
fn name_below(root: &Path, file: &Path) -> String {
    let below = file.strip_prefix(root).ok().filter(|below| !below.as_os_str().is_empty());
    let below = below.or_else(|| file.file_name().map(Path::new)).unwrap_or(file);
    let name = below.to_string_lossy().replace('\\', "/");
    name.strip_suffix(OPEN).map(str::to_owned).unwrap_or(name)
}

/// A digest as WARC writes it.
pub(crate) fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    use sha2::Digest as _;
    let mut out = String::from("sha256:");
    for byte in sha2::Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
