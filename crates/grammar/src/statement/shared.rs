//! What the figures of one sentence share.

use knowledge::{CueClass, Kind, UnitKind};
use model::{Measure, Status};
use rust_decimal::Decimal;

use super::{Against, Draft, Found, Sentence};
use crate::period::{Expr, Mention, Role, YearRef};
use crate::topic::{Stretch, Topic, strength};

/// The single years, quarters or months of a span of them, of which `figures` hold in turn.
fn parts_of(mention: Mention, figures: usize) -> Vec<Mention> {
    let alone = |expr: Expr| Mention { expr, ..mention };
    match mention.expr {
        Expr::Years(first, last) => (first..=last).map(|year| alone(Expr::Year(YearRef::Named(year)))).collect(),
        Expr::Months(from, to, year) if (to - from + 1) as usize > figures && from % 3 == 1 && to % 3 == 0 => {
            (from / 3 + 1..=to / 3).map(|quarter| alone(Expr::Quarter(quarter, year))).collect()
        }
        Expr::Months(from, to, year) => (from..=to).map(|month| alone(Expr::Month(month, year))).collect(),
        _ => Vec::new(),
    }
}

/// So many times another price is a sum and no price.
const SUM_OF_PRICES: i64 = 100;

impl Sentence<'_> {
    /// `A và B lần lượt đạt 5 và 7`: figures behind `lần lượt` take the subjects before it in their order.
    pub(super) fn pair(&self, drafts: &mut [Draft]) {
        for cue in self.frame.cues.iter().filter(|cue| cue.classes.has(CueClass::Respectively)) {
            let Some(first) = drafts.iter().position(|draft| self.frame.quantities[draft.quantity].start >= cue.end) else { continue };
            let mut last = first + 1;
            while last < drafts.len() && drafts[last].topic_from != Found::Clause && drafts[last].cue.is_empty() {
                last += 1;
            }
            // `lần lượt chiếm 5% và 4% tổng vốn`: the whole stands behind the last of them.
            if last < drafts.len() && drafts[first].topic_from != Found::Clause && self.follows(&drafts[last - 1], &drafts[last]) {
                let (topic, from) = (drafts[last].topic.clone(), drafts[last].topic_from);
                for draft in &mut drafts[first..last] {
                    (draft.topic, draft.topic_from) = (topic.clone(), from);
                }
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
                .filter(|at| !(self.frame.places[*at].abroad && drafts[first].topic.has_partners(self.known)))
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
                self.pair_on(drafts, (first, last));
            } else if first >= count && names.is_empty() {
                let topics: Vec<_> = drafts[first - count..first].iter().map(|draft| (draft.topic.clone(), draft.member)).collect();
                for (draft, (topic, member)) in drafts[first..last].iter_mut().zip(topics) {
                    (draft.topic, draft.member) = (topic, member);
                }
                self.pair_on(drafts, (first, last));
            } else if places.len() != count {
                let members = self.members(from, cue.start, count).unwrap_or_default();
                for (draft, member) in drafts[first..last].iter_mut().zip(&members) {
                    draft.member = Some((*member, members[0].0));
                }
            }
        }
    }

    /// `A và B lần lượt đạt 5 và 7 tỷ đồng, tăng 2% và 4%`: as many figures of one kind behind those that were paired are of the same
    /// subjects in turn.
    fn pair_on(&self, drafts: &mut [Draft], (mut first, mut last): (usize, usize)) {
        let count = last - first;
        if !drafts[first..last].iter().any(|draft| draft.topic.indicator.is_some()) {
            return;
        }
        while let Some(next) = drafts.get(last..last + count) {
            let listed = |pair: &[Draft]| pair[1].cue.is_empty() && pair[1].unit == pair[0].unit && self.follows(&pair[0], &pair[1]);
            let inherits = |draft: &Draft| draft.topic_from != Found::Clause && draft.base.is_none();
            let ends = drafts.get(last + count).is_none_or(|after| !self.follows(&next[count - 1], after));
            if next[0].cue.is_empty() || !next.iter().all(inherits) || !next.windows(2).all(listed) || !ends {
                return;
            }
            let (paired, next) = drafts.split_at_mut(last);
            for (draft, of) in next.iter_mut().zip(&paired[first..]) {
                (draft.topic, draft.member) = (of.topic.clone(), of.member);
            }
            (first, last) = (last, last + count);
        }
    }

    /// Whether a figure stands right behind another in a list.
    pub(super) fn follows(&self, before: &Draft, draft: &Draft) -> bool {
        let (from, to) = (self.frame.quantities[before.quantity].end, self.frame.quantities[draft.quantity].lead);
        (from..to).all(|at| self.tokens[at].is(',') || self.tokens[at].is(';') || self.is_and(at))
    }

    /// `năm 2019, 2020, 2021 lần lượt là 9,3%; 9,2%; 9,8%`: figures behind `lần lượt` take the times before it in their order.
    pub(super) fn pair_times(&self, drafts: &mut [Draft]) {
        let mut times: Vec<Mention> = Vec::new();
        for cue in self.frame.cues.iter().filter(|cue| cue.classes.has(CueClass::Respectively)) {
            let Some(first) = drafts.iter().position(|draft| self.frame.quantities[draft.quantity].start >= cue.end) else { continue };
            let from = drafts[..first].last().map_or(self.frame.range.0, |draft| self.frame.quantities[draft.quantity].end);
            let named: Vec<Mention> = self
                .frame
                .mentions
                .iter()
                .filter(|mention| {
                    mention.start >= from && mention.end <= cue.start && mention.role == Role::Own && mention.expr != Expr::Vague
                })
                .copied()
                .collect();
            if !named.is_empty() {
                let figures = drafts.len() - first;
                times = match named[..] {
                    [mention] => parts_of(mention, figures),
                    // `quý II so với cùng kỳ các năm 2022-2024 lần lượt là …`: that part of each year
                    [part, .., years] if matches!(years.expr, Expr::Years(..)) => {
                        let of_year = |m: &Mention| m.expr.year().map_or(*m, |year| Mention { expr: part.expr.of_year(year), ..*m });
                        let split = part.expr.of_year(0) != part.expr;
                        parts_of(years, figures).iter().map(|m| if split { of_year(m) } else { *m }).collect()
                    }
                    _ => named,
                };
            }
            let Some(taken) = drafts.get_mut(first..first + times.len()).filter(|taken| taken.len() > 1) else { continue };
            let end = self.frame.quantities[taken[taken.len() - 1].quantity].start;
            let timed =
                self.frame.mentions.iter().any(|mention| mention.role == Role::Own && mention.start >= cue.end && mention.end <= end);
            if timed || taken.iter().any(|draft| draft.unit != taken[0].unit) {
                continue;
            }
            for (draft, mention) in taken.iter_mut().zip(&times) {
                (draft.mention, draft.mention_from) = (Some(*mention), Found::Clause);
            }
        }
    }

    /// `kinh doanh thương nghiệp đạt 820 tỷ đồng, chiếm 77%`: what has a share is a part of the subject before it.
    pub(super) fn parts(&self, drafts: &mut [Draft]) {
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

    /// `5 tháng …, chỉ bằng 35% tổng giá trị phát hành của cả năm 2024`: what equals a part of another time's total is a multiple of that.
    pub(super) fn totals_of_other_years(&self, drafts: &mut [Draft]) {
        for index in 1..drafts.len() {
            let (before, after) = drafts.split_at_mut(index);
            let (last, draft) = (&before[index - 1], &mut after[0]);
            let end = self.frame.quantities[draft.quantity].end;
            let equals = matches!(draft.measure, Measure::Share | Measure::Change | Measure::Level)
                && draft.unit == "%"
                && draft.topic.kind != Some(Kind::Rate)
                && draft.cue.any(&[CueClass::Equal, CueClass::Reach])
                && !draft.cue.any(&[CueClass::Up, CueClass::Down]);
            let (Some(other), Some(own)) = (draft.mention.filter(|m| m.start >= end && draft.mention_from == Found::Clause), last.mention)
            else {
                continue;
            };
            let earlier = other.is_before() || matches!((other.expr.year(), own.expr.year()), (Some(other), Some(own)) if other < own);
            if equals && earlier && own.role == Role::Own && !own.is_before() {
                (draft.measure, draft.unit, draft.of) = (Measure::Multiple, "x".into(), None);
                draft.value /= Decimal::ONE_HUNDRED;
                draft.high = draft.high.map(|high| high / Decimal::ONE_HUNDRED);
                (draft.mention, draft.mention_from, draft.against) = (Some(own), Found::Sentence, Some(Against::Mention(other)));
            }
        }
    }

    /// `VN-Index lên 3,21 điểm, đạt 515,62 điểm`: points that are a small part of the index's own are its change.
    pub(super) fn index_differences(drafts: &mut [Draft]) {
        for index in 0..drafts.len() {
            let draft = &drafts[index];
            let level = |draft: &Draft| draft.measure == Measure::Level && draft.unit == "point" && draft.topic.kind == Some(Kind::Index);
            let beside =
                |other: &Draft| level(other) && other.topic.indicator == draft.topic.indicator && other.topic.text == draft.topic.text;
            let small = level(draft) && drafts.iter().any(|other| beside(other) && other.value > draft.value * Decimal::from(8));
            if small {
                drafts[index].measure = Measure::Difference;
            }
        }
    }

    /// A difference of a price, and a price without its denominator, take that of their neighbour (`giảm 25 USD, xuống 1.388 USD/ounce`).
    pub(super) fn share_prices(&self, drafts: &mut [Draft]) {
        for index in 0..drafts.len() {
            let draft = &drafts[index];
            let bare = self.unit_kind(&self.frame.quantities[draft.quantity]) == Some(UnitKind::Money) && !draft.unit.contains('/');
            if !bare || draft.topic.kind != Some(Kind::Price) {
                continue;
            }
            // (`giá 29.000 đồng/cổ phiếu để huy động 2.978,25 tỷ đồng`: a sum is no price)
            let near = |other: &&Draft| {
                other.topic.indicator == draft.topic.indicator
                    && other.unit.split_once('/').is_some_and(|(money, _)| money == draft.unit)
                    && draft.value.abs() < other.value.abs().saturating_mul(Decimal::from(SUM_OF_PRICES))
            };
            let unit = drafts[index + 1..].iter().find(near).or_else(|| drafts[..index].iter().rfind(near)).map(|other| other.unit.clone());
            if let Some(unit) = unit {
                drafts[index].unit = unit;
            }
        }
    }

    /// A basis serves its whole sentence as far as the changes are parallel.
    pub(super) fn share_bases(&self, drafts: &mut [Draft]) {
        let needs =
            |draft: &Draft| draft.against.is_none() && matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Multiple);
        for index in 0..drafts.len() {
            if !needs(&drafts[index]) || drafts[index].base.is_some() {
                continue;
            }
            let fits = |other: &&Draft| {
                other.measure == drafts[index].measure && matches!(other.against, Some(Against::Mention(_))) && other.base.is_none()
            };
            let planned = |other: &&Draft| other.measure == drafts[index].measure && other.against == Some(Against::Plan);
            let found = drafts[index + 1..]
                .iter()
                .find(fits)
                .or_else(|| drafts[..index].iter().rfind(fits))
                .or_else(|| drafts[..index].iter().rfind(planned))
                .and_then(|draft| draft.against);
            // `Trong đó …` splits what stood before, with its basis.
            let split = self.before_against.filter(|_| self.splits() && drafts[index].measure == Measure::Change);
            drafts[index].against = found.or(self.listed.and_then(|(_, basis)| basis).or(split).map(Against::Mention));
        }
        // `tăng 14,3% (tương ứng tăng 50 tỷ USD) so với năm 2023`: the same change in a bracket.
        for index in 0..drafts.len() {
            if !needs(&drafts[index]) || drafts[index].mention_from == Found::Clause {
                continue;
            }
            let base = drafts[index].base.and_then(|quantity| drafts[..index].iter().rfind(|draft| draft.quantity == quantity));
            let moves = |draft: &&Draft| matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Completion);
            drafts[index].against = base.filter(moves).and_then(|draft| draft.against);
        }
    }

    /// `giảm 56,3% so với cùng kỳ, ước đạt 14.200 tỷ đồng`: a change is as firm as the level of the same subject behind it.
    fn share_estimates(drafts: &mut [Draft]) {
        for index in 1..drafts.len() {
            let (before, after) = drafts.split_at_mut(index);
            let (draft, next) = (&mut before[index - 1], &after[0]);
            let moves = matches!(draft.measure, Measure::Change | Measure::Difference) && draft.status == Status::Actual;
            let level = next.measure == Measure::Level && next.status == Status::Estimate && next.topic_from != Found::Clause;
            let apart = draft.base.is_some() || next.base.is_some() || next.mention_from == Found::Clause && next.mention != draft.mention;
            if moves && level && !apart {
                draft.status = Status::Estimate;
            }
        }
    }

    /// `ước` serves its whole sentence as far as the subject is the same; goals and forecasts reach forward.
    pub(super) fn share_statuses(&self, drafts: &mut [Draft]) {
        // `ước đạt 776 tỷ đồng, trong đó bán lẻ đạt 488 tỷ đồng`: parts are as firm as their total.
        let parts = |from: usize, to: usize| {
            self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Parts))
        };
        if let Some(total) = drafts.iter().find(|draft| draft.status != Status::Actual && draft.base.is_none()) {
            let (end, status) = (self.frame.quantities[total.quantity].end, total.status);
            for draft in drafts.iter_mut().filter(|draft| draft.status == Status::Actual && draft.base.is_none()) {
                let start = self.frame.quantities[draft.quantity].start;
                if start > end && parts(end, start) {
                    draft.status = status;
                }
            }
        }
        Self::share_estimates(drafts);
        for index in 1..drafts.len() {
            let (before, after) = drafts.split_at_mut(index);
            let Some((draft, after)) = after.split_first_mut() else { continue };
            // (`… so với thực hiện năm 2024 (62 nghìn tỷ đồng); lợi nhuận đạt …`: a bracket between them says nothing)
            let Some(last) = before.iter().rfind(|last| draft.inside || !last.inside) else { continue };
            // `được giao 14.400 tỷ đồng, đã giải ngân 35%`: what has been done is no plan
            let happened = self.tells_done(draft);
            // `tổng thu vẫn đạt 18.772 tỷ đồng, vượt 24% dự toán`: what is measured against a plan is none.
            let measured = |draft: &Draft| draft.against == Some(Against::Plan) || draft.cue.has(CueClass::Exceed);
            let done = last.status == Status::Target
                && (measured(draft) || after.first().is_some_and(measured))
                && draft.topic_from == Found::Clause;
            if draft.status == Status::Actual
                && !done
                && !happened
                && draft.base.is_none()
                && last.status != Status::Actual
                && (draft.topic_from != Found::Clause || matches!(last.status, Status::Target | Status::Forecast))
            {
                draft.status = last.status;
            }
        }
    }
}
