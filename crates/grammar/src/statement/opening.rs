//! The words with which the name of what is measured opens (`tỷ lệ`, `tổng chi phí`).

use std::collections::BTreeMap;

use knowledge::{Knowledge, UnitKind};

use super::Sentence;
use crate::letters::{is_first, lower};

/// Words of measure by their first letter, so that a name is compared with few of them.
#[derive(Debug)]
pub(crate) struct Openings<'k> {
    /// The longest first, with the kinds of units that they are measured in.
    words: BTreeMap<char, Vec<(&'k str, &'k [UnitKind])>>,
    /// Words that begin like one and are none (`tổng công ty`).
    traps: BTreeMap<char, Vec<&'k str>>,
    /// Words that leave the meaning of the one behind them (`tổng`).
    prefixes: &'k [String],
}

impl<'k> Openings<'k> {
    pub(crate) fn new(known: &'k Knowledge) -> Self {
        let mut words: BTreeMap<char, Vec<(&str, &[UnitKind])>> = BTreeMap::default();
        for list in &known.name_words.measures {
            for word in list.says.iter().chain(&list.weighed) {
                let Some(first) = word.chars().next() else { continue };
                words.entry(first).or_default().push((word, &list.units));
            }
        }
        // (of two lists that have a word the second counts)
        for words in words.values_mut() {
            words.reverse();
            words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        let mut traps: BTreeMap<char, Vec<&str>> = BTreeMap::default();
        for trap in &known.rivals.traps {
            let Some(first) = trap.chars().next() else { continue };
            traps.entry(lower(first)).or_default().push(trap);
        }
        Self { words, traps, prefixes: &known.name_words.prefixes }
    }

    /// The word of measure with which a name begins: its units, and where it ends in the name.
    fn of(&self, name: &str) -> Option<(&'k [UnitKind], usize)> {
        let first = lower(name.chars().next()?);
        let words = self.words.get(&first)?;
        if self.traps.get(&first).is_some_and(|traps| traps.iter().any(|trap| is_first(name, trap))) {
            return None;
        }
        let (word, units) = words.iter().find(|(word, _)| is_first(name, word))?;
        // (`tổng chi phí` is measured like `chi phí`)
        let whole = self.prefixes.iter().any(|prefix| prefix == word);
        let rest = name.get(word.len() + 1..).filter(|_| whole).and_then(|rest| self.of(rest));
        Some(rest.map_or((units, word.len()), |(units, length)| (units, word.len() + 1 + length)))
    }
}

impl Sentence<'_> {
    /// The word of measure with which a name begins: its units, and where it ends in the name.
    pub(super) fn opens_measure(&self, name: &str) -> Option<(&[UnitKind], usize)> {
        self.openings.of(name)
    }
}
