//! A part's level and its share give the whole: 383.9 ÷ 65.7 % = 584.3.

use model::Measure;

use super::{Metric, amount, wholes};
use crate::fact::Facts;
use crate::reference::Reference;

/// The level of the whole that a share is of.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for share in facts.measured(Measure::Share).filter(|share| share.unit == "%" && share.stated.low > 0.0) {
        let Some(part) = share.period.and_then(|period| facts.level(&share.subject, period, share.standing())) else {
            continue;
        };
        let Some(whole) = wholes(share, reference).into_iter().next() else {
            continue;
        };
        let formula = format!("{} ÷ {}", amount(part, reference), amount(share, reference));
        let range = part.stated.over(share.stated.scaled(0.01));
        let metric = Metric::about("implied_whole", part, part.value / share.value * 100.0, range, &[part, share], formula);
        found.push(metric.of_subject(&whole));
    }
    found
}
