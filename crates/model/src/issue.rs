//! What could not be read, where and why.

use serde::{Deserialize, Serialize};

/// The closed list of troubles that a page can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueKind {
    /// There is nothing to read.
    Empty,
    /// The bytes are no text.
    Binary,
    /// Some bytes fit no encoding and were replaced.
    Encoding,
    /// Text was damaged in a known way and repaired.
    Repaired,
    /// The input ends in the middle.
    Truncated,
    /// The page is not an article: a section page, a video, a login wall …
    NotAnArticle,
    /// No title was found.
    NoTitle,
    /// No body was found.
    NoBody,
    /// Sources within the page disagree.
    Disagreement,
    /// A date or time was not understood.
    Time,
    /// A part is larger than the reader's limit.
    TooLarge,
    /// The article stands on several pages: it was put together from them, or this is one of them and others are missing.
    SeveralPages,
    /// An input line or file has the wrong form.
    Malformed,
    /// A file or folder cannot be opened.
    Unreadable,
}

impl IssueKind {
    /// The name in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::Encoding => "encoding",
            Self::Repaired => "repaired",
            Self::Truncated => "truncated",
            Self::NotAnArticle => "not_an_article",
            Self::NoTitle => "no_title",
            Self::NoBody => "no_body",
            Self::Disagreement => "disagreement",
            Self::Time => "time",
            Self::TooLarge => "too_large",
            Self::SeveralPages => "several_pages",
            Self::Malformed => "malformed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One trouble: what, where, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// What kind it is.
    pub kind: IssueKind,
    /// Where: a field, a byte offset, a line.
    pub place: String,
    /// Why, in a sentence fragment for people.
    pub why: String,
}

impl Issue {
    /// A new issue.
    pub fn new(kind: IssueKind, place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { kind, place: place.into(), why: why.into() }
    }
}
