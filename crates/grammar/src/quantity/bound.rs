//! What stands before a number: signs and bounds.

use knowledge::{CueClass, UnitKind};
use model::Bound;

use super::{Measured, View};
use crate::mark::Mark;
use crate::token::Kind;

/// Any word of a bound.
const A_BOUND: Mark = Mark::Bound(Bound::About);

impl View<'_> {
    /// Whether a minus sign stands before the number, and where the quantity then begins.
    pub(super) fn sign(&self, at: usize, measured: Measured) -> (bool, usize) {
        let Some(before) = at.checked_sub(1).filter(|i| *i >= self.range.0) else { return (false, at) };
        let token = &self.tokens[before];
        if !matches!(token.kind, Kind::Mark('-' | '+')) {
            return (false, at);
        }
        // (`biên độ +/-3%` goes both ways)
        if before > self.range.0 + 1 && self.tokens[before - 1].is('/') && self.tokens[before - 2].is('+') {
            return (false, at);
        }
        let glued = !self.tokens[at].spaced;
        let open = token.spaced || before == self.range.0 || matches!(self.tokens[before - 1].kind, Kind::Mark('(' | ':' | '/'));
        // ` - 16,2%` behind a name: a sign with a space, where a percentage follows.
        // (` lên - 2.293 tỷ đồng`: behind a word that leads to a level a dash joins nothing)
        let led = || {
            self.pick_before(before, |mark| matches!(mark, Mark::Cue(CueClass::Reach | CueClass::From | CueClass::Level)).then_some(()))
                .is_some()
        };
        // (`còn đạt thấp hơn - 17,98% dự toán`: what is below says so itself, and the dash only parts)
        let below = || {
            let says = |mark| matches!(mark, Mark::Bound(Bound::Under) | Mark::Cue(CueClass::Down)).then_some(());
            self.pick_before(before, says).is_some()
        };
        let loose = !glued
            && token.spaced
            && before > self.range.0
            && self.tokens[before - 1].is_word()
            && (self.kind(measured) == Some(UnitKind::Percent) || led())
            && !below();
        if (glued && open) || loose { (token.is('-'), before) } else { (false, at) }
    }

    /// The bound before (or behind) a quantity, and where its words begin.
    pub(super) fn bound(&self, start: usize, end: usize) -> (Bound, usize) {
        let behind = Mark::BoundAfter(Bound::Exact);
        if let Some((bound, _)) = self.pick_like(end, behind, |mark| if let Mark::BoundAfter(bound) = mark { Some(bound) } else { None }) {
            return (bound, start);
        }
        let (mut bound, mut lead) = (Bound::Exact, start);
        // `ước khoảng gần`: the innermost word counts, the outer ones are part of the lead-in.
        let word = |mark: Mark| if let Mark::Bound(bound) = mark { Some(bound) } else { None };
        while let Some((found, from)) = self.pick_like_before(lead, A_BOUND, word) {
            // `cao hơn 31% so với cùng kỳ` is a change, not a bound.
            let change = self.pick_before(lead, |mark| matches!(mark, Mark::Cue(CueClass::Up | CueClass::Down)).then_some(()));
            if change.is_some_and(|((), start)| start == from) && self.is_compared(end) {
                break;
            }
            if lead == start || (bound == Bound::About && found != Bound::About) {
                bound = found;
            }
            lead = from;
        }
        (bound, lead)
    }

    /// The token after the word of a bound, if one stands at a token.
    pub(super) fn after_bound(&self, at: usize) -> Option<usize> {
        self.pick_like(at, A_BOUND, |mark| matches!(mark, Mark::Bound(_)).then_some(())).map(|((), end)| end)
    }

    /// Whether a comparison follows within the clause.
    pub(super) fn is_compared(&self, at: usize) -> bool {
        (at..(at + 6).min(self.range.1))
            .take_while(|at| !self.tokens[*at].is(',') && !self.tokens[*at].is(';') && !self.tokens[*at].is('.'))
            .any(|at| self.hits.is(at, Mark::Cue(CueClass::Basis)))
    }
}
