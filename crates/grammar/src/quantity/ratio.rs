//! Fractions and multiples, in words and as `A/B`.

use knowledge::{CueClass, UnitKind};
use model::Bound;
use rust_decimal::Decimal;

use super::{Amount, Measured, NotRead, Quantity, View};
use crate::mark::{Mark, NumberWord, TimeWord};
use crate::number::{Habit, Shape};
use crate::spelled::Spelled;
use crate::token::Token;

impl View<'_> {
    /// `hai phần ba`, `một nửa`, `gấp đôi`, `gấp rưỡi`, `gấp ba`
    pub(super) fn worded_ratio(&self, at: usize, out: &mut Vec<Quantity>) -> Option<usize> {
        let push = |at: usize, end: usize, value: Decimal, measured: Measured, out: &mut Vec<Quantity>| {
            let (bound, lead) = self.bound(at, end);
            let decimals = 0;
            out.push(Quantity {
                start: at,
                end,
                lead,
                value,
                high: None,
                scale: Decimal::ONE,
                decimals,
                bound,
                negative: false,
                measured,
                per: [None; 2],
                unit: (end, end),
            });
            Some(end)
        };
        if self.tokens[at].is_number() || !self.tokens[at].is_word() {
            return None;
        }
        let is_multiple = self.pick(at, |mark| (mark == Mark::Cue(CueClass::Multiple)).then_some(()));
        if let Some(((), next)) = is_multiple {
            // The quote begins at the last word of `tăng gấp`.
            let at = (at..next)
                .rfind(|start| self.hits.at(*start).iter().any(|hit| hit.end as usize == next && hit.mark == Mark::Cue(CueClass::Multiple)))
                .unwrap_or(at);
            let twice = self.number_is(next, NumberWord::Twice).map(|end| (Decimal::TWO, end));
            let half_more = self.number_is(next, NumberWord::Half).map(|end| (Decimal::new(15, 1), end));
            if let Some((value, end)) = twice.or(half_more) {
                return push(at, end, value, Measured::Ratio, out);
            }
            if let Some((NumberWord::Digit(digit), end)) = self.number_word(next).filter(|_| self.token(next).is_some_and(Token::is_word)) {
                let times = self.unit_word(end).is_some_and(|(unit, _)| self.known.units.units[unit as usize].kind == UnitKind::Times);
                if !times && digit > 1 && self.scale(end).is_none() && !matches!(self.number_word(end), Some((NumberWord::Tens, _))) {
                    return push(at, end, Decimal::from(digit), Measured::Ratio, out);
                }
            }
            return None;
        }
        match self.number_word(at)? {
            (NumberWord::HalfOf, end) => {
                // `nửa đầu năm`, `nửa triệu` and `một nửa` of a place are none.
                let single = end == at + 1;
                let scaled = self.scale(end).is_some();
                if scaled || single && !self.tokens[at].capital && self.number_is(end, NumberWord::Whole).is_none() {
                    return None;
                }
                // `bằng một nửa` is a multiple.
                let (_, lead) = self.bound(at, end);
                if self.pick_before(lead, |mark| (mark == Mark::Cue(CueClass::Equal)).then_some(())).is_some() {
                    return push(at, end, Decimal::new(5, 1), Measured::Ratio, out);
                }
                push(at, end, Decimal::from(50), Measured::Fraction, out)
            }
            (NumberWord::Digit(_) | NumberWord::Ten, _) => {
                let Spelled { number: top, end: next, .. } = self.words().read(at)?;
                let (NumberWord::Part, next) = self.number_word(next)? else { return None };
                let Spelled { number: bottom, end, .. } = self.words().read(next)?;
                (bottom.value > top.value)
                    .then(|| push(at, end, Decimal::ONE_HUNDRED * top.value / bottom.value, Measured::Fraction, out))
                    .flatten()
            }
            _ => None,
        }
    }

    /// `Từ 1/7, thu nhập …`, `kể từ 1/4`: a day and its month, where nothing is measured and no other part follows (`từ 1/4 lên 1/3`).
    fn is_day(&self, at: usize, month: &Amount, top: Decimal, bottom: Decimal) -> bool {
        let end = month.end;
        let from = self.pick_before(at, |mark| matches!(mark, Mark::Cue(CueClass::From) | Mark::Time(TimeWord::From)).then_some(()));
        let leads = |mark: Mark| matches!(mark, Mark::Cue(CueClass::Reach) | Mark::Time(TimeWord::To) | Mark::Number(NumberWord::Whole));
        let goes_on = self.pick(end, |mark| leads(mark).then_some(())).is_some();
        from.is_some() && top <= Decimal::from(31) && bottom <= Decimal::from(12) && !goes_on && !month.scaled && !self.is_measured(end)
    }

    /// `2/3 số giếng` is a fraction, `106/119 xã` two counts.
    pub(super) fn ratio(&self, at: usize, first: &Amount, out: &mut Vec<Quantity>, unread: &mut Vec<NotRead>) -> Option<usize> {
        let slash = first.end;
        let second = self.amount(slash + 1)?;
        let (Some(top), Some(bottom)) =
            (first.settle(Habit { whole_only: true, ..Habit::default() }), second.settle(Habit { whole_only: true, ..Habit::default() }))
        else {
            return Some(second.end);
        };
        let (measured, per, end) = self.unit(second.end, true, None);
        if self.is_day(at, &second, top.value, bottom.value) {
            unread.push(NotRead { start: at, end: second.end, why: "date" });
            return Some(second.end);
        }
        let small = bottom.value <= Decimal::TEN && top.value < bottom.value && top.decimals == 0 && bottom.decimals == 0;
        let of_whole = self.token(second.end).is_some_and(|t| !t.line) && self.number_is(second.end, NumberWord::Whole).is_some();
        let plain = |n: &Amount| n.printed.is_some_and(|p| p.shape == Shape::Plain && !p.is_zero_fraction());
        if small && plain(first) && plain(&second) && (of_whole || bottom.value <= Decimal::from(5) || measured == Measured::Bare) {
            let (bound, lead) = self.bound(at, second.end);
            out.push(Quantity {
                start: at,
                end: second.end,
                lead,
                value: Decimal::ONE_HUNDRED * top.value / bottom.value,
                high: None,
                scale: Decimal::ONE,
                decimals: 0,
                bound,
                negative: false,
                measured: Measured::Fraction,
                per: [None; 2],
                unit: (second.end, second.end),
            });
            return Some(second.end);
        }
        if measured == Measured::Bare {
            unread.push(NotRead { start: at, end: second.end, why: "ratio" });
            return Some(second.end);
        }
        let (bound, lead) = self.bound(at, end);
        let factor = self.factor(measured, per);
        for (amount, number, start, stop) in [(first, top, at, slash), (&second, bottom, slash + 1, end)] {
            out.push(Quantity {
                start,
                end: stop,
                lead: if start == at { lead } else { start },
                value: number.value * amount.scale * factor,
                high: None,
                scale: amount.scale,
                decimals: number.decimals,
                bound: if start == at { bound } else { Bound::Exact },
                negative: false,
                measured,
                per,
                unit: (second.end, end),
            });
        }
        Some(end)
    }
}
