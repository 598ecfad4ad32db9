//! Joins the parts of a sentence into statements: each quantity with its cue, subject, period, place, basis and status.
//!
//! The only file that knows the order of a sentence.

use knowledge::{CueClass, Kind, Knowledge, Reach, UnitKind};
use model::{Bound, Measure, Status};
use rust_decimal::Decimal;

use crate::frame::{Cue, Frame, Part, What};
use crate::lexicon::{Hits, Mark, Pattern};
use crate::measure::{Classes, Evidence, measure};
use crate::pattern::{self, Apart};
use crate::period::{Expr, Mention, Role};
use crate::quantity::{Measured, Quantity};
use crate::text::Text;
use crate::token::Token;
use crate::topic::{Stretch, Topic, strength, stretch};

/// What a figure is compared with, before its period is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    Mention(Mention),
    Plan,
}

/// Where a field of a draft was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    Clause,
    Sentence,
    Context,
    Nowhere,
}

/// A statement whose period and place still wait for the context.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) quantity: usize,
    pub(crate) topic: Topic,
    pub(crate) topic_from: Found,
    pub(crate) measure: Measure,
    pub(crate) unit: String,
    pub(crate) value: Decimal,
    pub(crate) high: Option<Decimal>,
    pub(crate) bound: Bound,
    pub(crate) of: Option<u16>,
    pub(crate) mention: Option<Mention>,
    pub(crate) mention_from: Found,
    pub(crate) against: Option<Against>,
    pub(crate) place: Option<usize>,
    pub(crate) place_from: Found,
    pub(crate) status: Status,
    pub(crate) cue: Classes,
    /// The tokens of the cue.
    pub(crate) cue_at: Option<(usize, usize)>,
    /// The figure before the bracket that this one stands in.
    pub(crate) base: Option<usize>,
    /// Whether it stands in a bracket.
    pub(crate) inside: bool,
    /// Whether it only stands in another's complement (`vào mức tăng 3,98% GRDP`): no figure behind it takes its subject.
    pub(crate) nominal: bool,
    /// The tokens of its clause before it.
    pub(crate) clause: (usize, usize),
    /// Whether nothing but its neighbours says what it means.
    pub(crate) weak: bool,
}

/// What a sentence is read with.
#[derive(Clone, Copy)]
pub(crate) struct Sentence<'a> {
    pub(crate) known: &'a Knowledge,
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a [Token],
    pub(crate) hits: &'a Hits,
    pub(crate) frame: &'a Frame,
    pub(crate) patterns: &'a [Pattern],
    /// The subject that the text before left behind.
    pub(crate) before: Option<&'a Topic>,
    /// What its last percentage said.
    pub(crate) before_measure: Option<Measure>,
    /// How firm its last figure was.
    pub(crate) before_status: Status,
    /// What its last change was compared with.
    pub(crate) before_against: Option<Mention>,
    /// What a line with a colon before it says of its items.
    pub(crate) listed: Option<(Status, Option<Mention>)>,
}

/// The stretches around a quantity.
#[derive(Clone, Copy, Debug)]
struct Around {
    /// From the end of the figure before it (on the same level of brackets) to its lead-in.
    gap: (usize, usize),
    /// The last clause of the gap.
    clause: (usize, usize),
    /// From its end to the next joint or figure.
    behind: (usize, usize),
    /// The figure before it on the same level.
    previous: Option<usize>,
    /// The figure before the bracket that it stands in.
    base: Option<usize>,
}

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

