//! Spans as brokers write them: `1Q25`, `2H2025`, `9M2024`, `6T/2025`, `H1/2025`, `Q2.2025`.

use super::parse::{Read, View};
use super::{Expr, YearRef};
use crate::token::Token;

/// The years that two digits can stand for.
const SHORT_YEARS: std::ops::RangeInclusive<i16> = 15..=40;

impl View<'_> {
    pub(super) fn shorthand(&self, at: usize) -> Read {
        self.counted_letter(at).or_else(|| self.lettered_half(at)).or_else(|| self.dotted_quarter(at))
    }

    /// A number, a letter that is glued to it, and the year, glued or behind a slash.
    fn counted_letter(&self, at: usize) -> Read {
        let count = self.int(at).filter(|count| (1..=12).contains(count))? as i8;
        let token = self.token(at + 1).filter(|token| token.is_word() && !token.spaced && token.upper)?;
        let (letter, digits) = self.text.chars[token.start as usize..token.end as usize].split_first()?;
        let (year, end) = match digits {
            [] => self.named_behind(at + 2, '/').or_else(|| self.named_behind(at + 2, '.'))?,
            digits => (short_year(digits)?, at + 2),
        };
        let year = YearRef::Named(year);
        let expr = match letter {
            'Q' if count <= 4 => Expr::Quarter(count, year),
            'H' if count <= 2 => Expr::Half(count, year),
            'M' | 'T' if count == 12 => Expr::Year(year),
            'M' | 'T' => Expr::FirstMonths(count, year),
            _ => return None,
        };
        Some((expr, end))
    }

    /// `H1/2025`
    fn lettered_half(&self, at: usize) -> Read {
        let token = self.token(at).filter(|token| token.is_word())?;
        let half = match self.text.chars[token.start as usize..token.end as usize] {
            ['H', '1'] => 1,
            ['H', '2'] => 2,
            _ => return None,
        };
        let (year, end) = self.named_behind(at + 1, '/')?;
        Some((Expr::Half(half, YearRef::Named(year)), end))
    }

    /// `Q2.2025`, `Q4.24`
    fn dotted_quarter(&self, at: usize) -> Read {
        let (_, quarter) = self.lettered(at).filter(|(letter, quarter)| *letter == 'Q' && (1..=4).contains(quarter))?;
        let (year, end) = self.named_behind(at + 1, '.')?;
        Some((Expr::Quarter(quarter, YearRef::Named(year)), end))
    }

    /// A year of four or two digits that a mark joins to what stands before it.
    fn named_behind(&self, at: usize, mark: char) -> Option<(i16, usize)> {
        let glued = |token: &&Token| !token.spaced;
        self.token(at).filter(|token| token.is(mark)).filter(glued)?;
        let token = self.token(at + 1).filter(|token| token.is_number()).filter(glued)?;
        Some((short_year(&self.text.chars[token.start as usize..token.end as usize])?, at + 2))
    }
}

/// The year of four digits, or of its last two.
fn short_year(digits: &[char]) -> Option<i16> {
    let value = digits.iter().try_fold(0, |value, digit| Some(10 * value + digit.to_digit(10)? as i16));
    match digits.len() {
        4 => value.filter(|year| (2000..=2040).contains(year)),
        2 => value.filter(|year| SHORT_YEARS.contains(year)).map(|year| 2000 + year),
        _ => None,
    }
}
