//! What a general subject becomes beside certain words, goods and units.

use knowledge::{Kind, Specialisation};
use smallvec::SmallVec;

use crate::letters::{looks_like_code, lowered, same};
use crate::lexicon::Hit;
use crate::mark::{Mark, Where, kind};
use crate::reader::{Grammar, Scratch};
use crate::setting::Setting;
use crate::statement::{Draft, Found};
use crate::topic::{Topic, strength, stretch};

/// How near words are that decide wherever others stand: the figure's unit, what stands right behind it, a title that says what
/// the whole text is on.
const DECIDES: usize = usize::MAX;

/// Tokens of the longest heading that announces a subject.
const LONGEST_HEADING: usize = 40;

/// Which specialisations the title of a text calls for, by their numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Titled([u64; Specialisation::MOST / 64]);

impl Titled {
    pub(crate) fn note(&mut self, number: u16) {
        self.0[usize::from(number / 64)] |= 1 << (number % 64);
    }

    fn has(&self, number: u16) -> bool {
        self.0[usize::from(number / 64)] & 1 << (number % 64) != 0
    }
}

impl Grammar<'_> {
    /// A product makes a general indicator its own (`production_volume` of paddy is `rice_output`), or none.
    pub(crate) fn by_product(&self, drafts: &mut [Draft]) {
        for topic in drafts.iter_mut().map(|draft| &mut draft.topic) {
            let (Some(index), Some(product)) = (topic.indicator, topic.product) else { continue };
            let becomes = self.known().products[product as usize].becomes.get(&self.known().indicators[index as usize].id);
            if let Some(id) = becomes {
                topic.indicator = self.known().number_of(id);
            }
        }
    }

    /// Money for a kilogram or a litre of what no name covers is the price of a good, and so is what is called a price (`giá mai Tết`).
    pub(crate) fn price_of_goods(&self, drafts: &mut [Draft]) {
        for draft in drafts.iter_mut().filter(|draft| draft.topic.indicator.is_none()) {
            let per = draft.unit.split_once('/');
            let goods = per.is_some_and(|(money, per)| {
                money.len() == 3 && self.known().units.denominators.iter().any(|entry| entry.goods && entry.id == per)
            });
            let called = matches!(draft.unit.as_str(), "%" | "VND" | "USD")
                && self.known().name_words.prices.iter().any(|word| {
                    let mut words = draft.topic.text.split_whitespace();
                    words.next().is_some_and(|first| lowered(first) == *word) && words.next().is_some()
                });
            let priced = match draft.topic.kind {
                None => goods || called && !self.is_of_shares(&draft.topic),
                // (`giá trúng thầu 41,16 triệu đồng/lượng`)
                Some(Kind::Price) => goods,
                Some(_) => false,
            };
            if priced && let Some(price) = self.known().number_of("commodity_price") {
                draft.topic.indicator = Some(price);
                draft.topic.kind = Some(Kind::Price);
            }
        }
        Self::price_as_neighbours(drafts);
    }

    /// Whether what is called a price is one of shares (`giá cổ phiếu`, `giá như DPM`): by their noun, or by a code that is no good.
    fn is_of_shares(&self, topic: &Topic) -> bool {
        let code = || topic.product.is_none() && topic.text.split_whitespace().any(|word| looks_like_code(word.chars()));
        let noun = || self.known().units.securities.iter().any(|noun| topic.text.contains(noun.as_str()) && noun.contains(' '));
        noun() || code()
    }

    /// `Cá tăng từ 45.000 đồng lên 50.000 đồng/kg, tôm từ 70.000 đồng lên 90.000 đồng`: of one subject a sum is a price where another is one.
    fn price_as_neighbours(drafts: &mut [Draft]) {
        for at in 0..drafts.len() {
            let Draft { topic, unit, .. } = &drafts[at];
            let priced = |other: &&Draft| {
                let money = other.unit.split_once('/').is_some_and(|(money, _)| money == unit);
                money && other.topic.kind == Some(Kind::Price) && other.topic.indicator.is_some() && other.topic.text == topic.text
            };
            if topic.indicator.is_some() || topic.kind.is_some() || topic.text.is_empty() {
                continue;
            }
            if let Some(price) = drafts.iter().find(priced).and_then(|other| other.topic.indicator) {
                (drafts[at].topic.indicator, drafts[at].topic.kind) = (Some(price), Some(Kind::Price));
            }
        }
    }

    /// General indicators become special ones beside certain words, in the sentence or in the title, or behind figures of others.
    pub(crate) fn specialise(&self, drafts: &mut [Draft], scratch: &Scratch, setting: &Setting, before: Option<&Topic>) {
        if drafts.iter().all(|draft| draft.topic.indicator.is_none()) {
            return;
        }
        let words = Words::of(scratch);
        // What the figure before was before and after.
        let mut last = (None, None);
        let mut told = before.and_then(|topic| topic.indicator);
        for draft in drafts {
            let Some(index) = draft.topic.indicator else { continue };
            let calls = Calls { draft: &*draft, told, words: &words, setting };
            let special = self.special(&calls, index, scratch).map(|entry| entry.becomes);
            // `vận chuyển 2,5 triệu lượt, trong đó khách quốc tế 1,35 triệu lượt`: the name is a case of what was told of.
            if told.is_some() && special == Some(told) && draft.topic.breakdown.is_empty() && self.is_case_of(index, told) {
                draft.topic.breakdown.clone_from(&draft.topic.text);
            }
            // `91 USD/thùng (giảm 1,67%)`: the percentage is of what its amount is.
            let end = scratch.frame.quantities[draft.quantity].end;
            let regards = scratch.hits.at(end).iter().any(|hit| matches!(hit.mark, Mark::Beside(_, Where::Behind)));
            let follows =
                matches!(draft.unit.as_str(), "%" | "x" | "pp") && draft.topic_from != Found::Clause && last.0 == Some(index) && !regards;
            let special = special.or(if follows { last.1 } else { None });
            last = (Some(index), special);
            if let Some(to) = special {
                draft.topic.indicator = to;
                draft.topic.kind = to.map_or(draft.topic.kind, |to| Some(self.known().indicators[to as usize].kind));
            }
            told = draft.topic.indicator.or(told);
        }
    }

    /// Whether an indicator is a case of another behind it, whatever it is called.
    fn is_case_of(&self, index: u16, told: Option<u16>) -> bool {
        let whole = |entry: &Specialisation| told.is_some_and(|told| entry.follows.contains(&told)) && entry.named.is_empty();
        self.known().specialisations.of(index).any(|(_, entry)| whole(entry))
    }

    /// What an indicator becomes: first by the words before the figure, and what that is, then by its unit and the words behind it
    /// (`nhập khẩu …, kim ngạch 6,6 tỷ USD, giảm 7,5% về lượng` is of imports, and of their volume).
    fn special(&self, calls: &Calls<'_>, index: u16, scratch: &Scratch) -> Option<&Specialisation> {
        let called = self.called(calls, index, scratch);
        let own = called.by_words.and_then(|entry| entry.becomes);
        own.and_then(|own| self.called(calls, own, scratch).decided).or(called.decided).or(called.by_words)
    }

    /// The specialisation of an indicator whose words stand nearest before the figure, the longest of those that end together
    /// (`xuất nhập khẩu` against `nhập khẩu`), then the title's, and last those behind figures of others; and one that decides.
    fn called(&self, calls: &Calls<'_>, index: u16, scratch: &Scratch) -> Called<'_> {
        let Draft { unit, topic, .. } = calls.draft;
        let called = |name: &String| same(name.chars(), topic.text.chars());
        let holds = |entry: &Specialisation| {
            (entry.only.is_empty() || entry.only.contains(unit)) && (entry.named.is_empty() || entry.named.iter().any(called))
        };
        let mut called = Called::default();
        let mut nearest = None;
        for (number, entry) in self.known().specialisations.of(index) {
            // (of equals the first that the vocabulary has: a title of `ngành thuế` on what it loses is on what it takes)
            let weighs = |near: (usize, usize)| (near, entry.to.is_some());
            match calls.nearness(number, entry, scratch).filter(|_| holds(entry)) {
                Some((DECIDES, _)) if called.decided.is_none_or(|other| other.to.is_none() && entry.to.is_some()) => {
                    called.decided = Some(entry);
                }
                Some(near) if near.0 < DECIDES && nearest.is_none_or(|other| other < weighs(near)) => {
                    (nearest, called.by_words) = (Some(weighs(near)), Some(entry));
                }
                _ => {}
            }
        }
        called
    }

    /// Names of which the text never says that they are meant so are outside the vocabulary.
    pub(crate) fn drop_unasked(&self, drafts: &mut [Draft], asked: &[u16]) {
        for topic in drafts.iter_mut().map(|draft| &mut draft.topic) {
            let unasked = |index: u16| !self.known().indicators[index as usize].asks.is_empty() && !asked.contains(&index);
            topic.indicator = topic.indicator.filter(|index| !unasked(*index));
        }
    }

    /// The subject that a sentence without figures announces: a heading, or a line that ends in a colon.
    pub(crate) fn announced(&self, scratch: &Scratch) -> Option<Topic> {
        let frame = &scratch.frame;
        let (from, to) = frame.range;
        if !scratch.tokens[to - 1].is(':') && to - from > LONGEST_HEADING {
            return None;
        }
        let found = stretch(self.known(), frame, from, to);
        let named = found.head.is_some_and(|head| strength(self.known(), &head) >= 2);
        named.then(|| Topic::of(self.known(), frame, &scratch.text, &scratch.tokens, &found, from, to))
    }
}

