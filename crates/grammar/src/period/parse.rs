//! Finds expressions of time over tokens.
//!
//! A ladder of small functions, each reads one form at a token and returns the expression and the token after it.
//! At every token all forms compete; the longest wins.

use knowledge::{CueClass, TimeUnit};

use super::date::{self, DayMonth};
use super::{Expr, Mention, Role, Week, YearRef};
use crate::lexicon::{Hits, Mark, NumberWord, TimeWord, YearEdge};
use crate::number;
use crate::text::Text;
use crate::token::Token;

/// A form read at a token: the expression and the token after it.
type Read = Option<(Expr, usize)>;

/// What every step looks at.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) text: &'a Text,
    pub(super) tokens: &'a [Token],
    pub(super) hits: &'a Hits,
    pub(super) end: usize,
    /// Where the sentence speaks of the terms of deposits from; its end if it does not.
    tenor: usize,
}

/// Finds the expressions of a sentence, in order; they do not overlap.
pub(crate) fn parse(text: &Text, tokens: &[Token], hits: &Hits, range: (usize, usize), out: &mut Vec<Mention>) {
    let tenor = (range.0..range.1).find(|at| hits.at(*at).iter().any(|hit| hit.mark == Mark::Time(TimeWord::Tenor))).unwrap_or(range.1);
    let view = View { text, tokens, hits, end: range.1, tenor };
    let mut at = range.0;
    while at < range.1 {
        match view.mention(at) {
            Some(mention) => {
                at = mention.end;
                out.push(mention);
            }
            None => at += 1,
        }
    }
    for mention in out.iter_mut().filter(|mention| mention.start >= range.0) {
        if view.is_basis(range.0, mention.start) {
            mention.role = Role::Basis;
        }
    }
}

