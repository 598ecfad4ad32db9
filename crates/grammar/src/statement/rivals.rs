//! Names that say no measure, and what else near their figures may be meant.
//!
//! The rules of `choice.rs` give every figure a name. Where the vocabulary has none and the words taken do not even say what is
//! measured (`khách sạn 1-5 sao đạt 10,6%`, `huyện Hoằng Hóa đạt 592 tỷ đồng`), that name is held against its rivals: the phrases of
//! measure before it in the sentence, the names of its clauses, the subjects of the figures and of the text before, what stands
//! behind it. What speaks for a rival and against it is a [`Trait`]; `data/rivals.toml` has their weights, and the heaviest rival
//! takes the place if it weighs enough.

use knowledge::{CueClass, Kind, Trait, UnitKind};
use model::Measure;

use super::around::Around;
use super::{Draft, Found, Near, Sentence};
use crate::frame::{Cue, Part};
use crate::letters::{looks_like_code, lower, lowered};
use crate::mark::{Mark, Particle};
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

/// A name of so many words is a clause.
const LONG: usize = 12;
/// Clauses that are asked for a name.
const CLAUSES: usize = 4;
/// Figures before that are asked, so that a sentence of a thousand figures takes no longer for each than one of ten.
const FIGURES: usize = 16;
/// Tokens before a figure among which phrases of measure are sought.
const TOKENS: usize = 200;

/// A set of traits.
#[derive(Clone, Copy, Default)]
struct Traits(u64);

impl Traits {
    fn of(traits: &[(Trait, bool)]) -> Self {
        Self(traits.iter().filter(|(_, holds)| *holds).fold(0, |set, (one, _)| set | 1 << *one as u64))
    }

    fn has(self, one: Trait) -> bool {
        self.0 & 1 << one as u64 != 0
    }
}

/// A name that is held against its rivals, and what they are sought with.
pub(super) struct Held<'s> {
    pub(super) quantity: &'s Quantity,
    pub(super) around: &'s Around,
    pub(super) cue: Option<&'s Cue>,
    pub(super) near: Near<'s>,
    pub(super) name: &'s Topic,
    pub(super) from: Found,
    pub(super) behind: bool,
}

/// What may be meant in its place.
struct Rival {
    topic: Topic,
    from: Found,
    traits: Traits,
}

