//! The door for whoever needs figures and dates without statements: amounts with their units, numbers in words, periods.
//!
//! ```
//! # fn main() -> Result<(), knowledge::KnowledgeError> {
//! let known = knowledge::Knowledge::load(None)?;
//! let grammar = grammar::Grammar::new(&known);
//! let price = &grammar.quantities("Giá cà phê hơn 132.000 đồng/kg.")[0];
//! assert_eq!((price.quote.as_str(), price.unit.as_deref()), ("132.000 đồng/kg", Some("VND/kg")));
//! assert_eq!(grammar.number("hai mươi mốt nghìn không trăm mười một"), Some(21_011.into()));
//! # Ok(())
//! # }
//! ```

use jiff::civil::Date;
use model::{Bound, Period};
use rust_decimal::Decimal;

use crate::mark::{Mark, NumberWord};
use crate::number::{self, Habit};
use crate::period::{self, Anchor};
use crate::quantity::{self, Measured, Quantity};
use crate::reader::{Grammar, Scratch};
use crate::spelled::Words;

/// An amount as a text prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// The span, verbatim.
    pub quote: String,
    /// First character of the quote in the text, in Unicode characters.
    pub start: u32,
    /// The character after the last.
    pub end: u32,
    /// The number in base units, with a printed sign; the lower one of a range.
    pub value: Decimal,
    /// The upper number of a range.
    pub high: Option<Decimal>,
    /// Code of the unit; nothing for a bare number.
    pub unit: Option<String>,
    /// How exactly it is meant.
    pub bound: Bound,
}

/// An expression of time with its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The span, verbatim.
    pub quote: String,
    /// When it is.
    pub period: Period,
}

/// Which way an expression without a year looks from the day of reference (`tháng 6` in February).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To the latest one that has begun, as news do.
    Back,
    /// To the next one, as plans do.
    Ahead,
}

