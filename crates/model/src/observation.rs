//! One stated figure.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Period;

/// A closed list of names that stand in a column: `as_str` writes one, `FromStr` reads it back.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+ }

        impl $name {
            /// Every value, in the order of definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the tables.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| format!("`{text}` is none of: {}", Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", ")))
            }
        }
    };
}

names! {
    /// How exactly the number is meant.
    Bound {
        /// As printed.
        Exact = "exact",
        /// `khoảng`, `xấp xỉ`.
        About = "about",
        /// `hơn`, `trên`: the true value is a little larger.
        Over = "over",
        /// `gần`, `dưới`: the true value is a little smaller.
        Under = "under",
        /// `ít nhất`: a lower limit.
        AtLeast = "at_least",
        /// `tối đa`: an upper limit.
        AtMost = "at_most",
    }
}

names! {
    /// What the figure says about its indicator.
    Measure {
        /// The indicator's own amount.
        Level = "level",
        /// Relative change in percent, signed.
        Change = "change",
        /// Absolute change in the indicator's unit or in points, signed.
        Difference = "difference",
        /// Part of a whole, in percent.
        Share = "share",
        /// What it adds to another indicator's growth, in points.
        Contribution = "contribution",
        /// Ratio to the comparison.
        Multiple = "multiple",
        /// Part of a plan reached, in percent.
        Completion = "completion",
    }
}

names! {
    /// How firm the figure is.
    Status {
        /// It happened.
        Actual = "actual",
        /// `ước`: the period is not closed.
        Estimate = "estimate",
        /// `sơ bộ`.
        Preliminary = "preliminary",
        /// `dự báo`, `dự kiến`.
        Forecast = "forecast",
        /// `mục tiêu`, `phấn đấu`, `kế hoạch`.
        Target = "target",
    }
}

names! {
    /// Where the period was found.
    PeriodFrom {
        /// In the figure's own clause.
        Clause = "clause",
        /// Elsewhere in its sentence.
        Sentence = "sentence",
        /// In an earlier sentence, a heading, the lead or the title.
        Context = "context",
        /// In the day of publication.
        Publication = "publication",
    }
}

/// What a change, difference, multiple or completion is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedWith {
    /// An earlier period.
    Period(Period),
    /// A plan, target or budget.
    Plan,
}

impl fmt::Display for ComparedWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period(period) => period.fmt(f),
            Self::Plan => f.write_str("plan"),
        }
    }
}

/// One figure that a text states, with what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Number of the block in the article.
    pub block: u32,
    /// The sentence that it stands in.
    pub sentence: String,
    /// The span, verbatim.
    pub quote: String,
    /// First character of the quote in the article's text, in Unicode characters.
    pub start: u32,
    /// The character after the last.
    pub end: u32,
    /// The number in base units, sign included; the lower one of a range.
    pub value: Decimal,
    /// The upper number of a range.
    pub value_high: Option<Decimal>,
    /// Code of the unit: `%`, `pp`, `VND`, `t`, `count` …
    pub unit: String,
    /// The unit as printed, scale words apart.
    pub unit_text: Option<String>,
    /// What the printed number was multiplied by.
    pub scale: Decimal,
    /// Digits printed after the decimal mark.
    pub decimals: u32,
    /// How exactly it is meant.
    pub bound: Bound,
    /// What it says about the indicator.
    pub measure: Measure,
    /// Id of the indicator; none if the vocabulary has none.
    pub indicator: Option<String>,
    /// The words that name the indicator.
    pub indicator_text: Option<String>,
    /// The words that narrow it.
    pub breakdown: Option<String>,
    /// VSIC 2018 code of the industry that narrows it.
    pub industry: Option<String>,
    /// Id of the product that narrows it.
    pub product: Option<String>,
    /// ISO code of the trade partner or id of the sector that narrows it.
    pub partner: Option<String>,
    /// For shares and contributions, the indicator of the whole.
    pub of: Option<String>,
    /// Id of the place.
    pub region: Option<String>,
    /// When it holds.
    pub period: Option<Period>,
    /// Where the period was found.
    pub period_from: Option<PeriodFrom>,
    /// What it is compared with.
    pub compared_with: Option<ComparedWith>,
    /// How firm it is.
    pub status: Status,
    /// Who says it.
    pub speaker: Option<String>,
    /// 0 to 1, from stated evidence.
    pub confidence: f64,
}

/// A number that was seen and not understood, so that recall can be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Number of the block in the article.
    pub block: u32,
    /// The number as printed.
    pub quote: String,
    /// First character in the article's text.
    pub start: u32,
    /// The character after the last.
    pub end: u32,
    /// Why it is no observation.
    pub why: String,
}
