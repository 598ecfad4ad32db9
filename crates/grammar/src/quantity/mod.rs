//! Quantities: a bound, a sign, a number or range, scales, a unit with its denominators, or a counted noun.

mod amount;
mod blocked;
mod bound;
mod pair;
mod ratio;
pub(crate) mod unit;

use knowledge::{CueClass, Knowledge};
use model::Bound;
use rust_decimal::Decimal;

use crate::lexicon::Hits;
use crate::mark::{Mark, NumberWord, kind};
use crate::number::{self, Habit, Number, Printed};
use crate::text::Text;
use crate::token::Token;

/// More tokens than a meaning has that is looked for before a number.
const LONGEST: usize = 6;

/// Any mark of its kind.
const SCALE: Mark = Mark::Scale(0);
const UNIT: Mark = Mark::Unit(0);
const PER: Mark = Mark::Per(0);

/// Up to two denominators (`đồng/người/tháng`), by number in the table.
pub(crate) type Denominators = [Option<u16>; 2];

/// What a number measures, its denominators, and the token after them.
type UnitRead = (Measured, Denominators, usize);

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    /// A unit of the table, by number.
    Unit(u16),
    /// Things: the noun behind the number.
    Things,
    /// A part of a whole, printed as a fraction; the value is in percent already.
    Fraction,
    /// A multiple in words (`gấp đôi`); the value is the ratio.
    Ratio,
    /// Nothing is printed.
    Bare,
}

/// A quantity over tokens `start..end`; the sign and the unit are inside, the bound is not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where its bound and other lead-in begin.
    pub(crate) lead: usize,
    pub(crate) value: Decimal,
    pub(crate) high: Option<Decimal>,
    pub(crate) scale: Decimal,
    pub(crate) decimals: u32,
    pub(crate) bound: Bound,
    /// Whether a minus sign is printed.
    pub(crate) negative: bool,
    pub(crate) measured: Measured,
    /// Denominators, by number in the table.
    pub(crate) per: Denominators,
    /// The words of the unit or counted noun.
    pub(crate) unit: (usize, usize),
}

/// A number that is no quantity, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotRead {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) why: &'static str,
}

/// What the reader looks at.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [Token],
    pub(crate) hits: &'a Hits,
    pub(crate) known: &'a Knowledge,
    pub(crate) range: (usize, usize),
    /// Whether the page prints English separators.
    pub(crate) english: bool,
}

/// A printed or worded number with its scales, before the unit is known.
#[derive(Clone, Copy)]
struct Amount {
    printed: Option<Printed>,
    number: Number,
    scale: Decimal,
    scaled: bool,
    end: usize,
}

impl Amount {
    fn settle(&self, habit: Habit) -> Option<Number> {
        match self.printed {
            Some(printed) => {
                let number = printed.settle(Habit {
                    fraction_likely: habit.fraction_likely || self.scaled,
                    whole_only: habit.whole_only && !self.scaled,
                    ..habit
                })?;
                // The half of `2 triệu rưỡi` and the rest of `1 tỷ 200 triệu` were added to the number.
                Some(Number { value: number.value + self.number.value, decimals: number.decimals })
            }
            None => Some(self.number),
        }
    }
}

/// Reads the quantities of a sentence, in order; `taken` says which tokens belong to expressions of time.
pub(crate) fn read(view: &View<'_>, taken: &[bool], out: &mut Vec<Quantity>, unread: &mut Vec<NotRead>) {
    let mut at = view.range.0;
    while at < view.range.1 {
        if taken[at] || !view.may_begin(at) {
            at += 1;
            continue;
        }
        match view.quantity(at, taken, out, unread) {
            Some(end) => at = end.max(at + 1),
            None => at += 1,
        }
    }
    view.share_units(out);
}

