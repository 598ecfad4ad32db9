//! Quantities: a bound, a sign, a number or range, scales, a unit with its denominators, or a counted noun.

use knowledge::{BlockedBy, CueClass, Knowledge, UnitKind};
use model::Bound;
use rust_decimal::Decimal;

use crate::lexicon::{Form, Hits, Mark, NumberWord, TimeWord};
use crate::number::{self, Habit, Number, Printed, Shape};
use crate::spelled::{Spelled, Words};
use crate::text::Text;
use crate::token::{Kind, Token};

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
    pub(crate) per: [Option<u16>; 2],
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

/// What stands behind a number: what it measures, its denominators, and the token after them.
type PrintedUnit = (Measured, [Option<u16>; 2], usize);

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
        if taken[at] {
            at += 1;
            continue;
        }
        match view.quantity(at, taken, out, unread) {
            Some(end) => at = end.max(at + 1),
            None => at += 1,
        }
    }
}

impl View<'_> {
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
        let from = at.saturating_sub(6).max(self.range.0);
        (from..at).find_map(|start| {
            self.hits.at(start).iter().filter(|hit| hit.end as usize == at).find_map(|hit| test(hit.mark)).map(|value| (value, start))
        })
    }

    pub(crate) fn chars(&self, at: usize) -> &[char] {
        let token = &self.tokens[at];
        &self.text.chars[token.start as usize..token.end as usize]
    }

    fn number_word(&self, at: usize) -> Option<(NumberWord, usize)> {
        self.pick(at, number::number_word)
    }

    /// The token after a word of numbers, if it stands at a token.
    fn number_is(&self, at: usize, wanted: NumberWord) -> Option<usize> {
        self.pick(at, |mark| (mark == Mark::Number(wanted)).then_some(())).map(|((), end)| end)
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
            && let Some((why, end)) = self.blocked(begin, taken)
        {
            unread.push(NotRead { start: begin, end, why });
            return Some(end);
        }
        // `không tới 7.000` is a bound, no zero.
        if self.pick(at, |mark| matches!(mark, Mark::Bound(_)).then_some(())).is_some() {
            return None;
        }
        let first = self.amount(begin)?;
        let digits = token.is_number();
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
        let (second, after) = match self.second(begin, first.end, &first, taken) {
            Some(second) => (Some(second), second.end),
            None => (None, first.end),
        };
        // `6% - 7%`: the same unit twice.
        let (second, after, (measured, per, end)) = match self.repeated_unit(begin, &first, taken) {
            Some((second, unit)) if second.end > after => (Some(second), second.end, unit),
            _ => (second, after, self.unit(after, digits, prefixed)),
        };
        let unit = (after, end);
        let (cents, end) = match measured {
            Measured::Unit(unit) if second.is_none() && per[0].is_none() => self.cents(unit, end),
            _ => (Decimal::ZERO, end),
        };
        if !digits && !self.worded_counts(&first, measured) {
            return None;
        }
        if measured == Measured::Bare && (!digits || self.is_name(begin, after)) {
            if digits {
                unread.push(NotRead { start: begin, end: after, why: "name" });
            }
            return Some(after);
        }
        if self.is_duration(measured, &first) {
            unread.push(NotRead { start: begin, end, why: "duration" });
            return Some(end);
        }
        let measured = match measured {
            Measured::Unit(unit) if self.is_too_little(unit, &first) => Measured::Things,
            measured => measured,
        };
        let habit = self.habit(measured, &per, second.as_ref().map_or(first.scaled, |s| s.scaled));
        let Some(low) = first.settle(habit) else {
            unread.push(NotRead { start: begin, end: after, why: "separators" });
            return Some(after);
        };
        let high = second.and_then(|second| second.settle(habit));
        // `25-28 sản phẩm`, `35 - 40 triệu`: the scale of the right side serves both.
        let scale = second.filter(|s| s.scaled && !first.scaled).map_or(first.scale, |s| s.scale);
        let high_scale = second.map_or(scale, |s| if s.scaled { s.scale } else { scale });
        let factor = self.factor(measured, &per);
        let (sign, start) = self.sign(at, measured);
        let (bound, lead) = self.bound(start, end);
        let mut value = low.value * scale * factor + cents;
        let mut upper = high.map(|high| high.value * high_scale * factor);
        if let Some(top) = upper.filter(|top| *top < value) {
            // `15 - 10%` is printed so, but a range lists the lower number first.
            (value, upper) = (top, Some(value));
        }
        out.push(Quantity {
            start,
            end,
            lead,
            value,
            high: upper,
            scale,
            decimals: low.decimals,
            bound,
            negative: sign,
            measured,
            per,
            unit,
        });
        Some(end)
    }

    // -- numbers ----------------------------------------------------------------------------------------------------

    /// A number with its scales: `3.060,7 nghìn tỷ`, `2 triệu rưỡi`, `1 tỷ 200 triệu`, `hai mươi mốt nghìn`.
    fn amount(&self, at: usize) -> Option<Amount> {
        let token = self.token(at)?;
        if token.is_number() {
            let printed = number::printed(self.text, token);
            // `2 phẩy 23`
            if let Some((fraction, decimals, end)) = self.words().fraction(at + 1).filter(|_| printed.shape == Shape::Plain) {
                let value = printed.settle(Habit::default())?.value + fraction;
                let (scale, scaled, end) = self.scales(end);
                return Some(Amount { printed: None, number: Number { value, decimals }, scale, scaled, end });
            }
            let (suffix, after) = self.suffix(at + 1);
            let (scale, scaled, mut end) = self.scales(after);
            let (scale, scaled) = (scale * suffix, scaled || after > at + 1);
            let mut rest = Decimal::ZERO;
            if scaled {
                if let Some((NumberWord::Half, next)) = self.number_word(end) {
                    rest += Decimal::new(5, 1);
                    end = next;
                }
                // `1 tỷ 200 triệu đồng`: a smaller scale follows its own number.
                if let Some(part) = self.token(end).filter(|t| t.is_number() && matches!(number::printed(self.text, t).shape, Shape::Plain))
                {
                    let (smaller, again, next) = self.scales(end + 1);
                    if again && smaller < scale && !part.line {
                        let value = number::printed(self.text, part).settle(Habit::default())?.value;
                        rest += value * smaller / scale;
                        end = next;
                    }
                }
            }
            return Some(Amount { printed: Some(printed), number: Number { value: rest, decimals: 0 }, scale, scaled, end });
        }
        let spelled = self.words().read(at)?;
        Some(Amount { printed: None, number: spelled.number, scale: Decimal::ONE, scaled: spelled.scaled, end: spelled.end })
    }

    fn words(&self) -> Words<'_> {
        Words { text: self.text, tokens: self.tokens, hits: self.hits, scales: &self.known.units.scales, end: self.range.1 }
    }

    /// `10K đồng`, `7k$`: a letter glued to the number, before money.
    fn suffix(&self, at: usize) -> (Decimal, usize) {
        let suffix = self.token(at).filter(|token| token.is_word() && !token.spaced).and_then(|_| {
            let (found, end) =
                self.pick(at, |mark| if let Mark::Number(NumberWord::Suffix(factor)) = mark { Some(factor) } else { None })?;
            let money = self.unit_word(end).is_some_and(|(unit, _)| self.known.units.units[unit as usize].kind == UnitKind::Money)
                || at >= self.range.0 + 2 && self.currency_before(at - 2).is_some();
            money.then_some((Decimal::from(found), end))
        });
        suffix.unwrap_or((Decimal::ONE, at))
    }

    fn scale(&self, at: usize) -> Option<(Decimal, usize)> {
        self.pick(at, |mark| if let Mark::Scale(index) = mark { Some(self.known.units.scales[index as usize].factor) } else { None })
    }

    /// Stacked scale words: their product, whether there are any, the token after them.
    fn scales(&self, at: usize) -> (Decimal, bool, usize) {
        let (mut product, mut end) = (Decimal::ONE, at);
        while let Some((factor, next)) = self.scale(end) {
            // `tr` and other short forms only right behind the number.
            if self.tokens[end].line || product >= Decimal::from(1_000_000_000_000_i64) {
                break;
            }
            product *= factor;
            end = next;
        }
        (product, end > at, end)
    }

    /// The upper side of a range: `7-8`, `25 đến 28`, `400 - 500`.
    fn second(&self, begin: usize, at: usize, first: &Amount, taken: &[bool]) -> Option<Amount> {
        let joint = self.token(at).filter(|t| !t.line)?;
        let dash = matches!(joint.kind, Kind::Mark('-' | '~' | '÷'));
        let next = if dash { at + 1 } else { self.word_to(at).or_else(|| self.word_and(begin, at))? };
        // `VND1000-VND2000`, `một chấm ba`
        let next = self.currency_before(next).map_or(next, |(_, after)| after);
        let spelled = || !dash && self.words().read(next).is_some();
        let second = self.token(next).filter(|t| !t.line && (t.is_number() || spelled()))?;
        // `1.500 -1.600 tấn` is a range; behind a unit the dash would be a sign.
        if taken[next] || (dash && joint.spaced && !second.spaced && first.scaled) {
            return None;
        }
        let amount = self.amount(next)?;
        // A glued letter or another dash makes it a code or a date.
        let tail = self.token(amount.end);
        if tail.is_some_and(|t| {
            (t.is('-') || t.is('/')) && !t.spaced && dash && self.token(amount.end + 1).is_some_and(super::token::Token::is_number)
        }) {
            return None;
        }
        let (low, high) = (first.settle(Habit::default())?.value * first.scale, amount.settle(Habit::default())?.value * amount.scale);
        // `từ 5 đến 7`, but not `5 - 2` (a score) unless a percentage follows.
        let ordered = low <= high || (amount.scaled && !first.scaled) || self.mark(amount.end, '%');
        ordered.then_some(amount)
    }

    /// `đến`, `tới`, `cho đến` between two numbers.
    fn word_to(&self, at: usize) -> Option<usize> {
        self.pick(at, |mark| (mark == Mark::Time(TimeWord::To)).then_some(())).map(|((), end)| end)
    }

    /// `và` between two numbers behind `giữa`.
    fn word_and(&self, begin: usize, at: usize) -> Option<usize> {
        let before = self.pick_before(begin, |mark| (mark == Mark::Number(NumberWord::Between)).then_some(()));
        before.and_then(|_| self.number_is(at, NumberWord::And))
    }

    /// `6% - 7%`, `từ 5 tỷ đồng đến 7 tỷ đồng`: the second amount with the unit that both have.
    fn repeated_unit(&self, begin: usize, first: &Amount, taken: &[bool]) -> Option<(Amount, PrintedUnit)> {
        let (measured, per, end) = self.unit(first.end, true, None);
        let Measured::Unit(unit) = measured else { return None };
        let joint = self.token(end).filter(|t| !t.line)?;
        let next = if joint.is('-') { end + 1 } else { self.word_to(end).or_else(|| self.word_and(begin, end))? };
        // `từ 50% đến hơn 90%`
        let next = self.pick(next, |mark| matches!(mark, Mark::Bound(_)).then_some(())).map_or(next, |((), after)| after);
        if !self.token(next).is_some_and(super::token::Token::is_number) || taken[next] {
            return None;
        }
        let second = self.amount(next)?;
        let again = self.unit(second.end, true, None);
        // Prices of two sides (`mua vào - bán ra`) are two levels.
        let price = per[0].is_some() && again.1[0].is_some() && joint.is('-');
        let low = first.settle(Habit { fraction_likely: true, ..Habit::default() })?;
        let high = second.settle(Habit { fraction_likely: true, ..Habit::default() })?;
        let ordered = low.value * first.scale < high.value * second.scale;
        (again.0 == Measured::Unit(unit) && !price && ordered && (again.1 == per || per[0].is_none())).then_some((second, again))
    }

    // -- units ------------------------------------------------------------------------------------------------------

    /// What stands behind a number: the unit, its denominators, and the token after them.
    fn unit(&self, at: usize, digits: bool, prefixed: Option<u16>) -> (Measured, [Option<u16>; 2], usize) {
        if let Some(unit) = prefixed {
            let (per, end) = self.denominators(at);
            return (Measured::Unit(unit), per, end);
        }
        let none = (Measured::Bare, [None; 2], at);
        let Some(token) = self.token(at) else { return none };
        if token.line || (token.is('%') && token.spaced && !digits) {
            return none;
        }
        // `7,%` has lost its decimals.
        let at = if token.is(',') && !token.spaced && self.token(at + 1).is_some_and(|t| t.is('%') && !t.spaced) { at + 1 } else { at };
        if let Some((unit, end)) = self.unit_word(at) {
            let (per, end) = self.denominators(end);
            let (per, end) = if per[0].is_none() { self.denominators_behind_goods(unit, end) } else { (per, end) };
            return (Measured::Unit(unit), per, end);
        }
        // `100-150 tỉ/năm`: a scale without a currency, with a denominator, is money.
        if token.is('/')
            && at > self.range.0
            && self.pick_before(at, |mark| if let Mark::Scale(_) = mark { Some(()) } else { None }).is_some()
        {
            let (per, end) = self.denominators(at);
            let dong = self.known.units.units.iter().position(|unit| unit.id == "VND");
            if let (Some(_), Some(dong)) = (per[0], dong) {
                return (Measured::Unit(dong as u16), per, end);
            }
        }
        match self.noun(at) {
            Some(end) => {
                let (per, end) = self.denominators_of_things(at, end);
                (Measured::Things, per, end)
            }
            None => none,
        }
    }

    /// A unit with the scale words before it, without a number: `triệu USD`, `nghìn người`, `%`.
    pub(crate) fn unit_with_scale(&self, at: usize) -> Option<(Measured, Decimal, usize)> {
        let (scale, scaled, next) = self.scales(at);
        match self.unit_word(next) {
            Some((unit, end)) => Some((Measured::Unit(unit), scale, end)),
            None if scaled => self.noun(next).map(|end| (Measured::Things, scale, end)),
            None => None,
        }
    }

    fn unit_word(&self, at: usize) -> Option<(u16, usize)> {
        let (unit, mut end) = self.pick(at, |mark| if let Mark::Unit(unit) = mark { Some(unit) } else { None })?;
        let entry = &self.known.units.units[unit as usize];
        let token = &self.tokens[at];
        if self.hits.at(at).iter().any(|hit| hit.end as usize > end && hit.mark == Mark::NoUnit) {
            return None;
        }
        let single = token.is_word() && token.end - token.start == 1;
        // `G`, `L`, `M` in capitals are names.
        if single && token.capital && !matches!(entry.kind, UnitKind::Money) {
            return None;
        }
        if entry.glued
            && token.spaced
            && self.token(end).is_some_and(|next| next.is_word() && !next.capital && next.spaced && !self.is_function(end))
            && single
        {
            return None;
        }
        // A longer name wins: `điểm bán hàng`, `lượng khách`, `đồng bào`, `điểm sạt lở`.
        let longer = self.hits.at(at).iter().any(|hit| {
            hit.end as usize > end
                && matches!(hit.mark, Mark::Indicator(_, Form::Counted | Form::Name) | Mark::Subject(..) | Mark::Product(_))
        });
        if longer && !matches!(entry.kind, UnitKind::Money | UnitKind::Percent | UnitKind::Mass | UnitKind::Area | UnitKind::Energy) {
            return None;
        }
        if entry.kind == UnitKind::Index && self.is_noun(end) && !self.tokens[end].line {
            return None;
        }
        // `1,43% điểm phần trăm` is a slip for points.
        if entry.kind == UnitKind::Percent
            && let Some((other, after)) = self.pick(end, |mark| if let Mark::Unit(other) = mark { Some(other) } else { None })
            && self.known.units.units[other as usize].kind == UnitKind::Point
        {
            (end, ()) = (after, ());
            return Some((other, end));
        }
        Some((unit, end))
    }

    fn denominators(&self, at: usize) -> ([Option<u16>; 2], usize) {
        let (mut per, mut end) = ([None; 2], at);
        for slot in &mut per {
            let Some((index, next)) = self.denominator(end) else { break };
            *slot = Some(index);
            end = next;
        }
        (per, end)
    }

    /// `/kg`, `/30 lít`, `mỗi kg`, `trên mỗi m2`, `một lượng`
    fn denominator(&self, at: usize) -> Option<(u16, usize)> {
        let token = self.token(at).filter(|t| !t.line)?;
        let mut next = at + 1;
        if !token.is('/') {
            next = self.number_is(at, NumberWord::Each)?;
        }
        // `đồng/30 lít`, `đồng/bình 12 kg`
        let counted = self.token(next).is_some_and(|t| t.is_number() && !t.line);
        let word = if counted { next + 1 } else { next };
        let (per, mut end) = self.pick(word, |mark| if let Mark::Per(per) = mark { Some(per) } else { None })?;
        if self.tokens[word].spaced && token.is('/') && token.spaced && !counted {
            return None;
        }
        if self.token(end).is_some_and(super::token::Token::is_number) && self.known.units.denominators[per as usize].id == "cylinder" {
            end = self.pick(end + 1, |mark| if let Mark::Unit(_) = mark { Some(()) } else { None }).map_or(end, |((), after)| after);
        }
        Some((per, end))
    }

    /// `3.500 tấn mía nguyên liệu/ngày`: the goods stand between the unit and its denominator.
    fn denominators_behind_goods(&self, unit: u16, end: usize) -> ([Option<u16>; 2], usize) {
        let none = ([None; 2], end);
        if matches!(
            self.known.units.units[unit as usize].kind,
            UnitKind::Money | UnitKind::Percent | UnitKind::Point | UnitKind::Times | UnitKind::Index
        ) {
            return none;
        }
        let slash = (end..end + 5).find(|at| !self.token(*at).is_some_and(|t| t.is_word() && !t.line) || self.is_function(*at));
        match slash.filter(|at| *at > end && self.mark(*at, '/') && !self.tokens[*at].spaced) {
            Some(slash) => {
                let (per, after) = self.denominators(slash);
                if per[0].is_some() { (per, after) } else { none }
            }
            None => none,
        }
    }

    /// `297 người/km²`, `2.000 con/ngày`
    fn denominators_of_things(&self, at: usize, end: usize) -> ([Option<u16>; 2], usize) {
        for slash in at..=end {
            if self.mark(slash, '/') {
                let (per, after) = self.denominators(slash);
                if per[0].is_some() {
                    return (per, after);
                }
            }
        }
        ([None; 2], end)
    }

    /// The end of the counted noun behind a number: a name of the vocabulary, or a word or two.
    fn noun(&self, at: usize) -> Option<usize> {
        if let Some(((), end)) =
            self.pick(at, |mark| matches!(mark, Mark::Indicator(_, Form::Counted | Form::Name) | Mark::Subject(..)).then_some(()))
        {
            return Some(end);
        }
        // `5 tỉnh`, `41 triệu cổ phiếu`: what narrows a subject elsewhere is counted here.
        let narrow = self
            .pick(at, |mark| (mark == Mark::Cue(CueClass::Narrow)).then_some(()))
            .filter(|_| self.token(at).is_some_and(|t| !t.line && !t.capital));
        let end = match narrow {
            Some(((), end)) => end,
            None if self.is_noun(at) => at + 1,
            None => return None,
        };
        // `tỉnh, thành phố` is one thing.
        let pair = self.mark(end, ',').then(|| self.pick(end + 1, |mark| (mark == Mark::Cue(CueClass::Narrow)).then_some(()))).flatten();
        if let (Some(_), Some(((), pair_end))) = (narrow, pair) {
            return Some(pair_end);
        }
        let second = self.is_noun(end) && !self.tokens[end].line && end == at + 1;
        Some(if second { end + 1 } else { end })
    }

    /// Whether a word can head or continue a noun phrase: a lower-case word that is no function word, cue or connective.
    pub(crate) fn is_noun(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.is_word() && !token.line && (!token.capital || token.upper))
            && !self.is_function(at)
            && !self.is_time(at)
    }

    fn is_time(&self, at: usize) -> bool {
        self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Time(TimeWord::Relative(..) | TimeWord::Now | TimeWord::Same)))
    }

    pub(crate) fn is_function(&self, at: usize) -> bool {
        use knowledge::CueClass as C;
        self.hits.at(at).iter().any(|hit| match hit.mark {
            Mark::Cue(class) => !matches!(class, C::Plan | C::Share | C::Surplus | C::Deficit) || matches!(class, C::Function),
            Mark::Bound(_) | Mark::BoundAfter(_) | Mark::Status(..) => true,
            _ => false,
        })
    }

    /// `$1,5 tỷ`, `USD 20 triệu`: the currency stands before the number.
    fn currency_before(&self, at: usize) -> Option<(u16, usize)> {
        let token = self
            .token(at)
            .filter(|t| matches!(t.kind, Kind::Mark('$' | '€' | '£' | '¥')) || (t.is_word() && t.capital && t.end - t.start <= 3))?;
        let (unit, end) = self.pick(at, |mark| if let Mark::Unit(unit) = mark { Some(unit) } else { None })?;
        let money = self.known.units.units[unit as usize].kind == UnitKind::Money;
        let number = self.token(end).is_some_and(|t| t.is_number() && !t.line);
        // Behind a number the currency belongs to that.
        let owned = at > self.range.0
            && (self.tokens[at - 1].is_number()
                || self.pick_before(at, |mark| if let Mark::Scale(_) = mark { Some(()) } else { None }).is_some());
        let _ = token;
        (money && number && !owned).then_some((unit, end))
    }

    fn factor(&self, measured: Measured, per: &[Option<u16>; 2]) -> Decimal {
        let own = match measured {
            Measured::Unit(unit) => self.known.units.units[unit as usize].factor,
            _ => Decimal::ONE,
        };
        per.iter().flatten().fold(own, |factor, per| factor / self.known.units.denominators[*per as usize].factor)
    }

    fn habit(&self, measured: Measured, per: &[Option<u16>; 2], scaled: bool) -> Habit {
        let kind = self.kind(measured);
        let whole_money = matches!(measured, Measured::Unit(unit) if self.known.units.units[unit as usize].id == "VND") && !scaled;
        Habit {
            fraction_likely: scaled
                || matches!(kind, Some(UnitKind::Percent | UnitKind::Point | UnitKind::Times | UnitKind::Index))
                || (kind == Some(UnitKind::Money) && per[0].is_some() && !whole_money),
            whole_only: !scaled && (matches!(measured, Measured::Things) || matches!(kind, Some(UnitKind::Count)) || whole_money),
            english: self.english,
        }
    }

    pub(crate) fn kind(&self, measured: Measured) -> Option<UnitKind> {
        match measured {
            Measured::Unit(unit) => Some(self.known.units.units[unit as usize].kind),
            Measured::Fraction => Some(UnitKind::Percent),
            Measured::Ratio => Some(UnitKind::Times),
            Measured::Things => Some(UnitKind::Count),
            Measured::Bare => None,
        }
    }

    // -- what stands before -----------------------------------------------------------------------------------------

    /// Whether a minus sign stands before the number, and where the quantity then begins.
    fn sign(&self, at: usize, measured: Measured) -> (bool, usize) {
        let Some(before) = at.checked_sub(1).filter(|i| *i >= self.range.0) else { return (false, at) };
        let token = &self.tokens[before];
        if !matches!(token.kind, Kind::Mark('-' | '+')) {
            return (false, at);
        }
        let glued = !self.tokens[at].spaced;
        let open = token.spaced || before == self.range.0 || matches!(self.tokens[before - 1].kind, Kind::Mark('(' | ':'));
        // ` - 16,2%` behind a name: a sign with a space, where a percentage follows.
        let loose = !glued
            && token.spaced
            && before > self.range.0
            && self.tokens[before - 1].is_word()
            && self.kind(measured) == Some(UnitKind::Percent);
        if (glued && open) || loose { (token.is('-'), before) } else { (false, at) }
    }

    /// The bound before (or behind) a quantity, and where its words begin.
    fn bound(&self, start: usize, end: usize) -> (Bound, usize) {
        if let Some((bound, _)) = self.pick(end, |mark| if let Mark::BoundAfter(bound) = mark { Some(bound) } else { None }) {
            return (bound, start);
        }
        let (mut bound, mut lead) = (Bound::Exact, start);
        // `ước khoảng gần`: the innermost word counts, the outer ones are part of the lead-in.
        while let Some((found, from)) = self.pick_before(lead, |mark| if let Mark::Bound(bound) = mark { Some(bound) } else { None }) {
            // `cao hơn 31% so với cùng kỳ` is a change, not a bound.
            let change = self.pick_before(lead, |mark| matches!(mark, Mark::Cue(CueClass::Up | CueClass::Down)).then_some(()));
            if change.is_some_and(|((), start)| start == from) && self.is_compared(end) {
                break;
            }
            if lead == start || (bound == Bound::About && found != Bound::About) {
                bound = found;
            }
            lead = from;
        }
        (bound, lead)
    }

    /// Whether a comparison follows within the clause.
    fn is_compared(&self, at: usize) -> bool {
        (at..(at + 6).min(self.range.1))
            .take_while(|at| !self.tokens[*at].is(',') && !self.tokens[*at].is(';') && !self.tokens[*at].is('.'))
            .any(|at| self.hits.at(at).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Basis)))
    }

    // -- what is no quantity ----------------------------------------------------------------------------------------

    /// Why the number at a token belongs to a name or document, and where that ends.
    fn blocked(&self, at: usize, taken: &[bool]) -> Option<(&'static str, usize)> {
        let token = &self.tokens[at];
        let next = self.token(at + 1);
        let chars = self.chars(at);
        let before = at.checked_sub(1).filter(|i| *i >= self.range.0).map(|i| &self.tokens[i]);
        // `Covid-19`, `E5-92`: glued to a word by a dash.
        if before.is_some_and(|t| t.is('-') && !t.spaced)
            && !token.spaced
            && at >= self.range.0 + 2
            && self.tokens[at - 2].is_word()
            && !self.mark(at + 1, '%')
        {
            return Some(("name", at + 1));
        }
        // `0912 345 678`, `(+84) 28 3829 7834`
        let plain = chars.iter().all(char::is_ascii_digit);
        let country = chars.len() <= 3
            && before.is_some_and(|t| t.is('+'))
            && at >= self.range.0 + 2
            && self.tokens[at - 2].is('(')
            && self.mark(at + 1, ')');
        if plain && (chars.len() >= 4 && chars[0] == '0' || country) {
            return Some(("phone", self.phone_end(at + 1)));
        }
        if plain && chars.len() >= 10 && !self.is_measured(at + 1) {
            return Some(("phone", at + 1));
        }
        // `01/NQ-CP`, `115/2008/NĐ-CP`
        if self.mark(at + 1, '/') && !self.tokens[at + 1].spaced {
            let mut end = at + 2;
            while self.token(end).is_some_and(|t| t.is_number() && !t.spaced) && self.mark(end + 1, '/') {
                end += 2;
            }
            if self.token(end).is_some_and(|t| t.is_word() && t.upper && !t.spaced && t.end - t.start >= 2)
                && self.pick(end, |m| matches!(m, Mark::Per(_)).then_some(())).is_none()
            {
                while self.token(end + 1).is_some_and(|t| !t.spaced && (t.is('-') || t.is_word())) {
                    end += 1;
                }
                return Some(("document", end + 1));
            }
        }
        // `500kV`: glued to a word that is no unit.
        if next.is_some_and(|t| t.is_word() && !t.spaced && t.key == 0) && !self.is_measured(at + 1) {
            return Some(("name", at + 2));
        }
        // `25 phố Huế`, `12/5 đường Trần Phú`, `5 sao`
        if let Some(end) = self.blocked_behind(at) {
            return Some(end);
        }
        // `1A`, `5G`, `4K`: a capital letter glued behind.
        if next.is_some_and(|t| t.is_word() && !t.spaced && t.capital && self.suffix(at + 1).1 == at + 1)
            && !self.is_measured(at + 1)
            && !(next.is_some_and(|t| t.upper) && self.is_count_abbreviation(at + 1))
        {
            return Some(("name", at + 2));
        }
        // `1.` and `2)` at the head of a line.
        let heads = at == self.range.0 || before.is_some_and(|t| t.is('(') || t.is('•'));
        if heads
            && plain
            && chars.len() <= 2
            && next.is_some_and(|t| (t.is('.') || t.is(')')) && !t.spaced)
            && (at == self.range.0 || self.tokens[at].line)
        {
            return Some(("list", at + 2));
        }
        // `Covid- 19`, `Euro - 5`: a dash may stand between.
        let dash = usize::from(at > self.range.0 && self.tokens[at - 1].is('-') && !self.tokens[at - 1].spaced);
        let (why, from) = self.pick_before(at - dash, |mark| if let Mark::Blocked(why) = mark { Some(why) } else { None })?;
        let _ = taken;
        // `trong số 557 doanh nghiệp`, `con số 19 tỷ`: what is counted, not a label.
        let whole = self.pick_before(at, |mark| (mark == Mark::Number(NumberWord::Whole)).then_some(()));
        if whole.is_some_and(|((), start)| start < from) {
            return None;
        }
        let small = plain && chars.len() <= 4 && !(chars.len() == 4 && chars[0] != '0' && self.is_noun(at + 1));
        let measured = self.is_measured(at + 1);
        let blocked = match why {
            BlockedBy::Document | BlockedBy::Phone | BlockedBy::Address => {
                !measured && (small || why == BlockedBy::Phone) && !self.is_noun(at + 1)
            }
            BlockedBy::Label => !measured && chars.len() <= 5,
            BlockedBy::Street | BlockedBy::Class => false,
            BlockedBy::Rank => plain && chars.len() <= 3 && !measured,
            BlockedBy::Ordinal | BlockedBy::Name => plain && chars.len() <= 4 && !measured && !self.is_noun(at + 1),
        };
        let end = if why == BlockedBy::Phone { self.phone_end(at + 1) } else { at + 1 };
        blocked.then_some((why.as_str(), end))
    }

    /// The end of a phone number whose groups stand apart.
    fn phone_end(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let joint = self.token(end).filter(|t| matches!(t.kind, Kind::Mark('.' | '-' | ')')));
            let next = if joint.is_some() { end + 1 } else { end };
            if !self.token(next).is_some_and(|t| t.is_number() && !t.line) || self.is_measured(next + 1) {
                return end;
            }
            end = next + 1;
        }
    }

    /// A number (`25`, `12/5`) before a street's word and its name, or before the word of a class.
    fn blocked_behind(&self, at: usize) -> Option<(&'static str, usize)> {
        let mut end = at + 1;
        while self.mark(end, '/') && self.token(end + 1).is_some_and(|t| t.is_number() && !t.spaced) {
            end += 2;
        }
        let (why, after) =
            self.pick(end, |mark| if let Mark::Blocked(why @ (BlockedBy::Street | BlockedBy::Class)) = mark { Some(why) } else { None })?;
        let named = why == BlockedBy::Class || self.token(after).is_some_and(|t| t.is_word() && t.capital && !t.line);
        (named && !self.tokens[end].line).then_some((why.as_str(), end))
    }

    /// Whether a unit, scale or percent sign stands at a token.
    fn is_measured(&self, at: usize) -> bool {
        self.pick(at, |mark| matches!(mark, Mark::Unit(_) | Mark::Scale(_)).then_some(())).is_some_and(|((), end)| {
            // A single capital letter (`A`, `G`) is no unit.
            !(end == at + 1 && self.tokens[at].is_word() && self.tokens[at].upper && self.tokens[at].end - self.tokens[at].start == 1)
        })
    }

    fn is_count_abbreviation(&self, at: usize) -> bool {
        self.pick(at, |mark| matches!(mark, Mark::Indicator(_, Form::Counted) | Mark::Subject(..)).then_some(())).is_some()
    }

    /// A bare number that reads as a name: a code with a dash, a clock, a year of four digits, a part of a name.
    fn is_name(&self, at: usize, end: usize) -> bool {
        let chars = self.chars(at);
        let plain = chars.iter().all(char::is_ascii_digit);
        let year = plain && chars.len() == 4 && matches!(chars, ['1', '9', ..] | ['2', '0', ..]);
        let dashed = self.mark(end, '-') && !self.tokens[end].spaced && self.token(end + 1).is_some_and(|t| !t.spaced);
        let word_before = at > self.range.0 && self.tokens[at - 1].is_word() && !self.tokens[at].line && plain;
        let after_name =
            word_before && self.tokens[at - 1].capital && !self.is_function(at - 1) && chars.len() <= 3 && at - 1 > self.range.0;
        // `Nhị ưu 838`: a plain noun that is no name of a figure.
        let named = || {
            self.pick_before(at, |mark| {
                matches!(mark, Mark::Indicator(..) | Mark::Subject(..) | Mark::Product(_) | Mark::Unit(_)).then_some(())
            })
            .is_some()
        };
        let after_name = after_name || word_before && chars.len() <= 4 && self.is_noun(at - 1) && !named();
        year || dashed || after_name || (plain && chars.len() <= 1)
    }

    /// `2 đô la và 23 xen`: the rest in the currency's small coin, and where it ends.
    fn cents(&self, unit: u16, end: usize) -> (Decimal, usize) {
        let none = (Decimal::ZERO, end);
        let units = &self.known.units.units;
        let unit = &units[unit as usize];
        if unit.kind != UnitKind::Money || unit.factor != Decimal::ONE {
            return none;
        }
        let next = self.number_is(end, NumberWord::And).unwrap_or(end);
        let rest = self.amount(next).filter(|_| self.token(next).is_some_and(|t| !t.line));
        let coin = rest.and_then(|rest| Some((rest.settle(Habit::default())?, self.unit_word(rest.end)?)));
        match coin {
            Some((number, (coin, after))) if units[coin as usize].id == unit.id && units[coin as usize].factor < Decimal::ONE => {
                (number.value * units[coin as usize].factor, after)
            }
            _ => none,
        }
    }

    /// Whether an amount counts things that the unit's word names, too (`3 cổ phiếu`).
    fn is_too_little(&self, unit: u16, amount: &Amount) -> bool {
        let least = self.known.units.units[unit as usize].least;
        !least.is_zero() && amount.settle(Habit::default()).is_some_and(|number| number.value * amount.scale < least)
    }

    fn is_duration(&self, measured: Measured, amount: &Amount) -> bool {
        self.kind(measured) == Some(UnitKind::Time) && amount.settle(Habit::default()).is_none_or(|n| n.decimals == 0)
    }

    /// Number words count where a scale or a unit follows; alone they are as often articles and names (`hai bên`).
    fn worded_counts(&self, amount: &Amount, measured: Measured) -> bool {
        let tens = amount.number.value >= Decimal::TEN;
        match measured {
            Measured::Unit(unit) => {
                self.known.units.units[unit as usize].kind != UnitKind::Time
                    && (self.known.units.units[unit as usize].id != "x" || amount.number.value > Decimal::ONE)
            }
            Measured::Things => amount.scaled || tens,
            _ => false,
        }
    }

    // -- fractions and multiples ------------------------------------------------------------------------------------

    /// `hai phần ba`, `một nửa`, `gấp đôi`, `gấp rưỡi`, `gấp ba`
    fn worded_ratio(&self, at: usize, out: &mut Vec<Quantity>) -> Option<usize> {
        let push = |at: usize, end: usize, value: Decimal, measured: Measured, out: &mut Vec<Quantity>| {
            let (bound, lead) = self.bound(at, end);
            let decimals = 0;
            out.push(Quantity {
                start: at,
                end,
                lead,
                value,
                high: None,
                scale: Decimal::ONE,
                decimals,
                bound,
                negative: false,
                measured,
                per: [None; 2],
                unit: (end, end),
            });
            Some(end)
        };
        if self.tokens[at].is_number() || !self.tokens[at].is_word() {
            return None;
        }
        let is_multiple = self.pick(at, |mark| (mark == Mark::Cue(CueClass::Multiple)).then_some(()));
        if let Some(((), next)) = is_multiple {
            // The quote begins at the last word of `tăng gấp`.
            let at = (at..next)
                .rfind(|start| self.hits.at(*start).iter().any(|hit| hit.end as usize == next && hit.mark == Mark::Cue(CueClass::Multiple)))
                .unwrap_or(at);
            let twice = self.number_is(next, NumberWord::Twice).map(|end| (Decimal::TWO, end));
            let half_more = self.number_is(next, NumberWord::Half).map(|end| (Decimal::new(15, 1), end));
            if let Some((value, end)) = twice.or(half_more) {
                return push(at, end, value, Measured::Ratio, out);
            }
            if let Some((NumberWord::Digit(digit), end)) =
                self.number_word(next).filter(|_| self.token(next).is_some_and(super::token::Token::is_word))
            {
                let times = self.unit_word(end).is_some_and(|(unit, _)| self.known.units.units[unit as usize].kind == UnitKind::Times);
                if !times && digit > 1 && self.scale(end).is_none() && !matches!(self.number_word(end), Some((NumberWord::Tens, _))) {
                    return push(at, end, Decimal::from(digit), Measured::Ratio, out);
                }
            }
            return None;
        }
        match self.number_word(at)? {
            (NumberWord::HalfOf, end) => {
                // `nửa đầu năm`, `nửa triệu` and `một nửa` of a place are none.
                let single = end == at + 1;
                let scaled = self.scale(end).is_some();
                if scaled || single && !self.tokens[at].capital && self.number_is(end, NumberWord::Whole).is_none() {
                    return None;
                }
                // `bằng một nửa` is a multiple.
                let (_, lead) = self.bound(at, end);
                if self.pick_before(lead, |mark| (mark == Mark::Cue(CueClass::Equal)).then_some(())).is_some() {
                    return push(at, end, Decimal::new(5, 1), Measured::Ratio, out);
                }
                push(at, end, Decimal::from(50), Measured::Fraction, out)
            }
            (NumberWord::Digit(_) | NumberWord::Ten, _) => {
                let Spelled { number: top, end: next, .. } = self.words().read(at)?;
                let (NumberWord::Part, next) = self.number_word(next)? else { return None };
                let Spelled { number: bottom, end, .. } = self.words().read(next)?;
                (bottom.value > top.value)
                    .then(|| push(at, end, Decimal::ONE_HUNDRED * top.value / bottom.value, Measured::Fraction, out))
                    .flatten()
            }
            _ => None,
        }
    }

    /// `2/3 số giếng` is a fraction, `106/119 xã` two counts.
    fn ratio(&self, at: usize, first: &Amount, out: &mut Vec<Quantity>, unread: &mut Vec<NotRead>) -> Option<usize> {
        let slash = first.end;
        let second = self.amount(slash + 1)?;
        let (Some(top), Some(bottom)) =
            (first.settle(Habit { whole_only: true, ..Habit::default() }), second.settle(Habit { whole_only: true, ..Habit::default() }))
        else {
            return Some(second.end);
        };
        let (measured, per, end) = self.unit(second.end, true, None);
        let small = bottom.value <= Decimal::TEN && top.value < bottom.value && top.decimals == 0 && bottom.decimals == 0;
        let of_whole = self.token(second.end).is_some_and(|t| !t.line) && self.number_is(second.end, NumberWord::Whole).is_some();
        let plain = |n: &Amount| n.printed.is_some_and(|p| p.shape == Shape::Plain && !p.is_zero_fraction());
        if small && plain(first) && plain(&second) && (of_whole || bottom.value <= Decimal::from(5) || measured == Measured::Bare) {
            let (bound, lead) = self.bound(at, second.end);
            out.push(Quantity {
                start: at,
                end: second.end,
                lead,
                value: Decimal::ONE_HUNDRED * top.value / bottom.value,
                high: None,
                scale: Decimal::ONE,
                decimals: 0,
                bound,
                negative: false,
                measured: Measured::Fraction,
                per: [None; 2],
                unit: (second.end, second.end),
            });
            return Some(second.end);
        }
        if measured == Measured::Bare {
            unread.push(NotRead { start: at, end: second.end, why: "ratio" });
            return Some(second.end);
        }
        let (bound, lead) = self.bound(at, end);
        let factor = self.factor(measured, &per);
        for (amount, number, start, stop) in [(first, top, at, slash), (&second, bottom, slash + 1, end)] {
            out.push(Quantity {
                start,
                end: stop,
                lead: if start == at { lead } else { start },
                value: number.value * amount.scale * factor,
                high: None,
                scale: amount.scale,
                decimals: number.decimals,
                bound: if start == at { bound } else { Bound::Exact },
                negative: false,
                measured,
                per,
                unit: (second.end, end),
            });
        }
        Some(end)
    }
}