/// The words of specialisations that a sentence has, in order of place.
struct Words(SmallVec<[(u16, Where, Hit); 8]>);

impl Words {
    fn of(scratch: &Scratch) -> Self {
        let (from, to) = scratch.frame.range;
        let hits = (from..to).filter(|at| scratch.hits.has(*at, kind::BESIDE)).flat_map(|at| scratch.hits.at(at));
        // (`về giá` is no part of `về giá trị`)
        let longer = |hit: &Hit| {
            let others = scratch.hits.at(hit.start as usize).iter();
            others.into_iter().any(|other| other.mark == Mark::Anaphor && other.end > hit.end)
        };
        let found = hits.filter_map(|hit| match hit.mark {
            Mark::Beside(number, place) if !longer(hit) => Some((number, place, *hit)),
            _ => None,
        });
        Self(found.collect())
    }

    /// Where the last of an entry's words ends that begin among some tokens, and its length.
    #[inline]
    fn last(&self, number: u16, place: Where, (from, to): (usize, usize)) -> Option<(usize, usize)> {
        let own = self.0.iter().filter(|(of, at, hit)| (*of, *at) == (number, place) && (from..to).contains(&(hit.start as usize)));
        own.map(|(.., hit)| (hit.end as usize, (hit.end - hit.start) as usize)).max()
    }
}

