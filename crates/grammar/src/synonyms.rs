//! Spellings with words exchanged for their synonyms.

use rustc_hash::FxHashSet;

/// The variants of names by the words that stand for each other, without those that some entry lists itself.
#[derive(Debug)]
pub(crate) struct Synonyms<'k> {
    groups: &'k [Vec<String>],
    /// The words of the groups in small letters.
    lower: Vec<Vec<String>>,
    listed: FxHashSet<String>,
}

impl<'k> Synonyms<'k> {
    pub(crate) fn new<'s>(groups: &'k [Vec<String>], listed: impl Iterator<Item = &'s String>) -> Self {
        let lower = groups.iter().map(|group| group.iter().map(|word| word.to_lowercase()).collect()).collect();
        Self { groups, lower, listed: listed.map(|spelling| spelling.to_lowercase()).collect() }
    }

    /// The spellings that a spelling stands for besides itself.
    pub(crate) fn of(&self, spelling: &str) -> Vec<String> {
        let folded = spelling.to_lowercase();
        let mut variants = Vec::new();
        for (group, lower) in self.groups.iter().zip(&self.lower) {
            for (at, word) in lower.iter().enumerate() {
                let Some((before, behind)) = around(spelling, &folded, word) else { continue };
                let others = group.iter().enumerate().filter(|(other, _)| *other != at);
                variants.extend(others.map(|(_, other)| format!("{before}{other}{behind}")));
            }
        }
        variants.retain(|variant| !self.listed.contains(&variant.to_lowercase()));
        variants
    }
}

/// What stands before and behind a whole word, or group of words, in a spelling.
fn around<'s>(spelling: &'s str, folded: &str, word: &str) -> Option<(&'s str, &'s str)> {
    let at = folded.find(word).filter(|_| folded.len() == spelling.len())?;
    let (before, behind) = (spelling.get(..at)?, spelling.get(at + word.len()..)?);
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    (edge(before.chars().next_back()) && edge(behind.chars().next())).then_some((before, behind))
}
