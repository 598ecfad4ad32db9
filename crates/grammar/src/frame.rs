//! What every token of a sentence does: the ground on which figures find their cues and subjects.

use knowledge::CueClass;

use crate::lexicon::{Hit, Hits};
use crate::mark::{Form, Mark, Speaker, kind};
use crate::measure::Classes;
use crate::partner::is_country;
use crate::period::Mention;
use crate::place::Place;
use crate::quantity::Quantity;
use crate::token::{Kind, Token};

/// A name of the vocabulary over tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) what: What,
    /// Whether it begins with a word of growth (`tăng trưởng tín dụng`).
    pub(crate) growth: bool,
    /// Whether a word of number stands before it (`số doanh nghiệp`, `tổng số lao động`).
    pub(crate) counted: bool,
}

/// What a name names, by number in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Indicator(u16, Form),
    Subject(u16, Form),
    Product(u16),
    Industry(u16),
    Partner(u16),
    /// Points back to the subject before.
    Anaphor,
}

impl Name {
    pub(crate) fn is_subject(&self) -> bool {
        matches!(self.what, What::Indicator(..) | What::Subject(..))
    }
}

/// A cue over tokens `start..end`, with all classes that its words have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) classes: Classes,
}

/// What a token is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Mention(u16),
    Quantity(u16),
    Name(u16),
    Place(u16),
    Cue(u16),
    /// A word that says nothing of the subject: bounds, statuses, particles.
    Light,
    /// A word with a capital letter that no table has.
    Proper,
    /// Any other word.
    Noun,
    /// A mark.
    Mark,
}

/// A sentence, token by token.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    pub(crate) range: (usize, usize),
    pub(crate) mentions: Vec<Mention>,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) names: Vec<Name>,
    /// Products, industries and partners inside longer names.
    pub(crate) inner: Vec<Name>,
    pub(crate) cues: Vec<Cue>,
    pub(crate) places: Vec<Place>,
    parts: Vec<Part>,
    /// Depth of brackets.
    depths: Vec<u8>,
    /// Whether a token separates clauses.
    joints: Vec<bool>,
}

impl Frame {
    pub(crate) fn clear(&mut self, range: (usize, usize)) {
        self.range = range;
        self.mentions.clear();
        self.quantities.clear();
        self.names.clear();
        self.inner.clear();
        self.cues.clear();
        self.places.clear();
        self.parts.clear();
        self.depths.clear();
        self.joints.clear();
    }

    pub(crate) fn part(&self, at: usize) -> Part {
        self.parts[at - self.range.0]
    }

    pub(crate) fn depth(&self, at: usize) -> u8 {
        self.depths[at - self.range.0]
    }

    /// Fills names, cues and parts; mentions, quantities and places are there already.
    pub(crate) fn fill(&mut self, tokens: &[Token], hits: &Hits) {
        self.find_names(tokens, hits);
        self.find_cues(tokens, hits);
        self.assign(tokens, hits);
        for at in self.range.0..self.range.1 {
            self.joints.push(self.separates(tokens, at));
        }
    }

    fn claimed(&self, start: usize, end: usize) -> bool {
        self.mentions.iter().any(|m| m.start < end && start < m.end)
            || self.quantities.iter().any(|q| q.start < end && start < q.end)
            || self.places.iter().any(|p| p.start <= start && end <= p.end && p.end - p.start > end - start)
    }

