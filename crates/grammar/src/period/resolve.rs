//! Gives a symbolic period its days, from the context of its figure.

use std::cmp::Ordering;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use knowledge::TimeUnit;
use model::Period;

use super::{Expr, Mention, MonthPart, Week, YearRef};

/// The last month in which `cuối năm` is the end of the year before.
const LATEST_RECALL: i8 = 3;

/// Days for which the month that has ended is still the one that is reported on.
const LONGEST_MONTH_BEFORE: i32 = 31;

/// A day, its month and its year, as far as they are stated.
type DayOf = (i8, Option<i8>, YearRef);

/// What a period is resolved against.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what is known about the day and the figure, each by itself")]
pub(crate) struct Anchor {
    /// The day of publication, or the last day that a text without one reports on, of its main year where it reports on none.
    pub(crate) today: Date,
    /// Whether `today` is known at all; without it only stated years give a period.
    pub(crate) placed: bool,
    /// The period that the text speaks of: `quý này` is the quarter of that.
    pub(crate) current: Option<Period>,
    /// Whether the day of publication is known.
    pub(crate) dated: bool,
    /// Whether the figure is a plan: then a month without a year lies ahead, not behind.
    pub(crate) ahead: bool,
    /// Whether the figure counts what there is at a moment (a stock), not what came together over a span.
    pub(crate) stock: bool,
}

/// The period of a figure that holds at the mention.
pub(crate) fn resolve(mention: &Mention, anchor: &Anchor) -> Option<Period> {
    if !anchor.placed && !is_placed(mention.expr) {
        return None;
    }
    // Without a date nothing says which day or week it is, and only what a text reports on says which month.
    let about_now = match mention.expr {
        Expr::Relative(TimeUnit::Day | TimeUnit::Week, _) | Expr::Shift(_, TimeUnit::Day | TimeUnit::Week) | Expr::Weekday(..) => {
            !matches!(anchor.current, Some(Period::Day(_)))
        }
        Expr::Past(_, TimeUnit::Day | TimeUnit::Week) => true,
        Expr::Relative(TimeUnit::Month | TimeUnit::Quarter, _) | Expr::Past(_, TimeUnit::Month) => anchor.today.day_of_year() >= 365,
        _ => false,
    };
    if !anchor.dated && about_now {
        return None;
    }
    if mention.until {
        return until(mention.expr, anchor).or_else(|| plain(mention.expr, anchor));
    }
    plain(mention.expr, anchor)
}

/// Whether an expression states its year.
fn is_placed(expr: Expr) -> bool {
    match expr {
        Expr::Year(year)
        | Expr::Half(_, year)
        | Expr::Quarter(_, year)
        | Expr::Month(_, year)
        | Expr::FirstMonths(_, year)
        | Expr::LastMonths(_, year)
        | Expr::Months(_, _, year)
        | Expr::Week(_, year)
        | Expr::SinceDay(_, _, year)
        | Expr::PartOfMonth(_, year)
        | Expr::MiddleOfMonth(_, year)
        | Expr::DaysOfMonth(_, _, year)
        | Expr::YearStart(year)
        | Expr::YearEnd(year)
        | Expr::Day(_, _, year)
        | Expr::Days(_, (_, _, year)) => matches!(year, YearRef::Named(_)),
        Expr::Years(..) | Expr::YearMonths(..) => true,
        _ => false,
    }
}

