//! Which of the places of a sentence is that of a figure.

use knowledge::{CueClass, RegionKind};
use model::Measure;
use rust_decimal::Decimal;

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::{Cue, Part};
use crate::mark::{Mark, Particle};
use crate::place::Place;
use crate::quantity::Measured;

impl Sentence<'_> {
    pub(super) fn place(&self, around: &Around, previous: Option<&Draft>, measured: Measure) -> (Option<usize>, Found) {
        let places = &self.frame.places;
        // (`cao hơn giá vàng thế giới 4,3 triệu đồng` does not hold in the world)
        let compared = |p: &Place| {
            // (`cao hơn 16 USD/tấn so với gạo cùng loại của Thái Lan`)
            let reach = if p.abroad { 8 } else { 4 };
            let parted = |at: usize| self.is_joint(at, 1) || matches!(self.frame.part(at), Part::Quantity(_));
            let basis = |cue: &Cue| {
                cue.end <= p.start
                    && cue.end + reach > p.start
                    && cue.classes.has(CueClass::Basis)
                    && !(cue.end + 4 <= p.start && (cue.end..p.start).any(parted))
                    // (`giảm so với năm trước như Bình Dương (…)`: a time is what is compared with)
                    && !(self.tokens[p.end.min(self.frame.range.1 - 1)].is('(')
                        && (cue.end..p.start).any(|at| matches!(self.frame.part(at), Part::Mention(_))))
            };
            self.frame.cues.iter().any(basis)
        };
        let inside = |range: (usize, usize)| move |p: &Place| p.start >= range.0 && p.end <= range.1 && !compared(p);
        let own = places.iter().rposition(inside(around.clause));
        // `90% tại Hà Nội, 95% tại Bắc Ninh`: a place right behind a figure is that figure's.
        // (behind a multiple stands what it is measured by: `gấp 2 lần bình quân cả nước`)
        // (`Tại Hà Nội giá đạt 129 USD và Bắc Ninh đạt 95 USD`: behind `và` the next one's begins;
        // `đạt 92% chỉ tiêu Bộ Tài chính giao`: who sets a goal is no place)
        let next = self.frame.quantities.iter().any(|quantity| quantity.start >= around.behind.1);
        let later = |p: &Place| next && (around.behind.0..p.start).any(|at| self.is_and(at) && at + 3 > p.start || self.is_then(at));
        let named = places.iter().any(|p| p.end <= around.gap.1 && !p.abroad);
        let whole = |p: &Place| named && measured == Measure::Share && self.is_whole(p, around);
        let behind = places.iter().position(|p| inside(around.behind)(p) && !p.office && !later(p) && !whole(p));
        let behind = behind.filter(|_| measured != Measure::Multiple);
        let before = places.iter().rposition(inside(around.gap));
        let first_clause = (around.gap.0, (around.gap.0..around.gap.1).find(|at| self.is_joint(*at, 1)).unwrap_or(around.gap.1));
        let taken = |at: &usize| around.previous.is_some() && inside(first_clause)(&places[*at]);
        // `giảm ở Thái Nguyên (-0,6%) và Bình Định (-0,5%)`: a place right before the bracket of a figure is that figure's.
        let bracketed = |at: &usize| {
            let (from, to) = (places[*at].end, around.gap.1);
            from < to && self.tokens[from].is('(') && (from..to).all(|at| !self.tokens[at].is_word())
        };
        // `tại Hà Nội chỉ là 0,55% thì ở TP.HCM lên tới 0,65%`
        let then = |at: &usize| (around.gap.0..places[*at].start).any(|at| self.is_then(at));
        let taken = |at: &usize| taken(at) && !bracketed(at) && !then(at);
        // `… là Thái Nguyên (-0,6%) và Bình Định (-0,5%)`: the bracket that a figure stands in.
        // (`ngang với Thái Lan (70,4%)`: a country is compared with, its bracket says what it has)
        let country = |p: &Place| p.abroad && self.known.regions.all()[p.region as usize].kind == RegionKind::Country;
        let bracket = self.bracket(around).and_then(|open| places.iter().position(|p| p.end == open && (country(p) || !compared(p))));
        if let Some(at) = bracket.filter(|_| own.is_none_or(|own| places[own].end <= around.gap.0)) {
            return (Some(at), Found::Clause);
        }
        if let Some(at) = own.filter(|at| !taken(at)).or(behind).or(before.filter(|at| !taken(at))) {
            // `chênh lệch giữa giá vàng trong nước và thế giới`: what stands between the two is the country's.
            let is = |at: usize, id: &str| self.known.regions.all()[places[at].region as usize].id == id;
            let home =
                || (0..at).rfind(|home| is(*home, "VN") && inside(around.gap)(&places[*home]) && places[*home].end + 6 > places[at].start);
            let at = Some(at).filter(|at| is(*at, "world")).and_then(|_| home()).unwrap_or(at);
            return (Some(at), Found::Clause);
        }
        if let Some(draft) = previous.filter(|draft| draft.place.is_some()) {
            return (draft.place, Found::Sentence);
        }
        (None, Found::Nowhere)
    }

    /// `chiếm 14,5% cả nước`, `30% sản lượng cả nước`: what a part is of is not where it is (`7% lượng phát thải của Việt Nam` names the
    /// country).
    fn is_whole(&self, place: &Place, around: &Around) -> bool {
        let (from, to) = around.behind;
        let behind = from <= place.start && place.end <= to && !(from..place.start).any(|at| self.is_joint(at, 1));
        behind && !self.tokens[place.end - 1].capital && self.known.regions.all()[place.region as usize].id == "VN"
    }

    /// The mark that opens the bracket in which a figure stands.
    fn bracket(&self, around: &Around) -> Option<usize> {
        let (from, to) = (self.frame.range.0, around.gap.1);
        let depth = self.frame.depth(to.min(self.frame.range.1 - 1));
        let open = (from..to).rev().find(|at| self.tokens[*at].is('(') && self.frame.depth(*at) <= depth)?;
        (depth > 0 && !(open..to).any(|at| self.tokens[at].is(')'))).then_some(open)
    }

    /// Whether words of tokens `from..to` point to the country abroad that was named last (`nước này`).
    pub(super) fn points_abroad(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.hits.is(at, Mark::There))
    }

    /// Whether the sentence points to a province without naming it (`trên địa bàn tỉnh`).
    pub(crate) fn points_here(&self) -> bool {
        let (from, to) = self.frame.range;
        // (`22 tỉnh có tỷ lệ cao` are counted)
        let counted = |at: usize| matches!(self.frame.part(at), Part::Quantity(_));
        let here = |at: usize| self.hits.at(at).iter().any(|hit| hit.mark == Mark::Here && !self.goes_on_as_list(hit.end as usize));
        (from..to).any(|at| self.hits.is(at, Mark::Here) && !counted(at) && here(at))
    }

    /// `UBND tỉnh, thành phố`: whether a comma and another kind of place follow, so that no one of them is meant.
    fn goes_on_as_list(&self, at: usize) -> bool {
        let kind = |at: usize| self.hits.is(at, Mark::PlaceWord);
        at + 1 < self.frame.range.1 && self.tokens[at].is(',') && kind(at + 1)
    }

    /// Whether the sentence counts provinces that it does not name (`12 tỉnh, thành phố`).
    pub(super) fn counts_provinces(&self) -> bool {
        self.frame.quantities.iter().any(|quantity| {
            quantity.measured == Measured::Things
                && quantity.value > Decimal::TWO
                && self.hits.says(quantity.unit.0, Particle::Province)
                && self.frame.places.is_empty()
        })
    }

    /// Whether a token is `thì`, behind which another is told of.
    fn is_then(&self, at: usize) -> bool {
        self.hits.says(at, Particle::Then)
    }
}
