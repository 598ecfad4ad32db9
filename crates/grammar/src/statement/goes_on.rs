//! Figures that go on with what stood before them, or move an index that stands behind them.

use knowledge::{CueClass, Kind, UnitKind};
use model::Measure;

use super::around::Around;
use super::choice::Chosen;
use super::{Draft, Found, Sentence};
use crate::frame::{Part, What};
use crate::letters::{looks_like_code, lowered};
use crate::mark::Mark;
use crate::measure::Classes;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, stretch, words};

impl Sentence<'_> {
    /// `VIC đóng góp 3,4 điểm cho VN-Index`: points that someone brings an index are points of that.
    pub(super) fn index_behind(&self, quantity: &Quantity, around: &Around, own: Option<&Stretch>) -> Option<Chosen> {
        let (from, to) = around.behind;
        let is_index = |what: What| match what {
            What::Indicator(index, _) => self.known.indicators[index as usize].kind == Kind::Index,
            What::Subject(index, _) => self.known.subjects[index as usize].kind == Kind::Index,
            _ => false,
        };
        let leads = from < to
            && matches!(self.frame.part(from), Part::Cue(cue) if {
                let classes = self.frame.cues[cue as usize].classes;
                classes.has(CueClass::Function) && !classes.any(&[CueClass::Basis, CueClass::While, CueClass::Up, CueClass::Down])
            });
        let stated = own.and_then(|found| found.head).is_some_and(|head| is_index(head.what));
        if self.unit_kind(quantity) != Some(UnitKind::Index) || !leads || stated {
            return None;
        }
        let name =
            self.frame.names.iter().find(|name| name.start > from && name.start <= from + 4 && name.end <= to && is_index(name.what))?;
        let found = stretch(self.known, self.frame, name.start, name.end);
        let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, name.start, name.end);
        Some((topic, Found::Clause, true))
    }

    /// `số doanh nghiệp giải thể quý I tăng 26,1%, tỷ lệ này giảm xuống 16,9%`: a percentage that what points back to a change has come to is
    /// one too; a case that is pointed to (`nhóm này`) has a part of its own.
    pub(super) fn recalls_growth(&self, quantity: &Quantity, around: &Around, cue: Classes, previous: Option<&Draft>) -> bool {
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        if !cue.has(CueClass::Reach) || !percent || !self.is_behind_change(previous) {
            return false;
        }
        let cases = &self.known.name_words.cases;
        let case = |at: usize, end: usize| (at + 1..end).any(|end| cases.contains(&lowered(&words(self.text, self.tokens, at, end))));
        let points = |at: usize| self.hits.end_of(at, Mark::Anaphor).is_some_and(|end| !case(at, end));
        (around.clause.0..around.clause.1).any(points)
    }

    /// `tốc độ tăng trưởng giảm xuống 5%`, `GDP tăng 6%, quý sau giảm xuống 5%`: what falls is a growth, which stays above zero.
    pub(super) fn is_of_growth(&self, topic: &Topic, previous: Option<&Draft>) -> bool {
        topic.growth || self.is_behind_change(previous)
    }

    fn is_behind_change(&self, previous: Option<&Draft>) -> bool {
        let changed = |draft: &Draft| draft.measure == Measure::Change && draft.unit == "%";
        previous.map_or(self.before_measure == Some(Measure::Change), changed)
    }

    /// `xuất khẩu 5.000 tấn gạo, 3.000 tấn cà phê`: an amount right behind another, with its own goods, goes on with what is done with them.
    pub(super) fn listed_amount(&self, quantity: &Quantity, around: &Around, previous: Option<&Draft>) -> Option<Topic> {
        use UnitKind::{Area, Energy, Mass, Volume};
        let draft = previous?;
        let index = draft.topic.indicator?;
        let amount = matches!(self.unit_kind(quantity), Some(Mass | Volume | Area | Energy)) && self.is_of_kind(draft, quantity);
        let goods = self.known.indicators[index as usize].parts.contains(&knowledge::Part::Product);
        let last = &self.frame.quantities[draft.quantity];
        let good = |at: usize| self.frame.names.iter().find(|name| name.start == at && matches!(name.what, What::Product(_)));
        let bare = (around.clause.0..around.clause.1).all(|at| matches!(self.frame.part(at), Part::Mark | Part::Light) || self.is_and(at));
        let (first, name) = (good(last.end), good(quantity.end)?);
        if !amount || !goods || !bare || first.is_none() || around.base.is_some() {
            return None;
        }
        let mut topic = Topic { indicator: Some(index), ..draft.topic.clone() };
        topic.take(name.what, words(self.text, self.tokens, name.start, name.end));
        Some(topic)
    }

    /// Whether a stretch is nothing but the code of a share (`HPG tăng 1,6%`).
    pub(super) fn is_share_code(&self, found: &Stretch) -> bool {
        let code = |at: usize| {
            let token = &self.tokens[at];
            let letters = &self.text.chars[token.start as usize..token.end as usize];
            looks_like_code(letters.iter().copied())
        };
        found.head.is_none() && found.content.is_some_and(|(first, last)| last == first + 1 && code(first))
    }

    /// `Tính bình quân 6 tháng, con số này là 513.271 người`: a mere counter behind a word that points back counts what was counted before.
    pub(super) fn counted_before(&self, quantity: &Quantity, around: &Around, previous: Option<&Draft>) -> Option<(Topic, Found)> {
        let (from, to) = around.clause;
        let points = self
            .frame
            .names
            .iter()
            .any(|name| name.what == What::Anaphor && name.start >= from && name.start <= from + 1 && name.end <= to);
        let (topic, found) = previous.map(|draft| (&draft.topic, Found::Sentence)).or(self.before.map(|topic| (topic, Found::Context)))?;
        let counts = topic.indicator.is_some() && matches!(topic.kind, Some(Kind::Count | Kind::Stock | Kind::Flow));
        (points && counts && self.is_counter(quantity.unit.0, quantity.end)).then(|| (topic.clone(), found))
    }

    /// Whether a figure only counts the cases of a subject, markets or sessions (`là 2 thị trường lớn tiếp theo`): what follows is of the
    /// subject and not of them.
    pub(crate) fn counts_cases(&self, draft: &Draft) -> bool {
        let quantity = &self.frame.quantities[draft.quantity];
        let word = |end: usize| lowered(&words(self.text, self.tokens, quantity.unit.0, end));
        let cases = &self.known.name_words.cases;
        quantity.measured == Measured::Things
            && draft.topic.indicator.is_none()
            && (quantity.unit.0 + 1..=quantity.end.min(quantity.unit.0 + 3)).any(|end| cases.contains(&word(end)))
    }

    /// `thậm chí sẽ hưởng mức 4,25%`: nothing but a verb behind its auxiliary names no rate of its own.
    pub(super) fn only_acts(&self, quantity: &Quantity, found: &Stretch) -> bool {
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let mere =
            found.head.is_none() && !found.rate && !found.part && found.propers + found.narrowed == 0 && (1..=2).contains(&found.nouns);
        let helped = found.content.is_some_and(|(first, _)| {
            first > self.frame.range.0
                && (first.saturating_sub(2).max(self.frame.range.0)..first)
                    .any(|at| self.hits.spans((at, first), Mark::Cue(CueClass::Auxiliary)))
        });
        percent && mere && helped
    }
}