/// The period that a figure is compared with; `own` is the figure's.
pub(crate) fn basis(expr: Expr, own: Option<Period>, anchor: &Anchor) -> Option<Period> {
    // (in a text without a year `so với năm ngoái` is of none)
    if !anchor.placed && own.is_none() && !is_placed(expr) {
        return None;
    }
    let base = || own.unwrap_or(Period::Year(anchor.today.year()));
    match expr {
        Expr::Same(YearRef::Unstated | YearRef::Offset(-1)) => Some(base().shift_years(-1)),
        Expr::Same(year) => {
            let year = year_of(year, anchor, 1);
            Some(base().shift_years(year - base().year()))
        }
        Expr::Relative(TimeUnit::Year, offset) => match base() {
            Period::Year(year) => Some(Period::Year(year + i16::from(offset))),
            other => Some(Period::Year(other.year() + i16::from(offset))),
        },
        Expr::Relative(TimeUnit::Quarter, offset) => {
            let end = base().end();
            Some(quarter_of(end.saturating_add((3 * i64::from(offset)).months())))
        }
        Expr::Relative(TimeUnit::Month, offset) => {
            let end = base().end();
            let moved = first_of_month(end).saturating_add(i64::from(offset).months());
            Some(Period::Month(moved.year(), moved.month()))
        }
        Expr::Relative(TimeUnit::Week, offset) => match own {
            Some(week @ Period::Span { years: 0, months: 0, days: 4..=7, .. }) => Some(relative(TimeUnit::Week, offset, week.start())),
            _ => plain(expr, anchor),
        },
        Expr::Relative(TimeUnit::Day, offset) => Some(Period::Day(match own {
            Some(Period::Day(day)) => day.saturating_add(i64::from(offset).days()),
            _ => anchor.today.saturating_add(i64::from(offset).days()),
        })),
        Expr::YearStart(year) => {
            let year = if year == YearRef::Unstated { base().year() } else { year_of(year, anchor, 1) };
            Date::new(year - 1, 12, 31).ok().map(Period::Day)
        }
        Expr::YearEnd(year) => {
            let year = if year == YearRef::Unstated { base().year() - 1 } else { year_of(year, anchor, 12) };
            Date::new(year, 12, 31).ok().map(Period::Day)
        }
        // `so với quý I` of a figure of quarter II is the same year's; `so với tháng 12` of May is the year's before.
        Expr::Month(month, YearRef::Unstated) => {
            let end = base().end();
            Some(Period::Month(if month < end.month() { end.year() } else { end.year() - 1 }, month))
        }
        Expr::Quarter(quarter, YearRef::Unstated) => {
            let end = base().end();
            Some(Period::Quarter(
                if 3 * quarter <= end.month() && Some(Period::Quarter(end.year(), quarter)) != own { end.year() } else { end.year() - 1 },
                quarter,
            ))
        }
        other => plain(other, anchor),
    }
}

/// The days that an expression stands for by itself, whatever its figure counts.
fn plain(expr: Expr, anchor: &Anchor) -> Option<Period> {
    let today = anchor.today;
    match expr {
        Expr::Year(year) | Expr::YearStart(year) => Some(Period::Year(year_of(year, anchor, 1))),
        Expr::Half(half, year) => Some(Period::Half(year_of(year, anchor, 6 * half - 5), half)),
        Expr::Quarter(quarter, year) => Some(Period::Quarter(year_of(year, anchor, 3 * quarter - 2), quarter)),
        Expr::Month(month, year) | Expr::PartOfMonth(month, year) | Expr::MiddleOfMonth(month, year) => Some(month_of(month, year, anchor)),
        Expr::DaysOfMonth(part, month, year) => part_of_month(part, month, year, anchor),
        Expr::Day(day, month, year) => Some(Period::Day(day_of(day, month, year, anchor)?)),
        Expr::FirstMonths(months, year) => Period::months(year_of(year, anchor, months), 1, i16::from(months)),
        Expr::LastMonths(months, year) => Period::months(year_of(year, anchor, 1), 13 - months, i16::from(months)),
        Expr::Months(from, to, year) => Period::months(year_of(year, anchor, to), from, i16::from(to - from + 1)),
        Expr::Week(week, year) => week_of(week, year, anchor),
        Expr::Days(first, last) => days(first, last, anchor),
        Expr::Years(first, last) => Period::years(first, last - first + 1),
        Expr::YearMonths((year, month), (last, to)) => Period::months(year, month, 12 * (last - year) + i16::from(to - month) + 1),
        Expr::Since(year) => since(year, anchor),
        Expr::SinceDay(day, month, year) => since_day(day, month, year, anchor),
        Expr::Past(count, unit) => past(count, unit, today),
        Expr::Coming(count, unit) => coming(count, unit, today),
        Expr::Relative(unit, 0) => Some(this(unit, anchor)),
        Expr::Relative(unit, offset) => Some(relative(unit, offset, today)),
        Expr::PastYear => Some(Period::Year(if anchor.dated { today.year() - 1 } else { today.year() })),
        Expr::WholeYear => Some(Period::Year(anchor.current.map_or(today.year(), Period::year))),
        Expr::Same(year) => {
            let year = if year == YearRef::Unstated { YearRef::Offset(-1) } else { year };
            Some(Period::Year(year_of(year, anchor, 1)))
        }
        Expr::Now => anchor.dated.then_some(Period::Month(today.year(), today.month())),
        Expr::YearToDate => year_to_date(anchor),
        Expr::ThatSpan => None,
        Expr::MonthToDate => Some(Period::Month(today.year(), today.month())),
        Expr::YearEnd(year) => year_end(year, anchor),
        Expr::EarlyMonths(year) => {
            let year = year_of(year, anchor, 1);
            if year == today.year() && anchor.dated && !anchor.ahead { year_to_date(anchor) } else { Some(Period::Year(year)) }
        }
        Expr::Weekday(day, week) => Some(Period::Day(weekday(day, week, anchor))),
        Expr::Shift(count, unit) => shifted(count, unit, today),
        Expr::Vague => None,
    }
}

