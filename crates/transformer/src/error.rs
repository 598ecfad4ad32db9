//! What can stop a transformation.

use std::io;
use std::path::PathBuf;

use polars::prelude::PolarsError;

/// A transformation that cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransformError {
    /// A folder or file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// polars refused; most often the disk is full or a file is damaged.
    #[error("{doing}: {source}")]
    Frame {
        /// What was being done.
        doing: String,
        /// What polars said.
        source: PolarsError,
    },
    /// `data/columns.toml` has other columns than the program writes.
    #[error("columns.toml: table `{table}` has `{expected}` where the program writes `{written}`")]
    Column {
        /// The table.
        table: String,
        /// The column of the definition.
        expected: String,
        /// The column that the program writes.
        written: String,
    },
    /// `data/columns.toml` lacks a table that the program writes.
    #[error("columns.toml: there is no table `{table}`")]
    Table {
        /// The table.
        table: String,
    },
    /// The folder to extend holds no dataset of ours.
    #[error("{}: not a dataset that can be extended: {why}", path.display())]
    NotADataset {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        why: String,
    },
    /// A known error is no longer in its source.
    #[error("corrections.toml: `{id}` expects {expected} in article `{article}`, which holds {found}")]
    Correction {
        /// Id of the correction.
        id: String,
        /// The article.
        article: String,
        /// The value that the correction mends.
        expected: String,
        /// What stands there now.
        found: String,
    },
}

impl TransformError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } | Self::Frame { .. } => "see that the disk has room and the folder can be written",
            Self::Column { .. } | Self::Table { .. } => "take columns.toml from data/; only its descriptions may change",
            Self::NotADataset { .. } => "give a folder that an earlier run wrote as Parquet, or an empty one",
            Self::Correction { .. } => "the source was mended or is read differently: delete or renew the correction",
        }
    }

    /// Wraps a system error with the path.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Wraps a polars error with what was being done.
    pub(crate) fn frame(doing: impl Into<String>) -> impl FnOnce(PolarsError) -> Self {
        let doing = doing.into();
        move |source| Self::Frame { doing, source }
    }
}
