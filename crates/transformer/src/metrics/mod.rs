//! Derived values, one file a metric.

mod acceleration;
mod contribution_rest;
mod contribution_share;
mod cover_ratio;
mod implied_part;
mod implied_previous;
mod implied_previous_change;
mod implied_rest;
mod implied_weight;
mod implied_whole;
mod month_from_ytd;
mod per_article;
mod target_attainment;
mod target_gap;
mod trade_balance;

use std::borrow::Cow;

use model::{ComparedWith, Measure, Period, Record, Status};
use rustc_hash::FxHashMap;

use crate::fact::{Fact, Facts, Standing, Subject};
use crate::figure::short_hash;
use crate::interval::Interval;
use crate::print::Speech;
use crate::reference::Reference;
use crate::rows::Rows;
use crate::values::{Value, Values};

/// One derived value.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric<'a> {
    /// Which computation.
    pub metric: &'static str,
    /// The article; none where several are joined.
    pub article: Option<&'a str>,
    /// Indicator.
    pub indicator: Option<&'a str>,
    /// The words that narrow it.
    pub breakdown: Option<Cow<'a, str>>,
    /// Industry.
    pub industry: Option<&'a str>,
    /// Product.
    pub product: Option<&'a str>,
    /// Partner.
    pub partner: Option<&'a str>,
    /// Place.
    pub region: Option<&'a str>,
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
    pub unit: &'a str,
    /// The computation, readable.
    pub formula: Cow<'static, str>,
    /// Ids of the observations that went in.
    pub inputs: Vec<&'a str>,
}

impl<'a> Metric<'a> {
    /// A value about the subject of a fact, at the same time and of the same measure and unit.
    pub fn about(metric: &'static str, fact: &Fact<'a>, value: f64, range: Interval, inputs: &[&Fact<'a>], formula: String) -> Self {
        let subject = &fact.subject;
        Self {
            metric,
            article: fact.article,
            indicator: Some(subject.indicator),
            breakdown: fact.breakdown_text.map(Cow::Borrowed),
            industry: subject.industry,
            product: subject.product,
            partner: subject.partner,
            region: Some(subject.region),
            measure: Some(fact.measure),
            period: fact.period,
            compared_with: fact.compared_with,
            status: inputs.iter().map(|input| input.status).max_by_key(|status| firmness(*status)),
            value,
            range,
            unit: fact.unit,
            formula: Cow::Owned(formula),
            inputs: inputs.iter().map(|input| input.id).collect(),
        }
    }

    /// A value about the key of one that several articles state.
    pub fn across(metric: &'static str, about: &Value<'a>, value: f64, range: Interval, inputs: &[&Value<'a>], formula: String) -> Self {
        Self {
            metric,
            article: None,
            indicator: Some(about.indicator),
            breakdown: about.breakdown.map(Cow::Borrowed),
            industry: about.industry,
            product: about.product,
            partner: about.partner,
            region: Some(about.region),
            measure: Some(about.measure),
            period: Some(about.period),
            compared_with: about.compared_with,
            status: inputs
                .iter()
                .map(|input| input.status)
                .filter(|status| *status != Status::Target)
                .max_by_key(|status| firmness(*status)),
            value,
            range,
            unit: about.unit,
            formula: Cow::Owned(formula),
            inputs: inputs.iter().map(|input| input.observation).collect(),
        }
    }

    /// The same value, said of another subject.
    #[must_use]
    fn of_subject(mut self, subject: &Subject<'a>) -> Self {
        self.indicator = Some(subject.indicator);
        if subject.is_whole() {
            self.breakdown = None;
        }
        self.industry = subject.industry;
        self.product = subject.product;
        self.partner = subject.partner;
        self
    }

    /// Whether the other is the same value of the same key, whatever its inputs.
    fn says_the_same(&self, other: &Self) -> bool {
        // Most differ here, and need no copies to be told apart.
        (self.metric, self.value) == (other.metric, other.value)
            && Self { inputs: Vec::new(), ..self.clone() } == Self { inputs: Vec::new(), ..other.clone() }
    }

    /// Its row.
    pub fn row(&self, rows: &mut Rows<'_>) {
        let period = self.period.map(|period| period.to_string());
        let compared_with = self.compared_with.map(|with| with.to_string());
        let inputs = self.inputs.join("|");
        let id = short_hash(&[
            self.metric,
            self.article.unwrap_or_default(),
            self.indicator.unwrap_or_default(),
            self.region.unwrap_or_default(),
            self.measure.map_or("", Measure::as_str),
            period.as_deref().unwrap_or_default(),
            &inputs,
        ]);
        rows.text("result", id.as_str())
            .text("metric", self.metric)
            .text("article", self.article)
            .text("indicator", self.indicator)
            .text("breakdown", self.breakdown.as_deref())
            .text("industry", self.industry)
            .text("product", self.product)
            .text("partner", self.partner)
            .text("region", self.region)
            .text("measure", self.measure.map(Measure::as_str))
            .text("period", period.as_deref())
            .date("period_start", self.period.map(Period::start))
            .date("period_end", self.period.map(Period::end))
            .text("compared_with", compared_with.as_deref())
            .text("status", self.status.map(Status::as_str))
            .number("value", self.value)
            .number("low", self.range.low)
            .number("high", self.range.high)
            .text("unit", self.unit)
            .text("formula", &*self.formula)
            .list("inputs", self.inputs.iter().copied())
            .end();
    }
}

/// All metrics of one article's figures; a figure said twice gives a value once.
pub fn of_article<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let derived = [
        acceleration::derive(facts, reference),
        contribution_rest::derive(facts, reference),
        contribution_share::derive(facts, reference),
        cover_ratio::derive(facts, reference),
        implied_part::derive(facts, reference),
        implied_previous::derive(facts, reference),
        implied_previous_change::derive(facts, reference),
        implied_rest::derive(facts, reference),
        implied_weight::derive(facts, reference),
        implied_whole::derive(facts, reference),
        trade_balance::derive(facts, reference),
    ];
    let mut found: Vec<Metric<'_>> = Vec::new();
    for metric in derived.into_iter().flatten() {
        if !found.iter().any(|known| known.says_the_same(&metric)) {
            found.push(metric);
        }
    }
    found
}

/// Counts of one article of so many words.
pub fn counts(record: &Record, words: u32) -> Vec<Metric<'_>> {
    per_article::derive(record, words)
}

