//! Counted things: what their noun names, and whether it only counts a subject before it.

use knowledge::{CueClass, Kind};
use model::Measure;

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::{Cue, Name, Part, What};
use crate::letters::{lowered, same};
use crate::lexicon::Hit;
use crate::mark::{Form, Mark, Particle};
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, is_trade, strength, stretch, words};

/// Among so many tokens behind counted things another name of theirs stands.
const SUM: usize = 10;
/// So many tokens join it to the first (`và chính thức phá sản`).
const JOINED: usize = 3;

/// So many nouns say no more than which case is told of (`bằng đường bộ`).
const CASE: usize = 3;

/// Counted things, and what their name is sought with.
struct Counted<'s> {
    quantity: &'s Quantity,
    around: &'s Around,
    previous: Option<&'s Draft>,
    /// The subject of the clause, where it stands in it.
    own: Option<(Stretch, usize, usize)>,
    cue: Option<&'s Cue>,
    /// What the noun names.
    named: Option<What>,
    /// Whether that is an indicator.
    indicated: bool,
    /// Whether the noun only counts (`căn`).
    counter: bool,
}

impl Sentence<'_> {
    /// The topic of counted things: the places where their name may stand, in the order in which they are asked.
    pub(super) fn things(
        &self,
        quantity: &Quantity,
        around: &Around,
        own: Option<(Stretch, usize, usize)>,
        previous: Option<&Draft>,
    ) -> (Topic, Found) {
        let from = quantity.unit.0;
        let named = self.counted_name(from, quantity.end, around.behind.1.max(quantity.end));
        let counted = Counted {
            quantity,
            around,
            previous,
            own: own.filter(|(_, start, _)| *start >= around.clause.0),
            cue: self.cue(around, quantity),
            named,
            indicated: matches!(named, Some(What::Indicator(..))),
            counter: self.is_counter(from, quantity.end),
        };
        let in_sentence = |topic| (topic, Found::Sentence);
        self.numbered(&counted)
            .or_else(|| {
                previous.filter(|_| !counted.indicated).and_then(|draft| self.part_of_counted(quantity, around, draft)).map(in_sentence)
            })
            .or_else(|| self.counted_before(quantity, around, previous))
            .or_else(|| self.measured_by(&counted))
            .or_else(|| self.goes_on_counting(&counted).map(in_sentence))
            .or_else(|| self.spoken_of(&counted))
            .or_else(|| self.counted_earlier(&counted))
            .or_else(|| self.listed_pieces(quantity, around, counted.own.as_ref(), previous).filter(|_| !counted.indicated))
            .or_else(|| self.told_in_pieces(&counted))
            .unwrap_or_else(|| (self.noun_itself(&counted), Found::Clause))
    }

    /// `số doanh nghiệp thành lập mới đạt 5.000 doanh nghiệp`: the clause has a name before the figure that can be counted so.
    fn numbered(&self, counted: &Counted<'_>) -> Option<(Topic, Found)> {
        let Counted { quantity, cue, named, indicated, .. } = *counted;
        let (found, start, end) = counted.own.as_ref()?;
        let head = found.head?;
        let full = strength(self.known, &head) == 3;
        // (`tổng số lao động đăng ký 1.043 nghìn lao động`)
        let adjacent = full && head.end == quantity.lead;
        if !(cue.is_some() || adjacent || full && self.is_same_group(Some(head.what), named)) {
            return None;
        }
        let subject = matches!(head.what, What::Subject(..));
        let serves = match if self.is_other(&head, counted) { 0 } else { strength(self.known, &head) } {
            // (`số cây trồng phân tán đạt 23,6 triệu cây`)
            0 => counted.counter && self.is_repeated(&head, counted),
            1 => !indicated && (counted.counter || !is_trade(self.known, &head) || self.counts_goods(quantity)),
            2 => true,
            _ => !(indicated && subject),
        };
        serves.then(|| (Topic::of(self.known, self.frame, self.text, self.tokens, found, *start, *end), Found::Clause))
    }

    /// Whether what is counted can be made and traded (`sản xuất 5.000 xe máy`); no project or room can.
    fn counts_goods(&self, quantity: &Quantity) -> bool {
        let piece = |per: u16| self.known.units.denominators[per as usize].id == "unit";
        // (`sản phẩm` is a piece, and says no more than that something is made)
        let hollow = || {
            let word = lowered(&words(self.text, self.tokens, quantity.unit.0, quantity.unit.1));
            self.known.lexicon.narrowing.hollow.contains(&word)
        };
        self.hits.at(quantity.unit.0).iter().any(|hit| match hit.mark {
            Mark::Product(_) => true,
            Mark::Per(per) => piece(per) && hollow(),
            _ => false,
        })
    }

    /// Whether the noun says again what a name before it counts.
    fn is_repeated(&self, head: &Name, counted: &Counted<'_>) -> bool {
        let counts = matches!(head.what, What::Subject(index, _) if self.known.subjects[index as usize].kind == Kind::Count);
        let from = counted.quantity.unit.0;
        counts && same(self.letters(head.start, head.start + 1), self.letters(from, from + 1))
    }

    /// Whether a name before counted things is no number of them.
    fn is_other(&self, head: &Name, counted: &Counted<'_>) -> bool {
        let kind = match head.what {
            What::Indicator(index, _) => Some(self.known.indicators[index as usize].kind),
            What::Subject(index, _) => Some(self.known.subjects[index as usize].kind),
            _ => None,
        };
        // A sum or a price is none.
        if matches!(kind, Some(Kind::Price | Kind::Rate | Kind::Index | Kind::Balance)) {
            return true;
        }
        if strength(self.known, head) != 2 {
            return false;
        }
        // (`các khu công nghiệp thu hút được 591 dự án`: who acts is not what is counted)
        let acts = counted.indicated && counted.cue.is_some_and(|cue| cue.classes.has(CueClass::Act));
        // (`khu công nghiệp có 300 doanh nghiệp`: neither is who has them)
        let from = counted.quantity.unit.0;
        let word = lowered(&words(self.text, self.tokens, from, from + 1));
        let says = || lowered(&words(self.text, self.tokens, head.start, head.end)).split_whitespace().any(|own| own == word);
        acts || !head.counted && !self.hits_prefix(head.start) && !counted.counter && !says()
    }

    /// `số lượng cần tuyển là 500 thợ`, `năng lực thông quan đạt 400 xe/ngày`: words outside the vocabulary that say what is counted.
    fn measured_by(&self, counted: &Counted<'_>) -> Option<(Topic, Found)> {
        use CueClass::{Act, Down, Equal, From, Level, Reach, Up};
        let Counted { quantity, cue, counter, .. } = *counted;
        let (found, start, end) = counted.own.as_ref().filter(|_| !counted.indicated)?;
        let (first, last) = found.content?;
        let stated = cue.is_some_and(|cue| cue.classes.any(&[Level, Reach, From, Up, Down, Equal]));
        let numbered = self.hits.is(first, Mark::Prefix);
        let measured = self.phrase_of_measure(*start, *end).is_some_and(|(own, _)| own == first);
        let adjacent = (counter || measured) && last == quantity.lead && *end == quantity.lead;
        let acts = cue.is_some_and(|cue| cue.classes.has(Act));
        let names = found.nouns > 0 || numbered && found.head.is_some();
        let serves = names && !acts && (stated && (counter || numbered || measured) || adjacent);
        serves.then(|| (Topic::of(self.known, self.frame, self.text, self.tokens, found, *start, *end), Found::Clause))
    }

    /// The subject of the figure before it, of which these things are the number.
    fn goes_on_counting(&self, counted: &Counted<'_>) -> Option<Topic> {
        let Counted { quantity, cue, counter, .. } = *counted;
        let draft = counted.previous.filter(|_| !counted.indicated)?;
        // `chiếm 79,6% (tương đương 9.173 người)`: a mere counter says again how many those before it are.
        let again =
            counter && (self.frame.depth(quantity.start) > 0 && cue.is_none() || cue.is_some_and(|cue| cue.classes.has(CueClass::Equal)));
        // `tăng 175.000 người`: the noun only counts what the figure before was about, if that can be counted.
        let moves = cue.is_some_and(|cue| cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Reach]));
        // `số doanh nghiệp quay lại tăng 2%, đạt hơn 36.500 đơn vị`: so many there are of what has grown.
        let reached = counter
            && counted.own.is_none()
            && cue.is_some_and(|cue| cue.classes.any(&[CueClass::Reach, CueClass::Level]))
            && draft.measure == Measure::Change
            && draft.topic.indicator.is_some()
            && draft.topic.kind == Some(Kind::Count);
        let goes_on = again && draft.unit == "%" && !draft.topic.text.is_empty() || reached || moves && self.fits(&draft.topic, quantity);
        goes_on.then(|| draft.topic.clone())
    }

    /// `khách quốc tế … đạt 3.000 lượt khách`, `số DN thành lập mới tăng 5%, khi đạt 31.000 DN`: the noun only counts what is spoken of.
    fn spoken_of(&self, counted: &Counted<'_>) -> Option<(Topic, Found)> {
        let Counted { quantity, around, previous, named, indicated, .. } = *counted;
        let counts = |fuller: &Topic| self.is_counted_by(fuller, quantity.unit.0, quantity.end, named);
        let fuller = previous.filter(|draft| !draft.nominal).map(|draft| (&draft.topic, Found::Sentence));
        let fuller = fuller.or(self.before.filter(|_| indicated).map(|topic| (topic, Found::Context)));
        if let Some((fuller, place)) = fuller.filter(|(fuller, _)| counts(fuller)) {
            return Some((fuller.clone(), place));
        }
        let fuller = self.split_before(around).filter(|fuller| previous.is_none() && !indicated && counts(fuller))?;
        Some((Topic { breakdown: self.case_before(around), ..fuller }, Found::Sentence))
    }

    /// `Khách quốc tế trong tháng 10 tăng cao, đạt 1,42 triệu lượt người`: behind a clause without a figure the noun counts what that is of.
    fn counted_earlier(&self, counted: &Counted<'_>) -> Option<(Topic, Found)> {
        let around = counted.around;
        let opens = |cue: &&Cue| cue.classes.has(CueClass::Level) && (around.clause.0..cue.start).all(|at| !self.tokens[at].is_word());
        let alone = counted.previous.is_none() && counted.own.is_none() && counted.counter;
        counted.cue.filter(|cue| alone && opens(cue))?;
        let (found, start, end) = self.earlier(around)?;
        let head = found.head.filter(|head| strength(self.known, head) == 3)?;
        let counts = matches!(head.what, What::Indicator(index, _) if self.known.indicators[index as usize].kind == Kind::Count);
        counts.then(|| (Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, end), Found::Sentence))
    }

    /// `nguồn cung mới đạt 128 căn`, `nguồn cung giảm 34%, với 2.697 căn`: a mere counter says how many there are of what the clause or the
    /// figure before it names.
    fn told_in_pieces(&self, counted: &Counted<'_>) -> Option<(Topic, Found)> {
        let Counted { quantity, around, previous, cue, named, counter, .. } = *counted;
        let (from, to) = around.behind;
        let described = from < to && matches!(self.frame.part(from), Part::Noun | Part::Proper | Part::Name(_) | Part::Light);
        if !counter || counted.indicated || described {
            return None;
        }
        // (`khách đến bằng đường hàng không đạt 8 triệu lượt; bằng đường bộ đạt 1,4 triệu lượt`)
        let stated = cue.is_some_and(|cue| cue.classes.any(&[CueClass::Level, CueClass::Reach]));
        let nameless = counted.own.as_ref().is_none_or(|(found, ..)| found.head.is_none() && found.nouns <= CASE);
        let told = previous.map(|draft| (&draft.topic, Found::Sentence)).or(self.before.map(|topic| (topic, Found::Context)));
        let events = |topic: &Topic| {
            let counts = topic.indicator.is_some_and(|index| self.known.indicators[index as usize].events);
            counts && topic.kind == Some(Kind::Count)
        };
        if let Some((topic, from)) = told.filter(|(topic, _)| stated && nameless && from == to && events(topic)) {
            return Some((topic.clone(), from));
        }
        if named.is_some() || quantity.unit.1 != quantity.unit.0 + 1 {
            return None;
        }
        if let Some((found, start, end)) = counted.own.as_ref() {
            let head = found.head.filter(|head| matches!(head.what, What::Subject(..)) && !self.is_other(head, counted));
            let with = cue.is_some_and(|cue| self.hits.says(cue.start, Particle::With));
            let stated = with || cue.is_some_and(|cue| cue.classes.any(&[CueClass::Level, CueClass::Reach]));
            return head
                .filter(|_| stated)
                .map(|_| (Topic::of(self.known, self.frame, self.text, self.tokens, found, *start, *end), Found::Clause));
        }
        let changed = |draft: &&Draft| draft.measure == Measure::Change && !draft.nominal && draft.topic.indicator.is_none();
        let draft = previous.filter(changed).filter(|draft| !draft.topic.text.is_empty())?;
        Some((draft.topic.clone(), Found::Sentence))
    }

    /// What the noun itself names.
    fn noun_itself(&self, counted: &Counted<'_>) -> Topic {
        let mut topic = Topic { kind: Some(Kind::Count), ..Topic::default() };
        match counted.named {
            Some(What::Indicator(index, _)) => {
                topic.indicator = Some(index).filter(|index| !self.is_sum_of(counted.quantity, *index));
                topic.kind = Some(self.known.indicators[index as usize].kind);
            }
            Some(What::Subject(index, _)) => topic.kind = Some(self.known.subjects[index as usize].kind),
            _ => {}
        }
        topic.text = self.noun(counted.quantity, counted.around);
        topic
    }

    /// `nợ lương của 200 người lao động`, `tặng quà cho 500 công nhân`, `có 300 lao động được đào tạo`: those with whom something is done
    /// are no number of all that there are.
    pub(super) fn is_served(&self, topic: &Topic, quantity: &Quantity, around: &Around) -> bool {
        let standing = topic.indicator.is_some_and(|index| self.known.indicators[index as usize].standing);
        // (what is called by its number counts them: `số lao động của tỉnh là 300.000 người`)
        if !standing || !topic.elliptic && !self.noun(quantity, around).starts_with(&topic.text) {
            return false;
        }
        let before = quantity.lead.checked_sub(1).filter(|at| *at >= around.gap.0);
        let whose = before.is_some_and(|at| self.hits.says(at, Particle::Of) || self.hits.says(at, Particle::Serves));
        let (from, to) = around.behind;
        let helps = |hit: &Hit| hit.mark == Mark::Cue(CueClass::Auxiliary);
        let told = || from < to && !self.tokens[from].line && self.hits.at(from).iter().any(helps);
        whose || told()
    }

    /// `54.200 doanh nghiệp giải thể hoặc ngừng hoạt động`: things of two indicators of one topic are a number of neither.
    fn is_sum_of(&self, quantity: &Quantity, index: u16) -> bool {
        let kin = |what: What| match what {
            What::Indicator(other, _) => {
                let (own, other) = (&self.known.indicators[index as usize], &self.known.indicators[other as usize]);
                own.topic == other.topic && own.id != other.id && own.events && other.events
            }
            _ => false,
        };
        let joins = |at: usize| self.tokens[at].is(',') || self.is_and(at) || self.hits.says(at, Particle::Or);
        let noun = |at: usize| lowered(&words(self.text, self.tokens, at, at + 1));
        // (`…, số DN quay trở lại là 24.560` is told by itself)
        let verb = |start: usize| !self.hits.is(start, Mark::Prefix) && noun(start) != noun(quantity.unit.0);
        let plain = |at: usize| !matches!(self.frame.part(at), Part::Quantity(_) | Part::Mention(_) | Part::Place(_));
        let told = |end: usize| {
            let next = end.min(self.frame.range.1 - 1);
            matches!(self.frame.part(next), Part::Quantity(_))
                || self.frame.cues.iter().any(|cue| cue.start == next && !cue.classes.any(&[CueClass::Function, CueClass::Where]))
        };
        let near = quantity.end..(quantity.end + SUM).min(self.frame.range.1);
        self.frame.names.iter().any(|name| {
            near.contains(&name.start)
                && kin(name.what)
                && verb(name.start)
                && !told(name.end)
                && (name.start.saturating_sub(JOINED).max(quantity.end)..name.start).any(joins)
                && (quantity.end..name.start).all(plain)
        })
    }

    /// `lượng bán ra đạt 80.421 xe, trong đó gồm 36.300 xe tải, 1.908 xe buýt`: kinds of the things before count what those counted.
    fn part_of_counted(&self, quantity: &Quantity, around: &Around, previous: &Draft) -> Option<Topic> {
        let whole = &self.frame.quantities[previous.quantity];
        let word = |at: usize| lowered(&words(self.text, self.tokens, at, at + 1));
        let same = whole.measured == Measured::Things && word(whole.unit.0) == word(quantity.unit.0);
        let (from, to) = around.gap;
        let split = self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Parts));
        let goes_on = (from..to).all(|at| matches!(self.frame.part(at), Part::Mark | Part::Light) || self.is_and(at));
        // (`5 dự án nhà ở, 3 dự án đường`: neither is of the other)
        let of_whole = !previous.topic.text.is_empty() && !lowered(&previous.topic.text).starts_with(&word(quantity.unit.0));
        // `số lượng cần tuyển là 3.300 lao động, tiếp đến may mặc hơn 3.100 người`: a mere counter goes on in a list.
        let listed = whole.measured == Measured::Things
            && self.is_counter(quantity.unit.0, quantity.end)
            && of_whole
            && !lowered(&previous.topic.text).starts_with(&word(whole.unit.0))
            && (from..to).any(|at| self.tokens[at].is(',') || self.tokens[at].is(';'))
            && self.cue(around, quantity).is_none();
        if listed && !(same && goes_on) {
            let breakdown = self.case_before(around);
            return Some(Topic { breakdown, ..previous.topic.clone() });
        }
        (same && (split || goes_on && of_whole)).then(|| Topic { breakdown: self.noun(quantity, around), ..previous.topic.clone() })
    }

    /// What the sentence speaks of before it is split: `Phần lớn doanh nghiệp tạm ngừng có quy mô nhỏ, trong đó: dưới 10 tỷ đồng 1.102
    /// doanh nghiệp`.
    fn split_before(&self, around: &Around) -> Option<Topic> {
        let (from, to) = (self.frame.range.0, around.clause.0);
        let parts = self.frame.cues.iter().find(|cue| cue.start > from && cue.end <= to && cue.classes.has(CueClass::Parts))?;
        let found = stretch(self.known, self.frame, from, parts.start);
        let strong = found.head.is_some_and(|head| strength(self.known, &head) >= 2);
        strong.then(|| Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, parts.start))
    }

    /// The words of the clause before a figure.
    fn case_before(&self, around: &Around) -> String {
        let found = stretch(self.known, self.frame, around.clause.0, around.clause.1);
        found.content.map(|(first, last)| words(self.text, self.tokens, first, last)).unwrap_or_default()
    }

    /// Whether a counted noun is nothing but a counter.
    pub(super) fn is_counter(&self, from: usize, end: usize) -> bool {
        let alone = self.hits.spans((from, end), Mark::Counter)
            // (`500 xe/ngày`)
            || end == from + 1 && self.letters(from, end).any(|letter| letter == '/');
        alone && !(end < self.frame.range.1 && matches!(self.frame.part(end), Part::Noun | Part::Proper | Part::Name(_)))
    }

    /// Whether two names are indicators of one topic: `tạo việc làm cho 45.000 lao động` counts jobs, not the employed.
    pub(super) fn is_same_group(&self, one: Option<What>, other: Option<What>) -> bool {
        let topic = |what| match what {
            Some(What::Indicator(index, _)) => Some(self.known.indicators[index as usize].topic.as_str()),
            _ => None,
        };
        topic(one).is_some() && topic(one) == topic(other)
    }

    /// Whether a counted noun only counts a fuller subject: it names nothing of its own, or the general one of the same group.
    pub(super) fn is_counted_by(&self, fuller: &Topic, from: usize, end: usize, named: Option<What>) -> bool {
        let Some(index) = fuller.indicator else { return false };
        let indicators = &self.known.indicators;
        let general = match named {
            Some(What::Indicator(own, _)) => {
                own != index && end - from <= 2 && indicators[own as usize].topic == indicators[index as usize].topic
            }
            _ => true,
        };
        let text = lowered(&fuller.text);
        let last = lowered(&words(self.text, self.tokens, end.saturating_sub(1).max(from), end));
        // (`54.000 doanh nghiệp dừng hoạt động` says of its own what it counts)
        let alone = !matches!(self.frame.part(end.min(self.frame.range.1 - 1)), Part::Noun | Part::Proper | Part::Name(_) | Part::Light);
        general && alone && matches!(fuller.kind, Some(Kind::Count | Kind::Flow)) && text.split_whitespace().any(|word| word == last)
    }

    /// The name that the words of a counted noun have in the vocabulary: at its head, or in what describes it.
    pub(super) fn counted_name(&self, from: usize, end: usize, to: usize) -> Option<What> {
        // (`5 mặt hàng xuất khẩu trên 10 tỷ USD` are goods and no exports)
        let money = |index: u16| self.known.indicators[index as usize].unit.as_deref().is_some_and(|unit| unit == "USD");
        let head = self.hits.at(from).iter().filter(|hit| hit.end as usize <= to.max(end)).find_map(|hit| match hit.mark {
            Mark::Indicator(index, Form::Verb) if hit.end as usize > end && money(index) => None,
            Mark::Indicator(index, form) => Some(What::Indicator(index, form)),
            Mark::Subject(index, form) => Some(What::Subject(index, form)),
            _ => None,
        });
        if matches!(head, Some(What::Indicator(..))) {
            return head;
        }
        // `38.600 doanh nghiệp đăng ký tạm ngừng kinh doanh`
        let described = self.frame.names.iter().filter(|name| name.start >= end && name.end <= to).find_map(|name| match name.what {
            What::Indicator(index, _) if self.known.indicators[index as usize].kind == Kind::Count => {
                (self.counts_by(index, from) || name.start == end && self.is_counter(from, end)).then_some(name.what)
            }
            _ => None,
        });
        described.or(head)
    }

    /// Whether an indicator counts what a noun names: of `dự án nhà ở công nhân` no workers are counted, of `doanh nghiệp đăng ký tạm
    /// ngừng` those that suspend.
    fn counts_by(&self, index: u16, noun: usize) -> bool {
        let indicator = &self.known.indicators[index as usize];
        let word = lowered(&words(self.text, self.tokens, noun, noun + 1));
        indicator.says.iter().chain(&indicator.counts).any(|name| name.split_whitespace().any(|own| lowered(own) == word))
    }
}
