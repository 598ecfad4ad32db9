//! How sure a reading is, from the evidence behind it.

use model::PeriodFrom;

use crate::statement::{Draft, Found};

/// 0 to 1; the weights are named here and nowhere else.
pub(crate) fn confidence(draft: &Draft, period: Option<PeriodFrom>) -> f64 {
    let mut score: f64 = 0.95;
    score -= match draft.topic_from {
        Found::Clause => 0.0,
        Found::Sentence => 0.08,
        Found::Context => 0.2,
        Found::Nowhere => 0.35,
    };
    score -= match period {
        Some(PeriodFrom::Clause) => 0.0,
        Some(PeriodFrom::Sentence) => 0.03,
        Some(PeriodFrom::Context) => 0.12,
        _ => 0.2,
    };
    if draft.topic.indicator.is_none() {
        score -= 0.1;
    }
    if draft.weak {
        score -= 0.15;
    }
    (score.max(0.05) * 100.0).round() / 100.0
}
