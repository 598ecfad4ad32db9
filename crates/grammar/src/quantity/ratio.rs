//! Fractions and multiples, in words and as `A/B`.

use knowledge::{BlockedBy, CueClass, UnitKind};
use model::Bound;
use rust_decimal::Decimal;

use super::{Amount, Measured, NotRead, Quantity, View};
use crate::mark::{Mark, NumberWord, Particle, TimeWord};
use crate::number::{self, Habit, Shape};
use crate::spelled::Spelled;
use crate::token::Token;

impl View<'_> {
    /// `hai phần ba`, `một nửa`, `gấp đôi`, `gấp rưỡi`, `gấp ba`
    pub(super) fn worded_ratio(&self, at: usize, out: &mut Vec<Quantity>) -> Option<usize> {
        if self.tokens[at].is_number() || !self.tokens[at].is_word() {
            return None;
        }
        let ratio = match self.after(at, Mark::Cue(CueClass::Multiple)) {
            Some(next) => self.worded_multiple(at, next),
            None => self.half_of(at).or_else(|| self.worded_part(at)),
        }?;
        let end = ratio.end;
        out.push(ratio);
        Some(end)
    }

    /// A ratio in tokens `start..end`.
    fn ratio_of(&self, start: usize, end: usize, value: Decimal, measured: Measured) -> Quantity {
        let (bound, lead) = self.bound(start, end);
        Quantity {
            start,
            end,
            lead,
            value,
            high: None,
            scale: Decimal::ONE,
            decimals: 0,
            bound,
            negative: false,
            measured,
            per: [None; 2],
            unit: (end, end),
        }
    }

    /// `gấp đôi`, `tăng gấp rưỡi`, `gấp ba`; `next` stands behind the cue at a token.
    fn worded_multiple(&self, at: usize, next: usize) -> Option<Quantity> {
        // The quote begins at the last word of `tăng gấp`.
        let multiple = |start: &usize| self.hits.spans((*start, next), Mark::Cue(CueClass::Multiple));
        let at = (at..next).rfind(multiple).unwrap_or(at);
        let twice = self.number_is(next, NumberWord::Twice).map(|end| (Decimal::TWO, end));
        let half_more = || self.number_is(next, NumberWord::Half).map(|end| (Decimal::new(15, 1), end));
        if let Some((value, end)) = twice.or_else(half_more) {
            return Some(self.ratio_of(at, end, value, Measured::Ratio));
        }
        let worded = self.number_word(next).filter(|_| self.token(next).is_some_and(Token::is_word));
        let Some((NumberWord::Digit(digit), end)) = worded else { return None };
        // (`gấp ba lần` and `gấp ba mươi lần` are read as any number with its unit)
        let times = self.unit_word(end).is_some_and(|(unit, _)| self.known.units.units[unit as usize].kind == UnitKind::Times);
        let alone = !times && digit > 1 && self.scale(end).is_none() && !matches!(self.number_word(end), Some((NumberWord::Tens, _)));
        alone.then(|| self.ratio_of(at, end, Decimal::from(digit), Measured::Ratio))
    }

    /// `một nửa`, `quá nửa số hộ`; `nửa đầu năm`, `nửa triệu` and `một nửa` of a place are none.
    fn half_of(&self, at: usize) -> Option<Quantity> {
        let Some((NumberWord::HalfOf, end)) = self.number_word(at) else { return None };
        let single = end == at + 1;
        if self.scale(end).is_some() || single && !self.tokens[at].capital && self.number_is(end, NumberWord::Whole).is_none() {
            return None;
        }
        // `bằng một nửa` is a multiple.
        let (_, lead) = self.bound(at, end);
        let equal = self.before_is(lead, Mark::Cue(CueClass::Equal)).is_some();
        let (value, measured) = if equal { (Decimal::new(5, 1), Measured::Ratio) } else { (Decimal::from(50), Measured::Fraction) };
        Some(self.ratio_of(at, end, value, measured))
    }

    /// `hai phần ba`
    fn worded_part(&self, at: usize) -> Option<Quantity> {
        let Some((NumberWord::Digit(_) | NumberWord::Ten, _)) = self.number_word(at) else { return None };
        let Spelled { number: top, end: next, .. } = self.words().read(at)?;
        let (NumberWord::Part, next) = self.number_word(next)? else { return None };
        let Spelled { number: bottom, end, .. } = self.words().read(next)?;
        let value = || Decimal::ONE_HUNDRED * top.value / bottom.value;
        (bottom.value > top.value).then(|| self.ratio_of(at, end, value(), Measured::Fraction))
    }

    /// `Từ 1/7, thu nhập …`, `kể từ 1/4`: a day and its month, where nothing is measured and no other part follows (`từ 1/4 lên 1/3`).
    fn is_day(&self, at: usize, month: &Amount, top: Decimal, bottom: Decimal) -> bool {
        let end = month.end;
        let from = self.pick_before(at, |mark| matches!(mark, Mark::Cue(CueClass::From) | Mark::Time(TimeWord::From)).then_some(()));
        let leads = |mark: Mark| matches!(mark, Mark::Cue(CueClass::Reach) | Mark::Time(TimeWord::To) | Mark::Number(NumberWord::Whole));
        let goes_on = self.pick(end, |mark| leads(mark).then_some(())).is_some();
        from.is_some() && top <= Decimal::from(31) && bottom <= Decimal::from(12) && !goes_on && !month.scaled && !self.is_measured(end)
    }

    /// `lễ 30/4 - 1/5`, `Quốc khánh 2/9`, `cùng ngày 6/8`, `03/9`: a day behind another one or behind the word of a day, or with the zero
    /// that fractions lack.
    fn is_day_of_feast(&self, at: usize, month: &Amount, top: Decimal, bottom: Decimal, measured: Measured) -> bool {
        let dates = top <= Decimal::from(31) && bottom <= Decimal::from(12) && !month.scaled && !self.is_measured(month.end);
        let whole = || self.number_is(month.end, NumberWord::Whole).is_some();
        if !dates || top == Decimal::ZERO || bottom == Decimal::ZERO || whole() {
            return false;
        }
        // (`09/12 xã` are two counts)
        let zero = |at: usize| measured == Measured::Bare && self.chars(at).len() == 2 && self.chars(at)[0] == '0';
        let joint = |at: usize| self.tokens[at].is('-') || self.tokens[at].is(',') || self.hits.says(at, Particle::And);
        // (`30/4-1/5`: the first is a day of its own)
        let behind = at >= self.range.0 + 4 && joint(at - 1) && self.tokens[at - 2].is_number() && self.tokens[at - 3].is('/') && {
            let day = number::plain_int(self.text, &self.tokens[at - 4]);
            let bottom = number::plain_int(self.text, &self.tokens[at - 2]);
            day.is_some_and(|day| (6..=31).contains(&day)) && bottom.is_some_and(|month| (1..=12).contains(&month))
        };
        let feast = self.pick_before(at, |mark| matches!(mark, Mark::Blocked(BlockedBy::Day)).then_some(()));
        zero(at) || zero(month.end - 1) || behind || feast.is_some()
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
        if self.is_day(at, &second, top.value, bottom.value) || self.is_day_of_feast(at, &second, top.value, bottom.value, measured) {
            unread.push(NotRead { start: at, end: second.end, why: "date" });
            return Some(second.end);
        }
        let small = bottom.value <= Decimal::TEN && top.value < bottom.value && top.decimals == 0 && bottom.decimals == 0;
        let of_whole = self.token(second.end).is_some_and(|t| !t.line) && self.number_is(second.end, NumberWord::Whole).is_some();
        let plain = |n: &Amount| n.printed.is_some_and(|p| p.shape == Shape::Plain && !p.is_zero_fraction());
        if small && plain(first) && plain(&second) && (of_whole || bottom.value <= Decimal::from(5) || measured == Measured::Bare) {
            out.push(self.ratio_of(at, second.end, Decimal::ONE_HUNDRED * top.value / bottom.value, Measured::Fraction));
            return Some(second.end);
        }
        if measured == Measured::Bare {
            unread.push(NotRead { start: at, end: second.end, why: "ratio" });
            return Some(second.end);
        }
        let (bound, lead) = self.bound(at, end);
        let factor = self.factor(measured, per);
        // (`303.236/120.321 tỷ đồng`: both are billions)
        let shared = if first.scaled { first.scale } else { second.scale };
        for (scale, number, start, stop) in [(shared, top, at, slash), (second.scale, bottom, slash + 1, end)] {
            out.push(Quantity {
                start,
                end: stop,
                lead: if start == at { lead } else { start },
                value: number.value * scale * factor,
                high: None,
                scale,
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
