//! Spellings with words exchanged for their synonyms.

use rustc_hash::FxHashSet;

/// The variants of names by the words that stand for each other, without those that some entry lists itself.
#[derive(Debug)]
pub(crate) struct Synonyms<'k> {
    groups: &'k [Vec<String>],
    listed: FxHashSet<String>,
}

impl<'k> Synonyms<'k> {
    pub(crate) fn new<'s>(groups: &'k [Vec<String>], listed: impl Iterator<Item = &'s String>) -> Self {
        Self { groups, listed: listed.map(|spelling| spelling.to_lowercase()).collect() }
    }

    /// The spellings that a spelling stands for besides itself.
    pub(crate) fn of(&self, spelling: &str) -> impl Iterator<Item = String> {
        self.groups
            .iter()
            .flat_map(|group| group.iter().flat_map(move |word| group.iter().map(move |other| (word, other))))
            .filter(|(word, other)| word != other)
            .filter_map(|(word, other)| exchanged(spelling, word, other))
            .filter(|variant| !self.listed.contains(&variant.to_lowercase()))
    }
}

/// A spelling with one whole word, or group of words, in the place of another.
fn exchanged(spelling: &str, word: &str, other: &str) -> Option<String> {
    let lower = spelling.to_lowercase();
    let at = lower.find(&word.to_lowercase()).filter(|_| lower.len() == spelling.len())?;
    let (before, behind) = (&spelling[..at], &spelling[at + word.len()..]);
    let whole = |edge: Option<char>| edge.is_none_or(|letter| !letter.is_alphanumeric());
    (whole(before.chars().next_back()) && whole(behind.chars().next())).then(|| format!("{before}{other}{behind}"))
}
