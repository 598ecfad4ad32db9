//! Whose figure it is: the subject of a clause, with what narrows it.

use knowledge::{CueClass, Kind, Knowledge};

use crate::frame::{Cue, Frame, Name, Part, What};
use crate::letters::{behind_alike, same};
use crate::mark::Form;
use crate::text::Text;
use crate::token::Token;

/// What a figure is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Topic {
    /// The indicator's number; none if the vocabulary has none.
    pub(crate) indicator: Option<u16>,
    pub(crate) kind: Option<Kind>,
    /// The words that name it.
    pub(crate) text: String,
    /// The words that narrow it.
    pub(crate) breakdown: String,
    pub(crate) product: Option<u16>,
    pub(crate) industry: Option<u16>,
    pub(crate) partner: Option<u16>,
    /// Whether it is called growth (`tốc độ tăng trưởng tín dụng`).
    pub(crate) growth: bool,
    /// Whether it is called a rate (`tỷ lệ …`).
    pub(crate) rate: bool,
    /// Whether it is called a part (`tỷ trọng …`).
    pub(crate) part: bool,
    /// Whether the name is one that yields to a fuller one (a verb, the noun of a count).
    pub(crate) elliptic: bool,
    /// Whether its name says that the amount is below zero (`nhập siêu`, `lỗ`).
    pub(crate) deficit: bool,
    /// The indicator that its words name and that the figure's unit cannot measure: sums behind things that are counted by the way are of
    /// that (`vốn điều chỉnh có 180 lượt dự án tăng thêm 2 tỷ USD`).
    pub(crate) unfit: Option<u16>,
    /// Whether it is capital or a market of which the figure is someone's part: no amount behind it goes on with that.
    pub(crate) held: bool,
}

/// What stands in a stretch of a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stretch {
    /// The name that heads it.
    pub(crate) head: Option<Name>,
    /// First and last content word.
    pub(crate) content: Option<(usize, usize)>,
    pub(crate) nouns: usize,
    pub(crate) propers: usize,
    /// Products, industries and partners.
    pub(crate) narrowed: usize,
    pub(crate) rate: bool,
    pub(crate) part: bool,
    pub(crate) growth: bool,
    pub(crate) places: usize,
    /// Whether it begins with a noun that introduces a narrower case (`ngành`, `thị trường`).
    pub(crate) introduced: bool,
    /// Whether its head is measured in other units than the figure's: the phrase is then all that it names.
    pub(crate) unfit: bool,
}

impl Stretch {
    pub(crate) fn is_empty(&self) -> bool {
        self.content.is_none()
    }

    /// Whether it names nothing but cases of a subject that stands before it.
    pub(crate) fn only_narrows(&self) -> bool {
        self.head.is_none() && self.nouns == 0 && (self.propers > 0 || self.narrowed > 0 || self.places > 0)
    }
}

/// Looks at the tokens `from..to`.
///
/// The strongest name heads it; among equals the first, since a Vietnamese noun phrase begins with its head.
pub(crate) fn stretch(known: &Knowledge, frame: &Frame, from: usize, to: usize) -> Stretch {
    let mut found = Stretch::default();
    let mut at = from;
    while at < to {
        let mut next = at + 1;
        let mut content = true;
        match frame.part(at) {
            Part::Name(index) => {
                let name = frame.names[index as usize];
                next = name.end;
                if name.is_subject() {
                    // Among several the first is the head; a verb form yields to a full name.
                    let leads = found.content.is_none() && is_trade(known, &name);
                    if (leads || usable(known, frame, &name, to))
                        && found.head.as_ref().is_none_or(|head| force(known, head) < force(known, &name))
                    {
                        found.head = Some(name);
                    }
                    found.growth |= name.growth;
                } else if name.what == What::Anaphor {
                    content = false;
                } else {
                    found.narrowed += 1;
                }
            }
            Part::Noun => found.nouns += 1,
            Part::Proper => found.propers += 1,
            Part::Place(index) => {
                found.places += 1;
                next = frame.places[index as usize].end;
                content = false;
            }
            Part::Cue(index) => {
                let cue = &frame.cues[index as usize];
                next = cue.end.max(at + 1);
                found.rate |= cue.classes.has(CueClass::Rate);
                found.part |= cue.classes.has(CueClass::Part);
                found.growth |= cue.classes.has(CueClass::Growth);
                // (`tỉnh` before the name of one is part of it)
                let of_place = cue.classes.has(CueClass::Narrow) && next < to && is_home(frame, next);
                content = cue.classes.any(&[CueClass::Rate, CueClass::Part, CueClass::Narrow]) && !of_place;
                found.introduced |= cue.classes.has(CueClass::Narrow) && found.content.is_none();
            }
            Part::Mention(_) | Part::Quantity(_) | Part::Light | Part::Mark => content = false,
        }
        // Cues inside a name still say what kind it is.
        if let Some(cue) = frame.cues.iter().find(|cue| cue.start >= at && cue.end <= next) {
            found.rate |= cue.classes.has(CueClass::Rate);
            found.part |= cue.classes.has(CueClass::Part);
        }
        if content {
            let first = found.content.map_or(at, |(first, _)| first);
            found.content = Some((first, next.min(to)));
        }
        at = next;
    }
    // (`ở vùng 1.240 điểm`: a noun of kinds alone names no case)
    let names = found.nouns + found.propers + found.narrowed + found.places > 0 || found.head.is_some() || found.rate || found.part;
    if found.introduced && !names {
        (found.content, found.introduced) = (None, false);
    }
    found
}