impl View<'_> {
    /// Whether an expression can begin at a token: a number, a word of time or of numbers, `T10`, `Q3`.
    fn opens(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is_number()
            || token.capital && token.end - token.start <= 4 && matches!(self.text.chars[token.start as usize], 'T' | 'Q')
            || self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Time(_) | Mark::Number(_)))
    }

    fn mention(&self, at: usize) -> Option<Mention> {
        if !self.opens(at) {
            return None;
        }
        // `tính đến hết ngày 31/10`: the lead-in makes it a moment; what follows decides what it is.
        if let Some(((), next)) = self.time(at, |word| (word == TimeWord::Until).then_some(()))
            && let Some((expr, end)) = self.expression(next, true)
        {
            // `đến hết năm 2025`: its last day.
            let expr = match expr {
                Expr::Year(year) if self.ends_with(at, next, TimeWord::EndOf) => Expr::YearEnd(year),
                expr => expr,
            };
            return Some(Mention { start: at, end, expr, role: Role::Own, until: true });
        }
        if let Some((expr, end)) = self.versus(at) {
            return Some(Mention { start: at, end, expr, role: Role::Basis, until: false });
        }
        let (expr, end) = self.expression(at, false)?;
        // `cùng kỳ hôm qua` compares even without `so với`.
        let compares = self.word(at, TimeWord::Same).is_some() && matches!(expr, Expr::Relative(..));
        let role = if compares { Role::Basis } else { Role::Own };
        Some(Mention { start: at, end, expr, role, until: false })
    }

    /// `theo quý`, `theo năm` behind a percentage.
    fn versus(&self, at: usize) -> Read {
        let behind = at.checked_sub(1).is_some_and(|before| self.tokens[before].is('%'));
        let (expr, end) = self.time(at, |word| match word {
            TimeWord::Versus(TimeUnit::Year, _) => Some(Expr::Same(YearRef::Unstated)),
            TimeWord::Versus(unit, offset) => Some(Expr::Relative(unit, offset)),
            _ => None,
        })?;
        behind.then_some((expr, end))
    }

    /// Whether the last words of a stretch say something.
    fn ends_with(&self, from: usize, to: usize, word: TimeWord) -> bool {
        (from..to).any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == to && hit.mark == Mark::Time(word)))
    }

    /// The longest form at a token.
    fn expression(&self, at: usize, led_in: bool) -> Read {
        let forms: [fn(&Self, usize) -> Read; 17] = [
            Self::whole,
            Self::same,
            Self::since_start,
            Self::span_of_years,
            Self::since_year,
            Self::range_of_days,
            Self::range_of_months,
            Self::day,
            Self::months_of_year,
            Self::month,
            Self::quarter,
            Self::half,
            Self::edge_of_year,
            Self::year,
            Self::clock,
            Self::weekday,
            Self::month_slash_year,
        ];
        let best = forms.iter().filter_map(|form| form(self, at)).max_by_key(|(_, end)| *end);
        let bare = if !self.tokens.get(at).is_some_and(Token::is_number) {
            None
        } else if led_in || self.is_comparison(at) {
            self.bare_year(at).or_else(|| self.bare_day(at))
        } else {
            self.dated_day(at)
        };
        match (best, bare) {
            (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    // -- looking at tokens ------------------------------------------------------------------------------------------

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        (at < self.end).then(|| &self.tokens[at])
    }

    pub(super) fn mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|token| token.is(mark))
    }

    pub(super) fn time<T>(&self, at: usize, test: impl Fn(TimeWord) -> Option<T>) -> Option<(T, usize)> {
        if at >= self.end {
            return None;
        }
        self.hits.pick(at, |mark| match mark {
            Mark::Time(word) => test(word),
            _ => None,
        })
    }

    pub(super) fn word(&self, at: usize, wanted: TimeWord) -> Option<usize> {
        self.time(at, |word| (word == wanted).then_some(())).map(|((), end)| end)
    }

    pub(super) fn unit(&self, at: usize, wanted: TimeUnit) -> Option<usize> {
        self.word(at, TimeWord::Unit(wanted))
    }

    /// A plain integer token.
    pub(super) fn int(&self, at: usize) -> Option<u32> {
        self.token(at).filter(|token| token.is_number()).and_then(|token| number::plain_int(self.text, token))
    }

    /// The digits of a token that holds one separator: `12.2006` is (12, 2006).
    pub(super) fn dotted(&self, at: usize) -> Option<(u32, u32)> {
        self.token(at).filter(|token| token.is_number()).and_then(|token| number::dotted_pair(self.text, token))
    }

    fn year_number(&self, at: usize) -> Option<i16> {
        let token = self.token(at)?;
        let value = self.int(at).filter(|year| (1900..=2100).contains(year))?;
        // `1991 tỷ đồng`, `2000 ha` are amounts.
        let glued = self.token(at + 1).is_some_and(|next| !next.spaced && next.is_word());
        let unit = |hit: &crate::lexicon::Hit| {
            matches!(hit.mark, Mark::Scale(_) | Mark::Unit(_)) && !self.hits.at(at + 1).iter().any(|other| other.end > hit.end)
        };
        let named = at.checked_sub(1).is_some_and(|before| self.unit(before, TimeUnit::Year).is_some());
        let amount = !glued && !named && self.hits.at(at + 1).iter().any(unit);
        (token.end - token.start == 4 && !amount && !glued && !self.mark(at + 1, '%')).then_some(value as i16)
    }

    /// `2020`, `năm 2020`, `/2020`, `-2020`, `của năm 2020`, `năm nay`: the year of what stands before.
    fn trailing_year(&self, at: usize) -> (YearRef, usize) {
        if (self.mark(at, '/') || self.mark(at, '-'))
            && let Some(year) = self.year_number(at + 1)
        {
            return (YearRef::Named(year), at + 2);
        }
        // A comma may stand between: `tháng 10, 2025` (the form of CLDR), but not `quý III, năm 2020 …`.
        if self.mark(at, ',')
            && self.token(at + 1).is_some_and(Token::is_number)
            && let Some(year) = self.year_number(at + 1).filter(|_| !self.token(at + 2).is_some_and(Token::is_word))
        {
            return (YearRef::Named(year), at + 2);
        }
        let here = self.word(at, TimeWord::Of).unwrap_or(at);
        if let Some((offset, end)) = self.time(here, |word| match word {
            TimeWord::Relative(TimeUnit::Year, offset) => Some(offset),
            _ => None,
        }) {
            return (YearRef::Offset(offset), end);
        }
        if let Some(next) = self.unit(here, TimeUnit::Year)
            && let Some(year) = self.year_number(next)
        {
            return (YearRef::Named(year), next + 1);
        }
        if here == at
            && let Some(year) = self.year_number(at).filter(|_| !self.token(at).is_some_and(|t| t.line))
        {
            return (YearRef::Named(year), at + 1);
        }
        (YearRef::Unstated, at)
    }

    /// A small number in digits or words: `9`, `09`, `chín`, `mười hai`.
    fn count(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(value) = self.int(at) {
            return Some((value, at + 1));
        }
        let digit = |at: usize| {
            self.hits.pick(at, |mark| match mark {
                Mark::Number(NumberWord::Digit(value)) => Some(u32::from(value)),
                _ => None,
            })
        };
        if at >= self.end {
            return None;
        }
        if let Some(((), next)) = self.hits.pick(at, |mark| (mark == Mark::Number(NumberWord::Ten)).then_some(())) {
            return Some(digit(next).map_or((10, next), |(value, end)| (10 + value, end)));
        }
        digit(at).filter(|(value, _)| *value > 0)
    }

    // -- the forms --------------------------------------------------------------------------------------------------

    /// Expressions that are in the lexicon whole: `năm ngoái`, `hiện nay`, `từ đầu năm đến nay`.
    fn whole(&self, at: usize) -> Read {
        self.time(at, |word| match word {
            TimeWord::Relative(unit, offset) => Some(Expr::Relative(unit, offset)),
            TimeWord::Now => Some(Expr::Now),
            TimeWord::WholeYear => Some(Expr::WholeYear),
            TimeWord::YearToDate => Some(Expr::YearToDate),
            TimeWord::MonthToDate => Some(Expr::MonthToDate),
            _ => None,
        })
        // `trong tháng 10`, `trong quý III`: the number makes it a date, which the next token begins.
        .filter(|(expr, end)| !matches!(expr, Expr::Relative(unit, _) if *unit != TimeUnit::Year) || !self.is_numbered(*end))
        .map(|(expr, end)| match expr {
            // `trong tháng 10`, `cả năm 2023`: the last word opens a longer form.
            Expr::WholeYear | Expr::Relative(TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year, 0) if end > at + 1 => {
                self.month(end - 1).or_else(|| self.quarter(end - 1)).or_else(|| self.year(end - 1)).unwrap_or((expr, end))
            }
            // `từ đầu năm 2020 đến nay`, `từ đầu năm đến hết tháng 9`
            Expr::YearToDate => self.year_to_date(end),
            _ => (expr, end),
        })
    }

    /// Whether a number or the name of a month or quarter stands at a token.
    fn is_numbered(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_number() && !token.line)
            || self.time(at, |word| matches!(word, TimeWord::MonthName(_) | TimeWord::Roman(_)).then_some(())).is_some()
    }

    fn year_to_date(&self, at: usize) -> (Expr, usize) {
        let (year, next) = self.trailing_year(at);
        let after = self
            .word(next, TimeWord::Until)
            .or_else(|| self.word(next, TimeWord::To))
            .or_else(|| self.word(next, TimeWord::Now))
            .unwrap_or(next);
        let until = if self.word(next, TimeWord::Now).is_some() {
            None
        } else {
            self.month(after).or_else(|| self.day(after)).or_else(|| self.bare_day(after))
        };
        match until {
            Some((Expr::Month(month, named), end)) => {
                (Expr::FirstMonths(month, if named == YearRef::Unstated { year } else { named }), end)
            }
            Some((Expr::Day(day, month, named), end)) => (Expr::Days((1, Some(1), named), (day, month, named)), end),
            _ => match year {
                YearRef::Named(year) if next > at => (Expr::Since(year), after.max(next)),
                _ => (Expr::YearToDate, if self.word(next, TimeWord::Now).is_some() { after } else { at }),
            },
        }
    }

    /// `cùng kỳ`, with the year that it names.
    fn same(&self, at: usize) -> Read {
        let Some(end) = self.word(at, TimeWord::Same) else {
            let (year, end) = self.trailing_year(self.word(at, TimeWord::SameMoment)?);
            let other = year != YearRef::Unstated || self.is_comparison(at);
            return Some((if other { Expr::Same(year) } else { Expr::Vague }, end));
        };
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

    /// `kể từ đầu năm 2020`
    fn since_start(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From)?;
        let next = self.word(next, TimeWord::StartOf).unwrap_or(next);
        let unit = self.unit(next, TimeUnit::Year)?;
        let (year, after) = (self.year_number(unit)?, unit + 1);
        let end = self.word(after, TimeWord::Now)?;
        Some((Expr::Since(year), end))
    }

    /// `giai đoạn 2016 - 2020`, `2016-2020`, `từ năm 2016 đến 2020`, `niên vụ 2023/2024`
    fn span_of_years(&self, at: usize) -> Read {
        let mut next = at;
        let mut led_in = false;
        for _ in 0..3 {
            if let Some(end) =
                self.word(next, TimeWord::Span).or_else(|| self.word(next, TimeWord::Season)).or_else(|| self.word(next, TimeWord::From))
            {
                (next, led_in) = (end, true);
            } else if let Some(end) = self.unit(next, TimeUnit::Year) {
                next = end;
            }
        }
        if let Some((from, after)) = self.year_with_month(next).filter(|_| led_in)
            && let Some(joint) = self.word(after, TimeWord::To).or_else(|| self.mark(after, '-').then_some(after + 1))
            && let Some((to, end)) = self.month_with_year(joint)
        {
            return Some((Expr::YearMonths((from, 1), to), end));
        }
        let first = self.year_number(next)?;
        let joint = next + 1;
        let mut after = if self.mark(joint, '-') || (self.mark(joint, '/') && led_in) {
            joint + 1
        } else {
            self.word(joint, TimeWord::To).filter(|_| led_in || next > at)?
        };
        if let Some(end) = self.word(after, TimeWord::EndOf) {
            after = end;
        }
        after = self.unit(after, TimeUnit::Year).unwrap_or(after);
        if let Some(end) = self.word(joint, TimeWord::To).filter(|_| led_in).and_then(|_| self.word(after, TimeWord::Now)) {
            return Some((Expr::Since(first), end));
        }
        let last = self.year_number(after).or_else(|| self.short_year(after, first))?;
        (first < last && last - first < 60).then_some((Expr::Years(first, last), after + 1))
    }

    /// `2021-25`: the last two digits of a year.
    fn short_year(&self, at: usize, first: i16) -> Option<i16> {
        let token = self.token(at)?;
        let value = self.int(at).filter(|_| token.end - token.start == 2 && !token.spaced)? as i16;
        let year = first - first % 100 + value;
        (year > first).then_some(year)
    }

    fn year_with_month(&self, at: usize) -> Option<(i16, usize)> {
        let year = self.year_number(at)?;
        Some((year, at + 1))
    }

    fn month_with_year(&self, at: usize) -> Option<((i16, i8), usize)> {
        let at = self.word(at, TimeWord::EndOf).unwrap_or(at);
        match self.month(at)? {
            (Expr::Month(month, YearRef::Named(year)), end) => Some(((year, month), end)),
            _ => None,
        }
    }

    /// `từ năm 2016 đến nay`
    fn since_year(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From)?;
        let next = self.unit(next, TimeUnit::Year).unwrap_or(next);
        let year = self.year_number(next)?;
        let after = self.word(next + 1, TimeWord::To).unwrap_or(next + 1);
        let end = self.word(next + 1, TimeWord::Now).or_else(|| self.word(after, TimeWord::Now))?;
        Some((Expr::Since(year), end))
    }

    /// `từ ngày 28-3 đến 31-5`, `15-23/11/2024`, `từ 1 đến 15/10`
    fn range_of_days(&self, at: usize) -> Read {
        let mut next = self.word(at, TimeWord::From).unwrap_or(at);
        let led_in = next > at;
        let day_word = self.unit(next, TimeUnit::Day);
        next = day_word.unwrap_or(next);
        let (from, mut after) = match date::day_month(self, next) {
            Some((from, after)) => (from, after),
            None => (DayMonth::day_only(self.int(next).filter(|day| (1..=31).contains(day))?), next + 1),
        };
        after = if self.mark(after, '-') { after + 1 } else { self.word(after, TimeWord::To)? };
        let second_word = self.unit(after, TimeUnit::Day);
        after = second_word.unwrap_or(after);
        let (to, end) = date::day_month(self, after)?;
        if !(led_in || day_word.is_some() || second_word.is_some() || to.year.is_some()) || (from.month.is_none() && to.month.is_none()) {
            return None;
        }
        let year = to.year.map_or(YearRef::Unstated, YearRef::Named);
        let from_year = from.year.map_or(year, YearRef::Named);
        Some((Expr::Days((from.day, from.month.or(to.month), from_year), (to.day, to.month, year)), end))
    }

    /// `từ tháng 1 đến tháng 9 năm 2025`, `tháng 1 - tháng 9`, `tháng 1-9/2025`
    fn range_of_months(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From).unwrap_or(at);
        let (from, after) = if let Some((Expr::Month(from, YearRef::Unstated), after)) = self.month(next) {
            (from, after)
        } else {
            let unit = self.unit(next, TimeUnit::Month)?;
            (self.int(unit).filter(|m| (1..=12).contains(m))? as i8, unit + 1)
        };
        let joint =
            if self.mark(after, '-') { after + 1 } else { self.word(after, TimeWord::To).or_else(|| self.word(after, TimeWord::Until))? };
        let (to, year, end) = if let Some((Expr::Month(to, year), end)) = self.month(joint) {
            (to, year, end)
        } else {
            let to = self.int(joint).filter(|m| (1..=12).contains(m))? as i8;
            let (year, end) = self.trailing_year(joint + 1);
            (to, year, end)
        };
        (from < to).then_some((Expr::Months(from, to, year), end))
    }

    /// `ngày 12/1`, `sáng 26/5`, `ngày 6 tháng 10 năm 2025`, `12/1/2021`, `phiên 20/5`
    fn day(&self, at: usize) -> Read {
        let mut next = at;
        let mut named = false;
        // `sáng nay, 31-5`, `phiên giao dịch ngày 20/5`, `thứ Hai, 6 tháng 10, 2025`
        for _ in 0..4 {
            if let Some(end) = self.word(next, TimeWord::PartOfDay) {
                (next, named) = (end, true);
            } else if let Some((_, end)) = self.weekday_word(next) {
                (next, named) = (if self.mark(end, ',') || self.mark(end, '(') { end + 1 } else { end }, true);
            } else if let Some(end) = self.unit(next, TimeUnit::Day) {
                (next, named) = (end, true);
            } else if let Some(end) =
                self.time(next, |word| matches!(word, TimeWord::Relative(TimeUnit::Day, _)).then_some(())).map(|((), end)| end)
            {
                (next, named) = (if self.mark(end, ',') || self.mark(end, '(') { end + 1 } else { end }, true);
            }
        }
        if let Some((found, mut end)) = date::day_month(self, next).filter(|(found, _)| named || found.year.is_some()) {
            if self.mark(end, ')') && next > at && self.mark(next - 1, '(') {
                end += 1;
            }
            return Some((Expr::Day(found.day, found.month, found.year.map_or(YearRef::Unstated, YearRef::Named)), end));
        }
        let day = self.int(next).filter(|day| (1..=31).contains(day))? as i8;
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

    /// The number or name behind `tháng`.
    fn month_number(&self, at: usize) -> Option<(i8, usize)> {
        if let Some(month) = self.int(at).filter(|month| (1..=12).contains(month)) {
            return Some((month as i8, at + 1));
        }
        self.time(at, |word| match word {
            TimeWord::MonthName(month) => Some(month as i8),
            _ => None,
        })
    }

    /// `tháng 10`, `tháng 10/2024`, `tháng Tư năm nay`, `T10/2024`; `đầu`, `cuối`, `giữa` before it make it a part.
    fn month(&self, at: usize) -> Read {
        let part =
            [TimeWord::StartOf, TimeWord::EndOf, TimeWord::MiddleOf].iter().find_map(|word| self.word(at, *word).map(|end| (*word, end)));
        let next = part.map_or(at, |(_, end)| end);
        let (month, year, end) = self.whole_month(next)?;
        Some(match part {
            Some((TimeWord::StartOf | TimeWord::MiddleOf, _)) => (Expr::PartOfMonth(month, year), end),
            _ => (Expr::Month(month, year), end),
        })
    }

    fn whole_month(&self, at: usize) -> Option<(i8, YearRef, usize)> {
        if let Some((letter, month)) = self.lettered(at).filter(|(letter, _)| *letter == 'T') {
            let _ = letter;
            let (year, end) = self.trailing_year(at + 1);
            return (1..=12).contains(&month).then_some((month, year, end));
        }
        let unit = self.unit(at, TimeUnit::Month)?;
        // `tháng 12.2006`
        if let Some((month, year)) = self.dotted(unit).filter(|(month, year)| (1..=12).contains(month) && (1900..=2100).contains(year)) {
            return Some((month as i8, YearRef::Named(year as i16), unit + 1));
        }
        let (month, after) = self.month_number(unit)?;
        // `tháng năm` is May unless a year follows (`tháng năm 2012` has lost its number).
        if month == 5 && self.unit(unit, TimeUnit::Year).is_some() && self.year_number(after).is_some() {
            return None;
        }
        let (year, end) = self.trailing_year(after);
        Some((month, year, end))
    }

    /// `T10`, `Q3`, `QIII`: a letter with its number.
    fn lettered(&self, at: usize) -> Option<(char, i8)> {
        let token = self.token(at).filter(|token| token.is_word() && token.capital && token.end - token.start <= 4)?;
        let chars = &self.text.chars[token.start as usize..token.end as usize];
        let (letter, rest) = chars.split_first()?;
        let number = match rest {
            ['I'] => 1,
            ['I', 'I'] => 2,
            ['I', 'I', 'I'] => 3,
            ['I', 'V'] => 4,
            digits => digits.iter().collect::<String>().parse().ok()?,
        };
        (matches!(letter, 'Q' | 'T') && (*letter == 'Q' || rest[0].is_ascii_digit())).then_some((*letter, number))
    }

    /// `quý III/2020`, `quý 3-2025`, `quý một năm nay`, `Q3/2024`
    fn quarter(&self, at: usize) -> Read {
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
    fn months_of_year(&self, at: usize) -> Read {
        let (count, after) = self.count(at)?;
        let unit = |wanted| self.unit(after, wanted);
        let (months, next) = if let Some(next) = unit(TimeUnit::Month) {
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
        if last.is_some() {
            return Some((Expr::LastMonths(months as i8, year), end));
        }
        if first.is_none() && year == YearRef::Unstated {
            if let Some(found) = self.past(at) {
                return Some(found);
            }
            // `kỳ hạn 6 tháng`, `lãi suất 12 tháng`: a term, not a span of the year; a longer one cannot be.
            if at > self.tenor || self.is_term(at) {
                return Some((Expr::Vague, next));
            }
        }
        Some((Expr::FirstMonths(months as i8, year), end))
    }

    /// Whether `N tháng` is a duration: behind `kỳ hạn`, `trong vòng`, `thời hạn`, `mỗi`, a dash or slash, or with a term after it.
    fn is_term(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens[i]) else { return false };
        before.is('/') || before.is('-') || self.ends_with(at.saturating_sub(3), at, TimeWord::Term)
    }

    /// `5 năm qua`, `trong 3 tháng gần đây`, `2 tuần trở lại đây`, `5 năm tới`
    fn past(&self, at: usize) -> Read {
        let (count, after) = self.count(at)?;
        let (unit, next) = self.time(after, |word| match word {
            TimeWord::Unit(unit) => Some(unit),
            _ => None,
        })?;
        if let Some(end) = self.word(next, TimeWord::Past) {
            return Some((Expr::Past(count.min(999) as i16, unit), end));
        }
        if let Some(end) = self.word(next, TimeWord::Ago) {
            return Some((Expr::Shift(-(count.min(99) as i16), unit), end));
        }
        if let Some(end) = self.word(next, TimeWord::Later) {
            return Some((Expr::Shift(count.min(99) as i16, unit), end));
        }
        let coming = self.word(next, TimeWord::Coming)?;
        Some((Expr::Coming(count.min(999) as i16, unit), coming))
    }

    /// `nửa đầu năm 2020`, `nửa cuối năm`, `nửa đầu tháng 10`, `kỳ 1 tháng 10`
    fn half(&self, at: usize) -> Read {
        if let Some(next) = self.word(at, TimeWord::Fortnight) {
            let roman = self.time(next, |word| if let TimeWord::Roman(half) = word { Some(u32::from(half)) } else { None });
            let (half, next) = roman.or_else(|| self.count(next)).filter(|(half, _)| (1..=2).contains(half))?;
            let (month, year, end) = self.whole_month(next)?;
            return Some((Expr::HalfMonth(half as i8, month, year), end));
        }
        let next = self.word(at, TimeWord::Half)?;
        let (half, next) = match (
            self.word(next, TimeWord::FirstPart).or_else(|| self.word(next, TimeWord::StartOf)),
            self.word(next, TimeWord::LastPart).or_else(|| self.word(next, TimeWord::EndOf)),
        ) {
            (Some(end), _) => (1, end),
            (_, Some(end)) => (2, end),
            _ => return None,
        };
        if let Some((month, year, end)) = self.whole_month(next) {
            return Some((Expr::HalfMonth(half, month, year), end));
        }
        let next = self.year_edge(next).map_or(next, |(_, end)| end);
        let (year, end) = self.year_behind(next);
        let end = if end == next { self.unit(next, TimeUnit::Year).unwrap_or(next) } else { end };
        Some((Expr::Half(half, year), end))
    }

    /// `cuối năm 2020`, `đầu năm nay`, `cuối năm`, `đến hết năm 2025`
    fn edge_of_year(&self, at: usize) -> Read {
        if let Some((edge, end)) = self.year_edge(at) {
            let (year, after) = self.year_tail(end);
            return Some(match edge {
                YearEdge::Start => (Expr::YearStart(year), after),
                YearEdge::Middle => (Expr::Year(year), after),
                YearEdge::End => (Expr::YearEnd(year), after),
            });
        }
        let (edge, next) =
            self.time(at, |word| matches!(word, TimeWord::StartOf | TimeWord::EndOf | TimeWord::MiddleOf).then_some(word))?;
        let (year, end) = self.trailing_year(next);
        if year == YearRef::Unstated {
            return None;
        }
        Some(match edge {
            TimeWord::EndOf => (Expr::YearEnd(year), end),
            TimeWord::StartOf => (Expr::YearStart(year), end),
            _ => (Expr::Year(year), end),
        })
    }

    /// `đầu năm`, `cuối năm`, `giữa năm`
    fn year_edge(&self, at: usize) -> Option<(YearEdge, usize)> {
        self.time(at, |word| match word {
            TimeWord::OfYear(edge) => Some(edge),
            _ => None,
        })
    }

    /// A year, whether its word is read already (`5 tháng đầu năm ngoái`) or not.
    fn year_behind(&self, at: usize) -> (YearRef, usize) {
        match self.year_tail(at) {
            (YearRef::Unstated, _) => self.trailing_year(at),
            found => found,
        }
    }

    /// The year behind `cuối năm`: its word is read already.
    fn year_tail(&self, at: usize) -> (YearRef, usize) {
        if let Some(year) = self.year_number(at) {
            return (YearRef::Named(year), at + 1);
        }
        // `cuối năm ngoái`: the lexicon has `năm ngoái`, whose first word is read already.
        match self.time(at.saturating_sub(1), |word| match word {
            TimeWord::Relative(TimeUnit::Year, offset) => Some(offset),
            _ => None,
        }) {
            Some((offset, end)) if end > at => (YearRef::Offset(offset), end),
            _ => (YearRef::Unstated, at),
        }
    }

    /// `năm 2020`, `năm nay` (in the lexicon), `các năm 2019, 2020` as single years
    fn year(&self, at: usize) -> Read {
        let unit = self.unit(at, TimeUnit::Year)?;
        let year = self.year_number(unit)?;
        Some((Expr::Year(YearRef::Named(year)), unit + 1))
    }

    /// A year alone, where a lead-in makes it one: `đến 2025`, `so với 2019`, `cùng kỳ 2012`.
    fn bare_year(&self, at: usize) -> Read {
        self.year_number(at).map(|year| (Expr::Year(YearRef::Named(year)), at + 1))
    }

    /// `đến 31/10`
    fn bare_day(&self, at: usize) -> Read {
        let (found, end) = date::day_month(self, at)?;
        Some((Expr::Day(found.day, found.month, found.year.map_or(YearRef::Unstated, YearRef::Named)), end))
    }

    /// A year alone in a bracket or as a whole line, or a full date.
    fn dated_day(&self, at: usize) -> Read {
        let bracketed = at > 0 && self.tokens[at - 1].is('(') && (self.mark(at + 1, ')') || self.mark(at + 1, ':'));
        // `(2010 tăng 4,5%, 2011 tăng 12%; 2012 giảm 2%)`
        let item = at > 0
            && (self.tokens[at - 1].is('(') || self.tokens[at - 1].is(',') || self.tokens[at - 1].is(';'))
            && at + 1 < self.end
            && self.hits.at(at + 1).iter().any(|hit| matches!(hit.mark, Mark::Cue(CueClass::Up | CueClass::Down)));
        if bracketed || item {
            return self.bare_year(at);
        }
        // `(29/5)`, `7/3` as all there is.
        let (expr, end) = self.bare_day(at)?;
        let opens = at == 0 || self.tokens[at - 1].is('(');
        let closes = self.mark(end, ')') || (at == 0 && end == self.end);
        (opens && closes).then_some((expr, end))
    }

    fn weekday_word(&self, at: usize) -> Option<(i8, usize)> {
        self.time(at, |word| if let TimeWord::Weekday(day) = word { Some(day as i8) } else { None })
    }

    /// `thứ Sáu`, `thứ năm tuần tới`, `thứ ba vừa rồi`; in small letters and alone it is as often an ordinal (`nước thứ ba`).
    fn weekday(&self, at: usize) -> Read {
        let (day, end) = self.weekday_word(at)?;
        let next = self.word(end, TimeWord::Of).unwrap_or(end);
        let week = self.time(next, |word| if let TimeWord::Relative(TimeUnit::Week, offset) = word { Some(offset) } else { None });
        if let Some((offset, end)) = week {
            return Some((Expr::Weekday(day, Week::Offset(offset)), end));
        }
        if let Some(end) = self.word(end, TimeWord::Past) {
            return Some((Expr::Weekday(day, Week::Last), end));
        }
        if let Some(end) = self.word(end, TimeWord::Coming) {
            return Some((Expr::Weekday(day, Week::Next), end));
        }
        let led = at.checked_sub(1).is_some_and(|before| {
            self.ends_with(before.saturating_sub(2), at, TimeWord::PartOfDay) || self.unit(before, TimeUnit::Day).is_some()
        });
        let alone = at == 0 && end == self.end;
        if self.tokens[at].upper && !alone {
            return None;
        }
        let stated = led || alone || self.tokens[end - 1].capital;
        Some((if stated { Expr::Weekday(day, Week::Unstated) } else { Expr::Vague }, end))
    }

    /// `10/2025`
    fn month_slash_year(&self, at: usize) -> Read {
        let month = self.int(at).filter(|month| (1..=12).contains(month) && self.mark(at + 1, '/') && !self.tokens[at + 1].spaced)?;
        let year = self.year_number(at + 2).filter(|_| !self.tokens[at + 2].spaced && !self.mark(at + 3, '/'))?;
        let opens = at.checked_sub(1).is_none_or(|before| !self.tokens[before].is('/'));
        opens.then_some((Expr::Month(month as i8, YearRef::Named(year)), at + 3))
    }

    /// `10 giờ 40`, `7h30`, `20:25`, `2 tuần`, `30 phút`: time without a date.
    fn clock(&self, at: usize) -> Read {
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

    // -- roles ------------------------------------------------------------------------------------------------------

    /// Whether `so với` (or another word of comparison) ends right before a token.
    fn is_comparison(&self, at: usize) -> bool {
        (at.saturating_sub(5)..at)
            .any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == at && hit.mark == Mark::Cue(CueClass::Basis)))
            || (at.saturating_sub(2)..at)
                .any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == at && hit.mark == Mark::Time(TimeWord::Same)))
    }

    /// Whether an expression is what a figure is compared with: a word of comparison stands before it in the same clause.
    fn is_basis(&self, from: usize, at: usize) -> bool {
        // Words may stand between: `so với mức của cùng kỳ năm trước`, `so với giá đóng cửa hôm qua`.
        let mut gap = 0;
        for index in (from..at).rev() {
            let token = &self.tokens[index];
            if self.hits.at(index).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Basis) && hit.end as usize <= at) {
                return true;
            }
            if token.is_number() || token.is(',') || token.is(';') || token.is('(') || token.is(')') || token.is(':') {
                return false;
            }
            gap += 1;
            if gap > 9 {
                return false;
            }
        }
        false
    }
}
