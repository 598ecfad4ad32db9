//! Days: dates, ranges of dates, days of the week, times of day.

use jiff::civil::Date;
use knowledge::{CueClass, TimeUnit};

use super::date::{self, DayMonth};
use super::parse::{Read, View};
use super::{Expr, Week, YearRef};
use crate::mark::{Mark, Particle, TimeWord};
use crate::token::Token;

/// The day of a span of two named days stands within so many words.
const BETWEEN: usize = 6;

/// A year that is no leap year.
const COMMON: i16 = 2001;

impl View<'_> {
    /// `từ ngày 28-3 đến 31-5`, `15-23/11/2024`, `từ 1 đến 15/10`
    pub(super) fn range_of_days(&self, at: usize) -> Read {
        let mut next = self.word(at, TimeWord::From).unwrap_or(at);
        let led_in = next > at;
        // (`hai ngày 22 và 23/4`)
        let counted = self.counted_days(next);
        let day_word = counted.or_else(|| self.unit(next, TimeUnit::Day));
        next = day_word.unwrap_or(next);
        let ends = |after: usize| {
            let dash = || self.mark(after, '-').then_some(after + 1);
            dash().or_else(|| self.word(after, TimeWord::To)).or_else(|| counted.and_then(|_| self.word(after, TimeWord::And)))
        };
        let day = || Some((DayMonth::day_only(self.int(next).filter(|day| (1..=31).contains(day))?), next + 1));
        // (`10-11/4` begins with a day, not with the tenth of November)
        let begins = date::day_month(self, next).filter(|(_, after)| ends(*after).is_some()).or_else(day);
        let (from, mut after) = begins?;
        after = ends(after)?;
        let second_word = self.unit(after, TimeUnit::Day);
        after = second_word.unwrap_or(after);
        let (to, end) = date::day_month(self, after)?;
        // (`hai phiên 05-06/12`)
        let session = || self.ends_with(at.saturating_sub(2), at, TimeWord::PartOfDay);
        if !(led_in || day_word.is_some() || second_word.is_some() || to.year.is_some() || self.explains_week(at) || session())
            || (from.month.is_none() && to.month.is_none())
        {
            return None;
        }
        let year = to.year.map_or(YearRef::Unstated, YearRef::Named);
        let from_year = from.year.map_or(year, YearRef::Named);
        Some((Expr::Days((from.day, from.month.or(to.month), from_year), (to.day, to.month, year)), end))
    }

    /// Whether a bracket behind a week opens right before a token: `tuần này (14-18/7)`.
    fn explains_week(&self, at: usize) -> bool {
        let Some(open) = at.checked_sub(1).filter(|open| self.tokens[*open].is('(')) else { return false };
        let week = |mark: Mark| matches!(mark, Mark::Time(TimeWord::Unit(TimeUnit::Week) | TimeWord::Relative(TimeUnit::Week, _)));
        (open.saturating_sub(3)..open).any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == open && week(hit.mark)))
    }

    /// `giữa kỳ điều hành ngày 14/3 và kỳ điều hành ngày 21/3`: from one day up to another, which opens the next such span.
    pub(super) fn between_days(&self, at: usize) -> Read {
        let dated = |from: usize| {
            let words = (from..from + BETWEEN).take_while(|at| self.token(*at).is_some_and(Token::is_word));
            words.filter_map(|at| self.unit(at, TimeUnit::Day)).find_map(|day| date::day_month(self, day))
        };
        let (from, after) = dated(self.word(at, TimeWord::MiddleOf)?)?;
        let (to, end) = dated(self.word(after, TimeWord::And)?)?;
        // (in a year that is not stated February has 28 days)
        let last = Date::new(to.year.unwrap_or(COMMON), to.month?, to.day).ok()?.yesterday().ok()?;
        let year = to.year.map_or(YearRef::Unstated, |_| YearRef::Named(last.year()));
        let from_year = from.year.map_or(year, YearRef::Named);
        Some((Expr::Days((from.day, from.month, from_year), (last.day(), Some(last.month()), year)), end))
    }

    /// `từ ngày 28/3 đến nay`, `kể từ tháng 4 đến nay`; `từ 1/7`, where a figure begins to hold.
    pub(super) fn since_day(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From)?;
        let day = self.unit(next, TimeUnit::Day).unwrap_or(next);
        let now = |end: usize| self.word(end, TimeWord::Now).or_else(|| self.word(self.word(end, TimeWord::To)?, TimeWord::Now));
        if let Some((found, end)) = date::day_month(self, day) {
            let year = found.year.map_or(YearRef::Unstated, YearRef::Named);
            if let (Some(month), Some(end)) = (found.month, now(end)) {
                return Some((Expr::SinceDay(Some(found.day), month, year), end));
            }
            return (day > next || !self.is_fraction(next, end)).then_some((Expr::Day(found.day, found.month, year), end));
        }
        match self.month(next)? {
            (Expr::Month(month, year), end) => Some((Expr::SinceDay(None, month, year), now(end)?)),
            _ => None,
        }
    }

    /// Whether two numbers are no day of a month but a fraction (`giảm từ 2/3`), a range or a decimal (`từ 5-10`, `từ 1.7`).
    fn is_fraction(&self, at: usize, end: usize) -> bool {
        let simple = matches!((self.int(at), self.int(at + 2)), (Some(over), Some(under)) if over < under && under <= 5);
        let moved = [CueClass::Up, CueClass::Down].iter().any(|class| self.hits.is(at.saturating_sub(2), Mark::Cue(*class)));
        // (`từ 1/6 tới` is one to come)
        let ranges = || self.word(end, TimeWord::To).is_some_and(|next| self.token(next).is_some_and(Token::is_number));
        !self.mark(at + 1, '/') || simple || moved || self.mark(end, '-') || self.mark(end, '%') || ranges()
    }

    /// How many days follow: `hai ngày 22 và 23/4`.
    fn counted_days(&self, at: usize) -> Option<usize> {
        let end = self.unit(at + 1, TimeUnit::Day).filter(|end| self.int(*end).is_some())?;
        let small = self.int(at).is_some_and(|days| (2..=31).contains(&days))
            || self.hits.at(at).iter().any(|hit| hit.end as usize == at + 1 && matches!(hit.mark, Mark::Number(_)));
        small.then_some(end)
    }

    /// `ngày 12/1`, `sáng 26/5`, `ngày 6 tháng 10 năm 2025`, `12/1/2021`, `phiên 20/5`
    pub(super) fn day(&self, at: usize) -> Read {
        let mut next = at;
        let mut named = false;
        // `sáng nay, 31-5`, `phiên giao dịch ngày 20/5`, `thứ Hai, 6 tháng 10, 2025`
        for _ in 0..4 {
            let relative = || self.time(next, |word| matches!(word, TimeWord::Relative(TimeUnit::Day, _)).then_some(()));
            if let Some(end) = relative().map(|((), end)| end).or_else(|| self.weekday_word(next).map(|(_, end)| end)) {
                (next, named) = (if self.mark(end, ',') || self.mark(end, '(') { end + 1 } else { end }, true);
            } else if let Some(end) = self.word(next, TimeWord::PartOfDay).or_else(|| self.unit(next, TimeUnit::Day)) {
                (next, named) = (end, true);
            } else {
                break;
            }
        }
        // (`hai phiên 05-06/12` are the fifth and the sixth)
        let range = |end: usize| self.mark(next + 1, '-') && self.mark(end, '/');
        if let Some((found, mut end)) = date::day_month(self, next).filter(|(found, end)| (named || found.year.is_some()) && !range(*end)) {
            if self.mark(end, ')') && next > at && self.mark(next - 1, '(') {
                end += 1;
            }
            return Some((Expr::Day(found.day, found.month, found.year.map_or(YearRef::Unstated, YearRef::Named)), end));
        }
        let day = self.int(next).filter(|day| (1..=31).contains(day))? as i8;
        // (`mùng 5 Tết` is no day of this calendar)
        if named && next + 1 < self.end && self.hits.says(next + 1, Particle::Lunar) {
            return Some((Expr::Vague, next + 2));
        }
        if let Some(unit) = self.unit(next + 1, TimeUnit::Month) {
            if let Some((month, end)) = self.month_number(unit) {
                let (year, end) = self.trailing_year(end);
                return Some((Expr::Day(day, Some(month), year), end));
            }
            // `ngày 15 tháng này`
            if let Some((Expr::Relative(TimeUnit::Month, 0), end)) = self.whole(next + 1) {
                return Some((Expr::Day(day, None, YearRef::Unstated), end));
            }
        }
        (named && next > at && self.unit(next - 1, TimeUnit::Day).is_some()).then_some((Expr::Day(day, None, YearRef::Unstated), next + 1))
    }

    /// `đến 31/10`
    pub(super) fn bare_day(&self, at: usize) -> Read {
        // (`lãi suất lên tới 10-12%`)
        let (found, end) = date::day_month(self, at).filter(|(_, end)| !self.mark(*end, '%'))?;
        Some((Expr::Day(found.day, found.month, found.year.map_or(YearRef::Unstated, YearRef::Named)), end))
    }

    /// A year alone in a bracket or as a whole line, or a full date.
    pub(super) fn dated_day(&self, at: usize) -> Read {
        let bracketed = at > 0 && self.tokens[at - 1].is('(') && (self.mark(at + 1, ')') || self.mark(at + 1, ':'));
        // `(2010 tăng 4,5%, 2011 tăng 12%; 2012 giảm 2%)`
        let item = || {
            at > 0
                && (self.tokens[at - 1].is('(') || self.tokens[at - 1].is(',') || self.tokens[at - 1].is(';'))
                && at + 1 < self.end
                && self.hits.at(at + 1).iter().any(|hit| matches!(hit.mark, Mark::Cue(CueClass::Up | CueClass::Down)))
        };
        // `2010: thất nghiệp 4,3%` as a line
        let heads = (at == 0 || self.tokens[at].line) && self.mark(at + 1, ':');
        if let Some(year) = self.bare_year(at).filter(|_| bracketed || heads || item()) {
            return Some(year);
        }
        // `(29/5)`, `7/3` as all there is; `sáng nay (27.5)`, where only a word of time before it tells it from a number.
        let (expr, end) = self.bare_day(at)?;
        if self.dotted(at).is_some() {
            let timed = |at: usize| {
                (at.saturating_sub(3)..at)
                    .any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == at && matches!(hit.mark, Mark::Time(_))))
            };
            let explains = at > 1 && (self.tokens[at - 1].is('(') || self.tokens[at - 1].is(',')) && timed(at - 1);
            return explains.then_some((expr, end));
        }
        let opens = at == 0 || self.tokens[at - 1].is('(');
        let closes = self.mark(end, ')') || (at == 0 && end == self.end);
        (opens && closes).then_some((expr, end))
    }

    pub(super) fn weekday_word(&self, at: usize) -> Option<(i8, usize)> {
        self.time(at, |word| if let TimeWord::Weekday(day) = word { Some(day as i8) } else { None })
    }

    /// `tuần 22/2025`, `tuần giao dịch thứ 22/2025`, `trong tuần 13, …`: a week by its number.
    pub(super) fn week_of_year(&self, at: usize) -> Read {
        let unit = self.unit(at, TimeUnit::Week)?;
        let number = (unit..unit + 4).find(|at| self.token(*at).is_some_and(Token::is_number))?;
        let counts = |at: usize| self.hits.says(at, Particle::Counted);
        let week = self.int(number).filter(|week| (1..=53).contains(week) && (unit..number).all(counts))? as i8;
        let (year, end) = self.trailing_year(number + 1);
        // (`mỗi tuần 20 tấn`, `tuần 21-25/7`, `tuần thứ 2 liên tiếp` are none)
        let ends = self.token(end).is_none_or(|token| [',', '.', ';', ')'].iter().any(|mark| token.is(*mark)));
        let bare = number == unit && week >= 10 && ends;
        (matches!(year, YearRef::Named(_)) || bare).then_some((Expr::Week(week, year), end))
    }

    /// `thứ Sáu`, `thứ năm tuần tới`, `thứ ba vừa rồi`; in small letters and alone it is as often an ordinal (`nước thứ ba`).
    pub(super) fn weekday(&self, at: usize) -> Read {
        let (day, end) = self.weekday_word(at)?;
        let next = self.word(end, TimeWord::Of).unwrap_or(end);
        let week = self.time(next, |word| if let TimeWord::Relative(TimeUnit::Week, offset) = word { Some(offset) } else { None });
        if let Some((offset, end)) = week {
            return Some((Expr::Weekday(day, Week::Offset(offset)), end));
        }
        // (`năm thứ 5 liên tiếp` is an ordinal)
        let worded = self.tokens[end - 1].is_word();
        // (`tuần thứ ba liên tiếp`, `phiên thứ hai liên tiếp`)
        let counts =
            |before: usize| self.time(before, |word| matches!(word, TimeWord::Unit(_) | TimeWord::PartOfDay).then_some(())).is_some();
        // (`tuần tăng thứ hai liên tiếp`)
        let moves = |at: usize| self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Cue(CueClass::Up | CueClass::Down)));
        let moved = |before: usize| moves(before) && before.checked_sub(1).is_some_and(counts);
        let ordinal = worded && !self.tokens[end - 1].capital && at.checked_sub(1).is_some_and(|before| counts(before) || moved(before));
        if ordinal && self.word(end, TimeWord::Past).is_some() {
            return Some((Expr::Vague, end));
        }
        if let Some(end) = self.word(end, TimeWord::Past).filter(|_| worded) {
            return Some((Expr::Weekday(day, Week::Last), end));
        }
        let led = at.checked_sub(1).is_some_and(|before| {
            self.ends_with(before.saturating_sub(2), at, TimeWord::PartOfDay) || self.unit(before, TimeUnit::Day).is_some()
        });
        let alone = at == 0 && end == self.end;
        if self.tokens[at].upper && !alone {
            return None;
        }
        let stated = led || alone || (self.tokens[end - 1].capital && worded);
        // (`lớn thứ hai sau Brazil` names no day)
        let named = |at: usize| self.token(at).is_some_and(|token| token.is_word() && token.capital);
        if let Some(end) = self.word(end, TimeWord::Coming).filter(|end| stated || !named(*end)) {
            return Some((Expr::Weekday(day, Week::Next), end));
        }
        Some((if stated { Expr::Weekday(day, Week::Unstated) } else { Expr::Vague }, end))
    }

    /// `phiên đầu tuần`, `phiên giao dịch cuối tuần trước`, `chốt phiên cuối tuần qua`: Monday and Friday.
    pub(super) fn session_of_week(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::PartOfDay)?;
        let (last, edge) = match (self.word(next, TimeWord::StartOf), self.word(next, TimeWord::EndOf)) {
            (Some(edge), _) => (false, edge),
            (_, Some(edge)) => (true, edge),
            _ => return None,
        };
        let week = self.time(edge, |word| if let TimeWord::Relative(TimeUnit::Week, offset) = word { Some(offset) } else { None });
        let day = if last { 5 } else { 1 };
        match week {
            Some((-1, end)) if last => Some((Expr::Weekday(day, Week::Last), end)),
            Some((offset, end)) => Some((Expr::Weekday(day, Week::Offset(offset)), end)),
            None => self.unit(edge, TimeUnit::Week).map(|end| (Expr::Weekday(day, Week::Unstated), end)),
        }
    }

    /// `10 giờ 40`, `7h30`, `20:25`, `2 tuần`, `30 phút`: time without a date.
    pub(super) fn clock(&self, at: usize) -> Read {
        let hour = self.int(at)?;
        let next = self.token(at + 1)?;
        if next.is(':') && !next.spaced && self.int(at + 2).is_some() && hour < 24 && !self.tokens[at + 2].spaced {
            return Some((Expr::Vague, at + 3));
        }
        let chars = &self.text.chars[next.start as usize..next.end as usize];
        let hours = self.word(at + 1, TimeWord::Hour).is_some() && hour <= 24;
        let glued = !next.spaced
            && matches!(chars.first(), Some('h' | 'g' | 'H'))
            && chars.len() <= 3
            && chars[1..].iter().all(char::is_ascii_digit)
            && hour <= 24;
        if glued && chars != ['h', 'a'] {
            return Some((Expr::Vague, at + 2));
        }
        if hours {
            let minutes = self.int(at + 2).filter(|minute| *minute < 60);
            return Some((Expr::Vague, if minutes.is_some() { at + 3 } else { at + 2 }));
        }
        None
    }
}