impl View<'_> {
    /// Whether a quantity can begin at a token: with digits, a word of number, a scale (`tỷ rưỡi`), `gấp` or a currency.
    fn may_begin(&self, at: usize) -> bool {
        self.tokens[at].is_number()
            || self.hits.has(at, kind::QUANTITY)
                && (self.number_word(at).is_some()
                    || self.hits.may_be(at, SCALE)
                    || self.hits.is(at, Mark::Cue(CueClass::Multiple))
                    || self.currency_before(at).is_some())
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        (at < self.range.1).then(|| &self.tokens[at])
    }

    pub(crate) fn mark(&self, at: usize, mark: char) -> bool {
        self.token(at).is_some_and(|token| token.is(mark))
    }

    pub(crate) fn pick<T>(&self, at: usize, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        if at < self.range.1 { self.hits.pick(at, test).filter(|(_, end)| *end <= self.range.1) } else { None }
    }

    /// The longest meaning that ends right before a token and passes a test, with its first token.
    pub(crate) fn pick_before<T>(&self, at: usize, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        let from = at.saturating_sub(LONGEST).max(self.range.0);
        (from..at).find_map(|start| {
            self.hits.at(start).iter().filter(|hit| hit.end as usize == at).find_map(|hit| test(hit.mark)).map(|value| (value, start))
        })
    }

    /// As [`Self::pick`], among the meanings of the kind of `like`.
    #[inline]
    fn pick_like<T>(&self, at: usize, like: Mark, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        if self.hits.may_be(at, like) { self.pick(at, test) } else { None }
    }

    /// As [`Self::pick_before`], among the meanings of the kind of `like`.
    fn pick_like_before<T>(&self, at: usize, like: Mark, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        let from = at.saturating_sub(LONGEST).max(self.range.0);
        if (from..at).any(|start| self.hits.may_be(start, like)) { self.pick_before(at, test) } else { None }
    }

    /// The token after a mark, if it stands at a token.
    #[inline]
    fn after(&self, at: usize, mark: Mark) -> Option<usize> {
        if at < self.range.1 { self.hits.end_of(at, mark).filter(|end| *end <= self.range.1) } else { None }
    }

    /// The first token of a mark that ends right before a token.
    fn before_is(&self, at: usize, mark: Mark) -> Option<usize> {
        (at.saturating_sub(LONGEST).max(self.range.0)..at).find(|start| self.hits.spans((*start, at), mark))
    }

    /// Where a scale begins that ends right before a token.
    fn scale_before(&self, at: usize) -> Option<usize> {
        self.pick_like_before(at, SCALE, |mark| matches!(mark, Mark::Scale(_)).then_some(())).map(|((), start)| start)
    }

    pub(crate) fn chars(&self, at: usize) -> &[char] {
        let token = &self.tokens[at];
        &self.text.chars[token.start as usize..token.end as usize]
    }

    fn number_word(&self, at: usize) -> Option<(NumberWord, usize)> {
        self.pick_like(at, Mark::Number(NumberWord::Ten), number::number_word)
    }

    /// The token after a word of numbers, if it stands at a token.
    fn number_is(&self, at: usize, wanted: NumberWord) -> Option<usize> {
        self.after(at, Mark::Number(wanted))
    }

    /// Reads what begins at a token, if it is a number: pushes a quantity or the reason that it is none.
    fn quantity(&self, at: usize, taken: &[bool], out: &mut Vec<Quantity>, unread: &mut Vec<NotRead>) -> Option<usize> {
        if let Some(end) = self.worded_ratio(at, out) {
            return Some(end);
        }
        let prefixed = self.currency_before(at);
        let begin = prefixed.map_or(at, |(_, next)| next);
        let token = self.token(begin)?;
        if token.is_number()
            && let Some((why, end)) = self.blocked(begin)
        {
            unread.push(NotRead { start: begin, end, why });
            return Some(end);
        }
        // `không tới 7.000` is a bound, no zero.
        if self.after_bound(at).is_some() {
            return None;
        }
        let digits = token.is_number();
        if !digits && self.is_year_of_many(begin) {
            return None;
        }
        let first = self.amount(begin)?;
        if digits
            && self.mark(first.end, '/')
            && self.token(first.end + 1).is_some_and(|t| t.is_number() && !t.spaced)
            && !self.tokens[first.end].spaced
        {
            return self.ratio(begin, &first, out, unread);
        }
        self.measured(at, begin, prefixed.map(|(unit, _)| unit), first, taken, out, unread)
    }

    /// The unit, range and bound around a first amount.
    #[expect(clippy::too_many_arguments, reason = "the state of one step of the reader")]
    fn measured(
        &self,
        at: usize,
        begin: usize,
        prefixed: Option<u16>,
        first: Amount,
        taken: &[bool],
        out: &mut Vec<Quantity>,
        unread: &mut Vec<NotRead>,
    ) -> Option<usize> {
        let digits = self.tokens[begin].is_number();
        let (second, (measured, per, end)) = self.upper_side(begin, &first, prefixed, taken);
        let after = second.map_or(first.end, |second| second.end);
        let unit = (after, end);
        let (cents, end) = match measured {
            Measured::Unit(unit) if second.is_none() && per[0].is_none() => self.cents(unit, end),
            _ => (Decimal::ZERO, end),
        };
        if !digits && !self.worded_counts(&first, measured) {
            return None;
        }
        // (`từ mức 400 tỷ lên 2.850 tỷ`: what has a scale is no part of a name)
        if measured == Measured::Bare && (!digits || !first.scaled && self.is_name(begin, after)) {
            if digits {
                unread.push(NotRead { start: begin, end: after, why: "name" });
            }
            return Some(after);
        }
        // (`cỡ 60 - 70 con/kg`: how large what is sold is)
        if measured == Measured::Things && per[0].is_some_and(|per| self.known.units.denominators[per as usize].id == "kg") {
            unread.push(NotRead { start: begin, end, why: "name" });
            return Some(end);
        }
        if self.is_duration(measured, &first) {
            unread.push(NotRead { start: begin, end, why: "duration" });
            return Some(end);
        }
        let measured = match measured {
            Measured::Unit(unit) if self.is_too_little(unit, &first) => Measured::Things,
            measured => measured,
        };
        let habit = self.habit(measured, per, second.as_ref().map_or(first.scaled, |s| s.scaled));
        let Some(low) = first.settle(habit) else {
            unread.push(NotRead { start: begin, end: after, why: "separators" });
            return Some(after);
        };
        let top = second.and_then(|second| second.settle(habit));
        let high = top.map(|top| top.value);
        let scale = second.filter(|second| serves_both(&first, low.value, second, high)).map_or(first.scale, |second| second.scale);
        let high_scale = second.filter(|second| second.scaled).map_or(scale, |second| second.scale);
        let factor = self.factor(measured, per);
        let (sign, start) = self.sign(at, measured);
        let (bound, lead) = self.bound(start, end);
        let mut value = low.value * scale * factor + cents;
        let mut upper = high.map(|high| high * high_scale * factor);
        if let Some(top) = upper.filter(|top| *top < value) {
            // `15 - 10%` is printed so, but a range lists the lower number first.
            (value, upper) = (top, Some(value));
        }
        // (`1-1,5 triệu` is as exact as its finer side)
        let decimals = top.filter(|_| scale == high_scale).map_or(low.decimals, |top| top.decimals.max(low.decimals));
        let quantity = Quantity { start, end, lead, value, high: upper, scale, decimals, bound, negative: sign, measured, per, unit };
        match self.two_sided(&quantity, first.end) {
            Some(sides) => out.extend(sides),
            None => out.push(quantity),
        }
        Some(end)
    }

    /// The upper side of a range, if there is one, and the unit behind it.
    fn upper_side(&self, begin: usize, first: &Amount, prefixed: Option<u16>, taken: &[bool]) -> (Option<Amount>, UnitRead) {
        let second = self.second(begin, first.end, first, taken);
        let after = second.map_or(first.end, |second| second.end);
        let digits = self.tokens[begin].is_number();
        let own = self.unit(first.end, true, None);
        // `6% - 7%`: the same unit twice.
        match self.repeated_unit(begin, first, own, taken).filter(|(second, _)| second.end > after) {
            Some((second, unit)) => (Some(second), unit),
            None if second.is_none() && digits && prefixed.is_none() => (None, own),
            None => (second, self.unit(after, digits, prefixed)),
        }
    }
}

/// `25-28 triệu`, `35 - 40 triệu`: whether the scale of the right side serves both; in `800.000-1 triệu tấn` the first has its own already.
fn serves_both(first: &Amount, low: Decimal, second: &Amount, high: Option<Decimal>) -> bool {
    let whole = |high: Decimal| low > high && high * second.scale <= low * Decimal::ONE_HUNDRED;
    second.scaled && !first.scaled && !high.is_some_and(whole)
}