impl Sentence<'_> {
    /// What is meant in the place of a name that says no measure, where it was found, and whether it stands behind the figure.
    pub(super) fn rival(&self, held: &Held<'_>) -> Option<(Topic, Found, bool)> {
        let name = held.name;
        let weak = name.indicator.is_none() && name.kind.is_none_or(|kind| kind == Kind::Count) && !name.held;
        if !weak || held.quantity.measured == Measured::Things || self.opens_measure(&name.text).is_some() {
            return None;
        }
        if self.moves_amount(held) {
            return None;
        }
        let shared = self.traits_of_name(held);
        let mut best: Option<(i16, Rival)> = None;
        for rival in self.rivals(held) {
            let traits = Traits(shared.0 | rival.traits.0 | self.traits_of_words(&rival.topic, held).0);
            let weights = self.known.rivals.weight.iter().filter(|weight| traits.has(weight.of));
            let weighs = weights.map(|weight| weight.weighs).sum();
            if weighs >= self.known.rivals.least && best.as_ref().is_none_or(|(least, _)| *least < weighs) {
                best = Some((weighs, rival));
            }
        }
        best.map(|(_, rival)| (rival.topic, rival.from, rival.traits.has(Trait::FromBehind)))
    }

    /// `thủy sản thu hoạch ước đạt 725 nghìn tấn, tăng 2,4%`, `có 22.400 doanh nghiệp bỏ địa chỉ, tăng 33%`: an amount of goods, or a number
    /// of things, with a name of its own is what moves.
    fn moves_amount(&self, held: &Held<'_>) -> bool {
        use UnitKind::{Area, Count, Energy, Mass, Percent, Times, Volume};
        let moves = held.cue.is_some_and(|cue| cue.classes.any(&[CueClass::Up, CueClass::Down]))
            && matches!(self.unit_kind(held.quantity), Some(Percent | Times));
        // Nothing but the rest of its name stands between a number of things and how it moves; people are called by what stands before.
        let beside = |draft: &Draft| {
            let counted = &self.frame.quantities[draft.quantity];
            let rest = |at: usize| matches!(self.frame.part(at), Part::Mark | Part::Noun | Part::Proper);
            !self.is_counter(counted.unit.0, counted.end) && held.cue.is_some_and(|cue| (counted.end..cue.start).all(rest))
        };
        held.near.previous.or(held.near.base).is_some_and(|draft| {
            let goods = matches!(self.unit_kind(&self.frame.quantities[draft.quantity]), Some(Mass | Volume | Energy | Area | Count));
            // (`Cả nước có 60 nghìn doanh nghiệp thành lập mới. Khu vực công nghiệp có 20 nghìn doanh nghiệp (tăng 3,4%)`)
            // (what was counted before under another name does not move here: `Số lao động đạt 3.839 người. Có 915 cuộc tấn công, tăng 9%`)
            let counted_before = |topic: &Topic| {
                topic.kind == Some(Kind::Count) && (!beside(draft) || lowered(&topic.text).contains(&lowered(&held.name.text)))
            };
            let goods = goods && !self.before.is_some_and(counted_before);
            moves && goods && draft.measure == Measure::Level && draft.topic_from == Found::Clause && draft.topic.text == held.name.text
        })
    }

    /// What the figure and its name are like.
    fn traits_of_name(&self, held: &Held<'_>) -> Traits {
        let Held { quantity, around, name, from, behind, .. } = *held;
        let text = name.text.as_str();
        let unit = self.unit_kind(quantity);
        let hidden = || text.match_indices(' ').any(|(at, _)| self.opens_measure(&text[at + 1..]).is_some());
        Traits::of(&[
            (Trait::Percent, unit == Some(UnitKind::Percent)),
            (Trait::Money, unit == Some(UnitKind::Money)),
            (Trait::Follows, around.previous.is_some() || around.base.is_some()),
            (Trait::Nameless, text.is_empty()),
            (Trait::Counting, name.kind == Some(Kind::Count)),
            (Trait::PartOf, name.kind == Some(Kind::Count) && unit == Some(UnitKind::Percent)),
            (Trait::Word, !text.is_empty() && !text.contains(' ')),
            (Trait::Hidden, hidden()),
            (Trait::Behind, behind),
            (Trait::Own, from == Found::Clause),
            (Trait::Inherited, from == Found::Sentence),
        ])
    }

    /// What the words of a rival are like.
    fn traits_of_words(&self, topic: &Topic, held: &Held<'_>) -> Traits {
        let opened = self.opens_measure(&topic.text);
        let unit = self.unit_kind(held.quantity).filter(|_| self.is_amount_of(held));
        let fits = unit.zip(opened).map(|(unit, (units, _))| units.contains(&unit));
        let known = topic.kind.filter(|_| topic.indicator.is_none());
        Traits::of(&[
            (Trait::Measured, opened.is_some()),
            (Trait::Fits, fits == Some(true)),
            (Trait::Unfit, fits == Some(false)),
            (Trait::Coded, topic.indicator.is_some()),
            (Trait::Known, known.is_some_and(|kind| kind != Kind::Count)),
            (Trait::Counts, known == Some(Kind::Count)),
            (Trait::Bare, opened.is_some_and(|(_, length)| length == topic.text.len())),
        ])
    }

    /// Whether a figure is an amount of its subject and no change or part of it.
    fn is_amount_of(&self, held: &Held<'_>) -> bool {
        use CueClass::{Complete, Contribute, Down, Growth, Multiple, Share, Up};
        let moves = held.cue.is_some_and(|cue| cue.classes.any(&[Up, Down, Share, Contribute, Multiple, Complete, Growth]));
        !moves || !matches!(self.unit_kind(held.quantity), Some(UnitKind::Percent | UnitKind::Times))
    }

    /// All that may be meant in the place of a name.
    fn rivals(&self, held: &Held<'_>) -> Vec<Rival> {
        let mut rivals = Vec::new();
        let mut add = |rival: Rival| {
            if self.may_be_meant(&rival.topic, held) {
                rivals.push(rival);
            }
        };
        // (`tỷ lệ này ở phía Bắc` points back)
        let points_back = |at: usize| self.hits.is(at, Mark::Anaphor);
        let own = self.own(held.around, held.cue).filter(|(found, ..)| found.content.is_none_or(|(first, _)| !points_back(first)));
        own.map(|found| self.in_clause(held, found)).into_iter().for_each(&mut add);
        self.clauses_before(held.around).filter_map(|(from, to)| self.in_earlier(held, from, to)).for_each(&mut add);
        self.phrases_of_measure(held.quantity.lead).filter_map(|(from, to)| self.in_phrase(held, from, to)).for_each(&mut add);
        let mut last = None;
        for draft in held.near.drafts.iter().rev().take(FIGURES).map(|draft| &draft.topic) {
            if last != Some(&draft.text) {
                add(Rival { topic: of_case(draft, held), from: Found::Sentence, traits: Traits::default() });
            }
            last = Some(&draft.text);
        }
        let told = |topic| Rival { topic: of_case(topic, held), from: Found::Context, traits: Traits::of(&[(Trait::OfText, true)]) };
        self.before.map(told).into_iter().for_each(&mut add);
        self.phrase_behind(held).and_then(|(from, to)| self.in_behind(held, from, to)).into_iter().for_each(&mut add);
        rivals
    }

    /// Whether a figure can be of a rival at all.
    fn may_be_meant(&self, topic: &Topic, held: &Held<'_>) -> bool {
        let none = topic.text.is_empty() || topic.text == held.name.text || topic.text.split(' ').count() > LONG;
        // (`chiếm 5%` is never of a rate)
        let part = held.cue.is_some_and(|cue| cue.classes.any(&[CueClass::Share, CueClass::Contribute]));
        let rate = part && (topic.rate || topic.kind == Some(Kind::Rate));
        // (`VN-Index giảm 2%, HPG tăng 1,6%`: a share moves by itself)
        let first = held.name.text.split(' ').next().unwrap_or_default();
        let index = topic.kind == Some(Kind::Index) && looks_like_code(first.chars());
        // (`45.000 ha cà phê` is no area under rice)
        let good = held.name.product.map(|product| &self.known.products[product as usize].becomes);
        let id = topic.indicator.map(|index| &self.known.indicators[index as usize].id);
        let barred = good.zip(id).and_then(|(becomes, id)| becomes.get(id)).is_some_and(|to| to == "none");
        !none && !rate && !index && !barred && self.fits(topic, held.quantity) && self.may_measure(topic, held.quantity)
    }

    /// What the clause names, where the rules have passed it over.
    fn in_clause(&self, held: &Held<'_>, (found, from, to): (Stretch, usize, usize)) -> Rival {
        let found = self.fitting(found, held.quantity, to);
        let traits =
            Traits::of(&[(Trait::InClause, from >= held.around.clause.0), (Trait::Case, found.head.is_none() && found.nouns == 0)]);
        Rival { topic: self.topic_of(&found, from, to), from: Found::Clause, traits }
    }

    /// The indicator or subject that a clause before names.
    fn in_earlier(&self, held: &Held<'_>, from: usize, to: usize) -> Option<Rival> {
        let found = self.fitting(stretch(self.known, self.frame, from, to), held.quantity, to);
        found.head.filter(|head| strength(self.known, head) > 0)?;
        let topic = self.topic_of(&found, from, to);
        let named = topic.kind.is_some_and(|kind| kind != Kind::Count) || topic.indicator.is_some();
        named.then_some(Rival { topic, from: Found::Clause, traits: Traits::default() })
    }

    /// A phrase of measure (`với số tiền thuê đất là`); a word of measure alone names nothing (`có 300 căn (tỷ lệ 30%)`).
    fn in_phrase(&self, held: &Held<'_>, from: usize, to: usize) -> Option<Rival> {
        let text = words(self.text, self.tokens, from, to);
        self.opens_measure(&text).filter(|(_, length)| *length < text.len())?;
        let Stretch { rate, part, growth, .. } = stretch(self.known, self.frame, from, to);
        let traits = Traits::of(&[
            (Trait::Phrase, true),
            (Trait::PhraseForOwn, held.from == Found::Clause),
            (Trait::InClause, from >= held.around.clause.0),
        ]);
        Some(Rival { topic: Topic { text, growth, rate, part, ..Topic::default() }, from: Found::Clause, traits })
    }

    /// What stands behind the figure, unless a verb heads it (`đưa 22 km đường vào khai thác`) or it measures others (`chiếm 27% lực lượng
    /// lao động`).
    fn in_behind(&self, held: &Held<'_>, from: usize, to: usize) -> Option<Rival> {
        let found = self.fitting(stretch(self.known, self.frame, from, to), held.quantity, to);
        // (`dân tộc Kinh chiếm 85% số dân` has a case of its own)
        let clause = held.around.clause;
        let goes_on = held.from == Found::Sentence && stretch(self.known, self.frame, clause.0, clause.1).is_empty();
        if found.head.is_some_and(|head| strength(self.known, &head) == 1 || goes_on && self.is_yardstick(&head)) {
            return None;
        }
        let traits = Traits::of(&[(Trait::FromBehind, true), (Trait::Case, found.head.is_none() && found.nouns == 0)]);
        Some(Rival { topic: self.topic_of(&found, from, to), from: Found::Clause, traits })
    }

    fn topic_of(&self, found: &Stretch, from: usize, to: usize) -> Topic {
        Topic::of(self.known, self.frame, self.text, self.tokens, found, from, to)
    }

    /// The clauses of the sentence before that of a figure, the nearest first.
    fn clauses_before(&self, around: &Around) -> impl Iterator<Item = (usize, usize)> {
        let first = self.frame.range.0;
        let mut end = around.clause.0;
        let all = std::iter::from_fn(move || {
            let joint = |at: &usize| self.frame.is_joint(*at) || matches!(self.frame.part(*at), Part::Quantity(_));
            end = (first..end).rev().find(|at| !joint(at))? + 1;
            let start = (first..end).rev().find(joint).map_or(first, |at| at + 1);
            let clause = (start, end);
            end = start;
            Some(clause)
        });
        all.take(CLAUSES)
    }

    /// The phrases before a token that begin with a word of measure, with what they measure.
    fn phrases_of_measure(&self, to: usize) -> impl Iterator<Item = (usize, usize)> {
        let noun = |at: usize| matches!(self.frame.part(at), Part::Noun | Part::Proper | Part::Name(_));
        let goes_on = move |at: usize| match self.frame.part(at) {
            Part::Place(_) | Part::Light => true,
            Part::Cue(index) => {
                let kinds = [CueClass::Rate, CueClass::Part, CueClass::Narrow, CueClass::Worth, CueClass::Function];
                self.frame.cues[index as usize].classes.any(&kinds)
            }
            _ => noun(at),
        };
        let begins_at = move |at: usize, word: &str| {
            let mut letters = self.letters(at, to);
            word.chars().all(|letter| letters.next().is_some_and(|own| lower(own) == letter))
        };
        let mut at = self.frame.range.0.max(to.saturating_sub(TOKENS));
        std::iter::from_fn(move || {
            while at < to {
                let opened = self
                    .hits
                    .end_of(at, Mark::Measure)
                    .max(self.hits.end_of(at, Mark::Prefix))
                    .filter(|_| at == self.frame.range.0 || !noun(at - 1));
                let trap = || self.known.rivals.traps.iter().any(|trap| begins_at(at, trap));
                let Some(opened) = opened.filter(|_| !trap()).filter(|end| *end <= to && self.hits.end_of(at, Mark::Anaphor) <= Some(*end))
                else {
                    at += 1;
                    continue;
                };
                let stop = (opened..to).find(|at| !goes_on(*at)).unwrap_or(to);
                let last = (opened..stop).rev().find(|at| noun(*at)).map_or(opened, |at| at + 1);
                let phrase = (at, last);
                at = last;
                return Some(phrase);
            }
            None
        })
    }

    /// What stands right behind a figure, up to the next word that says something of it.
    fn phrase_behind(&self, held: &Held<'_>) -> Option<(usize, usize)> {
        let (from, to) = held.around.behind;
        let function =
            |at: usize| matches!(self.frame.part(at), Part::Cue(cue) if self.frame.cues[cue as usize].classes.has(CueClass::Function));
        let cue = |at: &usize| matches!(self.frame.part(*at), Part::Cue(_)) && !function(*at);
        let first = (from..to).find(|at| self.frame.part(*at) != Part::Light && !function(*at))?;
        // (a percentage is of what it is taken in, an amount is not: `5% trong tổng dư nợ`)
        let part = self.unit_kind(held.quantity) == Some(UnitKind::Percent);
        if !part && (from..=first).any(|at| self.hits.says(at, Particle::Adjunct)) {
            return None;
        }
        let stop = (first..to).find(cue).unwrap_or(to);
        (!self.tokens[from].line && first < stop).then_some((first, stop))
    }
}

/// What the figures or the text before were about; what the clause names is a case of that.
fn of_case(whole: &Topic, held: &Held<'_>) -> Topic {
    let mut topic = whole.clone();
    if held.from == Found::Clause && !held.behind && topic.breakdown.is_empty() {
        topic.breakdown.clone_from(&held.name.text);
        (topic.product, topic.industry, topic.partner) = (held.name.product, held.name.industry, held.name.partner);
    }
    topic
}
