//! Compares words letter by letter, in whatever case: no string is built.

/// The small form of a letter; those of Vietnamese without the standard library's tables.
pub(crate) fn lower(letter: char) -> char {
    match letter {
        '\0'..='\x7f' => letter.to_ascii_lowercase(),
        // (the letters of Vietnamese: small ones are odd)
        'ß'..='ÿ' => letter,
        '\u{1ea0}'..='\u{1eff}' => char::from_u32(letter as u32 | 1).unwrap_or(letter),
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// A text in small letters.
pub(crate) fn lowered(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    for letter in text.chars() {
        small.push(lower(letter));
    }
    small
}

/// Whether two letters are the same but for their case.
fn alike(one: char, other: char) -> bool {
    one == other || lower(one) == lower(other)
}

/// What stands behind a beginning of a text, as printed.
pub(crate) fn behind(text: &str, mut begin: impl Iterator<Item = char>) -> Option<&str> {
    let mut letters = text.chars();
    begin.all(|letter| letters.next() == Some(letter)).then_some(letters.as_str())
}

/// What stands behind a beginning of a text, in whatever case.
pub(crate) fn behind_alike(text: &str, mut begin: impl Iterator<Item = char>) -> Option<&str> {
    let mut letters = text.chars();
    begin.all(|letter| letters.next().is_some_and(|own| alike(own, letter))).then_some(letters.as_str())
}

/// Whether words are the same.
pub(crate) fn same(mut one: impl Iterator<Item = char>, mut other: impl Iterator<Item = char>) -> bool {
    one.all(|letter| other.next().is_some_and(|own| alike(own, letter))) && other.next().is_none()
}

/// Whether a text begins with others.
pub(crate) fn begins(text: &str, with: impl Iterator<Item = char>) -> bool {
    behind_alike(text, with).is_some()
}

/// Whether a text holds others.
pub(crate) fn holds(text: &str, other: &(impl Iterator<Item = char> + Clone)) -> bool {
    let mut rest = other.clone();
    let Some(first) = rest.next() else { return !text.is_empty() };
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if alike(letter, first) && begins(letters.as_str(), rest.clone()) {
            return true;
        }
    }
    false
}

/// Whether a text begins with some words.
pub(crate) fn is_first(text: &str, word: &str) -> bool {
    begins(text, word.chars()) && text.get(word.len()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a word is written like the code of a share: three capitals, of which the last can be a digit (`VIC`, `PC1`).
pub(crate) fn looks_like_code(mut letters: impl Iterator<Item = char>) -> bool {
    let mut is = |kind: fn(&char) -> bool| letters.next().is_some_and(|letter| kind(&letter));
    is(char::is_ascii_uppercase)
        && is(char::is_ascii_uppercase)
        && is(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
        && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{begins, behind, holds, lower, same};

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        for letter in ('\0'..=char::MAX).filter(|letter| letter.to_lowercase().count() == 1) {
            assert_eq!(Some(lower(letter)), letter.to_lowercase().next(), "{letter:?}");
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert!(same("Đồng Nai".chars(), "đồng nai".chars()) && !same("gạo".chars(), "gạo tẻ".chars()));
        assert!(begins("Công ty An Phát", "công ty".chars()) && !begins("công", "công ty".chars()));
        assert!(holds("giá Cà phê", &"cà phê".chars()) && !holds("giá cà", &"cà phê".chars()));
    }

    #[test]
    fn a_beginning_is_taken_as_printed() {
        assert_eq!(behind("mã tăng giá", "mã".chars()), Some(" tăng giá"));
        assert_eq!(behind("Mã tăng giá", "mã".chars()), None);
    }
}
