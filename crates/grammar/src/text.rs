//! A block's text made ready for reading: composed, its spaces and dashes made one kind, with a map back to the article.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Characters in normal form C, each with its place in the article.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The characters; invisible ones are gone, spaces and dashes are ASCII.
    pub(crate) chars: Vec<char>,
    /// Where the piece begins in the article.
    begin: u32,
    /// For each character the first of its bytes in the piece, and the number of those at the end, where each stands for one of the piece.
    bytes: Vec<u32>,
    /// For each character what it stands for, where one does not.
    origins: Vec<Origin>,
    /// The piece, where each of its characters stays as it is.
    same: String,
}

/// What a character stands for: the first and the one after the last of the article's characters, and of the piece's bytes.
#[derive(Clone, Copy, Debug)]
struct Origin {
    place: (u32, u32),
    bytes: (u32, u32),
}

impl Text {
    /// Reads a piece of an article that begins at the given character of it.
    pub(crate) fn set(&mut self, piece: &str, begin: u32) {
        self.begin = begin;
        self.origins.clear();
        self.same.clear();
        if self.set_straight(piece) {
            return;
        }
        self.chars.clear();
        self.bytes.clear();
        let mut at = begin;
        let mut letters = piece.char_indices().peekable();
        while let Some((byte, letter)) = letters.next() {
            let start = at;
            at += 1;
            let combined = letters.peek().is_some_and(|(_, next)| is_combining(*next));
            if combined {
                let mut group = String::from(letter);
                while let Some((_, mark)) = letters.next_if(|(_, next)| is_combining(*next)) {
                    group.push(mark);
                    at += 1;
                }
                for composed in group.nfc() {
                    self.push(composed, (start, at), (byte, byte + group.len()));
                }
            } else {
                self.push(letter, (start, at), (byte, byte + letter.len_utf8()));
            }
        }
    }

    /// Reads a piece in which each character stands for itself, as nearly all do; whether it is one.
    fn set_straight(&mut self, piece: &str) -> bool {
        let count = piece.chars().count();
        self.chars.clear();
        self.chars.resize(count, ' ');
        self.bytes.clear();
        self.bytes.resize(count + 1, piece.len() as u32);
        let mut same = true;
        for ((to, start), (byte, letter)) in self.chars.iter_mut().zip(&mut self.bytes).zip(piece.char_indices()) {
            *start = byte as u32;
            *to = match letter {
                ' '..='~' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => letter,
                _ if is_combining(letter) => return false,
                _ => match plain(letter) {
                    Some(plain) => {
                        same &= plain == letter;
                        plain
                    }
                    None => return false,
                },
            };
        }
        if same {
            self.same.push_str(piece);
        }
        true
    }

    fn push(&mut self, letter: char, place: (u32, u32), bytes: (usize, usize)) {
        if let Some(plain) = plain(letter) {
            self.chars.push(plain);
            self.origins.push(Origin { place, bytes: (bytes.0 as u32, bytes.1 as u32) });
        }
    }

    /// What a character stands for.
    fn origin(&self, at: usize) -> Option<Origin> {
        let straight = || {
            let place = self.begin + at as u32;
            Some(Origin { place: (place, place + 1), bytes: (*self.bytes.get(at)?, *self.bytes.get(at + 1)?) })
        };
        self.origins.get(at).copied().or_else(straight)
    }

    /// First character in the article of a span of [`Text::chars`], and the one after its last.
    pub(crate) fn place(&self, start: u32, end: u32) -> (u32, u32) {
        let first = self.origin(start as usize).map_or(0, |origin| origin.place.0);
        let last = (end as usize).checked_sub(1).and_then(|at| self.origin(at)).map_or(first, |origin| origin.place.1);
        (first, last.max(first))
    }

    /// A span as it stands in the piece that was read.
    pub(crate) fn verbatim<'p>(&self, piece: &'p str, start: u32, end: u32) -> &'p str {
        let bytes = |at: usize| self.origin(at).map(|origin| origin.bytes);
        match (bytes(start as usize), (end as usize).checked_sub(1).and_then(bytes)) {
            (Some(first), Some(last)) if first.0 <= last.1 => &piece[first.0 as usize..last.1 as usize],
            _ => "",
        }
    }

    /// A span of a piece that stays as it is, if it stands on one line.
    fn same_slice(&self, start: usize, end: usize) -> Option<&str> {
        if self.same.is_empty() {
            return None;
        }
        let span = *self.bytes.get(start)? as usize..*self.bytes.get(end)? as usize;
        self.same.get(span).filter(|slice| !slice.as_bytes().contains(&b'\n'))
    }

    /// A span as a string on one line.
    pub(crate) fn slice(&self, start: u32, end: u32) -> String {
        if let Some(slice) = self.same_slice(start as usize, end as usize) {
            return slice.to_owned();
        }
        let chars = &self.chars[start as usize..end as usize];
        let mut slice = String::with_capacity(chars.iter().map(|letter| letter.len_utf8()).sum());
        for letter in chars {
            slice.push(if *letter == '\n' { ' ' } else { *letter });
        }
        slice
    }
}

/// Whether a character attaches to the one before it; none of ASCII, Latin-1 or the letters of Vietnamese does.
fn is_combining(letter: char) -> bool {
    letter >= '\u{300}' && !matches!(letter, '\u{1e00}'..='\u{1eff}') && canonical_combining_class(letter) != 0
}

/// One kind of space, dash, quote and digit; nothing for what has no width.
fn plain(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(if letter == '\r' { '\n' } else { letter });
    }
    match letter {
        // (the letters of Vietnamese)
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(letter),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => Some('\''),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => Some('"'),
        '\u{ff05}' => Some('%'),
        '\u{2044}' | '\u{2215}' => Some('/'),
        '²' => Some('2'),
        '³' => Some('3'),
        '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{2b50}' => Some('•'),
        _ => Some(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_text_keeps_its_places() {
        let mut text = Text::default();
        text.set("ty\u{309}\u{a0}đo\u{302}\u{300}ng", 10);
        assert_eq!(text.chars.iter().collect::<String>(), "tỷ đồng");
        assert_eq!(text.place(0, 2), (10, 13));
        assert_eq!(text.place(3, 7), (14, 20));
    }
}
