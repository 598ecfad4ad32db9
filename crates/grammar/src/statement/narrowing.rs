//! What narrows a figure beyond its name: the firm, the good, the project that its sentence or its text is about, and the words
//! that say which of its values it is (`bình quân`, `bán ra`, `kỳ hạn 6 tháng`).
//!
//! It is looked for when all else is settled, and no other field is read from it.

use std::collections::BTreeSet;

use knowledge::{CueClass, Indicator, Kind, Narrowed};
use model::Measure;

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::{Name, Part, What};
use crate::lexicon::Hit;
use crate::mark::Mark;
use crate::quantity::{Measured, Quantity};
use crate::topic::words;

/// So many words of a phrase are enough to say what it is.
const ENOUGH: usize = 8;

/// Phrases of the lists have no more words.
const LONGEST: usize = 4;

/// What the text before a figure was about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Theme {
    /// The last product that was named.
    product: Option<String>,
    /// Who was named last.
    firm: Option<String>,
    /// The last floor of the markets.
    floor: Option<String>,
    /// The case that the last figure was of.
    case: Option<String>,
    /// The last case of every subject.
    cases: Vec<(String, String)>,
}

impl Theme {
    /// Notes the case that a figure is of.
    fn note(&mut self, draft: &Draft, case: &str) {
        let key = subject(draft);
        self.cases.retain(|(known, _)| *known != key);
        self.cases.push((key, case.to_owned()));
        self.case = Some(case.to_owned());
    }

    /// The last case of the subject of a figure.
    fn case_of(&self, draft: &Draft) -> Option<String> {
        let key = subject(draft);
        self.cases.iter().find(|(known, _)| *known == key).map(|(_, case)| case.clone())
    }
}

/// A phrase that can narrow: tokens `start..end`.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    start: usize,
    end: usize,
    /// Whether a name or a noun of kinds stands in it.
    marked: bool,
}

/// How sure a phrase has to be of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// A name or a noun of kinds stands in it.
    Marked,
    /// It is the name of a firm, whoever speaks.
    Firm,
}

