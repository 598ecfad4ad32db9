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
    /// The number of `to` in the vocabulary.
    #[serde(skip)]
    pub becomes: Option<u16>,
    /// The numbers of those of `after`.
    #[serde(skip)]
    pub follows: Vec<u16>,
}

/// All of them, and which are of one indicator.
#[derive(Clone, Debug)]
pub struct Specialisations {
    entries: Vec<Specialisation>,
    /// By the indicator's number, those that it becomes another by.
    of: Vec<Vec<u16>>,
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

impl Specialisations {
    /// All, in the order of their table.
    pub fn iter(&self) -> impl Iterator<Item = &Specialisation> {
        self.entries.iter()
    }

    /// Those of an indicator, with their numbers.
    pub fn of(&self, indicator: u16) -> impl DoubleEndedIterator<Item = (u16, &Specialisation)> {
        self.of[usize::from(indicator)].iter().map(|number| (*number, &self.entries[usize::from(*number)]))
    }

    pub(crate) fn load(files: &Files, indicators: &[Indicator]) -> Result<Self, KnowledgeError> {
        let Table { specialisation: mut entries } = files.table(FILE)?;
        if entries.len() > Specialisation::MOST {
            let why = format!("more than {} entries", Specialisation::MOST);
            return Err(KnowledgeError::Malformed { file: FILE.to_owned(), line: 1, why });
        }
        let number = |id: &String| match indicators.iter().position(|indicator| indicator.id == *id) {
            Some(at) => Ok(at as u16),
            None => Err(KnowledgeError::UnknownId { file: FILE.into(), line: files.line_of(FILE, id), id: id.clone() }),
        };
        let mut of = vec![Vec::new(); indicators.len()];
        for (at, entry) in entries.iter_mut().enumerate() {
            of[usize::from(number(&entry.from)?)].push(at as u16);
            entry.becomes = entry.to.as_ref().map(number).transpose()?;
            entry.follows = entry.after.iter().map(number).collect::<Result<_, _>>()?;
        }
        Ok(Self { entries, of })
    }
}
