//! What narrows a figure beyond its name: the firm, the good, the project that its sentence or its text is about, and the words
//! that say which of its values it is (`bình quân`, `bán ra`, `kỳ hạn 6 tháng`).
//!
//! It is looked for when all else is settled, and of all other fields only the codes follow it (`codes.rs`).

use std::cmp::Reverse;
use std::iter;

use knowledge::{CueClass, Indicator, Kind, Narrowed};
use model::Measure;

use super::around::Around;
use super::told::Wanted;
use super::{Draft, Found, Sentence};
use crate::frame::{Name, Part, What};
use crate::letters::{begins, behind, holds, lowered, same};
use crate::lexicon::Hit;
use crate::mark::{Mark, Narrowing};
use crate::quantity::{Measured, Quantity};
use crate::token::{Kind as Token, is_letter};
use crate::topic::{Topic, narrows, words};

/// So many words tell the length of a deposit (`kỳ hạn 6 tháng`).
const OF_TERM: usize = 4;

/// Hollow phrases have no more words.
const LONGEST: usize = 4;

/// The words of a good behind its price are no more.
const LONGEST_GOOD: usize = 10;

/// What the text before a figure was about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Theme {
    /// The enterprise that the text is about.
    protagonist: Option<String>,
    /// The last product that was named.
    product: Option<String>,
    /// Who was named last.
    firm: Option<String>,
    /// The last floor of the markets.
    floor: Option<String>,
    /// The last case of every subject.
    cases: Vec<Case>,
    /// Which of them the last figure was of.
    last: Option<usize>,
}

/// The last case of a subject.
#[derive(Clone, Debug)]
struct Case {
    indicator: Option<u16>,
    /// The subject's words where it has no indicator.
    text: String,
    said: String,
}

impl Case {
    fn is_of(&self, topic: &Topic) -> bool {
        self.indicator == topic.indicator && (topic.indicator.is_some() || self.text == topic.text)
    }
}

impl Theme {
    /// The theme of a text that is about an enterprise, or about none.
    pub(crate) fn of(protagonist: Option<String>) -> Self {
        Self { protagonist, ..Self::default() }
    }

    /// Notes the case that a figure is of.
    fn note(&mut self, topic: &Topic, found: &[String]) {
        let known = self.cases.iter().position(|case| case.is_of(topic));
        let at = known.unwrap_or(self.cases.len());
        if known.is_none() {
            let text = if topic.indicator.is_some() { String::new() } else { topic.text.clone() };
            self.cases.push(Case { indicator: topic.indicator, text, said: String::new() });
        }
        let said = &mut self.cases[at].said;
        said.clear();
        for (index, part) in found.iter().enumerate() {
            said.push_str(if index > 0 { ", " } else { "" });
            said.push_str(part);
        }
        self.last = Some(at);
    }

    /// The last case of a subject.
    fn case_of(&self, topic: &Topic) -> Option<String> {
        self.cases.iter().find(|case| case.is_of(topic)).map(|case| case.said.clone())
    }

    /// The case that the last figure was of.
    fn last_case(&self) -> Option<String> {
        self.last.map(|at| self.cases[at].said.clone())
    }
}

