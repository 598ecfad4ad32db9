//! Whom a text is about: the enterprise that its title names and that it names again and again.
//!
//! No table knows the enterprises, so one is known by its letters: a code (`BVT`), capitals inside a word (`DongABank`), a word too
//! long and too plain for a syllable of the language (`Vinamilk`).

use crate::lexicon::Hits;
use crate::mark::{Mark, Narrowing};
use crate::text::Text;
use crate::token::Token;
use crate::topic::words;

/// So often a text names whom it is about.
const OFTEN: u32 = 3;
/// A code has so many letters at least.
const CODE: usize = 3;
/// A word of so many letters without a sign is hardly a syllable of the language.
const FOREIGN: usize = 6;
/// A word that goes on with a name has so many letters (`FPT Retail`).
const FURTHER: usize = 4;

/// The enterprises that the title of a text names.
#[derive(Debug, Default)]
pub(crate) struct Protagonists(Vec<Named>);

#[derive(Debug)]
struct Named {
    /// Its first word, by which the text calls it further on.
    word: Vec<char>,
    /// Its name as the title prints it.
    name: String,
    count: u32,
}

impl Protagonists {
    /// Notes the names of a title.
    pub(crate) fn title(&mut self, text: &Text, tokens: &[Token], hits: &Hits) {
        for at in 0..tokens.len() {
            let Some(end) = name(text, tokens, hits, at) else { continue };
            let word = letters(text, &tokens[at]);
            if self.0.iter().all(|named| named.word != word) {
                self.0.push(Named { word: word.to_vec(), name: words(text, tokens, at, end), count: 0 });
            }
        }
    }

    /// Counts how often a block names them.
    pub(crate) fn count(&mut self, text: &Text, tokens: &[Token]) {
        if self.0.is_empty() {
            return;
        }
        for token in tokens.iter().filter(|token| token.capital) {
            let word = letters(text, token);
            if let Some(named) = self.0.iter_mut().find(|named| named.word == word) {
                named.count += 1;
            }
        }
    }

    /// The one that the text is about.
    pub(crate) fn main(self) -> Option<String> {
        let often = self.0.into_iter().rev().filter(|named| named.count >= OFTEN);
        often.max_by_key(|named| named.count).map(|named| named.name)
    }
}

/// Where the name of an enterprise that begins at a token ends.
fn name(text: &Text, tokens: &[Token], hits: &Hits, at: usize) -> Option<usize> {
    let group = hits.end_of(at, Mark::Narrowing(Narrowing::Group));
    if group.is_some() {
        return group;
    }
    let covered = (at.saturating_sub(2)..at).any(|before| hits.at(before).iter().any(|hit| hit.end as usize > at));
    if covered || !hits.at(at).is_empty() || !is_own(text, &tokens[at]) {
        return None;
    }
    let goes_on = |next: &usize| {
        let word = letters(text, &tokens[*next]);
        let plain = word.len() >= FURTHER && word.iter().all(char::is_ascii_alphabetic);
        tokens[*next].capital && !tokens[*next].line && plain && hits.at(*next).is_empty()
    };
    Some((at + 1..tokens.len()).find(|next| !goes_on(next)).unwrap_or(tokens.len()))
}

/// Whether a word is the name of an enterprise by its letters.
fn is_own(text: &Text, token: &Token) -> bool {
    let word = letters(text, token);
    if !token.is_word() || !token.capital || !word.iter().all(char::is_ascii_alphanumeric) {
        return false;
    }
    let (large, all) = (word.iter().filter(|letter| letter.is_ascii_uppercase()).count(), word.len());
    let roman = word.iter().all(|letter| matches!(letter, 'I' | 'V' | 'X' | 'L'));
    if token.upper { large >= CODE && !roman } else { large >= 2 && all > CODE || all >= FOREIGN }
}

fn letters<'t>(text: &'t Text, token: &Token) -> &'t [char] {
    &text.chars[token.start as usize..token.end as usize]
}
