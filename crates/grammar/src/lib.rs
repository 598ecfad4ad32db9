//! Reads what Vietnamese sentences say about numbers.

use jiff::civil::Date;
use knowledge::Knowledge;
use model::{Article, Observation, Unread};

/// The grammar over its tables; built once, used by all threads.
#[derive(Debug)]
pub struct Grammar {}

/// What an article states.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The day of publication that the text implies, where the article states none.
    pub published: Option<Date>,
    /// Its figures, in order of place.
    pub observations: Vec<Observation>,
    /// Numbers that were seen and not understood, in order of place.
    pub unread: Vec<Unread>,
}

impl Grammar {
    /// Builds the automata from the tables.
    pub fn new(_known: &Knowledge) -> Self {
        Self {}
    }

    /// Reads an article's blocks.
    pub fn read(&self, _article: &Article) -> Reading {
        Reading::default()
    }

    /// Says how one sentence was read, part by part, for people.
    pub fn explain(&self, _sentence: &str, _published: Option<Date>) -> String {
        String::new()
    }
}
