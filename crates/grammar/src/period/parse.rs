//! Finds expressions of time over tokens.
//!
//! A ladder of small functions, each reads one form at a token and returns the expression and the token after it.
//! At every token all forms compete; the longest wins.

use knowledge::{CueClass, TimeUnit};

use super::{Expr, Mention, Role, YearRef, date};
use crate::lexicon::{Hit, Hits};
use crate::mark::{Mark, NumberWord, Particle, TimeWord, kind};
use crate::number;
use crate::text::Text;
use crate::token::Token;

/// A form read at a token: the expression and the token after it.
pub(super) type Read = Option<(Expr, usize)>;

/// The years that texts speak of.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// What an expression can begin with, a bit each.
type Openers = u16;
/// A time that is named whole (`năm ngoái`, `cùng kỳ`).
const WHOLE: Openers = 1;
/// What a span begins with (`từ`, `giai đoạn`).
const FROM: Openers = 1 << 1;
/// A unit of time.
const UNIT: Openers = 1 << 2;
/// A part of a unit (`đầu`, `nửa`, `cuối năm`).
const EDGE: Openers = 1 << 3;
/// A part of a day or a day of the week.
const DAY: Openers = 1 << 4;
/// A lead-in of any form (`tính đến`), or a comparison (`theo quý`).
const LEAD: Openers = 1 << 5;
const DIGITS: Openers = 1 << 6;
/// A number in words.
const WORDED: Openers = 1 << 7;
/// A letter with its number (`T10`, `Q3`).
const LETTER: Openers = 1 << 8;

fn opens(word: TimeWord) -> Openers {
    use TimeWord as T;
    match word {
        T::Relative(..) | T::Same | T::SameMoment | T::Now | T::YearToDate | T::MonthToDate | T::ThatSpan | T::WholeYear => WHOLE,
        T::From | T::Span | T::Season | T::Decade | T::SchoolYear => FROM,
        T::Unit(_) => UNIT,
        T::OfYear(_) | T::StartOf | T::EndOf | T::MiddleOf | T::Half | T::Fortnight => EDGE,
        T::Weekday(_) | T::PartOfDay => DAY,
        T::Until | T::Moment | T::Versus(..) | T::Back => LEAD,
        T::MonthName(_) | T::Roman(_) | T::Cumulated | T::FirstPart | T::LastPart | T::Past | T::Coming | T::To | T::And => 0,
        T::Ago | T::Later | T::Of | T::Term | T::Tenor | T::Hour | T::Numbered | T::Several | T::Dated => 0,
    }
}

/// How a form is read, and what it can begin with.
type Form<'a> = (Openers, fn(&View<'a>, usize) -> Read);

/// What every step looks at.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) text: &'a Text,
    pub(super) tokens: &'a [Token],
    pub(super) hits: &'a Hits,
    pub(super) end: usize,
    /// Where the sentence speaks of the terms of deposits from; its end if it does not.
    pub(super) tenor: usize,
}

/// Finds the expressions of a sentence, in order; they do not overlap.
pub(crate) fn parse(text: &Text, tokens: &[Token], hits: &Hits, range: (usize, usize), out: &mut Vec<Mention>) {
    let tenor = (range.0..range.1).find(|at| hits.is(*at, Mark::Time(TimeWord::Tenor))).unwrap_or(range.1);
    let view = View { text, tokens, hits, end: range.1, tenor };
    let first = out.len();
    let mut at = range.0;
    while at < range.1 {
        // (most words are small and no words of time)
        let may_open = tokens[at].is_number() || tokens[at].capital || hits.has(at, kind::TIME);
        match if may_open { view.mention(at) } else { None } {
            Some(mention) => {
                at = mention.end;
                out.push(mention);
            }
            None => at += 1,
        }
    }
    join_months_to_date(tokens, &mut out[first..]);
    // What another time stands between is compared no more: `so với cùng kỳ năm trước và GDP quý III tăng …`.
    let (mut after, mut same, mut compared, mut year) = (range.0, false, false, None);
    for mention in &mut out[first..] {
        let from = if mention.start > after + 1 { after } else { range.0 };
        // (`so với cùng kỳ năm trước các năm 2020-2024 lần lượt là …` are the years of the figures)
        let of_same = same && mention.start == after && matches!(mention.expr, Expr::Years(..));
        // (`so với cuối tháng trước (ngày 31/5)`: the same time, told again)
        let again = compared
            && mention.start == after + 1
            && tokens[after].is('(')
            && tokens.get(mention.end).is_some_and(|token| token.is(')'))
            && matches!(mention.expr, Expr::Day(..) | Expr::Month(..) | Expr::Year(_));
        if again || view.is_basis(from, mention.start) && !of_same || view.equals(mention) {
            mention.role = Role::Basis;
        }
        // (`Năm 2023, dự toán thu là …, cả năm vẫn đạt …`)
        match mention.expr {
            Expr::WholeYear if !hits.says(mention.start, Particle::Within) => mention.expr = year.map_or(Expr::WholeYear, Expr::Year),
            expr if mention.role == Role::Own && !mention.until && !matches!(expr, Expr::Same(_)) => {
                year = expr.year().map(YearRef::Named).or(year);
            }
            _ => {}
        }
        (after, same, compared) = (mention.end, matches!(mention.expr, Expr::Same(_)), mention.role == Role::Basis);
    }
}

