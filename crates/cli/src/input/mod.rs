//! Pages in: from files, folders and standard input; HTML, text and JSON Lines; plain or gzip.
//!
//! [`find()`] lists the inputs in a fixed order, [`pages`] opens them one after another and hands out [`Pending`] pages.
//! What cannot be opened becomes a [`Refused`] line and never stops the rest.

mod find;
mod kind;
mod pages;
mod unpack;

pub use find::{Inputs, find};
pub use kind::{Kind, stem};
pub use pages::{Pages, Pending, load};
pub use unpack::Unpacked;

use model::Issue;

/// One input file, or standard input.
#[derive(Clone, Debug)]
pub struct Input {
    /// As the user gave it or the folder lists it; `-` for standard input.
    pub source: String,
    /// What it holds, where its name or the user says so.
    pub kind: Option<Kind>,
    /// Size on disk, where it has one.
    pub bytes: Option<u64>,
}

/// Standard input's name on the command line.
pub const STANDARD_INPUT: &str = "-";

/// A page or input that gave no article, with the reason.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The page: a path, or a path and a line.
    pub source: String,
    /// Why.
    pub issue: Issue,
}

/// What an input was, for `run.json`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Seen {
    /// As in [`Input::source`].
    pub source: String,
    /// Bytes as they lie on disk.
    pub bytes: u64,
    /// BLAKE3 of those bytes, hex.
    pub blake3: String,
}
