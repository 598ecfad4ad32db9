//! The stages, as the commands call them: page to record here, records to dataset and files below.
//!
//! The only place that chains crates which do not know each other.

use extractor::{Extractor, Page};
use grammar::Grammar;
use knowledge::Knowledge;
use model::{Issue, IssueKind, PublishedFrom, Record, When};

use crate::input::Kind;

/// Reads pages: built once, used by all threads.
pub struct Reader<'k> {
    extractor: Extractor,
    /// The grammar, for who has sentences without a page.
    pub grammar: Grammar<'k>,
}

impl<'k> Reader<'k> {
    /// Over some tables.
    pub fn new(known: &'k Knowledge) -> Self {
        Self { extractor: Extractor::new(known), grammar: Grammar::new(known) }
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
