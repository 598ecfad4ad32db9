//! Days and instants as Vietnamese pages print them: day first, and Vietnam's time where no offset is said.
//!
//! `2026-03-07T08:52:11.000 +07:00` · `07-03-2026 - 00:01 AM` · `Thứ bảy, 7/3/2026, 00:05 (GMT+7)` · `07:18 | 05/07/2023` ·
//! `Ngày 07 tháng 03 năm 2026` · `3 giờ trước`.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, ToSpan};
use model::When;

use crate::clean;

/// A piece of a line: a number with its length in digits, a word, or a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    Number(u32, usize),
    Word(&'t str),
    Mark(char),
}

/// The first day, with its time of day if one stands beside it, that a line prints.
///
/// `now` is what relative times count from: the moment of fetching.
pub fn find(text: &str, now: Option<When>) -> Option<When> {
    let tokens = if has_year(text) { tokens(text) } else { Vec::new() };
    for at in 0..tokens.len() {
        if let Some((date, len)) = date(&tokens[at..]) {
            let after = &tokens[at + len..];
            let before = &tokens[..at];
            let found = time_after(after).or_else(|| time_before(before));
            return Some(match found {
                None => When::Day(date),
                Some((time, offset)) => at_offset(date, time, offset),
            });
        }
    }
    now.and_then(|now| relative(&text.to_lowercase(), now))
}

/// Whether a line has the four digits without which there is no date; most lines do not.
pub fn has_year(text: &str) -> bool {
    text.as_bytes().split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() >= 4)
}

/// A stated instant or day, as metadata gives it; an epoch in seconds or milliseconds too.
pub fn stated(text: &str) -> Option<When> {
    let text = text.trim();
    if text.len() >= 10 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        let seconds = if text.len() >= 13 { number / 1000 } else { number };
        return jiff::Timestamp::from_second(seconds).ok().map(When::Instant);
    }
    find(text, None)
}

/// The last day of a month without a day (`2021-01`), as records of large collections have it.
pub fn month(text: &str) -> Option<When> {
    let (year, month) = text.trim().split_once('-')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
    (digits(year, 4) && digits(month, 2)).then(|| When::Day(first.last_of_month()))
}

fn at_offset(date: Date, time: Time, offset: Option<Offset>) -> When {
    let local = date.to_datetime(time);
    let instant = match offset {
        Some(offset) => offset.to_timestamp(local).ok().map(When::Instant),
        None => When::local(local),
    };
    instant.unwrap_or(When::Day(date))
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    // A line with a date is short; what is longer is prose.
    while let Some(c) = rest.chars().next().filter(|_| tokens.len() < 64) {
        let len = if c.is_ascii_digit() {
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number(rest[..len].parse().unwrap_or(u32::MAX), len));
            len
        } else if clean::is_letter(c) {
            let len = rest.find(|c: char| !clean::is_letter(c)).unwrap_or(rest.len());
            tokens.push(Token::Word(&rest[..len]));
            len
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::Mark(c));
            }
            c.len_utf8()
        };
        rest = &rest[len..];
    }
    tokens
}

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    let plausible = (1990..=2100).contains(&year);
    plausible.then(|| Date::new(year as i16, month as i8, day as i8).ok()).flatten()
}

/// A date at the front, and how many tokens it takes.
fn date(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    use Token::{Mark, Number, Word};
    match *tokens {
        [Number(year, 4), Mark(a @ ('-' | '/' | '.')), Number(month, 1..=2), Mark(b), Number(day, 1..=2), ..] if a == b => {
            civil(year, month, day).map(|date| (date, 5))
        }
        [Number(day, 1..=2), Mark(a @ ('-' | '/' | '.')), Number(month, 1..=2), Mark(b), Number(year, 4), ..] if a == b => {
            // Day first; only what cannot be so is read the English way.
            civil(year, month, day).or_else(|| civil(year, day, month)).map(|date| (date, 5))
        }
        [Number(day, 1..=2), Word(word), Number(month, 1..=2), Word(year_word), Number(year, 4), ..]
            if is(word, "tháng") && is(year_word, "năm") =>
        {
            civil(year, month, day).map(|date| (date, 5))
        }
        [Number(day, 1..=2), Word(word), Number(month, 1..=2), Mark(','), Number(year, 4), ..]
        | [Number(day, 1..=2), Mark(','), Word(word), Number(month, 1..=2), Number(year, 4), ..]
            if is(word, "tháng") =>
        {
            civil(year, month, day).map(|date| (date, 5))
        }
        [Number(day, 1..=2), Word(word), Number(month, 1..=2), Number(year, 4), ..] if is(word, "tháng") => {
            civil(year, month, day).map(|date| (date, 4))
        }
        [Word(month), Number(day, 1..=2), Mark(','), Number(year, 4), ..] => civil(year, english_month(month)?, day).map(|date| (date, 4)),
        [Word(month), Mark('.'), Number(day, 1..=2), Mark(','), Number(year, 4), ..] => {
            civil(year, english_month(month)?, day).map(|date| (date, 5))
        }
        [Number(day, 1..=2), Word(month), Number(year, 4), ..] => civil(year, english_month(month)?, day).map(|date| (date, 3)),
        _ => None,
    }
}

