//! What a figure says: the evidence for its measure, its value and its unit.

use std::borrow::Cow;

use knowledge::{CueClass, Kind, UnitKind};
use model::Measure;
use rust_decimal::Decimal;

use super::around::Around;
use super::{Draft, Found, Near, Said, Sentence, Whose};
use crate::frame::{Cue, Name, Part, What};
use crate::letters::is_first;
use crate::mark::Particle;
use crate::measure::{Classes, Evidence, measure};
use crate::period::{Expr, Mention, Role};
use crate::quantity::{Measured, Quantity};
use crate::topic::{Topic, stretch};

/// From so many percent on, what is compared with another time is a ratio and no growth.
pub(super) const LEAST_RATIO: i64 = 40;

/// By so many percent only sums of money move, and no rates of them.
const LEAST_OF_SUM: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

impl Sentence<'_> {
    /// All that decides what a figure says; `basis` says that another is compared with it.
    pub(super) fn evidence(
        &self,
        quantity: &Quantity,
        around: &Around,
        cue: Classes,
        whose: &Whose,
        near: Near<'_>,
        basis: bool,
    ) -> Evidence {
        let (from, to) = around.behind;
        let topic = &whose.topic;
        let unit = self.unit_kind(quantity);
        let mentions = &self.frame.mentions;
        let same_span = |m: &Mention| m.end <= to && matches!(m.expr, Expr::Same(_));
        let timed_basis = mentions.iter().any(|m| m.start >= from && (m.end <= to && m.role == Role::Basis || same_span(m)));
        let signed = quantity.negative || self.tokens[quantity.start].is('+') || self.has_lost_sign(quantity);
        // (`tăng 1%`, `vượt 1%`, `16% so với năm 2023` and `A (16%)` say something else of a rate)
        let moves = cue.any(&[CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Exceed, CueClass::Share]);
        let apart = timed_basis || self.has(from, to, CueClass::Basis) || self.frame.depth(quantity.start) > 0;
        let still = unit == Some(UnitKind::Percent) && !moves && !apart;
        let rises = cue.any(&[CueClass::Up, CueClass::Down]) && !cue.any(&[CueClass::From, CueClass::Reach]);
        let contributes = unit == Some(UnitKind::Point) && self.has(around.clause.0, around.clause.1, CueClass::Contribute);
        Evidence {
            cue: if contributes { Classes::of(&[CueClass::Contribute]) } else { cue },
            unit,
            plan_behind: self.has_plan_behind(around),
            against_plan: self.is_against_plan(around),
            basis_behind: timed_basis || self.has(from, to, CueClass::Basis),
            noun_behind: matches!(self.behind_first(around), Some(Part::Noun | Part::Name(_))),
            of_whole: self.is_of_whole(around),
            of_people: self.is_of_people(around),
            into_growth: self.goes_into_growth(around),
            adds: self.adds_to_growth(around, whose, near),
            growth: topic.growth || self.recalls_growth(quantity, around, cue, near.previous),
            rate_named: topic.rate || still && self.is_called_a_rate(topic),
            rate_done: topic.kind == Some(Kind::Rate) && self.has_name_between(around, quantity),
            told_as: !cue.any(&[CueClass::From, CueClass::Reach]) && self.is_told_as(around, quantity),
            known: topic.indicator.is_some(),
            planned: topic.field(self.known).is_some_and(|field| matches!(field, "public_finance" | "investment")),
            rises: topic.indicator.is_some_and(|index| self.known.indicators[index as usize].rises),
            part_named: topic.part && !Self::moves_amount_before(cue, whose, near) || self.tells_of_part(quantity, around),
            // A yield or a density moves in percent, as an amount does: only rates in percent move by points.
            // (`số người tham gia bảo hiểm xã hội tăng 8,8%`: of a share people are counted)
            kind: topic.kind.map(|kind| match kind {
                Kind::Rate if self.is_amount(topic) => Kind::Flow,
                Kind::Share if self.is_number_of(&topic.text) => Kind::Count,
                // (`nợ xấu tăng 10%`: a sum that is not called a rate, and that no rate moves by so many points)
                Kind::Share if !topic.rate && rises && topic.field(self.known) == Some("money") && quantity.value >= LEAST_OF_SUM => {
                    Kind::Stock
                }
                kind => kind,
            }),
            signed,
            of_plan: topic.indicator.is_some_and(|index| self.known.indicators[index as usize].of_plan)
                || cue.has(CueClass::Attained) && self.reaches_of(around, whose, near),
            per: quantity.per[0].is_some(),
            said_by: self.is_said_by(around, topic),
            timed_basis,
            basis_next: mentions.iter().any(|m| m.start == from && same_span(m))
                || self.frame.cues.iter().any(|c| c.start == from && c.end <= to && c.classes.has(CueClass::Basis)),
            of_earlier: self.is_of_earlier(around, topic),
            large: quantity.value >= Decimal::from(LEAST_RATIO),
            within: quantity.value <= Decimal::ONE_HUNDRED,
            subject_behind: whose.behind,
            fraction_of_time: mentions.iter().any(|m| m.start == from),
            bracketed: cue.is_empty() && !signed && self.is_bracketed(quantity, around, near) && !self.moves_a_price(quantity, topic),
            moves_level: signed && near.base.is_some_and(|draft| draft.unit == "%" && draft.measure == Measure::Level),
            // (what a difference is taken from is none)
            parallel: self
                .parallel(around, cue, whose, near.previous, unit)
                .or_else(|| Self::of_earlier_part(cue, near, unit))
                .or_else(|| Self::equalled(quantity, cue, near, unit))
                .filter(|m| !(basis && *m == Measure::Difference)),
        }
    }

    /// `chiếm 16% tỷ trọng, tương đương 160 triệu USD, giảm 20%`: what falls is the amount, and no part.
    fn moves_amount_before(cue: Classes, whose: &Whose, near: Near<'_>) -> bool {
        let amount = |draft: &Draft| draft.measure == Measure::Level && !matches!(draft.unit.as_str(), "%" | "point" | "pp");
        let moves = cue.any(&[CueClass::Up, CueClass::Down]);
        // (`lần lượt tăng 13% và 20%`)
        let goes_on = |draft: &Draft| cue.is_empty() && draft.measure == Measure::Change;
        whose.from != Found::Clause && near.previous.is_some_and(|draft| moves && amount(draft) || goes_on(draft))
    }

    /// `đã thu hồi 94 ha, đạt 73%`: what was reached of a plan that goes without saying, behind the amount itself.
    fn reaches_of(&self, around: &Around, whose: &Whose, near: Near<'_>) -> bool {
        let amount = |draft: &Draft| draft.measure == Measure::Level && !matches!(draft.unit.as_str(), "%" | "point" | "pp");
        let alone = !matches!(self.behind_first(around), Some(Part::Noun | Part::Proper | Part::Name(_)));
        whose.from == Found::Sentence
            && alone
            && !whose.topic.rate
            && !whose.topic.growth
            && near.previous.or(near.base).is_some_and(amount)
    }

    /// The first cue of a class in a range of tokens.
    fn first_cue(&self, (from, to): (usize, usize), class: CueClass) -> Option<&Cue> {
        self.frame.cues.iter().find(|cue| cue.start >= from && cue.end <= to && cue.classes.has(class))
    }

    /// Whether a range of tokens compares with a plan in one word (`so với kế hoạch`).
    fn compares_with_plan(&self, (from, to): (usize, usize)) -> bool {
        let both = |cue: &Cue| cue.classes.has(CueClass::Plan) && cue.classes.has(CueClass::Basis);
        self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && both(cue))
    }

    /// `đạt 53% dự toán`: a plan close behind the figure, and no comparison before it.
    fn has_plan_behind(&self, around: &Around) -> bool {
        let from = around.behind.0;
        let Some(plan) = self.first_cue(around.behind, CueClass::Plan).map(|cue| cue.start) else { return false };
        let near = plan - from <= 6 && (from..plan).all(|at| !matches!(self.frame.part(at), Part::Quantity(_)));
        let first = self.first_cue(around.behind, CueClass::Basis).is_none_or(|basis| plan < basis.start);
        near && first && !self.compares_with_plan(around.behind)
    }

    /// `vượt 5% so với kế hoạch`, `So với kế hoạch, sản lượng vượt 5%`, `tăng 5% so với mức kế hoạch`.
    fn is_against_plan(&self, around: &Around) -> bool {
        // (behind a figure its own complement comes first)
        let from = match around.previous {
            Some(_) => (around.gap.0..around.gap.1).find(|at| self.is_joint(*at, 1)).unwrap_or(around.gap.0),
            None => around.gap.0,
        };
        let apart = || {
            let plan = self.first_cue(around.behind, CueClass::Plan)?.start;
            let basis = self.first_cue(around.behind, CueClass::Basis)?.start;
            Some(basis < plan && plan - basis <= 3)
        };
        // (`tăng 2,1%, thấp so với mục tiêu 12%`: the plan itself stands right behind the word for it)
        let before = || !self.is_plan_itself(around) && self.compares_with_plan((from, around.gap.1));
        self.compares_with_plan(around.behind) || before() || apart() == Some(true)
    }

    /// Whether a figure stands right behind the word for the plan that the one before it is compared with.
    fn is_plan_itself(&self, around: &Around) -> bool {
        let both = |cue: &Cue| cue.classes.has(CueClass::Plan) && cue.classes.has(CueClass::Basis);
        around.previous.is_some() && self.frame.cues.iter().any(|cue| cue.end == around.gap.1 && both(cue))
    }

    /// `đóng góp 1,5 điểm phần trăm vào mức tăng chung`.
    fn goes_into_growth(&self, around: &Around) -> bool {
        let (from, to) = around.behind;
        let whole = |cue: &Cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Into) && cue.end - cue.start > 1;
        self.has(from, to, CueClass::Into) && (self.has(from, to, CueClass::Growth) || self.frame.cues.iter().any(whole))
    }

    /// `ngành điện tăng 3,2%, đóng góp 0,3%`: behind the growth of a part, where nothing says what it is a part of, the share is one of growth.
    fn adds_to_growth(&self, around: &Around, whose: &Whose, near: Near<'_>) -> bool {
        let grew = |draft: &Draft| draft.measure == Measure::Change && draft.unit == "%";
        let alone = matches!(self.behind_first(around), None | Some(Part::Mark));
        whose.from == Found::Sentence && alone && near.previous.is_some_and(grew)
    }

    /// `109 triệu USD (32,5%)`: a bare percentage in a bracket beside an amount is its part of the whole.
    fn is_bracketed(&self, quantity: &Quantity, around: &Around, near: Near<'_>) -> bool {
        let beside_amount = || near.base.is_some_and(|draft| draft.measure == Measure::Level && draft.unit != "%");
        self.frame.depth(quantity.start) > 0 && (around.base.is_none() || beside_amount())
    }

    /// `tăng mạnh nhất là POM (5,5%)`: a percentage beside a share of which the sentence says how it moves, and not what part it is.
    fn moves_a_price(&self, quantity: &Quantity, topic: &Topic) -> bool {
        let (from, to) = (self.frame.range.0, quantity.start);
        let moves = || self.has(from, to, CueClass::Up) || self.has(from, to, CueClass::Down);
        topic.kind == Some(Kind::Price) && moves() && !self.has(from, to, CueClass::Share) && !self.has(from, to, CueClass::Part)
    }

    /// What a figure says of its subject, and the code of its unit.
    pub(super) fn stated(&self, quantity: &Quantity, cue: Classes, evidence: &Evidence, whose: &Whose, near: Near<'_>) -> (Said, String) {
        let measured = Self::measured(evidence, &whose.topic, quantity);
        // (`VIC kéo 1,9 điểm cho VN-Index`: points for an index are no level of it)
        let moves_index = whose.behind && evidence.unit == Some(UnitKind::Index) && whose.topic.kind == Some(Kind::Index);
        let measure = if moves_index && measured == Measure::Level { Measure::Difference } else { measured };
        let same = Self::same_change(quantity, cue, evidence, whose, near);
        if let Some(same) = same.or_else(|| self.change_in_money(quantity, cue, evidence, near)) {
            return (same, self.unit_code(quantity, &whose.topic).into_owned());
        }
        let (value, high, unit) = self.amount(quantity, measure, cue, &whose.topic, near.previous);
        (Said { measure, value, high }, unit)
    }

    /// `23% cho rằng giá sẽ tăng`: a word of saying right behind a percentage that no rate or growth owns.
    fn is_said_by(&self, around: &Around, topic: &Topic) -> bool {
        let (from, to) = around.behind;
        let says = |cue: &Cue| cue.start == from && cue.end <= to && cue.classes.has(CueClass::Speaker);
        !topic.rate && !topic.growth && from < to && !self.tokens[from].line && self.frame.cues.iter().any(says)
    }

    /// Whether a name outside the vocabulary stands between the last verb of doing and its figure.
    fn has_name_between(&self, around: &Around, quantity: &Quantity) -> bool {
        let (from, to) = (around.clause.0, quantity.lead);
        let done = self.frame.cues.iter().rfind(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Complete));
        let subject = |name: &Name| matches!(name.what, What::Subject(..));
        done.is_some_and(|cue| self.frame.names.iter().any(|name| name.start >= cue.end && name.end <= to && subject(name)))
    }

    /// `Trong đó, 65% là vốn của Nhà nước`: a figure that opens its clause is told by what stands behind `là`.
    fn is_told_as(&self, around: &Around, quantity: &Quantity) -> bool {
        let (from, to) = around.behind;
        let tells = |cue: &Cue| cue.start == from && cue.end == from + 1 && self.hits.says(from, Particle::Is);
        // (`93% là các doanh nghiệp nhỏ`)
        let function =
            |at: &usize| matches!(self.frame.part(*at), Part::Cue(cue) if self.frame.cues[cue as usize].classes.has(CueClass::Function));
        let named = || {
            let first = (from + 1..to).find(|at| !function(at));
            first.is_some_and(|at| matches!(self.frame.part(at), Part::Noun | Part::Name(_)))
        };
        // (`7,6% là tốc độ tăng của GDP`: a figure that no other stands before tells of itself)
        let divides = around.previous.is_some() || around.base.is_some() || self.splits();
        let opens = || stretch(self.known, self.frame, around.clause.0, quantity.lead).is_empty();
        from + 1 < to && divides && self.frame.cues.iter().any(tells) && named() && opens()
    }

    /// `bằng 47% nguồn cung của năm trước`: a noun right behind a percentage, and its time.
    ///
    /// Of what has a name of its own it is a part (`58,1% GDP năm 2023`).
    fn is_of_earlier(&self, around: &Around, topic: &Topic) -> bool {
        let (from, to) = around.behind;
        let noun = matches!(self.behind_first(around), Some(Part::Noun | Part::Name(_) | Part::Cue(_) | Part::Light));
        let earlier = |m: &Mention| m.start > from && m.end <= to && m.role == Role::Own && m.expr != Expr::Vague && m.expr != Expr::Now;
        // (`thu nội địa tháng 3 bằng 92,5% số thu tháng trước`: of its own kind before it)
        let before = self.frame.mentions.iter().any(|m| earlier(m) && m.is_before());
        let kin = |index: u16| {
            let field = |index: u16| &self.known.indicators[index as usize].topic;
            before && topic.indicator.is_some_and(|own| field(own) == field(index))
        };
        let other = |name: &Name| match name.what {
            What::Indicator(index, _) => Some(index) != topic.indicator && !kin(index),
            _ => false,
        };
        let named = self.frame.names.iter().any(|name| name.start >= from && name.start <= from + 1 && name.end <= to && other(name));
        noun && !named && self.frame.mentions.iter().any(earlier)
    }

    /// `cà phê ( 6,6%)`: papers lose the plus behind a bracket and keep its space.
    fn has_lost_sign(&self, quantity: &Quantity) -> bool {
        let opens = quantity.start.checked_sub(1).is_some_and(|before| self.tokens[before].is('('));
        opens && self.tokens[quantity.start].spaced && self.unit_kind(quantity) == Some(UnitKind::Percent)
    }

    /// In a list (`Bộ A đạt 30%, Bộ B 29%`) a figure says what the one before it says.
    fn parallel(&self, around: &Around, cue: Classes, whose: &Whose, previous: Option<&Draft>, unit: Option<UnitKind>) -> Option<Measure> {
        if whose.from == Found::Clause {
            // (a list of completions goes on where an item names its own part)
            let flow = cue.has(CueClass::Level) && whose.topic.kind == Some(Kind::Flow);
            let reached = previous.map(|draft| draft.measure).filter(|measure| flow && *measure == Measure::Completion);
            return reached.or_else(|| self.moves_alike(around, cue, &whose.topic, previous.filter(|_| unit == Some(UnitKind::Money))));
        }
        if !(cue.is_empty() || cue.any(&[CueClass::Level, CueClass::From, CueClass::Reach])) {
            return None;
        }
        let of_part = |measure: &Measure| matches!(measure, Measure::Completion | Measure::Share);
        match previous {
            Some(draft) => Some(draft)
                .filter(|draft| self.unit_kind(&self.frame.quantities[draft.quantity]) == unit)
                .map(|draft| draft.measure)
                .filter(|measure| cue.is_empty() || of_part(measure)),
            None if around.base.is_none() && whose.from == Found::Context => {
                self.before_measure.filter(|measure| unit == Some(UnitKind::Percent) && of_part(measure))
            }
            None => None,
        }
    }

    /// `đạt 81% trên tổng nguồn cung`, `20% còn lại`: a word for a whole, or for what is left of it, stands right behind a figure, and
    /// none of the next (`60%, còn lại 40%`).
    fn is_of_whole(&self, around: &Around) -> bool {
        let (from, to) = around.behind;
        let next = |cue: &Cue| cue.classes.has(CueClass::Reach) && self.frame.quantities.iter().any(|quantity| quantity.lead == cue.end);
        let own = |cue: &Cue| !next(cue);
        self.frame.cues.iter().any(|c| c.start == from && c.end <= to && c.classes.has(CueClass::Whole) && own(c))
    }

    /// `đạt 92% dân số`, `38% lực lượng lao động`: a count of all the people that there are, which measures others, stands right behind
    /// a figure.
    fn is_of_people(&self, around: &Around) -> bool {
        let (from, to) = around.behind;
        let begins = |name: &Name| name.start >= from && name.start <= from + 1 && name.end <= to;
        self.frame.names.iter().any(|name| begins(name) && self.is_yardstick(name) && self.is_standing(name))
    }

    /// The measure by all evidence.
    fn measured(evidence: &Evidence, topic: &Topic, quantity: &Quantity) -> Measure {
        let percent = evidence.unit == Some(UnitKind::Percent);
        match measure(evidence) {
            Measure::Level if percent && topic.part => Measure::Share,
            // A rate that moves by dozens of points moves in percent of itself.
            Measure::Difference if percent && quantity.value > Decimal::from(25) => Measure::Change,
            measured => measured,
        }
    }

    /// `giảm 12,34 điểm, tương đương 2,37%`, `giảm 1,97 điểm (0,38%)`, `mất 1,24 điểm (tương đương 0,24%)`: the same change in percent.
    fn same_change(quantity: &Quantity, cue: Classes, evidence: &Evidence, whose: &Whose, near: Near<'_>) -> Option<Said> {
        let equal = cue.has(CueClass::Equal);
        let other = near.previous.filter(|_| equal).or(near.base.filter(|_| equal || cue.is_empty()))?;
        let same = other.measure == Measure::Difference
            && other.unit != "pp"
            && evidence.unit == Some(UnitKind::Percent)
            && !evidence.noun_behind
            && whose.from != Found::Clause;
        let sign = |value: Decimal| if other.value.is_sign_negative() { -value.abs() } else { value };
        same.then(|| Said { measure: Measure::Change, value: sign(quantity.value), high: quantity.high.map(sign) })
    }

    /// `đạt 486 tỷ đồng, giảm 55% (tương đương 590 tỷ đồng)`: what a change equals is the difference that it makes of the level before,
    /// if they agree.
    fn change_in_money(&self, quantity: &Quantity, cue: Classes, evidence: &Evidence, near: Near<'_>) -> Option<Said> {
        let money = evidence.unit == Some(UnitKind::Money) && quantity.high.is_none();
        let equal = cue.has(CueClass::Equal);
        // (`tăng 110% so với năm trước (1.041 tỷ đồng)` gives what it is compared with)
        let right_behind = |draft: &&Draft| self.tokens[self.frame.quantities[draft.quantity].end].is('(');
        let other = near.previous.filter(|_| equal).or(near.base.filter(right_behind));
        let change = other.filter(|draft| money && draft.measure == Measure::Change && draft.unit == "%")?;
        let is_level = |draft: &&Draft| {
            draft.measure == Measure::Level && self.unit_kind(&self.frame.quantities[draft.quantity]) == Some(UnitKind::Money)
        };
        let level = near.drafts.iter().rfind(is_level)?.value;
        let before = Decimal::ONE_HUNDRED + change.value;
        let made = (level.checked_mul(change.value)?).checked_div(before)?;
        let value = quantity.value.abs();
        let agrees = (made.abs() - value).abs() * Decimal::TEN <= value;
        let signed = if made.is_sign_negative() { -value } else { value };
        agrees.then_some(Said { measure: Measure::Difference, value: signed, high: None })
    }

    /// What stands right behind a figure, on its line.
    pub(super) fn behind_first(&self, around: &Around) -> Option<Part> {
        let (from, to) = around.behind;
        (from < to && !self.tokens[from].line).then(|| self.frame.part(from))
    }

    pub(super) fn unit_kind(&self, quantity: &Quantity) -> Option<UnitKind> {
        match quantity.measured {
            Measured::Unit(unit) => Some(self.known.units.units[unit as usize].kind),
            Measured::Fraction => Some(UnitKind::Percent),
            Measured::Ratio => Some(UnitKind::Times),
            Measured::Things => Some(UnitKind::Count),
            Measured::Bare => None,
        }
    }

    /// Whether `N lần` is a multiple and not a number of times.
    pub(super) fn is_multiple(&self, quantity: &Quantity, around: &Around, cue: Classes) -> bool {
        quantity.measured == Measured::Ratio
            || cue.any(&[CueClass::Multiple, CueClass::Up, CueClass::Down, CueClass::Equal])
            || self.frame.cues.iter().any(|c| c.start >= around.behind.0 && c.end <= around.behind.1 && c.classes.has(CueClass::Basis))
            || self.frame.mentions.iter().any(|m| m.start == around.behind.0)
            || quantity.decimals > 0
    }

    /// The value in base units with its sign, and the unit's code.
    fn amount(
        &self,
        quantity: &Quantity,
        measured: Measure,
        cue: Classes,
        topic: &Topic,
        previous: Option<&Draft>,
    ) -> (Decimal, Option<Decimal>, String) {
        let mut unit = self.unit_code(quantity, topic).into_owned();
        let (mut low, mut high) = (quantity.value, quantity.high);
        if measured == Measure::Multiple && unit == "%" {
            unit = "x".into();
            low /= Decimal::ONE_HUNDRED;
            high = high.map(|high| high / Decimal::ONE_HUNDRED);
        }
        if measured == Measure::Difference && unit == "%" {
            unit = "pp".into();
        }
        // `từ 41,1 triệu lên 41,15 triệu đồng/lượng`: the next or last price of the sentence gives a bare scale its unit.
        let down = cue.has(CueClass::Down)
            && (!cue.has(CueClass::Reach) || measured == Measure::Change && !self.is_of_growth(topic, previous))
            && matches!(measured, Measure::Change | Measure::Difference | Measure::Contribution);
        let inherited = cue.is_empty()
            && matches!(measured, Measure::Change | Measure::Difference)
            && previous.is_some_and(|draft| {
                // (what has no sign of its own has taken it: `lần lượt giảm 5,3%; 39,1%; 24,1%`)
                let falls = draft.cue.any(&[CueClass::Down, CueClass::Negative])
                    || draft.cue.is_empty() && !self.frame.quantities[draft.quantity].negative;
                draft.measure == measured && draft.value.is_sign_negative() && falls
            });
        // (a part of a whole is never below zero: the dash of `61,4 triệu tấn - 33,2%` only joins)
        let joins = || measured == Measure::Share && self.tokens[quantity.start + 1].spaced;
        let minus = quantity.negative && !joins()
            || down
            || inherited
            || cue.has(CueClass::Negative)
            || ((cue.has(CueClass::Deficit) || topic.deficit) && measured == Measure::Level);
        if minus {
            low = -low;
            high = high.map(|high| -high);
            if let Some(high) = high.as_mut() {
                std::mem::swap(&mut low, high);
            }
        }
        (low, high, unit)
    }

    pub(super) fn unit_code(&self, quantity: &Quantity, topic: &Topic) -> Cow<'_, str> {
        let units = &self.known.units;
        let base = match quantity.measured {
            Measured::Unit(unit) => {
                let unit = &units.units[unit as usize];
                unit.id.as_str()
            }
            Measured::Fraction => "%",
            Measured::Ratio => "x",
            Measured::Things => "count",
            // (`số lượt khám là 5,2 triệu` counts)
            Measured::Bare if self.counts(topic) => "count",
            // A bare scale is money (`13.000 tỷ`); a bare number takes the unit of its indicator.
            Measured::Bare if quantity.scale >= Decimal::from(1_000_000) => "VND",
            Measured::Bare => match topic.indicator.and_then(|index| self.known.indicators[index as usize].unit.as_deref()) {
                Some("point") => "point",
                // (`chỉ số USD Index hướng đến mức 108,75`)
                None if topic.kind == Some(Kind::Index) => "point",
                _ => "count",
            },
        };
        let mut code = Cow::Borrowed(base);
        for per in quantity.per.iter().flatten() {
            let id = units.denominators[*per as usize].id.as_str();
            // Yearly rates are plain percentages.
            if base == "%" && id == "year" {
                continue;
            }
            if code == "count" && quantity.unit.0 < quantity.unit.1 && id.starts_with("km2") {
                code = "person".into();
            }
            code += "/";
            code += id;
        }
        code
    }

    /// Whether a name outside the vocabulary begins with a word for interest or another rate (`lãi suất trái phiếu bình quân gia quyền`).
    fn is_called_a_rate(&self, topic: &Topic) -> bool {
        let open = topic.indicator.is_none() && topic.kind.is_none() && !topic.part && !topic.growth;
        let rates = |units: &[UnitKind]| matches!(units, [UnitKind::Percent, UnitKind::Point]);
        open && self.opens_measure(&topic.text).is_some_and(|(units, _)| rates(units))
    }

    /// Whether words name a number of things or people, which is no money; who they are alone (`người`) is none.
    fn is_number_of(&self, text: &str) -> bool {
        text.contains(' ') && self.known.name_words.numbers.iter().any(|word| is_first(text, word))
    }

    /// Whether what a bare number is of is counted.
    fn counts(&self, topic: &Topic) -> bool {
        // (`số người được hỗ trợ là 1,2 triệu`, but `tổng số tiền là 1,2 tỷ`)
        let words = &self.known.name_words;
        let people = |word: &String| word.contains(' ') && !words.prefixes.contains(word) && is_first(&topic.text, word);
        match topic.kind {
            Some(Kind::Count) => self.is_number_of(&topic.text),
            None | Some(Kind::Flow) => words.numbers.iter().any(people),
            _ => false,
        }
    }
}
