//! A figure as metrics and checks see it: its key, its value, its interval.

use std::borrow::Cow;
use std::cmp::Ordering;

use model::{Bound, ComparedWith, Measure, Period, Status};

use crate::conflict::{is_comparable, is_dated};
use crate::figure::Figure;
use crate::interval::Interval;
use crate::reference::Reference;
use crate::rows::float;

/// What a figure is about: figures can be compared only where this is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject<'a> {
    /// Id of the indicator.
    pub indicator: &'a str,
    /// The words that narrow it, in a common spelling.
    pub breakdown: Cow<'a, str>,
    /// Industry.
    pub industry: Option<&'a str>,
    /// Product.
    pub product: Option<&'a str>,
    /// Partner or sector.
    pub partner: Option<&'a str>,
    /// Place.
    pub region: &'a str,
}

impl<'a> Subject<'a> {
    /// Whether nothing narrows the indicator.
    pub fn is_whole(&self) -> bool {
        self.breakdown.is_empty() && self.industry.is_none() && self.product.is_none() && self.partner.is_none()
    }

    /// The same with another indicator.
    #[must_use]
    pub fn of(&self, indicator: &'a str) -> Self {
        Self { indicator, ..self.clone() }
    }

    /// The indicator in the same place without what narrows it.
    #[must_use]
    pub fn whole(&self, indicator: &'a str) -> Self {
        Self { indicator, breakdown: Cow::Borrowed(""), industry: None, product: None, partner: None, region: self.region }
    }
}

/// How firm a figure is, as far as figures of one kind can be compared: the press mixes `ước` and plain statements in one breath.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It happened, or is estimated to.
    Real,
    /// It is expected.
    Forecast,
    /// It is wanted.
    Target,
}

impl From<Status> for Standing {
    fn from(status: Status) -> Self {
        match status {
            Status::Actual | Status::Estimate | Status::Preliminary => Self::Real,
            Status::Forecast => Self::Forecast,
            Status::Target => Self::Target,
        }
    }
}

/// One figure with a known subject.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// The observation's id.
    pub id: &'a str,
    /// The article's id; none where several state it.
    pub article: Option<&'a str>,
    /// What it is about.
    pub subject: Subject<'a>,
    /// What it says about the subject.
    pub measure: Measure,
    /// Unit.
    pub unit: &'a str,
    /// When it holds.
    pub period: Option<Period>,
    /// What it is compared with.
    pub compared_with: Option<ComparedWith>,
    /// How firm it is.
    pub status: Status,
    /// The indicator of the whole, for shares and contributions.
    pub of: Option<&'a str>,
    /// The number; the middle of a range.
    pub value: f64,
    /// What the print allows.
    pub stated: Interval,
    /// What a print that is cut off, or rounded once more, allows.
    pub careless: Interval,
    /// The words that stand for it in formulas and explanations.
    pub quote: Cow<'a, str>,
    /// The words that narrow the indicator, as printed; none where they narrow nothing.
    pub breakdown_text: Option<&'a str>,
    /// The words that name the indicator, as printed.
    pub words: Option<&'a str>,
    /// Whether its indicator is printed by its own name, and has one value at a time and place.
    pub sure: bool,
    /// Whether its sentence says when it holds.
    pub dated: bool,
    /// Whether it is printed without a hedge.
    pub exact: bool,
    /// Whether it was read surely enough to contradict another figure.
    pub comparable: bool,
    /// The block that it stands in.
    pub block: u32,
    /// The sentence that it stands in; tells whether two figures are of one sentence.
    pub sentence: &'a str,
    /// Place in the article.
    pub start: u32,
}

