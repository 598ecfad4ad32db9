//! Who tells a figure: `theo báo cáo của Sở Công Thương`, `ông An, Giám đốc Sở, cho biết`.
//!
//! A speaker is a person, an office or a firm that the sentence names, or whoever was named last (`vị này cho biết thêm`).

use knowledge::CueClass;

use super::Sentence;
use crate::frame::Part;
use crate::mark::{Mark, Narrowing, Speaker, kind};
use crate::topic::words;

/// A speaker's name has no more tokens.
const NAME: usize = 16;
/// Words between what a figure is told in and whoever it is of (`số liệu mới nhất của`).
const APART: usize = 20;
/// Particles between a speaker and the verb (`cũng đã`).
const PARTICLES: usize = 3;

/// Who is named as telling something, and at which token that stands.
#[derive(Debug)]
pub(crate) struct Told {
    at: usize,
    by: String,
}

impl Sentence<'_> {
    /// Who tells something in the sentence, in order; `last` is who told something last.
    pub(crate) fn speakers(&self, last: &mut Option<String>) -> Vec<Told> {
        let mut all = Vec::new();
        for at in self.frame.range.0..self.frame.range.1 {
            let Some((start, end)) = self.teller(at) else { continue };
            // (`theo ông, …`)
            let pronoun = end == start + 1 && self.says(start, Speaker::Person) == Some(end) && !self.tokens[start].capital;
            let back = pronoun || [end - 1, end].into_iter().any(|at| self.says(at, Speaker::Back).is_some());
            let by = if back { last.clone() } else { Some(words(self.text, self.tokens, start, end)) };
            let Some(by) = by else { continue };
            *last = Some(by.clone());
            all.push(Told { at, by });
        }
        all
    }

    /// Which of them tells a figure: the last before it, or the one that closes a sentence behind its figures.
    pub(crate) fn speaker(&self, told: &[Told], quantity: usize) -> Option<String> {
        let start = self.frame.quantities[quantity].start;
        let closing = |told: &&Told| self.frame.quantities.iter().all(|quantity| quantity.start < told.at);
        let before = told.iter().rfind(|told| told.at < start);
        before.or_else(|| told.iter().find(closing)).map(|told| told.by.clone())
    }

    /// The name of whoever tells something by the word that begins at a token.
    fn teller(&self, at: usize) -> Option<(usize, usize)> {
        if !self.hits.has(at, kind::TELLING) {
            return None;
        }
        // (`tiếp theo` leads to nobody)
        let whole = matches!(self.frame.part(at), Part::Cue(cue) if self.frame.cues[cue as usize].start == at);
        match self.says(at, Speaker::Lead).filter(|_| whole) {
            Some(end) => self.author(end),
            None => self.says(at, Speaker::Verb).and_then(|_| self.subject_of(at)),
        }
    }

    /// Whoever stands behind `theo`, also behind what it is told in: `số liệu mới nhất của Tổng cục Thống kê`.
    fn author(&self, from: usize) -> Option<(usize, usize)> {
        let Some(end) = self.says(from, Speaker::Source) else { return self.speaker_at(from) };
        let near = (end..self.frame.range.1.min(end + APART)).take_while(|at| !matches!(self.frame.part(*at), Part::Mark));
        let of = near.into_iter().find_map(|at| self.says(at, Speaker::Of));
        of.and_then(|at| self.speaker_at(at)).or_else(|| self.speaker_at(end))
    }

    /// Whoever stands before a verb of saying: the first name of its stretch, before what else it is called (`ông An, Giám đốc Sở`).
    fn subject_of(&self, verb: usize) -> Option<(usize, usize)> {
        let first = self.frame.range.0;
        if verb == first || self.says(verb - 1, Speaker::Barred).is_some() {
            return None;
        }
        let figure = |at: &usize| matches!(self.frame.part(*at), Part::Quantity(_));
        let from = (first..verb).rev().find(figure).map_or(first, |at| at + 1);
        let opens = |at: &usize| *at == first || *at > from && matches!(self.frame.part(*at - 1), Part::Mark);
        let cue = |at: usize| matches!(self.frame.part(at), Part::Cue(cue) if self.frame.cues[cue as usize].classes.has(CueClass::Speaker));
        let reaches = |(start, end): &(usize, usize)| {
            // (the person's office may follow, but nothing that is told of)
            let office = || (self.tokens[*end].is(',') || self.tokens[*end].is('(')) && cue(verb);
            let told = || self.frame.names.iter().any(|name| name.is_subject() && name.start >= *end && name.end <= verb);
            (*end + PARTICLES >= verb || office() && !told()) && self.frame.depth(*start) == self.frame.depth(verb)
        };
        let person = |at: &usize| self.says(*at, Speaker::Person).is_some();
        let opening = (from..verb).filter(opens).find_map(|at| self.author(at).filter(reaches));
        opening.or_else(|| (from..verb).filter(person).find_map(|at| self.speaker_at(at).filter(reaches)))
    }

    /// The name of a person, an office or a firm that begins at a token.
    fn speaker_at(&self, at: usize) -> Option<(usize, usize)> {
        let (from, to) = self.frame.range;
        // (behind the last token nothing begins: a sentence may end in `theo`)
        if at >= to {
            return None;
        }
        // (in the middle of a name none begins, nor is the outlet one: `TPO - VEPR cho rằng`)
        let word = || self.says(at - 1, Speaker::Person).is_some_and(|end| end > at);
        let inside = at > from
            && (word() || at > from + 1 && self.tokens[at - 1].is_word() && self.tokens[at - 1].capital && self.tokens[at].capital);
        let outlet = at == from && at + 1 < to && self.tokens[at + 1].is('-') && self.tokens[at + 1].spaced;
        if inside || outlet || !self.begins_speaker(at) {
            return None;
        }
        let limit = to.min(at + NAME);
        let noun = self.says(at, Speaker::Person).or_else(|| self.listed(at, to, Narrowing::Body));
        let mut end = noun.unwrap_or(at + 1);
        while end < limit && self.goes_on(end) {
            end += 1;
        }
        // (`của`, `và` belong to what would follow)
        let particle =
            |at: usize| matches!(self.frame.part(at), Part::Cue(cue) if !self.tokens[self.frame.cues[cue as usize].start].capital);
        while end > noun.unwrap_or(at + 1) && particle(end - 1) && self.says(end - 1, Speaker::Back).is_none() {
            end -= 1;
        }
        Some((at, end))
    }

    fn begins_speaker(&self, at: usize) -> bool {
        let (token, part) = (&self.tokens[at], self.frame.part(at));
        let next = |end: usize| self.tokens.get(end).is_some_and(|token| token.is_word() && token.capital);
        let body = || self.listed(at, self.frame.range.1, Narrowing::Body).is_some_and(next) && !matches!(part, Part::Place(_));
        let proper = || token.capital && (part == Part::Proper || part == Part::Noun && self.begins_name(at));
        // (`hội thảo`, `vị trí`: a short word in small letters needs a name behind it)
        let person =
            |end: usize| end > at + 1 || token.capital || next(end) || !self.goes_on(end) || self.says(end, Speaker::Back).is_some();
        self.says(at, Speaker::Person).is_some_and(person) || body() || proper()
    }

    /// Whether a token goes on with a name.
    fn goes_on(&self, at: usize) -> bool {
        if at >= self.frame.range.1 {
            return false;
        }
        let token = &self.tokens[at];
        if self.hits.has(at, kind::TELLING) && !token.capital {
            return false;
        }
        match self.frame.part(at) {
            // (`Sở Kế hoạch - Đầu tư`)
            Part::Mark => {
                let next = self.tokens.get(at + 1).is_some_and(|next| next.is_word() && next.capital);
                token.is('&') || token.is('-') && (!token.spaced || next)
            }
            Part::Quantity(_) | Part::Mention(_) => false,
            Part::Light => token.capital,
            Part::Cue(index) => {
                let cue = &self.frame.cues[index as usize];
                // (`Cục Thống kê tỉnh Long An`)
                let placed = || self.frame.places.iter().any(|place| place.start == cue.end);
                let joins = || cue.classes.has(CueClass::Function) && self.tokens.get(cue.end).is_some_and(|next| next.capital);
                self.tokens[cue.start].capital || !cue.classes.has(CueClass::Where) && (joins() || placed())
            }
            Part::Name(_) | Part::Place(_) | Part::Proper | Part::Noun => true,
        }
    }

    fn says(&self, at: usize, word: Speaker) -> Option<usize> {
        self.hits.end_within(at, self.frame.range.1, Mark::Speaker(word))
    }
}
