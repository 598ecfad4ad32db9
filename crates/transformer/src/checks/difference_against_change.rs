//! An absolute change against the relative one, or against two levels.

use model::{ComparedWith, Measure};

use super::{Check, Tested, amounts, both};
use crate::fact::{Fact, Facts, Standing};
use crate::print::number;
use crate::reference::Reference;

/// Tests every difference that stands beside two levels, or beside a level and a change.
pub fn test(facts: &Facts<'_>, reference: &Reference<'_>) -> Vec<Check> {
    let mut found = Vec::new();
    for difference in facts.measured(Measure::Difference) {
        let Some(period) = difference.period else { continue };
        let Some(level) = facts.level(&difference.subject, period, difference.standing()) else {
            continue;
        };
        let comparable = level.unit == difference.unit || (level.unit == "%" && difference.unit == "pp");
        let before = difference.basis().and_then(|basis| facts.level(&difference.subject, basis, Standing::Real));
        if let Some(before) = before.filter(|before| comparable && before.unit == level.unit) {
            let computed = level.stated.minus(before.stated);
            found.push(
                Tested::new("difference_against_change", difference, computed, &[level, before])
                    .how(amounts(level, "−", before))
                    .check(reference),
            );
            continue;
        }
        let change = facts.change(&difference.subject, period, difference.standing());
        let same_basis = |change: &Fact<'_>| match difference.compared_with {
            None => true,
            Some(ComparedWith::Plan) => change.compared_with == difference.compared_with,
            Some(ComparedWith::Period(basis)) => facts.basis(change) == Some(basis),
        };
        let Some(change) = change.filter(|change| level.unit == difference.unit && same_basis(change)) else {
            continue;
        };
        if reference.in_constant_prices(difference.subject.indicator) || change.stated.low <= -100.0 {
            continue;
        }
        // L × c ÷ (100 + c) rises with c, and with L in the direction of c: its limits lie at the corners.
        let part = |level: f64, percent: f64| level * percent / (100.0 + percent);
        let corners = [level.stated.low, level.stated.high].map(|l| [change.stated.low, change.stated.high].map(|c| part(l, c)));
        let ends = corners.iter().flatten().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(*end), high.max(*end)));
        let computed = crate::interval::Interval::new(ends.0, ends.1);
        let how = both(|language| {
            let (level, change) = (number(level.value, level.unit, language), number(change.value, change.unit, language));
            format!("{level} × {change} ÷ (1 + {change})")
        });
        found.push(Tested::new("difference_against_change", difference, computed, &[level, change]).how(how).check(reference));
    }
    found
}
