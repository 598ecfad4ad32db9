//! Expressions of time that are in the lexicon whole (`năm ngoái`, `hiện nay`, `cùng kỳ`).

use knowledge::{CueClass, TimeUnit};

use super::parse::{Read, View};
use super::{Expr, YearRef};
use crate::mark::{Mark, Particle, TimeWord};

/// Words from a time to come to what compares it with the one before (`tháng sau luôn cao hơn tháng trước`).
const LONGEST_COMPARISON: usize = 3;

impl View<'_> {
    /// Whether a token that alone says when ends a word of two syllables (`thực hiện tại Việt Nam` says nothing of `hiện tại`).
    fn is_second_syllable(&self, at: usize) -> bool {
        let alone = self.hits.spans((at, at + 1), Mark::Time(TimeWord::Now));
        // (no trap: `cá thể hiện nay` has none)
        let word = |start: usize| self.hits.at(start).iter().any(|hit| hit.end as usize == at + 1 && matches!(hit.mark, Mark::Cue(_)));
        alone && at.checked_sub(1).is_some_and(word)
    }

    /// Expressions that are in the lexicon whole: `năm ngoái`, `hiện nay`, `từ đầu năm đến nay`.
    pub(super) fn whole(&self, at: usize) -> Read {
        // (`nhiều tháng qua`, `các năm trước` are none in particular)
        let several = at > 0 && self.ends_with(at - 1, at, TimeWord::Several);
        self.time(at, |word| match word {
            TimeWord::Relative(TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year, -1) if several => Some(Expr::Vague),
            TimeWord::Relative(unit, offset) => Some(Expr::Relative(unit, offset)),
            TimeWord::Now => (!self.is_second_syllable(at)).then_some(Expr::Now),
            TimeWord::WholeYear => Some(Expr::WholeYear),
            TimeWord::YearToDate => Some(Expr::YearToDate),
            TimeWord::MonthToDate => Some(Expr::MonthToDate),
            TimeWord::ThatSpan => Some(Expr::ThatSpan),
            _ => None,
        })
        // `tháng sau cao hơn tháng trước`: any of them, and none in particular.
        .map(|(expr, end)| self.ever(expr, end).map_or((expr, end), |end| (Expr::Vague, end)))
        // `trong tháng 10`, `trong quý III`, `sang năm 2025`: the number makes it a date, which the next token begins.
        .filter(|(expr, end)| match expr {
            Expr::Relative(TimeUnit::Year, offset) => {
                *offset <= 0 || self.unit(end - 1, TimeUnit::Year).is_none_or(|at| self.year_number(at).is_none())
            }
            Expr::Relative(..) => !self.is_numbered(*end),
            _ => true,
        })
        .map(|(expr, end)| match expr {
            // `trong tháng 10`, `cả năm 2023`: the last word opens a longer form.
            Expr::WholeYear | Expr::Relative(TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year, 0) if end > at + 1 => {
                let forms: [fn(&Self, usize) -> Read; 4] = [Self::month, Self::quarter, Self::year, Self::whole];
                forms.iter().find_map(|form| form(self, end - 1)).unwrap_or((expr, end))
            }
            // `trong tuần từ 21-25/10`
            Expr::Relative(TimeUnit::Week, 0) if end > at + 1 => {
                self.range_of_days(end).or_else(|| self.whole(end - 1)).unwrap_or((expr, end))
            }
            // `từ đầu năm 2020 đến nay`, `từ đầu năm đến hết tháng 9`
            Expr::YearToDate => self.year_to_date(end),
            // `kết thúc phiên hôm qua`
            Expr::Relative(TimeUnit::Day, 0) => {
                // (`hôm nay` is the day of publication, `trong ngày` that which is spoken of)
                let this = |end: usize| self.hits.says(end - 1, Particle::Today);
                let expr = if this(end) { Expr::Shift(0, TimeUnit::Day) } else { expr };
                let day = self.time(end, |word| match word {
                    TimeWord::Relative(TimeUnit::Day, offset) => Some(offset),
                    _ => None,
                });
                day.map_or((expr, end), |(offset, end)| match offset {
                    0 if this(end) => (Expr::Shift(0, TimeUnit::Day), end),
                    _ => (Expr::Relative(TimeUnit::Day, offset), end),
                })
            }
            // `năm qua`, `năm vừa qua`
            Expr::Relative(TimeUnit::Year, -1) if self.word(at + 1, TimeWord::Past) == Some(end) => (Expr::PastYear, end),
            _ => (expr, end),
        })
    }

    /// Where the time before ends with which a time to come is compared right behind it (`năm sau luôn cao hơn năm trước`).
    fn ever(&self, expr: Expr, end: usize) -> Option<usize> {
        let Expr::Relative(unit, 1) = expr else { return None };
        let before = |at: usize| self.time(at, |word| (word == TimeWord::Relative(unit, -1)).then_some(())).map(|((), end)| end);
        let compared = |at: &usize| self.hits.at(*at).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Basis));
        (end..(end + LONGEST_COMPARISON).min(self.end)).find(compared).and_then(|from| (from..from + 4).find_map(before))
    }

    /// Whether a number or the name of a month or quarter stands at a token.
    pub(super) fn is_numbered(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_number() && !token.line)
            || self.time(at, |word| matches!(word, TimeWord::MonthName(_) | TimeWord::Roman(_)).then_some(())).is_some()
    }

    /// `cách đây 3 năm`
    pub(super) fn back(&self, at: usize) -> Read {
        let (count, after) = self.count(self.word(at, TimeWord::Back)?)?;
        let (unit, end) = self.time(after, |word| if let TimeWord::Unit(unit) = word { Some(unit) } else { None })?;
        Some((Expr::Shift(-(count.min(99) as i16), unit), end))
    }

    /// `cùng kỳ`, with the year that it names.
    pub(super) fn same(&self, at: usize) -> Read {
        let Some(end) = self.word(at, TimeWord::Same) else {
            let (year, end) = self.trailing_year(self.word(at, TimeWord::SameMoment)?);
            let other = year != YearRef::Unstated || self.is_comparison(at);
            return Some((if other { Expr::Same(year) } else { Expr::Vague }, end));
        };
        // `trong cùng giai đoạn 2025-2030`
        if self.year_number(end).is_some()
            && let Some((span @ Expr::Years(..), end)) = self.span_of_years(end)
        {
            return Some((span, end));
        }
        let (year, end) = self.trailing_year(end);
        // `cùng kỳ tháng trước` keeps its month.
        if year == YearRef::Unstated
            && let Some((expr, end)) = self.whole(end)
            && matches!(expr, Expr::Relative(TimeUnit::Day | TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Week, _))
        {
            return Some((expr, end));
        }
        Some((Expr::Same(year), end))
    }
}