/// `tháng 5`, `đầu tháng 5`; the month of a plan lies ahead.
fn month_of(month: i8, year: YearRef, anchor: &Anchor) -> Period {
    let next = year == YearRef::Unstated && anchor.ahead && month + 1 < anchor.today.month();
    Period::Month(year_of(year, anchor, month) + i16::from(next), month)
}

/// `10 ngày đầu tháng 5`, `nửa cuối tháng`: without a name it is the month that the text speaks of.
fn part_of_month(part: MonthPart, month: Option<i8>, year: YearRef, anchor: &Anchor) -> Option<Period> {
    let spoken = anchor.current.filter(|period| is_about_a_month(*period)).map_or(anchor.today, Period::start);
    let year = if month.is_some() { year_of(year, anchor, month?) } else { spoken.year() };
    let first = Date::new(year, month.unwrap_or(spoken.month()), 1).ok()?;
    let last = first.last_of_month();
    match part {
        MonthPart::First(days) => between(first, first.with().day(days).build().ok()?),
        MonthPart::Last(days) => between(last.saturating_sub((i64::from(days) - 1).days()), last),
        MonthPart::SecondHalf => between(first.with().day(16).build().ok()?, last),
    }
}

/// `từ 15/12 đến 10/1/2006` begins in the year before; a span without a year that begins about now is to come.
fn days((d1, m1, y1): DayOf, (d2, m2, y2): DayOf, anchor: &Anchor) -> Option<Period> {
    let last = day_of(d2, m2, y2, anchor)?;
    let year = if y1 == YearRef::Unstated { YearRef::Named(last.year()) } else { y1 };
    let first = day_of(d1, m1, year, anchor)?;
    let first = if first > last { first.saturating_sub(1.year()) } else { first };
    let shifted = first.saturating_add(1.year());
    let begins = y2 == YearRef::Unstated && anchor.dated && first < anchor.today && (shifted - anchor.today).get_days().abs() <= 20;
    if begins { between(shifted, last.saturating_add(1.year())) } else { between(first, last) }
}

/// `từ năm 2020 đến nay`: statistics count the months begun, the month of publication among them.
fn since(year: i16, anchor: &Anchor) -> Option<Period> {
    let today = anchor.today;
    match year.cmp(&today.year()) {
        Ordering::Equal => year_to_date(anchor),
        Ordering::Less => Period::months(year, 1, 12 * (today.year() - year) + i16::from(today.month())),
        Ordering::Greater => None,
    }
}