/// Whether a token is of a place in the country; one abroad is a partner (`sang Brazil`).
fn is_home(frame: &Frame, at: usize) -> bool {
    matches!(frame.part(at), Part::Place(index) if !frame.places[index as usize].abroad)
}

/// A verb names the subject only where its figure or cue follows at once; a bracket behind a verb of trade explains it
/// (`xuất khẩu gạo (thương mại giữa các nước) đạt …`).
fn usable(known: &Knowledge, frame: &Frame, name: &Name, to: usize) -> bool {
    let depth = frame.depth(name.start);
    let aside = |at: usize| frame.depth(at) > depth && is_trade(known, name);
    !matches!(name.what, What::Indicator(_, Form::Verb) | What::Subject(_, Form::Verb))
        || (name.end..to).all(|at| !matches!(frame.part(at), Part::Noun) || aside(at))
}

/// Whether a name is a verb of making or trading goods: at the head of its clause it names the subject (`xuất khẩu đồ nội thất`).
pub(crate) fn is_trade(known: &Knowledge, name: &Name) -> bool {
    let What::Indicator(index, _) = name.what else { return false };
    let indicator = &known.indicators[index as usize];
    indicator.kind == Kind::Flow && indicator.parts.contains(&knowledge::Part::Product)
}

/// The strength of a name, a counted noun with its word of number (`số doanh nghiệp`) counting as full.
fn force(known: &Knowledge, name: &Name) -> u8 {
    if name.counted { 3 } else { strength(known, name) }
}

/// How well a name serves as a subject: a full name before the noun of a count, that before a verb or a noun of people and places.
pub(crate) fn strength(known: &Knowledge, name: &Name) -> u8 {
    match name.what {
        What::Indicator(_, Form::Name) => 3,
        What::Subject(index, Form::Name) if known.subjects[index as usize].kind != Kind::Count => 3,
        What::Indicator(_, Form::Counted) => 2,
        What::Indicator(_, Form::Verb) | What::Subject(_, Form::Verb) => 1,
        _ => 0,
    }
}

/// The words of tokens `from..to`, as printed; a bracket that does not end in them is left out (`kinh tế (GRDP` is `kinh tế`).
pub(crate) fn words(text: &Text, tokens: &[Token], from: usize, to: usize) -> String {
    if from >= to {
        return String::new();
    }
    let mut words = text.slice(tokens[from].start, tokens[to - 1].end);
    if let Some(open) = words.rfind('(').filter(|open| !words[*open..].contains(')')) {
        words.truncate(words[..open].trim_end().len());
    }
    words
}

