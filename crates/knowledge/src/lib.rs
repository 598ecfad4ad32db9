//! What the program knows, as tables: the only reader of `data/`.
//!
//! The door is [`Knowledge::load`]: the tables that the program was built with, or a folder of them.
//! Loading checks everything at once (unknown keys, ids defined twice or nowhere, spellings with two meanings)
//! and names file and line; after that nothing can fail.
//!
//! This crate must not know HTML, grammar, polars or the network.

mod checks;
mod columns;
mod corrections;
mod error;
mod files;

use std::path::Path;

pub use checks::{Bounds, Checks, Sentence, Whole, Width};
pub use columns::{Column, ColumnType, Columns, Table};
pub use corrections::Correction;
pub use error::KnowledgeError;
pub use files::Files;

/// All tables, checked.
#[derive(Debug)]
pub struct Knowledge {
    /// The output's tables and columns.
    pub columns: Columns,
    /// How figures are compared.
    pub checks: Checks,
    /// Known errors of sources.
    pub corrections: Vec<Correction>,
}

impl Knowledge {
    /// The built-in tables, or those of a folder.
    pub fn load(folder: Option<&Path>) -> Result<Self, KnowledgeError> {
        let files = match folder {
            Some(folder) => Files::from_dir(folder)?,
            None => Files::built_in(),
        };
        Self::from_files(&files)
    }

    fn from_files(files: &Files) -> Result<Self, KnowledgeError> {
        Ok(Self { columns: Columns::load(files)?, checks: Checks::load(files)?, corrections: corrections::load(files)? })
    }
}
