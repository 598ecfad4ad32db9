//! A whole's level and a share give the part: 584.7 × 8 % = 46.8.

use model::Measure;

use super::{Metric, amount, wholes};
use crate::fact::Facts;
use crate::reference::Reference;

/// The level of a part whose share is stated and whose level is not.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for share in facts.measured(Measure::Share).filter(|share| share.unit == "%") {
        let Some(period) = share.period else { continue };
        if facts.level(&share.subject, period, share.standing()).is_some() {
            continue;
        }
        let whole = wholes(share, reference).into_iter().find_map(|whole| facts.level(&whole, period, share.standing()));
        let Some(whole) = whole.filter(|whole| whole.unit != "%") else {
            continue;
        };
        let formula = format!("{} × {}", amount(whole, reference), amount(share, reference));
        let range = whole.stated.times(share.stated.scaled(0.01));
        let mut metric = Metric::about("implied_part", share, whole.value * share.value / 100.0, range, &[whole, share], formula);
        metric.measure = Some(Measure::Level);
        metric.unit = whole.unit;
        found.push(metric);
    }
    found
}
