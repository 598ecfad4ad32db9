//! A page as an article: its head, its blocks and where each stands in the text.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::{Issue, Observation, Unread};

/// Vietnam keeps UTC+7 all year and has done so since 1975.
const VIETNAM: Offset = Offset::constant(7);

/// A day or an instant, as exactly as the source says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A day in Vietnam; the hour is unknown.
    Day(Date),
    /// An instant.
    Instant(Timestamp),
}

impl When {
    /// The instant of a local Vietnamese date and time.
    pub fn local(at: jiff::civil::DateTime) -> Option<Self> {
        VIETNAM.to_timestamp(at).ok().map(Self::Instant)
    }

    /// The day in Vietnam.
    pub fn day(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Instant(at) => VIETNAM.to_datetime(at).date(),
        }
    }

    /// The instant; a day counts from its midnight in Vietnam.
    pub fn timestamp(self) -> Timestamp {
        match self {
            Self::Day(date) => VIETNAM.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH),
            Self::Instant(at) => at,
        }
    }
}

impl fmt::Display for When {
    /// ISO 8601: `2021-01-12`, or `2024-11-05T20:25:00+07:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Instant(at) => {
                let zoned = Zoned::new(*at, TimeZone::fixed(VIETNAM));
                write!(f, "{}+07:00", zoned.datetime())
            }
        }
    }
}

/// How the day of publication is known, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedFrom {
    /// Linked data in the page (`application/ld+json`).
    JsonLd,
    /// A `meta` element, or a field of a JSON Lines article.
    Meta,
    /// The page's visible markup.
    Markup,
    /// The address.
    Url,
    /// Inferred from the article's text.
    Text,
}

impl PublishedFrom {
    /// The name in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::Markup => "markup",
            Self::Url => "url",
            Self::Text => "text",
        }
    }
}

/// What a piece of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The lead (sapo).
    Lead,
    /// A heading inside the body.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// The caption of an image or table.
    Caption,
    /// A data table, its cells joined by tabs and line breaks.
    Table,
    /// The line that names the author.
    Byline,
    /// A link to another article; not part of the text.
    Related,
}

impl BlockKind {
    /// The name in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list_item",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::Table => "table",
            Self::Byline => "byline",
            Self::Related => "related",
        }
    }
}

/// A piece of an article, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, as it stands in the article's text.
    pub text: String,
    /// First character and the one after the last, in Unicode characters of [`Article::text`]; `None` for what is not part of it.
    pub span: Option<(u32, u32)>,
    /// Where it leads, for related articles.
    pub href: Option<String>,
    /// The image that a caption belongs to.
    pub image: Option<String>,
}

/// A cell of a data table, spans resolved: a cell over two columns is two cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The table's number in the article, from 0.
    pub table: u32,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// Whether it heads a row or column.
    pub header: bool,
    /// Its text.
    pub text: String,
    /// First character and the one after the last in [`Article::text`], where the cell stands there.
    pub span: Option<(u32, u32)>,
}

/// One page, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The id, unique in a run: a JSON Lines article's own, a file's name without endings, or a hash of the canonical URL.
    pub id: String,
    /// Path, URL or WARC record that it was read from.
    pub source: String,
    /// The address, where known.
    pub url: Option<String>,
    /// The address of the article itself, as the page names it, without the marks of AMP, print and tracking.
    pub canonical_url: Option<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// The province that a local publisher serves, as a region id.
    pub publisher_region: Option<String>,
    /// Which publisher profile and layout read it, or `generic`, `text`, `json`.
    pub profile: String,
    /// The headline.
    pub title: Option<String>,
    /// The lead (sapo), as printed.
    pub lead: Option<String>,
    /// What the lead begins with before its dash: `(Dân trí)`.
    pub lead_prefix: Option<String>,
    /// Names of people.
    pub authors: Vec<String>,
    /// The agency or paper that the text is credited to.
    pub credit: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Day or instant of publication.
    pub published: Option<When>,
    /// How it is known.
    pub published_from: Option<PublishedFrom>,
    /// Instant of the last change.
    pub modified: Option<When>,
    /// The page's own clock, which is not its date of publication.
    pub rendered: Option<When>,
    /// When it was fetched.
    pub fetched: Option<When>,
    /// Language, as BCP 47.
    pub language: Option<String>,
    /// Title, lead and body blocks joined by blank lines; for plain text the input itself.
    pub text: String,
    /// Its pieces, in reading order.
    pub blocks: Vec<Block>,
    /// The cells of its tables.
    pub cells: Vec<Cell>,
    /// Hash (BLAKE3, hex) of the text.
    pub content_hash: String,
    /// What could not be read.
    pub issues: Vec<Issue>,
}

impl Article {
    /// An article without content, to be filled.
    pub fn empty(id: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            source: source.into(),
            url: None,
            canonical_url: None,
            publisher: None,
            publisher_region: None,
            profile: String::new(),
            title: None,
            lead: None,
            lead_prefix: None,
            authors: Vec::new(),
            credit: None,
            section: None,
            tags: Vec::new(),
            published: None,
            published_from: None,
            modified: None,
            rendered: None,
            fetched: None,
            language: None,
            text: String::new(),
            blocks: Vec::new(),
            cells: Vec::new(),
            content_hash: String::new(),
            issues: Vec::new(),
        }
    }
}

/// An article with what its text states: the unit that stages hand on, one line of a records file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The article.
    pub article: Article,
    /// Its figures, in order of place.
    pub observations: Vec<Observation>,
    /// Numbers that were seen and not understood, in order of place.
    pub unread: Vec<Unread>,
}
