//! A change that is a multiple of the change before gives that change: 9 % ÷ 1.8 = 5 %.

use model::Measure;

use super::{Metric, amount};
use crate::fact::Facts;
use crate::interval::Interval;
use crate::reference::Reference;

/// The change of the period that a multiple is compared with. A multiple of the level itself says nothing about it.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for multiple in facts.measured(Measure::Multiple) {
        let Some(change) = multiple.period.and_then(|period| facts.change(&multiple.subject, period, multiple.standing())) else {
            continue;
        };
        let of_the_level = Interval { low: (multiple.stated.low - 1.0) * 100.0, high: (multiple.stated.high - 1.0) * 100.0 };
        if of_the_level.meets(change.stated) || multiple.stated.low <= 0.0 {
            continue;
        }
        let before = multiple.basis().or_else(|| multiple.period.map(|period| period.shift_years(-1)));
        let formula = format!("{} ÷ {}", amount(change, reference), amount(multiple, reference));
        let range = change.stated.over(multiple.stated);
        let mut metric =
            Metric::about("implied_previous_change", change, change.value / multiple.value, range, &[change, multiple], formula);
        metric.period = before;
        metric.compared_with = None;
        found.push(metric);
    }
    found
}