/// All metrics over values that several articles state.
pub fn of_series<'f>(values: &Values<'f>, reference: &Reference<'_>) -> Vec<Metric<'f>> {
    let groups = by_subject(values);
    let targets = against_target(&groups);
    let mut found = month_from_ytd::derive(&groups, reference);
    found.extend(target_attainment::derive(&targets, reference));
    found.extend(target_gap::derive(&targets, reference));
    found
}

/// A figure as a formula shows it.
fn amount(fact: &Fact<'_>, reference: &Reference<'_>) -> String {
    Speech::english(reference).number(fact.value, fact.unit)
}

/// The subjects that a share or part can be of, the likeliest first.
pub fn wholes<'a>(part: &Fact<'a>, reference: &Reference<'a>) -> Vec<Subject<'a>> {
    let subject = &part.subject;
    let mut wholes: Vec<Subject<'a>> = Vec::new();
    wholes.extend(part.of.map(|of| subject.of(of)));
    // What is narrowed is first of all a part of the same without what narrows it.
    if !subject.is_whole() {
        wholes.push(subject.whole(part.of.unwrap_or(subject.indicator)));
    }
    if part.of.is_none() {
        wholes.extend(reference.known.checks.wholes_of(subject.indicator).map(|whole| subject.of(whole)));
    }
    wholes.retain(|whole| whole != subject);
    wholes
}

/// The change of the whole that a contribution is to.
pub fn whole_change<'f, 'a>(facts: &'f Facts<'a>, contribution: &Fact<'a>, reference: &Reference<'_>) -> Option<&'f Fact<'a>> {
    let period = contribution.period?;
    let subject = &contribution.subject;
    let named = contribution.of.into_iter().map(str::to_owned);
    let unnarrowed = (!subject.is_whole()).then(|| subject.indicator.to_owned());
    let of: Vec<String> = named.chain(unnarrowed).chain(reference.checks.wholes_of(subject.indicator).map(str::to_owned)).collect();
    let changes = of.iter().filter_map(|of| facts.change(&whole_of(subject, of), period, contribution.standing()));
    changes.into_iter().find(|change| change.value != 0.0)
}

fn whole_of<'a>(subject: &Subject<'a>, indicator: &'a str) -> Subject<'a> {
    subject.whole(indicator)
}

/// Pairs of exports and imports of one place, period and standing, with the same partner and product.
fn trade<'f, 'a>(facts: &'f Facts<'a>) -> Vec<(&'f Fact<'a>, &'f Fact<'a>)> {
    let mut pairs: Vec<(&Fact<'a>, &Fact<'a>)> = Vec::new();
    for exports in facts.measured(Measure::Level).filter(|fact| fact.subject.indicator == "exports") {
        let Some(period) = exports.period else { continue };
        let imports = facts.level(&exports.subject.of("imports"), period, exports.standing());
        let first = !pairs.iter().any(|(known, _)| known.beside(exports));
        if let Some(imports) = imports.filter(|imports| first && imports.unit == exports.unit) {
            pairs.push((exports, imports));
        }
    }
    pairs
}

/// Values of one subject and measure, in the order of their rows.
type Group<'v, 'f> = Vec<&'v Value<'f>>;

/// A target and the firmest result of its key.
type Target<'v, 'f> = (&'v Value<'f>, &'v Value<'f>);

/// Values by subject and measure, in the order in which their groups begin.
fn by_subject<'v, 'f>(values: &'v Values<'f>) -> Vec<Group<'v, 'f>> {
    let mut places: FxHashMap<_, usize> = FxHashMap::default();
    let mut groups: Vec<Group<'v, 'f>> = Vec::new();
    for value in &values.all {
        let key = (value.indicator, value.breakdown, value.industry, value.product, value.partner, value.region, value.measure, value.unit);
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(value),
            None => groups.push(vec![value]),
        }
    }
    groups
}

/// Whether a value happened, or is estimated to.
fn real(value: &Value<'_>) -> bool {
    Standing::from(value.status) == Standing::Real
}

/// Every target with the firmest result of the same key: levels, and changes that are compared with the same period.
fn against_target<'v, 'f>(groups: &[Group<'v, 'f>]) -> Vec<Target<'v, 'f>> {
    let mut pairs = Vec::new();
    for group in groups {
        for target in group.iter().filter(|value| value.status == Status::Target) {
            if !matches!(target.measure, Measure::Level | Measure::Change) {
                continue;
            }
            let basis = |value: &Value<'_>| value.compared_with.unwrap_or(ComparedWith::Period(value.period.shift_years(-1)));
            let same = |value: &&&Value<'f>| {
                value.period == target.period && real(value) && (value.measure == Measure::Level || basis(value) == basis(target))
            };
            if let Some(result) = group.iter().filter(same).min_by_key(|value| (firmness(value.status), value.row)) {
                pairs.push((*target, *result));
            }
        }
    }
    pairs
}

fn firmness(status: Status) -> u8 {
    match status {
        Status::Actual => 0,
        Status::Preliminary => 1,
        Status::Estimate => 2,
        Status::Forecast => 3,
        Status::Target => 4,
    }
}
