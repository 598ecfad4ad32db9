//! A whole folder that appears at once: written beside its place, then exchanged with it.
//!
//! Whoever looks at the place at any moment, even after a crash, sees the old dataset or the new one.
//! What a killed run leaves beside it is removed by the next run.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::ExportError;

/// Files of which one tells a dataset of ours.
const MARKS: [&str; 2] = ["run.json", "datapackage.json"];

/// A folder in the making.
pub struct Folder {
    place: PathBuf,
    beside: PathBuf,
}

impl Folder {
    /// Starts a folder for a place that is free, empty, or holds an earlier dataset.
    pub fn start(place: &Path) -> Result<Self, ExportError> {
        let place = std::path::absolute(place).map_err(ExportError::io(place))?;
        let parent = place.parent().ok_or_else(|| ExportError::Foreign { path: place.clone() })?;
        fs::create_dir_all(parent).map_err(ExportError::io(parent))?;
        if !may_replace(&place)? {
            return Err(ExportError::Foreign { path: place });
        }
        let folder = Self { beside: sibling(&place), place };
        folder.clear()?;
        fs::create_dir(&folder.beside).map_err(ExportError::io(&folder.beside))?;
        Ok(folder)
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.beside
    }

    /// Puts the folder into its place.
    pub fn settle(self) -> Result<(), ExportError> {
        sync_all(&self.beside).map_err(ExportError::io(&self.beside))?;
        if self.place.exists() {
            renameat_with(CWD, &self.beside, CWD, &self.place, RenameFlags::EXCHANGE)
                .map_err(io::Error::from)
                .map_err(ExportError::io(&self.place))?;
        } else {
            fs::rename(&self.beside, &self.place).map_err(ExportError::io(&self.place))?;
        }
        if let Some(parent) = self.place.parent() {
            sync(parent).map_err(ExportError::io(parent))?;
        }
        self.clear()
    }

    /// Removes what stands beside the place: a half-written folder, or the dataset that was replaced.
    fn clear(&self) -> Result<(), ExportError> {
        match fs::remove_dir_all(&self.beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).map_err(ExportError::io(&self.beside)),
            _ => Ok(()),
        }
    }
}

impl Drop for Folder {
    /// A run that fails leaves nothing half-written behind; after `settle` there is nothing to remove.
    fn drop(&mut self) {
        let _ = self.clear();
    }
}

fn may_replace(place: &Path) -> Result<bool, ExportError> {
    match fs::read_dir(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).map_err(ExportError::io(place)),
        Ok(mut entries) => Ok(entries.next().is_none() || MARKS.iter().any(|mark| place.join(mark).is_file())),
    }
}

/// `out` is written as `.out.new`: on the same disk, out of sight, and found again by the next run.
fn sibling(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".new");
    place.with_file_name(name)
}

fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync_all(&path)? } else { sync(&path)? }
    }
    sync(folder)
}

fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
