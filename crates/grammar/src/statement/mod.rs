//! Joins the parts of a sentence into statements: each quantity with its cue, subject, period, place, basis and status.
//!
//! The only file that knows the order of a sentence.

mod amounts;
mod around;
mod behind;
mod choice;
mod counted;
mod cue;
mod firmness;
mod fitting;
mod floor;
mod goes_on;
mod had;
mod headless;
mod item;
mod lean;
mod measurable;
mod members;
mod named_late;
mod nameless;
pub(crate) mod narrowing;
pub(crate) mod opening;
mod phrase;
mod planned;
mod predicate;
mod rivals;
mod says;
mod securities;
mod shared;
pub(crate) mod shares;
mod speaker;
mod subject;
mod timing;
mod told;
mod trade;
mod when;
mod whereabouts;

use around::Around;
use knowledge::{CueClass, Kind, Knowledge, UnitKind};
use model::{Bound, Measure, Status};
use opening::Openings;
use rust_decimal::Decimal;

use crate::frame::Frame;
use crate::letters::same;
use crate::lexicon::{Hits, Pattern};
use crate::mark::Mark;
use crate::measure::Classes;
use crate::period::{Mention, Role};
use crate::quantity::Quantity;
use crate::text::Text;
use crate::token::Token;
use crate::topic::Topic;

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
    /// Whether it is the level that the figure before it is compared with.
    pub(crate) basis: bool,
    /// Whether it holds when the figure before it is compared with (`tăng 2% so với cuối năm 2024 (16,5 tỷ đồng)`).
    pub(crate) earlier: bool,
    /// Whether it is the plan that the figure before it is a part of (`đạt 53% dự toán (1.260 tỷ đồng)`).
    pub(crate) planned: bool,
    /// The verb whose object it is.
    pub(crate) verb: Option<(usize, usize)>,
    /// Whether words beside it point to the country abroad that was named last (`nước này`).
    pub(crate) there: bool,
    /// Whether its sentence counts provinces (`12 tỉnh`), so that it is about the country.
    pub(crate) provinces: bool,
    /// The stretches around it.
    around: Around,
    /// The tokens of its clause before it.
    pub(crate) clause: (usize, usize),
    /// Whether the day beside it is its subject's own.
    pub(crate) own_day: bool,
    /// The member of a list whose it is, and where the list begins (`Mỹ và Đức lần lượt …`).
    pub(crate) member: Option<((usize, usize), usize)>,
}

/// The figures that a figure may lean on.
#[derive(Clone, Copy)]
struct Near<'d> {
    /// The one before it on its level of brackets.
    previous: Option<&'d Draft>,
    /// The one before the bracket that it stands in.
    base: Option<&'d Draft>,
    /// All before it in the sentence.
    drafts: &'d [Draft],
}

/// Whose figure it is.
struct Whose {
    topic: Topic,
    from: Found,
    /// Whether the subject stands behind the figure.
    behind: bool,
    /// The verb whose object the figure is.
    verb: Option<(usize, usize)>,
}

/// What a figure says of its subject.
struct Said {
    measure: Measure,
    value: Decimal,
    high: Option<Decimal>,
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
    pub(crate) openings: &'a Openings<'a>,
    /// The subject that the text before left behind.
    pub(crate) before: Option<&'a Topic>,
    /// What its last percentage said.
    pub(crate) before_measure: Option<Measure>,
    /// How firm its last figure was.
    pub(crate) before_status: Status,
    /// What its last change was compared with.
    pub(crate) before_against: Option<Mention>,
    /// The words by which the text before calls shares.
    pub(crate) shares: Option<&'a str>,
    /// What a line with a colon before it says of its items.
    pub(crate) listed: Option<(Status, Option<Mention>)>,
}

