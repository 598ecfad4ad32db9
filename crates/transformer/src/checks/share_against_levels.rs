//! A share against the levels of part and whole.

use model::Measure;

use super::{Check, Tested, Verdict, amounts, percent};
use crate::fact::Facts;
use crate::metrics::wholes;
use crate::reference::Reference;

/// Tests every share whose part and whole are stated for the same period. What a part exceeds is not its whole.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for share in facts.measured(Measure::Share).filter(|share| share.unit == "%") {
        let Some(period) = share.period else { continue };
        let Some(part) = facts.level(&share.subject, period, share.standing()) else {
            continue;
        };
        let whole = wholes(share, reference).into_iter().find_map(|whole| facts.level(&whole, period, share.standing()));
        let Some(whole) = whole.filter(|whole| whole.unit == part.unit && whole.stated.low > 0.0) else {
            continue;
        };
        let mut tested = Tested::by(percent, "share_against_levels", share, [part, whole]);
        if part.stated.low > whole.stated.high {
            tested = tested.with(Verdict::Undetermined);
        }
        found.push(tested.how(amounts(part, "÷", whole, reference)).check(facts, reference));
    }
    found
}