impl Sentence<'_> {
    /// What narrows the figure of a draft, as an observation says it.
    pub(crate) fn narrowing(&self, draft: &Draft, theme: &mut Theme) -> Option<String> {
        let quantity = &self.frame.quantities[draft.quantity];
        let around = self.around(draft.quantity);
        let mut found = Vec::new();
        self.case(draft, quantity, &around, theme, &mut found);
        if !found.is_empty() {
            theme.note(draft, &found.join(", "));
        }
        self.qualifiers(draft, quantity, &around, &mut found);
        (!found.is_empty()).then(|| found.join(", "))
    }

    /// What the sentence leaves behind for those after it.
    pub(crate) fn leave(&self, theme: &mut Theme) {
        let (from, to) = self.frame.range;
        theme.product = self.product(to).or_else(|| theme.product.take());
        if let Some(phrase) = self.phrases(from, to).into_iter().find(|phrase| phrase.marked && self.is_firm(phrase)) {
            theme.firm = Some(self.firm(&phrase));
        }
        if let Some(floor) = self.floor(from, to) {
            theme.floor = Some(floor).filter(|floor| !floor.is_empty());
        }
    }

    /// The case that a figure is of: what its own clause says of it, or where its name leaves it open what stands around.
    fn case(&self, draft: &Draft, quantity: &Quantity, around: &Around, theme: &Theme, found: &mut Vec<String>) {
        let topic = &draft.topic;
        let indicator = topic.indicator.map(|index| &self.known.indicators[index as usize]);
        let narrowed = indicator.map_or(Narrowed::Always, |indicator| indicator.narrowed);
        let said = Some(topic.breakdown.as_str()).filter(|said| !self.is_hollow(said) || self.is_coded(said));
        // (an index of the markets is one of all shares)
        let whole = draft.unit == "point" || topic.kind == Some(Kind::Index);
        match (narrowed, said) {
            (Narrowed::Seldom, Some(said)) => found.extend(self.is_name(draft, said).then(|| said.to_owned())),
            // `doanh nghiệp thành lập mới …, bán lẻ chiếm 40%`: a share is of a part.
            (Narrowed::Seldom, None) if draft.measure == Measure::Share => self.add(found, self.told(draft, quantity, Wanted::Marked)),
            (Narrowed::Seldom, None) => {}
            (Narrowed::Always, said) if whole => found.extend(said.map(str::to_owned)),
            (Narrowed::Always, Some(said)) => {
                found.push(said.to_owned());
                self.add(found, self.told(draft, quantity, Wanted::Marked));
                self.add(found, self.behind_it(draft, around));
                self.add(found, self.told(draft, quantity, Wanted::Firm));
                self.add(found, self.product(quantity.start));
            }
            (Narrowed::Always, None) => self.open(draft, quantity, around, theme, found),
            (_, Some(said)) => found.push(said.to_owned()),
            (_, None) => {
                let inside = indicator.filter(|_| narrowed == Narrowed::Named).and_then(|indicator| self.inside_name(draft, indicator));
                let beside = || self.told(draft, quantity, Wanted::Marked).or_else(|| self.behind_it(draft, around));
                self.add(found, inside.or_else(beside));
            }
        }
    }

    /// What a figure is of where its own name says nothing of it: `Doanh thu đạt …`, `giá tăng …`, `202 mã tăng giá`.
    fn open(&self, draft: &Draft, quantity: &Quantity, around: &Around, theme: &Theme, found: &mut Vec<String>) {
        let topic = &draft.topic;
        let named = topic.indicator.is_some();
        let price = topic.kind == Some(Kind::Price);
        if named && price {
            self.add(found, self.product(quantity.start).or_else(|| theme.product.clone()));
        }
        if quantity.measured == Measured::Things {
            self.add(found, self.described(quantity, around));
        }
        // What the text was about goes on where nothing else is named: for names of the vocabulary its last firm, for the
        // price of a share too, for another subject of the clause the last case.
        let of_firm = named || price || draft.unit.contains("share");
        let of_case = topic.kind.is_some() && draft.topic_from == Found::Clause && quantity.measured != Measured::Things;
        let goes_on = || {
            let firm = theme.firm.clone().filter(|_| of_firm);
            firm.or_else(|| theme.case.clone().filter(|_| of_case && !named))
        };
        if !named && self.is_traded(draft) {
            let floor = self.floor(self.frame.range.0, quantity.lead).or_else(|| theme.floor.clone());
            self.add(found, floor.filter(|floor| !floor.is_empty()));
        }
        let told = self
            .told(draft, quantity, Wanted::Marked)
            .or_else(|| self.behind_it(draft, around))
            .or_else(|| self.told(draft, quantity, Wanted::Firm))
            .or_else(|| theme.case_of(draft))
            .or_else(goes_on);
        self.add(found, told);
    }

    /// The words of an indicator's name beyond the official one: `thu từ dầu thô` is budget revenue from oil.
    fn inside_name(&self, draft: &Draft, indicator: &Indicator) -> Option<String> {
        let official = indicator.vi.to_lowercase();
        let function = |word: &str| {
            self.known.lexicon.cues.iter().any(|cue| cue.class == CueClass::Function && cue.says.iter().any(|other| other == word))
        };
        let parts: Vec<&str> = draft.topic.text.split_whitespace().collect();
        let own = |part: &&str| {
            let word = part.to_lowercase();
            !official.split_whitespace().any(|other| other == word) && !function(&word) && word != "đối" && word != "khoản"
        };
        let first = parts.iter().position(own)?;
        let last = parts.iter().rposition(own)?;
        let said = parts[first..=last].join(" ");
        // (`nguồn địa phương` is one whole)
        let whole = || (parts.len() <= 3).then(|| draft.topic.text.clone());
        if self.is_hollow(&said) { whole() } else { Some(said) }
    }

    /// The product named last before a token, also inside a longer name (`giá cà phê`).
    fn product(&self, before: usize) -> Option<String> {
        let named = self.frame.names.iter().chain(&self.frame.inner);
        let last = named.filter(|name| is_product(name) && name.end <= before).max_by_key(|name| name.start)?;
        Some(words(self.text, self.tokens, last.start, last.end))
    }

    /// `202 mã tăng giá`: what describes counted things.
    fn described(&self, quantity: &Quantity, around: &Around) -> Option<String> {
        let noun = self.noun(quantity, around);
        let (from, to) = quantity.unit;
        let counts = |hit: &&Hit| {
            matches!(hit.mark, Mark::Counter | Mark::Cue(CueClass::Narrow) | Mark::Subject(..) | Mark::Indicator(..))
                && hit.end as usize <= to
        };
        let head = self.hits.at(from).iter().filter(counts).map(|hit| hit.end as usize).min().unwrap_or(to);
        let rest = noun.strip_prefix(words(self.text, self.tokens, from, head).as_str())?.trim();
        (rest.starts_with(char::is_alphabetic) && !self.is_hollow(rest)).then(|| rest.to_owned())
    }

    /// The nearest phrase before a figure that says whose it is: `Vinamilk đạt doanh thu 5 tỷ đồng, lợi nhuận 1 tỷ đồng`.
    fn told(&self, draft: &Draft, quantity: &Quantity, wanted: Wanted) -> Option<String> {
        let (from, to) = (self.frame.range.0, quantity.lead);
        let depth = self.frame.depth(quantity.start);
        let splits = |at: &usize| {
            self.frame.is_joint(self.tokens, *at) || matches!(self.frame.part(*at), Part::Quantity(_)) || self.frame.depth(*at) > depth
        };
        let name = draft.topic.text.to_lowercase();
        let fits = |phrase: &Phrase| {
            let said = words(self.text, self.tokens, phrase.start, phrase.end);
            let sure = wanted == Wanted::Marked || self.is_firm(phrase);
            // (a name of the vocabulary is no case of itself)
            let itself = draft.topic.indicator.is_some() && name == said.to_lowercase();
            phrase.marked && sure && !itself && !self.is_hollow(&said) && !self.is_place(phrase)
        };
        let mut found = None;
        let mut start = from;
        while start < to {
            let end = (start..to).find(splits).unwrap_or(to);
            // What stands right behind a figure is its own complement.
            let complement = start > from && matches!(self.frame.part(start - 1), Part::Quantity(_));
            let speaks = wanted == Wanted::Marked && self.has(start, end, CueClass::Speaker);
            if end > start && !complement && !speaks && !self.opens_basis(start) {
                found = self.phrases(start, end).into_iter().find(fits).or(found);
            }
            start = end + 1;
        }
        found.map(|phrase| self.said(&phrase))
    }

    /// `18,5 triệu lao động ở khu vực thành thị`: a case right behind a figure.
    fn behind_it(&self, draft: &Draft, around: &Around) -> Option<String> {
        let (from, to) = around.behind;
        let closing = [CueClass::Basis, CueClass::Plan, CueClass::Whole, CueClass::Up, CueClass::Down, CueClass::Verb];
        let ends = |at: &usize| matches!(self.frame.part(*at), Part::Cue(cue) if self.frame.cues[cue as usize].classes.any(&closing));
        let stop = (from..to).find(ends).unwrap_or(to);
        let phrase = *self.phrases(from, stop).first()?;
        let said = words(self.text, self.tokens, phrase.start, phrase.end);
        let itself = draft.topic.text.to_lowercase().contains(&said.to_lowercase());
        (phrase.marked && phrase.start <= from + 3 && !itself && !self.is_hollow(&said)).then(|| self.said(&phrase))
    }

    /// The phrases of tokens `from..to` that are no subject, cue or adjunct.
    fn phrases(&self, from: usize, to: usize) -> Vec<Phrase> {
        let frame = self.frame;
        let mut found: Vec<Phrase> = Vec::new();
        let mut open: Option<Phrase> = None;
        let mut at = from;
        while at < to {
            let (next, takes, marks) = match frame.part(at) {
                Part::Noun => (at + 1, true, self.begins_name(at)),
                Part::Proper => (at + 1, true, true),
                Part::Name(index) => {
                    let name = frame.names[index as usize];
                    (name.end, !name.is_subject() && name.what != What::Anaphor, true)
                }
                Part::Place(index) => {
                    let place = frame.places[index as usize];
                    (place.end, open.is_some() || place.abroad, place.abroad)
                }
                Part::Cue(index) => {
                    let cue = &frame.cues[index as usize];
                    let narrow = cue.classes.has(CueClass::Narrow) && cue.start == at;
                    (cue.end.max(at + 1), narrow || open.is_some() && self.joins(at), narrow)
                }
                Part::Mark => {
                    (at + 1, open.is_some() && (self.tokens[at].is('-') && !self.tokens[at].spaced || self.tokens[at].is('&')), false)
                }
                Part::Light | Part::Mention(_) | Part::Quantity(_) => (at + 1, false, false),
            };
            if takes {
                let phrase = open.get_or_insert(Phrase { start: at, end: at, marked: false });
                phrase.end = next.min(to);
                phrase.marked |= marks;
            } else {
                found.extend(open.take());
            }
            at = next;
        }
        found.extend(open);
        found.retain(|phrase| !self.is_outlet(phrase));
        let lists = &self.known.lexicon.narrowing;
        for phrase in &mut found {
            let begins = |list| self.listed(phrase.start, phrase.end, list).is_some();
            // (`Sở Công Thương`)
            let of_office = self.frame.cues.iter().any(|cue| cue.end == phrase.start && cue.classes.has(CueClass::Office));
            phrase.marked = begins(&lists.bodies) || phrase.marked && !of_office && !begins(&lists.tellers);
        }
        found
    }

    /// Whether a word joins what stands on both sides of it to one phrase (`người lao động của nhà máy`).
    fn joins(&self, at: usize) -> bool {
        let word = words(self.text, self.tokens, at, at + 1).to_lowercase();
        let next = at + 1 < self.frame.range.1 && matches!(self.frame.part(at + 1), Part::Noun | Part::Proper);
        next && matches!(word.as_str(), "của" | "và")
    }

    /// `QĐM - Lợi nhuận …`, `(QĐM) …`: the outlet that a text begins with is no part of what it tells.
    fn is_outlet(&self, phrase: &Phrase) -> bool {
        let (from, to) = self.frame.range;
        let dash = phrase.end < to && self.tokens[phrase.end].is('-') && self.tokens[phrase.end].spaced;
        let bracketed = phrase.start == from + 1 && self.tokens[from].is('(') && phrase.end < to && self.tokens[phrase.end].is(')');
        phrase.start == from && dash && phrase.end == from + 1 || bracketed
    }

    /// Whether a sentence begins with a name (`Vinacafé Biên Hòa`, `UDC`).
    fn begins_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let next = at + 1 < self.frame.range.1 && self.frame.part(at + 1) == Part::Proper;
        at == self.frame.range.0 && token.capital && (next || token.upper && token.end - token.start >= 2)
    }

    /// Whether a phrase names someone or something that further sentences can be about: a code, a name of two words, a body with
    /// its name.
    fn is_firm(&self, phrase: &Phrase) -> bool {
        let proper = |at: usize| self.frame.part(at) == Part::Proper || self.begins_name(at);
        let code = |at: usize| proper(at) && self.tokens[at].upper && self.tokens[at].end - self.tokens[at].start >= 2;
        let body = self.listed(phrase.start, phrase.end, &self.known.lexicon.narrowing.bodies).is_some();
        (phrase.start..phrase.end).any(|at| code(at) || proper(at) && (body || at + 1 < phrase.end && proper(at + 1)))
    }

    /// Whether a phrase is nothing but a province or the country, of which the region tells (`toàn tỉnh Thanh Hóa`).
    fn is_place(&self, phrase: &Phrase) -> bool {
        let ends = |place: &&crate::place::Place| place.end == phrase.end && place.start >= phrase.start && place.whole && !place.abroad;
        let place = self.frame.places.iter().find(ends);
        place.is_some_and(|place| self.is_hollow(&words(self.text, self.tokens, phrase.start, place.start)))
    }

    /// The name in a phrase: its code, or the phrase as far as its names go.
    fn firm(&self, phrase: &Phrase) -> String {
        let code = |at: &usize| {
            let token = &self.tokens[*at];
            self.frame.part(*at) == Part::Proper && token.upper && token.end - token.start >= 3
        };
        let body = self.listed(phrase.start, phrase.end, &self.known.lexicon.narrowing.bodies).is_some();
        match (phrase.start..phrase.end).find(code) {
            Some(at) if !body => words(self.text, self.tokens, at, at + 1),
            _ => self.said(phrase),
        }
    }

    /// The words of a phrase: up to the last of its names, or the first few.
    fn said(&self, phrase: &Phrase) -> String {
        let proper = |at: usize| self.frame.part(at) == Part::Proper;
        // (`Chính phủ`, `Nhà nước`: a capital alone begins a word of two syllables)
        let alone = |at: usize| !self.tokens[at].upper && (at == phrase.start || !proper(at - 1));
        let end = match (phrase.start..phrase.end).rev().find(|at| proper(*at)) {
            Some(at) if alone(at) => phrase.end.min(at + 2),
            Some(at) => at + 1,
            None => phrase.end,
        };
        words(self.text, self.tokens, phrase.start, end.min(phrase.start + ENOUGH))
    }

    fn has(&self, from: usize, to: usize, class: CueClass) -> bool {
        self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(class))
    }

    fn opens_basis(&self, at: usize) -> bool {
        self.frame.cues.iter().any(|cue| cue.start == at && cue.classes.has(CueClass::Basis))
    }

    /// Whether the words of a breakdown are a name of the vocabulary, somebody's name or begin with a noun of kinds.
    fn is_name(&self, draft: &Draft, said: &str) -> bool {
        let topic = &draft.topic;
        let kinds = self.known.lexicon.cues.iter().filter(|cue| cue.class == CueClass::Narrow).flat_map(|cue| &cue.says);
        let lower = said.to_lowercase();
        topic.product.is_some()
            || topic.industry.is_some()
            || topic.partner.is_some()
            || said.chars().skip(1).any(char::is_uppercase)
            || kinds.into_iter().any(|word| lower.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    }

    /// Whether words narrow nothing, alone or together (`địa bàn`, `thị trường`).
    fn is_hollow(&self, said: &str) -> bool {
        let lower = said.to_lowercase();
        let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let hollow = &self.known.lexicon.narrowing.hollow;
        let mut at = 0;
        while at < words.len() {
            let longest = (1..=LONGEST.min(words.len() - at)).rev().find(|count| hollow.contains(&words[at..at + count].join(" ")));
            let Some(count) = longest else { return false };
            at += count;
        }
        true
    }

    /// Whether words are a name of the sentence, alone or behind a noun of kinds: `ngành ngân hàng` is a branch of the economy.
    fn is_coded(&self, said: &str) -> bool {
        let narrow = |start: usize| self.frame.cues.iter().find(|cue| cue.end == start && cue.classes.has(CueClass::Narrow));
        let named = |name: &Name| {
            let starts = [Some(name.start), narrow(name.start).map(|cue| cue.start)];
            starts.into_iter().flatten().any(|start| words(self.text, self.tokens, start, name.end) == said)
        };
        !said.is_empty() && self.frame.names.iter().chain(&self.frame.inner).any(|name| !name.is_subject() && named(name))
    }

    /// Where the longest phrase of a list that begins at a token ends.
    pub(super) fn listed(&self, at: usize, limit: usize, list: &BTreeSet<String>) -> Option<usize> {
        let ends = (at + 1..=limit.min(at + LONGEST)).rev();
        ends.into_iter().find(|end| list.contains(&words(self.text, self.tokens, at, *end).to_lowercase()))
    }

    /// Which of its values a figure is: a mean, an end, what is added, a side of a dealer's price, that of a term.
    fn qualifiers(&self, draft: &Draft, quantity: &Quantity, around: &Around, found: &mut Vec<String>) {
        let lists = &self.known.lexicon.narrowing;
        let name = draft.topic.text.to_lowercase();
        let level = draft.measure == Measure::Level;
        let clause = (around.clause.0, quantity.lead);
        let near = (clause.0.max(quantity.start.saturating_sub(4)), quantity.lead);
        let behind = (quantity.end, self.frame.range.1.min(quantity.end + 5));
        // (`thu nhập bình quân` says so itself)
        self.add(found, self.longest(clause, &lists.averages).filter(|word| !name.contains(&word.to_lowercase())));
        self.add(found, self.longest(clause, &lists.extremes).filter(|_| level));
        self.add(found, self.longest(near, &lists.increments).filter(|_| level));
        if draft.topic.kind == Some(Kind::Price) || draft.unit.contains('/') {
            self.add(found, self.longest(clause, &lists.sides).or_else(|| self.longest(behind, &lists.sides)));
        }
        let term = |at: &usize| self.listed(*at, self.frame.range.1, &lists.terms).is_some();
        let before = (self.frame.range.0..quantity.lead).rev().find(term).map(|at| (at, quantity.lead));
        let after = (around.behind.0..around.behind.1).find(term).map(|at| (at, self.frame.range.1));
        self.add(found, before.or(after).map(|(at, limit)| words(self.text, self.tokens, at, limit.min(at + LONGEST))));
    }

    /// Adds words that say something new: what stands side by side is one phrase (`ô tô nguyên chiếc`), what holds others takes their place.
    fn add(&self, found: &mut Vec<String>, said: Option<String>) {
        let Some(said) = said else { return };
        let lower = said.to_lowercase();
        if found.iter().any(|other| other.to_lowercase().contains(&lower)) {
            return;
        }
        found.retain(|other| !lower.contains(&other.to_lowercase()));
        let sentence = words(self.text, self.tokens, self.frame.range.0, self.frame.range.1);
        let joined = |other: &String| {
            let both = [" ", " và "].map(|link| [format!("{other}{link}{said}"), format!("{said}{link}{other}")]);
            both.into_iter().flatten().find(|both| sentence.contains(both.as_str()))
        };
        match found.iter_mut().find_map(|other| joined(other).map(|both| (other, both))) {
            Some((other, both)) => *other = both,
            None => found.push(said),
        }
    }

    /// The longest phrase of a list in a stretch, as printed.
    fn longest(&self, (from, to): (usize, usize), list: &BTreeSet<String>) -> Option<String> {
        let all = (from..to).filter_map(|at| self.listed(at, to, list).map(|end| (at, end)));
        let (at, end) = all.max_by_key(|(at, end)| end - at)?;
        Some(words(self.text, self.tokens, at, end))
    }
}

/// By what the subject of a figure is known again: its indicator, or its words.
fn subject(draft: &Draft) -> String {
    draft.topic.indicator.map_or_else(|| draft.topic.text.clone(), |index| index.to_string())
}

fn is_product(name: &Name) -> bool {
    matches!(name.what, What::Product(_))
}
