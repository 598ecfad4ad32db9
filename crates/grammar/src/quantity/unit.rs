//! What stands behind a number: units, denominators, counted nouns; and currencies before it.

use knowledge::{CueClass, Kind as Sort, UnitKind, Units};
use rust_decimal::Decimal;

use super::{Denominators, Measured, PER, SCALE, UNIT, View};
use crate::lexicon::Hit;
use crate::mark::{Form, Mark, NumberWord, Particle, TimeWord, kind};
use crate::number::Habit;
use crate::token::{Kind, Token};

impl View<'_> {
    /// What stands behind a number: the unit, its denominators, and the token after them.
    pub(super) fn unit(&self, at: usize, digits: bool, prefixed: Option<u16>) -> (Measured, Denominators, usize) {
        if let Some(unit) = prefixed {
            let (per, end) = self.denominators(at);
            return (Measured::Unit(unit), per, end);
        }
        let none = (Measured::Bare, [None; 2], at);
        let Some(token) = self.token(at) else { return none };
        let scaled = || self.scale_before(at).is_some();
        // `khoảng 11 tỷ\nUSD`: a line that breaks between a scale and its currency.
        let broken = token.line && token.upper && scaled();
        if (token.line && !broken) || (token.is('%') && token.spaced && !digits) {
            return none;
        }
        if broken {
            return match self.unit_word(at).filter(|(unit, _)| self.known.units.units[*unit as usize].kind == UnitKind::Money) {
                Some((unit, end)) => (Measured::Unit(unit), [None; 2], end),
                None => none,
            };
        }
        // `7,%` has lost its decimals.
        let at = if token.is(',') && !token.spaced && self.token(at + 1).is_some_and(|t| t.is('%') && !t.spaced) { at + 1 } else { at };
        // (`400 tỷ năm 2023` is money and its year)
        let year = |unit: u16, end: usize| {
            self.known.units.units[unit as usize].kind == UnitKind::Time && scaled() && self.token(end).is_some_and(Token::is_number)
        };
        let word = self.unit_word(at);
        if word.is_some_and(|(unit, end)| year(unit, end)) {
            return none;
        }
        if let Some((unit, end)) = word {
            let (per, end) = self.denominators(end);
            let (per, end) = if per[0].is_none() { self.denominators_behind_goods(unit, end) } else { (per, end) };
            return (Measured::Unit(unit), per, end);
        }
        // `100-150 tỉ/năm`, `51.000/cổ phiếu`: a scale without a currency, with a denominator, is money; so is what one share costs.
        if token.is('/') && (scaled() || self.is_of_share(at + 1)) {
            let (per, end) = self.denominators(at);
            let dong = self.known.units.units.iter().position(|unit| unit.id == "VND");
            if let (Some(_), Some(dong)) = (per[0], dong) {
                return (Measured::Unit(dong as u16), per, end);
            }
        }
        if scaled() && (self.is_of_money(at) || self.is_billion_of(at, |view| !view.is_massed(at))) {
            return none;
        }
        match self.noun(at) {
            Some(end) => {
                let (per, end) = self.denominators_of_things(at, end);
                (Measured::Things, per, end)
            }
            None => none,
        }
    }

    /// Whether a scale is that of billions.
    fn is_billion(&self, at: usize) -> bool {
        let billion = |scale: u16| self.known.units.scales[scale as usize].factor >= Decimal::from(1_000_000_000);
        self.pick_like(at, SCALE, |mark| matches!(mark, Mark::Scale(scale) if billion(scale)).then_some(())).is_some()
    }

    /// Whether a denominator is one share.
    fn is_of_share(&self, at: usize) -> bool {
        let share = |per: u16| self.known.units.denominators[per as usize].id == "share";
        self.pick_like(at, PER, |mark| matches!(mark, Mark::Per(per) if share(per)).then_some(())).is_some()
    }

    /// `280 tỷ lợi nhuận`, `95 tỷ trả cổ tức`: what an amount of money without its currency is of.
    fn is_of_money(&self, at: usize) -> bool {
        let money = |mark: Mark| match mark {
            Mark::Indicator(index, _) => self.known.indicators[index as usize].unit.as_deref() == Some("VND"),
            Mark::Subject(index, form) => match self.known.subjects[index as usize].kind {
                Sort::Rate => true,
                Sort::Flow | Sort::Stock => form == Form::Name,
                _ => false,
            },
            // (nobody counts bonds by the billion)
            Mark::Security => self.is_billion_of(at, |_| true),
            _ => false,
        };
        self.pick(at, |mark| money(mark).then_some(())).is_some()
    }

    /// Whether a token stands behind the scale of billions and passes a test.
    fn is_billion_of(&self, at: usize, test: impl Fn(&Self) -> bool) -> bool {
        self.scale_before(at).is_some_and(|start| self.is_billion(start)) && test(self)
    }

    /// `1,2 tỷ sản phẩm`, but `80 tỷ bỏ hoang`: whether what begins at a token is counted by the billion.
    fn is_massed(&self, at: usize) -> bool {
        let counts = |mark: Mark| match mark {
            Mark::Indicator(index, _) => self.known.indicators[index as usize].kind == Sort::Count,
            Mark::Subject(index, _) => self.known.subjects[index as usize].kind == Sort::Count,
            Mark::Product(_) | Mark::Particle(Particle::Massed) => true,
            _ => false,
        };
        self.hits.at(at).iter().any(|hit| counts(hit.mark))
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

    pub(super) fn unit_word(&self, at: usize) -> Option<(u16, usize)> {
        let (unit, mut end) = self.pick_like(at, UNIT, |mark| if let Mark::Unit(unit) = mark { Some(unit) } else { None })?;
        let entry = &self.known.units.units[unit as usize];
        let token = &self.tokens[at];
        // (`17.144 tỷ đồng bằng 33,6% dự toán`: behind a scale `đồng` is money, and the word behind it begins anew)
        let scaled = || self.scale_before(at).is_some();
        let anew = || entry.kind == UnitKind::Money && self.is_function(end) && scaled();
        let timed = |at: usize| self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Time(TimeWord::Unit(_))));
        // (`gấp 4,8 lần đầu năm`)
        let edge = || entry.kind == UnitKind::Times && self.token(end + 1).is_some() && timed(end + 1);
        if self.hits.end_of(at, Mark::NoUnit).is_some_and(|other| other > end) && !anew() && !edge() {
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
        // (`2,8 triệu cổ phiếu khớp lệnh` are shares)
        let large = !entry.least.is_zero();
        if longer
            && !large
            && !matches!(entry.kind, UnitKind::Money | UnitKind::Percent | UnitKind::Mass | UnitKind::Area | UnitKind::Energy)
        {
            return None;
        }
        // (`470 điểm ngày đầu tháng 5` counts no things)
        // (nor are there 5,5 places, and `giảm 39 điểm lúc 10h` says when)
        let counts = |at: usize| !timed(at) && !self.hits.says(at, Particle::Uncounted);
        if entry.kind == UnitKind::Index && self.is_noun(end) && !self.tokens[end].line && counts(end) && !self.is_broken(at) {
            return None;
        }
        // `221 ngàn m 3 đất`: the digit of a square or cube has lost its place.
        if entry.id == "m"
            && self.token(end).is_some_and(|t| t.is_number() && t.spaced && !t.line)
            && let ['2' | '3'] = self.chars(end)
            && !self.token(end + 1).is_some_and(|t| t.is_number() || !t.is_word() && !t.spaced)
        {
            let id = if self.chars(end) == ['3'] { "m3" } else { "m2" };
            if let Some(other) = self.known.units.units.iter().position(|unit| unit.id == id && unit.factor == Decimal::ONE) {
                return Some((other as u16, end + 1));
            }
        }
        // (`265 tỷ tiền mặt`: that there is money is said by what the sum is of, which names it)
        if entry.kind == UnitKind::Money && large && scaled() {
            return Some((unit, at));
        }
        // `1,43% điểm phần trăm` is a slip for points.
        if entry.kind == UnitKind::Percent
            && let Some((other, after)) = self.pick_like(end, UNIT, |mark| if let Mark::Unit(other) = mark { Some(other) } else { None })
            && self.known.units.units[other as usize].kind == UnitKind::Point
        {
            (end, ()) = (after, ());
            return Some((other, end));
        }
        Some((unit, end))
    }

    /// Whether the number before a token has a fraction: digits behind a mark that are no group of three.
    fn is_broken(&self, at: usize) -> bool {
        let number = at.checked_sub(1).filter(|before| *before >= self.range.0 && self.tokens[*before].is_number());
        let fraction = number.and_then(|number| self.chars(number).rsplit(|letter| matches!(letter, ',' | '.')).next().map(<[char]>::len));
        number.zip(fraction).is_some_and(|(number, digits)| digits != 3 && digits < self.chars(number).len())
    }

    pub(crate) fn denominators(&self, at: usize) -> (Denominators, usize) {
        let (mut per, mut end) = ([None; 2], at);
        for slot in &mut per {
            let Some((index, next)) = self.denominator(end) else { break };
            *slot = Some(index);
            end = next;
        }
        (per, end)
    }

    /// `/kg`, `/30 lít`, `mỗi kg`, `trên mỗi m2`, `một lượng`
    pub(super) fn denominator(&self, at: usize) -> Option<(u16, usize)> {
        let token = self.token(at).filter(|t| !t.line)?;
        let mut next = at + 1;
        if !token.is('/') {
            next = self.number_is(at, NumberWord::Each).or_else(|| self.one_of_goods(at))?;
        }
        // `đồng/30 lít`, `đồng/bình 12 kg`
        let counted = self.token(next).is_some_and(|t| t.is_number() && !t.line);
        let word = if counted { next + 1 } else { next };
        if counted && self.is_whole_behind(next, at) {
            return None;
        }
        let (per, mut end) = self.pick_like(word, PER, |mark| if let Mark::Per(per) = mark { Some(per) } else { None })?;
        if self.tokens[word].spaced && token.is('/') && token.spaced && !counted {
            return None;
        }
        if self.token(end).is_some_and(Token::is_number) && self.known.units.denominators[per as usize].id == "cylinder" {
            end = self
                .pick_like(end + 1, UNIT, |mark| if let Mark::Unit(_) = mark { Some(()) } else { None })
                .map_or(end, |((), after)| after);
        }
        Some((per, end))
    }

    /// `110 km/134 km`, `351 hộ dân/1.735 hộ`: the number behind a slash is the whole of which the one before it is a part, and no
    /// denominator, where both have one unit or it is written with separators.
    fn is_whole_behind(&self, number: usize, slash: usize) -> bool {
        let plain = self.chars(number).iter().all(char::is_ascii_digit);
        let unit = |at: usize| self.token(at).map(|token| token.key);
        !plain || slash.checked_sub(1).is_some_and(|before| unit(before) == unit(number + 1))
    }

    /// `21.000 đồng 1 kg`: a printed one before a measure of goods divides as `một` does.
    fn one_of_goods(&self, at: usize) -> Option<usize> {
        self.token(at).filter(|token| token.is_number() && self.chars(at) == ['1'])?;
        let (per, _) = self.pick_like(at + 1, PER, |mark| if let Mark::Per(per) = mark { Some(per) } else { None })?;
        (self.known.units.denominators[per as usize].goods).then_some(at + 1)
    }

    /// `3.500 tấn mía nguyên liệu/ngày`: the goods stand between the unit and its denominator.
    pub(super) fn denominators_behind_goods(&self, unit: u16, end: usize) -> (Denominators, usize) {
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
    pub(super) fn denominators_of_things(&self, at: usize, end: usize) -> (Denominators, usize) {
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
    pub(super) fn noun(&self, at: usize) -> Option<usize> {
        let counts = !self.hits.says(at, Particle::Uncounted);
        if let Some(((), end)) =
            self.pick(at, |mark| matches!(mark, Mark::Indicator(_, Form::Counted | Form::Name) | Mark::Subject(..)).then_some(()))
        {
            return (end > at + 1 || counts).then_some(end);
        }
        if !counts {
            return None;
        }
        // `5 tỉnh`, `41 triệu cổ phiếu`: what narrows a subject elsewhere is counted here.
        let narrow = self.after(at, Mark::Cue(CueClass::Narrow)).filter(|_| self.token(at).is_some_and(|t| !t.line && !t.capital));
        let end = match narrow {
            Some(end) => end,
            None if self.is_noun(at) => at + 1,
            None => return None,
        };
        // `tỉnh, thành phố` is one thing.
        let pair = || if self.mark(end, ',') { self.after(end + 1, Mark::Cue(CueClass::Narrow)) } else { None };
        if let Some(pair_end) = narrow.and_then(|_| pair()) {
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

    pub(super) fn is_time(&self, at: usize) -> bool {
        let named = |hit: &Hit| matches!(hit.mark, Mark::Time(TimeWord::Relative(..) | TimeWord::Now | TimeWord::Same));
        self.hits.begins_time(at) && self.hits.at(at).iter().any(named)
    }

    pub(crate) fn is_function(&self, at: usize) -> bool {
        use knowledge::CueClass as C;
        if !self.hits.has(at, kind::CUE | kind::STATUS | kind::LIGHT) {
            return false;
        }
        self.hits.at(at).iter().any(|hit| match hit.mark {
            Mark::Cue(class) => !matches!(class, C::Plan | C::Share | C::Surplus | C::Deficit) || matches!(class, C::Function),
            Mark::Bound(_) | Mark::BoundAfter(_) | Mark::Status(..) => true,
            _ => false,
        })
    }

    /// `$1,5 tỷ`, `USD 20 triệu`: the currency stands before the number.
    pub(super) fn currency_before(&self, at: usize) -> Option<(u16, usize)> {
        let sign = |t: &Token| matches!(t.kind, Kind::Mark('$' | '€' | '£' | '¥'));
        let code = |t: &Token| t.is_word() && t.capital && t.end - t.start <= 3 && self.chars(at).iter().all(char::is_ascii);
        self.token(at).filter(|t| sign(t) || code(t))?;
        let (unit, end) = self.pick_like(at, UNIT, |mark| if let Mark::Unit(unit) = mark { Some(unit) } else { None })?;
        let money = self.known.units.units[unit as usize].kind == UnitKind::Money;
        let number = self.token(end).is_some_and(|t| t.is_number() && !t.line);
        // Behind a number the currency belongs to that.
        let owned = at > self.range.0 && (self.tokens[at - 1].is_number() || self.scale_before(at).is_some());
        (money && number && !owned).then_some((unit, end))
    }

    pub(super) fn factor(&self, measured: Measured, per: Denominators) -> Decimal {
        factor(&self.known.units, measured, per)
    }

    pub(super) fn habit(&self, measured: Measured, per: Denominators, scaled: bool) -> Habit {
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
}

/// How many of its code's unit one printed unit is: `cm` is a hundredth of a metre.
pub(crate) fn factor(units: &Units, measured: Measured, per: Denominators) -> Decimal {
    let own = match measured {
        Measured::Unit(unit) => units.units[unit as usize].factor,
        _ => Decimal::ONE,
    };
    per.iter().flatten().fold(own, |factor, per| factor / units.denominators[*per as usize].factor)
}
