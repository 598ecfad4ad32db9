//! Spilled files that are not needed any more, removed beside other work.
//!
//! They go early, for there is as much of them as of the dataset; and beside, for a system takes seconds to give back
//! gigabytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use crate::TransformError;

/// Folders that are being removed.
#[derive(Default)]
pub struct Sweep {
    begun: Vec<JoinHandle<Result<(), TransformError>>>,
}

impl Sweep {
    /// Begins to remove some folders of a folder; those that were never made are none.
    pub fn begin(&mut self, within: &Path, names: &[&str]) {
        let folders: Vec<PathBuf> = names.iter().map(|name| within.join(name)).filter(|folder| folder.exists()).collect();
        self.begun.push(thread::spawn(move || {
            folders.iter().try_for_each(|folder| fs::remove_dir_all(folder).map_err(TransformError::io(folder)))
        }));
    }

    /// Waits until all are gone.
    pub fn end(mut self) -> Result<(), TransformError> {
        // A thread that only removes files does not panic; if it did, what it left goes with the staging folder.
        self.begun.drain(..).try_for_each(|thread| thread.join().unwrap_or(Ok(())))
    }
}

impl Drop for Sweep {
    /// A transformation that fails leaves its folder to its caller, who must not meet somebody else removing files in it.
    fn drop(&mut self) {
        for thread in self.begun.drain(..) {
            let _ = thread.join();
        }
    }
}
