//! What holds for a whole text, and what the times of its figures are resolved against.

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use knowledge::{Kind, Knowledge};
use model::{Measure, Period};

use crate::period::Anchor;
use crate::specialise::Titled;
use crate::statement::Draft;
use crate::topic::Topic;

/// Days after which a day or a month is no longer what a text is about.
const LONGEST_ABOUT: i32 = 100;

/// Days for which months that have ended are still what a report of the markets is about.
const LONGEST_MONTHS_AGO: i32 = 31;

/// What holds for the whole article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) today: Date,
    pub(crate) dated: bool,
    /// Whether the text gives any hold on time.
    pub(crate) placed: bool,
    /// Whether the text is about a day of the markets.
    pub(crate) markets: bool,
    /// Whether it names what is traded every day at all.
    pub(crate) sessions: bool,
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
    /// Whether the text is about months that ended a short while ago: such a report of the markets is of no day (`hiệu suất các quỹ
    /// tháng 9`).
    pub(crate) fn reports_on_months(&self) -> bool {
        let months = |span: Period| match span {
            Period::Month(..) | Period::Quarter(..) | Period::Half(..) => true,
            Period::Span { months, days, .. } => months > 0 && days == 0,
            _ => false,
        };
        self.span.is_some_and(|span| months(span) && (1..=LONGEST_MONTHS_AGO).contains(&(self.today - span.end()).get_days()))
    }

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

/// What the times of a text are resolved against; those of a figure also against what it is.
pub(crate) fn anchor(setting: &Setting, current: Option<Period>) -> Anchor {
    let Setting { today, dated, placed, .. } = *setting;
    Anchor { today, dated, placed, current, ahead: false, stock: false }
}

/// Words in the name of a figure that tell whether it is what there is at a moment or comes together over a time.
#[derive(Debug)]
pub(crate) struct Moments {
    stock: Option<AhoCorasick>,
    flow: Option<AhoCorasick>,
}

impl Moments {
    pub(crate) fn new(known: &Knowledge) -> Self {
        let times = &known.lexicon.periods;
        Self { stock: finder(&times.stock), flow: finder(&times.flow) }
    }

    /// Whether something is money that is lent, owed or owned: what is registered or invested comes together, as growth does.
    pub(crate) fn is_held(&self, known: &Knowledge, topic: &Topic) -> bool {
        let lent = topic.kind == Some(Kind::Stock) && topic.field(known) == Some("money");
        !topic.growth && (lent || topic.kind != Some(Kind::Flow) && self.names_stock(&topic.text))
    }

    fn names_stock(&self, text: &str) -> bool {
        self.stock.as_ref().is_some_and(|words| words.is_match(text))
    }

    /// Whether words name what comes together over a time.
    pub(crate) fn comes_together(&self, text: &str) -> bool {
        self.flow.as_ref().is_some_and(|words| words.is_match(text))
    }

    /// Whether a figure is what there is at a moment.
    pub(crate) fn is_stock(&self, known: &Knowledge, draft: &Draft) -> bool {
        let Draft { topic, measure, .. } = draft;
        match topic.kind {
            // (`lỗ lũy kế`, `trái phiếu đang lưu hành`)
            _ if *measure != Measure::Completion && self.names_stock(&topic.text) => true,
            None if self.comes_together(&topic.text) => false,
            Some(Kind::Flow | Kind::Balance) => false,
            Some(Kind::Count) if topic.indicator.is_some_and(|index| known.indicators[index as usize].events) => false,
            // An index of production or prices changes over the months up to the day.
            Some(Kind::Index) if *measure == Measure::Change => false,
            Some(_) => *measure != Measure::Completion,
            None => !matches!(draft.unit.as_str(), "VND" | "USD" | "%"),
        }
    }
}

/// Finds words as they are listed, with a capital letter and in capitals.
fn finder(words: &[String]) -> Option<AhoCorasick> {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    AhoCorasick::new(words.iter().flat_map(|word| [word.clone(), capital(word), word.to_uppercase()])).ok()
}
