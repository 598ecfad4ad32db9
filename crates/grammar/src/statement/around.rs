//! The stretches around a figure: its clause, its gap, what stands behind it.

use knowledge::{CueClass, UnitKind};
use model::Bound;
use rust_decimal::Decimal;

use super::Sentence;
use crate::frame::{Cue, Part, What};
use crate::mark::{Form, Mark, Particle, TimeWord};
use crate::quantity::{Measured, Quantity};

/// The stretches around a quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// From the end of the figure before it (on the same level of brackets) to its lead-in.
    pub(super) gap: (usize, usize),
    /// The last clause of the gap.
    pub(super) clause: (usize, usize),
    /// From its end to the next joint or figure.
    pub(super) behind: (usize, usize),
    /// The figure before it on the same level.
    pub(super) previous: Option<usize>,
    /// The figure before the bracket that it stands in.
    pub(super) base: Option<usize>,
}

impl Sentence<'_> {
    pub(super) fn around(&self, index: usize) -> Around {
        let frame = self.frame;
        let quantity = &frame.quantities[index];
        let depth = frame.depth(quantity.start);
        // The nearest figure before it on the same level; a shallower one in between opens the bracket.
        let mut previous = None;
        let mut base = None;
        for earlier in (0..index).rev() {
            let other = frame.depth(frame.quantities[earlier].start);
            if other == depth && self.is_complement(earlier, quantity.lead) {
                continue;
            }
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
        let after = self.behind_a_bracket(quantity.end).unwrap_or(quantity.end);
        let next = frame.quantities[index + 1..].iter().find(|next| next.start >= after);
        let limit = next.map_or(frame.range.1, |next| next.lead.max(after));
        let behind = (after..limit).find(|at| self.is_joint(*at, index) || (self.tokens[*at].line && *at > after)).unwrap_or(limit);
        Around { gap: (from, lead), clause: (clause, lead), behind: (after, behind), previous, base }
    }

    /// `bằng 105,3% (tăng 20 tỷ đồng) so với dự toán`: what a figure is compared with stands behind the bracket that follows it.
    fn behind_a_bracket(&self, at: usize) -> Option<usize> {
        let to = self.frame.range.1;
        let depth = if at < to && self.tokens[at].is('(') { self.frame.depth(at) } else { return None };
        let close = (at + 1..to).find(|at| self.tokens[*at].is(')') && self.frame.depth(*at) == depth)?;
        let compares = |cue: &Cue| cue.start == close + 1 && cue.classes.has(CueClass::Basis);
        self.frame.cues.iter().any(compares).then_some(close + 1)
    }

    /// Whether a count only describes the subject of the figure behind it (`tổng giá trị giao dịch của 2 sàn đạt …`,
    /// `lãi suất kỳ hạn 10 năm là …`): no mark and no other word of the figure stands between them.
    fn is_complement(&self, index: usize, to: usize) -> bool {
        let quantity = &self.frame.quantities[index];
        let kind = self.unit_kind(quantity);
        let counts = quantity.measured == Measured::Things
            || kind == Some(UnitKind::Time)
            // (`giá trị sản xuất trên 1 ha là …`)
            || (quantity.value == Decimal::ONE && matches!(kind, Some(UnitKind::Area | UnitKind::Mass)));
        let led = quantity.lead > self.frame.range.0
            && self.hits.at(quantity.lead - 1).iter().any(|hit| {
                hit.end as usize == quantity.lead
                    && matches!(hit.mark, Mark::Cue(CueClass::Where) | Mark::Time(TimeWord::Of | TimeWord::Tenor))
            });
        (counts && led || self.is_class(quantity))
            && !(quantity.end..to).any(|at| matches!(self.frame.part(at), Part::Mark | Part::Quantity(_)))
    }

    /// `thuế đối với rượu trên 20 độ tăng lên 70%`: whether a limit right behind a noun only tells a class of it.
    fn is_class(&self, quantity: &Quantity) -> bool {
        let noun = |at: usize| match self.frame.part(at) {
            Part::Noun | Part::Proper => true,
            Part::Name(name) => {
                !matches!(self.frame.names[name as usize].what, What::Indicator(_, Form::Verb) | What::Subject(_, Form::Verb))
            }
            _ => false,
        };
        let from = quantity.lead;
        let limited = matches!(quantity.bound, Bound::Over | Bound::Under | Bound::AtLeast) && self.hits.says(from, Particle::Limit);
        limited && from > self.frame.range.0 && noun(from - 1)
    }

    /// Whether a token separates clauses around a figure.
    pub(super) fn is_joint(&self, at: usize, index: usize) -> bool {
        if self.frame.is_joint(at) {
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

    pub(super) fn is_and(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is_word() && self.hits.says(at, Particle::And) && !matches!(self.frame.part(at), Part::Name(_) | Part::Place(_))
    }
}
