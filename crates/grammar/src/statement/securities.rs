//! Shares and bonds that are counted: whatever is told of prices and sums around them, they are a number of shares.

use knowledge::{Kind, UnitKind};

use super::Sentence;
use super::around::Around;
use crate::letters::lowered;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Topic, words};

impl Sentence<'_> {
    /// `giảm vốn điều lệ bằng cách mua 4 triệu cổ phiếu`, `giá bán 12.000 đồng; VSH có 206 triệu cổ phiếu`: no price, rate or sum is counted in
    /// shares, so that they are called by their own noun.
    pub(super) fn counted_shares(&self, quantity: &Quantity, around: &Around, topic: &Topic) -> Option<Topic> {
        let shares = matches!(quantity.measured, Measured::Unit(_)) && self.unit_kind(quantity) == Some(UnitKind::Count);
        if !shares || topic.held || !self.is_security(quantity) {
            return None;
        }
        // (whoever holds shares is no name of them)
        let body = matches!(topic.kind, Some(Kind::Price | Kind::Index | Kind::Count)) || topic.text.is_empty();
        // (a share of the capital and what was traded are told in shares, too)
        let other = matches!(topic.kind, Some(Kind::Share | Kind::Flow));
        let summed = || !other && self.opens_measure(&topic.text).is_some_and(|(units, _)| units == [UnitKind::Money]);
        let noun = lowered(&words(self.text, self.tokens, quantity.unit.0, quantity.end));
        let told = lowered(&topic.text).contains(&noun);
        (!told && (body || summed())).then(|| Topic {
            kind: Some(Kind::Count),
            text: self.noun(quantity, around),
            breakdown: topic.breakdown.clone(),
            ..Topic::default()
        })
    }
}
