//! Result less target of one key, over all articles.

use model::Measure;

use super::{Metric, Target};
use crate::print::{Language, number};

/// How far results stay from targets; growth rates in points.
pub fn derive(targets: &[Target<'_, '_>]) -> Vec<Metric> {
    let gap = |(target, result): &Target<'_, '_>| {
        let formula =
            format!("{} − {}", number(result.value, result.unit, Language::English), number(target.value, target.unit, Language::English));
        let range = result.first.minus(target.first);
        let mut metric = Metric::across("target_gap", result, result.value - target.value, range, &[result, target], formula);
        metric.measure = Some(Measure::Difference);
        if target.unit == "%" {
            "pp".clone_into(&mut metric.unit);
        }
        metric
    };
    targets.iter().map(gap).collect()
}
