//! Numbers, units and periods in English and Vietnamese sentences.

use std::fmt::Write as _;

use jiff::civil::Date;
use knowledge::{Explanations, Sentence};
use model::{Measure, Period};

use crate::interval::Interval;
use crate::reference::Reference;

/// A language of explanations.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// `584.7 trillion VND`
    English,
    /// `584,7 nghìn tỷ đồng`
    Vietnamese,
}

/// One language, with its words for everything.
#[derive(Clone, Copy)]
pub struct Speech<'r> {
    language: Language,
    words: &'r Explanations,
    reference: &'r Reference<'r>,
}

impl<'r> Speech<'r> {
    /// English.
    pub fn english(reference: &'r Reference<'_>) -> Self {
        Self::new(Language::English, reference)
    }

    /// Vietnamese.
    pub fn vietnamese(reference: &'r Reference<'_>) -> Self {
        Self::new(Language::Vietnamese, reference)
    }

    fn new(language: Language, reference: &'r Reference<'_>) -> Self {
        Self { language, words: &reference.known.explanations, reference }
    }

    /// The one of two texts that is in this language: English, Vietnamese.
    pub fn pick<T>(self, both: (T, T)) -> T {
        match self.language {
            Language::English => both.0,
            Language::Vietnamese => both.1,
        }
    }

    /// A text in this language.
    pub fn says(self, both: &'r Sentence) -> &'r str {
        self.pick((&both.en, &both.vi))
    }

    /// What a measure says of its subject; nothing for a level.
    pub fn measure(self, measure: Measure) -> Option<&'r str> {
        self.words.measure(measure.as_str()).map(|word| self.says(word))
    }

    /// A number with its unit, rounded as people would.
    pub fn number(self, value: f64, unit: &str) -> String {
        let mut text = String::new();
        self.put_number(value, unit, &mut text);
        text
    }

    /// Appends a number with its unit.
    pub fn put_number(self, value: f64, unit: &str, text: &mut String) {
        let large = self.words.scale.iter().find(|large| value.abs() >= large.factor);
        self.put_digits(large.map_or(value, |large| value / large.factor), text);
        if let Some(large) = large {
            text.extend([" ", self.pick((&large.en, &large.vi))]);
        }
        self.put_unit(unit, text);
    }

    /// Appends the name of a unit to its number. What is counted is in the name of the figure.
    fn put_unit(self, code: &str, text: &mut String) {
        let (own, per) = code.split_once('/').map_or((code, None), |(own, per)| (own, Some(per)));
        match own {
            "count" => {}
            "%" => text.push('%'),
            _ => text.extend([" ", self.reference.unit_name(own).map_or(own, |names| self.pick(names))]),
        }
        for per in per.iter().flat_map(|per| per.split('/')) {
            text.extend(["/", self.reference.per_name(per).map_or(per, |names| self.pick(names))]);
        }
    }

    /// Appends an interval with its unit.
    pub fn put_interval(self, interval: Interval, unit: &str, text: &mut String) {
        let names = &self.words.interval;
        let said = match (interval.low.is_finite(), interval.high.is_finite()) {
            (true, true) => &names.between,
            (true, false) => &names.from,
            (false, true) => &names.to,
            (false, false) => &names.any,
        };
        let begin = text.len();
        fill(self.says(said), text, |blank, text| match blank {
            "low" => self.put_number(interval.low, unit, text),
            "high" => self.put_number(interval.high, unit, text),
            _ => text.push_str(blank),
        });
        if said == &names.between {
            let low = self.number(interval.low, unit);
            if low == self.number(interval.high, unit) {
                text.truncate(begin);
                text.push_str(&low);
            }
        }
    }

    /// Appends a period.
    pub fn put_period(self, period: Period, text: &mut String) {
        let (names, start, end) = (&self.words.period, period.start(), period.end());
        let whole_months = || start.day() == 1 && end == end.last_of_month();
        let (dates, number) = match period {
            Period::Year(_) => (&names.year, 0),
            Period::Half(_, 1) => (&names.first_half, 1),
            Period::Half(_, half) => (&names.second_half, half),
            Period::Quarter(_, quarter) => (&names.quarter, quarter),
            Period::Month(..) => (&names.month, end.month()),
            Period::Day(_) => (&names.day, 0),
            Period::Span { .. } if !whole_months() => (&names.days, 0),
            Period::Span { .. } if (start.month(), end.month()) == (1, 12) => (&names.years, 0),
            Period::Span { .. } if start.month() == 1 && start.year() == end.year() => (&names.to_date, end.month()),
            Period::Span { .. } => (&names.months, 0),
        };
        for (pattern, day) in self.pick((&dates.en, &dates.vi)).iter().zip([start, end]) {
            fill_number(pattern, number, day, text);
        }
    }