impl Topic {
    /// The topic of statistics that its indicator belongs to (`foreign_trade`).
    pub(crate) fn field<'k>(&self, known: &'k Knowledge) -> Option<&'k str> {
        self.indicator.map(|index| known.indicators[index as usize].topic.as_str())
    }

    /// Whether it is of a whole economy (`lạm phát`).
    pub(crate) fn is_of_economy(&self, known: &Knowledge) -> bool {
        let field = self.field(known);
        matches!(field, Some("national_accounts" | "population_labour" | "money"))
            || field == Some("prices") && self.kind != Some(Kind::Price)
    }

    /// Whether a country beside it is a partner and not where the figure holds.
    pub(crate) fn has_partners(&self, known: &Knowledge) -> bool {
        matches!(self.field(known), Some("foreign_trade" | "tourism" | "investment"))
    }

    /// The topic that a stretch names.
    pub(crate) fn of(known: &Knowledge, frame: &Frame, text: &Text, tokens: &[Token], found: &Stretch, from: usize, to: usize) -> Self {
        let mut topic = Self { growth: found.growth, rate: found.rate, part: found.part, ..Self::default() };
        topic.narrow(frame, from, to);
        let (first, last) = found.content.unwrap_or((from, from));
        match found.head {
            Some(head) => {
                match head.what {
                    // (what a thing costs is a price, though none of the vocabulary: `đường Bùi Viện giá 1,4 tỷ đồng/m2`)
                    What::Indicator(index, _) if found.unfit => {
                        topic.kind = Some(known.indicators[index as usize].kind).filter(|kind| *kind == Kind::Price);
                        topic.unfit = Some(index);
                    }
                    _ if found.unfit => {}
                    What::Indicator(index, _) => {
                        topic.indicator = Some(index);
                        topic.kind = Some(known.indicators[index as usize].kind);
                    }
                    What::Subject(index, _) => topic.kind = Some(known.subjects[index as usize].kind),
                    _ => {}
                }
                topic.text = words(text, tokens, head.start, head.end);
                topic.elliptic =
                    matches!(head.what, What::Indicator(_, Form::Verb | Form::Counted) | What::Subject(_, Form::Verb | Form::Counted));
                // Outside the vocabulary the whole phrase is the name.
                if topic.indicator.is_none() {
                    // (`đường Bùi Viện giá 1,4 tỷ đồng/m2`: the price of what stands before it)
                    let price = topic.kind == Some(Kind::Price) && head.end == last;
                    let start = if price || is_had(frame, first, &head) { head.start } else { first.min(head.start) };
                    topic.text = words(text, tokens, start, last.max(head.end));
                }
                // (`mức bội chi ngân sách` too, but no rate of it)
                let deficit = |cue: &&Cue| cue.start >= head.start && cue.end <= head.end && cue.classes.has(CueClass::Deficit);
                topic.deficit = frame.cues.iter().find(deficit).is_some_and(|cue| {
                    cue.start == head.start || !frame.cues.iter().any(|c| c.start == head.start && c.classes.has(CueClass::Rate))
                });
                topic.breakdown = rest(frame, text, tokens, head.end, last);
                // `xuất khẩu gạo` is one name; the product inside it still narrows, also where only its place follows (`… của tỉnh`).
                if topic.breakdown.is_empty() || known.lexicon.narrowing.hollow.contains(topic.breakdown.as_str()) {
                    let narrows = |inner: &&Name| {
                        head.start < inner.start
                            && inner.end <= head.end
                            && narrows(known, &head, inner)
                            && !named(known, &head, inner, text, tokens)
                    };
                    if let Some(inner) = frame.inner.iter().find(narrows) {
                        topic.breakdown = words(text, tokens, inner.start, inner.end);
                        topic.mark(inner.what);
                    }
                }
                if topic.breakdown.is_empty() && first < head.start {
                    topic.breakdown = rest(frame, text, tokens, first, head.start);
                }
            }
            None => topic.text = words(text, tokens, first, last),
        }
        topic
    }

    /// The same subject, narrowed by what a stretch names.
    pub(crate) fn narrowed(&self, frame: &Frame, text: &Text, tokens: &[Token], found: &Stretch, from: usize, to: usize) -> Self {
        let mut topic = self.clone();
        topic.narrow(frame, from, to);
        if let Some((first, last)) = found.content {
            topic.breakdown = words(text, tokens, first, last);
        }
        topic
    }

    /// Whether its name is a shorter form of another's (`kim ngạch` behind `kim ngạch nhập khẩu`).
    pub(crate) fn shortens(&self, known: &Knowledge, fuller: &Self) -> bool {
        if fuller.indicator.is_none() || self.indicator == fuller.indicator || self.text.is_empty() {
            return false;
        }
        // (`khách quốc tế đạt 8.400 lượt, khách lưu trú đạt 201.000 lượt`: guests of no kind are all of them)
        let guests = |topic: &Self| topic.kind == Some(Kind::Count) && topic.field(known) == Some("tourism");
        if guests(self) && guests(fuller) {
            return false;
        }
        // `tổng kim ngạch` behind `kim ngạch xuất khẩu`: a word of number before it makes it no fuller.
        let behind = |word: &String| behind_alike(&self.text, word.chars())?.strip_prefix(' ');
        let own = known.name_words.prefixes.iter().find_map(behind).unwrap_or(&self.text);
        let begins = behind_alike(&fuller.text, own.chars()).is_some_and(|rest| rest.starts_with(' '));
        // (`xuất khẩu` is no part of `xuất nhập khẩu`)
        begins || self.elliptic && holds_words(&fuller.text, own)
    }

    /// Narrows it to a product, industry or partner.
    pub(crate) fn take(&mut self, what: What, words: String) {
        self.breakdown = words;
        self.mark(what);
    }

    /// Narrows it to the case that another subject is narrowed to.
    pub(crate) fn narrow_as(&mut self, other: &Self) {
        self.breakdown.clone_from(&other.breakdown);
        (self.product, self.industry, self.partner) = (other.product, other.industry, other.partner);
    }

    fn narrow(&mut self, frame: &Frame, from: usize, to: usize) {
        for name in frame.names.iter().filter(|name| from <= name.start && name.end <= to) {
            self.mark(name.what);
        }
    }

    /// Notes the code of what narrows it.
    fn mark(&mut self, what: What) {
        match what {
            What::Product(index) => self.product = Some(index),
            What::Industry(index) => self.industry = Some(index),
            What::Partner(index) => self.partner = Some(index),
            _ => {}
        }
    }
}

