//! Whether the unit of a figure can measure what a name stands for.

use knowledge::{CueClass, Indicator, Kind, Part, Specialisation, UnitKind};
use rust_decimal::Decimal;

use super::Sentence;
use crate::frame::{Name, What};
use crate::letters::{begins, same};
use crate::mark::{Form, Mark};
use crate::place::Place;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, stretch, words};

/// So many dong are a sum, of a building or a project, and no price of one good.
const LEAST_SUM_IN_DONG: i64 = 1_000_000_000;
/// The same in any other money.
const LEAST_SUM: i64 = 1_000_000;

impl Sentence<'_> {
    /// Whether a name can be measured in the unit of a figure: no people in money, no money in hectares, no rate in tonnes.
    pub(super) fn can_be_in(&self, name: &Name, quantity: &Quantity) -> bool {
        let What::Indicator(index, _) = name.what else { return true };
        self.known_in(index, quantity)
    }

    /// Whether a name outside the vocabulary is an index and the figure is money.
    pub(super) fn is_index_in_money(&self, name: &Name, quantity: &Quantity) -> bool {
        let index = matches!(name.what, What::Subject(index, _) if self.known.subjects[index as usize].kind == Kind::Index);
        index && self.unit_kind(quantity) == Some(UnitKind::Money)
    }

    /// Whether a subject can be measured in the unit of a figure.
    pub(super) fn fits(&self, topic: &Topic, quantity: &Quantity) -> bool {
        use UnitKind::{Area, Count, Energy, Mass, Money, Volume};
        let amount = matches!(self.unit_kind(quantity), Some(Area | Count | Energy | Mass | Money | Volume));
        match topic.indicator {
            Some(index) => self.known_in(index, quantity) || self.becomes_in(index, quantity),
            None => topic.kind != Some(Kind::Index) || !amount,
        }
    }

    /// Whether the unit of a figure alone makes an indicator another one: behind the price of exports tonnes for a partner are what goes
    /// there (`Đứng thứ hai là Ấn Độ, đạt 57 nghìn tấn`).
    fn becomes_in(&self, index: u16, quantity: &Quantity) -> bool {
        let Measured::Unit(unit) = quantity.measured else { return false };
        let unit = &self.known.units.units[unit as usize].id;
        let becomes = |(_, entry): (u16, &Specialisation)| entry.to.is_some() && entry.units.contains(unit);
        let partner = |place: &Place| place.abroad && place.end <= quantity.start;
        quantity.per[0].is_none() && self.frame.places.iter().any(partner) && self.known.specialisations.of(index).any(becomes)
    }

    /// Whether an indicator can be measured in the unit of a figure.
    pub(super) fn known_in(&self, index: u16, quantity: &Quantity) -> bool {
        let indicator = &self.known.indicators[index as usize];
        let Some(own) = self.unit_kind(quantity).filter(|_| quantity.measured != Measured::Bare) else { return true };
        let security = own == UnitKind::Count && self.is_security(quantity);
        // (no amount is told in the points of an index)
        if own == UnitKind::Index && matches!(indicator.kind, Kind::Flow | Kind::Stock | Kind::Count | Kind::Balance) {
            return false;
        }
        let unpriced = indicator.kind == Kind::Price && !self.is_price_of(indicator, own, quantity);
        let per_area = own == UnitKind::Money && is_sum(indicator) && self.is_per_area(quantity);
        !(security || unpriced || per_area || self.is_worth_of_amount(index, own)) && self.is_of_usual_kind(index, own, quantity)
    }

    /// Whether a figure can be a price, or what it moves by: money for one of the goods and no sum.
    fn is_price_of(&self, indicator: &Indicator, own: UnitKind, quantity: &Quantity) -> bool {
        use UnitKind::{Index, Money, Percent, Point, Times};
        // Shares are no goods, and what is paid for one, or for a kilometre, is no price of goods.
        let not_goods = quantity.per.iter().flatten().any(|per| {
            let per = &self.known.units.denominators[*per as usize];
            !per.goods && !per.world
        });
        let sum = own == Money && self.is_sum(quantity);
        matches!(own, Money | Percent | Point | Times | Index) && !sum && !(not_goods && is_of_goods(indicator))
    }

    /// Whether money is a sum and no price: of a building, a project, a trade.
    pub(super) fn is_sum(&self, quantity: &Quantity) -> bool {
        let foreign = matches!(quantity.measured, Measured::Unit(unit) if self.known.units.units[unit as usize].id != "VND");
        let least = if foreign { LEAST_SUM } else { LEAST_SUM_IN_DONG };
        quantity.per[0].is_none() && quantity.value >= Decimal::from(least)
    }

    /// Whether a figure is for an area: what a hectare costs or yields is no sum.
    fn is_per_area(&self, quantity: &Quantity) -> bool {
        quantity.per.iter().flatten().any(|per| {
            let id = self.known.units.denominators[*per as usize].id.as_str();
            self.known.units.kind_of(id) == Some(UnitKind::Area)
        })
    }

    /// Whether a figure in money is of goods that are weighed or counted, whose worth has another name.
    fn is_worth_of_amount(&self, index: u16, own: UnitKind) -> bool {
        let indicator = &self.known.indicators[index as usize];
        let flow = indicator.kind == Kind::Flow && indicator.unit.is_none();
        own == UnitKind::Money && flow && is_of_goods(indicator) && !self.has_special(index, |unit| unit == "VND")
    }

    /// Whether a unit is of the kind in which an indicator is given, or of another in which it is known too.
    fn is_of_usual_kind(&self, index: u16, own: UnitKind, quantity: &Quantity) -> bool {
        use UnitKind::{Area, Count, Energy, Length, Mass, Money, Power, Times, Volume};
        let indicator = &self.known.indicators[index as usize];
        let usual = indicator.unit.as_deref().and_then(|unit| self.known.units.kind_of(unit));
        let tells = matches!(own, Money | Count | Mass | Volume | Area | Length | Energy | Power);
        let Some(usual) = usual.filter(|usual| *usual != own && tells) else { return true };
        // (exports in tonnes are a name of their own)
        let code = self.unit_code(quantity, &Topic::default());
        let base = code.split('/').next().unwrap_or(&code);
        let is_own = |unit: &str| unit == base || unit == code;
        let other = indicator.with.iter().any(|pattern| pattern.units.iter().any(|unit| is_own(unit))) || self.has_special(index, is_own);
        // (gas and wood are weighed as well as measured)
        let goods = matches!((own, usual), (Mass, Volume) | (Volume, Mass));
        other || goods || usual == Times || (own == Count && quantity.unit.0 == quantity.unit.1)
    }

    /// Whether a special indicator takes the place of a general one in a unit.
    fn has_special(&self, index: u16, is_own: impl Fn(&str) -> bool) -> bool {
        self.known.specialisations.of(index).any(|(_, entry)| entry.units.iter().any(|unit| is_own(unit)))
    }

    /// `Tỷ lệ hưởng lương hưu tối đa là 75%`: a rate that names an amount is none of it, unless it is what a plan has come to.
    pub(super) fn is_rate_of(&self, found: &Stretch, head: &Name, quantity: &Quantity) -> bool {
        let What::Indicator(index, _) = head.what else { return false };
        let amount = self.known.indicators[index as usize].unit.as_deref().is_some_and(|unit| unit != "%" && unit != "point");
        let first = found.content.map_or(head.start, |(first, _)| first);
        let cues = || self.frame.cues.iter().filter(|cue| cue.start >= first);
        let rate = cues().any(|cue| cue.start == first && cue.end <= head.start && cue.classes.has(CueClass::Rate));
        let moves = [CueClass::Complete, CueClass::Share, CueClass::Up, CueClass::Down, CueClass::Growth];
        let moved = || cues().rfind(|cue| cue.end <= quantity.lead).is_some_and(|cue| cue.classes.any(&moves));
        let of_plan = self.known.indicators[index as usize].of_plan;
        let planned = || of_plan || cues().any(|cue| cue.classes.has(CueClass::Plan));
        amount && rate && self.unit_kind(quantity) == Some(UnitKind::Percent) && !moved() && !planned()
    }

    /// `Thép nhập khẩu phải chịu thuế tự vệ 19,3%`: a percentage is no level of trade, but of the rate that is named right before it.
    ///
    /// Of a sum outside the vocabulary it is none either, where the rate stands right before it (`gói hỗ trợ với mức lãi suất 6%/năm`).
    pub(super) fn rate_before(&self, found: &Stretch, quantity: &Quantity, to: usize) -> Option<Name> {
        let head = found.head.filter(|_| self.unit_kind(quantity) == Some(UnitKind::Percent))?;
        let (indicated, kind) = match head.what {
            What::Indicator(index, _) => (true, self.known.indicators[index as usize].kind),
            What::Subject(index, _) => (false, self.known.subjects[index as usize].kind),
            _ => return None,
        };
        let amount = kind == Kind::Flow || !indicated && matches!(kind, Kind::Stock | Kind::Count);
        let moves = [CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Share, CueClass::Complete, CueClass::Equal];
        let moved = || self.frame.cues.iter().any(|cue| cue.start == to && cue.classes.any(&moves));
        let until = if indicated { to } else { quantity.lead.max(to) };
        let last = self.frame.names.iter().rfind(|name| name.end <= until && name.is_subject())?;
        let close = last.end == to || last.end == until;
        let is_rate = match last.what {
            What::Subject(index, Form::Name) => self.known.subjects[index as usize].kind == Kind::Rate && (indicated || close),
            What::Indicator(index, _) => {
                // (`mức đóng bảo hiểm thất nghiệp 1%` has no unemployment in it)
                let called = words(self.text, self.tokens, last.start, last.end);
                let percent = || self.opens_measure(&called).is_some_and(|(units, _)| units.contains(&UnitKind::Percent));
                let rate = self.known.indicators[index as usize].kind == Kind::Rate && close && last.start >= head.end;
                !indicated && rate && percent()
            }
            _ => false,
        };
        (amount && is_rate && last.end + 3 >= until && !moved()).then_some(*last)
    }

    /// `giá cổ phiếu dao động trong biên độ 12.300 - 15.500 đồng`: what is told in money is of the price before a word that measures none.
    pub(super) fn price_before(&self, (found, ..): &(Stretch, usize, usize), quantity: &Quantity) -> Option<(Stretch, usize, usize)> {
        let rate = |name: &Name| matches!(name.what, What::Subject(index, _) if self.known.subjects[index as usize].kind == Kind::Rate);
        let head = found.head.filter(|head| rate(head) && self.unit_kind(quantity) == Some(UnitKind::Money))?;
        let units = self.opens_measure(&words(self.text, self.tokens, head.start, head.end)).map(|(units, _)| units);
        let no_money = units.is_some_and(|units| !units.contains(&UnitKind::Money));
        let price = |name: &&Name| match name.what {
            What::Indicator(index, Form::Name) => self.known.indicators[index as usize].kind == Kind::Price,
            What::Subject(index, Form::Name) => self.known.subjects[index as usize].kind == Kind::Price,
            _ => false,
        };
        let before = |name: &&Name| name.end <= head.start && !(name.end..head.start).any(|at| self.is_joint(at, 1));
        let name = self.frame.names.iter().rev().take_while(|_| no_money).filter(before).find(price)?;
        Some((stretch(self.known, self.frame, name.start, name.end), name.start, name.end))
    }

    /// `Người lao động đóng 8%`: people and flows have no level in percent, which is then another name's.
    pub(super) fn is_no_percentage(&self, topic: &Topic, quantity: &Quantity) -> bool {
        let Some(index) = topic.indicator else { return false };
        let indicator = &self.known.indicators[index as usize];
        let amount = indicator.unit.as_deref().is_some_and(|unit| unit != "%" && unit != "point");
        amount
            && matches!(indicator.kind, Kind::Flow | Kind::Count)
            && self.unit_kind(quantity) == Some(UnitKind::Percent)
            && !(topic.rate && self.is_named_as_rate(indicator, topic))
    }

    /// Whether the name in the vocabulary is itself that of a rate (`tỷ lệ xã đạt chuẩn nông thôn mới`).
    fn is_named_as_rate(&self, indicator: &Indicator, topic: &Topic) -> bool {
        let rates = || self.known.lexicon.cues.iter().filter(|cue| cue.class == CueClass::Rate).flat_map(|cue| &cue.says);
        let of = |name: &str| rates().filter(|word| begins(name, word.chars())).map(String::len).max();
        let rate = of(&topic.text);
        // (`tỉ lệ` and `tỷ lệ` are one)
        let named = |name: &String| of(name).zip(rate).is_some_and(|(own, other)| same(name[own..].chars(), topic.text[other..].chars()));
        rate.is_some() && indicator.says.iter().any(named)
    }

    /// Whether a figure counts shares or bonds.
    pub(super) fn is_security(&self, quantity: &Quantity) -> bool {
        (quantity.unit.0..quantity.unit.1).any(|at| self.hits.is(at, Mark::Security))
    }

    /// Whether a figure can be its subject's by its unit: a price is money for one thing, no tonnes and no millions of dollars.
    pub(super) fn may_measure(&self, topic: &Topic, quantity: &Quantity) -> bool {
        use UnitKind::{Index, Money, Percent, Point, Times};
        // Tonnes are no kilowatt-hours.
        let usual = topic.indicator.and_then(|index| self.known.indicators[index as usize].unit.as_deref());
        let physical = |kind: UnitKind| {
            matches!(kind, UnitKind::Mass | UnitKind::Volume | UnitKind::Area | UnitKind::Energy | UnitKind::Power | UnitKind::Length)
        };
        if let (Some(own), Some(usual)) = (self.unit_kind(quantity), usual.and_then(|unit| self.known.units.kind_of(unit)))
            && physical(own)
            && physical(usual)
            && own != usual
        {
            return false;
        }
        topic.kind != Some(Kind::Price)
            || match self.unit_kind(quantity) {
                Some(Money) => quantity.per[0].is_some() || quantity.scale < Decimal::from(1_000_000),
                None | Some(Percent | Point | Times | Index) => true,
                Some(_) => false,
            }
    }
}

/// Whether an indicator is told apart by goods.
fn is_of_goods(indicator: &Indicator) -> bool {
    indicator.parts.contains(&Part::Product)
}

/// Whether an indicator is a whole and no ratio.
fn is_sum(indicator: &Indicator) -> bool {
    matches!(indicator.kind, Kind::Flow | Kind::Stock) && indicator.unit.as_deref().is_some_and(|unit| !unit.contains('/'))
}
