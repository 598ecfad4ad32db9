//! Two prices that look like a range: those at which dealers buy and sell; and numbers that share the unit of the last.

use knowledge::{CueClass, UnitKind};
use model::Bound;
use rust_decimal::Decimal;

use super::{Measured, Quantity, View};
use crate::mark::{Mark, Particle};

/// The selling price is at most so many hundredths above the buying price; what is further apart is a range.
const WIDEST_SPREAD: i64 = 6;

/// The same where both sides are named.
const WIDEST_NAMED_SPREAD: i64 = 10;

/// A side so many tokens before a price is the price's own.
const NEAR: usize = 5;

/// Which of a dealer's sides words name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sides {
    /// `giá mua - bán`
    Both,
    /// `bán ra`
    One,
}

impl View<'_> {
    /// `niêm yết ở mức 85,6 - 87 triệu đồng/lượng`: two prices, if the sentence speaks of dealing and not of a range.
    ///
    /// Where it names both sides (`giá mua, bán quanh mức 115,1 triệu – 118,1 triệu đồng`), they need no more;
    /// where it names one (`bán ra ở mức 68,65-68,75 triệu đồng/lượng`), it gives that one's range.
    pub(super) fn two_sided(&self, quantity: &Quantity, from: usize) -> Option<[Quantity; 2]> {
        let high = quantity.high?;
        let sides = self.sides(quantity);
        // (`giá mua/bán dao động từ 79,5 – 80 triệu đồng/lượng` names the ends of a range)
        let ends = self.before_is(quantity.lead, Mark::Cue(CueClass::From)).is_some();
        let both = sides == Some(Sides::Both) && self.kind(quantity.measured) == Some(UnitKind::Money) && !ends;
        let quoted = quantity.per[0].is_some_and(|per| self.known.units.denominators[per as usize].two_sided);
        let widest = if both { WIDEST_NAMED_SPREAD } else { WIDEST_SPREAD };
        let near = high <= quantity.value * Decimal::new(100 + widest, 2);
        let says = |class: CueClass| (self.range.0..self.range.1).any(|at| self.hits.is(at, Mark::Cue(class)));
        let dealt = || quoted && sides != Some(Sides::One) && says(CueClass::Dealing) && !says(CueClass::Ranging);
        if !near || quantity.bound != Bound::Exact && !both || !(both || dealt()) {
            return None;
        }
        let dash = (from..quantity.end).find(|at| self.tokens[*at].is('-'))?;
        let buys = Quantity { end: dash, high: None, unit: (dash, dash), ..*quantity };
        let sells = Quantity { start: dash + 1, lead: dash + 1, value: high, high: None, ..*quantity };
        Some([buys, sells])
    }

    /// The sides that a bracket right behind two prices names, else those nearest before them.
    fn sides(&self, quantity: &Quantity) -> Option<Sides> {
        let (from, to) = self.range;
        let bracket = self.mark(quantity.end, '(').then(|| (quantity.end + 1..to).find(|at| self.tokens[*at].is(')'))).flatten();
        if let Some((sides, _)) = bracket.and_then(|close| self.last_sides(quantity.end + 1, close)) {
            return Some(sides);
        }
        let (sides, at) = self.last_sides(from, quantity.start)?;
        (sides == Sides::Both || at + NEAR >= quantity.start).then_some(sides)
    }

    /// The last sides between two tokens, and where they end: both, if nothing is counted between the two words.
    fn last_sides(&self, from: usize, to: usize) -> Option<(Sides, usize)> {
        let sells = |at: usize| self.hits.says(at, Particle::Sell);
        let side = |at: usize| (sells(at) || self.hits.says(at, Particle::Buy)).then(|| sells(at));
        let last = (from..to).rfind(|at| side(*at).is_some())?;
        let before = (from.max(last.saturating_sub(NEAR))..last).rfind(|at| side(*at).is_some());
        let both = before.is_some_and(|at| side(at) != side(last) && !(at..last).any(|at| self.tokens[at].is_number()));
        Some((if both { Sides::Both } else { Sides::One }, last))
    }

    /// `lần lượt 746; 543 và 444 triệu USD`, `từ 48 lên 50 điểm`: bare numbers of a list take the scale and unit of its last.
    pub(super) fn share_units(&self, out: &mut [Quantity]) {
        let mut listed = false;
        for at in (1..out.len()).rev() {
            let (before, after) = out.split_at_mut(at);
            let (Some(bare), Some(next)) = (before.last_mut(), after.first()) else { continue };
            let alone = bare.measured == Measured::Bare && bare.scale == Decimal::ONE && bare.high.is_none();
            let measured = matches!(next.measured, Measured::Unit(_)) && self.kind(next.measured) != Some(UnitKind::Time);
            // (`các phương án giá dầu 100, 90, 80 USD/thùng`: commas part prices, or go on with a list)
            let comma = || (listed || next.per[0].is_some()) && bare.end + 1 == next.lead && self.tokens[bare.end].is(',');
            listed = alone && measured && next.high.is_none() && (self.lists(bare.end, next.lead) || comma());
            if listed {
                bare.value *= next.scale * self.factor(next.measured, next.per);
                (bare.measured, bare.per, bare.scale) = (next.measured, next.per, next.scale);
            }
        }
    }

    /// Whether only `;`, `và` or a word that leads to another level stand between two numbers.
    fn lists(&self, from: usize, to: usize) -> bool {
        let and = |at: usize| self.hits.says(at, Particle::And);
        let reach = || self.after(from, Mark::Cue(CueClass::Reach)) == Some(to);
        let starts = |at: usize| self.before_is(at, Mark::Cue(CueClass::From)).is_some();
        match to.checked_sub(from) {
            Some(1) if self.tokens[from].is(';') || and(from) => true,
            Some(2) if self.tokens[from].is(';') && and(from + 1) => true,
            Some(1 | 2) => reach() && from > self.range.0 && starts(from - 1),
            _ => false,
        }
    }
}