/// `từ ngày 5/3 đến nay`, `kể từ tháng 3 đến nay`.
fn since_day(day: Option<i8>, month: i8, year: YearRef, anchor: &Anchor) -> Option<Period> {
    if !anchor.dated {
        return None;
    }
    if day.is_some() {
        return between(day_of(day?, Some(month), year, anchor)?, anchor.today);
    }
    let first = year_of(year, anchor, month);
    let months = 12 * (anchor.today.year() - first) + i16::from(anchor.today.month() - month) + 1;
    (months > 0).then(|| Period::months(first, month, months))?
}

/// `3 năm tới`, `6 tháng tới`: from the next one on.
fn coming(count: i16, unit: TimeUnit, today: Date) -> Option<Period> {
    match unit {
        TimeUnit::Year => Period::years(today.year() + 1, count),
        TimeUnit::Month => {
            let first = first_of_month(today).saturating_add(1.month());
            Period::months(first.year(), first.month(), count)
        }
        TimeUnit::Week => between(today.saturating_add(1.day()), today.saturating_add((7 * i64::from(count)).days())),
        TimeUnit::Day => between(today.saturating_add(1.day()), today.saturating_add(i64::from(count).days())),
        TimeUnit::Quarter => {
            let next = relative(TimeUnit::Quarter, 1, today).start();
            Period::months(next.year(), next.month(), 3 * count.min(40))
        }
    }
}

/// `tháng này`, `trong quý`, `hôm nay`: the one that the text speaks of, else that of the day of publication.
fn this(unit: TimeUnit, anchor: &Anchor) -> Period {
    let today = anchor.today;
    match (unit, anchor.current) {
        (TimeUnit::Month, Some(current @ Period::Month(..)))
        | (TimeUnit::Quarter, Some(current @ Period::Quarter(..)))
        | (TimeUnit::Day, Some(current @ Period::Day(_))) => current,
        // `Tuần 20-24/3, … Giá trị trong tuần …`: the week that is spoken of.
        (TimeUnit::Week, Some(Period::Span { start, years: 0, months: 0, days: 4..=7 })) => relative(unit, 0, start),
        // `4 tháng năm 2013 …, trong tháng đạt …`: the last of the months that are reported on.
        (TimeUnit::Month, Some(current)) if !anchor.ahead && has_just_ended(current, today) => relative(unit, 0, current.end()),
        // In the first weeks of a quarter `trong quý` is the one that has ended.
        (TimeUnit::Quarter, _) if today.month() % 3 == 1 && today.day() <= 25 => relative(unit, -1, today),
        _ => relative(unit, 0, today),
    }
}

/// `từ đầu năm đến nay`: up to where the text has counted, up to the month that it reports on, up to the day of publication.
fn year_to_date(anchor: &Anchor) -> Option<Period> {
    let today = anchor.today;
    // What came together over days (`nửa đầu tháng 11`, `từ đầu năm đến 15/6`) is counted up to their end.
    let counted = |span: &Period| {
        let late = (today - span.end()).get_days();
        matches!(span, Period::Span { start, days, .. } if *days > 0 && start.day() == 1) && (0..=60).contains(&late)
    };
    if let Some(span) = anchor.current.filter(counted) {
        return between(Date::new(span.end().year(), 1, 1).ok()?, span.end());
    }
    if !anchor.dated && today != today.last_of_month() {
        return between(Date::new(today.year(), 1, 1).ok()?, today);
    }
    let last = match anchor.current {
        // A report of a month counts up to that month.
        Some(Period::Month(year, month)) if year == today.year() && (0..=2).contains(&(today.month() - month)) => month,
        // So does one of the first months of the year.
        Some(Period::Span { start, years: 0, months, days: 0 })
            if !anchor.stock
                && (start.year(), start.month()) == (today.year(), 1)
                && (0..=2).contains(&(i16::from(today.month()) - months)) =>
        {
            i8::try_from(months).unwrap_or(today.month())
        }
        // (in its first days a month has no figures yet)
        _ if today.day() <= 3 && today.month() > 1 => today.month() - 1,
        _ => today.month(),
    };
    Period::months(today.year(), 1, i16::from(last))
}

