//! Result less target of one key, over all articles.

use model::Measure;

use super::{Metric, Target};
use crate::print::{Language, number};
use crate::values::Value;

/// How far results stay from targets; growth rates in points.
pub fn derive<'f>(targets: &[Target<'_, 'f>]) -> Vec<Metric<'f>> {
    targets.iter().map(|(target, result)| gap(target, result)).collect()
}

fn gap<'f>(target: &Value<'f>, result: &Value<'f>) -> Metric<'f> {
    let amount = |value: &Value<'_>| number(value.value, value.unit, Language::English);
    let formula = format!("{} − {}", amount(result), amount(target));
    let range = result.first.minus(target.first);
    let mut metric = Metric::across("target_gap", result, result.value - target.value, range, &[result, target], formula);
    metric.measure = Some(Measure::Difference);
    if target.unit == "%" {
        metric.unit = "pp";
    }
    metric
}
