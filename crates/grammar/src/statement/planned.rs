//! What several figures of one sentence say of their plans: lists in which the plan, or the whole, is named once.

use knowledge::{CueClass, UnitKind};
use model::Measure;
use rust_decimal::Decimal;

use super::says::LEAST_RATIO;
use super::{Against, Draft, Near, Sentence};
use crate::measure::Classes;
use crate::quantity::Quantity;

impl Sentence<'_> {
    /// `thu nội địa 50 tỷ đồng (đạt 113% dự toán), thu khác 40 tỷ đồng (95%)`: beside its amount a percentage of a list is of a plan where the
    /// one in the bracket before it is.
    pub(super) fn completed_beside(near: Near<'_>) -> Option<Measure> {
        let last = near.drafts.iter().rfind(|draft| draft.unit == "%")?;
        (last.measure == Measure::Completion && last.inside && last.base.is_some()).then_some(Measure::Completion)
    }

    /// `đạt trên 50% kế hoạch, gồm: A 59 ha, bằng 98%; B 122 ha, bằng 70%`, `A tăng 2,5%; B 18 tỷ đồng, bằng 97%`: what an amount equals
    /// goes on with the percentages before it, of a plan or of another time.
    pub(super) fn equalled(quantity: &Quantity, cue: Classes, near: Near<'_>, unit: Option<UnitKind>) -> Option<Measure> {
        let amount = |draft: &&Draft| draft.measure == Measure::Level && draft.unit != "%";
        near.previous.filter(|draft| cue.has(CueClass::Equal) && unit == Some(UnitKind::Percent) && amount(draft))?;
        // (`A bằng 80% kế hoạch và tăng 65% so với cùng kỳ; B bằng 79% và tăng 29%`: item by item)
        let of_part = |draft: &&Draft| draft.unit == "%" && matches!(draft.measure, Measure::Completion | Measure::Share);
        let item = || near.drafts.iter().rfind(of_part).map(|draft| draft.measure);
        match near.drafts.iter().rfind(|draft| draft.unit == "%" || draft.measure == Measure::Multiple)?.measure {
            Measure::Completion => Some(Measure::Completion),
            Measure::Change if item().is_some() => item(),
            Measure::Change | Measure::Multiple if quantity.value >= Decimal::from(LEAST_RATIO) => Some(Measure::Multiple),
            _ => None,
        }
    }

    /// `lần lượt tương đương 62% và 41% kế hoạch năm`, `lần lượt là 30,9% và 24,0% GDP`: what stands behind the last of a list of percentages
    /// serves those before it.
    pub(super) fn share_plans(&self, drafts: &mut [Draft]) {
        for index in (1..drafts.len()).rev() {
            let (before, after) = drafts.split_at_mut(index);
            let (draft, next) = (&mut before[index - 1], &after[0]);
            let alike = draft.unit == "%" && next.unit == "%" && next.cue.is_empty() && draft.base == next.base;
            let serves = matches!(next.measure, Measure::Completion | Measure::Share) && draft.measure == Measure::Change;
            let moved = draft.cue.any(&[CueClass::Up, CueClass::Down, CueClass::Exceed, CueClass::Growth]);
            if alike && serves && !moved && draft.value.is_sign_positive() && self.follows(draft, next) {
                (draft.measure, draft.against, draft.of) = (next.measure, next.against, next.of);
            }
        }
    }

    /// `thuế đạt 5 tỷ, bằng 80% so với cùng kỳ; phí đạt 2 tỷ, bằng 55%`: equals of one list are multiples of the same basis, or parts of
    /// the same plan (`thuế đạt 5 tỷ, bằng 36% dự toán; phí đạt 2 tỷ, bằng 28%`).
    pub(super) fn share_equals(drafts: &mut [Draft]) {
        let equal = |draft: &Draft| draft.cue.has(CueClass::Equal);
        let told =
            |draft: &&Draft| equal(draft) && matches!(draft.measure, Measure::Multiple | Measure::Completion) && draft.against.is_some();
        let Some((measure, against)) = drafts.iter().find(told).map(|draft| (draft.measure, draft.against)) else { return };
        for draft in drafts.iter_mut().filter(|draft| equal(draft) && draft.measure == Measure::Change && draft.against.is_none()) {
            (draft.measure, draft.against) = (measure, against);
            if against != Some(Against::Plan) {
                draft.unit = "x".into();
                draft.value /= Decimal::ONE_HUNDRED;
                draft.high = draft.high.map(|high| high / Decimal::ONE_HUNDRED);
            }
        }
    }
}
