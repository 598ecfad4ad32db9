//! What the program knows, as tables: the only reader of `data/`.
//!
//! The door is [`Knowledge::load`]: the tables that the program was built with, or a folder of them.
//! Loading checks everything at once (unknown keys, ids defined twice or nowhere, spellings with two meanings)
//! and names file and line; after that nothing can fail.
//!
//! This crate must not know HTML, grammar, polars or the network.

mod error;
mod files;
mod publishers;

use std::path::Path;

pub use error::KnowledgeError;
pub use files::Files;
pub use publishers::{Cues, Family, Layout, Publishers, Site};

/// All tables, checked.
#[derive(Debug)]
pub struct Knowledge {
    /// Profiles of publishers.
    pub publishers: Publishers,
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
        Ok(Self { publishers: Publishers::load(files)? })
    }
}
