//! `Gấp 1,8 lần` against what it can be a multiple of: two levels, or two changes.

use model::Measure;

use super::{Check, Tested, amounts};
use crate::fact::{Fact, Facts, Standing};
use crate::interval::Interval;
use crate::reference::Reference;

/// Tests every multiple whose two levels or two changes are stated. Beside a change the press often means a multiple of
/// the change; where both readings can be computed, it is enough that one holds.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for multiple in facts.measured(Measure::Multiple) {
        let (Some(period), Some(basis)) = (multiple.period, multiple.basis()) else {
            continue;
        };
        let subject = &multiple.subject;
        let levels = facts.level(subject, period, multiple.standing()).zip(facts.level(subject, basis, Standing::Real));
        let changes = facts.change(subject, period, multiple.standing()).zip(facts.change(subject, basis, Standing::Real));
        let usable = |(now, before): &(&Fact<'_>, &Fact<'_>)| now.unit == before.unit && before.stated.low > 0.0;
        let readings: Vec<(&Fact<'_>, &Fact<'_>)> = levels.into_iter().chain(changes).filter(usable).collect();
        let holds = readings.iter().find(|(now, before)| now.stated.over(before.stated).meets(multiple.stated));
        if let Some((now, before)) = holds.or(readings.first()) {
            let rule = |[now, before]: [Interval; 2]| now.over(before);
            let tested = Tested::by(rule, "multiple_against_changes", multiple, [now, before]);
            found.push(tested.how(amounts(now, "÷", before, reference)).check(facts, reference));
        }
    }
    found
}
