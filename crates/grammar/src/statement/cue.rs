//! The cue that governs a figure.

use knowledge::{CueClass, Kind, UnitKind};
use model::Status;

use super::Sentence;
use super::around::Around;
use crate::frame::{Cue, Name, Part, What};
use crate::mark::Mark;
use crate::measure::Classes;
use crate::quantity::{Measured, Quantity};

const GOVERNING: &[CueClass] = &[
    CueClass::Up,
    CueClass::Down,
    CueClass::Level,
    CueClass::Reach,
    CueClass::From,
    CueClass::Share,
    CueClass::Contribute,
    CueClass::Multiple,
    CueClass::Equal,
    CueClass::Complete,
    CueClass::Exceed,
    CueClass::Surplus,
    CueClass::Deficit,
    CueClass::Growth,
    CueClass::Increment,
    CueClass::Negative,
    CueClass::Unchanged,
];

/// Those that govern over more than a few nouns.
const FIRM: &[CueClass] = &[CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Contribute, CueClass::Share, CueClass::Multiple];

/// Nouns between a figure and the farthest of these.
const FARTHEST: usize = 12;

/// Nouns between a figure and the farthest of the others (`đạt`, `từ`).
const FARTHEST_SOFT: usize = 6;

impl Sentence<'_> {
    /// The cue that governs a figure: the one that leads to it, else the nearest before it in its clause.
    pub(super) fn cue(&self, around: &Around, quantity: &Quantity) -> Option<&Cue> {
        let placed = |c: &Cue| c.end == quantity.lead && c.classes.has(CueClass::Where);
        if quantity.measured == Measured::Things && self.frame.cues.iter().any(placed) {
            return None;
        }
        match self.leading(quantity) {
            Some(cue) => Some(cue).filter(|cue| !self.compares(cue, quantity)),
            None => self.moved_things(quantity).or_else(|| self.nearest(around, quantity)),
        }
    }

    /// `có 41 mã giảm quá 1%`, `8 mã tăng từ 1% trở lên`: a verb that ends the name of counted things says how far each of them went.
    fn moved_things(&self, quantity: &Quantity) -> Option<&Cue> {
        let from = self.frame.cues.iter().find(|cue| cue.end == quantity.lead && cue.classes.has(CueClass::From));
        let end = from.filter(|cue| !cue.classes.any(&[CueClass::Up, CueClass::Down])).map_or(quantity.lead, |cue| cue.start);
        let things = |other: &Quantity| other.measured == Measured::Things && other.end == end;
        let moves = |cue: &&Cue| cue.end == end && cue.classes.any(&[CueClass::Up, CueClass::Down]);
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        self.frame.cues.iter().find(moves).filter(|_| percent && self.frame.quantities.iter().any(things))
    }

    /// Lead-in words may be cues themselves (`vượt`, `cao hơn`, `tương đương`).
    fn leading(&self, quantity: &Quantity) -> Option<&Cue> {
        let moves = &[CueClass::Up, CueClass::Down, CueClass::Exceed];
        let leads = |cue: &&Cue| {
            let reached = quantity.measured == Measured::Things && cue.classes.has(CueClass::Level);
            cue.start == quantity.lead && cue.end <= quantity.start && (reached || cue.classes.any(moves))
        };
        let governed = || self.frame.cues.iter().any(|c| c.end == quantity.lead && c.classes.any(GOVERNING));
        self.frame.cues.iter().find(leads).filter(|_| !governed())
    }

    /// The nearest cue before a figure in its clause that governs, unless another verb or too much else stands in between.
    fn nearest(&self, around: &Around, quantity: &Quantity) -> Option<&Cue> {
        let cues = &self.frame.cues;
        let (from, to) = around.clause;
        let (mut nouns, mut at) = (0, to);
        while at > from {
            at -= 1;
            let over = |cue: &&Cue| cue.start <= at && at < cue.end && cue.start >= from && cue.end <= quantity.start;
            let Some(cue) = cues.iter().find(over) else {
                let verb = |cue: &Cue| cue.start == at && cue.classes.has(CueClass::Verb);
                if nouns > 0 && cues.iter().any(verb) {
                    return None;
                }
                nouns += usize::from(matches!(self.frame.part(at), Part::Noun | Part::Proper | Part::Name(_)));
                if nouns > FARTHEST {
                    return None;
                }
                continue;
            };
            at = cue.start;
            if self.ends_name(cue) {
                nouns += 1;
                continue;
            }
            if nouns == 0 && self.compares(cue, quantity) {
                return None;
            }
            if nouns == 0 && (self.leads_range(cue, quantity) || self.turns_move(cue)) {
                continue;
            }
            let governs = cue.classes.any(GOVERNING);
            if governs && (nouns <= FARTHEST_SOFT || cue.classes.any(FIRM)) {
                let moved = self.led_to(cue, around, quantity).or_else(|| self.moved_price(cue)).or_else(|| self.moved_in_turn(cue));
                return Some(moved.unwrap_or(cue));
            }
            if !governs && nouns > 0 && cue.classes.has(CueClass::Verb) {
                return None;
            }
        }
        None
    }

    /// `thuế giá trị gia tăng 10%`: a verb of growth that only ends the name of something says nothing of its figure.
    fn ends_name(&self, cue: &Cue) -> bool {
        // (`số mã tăng trên 2%`: of what is counted the verb says what its cases do)
        let counted = |what: What| matches!(what, What::Subject(index, _) if self.known.subjects[index as usize].kind == Kind::Count);
        let ends = |name: &Name| name.start < cue.start && name.end == cue.end && name.is_subject() && !counted(name.what);
        cue.classes.has(CueClass::Up) && !cue.classes.has(CueClass::Growth) && self.frame.names.iter().any(ends)
    }

    /// `giảm từ 10-15%`: a range says both its ends, unless another level follows; points are none (`giảm từ 0,1-0,2 điểm phần trăm, xuống
    /// mức 5,7%`).
    fn leads_range(&self, cue: &Cue, quantity: &Quantity) -> bool {
        cue.classes.has(CueClass::From)
            && !cue.classes.any(&[CueClass::Up, CueClass::Down])
            && quantity.high.is_some()
            && (self.unit_kind(quantity) == Some(UnitKind::Point) || !self.is_followed_by_level(quantity))
    }

    /// `giảm tương ứng 300.000 đồng và 200.000 đồng`: behind a verb of movement the word only says that its figures come in turn.
    fn turns_move(&self, cue: &Cue) -> bool {
        let moves = |other: &Cue| other.end == cue.start && other.classes.any(&[CueClass::Up, CueClass::Down]);
        cue.classes.has(CueClass::Respectively) && self.frame.cues.iter().any(moves)
    }

    /// The classes that govern a figure: those of its cue, and what the noun says that its verb of a level stands behind
    /// (`mức giảm cao nhất là 21%`, `giải ngân vốn đầu tư công đạt 34%`).
    pub(super) fn governing(&self, around: &Around, quantity: &Quantity, cue: Option<&Cue>) -> Classes {
        let mut classes = cue.map(|cue| cue.classes).unwrap_or_default();
        let kind = self.unit_kind(quantity);
        let percent = kind == Some(UnitKind::Percent);
        if let Some(verb) = self.moved_before_comma(around, quantity).filter(|_| percent && cue.is_none()) {
            return verb.classes;
        }
        let Some(cue) = cue.or_else(|| self.turns(quantity)) else { return classes };
        let sum = matches!(kind, Some(UnitKind::Money | UnitKind::Index));
        if sum && classes.has(CueClass::Growth) && !classes.any(&[CueClass::Up, CueClass::Down]) {
            classes.add(CueClass::Up);
            return classes;
        }
        let other = &[
            CueClass::Up,
            CueClass::Down,
            CueClass::Reach,
            CueClass::From,
            CueClass::Share,
            CueClass::Contribute,
            CueClass::Multiple,
            CueClass::Increment,
        ];
        if !cue.classes.any(&[CueClass::Level, CueClass::Respectively]) || classes.any(other) {
            return classes;
        }
        let from = self.led_by_turns(around, cue).unwrap_or(around.clause.0);
        let spent = |at: usize| {
            let is = |class: CueClass| self.hits.is(at, Mark::Cue(class));
            is(CueClass::Complete) && is(CueClass::Done)
        };
        if percent && (from..cue.start).any(spent) {
            classes.add(CueClass::Complete);
        }
        // (`chiếm tỷ trọng lớn nhất với 69%`, but `tỷ trọng dư nợ với lãi suất 15%`, `giữ sắc xanh với mức tăng 1%`)
        let shares = |other: &&Cue| other.start >= from && other.end <= cue.start && other.classes.has(CueClass::Share);
        let named = |at: usize| matches!(self.frame.part(at), Part::Name(_) | Part::Noun);
        let share = self.frame.cues.iter().rfind(shares).filter(|share| !self.has(share.end, quantity.lead, CueClass::Growth));
        if percent && share.is_some() && !(cue.end..quantity.lead).any(named) {
            classes.add(CueClass::Share);
        }
        let moves = |other: &&Cue| other.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Contribute]);
        let noun = self.frame.cues.iter().rev().filter(|other| other.start >= from && other.end <= cue.start).find(moves);
        // (`Tốc độ tăng trưởng bình quân toàn giai đoạn đạt 9%/năm`)
        if percent && noun.is_some_and(|noun| noun.classes.has(CueClass::Growth) && noun.start == from) {
            classes.add(CueClass::Growth);
        }
        match noun.filter(|noun| noun.classes.has(CueClass::Growth) && !noun.classes.has(CueClass::Up)) {
            Some(noun) if noun.classes.has(CueClass::Down) && (percent || sum) => classes.add(CueClass::Down),
            Some(_) if sum => classes.add(CueClass::Up),
            _ => {}
        }
        classes
    }

    /// `lượng tin đăng tăng, lần lượt 6% và 7%`, `tăng rất mạnh, hơn 39% trong 1 tháng`: a verb before the comma says what the figure does
    /// that stands alone behind it.
    fn moved_before_comma(&self, around: &Around, quantity: &Quantity) -> Option<&Cue> {
        let comma = around.clause.0.checked_sub(1).filter(|at| *at > around.gap.0 && self.tokens[*at].is(','))?;
        let adverb = |cue: &Cue| cue.classes.any(&[CueClass::Function, CueClass::Particle, CueClass::Respectively]);
        let within = |at: usize| self.frame.cues.iter().find(|cue| cue.start <= at && at < cue.end);
        let light = |at: usize| self.frame.part(at) == Part::Light || within(at).is_some_and(adverb);
        // (`cao hơn nhiều, lần lượt là 3,9% GDP` is a level, `giá giảm, 14% còn lại cho rằng …` another's part)
        let moves = |cue: &&Cue| {
            let turn = cue.classes.any(&[CueClass::Up, CueClass::Down]) && !cue.classes.any(&[CueClass::Reach, CueClass::Basis]);
            cue.end <= comma && cue.start >= around.gap.0 && turn
        };
        let behind = self.frame.part(quantity.end.min(self.frame.range.1 - 1));
        let basis = |cue: &Cue| cue.classes.any(&[CueClass::Basis, CueClass::Function]) && !cue.classes.has(CueClass::Speaker);
        let ends = match behind {
            Part::Mention(_) | Part::Mark => true,
            Part::Cue(at) => basis(&self.frame.cues[at as usize]),
            _ => quantity.end == self.frame.range.1,
        };
        let verb = self.frame.cues.iter().rfind(moves).filter(|_| ends)?;
        ((verb.end..comma).chain(comma + 1..quantity.lead).all(light)).then_some(verb)
    }

    /// `lần lượt là` right before a figure.
    fn turns(&self, quantity: &Quantity) -> Option<&Cue> {
        self.frame.cues.iter().find(|cue| cue.end == quantity.lead && cue.classes.has(CueClass::Respectively))
    }

    /// Where the clause before `, lần lượt là` begins: the comma only sets apart how its figures are told.
    fn led_by_turns(&self, around: &Around, cue: &Cue) -> Option<usize> {
        let (from, _) = around.gap;
        let comma = around.clause.0.checked_sub(1).filter(|at| *at > from && self.tokens[*at].is(','))?;
        let turns = cue.classes.has(CueClass::Respectively)
            || self.frame.cues.iter().any(|other| other.start == comma + 1 && other.classes.has(CueClass::Respectively));
        turns.then(|| (from..comma).rev().find(|at| self.is_joint(*at, 1)).map_or(from, |at| at + 1))
    }

    /// `tiếp tục giảm lãi suất cho vay thêm 0,5%`: what is moved further stands between the verb and its `thêm`.
    fn moved_further(&self, increment: &Cue, around: &Around) -> Option<&Cue> {
        let further = increment.classes.has(CueClass::Increment)
            && increment.classes.has(CueClass::Particle)
            && !increment.classes.any(&[CueClass::Up, CueClass::Down]);
        let moves = |cue: &&Cue| cue.classes.any(&[CueClass::Up, CueClass::Down]) && !cue.classes.has(CueClass::Reach);
        let before = self.frame.cues.iter().rev().filter(|cue| cue.start >= around.clause.0 && cue.end <= increment.start);
        before.filter(|_| further).find(moves)
    }

    /// `giảm giá bán vàng miếng 200.000 đồng/lượng`: what moves is the price at which someone buys or sells.
    fn moved_price(&self, dealing: &Cue) -> Option<&Cue> {
        let moves = |cue: &&Cue| cue.end == dealing.start && cue.end > cue.start + 1 && cue.classes.any(&[CueClass::Up, CueClass::Down]);
        self.frame.cues.iter().find(moves).filter(|_| dealing.classes.has(CueClass::Dealing))
    }

    /// `tăng tương ứng 700.000 đồng/lượng và 600.000 đồng/lượng`: the verb right before a word of turns says what they do.
    fn moved_in_turn(&self, turns: &Cue) -> Option<&Cue> {
        let moves = |cue: &&Cue| cue.end == turns.start && cue.classes.any(&[CueClass::Up, CueClass::Down]);
        self.frame.cues.iter().find(moves).filter(|_| turns.classes.has(CueClass::Respectively))
    }

    /// `sụt giảm mạnh, tới 27,4%`, `giảm mạnh nhất, tới 4.000 đồng/kg`: a percentage or a price that a mere particle leads to says how far
    /// the verb before it went.
    fn led_to(&self, particle: &Cue, around: &Around, quantity: &Quantity) -> Option<&Cue> {
        if let Some(verb) = self.moved_further(particle, around) {
            return Some(verb);
        }
        // (`giảm về 6%` reaches a level)
        let leads = particle.classes.has(CueClass::Particle) && !particle.classes.has(CueClass::Reach);
        let moved = match self.unit_kind(quantity) {
            Some(UnitKind::Percent) => true,
            Some(UnitKind::Money) => quantity.per[0].is_some() || particle.classes.has(CueClass::Increment),
            _ => false,
        };
        if !leads || !moved {
            return None;
        }
        // (`đóng góp tới 41,28% trong cơ cấu GDP`)
        let moves =
            |cue: &&Cue| cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Contribute]) && !cue.classes.has(CueClass::Reach);
        let mut before = self.frame.cues.iter().rev().filter(|cue| cue.start >= around.gap.0 && cue.end <= particle.start);
        let verb = before.find(moves)?;
        let adverb = |cue: &Cue| cue.classes.any(&[CueClass::Function, CueClass::Particle]) && !cue.classes.has(CueClass::While);
        let within = |at: usize| self.frame.cues.iter().find(|cue| cue.start <= at && at < cue.end);
        (verb.end..particle.start).all(|at| self.tokens[at].is(',') || within(at).is_some_and(adverb)).then_some(verb)
    }

    /// Whether a word of comparison leads to a figure: `tăng so với mức 43% của năm trước`, what is compared with is a level.
    pub(super) fn compares(&self, cue: &Cue, quantity: &Quantity) -> bool {
        // (`thấp hơn mức 5.123 tỷ đồng năm 2018`, `cao hơn mức tăng 5% của năm 2018` name what is compared with, `thấp hơn 5 tỷ đồng` a difference)
        // (a bound is none: `thấp hơn khoảng 30%`)
        let led = |mark: fn(&Mark) -> bool| self.hits.at(cue.end).iter().any(|hit| hit.end as usize == quantity.start && mark(&hit.mark));
        let level = cue.classes.any(&[CueClass::Up, CueClass::Down])
            && led(|mark| {
                matches!(
                    mark,
                    Mark::Prefix
                        | Mark::Status(Status::Forecast | Status::Target, _)
                        | Mark::Cue(CueClass::Level | CueClass::Rate | CueClass::Plan | CueClass::Growth)
                )
            })
            && !led(|mark| matches!(mark, Mark::Bound(_)));
        cue.classes.has(CueClass::Basis)
            && (level || !cue.classes.any(GOVERNING))
            && !self.frame.mentions.iter().any(|mention| mention.start >= cue.end && mention.end <= quantity.start)
    }

    /// Whether a figure is the level that the one before it is compared with.
    pub(super) fn is_basis(&self, around: &Around, quantity: &Quantity) -> bool {
        let content = |at: usize| matches!(self.frame.part(at), Part::Noun | Part::Proper | Part::Name(_));
        // (`cao hơn mức 6,9% của năm 2024`: words that lead the figure as a bound does are no part of its clause)
        let (behind, to) = around.behind;
        let dated = || self.frame.mentions.iter().any(|mention| mention.start >= behind && mention.end <= to);
        self.frame.cues.iter().any(|cue| {
            cue.start >= around.gap.0
                && (cue.end <= around.clause.1 || cue.end <= quantity.start && dated())
                && self.compares(cue, quantity)
                && !(cue.end..around.clause.1).any(|at| content(at) || self.is_joint(at, 1))
        })
    }

    /// Whether the next figure is the level that a change leads to (`từ 5-6% lên 7-8%`).
    pub(super) fn is_followed_by_level(&self, quantity: &Quantity) -> bool {
        let next = self.frame.quantities.iter().find(|next| next.start >= quantity.end);
        next.is_some_and(|next| {
            self.frame.cues.iter().any(|cue| cue.start >= quantity.end && cue.end <= next.start && cue.classes.has(CueClass::Reach))
        })
    }
}
