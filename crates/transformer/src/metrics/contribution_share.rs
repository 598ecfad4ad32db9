//! Contribution over the whole's change: 1.5 ÷ 3.98 = 37.7 %.

use model::Measure;

use super::{Metric, amount, whole_change};
use crate::fact::Facts;
use crate::reference::Reference;

/// Which part of the growth came from what.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for contribution in facts.measured(Measure::Contribution) {
        let Some(whole) = whole_change(facts, contribution, reference) else {
            continue;
        };
        let range = contribution.stated.over(whole.stated).scaled(100.0);
        let formula = format!("{} ÷ {}", amount(contribution, reference), amount(whole, reference));
        let value = contribution.value / whole.value * 100.0;
        let mut metric = Metric::about("contribution_share", contribution, value, range, &[contribution, whole], formula);
        metric.measure = Some(Measure::Share);
        metric.unit = "%";
        found.push(metric);
    }
    found
}