    /// Names, longest first from left to right.
    fn find_names(&mut self, tokens: &[Token], hits: &Hits) {
        let mut at = self.range.0;
        while at < self.range.1 {
            if !hits.has(at, kind::NAME) {
                at += 1;
                continue;
            }
            let end = self.range.1;
            let hit = hits.at(at).iter().find_map(|hit| {
                let what = match hit.mark {
                    Mark::Indicator(index, form) => Some(What::Indicator(index, form)),
                    Mark::Subject(index, form) => Some(What::Subject(index, form)),
                    Mark::Product(index) => Some(What::Product(index)),
                    Mark::Industry(index) => Some(What::Industry(index)),
                    Mark::Partner(index) => Some(What::Partner(index)),
                    Mark::CarefulPartner(index) if is_country(self, tokens, hits, at, hit.end as usize) => Some(What::Partner(index)),
                    Mark::Anaphor => Some(What::Anaphor),
                    Mark::Trap => None,
                    _ => return None,
                };
                (hit.end as usize <= end && !self.claimed(at, hit.end as usize)).then_some((what, hit.end as usize))
            });
            let hit = hit.map(|(what, at_end)| longer_part(hits, at, what, at_end, end));
            // `phấn đấu giá trị …` holds no `đấu giá`; in `đặt kế hoạch doanh thu` the second word is one by itself.
            let word = || hits.at(at).iter().any(|other| matches!(other.mark, Mark::Cue(CueClass::Plan)) && other.end as usize == at + 2);
            let cut = || {
                at > self.range.0
                    && hits.has(at - 1, kind::STATUS)
                    && hits.at(at - 1).iter().any(|other| matches!(other.mark, Mark::Status(..)) && other.end as usize > at)
            };
            let hit = hit.filter(|_| !cut() || word());
            // A longer place hides a short name (`Đông` in `Hà Đông`), a longer cue a verb (`thu` in `thu hút được`).
            let hidden = hit.is_some_and(|(what, end)| {
                let verb = matches!(what, Some(What::Indicator(_, Form::Verb) | What::Subject(_, Form::Verb)));
                hits.at(at).iter().any(|other| {
                    other.end as usize > end
                        && (matches!(other.mark, Mark::Place(_)) && tokens[at].capital || verb && matches!(other.mark, Mark::Cue(_)))
                })
            });
            let hidden = hidden || at > self.range.0 && hit.is_some() && is_several(hits, at);
            let inside = hit.is_some_and(|(what, name_end)| {
                at > self.range.0 + 1 && is_inside_proper_name(tokens, at, what)
                    || at > self.range.0 && opens_persons_name(tokens, hits, at, what, name_end)
            });
            match hit.filter(|(what, name_end)| !hidden && !inside && !yields_to_longer(hits, at, *what, *name_end, end)) {
                // An everyday phrase names nothing, and no name begins inside it.
                Some((None, end)) => at = end,
                Some((Some(what), end)) => {
                    // (`tăng thuế nhập khẩu từ 5% lên 7%`: what is raised there is a rate, and its figures are no growth)
                    let moves = matches!(what, What::Indicator(..));
                    let has = |at: usize, class: CueClass| hits.end_within(at, end, Mark::Cue(class)).is_some();
                    // (`mục tiêu tăng trưởng GDP`)
                    let inside = || (at + 1..end).any(|within| has(within, CueClass::Growth));
                    let growth = has(at, CueClass::Growth) || moves && (has(at, CueClass::Up) || inside());
                    let counted = self.is_counted(hits, at, what);
                    self.names.push(Name { start: at, end, what, growth, counted });
                    self.find_inner(hits, at, end);
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// Products, industries and partners inside a name, the longest first.
    fn find_inner(&mut self, hits: &Hits, start: usize, end: usize) {
        let mut at = start + 1;
        while at < end {
            let narrower = |hit: &Hit| match hit.mark {
                Mark::Product(index) => Some(What::Product(index)),
                Mark::Industry(index) => Some(What::Industry(index)),
                Mark::Partner(index) => Some(What::Partner(index)),
                _ => None,
            };
            let inside = || hits.at(at).iter().filter(|hit| hit.end as usize <= end);
            let longest = inside().find(|hit| narrower(hit).is_some()).map(|hit| hit.end);
            // (`thủy sản` is a product and an industry: what it narrows decides)
            for what in inside().filter(|hit| Some(hit.end) == longest).filter_map(narrower) {
                let end = longest.map_or(at + 1, |end| end as usize);
                self.inner.push(Name { start: at, end, what, growth: false, counted: false });
            }
            at = longest.map_or(at + 1, |end| end as usize);
        }
    }

    /// Whether a noun of people or things has its word of number before it or in it.
    fn is_counted(&self, hits: &Hits, at: usize, what: What) -> bool {
        matches!(what, What::Indicator(_, Form::Counted) | What::Subject(..))
            && (at.saturating_sub(3).max(self.range.0)..at).any(|start| hits.spans((start, at), Mark::Prefix))
            // `một số địa phương` counts nothing.
            && !(at.saturating_sub(2).max(self.range.0)..at).any(|start| at - start > 1 && hits.spans((start, at), Mark::Cue(CueClass::Function)))
    }

    /// Cues, longest first from left to right, outside longer names.
    fn find_cues(&mut self, tokens: &[Token], hits: &Hits) {
        let mut at = self.range.0;
        // The name that a token stands in, or the next.
        let mut name = 0;
        while at < self.range.1 {
            if !hits.has(at, kind::CUE) {
                at += 1;
                continue;
            }
            while self.names.get(name).is_some_and(|name| name.end <= at) {
                name += 1;
            }
            let around = self.names.get(name).filter(|name| name.start <= at && name.what != What::Anaphor);
            let name_end = around.map(|name| name.end);
            // (`số người có việc làm giảm 5%`: what moves is the name, and its last word makes nothing move)
            let crossed = around.filter(|name| name.start < at).map(|name| name.end);
            let moves = [CueClass::Up, CueClass::Down];
            let crosses =
                |end: usize| crossed.is_some_and(|name| name < end && moves.iter().any(|class| hits.spans((name, end), Mark::Cue(*class))));
            let mut found: Option<Cue> = None;
            for hit in hits.at(at) {
                let (Mark::Cue(class), end) = (hit.mark, hit.end as usize) else { continue };
                let balance = matches!(
                    class,
                    CueClass::Surplus | CueClass::Deficit | CueClass::Rate | CueClass::Part | CueClass::Growth | CueClass::Plan
                );
                // The last word of a name right before a figure still governs it (`tỷ lệ Nhà nước nắm giữ 93%`).
                let governs = name_end == Some(end) && self.quantities.iter().any(|quantity| quantity.lead == end);
                if end > self.range.1 || crosses(end) || (name_end.is_some_and(|name| name >= end) && !balance && !governs) {
                    continue;
                }
                match &mut found {
                    Some(cue) if cue.end == end => cue.classes.add(class),
                    Some(_) => {}
                    None => found = Some(Cue { start: at, end, classes: Classes::of(&[class]) }),
                }
            }
            match found {
                Some(cue)
                    if !self.mentions.iter().any(|m| m.start <= at && cue.end <= m.end)
                        && !is_of_a_name(tokens, hits, &cue, self.range) =>
                {
                    at = cue.end;
                    self.cues.push(cue);
                }
                _ => at += 1,
            }
        }
    }

    /// Whether a capital makes a word go on with a name right before it.
    fn goes_on_name(&self, tokens: &[Token], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|before| *before >= self.range.0) else { return false };
        let name = match self.parts[before - self.range.0] {
            Part::Proper => true,
            Part::Noun => tokens[before].capital,
            _ => false,
        };
        name && tokens[at].capital && !tokens[at].upper && !tokens[before].upper && !tokens[at].line
    }

    fn assign(&mut self, tokens: &[Token], hits: &Hits) {
        let (from, to) = self.range;
        let mut depth = 0u8;
        for (offset, token) in tokens[from..to].iter().enumerate() {
            let at = from + offset;
            if token.is('(') {
                depth = depth.saturating_add(1);
            }
            self.depths.push(depth);
            if token.is(')') {
                depth = depth.saturating_sub(1);
            }
            let part = match token.kind {
                // (`Phú Quý` is a name, `quý` alone a quarter)
                Kind::Word if hits.has(at, kind::LIGHT) && !self.goes_on_name(tokens, at) => Part::Light,
                Kind::Word if token.capital && at > from => Part::Proper,
                Kind::Word => Part::Noun,
                Kind::Number => Part::Light,
                Kind::Mark(_) => Part::Mark,
            };
            self.parts.push(part);
        }
        let mut set = |start: usize, end: usize, part: Part| {
            for at in start..end.min(to) {
                self.parts[at - from] = part;
            }
        };
        for (index, name) in self.names.iter().enumerate().filter(|(_, name)| name.what == What::Anaphor) {
            set(name.start, name.end, Part::Name(index as u16));
        }
        // (a verb that only says what is done stays a word of its phrase: `lượng cổ phần đặt mua`)
        let only_done = Classes::of(&[CueClass::Done]);
        for (index, cue) in self.cues.iter().enumerate().filter(|(_, cue)| cue.classes != only_done) {
            set(cue.start, cue.end, Part::Cue(index as u16));
        }
        for (index, name) in self.names.iter().enumerate().filter(|(_, name)| name.what != What::Anaphor) {
            set(name.start, name.end, Part::Name(index as u16));
        }
        for (index, place) in self.places.iter().enumerate() {
            // A partner's name keeps its part: the frame decides later what it is.
            set(place.start, place.end, Part::Place(index as u16));
        }
        for (index, mention) in self.mentions.iter().enumerate() {
            set(mention.start, mention.end, Part::Mention(index as u16));
        }
        for (index, quantity) in self.quantities.iter().enumerate() {
            set(quantity.start, quantity.end, Part::Quantity(index as u16));
        }
    }

    /// Whether a mark opens or closes a bracket that holds nothing but an abbreviation: `tăng trưởng kinh tế (GRDP) quý I đạt …`.
    fn is_gloss(&self, tokens: &[Token], at: usize) -> bool {
        let open = if tokens[at].is('(') { Some(at) } else { at.checked_sub(2).filter(|_| tokens[at].is(')')) };
        open.is_some_and(|open| {
            open + 2 < self.range.1
                && tokens[open].is('(')
                && tokens[open + 1].is_word()
                && tokens[open + 1].upper
                && tokens[open + 2].is(')')
        })
    }

    /// Whether a token separates clauses.
    pub(crate) fn is_joint(&self, at: usize) -> bool {
        self.joints[at - self.range.0]
    }

    /// What separates clauses: a mark outside names, or a connective.
    fn separates(&self, tokens: &[Token], at: usize) -> bool {
        match self.part(at) {
            Part::Mark if self.is_gloss(tokens, at) => false,
            Part::Mark => {
                matches!(tokens[at].kind, Kind::Mark(',' | ';' | ':' | '(' | ')' | '.' | '!' | '?' | '•' | '…' | '|'))
                    || (tokens[at].is('-') && tokens[at].spaced)
            }
            Part::Cue(index) => {
                let cue = &self.cues[index as usize];
                cue.start == at && cue.classes.any(&[CueClass::While, CueClass::Parts]) && !cue.classes.has(CueClass::Reach)
            }
            _ => false,
        }
    }
}

/// `Công ty CP Cao su Đắk Lắk`: a name of the vocabulary inside the name of someone is none.
fn is_inside_proper_name(tokens: &[Token], at: usize, what: Option<What>) -> bool {
    let named = matches!(what, Some(What::Indicator(..) | What::Subject(..) | What::Product(_) | What::Industry(_)));
    let (token, before) = (&tokens[at], &tokens[at - 1]);
    named && token.capital && !token.upper && !token.line && before.is_word() && before.capital
}

/// `một số thị trường`: the word of number belongs to the one before it, and no name of a number begins with it.
fn is_several(hits: &Hits, at: usize) -> bool {
    let ends_here = |at: usize, mark: Mark, end: usize| hits.spans((at, end), mark);
    ends_here(at, Mark::Prefix, at + 1) && ends_here(at - 1, Mark::Cue(CueClass::Function), at + 1)
}

/// `ông Lê Văn Nam`: the word of a fruit or a tree behind a word of people is somebody's family name.
fn opens_persons_name(tokens: &[Token], hits: &Hits, at: usize, what: Option<What>, end: usize) -> bool {
    let goes_on = tokens.get(end).is_some_and(|next| next.is_word() && next.capital && !next.line);
    matches!(what, Some(What::Product(_))) && tokens[at].capital && goes_on && hits.is(at - 1, Mark::Speaker(Speaker::Person))
}

/// `Công ty CP Tô Tiến Phát`, `ông Võ Thành Đàng`: a word of movement between two words of a name is one of them.
fn is_of_a_name(tokens: &[Token], hits: &Hits, cue: &Cue, range: (usize, usize)) -> bool {
    let named = |at: usize| tokens[at].is_word() && tokens[at].capital && !tokens[at].upper;
    let person = || {
        let first = (range.0..cue.start).rev().take_while(|at| named(*at)).last().unwrap_or(cue.start);
        first > range.0 && hits.is(first - 1, Mark::Speaker(Speaker::Person))
    };
    cue.end == cue.start + 1
        && (cue.classes.any(&[CueClass::Up, CueClass::Down]) || cue.classes.any(&[CueClass::Reach, CueClass::Level]) && person())
        && cue.start > range.0 + 1
        && cue.end < range.1
        && (cue.start - 1..=cue.end).all(|at| named(at) && (at < cue.start || !tokens[at].line))
}

/// `ghi nhận lãi hợp nhất sau thuế`: a verb yields to the full name of the same indicator that begins inside it.
fn yields_to_longer(hits: &Hits, at: usize, what: Option<What>, end: usize, limit: usize) -> bool {
    let Some(What::Indicator(index, Form::Verb)) = what else { return false };
    let longer = |hit: &Hit| hit.mark == Mark::Indicator(index, Form::Name) && hit.end as usize > end && hit.end as usize <= limit;
    (at + 1..end).any(|inner| hits.at(inner).iter().any(longer))
}

/// Of two names that begin at a word and right behind it the one that ends later: `ngành cơ khí, chế tạo`, `tổng vốn điều lệ`.
fn longer_part(hits: &Hits, at: usize, what: Option<What>, end: usize, limit: usize) -> (Option<What>, usize) {
    let prefix = hits.spans((at, at + 1), Mark::Prefix);
    let subject = prefix && matches!(what, Some(What::Indicator(..) | What::Subject(..)));
    let longer = hits.at(at + 1).iter().filter(|hit| hit.end as usize > end && hit.end as usize <= limit).find_map(|hit| {
        let longer = match hit.mark {
            Mark::Industry(index) if matches!(what, Some(What::Industry(_))) => What::Industry(index),
            Mark::Indicator(index, Form::Name) if subject => What::Indicator(index, Form::Name),
            Mark::Subject(index, Form::Name) if subject => What::Subject(index, Form::Name),
            _ => return None,
        };
        Some((Some(longer), hit.end as usize))
    });
    longer.unwrap_or((what, end))
}
