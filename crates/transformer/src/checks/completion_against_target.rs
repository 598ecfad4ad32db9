//! The part of a plan that was reached, against result and plan.

use model::{Measure, Period};

use super::{Check, Tested, Verdict, amounts, percent};
use crate::fact::{Facts, Standing};
use crate::reference::Reference;

/// Tests every completion whose result and target are stated; a result to date is measured against the year's plan.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for completion in facts.measured(Measure::Completion).filter(|fact| fact.unit == "%") {
        let Some(period) = completion.period else { continue };
        let Some(result) = facts.level(&completion.subject, period, Standing::Real) else {
            continue;
        };
        let spans = [period, Period::Year(period.year())];
        let Some(target) = spans.into_iter().find_map(|span| facts.level(&completion.subject, span, Standing::Target)) else {
            continue;
        };
        if target.unit != result.unit || target.stated.low <= 0.0 {
            continue;
        }
        let mut tested =
            Tested::by(percent, "completion_against_target", completion, [result, target]).how(amounts(result, "÷", target, reference));
        // The ministry's plan and the province's own are two: whose target is stated is not told.
        let mut others = facts.measured(Measure::Completion).filter(|other| other.beside(completion));
        if !completion.stated.meets(tested.identity.computed) && others.any(|other| !other.stated.meets(completion.stated)) {
            tested = tested.with(Verdict::Undetermined);
        }
        found.push(tested.check(facts, reference));
    }
    found
}
