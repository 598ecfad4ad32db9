//! An absolute change against the relative one, or against two levels.

use model::{ComparedWith, Measure};

use super::{Check, Tested, amounts, both};
use crate::fact::{Fact, Facts, Standing};
use crate::interval::Interval;
use crate::reference::Reference;

/// Tests every difference that stands beside two levels, or beside a level and a change.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for difference in facts.measured(Measure::Difference) {
        let Some(period) = difference.period else { continue };
        let Some(level) = facts.level(&difference.subject, period, difference.standing()) else {
            continue;
        };
        let comparable = level.unit == difference.unit || (level.unit == "%" && difference.unit == "pp");
        let before = difference.basis().and_then(|basis| facts.level(&difference.subject, basis, Standing::Real));
        if let Some(before) = before.filter(|before| comparable && before.unit == level.unit) {
            let rule = |[level, before]: [Interval; 2]| level.minus(before);
            let tested = Tested::by(rule, "difference_against_change", difference, [level, before]);
            found.push(tested.how(amounts(level, "−", before, reference)).check(facts, reference));
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
        let how = both(reference, |say, text| {
            let (growth, sign) = (say.number(change.value.abs(), change.unit), if change.value < 0.0 { "−" } else { "+" });
            say.put_number(level.value, level.unit, text);
            text.extend([" × (", sign, &growth, ") ÷ (1 ", sign, " ", &growth, ")"]);
        });
        found.push(Tested::by(gain, "difference_against_change", difference, [level, change]).how(how).check(facts, reference));
    }
    found
}

/// What a level gained by a change in percent: L × c ÷ (100 + c).
fn gain([level, change]: [Interval; 2]) -> Interval {
    // It rises with c, and with L in the direction of c: its limits lie at the corners.
    let part = |level: f64, percent: f64| level * percent / (100.0 + percent);
    let corners = [level.low, level.high].map(|l| [change.low, change.high].map(|c| Interval::point(part(l, c))));
    corners.into_iter().flatten().reduce(Interval::around).unwrap_or(level)
}
