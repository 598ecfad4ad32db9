//! Text from nodes: spaces folded, invisible characters gone, NFC.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::legacy;

/// No page escapes its text more often by mistake.
const MOST_ESCAPES: usize = 8;

/// White space, the no-break kinds included: a page's line breaks and spaces mean the same.
pub fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Characters that print nothing and that pages scatter between letters.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{0}'..='\u{8}')
}

/// NFC, and the damage that is certain repaired; whether there was any.
pub fn finish(text: String) -> (String, bool) {
    let text = if text.contains('&') { unescaped(text) } else { text };
    if text.is_ascii() {
        return (text, false);
    }
    // Latin letters, punctuation and the sign of a lost character are composed already; only what begins with other bytes needs the tables.
    let bytes = text.as_bytes();
    let composed = |at: usize| {
        matches!(
            bytes[at..],
            [0xE1, 0xB8..=0xBB, ..] | [0xE2, 0x80, 0x90..=0xBA, ..] | [0xE2, 0x82, 0xAB | 0xAC, ..] | [0xEF, 0xBF, 0xBD, ..]
        )
    };
    let beyond = bytes.iter().enumerate().any(|(at, byte)| *byte >= 0xCC && !composed(at));
    let text = if beyond && is_nfc_quick(text.chars()) != IsNormalized::Yes { text.nfc().collect() } else { text };
    let (text, repaired) = legacy::without_mojibake(text);
    let halves = memchr::memchr_iter(0xC2, text.as_bytes()).any(|at| matches!(text.as_bytes()[at + 1], 0xA0 | 0xAD));
    (if halves { text.replace('\u{A0}', " ").replace('\u{AD}', "") } else { text }, repaired)
}

/// Folds white space, drops invisible characters, and finishes.
pub fn clean(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    crate::dom::fold_into(&mut folded, text);
    folded.truncate(folded.trim_end().len());
    finish(folded).0
}

/// Entities that were escaped twice and so survived the parser: `&amp;nbsp;`, `&amp;#7871;`.
///
/// What was escaped more often shows itself in the next round.
pub fn unescaped(mut text: String) -> String {
    for _ in 0..MOST_ESCAPES {
        let Some(better) = without_entities(&text) else { break };
        text = better;
    }
    text
}

fn without_entities(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (c, len) = entity(&rest[at..]).unwrap_or(('&', 1));
        changed |= len > 1;
        out.push(c);
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// A character reference at the front, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control())?
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" | "ldquo" | "rdquo" => '"',
            "apos" | "lsquo" | "rsquo" => '\'',
            "nbsp" => ' ',
            "ndash" => '–',
            "mdash" => '—',
            "hellip" => '…',
            _ => return latin(name).map(|c| (c, end + 1)),
        }
    };
    Some((c, end + 1))
}

/// The named letters of Latin-1 that Vietnamese uses: `eacute`, `ocirc`.
fn latin(name: &str) -> Option<char> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match &name[1..] {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        _ => return None,
    };
    let mut composed = [letter, mark].into_iter().nfc();
    composed.next().filter(|_| composed.next().is_none())
}

/// Whether a character is a letter; those of Latin scripts are told without a table.
pub fn is_letter(c: char) -> bool {
    is_latin(c) || c.is_alphabetic()
}

/// Whether a character is a letter or a digit.
pub fn is_letter_or_digit(c: char) -> bool {
    is_latin(c) || c.is_alphanumeric()
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// A text in lower case; the letters of Vietnamese are told without a table.
pub fn lower(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\u{7F}' => lower.push(c.to_ascii_lowercase()),
            '\u{DF}'..='\u{FF}' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => lower.push(c),
            // Of two letters side by side, the first is the capital.
            '\u{1EA0}'..='\u{1EF9}' => lower.push(char::from_u32(c as u32 | 1).unwrap_or(c)),
            _ => lower.extend(c.to_lowercase()),
        }
    }
    lower
}

/// How many letters of a text only Vietnamese uses.
pub fn vietnamese_letters(text: &str) -> usize {
    text.chars().filter(|c| is_vietnamese(*c)).count()
}

/// Whether only Vietnamese uses a letter.
pub fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_is_that_of_unicode() {
        let letters: String = ('\0'..='\u{2FFF}').filter(|c| *c != 'Σ').collect();
        assert_eq!(lower(&letters), letters.to_lowercase());
    }

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..='\u{2FFF}' {
            assert_eq!((is_letter(c), is_letter_or_digit(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c}");
        }
    }

    #[test]
    fn folds_and_composes() {
        assert_eq!(clean("  ba\u{0301}o\u{a0}\n c\u{200b}áo "), "báo cáo");
        assert_eq!(clean("ti&#7871;n &amp; t&ocirc;i R&D &lt;5&gt;"), "tiến & tôi R&D <5>");
        assert_eq!(clean("AT&T; 5 & 6"), "AT&T; 5 & 6");
    }
}
