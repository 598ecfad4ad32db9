//! Change now less change a year before: 1.8 − 12.8 = −11.0 points.

use model::Measure;

use super::{Metric, amount};
use crate::fact::{Facts, Standing};
use crate::reference::Reference;

/// How much faster or slower something grows than in the same span of the year before.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for now in facts.measured(Measure::Change).filter(|change| change.standing() == Standing::Real && change.unit == "%") {
        let Some(period) = now.period else { continue };
        let earlier = period.shift_years(-1);
        if facts.basis(now) != Some(earlier) {
            continue;
        }
        let Some(before) = facts.change(&now.subject, earlier, Standing::Real) else {
            continue;
        };
        if before.basis().is_some_and(|basis| basis != earlier.shift_years(-1)) {
            continue;
        }
        let formula = format!("{} − {}", amount(now, reference), amount(before, reference));
        let range = now.stated.minus(before.stated);
        let mut metric = Metric::about("acceleration", now, now.value - before.value, range, &[now, before], formula);
        metric.measure = Some(Measure::Difference);
        metric.unit = "pp";
        found.push(metric);
    }
    found
}