impl Grammar<'_> {
    /// The amounts of a text, in order; dates, documents, phones and names are none.
    pub fn quantities(&self, text: &str) -> Vec<Measurement> {
        let mut scratch = self.scanned(text);
        let mut found = Vec::new();
        for index in 0..scratch.sentences.len() {
            let range = scratch.sentences[index];
            let Scratch { text: chars, tokens, hits, frame, .. } = &mut scratch;
            frame.clear(range);
            period::parse(chars, tokens, hits, range, &mut frame.mentions);
            let mut taken = vec![false; tokens.len()];
            for mention in &frame.mentions {
                taken[mention.start..mention.end].fill(true);
            }
            let view = quantity::View { text: chars, tokens, hits, known: self.known(), range, english: false };
            quantity::read(&view, &taken, &mut frame.quantities, &mut Vec::new());
            for quantity in &frame.quantities {
                let (from, to) = (tokens[quantity.start].start, tokens[quantity.end - 1].end);
                let (start, end) = chars.place(from, to);
                let sign = if quantity.negative { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
                found.push(Measurement {
                    quote: chars.verbatim(text, from, to).to_owned(),
                    start,
                    end,
                    value: (quantity.value * sign).normalize(),
                    high: quantity.high.map(|high| (high * sign).normalize()),
                    unit: self.code(quantity),
                    bound: quantity.bound,
                });
            }
        }
        found
    }

    /// The expressions of time in a text that have days, in order.
    pub fn periods(&self, text: &str, today: Date, lean: Lean) -> Vec<Dated> {
        let mut scratch = self.scanned(text);
        let anchor = Anchor { today, placed: true, current: None, dated: true, ahead: lean == Lean::Ahead, stock: false };
        let mut mentions = Vec::new();
        for range in &scratch.sentences {
            period::parse(&scratch.text, &scratch.tokens, &scratch.hits, *range, &mut mentions);
        }
        scratch.sentences.clear();
        mentions
            .iter()
            .filter_map(|mention| {
                let period = period::resolve(mention, &anchor)?;
                let (from, to) = (scratch.tokens[mention.start].start, scratch.tokens[mention.end - 1].end);
                Some(Dated { quote: scratch.text.verbatim(text, from, to).to_owned(), period })
            })
            .collect()
    }

    /// The value of a text that is one number and nothing else: `hai trăm ngàn`, `-1,2M`, `âm 1.200.000`, `không phẩy năm`.
    pub fn number(&self, text: &str) -> Option<Decimal> {
        let scratch = self.scanned(text);
        let (tokens, hits, end) = (&scratch.tokens, &scratch.hits, scratch.tokens.len());
        let negative = tokens.first()?.is('-') || word(hits, 0, NumberWord::Negative).is_some();
        let mut at = usize::from(negative);
        // `,77` has left out its zero.
        let fraction = tokens.get(at)?.is(',') && tokens.get(at + 1).is_some_and(|token| token.is_number() && !token.spaced);
        at += usize::from(fraction);
        let words = Words { text: &scratch.text, tokens, hits, scales: &self.known().units.scales, end };
        let (mut value, mut after) = if tokens.get(at)?.is_number() {
            let printed = number::printed(&scratch.text, &tokens[at]);
            let number = printed.settle(Habit::default())?.value;
            let places = if fraction { tokens[at].end - tokens[at].start } else { 0 };
            (number.checked_mul(Decimal::try_from_i128_with_scale(1, places).ok()?)?, at + 1)
        } else if let Some(spelled) = words.read(at) {
            (spelled.number.value, spelled.end)
        } else {
            (Decimal::ONE, at)
        };
        while let Some((factor, next)) = self.factor(&scratch, after) {
            (value, after) = (value.checked_mul(factor)?, next);
        }
        (after == end && after > at).then_some(if negative { -value } else { value }.normalize())
    }

    /// The place in an order that a text names: `thứ nhất`, `đầu tiên`, `thứ 12`.
    pub fn ordinal(&self, text: &str) -> Option<u32> {
        let scratch = self.scanned(text);
        let end = scratch.tokens.len();
        if word(&scratch.hits, 0, NumberWord::First) == Some(end) {
            return Some(1);
        }
        let next = word(&scratch.hits, 0, NumberWord::Ordinal)?;
        let token = scratch.tokens.get(next)?;
        if token.is_number() {
            return number::plain_int(&scratch.text, token).filter(|_| next + 1 == end);
        }
        let words = Words { text: &scratch.text, tokens: &scratch.tokens, hits: &scratch.hits, scales: &self.known().units.scales, end };
        let spelled = words.read(next).filter(|spelled| spelled.end == end)?;
        u32::try_from(spelled.number.value).ok()
    }

    fn scanned(&self, text: &str) -> Scratch {
        let mut scratch = Scratch::default();
        scratch.text.set(text, 0);
        self.scan(&mut scratch);
        scratch
    }

    /// A scale word, or a letter that multiplies.
    fn factor(&self, scratch: &Scratch, at: usize) -> Option<(Decimal, usize)> {
        if at >= scratch.tokens.len() {
            return None;
        }
        scratch.hits.pick(at, |mark| match mark {
            Mark::Scale(index) => Some(self.known().units.scales[index as usize].factor),
            Mark::Number(NumberWord::Suffix(index)) if !scratch.tokens[at].spaced => {
                Some(Decimal::from(self.known().lexicon.numbers.suffixes[index as usize].factor))
            }
            _ => None,
        })
    }

    /// The code of a quantity's unit with its denominators.
    fn code(&self, quantity: &Quantity) -> Option<String> {
        let units = &self.known().units;
        let mut code = match quantity.measured {
            Measured::Unit(unit) => units.units[unit as usize].id.clone(),
            Measured::Things => "count".to_owned(),
            Measured::Fraction => "%".to_owned(),
            Measured::Ratio => "x".to_owned(),
            Measured::Bare if quantity.scale >= Decimal::from(1_000_000) => "VND".to_owned(),
            Measured::Bare => return None,
        };
        for per in quantity.per.iter().flatten() {
            code.push('/');
            code.push_str(&units.denominators[*per as usize].id);
        }
        Some(code)
    }
}

/// The token after a word of numbers.
fn word(hits: &crate::lexicon::Hits, at: usize, wanted: NumberWord) -> Option<usize> {
    hits.pick(at, |mark| (mark == Mark::Number(wanted)).then_some(())).map(|((), end)| end)
}
