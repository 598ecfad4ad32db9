//! A span of days in SDMX notation.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A period as it is written in the tables.
///
/// `2020`, `2020-Q3`, `2024-10`, `2024-10-31`, and start with duration for anything else:
/// `2024-01-01/P6M`, `2024-01-01/P10M`, `2016-01-01/P5Y`, `2025-01-01/P5M15D`, `2024-10-07/P7D`.
///
/// The same days have one notation, whatever the text calls them (`quý I`, `3 tháng đầu năm`): [`Period::canonical`] has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A half of a year, 1 or 2.
    Half(i16, i8),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A month, 1 to 12.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// A start with a duration of years, months and days.
    Span {
        /// First day.
        start: Date,
        /// Whole years.
        years: i16,
        /// Whole months, 0 to 11 unless there are no years.
        months: i16,
        /// Days on top.
        days: i16,
    },
}

/// SDMX frequency of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frequency {
    /// `A`
    Annual,
    /// `S`
    HalfYearly,
    /// `Q`
    Quarterly,
    /// `M`
    Monthly,
    /// `D`
    Daily,
    /// `_O`: any other span, such as ten months to date.
    Other,
}

impl Frequency {
    /// The SDMX code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Annual => "A",
            Self::HalfYearly => "S",
            Self::Quarterly => "Q",
            Self::Monthly => "M",
            Self::Daily => "D",
            Self::Other => "_O",
        }
    }
}

impl Period {
    /// A span of whole months from the first day of one; the shortest notation that says the same.
    ///
    /// Twelve months from January are the year, but halves and quarters keep their length: `3 tháng đầu năm` counts months to date,
    /// as `quý I` does not, until the whole text is read.
    pub fn months(year: i16, month: i8, count: i16) -> Option<Self> {
        match (month, count) {
            (1, 12) => Some(Self::Year(year)),
            (_, 1) => Some(Self::Month(year, month)),
            (1, _) if count % 12 == 0 => Self::years(year, count / 12),
            _ => Some(Self::Span { start: Date::new(year, month, 1).ok()?, years: 0, months: count, days: 0 }),
        }
    }

    /// A span of whole calendar years.
    pub fn years(first: i16, count: i16) -> Option<Self> {
        if count == 1 {
            return Some(Self::Year(first));
        }
        Some(Self::Span { start: Date::new(first, 1, 1).ok()?, years: count, months: 0, days: 0 })
    }

    /// The one of several notations for the same days that stands in the tables: years, halves, quarters and months are told
    /// as such, not as spans of months.
    #[must_use]
    pub fn canonical(self) -> Self {
        let Self::Span { start, years, months, days: 0 } = self else { return self };
        let (year, month) = (start.year(), start.month());
        match (start.day(), month, 12 * years + months) {
            (1, 1, 12) => Self::Year(year),
            (1, 1 | 7, 6) => Self::Half(year, month / 6 + 1),
            (1, 1 | 4 | 7 | 10, 3) => Self::Quarter(year, month / 3 + 1),
            (1, _, 1) => Self::Month(year, month),
            _ => self,
        }
    }

    /// First day.
    pub fn start(self) -> Date {
        match self {
            Self::Year(year) => first_of(year, 1),
            Self::Half(year, half) => first_of(year, 6 * half - 5),
            Self::Quarter(year, quarter) => first_of(year, 3 * quarter - 2),
            Self::Month(year, month) => first_of(year, month),
            Self::Day(day) | Self::Span { start: day, .. } => day,
        }
    }

    /// Last day, inclusive.
    pub fn end(self) -> Date {
        let start = self.start();
        let span = match self {
            Self::Year(_) => 1.year(),
            Self::Half(..) => 6.months(),
            Self::Quarter(..) => 3.months(),
            Self::Month(..) => 1.month(),
            Self::Day(_) => return start,
            Self::Span { years, months, days, .. } => i64::from(years).years().months(i64::from(months)).days(i64::from(days)),
        };
        start.saturating_add(span).saturating_sub(1.day())
    }

    /// SDMX frequency.
    pub fn frequency(self) -> Frequency {
        match self {
            Self::Year(_) => Frequency::Annual,
            Self::Half(..) => Frequency::HalfYearly,
            Self::Quarter(..) => Frequency::Quarterly,
            Self::Month(..) => Frequency::Monthly,
            Self::Day(_) => Frequency::Daily,
            Self::Span { .. } => Frequency::Other,
        }
    }

    /// The calendar year that the period ends in.
    pub fn year(self) -> i16 {
        self.end().year()
    }

