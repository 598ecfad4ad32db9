//! Numbers spelled out: `hai mươi mốt nghìn không trăm mười một`, `một trăm linh năm`, `ba triệu rưỡi`, `mười hai phẩy không năm`.
//!
//! A group below a thousand is read first, then its scales; a larger scale multiplies all smaller ones before it
//! (`mười hai nghìn ba trăm tỷ`), and `phẩy` opens digits that are read one by one.

use knowledge::Scale;
use rust_decimal::Decimal;

use crate::lexicon::Hits;
use crate::mark::{Mark, NumberWord};
use crate::number::{self, Number};
use crate::text::Text;
use crate::token::Token;

/// What a spelled number is read from.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [Token],
    pub(crate) hits: &'a Hits,
    pub(crate) scales: &'a [Scale],
    /// The token after the last that may be read.
    pub(crate) end: usize,
}

/// A number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) number: Number,
    /// Whether it has scale words (`trăm`, `nghìn`, `tỷ`).
    pub(crate) scaled: bool,
    pub(crate) end: usize,
}

/// A value and the token after it.
type Read = Option<(Decimal, usize)>;

const TEN: Decimal = Decimal::TEN;

impl Words<'_> {
    /// Reads the longest number at a token.
    pub(crate) fn read(&self, at: usize) -> Option<Spelled> {
        // `tỷ rưỡi` is one and a half.
        if let Some((factor, next)) = self.scale(at) {
            let end = self.word_is(next, NumberWord::Half)?;
            return Some(Spelled { number: Number { value: factor * Decimal::new(15, 1), decimals: 1 }, scaled: true, end });
        }
        let (mut group, mut end) = self.group(at)?;
        let mut scaled = group >= Decimal::ONE_HUNDRED;
        // Values with the scale of their last factor, falling.
        let (mut closed, mut last) = (Decimal::ZERO, Decimal::MAX);
        let mut decimals = 0;
        while let Some((factor, next)) = self.scale(end).filter(|(factor, _)| *factor >= Decimal::ONE_THOUSAND) {
            scaled = true;
            let below = if factor > last { std::mem::take(&mut closed) } else { Decimal::ZERO };
            closed = closed.checked_add((below + group).checked_mul(factor)?)?;
            last = factor;
            group = Decimal::ZERO;
            end = next;
            if let Some(after) = self.word_is(end, NumberWord::Half) {
                (group, end, decimals) = (factor / Decimal::TWO, after, 1);
                break;
            }
            // `nghìn tỷ`: another scale right behind; else the next group, if it is smaller than the scale.
            if self.scale(end).is_some_and(|(factor, _)| factor >= Decimal::ONE_THOUSAND) {
                continue;
            }
            let lead = self.word_is(end, NumberWord::ZeroTen).unwrap_or(end);
            match self.group(lead).filter(|(_, after)| self.goes_on(*after, last)) {
                Some((next_group, after)) => (group, end) = (next_group, after),
                None => break,
            }
        }
        let mut value = closed.checked_add(group)?;
        if let Some((fraction, places, after)) = self.fraction(end).filter(|_| !scaled || decimals == 0) {
            (value, decimals, end) = (value + fraction, places, after);
            // `một phẩy năm tỷ`
            while let Some((factor, next)) = self.scale(end) {
                (value, scaled, end) = (value.checked_mul(factor)?, true, next);
            }
        }
        Some(Spelled { number: Number { value, decimals }, scaled, end })
    }

    /// Whether a group may follow a scale: it has a smaller one of its own, or ends the number.
    fn goes_on(&self, after: usize, last: Decimal) -> bool {
        self.scale(after).is_none_or(|(factor, _)| factor != last)
    }

    /// A number below a thousand: `một trăm linh năm`, `không trăm mười một`, `hai mươi mốt`, `hai chục`, `bốn`.
    fn group(&self, at: usize) -> Read {
        let (NumberWord::Digit(digit), next) = self.word(at)? else { return self.tens(at) };
        let digit = Decimal::from(digit);
        match self.scale(next) {
            Some((factor, next)) if factor == Decimal::ONE_HUNDRED => {
                let hundreds = digit * factor;
                if let Some(end) = self.word_is(next, NumberWord::Half) {
                    return Some((hundreds + Decimal::from(50), end));
                }
                let lead = self.word_is(next, NumberWord::ZeroTen).unwrap_or(next);
                Some(self.tens(lead).map_or((hundreds, next), |(rest, end)| (hundreds + rest, end)))
            }
            Some((factor, next)) if factor == TEN => Some((digit * factor, next)),
            _ => self.tens(at),
        }
    }

    /// A number below a hundred.
    fn tens(&self, at: usize) -> Read {
        match self.word(at)? {
            (NumberWord::Ten, next) => Some(self.ones(next).map_or((TEN, next), |(ones, end)| (TEN + ones, end))),
            (NumberWord::Digit(digit), next) => {
                let digit = Decimal::from(digit);
                match self.word(next) {
                    Some((NumberWord::Tens, next)) => {
                        Some(self.ones(next).map_or((digit * TEN, next), |(ones, end)| (digit * TEN + ones, end)))
                    }
                    // `hai mốt`, `ba lăm`: the ten is swallowed; `tư` alone is as often the fourth.
                    Some((NumberWord::AfterTen(ones @ (1 | 5)), end)) => Some((digit * TEN + Decimal::from(ones), end)),
                    _ => Some((digit, next)),
                }
            }
            _ => None,
        }
    }

    fn ones(&self, at: usize) -> Read {
        match self.word(at)? {
            (NumberWord::Digit(value) | NumberWord::AfterTen(value), end) if value > 0 => Some((Decimal::from(value), end)),
            _ => None,
        }
    }

    /// Digits behind `phẩy`, in words or printed: the fraction, its digits, the token after it.
    pub(crate) fn fraction(&self, at: usize) -> Option<(Decimal, u32, usize)> {
        let mut next = self.word_is(at, NumberWord::DecimalMark)?;
        if let Some(token) = self.tokens.get(next).filter(|token| next < self.end && token.is_number()) {
            let places = (token.end - token.start).min(9);
            let digits = number::plain_int(self.text, token)?;
            return Some((Decimal::new(i64::from(digits), places), places, next + 1));
        }
        // `phẩy mười một` is read as eleven hundredths.
        if let Some((value, end)) = self.tens(next).filter(|(value, _)| *value >= TEN) {
            return Some((value / Decimal::ONE_HUNDRED, 2, end));
        }
        let (mut digits, mut places) = (0i64, 0);
        while let Some((NumberWord::Digit(digit), end)) = self.word(next).filter(|_| places < 9) {
            digits = digits * 10 + i64::from(digit);
            places += 1;
            next = end;
        }
        (places > 0).then(|| (Decimal::new(digits, places), places, next))
    }

    fn word(&self, at: usize) -> Option<(NumberWord, usize)> {
        let word = || self.hits.pick_like(at, Mark::Number(NumberWord::Ten), number::number_word);
        if at < self.end { word().filter(|(_, end)| *end <= self.end) } else { None }
    }

    pub(crate) fn word_is(&self, at: usize, wanted: NumberWord) -> Option<usize> {
        self.word(at).filter(|(word, _)| *word == wanted).map(|(_, end)| end)
    }

    fn scale(&self, at: usize) -> Read {
        if at >= self.end {
            return None;
        }
        let scale = |mark| if let Mark::Scale(index) = mark { Some(self.scales[index as usize].factor) } else { None };
        let found = self.hits.pick_like(at, Mark::Scale(0), scale).filter(|(_, end)| *end <= self.end);
        // `một tỷ lệ` counts nothing.
        found.filter(|(_, end)| self.hits.end_of(at, Mark::NoUnit).is_none_or(|other| other <= *end))
    }
}