impl Sentence<'_> {
    /// What a sentence that ends in a colon says of the items under it: how firm they are and what they are compared with.
    pub(crate) fn announcement(&self) -> Option<(Status, Option<Mention>)> {
        let (from, to) = self.frame.range;
        let colon = self.tokens[to - 1].is(':');
        let status = (from..to).rev().find_map(|at| {
            self.hits.at(at).iter().find_map(|hit| if let Mark::Status(status, _) = hit.mark { Some(status) } else { None })
        });
        let basis = self.frame.mentions.iter().find(|mention| mention.role == Role::Basis).copied();
        colon.then_some((status.unwrap_or(Status::Actual), basis))
    }

    /// The drafts of all quantities of the sentence.
    pub(crate) fn drafts(&self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::with_capacity(self.frame.quantities.len());
        for index in 0..self.frame.quantities.len() {
            if let Some(draft) = self.draft(index, &drafts) {
                drafts.push(draft);
            }
        }
        self.pair(&mut drafts);
        self.parts(&mut drafts);
        self.share_bases(&mut drafts);
        self.share_prices(&mut drafts);
        Self::share_statuses(&mut drafts);
        drafts
    }

    fn draft(&self, index: usize, drafts: &[Draft]) -> Option<Draft> {
        let quantity = &self.frame.quantities[index];
        let around = self.around(index);
        // Behind a figure that only stands in another's complement the one before it goes on.
        let nominal = |at: usize| drafts.iter().any(|draft| draft.quantity == at && draft.nominal);
        let previous = around
            .previous
            .and_then(|at| drafts.iter().rfind(|draft| !draft.nominal && (draft.quantity == at || (draft.quantity < at && nominal(at)))));
        let base = around.base.and_then(|at| drafts.iter().find(|draft| draft.quantity == at));
        let cue = self.cue(&around, quantity);
        let classes = cue.map(|cue| cue.classes).unwrap_or_default();
        let (mut topic, mut topic_from, behind) = self.topic(quantity, &around, cue, previous.or(base));
        if let Some(Apart { indicator, kind, start: from, end: to, .. }) = self.pattern(quantity, &around, &topic) {
            topic.indicator = indicator;
            topic.kind = Some(kind);
            if topic_from != Found::Clause || topic.text.is_empty() {
                topic.text = crate::topic::words(self.text, self.tokens, from, to.min(around.clause.1.max(from + 1)));
            }
            topic_from = Found::Clause;
        }
        let inherited = previous.or(base).map(|draft| &draft.topic).or(self.before);
        if let Some(fuller) = inherited
            .filter(|fuller| topic_from == Found::Clause && topic.shortens(self.known, fuller) && self.may_measure(fuller, quantity))
        {
            topic.indicator = fuller.indicator;
            topic.kind = fuller.kind;
        }
        if topic_from != Found::Clause {
            self.fit_unit(&mut topic, quantity);
        }
        if topic.breakdown.is_empty() {
            self.goods(&mut topic, quantity, previous.or(base).map(|draft| &draft.topic));
        }
        let mut evidence = self.evidence(quantity, &around, classes, &topic);
        // `109 triệu USD (32,5%)`: a bare percentage beside an amount is its part of the whole.
        let beside_amount = base.is_some_and(|draft| draft.measure == Measure::Level && draft.unit != "%");
        evidence.bracketed =
            (around.base.is_none() || beside_amount) && self.frame.depth(quantity.start) > 0 && classes.is_empty() && !evidence.signed;
        evidence.subject_behind = behind;
        // In a list (`Bộ A đạt 30%, Bộ B 29%`) a figure says what the one before it says.
        if topic_from != Found::Clause && (classes.is_empty() || classes.any(&[CueClass::Level, CueClass::From, CueClass::Reach])) {
            let same_unit = |draft: &&Draft| self.unit_kind(&self.frame.quantities[draft.quantity]) == evidence.unit;
            let plain = |measure: &Measure| classes.is_empty() || matches!(measure, Measure::Completion | Measure::Share);
            // (a list of completions goes on even where an item names its own part)
            evidence.parallel = match previous {
                Some(draft) => Some(draft).filter(same_unit).map(|draft| draft.measure).filter(plain),
                None if around.base.is_none() && topic_from == Found::Context => self
                    .before_measure
                    .filter(|_| evidence.unit == Some(UnitKind::Percent))
                    .filter(|m| matches!(m, Measure::Completion | Measure::Share)),
                None => None,
            };
        }
        if topic_from == Found::Clause
            && classes.has(CueClass::Level)
            && evidence.parallel.is_none()
            && matches!(topic.kind, Some(knowledge::Kind::Flow))
        {
            evidence.parallel = previous.map(|draft| draft.measure).filter(|measure| *measure == Measure::Completion);
        }
        let mut measured = measure(&evidence);
        if measured == Measure::Level && evidence.unit == Some(UnitKind::Percent) && topic.part {
            measured = Measure::Share;
        }
        // A rate that moves by dozens of points moves in percent of itself.
        if measured == Measure::Difference && evidence.unit == Some(UnitKind::Percent) && quantity.value > Decimal::from(25) {
            measured = Measure::Change;
        }
        let kind = evidence.unit;
        if kind == Some(UnitKind::Times) && !self.is_multiple(quantity, &around, classes) {
            return None;
        }
        let (value, high, unit) = self.amount(quantity, measured, classes, &topic, previous);
        // `giảm 12,34 điểm, tương đương 2,37%`, `giảm 1,97 điểm (0,38%)`: the same change in percent.
        let same = previous.filter(|_| classes.has(CueClass::Equal)).or(base.filter(|_| classes.is_empty())).filter(|draft| {
            draft.measure == Measure::Difference
                && evidence.unit == Some(UnitKind::Percent)
                && draft.unit != "pp"
                && !evidence.noun_behind
                && topic_from != Found::Clause
        });
        let (value, high) = match same {
            Some(draft) => {
                measured = Measure::Change;
                let sign = |value: Decimal| if draft.value.is_sign_negative() { -value.abs() } else { value };
                (sign(quantity.value), quantity.high.map(sign))
            }
            None => (value, high),
        };
        let against = self.against(&around, measured, &evidence);
        let (mention, mention_from) = self.mention(&around, previous.or(base), against);
        let (place, place_from) = self.place(&around, previous.or(base));
        let bound = quantity.bound;
        Some(Draft {
            quantity: index,
            of: self.whole(&around, measured),
            measure: measured,
            unit,
            value,
            high,
            bound,
            mention,
            mention_from,
            against,
            place,
            place_from,
            status: self.status(&around),
            cue: classes,
            cue_at: cue.map(|cue| (cue.start, cue.end)),
            base: around.base,
            inside: self.frame.depth(quantity.start) > 0,
            clause: around.clause,
            nominal: behind && classes.has(CueClass::Growth),
            weak: classes.is_empty() && topic_from != Found::Clause,
            topic,
            topic_from,
        })
    }

    // -- stretches --------------------------------------------------------------------------------------------------

    fn around(&self, index: usize) -> Around {
        let frame = self.frame;
        let quantity = &frame.quantities[index];
        let depth = frame.depth(quantity.start);
        // The nearest figure before it on the same level; a shallower one in between opens the bracket.
        let mut previous = None;
        let mut base = None;
        for earlier in (0..index).rev() {
            let other = frame.depth(frame.quantities[earlier].start);
            if other == depth {
                let same_bracket = depth == 0
                    || !(frame.quantities[earlier].end..quantity.start).any(|at| self.tokens[at].is(')') || self.tokens[at].is('('));
                if same_bracket || depth == 0 {
                    previous = Some(earlier);
                }
                break;
            }
            if other < depth {
                base = Some(earlier);
                break;
            }
        }
        if previous.is_none() && base.is_none() && depth > 0 {
            base = (0..index).rev().find(|at| frame.depth(frame.quantities[*at].start) < depth);
        }
        let mut from = previous.map_or(frame.range.0, |at| frame.quantities[at].end);
        if let Some(open) = (from..quantity.start)
            .rev()
            .find(|at| if depth == 0 { self.tokens[*at].is(')') } else { self.tokens[*at].is('(') && frame.depth(*at) == depth })
        {
            // Inside a bracket the clause begins at it; behind one, the bracket's figures are not ours, but the subject before it is.
            if (depth > 0 && (base.is_some() || previous.is_some()))
                || (depth == 0 && previous.is_some() && (from..open).any(|at| matches!(frame.part(at), Part::Quantity(_))))
            {
                from = open + 1;
            }
        }
        let lead = quantity.lead.max(from);
        let joint = (from..lead).rev().find(|at| self.is_joint(*at, index));
        let clause = joint.map_or(from, |at| match frame.part(at) {
            Part::Cue(cue) => frame.cues[cue as usize].end.min(lead),
            _ => at + 1,
        });
        let limit = frame.quantities.get(index + 1).map_or(frame.range.1, |next| next.lead.max(quantity.end));
        let behind =
            (quantity.end..limit).find(|at| self.is_joint(*at, index) || (self.tokens[*at].line && *at > quantity.end)).unwrap_or(limit);
        Around { gap: (from, lead), clause: (clause, lead), behind: (quantity.end, behind), previous, base }
    }

    /// Whether a token separates clauses around a figure.
    fn is_joint(&self, at: usize, index: usize) -> bool {
        if self.frame.is_joint(self.tokens, at) {
            // `còn 5%` is a new level, no joint.
            if let Part::Cue(cue) = self.frame.part(at) {
                let end = self.frame.cues[cue as usize].end;
                return !self.frame.quantities.iter().any(|quantity| quantity.lead == end);
            }
            return true;
        }
        // `và` between two figures opens a clause.
        index > 0 && self.is_and(at)
    }

    fn is_and(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is_word()
            && matches!(self.text.chars[token.start as usize..token.end as usize], ['v', 'à'])
            && !matches!(self.frame.part(at), Part::Name(_) | Part::Place(_))
    }

    /// The cue that governs a figure: the nearest before it in its clause.
    fn cue(&self, around: &Around, quantity: &Quantity) -> Option<&Cue> {
        let mut content = 0;
        let mut at = around.clause.1;
        let placed = |c: &Cue| c.end == quantity.lead && c.classes.has(CueClass::Where);
        if quantity.measured == Measured::Things && self.frame.cues.iter().any(placed) {
            return None;
        }
        // Lead-in words may be cues themselves (`vượt`, `cao hơn`, `tương đương`).
        if let Some(cue) = self.frame.cues.iter().find(|cue| {
            let reached = quantity.measured == Measured::Things && cue.classes.has(CueClass::Level);
            cue.start == quantity.lead
                && cue.end <= quantity.start
                && (reached || cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Exceed]))
        }) && !self.frame.cues.iter().any(|c| c.end == quantity.lead && c.classes.any(GOVERNING))
        {
            return Some(cue);
        }
        while at > around.clause.0 {
            at -= 1;
            if let Some(cue) = self
                .frame
                .cues
                .iter()
                .find(|cue| cue.start <= at && at < cue.end && cue.start >= around.clause.0 && cue.end <= quantity.start)
            {
                if cue.classes.any(GOVERNING) {
                    let soft = !cue.classes.any(&[
                        CueClass::Up,
                        CueClass::Down,
                        CueClass::Growth,
                        CueClass::Contribute,
                        CueClass::Share,
                        CueClass::Multiple,
                    ]);
                    if content == 0 || !soft || content <= 6 {
                        return Some(cue);
                    }
                }
                if cue.classes.has(CueClass::Verb) && content > 0 && !cue.classes.any(GOVERNING) {
                    return None;
                }
                at = cue.start;
                continue;
            }
            if self.frame.cues.iter().any(|cue| cue.start == at && cue.classes.has(CueClass::Verb)) && content > 0 {
                return None;
            }
            match self.frame.part(at) {
                Part::Noun | Part::Proper | Part::Name(_) => content += 1,
                _ => {}
            }
            if content > 12 {
                return None;
            }
        }
        None
    }

    // -- what the figure says ---------------------------------------------------------------------------------------

    fn evidence(&self, quantity: &Quantity, around: &Around, cue: Classes, topic: &Topic) -> Evidence {
        let (from, to) = around.behind;
        let has = |range: (usize, usize), class: CueClass| {
            self.frame.cues.iter().any(|c| c.start >= range.0 && c.end <= range.1 && c.classes.has(class))
        };
        let both = |range: (usize, usize)| {
            self.frame
                .cues
                .iter()
                .any(|c| c.start >= range.0 && c.end <= range.1 && c.classes.has(CueClass::Plan) && c.classes.has(CueClass::Basis))
        };
        let basis_behind = has(around.behind, CueClass::Basis)
            || self
                .frame
                .mentions
                .iter()
                .any(|m| m.start >= from && m.end <= to && (m.role == Role::Basis || matches!(m.expr, Expr::Same(_))));
        let plan = self.frame.cues.iter().find(|c| c.start >= from && c.end <= to && c.classes.has(CueClass::Plan)).map(|c| c.start);
        let basis = self.frame.cues.iter().find(|c| c.start >= from && c.end <= to && c.classes.has(CueClass::Basis)).map(|c| c.start);
        let near = plan.is_some_and(|at| (from..at).all(|i| !matches!(self.frame.part(i), Part::Quantity(_))) && at - from <= 6);
        Evidence {
            cue: if self.unit_kind(quantity) == Some(UnitKind::Point) && has(around.clause, CueClass::Contribute) {
                Classes::of(&[CueClass::Contribute])
            } else {
                cue
            },
            unit: self.unit_kind(quantity),
            plan_behind: near && basis.is_none_or(|basis| plan.is_some_and(|plan| plan < basis)) && !both(around.behind),
            against_plan: both(around.behind)
                || both(around.gap)
                || (basis.is_some() && plan.is_some_and(|plan| basis.is_some_and(|basis| basis < plan && plan - basis <= 3))),
            basis_behind,
            noun_behind: matches!(self.behind_first(around), Some(Part::Noun | Part::Name(_))),
            into_growth: has(around.behind, CueClass::Into)
                && (has(around.behind, CueClass::Growth)
                    || self
                        .frame
                        .cues
                        .iter()
                        .any(|c| c.start >= from && c.end <= to && c.classes.has(CueClass::Into) && c.end - c.start > 1)),
            growth: topic.growth,
            rate_named: topic.rate,
            part_named: topic.part,
            // A yield or a density moves in percent, as an amount does: only rates in percent move by points.
            kind: topic.kind.map(|kind| if kind == Kind::Rate && self.is_amount(topic) { Kind::Flow } else { kind }),
            signed: quantity.negative || self.tokens[quantity.start].is('+'),
            per: quantity.per[0].is_some(),
            subject_behind: false,
            fraction_of_time: quantity.measured == Measured::Fraction && self.frame.mentions.iter().any(|m| m.start == from),
            bracketed: false,
            parallel: None,
        }
    }

    /// What stands right behind a figure, on its line.
    fn behind_first(&self, around: &Around) -> Option<Part> {
        let (from, to) = around.behind;
        (from < to && !self.tokens[from].line).then(|| self.frame.part(from))
    }

    fn unit_kind(&self, quantity: &Quantity) -> Option<UnitKind> {
        match quantity.measured {
            Measured::Unit(unit) => Some(self.known.units.units[unit as usize].kind),
            Measured::Fraction => Some(UnitKind::Percent),
            Measured::Ratio => Some(UnitKind::Times),
            Measured::Things => Some(UnitKind::Count),
            Measured::Bare => None,
        }
    }

    /// Whether `N lần` is a multiple and not a number of times.
    fn is_multiple(&self, quantity: &Quantity, around: &Around, cue: Classes) -> bool {
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
        let mut unit = self.unit_code(quantity, topic);
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
            && !cue.has(CueClass::Reach)
            && matches!(measured, Measure::Change | Measure::Difference | Measure::Contribution);
        let inherited = cue.is_empty()
            && matches!(measured, Measure::Change | Measure::Difference)
            && previous.is_some_and(|draft| {
                draft.measure == measured && draft.value.is_sign_negative() && draft.cue.any(&[CueClass::Down, CueClass::Negative])
            });
        let minus = quantity.negative
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

    fn unit_code(&self, quantity: &Quantity, topic: &Topic) -> String {
        let units = &self.known.units;
        let base = match quantity.measured {
            Measured::Unit(unit) => {
                let unit = &units.units[unit as usize];
                unit.id.as_str()
            }
            Measured::Fraction => "%",
            Measured::Ratio => "x",
            Measured::Things => "count",
            // A bare scale is money (`13.000 tỷ`); a bare number takes the unit of its indicator.
            Measured::Bare if quantity.scale >= Decimal::from(1_000_000) => "VND",
            Measured::Bare => match topic.indicator.and_then(|index| self.known.indicators[index as usize].unit.as_deref()) {
                Some("point") => "point",
                _ => "count",
            },
        };
        let mut code = base.to_owned();
        for per in quantity.per.iter().flatten() {
            let id = units.denominators[*per as usize].id.as_str();
            // Yearly rates are plain percentages.
            if base == "%" && id == "year" {
                continue;
            }
            if code == "count" && quantity.unit.0 < quantity.unit.1 && id.starts_with("km2") {
                code = "person".into();
            }
            code.push('/');
            code.push_str(id);
        }
        code
    }

    // -- whose figure it is -----------------------------------------------------------------------------------------

    fn topic(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>, previous: Option<&Draft>) -> (Topic, Found, bool) {
        let classes = cue.map(|cue| cue.classes).unwrap_or_default();
        // Things are what they are called, unless a name with a verb stands before them.
        let own = self.own(around, cue);
        if quantity.measured == Measured::Things {
            let (topic, found) = self.things(quantity, around, own, previous);
            return (topic, found, false);
        }
        // `…; 5% doanh nghiệp tiếp cận được`: a percentage that opens its clause is of what stands behind it.
        let opens = around.previous.is_some()
            && around.base.is_none()
            && cue.is_none()
            && self.unit_kind(quantity) == Some(UnitKind::Percent)
            && stretch(self.known, self.frame, around.clause.0, around.clause.1).is_empty()
            && around.clause.0 > around.gap.0
            && around.behind.0 < around.behind.1
            && matches!(self.frame.part(around.behind.0), Part::Noun | Part::Name(_));
        if opens && let Some(topic) = self.topic_behind(around, classes, quantity) {
            return (topic, Found::Clause, true);
        }
        // `doanh thu đạt …`, `đạt doanh thu …`, `mức tăng 3,98% GRDP`
        // `thủy điện chiếm 44% tổng công suất`: a share is of what its whole is.
        if classes.has(CueClass::Share) {
            let (from, to) = around.behind;
            let stop = self
                .frame
                .cues
                .iter()
                .find(|c| c.start > from && c.start < to && c.classes.any(&[CueClass::Basis, CueClass::Verb, CueClass::Up, CueClass::Down]))
                .map_or(to, |c| c.start);
            let found = stretch(self.known, self.frame, from, stop);
            if found.head.is_some_and(|head| strength(self.known, &head) >= 2 && head.start <= from + 4) {
                let mut topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, stop);
                if let Some((first, last)) = own.as_ref().and_then(|(found, ..)| found.content) {
                    topic.breakdown = crate::topic::words(self.text, self.tokens, first, last);
                } else if let Some(draft) = previous {
                    topic.breakdown.clone_from(&draft.topic.breakdown);
                }
                return (topic, Found::Clause, false);
            }
        }
        let inherits =
            previous.is_some_and(|draft| !draft.topic.text.is_empty()) || self.before.is_some_and(|topic| topic.indicator.is_some());
        // `Con số này rất sát so với dự đoán …`: the clause points back, whatever else it says.
        let points_back = self.frame.names.iter().any(|name| {
            name.what == What::Anaphor && name.start >= around.gap.0 && name.end <= around.gap.1 && name.start <= around.gap.0 + 2
        }) && own.as_ref().is_none_or(|(found, ..)| {
            found.head.is_none_or(|head| strength(self.known, &head) == 0) && found.narrowed + found.propers + found.places == 0
        });
        let named = own.filter(|_| !points_back).filter(|(found, ..)| {
            found.head.is_some_and(|head| !self.yields(&head, quantity, cue, inherits, previous.is_some() || self.introduces(head.start)))
        });
        // `giúp hợp tác xã giảm 35% lượng phân bón`: people and bodies do not move by a percentage where something behind it does.
        let acts = named.as_ref().is_some_and(|(found, ..)| {
            found.head.is_some_and(|head| strength(self.known, &head) <= 2 && !head.counted && !self.hits_prefix(head.start))
        });
        if acts
            && classes.any(&[CueClass::Up, CueClass::Down])
            && self.unit_kind(quantity) == Some(UnitKind::Percent)
            && around.behind.0 < around.behind.1
            && matches!(self.frame.part(around.behind.0), Part::Noun | Part::Name(_))
            && let Some(topic) = self.topic_behind(around, classes, quantity)
        {
            return (topic, Found::Clause, true);
        }
        if let Some((found, from, to)) = named {
            let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, to);
            return (topic, Found::Clause, false);
        }
        if let Some(topic) = self.topic_behind(around, classes, quantity) {
            return (topic, Found::Clause, true);
        }
        let inherited = previous.map(|draft| (&draft.topic, Found::Sentence)).or(self.before.map(|topic| (topic, Found::Context)));
        let own = self.own(around, cue);
        // `titan từ 11% lên 16%; vàng từ 15% lên 25%`: the same cue and unit again, with another name before them.
        let parallel = previous.is_some_and(|draft| {
            let other = &self.frame.quantities[draft.quantity];
            self.unit_kind(other) == self.unit_kind(quantity)
                && (draft.cue.same(classes) || (draft.cue.any(&[CueClass::Reach]) && classes.any(&[CueClass::From])))
        });
        // `Các mặt hàng nhập khẩu: thủy sản đạt …`: a case alone narrows the subject that the sentence began with.
        if inherited.is_none_or(|(_, place)| place == Found::Context)
            && let Some((found, from, to)) = own.as_ref().filter(|(found, ..)| found.only_narrows())
            && let Some((fuller, start, end)) = self.earlier(around).filter(|(fuller, ..)| fuller.head.is_some())
        {
            let topic = Topic::of(self.known, self.frame, self.text, self.tokens, &fuller, start, end);
            return (topic.narrowed(self.frame, self.text, self.tokens, found, *from, *to), Found::Clause, false);
        }
        match (own, inherited) {
            (_, Some((topic, place))) if points_back => (topic.clone(), place, false),
            (Some((found, from, to)), Some((topic, place)))
                if found.only_narrows()
                    || found.introduced
                    || found.head.is_some()
                    || (parallel && found.nouns <= 4)
                    || (found.nouns <= 4 && self.is_part_of_list(around))
                    || (found.propers > 0 && previous.is_some()) =>
            {
                (topic.narrowed(self.frame, self.text, self.tokens, &found, from, to), place, false)
            }
            // (a word of rate or growth alone names nothing: `với tốc độ tăng 9,76%`)
            (Some((found, from, to)), _)
                if found.content.is_some()
                    && (found.nouns + found.propers + found.narrowed > 0 || found.head.is_some() || inherited.is_none()) =>
            {
                (Topic::of(self.known, self.frame, self.text, self.tokens, &found, from, to), Found::Clause, false)
            }
            (_, Some((topic, place))) => (topic.clone(), place, false),
            (_, None) => (Topic::default(), Found::Nowhere, false),
        }
    }

    /// Where an item of a list begins whose name holds commas: `; ngành cung cấp nước và xử lý rác, nước thải tăng 5,4%`.
    fn item(&self, around: &Around) -> Option<usize> {
        let strong = |at: usize| self.tokens[at].is(';') || self.tokens[at].is(':') || self.tokens[at].is('(');
        let start = (around.gap.0..around.clause.0).rev().find(|at| strong(*at)).map(|at| at + 1)?;
        let narrow = self.frame.cues.iter().any(|cue| cue.start == start && cue.classes.has(CueClass::Narrow));
        let governed = self.frame.cues.iter().any(|cue| {
            cue.start > start
                && cue.end < around.clause.0
                && cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Share, CueClass::Reach])
        });
        (narrow && !governed && start < around.clause.0 - 1).then_some(start)
    }

    /// Whether a name gives way to the subject before it: a verb of growth that is the cue itself (`tăng trưởng 12%`),
    /// or people and places, of which a price or a sum is no level (`Công ty A giảm 9.600 đồng`).
    fn yields(&self, head: &crate::frame::Name, quantity: &Quantity, cue: Option<&Cue>, inherits: bool, near: bool) -> bool {
        match strength(self.known, head) {
            1 => {
                near && cue.is_some_and(|cue| {
                    cue.start <= head.start && head.end <= cue.end && cue.classes.any(&[CueClass::Up, CueClass::Growth, CueClass::Down])
                })
            }
            0 => {
                let counted = self.hits_prefix(head.start);
                let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
                inherits && !counted && (!percent || near || cue.is_some_and(|cue| cue.classes.any(&[CueClass::Complete, CueClass::Share])))
            }
            _ => false,
        }
    }

    /// Whether a name begins with a noun that introduces a narrower case (`nhóm hàng may mặc`).
    fn introduces(&self, at: usize) -> bool {
        self.hits.at(at).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Narrow))
    }

    /// Whether a word of number (`số`, `lượng`) lengthens a name to the left.
    fn hits_prefix(&self, at: usize) -> bool {
        (at.saturating_sub(3).max(self.frame.range.0)..at)
            .any(|start| self.hits.at(start).iter().any(|hit| hit.end as usize == at && hit.mark == Mark::Prefix))
    }

    /// The subject that the clause itself names: between cue and figure, before the cue, or in an earlier clause of the gap.
    fn own(&self, around: &Around, cue: Option<&Cue>) -> Option<(Stretch, usize, usize)> {
        let (from, to) = around.clause;
        // A verb or a word of saying may open another predicate: the subject stands behind the last one that leaves a name.
        let breaks = |from: usize, to: usize| {
            let opens = |c: &&Cue| {
                c.start >= from
                    && c.end <= to
                    && c.classes.any(&[CueClass::Verb, CueClass::Speaker])
                    && !c.classes.any(&[CueClass::Up, CueClass::Down])
            };
            let last = self.frame.cues.iter().rev().filter(opens).map(|c| c.end);
            let named = last.clone().find(|start| stretch(self.known, self.frame, *start, to).head.is_some());
            let whole = stretch(self.known, self.frame, from, to).head.is_some();
            named.unwrap_or(if whole { from } else { last.clone().next().unwrap_or(from) })
        };
        let Some(cue) = cue else {
            let from = breaks(from, to);
            let found = stretch(self.known, self.frame, from, to);
            return (!found.is_empty()).then_some((found, from, to)).or_else(|| self.earlier(around));
        };
        let before_from = self.item(around).unwrap_or_else(|| breaks(from, cue.start.max(from)));
        let before = stretch(self.known, self.frame, before_from, cue.start.max(before_from));
        let between = stretch(self.known, self.frame, cue.end.min(to), to);
        // `tăng trưởng tín dụng 12%`, `đạt doanh thu 5 tỷ đồng`, `xuất siêu`: the name behind the cue, or the cue itself.
        let inside = stretch(self.known, self.frame, cue.start, cue.end.min(to));
        // `doanh thu đạt mức tăng trưởng 14,6%`: the growth is that of the name before it.
        let goes_on = around.previous.is_some() || self.before.is_some_and(|topic| topic.indicator.is_some());
        let says_whose = before.head.is_some() || (goes_on && before.nouns + before.narrowed > 0);
        let only_growth = says_whose && between.head.or(inside.head).is_some_and(|head| self.is_only_growth(&head));
        if between.head.is_some() && !only_growth && (before.head.is_none() || !cue.classes.any(&[CueClass::Share, CueClass::Contribute])) {
            let mut found = between;
            found.growth |= cue.classes.any(&[CueClass::Growth]) || (cue.classes.has(CueClass::Up) && cue.classes.has(CueClass::Growth));
            return Some((found, cue.end, to));
        }
        if inside.head.is_some() && !only_growth {
            return Some((inside, cue.start, to));
        }
        if before.head.is_some() {
            let mut found = before;
            found.growth |= only_growth || (cue.classes.has(CueClass::Growth) && !cue.classes.has(CueClass::Up));
            return Some((found, before_from, cue.start));
        }
        if !between.is_empty() && between.nouns + between.propers > 0 && before.is_empty() {
            return Some((between, cue.end, to));
        }
        if !before.is_empty() {
            return Some((before, before_from, cue.start));
        }
        self.earlier(around)
    }

    /// Whether a name is nothing but a word of growth (`mức tăng trưởng`, which alone means the economy's).
    fn is_only_growth(&self, name: &crate::frame::Name) -> bool {
        (name.start..name.end)
            .any(|at| self.hits.at(at).iter().any(|hit| hit.end as usize == name.end && hit.mark == Mark::Cue(CueClass::Growth)))
    }

    /// A subject in an earlier clause of the gap: `Kim ngạch xuất khẩu, theo Tổng cục Hải quan, đạt …`.
    fn earlier(&self, around: &Around) -> Option<(Stretch, usize, usize)> {
        let (from, to) = (around.gap.0, around.clause.0);
        let mut end = to;
        let mut at = to;
        let mut best = None;
        let mut strongest = 0;
        while at > from {
            at -= 1;
            let joint = self.frame.is_joint(self.tokens, at);
            if joint || at == from {
                let start = if joint { at + 1 } else { at };
                // Behind a figure the first clause is that figure's own complement.
                let complement = around.previous.is_some() && at == from && !joint;
                if !complement && start < end {
                    let cues = self.frame.cues.iter().any(|c| c.start >= start && c.end <= end && c.classes.has(CueClass::Speaker));
                    let found = stretch(self.known, self.frame, start, end);
                    let force = found.head.map_or(0, |head| 1 + strength(self.known, &head));
                    if force > strongest && !cues {
                        (strongest, best) = (force, Some((found, start, end)));
                        end = at;
                        continue;
                    }
                    if !found.is_empty()
                        && !cues
                        && best.is_none()
                        && around.previous.is_none()
                        && end + 1 >= to
                        && (found.nouns > 0 || found.narrowed > 0)
                    {
                        best = Some((found, start, end));
                    }
                }
                end = at;
            }
        }
        best
    }

    /// A subject behind a figure: `mức tăng 3,98% GRDP`, `60% người dùng`, `10% kế hoạch doanh thu`.
    fn topic_behind(&self, around: &Around, cue: Classes, quantity: &Quantity) -> Option<Topic> {
        let (from, to) = around.behind;
        if from >= to || self.tokens[from].line {
            return None;
        }
        let percent = self.unit_kind(quantity) == Some(UnitKind::Percent);
        let plan = self
            .frame
            .cues
            .iter()
            .find(|c| c.start >= from && c.start <= from + 1 && c.end <= to && c.classes.has(CueClass::Plan))
            .map(|c| c.end);
        let start = plan.unwrap_or(from);
        // `giảm 40% lượng giống`: what moves stands right behind.
        let moves = cue.any(&[CueClass::Up, CueClass::Down]) && matches!(self.frame.part(from), Part::Noun | Part::Name(_));
        if cue.any(&[CueClass::Share, CueClass::Contribute, CueClass::Up, CueClass::Down, CueClass::Multiple])
            && !cue.has(CueClass::Growth)
            && !moves
        {
            return None;
        }
        let stop = self
            .frame
            .cues
            .iter()
            .find(|c| {
                c.start > start
                    && c.start < to
                    && c.classes.any(&[CueClass::Basis, CueClass::Whole, CueClass::While, CueClass::Verb, CueClass::Plan])
            })
            .map_or(to, |c| c.start);
        let first = (start..stop).find(|at| !matches!(self.frame.part(*at), Part::Light))?;
        if !matches!(self.frame.part(first), Part::Noun | Part::Name(_)) || first > start + 2 {
            return None;
        }
        let found = stretch(self.known, self.frame, start, stop);
        let named = found.head.is_some_and(|head| head.start <= start + 3);
        if named
            || (plan.is_none()
                && (percent || moves)
                && found.nouns > 0
                && cue.any(&[CueClass::Level, CueClass::Increment]) | cue.is_empty() | moves)
        {
            return Some(Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, stop));
        }
        None
    }

    /// Whether a unit is the usual one of a topic's indicator.
    fn is_usual(&self, topic: &Topic, unit: &str) -> bool {
        topic.indicator.is_some_and(|index| self.known.indicators[index as usize].unit.as_deref() == Some(unit))
    }

    /// The goods of a figure whose subject names none: those behind its unit (`xuất khẩu 44.000 tấn cà phê`), or those of the subject
    /// that its own only shortens (`lượng cà phê xuất khẩu đạt …, kim ngạch đạt …`).
    fn goods(&self, topic: &mut Topic, quantity: &Quantity, before: Option<&Topic>) {
        let Some(index) = topic.indicator else { return };
        let by_product = self.known.indicators[index as usize].parts.contains(&knowledge::Part::Product);
        let amount = matches!(quantity.measured, Measured::Unit(_))
            && matches!(self.unit_kind(quantity), Some(UnitKind::Mass | UnitKind::Volume | UnitKind::Count | UnitKind::Area));
        if let Some(name) = self.frame.names.iter().find(|name| name.start == quantity.end && matches!(name.what, What::Product(_)))
            && by_product
            && amount
        {
            topic.take(name.what, crate::topic::words(self.text, self.tokens, name.start, name.end));
            return;
        }
        // `nhập khẩu` behind exports is no shorter name: words that take a unit of goods say which trade is meant.
        let indicators = &self.known.indicators;
        let group = |topic: &Topic| topic.indicator.map(|index| indicators[index as usize].topic.as_str());
        let own = topic.text.to_lowercase();
        let names_trade =
            || indicators.iter().flat_map(|it| &it.with).any(|pattern| pattern.all.len() == 1 && own.contains(&pattern.all[0]));
        if let Some(fuller) = before.filter(|fuller| fuller.product.is_some() && topic.elliptic && group(fuller) == group(topic))
            && by_product
            && !names_trade()
        {
            topic.narrow_as(fuller);
        }
    }

    /// Whether a topic's indicator has a unit that is no percentage.
    fn is_amount(&self, topic: &Topic) -> bool {
        let unit = topic.indicator.and_then(|index| self.known.indicators[index as usize].unit.as_deref());
        unit.is_some_and(|unit| unit != "%")
    }

    /// Whether a figure can be its subject's by its unit: a price is money for one thing, no tonnes and no millions of dollars.
    fn may_measure(&self, topic: &Topic, quantity: &Quantity) -> bool {
        use UnitKind::{Index, Money, Percent, Point, Times};
        // Tonnes are no kilowatt-hours.
        let usual = topic.indicator.and_then(|index| self.known.indicators[index as usize].unit.as_deref());
        let kind_of = |id: &str| self.known.units.units.iter().find(|unit| unit.id == id).map(|unit| unit.kind);
        let physical = |kind: UnitKind| {
            matches!(kind, UnitKind::Mass | UnitKind::Volume | UnitKind::Area | UnitKind::Energy | UnitKind::Power | UnitKind::Length)
        };
        if let (Some(own), Some(usual)) = (self.unit_kind(quantity), usual.and_then(kind_of))
            && physical(own)
            && physical(usual)
            && own != usual
        {
            return false;
        }
        topic.kind != Some(Kind::Price)
            || match self.unit_kind(quantity) {
                Some(Money) => quantity.per[0].is_some() || quantity.scale < Decimal::from(1_000_000),
                None | Some(Percent | Point | Times | Index) => true,
                Some(_) => false,
            }
    }

    /// An inherited subject whose unit is another: `gạo đạt 4,5 triệu tấn, trị giá 2,1 tỷ USD` is a volume and an amount of exports.
    fn fit_unit(&self, topic: &mut Topic, quantity: &Quantity) {
        let Some(index) = topic.indicator else { return };
        let indicators = &self.known.indicators;
        let unit = self.unit_code(quantity, topic);
        // An index takes values of the index and its changes, never tonnes or money.
        if topic.kind == Some(Kind::Index)
            && matches!(
                self.unit_kind(quantity),
                Some(UnitKind::Mass | UnitKind::Volume | UnitKind::Energy | UnitKind::Count | UnitKind::Money | UnitKind::Area)
            )
        {
            (topic.indicator, topic.kind) = (None, None);
            return;
        }
        if matches!(self.unit_kind(quantity), Some(UnitKind::Percent | UnitKind::Point | UnitKind::Times | UnitKind::Index) | None)
            || indicators[index as usize].unit.as_deref() == Some(unit.as_str())
        {
            return;
        }
        let name = topic.text.to_lowercase();
        let fits = |pattern: &knowledge::Pattern| {
            pattern.units.contains(&unit) && pattern.all.len() == 1 && name.contains(pattern.all[0].as_str())
        };
        if let Some(at) = indicators.iter().position(|indicator| indicator.with.iter().any(fits)) {
            topic.indicator = Some(at as u16);
            topic.kind = Some(indicators[at].kind);
        }
    }

    /// A name whose words stand apart in the clause of a figure; a single word yields to a full name.
    fn pattern(&self, quantity: &Quantity, around: &Around, topic: &Topic) -> Option<Apart> {
        let unit = self.unit_code(quantity, topic);
        let to = around.behind.1.max(quantity.end);
        pattern::find(self.patterns, self.hits, (around.clause.0, to), Some(&unit)).filter(|found| {
            topic.indicator.is_none() || (topic.elliptic && found.weight > 3) || (found.fitted && !self.is_usual(topic, &unit))
        })
    }

    /// The topic of counted things.
    fn things(
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
        if let Some((found, start, end)) = own.filter(|(found, start, _)| {
            let group = found.head.is_some_and(|head| strength(self.known, &head) == 3 && self.is_same_group(Some(head.what), named));
            (cue.is_some() || group) && found.head.is_some() && *start >= around.clause.0
        }) {
            let strong = found.head.map_or(0, |head| strength(self.known, &head));
            // A sum or a price is no number of things.
            let kind = found.head.and_then(|head| match head.what {
                What::Indicator(index, _) => Some(self.known.indicators[index as usize].kind),
                What::Subject(index, _) => Some(self.known.subjects[index as usize].kind),
                _ => None,
            });
            let strong =
                if matches!(kind, Some(knowledge::Kind::Price | knowledge::Kind::Rate | knowledge::Kind::Index | knowledge::Kind::Balance))
                {
                    0
                } else {
                    strong
                };
            if strong >= 2 && !(counted && strong == 3 && matches!(found.head.map(|head| head.what), Some(What::Subject(..))))
                || (strong == 1 && !counted)
            {
                return (Topic::of(self.known, self.frame, self.text, self.tokens, &found, start, end), Found::Clause);
            }
        }
        // `tăng 175.000 người`: the noun only counts what the figure before was about.
        if !counted
            && cue.is_some_and(|cue| cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Reach]))
            && let Some(draft) = previous
        {
            return (draft.topic.clone(), Found::Sentence);
        }
        // `khách quốc tế … đạt 3.000 lượt khách`, `số DN thành lập mới tăng 5%, khi đạt 31.000 DN`: the noun only counts what is spoken of.
        let fuller = previous.filter(|draft| !draft.nominal).map(|draft| (&draft.topic, Found::Sentence));
        let fuller = fuller.or(self.before.filter(|_| counted).map(|topic| (topic, Found::Context)));
        if let Some((fuller, place)) = fuller.filter(|(fuller, _)| self.is_counted_by(fuller, from, quantity.end, named)) {
            return (fuller.clone(), place);
        }
        let mut topic = Topic { kind: Some(knowledge::Kind::Count), ..Topic::default() };
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
        let stop = (quantity.end..to)
            .find(|at| !matches!(self.frame.part(*at), Part::Noun | Part::Proper | Part::Name(_) | Part::Light))
            .unwrap_or(to);
        topic.text = crate::topic::words(self.text, self.tokens, from, stop.max(quantity.end));
        (topic, Found::Clause)
    }

    /// Whether two names are indicators of one topic: `tạo việc làm cho 45.000 lao động` counts jobs, not the employed.
    fn is_same_group(&self, one: Option<What>, other: Option<What>) -> bool {
        let topic = |what| match what {
            Some(What::Indicator(index, _)) => Some(self.known.indicators[index as usize].topic.as_str()),
            _ => None,
        };
        topic(one).is_some() && topic(one) == topic(other)
    }

    /// Whether a counted noun only counts a fuller subject: it names nothing of its own, or the general one of the same group.
    fn is_counted_by(&self, fuller: &Topic, from: usize, end: usize, named: Option<What>) -> bool {
        let Some(index) = fuller.indicator else { return false };
        let indicators = &self.known.indicators;
        let general = match named {
            Some(What::Indicator(own, _)) => {
                own != index && end - from <= 2 && indicators[own as usize].topic == indicators[index as usize].topic
            }
            _ => true,
        };
        let text = fuller.text.to_lowercase();
        let last = crate::topic::words(self.text, self.tokens, end.saturating_sub(1).max(from), end).to_lowercase();
        // (`54.000 doanh nghiệp dừng hoạt động` says of its own what it counts)
        let alone = !matches!(self.frame.part(end.min(self.frame.range.1 - 1)), Part::Noun | Part::Proper | Part::Name(_) | Part::Light);
        general && alone && matches!(fuller.kind, Some(Kind::Count | Kind::Flow)) && text.split_whitespace().any(|word| word == last)
    }

    /// The name that the words of a counted noun have in the vocabulary: at its head, or in what describes it.
    fn counted_name(&self, from: usize, end: usize, to: usize) -> Option<What> {
        let head = self.hits.at(from).iter().filter(|hit| hit.end as usize <= to.max(end)).find_map(|hit| match hit.mark {
            Mark::Indicator(index, form) => Some(What::Indicator(index, form)),
            Mark::Subject(index, form) => Some(What::Subject(index, form)),
            _ => None,
        });
        if matches!(head, Some(What::Indicator(..))) {
            return head;
        }
        // `38.600 doanh nghiệp đăng ký tạm ngừng kinh doanh`
        let described = self.frame.names.iter().filter(|name| name.start >= end && name.end <= to).find_map(|name| match name.what {
            What::Indicator(index, _) if self.known.indicators[index as usize].kind == knowledge::Kind::Count => Some(name.what),
            _ => None,
        });
        described.or(head)
    }

    /// Whether the clause is an item of a list that `trong đó` or a colon opened in this sentence.
    fn is_part_of_list(&self, around: &Around) -> bool {
        let from = self.frame.range.0;
        around.previous.is_some() && (from..around.clause.0).any(|at| self.tokens[at].is(':') || self.tokens[at].is(';'))
            || self.frame.cues.iter().any(|c| c.start >= from && c.end <= around.clause.1 && c.classes.has(CueClass::Parts))
    }

    /// The indicator of the whole, for shares and contributions.
    fn whole(&self, around: &Around, measured: Measure) -> Option<u16> {
        if !matches!(measured, Measure::Share | Measure::Contribution) {
            return None;
        }
        self.frame.names.iter().filter(|name| name.start >= around.behind.0 && name.end <= around.behind.1).find_map(|name| {
            match name.what {
                What::Indicator(index, _) => Some(index),
                _ => None,
            }
        })
    }

    // -- when and where ---------------------------------------------------------------------------------------------

    fn mention(&self, around: &Around, previous: Option<&Draft>, against: Option<Against>) -> (Option<Mention>, Found) {
        let own = |m: &&Mention| m.role == Role::Own && m.expr != Expr::Vague && against != Some(Against::Mention(**m));
        let mentions = &self.frame.mentions;
        // `4.517 doanh nghiệp (năm 2012)`: a bracket with nothing else.
        let (from, to) = around.behind;
        if let Some(mention) = mentions.iter().filter(own).find(|m| {
            from > 0
                && self.tokens.get(from).is_some_and(|t| t.is('('))
                && m.start == from + 1
                && self.tokens.get(m.end).is_some_and(|t| t.is(')'))
        }) {
            return (Some(*mention), Found::Clause);
        }
        // Right behind the figure: `16 tỷ USD năm 2020`, `5 triệu tấn trong 6 tháng`; behind a plan it is the plan's year.
        let plan = self.frame.cues.iter().find(|c| c.start >= from && c.end <= to && c.classes.has(CueClass::Plan)).map_or(to, |c| c.start);
        let behind = mentions.iter().filter(own).find(|m| m.start >= from && m.end <= plan).filter(|m| !matches!(m.expr, Expr::Same(_)));
        let before =
            mentions.iter().filter(own).rfind(|m| m.start >= around.gap.0 && m.end <= around.gap.1 && !self.is_of_plan(m, around.gap.0));
        // A mention right behind the figure before is that one's.
        let taken = |m: &Mention| {
            let near = |at: usize| matches!(self.frame.part(at), Part::Light | Part::Noun | Part::Name(_));
            let basis = matches!(m.expr, Expr::Same(_)) && !(around.gap.0..m.start).any(|at| self.is_joint(at, 1));
            around.previous.is_some() && (basis || (around.gap.0..m.start).all(near))
        };
        let in_clause = before.filter(|m| m.start >= around.clause.0 && !taken(m));
        if let Some(mention) = in_clause.or(behind).or(before.filter(|m| !(taken(m) && matches!(m.expr, Expr::Same(_))))) {
            return (Some(*mention), Found::Clause);
        }
        if let Some(draft) = previous.filter(|draft| draft.mention.is_some()) {
            return (draft.mention, Found::Sentence);
        }
        // Nothing before it: what the rest of the sentence says, as far as no figure stands between.
        // What stands in a bracket dates the figures of the bracket.
        let in_own_bracket = |m: &&Mention| self.frame.depth(m.start) <= self.frame.depth(around.gap.1);
        let later = mentions
            .iter()
            .filter(own)
            .find(|m| m.start >= around.behind.0 && !matches!(m.expr, Expr::Same(_)) && !m.is_before() && in_own_bracket(m));
        let first = mentions.iter().filter(own).find(|m| m.end <= around.gap.0 && in_own_bracket(m));
        match first.or(later) {
            Some(mention) => (Some(*mention), Found::Sentence),
            None => (None, Found::Nowhere),
        }
    }

    /// Whether a mention dates a plan (`kế hoạch năm 2024`, `dự toán năm`).
    fn is_of_plan(&self, mention: &Mention, from: usize) -> bool {
        let near = mention.start.saturating_sub(4).max(from);
        self.frame
            .cues
            .iter()
            .any(|c| c.start >= near && c.start < mention.start && c.classes.has(CueClass::Plan) && !c.classes.has(CueClass::Level))
            && (near..mention.start).all(|at| !self.tokens[at].is(','))
            // `Mục tiêu đặt ra năm 2017 đạt trên 80%`: the year of what is to be reached.
            && !self.frame.cues.iter().any(|c| c.start == mention.end && c.classes.any(&[CueClass::Level, CueClass::Reach]))
    }

    fn against(&self, around: &Around, measured: Measure, evidence: &Evidence) -> Option<Against> {
        if measured == Measure::Completion || evidence.against_plan {
            return Some(Against::Plan);
        }
        if !matches!(measured, Measure::Change | Measure::Difference | Measure::Multiple) {
            return None;
        }
        let mentions = &self.frame.mentions;
        let is_basis = |m: &&Mention| m.role == Role::Basis && m.expr != Expr::Vague;
        let behind = mentions.iter().filter(|m| m.start >= around.behind.0 && m.end <= around.behind.1);
        let found = behind.clone().find(is_basis).or_else(|| {
            // `tăng 5% cùng kỳ`, `gấp 1,8 lần năm 2020`
            behind.clone().find(|m| matches!(m.expr, Expr::Same(_)) || (measured == Measure::Multiple && m.start <= around.behind.0 + 1))
        });
        found
            .or_else(|| mentions.iter().filter(is_basis).rfind(|m| m.start >= around.gap.0 && m.end <= around.gap.1))
            .map(|m| Against::Mention(*m))
    }

    fn place(&self, around: &Around, previous: Option<&Draft>) -> (Option<usize>, Found) {
        let places = &self.frame.places;
        let inside = |range: (usize, usize)| move |p: &crate::place::Place| p.start >= range.0 && p.end <= range.1;
        let own = places.iter().rposition(inside(around.clause));
        // `90% tại Hà Nội, 95% tại Bắc Ninh`: a place right behind a figure is that figure's.
        let behind = places.iter().position(inside(around.behind));
        let first_clause = (around.gap.0, (around.gap.0..around.gap.1).find(|at| self.is_joint(*at, 1)).unwrap_or(around.gap.1));
        let taken = |at: &usize| around.previous.is_some() && inside(first_clause)(&places[*at]);
        let before = places.iter().rposition(inside(around.gap));
        if let Some(at) = own.filter(|at| !taken(at)).or(behind).or(before.filter(|at| !taken(at))) {
            return (Some(at), Found::Clause);
        }
        if let Some(draft) = previous.filter(|draft| draft.place.is_some()) {
            return (draft.place, Found::Sentence);
        }
        (None, Found::Nowhere)
    }

    // -- how firm ---------------------------------------------------------------------------------------------------

    /// The status word nearest before a figure since the last one.
    fn status(&self, around: &Around) -> Status {
        // Behind a figure its own complement comes first (`53% dự toán, giảm 16%`): the status begins at the joint.
        let from = match around.previous {
            Some(_) => (around.gap.0..around.gap.1).find(|at| self.is_joint(*at, 1)).unwrap_or(around.gap.0),
            // A bracket with a time of its own speaks of an earlier figure.
            None if around.base.is_some()
                && self.frame.mentions.iter().any(|m| m.role == Role::Own && m.start >= around.gap.0 && m.end <= around.gap.1) =>
            {
                return Status::Actual;
            }
            None => self.frame.range.0,
        };
        let mut found = None;
        for at in (from..around.gap.1).rev() {
            let status = self.hits.at(at).iter().find_map(|hit| match hit.mark {
                Mark::Status(status, reach) if hit.end as usize <= around.gap.1 && (reach == Reach::Sentence || at >= around.clause.0) => {
                    Some((status, hit.end as usize))
                }
                _ => None,
            });
            // Inside a name a word of planning says nothing (`kế hoạch vốn đầu tư`).
            let named = self.frame.names.iter().any(|name| name.what != What::Anaphor && name.start < at && at < name.end);
            let status = status.filter(|_| !named);
            if let Some((status, end)) = status {
                // A longer reading that begins earlier hides this one (`so với kế hoạch` hides `kế hoạch`).
                let hidden = (at.saturating_sub(4).max(self.frame.range.0)..at)
                    .any(|i| self.hits.at(i).iter().any(|hit| matches!(hit.mark, Mark::Status(..)) && hit.end as usize >= end && i < at));
                if !hidden {
                    found = Some(status);
                    break;
                }
            }
        }
        // `Trong đó …` splits what stood before, with its status.
        let listed = self.listed.map_or(Status::Actual, |(status, _)| status);
        found.unwrap_or(if self.splits() { self.before_status } else { listed })
    }

    /// Whether the sentence opens with a word that splits what stood before it into parts (`Trong đó`).
    fn splits(&self) -> bool {
        self.frame.cues.iter().any(|cue| cue.start <= self.frame.range.0 + 1 && cue.classes.has(CueClass::Parts))
    }

    // -- the sentence as a whole ------------------------------------------------------------------------------------

    /// `A và B lần lượt đạt 5 và 7`: figures behind `lần lượt` take the subjects before it in their order.
    fn pair(&self, drafts: &mut [Draft]) {
        for cue in self.frame.cues.iter().filter(|cue| cue.classes.has(CueClass::Respectively)) {
            let Some(first) = drafts.iter().position(|draft| self.frame.quantities[draft.quantity].start >= cue.end) else { continue };
            let mut last = first + 1;
            while last < drafts.len() && drafts[last].topic_from != Found::Clause && drafts[last].cue.is_empty() {
                last += 1;
            }
            let count = last - first;
            if count < 2 {
                continue;
            }
            let from = drafts[..first].last().map_or(self.frame.range.0, |draft| self.frame.quantities[draft.quantity].end);
            let mut names: Vec<_> = self
                .frame
                .names
                .iter()
                .filter(|name| name.start >= from && name.end <= cue.start && name.is_subject() && strength(self.known, name) > 0)
                .collect();
            names.drain(..names.len().saturating_sub(count));
            let places: Vec<usize> = (0..self.frame.places.len())
                .filter(|at| self.frame.places[*at].start >= from && self.frame.places[*at].end <= cue.start)
                .collect();
            if places.len() == count && names.len() < count {
                for (draft, place) in drafts[first..last].iter_mut().zip(&places) {
                    (draft.place, draft.place_from) = (Some(*place), Found::Clause);
                }
            }
            if names.len() == count {
                for (draft, name) in drafts[first..last].iter_mut().zip(names) {
                    let found = Stretch { head: Some(*name), content: Some((name.start, name.end)), ..Stretch::default() };
                    draft.topic = Topic::of(self.known, self.frame, self.text, self.tokens, &found, name.start, name.end);
                }
            } else if first >= count && names.is_empty() {
                let topics: Vec<_> = drafts[first - count..first].iter().map(|draft| draft.topic.clone()).collect();
                for (draft, topic) in drafts[first..last].iter_mut().zip(topics) {
                    draft.topic = topic;
                }
            }
        }
    }

    /// `kinh doanh thương nghiệp đạt 820 tỷ đồng, chiếm 77%`: what has a share is a part of the subject before it.
    fn parts(&self, drafts: &mut [Draft]) {
        for index in 1..drafts.len() {
            let share = drafts[index].measure == Measure::Share
                && drafts[index].topic_from == Found::Sentence
                && drafts[index].cue.has(CueClass::Share);
            let unknown = drafts[index - 1].topic.indicator.is_none()
                && drafts[index - 1].topic.kind.is_none()
                && drafts[index - 1].measure == Measure::Level;
            if !(share && unknown) {
                continue;
            }
            let whole = drafts[..index - 1]
                .iter()
                .rfind(|draft| draft.topic.indicator.is_some())
                .map(|draft| draft.topic.clone())
                .or_else(|| self.before.filter(|topic| topic.indicator.is_some()).cloned());
            let Some(whole) = whole else { continue };
            let part = std::mem::take(&mut drafts[index - 1].topic);
            let topic =
                Topic { breakdown: part.text.clone(), product: part.product, industry: part.industry, partner: part.partner, ..whole };
            for draft in &mut drafts[index - 1..] {
                if draft.topic == part || draft.topic.text.is_empty() {
                    draft.topic = topic.clone();
                }
            }
        }
    }

    /// A difference of a price, and a price without its denominator, take that of their neighbour (`giảm 25 USD, xuống 1.388 USD/ounce`).
    fn share_prices(&self, drafts: &mut [Draft]) {
        for index in 0..drafts.len() {
            let draft = &drafts[index];
            let bare = self.unit_kind(&self.frame.quantities[draft.quantity]) == Some(UnitKind::Money) && !draft.unit.contains('/');
            if !bare || draft.topic.kind != Some(knowledge::Kind::Price) {
                continue;
            }
            let near = |other: &&Draft| {
                other.topic.indicator == draft.topic.indicator && other.unit.split_once('/').is_some_and(|(money, _)| money == draft.unit)
            };
            let unit = drafts[index + 1..].iter().find(near).or_else(|| drafts[..index].iter().rfind(near)).map(|other| other.unit.clone());
            if let Some(unit) = unit {
                drafts[index].unit = unit;
            }
        }
    }

    /// A basis serves its whole sentence as far as the changes are parallel.
    fn share_bases(&self, drafts: &mut [Draft]) {
        let needs =
            |draft: &Draft| draft.against.is_none() && matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Multiple);
        for index in 0..drafts.len() {
            if !needs(&drafts[index]) || drafts[index].base.is_some() {
                continue;
            }
            let fits = |other: &&Draft| {
                other.measure == drafts[index].measure && matches!(other.against, Some(Against::Mention(_))) && other.base.is_none()
            };
            let found =
                drafts[index + 1..].iter().find(fits).or_else(|| drafts[..index].iter().rfind(fits)).and_then(|draft| draft.against);
            // `Trong đó …` splits what stood before, with its basis.
            let split = self.before_against.filter(|_| self.splits() && drafts[index].measure == Measure::Change);
            drafts[index].against = found.or(self.listed.and_then(|(_, basis)| basis).or(split).map(Against::Mention));
        }
    }

    /// `ước` serves its whole sentence as far as the subject is the same; goals and forecasts reach forward.
    fn share_statuses(drafts: &mut [Draft]) {
        for index in 1..drafts.len() {
            let (before, after) = drafts.split_at_mut(index);
            let Some((draft, after)) = after.split_first_mut() else { continue };
            let last = &before[index - 1];
            // `tổng thu vẫn đạt 18.772 tỷ đồng, vượt 24% dự toán`: what is measured against a plan is none.
            let measured = |draft: &Draft| draft.against == Some(Against::Plan) || draft.cue.has(CueClass::Exceed);
            let done = last.status == Status::Target
                && (measured(draft) || after.first().is_some_and(measured))
                && draft.topic_from == Found::Clause;
            if draft.status == Status::Actual
                && !done
                && draft.base.is_none()
                && last.status != Status::Actual
                && (draft.topic_from != Found::Clause || matches!(last.status, Status::Target | Status::Forecast))
            {
                draft.status = last.status;
            }
        }
    }
}