    /// Appends up to six significant digits, groups of thousands, no trailing zeros.
    fn put_digits(self, value: f64, text: &mut String) {
        const DECIMALS: [u64; 5] = [1, 10, 100, 1_000, 10_000];
        let size = value.abs();
        if !value.is_finite() || size >= 1e15 {
            text.push_str(&value.to_string());
            return;
        }
        let before = std::iter::successors(Some(10.0), |power| Some(power * 10.0)).take_while(|power| size >= *power).count() + 1;
        let decimals = 6_usize.saturating_sub(before).min(4);
        let factor = DECIMALS[decimals];
        let rounded = (size * factor as f64).round() as u64;
        let (group, mark) = self.pick(((',', '.'), ('.', ',')));
        if value < 0.0 && rounded > 0 {
            text.push('-');
        }
        put_grouped(rounded / factor, group, text);
        let (mut fraction, mut places) = (rounded % factor, decimals);
        if fraction > 0 {
            while fraction.is_multiple_of(10) {
                (fraction, places) = (fraction / 10, places - 1);
            }
            // Writing into memory cannot fail.
            let _ = write!(text, "{mark}{fraction:0places$}");
        }
    }
}

/// Appends a whole number in groups of thousands.
fn put_grouped(whole: u64, mark: char, text: &mut String) {
    if whole < 1000 {
        let _ = write!(text, "{whole}");
    } else {
        put_grouped(whole / 1000, mark, text);
        let _ = write!(text, "{mark}{:03}", whole % 1000);
    }
}

/// Appends a day as a pattern of `strftime` writes it, with a number in its blank.
fn fill_number(pattern: &str, number: i8, day: Date, text: &mut String) {
    let dated = |pattern: &str, text: &mut String| {
        let before = text.len();
        // A pattern that is wrong shows itself as it stands.
        if write!(text, "{}", day.strftime(pattern)).is_err() {
            text.truncate(before);
            text.push_str(pattern);
        }
    };
    match pattern.split_once("{number}") {
        None => dated(pattern, text),
        Some((before, behind)) => {
            dated(before, text);
            let _ = write!(text, "{number}");
            dated(behind, text);
        }
    }
}

/// Appends a sentence, with what is put in for its blanks, `{name}`.
pub fn fill(sentence: &str, text: &mut String, mut put: impl FnMut(&str, &mut String)) {
    let mut rest = sentence;
    while let Some((before, (blank, behind))) = rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        text.push_str(before);
        put(blank, text);
        rest = behind;
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use knowledge::Knowledge;

    use super::*;

    fn assert_said(said: impl Fn(Speech<'_>) -> String, english: &str, vietnamese: &str) {
        let known = Knowledge::load(None).unwrap();
        let reference = Reference::new(&known);
        assert_eq!(said(Speech::english(&reference)), english);
        assert_eq!(said(Speech::vietnamese(&reference)), vietnamese);
    }

    fn put(appends: impl Fn(&mut String)) -> String {
        let mut text = String::new();
        appends(&mut text);
        text
    }

    #[test]
    fn numbers_read_as_the_press_prints_them() {
        for (value, unit, english, vietnamese) in [
            (584.7e12, "VND", "584.7 trillion VND", "584,7 nghìn tỷ đồng"),
            (-16e9, "USD", "-16 billion USD", "-16 tỷ USD"),
            (37.688, "%", "37.688%", "37,688%"),
            (12359.0, "count", "12,359", "12.359"),
            (-0.000_001, "pp", "0 percentage points", "0 điểm phần trăm"),
            (85.6e6, "VND/tael", "85.6 million VND/tael", "85,6 triệu đồng/lượng"),
            (101.88, "USD/bbl", "101.88 USD/bbl", "101,88 USD/thùng"),
            (1387.0, "point", "1,387 points", "1.387 điểm"),
            (0.0004, "x", "0.0004 times", "0,0004 lần"),
            (1_234_567.89, "count", "1.2346 million", "1,2346 triệu"),
            (335.585e9, "USD", "335.585 billion USD", "335,585 tỷ USD"),
        ] {
            assert_said(|say| say.number(value, unit), english, vietnamese);
        }
    }

    #[test]
    fn periods_read_as_people_say_them() {
        for (period, english, vietnamese) in [
            ("2013", "2013", "năm 2013"),
            ("2013-S1", "first half of 2013", "6 tháng đầu năm 2013"),
            ("2013-Q4", "Q4 2013", "quý 4/2013"),
            ("2013-04", "April 2013", "tháng 4/2013"),
            ("2013-04-05", "5 April 2013", "ngày 5/4/2013"),
            ("2013-01-01/P10M", "first 10 months of 2013", "10 tháng đầu năm 2013"),
            ("2013-01-01/P4M15D", "1 January 2013 to 15 May 2013", "từ 1/1/2013 đến 15/5/2013"),
            ("2019-07-01/P12M", "July 2019 to June 2020", "tháng 7/2019 đến tháng 6/2020"),
            ("2016-01-01/P5Y", "2016–2020", "giai đoạn 2016–2020"),
        ] {
            assert_said(|say| put(|text| say.put_period(period.parse().unwrap(), text)), english, vietnamese);
        }
    }

    #[test]
    fn intervals_without_an_end_say_so() {
        let from = |low, high| Interval { low, high };
        assert_said(|say| put(|text| say.put_interval(from(5.0, 6.0), "%", text)), "5% to 6%", "5% đến 6%");
        assert_said(|say| put(|text| say.put_interval(from(5.0, f64::INFINITY), "%", text)), "5% or more", "từ 5% trở lên");
        assert_said(|say| put(|text| say.put_interval(from(f64::NEG_INFINITY, 6.0), "%", text)), "6% or less", "không quá 6%");
    }
}