/// `cuối năm`: told of in the first months (`nhu cầu đi lại cuối năm`), it is that of the year that has ended.
fn year_end(year: YearRef, anchor: &Anchor) -> Option<Period> {
    let ended = year == YearRef::Unstated && anchor.dated && !anchor.ahead && anchor.today.month() <= LATEST_RECALL;
    Some(Period::Day(Date::new(year_of(year, anchor, 1) - i16::from(ended), 12, 31).ok()?))
}

/// `tính đến X`: a flow runs from the first of January, a stock holds on the last day.
fn until(expr: Expr, anchor: &Anchor) -> Option<Period> {
    let period = plain(expr, anchor)?;
    let last = match expr {
        Expr::MiddleOfMonth(..) => period.start().saturating_add(14.days()),
        // `đến đầu tháng 9`: what is there then, what has come together in the months before
        Expr::YearStart(_) | Expr::PartOfMonth(..) if anchor.stock => period.start(),
        Expr::PartOfMonth(..) if period.start().month() > 1 => period.start().saturating_sub(1.day()),
        _ => period.end(),
    };
    match expr {
        Expr::Year(_)
        | Expr::Now
        | Expr::Years(..)
        | Expr::Since(_)
        | Expr::FirstMonths(..)
        | Expr::YearToDate
        | Expr::Relative(..)
        | Expr::Shift(..)
        | Expr::Weekday(..) => Some(period),
        Expr::YearEnd(_) if !anchor.stock => Some(Period::Year(last.year())),
        // (`tính đến tháng 5 dự kiến nhập siêu 2 tỷ USD`: what is only foreseen has come together by then all the same)
        _ if anchor.stock || anchor.ahead && (last > anchor.today.last_of_month() || !anchor.dated) => Some(Period::Day(last)),
        _ => between(Date::new(last.year(), 1, 1).ok()?, last),
    }
}

/// From the first day to the last, both inclusive, in years, months and days.
fn between(first: Date, last: Date) -> Option<Period> {
    let after = last.saturating_add(1.day());
    let span = first.until((jiff::Unit::Year, after)).ok()?;
    let (years, months, days) = (span.get_years(), i16::try_from(span.get_months()).ok()?, i16::try_from(span.get_days()).ok()?);
    if first == last {
        return Some(Period::Day(first));
    }
    if first.day() == 1 && days == 0 {
        return Period::months(first.year(), first.month(), 12 * years + months);
    }
    Some(Period::Span { start: first, years, months, days })
}

fn past(count: i16, unit: TimeUnit, today: Date) -> Option<Period> {
    match unit {
        TimeUnit::Year => Period::years(today.year() - count, count),
        // `8 tháng qua` from August on are the year's first eight; short spans only right behind their end.
        TimeUnit::Month if count >= 3 && (0..=if count < 5 { 1 } else { 3 }).contains(&(i16::from(today.month()) - count)) => {
            Period::months(today.year(), 1, count)
        }
        TimeUnit::Month => {
            // Early in a month the month before is the last that is known.
            let known = i64::from(today.day() > 10);
            let first = first_of_month(today).saturating_sub((i64::from(count) - known).months());
            Period::months(first.year(), first.month(), count)
        }
        TimeUnit::Week => between(today.saturating_sub((7 * i64::from(count) - 1).days()), today),
        TimeUnit::Day => between(today.saturating_sub(i64::from(count).days()), today.saturating_sub(1.day())),
        TimeUnit::Quarter => {
            let last = relative(TimeUnit::Quarter, -1, today).start();
            let first = last.saturating_sub((3 * (i64::from(count) - 1)).months());
            Period::months(first.year(), first.month(), 3 * count.min(40))
        }
    }
}

/// `3 ngày trước` is a day, `3 năm trước` a year.
fn shifted(count: i16, unit: TimeUnit, today: Date) -> Option<Period> {
    let by = i64::from(count);
    match unit {
        TimeUnit::Week => Some(Period::Day(today.saturating_add((7 * by).days()))),
        _ => Some(relative(unit, i8::try_from(count).ok()?, today)),
    }
}

