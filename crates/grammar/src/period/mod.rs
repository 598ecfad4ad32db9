//! Expressions of time: found before numbers are read, resolved when the context is known.
//!
//! [`parse`] finds [`Mention`]s over tokens and takes their numbers away from the quantities (`10 tháng` is no ten, `năm 2020` no count).
//! A mention stays symbolic (`the same span, a year before`) until [`resolve`] gives it the context of its figure.

mod date;
mod days;
mod months;
mod parse;
mod resolve;
mod shorthand;
mod whole;
mod years;

use knowledge::TimeUnit;

pub(crate) use parse::parse;
pub(crate) use resolve::{Anchor, basis, resolve};

/// Which year an expression means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearRef {
    /// The stated one.
    Named(i16),
    /// So many years after that of publication.
    Offset(i8),
    /// None is stated: the latest that is not after the publication.
    Unstated,
}

/// A symbolic period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expr {
    Year(YearRef),
    /// The whole of the year that is spoken of (`cả năm`).
    WholeYear,
    Half(i8, YearRef),
    Quarter(i8, YearRef),
    Month(i8, YearRef),
    Day(i8, Option<i8>, YearRef),
    /// The first so many months.
    FirstMonths(i8, YearRef),
    /// The last so many months.
    LastMonths(i8, YearRef),
    /// From one month to another of the same year.
    Months(i8, i8, YearRef),
    /// A week of the calendar, by its number.
    Week(i8, YearRef),
    /// From one day to another.
    Days((i8, Option<i8>, YearRef), (i8, Option<i8>, YearRef)),
    /// Calendar years, first and last.
    Years(i16, i16),
    /// From a month of a year to a month of another.
    YearMonths((i16, i8), (i16, i8)),
    /// From a stated year to now.
    Since(i16),
    /// From a day or a month to now.
    SinceDay(Option<i8>, i8, YearRef),
    /// The last so many units before now.
    Past(i16, TimeUnit),
    /// So many units from now.
    Coming(i16, TimeUnit),
    /// Relative to now.
    Relative(TimeUnit, i8),
    /// `năm qua`: the year before now, or the one that a text without a date speaks of.
    PastYear,
    /// The same span of another year (the year before where none is stated).
    Same(YearRef),
    /// The day of publication, as a stock's.
    Now,
    YearToDate,
    MonthToDate,
    /// The span of years that the text named last (`giai đoạn này`).
    ThatSpan,
    /// The first day of a year.
    YearStart(YearRef),
    /// The last day of a year.
    YearEnd(YearRef),
    /// `những tháng đầu năm`: those of this year up to now.
    EarlyMonths(YearRef),
    /// A part of a month that has no exact days (`cuối tháng 4`).
    PartOfMonth(i8, YearRef),
    /// The days around the 15th (`giữa tháng 8`).
    MiddleOfMonth(i8, YearRef),
    /// Days at an edge of a month; of the one that is spoken of where none is named.
    DaysOfMonth(MonthPart, Option<i8>, YearRef),
    /// A day of a week, 1 is Monday.
    Weekday(i8, Week),
    /// So many units before (negative) or after now.
    Shift(i16, TimeUnit),
    /// Known to be time, without dates (`10 giờ 40`, `thứ năm`).
    Vague,
}

impl Expr {
    /// The same part of the year that another states (`quý I` and `quý I/2004`).
    pub(crate) fn in_year(self, other: Self) -> Self {
        match (self, other) {
            (Self::Quarter(part, _), Self::Quarter(_, year @ YearRef::Named(_))) => Self::Quarter(part, year),
            (Self::Month(part, _), Self::Month(_, year @ YearRef::Named(_))) => Self::Month(part, year),
            (Self::FirstMonths(part, _), Self::FirstMonths(_, year @ YearRef::Named(_))) => Self::FirstMonths(part, year),
            (Self::Half(part, _), Self::Half(_, year @ YearRef::Named(_))) => Self::Half(part, year),
            _ => self,
        }
    }

    /// The same part of a stated year, where it names none itself (`năm 2022 …, quý I tăng 5%`).
    pub(crate) fn of_year(self, year: i16) -> Self {
        let year = YearRef::Named(year);
        match self {
            Self::Quarter(part, YearRef::Unstated) => Self::Quarter(part, year),
            Self::Month(part, YearRef::Unstated) => Self::Month(part, year),
            Self::LastMonths(part, YearRef::Unstated) => Self::LastMonths(part, year),
            Self::Half(part, YearRef::Unstated) => Self::Half(part, year),
            _ => self,
        }
    }

    /// The year that it states, the last one of several.
    pub(crate) fn year(self) -> Option<i16> {
        let named = |year: YearRef| if let YearRef::Named(year) = year { Some(year) } else { None };
        match self {
            Self::Year(year)
            | Self::Half(_, year)
            | Self::DaysOfMonth(_, _, year)
            | Self::Quarter(_, year)
            | Self::Month(_, year)
            | Self::Day(_, _, year)
            | Self::FirstMonths(_, year)
            | Self::LastMonths(_, year)
            | Self::Months(_, _, year)
            | Self::Week(_, year)
            | Self::Days(_, (_, _, year))
            | Self::Same(year)
            | Self::SinceDay(_, _, year)
            | Self::YearStart(year)
            | Self::YearEnd(year)
            | Self::EarlyMonths(year)
            | Self::PartOfMonth(_, year)
            | Self::MiddleOfMonth(_, year) => named(year),
            Self::Years(_, last) | Self::YearMonths(_, (last, _)) => Some(last),
            _ => None,
        }
    }
}

/// Days at an edge of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MonthPart {
    /// The first so many (the first half has 15).
    First(i8),
    /// The last so many.
    Last(i8),
    /// From the 16th on.
    SecondHalf,
}

/// Which week a day is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Week {
    /// So many weeks after that of publication.
    Offset(i8),
    /// The latest such day before now.
    Last,
    /// The next one.
    Next,
    /// None is stated.
    Unstated,
}

/// What an expression does for the figures around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// When they hold.
    Own,
    /// What they are compared with.
    Basis,
}

/// An expression of time in a text, over tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) expr: Expr,
    pub(crate) role: Role,
    /// Whether it is a moment up to which something is counted (`tính đến ngày D`).
    pub(crate) until: bool,
}

impl Mention {
    /// Whether it stands before the time that the text speaks of (`năm trước`, `tháng trước`).
    pub(crate) fn is_before(&self) -> bool {
        matches!(self.expr, Expr::Relative(_, offset) if offset < 0)
            || matches!(self.expr, Expr::Shift(count, _) if count < 0)
            || matches!(self.expr, Expr::PastYear | Expr::Weekday(_, Week::Last | Week::Offset(-1)))
    }

    /// Whether it names a time that later sentences go on from; `từ đầu năm` and `giai đoạn 2021-2025` serve their own figures only.
    pub(crate) fn carries_on(&self) -> bool {
        // (`từ nay đến cuối năm` is only a time limit)
        let limit = self.until && self.expr == Expr::YearEnd(YearRef::Unstated);
        self.role == Role::Own
            && !limit
            && !matches!(self.expr, Expr::Shift(count, _) if count < 0)
            && !matches!(
                self.expr,
                Expr::Vague
                    | Expr::Same(_)
                    | Expr::Years(..)
                    | Expr::Since(_)
                    | Expr::SinceDay(..)
                    | Expr::Past(..)
                    | Expr::Coming(..)
                    | Expr::YearToDate
                    | Expr::MonthToDate
                    | Expr::ThatSpan
            )
    }
}