/// `Trong tháng 5 (tính tới ngày 28/5)`: the days of the month up to that one. `phiên cuối tuần trước (12/4)`: that day.
fn join_months_to_date(tokens: &[Token], mentions: &mut [Mention]) {
    for at in 1..mentions.len() {
        let (before, mention) = (mentions[at - 1], mentions[at]);
        let explained = matches!(
            (before.expr, mention.expr),
            (Expr::Relative(TimeUnit::Day | TimeUnit::Week, _), Expr::Day(..))
                | (Expr::Relative(TimeUnit::Week, _) | Expr::Years(..), Expr::Days(..))
                | (Expr::Past(..) | Expr::Coming(..), Expr::Years(..) | Expr::YearMonths(..) | Expr::Days(..))
        );
        if explained && mention.start == before.end + 1 && tokens[before.end].is('(') {
            mentions[at - 1].expr = mention.expr;
        }
        if let (Expr::Month(month, _), Expr::Day(day, Some(other), year), true) = (before.expr, mention.expr, mention.until)
            && month == other
            && mention.start == before.end + 1
            && tokens[before.end].is('(')
        {
            let expr = Expr::Days((1, Some(month), year), (day, Some(month), year));
            (mentions[at - 1].expr, mentions[at].expr, mentions[at].until) = (expr, expr, false);
        }
    }
}

impl<'a> View<'a> {
    /// All forms, each with what it can begin with: most tokens open few of them.
    const FORMS: [Form<'a>; 31] = [
        (UNIT, Self::list_of_parts),
        (FROM | DIGITS, Self::range_of_years),
        (FROM, Self::season_of_year),
        (FROM, Self::decade),
        (FROM, Self::school_year),
        (UNIT, Self::list_of_years),
        (DAY, Self::session_of_week),
        (WHOLE, Self::whole),
        (WHOLE, Self::same),
        (FROM, Self::since_start),
        (FROM | UNIT | DIGITS, Self::span_of_years),
        (FROM, Self::since_year),
        (FROM, Self::since_day),
        (FROM | UNIT | DIGITS | WORDED, Self::range_of_days),
        (FROM | EDGE | UNIT | LETTER, Self::range_of_months),
        (DIGITS | WORDED, Self::days_of_month),
        (WHOLE | DAY | UNIT | DIGITS, Self::day),
        (DIGITS | WORDED, Self::months_of_year),
        (EDGE | UNIT | LETTER, Self::month),
        (EDGE | UNIT | LETTER, Self::quarter),
        (EDGE, Self::between_days),
        (EDGE, Self::half),
        (EDGE, Self::edge_of_year),
        (UNIT, Self::year),
        (UNIT, Self::week_of_year),
        (DIGITS, Self::clock),
        (DAY, Self::weekday),
        (DIGITS, Self::month_slash_year),
        (DIGITS | LETTER, Self::shorthand),
        (UNIT, Self::early_months),
        (LEAD, Self::back),
    ];
}

