//! Days and months in digits: `12/1`, `12-1-2021`, `25.9`, `06/10/2025`.

use super::parse::View;

/// A day as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayMonth {
    pub(super) day: i8,
    pub(super) month: Option<i8>,
    pub(super) year: Option<i16>,
}

impl DayMonth {
    pub(super) fn day_only(day: u32) -> Self {
        Self { day: day as i8, month: None, year: None }
    }
}

/// Reads a day with its month, day first; the separator is a slash, a dash or a dot.
pub(super) fn day_month(view: &View<'_>, at: usize) -> Option<(DayMonth, usize)> {
    view.token(at).filter(|token| token.is_number())?;
    if let Some((day, month)) = view.dotted(at) {
        return valid(day, month, None).map(|found| (found, at + 1));
    }
    if let Some(found) = spaced(view, at).or_else(|| triple(view, at)) {
        return Some(found);
    }
    let day = view.int(at)?;
    let joint = view.token(at + 1).filter(|token| (token.is('/') || token.is('-') || token.is('.')) && !token.spaced)?;
    let separator = if joint.is('/') { '/' } else { '-' };
    view.token(at + 2).filter(|token| !token.spaced)?;
    // `26-5.2013`
    if let Some((month, year)) = view.dotted(at + 2).filter(|(_, year)| (1900..=2100).contains(year)) {
        return valid(day, month, Some(year as i16)).map(|found| (found, at + 3));
    }
    let month = view.int(at + 2)?;
    let year = view
        .mark(at + 3, separator)
        .then(|| view.int(at + 4))
        .flatten()
        .filter(|_| !view.tokens[at + 4].spaced)
        .and_then(|year| full_year(year, view.tokens[at + 4].end - view.tokens[at + 4].start));
    let end = if year.is_some() { at + 5 } else { at + 3 };
    valid(day, month, year).map(|found| (found, end))
}

/// `14- 5 -2013`: a full date with spaces around its marks.
fn spaced(view: &View<'_>, at: usize) -> Option<(DayMonth, usize)> {
    let mark = |at: usize| view.token(at).is_some_and(|token| token.is('-') || token.is('/'));
    let loose = || (at + 1..=at + 4).any(|at| view.token(at).is_some_and(|token| token.spaced));
    if !mark(at + 1) || !mark(at + 3) || !loose() {
        return None;
    }
    let (day, month) = (view.int(at)?, view.int(at + 2)?);
    let year = view.int(at + 4).filter(|year| (1900..=2100).contains(year))?;
    valid(day, month, Some(year as i16)).map(|found| (found, at + 5))
}

/// `16.5.2013`: a full date in one token.
fn triple(view: &View<'_>, at: usize) -> Option<(DayMonth, usize)> {
    let token = view.token(at).filter(|token| token.is_number())?;
    let mut parts = view.text.chars[token.start as usize..token.end as usize].split(|c| *c == '.');
    let number = |digits: &[char]| digits.iter().try_fold(0, |sum, c| Some(sum * 10 + c.to_digit(10)?));
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if day.len() > 2 || month.len() > 2 || year.len() != 4 || parts.next().is_some() {
        return None;
    }
    valid(number(day)?, number(month)?, full_year(number(year)?, 4)).filter(|found| found.year.is_some()).map(|found| (found, at + 1))
}

/// A year of four digits, or of the two last ones.
fn full_year(year: u32, digits: u32) -> Option<i16> {
    match (digits, year) {
        (4, 1900..=2100) => Some(year as i16),
        (2, 0..=60) => Some(2000 + year as i16),
        (2, 70..=99) => Some(1900 + year as i16),
        _ => None,
    }
}

fn valid(day: u32, month: u32, year: Option<i16>) -> Option<DayMonth> {
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(DayMonth { day: day as i8, month: Some(month as i8), year })
}
