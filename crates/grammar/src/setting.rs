//! What holds for a whole text, and what the times of its figures are resolved against.

use jiff::civil::Date;
use knowledge::{Kind, Knowledge};
use model::{Measure, Period, Status};

use crate::period::Anchor;
use crate::specialise::Titled;
use crate::statement::Draft;

/// Days after which a day or a month is no longer what a text is about.
const LONGEST_ABOUT: i32 = 100;

/// What holds for the whole article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) today: Date,
    pub(crate) dated: bool,
    /// Whether the text gives any hold on time.
    pub(crate) placed: bool,
    /// Whether the text is about a day of the markets.
    pub(crate) markets: bool,
    /// The quarter that a text without a time reports on, where it compares with the one before.
    pub(crate) quarter: Option<Period>,
    /// Which specialisations the title calls for.
    pub(crate) titled: Titled,
    /// The span that the text is about.
    pub(crate) span: Option<Period>,
    /// The last span of the year that it reports on, where it is about none.
    pub(crate) reported: Option<Period>,
    pub(crate) place: Option<u16>,
    /// Whether that is a country abroad and the text is of Vietnam's trade with it.
    pub(crate) of_two: bool,
    pub(crate) english: bool,
}

impl Setting {
    /// Whether the span that a text names most can be what it is about: an old one is only recalled, and what days reach into the time
    /// to come is no report.
    pub(crate) fn may_be_about(&self, span: Period) -> bool {
        let (today, end) = (self.today, span.end());
        let near = span.start() <= today && end.year() + 1 >= today.year();
        let short = matches!(span, Period::Day(_) | Period::Month(..));
        let days = matches!(span, Period::Span { days: 1.., .. });
        let reported = !self.dated || near && !(short && (today - end).get_days() > LONGEST_ABOUT);
        reported && !(days && end > today)
    }
}

/// What the times of a figure, or those of the text where it is none's, are resolved against.
pub(crate) fn anchor(known: &Knowledge, setting: &Setting, draft: Option<&Draft>, current: Option<Period>) -> Anchor {
    let names = |draft: &Draft, words: &[String]| {
        let text = draft.topic.text.to_lowercase();
        words.iter().any(|word| text.contains(word.as_str()))
    };
    let times = &known.lexicon.periods;
    let stock = draft.is_some_and(|draft| match draft.topic.kind {
        // (`lỗ lũy kế`, `trái phiếu đang lưu hành`)
        _ if draft.measure != Measure::Completion && names(draft, &times.stock) => true,
        None if names(draft, &times.flow) => false,
        Some(Kind::Flow | Kind::Balance) => false,
        Some(Kind::Count) if draft.topic.indicator.is_some_and(|index| known.indicators[index as usize].events) => false,
        // An index of production or prices changes over the months up to the day.
        Some(Kind::Index) if draft.measure == Measure::Change => false,
        Some(_) => !matches!(draft.measure, Measure::Completion),
        None => !matches!(draft.unit.as_str(), "VND" | "USD" | "%"),
    });
    Anchor {
        today: setting.today,
        dated: setting.dated,
        placed: setting.placed,
        current,
        ahead: draft.is_some_and(|draft| matches!(draft.status, Status::Target | Status::Forecast)),
        stock,
    }
}
