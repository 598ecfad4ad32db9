//! What a terminal needs to know: its width, words wrapped to it, numbers in groups.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Columns of the terminal on standard output; `COLUMNS` wins, a pipe gets 100.
pub fn width() -> usize {
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    stated.or_else(|| terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0))).unwrap_or(100).clamp(40, 240)
}

/// A word, words that stay together, or a line of them: as it is printed and as wide as it looks.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// With its styles.
    pub printed: String,
    /// Columns.
    pub width: usize,
    /// Numbers of the marks in it.
    pub marks: Vec<usize>,
}

impl Word {
    /// Adds text in a style.
    pub fn push(&mut self, text: &str, style: Style) {
        let _ = write!(self.printed, "{style}{text}{style:#}");
        self.width += text.width();
    }

    /// This after something else.
    pub fn after(mut self, text: &str, style: Style) -> Self {
        self.printed = format!("{style}{text}{style:#}{}", self.printed);
        self.width += text.width();
        self
    }
}

/// The words of a text in one style.
pub fn words(text: &str, style: Style) -> Vec<Word> {
    let word = |text| {
        let mut word = Word::default();
        word.push(text, style);
        word
    };
    text.split_whitespace().map(word).collect()
}

/// Fills lines of a width with words; a word that is wider has a line of its own.
pub fn wrap(words: &[Word], width: usize) -> Vec<Word> {
    let mut lines: Vec<Word> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.width + 1 + word.width <= width => {
                line.printed.push(' ');
                line.printed.push_str(&word.printed);
                line.width += 1 + word.width;
                line.marks.extend(&word.marks);
            }
            _ => lines.push(word.clone()),
        }
    }
    lines
}

/// Digits in groups of three: `12,345`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn wraps_by_columns_not_bytes() {
        let lines: Vec<String> = wrap(&words("kim ngạch xuất khẩu tăng", Style::new()), 9).into_iter().map(|line| line.printed).collect();
        assert_eq!(lines, ["kim ngạch", "xuất khẩu", "tăng"]);
    }
}
