//! Exports over imports: how far sales abroad pay for purchases.

use model::Measure;

use super::{Metric, amount, trade};
use crate::fact::Facts;
use crate::reference::Reference;

/// The cover ratio of every pair of exports and imports, in percent.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for (exports, imports) in trade(facts).into_iter().filter(|(_, imports)| imports.stated.low > 0.0) {
        let formula = format!("{} ÷ {}", amount(exports, reference), amount(imports, reference));
        let range = exports.stated.over(imports.stated).scaled(100.0);
        let mut metric = Metric::about("cover_ratio", exports, exports.value / imports.value * 100.0, range, &[exports, imports], formula);
        metric.measure = Some(Measure::Share);
        metric.unit = "%";
        found.push(metric);
    }
    found
}
