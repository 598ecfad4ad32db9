//! The stages, as the commands call them: page to record here, records to dataset and files below.
//!
//! The only place that chains crates which do not know each other.

use std::path::Path;

use extractor::{Extractor, Page};
use grammar::Grammar;
use knowledge::{Knowledge, KnowledgeError};
use model::{Issue, IssueKind, PublishedFrom, Record, When};

use crate::input::Kind;

/// Reads pages: built once, used by all threads.
pub struct Reader {
    /// The tables.
    pub known: Knowledge,
    /// The extractor over them.
    extractor: Extractor,
    /// The grammar over them.
    pub grammar: Grammar,
}

impl Reader {
    /// Over the built-in tables, or those of a folder.
    pub fn load(data: Option<&Path>) -> Result<Self, KnowledgeError> {
        let known = Knowledge::load(data)?;
        let extractor = Extractor::new(&known);
        let grammar = Grammar::new(&known);
        Ok(Self { known, extractor, grammar })
    }

    /// Reads one page and what it states; the refusal says why there is none.
    pub fn read(&self, page: &Page<'_>, kind: Kind) -> Result<Record, Issue> {
        let extraction = match kind {
            Kind::Html => self.extractor.html(page),
            Kind::Text => self.extractor.text(page),
            Kind::Jsonl => self.extractor.json(page),
        };
        let Some(mut article) = extraction.article else {
            return Err(extraction.refusal.unwrap_or_else(|| Issue::new(IssueKind::NotAnArticle, "page", "no article was found")));
        };
        let reading = self.grammar.read(&article);
        if let (None, Some(day)) = (article.published, reading.published) {
            article.published = Some(When::Day(day));
            article.published_from = Some(PublishedFrom::Text);
        }
        Ok(Record { article, observations: reading.observations, unread: reading.unread })
    }
}

/// What became of the records.
#[derive(Debug, Default, serde::Serialize)]
pub struct Outcome {
    /// Rows of each table.
    pub rows: std::collections::BTreeMap<String, u64>,
    /// Checks by verdict.
    pub verdicts: std::collections::BTreeMap<String, u64>,
    /// The checks that came out inconsistent.
    pub failed: Vec<FailedCheck>,
}

/// A check that came out inconsistent.
#[derive(Debug, serde::Serialize)]
pub struct FailedCheck {
    /// Its name.
    pub check: String,
    /// The article; none where it joins several.
    pub article: Option<String>,
    /// In words.
    pub explanation: String,
}

/// A file of the dataset.
#[derive(Debug, serde::Serialize)]
pub struct DatasetFile {
    /// Below the dataset's folder.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// BLAKE3, hex.
    pub blake3: String,
}
