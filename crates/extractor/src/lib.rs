//! Reads a page into an article: head, blocks and cells, with the issues that it met.
//!
//! The doors are [`Extractor::html`], [`Extractor::text`] and [`Extractor::json`]: bytes in, an [`Extraction`] out.
//! They never fail and do no I/O. An [`Extractor`] is built once a run and compiles a profile's selectors when it first meets
//! one of its pages; [`html`], [`text`] and [`json`] are the same for a single page.
//! What was read goes through [`Parts`], where the pages of one article become one.
//!
//! Reading order: `encoding` (bytes to text), `parse` (text to a tree), `head` (what the page says of itself), `profile` (where its publisher puts things),
//! `generic` (where things stand on a page that no profile knows), `walk` and `segment` (a body as pieces), `tidy` and `boxes` (what is no part of it), `claims` (who, when, where),
//! `html` (all of it put together), `plain` (pages saved as text and JSON Lines), `parts` and `join` (the pages of an article as one).
//!
//! This crate must not know grammar, polars, files, the network or the clock.

mod address;
mod assemble;
mod boxes;
mod claims;
mod clean;
mod dom;
mod encoding;
mod generic;
mod head;
mod html;
mod join;
mod legacy;
mod limits;
mod linked;
mod names;
mod parse;
mod parts;
mod plain;
mod profile;
mod refuse;
mod segment;
mod table;
mod tidy;
mod time;
mod walk;
mod words;

use knowledge::{Knowledge, Publishers};
use model::{Article, Issue, When};

pub use address::Paging;
pub use parts::Parts;
pub use profile::BadSelector;

/// A page as it came in.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The article's id, unique in the run.
    pub id: &'a str,
    /// Path, URL or WARC record that it was read from.
    pub source: &'a str,
    /// The bytes, unpacked.
    pub bytes: &'a [u8],
    /// The address, where known.
    pub url: Option<&'a str>,
    /// The charset that the server declared.
    pub charset: Option<&'a str>,
    /// When it was fetched.
    pub fetched: Option<When>,
}

/// What was read: an article, or none with the reason among the issues.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The article; it holds its own issues.
    pub article: Option<Article>,
    /// Where the page stands among the pages of its article, if that has several.
    pub paging: Option<Paging>,
    /// Why there is none.
    pub refusal: Option<Issue>,
}

impl Extraction {
    fn of(article: Article) -> Self {
        Self { article: Some(article), ..Self::default() }
    }

    fn refused(refusal: Issue) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }
}

/// Reads pages, many with one preparation; threads may share it.
pub struct Extractor {
    profiles: profile::Profiles,
    names: generic::Names,
    words: words::Words,
}

impl Extractor {
    /// Prepares the profiles of all publishers.
    pub fn new(known: &Knowledge) -> Self {
        Self::with(&known.publishers)
    }

    /// Prepares these profiles only; with [`Publishers::generic`] every page is read by its shape.
    pub fn with(publishers: &Publishers) -> Self {
        Self {
            profiles: profile::Profiles::new(publishers),
            names: generic::Names::new(&publishers.cues),
            words: words::Words::new(&publishers.cues),
        }
    }

    /// The selectors that do not compile; a table folder of a user's own is checked with it before a run.
    pub fn bad_selectors(&self) -> Vec<BadSelector> {
        self.profiles.check()
    }

    /// Reads an HTML page.
    pub fn html(&self, page: &Page<'_>) -> Extraction {
        html::read(page, &self.profiles, &self.names, &self.words)
    }

    /// Reads a page that was saved as plain text: clock, title, lead, paragraphs, captions, author, related headlines.
    pub fn text(&self, page: &Page<'_>) -> Extraction {
        plain::text(page, &self.words)
    }

    /// Reads one line of JSON Lines: `id`, `url`, `title`, `published` (or `published_at`, `date_publish`), `text` (or `maintext`).
    ///
    /// The line's `id` wins over the page's.
    pub fn json(&self, page: &Page<'_>) -> Extraction {
        plain::json(page, &self.profiles, &self.words)
    }
}

/// Reads an HTML page.
pub fn html(page: &Page<'_>, known: &Knowledge) -> Extraction {
    Extractor::new(known).html(page)
}

/// Reads a page that was saved as plain text.
pub fn text(page: &Page<'_>, known: &Knowledge) -> Extraction {
    Extractor::new(known).text(page)
}

/// Reads one line of JSON Lines.
pub fn json(page: &Page<'_>, known: &Knowledge) -> Extraction {
    Extractor::new(known).json(page)
}
