//! Which figure before it a figure leans on for what it does not say itself.

use knowledge::{CueClass, Kind, UnitKind};
use model::Measure;

use super::around::Around;
use super::{Draft, Found, Near, Sentence};
use crate::frame::{Cue, What};
use crate::quantity::{Measured, Quantity};
use crate::topic::stretch;

impl<'d> Sentence<'_> {
    /// The figure before it, unless that only measures or counts something by the way: then the one that it goes on from.
    pub(super) fn lean(&self, quantity: &Quantity, near: Near<'d>) -> Option<&'d Draft> {
        let last = near.previous.or(near.base)?;
        // `Hoa Kỳ và Hàn Quốc là 2 thị trường lớn, chiếm 9% và 6%`: the shares are of what the markets take.
        if self.counts_cases(last) && quantity.measured != Measured::Things {
            let of_subject = |draft: &&Draft| draft.topic.indicator.is_some() && draft.quantity < last.quantity && draft.base == last.base;
            let earlier = near.drafts.iter().rfind(of_subject);
            if earlier.is_some() || self.before.is_some_and(|topic| topic.indicator.is_some()) {
                return earlier;
            }
        }
        // `tỷ lệ … đạt 98%, với hạn mức 125 triệu đồng tỷ lệ này là 87%`: what points back goes on from the last figure of its kind.
        if !self.is_of_kind(last, quantity)
            && self.points_back_to_figure(quantity)
            && let Some(same) = near.drafts.iter().rfind(|draft| self.is_of_kind(draft, quantity))
        {
            return Some(same);
        }
        // `giảm từ 5.000 ha với kinh phí 989 triệu USD xuống còn 2.750 ha`: what it comes to is of what it sets out from.
        if !self.is_of_kind(last, quantity)
            && self.is_reached(quantity)
            && let Some(start) = near.drafts.iter().rfind(|draft| draft.cue.has(CueClass::From) && self.is_of_kind(draft, quantity))
            && !(self.frame.quantities[start.quantity].end..quantity.lead).any(|at| self.is_joint(at, 1))
        {
            return Some(start);
        }
        // `mỏ A (1,2 ha, trữ lượng 18.000 m3); mỏ B (2,6 ha - 40.000 m3)`: hectares go on from hectares.
        if self.is_physical(quantity)
            && self.is_physical(&self.frame.quantities[last.quantity])
            && !self.is_of_kind(last, quantity)
            && let Some(same) = near.drafts.iter().rfind(|draft| self.is_of_kind(draft, quantity))
        {
            return Some(same);
        }
        // `A (5 nghìn tỷ đồng, lãi suất 7%), B (3 nghìn tỷ đồng, lãi suất 8%)`: sums go on from sums, and from no rate.
        let sum = self.unit_kind(quantity) == Some(UnitKind::Money) && quantity.per[0].is_none();
        if sum
            && last.unit == "%"
            && last.topic.kind == Some(Kind::Rate)
            && let Some(same) = near.drafts.iter().rfind(|draft| self.is_of_kind(draft, quantity))
        {
            return Some(same);
        }
        if last.topic.indicator.is_some() || self.is_of_kind(last, quantity) || !self.only_measures(last) || self.moves_area(last, quantity)
        {
            return Some(last);
        }
        let fits = |draft: &&Draft| draft.base.is_none() && draft.topic.indicator.is_some_and(|index| self.known_in(index, quantity));
        // `vốn 9.769 tỷ đồng; đoạn B dài 73 km, vốn 17.485 tỷ đồng`: sums go on behind lengths.
        let goes_on = |draft: &&Draft| fits(draft) && self.is_of_kind(draft, quantity);
        // `tăng 0,7% sau 2 phiên giảm, tương đương mức tăng 23,7 USD`
        let counts = self.frame.quantities[last.quantity].measured == Measured::Things;
        let moves = |draft: &&Draft| counts && fits(draft) && draft.unit == "%";
        near.drafts.iter().rfind(goes_on).or_else(|| near.drafts.iter().rfind(moves)).or(Some(last))
    }

    /// `đạt 860.000 CP/phiên (tương đương 25 tỷ đồng/phiên)`: the figure that another says again in a unit of another kind.
    pub(super) fn restated(&self, quantity: &Quantity, cue: Option<&Cue>, near: Near<'d>) -> Option<&'d Draft> {
        let last = near.previous.or(near.base)?;
        let end = self.frame.quantities[last.quantity].end;
        let cue = cue.filter(|cue| cue.classes.has(CueClass::Equal) && cue.end == quantity.lead && cue.start >= end)?;
        let only_marks = (end..cue.start).all(|at| !self.tokens[at].is_word());
        let amount = |quantity: &Quantity| {
            !matches!(self.unit_kind(quantity), Some(UnitKind::Percent | UnitKind::Point | UnitKind::Times))
                && quantity.measured != Measured::Things
        };
        let nameless = last.topic.indicator.is_none() && !last.topic.text.is_empty();
        let both = amount(quantity) && amount(&self.frame.quantities[last.quantity]);
        (nameless && only_marks && both && last.measure == Measure::Level).then_some(last)
    }

    /// `sản phẩm công nghiệp tăng, như: thép tăng 24%; điện sản xuất tăng 42%; sợi tăng 12%`: a member of a list that names nothing of its
    /// own goes on with the members before the one that does.
    pub(super) fn member_before(&self, last: &'d Draft, around: &Around, near: Near<'d>) -> Option<&'d Draft> {
        let named = last.topic_from == Found::Clause && last.topic.indicator.is_some() && last.base.is_none();
        let own = stretch(self.known, self.frame, around.clause.0, around.clause.1);
        if !named || own.head.is_some() || own.narrowed + own.nouns == 0 {
            return None;
        }
        let kind = |draft: &&Draft| draft.quantity < last.quantity && self.is_of_kind(draft, &self.frame.quantities[last.quantity]);
        // (`điện sản xuất tăng 42%; điện thương phẩm tăng 21%; sợi …`: several may have names of their own)
        let other = |draft: &Draft| draft.topic_from == Found::Clause && draft.topic.indicator.is_some() && draft.cue.same(last.cue);
        let before = near.drafts.iter().filter(kind).rev().find(|draft| !other(draft))?;
        let member = before.topic_from != Found::Clause && !before.topic.breakdown.is_empty() && before.cue.same(last.cue);
        (member && before.topic.indicator.is_some() && before.topic.indicator != last.topic.indicator).then_some(before)
    }

    /// Whether a word that points back (`tỷ lệ này`) stands between a figure and the one before it.
    fn points_back_to_figure(&self, quantity: &Quantity) -> bool {
        let from =
            self.frame.quantities.iter().rev().find(|other| other.end <= quantity.start).map_or(self.frame.range.0, |other| other.end);
        self.frame.names.iter().any(|name| name.what == What::Anaphor && from <= name.start && name.end <= quantity.lead)
    }

    /// Whether a word that leads to a level stands right before a figure (`xuống còn 2.750 ha`).
    fn is_reached(&self, quantity: &Quantity) -> bool {
        self.frame.cues.iter().any(|cue| cue.end == quantity.lead && cue.classes.has(CueClass::Reach))
    }

    fn is_physical(&self, quantity: &Quantity) -> bool {
        use UnitKind::{Area, Length, Mass, Volume};
        matches!(self.unit_kind(quantity), Some(Area | Length | Mass | Volume))
    }

    /// `diện tích hồ tiêu đạt 110 nghìn ha, giảm 2%`: a percentage right behind an area that has a name says how that moved.
    fn moves_area(&self, last: &Draft, quantity: &Quantity) -> bool {
        let area = &self.frame.quantities[last.quantity];
        let named = self.unit_kind(area) == Some(UnitKind::Area) && last.topic_from == Found::Clause && !last.topic.text.is_empty();
        let moves = |cue: &Cue| {
            cue.start >= area.end && cue.end <= quantity.start && cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Equal])
        };
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        named && percent && self.frame.cues.iter().any(moves) && stretch(self.known, self.frame, area.end, quantity.lead).is_empty()
    }

    /// Whether a figure before is one of size or number, which seldom is what the text is about (`dài 12 km`, `sau 2 phiên`).
    fn only_measures(&self, draft: &Draft) -> bool {
        let kind = self.unit_kind(&self.frame.quantities[draft.quantity]);
        matches!(kind, Some(UnitKind::Length | UnitKind::Area | UnitKind::Count | UnitKind::Time | UnitKind::Power))
    }

    /// Whether a figure before is measured in units of the same kind.
    pub(super) fn is_of_kind(&self, draft: &Draft, quantity: &Quantity) -> bool {
        self.unit_kind(&self.frame.quantities[draft.quantity]) == self.unit_kind(quantity)
    }
}
