//! A change against the levels of the two periods.

use model::Measure;

use super::{Check, Tested, Verdict, amounts};
use crate::fact::{Facts, Standing};
use crate::interval::Interval;
use crate::reference::Reference;

/// Tests every change between two stated levels. Growth in constant prices is not settled by levels in current ones.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for change in facts.measured(Measure::Change).filter(|change| change.unit == "%") {
        let (Some(period), Some(basis)) = (change.period, change.basis()) else {
            continue;
        };
        let Some(now) = facts.level(&change.subject, period, change.standing()) else {
            continue;
        };
        let Some(before) = facts.level(&change.subject, basis, Standing::Real) else {
            continue;
        };
        if now.unit != before.unit || before.stated.low <= 0.0 {
            continue;
        }
        let rule = |[now, before]: [Interval; 2]| now.over(before).moved(-1.0).scaled(100.0);
        let mut tested = Tested::by(rule, "change_against_levels", change, [now, before]).how(amounts(now, "÷", before, reference));
        // A rate that rises `by 2 %` may rise by two points; levels of a rate do not tell which is meant.
        let of_a_rate = now.unit == "%" && Interval::meets(now.stated.minus(before.stated), change.stated);
        if reference.in_constant_prices(change.subject.indicator) || of_a_rate {
            tested = tested.with(Verdict::Undetermined);
        }
        found.push(tested.check(facts, reference));
    }
    found
}
