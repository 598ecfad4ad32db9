//! What can stop an export.

use std::io;
use std::path::PathBuf;

use polars::prelude::PolarsError;

/// A dataset that cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A folder or file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// polars refused.
    #[error("{}: {source}", path.display())]
    Frame {
        /// The file that was being written or read.
        path: PathBuf,
        /// What polars said.
        source: PolarsError,
    },
    /// The folder holds something that is not a dataset; nothing of it is touched.
    #[error("{}: the folder is not empty and holds no dataset of this program", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds no tables.
    #[error("{}: there are no tables in this folder", path.display())]
    NoTables {
        /// The folder.
        path: PathBuf,
    },
    /// A table or column is written that `data/columns.toml` does not describe.
    #[error("columns.toml does not describe `{name}`")]
    Undescribed {
        /// The table, or table and column.
        name: String,
    },
}

impl ExportError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } | Self::Frame { .. } => "see that the disk has room and the folder can be written",
            Self::Foreign { .. } => "give an empty or new folder, or one that an earlier run wrote",
            Self::NoTables { .. } => "give a folder that `solieu transform` wrote",
            Self::Undescribed { .. } => "describe it in columns.toml",
        }
    }

    /// Wraps a system error with the path.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Wraps a polars error with the file.
    pub(crate) fn frame(path: impl Into<PathBuf>) -> impl FnOnce(PolarsError) -> Self {
        let path = path.into();
        move |source| Self::Frame { path, source }
    }
}
