//! What a figure is called where its clause has no name for it: growth of a place, the worth of things.

use knowledge::{CueClass, UnitKind};
use rust_decimal::Decimal;

use super::around::Around;
use super::{Draft, Sentence};
use crate::frame::{Cue, Name, What};
use crate::mark::Mark;
use crate::quantity::Quantity;
use crate::topic::{Stretch, Topic, words};

/// No economy grows by more percent in a year, whatever else does.
const MOST_GROWTH: i64 = 20;

impl Sentence<'_> {
    /// `Hà Nội: 5 tháng tăng trưởng 7,5%`: where nothing but a place is named, its economy grows.
    pub(super) fn bare_growth(
        &self,
        own: Option<&(Stretch, usize, usize)>,
        around: &Around,
        cue: Option<&Cue>,
        quantity: &Quantity,
    ) -> Option<Topic> {
        // (`chúng ta chống dịch thành công, quý 1 tăng trưởng 5%`: words of an earlier clause name nothing)
        let named = own.is_some_and(|(found, from, _)| {
            found.head.is_some() || found.propers + found.narrowed > 0 || found.nouns > 0 && *from >= around.clause.0
        });
        let cue = cue.filter(|cue| cue.classes.has(CueClass::Growth) && !cue.classes.has(CueClass::Down))?;
        if named && !self.is_foretold_place(cue) {
            return None;
        }
        let index = self.known.indicators.iter().position(|indicator| indicator.bare_growth)?;
        // (`với mức tăng 7,2%, lương tối thiểu …`: what points to something is no growth of its own)
        let points = self.frame.names.iter().any(|name| name.what == What::Anaphor && (name.start, name.end) == (cue.start, cue.end));
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent) && quantity.value <= Decimal::from(MOST_GROWTH);
        (percent && !points).then(|| Topic {
            indicator: Some(index as u16),
            kind: Some(self.known.indicators[index].kind),
            text: words(self.text, self.tokens, cue.start, cue.end),
            growth: true,
            ..Topic::default()
        })
    }

    /// `Trong đó, khu vực nông nghiệp tăng 4%, khu vực dịch vụ tăng 8%`: sectors that grow side by side, where nothing is told of, are those
    /// of the economy, and sections of industry those of its index; so is one whose growth is called that (`tốc độ tăng trưởng khu vực
    /// nông nghiệp đạt 2%`).
    pub(super) fn sectors_side_by_side(
        &self,
        own: Option<&(Stretch, usize, usize)>,
        cue: Option<&Cue>,
        quantity: &Quantity,
    ) -> Option<Topic> {
        let moves = cue.is_some_and(|cue| cue.classes.any(&[CueClass::Growth, CueClass::Up, CueClass::Down]));
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let grown = |found: &Stretch| found.growth && !cue.is_some_and(|cue| cue.classes.has(CueClass::Share));
        let (found, from, to) =
            own.filter(|(found, ..)| percent && (moves || grown(found)) && found.head.is_none() && found.narrowed > 0)?;
        let grows = |name: &Name| match name.what {
            What::Industry(index) => self.known.industries[index as usize].grows.as_deref(),
            _ => None,
        };
        let sector = self.frame.names.iter().find(|name| name.start >= *from && name.end <= *to && grows(name).is_some())?;
        let beside = |name: &&Name| name.what != sector.what && grows(name) == grows(sector);
        if !grown(found) {
            self.frame.names.iter().find(beside)?;
        }
        let index = self.known.number_of(grows(sector)?)?;
        let topic = Topic {
            indicator: Some(index),
            kind: Some(self.known.indicators[index as usize].kind),
            text: words(self.text, self.tokens, sector.start, sector.end),
            growth: true,
            ..Topic::default()
        };
        Some(topic.narrowed(self.frame, self.text, self.tokens, found, *from, *to))
    }

    /// `Ngân hàng A dự báo Việt Nam tăng trưởng 5,5%`: who foretells it is not what grows.
    pub(super) fn is_foretold_place(&self, cue: &Cue) -> bool {
        let foretold = |start: usize| {
            let status = |at: usize| self.hits.at(at).iter().any(|hit| hit.end as usize == start && matches!(hit.mark, Mark::Status(..)));
            (start.saturating_sub(3).max(self.frame.range.0)..start).any(status)
        };
        self.frame.places.iter().any(|place| place.end == cue.start && foretold(place.start))
    }

    /// `3 khu đất với tổng giá trị 119 triệu USD`: what things without a name are worth is called by the word for it.
    pub(super) fn worth(&self, quantity: &Quantity, around: &Around, topic: &Topic, previous: Option<&Draft>) -> Option<String> {
        let sum = self.unit_kind(quantity) == Some(UnitKind::Money) && quantity.per[0].is_none();
        let of_things = previous.is_none_or(|draft| !self.is_of_kind(draft, quantity) && draft.unit != "%");
        if !sum || topic.indicator.is_some() || !of_things {
            return None;
        }
        let (from, to) = around.clause;
        let worth = |at: usize| self.hits.end_within(at, to, Mark::Cue(CueClass::Worth));
        (from..to).find_map(|at| Some((at, worth(at)?))).map(|(start, end)| words(self.text, self.tokens, start, end))
    }
}
