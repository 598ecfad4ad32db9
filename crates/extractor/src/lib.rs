//! Reads a page into an article: head, blocks and cells, with the issues that it met.
//!
//! The doors are [`html`], [`text`] and [`json`]: bytes in, an [`Extraction`] out. They never fail and do no I/O.
//!
//! This crate must not know grammar, polars, files, the network or the clock.

use knowledge::Knowledge;
use model::{Article, Issue, When};

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
    /// Why there is none.
    pub refusal: Option<Issue>,
}

/// Reads an HTML page.
pub fn html(_page: &Page<'_>, _known: &Knowledge) -> Extraction {
    Extraction::default()
}

/// Reads a page that was saved as plain text: clock, title, lead, paragraphs, captions, author, related headlines.
pub fn text(_page: &Page<'_>, _known: &Knowledge) -> Extraction {
    Extraction::default()
}

/// Reads one line of JSON Lines: `id`, `url`, `title`, `published` (or `published_at`, `date_publish`), `text` (or `maintext`).
///
/// The line's `id` wins over the page's.
pub fn json(_page: &Page<'_>, _known: &Knowledge) -> Extraction {
    Extraction::default()
}
