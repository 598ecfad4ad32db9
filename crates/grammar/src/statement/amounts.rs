//! Amounts of goods in lists that a name heads: of an index of output they are what is made.

use knowledge::{CueClass, Kind, Part, UnitKind};
use rust_decimal::Decimal;

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::{Cue, Part as At};
use crate::quantity::Quantity;
use crate::topic::{Stretch, Topic, strength};

/// So many pieces are an amount of goods, whatever counts them (`159 triệu đôi`).
const LEAST_SCALE: i64 = 1_000;

impl Sentence<'_> {
    /// `chỉ số sản xuất công nghiệp tăng 8%, một số sản phẩm tăng mạnh như: xi măng 1,27 triệu tấn`: tonnes of goods are no index, but
    /// what it is an index of.
    pub(super) fn amount_of_index(
        &self,
        quantity: &Quantity,
        own: Option<&(Stretch, usize, usize)>,
        told: Option<&Topic>,
    ) -> Option<Topic> {
        use UnitKind::{Area, Energy, Length, Mass, Volume};
        let amount = matches!(self.unit_kind(quantity), Some(Area | Energy | Length | Mass | Volume));
        let index = told.filter(|_| amount)?.indicator?;
        self.known.indicators[index as usize].amounts.as_ref()?;
        self.case_of_goods(index, told?, own)
    }

    /// `xi măng 694 nghìn tấn, tăng 49%; giày dép 159 triệu đôi`: pieces of goods in a list of amounts of goods.
    pub(super) fn listed_pieces(
        &self,
        quantity: &Quantity,
        around: &Around,
        own: Option<&(Stretch, usize, usize)>,
        previous: Option<&Draft>,
    ) -> Option<(Topic, Found)> {
        let pieces = quantity.scale >= Decimal::from(LEAST_SCALE) || self.is_counter(quantity.unit.0, quantity.end);
        let adjacent =
            own.is_some_and(|(found, ..)| found.content.is_some_and(|(_, last)| last == quantity.lead || self.states(last, quantity)));
        let (told, from) = match previous {
            Some(draft) => (&draft.topic, Found::Sentence),
            None => (self.before?, Found::Context),
        };
        let index = told.indicator.filter(|_| pieces && adjacent && around.base.is_none())?;
        self.case_of_goods(index, told, own).map(|topic| (topic, from))
    }

    /// Whether nothing but a cue stands between a name and its figure (`ống nhựa ước đạt 1,6 triệu cái`).
    fn states(&self, last: usize, quantity: &Quantity) -> bool {
        let states =
            |cue: &Cue| cue.end == quantity.lead && cue.classes.has(CueClass::Level) && !cue.classes.any(&[CueClass::From, CueClass::Act]);
        matches!(self.frame.part(last), At::Cue(cue) if states(&self.frame.cues[cue as usize]))
    }

    /// Goods that a clause names, as a case of an output in amounts of goods or of an index of it.
    fn case_of_goods(&self, index: u16, told: &Topic, own: Option<&(Stretch, usize, usize)>) -> Option<Topic> {
        let (found, from, to) = own.filter(|(found, ..)| found.content.is_some())?;
        let nameless = found.head.is_none_or(|head| strength(self.known, &head) == 0) && !found.rate && !found.part && !found.growth;
        let indicator = &self.known.indicators[index as usize];
        let output = match &indicator.amounts {
            Some(amounts) => self.known.number_of(amounts)?,
            None => index,
        };
        let indicator = &self.known.indicators[output as usize];
        let goods = indicator.kind == Kind::Flow && indicator.unit.is_none() && indicator.parts.contains(&Part::Product);
        if !goods || !nameless || found.propers > 0 && found.narrowed == 0 {
            return None;
        }
        let mut topic = Topic::of(self.known, self.frame, self.text, self.tokens, found, *from, *to);
        topic.breakdown = std::mem::replace(&mut topic.text, told.text.clone());
        (topic.indicator, topic.kind) = (Some(output), Some(indicator.kind));
        Some(topic)
    }
}
