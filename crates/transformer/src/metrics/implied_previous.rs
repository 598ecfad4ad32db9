//! Level and change give the level before: 584.7 ÷ 1.027 = 569.3.

use model::{ComparedWith, Measure};

use super::{Metric, amount};
use crate::fact::Facts;
use crate::reference::Reference;

/// The level of the period that a change is compared with.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for change in facts.measured(Measure::Change).filter(|change| !reference.in_constant_prices(change.subject.indicator)) {
        let Some(level) = change.period.and_then(|period| facts.level(&change.subject, period, change.standing())) else {
            continue;
        };
        let growth = change.stated.scaled(0.01).moved(1.0);
        let (Some(before), true) = (facts.basis(change), growth.low > 0.0) else {
            continue;
        };
        let formula = format!("{} ÷ (1 + {})", amount(level, reference), amount(change, reference));
        let value = level.value / (1.0 + change.value / 100.0);
        let mut metric = Metric::about("implied_previous", level, value, level.stated.over(growth), &[level, change], formula);
        metric.period = Some(before);
        metric.compared_with = None::<ComparedWith>;
        found.push(metric);
    }
    found
}
