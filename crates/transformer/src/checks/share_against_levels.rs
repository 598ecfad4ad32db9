//! A share against the levels of part and whole.

use model::Measure;

use super::{Check, Tested, amounts};
use crate::fact::Facts;
use crate::metrics::wholes;
use crate::reference::Reference;

/// Tests every share whose part and whole are stated for the same period.
pub fn test(facts: &Facts<'_>, reference: &Reference<'_>) -> Vec<Check> {
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
        let computed = part.stated.over(whole.stated).scaled(100.0);
        found.push(Tested::new("share_against_levels", share, computed, &[part, whole]).how(amounts(part, "÷", whole)).check(reference));
    }
    found
}
