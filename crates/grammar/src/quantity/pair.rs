//! Two prices that look like a range: those at which dealers buy and sell.

use knowledge::CueClass;
use model::Bound;
use rust_decimal::Decimal;

use super::{Quantity, View};
use crate::mark::Mark;

/// The selling price is at most so many hundredths above the buying price; what is further apart is a range.
const WIDEST_SPREAD: i64 = 6;

impl View<'_> {
    /// `niêm yết ở mức 85,6 - 87 triệu đồng/lượng`: two prices, if the sentence speaks of dealing and not of a range.
    pub(super) fn two_sided(&self, quantity: &Quantity, from: usize) -> Option<[Quantity; 2]> {
        let high = quantity.high?;
        let quoted = quantity.per[0].is_some_and(|per| self.known.units.denominators[per as usize].two_sided);
        let near = high <= quantity.value * Decimal::new(100 + WIDEST_SPREAD, 2);
        let says = |class: CueClass| (self.range.0..self.range.1).any(|at| self.hits.at(at).iter().any(|hit| hit.mark == Mark::Cue(class)));
        if !quoted || !near || quantity.bound != Bound::Exact || !says(CueClass::Dealing) || says(CueClass::Ranging) {
            return None;
        }
        let dash = (from..quantity.end).find(|at| self.tokens[*at].is('-'))?;
        let buys = Quantity { end: dash, high: None, unit: (dash, dash), ..*quantity };
        let sells = Quantity { start: dash + 1, lead: dash + 1, value: high, high: None, ..*quantity };
        Some([buys, sells])
    }
}
