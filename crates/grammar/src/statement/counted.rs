//! Counted things: what their noun names, and whether it only counts a subject before it.

use knowledge::{CueClass, Kind};

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::{Part, What};
use crate::mark::{Form, Mark};
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

impl Sentence<'_> {
    /// The topic of counted things.
    pub(super) fn things(
        &self,
        quantity: &Quantity,
        around: &Around,
        own: Option<(Stretch, usize, usize)>,
        previous: Option<&Draft>,
    ) -> (Topic, Found) {
        let (from, to) = (quantity.unit.0, around.behind.1.max(quantity.end));
        let cue = self.cue(around, quantity);
        let named = self.counted_name(from, quantity.end, to);
        let counted = matches!(named, Some(What::Indicator(..)));
        if let Some((found, start, end)) = own.clone().filter(|(found, start, _)| {
            let group = found.head.is_some_and(|head| strength(self.known, &head) == 3 && self.is_same_group(Some(head.what), named));
            // (`tổng số lao động đăng ký 1.043 nghìn lao động`)
            let adjacent = found.head.is_some_and(|head| strength(self.known, &head) == 3 && head.end == quantity.lead);
            (cue.is_some() || group || adjacent) && found.head.is_some() && *start >= around.clause.0
        }) {
            let strong = found.head.map_or(0, |head| strength(self.known, &head));
            // A sum or a price is no number of things.
            let kind = found.head.and_then(|head| match head.what {
                What::Indicator(index, _) => Some(self.known.indicators[index as usize].kind),
                What::Subject(index, _) => Some(self.known.subjects[index as usize].kind),
                _ => None,
            });
            let other = matches!(kind, Some(Kind::Price | Kind::Rate | Kind::Index | Kind::Balance))
                // (`các khu công nghiệp thu hút được 591 dự án`: who acts is not what is counted)
                || strong == 2 && counted && cue.is_some_and(|cue| cue.classes.has(CueClass::Act));
            // (`khu công nghiệp có 300 doanh nghiệp`: who has them is not what is counted)
            let word = words(self.text, self.tokens, from, from + 1).to_lowercase();
            let has = strong == 2
                && found.head.is_some_and(|head| !head.counted && !self.hits_prefix(head.start))
                && !self.is_counter(from, quantity.end)
                && !found.head.is_some_and(|head| {
                    words(self.text, self.tokens, head.start, head.end).to_lowercase().split_whitespace().any(|own| own == word)
                });
            let strong = if other || has { 0 } else { strong };
            if strong >= 2 && !(counted && strong == 3 && matches!(found.head.map(|head| head.what), Some(What::Subject(..))))
                || (strong == 1 && !counted)
            {
                return (Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, end), Found::Clause);
            }
        }
        if let Some(topic) = previous.filter(|_| !counted).and_then(|draft| self.part_of_counted(quantity, around, draft)) {
            return (topic, Found::Sentence);
        }
        if let Some(before) = self.counted_before(quantity, around, previous) {
            return before;
        }
        let counter = self.is_counter(from, quantity.end);
        if let Some((found, start, end)) = own.filter(|_| !counted).filter(|(found, start, end)| {
            let acts = cue.is_some_and(|cue| cue.classes.has(CueClass::Act));
            let stated = cue.is_some_and(|cue| {
                cue.classes.any(&[CueClass::Level, CueClass::Reach, CueClass::From, CueClass::Up, CueClass::Down, CueClass::Equal])
            });
            let adjacent = counter && found.content.is_some_and(|(_, last)| last == quantity.lead) && *end == quantity.lead;
            // (`số lượng cần tuyển là 500 thợ`)
            let numbered = found.content.is_some_and(|(first, _)| self.hits.at(first).iter().any(|hit| hit.mark == Mark::Prefix));
            // (`năng lực thông quan đạt 400 xe/ngày`)
            let measured =
                self.phrase_of_measure(*start, *end).is_some_and(|(first, _)| found.content.is_some_and(|(own, _)| own == first));
            let adjacent = adjacent || measured && found.content.is_some_and(|(_, last)| last == quantity.lead) && *end == quantity.lead;
            (found.nouns > 0 || numbered && found.head.is_some())
                && *start >= around.clause.0
                && !acts
                && (stated && (counter || numbered || measured) || adjacent)
        }) {
            return (Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, end), Found::Clause);
        }
        // `chiếm 79,6% (tương đương 9.173 người)`: a mere counter says again how many those before it are.
        let again =
            counter && (self.frame.depth(quantity.start) > 0 && cue.is_none() || cue.is_some_and(|cue| cue.classes.has(CueClass::Equal)));
        if let Some(draft) = previous.filter(|draft| again && !counted && draft.unit == "%" && !draft.topic.text.is_empty()) {
            return (draft.topic.clone(), Found::Sentence);
        }
        // `tăng 175.000 người`: the noun only counts what the figure before was about, if that can be counted.
        if !counted
            && cue.is_some_and(|cue| cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Reach]))
            && let Some(draft) = previous.filter(|draft| self.fits(&draft.topic, quantity))
        {
            return (draft.topic.clone(), Found::Sentence);
        }
        // `khách quốc tế … đạt 3.000 lượt khách`, `số DN thành lập mới tăng 5%, khi đạt 31.000 DN`: the noun only counts what is spoken of.
        let fuller = previous.filter(|draft| !draft.nominal).map(|draft| (&draft.topic, Found::Sentence));
        let fuller = fuller.or(self.before.filter(|_| counted).map(|topic| (topic, Found::Context)));
        if let Some((fuller, place)) = fuller.filter(|(fuller, _)| self.is_counted_by(fuller, from, quantity.end, named)) {
            return (fuller.clone(), place);
        }
        if let Some(fuller) = self.split_before(around).filter(|_| previous.is_none() && !counted)
            && self.is_counted_by(&fuller, from, quantity.end, named)
        {
            let breakdown = self.case_before(around);
            return (Topic { breakdown, ..fuller }, Found::Sentence);
        }
        let mut topic = Topic { kind: Some(Kind::Count), ..Topic::default() };
        if let Some(what) = named {
            match what {
                What::Indicator(index, _) => {
                    topic.indicator = Some(index);
                    topic.kind = Some(self.known.indicators[index as usize].kind);
                }
                What::Subject(index, _) => topic.kind = Some(self.known.subjects[index as usize].kind),
                _ => {}
            }
        }
        topic.text = self.noun(quantity, around);
        (topic, Found::Clause)
    }

    /// `lượng bán ra đạt 80.421 xe, trong đó gồm 36.300 xe tải, 1.908 xe buýt`: kinds of the things before count what those counted.
    fn part_of_counted(&self, quantity: &Quantity, around: &Around, previous: &Draft) -> Option<Topic> {
        let whole = &self.frame.quantities[previous.quantity];
        let word = |at: usize| words(self.text, self.tokens, at, at + 1).to_lowercase();
        let same = whole.measured == Measured::Things && word(whole.unit.0) == word(quantity.unit.0);
        let (from, to) = around.gap;
        let split = self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Parts));
        let goes_on = (from..to).all(|at| matches!(self.frame.part(at), Part::Mark | Part::Light) || self.is_and(at));
        // (`5 dự án nhà ở, 3 dự án đường`: neither is of the other)
        let of_whole = !previous.topic.text.is_empty() && !previous.topic.text.to_lowercase().starts_with(&word(quantity.unit.0));
        // `số lượng cần tuyển là 3.300 lao động, tiếp đến may mặc hơn 3.100 người`: a mere counter goes on in a list.
        let listed = whole.measured == Measured::Things
            && self.is_counter(quantity.unit.0, quantity.end)
            && of_whole
            && !previous.topic.text.to_lowercase().starts_with(&word(whole.unit.0))
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
        let alone = self.hits.at(from).iter().any(|hit| hit.mark == Mark::Counter && hit.end as usize == end);
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
        let text = fuller.text.to_lowercase();
        let last = words(self.text, self.tokens, end.saturating_sub(1).max(from), end).to_lowercase();
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
            What::Indicator(index, _) if self.known.indicators[index as usize].kind == Kind::Count => Some(name.what),
            _ => None,
        });
        described.or(head)
    }
}
