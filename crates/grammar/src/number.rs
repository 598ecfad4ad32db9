//! Numbers: digits with their separators, and words.
//!
//! Vietnamese print groups with a dot and decimals with a comma; English style occurs, and so do spaces between groups.
//! Which a separator is follows from its [`Shape`] where it can; a comma or dot before exactly three digits is settled
//! by the scale and unit that follow and by the habit of the page (contract, finer rule 20).

use rust_decimal::Decimal;

use crate::mark::{Mark, NumberWord};
use crate::text::Text;
use crate::token::Token;

/// What the separators of a printed number can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Digits alone.
    Plain,
    /// Certain.
    Certain,
    /// One comma before exactly three digits: decimal by the rule, thousands where that is impossible.
    CommaThree,
    /// One dot before exactly three digits: thousands by the rule, decimal on a page in English style.
    DotThree,
    /// No number can be made of it (`1.2.3`).
    Broken,
}

/// More digits are an account or a code; with all scales and factors such a number stays far from the limits of [`Decimal`].
const MOST_DIGITS: u32 = 16;

/// A number as printed, before its separators are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) shape: Shape,
    /// All digits as an integer.
    digits: i128,
    /// Digits after the mark that is, or could be, the decimal one.
    after: u32,
    /// Whether it begins with `0,` or `0.`.
    zero: bool,
}

/// A number read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) value: Decimal,
    /// Digits after the decimal mark.
    pub(crate) decimals: u32,
}

/// The digits of a token without separators, if it has none.
pub(crate) fn plain_int(text: &Text, token: &Token) -> Option<u32> {
    let chars = &text.chars[token.start as usize..token.end as usize];
    if chars.len() > 9 {
        return None;
    }
    chars.iter().try_fold(0, |sum: u32, c| Some(sum * 10 + c.to_digit(10)?))
}

/// The two sides of a token with one dot: `12.2006`, `25.9`.
pub(crate) fn dotted_pair(text: &Text, token: &Token) -> Option<(u32, u32)> {
    let chars = &text.chars[token.start as usize..token.end as usize];
    let at = chars.iter().position(|c| *c == '.')?;
    // (no part of a date has three digits: `23.010 đồng`)
    let side = |digits: &[char]| -> Option<u32> {
        matches!(digits.len(), 1 | 2 | 4).then(|| digits.iter().try_fold(0, |sum, c| Some(sum * 10 + c.to_digit(10)?))).flatten()
    };
    Some((side(&chars[..at])?, side(&chars[at + 1..])?))
}

/// Looks at the separators of a number token.
pub(crate) fn printed(text: &Text, token: &Token) -> Printed {
    let chars = &text.chars[token.start as usize..token.end as usize];
    let (mut digits, mut count) = (0i128, 0);
    // Lengths of the groups between separators; more than a dozen is no number.
    let mut groups = [0u32; 12];
    let (mut last, mut separators, mut commas, mut dots) = (0, 0, 0, 0);
    for c in chars {
        if let Some(digit) = c.to_digit(10) {
            count += 1;
            if count <= MOST_DIGITS {
                digits = digits * 10 + i128::from(digit);
            }
            groups[last] += 1;
        } else {
            separators += 1;
            match c {
                ',' => commas += 1,
                '.' => dots += 1,
                _ => {}
            }
            last = (last + 1).min(groups.len() - 1);
        }
    }
    let zero = chars.len() > 1 && chars[0] == '0' && groups[0] == 1;
    let make = |shape, after| Printed { shape, digits, after, zero };
    if count > MOST_DIGITS || separators >= groups.len() {
        return make(Shape::Broken, 0);
    }
    let threes = |range: std::ops::Range<usize>| groups[range].iter().all(|len| *len == 3) && groups[0] <= 3;
    match (commas, dots, separators) {
        (0, 0, 0) => make(Shape::Plain, 0),
        // Spaces between groups, and perhaps a decimal comma.
        (0, 0, _) => make(Shape::Certain, 0),
        (1, 0, n) if n > 1 => make(Shape::Certain, groups[last]),
        (1, 0, _) | (0, 1, _) if groups[1] != 3 => make(Shape::Certain, groups[1]),
        (1, 0, _) => make(if zero || groups[0] > 3 { Shape::Certain } else { Shape::CommaThree }, 3),
        (0, 1, _) => make(if zero || groups[0] > 3 { Shape::Certain } else { Shape::DotThree }, 3),
        (_, 0, _) | (0, _, _) => make(if threes(1..last + 1) { Shape::Certain } else { Shape::Broken }, 0),
        // Both marks: the last is the decimal one if it stands once behind groups of three.
        _ => {
            let decimal = chars.iter().rev().find(|c| matches!(c, ',' | '.'));
            let once = if decimal == Some(&',') { commas == 1 } else { dots == 1 };
            make(if once && threes(1..last) { Shape::Certain } else { Shape::Broken }, groups[last])
        }
    }
}

/// How the page and the unit settle an open separator.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Habit {
    /// Whether a scale word (`tỷ`), a percentage or another unit with usual decimals follows.
    pub(crate) fraction_likely: bool,
    /// Whether a fraction is impossible: counted things, đồng without scale.
    pub(crate) whole_only: bool,
    /// Whether the page prints English separators.
    pub(crate) english: bool,
}

impl Printed {
    /// The number, its separators settled.
    pub(crate) fn settle(self, habit: Habit) -> Option<Number> {
        let fraction = match self.shape {
            Shape::Broken => return None,
            Shape::Plain => false,
            Shape::Certain => self.after > 0,
            Shape::CommaThree => !habit.whole_only && (habit.fraction_likely || !habit.english),
            Shape::DotThree => habit.english && habit.fraction_likely && !habit.whole_only,
        };
        let decimals = if fraction { self.after } else { 0 };
        Decimal::try_from_i128_with_scale(self.digits, decimals).ok().map(|value| Number { value, decimals })
    }

    /// The digits without their separators: no reading of them is larger.
    pub(crate) fn most(self) -> Decimal {
        Decimal::try_from_i128_with_scale(self.digits, 0).unwrap_or(Decimal::MAX)
    }

    /// Whether it begins with a zero that a fraction explains.
    pub(crate) fn is_zero_fraction(self) -> bool {
        self.zero
    }
}

/// A word that is part of a number; the words around fractions and denominators (`mỗi`, `một`, `số`) are none.
pub(crate) fn number_word(mark: Mark) -> Option<NumberWord> {
    match mark {
        Mark::Number(
            NumberWord::Each
            | NumberWord::Whole
            | NumberWord::Twice
            | NumberWord::Suffix(_)
            | NumberWord::First
            | NumberWord::Ordinal
            | NumberWord::Between
            | NumberWord::And,
        ) => None,
        Mark::Number(word) => Some(word),
        _ => None,
    }
}
