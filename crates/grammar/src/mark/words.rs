//! The words of numbers and of times.

use knowledge::TimeUnit;

/// Words of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberWord {
    Digit(u8),
    AfterTen(u8),
    Ten,
    Tens,
    ZeroTen,
    Half,
    DecimalMark,
    Part,
    HalfOf,
    /// `đôi` behind `gấp`.
    Twice,
    /// A letter that multiplies (`10K`), by its number in the table.
    Suffix(u8),
    /// `mỗi` before a denominator.
    Each,
    /// `số`, `cả`: what a fraction is a part of.
    Whole,
    Negative,
    Vague,
    /// `đầu tiên`, `thứ nhất`.
    First,
    /// `thứ` before a number.
    Ordinal,
    Between,
    And,
}

/// Words of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeWord {
    Unit(TimeUnit),
    MonthName(u8),
    Roman(u8),
    Relative(TimeUnit, i8),
    Same,
    SameMoment,
    /// `theo quý` behind a percentage.
    Versus(TimeUnit, i8),
    Now,
    YearToDate,
    MonthToDate,
    ThatSpan,
    Until,
    Cumulated,
    FirstPart,
    LastPart,
    /// `đầu năm`, `cuối năm`, `giữa năm` in one.
    OfYear(YearEdge),
    StartOf,
    EndOf,
    MiddleOf,
    Half,
    Span,
    Past,
    Coming,
    From,
    To,
    And,
    /// 1 is Monday.
    Weekday(u8),
    /// `trước` behind `3 ngày`.
    Ago,
    /// `nữa` behind `3 ngày`.
    Later,
    PartOfDay,
    Season,
    /// `của`, `trong` between a period and its year.
    Of,
    /// What makes `N tháng` behind it a duration (`kỳ hạn`).
    Term,
    /// What makes every `N tháng` of its sentence a duration: deposits' terms are listed behind it.
    Tenor,
    Moment,
    /// The whole of the year that is spoken of (`cả năm`).
    WholeYear,
    Hour,
    /// Half a month in the customs' reports (`kỳ 1 tháng 10`).
    Fortnight,
    /// A year that begins in September (`năm học 2022-2023`).
    SchoolYear,
    /// `những`, `các` before a unit of time.
    Several,
    /// What makes `1/2025` behind it no month (`đợt`).
    Numbered,
    /// `cách đây` before `3 năm`.
    Back,
    /// Ten years from the one behind it on (`thập niên 1990`, `những năm 90`).
    Decade,
    /// What a bare year behind it dates (`năm tài chính 2024`).
    Dated,
}

impl TimeWord {
    /// Its number; those that carry something come first.
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Unit(_) => 0,
            Self::MonthName(_) => 1,
            Self::Roman(_) => 2,
            Self::Relative(..) => 3,
            Self::Versus(..) => 4,
            Self::OfYear(_) => 5,
            Self::Weekday(_) => 6,
            Self::Same => 7,
            Self::SameMoment => 8,
            Self::Now => 9,
            Self::YearToDate => 10,
            Self::MonthToDate => 11,
            Self::Until => 12,
            Self::Cumulated => 13,
            Self::FirstPart => 14,
            Self::LastPart => 15,
            Self::StartOf => 16,
            Self::EndOf => 17,
            Self::MiddleOf => 18,
            Self::Half => 19,
            Self::Span => 20,
            Self::Past => 21,
            Self::Coming => 22,
            Self::From => 23,
            Self::To => 24,
            Self::And => 25,
            Self::Ago => 26,
            Self::Later => 27,
            Self::PartOfDay => 28,
            Self::Season => 29,
            Self::Of => 30,
            Self::Term => 31,
            Self::Tenor => 32,
            Self::Moment => 33,
            Self::WholeYear => 34,
            Self::Hour => 35,
            Self::Fortnight => 36,
            Self::SchoolYear => 37,
            Self::Several => 38,
            Self::Numbered => 39,
            Self::Back => 40,
            Self::Decade => 41,
            Self::Dated => 42,
            Self::ThatSpan => 43,
        }
    }
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearEdge {
    Start,
    Middle,
    End,
}