/// A week by its number; of the year before, if it has not begun in this one.
fn week_of(week: i8, year: YearRef, anchor: &Anchor) -> Option<Period> {
    let monday = |year: i16| Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date());
    let here = monday(year_of(year, anchor, 1))?;
    let ahead = year == YearRef::Unstated && anchor.dated && !anchor.ahead && here > anchor.today;
    let start = if ahead { monday(anchor.today.year() - 1)? } else { here };
    Some(Period::Span { start, years: 0, months: 0, days: 7 })
}

fn weekday(day: i8, week: Week, anchor: &Anchor) -> Date {
    let today = anchor.today;
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let here = monday.saturating_add((i64::from(day) - 1).days());
    match week {
        Week::Offset(offset) => here.saturating_add((7 * i64::from(offset)).days()),
        Week::Last if here >= today => here.saturating_sub(7.days()),
        Week::Next if here <= today => here.saturating_add(7.days()),
        Week::Unstated if anchor.ahead && here < today => here.saturating_add(7.days()),
        Week::Unstated if !anchor.ahead && here > today => here.saturating_sub(7.days()),
        Week::Last | Week::Next | Week::Unstated => here,
    }
}

fn relative(unit: TimeUnit, offset: i8, today: Date) -> Period {
    let by = i64::from(offset);
    match unit {
        TimeUnit::Day => Period::Day(today.saturating_add(by.days())),
        TimeUnit::Week => {
            let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
            Period::Span { start: monday.saturating_add((7 * by).days()), years: 0, months: 0, days: 7 }
        }
        TimeUnit::Month => {
            let month = first_of_month(today).saturating_add(by.months());
            Period::Month(month.year(), month.month())
        }
        TimeUnit::Quarter => quarter_of(first_of_month(today).saturating_add((3 * by).months())),
        TimeUnit::Year => Period::Year(today.year() + i16::from(offset)),
    }
}

/// Whether a period is the months of a year up to one that ended a few weeks ago, or their last day.
fn has_just_ended(period: Period, today: Date) -> bool {
    let (start, end) = (period.start(), period.end());
    let months = start == end || start.day_of_year() == 1 && start.year() == end.year();
    months && end == end.last_of_month() && end < today && (today - end).get_days() <= LONGEST_MONTH_BEFORE
}

/// Whether a period is a month or a part of one.
fn is_about_a_month(period: Period) -> bool {
    (period.start().year(), period.start().month()) == (period.end().year(), period.end().month())
}

fn first_of_month(day: Date) -> Date {
    day.first_of_month()
}

fn quarter_of(day: Date) -> Period {
    Period::Quarter(day.year(), (day.month() + 2) / 3)
}

/// The year of an expression; `month` is the first month that must have begun for an unstated year to be this one.
///
/// The next month is to come: eleven months after it no one leaves its year out (`đáo hạn trong tháng 7`, told of in June).
fn year_of(year: YearRef, anchor: &Anchor, month: i8) -> i16 {
    match year {
        YearRef::Named(year) => year,
        YearRef::Offset(offset) => anchor.today.year() + i16::from(offset),
        YearRef::Unstated if month > anchor.today.month() + 1 && !anchor.ahead && anchor.dated => anchor.today.year() - 1,
        YearRef::Unstated => anchor.today.year(),
    }
}

fn day_of(day: i8, month: Option<i8>, year: YearRef, anchor: &Anchor) -> Option<Date> {
    let month = month.unwrap_or_else(|| {
        if day > anchor.today.day() && !anchor.ahead { anchor.today.saturating_sub(1.month()).month() } else { anchor.today.month() }
    });
    if year != YearRef::Unstated || anchor.ahead || !anchor.dated {
        return Date::new(year_of(year, anchor, month), month, day).ok();
    }
    // A few days ahead are as often an announcement as last year's.
    let here = Date::new(anchor.today.year(), month, day).ok()?;
    if (here - anchor.today).get_days() > 20 { Date::new(anchor.today.year() - 1, month, day).ok() } else { Some(here) }
}
