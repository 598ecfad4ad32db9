//! Result over target of one key, over all articles.

use model::Measure;

use super::{Metric, Target};
use crate::print::Speech;
use crate::reference::Reference;
use crate::values::Value;

/// Which part of a target was reached; growth rates are not divided by each other.
pub fn derive<'f>(targets: &[Target<'_, 'f>], reference: &Reference<'_>) -> Vec<Metric<'f>> {
    let mut found = Vec::new();
    for (target, result) in targets {
        if target.measure != Measure::Level || target.first.low <= 0.0 {
            continue;
        }
        let amount = |value: &Value<'_>| Speech::english(reference).number(value.value, value.unit);
        let formula = format!("{} ÷ {}", amount(result), amount(target));
        let range = result.first.over(target.first).scaled(100.0);
        let mut metric =
            Metric::across("target_attainment", result, result.value / target.value * 100.0, range, &[result, target], formula);
        metric.measure = Some(Measure::Completion);
        metric.unit = "%";
        found.push(metric);
    }
    found
}
