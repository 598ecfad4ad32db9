//! Figures whose clause has no name of its own kind before it: what stands behind them, around them or in the clause before is meant.

use knowledge::{CueClass, Kind, UnitKind};

use super::around::Around;
use super::choice::Chosen;
use super::{Draft, Found, Sentence};
use crate::frame::{Cue, Name, Part, What};
use crate::letters::lowered;
use crate::mark::{Mark, Particle, TimeWord};
use crate::measure::Classes;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

impl Sentence<'_> {
    /// `nắm giữ 11 triệu cổ phiếu, chiếm 2,45% vốn`, `sở hữu 80% thị phần nước mắm`: a percentage right before the word for capital or
    /// a market is a part of that, whoever holds it.
    pub(super) fn part_of_capital(&self, quantity: &Quantity, around: &Around, cue: Classes, previous: Option<&Draft>) -> Option<Chosen> {
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let other = cue.any(&[CueClass::Up, CueClass::Down, CueClass::Multiple, CueClass::Complete, CueClass::Growth]);
        let (from, to) = around.behind;
        if !percent || other || from >= to || self.tokens[from].line || !matches!(self.frame.part(from), Part::Noun | Part::Name(_)) {
            return None;
        }
        let wholes = &self.known.name_words.wholes;
        let is_whole = |end: &usize| wholes.contains(&lowered(&words(self.text, self.tokens, from, *end)));
        let whole = (from + 1..=to.min(from + 4)).take_while(|end| *end <= to).filter(is_whole).last()?;
        let describes = |at: &usize| matches!(self.frame.part(*at), Part::Noun | Part::Proper | Part::Name(_));
        let last = (whole..to).take_while(describes).last().map_or(whole, |at| at + 1);
        let names_more =
            self.frame.names.iter().any(|name| name.start == from && name.end > whole && matches!(name.what, What::Indicator(..)));
        if names_more {
            return None;
        }
        let breakdown = previous.map(|draft| draft.topic.breakdown.clone()).unwrap_or_default();
        let text = words(self.text, self.tokens, from, last);
        // `Trung Quốc đạt 1,4 tỷ USD, chiếm 58% thị phần`: a bare share of the market is of the trade told of right before it.
        // (or in the sentence before: `Trong đó, Trung Quốc là thị trường lớn nhất, chiếm 30% thị phần`)
        let told = previous.map(|draft| (&draft.topic, Found::Sentence)).or(self.before.map(|topic| (topic, Found::Context)));
        if let Some((topic, place)) = told.filter(|(topic, _)| last == whole && self.is_of_trade(topic)) {
            return Some((Topic { part: true, ..topic.clone() }, place, false));
        }
        Some((Topic { text, breakdown, part: true, held: true, ..Topic::default() }, Found::Clause, false))
    }

    /// `nợ vay gấp 12 lần vốn chủ sở hữu (508,5 tỷ đồng)`: alone in the bracket stands what the multiple before it is taken of.
    pub(super) fn multiplied(&self, quantity: &Quantity, around: &Around) -> Option<Chosen> {
        let base = &self.frame.quantities[around.base?];
        let open = quantity.lead.checked_sub(1).filter(|at| self.tokens[*at].is('('))?;
        let taken = |name: &&Name| name.end == open && name.start >= base.end && !matches!(name.what, What::Anaphor);
        let name = self.frame.names.iter().find(taken).filter(|_| self.unit_kind(base) == Some(UnitKind::Times))?;
        let found = stretch(self.known, self.frame, name.start, name.end);
        found.head?;
        Some((Topic::of(self.known, self.frame, self.text, self.tokens, &found, name.start, name.end), Found::Clause, false))
    }

    /// Whether a subject is goods that are sold abroad or bought there.
    fn is_of_trade(&self, topic: &Topic) -> bool {
        let trade = |index: u16| {
            let indicator = &self.known.indicators[index as usize];
            indicator.topic == "foreign_trade" && indicator.kind == Kind::Flow
        };
        topic.indicator.is_some_and(trade)
    }

    /// `nguyên giá đạt 6 tỷ đồng, giá trị còn lại là 5 tỷ đồng`: a word of worth that is described names a sum of its own.
    pub(super) fn described_worth(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>) -> Option<Topic> {
        let (from, to) = around.clause;
        let sum = self.unit_kind(quantity) == Some(UnitKind::Money) && quantity.per[0].is_none();
        // (`có giá trị giao dịch hơn 1 tỷ đồng`)
        let led = |at: usize| {
            let ends = |cue: &Cue| cue.end == at && cue.classes.any(&[CueClass::Act, CueClass::Level]);
            at <= from + 2 || self.frame.cues.iter().any(ends)
        };
        let worth = |at: &usize| led(*at) && self.hits.is(*at, Mark::Cue(CueClass::Worth));
        let at = (from..to).find(worth).filter(|_| sum)?;
        let end = self.hits.end_of(at, Mark::Cue(CueClass::Worth))?;
        let stop = cue.map(|cue| cue.start).filter(|start| *start >= end).unwrap_or(to);
        let described = |at: usize| matches!(self.frame.part(at), Part::Noun | Part::Cue(_));
        let last = (end..stop).take_while(|at| described(*at)).last()?;
        let nouns = (end..=last).any(|at| self.frame.part(at) == Part::Noun);
        let remains = last > end && last + 1 == stop;
        (nouns || remains).then(|| Topic { text: words(self.text, self.tokens, at, last + 1), kind: Some(Kind::Flow), ..Topic::default() })
    }

    /// `Lớp Toán lấy 20 điểm, điểm chuẩn của lớp Sinh là 16 điểm`: a phrase that begins with a word of measure and runs up to the figure, or
    /// to its verb, is a name of its own, whatever stands before it.
    pub(super) fn measure_phrase(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>) -> Option<Topic> {
        let (from, to) = (around.clause.0, around.clause.1.min(quantity.lead));
        let behind = cue.and_then(|cue| self.phrase_of_measure(cue.end.max(from), to));
        let (start, end) = behind.or_else(|| self.phrase_of_measure(from, cue.map_or(to, |cue| cue.start.max(from))))?;
        let text = words(self.text, self.tokens, start, end);
        let found = stretch(self.known, self.frame, from, start);
        let breakdown = found.content.map(|(first, last)| words(self.text, self.tokens, first, last)).unwrap_or_default();
        // (what is called the price of something before it is one of goods only where its unit says so)
        let price = self.known.name_words.prices.contains(&lowered(&words(self.text, self.tokens, start, start + 1)));
        Some(Topic { text, breakdown, kind: (price && found.content.is_some()).then_some(Kind::Price), ..Topic::default() })
    }

    /// `đầu tư vào các địa phương với tổng số vốn 30 tỷ đồng`: what stands between `với` and the figure and is measured like it is its name,
    /// whatever was counted before.
    pub(super) fn measured_with(&self, quantity: &Quantity, around: &Around, own: Option<&(Stretch, usize, usize)>) -> Option<Topic> {
        let (found, from, _) = own?;
        let counts = |name: Name| matches!(name.what, What::Subject(index, _) if self.known.subjects[index as usize].kind == Kind::Count);
        let head = found.head.filter(|head| counts(*head))?;
        let (start, end) = self.phrase_of_measure(head.end.max(around.clause.0), quantity.lead)?;
        let led = start > around.clause.0 && self.hits.says(start - 1, Particle::With);
        let text = words(self.text, self.tokens, start, end);
        let kind = self.unit_kind(quantity)?;
        let fits = self.opens_measure(&text).is_some_and(|(units, _)| units.contains(&kind));
        let breakdown =
            stretch(self.known, self.frame, *from, start).content.map(|(first, last)| words(self.text, self.tokens, first, last));
        (led && fits).then(|| Topic { text, breakdown: breakdown.unwrap_or_default(), ..Topic::default() })
    }

    /// The longest phrase before `to` that begins with a word of measure and goes on with what is measured.
    pub(super) fn phrase_of_measure(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let goes_on = |at: &usize| match self.frame.part(*at) {
            Part::Noun | Part::Proper | Part::Name(_) | Part::Place(_) | Part::Light => true,
            Part::Cue(index) => {
                let kinds = [CueClass::Rate, CueClass::Part, CueClass::Narrow, CueClass::Worth, CueClass::Function];
                self.frame.cues[index as usize].classes.any(&kinds)
            }
            Part::Mention(_) | Part::Quantity(_) | Part::Mark => false,
        };
        // (`giảm từ 118 xuống 110`: the verbs of a figure are no part of its name)
        let predicate = |at: &usize| matches!(self.frame.part(*at), Part::Cue(_) | Part::Light | Part::Mention(_));
        let to = to - (from..to).rev().take_while(predicate).count();
        let first = (from..to).rev().take_while(|at| goes_on(at) && !self.hits.says(*at, Particle::With)).last()?;
        let end_of = |at: usize, mark: Mark| self.hits.end_of(at, mark);
        // (`người nộp thuế`: inside a phrase such a word opens nothing)
        let opens = |at: usize| at == first || !matches!(self.frame.part(at - 1), Part::Noun | Part::Proper | Part::Name(_));
        let (start, opened) = (first..to).filter(|at| opens(*at)).find_map(|at| end_of(at, Mark::Measure).map(|end| (at, end)))?;
        // (`tỷ lệ này` points back, `giá trị` is told of elsewhere)
        if end_of(start, Mark::Anaphor).max(end_of(start, Mark::Cue(CueClass::Worth))) > Some(opened) {
            return None;
        }
        let content = |at: &usize| matches!(self.frame.part(*at), Part::Noun | Part::Proper | Part::Name(_));
        let last = (opened..to).rev().find(content)?;
        Some((start, last + 1))
    }

    /// `Mức học phí từng cấp như sau: nhà trẻ 200.000 đồng`, `Thuế đối với sắt, đồng tăng từ 10%`: before a colon, or where the sentence
    /// opens with a name and no verb follows it up to the comma, the rest of a list only narrows that name.
    pub(super) fn list_of(&self, around: &Around, own: Option<&(Stretch, usize, usize)>) -> Option<Topic> {
        let (found, from, to) = own.filter(|(found, ..)| found.head.is_none() && found.nouns > 0 && found.nouns <= 6)?;
        if around.previous.is_some() || around.base.is_some() || *from < around.clause.0 {
            return None;
        }
        let joint = around.clause.0.checked_sub(1).filter(|at| *at > around.gap.0)?;
        let (fuller, start, end) = self.earlier(around)?;
        // (a word that may be a verb is a name before `như sau:`; the noun of a count is not)
        let colon = self.tokens[joint].is(':');
        let head = fuller.head.filter(|head| strength(self.known, head) == 3 || colon && strength(self.known, head) == 1)?;
        let verbs = || {
            self.frame
                .cues
                .iter()
                .any(|cue| cue.start >= head.end && cue.end <= joint && !cue.classes.any(&[CueClass::Function, CueClass::Narrow]))
        };
        // (`Trong danh sách xuất khẩu, …`)
        let introduces = |start: usize, end: usize| {
            let cue = |at: usize| matches!(self.frame.part(at), Part::Cue(_));
            let word = |at: usize| cue(at) || self.frame.part(at) == Part::Noun && cue(start) && end - start <= 4;
            (start..end).all(word)
        };
        let opens = self.tokens[joint].is(',') && introduces(start, head.start) && !verbs();
        (colon || opens).then(|| {
            let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &fuller, start, end);
            topic.narrowed(self.frame, self.text, self.tokens, found, *from, *to)
        })
    }

    /// `thấp hơn nhiều so với mức đỉnh 79 điểm`: a mere level that the figure before it is compared with is one of the same subject.
    pub(super) fn compared_level(&self, quantity: &Quantity, around: &Around, previous: Option<&Draft>) -> Option<Chosen> {
        let (from, to) = around.clause;
        let basis = self.frame.cues.iter().rfind(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Basis))?;
        let found = stretch(self.known, self.frame, basis.end, to);
        // `60% doanh nghiệp cho rằng … so với 55% của quý trước`: nothing stands between the figure before and what it is compared with
        // but what that says.
        let joined = from == around.gap.0 || stretch(self.known, self.frame, from, basis.start).is_empty();
        let part = quantity.measured != Measured::Things && self.unit_kind(quantity) == Some(UnitKind::Percent);
        // (`lạm phát cơ bản tăng 3,1%, thấp hơn mức tăng 3,3% của CPI`: what it is of stands behind it)
        let behind = around.behind;
        let of = |name: &Name| name.start == behind.0 + 1 && name.end <= behind.1 && matches!(name.what, What::Indicator(..));
        let of_other = self.hits.spans((behind.0, behind.0 + 1), Mark::Time(TimeWord::Of)) && self.frame.names.iter().any(of);
        if let Some(draft) = previous.filter(|draft| {
            joined
                && part
                && !of_other
                && found.is_empty()
                && self.is_basis(around, quantity)
                && self.is_of_kind(draft, quantity)
                && !draft.topic.text.is_empty()
        }) {
            return Some((draft.topic.clone(), Found::Sentence, false));
        }
        let mere = found.head.is_none() && found.narrowed + found.propers == 0 && (1..=3).contains(&found.nouns);
        let states = self.frame.cues.iter().filter(|cue| cue.start >= basis.end && cue.end <= to).any(|cue| {
            cue.classes.any(&[CueClass::Reach, CueClass::Up, CueClass::Down, CueClass::Speaker, CueClass::Equal])
                || cue.classes.has(CueClass::Level) && cue.start > basis.end + 1
        });
        if !mere || states {
            return None;
        }
        let own = stretch(self.known, self.frame, from, basis.start);
        if own.head.is_some() {
            return None;
        }
        let (topic, place) = match previous {
            // (`vẫn ở mức 50, còn xa so với mức cao nhất 79 điểm`)
            Some(draft) if self.is_of_kind(draft, quantity) || self.unit_kind(&self.frame.quantities[draft.quantity]).is_none() => {
                (&draft.topic, Found::Sentence)
            }
            Some(_) => return None,
            None => (self.before?, Found::Context),
        };
        (!topic.text.is_empty() && self.fits(topic, quantity)).then(|| (topic.clone(), place, false))
    }
}