impl Sentence<'_> {
    /// What narrows the figure of a draft, part by part, as printed.
    pub(crate) fn narrowing(&self, draft: &Draft, theme: &mut Theme) -> Vec<String> {
        let quantity = &self.frame.quantities[draft.quantity];
        let around = draft.around;
        let mut found = Vec::new();
        match draft.member {
            Some(((start, end), list)) => {
                found.extend(self.product(list));
                found.push(words(self.text, self.tokens, start, end));
            }
            None => match self.priced(draft) {
                Some(good) => found.push(good),
                None => self.case(draft, quantity, &around, theme, &mut found),
            },
        }
        if !found.is_empty() {
            theme.note(&draft.topic, &found);
        }
        let firm = theme.protagonist.as_ref().filter(|_| self.is_somebodys(draft));
        self.add(&mut found, firm.cloned());
        self.qualifiers(draft, quantity, &around, &mut found);
        found
    }

    /// Whether a figure can be of an enterprise: no index, nor what is of a place as a whole.
    fn is_somebodys(&self, draft: &Draft) -> bool {
        let whole = |index: u16| self.known.indicators[index as usize].narrowed == Narrowed::Seldom;
        draft.unit != "point" && draft.topic.kind != Some(Kind::Index) && !draft.topic.indicator.is_some_and(whole)
    }

    /// What the sentence leaves behind for those after it.
    pub(crate) fn leave(&self, theme: &mut Theme) {
        let (from, to) = self.frame.range;
        theme.product = self.product(to).or_else(|| theme.product.take());
        // (most sentences name nobody)
        let names = self.begins_name(from) || (from..to).any(|at| self.frame.part(at) == Part::Proper);
        if names && let Some(phrase) = self.phrases(from, to).find(|phrase| phrase.marked && self.is_firm(phrase)) {
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

    /// `92,7 USD/thùng xăng RON95 (tăng 1,2 USD/thùng)`: the good behind a price, which a bracket behind it tells of too.
    fn priced(&self, draft: &Draft) -> Option<String> {
        let depth = |at: &usize| self.frame.depth(self.frame.quantities[*at].start);
        let own = depth(&draft.quantity);
        let outside = (0..draft.quantity).rev().find(|at| depth(at) < own);
        let quantity = &self.frame.quantities[outside.unwrap_or(draft.quantity)];
        let (at, to) = (quantity.end, self.frame.range.1);
        if draft.topic.kind != Some(Kind::Price) || quantity.per[0].is_none() || at == to || self.tokens[at].line {
            return None;
        }
        let of_price =
            |name: &Name| matches!(name.what, What::Indicator(index, _) if self.known.indicators[index as usize].kind == Kind::Price);
        let named = self.frame.names.iter().chain(&self.frame.inner);
        let name = named.filter(|name| name.start == at && (is_product(name) || of_price(name))).max_by_key(|name| name.end)?;
        // The phrase goes on to the mark that closes it (`xăng RON92 dùng để pha chế (…)`).
        let closes = |at: &usize| matches!(self.tokens[*at].kind, Token::Mark('(' | ';' | ',' | '.'));
        let end = (name.end..to.min(at + LONGEST_GOOD)).find(closes).unwrap_or(name.end);
        Some(words(self.text, self.tokens, at, end))
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
            let firm = theme.protagonist.as_ref().or(theme.firm.as_ref()).filter(|_| of_firm).cloned();
            firm.or_else(|| if of_case && !named { theme.last_case() } else { None })
        };
        if !named && self.is_traded(draft) {
            let floor = self.floor(self.frame.range.0, quantity.lead).or_else(|| theme.floor.clone());
            self.add(found, floor.filter(|floor| !floor.is_empty()));
        }
        let told = self
            .told(draft, quantity, Wanted::Marked)
            .or_else(|| self.behind_it(draft, around))
            .or_else(|| self.told(draft, quantity, Wanted::Firm))
            .or_else(|| self.code_of(draft))
            .or_else(|| theme.case_of(topic))
            .or_else(goes_on);
        self.add(found, told);
        if found.is_empty() && !named {
            self.add(found, self.good_of(draft));
        }
    }

    /// `mua 4.270 HAS`: the code in a name of no measure.
    fn code_of(&self, draft: &Draft) -> Option<String> {
        let topic = &draft.topic;
        let code = |word: &&str| word.len() >= 3 && word.chars().all(|letter| letter.is_ascii_uppercase()) && !self.is_hollow(word);
        let code = topic.text.split_whitespace().find(code).filter(|_| topic.indicator.is_none());
        code.map(str::to_owned)
    }

    /// `cần 7 triệu tấn phân bón`: the good that a name of no measure names.
    fn good_of(&self, draft: &Draft) -> Option<String> {
        let topic = &draft.topic;
        let names = self.frame.names.iter().chain(&self.frame.inner).filter(|name| is_product(name));
        let inside = names.filter(|name| holds(&topic.text, &self.letters(name.start, name.end)));
        inside.max_by_key(|name| name.end - name.start).map(|name| words(self.text, self.tokens, name.start, name.end))
    }

    /// The words of an indicator's name beyond the official one: `thu từ dầu thô` is budget revenue from oil.
    fn inside_name(&self, draft: &Draft, indicator: &Indicator) -> Option<String> {
        let parts: Vec<&str> = draft.topic.text.split_whitespace().collect();
        let own = |part: &&str| !self.is_filler(part) && !indicator.vi.split_whitespace().any(|other| is_word(other, part));
        let first = parts.iter().position(own)?;
        let last = parts.iter().rposition(own)?;
        let said = parts[first..=last].join(" ");
        // (`nguồn địa phương` is one whole)
        let whole = || (parts.len() <= 3).then(|| draft.topic.text.clone());
        if self.is_hollow(&said) { whole() } else { Some(said) }
    }

    /// Whether a word of a name says nothing of what it names (`của`, `khoản`).
    fn is_filler(&self, word: &str) -> bool {
        let lexicon = &self.known.lexicon;
        let function = lexicon.cues.iter().filter(|cue| cue.class == CueClass::Function).flat_map(|cue| &cue.says);
        function.chain(&lexicon.narrowing.fillers).any(|other| is_word(other, word))
    }

    /// The product named last before a token, also inside a longer name (`giá cà phê`).
    fn product(&self, before: usize) -> Option<String> {
        // (`sách` in `thu ngân sách` is none, nor `măng` in `xi măng`)
        let narrows = |inner: &&Name| {
            let head = self.frame.names.iter().find(|name| name.start <= inner.start && inner.end <= name.end);
            head.is_none_or(|head| narrows(self.known, head, inner))
        };
        let named = self.frame.names.iter().chain(self.frame.inner.iter().filter(narrows));
        let last = named.filter(|name| is_product(name) && name.end <= before).max_by_key(|name| (name.end, Reverse(name.start)))?;
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
        let rest = behind(&noun, self.letters(from, head))?.trim();
        (rest.starts_with(char::is_alphabetic) && !self.is_hollow(rest)).then(|| rest.to_owned())
    }

    /// Whether a cue of a class stands in tokens `from..to`.
    pub(super) fn has(&self, from: usize, to: usize, class: CueClass) -> bool {
        self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(class))
    }

    /// Whether the words of a breakdown are a name of the vocabulary, somebody's name or begin with a noun of kinds.
    fn is_name(&self, draft: &Draft, said: &str) -> bool {
        let topic = &draft.topic;
        let kinds = self.known.lexicon.cues.iter().filter(|cue| cue.class == CueClass::Narrow).flat_map(|cue| &cue.says);
        topic.product.is_some()
            || topic.industry.is_some()
            || topic.partner.is_some()
            || said.chars().skip(1).any(char::is_uppercase)
            || kinds.into_iter().any(|word| begins(said, word.chars().chain([' '])))
    }

    /// Whether words narrow nothing, alone or together (`địa bàn`, `thị trường`).
    fn is_hollow(&self, said: &str) -> bool {
        let mark = |letter: char| !(is_letter(letter) || letter.is_numeric());
        let lower = lowered(said);
        let mut rest = lower.trim_matches(mark);
        while !rest.is_empty() {
            let ends = rest.match_indices(mark).map(|(at, _)| at).chain([rest.len()]).take(LONGEST);
            let hollow = ends.filter(|end| self.known.lexicon.narrowing.hollow.contains(&rest[..*end])).last();
            let Some(end) = hollow else { return false };
            rest = rest[end..].trim_start_matches(mark);
        }
        true
    }

    /// Whether words are a name of the sentence, alone or behind a noun of kinds: `ngành ngân hàng` is a branch of the economy.
    fn is_coded(&self, said: &str) -> bool {
        let narrow = |start: usize| self.frame.cues.iter().find(|cue| cue.end == start && cue.classes.has(CueClass::Narrow));
        let named = |name: &Name| {
            let starts = [Some(name.start), narrow(name.start).map(|cue| cue.start)];
            starts.into_iter().flatten().any(|start| self.letters(start, name.end).eq(said.chars()))
        };
        !said.is_empty() && self.frame.names.iter().chain(&self.frame.inner).any(|name| !name.is_subject() && named(name))
    }

    /// Which of its values a figure is: a mean, an end, what is added, a side of a dealer's price, that of a term.
    fn qualifiers(&self, draft: &Draft, quantity: &Quantity, around: &Around, found: &mut Vec<String>) {
        let printed = |(from, to)| words(self.text, self.tokens, from, to);
        let level = draft.measure == Measure::Level;
        let clause = (around.clause.0, quantity.lead);
        let near = (clause.0.max(quantity.start.saturating_sub(4)), quantity.lead);
        let behind = (quantity.end, self.frame.range.1.min(quantity.end + 5));
        // (`thu nhập bình quân` says so itself)
        let beyond = |(from, to): &(usize, usize)| !holds(&draft.topic.text, &self.letters(*from, *to));
        self.add(found, self.longest(clause, Narrowing::Average).filter(beyond).map(printed));
        if level {
            self.add(found, self.longest(clause, Narrowing::Extreme).map(printed));
            self.add(found, self.longest(near, Narrowing::Increment).map(printed));
        }
        if draft.topic.kind == Some(Kind::Price) || draft.unit.contains('/') {
            let side = self.longest(clause, Narrowing::Side).or_else(|| self.longest(behind, Narrowing::Side));
            self.add(found, side.map(printed));
        }
        let term = |at: &usize| self.listed(*at, self.frame.range.1, Narrowing::Term).is_some();
        let before = (self.frame.range.0..quantity.lead).rev().find(term).map(|at| (at, quantity.lead));
        let after = (around.behind.0..around.behind.1).find(term).map(|at| (at, self.frame.range.1));
        self.add(found, before.or(after).map(|(at, limit)| printed((at, limit.min(at + OF_TERM)))));
    }

    /// Adds words that say something new: what stands side by side is one phrase (`ô tô nguyên chiếc`), what holds others takes their place.
    fn add(&self, found: &mut Vec<String>, said: Option<String>) {
        let Some(said) = said.filter(|said| !found.iter().any(|other| holds(other, &said.chars()))) else { return };
        found.retain(|other| !holds(&said, &other.chars()));
        match found.iter_mut().find_map(|other| self.joined(other, &said).map(|both| (other, both))) {
            Some((other, both)) => *other = both,
            None => found.push(said),
        }
    }

    /// Two cases as one phrase, where they stand side by side: `ô tô nguyên chiếc`, `gạo và cà phê`.
    fn joined(&self, one: &str, other: &str) -> Option<String> {
        let (from, to) = self.frame.range;
        let and = self.known.lexicon.numbers.and.iter().map(|word| [word.as_str(), " "]);
        let links = iter::once([""; 2]).chain(and);
        let begins = [one, other].map(|case| case.chars().next());
        let may_be = |at: &usize| begins.contains(&self.text.chars.get(self.tokens[*at].start as usize).copied());
        (from..to).filter(may_be).find_map(|at| {
            let here = |parts: &[&str; 5]| {
                let mut letters = self.letters(at, to);
                parts.iter().flat_map(|part| part.chars()).all(|letter| letters.next() == Some(letter))
            };
            let mut both = links.clone().flat_map(|[link, gap]| [[one, " ", link, gap, other], [other, " ", link, gap, one]]);
            both.find(here).map(|both| both.concat())
        })
    }

    /// The longest of some words in a stretch.
    fn longest(&self, (from, to): (usize, usize), list: Narrowing) -> Option<(usize, usize)> {
        let all = (from..to).filter_map(|at| self.listed(at, to, list).map(|end| (at, end)));
        all.max_by_key(|(at, end)| end - at)
    }
}

/// Whether two words are the same, in whatever case.
fn is_word(one: &str, other: &str) -> bool {
    one.len() == other.len() && same(one.chars(), other.chars())
}

fn is_product(name: &Name) -> bool {
    matches!(name.what, What::Product(_))
}
