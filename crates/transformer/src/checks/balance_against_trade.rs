//! The trade balance against exports less imports.

use model::Measure;

use super::{Check, Tested, amounts};
use crate::fact::Facts;
use crate::interval::Interval;
use crate::reference::Reference;

/// Tests every stated balance whose exports and imports are stated.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for balance in facts.measured(Measure::Level).filter(|fact| fact.subject.indicator == "trade_balance") {
        let Some(period) = balance.period else { continue };
        let side =
            |indicator| facts.level(&balance.subject.of(indicator), period, balance.standing()).filter(|side| side.unit == balance.unit);
        if let Some((exports, imports)) = side("exports").zip(side("imports")) {
            let rule = |[exports, imports]: [Interval; 2]| exports.minus(imports);
            let tested = Tested::by(rule, "balance_against_trade", balance, [exports, imports]);
            found.push(tested.how(amounts(exports, "−", imports, reference)).check(facts, reference));
        }
    }
    found
}