fn is(word: &str, wanted: &str) -> bool {
    word.chars().flat_map(char::to_lowercase).eq(wanted.chars())
}

fn english_month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let short = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|month| *month == short).map(|at| at as u32 + 1)
}

/// A time of day after a date, past separators and a little filling: `, lúc 08:15 GMT+7`.
fn time_after(tokens: &[Token<'_>]) -> Option<(Time, Option<Offset>)> {
    use Token::{Mark, Number, Word};
    let skip = tokens
        .iter()
        .take_while(|token| matches!(token, Mark('-' | '–' | ',' | '|' | '•' | '·' | '(') | Word("T" | "lúc" | "Lúc" | "at" | "vào")))
        .count();
    if skip > 4 {
        return None;
    }
    let tokens = &tokens[skip..];
    let (hour, minute, mut len) = hour_and_minute(tokens)?;
    let mut second = 0;
    if let [Mark(':'), Number(value, 2), ..] = tokens[len..] {
        second = value;
        len += 2;
    }
    if let [Mark('.'), Number(_, _), ..] = tokens[len..] {
        len += 2;
    }
    let mut hour = hour;
    if let [Word(half), ..] = tokens[len..] {
        // A 24-hour clock with a bogus AM or PM keeps its hour.
        match half {
            "PM" | "pm" | "CH" if hour < 12 => hour += 12,
            "AM" | "am" | "SA" if hour == 12 => hour = 0,
            _ => {}
        }
        len += usize::from(matches!(half, "PM" | "pm" | "CH" | "AM" | "am" | "SA"));
    }
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    Some((time, offset(&tokens[len..])))
}

/// `08:15`, `8h15`, `20:25'`.
fn hour_and_minute(tokens: &[Token<'_>]) -> Option<(u32, u32, usize)> {
    use Token::{Mark, Number, Word};
    match *tokens {
        [Number(hour @ 0..=23, 1..=2), Mark(':') | Word("h" | "H" | "g" | "giờ"), Number(minute @ 0..=59, 2), ..] => {
            Some((hour, minute, 3))
        }
        _ => None,
    }
}

/// `Z`, `+07:00`, `+0700`, `(GMT+7)`.
fn offset(tokens: &[Token<'_>]) -> Option<Offset> {
    use Token::{Mark, Number, Word};
    let skip = tokens.iter().take_while(|token| matches!(token, Mark('(' | '\'') | Word("GMT" | "UTC"))).count();
    let (sign, hours, minutes) = match tokens[skip..] {
        [Word("Z"), ..] => return Some(Offset::UTC),
        [Mark(sign @ ('+' | '-' | '−')), Number(hours, 1..=2), Mark(':'), Number(minutes, 2), ..] => (sign, hours, minutes),
        [Mark(sign @ ('+' | '-' | '−')), Number(both, 4), ..] => (sign, both / 100, both % 100),
        [Mark(sign @ ('+' | '-' | '−')), Number(hours, 1..=2), ..] => (sign, hours, 0),
        _ => return None,
    };
    let seconds = (hours * 3600 + minutes * 60) as i32;
    Offset::from_seconds(if sign == '+' { seconds } else { -seconds }).ok()
}

/// A time of day before a date: `07:18 | 05/07/2023`, `20:25' - 05/11/2024`.
fn time_before(tokens: &[Token<'_>]) -> Option<(Time, Option<Offset>)> {
    use Token::{Mark, Word};
    let mut end = tokens.len();
    let mut skipped = 0;
    while end > 0 && matches!(tokens[end - 1], Mark(_) | Word(_)) && skipped < 8 {
        end -= 1;
        skipped += 1;
    }
    let start = end.checked_sub(3)?;
    let (hour, minute, _) = hour_and_minute(&tokens[start..end])?;
    // The minutes may be followed by seconds, of which the window then sees minutes and seconds.
    let (hour, minute) = match start.checked_sub(2).map(|at| &tokens[at..start]) {
        Some([Token::Number(first @ 0..=23, 1..=2), Mark(':')]) => (*first, hour),
        _ => (hour, minute),
    };
    Time::new(hour as i8, minute as i8, 0, 0).ok().map(|time| (time, None))
}

/// `vừa xong`, `25 phút trước`, `3 giờ trước`, `hôm qua`, counted back from the moment of fetching.
fn relative(text: &str, now: When) -> Option<When> {
    if text.len() > 60 {
        return None;
    }
    if text.contains("vừa xong") {
        return Some(now);
    }
    if text.contains("hôm qua") {
        return Some(When::Day(now.day().saturating_sub(1.day())));
    }
    if text.contains("hôm nay") {
        return Some(When::Day(now.day()));
    }
    let before = text.split("trước").next().filter(|_| text.contains("trước"))?;
    let mut words = before.split_whitespace().rev();
    let (unit, count) = (words.next()?, words.next()?.parse::<i64>().ok()?);
    let back = match unit {
        "phút" => SignedDuration::from_mins(count),
        "giờ" | "tiếng" => SignedDuration::from_hours(count),
        "ngày" => return Some(When::Day(now.day().saturating_sub(count.days()))),
        "tuần" => return Some(When::Day(now.day().saturating_sub((7 * count).days()))),
        _ => return None,
    };
    match now {
        When::Instant(at) => at.checked_sub(back).ok().map(When::Instant),
        When::Day(day) => Some(When::Day(day)),
    }
}

/// The day that an address carries: `/2021/01/12/`, `20250304101500001.htm`.
pub fn in_url(url: &str) -> Option<When> {
    let path = url.split(['?', '#']).next()?;
    let segments: Vec<&str> = path.split('/').collect();
    for window in segments.windows(3) {
        if let [year, month, day] = window
            && year.len() == 4
            && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse())
            && let Some(date) = civil(year, month, day)
        {
            return Some(When::Day(date));
        }
    }
    let name = segments.last()?;
    let mut digits = name.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 14);
    let run = digits.next()?;
    // VCCorp: a site's number of a few digits may stand before the time; Dân trí: the time stands first.
    [0usize, 3].iter().find_map(|from| compact_day(run.get(*from..)?))
}

/// `20250304…`
fn compact_day(run: &str) -> Option<When> {
    let number = |range: std::ops::Range<usize>| run.get(range)?.parse::<u32>().ok();
    let year = number(0..4).filter(|year| (2000..=2099).contains(year))?;
    civil(year, number(4..6)?, number(6..8)?).map(When::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_of_vietnamese_pages() {
        for (text, want) in [
            ("2026-03-07T08:01:53+07:00", "2026-03-07T08:01:53+07:00"),
            ("2026-07-09T15:33:15+0700", "2026-07-09T15:33:15+07:00"),
            ("2026-03-07T00:01:00", "2026-03-07T00:01:00+07:00"),
            ("2026-03-07T01:01:00Z", "2026-03-07T08:01:00+07:00"),
            ("2026-03-07T08:52:11.000 +07:00", "2026-03-07T08:52:11+07:00"),
            ("07-03-2026 - 00:01 AM", "2026-03-07T00:01:00+07:00"),
            ("07-03-2026 - 15:20 PM", "2026-03-07T15:20:00+07:00"),
            ("07-03-2026 - 03:20 PM", "2026-03-07T15:20:00+07:00"),
            ("07/03/2026 08:06 GMT+7", "2026-03-07T08:06:00+07:00"),
            ("Thứ bảy, 7/3/2026, 00:05 (GMT+7)", "2026-03-07T00:05:00+07:00"),
            ("Thứ 5, 09/07/2026 | 15:19", "2026-07-09T15:19:00+07:00"),
            ("07:18 | 05/07/2023", "2023-07-05T07:18:00+07:00"),
            ("20:25' - 05/11/2024", "2024-11-05T20:25:00+07:00"),
            ("- 07/03/2026 08:47", "2026-03-07T08:47:00+07:00"),
            ("Thứ ba 05/11/2024 20:25", "2024-11-05T20:25:00+07:00"),
            ("Thứ Bảy, Ngày 07 tháng 03 năm 2026, ", "2026-03-07"),
            ("Nov 20, 2019", "2019-11-20"),
            ("20 November 2019", "2019-11-20"),
            ("12/25/2019", "2019-12-25"),
            ("14h30 ngày 12/1/2021", "2021-01-12T14:30:00+07:00"),
        ] {
            assert_eq!(find(text, None).map(|when| when.to_string()).as_deref(), Some(want), "{text}");
        }
        for text in ["tăng 6,39%", "3/4 số phiếu", "13.000 tỷ", "năm 2020", "31/02/2020"] {
            assert_eq!(find(text, None), None, "{text}");
        }
    }

    #[test]
    fn counts_back_from_the_moment_of_fetching() {
        let now = stated("2026-03-07T08:00:00+07:00");
        for (text, want) in
            [("3 giờ trước", "2026-03-07T05:00:00+07:00"), ("25 phút trước", "2026-03-07T07:35:00+07:00"), ("2 ngày trước", "2026-03-05")]
        {
            assert_eq!(find(text, now).map(|when| when.to_string()).as_deref(), Some(want));
        }
        assert_eq!(find("3 giờ trước", None), None);
    }

    #[test]
    fn reads_the_day_in_an_address() {
        for (url, want) in [
            ("https://example.vn/2021/01/12/bai-viet.html", Some("2021-01-12")),
            ("https://dantri.com.vn/kinh-doanh/xuat-khau-20250304101500001.htm", Some("2025-03-04")),
            ("https://tuoitre.vn/gia-hoa-20260307075519174.htm", Some("2026-03-07")),
            ("https://congthuong.vn/bai-viet-150001.html", None),
        ] {
            assert_eq!(in_url(url).map(|when| when.to_string()).as_deref(), want);
        }
    }
}
