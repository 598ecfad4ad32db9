//! How firmly a figure holds: what happened, what is planned, what is foreseen.

use jiff::civil::Date;
use knowledge::{CueClass, Kind, Reach, UnitKind};
use model::{Measure, Period, Status};

use super::around::Around;
use super::{Against, Draft, Found, Near, Sentence};
use crate::frame::{Cue, Name, What};
use crate::lexicon::Hit;
use crate::mark::{Mark, Particle, kind};
use crate::measure::Classes;
use crate::period::{Mention, Role};
use crate::quantity::Quantity;

impl Sentence<'_> {
    /// Whether a level holds when the change before it is compared with: in a bracket right behind its basis, or where the change
    /// sets out (`giảm một nửa so với cùng kỳ, từ 54 tỷ đồng xuống 27 tỷ đồng`).
    pub(super) fn is_earlier(&self, quantity: &Quantity, around: &Around, cue: Classes, near: Near<'_>) -> bool {
        // (`tăng 6% so với cùng kỳ (gồm: phi nhân thọ 72 tỷ đồng, …)`: parts hold when their total does)
        let parts = self.frame.cues.iter().any(|cue| cue.start == around.gap.0 && cue.classes.has(CueClass::Parts));
        let compared = |draft: &&Draft| matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Multiple);
        let bracket = near
            .base
            .filter(|draft| compared(draft) && !parts)
            .is_some_and(|draft| matches!(draft.against, Some(Against::Mention(basis)) if basis.end + 1 == around.gap.0));
        // (`quý IV/2024 tăng 188% từ 25 tỷ lên 74 tỷ đồng`: a change of sums that says no more is that against the year before)
        let sums = |draft: &Draft| {
            draft.measure == Measure::Change
                && draft.against.is_none()
                && matches!(draft.topic.kind, None | Some(Kind::Flow | Kind::Balance))
        };
        let from = |draft: &&Draft| matches!(draft.against, Some(Against::Mention(_))) || sums(draft) && self.leads_to_level(quantity);
        let sets_out = near.previous.filter(compared).is_some_and(|draft| from(&draft));
        bracket || (sets_out && cue.has(CueClass::From)) || self.is_told_of_basis(quantity, around, near)
    }

    /// `chỉ bằng 37% so với cùng kỳ năm 2020 với 2.116 căn`: how many there were then stands right behind the time that was compared with.
    fn is_told_of_basis(&self, quantity: &Quantity, around: &Around, near: Near<'_>) -> bool {
        let with = quantity.lead > around.gap.0 && self.hits.says(quantity.lead - 1, Particle::With);
        let compared = |draft: &&Draft| matches!(draft.measure, Measure::Change | Measure::Multiple);
        // (`tăng 5,7% so với cùng kỳ với 3 triệu tấn`: what is not called by its year is no more than compared with)
        let named = |basis: &Mention| basis.end + 1 == quantity.lead && basis.expr.year().is_some();
        let told = |draft: &Draft| matches!(draft.against, Some(Against::Mention(basis)) if named(&basis));
        with && near.previous.filter(compared).is_some_and(told)
    }

    /// Whether a level is the plan itself that the change before its bracket is measured against (`thấp hơn dự toán (399 tỷ đồng)`).
    ///
    /// Without a bracket it stands right behind the plan (`hoàn thành 26% kế hoạch 30.000 tỷ đồng`, `142% kế hoạch năm là 5.300 tỷ đồng`).
    pub(super) fn is_planned(&self, around: &Around, near: Near<'_>) -> bool {
        let base = near.base.filter(|draft| matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Completion));
        let bracket = base.is_some_and(|draft| draft.against == Some(Against::Plan)) && around.previous.is_none();
        let (from, to) = around.gap;
        let plan = || self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Plan));
        let reached = near.previous.is_some_and(|draft| draft.measure == Measure::Completion);
        // (`đạt 61,2% kế hoạch (năm 2012 đạt 58,4%)` is no plan)
        let part = base.is_some_and(|draft| draft.measure == Measure::Completion)
            && around.behind.0 > 0
            && self.tokens[around.behind.0 - 1].is('%');
        // (`đạt 65% kế hoạch với 38.923 tỷ đồng`: what that share came to)
        let with = || to > from && self.hits.says(to - 1, Particle::With);
        (bracket && !part) || (reached && plan() && !with() && !(from..to).any(|at| self.is_joint(at, 1)))
    }

    /// Whether a level is the plan behind what has been reached of it (`mới hoàn thành 1,4% so với kế hoạch lãi 150 tỷ đồng`).
    pub(super) fn is_the_plan(&self, around: &Around, cue: Classes, near: Near<'_>) -> bool {
        let (from, to) = around.gap;
        let against = |cue: &Cue| cue.start == from && cue.end <= to && cue.classes.has(CueClass::Plan) && cue.classes.has(CueClass::Basis);
        near.previous.is_some_and(|draft| draft.measure == Measure::Completion)
            && !cue.any(&[CueClass::Level, CueClass::Reach, CueClass::Up, CueClass::Down])
            && self.frame.cues.iter().any(against)
            && !(from..to).any(|at| self.is_joint(at, 1))
    }

    /// What a forecast or plan sets out from, or is compared with, has happened
    /// (`sẽ tăng từ 10% lên 15%`, `dự báo tăng 4%, cao hơn mức 3,2% của năm 2012`).
    pub(super) fn settle_starts(&self, drafts: &mut [Draft]) {
        // (`từ 893.085 cổ phiếu, chiếm 0,09% xuống còn …`: what describes the start belongs to it)
        let mut starting = false;
        for draft in drafts.iter_mut().filter(|draft| !draft.planned) {
            let quantity = &self.frame.quantities[draft.quantity];
            let around = draft.around;
            // (in a plan that is revised both are goals: `chỉ tiêu doanh thu được điều chỉnh từ 11 lên 13 tỷ đồng`)
            let plan = |cue: &Cue| cue.start >= around.clause.0 && cue.end <= around.clause.1 && cue.classes.has(CueClass::Plan);
            let sets_out = draft.cue.has(CueClass::From)
                && !draft.cue.any(&[CueClass::Up, CueClass::Down])
                && quantity.high.is_none()
                && self.leads_to_level(quantity)
                && !self.frame.cues.iter().any(plan);
            starting = sets_out || starting && draft.cue.has(CueClass::Share);
            // (`cao hơn dự báo 3%` names what was expected)
            let said =
                |at: usize| self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Status(Status::Forecast | Status::Target, _)));
            // (`tương đương với 57 tàu bay` is the same amount)
            let equals = |at: usize| self.hits.is(at, Mark::Cue(CueClass::Equal));
            let near = around.gap.1.saturating_sub(4).max(around.gap.0);
            // (`chỉ tăng 2,4%, thấp hơn dự báo 2,5%`)
            if draft.basis && (near..around.gap.1).any(said) {
                let expected = (near..around.gap.1).rev().flat_map(|at| self.hits.at(at)).find_map(|hit| match hit.mark {
                    Mark::Status(status @ (Status::Forecast | Status::Target), _) => Some(status),
                    _ => None,
                });
                draft.status = expected.unwrap_or(draft.status);
                continue;
            }
            if starting || draft.basis && !(near..around.gap.1).any(|at| said(at) || equals(at)) {
                draft.status = Status::Actual;
            }
        }
    }

    /// `tăng 7,5% (kế hoạch 8%, năm 2023 tăng 7,2%)`: what is told of a year that is over, behind the plan for a later one, has happened,
    /// unless it says itself that it is meant.
    pub(crate) fn recalls(&self, draft: &Draft, period: Option<Period>, before: Option<Period>, today: Date) -> bool {
        let meant = draft.status == Status::Target && !draft.planned;
        let over = |period: Period| period.end() < today && before.is_some_and(|before| period.end() < before.start());
        if !meant || draft.mention_from != Found::Clause || !period.is_some_and(over) {
            return false;
        }
        let said = |at: usize| {
            let plan = self.hits.is(at, Mark::Cue(CueClass::Plan));
            plan || self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Status(Status::Forecast | Status::Target, _)))
        };
        let (from, to) = draft.around.gap;
        !(from..to).any(said)
    }

    /// Whether a figure is the level that a change sets out from.
    pub(crate) fn sets_out(&self, draft: &Draft) -> bool {
        self.leads_to_level(&self.frame.quantities[draft.quantity])
    }

    /// How firm a sentence without figures says those behind it to be: goals, where it speaks of them (`Tỉnh xác định mục tiêu …. Cụ thể,
    /// …`). What was estimated before goes on, unless another paragraph opens with what it says itself (`Tuy nhiên, xuất khẩu lâm sản suy
    /// giảm. Trong đó, …`).
    pub(crate) fn announced_status(&self, opens: bool) -> Status {
        let moves = |cue: &Cue| cue.classes.any(&[CueClass::Up, CueClass::Down]);
        let goes_on = !(opens && !self.splits() && self.frame.cues.iter().any(moves));
        let before = if goes_on && self.before_status == Status::Estimate { Status::Estimate } else { Status::Actual };
        let (mut at, to) = self.frame.range;
        let mut found = before;
        while at < to {
            if !self.hits.has(at, kind::STATUS) {
                at += 1;
                continue;
            }
            let status =
                |hit: &Hit| if let Mark::Status(status, reach) = hit.mark { Some((status, reach, hit.end as usize)) } else { None };
            let longest = self.hits.at(at).iter().filter_map(status).filter(|(_, _, end)| *end <= to).max_by_key(|(_, _, end)| *end);
            at = longest.map_or(at + 1, |(_, _, end)| end);
            match longest {
                // (`hoàn thành vượt chỉ tiêu kế hoạch`)
                Some((Status::Actual, _, _)) => return before,
                Some((Status::Target, Reach::Sentence, _)) => found = Status::Target,
                // (`… dự kiến có mức tăng cao. Trong đó, …`)
                Some((Status::Forecast, Reach::Sentence, _)) if found == before => found = self.before_status,
                _ => {}
            }
        }
        found
    }

    /// Whether one of the next two figures is the level that a change leads to.
    fn leads_to_level(&self, quantity: &Quantity) -> bool {
        let next = self.frame.quantities.iter().filter(|next| next.start >= quantity.end).take(2);
        let reached = |next: &Quantity| {
            let near = next.lead.saturating_sub(2).max(quantity.end);
            self.frame.cues.iter().any(|cue| cue.start >= near && cue.end <= next.start && cue.classes.has(CueClass::Reach))
        };
        next.into_iter().any(reached)
    }

    /// Whether a bracket says again how something has moved: the goal that the sentence spoke of before is none of it.
    pub(super) fn moved_already(&self, around: &Around, cue: Classes, near: Near<'_>) -> bool {
        let moved = |draft: &Draft| draft.status == Status::Actual && draft.cue.any(&[CueClass::Up, CueClass::Down]);
        let own = || (around.gap.0..around.gap.1).any(|at| self.hits.has(at, kind::STATUS));
        near.base.is_some_and(moved) && around.previous.is_none() && cue.has(CueClass::Equal) && !own()
    }

    /// The status word nearest before a figure since the last one.
    pub(super) fn status(&self, around: &Around) -> Status {
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
        // `hoàn tất 75% dự báo 2025 và …`: what a part is of says nothing of the figures behind.
        let whole = |at: usize| {
            let part = |quantity: &Quantity| quantity.end == at && self.unit_kind(quantity) == Some(UnitKind::Percent);
            self.frame.quantities.iter().any(part)
        };
        for at in (from..around.gap.1).rev().filter(|at| self.hits.has(*at, kind::STATUS) && !whole(*at)) {
            let status = self.hits.at(at).iter().find_map(|hit| match hit.mark {
                Mark::Status(status, reach) if hit.end as usize <= around.gap.1 && (reach == Reach::Sentence || at >= around.clause.0) => {
                    Some((status, hit.end as usize))
                }
                _ => None,
            });
            let status = status.filter(|found| !self.is_named_so(at, *found, around) && !self.is_why(at, found.0));
            if let Some((status, end)) = status {
                // A longer reading that begins earlier hides this one (`so với kế hoạch` hides `kế hoạch`).
                let hidden = (at.saturating_sub(4).max(self.frame.range.0)..at)
                    .any(|i| self.hits.at(i).iter().any(|hit| matches!(hit.mark, Mark::Status(..)) && hit.end as usize >= end && i < at));
                // `Theo kế hoạch, tỉnh sẽ gieo cấy 175.500 ha`: beside a word of goals `sẽ` only says when.
                if !hidden && status == Status::Forecast && self.is_beside_goal((at, end), from, around.clause.0) {
                    found = Some(Status::Target);
                    break;
                }
                if !hidden {
                    found = Some(if status == Status::Actual && self.is_goal_of_growth(end, around) { Status::Target } else { status });
                    break;
                }
            }
        }
        // `Trong đó …` splits what stood before, with its status.
        let listed = self.listed.map_or(Status::Actual, |(status, _)| status);
        found.unwrap_or(if self.splits() { self.before_status } else { listed })
    }

    /// `vượt mục tiêu tăng 9%`: the growth that stands right behind a goal is the goal itself, however it was met.
    fn is_goal_of_growth(&self, end: usize, around: &Around) -> bool {
        let goal = self.frame.cues.iter().any(|cue| cue.end == end && cue.classes.has(CueClass::Plan));
        let grows = |cue: &Cue| cue.start == end && cue.end == around.gap.1 && cue.classes.has(CueClass::Up);
        goal && self.frame.cues.iter().any(grows)
    }

    /// Whether what was done is only why a figure holds (`dự kiến giảm thu do thực hiện chính sách miễn thuế 5 tỷ đồng`).
    fn is_why(&self, at: usize, status: Status) -> bool {
        status == Status::Actual && at > self.frame.range.0 && self.hits.says(at - 1, Particle::Cause)
    }

    /// Whether a word of firmness is only a part of a name (`kế hoạch vốn đầu tư`); what a name ends with is foreseen (`doanh thu dự kiến`).
    fn is_named_so(&self, at: usize, (status, end): (Status, usize), around: &Around) -> bool {
        // (`tổng kế hoạch vốn là 1.962 tỷ đồng` is a plan, `tổng số vốn ước giải ngân` an estimate)
        let hollow = |at: usize| self.hits.at(at).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Function));
        // (`tổng kế hoạch vốn đã giải ngân 3.281 tỷ đồng` tells of what was done)
        let done = |from: usize| (from..around.gap.1).any(|at| self.hits.says(at, Particle::Done));
        let opens = |name: &Name| status == Status::Target && (name.start..at).all(hollow) && !done(name.end);
        let inside =
            |name: &Name| name.what != What::Anaphor && name.start < at && at < name.end && status != Status::Estimate && !opens(name);
        // (`doanh nghiệp kỳ vọng` are those who expect something)
        let planned = || self.hits.spans((at, end), Mark::Cue(CueClass::Auxiliary));
        // (of the figures behind only the first is called so; among goals it is one of them)
        let own = || at >= around.clause.0 && !self.has_goal(self.frame.range.0, at);
        let foreseen = |name: &Name| status == Status::Forecast && name.end == end && planned() && own();
        self.frame.names.iter().any(|name| inside(name) && !foreseen(name))
    }

    /// Whether a word that goes before a verb (`sẽ`) stands behind a word of goals; a longer one (`dự kiến`) in its own clause.
    fn is_beside_goal(&self, word: (usize, usize), from: usize, clause: usize) -> bool {
        let auxiliary = |cue: &Cue| (cue.start, cue.end) == word && cue.classes.has(CueClass::Auxiliary);
        let from = if word.1 == word.0 + 1 { from } else { clause };
        self.frame.cues.iter().any(auxiliary) && self.has_goal(from, word.0)
    }

    /// Whether the nearest word of firmness before a token is one of goals (`mục tiêu đến năm 2030 sẽ có …`).
    fn has_goal(&self, from: usize, to: usize) -> bool {
        let (mut at, mut last) = (from, None);
        while at < to {
            if !self.hits.has(at, kind::STATUS) {
                at += 1;
                continue;
            }
            let hit = self.hits.at(at).iter().find_map(|hit| match hit.mark {
                Mark::Status(status, _) if hit.end as usize <= to => Some((status, hit.end as usize)),
                _ => None,
            });
            (last, at) = hit.map_or((last, at + 1), |(status, end)| (Some(status), end));
        }
        last == Some(Status::Target)
    }

    /// Whether the sentence goes on with the parts that those before it split something into, in as many sentences as there are parts
    /// (`Trong đó, khu vực I đạt 6 tỷ đồng. Khu vực II đạt 15 tỷ đồng.`): they are as firm as the first one.
    pub(crate) fn goes_on_splitting(&self, drafts: &mut [Draft], split: bool) -> bool {
        let Some(first) = drafts.first() else { return false };
        let same = |draft: &Draft| self.before.is_some_and(|topic| topic.indicator == draft.topic.indicator);
        let part = first.topic_from == Found::Context && first.topic.indicator.is_some() && same(first) && self.frame.mentions.is_empty();
        let goes_on = split && part && !(self.frame.range.0..self.frame.range.1).any(|at| self.hits.has(at, kind::STATUS));
        if goes_on && self.before_status != Status::Forecast {
            for draft in drafts.iter_mut().filter(|draft| draft.status == Status::Actual && same(draft)) {
                draft.status = self.before_status;
            }
        }
        goes_on || self.splits()
    }

    /// Whether a word in the clause of a figure says that it has happened.
    pub(crate) fn tells_done(&self, draft: &Draft) -> bool {
        (draft.clause.0..draft.clause.1).any(|at| self.hits.says(at, Particle::Done))
    }

    /// Whether the sentence opens with a word that splits what stood before it into parts (`Trong đó`).
    pub(crate) fn splits(&self) -> bool {
        self.frame.cues.iter().any(|cue| cue.start <= self.frame.range.0 + 1 && cue.classes.has(CueClass::Parts))
    }
}
