//! Whose a figure is by the words around it: the nearest phrase before it that says so, and a case right behind it.

use std::iter;

use knowledge::CueClass;
use smallvec::SmallVec;

use super::around::Around;
use super::phrase::Phrase;
use super::{Draft, Sentence};
use crate::frame::Part;
use crate::letters::{holds, same};
use crate::mark::{Mark, Speaker};
use crate::quantity::Quantity;

/// How sure a phrase has to be of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A name or a noun of kinds stands in it.
    Marked,
    /// It is the name of a firm, whoever speaks.
    Firm,
}

impl Sentence<'_> {
    /// The nearest phrase before a figure that says whose it is: `Vinamilk đạt doanh thu 5 tỷ đồng, lợi nhuận 1 tỷ đồng`.
    pub(super) fn told(&self, draft: &Draft, quantity: &Quantity, wanted: Wanted) -> Option<String> {
        let topic = &draft.topic;
        let fits = |phrase: &Phrase| {
            let sure = || wanted == Wanted::Marked || self.is_firm(phrase);
            // (a name of the vocabulary is no case of itself)
            let itself = || topic.indicator.is_some() && same(topic.text.chars(), self.letters(phrase.start, phrase.end));
            phrase.marked
                && sure()
                && !self.says_nothing(phrase.start, phrase.end)
                && !itself()
                && !self.is_place(phrase)
                && !self.ends_address(phrase)
        };
        let tells = |clause: &(usize, usize)| {
            let speaks = || wanted == Wanted::Marked && self.has(clause.0, clause.1, CueClass::Speaker);
            self.is_told_of_it(*clause) && !speaks()
        };
        let of_clause = |(start, end): (usize, usize)| self.phrases(start, end).find(fits);
        let nearest = || self.clauses_until(quantity).filter(tells).find_map(of_clause);
        let phrase = if self.of_shares() { self.holder(quantity, tells, of_clause) } else { nearest() };
        phrase.map(|phrase| self.said(&phrase))
    }

    /// Whether a clause before a figure can tell of it: what stands right behind another is that one's complement, and what opens a basis
    /// is another time's.
    fn is_told_of_it(&self, (start, end): (usize, usize)) -> bool {
        // (`Philippines 120 triệu USD và Trung Quốc 85 triệu USD`: behind `và` something else begins)
        let behind = start > self.frame.range.0 && matches!(self.frame.part(start - 1), Part::Quantity(_));
        let complement = behind && !(start < end && self.is_and(start));
        end > start && !complement && !self.opens_basis(start)
    }

    /// The clauses before a figure, none deeper in brackets than it, the nearest first.
    fn clauses_until(&self, quantity: &Quantity) -> impl Iterator<Item = (usize, usize)> {
        let (from, depth) = (self.frame.range.0, self.frame.depth(quantity.start));
        let splits = move |at: &usize| {
            self.frame.is_joint(*at) || matches!(self.frame.part(*at), Part::Quantity(_)) || self.frame.depth(*at) > depth
        };
        let mut open = Some(quantity.lead);
        iter::from_fn(move || {
            let end = open?;
            let split = (from..end).rev().find(splits);
            open = split;
            Some((split.map_or(from, |at| at + 1), end))
        })
    }

    /// In a text of shares the person who holds them, else what clauses say: `ông Lê Văn Nam - Thành viên HĐQT bán ra …`.
    fn holder(
        &self,
        quantity: &Quantity,
        tells: impl Fn(&(usize, usize)) -> bool,
        of_clause: impl Fn((usize, usize)) -> Option<Phrase>,
    ) -> Option<Phrase> {
        let mut found = None;
        // A person who holds shares, and what was found before.
        let mut holder: Option<(Phrase, Option<Phrase>)> = None;
        let mut clauses: SmallVec<[(usize, usize); 16]> = self.clauses_until(quantity).collect();
        clauses.reverse();
        for clause @ (start, end) in clauses {
            let speaks = self.has(start, end, CueClass::Speaker);
            // (`ông Lê Văn Nam, Tổng Giám đốc, cho biết …`: who only tells it)
            if let Some((_, before)) = holder.take_if(|_| speaks) {
                found = before;
            }
            if tells(&clause) {
                // (what a person is stands beside the name)
                let beside = holder.filter(|(person, _)| person.end + 1 == start).map(|(person, _)| person);
                found = beside.or_else(|| of_clause(clause)).or(found);
            }
            if let Some(person) = self.person(start, end).filter(|_| !speaks) {
                holder = Some((person, found));
                found = Some(person);
            }
        }
        found
    }

    /// `18,5 triệu lao động ở khu vực thành thị`: a case right behind a figure.
    pub(super) fn behind_it(&self, draft: &Draft, around: &Around) -> Option<String> {
        let (from, to) = around.behind;
        let closing = [CueClass::Basis, CueClass::Plan, CueClass::Whole, CueClass::Up, CueClass::Down, CueClass::Verb];
        let ends = |at: &usize| matches!(self.frame.part(*at), Part::Cue(cue) if self.frame.cues[cue as usize].classes.any(&closing));
        let stop = (from..to).find(ends).unwrap_or(to);
        let phrase = self.phrases(from, stop).next().filter(|phrase| phrase.marked && phrase.start <= from + 3)?;
        // (`sang Philippines 120 triệu USD và Trung Quốc 85 triệu USD`: what stands right before the next figure behind `và` is that one's)
        let next = self.frame.quantities.get(draft.quantity + 1);
        if self.is_and(from) && phrase.start == from + 1 && next.is_some_and(|next| next.lead == phrase.end) {
            return None;
        }
        let itself = holds(&draft.topic.text, &self.letters(phrase.start, phrase.end));
        (!itself && !self.says_nothing(phrase.start, phrase.end)).then(|| self.said(&phrase))
    }

    /// Whether the sentence tells of shares.
    fn of_shares(&self) -> bool {
        let (from, to) = self.frame.range;
        (from..to).any(|at| self.hits.is(at, Mark::Security))
    }

    /// A person with a name (`ông Lê Văn Nam`).
    fn person(&self, from: usize, to: usize) -> Option<Phrase> {
        let named = |at: usize| {
            let noun = self.hits.end_of(at, Mark::Speaker(Speaker::Person))?;
            let end = (noun..to).find(|at| !(self.tokens[*at].is_word() && self.tokens[*at].capital)).unwrap_or(to);
            let small = !self.tokens[at].capital || at == self.frame.range.0;
            (small && end >= noun + 2).then_some(Phrase { start: at, end, marked: true })
        };
        (from..to).find_map(named)
    }

    fn opens_basis(&self, at: usize) -> bool {
        self.frame.cues.iter().any(|cue| cue.start == at && cue.classes.has(CueClass::Basis))
    }
}
