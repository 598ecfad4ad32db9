//! Tested identities, one file a check.

use model::Period;

use crate::fact::Facts;
use crate::interval::Interval;
use crate::reference::Reference;
use crate::rows::Rows;
use crate::tables::short_hash;
use crate::values::Values;

/// What a check finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The intervals meet.
    Consistent,
    /// They do not.
    Inconsistent,
    /// The figures do not settle it.
    Undetermined,
}

impl Verdict {
    /// The name in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::Undetermined => "undetermined",
        }
    }

    /// The verdict on a stated and a computed interval.
    pub fn on(stated: Interval, computed: Interval) -> Self {
        if !stated.meets(computed) {
            Self::Inconsistent
        } else if stated.is_bounded() && computed.is_bounded() {
            Self::Consistent
        } else {
            Self::Undetermined
        }
    }
}

/// One tested identity.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Which check.
    pub check: &'static str,
    /// The article; none where several are compared.
    pub article: Option<String>,
    /// Indicator of the tested figure.
    pub indicator: Option<String>,
    /// Its place.
    pub region: Option<String>,
    /// Its period.
    pub period: Option<Period>,
    /// Unit of both intervals.
    pub unit: String,
    /// What is stated.
    pub stated: Interval,
    /// What is computed.
    pub computed: Interval,
    /// Whether they meet.
    pub verdict: Verdict,
    /// One English and one Vietnamese sentence.
    pub explanation: String,
    /// Ids of the observations that went in.
    pub inputs: Vec<String>,
}

impl Check {
    /// Its row.
    pub fn row(&self, rows: &mut Rows<'_>) {
        let period = self.period.map(|period| period.to_string());
        let id = short_hash(&[self.check, self.article.as_deref().unwrap_or_default(), &self.inputs.join("|")]);
        rows.text("test", id.as_str())
            .text("check", self.check)
            .text("article", self.article.as_deref())
            .text("indicator", self.indicator.as_deref())
            .text("region", self.region.as_deref())
            .text("period", period.as_deref())
            .text("unit", self.unit.as_str())
            .number("stated_low", self.stated.low)
            .number("stated_high", self.stated.high)
            .number("computed_low", self.computed.low)
            .number("computed_high", self.computed.high)
            .text("verdict", self.verdict.as_str())
            .text("explanation", self.explanation.as_str())
            .list("inputs", self.inputs.iter().map(String::as_str))
            .end();
    }
}

/// All checks of one article's figures.
pub fn of_article(_facts: &Facts<'_>, _reference: &Reference<'_>) -> Vec<Check> {
    Vec::new()
}

/// All checks over values that several articles state.
pub fn of_series(_values: &Values<'_>, _reference: &Reference<'_>) -> Vec<Check> {
    Vec::new()
}
