//! Spellings as they are gathered from the tables: their words numbered, their meanings put into a trie.

use knowledge::Knowledge;
use rustc_hash::FxHashMap;

use super::Pattern;
use super::trie::{Capitals, Growing, Payload};
use crate::fold::Folding;
use crate::mark::{Mark, TimeWord};
use crate::token::is_letter;

/// The words of all spellings, by number; 0 is none of them.
#[derive(Debug)]
pub(super) struct Words {
    folding: Folding,
    /// The numbers of the words that a number can hold ([`Folding::pack`]), and of all others by their keys.
    packed: FxHashMap<u64, u32>,
    keyed: FxHashMap<Box<[char]>, u32>,
}

impl Words {
    fn new() -> Self {
        Self { folding: Folding::new(), packed: FxHashMap::default(), keyed: FxHashMap::default() }
    }

    /// What the alphabet knows of each letter.
    pub(super) fn letters(&self) -> &Folding {
        &self.folding
    }

    /// The number of a word; 0 if no spelling has it.
    pub(super) fn number(&self, word: &[char], key: &mut Vec<char>) -> u32 {
        let found = if let Some(packed) = self.folding.pack(word) {
            self.packed.get(&packed)
        } else {
            Folding::key(word, key);
            self.keyed.get(key.as_slice())
        };
        found.copied().unwrap_or(0)
    }

    /// The number of a word, a new one where it has none.
    fn intern(&mut self, word: &[char], key: &mut Vec<char>) -> u32 {
        let next = (self.packed.len() + self.keyed.len()) as u32 + 1;
        if let Some(packed) = self.folding.pack(word) {
            return *self.packed.entry(packed).or_insert(next);
        }
        Folding::key(word, key);
        if let Some(&word) = self.keyed.get(key.as_slice()) {
            return word;
        }
        self.keyed.insert(key.as_slice().into(), next);
        next
    }
}

/// What the tables give.
#[derive(Debug)]
pub(super) struct Spellings {
    pub(super) words: Words,
    pub(super) trie: Growing,
    /// The names whose words stand apart.
    pub(super) patterns: Vec<Pattern>,
}

impl Spellings {
    /// All spellings of all tables.
    pub(super) fn of(known: &Knowledge) -> Self {
        let mut spellings = Self { words: Words::new(), trie: Growing::new(), patterns: Vec::new() };
        spellings.fill(known);
        spellings
    }

    pub(super) fn add_all(&mut self, says: &[String], mark: Mark) {
        for spelling in says {
            self.add(spelling, mark);
        }
    }

    /// Adds one spelling. Its first letter's case counts for names of places and partners; a word all in capitals needs them.
    pub(super) fn add(&mut self, spelling: &str, mark: Mark) {
        let mut chars = Vec::with_capacity(spelling.len());
        chars.extend(spelling.chars());
        let mut node = 0;
        let mut key = Vec::with_capacity(16);
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            let letter = chars[at];
            at += 1;
            if letter.is_whitespace() || letter == '-' {
                continue;
            }
            if in_word(letter) {
                while chars.get(at).is_some_and(|c| in_word(*c)) {
                    at += 1;
                }
            }
            let word = self.words.intern(&chars[start..at], &mut key);
            node = self.trie.step(node, word);
        }
        let named = matches!(mark, Mark::Place(_) | Mark::Partner(_) | Mark::CarefulPartner(_) | Mark::Time(TimeWord::Roman(_)));
        let letters = || chars.iter().filter(|c| is_letter(**c));
        let short = letters().all(|c| c.is_uppercase()) && (2..=5).contains(&letters().count()) && !matches!(mark, Mark::Unit(_));
        let capital = named && chars.first().is_some_and(|c| c.is_uppercase());
        let payload = Payload { mark, capitals: Capitals::new(capital, short), kinds: mark.kinds(), sign: mark.sign() };
        let list = self.trie.payloads(node);
        // (listed as `CP` and as `cp` it may be written either way)
        match list.iter_mut().find(|old| old.mark == mark) {
            Some(old) => old.capitals = old.capitals.common(payload.capitals),
            None => list.push(payload),
        }
    }
}

fn in_word(letter: char) -> bool {
    letter.is_ascii_digit() || is_letter(letter) || letter.is_numeric()
}