/// The specialisations that a figure calls for.
#[derive(Default)]
struct Called<'k> {
    /// By the words before it.
    by_words: Option<&'k Specialisation>,
    /// By its unit, by what stands behind it or by the title.
    decided: Option<&'k Specialisation>,
}

/// A figure and what may make its indicator a special one.
struct Calls<'s> {
    draft: &'s Draft,
    /// The indicator that was told of before it.
    told: Option<u16>,
    words: &'s Words,
    setting: &'s Setting,
}

impl Calls<'_> {
    /// How near the words of a specialisation stand to the figure, nothing where none does: where the last of them ends, and its length.
    fn nearness(&self, number: u16, entry: &Specialisation, scratch: &Scratch) -> Option<(usize, usize)> {
        let Self { draft, told, words, setting } = *self;
        let frame = &scratch.frame;
        let quantity = &frame.quantities[draft.quantity];
        let next = frame.quantities.get(draft.quantity + 1).map_or(frame.range.1, |next| next.start);
        let titled = setting.titled.has(number);
        let behind = || words.last(number, Where::Behind, (quantity.end, next)).is_some();
        if entry.units.contains(&draft.unit) || titled && entry.title || behind() {
            return Some((DECIDES, 0));
        }
        let before = words.last(number, Where::Before, (frame.range.0, quantity.start));
        let near = before.max(words.last(number, Where::Clause, draft.clause)).or(titled.then_some((0, 0)));
        near.or_else(|| told.filter(|told| entry.follows.contains(told)).map(|_| (0, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::Titled;

    #[test]
    fn a_title_calls_for_entries_with_any_number() {
        let mut titled = Titled::default();
        titled.note(3);
        titled.note(170);
        assert!(titled.has(3) && titled.has(170));
        assert!(!titled.has(4) && !titled.has(67) && !titled.has(42));
    }
}