    /// The same span, that many years later (earlier if negative).
    #[must_use]
    pub fn shift_years(self, by: i16) -> Self {
        match self {
            Self::Year(year) => Self::Year(year + by),
            Self::Half(year, half) => Self::Half(year + by, half),
            Self::Quarter(year, quarter) => Self::Quarter(year + by, quarter),
            Self::Month(year, month) => Self::Month(year + by, month),
            Self::Day(day) => Self::Day(day.saturating_add(i64::from(by).years())),
            Self::Span { start, years, months, days } => {
                Self::Span { start: start.saturating_add(i64::from(by).years()), years, months, days }
            }
        }
    }
}

fn first_of(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).unwrap_or(date(1970, 1, 1))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Half(..) => write!(f, "{}/P6M", self.start()),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Span { start, years, months, days } => {
                write!(f, "{start}/P")?;
                for (count, letter) in [(years, 'Y'), (months, 'M'), (days, 'D')] {
                    if count != 0 {
                        write!(f, "{count}{letter}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text).ok_or_else(|| format!("`{text}` is no period such as 2020, 2020-Q3, 2024-10, 2024-10-31, 2024-01-01/P10M"))
    }
}

fn parse(text: &str) -> Option<Period> {
    if let Some((start, duration)) = text.split_once('/') {
        return span(start.parse().ok()?, duration.strip_prefix('P')?).map(Period::canonical);
    }
    let Some((year, rest)) = text.split_once('-') else {
        return Some(Period::Year(year_number(text)?));
    };
    let year = year_number(year)?;
    let numbered = |digits: &str, most: i8| digits.parse::<i8>().ok().filter(|n| (1..=most).contains(n));
    if let Some(half) = rest.strip_prefix('S') {
        Some(Period::Half(year, numbered(half, 2)?))
    } else if let Some(quarter) = rest.strip_prefix('Q') {
        Some(Period::Quarter(year, numbered(quarter, 4)?))
    } else if rest.len() == 2 {
        Some(Period::Month(year, numbered(rest, 12)?))
    } else {
        Some(Period::Day(text.parse().ok()?))
    }
}

fn year_number(text: &str) -> Option<i16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten()
}

fn span(start: Date, duration: &str) -> Option<Period> {
    let (mut years, mut months, mut days) = (0, 0, 0);
    let mut rest = duration;
    while !rest.is_empty() {
        let at = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i16 = rest[..at].parse().ok()?;
        match &rest[at..=at] {
            "Y" => years = count,
            "M" => months = count,
            "W" => days += 7 * count,
            "D" => days += count,
            _ => return None,
        }
        rest = &rest[at + 1..];
    }
    (years != 0 || months != 0 || days != 0).then_some(Period::Span { start, years, months, days })
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parses() {
        for text in [
            "2020",
            "2020-Q3",
            "2024-10",
            "2024-07-01/P6M",
            "2024-10-31",
            "2024-01-01/P10M",
            "2016-01-01/P5Y",
            "2025-01-01/P5M15D",
            "2024-10-07/P7D",
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
        }
        for text in ["", "20", "2020-Q5", "2020-13", "2020-02-30", "2020-01-01/P", "2020-01-01/10M"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_same_days_are_one_period() {
        for (text, same) in [
            ("2020-S1", "2020-01-01/P6M"),
            ("2020-S2", "2020-07-01/P6M"),
            ("2020-01-01/P3M", "2020-Q1"),
            ("2020-10-01/P3M", "2020-Q4"),
            ("2020-05-01/P1M", "2020-05"),
            ("2020-01-01/P12M", "2020"),
            ("2020-01-01/P1Y", "2020"),
        ] {
            let (period, same): (Period, Period) = (text.parse().unwrap(), same.parse().unwrap());
            assert_eq!(period, same);
            assert_eq!((period.start(), period.end()), (same.start(), same.end()));
        }
        for other in ["2020-02-01/P3M", "2020-03-01/P6M", "2020-01-01/P9M", "2020-01-02/P3M", "2020-01-01/P3M5D"] {
            assert!(matches!(other.parse().unwrap(), Period::Span { .. }), "{other}");
        }
    }

    #[test]
    fn ends_on_its_last_day() {
        for (text, end) in [
            ("2020", "2020-12-31"),
            ("2024-02", "2024-02-29"),
            ("2024-01-01/P10M", "2024-10-31"),
            ("2025-01-01/P5M15D", "2025-06-15"),
            ("2020-S2", "2020-12-31"),
        ] {
            assert_eq!(text.parse::<Period>().unwrap().end().to_string(), end);
        }
    }
}
