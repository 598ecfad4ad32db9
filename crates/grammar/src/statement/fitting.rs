//! What the unit and the goods of a figure say of its subject.

use knowledge::{Kind, UnitKind};
use model::Measure;

use super::Sentence;
use super::around::Around;
use crate::frame::{Name, Part, What};
use crate::letters::lowered;
use crate::mark::{Form, Mark};
use crate::pattern::{self, Apart};
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, stretch, words};

impl Sentence<'_> {
    /// Whether a unit is the usual one of a topic's indicator.
    pub(super) fn is_usual(&self, topic: &Topic, unit: &str) -> bool {
        topic.indicator.is_some_and(|index| self.known.indicators[index as usize].unit.as_deref() == Some(unit))
    }

    /// The goods of a figure whose subject names none: those behind its unit (`xuất khẩu 44.000 tấn cà phê`), or those of the subject
    /// that its own only shortens (`lượng cà phê xuất khẩu đạt …, kim ngạch đạt …`).
    pub(super) fn goods(&self, topic: &mut Topic, quantity: &Quantity, before: Option<&Topic>) {
        let Some(index) = topic.indicator else { return };
        let by_product = self.known.indicators[index as usize].parts.contains(&knowledge::Part::Product);
        let amount = matches!(quantity.measured, Measured::Unit(_))
            && matches!(self.unit_kind(quantity), Some(UnitKind::Mass | UnitKind::Volume | UnitKind::Count | UnitKind::Area));
        if let Some(name) = self.frame.names.iter().find(|name| name.start == quantity.end && matches!(name.what, What::Product(_)))
            && by_product
            && amount
        {
            topic.take(name.what, words(self.text, self.tokens, name.start, name.end));
            return;
        }
        // `nhập khẩu` behind exports is no shorter name: words that take a unit of goods say which trade is meant.
        let indicators = &self.known.indicators;
        let group = |topic: &Topic| topic.indicator.map(|index| indicators[index as usize].topic.as_str());
        let names_trade = || {
            let own = lowered(&topic.text);
            indicators.iter().flat_map(|it| &it.with).any(|pattern| pattern.all.len() == 1 && own.contains(&pattern.all[0]))
        };
        if let Some(fuller) = before.filter(|fuller| fuller.product.is_some() && topic.elliptic && group(fuller) == group(topic))
            && by_product
            && !names_trade()
        {
            topic.narrow_as(fuller);
        }
    }

    /// `Sản xuất phân bón đạt 1,9 triệu tấn`: an industry's name is its product's output where the figure is an amount of goods.
    pub(super) fn made(&self, found: &Stretch, quantity: &Quantity) -> Option<Topic> {
        let (first, last) = found.content?;
        let goods = matches!(self.unit_kind(quantity), Some(UnitKind::Mass | UnitKind::Volume | UnitKind::Energy));
        let industry = matches!(self.frame.part(first), Part::Name(at) if matches!(self.frame.names[at as usize].what, What::Industry(_)));
        let (index, verb) = self.hits.at(first).iter().find_map(|hit| match hit.mark {
            Mark::Indicator(index, Form::Verb) => Some((index, hit.end as usize)),
            _ => None,
        })?;
        if !goods || !industry || verb >= last {
            return None;
        }
        let kind = Some(self.known.indicators[index as usize].kind);
        let mut topic = Topic { indicator: Some(index), kind, text: words(self.text, self.tokens, first, last), ..Topic::default() };
        if let Some(product) = self.frame.inner.iter().find(|name| name.start == verb && matches!(name.what, What::Product(_))) {
            topic.take(product.what, words(self.text, self.tokens, product.start, product.end));
        }
        Some(topic)
    }

    /// Whether a topic's indicator has a unit that is no percentage.
    pub(super) fn is_amount(&self, topic: &Topic) -> bool {
        let unit = topic.indicator.and_then(|index| self.known.indicators[index as usize].unit.as_deref());
        unit.is_some_and(|unit| unit != "%")
    }

    /// An inherited subject whose unit is another: `gạo đạt 4,5 triệu tấn, trị giá 2,1 tỷ USD` is a volume and an amount of exports.
    pub(super) fn fit_unit(&self, topic: &mut Topic, quantity: &Quantity) {
        let Some(index) = topic.indicator else { return };
        let indicators = &self.known.indicators;
        let unit = self.unit_code(quantity, topic);
        // An index takes values of the index and its changes, never tonnes or money.
        if topic.kind == Some(Kind::Index)
            && matches!(
                self.unit_kind(quantity),
                Some(UnitKind::Mass | UnitKind::Volume | UnitKind::Energy | UnitKind::Count | UnitKind::Money | UnitKind::Area)
            )
        {
            (topic.indicator, topic.kind) = (None, None);
            return;
        }
        if matches!(self.unit_kind(quantity), Some(UnitKind::Percent | UnitKind::Point | UnitKind::Times | UnitKind::Index) | None)
            || indicators[index as usize].unit.as_deref() == Some(&*unit)
        {
            return;
        }
        let name = lowered(&topic.text);
        let fits = |pattern: &knowledge::Pattern| {
            pattern.units.iter().any(|code| *code == unit) && pattern.all.len() == 1 && name.contains(pattern.all[0].as_str())
        };
        if let Some(at) = indicators.iter().position(|indicator| indicator.with.iter().any(fits)) {
            topic.indicator = Some(at as u16);
            topic.kind = Some(indicators[at].kind);
        }
    }

    /// An inherited subject that the figure before could not measure, and this one can: `Kim ngạch 2 chiều đạt 11,6 tỷ USD`.
    pub(super) fn refit(&self, topic: &mut Topic, quantity: &Quantity, around: &Around) {
        let amount = match self.unit_kind(quantity) {
            // (`thưởng cho 3.000 lao động, cao nhất 2 triệu đồng`)
            Some(UnitKind::Money) => self.is_sum(quantity),
            kind => matches!(kind, Some(UnitKind::Mass | UnitKind::Times)),
        };
        // (`lĩnh vực công nghiệp thu hút 33 dự án, số vốn 5.186 tỷ đồng` says what its sum is)
        let bare = || stretch(self.known, self.frame, around.clause.0, around.clause.1).is_empty();
        let Some(index) = topic.unfit.filter(|index| topic.indicator.is_none() && amount && self.known_in(*index, quantity)) else {
            return;
        };
        let kind = self.known.indicators[index as usize].kind;
        if kind != Kind::Price && bare() {
            (topic.indicator, topic.kind) = (Some(index), Some(kind));
        }
    }

    /// `5 chủ đầu tư giải ngân dưới 50% gồm: quận Đồ Sơn (9%), …`: percentages behind those who are counted by what they have reached of a
    /// plan are of that.
    pub(super) fn refit_plan(&self, topic: &mut Topic, quantity: &Quantity) {
        let counted = topic.indicator.is_none() && topic.kind == Some(Kind::Count);
        if !counted || self.unit_kind(quantity) != Some(UnitKind::Percent) {
            return;
        }
        let planned = |name: &Name| match name.what {
            What::Indicator(index, _) => Some(index).filter(|index| self.known.indicators[*index as usize].of_plan),
            _ => None,
        };
        let before = self.frame.names.iter().filter(|name| name.end <= quantity.lead);
        if let Some((name, index)) = before.rev().find_map(|name| Some((name, planned(name)?))) {
            (topic.indicator, topic.kind) = (Some(index), Some(self.known.indicators[index as usize].kind));
            topic.text = words(self.text, self.tokens, name.start, name.end);
        }
    }

    /// A name whose words stand apart in the clause of a figure; a single word yields to a full name.
    pub(super) fn pattern(&self, quantity: &Quantity, around: &Around, topic: &Topic) -> Option<Apart> {
        let unit = self.unit_code(quantity, topic);
        let to = around.behind.1.max(quantity.end);
        // (`khu vực có vốn đầu tư nước ngoài` invests nothing: it is a case of what is exported)
        let is_count =
            |index: Option<u16>| index.is_some_and(|index| self.known.indicators[index as usize].unit.as_deref() == Some("count"));
        let inside_case =
            |found: &Apart| self.frame.names.iter().any(|name| !name.is_subject() && name.start <= found.start && found.end <= name.end);
        // (`đang lỗ 150 đồng/lít xăng`: a name right before the figure says what it is)
        let says = |name: &Name| match name.what {
            What::Indicator(index, _) => self.known.indicators[index as usize].kind != Kind::Price,
            _ => false,
        };
        let per = self.unit_kind(quantity) == Some(UnitKind::Money) && quantity.per[0].is_some();
        let named = per && topic.indicator.is_some() && self.frame.names.iter().any(|name| name.end == quantity.lead && says(name));
        pattern::find(self.patterns, self.hits, (around.clause.0, to), Some(&unit)).filter(|found| self.can_be(found, quantity)).filter(
            |found| {
                // (`mua ròng` is a name, though none of the vocabulary)
                (topic.indicator.is_none()
                    && (topic
                        .kind
                        .is_none_or(|kind| kind == Kind::Count && (quantity.measured != Measured::Things || is_count(found.indicator)))
                        || topic.elliptic))
                    || (topic.elliptic && found.weight > 3 && !named && !inside_case(found))
                    || (found.fitted && !named && !self.is_usual(topic, &unit))
                    // (`lo ngại về lạm phát giảm, chỉ có 35% doanh nghiệp cho rằng …`: who answers stands right behind it)
                    || self.answers(found, quantity)
            },
        )
    }

    /// `57% thành viên tham gia khảo sát`: whether a name apart is of those who stand right behind a percentage, and outside the vocabulary.
    pub(super) fn answers(&self, found: &Apart, quantity: &Quantity) -> bool {
        let near = found.fitted && (quantity.end..=quantity.end + 6).contains(&found.start);
        let nouns = || (quantity.end..found.start).all(|at| matches!(self.frame.part(at), Part::Noun | Part::Proper | Part::Name(_)));
        found.indicator.is_none() && near && self.unit_kind(quantity) == Some(UnitKind::Percent) && nouns()
    }

    /// Whether a name apart can be measured in the unit of a figure.
    fn can_be(&self, found: &Apart, quantity: &Quantity) -> bool {
        found.indicator.is_none_or(|index| self.known_in(index, quantity))
    }

    /// The indicator of the whole, for shares and contributions.
    pub(super) fn whole(&self, around: &Around, measured: Measure) -> Option<u16> {
        if !matches!(measured, Measure::Share | Measure::Contribution) {
            return None;
        }
        self.frame.names.iter().filter(|name| name.start >= around.behind.0 && name.end <= around.behind.1).find_map(|name| {
            match name.what {
                What::Indicator(index, _) => Some(index),
                _ => None,
            }
        })
    }
}
