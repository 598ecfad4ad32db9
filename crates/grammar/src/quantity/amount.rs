//! Amounts: a number with its scales, and the upper side of a range.

use knowledge::UnitKind;
use rust_decimal::Decimal;

use super::{Amount, Measured, SCALE, UnitRead, View};
use crate::mark::{Mark, NumberWord, TimeWord};
use crate::number::{self, Habit, Number, Printed, Shape};
use crate::spelled::Words;
use crate::token::{Kind, Token};

impl View<'_> {
    /// A number with its scales: `3.060,7 nghìn tỷ`, `2 triệu rưỡi`, `1 tỷ 200 triệu`, `hai mươi mốt nghìn`.
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let amount = self.any_amount(at)?;
        if amount.printed.is_some() && !amount.scaled {
            return Some(amount);
        }
        // Nothing that a statistic counts is larger, whatever unit follows (and no digits alone are as many).
        let most = Decimal::from_i128_with_scale(10_i128.pow(19), 0);
        let printed = amount.printed.map_or(amount.number.value, Printed::most);
        printed.checked_mul(amount.scale).is_some_and(|value| value <= most).then_some(amount)
    }

    pub(super) fn any_amount(&self, at: usize) -> Option<Amount> {
        let token = self.token(at)?;
        if token.is_number() {
            let printed = number::printed(self.text, token);
            // `2 phẩy 23`
            if let Some((fraction, decimals, end)) = self.words().fraction(at + 1).filter(|_| printed.shape == Shape::Plain) {
                let value = printed.settle(Habit::default())?.value + fraction;
                let (scale, scaled, end) = self.scales(end);
                return Some(Amount { printed: None, number: Number { value, decimals }, scale, scaled, end });
            }
            let (suffix, after) = self.suffix(at + 1);
            let (scale, scaled, mut end) = self.scales(after);
            let (mut scale, scaled) = (scale * suffix, scaled || after > at + 1);
            let mut rest = Decimal::ZERO;
            if scaled {
                if let Some((NumberWord::Half, next)) = self.number_word(end) {
                    rest += Decimal::new(5, 1);
                    end = next;
                }
                // `1 tỷ 200 triệu đồng`: a smaller scale follows its own number.
                if let Some(part) = self.token(end).filter(|t| t.is_number() && matches!(number::printed(self.text, t).shape, Shape::Plain))
                {
                    let (smaller, again, next) = self.scales(end + 1);
                    let value = number::printed(self.text, part).settle(Habit::default())?.value;
                    if again && smaller < scale && !part.line {
                        rest += value.checked_mul(smaller)? / scale;
                        end = next;
                    } else if again && !part.line && scale == Decimal::ONE_THOUSAND && value < scale && self.is_money(next) {
                        // `882 nghìn 200 tỷ đồng`: the thousands of what a larger scale multiplies.
                        rest += value / scale;
                        (scale, end) = (scale.checked_mul(smaller)?, next);
                    }
                }
            }
            return Some(Amount { printed: Some(printed), number: Number { value: rest, decimals: 0 }, scale, scaled, end });
        }
        let spelled = self.words().read(at)?;
        Some(Amount { printed: None, number: spelled.number, scale: Decimal::ONE, scaled: spelled.scaled, end: spelled.end })
    }

    pub(super) fn words(&self) -> Words<'_> {
        Words { text: self.text, tokens: self.tokens, hits: self.hits, scales: &self.known.units.scales, end: self.range.1 }
    }

    /// `10K đồng`, `7k$`: a letter glued to the number, before money.
    pub(super) fn suffix(&self, at: usize) -> (Decimal, usize) {
        let suffix = self.token(at).filter(|token| token.is_word() && !token.spaced).and_then(|_| {
            let (found, end) = self.pick(at, |mark| if let Mark::Number(NumberWord::Suffix(index)) = mark { Some(index) } else { None })?;
            let money = self.unit_word(end).is_some_and(|(unit, _)| self.known.units.units[unit as usize].kind == UnitKind::Money)
                || at >= self.range.0 + 2 && self.currency_before(at - 2).is_some();
            money.then(|| (Decimal::from(self.known.lexicon.numbers.suffixes[found as usize].factor), end))
        });
        suffix.unwrap_or((Decimal::ONE, at))
    }

    /// Whether a currency stands at a token.
    fn is_money(&self, at: usize) -> bool {
        self.unit_word(at).is_some_and(|(unit, _)| self.known.units.units[unit as usize].kind == UnitKind::Money)
    }

    pub(super) fn scale(&self, at: usize) -> Option<(Decimal, usize)> {
        self.pick_like(
            at,
            SCALE,
            |mark| if let Mark::Scale(index) = mark { Some(self.known.units.scales[index as usize].factor) } else { None },
        )
    }

    /// Stacked scale words: their product, whether there are any, the token after them.
    pub(super) fn scales(&self, at: usize) -> (Decimal, bool, usize) {
        let (mut product, mut end) = (Decimal::ONE, at);
        while let Some((factor, next)) = self.scale(end) {
            // `tr` and other short forms only right behind the number.
            if self.tokens[end].line || product * factor > Decimal::from(1_000_000_000_000_000_i64) {
                break;
            }
            product *= factor;
            end = next;
        }
        (product, end > at, end)
    }

    /// The upper side of a range: `7-8`, `25 đến 28`, `400 - 500`.
    pub(super) fn second(&self, begin: usize, at: usize, first: &Amount, taken: &[bool]) -> Option<Amount> {
        let joint = self.token(at).filter(|t| !t.line)?;
        let dash = matches!(joint.kind, Kind::Mark('-' | '~' | '÷'));
        let next = if dash { at + 1 } else { self.word_to(at).or_else(|| self.word_and(begin, at))? };
        // `từ 3,6 đến hơn 22 tỷ đồng`
        let next = self.after_bound(next).filter(|_| !dash).unwrap_or(next);
        // `VND1000-VND2000`, `một chấm ba`
        let next = self.currency_before(next).map_or(next, |(_, after)| after);
        let spelled = || !dash && self.words().read(next).is_some();
        let second = self.token(next).filter(|t| !t.line && (t.is_number() || spelled()))?;
        // `1.500 -1.600 tấn` is a range; behind a unit the dash would be a sign.
        if taken[next] || (dash && joint.spaced && !second.spaced && first.scaled) {
            return None;
        }
        let amount = self.amount(next)?;
        // A glued letter or another dash makes it a code or a date.
        let tail = self.token(amount.end);
        if tail.is_some_and(|t| (t.is('-') || t.is('/')) && !t.spaced && dash && self.token(amount.end + 1).is_some_and(Token::is_number)) {
            return None;
        }
        let (low, high) = (first.settle(Habit::default())?.value * first.scale, amount.settle(Habit::default())?.value * amount.scale);
        // `từ 5 đến 7`, but not `5 - 2` (a score) unless a percentage follows.
        let ordered = low <= high || (amount.scaled && !first.scaled) || self.mark(amount.end, '%');
        ordered.then_some(amount)
    }

    /// `đến`, `tới`, `cho đến` between two numbers.
    pub(super) fn word_to(&self, at: usize) -> Option<usize> {
        self.after(at, Mark::Time(TimeWord::To))
    }

    /// `và` between two numbers behind `giữa`.
    pub(super) fn word_and(&self, begin: usize, at: usize) -> Option<usize> {
        let and = self.number_is(at, NumberWord::And)?;
        self.before_is(begin, Mark::Number(NumberWord::Between)).map(|_| and)
    }

    /// `6% - 7%`, `từ 5 tỷ đồng đến 7 tỷ đồng`: the second amount with the unit that both have; `unit` is that of the first.
    pub(super) fn repeated_unit(&self, begin: usize, first: &Amount, unit: UnitRead, taken: &[bool]) -> Option<(Amount, UnitRead)> {
        let (measured, per, end) = unit;
        let Measured::Unit(unit) = measured else { return None };
        let joint = self.token(end).filter(|t| !t.line)?;
        let next = if joint.is('-') { end + 1 } else { self.word_to(end).or_else(|| self.word_and(begin, end))? };
        // `từ 50% đến hơn 90%`
        let next = self.after_bound(next).unwrap_or(next);
        if !self.token(next).is_some_and(Token::is_number) || taken[next] {
            return None;
        }
        let second = self.amount(next)?;
        let again = self.unit(second.end, true, None);
        // Prices of two sides (`mua vào - bán ra`) are two levels.
        let price = per[0].is_some() && again.1[0].is_some() && joint.is('-');
        let low = first.settle(Habit { fraction_likely: true, ..Habit::default() })?;
        let high = second.settle(Habit { fraction_likely: true, ..Habit::default() })?;
        let ordered = low.value * first.scale < high.value * second.scale;
        (again.0 == Measured::Unit(unit) && !price && ordered && (again.1 == per || per[0].is_none())).then_some((second, again))
    }
}
