//! What can be wrong with a table, with its file and line.

use std::path::PathBuf;

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// The folder or a file in it cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no TOML, or has a key or a value that does not belong there.
    #[error("{file}:{line}: {why}")]
    Malformed {
        /// The table, below the data folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// A table is not there.
    #[error("{file}: there is no such table")]
    Missing {
        /// The table, below the data folder.
        file: String,
    },
    /// An id is referred to and defined nowhere.
    #[error("{file}:{line}: `{id}` is defined nowhere")]
    UnknownId {
        /// The table.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The id.
        id: String,
    },
    /// An id is defined twice, or a spelling has two meanings.
    #[error("{file}:{line}: `{what}` already means `{first}`")]
    Twice {
        /// The table.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The id or spelling.
        what: String,
        /// Its first meaning.
        first: String,
    },
}

impl KnowledgeError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "give a folder with the same tables as data/",
            Self::Malformed { .. } => "data/README.md shows the keys of every table",
            Self::Missing { .. } => "copy the table from data/, even if you leave it as it is",
            Self::UnknownId { .. } => "define the id, or correct its spelling",
            Self::Twice { .. } => "keep one of the two",
        }
    }
}
