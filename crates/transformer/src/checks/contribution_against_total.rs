//! The share of a contribution in the whole's growth.

use model::Measure;

use super::{Check, Tested, amounts, percent};
use crate::fact::Facts;
use crate::metrics::whole_change;
use crate::reference::Reference;

/// Tests every share that stands beside a contribution of the same part.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for share in facts.measured(Measure::Share).filter(|share| share.unit == "%") {
        let Some(contribution) = facts.measured(Measure::Contribution).find(|fact| fact.beside(share)) else {
            continue;
        };
        let level = share.period.and_then(|period| facts.level(&share.subject, period, share.standing()));
        let Some(whole) = whole_change(facts, contribution, reference).filter(|_| level.is_none()) else {
            continue;
        };
        let tested = Tested::by(percent, "contribution_against_total", share, [contribution, whole]);
        found.push(tested.how(amounts(contribution, "÷", whole, reference)).check(facts, reference));
    }
    found
}
