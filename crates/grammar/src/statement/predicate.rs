//! What is done with an amount, where no name of the vocabulary says what it is: `đã bán 2 triệu cổ phiếu`, `nộp 5 tỷ đồng`.

use knowledge::{CueClass, UnitKind};

use super::around::Around;
use super::{Draft, Sentence};
use crate::frame::{Cue, Name, Part};
use crate::letters::lowered;
use crate::mark::Mark;
use crate::measure::Classes;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Topic, strength, stretch, words};

impl Sentence<'_> {
    /// The topic of a figure that is the object of a verb: the verb with its object, narrowed by who acts.
    ///
    /// Nothing where a name of the vocabulary governs the figure, or where the verb is one of its own cues (`tăng`, `chiếm`).
    pub(super) fn done(
        &self,
        quantity: &Quantity,
        around: &Around,
        cue: Option<&Cue>,
        previous: Option<&Draft>,
        topic: &Topic,
    ) -> Option<(Topic, (usize, usize))> {
        let kind = self.unit_kind(quantity);
        let amount = quantity.measured == Measured::Things
            || matches!(kind, Some(UnitKind::Money | UnitKind::Mass | UnitKind::Volume | UnitKind::Area | UnitKind::Count));
        let governed = cue.is_some_and(|cue| !cue.classes.any(&[CueClass::Act, CueClass::Done, CueClass::Particle]));
        let price = kind == Some(UnitKind::Money) && quantity.per[0].is_some();
        if !amount || governed || price || around.base.is_some() || !self.is_unnamed(topic) {
            return None;
        }
        let own = self.own(around, cue).filter(|(found, ..)| !found.is_empty());
        // (a fund is none of the people that it pays: `Quỹ Bảo hiểm thất nghiệp chi trả cho 21.000 lao động`)
        let named = |head: Name| head.counted || (topic.indicator.is_none() && strength(self.known, &head) == 3);
        if own.as_ref().and_then(|(found, ..)| found.head).is_some_and(named) {
            return None;
        }
        // `mua 7.610 DHA, 1.000 GMD`: the verb goes on.
        let goes_on = || {
            let same = |draft: &&Draft| self.unit_kind(&self.frame.quantities[draft.quantity]) == kind;
            previous.filter(same).filter(|_| own.is_none() && cue.is_none()).and_then(|draft| draft.verb)
        };
        let verb = self.verb(quantity, around).or_else(goes_on)?;
        let object = match quantity.measured {
            Measured::Things => {
                Some(self.noun(quantity, around)).filter(|_| self.is_security(quantity) || !self.is_counter(quantity.unit.0, quantity.end))
            }
            _ if self.is_security(quantity) => Some(words(self.text, self.tokens, quantity.unit.0, quantity.unit.1)),
            _ => self.object(around),
        };
        let said = words(self.text, self.tokens, verb.0, verb.1);
        let text = match &object {
            Some(object) => format!("{said} {object}"),
            None => said,
        };
        let first = own.and_then(|(found, ..)| found.content).map(|(first, _)| first).filter(|first| *first < verb.0);
        let actor = first.and_then(|first| stretch(self.known, self.frame, first, verb.0).content);
        let breakdown = match actor {
            Some((first, last)) => words(self.text, self.tokens, first, last),
            None => topic.breakdown.clone(),
        };
        Some((Topic { text, breakdown, indicator: None, ..topic.clone() }, verb))
    }

    /// Whether a topic has no indicator, or only one of all that there is, which nobody does anything with (`hỗ trợ 35 triệu lao động`).
    fn is_unnamed(&self, topic: &Topic) -> bool {
        topic.indicator.is_none_or(|index| self.known.indicators[index as usize].standing)
    }

    /// The verb right before a figure: one of the lexicon, or up to three words behind an auxiliary (`sẽ thoái`, `bị bán giải chấp`).
    fn verb(&self, quantity: &Quantity, around: &Around) -> Option<(usize, usize)> {
        let from = around.clause.0;
        let classes = |at: usize| match self.frame.part(at) {
            Part::Cue(cue) => self.frame.cues[cue as usize].classes,
            _ => Classes::default(),
        };
        let helps = |at: usize| classes(at).has(CueClass::Auxiliary);
        let mut end = quantity.lead.max(from);
        // (`hỗ trợ cho`, `bán xong`)
        while end > from && (self.frame.part(end - 1) == Part::Light || classes(end - 1).has(CueClass::Particle)) {
            end -= 1;
        }
        // (`ghi nhận` is no `nhận`)
        let within = |at: usize| matches!(self.frame.part(at), Part::Cue(cue) if self.frame.cues[cue as usize].start < at);
        let listed = |at: &usize| !within(*at) && self.hits.spans((*at, end), Mark::Cue(CueClass::Done));
        if let Some(start) = (from.max(end.saturating_sub(4))..end).find(listed) {
            return Some((start, end));
        }
        let word = |at: usize| self.frame.part(at) == Part::Noun;
        let start = (from.max(end.saturating_sub(3))..end).rev().take_while(|at| word(*at)).last()?;
        (start > from && helps(start - 1)).then_some((start, end))
    }

    /// The words right behind a figure that it is an amount of (`cung cấp 2.000 tấn rau`).
    fn object(&self, around: &Around) -> Option<String> {
        let (from, to) = around.behind;
        let word = |at: usize| matches!(self.frame.part(at), Part::Noun | Part::Proper | Part::Name(_)) && !self.tokens[at].line;
        let last = (from..to.min(from + 4)).take_while(|at| word(*at)).last()?;
        Some(words(self.text, self.tokens, from, last + 1))
    }

    /// The words of a counted noun, with what describes it; the first of two numbers has the noun of the second (`72/73 hầm chui`).
    pub(super) fn noun(&self, quantity: &Quantity, around: &Around) -> String {
        let end = quantity.end.max(quantity.unit.1);
        let to = around.behind.1.max(end);
        let goes_on = |at: &usize| matches!(self.frame.part(*at), Part::Noun | Part::Proper | Part::Name(_) | Part::Light);
        let stop = (end..to).find(|at| !goes_on(at)).unwrap_or(to);
        words(self.text, self.tokens, quantity.unit.0, stop.max(end))
    }

    /// `quy mô 392 căn hộ`, `đã trồng 2 triệu cây`, `mất tích 11 người`: what counts things without telling which is called by their noun,
    /// too; a word that only counts shares is none.
    pub(super) fn with_noun(&self, quantity: &Quantity, around: &Around, topic: &Topic) -> Option<String> {
        let open = topic.indicator.is_none() && !topic.text.is_empty();
        if !open || quantity.measured != Measured::Things || self.is_security(quantity) {
            return None;
        }
        let text = lowered(&topic.text);
        let told = |at: usize| text.contains(&lowered(&words(self.text, self.tokens, at, at + 1)));
        // (`số lao động là 3 triệu người`, `khối lượng giao dịch 2 triệu đơn vị` say themselves that they are numbers of something)
        let counter = self.is_counter(quantity.unit.0, quantity.unit.1);
        let numbers = || self.opens_measure(&topic.text).is_some_and(|(units, _)| units.contains(&UnitKind::Count));
        if (quantity.unit.0..quantity.unit.1).any(told) || counter && numbers() {
            return None;
        }
        let noun = self.noun(quantity, around);
        (!noun.is_empty()).then(|| format!("{} {noun}", topic.text))
    }
}