impl Sentence<'_> {
    /// What a sentence that ends in a colon says of the items under it: how firm they are and what they are compared with.
    pub(crate) fn announcement(&self) -> Option<(Status, Option<Mention>)> {
        let (from, to) = self.frame.range;
        if !self.tokens[to - 1].is(':') {
            return None;
        }
        let status = (from..to).rev().find_map(|at| {
            self.hits.at(at).iter().find_map(|hit| if let Mark::Status(status, _) = hit.mark { Some(status) } else { None })
        });
        let basis = self.frame.mentions.iter().find(|mention| mention.role == Role::Basis).copied();
        Some((status.unwrap_or(Status::Actual), basis))
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
        self.pair_times(&mut drafts);
        self.parts(&mut drafts);
        self.named_by_whole(&mut drafts);
        self.no_branches(&mut drafts);
        self.share_plans(&mut drafts);
        Self::share_equals(&mut drafts);
        self.totals_of_other_years(&mut drafts);
        Self::index_differences(&mut drafts);
        self.share_bases(&mut drafts);
        self.share_prices(&mut drafts);
        self.share_statuses(&mut drafts);
        self.settle_starts(&mut drafts);
        drafts
    }

    /// A figure with what its sentence says of it; nothing for a number that only counts times (`họp 3 lần`).
    fn draft(&self, index: usize, drafts: &[Draft]) -> Option<Draft> {
        let quantity = &self.frame.quantities[index];
        let around = self.around(index);
        let near = self.near(quantity, &around, drafts);
        let cue = self.cue(&around, quantity);
        let mut classes = self.governing(&around, quantity, cue);
        if self.unit_kind(quantity) == Some(UnitKind::Times) && !self.is_multiple(quantity, &around, classes) {
            return None;
        }
        let mut whose = self.whose(quantity, &around, cue, near);
        if self.falls(&whose.topic, classes) {
            classes.add(CueClass::Down);
            whose.topic.growth = false;
        }
        let basis = self.is_basis(&around, quantity);
        let evidence = self.evidence(quantity, &around, classes, &whose, near, basis);
        let (Said { measure, value, high }, unit) = self.stated(quantity, classes, &evidence, &whose, near);
        let level = measure == Measure::Level;
        // (`cao hơn mức tăng 5% cùng kỳ năm trước`: the time right behind what is compared with is its own)
        let against = self.against(&around, measure, &evidence).filter(|against| !(basis && self.is_own(against, &around)));
        let beside = near.previous.or(near.base);
        let (mention, mention_from) = self.mention(&around, beside, against, basis || classes.has(CueClass::From));
        let mention = mention.map(|mention| self.in_year_before(self.counted_up_to(mention, &around)));
        let (place, place_from) = self.place(&around, beside, measure);
        let earlier = level && mention_from != Found::Clause && self.is_earlier(quantity, &around, classes, near);
        let planned = level && self.is_planned(&around, near);
        let goal = planned || level && self.is_the_plan(&around, classes, near);
        // (what a bracket tells of the time before has happened)
        let past = near.base.is_some() && (earlier || mention.is_some_and(|mention| mention.role == Role::Basis));
        let Whose { mut topic, from: topic_from, behind, verb } = whose;
        if level && self.is_no_percentage(&topic, quantity) {
            topic.indicator = None;
        }
        Some(Draft {
            quantity: index,
            of: self.whole(&around, measure),
            measure,
            unit,
            value,
            high,
            bound: quantity.bound,
            mention,
            mention_from,
            against,
            place,
            place_from,
            status: match (goal, past) {
                (true, _) => Status::Target,
                (_, true) => Status::Actual,
                // (`đạt 69% mức phấn đấu, giảm 11 tỷ đồng (tương ứng 20,7%)`)
                _ => match self.status(&around) {
                    Status::Target if self.moved_already(&around, classes, near) => Status::Actual,
                    status => status,
                },
            },
            cue: classes,
            cue_at: cue.map(|cue| (cue.start, cue.end)),
            base: around.base,
            inside: self.frame.depth(quantity.start) > 0,
            clause: around.clause,
            around,
            verb,
            provinces: self.counts_provinces(),
            own_day: mention.is_some_and(|mention| self.is_own_day(&mention)),
            there: self.points_abroad(around.gap.0, around.behind.1),
            nominal: behind && classes.has(CueClass::Growth),
            basis,
            earlier,
            planned,
            member: None,
            topic,
            topic_from,
        })
    }

    /// Whether a name says by how much a rate falls (`tỷ lệ giảm nghèo đạt 2%`); a figure where that sets out or ends is a level.
    fn falls(&self, topic: &Topic, cue: Classes) -> bool {
        let rate = topic.indicator.is_some() && matches!(topic.kind, Some(Kind::Rate | Kind::Share));
        let fall = || self.known.lexicon.cues.iter().find(|entry| entry.class == CueClass::Down).and_then(|entry| entry.says.first());
        rate && !cue.any(&[CueClass::From, CueClass::Reach])
            && fall().is_some_and(|fall| topic.text.split(' ').any(|word| same(word.chars(), fall.chars())))
    }

    /// The figures that a figure may lean on: behind one that only stands in another's complement (`vào mức tăng 3,98% GRDP`) the one
    /// before that goes on.
    fn near<'d>(&self, quantity: &Quantity, around: &Around, drafts: &'d [Draft]) -> Near<'d> {
        let percent = matches!(self.unit_kind(quantity), Some(UnitKind::Percent | UnitKind::Point));
        let aside = |draft: &Draft| draft.nominal || draft.topic.held && !percent;
        let passes = |at: usize| drafts.iter().any(|draft| draft.quantity == at && aside(draft));
        let previous = around.previous.and_then(|at| {
            let before = |draft: &&Draft| !aside(draft) && (draft.quantity == at || (draft.quantity < at && passes(at)));
            // (where only the capital was told of, amounts go on with that)
            let capital = |draft: &&Draft| draft.quantity == at && draft.topic.held;
            drafts.iter().rfind(before).or_else(|| drafts.iter().rfind(capital))
        });
        let base = around.base.and_then(|at| drafts.iter().find(|draft| draft.quantity == at));
        Near { previous, base, drafts }
    }
}
