//! Known errors of sources, mended as data.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{Files, KnowledgeError};

const FILE: &str = "corrections.toml";

/// One known error and its mending.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// A name for it.
    pub id: String,
    /// The article's id.
    pub article: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// The words that hold the error.
    pub quote: String,
    /// The value that the reader gives for them, in base units.
    pub expect: Decimal,
    /// The true value.
    pub value: Decimal,
    /// How it is known to be an error.
    pub why: String,
    /// Who provided the correction.
    pub by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    correction: Vec<Correction>,
}

/// Reads and checks the table.
pub(crate) fn load(files: &Files) -> Result<Vec<Correction>, KnowledgeError> {
    let File { correction: corrections } = files.table(FILE)?;
    for (at, correction) in corrections.iter().enumerate() {
        let id = &correction.id;
        let line = files.line_of(FILE, &format!("\"{id}\""));
        if corrections[..at].iter().any(|earlier| earlier.id == *id) {
            return Err(KnowledgeError::Twice { file: FILE.to_owned(), line, what: id.clone(), first: id.clone() });
        }
        if correction.article.is_some() == correction.url.is_some() {
            return Err(KnowledgeError::Malformed { file: FILE.to_owned(), line, why: format!("`{id}` needs either `article` or `url`") });
        }
    }
    Ok(corrections)
}
