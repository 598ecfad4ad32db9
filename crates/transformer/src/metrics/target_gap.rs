//! Result less target of one key, over all articles.

use model::Measure;

use super::{Metric, Target};
use crate::print::Speech;
use crate::reference::Reference;
use crate::values::Value;

/// How far results stay from targets; growth rates in points.
pub fn derive<'f>(targets: &[Target<'_, 'f>], reference: &Reference<'_>) -> Vec<Metric<'f>> {
    targets.iter().map(|(target, result)| gap(target, result, reference)).collect()
}

fn gap<'f>(target: &Value<'f>, result: &Value<'f>, reference: &Reference<'_>) -> Metric<'f> {
    let amount = |value: &Value<'_>| Speech::english(reference).number(value.value, value.unit);
    let formula = format!("{} − {}", amount(result), amount(target));
    let range = result.first.minus(target.first);
    let mut metric = Metric::across("target_gap", result, result.value - target.value, range, &[result, target], formula);
    metric.measure = Some(Measure::Difference);
    if target.unit == "%" {
        metric.unit = "pp";
    }
    metric
}
