//! Figures that only what stands behind them, or what cannot be meant, tells the name of.

use knowledge::{IndustryLevel, Kind, UnitKind};
use model::Measure;

use super::{Draft, Found, Sentence};
use crate::topic::Topic;

impl Sentence<'_> {
    /// `khu vực trong nước đạt 66 tỷ USD, tăng 18%, chiếm 26% tổng kim ngạch xuất khẩu`: where nothing before says what a part amounts to,
    /// the whole that it is a part of does.
    pub(super) fn named_by_whole(&self, drafts: &mut [Draft]) {
        for at in 1..drafts.len() {
            let (before, after) = drafts.split_at_mut(at);
            let share = &after[0];
            let whole = share.measure == Measure::Share && share.topic.indicator.is_some() && share.topic_from == Found::Clause;
            let summed = matches!(share.topic.kind, Some(Kind::Flow | Kind::Stock | Kind::Balance)) && share.base.is_none();
            let Some(first) = before.iter().rposition(|draft| draft.topic_from == Found::Clause && draft.base.is_none()) else { continue };
            let part = &before[first].topic;
            let narrowed = part.partner.is_some() || part.industry.is_some() || part.product.is_some();
            let nameless = part.indicator.is_none() && part.kind.is_none() && narrowed && self.opens_measure(&part.text).is_none();
            let money = |draft: &Draft| {
                let quantity = &self.frame.quantities[draft.quantity];
                draft.unit == "%" || self.unit_kind(quantity) == Some(UnitKind::Money) && quantity.per[0].is_none()
            };
            if !(whole && summed && nameless && before[first..].iter().all(money)) {
                continue;
            }
            let text = part.text.clone();
            for draft in before[first..].iter_mut().filter(|draft| draft.topic.text == text) {
                draft.topic = Topic {
                    indicator: share.topic.indicator,
                    kind: share.topic.kind,
                    text: share.topic.text.clone(),
                    breakdown: text.clone(),
                    ..draft.topic.clone()
                };
            }
        }
    }

    /// `sản xuất công nghiệp tăng 8%, du lịch tăng 40%`: what is no branch of industry is no part of the index of its production.
    pub(super) fn no_branches(&self, drafts: &mut [Draft]) {
        for draft in drafts.iter_mut().filter(|draft| draft.topic_from == Found::Sentence) {
            let (Some(index), Some(industry)) = (draft.topic.indicator, draft.topic.industry) else { continue };
            let id = self.known.indicators[index as usize].id.as_str();
            let sections = self.known.industries.iter().any(|branch| branch.grows.as_deref() == Some(id));
            let indexed = self.known.indicators[index as usize].kind == Kind::Index;
            if indexed && sections && self.grows_otherwise(industry, id) && !draft.topic.breakdown.is_empty() {
                let text = draft.topic.breakdown.clone();
                draft.topic = Topic { indicator: None, kind: None, text, ..draft.topic.clone() };
            }
        }
    }

    /// Whether the growth of the section that an industry belongs to is told by another indicator, or by none; a group belongs to none.
    fn grows_otherwise(&self, industry: u16, id: &str) -> bool {
        let mut branch = &self.known.industries[industry as usize];
        while branch.level != IndustryLevel::Section {
            let parent = branch.parent.as_deref();
            let Some(above) = self.known.industries.iter().find(|other| Some(other.id.as_str()) == parent) else { return false };
            branch = above;
        }
        branch.grows.as_deref() != Some(id)
    }
}
