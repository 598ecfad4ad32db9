//! Derived values, one file a metric.

use model::{ComparedWith, Measure, Period, Record, Status};

use crate::fact::{Fact, Facts};
use crate::interval::Interval;
use crate::reference::Reference;
use crate::rows::Rows;
use crate::tables::short_hash;
use crate::values::Values;

/// One derived value.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Which computation.
    pub metric: &'static str,
    /// The article; none where several are joined.
    pub article: Option<String>,
    /// Indicator.
    pub indicator: Option<String>,
    /// The words that narrow it.
    pub breakdown: Option<String>,
    /// Industry.
    pub industry: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Partner.
    pub partner: Option<String>,
    /// Place.
    pub region: Option<String>,
    /// What the value says.
    pub measure: Option<Measure>,
    /// When it holds.
    pub period: Option<Period>,
    /// What it is compared with.
    pub compared_with: Option<ComparedWith>,
    /// The least firm of the inputs' statuses.
    pub status: Option<Status>,
    /// The value.
    pub value: f64,
    /// What the inputs allow.
    pub range: Interval,
    /// Unit.
    pub unit: String,
    /// The computation, readable.
    pub formula: String,
    /// Ids of the observations that went in.
    pub inputs: Vec<String>,
}

impl Metric {
    /// A value about the subject of a fact, at the same time and of the same measure and unit.
    pub fn about(metric: &'static str, fact: &Fact<'_>, value: f64, range: Interval, inputs: &[&Fact<'_>], formula: String) -> Self {
        let subject = &fact.subject;
        Self {
            metric,
            article: fact.article.map(str::to_owned),
            indicator: Some(subject.indicator.to_owned()),
            breakdown: fact.breakdown_text.map(str::to_owned),
            industry: subject.industry.map(str::to_owned),
            product: subject.product.map(str::to_owned),
            partner: subject.partner.map(str::to_owned),
            region: Some(subject.region.to_owned()),
            measure: Some(fact.measure),
            period: fact.period,
            compared_with: fact.compared_with,
            status: inputs.iter().map(|input| input.status).max(),
            value,
            range,
            unit: fact.unit.to_owned(),
            formula,
            inputs: inputs.iter().map(|input| input.id.to_owned()).collect(),
        }
    }

    /// Its row.
    pub fn row(&self, rows: &mut Rows<'_>) {
        let period = self.period.map(|period| period.to_string());
        let compared_with = self.compared_with.map(|with| with.to_string());
        let inputs = self.inputs.join("|");
        let id = short_hash(&[
            self.metric,
            self.article.as_deref().unwrap_or_default(),
            self.indicator.as_deref().unwrap_or_default(),
            self.region.as_deref().unwrap_or_default(),
            self.measure.map_or("", Measure::as_str),
            period.as_deref().unwrap_or_default(),
            &inputs,
        ]);
        rows.text("result", id.as_str())
            .text("metric", self.metric)
            .text("article", self.article.as_deref())
            .text("indicator", self.indicator.as_deref())
            .text("breakdown", self.breakdown.as_deref())
            .text("industry", self.industry.as_deref())
            .text("product", self.product.as_deref())
            .text("partner", self.partner.as_deref())
            .text("region", self.region.as_deref())
            .text("measure", self.measure.map(Measure::as_str))
            .text("period", period.as_deref())
            .date("period_start", self.period.map(Period::start))
            .date("period_end", self.period.map(Period::end))
            .text("compared_with", compared_with.as_deref())
            .text("status", self.status.map(Status::as_str))
            .number("value", self.value)
            .number("low", self.range.low)
            .number("high", self.range.high)
            .text("unit", self.unit.as_str())
            .text("formula", self.formula.as_str())
            .list("inputs", self.inputs.iter().map(String::as_str))
            .end();
    }
}

/// All metrics of one article's figures.
pub fn of_article(_facts: &Facts<'_>, _reference: &Reference<'_>) -> Vec<Metric> {
    Vec::new()
}

/// Counts of one article.
pub fn counts(_record: &Record, _reference: &Reference<'_>) -> Vec<Metric> {
    Vec::new()
}

/// All metrics over values that several articles state.
pub fn of_series(_values: &Values<'_>, _reference: &Reference<'_>) -> Vec<Metric> {
    Vec::new()
}
