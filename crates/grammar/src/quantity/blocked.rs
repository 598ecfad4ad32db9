//! Numbers that are no quantities: documents, phones, addresses, names, list numbers, durations.

use knowledge::{BlockedBy, CueClass, TimeUnit, UnitKind};
use rust_decimal::Decimal;

use super::{Amount, Measured, PER, SCALE, UNIT, View};
use crate::mark::{Form, Mark, NumberWord, Particle, TimeWord};
use crate::number::Habit;
use crate::token::{Kind, Token};

/// Any word that makes the number beside it no quantity.
const LABEL: Mark = Mark::Blocked(BlockedBy::Name);

/// What a number belongs to that is no quantity, and where that ends.
type Blocked = (&'static str, usize);

impl View<'_> {
    /// Why the number at a token belongs to a name or document, and where that ends: the first question that has an answer decides.
    pub(super) fn blocked(&self, at: usize) -> Option<Blocked> {
        self.dashed_name(at)
            .or_else(|| self.phone(at))
            .or_else(|| self.document(at))
            .or_else(|| self.glued_name(at))
            .or_else(|| self.milestone(at))
            .or_else(|| self.blocked_behind(at))
            .or_else(|| self.house_number(at))
            .or_else(|| self.letter_name(at))
            .or_else(|| self.fineness(at))
            .or_else(|| self.grade(at))
            .or_else(|| self.list_number(at))
            .or_else(|| self.labelled(at))
            .or_else(|| self.listed(at))
            .or_else(|| self.priced(at))
    }

    /// `30.000 đồng/1 môn`: one of what a sum is the price of.
    fn priced(&self, at: usize) -> Option<Blocked> {
        let slash = at.checked_sub(1).filter(|slash| *slash > self.range.0 && self.tokens[*slash].is('/'))?;
        let money = |mark: Mark| match mark {
            Mark::Unit(unit) => (self.known.units.units[unit as usize].kind == UnitKind::Money).then_some(()),
            _ => None,
        };
        let one = self.chars(at) == ['1'] && !self.tokens[slash].line;
        (one && self.pick_before(slash, money).is_some() && !self.is_measured(at + 1)).then_some(("price", at + 1))
    }

    /// `Covid-19`, `E5-92`: glued to a word by a dash.
    fn dashed_name(&self, at: usize) -> Option<Blocked> {
        let dash = self.before(at).is_some_and(|t| t.is('-') && !t.spaced) && !self.tokens[at].spaced;
        let word = at >= self.range.0 + 2 && self.tokens[at - 2].is_word();
        // (`40,8 triệu đồng/lượng-40,9 triệu đồng/lượng`: the dash of a range)
        let unit = |mark: Mark| matches!(mark, Mark::Unit(_) | Mark::Per(_) | Mark::Scale(_)).then_some(());
        let ranges = || self.pick_before(at - 1, unit).is_some() && self.is_measured(at + 1);
        (dash && word && !self.mark(at + 1, '%') && !ranges()).then_some(("name", at + 1))
    }

    /// `0912 345 678`, `(+84) 28 3829 7834`, `19001234567`, `(04) 3829 7834`, `043.7718989`, `043 582 0800`.
    fn phone(&self, at: usize) -> Option<Blocked> {
        let chars = self.chars(at);
        if is_area(chars) {
            return Some(("phone", self.phone_end(at + 1)));
        }
        if !is_plain(chars) {
            return None;
        }
        let number = |at: usize| self.token(at).is_some_and(|t| t.is_number() && !t.line);
        if chars[0] == '0' && matches!(chars.len(), 2 | 3) {
            let bracketed = self.before(at).is_some_and(|t| t.is('(')) && self.mark(at + 1, ')') && number(at + 2);
            let grouped = chars.len() == 3 && number(at + 1) && number(at + 2);
            if bracketed || grouped {
                return Some(("phone", self.phone_end(at + 1)));
            }
        }
        let country = chars.len() <= 3
            && self.before(at).is_some_and(|t| t.is('+'))
            && at >= self.range.0 + 2
            && self.tokens[at - 2].is('(')
            && self.mark(at + 1, ')');
        if chars.len() >= 4 && chars[0] == '0' || country {
            return Some(("phone", self.phone_end(at + 1)));
        }
        (chars.len() >= 10 && !self.is_measured(at + 1)).then_some(("phone", at + 1))
    }

    /// `01/NQ-CP`, `115/2008/NĐ-CP`.
    fn document(&self, at: usize) -> Option<Blocked> {
        if !self.mark(at + 1, '/') || self.tokens[at + 1].spaced {
            return None;
        }
        let mut end = at + 2;
        while self.token(end).is_some_and(|t| t.is_number() && !t.spaced) && self.mark(end + 1, '/') {
            end += 2;
        }
        let code = self.token(end).is_some_and(|t| t.is_word() && t.upper && !t.spaced && t.end - t.start >= 2);
        if !code || self.pick_like(end, PER, |m| matches!(m, Mark::Per(_)).then_some(())).is_some() {
            return None;
        }
        while self.token(end + 1).is_some_and(|t| !t.spaced && (t.is('-') || t.is_word())) {
            end += 1;
        }
        Some(("document", end + 1))
    }

    /// `Km0+000`, `Km 15+100`: metres that are glued to the kilometre of a road.
    fn milestone(&self, at: usize) -> Option<Blocked> {
        let plus = self.before(at).is_some_and(|t| t.is('+') && !t.spaced) && !self.tokens[at].spaced;
        let metres = plus && self.chars(at).len() == 3 && is_plain(self.chars(at)) && !self.is_measured(at + 1);
        metres.then_some((BlockedBy::Address.as_str(), at + 1))
    }

    /// `500kV`: glued to a word that is no unit.
    fn glued_name(&self, at: usize) -> Option<Blocked> {
        let glued = self.token(at + 1).is_some_and(|t| t.is_word() && !t.spaced && t.key == 0);
        (glued && !self.is_measured(at + 1)).then_some(("name", at + 2))
    }

    /// `1A`, `5G`, `4K`: a capital letter glued behind.
    fn letter_name(&self, at: usize) -> Option<Blocked> {
        let next = self.token(at + 1).filter(|t| t.is_word() && !t.spaced && t.capital && self.suffix(at + 1).1 == at + 1)?;
        let counted = next.upper && self.is_count_abbreviation(at + 1);
        (!self.is_measured(at + 1) && !counted).then_some(("name", at + 2))
    }

    /// `nhẫn tròn 99,99 hiệu Bảo Long`: how fine gold is.
    fn fineness(&self, at: usize) -> Option<Blocked> {
        let chars = self.chars(at);
        (is_fineness(chars) && !is_plain(chars) && !self.is_measured(at + 1)).then_some(("name", at + 1))
    }

    /// `gạo 5% tấm`, `gạo 25%`: how much of rice is broken names its grade.
    fn grade(&self, at: usize) -> Option<Blocked> {
        let end = at + 2;
        if !self.mark(at + 1, '%') {
            return None;
        }
        let named = self.hits.says(end, Particle::Grade) && self.token(end).is_some_and(|t| !t.line);
        // (`gạo 5%` where no word says what the percentage does, and it is one of those that are traded)
        let traded = matches!(self.chars(at), ['5'] | ['1' | '2' | '3', '5' | '0'] | ['1', '0', '0']);
        let alone = !self.token(end).is_some_and(|t| t.is_word() && self.hits.is(end, Mark::Cue(CueClass::Basis)));
        let called = traded && alone && self.before(at).is_some() && self.hits.says(at - 1, Particle::Graded);
        (named || called).then_some(("name", end))
    }

    /// `mỗi năm công ty lỗ …`, `một năm người trồng …`: the word for five is that for the year, too.
    pub(super) fn is_year_of_many(&self, at: usize) -> bool {
        let year = Mark::Time(TimeWord::Unit(TimeUnit::Year));
        let many = |mark: Mark| matches!(mark, Mark::Number(NumberWord::Each) | Mark::Time(TimeWord::Several));
        let named = self.hits.spans((at, at + 1), year);
        named && self.pick_before(at, |mark| many(mark).then_some(())).is_some()
    }

    /// `1.` and `2)` at the head of a line.
    fn list_number(&self, at: usize) -> Option<Blocked> {
        let chars = self.chars(at);
        let heads = at == self.range.0 || self.tokens[at].line && self.before(at).is_some_and(|t| t.is('(') || t.is('•'));
        let ends = self.token(at + 1).is_some_and(|t| (t.is('.') || t.is(')')) && !t.spaced);
        (heads && is_plain(chars) && chars.len() <= 2 && ends).then_some(("list", at + 2))
    }

    /// `Nghị quyết 01`, `quốc lộ 51`, `Covid- 19`, `Covid -19`: the word before it makes it a name; a dash may stand between.
    fn labelled(&self, at: usize) -> Option<Blocked> {
        let dash = self.before(at).is_some_and(|t| t.is('-') && !(t.spaced && self.tokens[at].spaced));
        // (`Trụ sở: 25 Nguyễn Du`)
        let colon = self.before(at).is_some_and(|t| t.is(':')) && self.token(at + 1).is_some_and(|t| t.capital && !t.line);
        let joint = usize::from(dash || colon);
        let (why, from) = self.pick_like_before(at - joint, LABEL, |mark| if let Mark::Blocked(why) = mark { Some(why) } else { None })?;
        if colon && why != BlockedBy::Address {
            return None;
        }
        // `trong số 557 doanh nghiệp`, `con số 19 tỷ`: what is counted, not a label.
        let whole = self.before_is(at, Mark::Number(NumberWord::Whole));
        if whole.is_some_and(|start| start < from) || !self.is_label(why, at) {
            return None;
        }
        let end = if why == BlockedBy::Phone { self.phone_end(at + 1) } else { self.year_of_document(at + 1) };
        Some((why.as_str(), end))
    }

    /// Behind the year of a document whose number ends at a token (`Nghị định 97/2023 quy định …`).
    fn year_of_document(&self, end: usize) -> usize {
        let joined = |at: usize| self.token(at).is_some_and(|t| !t.spaced && !t.line);
        let year =
            self.mark(end, '/') && joined(end) && joined(end + 1) && matches!(self.chars(end + 1), ['1', '9', _, _] | ['2', '0', _, _]);
        if year { end + 2 } else { end }
    }

    /// `cơn bão số 10 và 11`, `điều 6, 7 và 8`, `Km 12 + 400`, `độ tuổi từ 20 đến 40`: a number beside one that a word before it makes a name.
    fn listed(&self, at: usize) -> Option<Blocked> {
        let first = at.checked_sub(2).filter(|first| *first >= self.range.0 && self.tokens[*first].is_number())?;
        let joins = |word: TimeWord| self.before_is(at, Mark::Time(word)).is_some_and(|start| start + 1 == at);
        let and = || joins(TimeWord::And) || joins(TimeWord::To);
        if !self.tokens[at - 1].is('+') && !and() {
            return None;
        }
        let (why, _) = self.labelled(first).or_else(|| self.listed(first))?;
        // (`giai đoạn 1 và 37/195 ha giai đoạn 2`)
        (self.is_label(BlockedBy::Name, at) && !self.mark(at + 1, '/')).then_some((why, at + 1))
    }

    /// Whether a number behind a word that makes names is written like one and counts nothing (`số 5 phố Huế`, but `số 5 triệu đồng`).
    fn is_label(&self, why: BlockedBy, at: usize) -> bool {
        let chars = self.chars(at);
        let plain = is_plain(chars);
        // (`Vành đai 3 TP.HCM`: an abbreviation behind it is a place, unless things are counted in it)
        let noun = || self.is_noun(at + 1) && (!self.tokens[at + 1].upper || self.is_count_abbreviation(at + 1));
        let written = match why {
            BlockedBy::Phone => !noun(),
            BlockedBy::Document | BlockedBy::Address => plain && chars.len() <= 4 && !noun(),
            // (`HS 400280`, `IR 50404`)
            BlockedBy::Label => plain || chars.len() <= 5,
            BlockedBy::Street | BlockedBy::Class | BlockedBy::Day => false,
            BlockedBy::Rank => plain && chars.len() <= 3,
            BlockedBy::Ordinal | BlockedBy::Name => plain && chars.len() <= 4 && !noun(),
        };
        // (`top 10 cổ phiếu`: shares are a unit, but too few of them are things)
        let shares = || {
            why == BlockedBy::Rank && self.unit_word(at + 1).is_some_and(|(unit, _)| !self.known.units.units[unit as usize].least.is_zero())
        };
        written && (!self.is_measured(at + 1) || shares())
    }

    /// The token before another, in its sentence.
    fn before(&self, at: usize) -> Option<&Token> {
        at.checked_sub(1).filter(|before| *before >= self.range.0).map(|before| &self.tokens[before])
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

    /// `25 phố Huế`, `12/5 đường Trần Phú`, `5 sao`: before a street's word and its name, or before the word of a class.
    fn blocked_behind(&self, at: usize) -> Option<Blocked> {
        let mut end = at + 1;
        while self.mark(end, '/') && self.token(end + 1).is_some_and(|t| t.is_number() && !t.spaced) {
            end += 2;
        }
        // (`từ 3 đến 5 sao`, `3 - 4 sao`)
        let joint = self.mark(end, '-').then_some(end + 1).or_else(|| self.word_to(end));
        if let Some(second) = joint.filter(|second| self.token(*second).is_some_and(Token::is_number)) {
            let class = |mark: Mark| matches!(mark, Mark::Blocked(BlockedBy::Class)).then_some(());
            end = self.pick_like(second + 1, LABEL, class).map_or(end, |_| second + 1);
        }
        let (why, after) = self.pick_like(end, LABEL, |mark| {
            if let Mark::Blocked(why @ (BlockedBy::Street | BlockedBy::Class)) = mark { Some(why) } else { None }
        })?;
        let named = why == BlockedBy::Class || self.token(after).is_some_and(|t| t.is_word() && t.capital && !t.line);
        (named && !self.tokens[end].line).then_some((why.as_str(), end))
    }

    /// `tòa nhà 143 Trần Phú`, `36 Đặng Tất`: right behind it stand two capital words that mean nothing but a name, as streets have.
    fn house_number(&self, at: usize) -> Option<Blocked> {
        let name = |at: usize| self.token(at).is_some_and(|t| t.is_word() && t.capital && !t.upper && !t.line);
        let unknown = |at: usize| self.hits.at(at).iter().all(|hit| matches!(hit.mark, Mark::Place(_)));
        let number = self.chars(at);
        let street = name(at + 1) && name(at + 2) && is_plain(number) && number.len() <= 4 && unknown(at + 1);
        street.then_some((BlockedBy::Address.as_str(), at + 1))
    }

    /// Whether a unit, scale or percent sign stands at a token.
    pub(super) fn is_measured(&self, at: usize) -> bool {
        if !self.hits.may_be(at, UNIT) && !self.hits.may_be(at, SCALE) {
            return false;
        }
        self.pick(at, |mark| matches!(mark, Mark::Unit(_) | Mark::Scale(_)).then_some(())).is_some_and(|((), end)| {
            // A single capital letter (`A`, `G`) is no unit.
            !(end == at + 1 && self.tokens[at].is_word() && self.tokens[at].upper && self.tokens[at].end - self.tokens[at].start == 1)
        })
    }

    pub(super) fn is_count_abbreviation(&self, at: usize) -> bool {
        self.pick(at, |mark| matches!(mark, Mark::Indicator(_, Form::Counted) | Mark::Subject(..)).then_some(())).is_some()
    }

    /// A bare number that reads as a name: a code with a dash, a clock, a year of four digits, a part of a name.
    pub(super) fn is_name(&self, at: usize, end: usize) -> bool {
        let chars = self.chars(at);
        let plain = is_plain(chars);
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
        // `vàng nhẫn Thăng Long 999,9`: how fine gold is.
        is_fineness(chars) || year || dashed || after_name || (plain && chars.len() <= 1)
    }

    /// `2 đô la và 23 xen`: the rest in the currency's small coin, and where it ends.
    pub(super) fn cents(&self, unit: u16, end: usize) -> (Decimal, usize) {
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
    pub(super) fn is_too_little(&self, unit: u16, amount: &Amount) -> bool {
        let least = self.known.units.units[unit as usize].least;
        !least.is_zero() && amount.settle(Habit::default()).is_some_and(|number| number.value * amount.scale < least)
    }

    pub(super) fn is_duration(&self, measured: Measured, amount: &Amount) -> bool {
        self.kind(measured) == Some(UnitKind::Time) && amount.settle(Habit::default()).is_none_or(|n| n.decimals == 0)
    }

    /// Number words count where a scale or a unit follows; alone they are as often articles and names (`hai bên`).
    pub(super) fn worded_counts(&self, amount: &Amount, measured: Measured) -> bool {
        let tens = amount.number.value >= Decimal::TEN;
        match measured {
            Measured::Unit(unit) => {
                self.known.units.units[unit as usize].kind != UnitKind::Time
                    && (self.known.units.units[unit as usize].id != "x" || amount.number.value > Decimal::ONE)
            }
            Measured::Things => amount.scaled || tens || (amount.number.value > Decimal::ONE && self.is_count_abbreviation(amount.end)),
            _ => false,
        }
    }
}

/// Whether a number is nothing but digits.
fn is_plain(chars: &[char]) -> bool {
    chars.iter().all(char::is_ascii_digit)
}

/// Whether a number tells how fine gold is.
const fn is_fineness(chars: &[char]) -> bool {
    matches!(chars, ['9', '9', '9', '9'] | ['9', '9', '9', ',' | '.', '9'] | ['9', '9', ',' | '.', '9', '9'])
}

/// Whether a number begins with the digits of an area: no amount is printed `043.7712`.
fn is_area(chars: &[char]) -> bool {
    let mut groups = chars.split(|letter| *letter == '.');
    let first = groups.next().is_some_and(|group| group.len() >= 2 && group[0] == '0');
    first && groups.next().is_some_and(|group| group.len() >= 4)
}
