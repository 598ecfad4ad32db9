//! Compares words letter by letter, in whatever case: no string is built.

/// Whether two letters are the same but for their case; most are the same outright, and to ask for another's case costs more.
fn alike(one: char, other: char) -> bool {
    one == other || (one.is_uppercase() || other.is_uppercase()) && one.to_lowercase().eq(other.to_lowercase())
}

/// What stands behind a beginning of a text, as printed.
pub(crate) fn behind(text: &str, mut begin: impl Iterator<Item = char>) -> Option<&str> {
    let mut letters = text.chars();
    begin.all(|letter| letters.next() == Some(letter)).then_some(letters.as_str())
}

/// Whether words are the same.
pub(crate) fn same(mut one: impl Iterator<Item = char>, mut other: impl Iterator<Item = char>) -> bool {
    one.all(|letter| other.next().is_some_and(|own| alike(own, letter))) && other.next().is_none()
}

/// Whether a text begins with others.
pub(crate) fn begins(text: &str, mut with: impl Iterator<Item = char>) -> bool {
    let mut letters = text.chars();
    with.all(|letter| letters.next().is_some_and(|own| alike(own, letter)))
}

/// Whether a text holds others.
pub(crate) fn holds(text: &str, other: &(impl Iterator<Item = char> + Clone)) -> bool {
    text.char_indices().any(|(at, _)| begins(&text[at..], other.clone()))
}

/// Whether a text begins with some words.
pub(crate) fn is_first(text: &str, word: &str) -> bool {
    begins(text, word.chars()) && text.get(word.len()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::{begins, behind, holds, same};

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