impl View<'_> {
    /// What an expression at a token can begin with; nothing if none can.
    fn openers(&self, at: usize) -> Openers {
        let Some(token) = self.tokens.get(at) else { return 0 };
        let mut openers = if token.is_number() && !self.is_amount(at) { DIGITS } else { 0 };
        if token.capital && self.is_letter_with_number(token) {
            openers |= LETTER;
        }
        if !self.hits.has(at, kind::TIME) {
            return openers;
        }
        for hit in self.hits.at(at) {
            openers |= match hit.mark {
                Mark::Time(word) => opens(word),
                // (what is counted in words is a unit of time, or the words go on)
                Mark::Number(_) if self.hits.has(hit.end as usize, kind::TIME) => WORDED,
                _ => 0,
            };
        }
        if openers & UNIT != 0 && self.is_of_a_name(at) { 0 } else { openers }
    }

    /// `T10`, `Q3`, `QIII`, `H1`: whether a word is one of the letters of time and something like a number.
    fn is_letter_with_number(&self, token: &Token) -> bool {
        let word = &self.text.chars[token.start as usize..token.end as usize];
        word.len() <= 4 && matches!(word, ['T' | 'Q' | 'H', '0'..='9' | 'I', ..])
    }

    /// Whether a number begins no time, as most do not: no word of time stands at it or behind it, no mark but that of a percentage joins
    /// it to something, and it is no year and no day with its month.
    fn is_amount(&self, at: usize) -> bool {
        let Some(next) = self.token(at + 1) else { return false };
        let plain = next.is('%') || next.is_word() && next.spaced && !self.hits.has(at + 1, kind::TIME);
        plain
            && !self.hits.has(at, kind::TIME)
            && !self.int(at).is_some_and(|year| YEARS.contains(&year))
            && date::day_month(self, at).is_none()
            && self.dotted(at).is_none()
    }

    /// Whether a quarter is the end of a name (`Phú Quý tiếp tục tăng giá`).
    fn is_of_a_name(&self, at: usize) -> bool {
        let capital = |at: usize| self.tokens[at].is_word() && self.tokens[at].capital && !self.tokens[at].upper;
        at > 0
            && capital(at)
            && capital(at - 1)
            && !self.tokens[at].line
            && self.unit(at, TimeUnit::Quarter).is_some()
            && !self.is_numbered(at + 1)
    }

    pub(super) fn mention(&self, at: usize) -> Option<Mention> {
        let openers = self.openers(at);
        if openers == 0 {
            return None;
        }
        // `tính đến hết ngày 31/10`: the lead-in makes it a moment; what follows decides what it is.
        if let Some((lead, next, expr, end)) = self.led_in(at) {
            // (`đến phiên 5/8 giá trị khớp lệnh lên 86 nghìn tỷ đồng` is that session's)
            let session = self.hits.is(next, Mark::Session);
            let until =
                !session && lead == TimeWord::Until || !matches!(expr, Expr::Quarter(..) | Expr::Month(..) | Expr::Year(_) | Expr::Day(..));
            // `đến hết năm 2025`: its last day.
            let expr = match expr {
                Expr::Year(year) if self.ends_with(at, next, TimeWord::EndOf) => Expr::YearEnd(year),
                expr => expr,
            };
            return Some(Mention { start: at, end, expr, role: Role::Own, until });
        }
        if let Some((expr, end)) = self.versus(at) {
            return Some(Mention { start: at, end, expr, role: Role::Basis, until: false });
        }
        let (expr, end) = self.form(at, openers, false)?;
        // `cùng kỳ hôm qua` compares even without `so với`.
        let compares = self.word(at, TimeWord::Same).is_some() && matches!(expr, Expr::Relative(..));
        let role = if compares { Role::Basis } else { Role::Own };
        // `đến nay` counts up to now, `hiện nay` does not.
        let until = expr == Expr::Now && self.word(at, TimeWord::Until).is_some();
        Some(Mention { start: at, end, expr, role, until })
    }

    /// A moment and its lead-in, the longest that leaves a time behind it (`đến cuối tháng 5`, `đến cuối năm`).
    fn led_in(&self, at: usize) -> Option<(TimeWord, usize, Expr, usize)> {
        if !self.hits.begins_time(at) {
            return None;
        }
        let leads = self.hits.at(at).iter().filter(|hit| hit.end as usize <= self.end).filter_map(|hit| match hit.mark {
            Mark::Time(word @ (TimeWord::Until | TimeWord::Moment)) => Some((word, hit.end as usize)),
            _ => None,
        });
        leads.filter_map(|(word, next)| self.expression(next, true).map(|(expr, end)| (word, next, expr, end))).max_by_key(|found| found.1)
    }

    /// `theo quý`, `theo năm` behind a percentage.
    pub(super) fn versus(&self, at: usize) -> Read {
        if !self.hits.begins_time(at) {
            return None;
        }
        // (`tăng 5 điểm phần trăm theo quý`)
        let percent = |before: usize| self.tokens[before].is('%') || self.hits.says(before, Particle::Hundred);
        let behind = at.checked_sub(1).is_some_and(percent);
        let (expr, end) = self.time(at, |word| match word {
            TimeWord::Versus(TimeUnit::Year, _) => Some(Expr::Same(YearRef::Unstated)),
            TimeWord::Versus(unit, offset) => Some(Expr::Relative(unit, offset)),
            _ => None,
        })?;
        behind.then_some((expr, end))
    }

    /// Whether the last words of a stretch say something.
    pub(super) fn ends_with(&self, from: usize, to: usize, word: TimeWord) -> bool {
        (from..to).any(|start| self.hits.spans((start, to), Mark::Time(word)))
    }

    /// The longest form at a token.
    pub(super) fn expression(&self, at: usize, led_in: bool) -> Read {
        let openers = self.openers(at);
        if openers == 0 { None } else { self.form(at, openers, led_in) }
    }

    /// The longest form at a token, with what it can begin with.
    fn form(&self, at: usize, openers: Openers, led_in: bool) -> Read {
        let open = Self::FORMS.iter().filter(|(begins, _)| begins & openers != 0);
        let best = open.filter_map(|(_, form)| form(self, at)).max_by_key(|(_, end)| *end);
        let bare = if !self.tokens[at].is_number() {
            None
        } else if led_in || self.is_comparison(at) {
            self.bare_year(at).or_else(|| self.bare_day(at))
        } else {
            self.dated_day(at).or_else(|| self.named_year(at))
        };
        match (best, bare) {
            (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        (at < self.end).then(|| &self.tokens[at])
    }

    pub(super) fn mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|token| token.is(mark))
    }

    #[inline]
    pub(super) fn time<T>(&self, at: usize, test: impl Fn(TimeWord) -> Option<T>) -> Option<(T, usize)> {
        if at >= self.end || !self.hits.begins_time(at) {
            return None;
        }
        self.hits.pick(at, |mark| match mark {
            Mark::Time(word) => test(word),
            _ => None,
        })
    }

    #[inline]
    pub(super) fn word(&self, at: usize, wanted: TimeWord) -> Option<usize> {
        if at < self.end { self.hits.end_of(at, Mark::Time(wanted)) } else { None }
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

    pub(super) fn year_number(&self, at: usize) -> Option<i16> {
        self.token(at).filter(|token| token.end - token.start == 4)?;
        let value = self.int(at).filter(|year| YEARS.contains(year))?;
        // `1991 tỷ đồng`, `2000 ha` are amounts.
        let glued = self.token(at + 1).is_some_and(|next| !next.spaced && next.is_word());
        if glued || self.mark(at + 1, '%') {
            return None;
        }
        let unit =
            |hit: &Hit| matches!(hit.mark, Mark::Scale(_) | Mark::Unit(_)) && !self.hits.at(at + 1).iter().any(|other| other.end > hit.end);
        let named = || at.checked_sub(1).is_some_and(|before| self.unit(before, TimeUnit::Year).is_some());
        let amount = self.hits.at(at + 1).iter().any(unit) && !named();
        // (`tổng đài 1900 0117`: the number goes on)
        let long = |next: &Token| next.is_number() && next.end - next.start >= 3;
        let goes_on = self.token(at + 1).is_some_and(long) && !self.int(at + 1).is_some_and(|next| YEARS.contains(&next)) && !named();
        (!amount && !goes_on).then_some(value as i16)
    }

    /// `2020`, `năm 2020`, `/2020`, `-2020`, `của năm 2020`, `năm nay`: the year of what stands before.
    pub(super) fn trailing_year(&self, at: usize) -> (YearRef, usize) {
        if (self.mark(at, '/') || self.mark(at, '-'))
            && let Some(year) = self.year_number(at + 1)
        {
            return (YearRef::Named(year), at + 2);
        }
        // `quý 4/24`, `quý I/04`
        if self.mark(at, '/')
            && let Some(token) = self.token(at + 1).filter(|token| !token.spaced && token.end - token.start == 2 && !self.mark(at + 2, '/'))
            && let Some(year) = number::plain_int(self.text, token).filter(|year| (1..=9).contains(year) || (15..=40).contains(year))
        {
            return (YearRef::Named(2000 + year as i16), at + 2);
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
    pub(super) fn count(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(value) = self.int(at) {
            return Some((value, at + 1));
        }
        if at >= self.end {
            return None;
        }
        let digit = |at: usize| {
            self.hits.pick_like(at, Mark::Number(NumberWord::Ten), |mark| match mark {
                Mark::Number(NumberWord::Digit(value)) => Some(u32::from(value)),
                _ => None,
            })
        };
        if let Some(next) = self.hits.end_of(at, Mark::Number(NumberWord::Ten)) {
            return Some(digit(next).map_or((10, next), |(value, end)| (10 + value, end)));
        }
        digit(at).filter(|(value, _)| *value > 0)
    }

    /// Whether `N tháng` is a duration: behind `kỳ hạn`, `trong vòng`, `thời hạn`, `mỗi`, a dash or slash, or with a term after it.
    pub(super) fn is_term(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| &self.tokens[i]) else { return false };
        before.is('/') || before.is('-') || self.ends_with(at.saturating_sub(3), at, TimeWord::Term)
    }

    /// `5 năm qua`, `trong 3 tháng gần đây`, `2 tuần trở lại đây`, `5 năm tới`
    pub(super) fn past(&self, at: usize) -> Read {
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
        // (`1 năm sau khi thị trường mở cửa` only says how long after something)
        let apart = self.hits.says(coming, Particle::When);
        Some((if apart { Expr::Vague } else { Expr::Coming(count.min(999) as i16, unit) }, coming))
    }

    /// `chiếm 89%, bằng cùng kỳ năm trước`: what something equals is what it is compared with.
    fn equals(&self, mention: &Mention) -> bool {
        // (`Bằng thời điểm này năm ngoái, giá …` says when)
        let equal = |at: usize| !self.tokens[at].capital && self.hits.spans((at, mention.start), Mark::Cue(CueClass::Equal));
        let equal = || mention.start.checked_sub(1).is_some_and(equal);
        matches!(mention.expr, Expr::Same(_)) && equal()
    }

    /// Whether `so với` (or another word of comparison) ends right before a token.
    pub(super) fn is_comparison(&self, at: usize) -> bool {
        (at.saturating_sub(5)..at).any(|start| self.hits.spans((start, at), Mark::Cue(CueClass::Basis)))
            || (at.saturating_sub(2)..at).any(|start| self.hits.spans((start, at), Mark::Time(TimeWord::Same)))
    }

    /// Whether an expression is what a figure is compared with: a word of comparison stands before it in the same clause.
    pub(super) fn is_basis(&self, from: usize, at: usize) -> bool {
        // Words may stand between: `so với mức của cùng kỳ năm trước`, `so với giá đóng cửa hôm qua`.
        let mut gap = 0;
        for index in (from..at).rev() {
            let token = &self.tokens[index];
            // (`sẽ tốt hơn trong năm 2026` says when)
            let when = |end: usize| self.hits.says(end - 1, Particle::Than) && self.hits.says(end, Particle::Within);
            let basis = |hit: &Hit| hit.mark == Mark::Cue(CueClass::Basis) && hit.end as usize <= at && !when(hit.end as usize);
            if self.hits.is(index, Mark::Cue(CueClass::Basis)) && self.hits.at(index).iter().any(basis) {
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
