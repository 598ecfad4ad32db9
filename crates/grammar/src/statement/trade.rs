//! What a partner has of the trade that was told of.

use knowledge::{CueClass, Kind, UnitKind};

use super::Sentence;
use crate::frame::{Cue, Name, What};
use crate::mark::Particle;
use crate::quantity::Quantity;
use crate::topic::Topic;

/// Words of a name that only says that the figure is a part (`thị phần`, `tỷ trọng`).
const BARE_PART: usize = 2;

impl Sentence<'_> {
    /// `Hoa Kỳ là thị trường lớn nhất, với thị phần 21,7%` behind exports: a partner's part is one of the trade that was told of.
    pub(super) fn share_of_trade<'t>(&self, topic: &Topic, quantity: &Quantity, told: Option<&'t Topic>) -> Option<&'t Topic> {
        let bare = topic.indicator.is_none() && topic.part && topic.text.split_whitespace().count() == BARE_PART;
        let trade = |topic: &&Topic| topic.field(self.known) == Some("foreign_trade") && topic.kind == Some(Kind::Flow);
        let told = told.filter(|_| bare && self.unit_kind(quantity) == Some(UnitKind::Percent)).filter(trade)?;
        let partner = |name: &Name| matches!(name.what, What::Partner(_)) && name.end <= quantity.start;
        // (`thị phần của cà phê Việt Nam tại Thái Lan` is a part of what is sold there)
        let owned = |cue: &Cue| cue.end <= quantity.start && cue.classes.has(CueClass::Part) && self.hits.says(cue.end, Particle::Of);
        (self.frame.names.iter().any(partner) && !self.frame.cues.iter().any(owned)).then_some(told)
    }
}