impl<'a> Fact<'a> {
    /// The fact of a figure; none where indicator or place is unknown.
    pub fn new(told: &'a Figure<'a>, article: &'a str, reference: &Reference<'_>) -> Option<Self> {
        let figure = told.observation;
        let subject = Subject {
            indicator: figure.indicator.as_deref()?,
            breakdown: Cow::Borrowed(&told.part),
            industry: figure.industry.as_deref(),
            product: figure.product.as_deref(),
            partner: figure.partner.as_deref(),
            region: figure.region.as_deref()?,
        };
        let high = figure.value_high.unwrap_or(figure.value);
        Some(Self {
            id: &told.id,
            article: Some(article),
            measure: figure.measure,
            unit: &figure.unit,
            period: figure.period,
            compared_with: figure.compared_with,
            status: figure.status,
            of: figure.of.as_deref(),
            value: f64::midpoint(float(figure.value), float(high)),
            stated: told.stated,
            careless: Interval::careless(figure, &reference.checks.bounds),
            quote: Cow::Borrowed(&figure.quote),
            breakdown_text: figure.breakdown.as_deref().filter(|words| !reference.is_bare(words)),
            words: figure.indicator_text.as_deref(),
            sure: told.sure,
            dated: is_dated(figure),
            exact: figure.bound == Bound::Exact,
            comparable: is_comparable(told),
            block: figure.block,
            subject,
            sentence: &figure.sentence,
            start: figure.start,
        })
    }

    /// How firm it is, as far as figures can be compared.
    pub fn standing(&self) -> Standing {
        self.status.into()
    }

    /// Whether the other is about the same subject at the same time and as firm.
    pub fn beside(&self, other: &Self) -> bool {
        self.period.is_some() && self.period == other.period && self.standing() == other.standing() && self.subject == other.subject
    }

    /// The other period that it is compared with; one that is compared with its own was not told apart.
    pub fn basis(&self) -> Option<Period> {
        match self.compared_with {
            Some(ComparedWith::Period(period)) if self.period != Some(period) => Some(period),
            _ => None,
        }
    }
}

/// The figures of one article, or of one subject across articles.
#[derive(Debug)]
pub struct Facts<'a> {
    all: Vec<Fact<'a>>,
}

impl<'a> Facts<'a> {
    /// Facts in the order of their place.
    pub fn new(all: Vec<Fact<'a>>) -> Self {
        Self { all }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Fact<'a>> {
        self.all.iter()
    }

    /// All of one measure.
    pub fn measured(&self, measure: Measure) -> impl Iterator<Item = &Fact<'a>> {
        self.all.iter().filter(move |fact| fact.measure == measure)
    }

    /// The one level of a subject in a period; none if there is none or the text gives several that differ.
    pub fn level(&self, subject: &Subject<'_>, period: Period, standing: Standing) -> Option<&Fact<'a>> {
        single(self.measured(Measure::Level).filter(|fact| fact.is(subject, period, standing)))
    }

    /// The one change of a subject in a period.
    pub fn change(&self, subject: &Subject<'_>, period: Period, standing: Standing) -> Option<&Fact<'a>> {
        single(self.measured(Measure::Change).filter(|fact| fact.is(subject, period, standing)))
    }

    /// The period that changes of a period are compared with: the fact's own, else the one that the article names for
    /// that period, else a year before.
    pub fn basis(&self, change: &Fact<'_>) -> Option<Period> {
        let period = change.period?;
        if change.compared_with.is_some() {
            return change.basis();
        }
        let mut named = self.measured(Measure::Change).filter(|fact| fact.period == Some(period)).filter_map(Fact::basis);
        match named.next() {
            None => Some(period.shift_years(-1)),
            Some(first) => named.all(|other| other == first).then_some(first),
        }
    }
}

impl Fact<'_> {
    fn is(&self, subject: &Subject<'_>, period: Period, standing: Standing) -> bool {
        self.period == Some(period) && self.standing() == standing && same(&self.subject, subject)
    }
}

/// Whether two subjects are the same, whatever their lifetimes.
pub fn same(a: &Subject<'_>, b: &Subject<'_>) -> bool {
    a.cmp(b) == Ordering::Equal
}

/// The first of facts that all say the same; the narrowest, if they differ only in how exactly they say it.
fn single<'f, 'a: 'f>(facts: impl Iterator<Item = &'f Fact<'a>>) -> Option<&'f Fact<'a>> {
    let mut best: Option<&Fact<'a>> = None;
    for fact in facts {
        match best {
            None => best = Some(fact),
            Some(first) if fact.unit != first.unit || !fact.stated.meets(first.stated) => return None,
            Some(first) => {
                if fact.stated.high - fact.stated.low < first.stated.high - first.stated.low {
                    best = Some(fact);
                }
            }
        }
    }
    best
}
