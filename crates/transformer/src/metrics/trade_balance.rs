//! Exports less imports.

use super::{Metric, amount, trade};
use crate::fact::Facts;
use crate::reference::Reference;

/// The balance of every pair of exports and imports.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let balance = |(exports, imports)| {
        let (exports, imports): (&crate::fact::Fact<'_>, &crate::fact::Fact<'_>) = (exports, imports);
        let formula = format!("{} − {}", amount(exports, reference), amount(imports, reference));
        let range = exports.stated.minus(imports.stated);
        let mut metric = Metric::about("trade_balance", exports, exports.value - imports.value, range, &[exports, imports], formula);
        metric.indicator = Some("trade_balance");
        metric
    };
    trade(facts).into_iter().map(balance).collect()
}
