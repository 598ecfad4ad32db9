//! What several figures of one sentence say of their plans: lists in which the plan, or the whole, is named once.

use knowledge::{CueClass, UnitKind};
use model::Measure;
use rust_decimal::Decimal;

use super::around::Around;
use super::says::LEAST_RATIO;
use super::{Against, Draft, Near, Sentence};
use crate::mark::Particle;
use crate::measure::Classes;
use crate::quantity::Quantity;

impl Sentence<'_> {
    /// `A chiếm tỷ trọng cao nhất trong tổng nhập khẩu, với 28%`: what a clause said of parts is how large they are, with a figure behind it.
    pub(super) fn tells_of_part(&self, quantity: &Quantity, around: &Around) -> bool {
        let (from, to) = around.gap;
        // (`đóng góp nhiều nhất vào giá trị tăng thêm, hơn 53%`)
        let comma = |at: usize| at > from && self.tokens[at - 1].is(',');
        let with = to > from && (self.hits.says(to - 1, Particle::With) && comma(to - 1) || comma(to));
        if !with || self.unit_kind(quantity) != Some(UnitKind::Percent) {
            return false;
        }
        let tells = [CueClass::Share, CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Complete, CueClass::Contribute];
        let last = self.frame.cues.iter().rfind(|cue| cue.start >= from && cue.end <= to && cue.classes.any(&tells));
        last.is_some_and(|cue| cue.classes.any(&[CueClass::Share, CueClass::Contribute]))
    }

    /// `chiếm 2,91% số phải thu (năm 2016 là 6%)`: what a bracket gives for another time is what the percentage before it is, unless
    /// it says itself what that does.
    pub(super) fn of_earlier_part(cue: Classes, near: Near<'_>, unit: Option<UnitKind>) -> Option<Measure> {
        let base = near.base.filter(|_| near.previous.is_none() && unit == Some(UnitKind::Percent))?;
        let states = cue.is_empty() || cue.has(CueClass::Level);
        match base.measure {
            measure @ (Measure::Share | Measure::Completion) if states && base.unit == "%" => Some(measure),
            Measure::Difference if cue.is_empty() && base.unit == "pp" => Some(Measure::Level),
            Measure::Level if cue.is_empty() => Self::completed_beside(near),
            _ => None,
        }
    }

    /// `thu nội địa 50 tỷ đồng (đạt 113% dự toán), thu khác 40 tỷ đồng (95%)`: beside its amount a percentage of a list is of a plan where the
    /// one in the bracket before it is.
    fn completed_beside(near: Near<'_>) -> Option<Measure> {
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
