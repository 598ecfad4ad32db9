//! What the vocabulary tables have in common: ids in order, spellings with one meaning each.

use std::collections::BTreeMap;

use unicode_normalization::is_nfc;

use crate::{Files, KnowledgeError};

/// The ids and spellings of a table as far as it was read.
pub(crate) struct Register<'f> {
    files: &'f Files,
    table: &'static str,
    ids: Vec<String>,
    meanings: BTreeMap<String, String>,
}

impl<'f> Register<'f> {
    /// An empty register of one table.
    pub(crate) fn new(files: &'f Files, table: &'static str) -> Self {
        Self { files, table, ids: Vec::new(), meanings: BTreeMap::new() }
    }

    /// The same spellings, continued by a table that shares the namespace; its ids are its own.
    pub(crate) fn continued_in(self, table: &'static str) -> Self {
        Self { table, ids: Vec::new(), ..self }
    }

    /// Takes an id: it must be new and stand in alphabetical order.
    pub(crate) fn id(&mut self, id: &str) -> Result<(), KnowledgeError> {
        match self.ids.last() {
            Some(last) if last == id => return Err(self.twice(id, last)),
            Some(last) if last.as_str() > id => return Err(self.malformed(id, format!("`{id}` stands after `{last}`: sort the entries"))),
            _ => self.ids.push(id.to_owned()),
        }
        Ok(())
    }

    /// Takes a spelling: it must be NFC, trimmed, and mean nothing else (case does not tell two apart).
    pub(crate) fn spelling(&mut self, spelling: &str, meaning: &str) -> Result<(), KnowledgeError> {
        if spelling.trim() != spelling || spelling.is_empty() || !is_nfc(spelling) {
            return Err(self.malformed(spelling, format!("`{spelling}` is no clean spelling: write it in NFC, without spaces around it")));
        }
        match self.meanings.insert(spelling.to_lowercase(), meaning.to_owned()) {
            Some(first) => Err(self.twice(spelling, &first)),
            None => Ok(()),
        }
    }

    /// Takes every spelling of an entry.
    pub(crate) fn spellings<'s>(&mut self, spellings: impl IntoIterator<Item = &'s String>, meaning: &str) -> Result<(), KnowledgeError> {
        spellings.into_iter().try_for_each(|spelling| self.spelling(spelling, meaning))
    }

    /// Requires that an id that an entry refers to is defined, now that the table is read.
    pub(crate) fn refers(&self, id: &str) -> Result<(), KnowledgeError> {
        match self.ids.binary_search_by(|known| known.as_str().cmp(id)) {
            Ok(_) => Ok(()),
            Err(_) => Err(KnowledgeError::UnknownId { file: self.table.to_owned(), line: self.line(id), id: id.to_owned() }),
        }
    }

    /// An error at the last place where a string stands in quotes.
    pub(crate) fn malformed(&self, needle: &str, why: String) -> KnowledgeError {
        KnowledgeError::Malformed { file: self.table.to_owned(), line: self.line(needle), why }
    }

    fn twice(&self, what: &str, first: &str) -> KnowledgeError {
        KnowledgeError::Twice { file: self.table.to_owned(), line: self.line(what), what: what.to_owned(), first: first.to_owned() }
    }

    fn line(&self, needle: &str) -> usize {
        self.files.last_line_of(self.table, &format!("\"{needle}\""))
    }
}
