//! Cuts text into words, numbers and marks.

use crate::fold::Folding;
use crate::lexicon::Lexicon;
use crate::text::Text;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with digits behind them (`m2`, `G20`).
    Word,
    /// Digits with their separators.
    Number,
    /// A mark.
    Mark(char),
}

/// A token of a block.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says something about the letters or what stands before")]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// First character in the block's text, and the one after the last.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The word's number in the lexicon; 0 for words that it does not have.
    pub(crate) key: u32,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether all its letters are capital.
    pub(crate) upper: bool,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
    /// Whether a line break stands before it.
    pub(crate) line: bool,
}

impl Token {
    pub(crate) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }
}

/// Cuts a block into tokens, into a buffer that is cleared first.
pub(crate) fn tokens(text: &Text, lexicon: &Lexicon, key: &mut Vec<char>, out: &mut Vec<Token>) {
    out.clear();
    let (chars, letters) = (&text.chars, lexicon.letters());
    let (mut at, mut spaced, mut line) = (0, false, false);
    while let Some(&first) = chars.get(at) {
        let letter = letters.of(first);
        if letter.is_space() {
            spaced = true;
            line |= first == '\n';
            at += 1;
            continue;
        }
        let start = at;
        let kind = if letter.is_digit() {
            at = number_end(chars, at);
            Kind::Number
        } else if letter.is_letter() {
            at = word_end(letters, chars, at);
            // `USD1,23`
            if first.is_ascii_uppercase() {
                at = lexicon.currency_end(&chars[start..at], key).map_or(at, |letters| start + letters);
            }
            Kind::Word
        } else {
            at += 1;
            Kind::Mark(first)
        };
        let word = &chars[start..at];
        out.push(Token {
            kind,
            start: start as u32,
            end: at as u32,
            key: lexicon.word(word, key),
            capital: letter.is_upper(),
            upper: letter.is_upper() && !word.iter().any(|c| letters.of(*c).is_lower()),
            spaced,
            line,
        });
        (spaced, line) = (false, false);
    }
}

/// Digits, and separators between digits. `1 091` is one number too: groups of three behind a space.
fn number_end(chars: &[char], start: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut at = start;
    while digit(at) || (chars.get(at).is_some_and(|c| matches!(c, '.' | ',')) && digit(at + 1)) {
        at += 1;
    }
    // Spaces as group separators: one to three digits, then groups of exactly three, and nothing glued to the last.
    if at - start <= 3 && chars[start..at].iter().all(char::is_ascii_digit) && chars[start] != '0' {
        let mut end = at;
        while chars.get(end) == Some(&' ') && (1..=3).all(|i| digit(end + i)) && !digit(end + 4) {
            end += 4;
        }
        if end > at && chars.get(end).is_none_or(|c| !c.is_alphanumeric()) && !chars.get(end).is_some_and(|c| matches!(c, '/' | '-')) {
            if chars.get(end) == Some(&',') && digit(end + 1) {
                end += 1;
                while digit(end) {
                    end += 1;
                }
            }
            return end;
        }
    }
    at
}

fn word_end(letters: &Folding, chars: &[char], start: usize) -> usize {
    let mut before = letters.of(chars[start]);
    for (at, next) in (start + 1..).zip(&chars[start + 1..]) {
        let letter = letters.of(*next);
        if !letter.is_of_word() {
            return at;
        }
        // (a break is lost behind a small letter and before none)
        if before.is_lower() && !letter.is_lower() && (is_glued(chars, start, at) || is_glued_number(chars, start, at)) {
            return at;
        }
        before = letter;
    }
    chars.len()
}

/// Whether a new word begins inside a run of letters that has lost its break: `2.000 tỷ đồngNgày 27/5`, but not `VietinBank`.
fn is_glued(chars: &[char], start: usize, at: usize) -> bool {
    let small = |at: usize| chars.get(at).is_some_and(|c| c.is_lowercase());
    let vietnamese = || chars[start..].iter().take_while(|c| is_letter(**c)).any(|c| !c.is_ascii());
    // (`hơn 4 lầnUBND thành phố …`: no word of Vietnamese letters ends in capitals)
    let ended = || chars[start..at].iter().all(|c| c.is_lowercase()) && chars[start..at].iter().any(|c| !c.is_ascii());
    chars[at].is_uppercase() && small(at - 1) && (small(at + 1) && vietnamese() || ended())
}

/// Whether a number begins inside a word that has lost its break: `lần lượt là728.185 đồng`, but not `m2`, `RON95`.
fn is_glued_number(chars: &[char], start: usize, at: usize) -> bool {
    let word = &chars[start..at];
    chars[at].is_ascii_digit() && word.iter().all(|c| c.is_lowercase()) && word.iter().any(|c| !c.is_ascii())
}

/// Letters; those of Vietnamese without the standard library's tables.
pub(crate) fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphabetic(),
        '×' | '÷' => false,
        'À'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => letter.is_alphabetic(),
    }
}
