//! Years, their halves and edges, and spans of them.

use knowledge::{CueClass, TimeUnit};

use super::parse::{Read, View};
use super::{Expr, MonthPart, YearRef};
use crate::lexicon::Hit;
use crate::mark::{Mark, Particle, TimeWord, YearEdge};
use crate::token::Token;

/// More tokens than the name of what a bare year dates has.
const LONGEST_NAME: usize = 6;

impl View<'_> {
    pub(super) fn year_to_date(&self, at: usize) -> (Expr, usize) {
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

    /// `kể từ đầu năm 2020`
    pub(super) fn since_start(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From)?;
        let next = self.word(next, TimeWord::StartOf).unwrap_or(next);
        let unit = self.unit(next, TimeUnit::Year)?;
        let (year, after) = (self.year_number(unit)?, unit + 1);
        let end = self.word(after, TimeWord::Now)?;
        Some((Expr::Since(year), end))
    }

    /// `giai đoạn 2016 - 2020`, `2016-2020`, `từ năm 2016 đến 2020`, `niên vụ 2023/2024`
    pub(super) fn span_of_years(&self, at: usize) -> Read {
        let mut next = at;
        let mut led_in = false;
        for _ in 0..3 {
            if let Some(end) =
                self.word(next, TimeWord::Span).or_else(|| self.word(next, TimeWord::Season)).or_else(|| self.word(next, TimeWord::From))
            {
                (next, led_in) = (end, true);
            } else if let Some(end) = self.unit(next, TimeUnit::Year) {
                next = end;
            } else {
                break;
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
        // `2 năm 2021 và 2022`
        if let Some(last) = self.word(joint, TimeWord::And).filter(|_| self.counts_years(next)).and_then(|at| self.year_number(at))
            && first < last
        {
            return Some((Expr::Years(first, last), joint + 2));
        }
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

    /// `năm học 2022-2023`, `năm học 2024 - 2025`: from September to May.
    pub(super) fn school_year(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::SchoolYear)?;
        let first = self.year_number(next)?;
        let joint = next + 1;
        let after = (self.mark(joint, '-') || self.mark(joint, '/')).then_some(joint + 1)?;
        let last = self.year_number(after).or_else(|| self.short_year(after, first))?;
        (last == first + 1).then_some((Expr::YearMonths((first, 9), (last, 5)), after + 1))
    }

    /// `vụ chiêm xuân 2023`, `vụ mùa 2013`
    pub(super) fn season_of_year(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::Season)?;
        self.year_number(next).map(|year| (Expr::Year(YearRef::Named(year)), next + 1))
    }

    /// `thập niên 1990`, `những năm 90`: ten years.
    pub(super) fn decade(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::Decade)?;
        let short = || self.int(next).filter(|tens| matches!(tens, 40..=90)).map(|tens| 1900 + tens as i16);
        let first = self.year_number(next).or_else(short).filter(|year| year % 10 == 0)?;
        // (`những năm 2020, 2021`, `những năm 2010-2015` are single years)
        let another = |at: usize| self.int(at).is_some();
        let list = self.token(next + 1).is_some_and(|token| !token.is('.')) && another(next + 2);
        (!list).then_some((Expr::Years(first, first + 9), next + 1))
    }

    /// `năm 2019, 2020, 2021`, `năm 2021 và 2022`: years that follow each other.
    pub(super) fn list_of_years(&self, at: usize) -> Read {
        let next = self.unit(at, TimeUnit::Year)?;
        let first = self.year_number(next)?;
        let (mut last, mut end) = (first, next + 1);
        // (`so với năm 2018, năm 2019 …` are two times)
        while let Some(after) = self.word(end, TimeWord::And).filter(|after| self.year_number(*after) == Some(last + 1)) {
            (last, end) = (last + 1, after + 1);
        }
        (last > first).then_some((Expr::Years(first, last), end))
    }

    /// Whether a number of years stands before a token: `hai năm 2021 …`.
    pub(super) fn counts_years(&self, at: usize) -> bool {
        at >= 2 && self.unit(at - 1, TimeUnit::Year) == Some(at) && self.count(at - 2).is_some_and(|(_, end)| end == at - 1)
    }

    /// `2021-25`: the last two digits of a year.
    pub(super) fn short_year(&self, at: usize, first: i16) -> Option<i16> {
        let token = self.token(at)?;
        let value = self.int(at).filter(|_| token.end - token.start == 2 && !token.spaced)? as i16;
        let year = first - first % 100 + value;
        (year > first).then_some(year)
    }

    /// `từ năm 2016 đến nay`, `từ năm 2002 trở lại đây`, `từ năm 2001 đến tháng 10 năm nay`
    pub(super) fn since_year(&self, at: usize) -> Read {
        let next = self.word(at, TimeWord::From)?;
        let next = self.unit(next, TimeUnit::Year).unwrap_or(next);
        let year = self.year_number(next)?;
        let after = self.word(next + 1, TimeWord::To).unwrap_or(next + 1);
        let this_year = || match self.month(after)? {
            (Expr::Month(_, YearRef::Offset(0)), end) if after > next + 1 => Some(end),
            _ => None,
        };
        let now = self.word(next + 1, TimeWord::Now).or_else(|| self.word(after, TimeWord::Now));
        let end = now.or_else(|| self.word(next + 1, TimeWord::Past)).or_else(this_year)?;
        Some((Expr::Since(year), end))
    }

    /// `nửa đầu năm 2020`, `nửa cuối năm`, `nửa đầu tháng 10`, `kỳ 1 tháng 10`
    pub(super) fn half(&self, at: usize) -> Read {
        if let Some(next) = self.word(at, TimeWord::Fortnight) {
            let roman = self.time(next, |word| if let TimeWord::Roman(half) = word { Some(u32::from(half)) } else { None });
            let (half, next) = roman.or_else(|| self.count(next)).filter(|(half, _)| (1..=2).contains(half))?;
            let (month, year, end) = self.month_or_this(next)?;
            return Some((Expr::DaysOfMonth(half_of_month(half as i8), month, year), end));
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
        if let Some((month, year, end)) = self.month_or_this(next) {
            return Some((Expr::DaysOfMonth(half_of_month(half), month, year), end));
        }
        // `nửa cuối phiên`: of a day of the markets
        if let Some(end) = self.word(next, TimeWord::PartOfDay) {
            return Some((Expr::Vague, end));
        }
        let next = self.year_edge(next).map_or(next, |(_, end)| end);
        let (year, end) = self.year_behind(next);
        let end = if end == next { self.unit(next, TimeUnit::Year).unwrap_or(next) } else { end };
        Some((Expr::Half(half, year), end))
    }

    /// `cuối năm 2020`, `đầu năm nay`, `cuối năm`, `đến hết năm 2025`
    pub(super) fn edge_of_year(&self, at: usize) -> Read {
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
    pub(super) fn year_edge(&self, at: usize) -> Option<(YearEdge, usize)> {
        self.time(at, |word| match word {
            TimeWord::OfYear(edge) => Some(edge),
            _ => None,
        })
    }

    /// A year, whether its word is read already (`5 tháng đầu năm ngoái`) or not.
    pub(super) fn year_behind(&self, at: usize) -> (YearRef, usize) {
        match self.year_tail(at) {
            (YearRef::Unstated, _) => self.trailing_year(at),
            found => found,
        }
    }

    /// The year behind `cuối năm`: its word is read already.
    pub(super) fn year_tail(&self, at: usize) -> (YearRef, usize) {
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
    pub(super) fn year(&self, at: usize) -> Read {
        let unit = self.unit(at, TimeUnit::Year)?;
        let year = self.year_number(unit)?;
        Some((Expr::Year(YearRef::Named(year)), unit + 1))
    }

    /// A year behind the name of what it dates: `doanh thu 2013 toàn công ty`, `kế hoạch kinh doanh 2013`, `trong 2025`.
    pub(super) fn named_year(&self, at: usize) -> Read {
        let words = |from: usize| from < at && self.tokens[from..at].iter().all(Token::is_word);
        let names = |hit: &Hit| {
            let right = hit.end as usize == at;
            match hit.mark {
                Mark::Indicator(..) | Mark::Subject(..) | Mark::Time(TimeWord::Dated) => right,
                Mark::Cue(CueClass::Plan) => right || self.is_of_now(at) && words(hit.end as usize),
                Mark::Particle(Particle::Within) => right && self.is_of_now(at),
                _ => false,
            }
        };
        let named = || (at.saturating_sub(LONGEST_NAME)..at).any(|start| self.hits.at(start).iter().any(names));
        self.bare_year(at).filter(|_| named())
    }

    /// Whether a number is a year that texts speak of every day.
    fn is_of_now(&self, at: usize) -> bool {
        self.year_number(at).is_some_and(|year| (2000..=2040).contains(&year))
    }

    /// A year alone, where a lead-in makes it one: `đến 2025`, `so với 2019`, `cùng kỳ 2012`.
    pub(super) fn bare_year(&self, at: usize) -> Read {
        self.year_number(at).map(|year| (Expr::Year(YearRef::Named(year)), at + 1))
    }
}

fn half_of_month(half: i8) -> MonthPart {
    if half == 1 { MonthPart::First(15) } else { MonthPart::SecondHalf }
}
