//! Contribution over change is the weight that a part had: 1.43 ÷ 6.39 = 22.4 %.

use model::Measure;

use super::{Metric, amount};
use crate::fact::{Fact, Facts};
use crate::interval::Interval;
use crate::reference::Reference;

/// Weights of parts in the whole that they make grow.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for contribution in facts.measured(Measure::Contribution) {
        let Some((change, weight)) = weight(facts, contribution) else {
            continue;
        };
        let formula = format!("{} ÷ {}", amount(contribution, reference), amount(change, reference));
        let value = contribution.value / change.value * 100.0;
        let mut metric = Metric::about("implied_weight", contribution, value, weight, &[contribution, change], formula);
        metric.measure = Some(Measure::Share);
        metric.unit = "%";
        found.push(metric);
    }
    found
}

/// The part's own change and the weight that follows, in percent.
pub fn weight<'f, 'a>(facts: &'f Facts<'a>, contribution: &Fact<'a>) -> Option<(&'f Fact<'a>, Interval)> {
    let change = facts.change(&contribution.subject, contribution.period?, contribution.standing())?;
    let weight = contribution.stated.over(change.stated).scaled(100.0);
    (weight.is_bounded() && contribution.value * change.value > 0.0).then_some((change, weight))
}
