//! Months and quarters, and spans of them.

use knowledge::{BlockedBy, TimeUnit};

use super::parse::{Read, View};
use super::{Expr, MonthPart, YearRef};
use crate::mark::{Mark, TimeWord, YearEdge};

/// So many months without a year are as often how long something takes as the first ones of it.
const FEW_MONTHS: u32 = 3;

impl View<'_> {
    pub(super) fn year_with_month(&self, at: usize) -> Option<(i16, usize)> {
        let year = self.year_number(at)?;
        Some((year, at + 1))
    }

    pub(super) fn month_with_year(&self, at: usize) -> Option<((i16, i8), usize)> {
        let at = self.word(at, TimeWord::EndOf).unwrap_or(at);
        match self.month(at)? {
            (Expr::Month(month, YearRef::Named(year)), end) => Some(((year, month), end)),
            _ => None,
        }
    }

    /// `từ tháng 1 đến tháng 9 năm 2025`, `tháng 1 - tháng 9`, `tháng 1-9/2025`
    pub(super) fn range_of_months(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From).unwrap_or(at);
        let (from, after) =
            if let Some((Expr::Month(from, YearRef::Unstated) | Expr::PartOfMonth(from, YearRef::Unstated), after)) = self.month(next) {
                (from, after)
            } else {
                let unit = self.unit(next, TimeUnit::Month)?;
                (self.int(unit).filter(|m| (1..=12).contains(m))? as i8, unit + 1)
            };
        let joint = if self.mark(after, '-') {
            after + 1
        } else {
            let to = self.word(after, TimeWord::To).or_else(|| self.word(after, TimeWord::Until));
            to.or_else(|| self.next_month(at, from, after))?
        };
        let (to, year, end) = if let Some((Expr::Month(to, year), end)) = self.month(joint) {
            (to, year, end)
        } else if let Some((Expr::YearEnd(year), end)) = self.edge_of_year(joint).or_else(|| self.edge_of_year(joint - 1)) {
            // (`từ đầu tháng 6 đến hết năm 2025`)
            (12, year, end)
        } else {
            let to = self.int(joint).filter(|m| (1..=12).contains(m))? as i8;
            let (year, end) = self.trailing_year(joint + 1);
            (to, year, end)
        };
        (from < to).then_some((Expr::Months(from, to, year), end))
    }

    /// `tháng 11 và 12`, `các tháng 3 và 4 năm 2024`: where a bare number behind `và` stands that is the next month, and no number of things.
    fn next_month(&self, at: usize, month: i8, after: usize) -> Option<usize> {
        let next = self.word(after, TimeWord::And).filter(|next| self.int(*next).is_some_and(|to| to == month as u32 + 1 && to <= 12))?;
        let several = at.checked_sub(1).is_some_and(|before| self.is_several(before));
        let (year, end) = self.trailing_year(next + 1);
        let ends = self.token(end).is_none_or(|token| !token.is_word() && !token.is_number());
        (several || ends || matches!(year, YearRef::Named(_))).then_some(next)
    }

    /// The number or name behind `tháng`.
    pub(super) fn month_number(&self, at: usize) -> Option<(i8, usize)> {
        if let Some(month) = self.int(at).filter(|month| (1..=12).contains(month)) {
            return Some((month as i8, at + 1));
        }
        self.time(at, |word| match word {
            TimeWord::MonthName(month) => Some(month as i8),
            _ => None,
        })
    }

    /// `tháng 10`, `tháng 10/2024`, `tháng Tư năm nay`, `T10/2024`; `đầu`, `cuối`, `giữa` before it make it a part.
    pub(super) fn month(&self, at: usize) -> Read {
        let part =
            [TimeWord::StartOf, TimeWord::EndOf, TimeWord::MiddleOf].iter().find_map(|word| self.word(at, *word).map(|end| (*word, end)));
        let next = part.map_or(at, |(_, end)| end);
        let (month, year, end) = self.whole_month(next)?;
        Some(match part {
            Some((TimeWord::StartOf, _)) => (Expr::PartOfMonth(month, year), end),
            Some((TimeWord::MiddleOf, _)) => (Expr::MiddleOfMonth(month, year), end),
            _ => (Expr::Month(month, year), end),
        })
    }

    pub(super) fn whole_month(&self, at: usize) -> Option<(i8, YearRef, usize)> {
        if let Some((_, month)) = self.lettered(at).filter(|(letter, _)| *letter == 'T' && !self.is_addressed(at)) {
            let (year, end) = self.trailing_year(at + 1);
            return (1..=12).contains(&month).then_some((month, year, end));
        }
        let unit = self.unit(at, TimeUnit::Month)?;
        // `tháng 12.2006`
        if let Some((month, year)) = self.dotted(unit).filter(|(month, year)| (1..=12).contains(month) && (1900..=2100).contains(year)) {
            return Some((month as i8, YearRef::Named(year as i16), unit + 1));
        }
        // `tháng đầu năm`, `tháng cuối năm 2024`, but `những tháng đầu năm`
        if let Some((edge, after)) = self.year_edge(unit).filter(|_| !at.checked_sub(1).is_some_and(|before| self.is_several(before))) {
            let (year, end) = self.year_behind(after);
            return match edge {
                YearEdge::Start => Some((1, year, end)),
                YearEdge::End => Some((12, year, end)),
                YearEdge::Middle => None,
            };
        }
        let (month, after) = self.month_number(unit)?;
        // `tháng năm` is May unless a year follows (`tháng năm 2012` has lost its number).
        if month == 5 && self.unit(unit, TimeUnit::Year).is_some() && self.year_number(after).is_some() {
            return None;
        }
        let (year, end) = self.trailing_year(after);
        Some((month, year, end))
    }

    /// Whether a word of addresses stands right before a token: `nhà ga T3` is no March.
    fn is_addressed(&self, at: usize) -> bool {
        let address = |start: usize| self.hits.spans((start, at), Mark::Blocked(BlockedBy::Address));
        (at.saturating_sub(3)..at).any(address)
    }

    /// Whether a token says that there are several of what follows: a number, `những`, `các`, `mấy`.
    fn is_several(&self, at: usize) -> bool {
        self.count(at).is_some() || self.word(at, TimeWord::Several).is_some()
    }

    /// `những tháng đầu năm 2025`
    pub(super) fn early_months(&self, at: usize) -> Read {
        let unit = self
            .unit(at, TimeUnit::Month)
            .filter(|_| at.checked_sub(1).is_some_and(|before| self.word(before, TimeWord::Several).is_some()))?;
        let (_, after) = self.year_edge(unit).filter(|(edge, _)| *edge == YearEdge::Start)?;
        let (year, end) = self.year_behind(after);
        Some((Expr::EarlyMonths(year), end))
    }

    /// A month by its number or name, or none for `tháng này`.
    pub(super) fn month_or_this(&self, at: usize) -> Option<(Option<i8>, YearRef, usize)> {
        if let Some((month, year, end)) = self.whole_month(at) {
            return Some((Some(month), year, end));
        }
        let this = |word| (word == TimeWord::Relative(TimeUnit::Month, 0)).then_some(());
        self.time(at, this).map(|((), end)| (None, YearRef::Unstated, end))
    }

    /// `10 ngày đầu tháng 4`, `15 ngày cuối tháng này`
    pub(super) fn days_of_month(&self, at: usize) -> Read {
        let (days, after) = self.count(at).filter(|(days, _)| (1..=20).contains(days))?;
        let next = self.unit(after, TimeUnit::Day)?;
        let first = self.word(next, TimeWord::FirstPart).or_else(|| self.word(next, TimeWord::StartOf));
        let last = self.word(next, TimeWord::LastPart).or_else(|| self.word(next, TimeWord::EndOf));
        let (month, year, end) = self.month_or_this(first.or(last)?)?;
        let part = if first.is_some() { MonthPart::First(days as i8) } else { MonthPart::Last(days as i8) };
        Some((Expr::DaysOfMonth(part, month, year), end))
    }

    /// `T10`, `Q3`, `QIII`: a letter with its number.
    pub(super) fn lettered(&self, at: usize) -> Option<(char, i8)> {
        let token = self.token(at).filter(|token| token.is_word() && token.capital && token.end - token.start <= 4)?;
        let chars = &self.text.chars[token.start as usize..token.end as usize];
        let digit = |letter: &char| letter.to_digit(10).map(|digit| digit as i8);
        let (letter, rest) = chars.split_first().filter(|(letter, _)| matches!(letter, 'Q' | 'T'))?;
        let number = match rest {
            ['I'] => 1,
            ['I', 'I'] => 2,
            ['I', 'I', 'I'] => 3,
            ['I', 'V'] => 4,
            [first, more @ ..] => more.iter().try_fold(digit(first)?, |number, more| number.checked_mul(10)?.checked_add(digit(more)?))?,
            [] => return None,
        };
        (*letter == 'Q' || rest[0].is_ascii_digit()).then_some((*letter, number))
    }

    /// `quý III/2020`, `quý 3-2025`, `quý một năm nay`, `Q3/2024`
    pub(super) fn quarter(&self, at: usize) -> Read {
        if let Some((_, quarter)) = self.lettered(at).filter(|(letter, quarter)| *letter == 'Q' && (1..=4).contains(quarter)) {
            let (year, end) = self.trailing_year(at + 1);
            // `Q.1`, `Q1` alone is as often a district.
            return (year != YearRef::Unstated).then_some((Expr::Quarter(quarter, year), end));
        }
        let edge = self.word(at, TimeWord::EndOf).or_else(|| self.word(at, TimeWord::StartOf)).unwrap_or(at);
        let unit = self.unit(edge, TimeUnit::Quarter)?;
        if let Some((quarter, year)) = self.dotted(unit).filter(|(quarter, year)| (1..=4).contains(quarter) && (1900..=2100).contains(year))
        {
            return Some((Expr::Quarter(quarter as i8, YearRef::Named(year as i16)), unit + 1));
        }
        let numeral = self.time(unit, |word| match word {
            TimeWord::Roman(quarter) => Some(quarter as i8),
            _ => None,
        });
        // `quý đầu năm`, `quý cuối năm 2024`
        if numeral.is_none()
            && let Some((edge, after)) = self.year_edge(unit)
            && let Some(quarter) = match edge {
                YearEdge::Start => Some(1),
                YearEdge::End => Some(4),
                YearEdge::Middle => None,
            }
        {
            let (year, end) = self.year_behind(after);
            return Some((Expr::Quarter(quarter, year), end));
        }
        let (quarter, after) = numeral.or_else(|| self.count(unit).filter(|(n, _)| (1..=4).contains(n)).map(|(n, end)| (n as i8, end)))?;
        let (year, end) = self.trailing_year(after);
        Some((Expr::Quarter(quarter, year), end))
    }

    /// `6 tháng đầu năm 2020`, `10 tháng`, `chín tháng năm nay`, `3 quý đầu năm`, `3 tháng cuối năm`, `5 năm qua`
    pub(super) fn months_of_year(&self, at: usize) -> Read {
        let (count, after) = self.count(at)?;
        let unit = |wanted| self.unit(after, wanted);
        let (months, next) = if let Some(next) = unit(TimeUnit::Month) {
            // (`thu phí trong 23 năm 4 tháng`)
            if self.counts_years(at) {
                return Some((Expr::Vague, next));
            }
            (count, next)
        } else if let Some(next) = unit(TimeUnit::Quarter) {
            (3 * count, next)
        } else {
            return self.past(at);
        };
        if !(1..=12).contains(&months) {
            return self.past(at);
        }
        let mut end = next;
        let first = self.word(end, TimeWord::FirstPart);
        let last = self.word(end, TimeWord::LastPart).or_else(|| self.word(end, TimeWord::EndOf));
        end = first.or(last).unwrap_or(end);
        end = self.year_edge(end).map_or(end, |(_, next)| next);
        let (year, end_of_year) = self.year_behind(end);
        end = end_of_year;
        // `bình quân một tháng năm 2024`: a month, whichever.
        // (so is `một quý`)
        if count == 1 && first.is_none() && last.is_none() {
            // (`trong một tháng qua` is the last one)
            return self.past(at).or(Some((Expr::Vague, next)));
        }
        if last.is_some() {
            return Some((Expr::LastMonths(months as i8, year), end));
        }
        if first.is_none() && year == YearRef::Unstated {
            if let Some(found) = self.past(at) {
                return Some(found);
            }
            // `kỳ hạn 6 tháng`, `lãi suất 12 tháng`: a term, not a span of the year; a longer one cannot be.
            // (`thuê máy trong hai tháng`: of so few only what is summed up is the year's, `tính chung 2 tháng`)
            let few = first.is_none() && end == next && months <= FEW_MONTHS && unit(TimeUnit::Month).is_some() && !self.is_summed(at);
            let term = (at > self.tenor || self.is_term(at)) && !self.opens_with(at, end);
            if term || few {
                return Some((Expr::Vague, next));
            }
        }
        Some((Expr::FirstMonths(months as i8, year), end))
    }

    /// Whether words that sum up a time end right before a token: `tính chung`, `lũy kế`.
    fn is_summed(&self, at: usize) -> bool {
        let sums = |start: usize| self.word(start, TimeWord::Cumulated) == Some(at);
        at.checked_sub(2).is_some_and(sums)
    }

    /// Whether a sentence opens with so many months and a comma (`Sau 9 tháng, lợi nhuận đạt …`): those of the year, and no duration.
    fn opens_with(&self, at: usize, end: usize) -> bool {
        let opens = |start: usize| self.tokens[start].capital && self.word(start, TimeWord::Cumulated) == Some(at);
        at.checked_sub(1).is_some_and(opens) && self.mark(end, ',')
    }

    /// `quý I, II và III năm 2024`, `quý III, IV/2012`, `tháng 5 và 6/2024`: parts of a year that follow each other.
    ///
    /// Without a year only Roman numerals are sure (`quý 1, 2 doanh nghiệp …`).
    pub(super) fn list_of_parts(&self, at: usize) -> Read {
        let (unit, months) = match (self.unit(at, TimeUnit::Quarter), self.unit(at, TimeUnit::Month)) {
            (Some(unit), _) => (unit, 3),
            (_, Some(unit)) => (unit, 1),
            _ => return None,
        };
        let roman = |at: usize| self.time(at, |word| if let TimeWord::Roman(part) = word { Some(u32::from(part)) } else { None });
        let part = |at: usize| roman(at).or_else(|| self.int(at).map(|part| (part, at + 1))).filter(|(part, _)| part * months <= 12);
        let (first, mut end) = part(unit)?;
        let mut last = first;
        while let Some((next, after)) = self.word(end, TimeWord::And).and_then(part).filter(|(next, _)| *next == last + 1) {
            (last, end) = (next, after);
        }
        let sure = roman(unit).is_some() && months == 3;
        let (year, end) = self.trailing_year(end);
        let span = Expr::Months((months * first - (months - 1)) as i8, (months * last) as i8, year);
        (first > 0 && last > first && (sure || year != YearRef::Unstated)).then_some((span, end))
    }

    /// `từ tháng 4 năm 2021 đến tháng 3 năm 2022`, `từ 8-2007 đến 10-2010`
    pub(super) fn range_of_years(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From).unwrap_or(at);
        let month = |at: usize| match self.month(at).or_else(|| self.month_joint_year(at, '-')).or_else(|| self.month_slash_year(at))? {
            (Expr::Month(month, YearRef::Named(year)), end) => Some(((year, month), end)),
            _ => None,
        };
        let (from, after) = month(next)?;
        // (`4/2023 - 4/2024`, where the dash stands apart)
        let dash = || self.mark(after, '-').then_some(after + 1);
        let joint = self.word(after, TimeWord::To).or_else(|| self.word(after, TimeWord::Until)).or_else(dash)?;
        let (to, end) = month(joint)?;
        (from < to).then_some((Expr::YearMonths(from, to), end))
    }

    /// `10/2025`, but `đợt 1/2025`
    pub(super) fn month_slash_year(&self, at: usize) -> Read {
        let numbered = at.checked_sub(1).is_some_and(|before| self.word(before, TimeWord::Numbered).is_some());
        self.month_joint_year(at, '/').filter(|_| !numbered)
    }

    fn month_joint_year(&self, at: usize, joint: char) -> Read {
        let month = self.int(at).filter(|month| (1..=12).contains(month) && self.mark(at + 1, joint) && !self.tokens[at + 1].spaced)?;
        let year = self.year_number(at + 2).filter(|_| !self.tokens[at + 2].spaced && !self.mark(at + 3, '/'))?;
        let opens = at.checked_sub(1).is_none_or(|before| !self.tokens[before].is('/'));
        opens.then_some((Expr::Month(month as i8, YearRef::Named(year)), at + 3))
    }
}
