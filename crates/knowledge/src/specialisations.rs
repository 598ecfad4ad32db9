//! General indicators that a word beside them makes others (`data/specialisations.toml`).

use serde::Deserialize;

use crate::{Files, Indicator, KnowledgeError};

const FILE: &str = "specialisations.toml";

/// `from` becomes `to` beside certain words, or is outside the vocabulary beside them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Specialisation {
    /// Id of the general indicator.
    pub from: String,
    /// Id of the one that it becomes; none where the vocabulary has none.
    pub to: Option<String>,
    /// Words in the sentence before the figure, or in the title.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Words in the figure's own clause, before it.
    #[serde(default)]
    pub own: Vec<String>,
    /// Words between the figure and the next.
    #[serde(default)]
    pub behind: Vec<String>,
    /// Codes of the figure's unit that decide alone.
    #[serde(default)]
    pub units: Vec<String>,
    /// The names of the general indicator for which it holds; all where none is listed.
    #[serde(default)]
    pub named: Vec<String>,
    /// Codes of the figure's unit without which it does not hold.
    #[serde(default)]
    pub only: Vec<String>,
    /// Whether its words in the title decide over those in the sentence.
    #[serde(default)]
    pub title: bool,
    /// Ids of indicators that the figure before may be of, where no words decide: a text that told of one goes on with it.
    #[serde(default)]
    pub after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    specialisation: Vec<Specialisation>,
}

impl Specialisation {
    /// More of them than a text keeps apart: each that its title calls for is a bit.
    pub const MOST: usize = 512;
}

pub(crate) fn load(files: &Files, indicators: &[Indicator]) -> Result<Vec<Specialisation>, KnowledgeError> {
    let table: Table = files.table(FILE)?;
    if table.specialisation.len() > Specialisation::MOST {
        let why = format!("more than {} entries", Specialisation::MOST);
        return Err(KnowledgeError::Malformed { file: FILE.to_owned(), line: 1, why });
    }
    for id in table.specialisation.iter().flat_map(|entry| entry.to.iter().chain([&entry.from]).chain(&entry.after)) {
        if !indicators.iter().any(|indicator| indicator.id == *id) {
            return Err(KnowledgeError::UnknownId { file: FILE.into(), line: files.line_of(FILE, id), id: id.clone() });
        }
    }
    Ok(table.specialisation)
}
