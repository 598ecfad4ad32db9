//! What a spelling can mean.

use knowledge::{BlockedBy, CueClass, Reach, TimeUnit};
use model::{Bound, Status};

/// What a spelling means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Number(NumberWord),
    Scale(u16),
    Unit(u16),
    Per(u16),
    Bound(Bound),
    BoundAfter(Bound),
    Status(Status, Reach),
    Cue(CueClass),
    Time(TimeWord),
    Blocked(BlockedBy),
    Indicator(u16, Form),
    Subject(u16, Form),
    Product(u16),
    Industry(u16),
    Partner(u16),
    /// A spelling of a place, by its number in the regions' names.
    Place(u16),
    /// A word that makes the name after it a place (`huyện`, `cảng`).
    PlaceWord,
    /// A word by which the place behind it is not where a figure holds.
    Elsewhere(Elsewhere),
    /// A word of the markets that close every day (`phiên`).
    Session,
    /// Points to the province that the text is about (`toàn tỉnh`).
    Here,
    /// A word that lengthens a name to the left (`tổng`).
    Prefix,
    /// A subject that points back to the one before (`con số này`).
    Anaphor,
    /// An everyday phrase that only looks like a name (`đánh giá`).
    Trap,
    /// A word of several syllables, inside which nothing is read (`chung cư`).
    Compound,
    /// A thing of the markets (`cổ phiếu`), no goods.
    Security,
    /// A noun that only counts what is named elsewhere (`căn`, `chiếc`).
    Counter,
    /// A word that begins like a unit and is none (`đồng nghĩa`).
    NoUnit,
    /// A word that makes a general indicator a special one, by the number of the specialisation and where it has to stand.
    Beside(u16, Where),
    /// A word that an indicator asks for, by the indicator's number.
    Asked(u16),
    /// A part of a name whose words stand apart: the name's number in [`Lexicon::patterns`], and which part it is.
    Pattern(u16, u8),
}

/// Why a place is not where a figure holds; see [`knowledge::Elsewhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    Body,
    Trade,
    Seat,
    Barred,
    Rank,
    Delegate,
}

/// How a spelling names an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Its name, anywhere.
    Name,
    /// A verb whose object the figure is.
    Verb,
    /// The noun behind a count.
    Counted,
}

/// Where a word has to stand to make a general indicator a special one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Before,
    Clause,
    Behind,
}

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
    /// A letter that multiplies (`10K`), by its factor.
    Suffix(u32),
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
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearEdge {
    Start,
    Middle,
    End,
}