/// Whether a name holds some words and more.
fn holds_words(name: &str, words: &str) -> bool {
    let (all, count) = (name.split_whitespace().count(), words.split_whitespace().count());
    let begins =
        |at: usize| name.split_whitespace().skip(at).zip(words.split_whitespace()).all(|(one, other)| same(one.chars(), other.chars()));
    count < all && (0..=all - count).any(begins)
}

/// Whether a name is what something before it has or does something to, which only narrows it (`BIC có vốn điều lệ`, `FPTS sẽ giảm tỷ lệ sở hữu`).
fn is_had(frame: &Frame, first: usize, head: &Name) -> bool {
    use CueClass::{Act, Auxiliary, Down, Plan, Speaker, Up, Verb};
    matches!(head.what, What::Subject(_, Form::Name))
        && frame
            .cues
            .iter()
            .any(|cue| first < cue.start && cue.end <= head.start && cue.classes.any(&[Act, Auxiliary, Down, Plan, Speaker, Up, Verb]))
}

/// Whether a product, industry or partner inside an indicator's name is a case of it (`xuất khẩu gạo`) and not what it is about (`sản lượng than`).
pub(crate) fn narrows(known: &Knowledge, head: &Name, inner: &Name) -> bool {
    let What::Indicator(index, _) = head.what else { return true };
    let indicator = &known.indicators[index as usize];
    let part = match inner.what {
        What::Product(product) if indicator.whole.as_deref() == Some(known.products[product as usize].id.as_str()) => return false,
        What::Product(_) => knowledge::Part::Product,
        What::Industry(_) => knowledge::Part::Industry,
        _ => knowledge::Part::Partner,
    };
    indicator.parts.contains(&part)
}

/// Whether a part stands in the indicator's own name as it stands here, between the same words: no pepper (`tiêu`) in
/// *Chỉ số giá tiêu dùng*, but a product in `giá xăng`, though *Giá bán lẻ xăng dầu* names it.
fn named(known: &Knowledge, head: &Name, inner: &Name, text: &Text, tokens: &[Token]) -> bool {
    let What::Indicator(index, _) = head.what else { return false };
    let lower = |words: &str| words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let name = lower(&known.indicators[index as usize].vi);
    let part = lower(&words(text, tokens, head.start.max(inner.start - 1), inner.end));
    let longer = lower(&words(text, tokens, head.start.max(inner.start - 1), tokens.len().min(inner.end + 1)));
    name.ends_with(&part) || name.windows(longer.len()).any(|words| words == longer)
}

/// Content words behind a head, without the light words and adjuncts at both ends.
fn rest(frame: &Frame, text: &Text, tokens: &[Token], from: usize, to: usize) -> String {
    let content = |at: usize| {
        matches!(frame.part(at), Part::Noun | Part::Proper | Part::Name(_))
            || matches!(frame.part(at), Part::Cue(index) if frame.cues[index as usize].classes.has(CueClass::Narrow))
                && !(at + 1 < to && is_home(frame, at + 1))
    };
    let Some(first) = (from..to).find(|at| content(*at)) else { return String::new() };
    let last = (first..to).rev().find(|at| content(*at)).map_or(first + 1, |at| at + 1);
    words(text, tokens, first, last)
}
