//! Tested identities, one file a check.

mod balance_against_trade;
mod change_against_levels;
mod completion_against_target;
mod contribution_against_total;
mod difference_against_change;
mod multiple_against_changes;
mod parts_against_whole;
mod plausible_range;
mod same_figure_twice;
mod share_against_levels;
mod sources_agree;

use std::borrow::Cow;

use model::{Measure, Period};

use crate::fact::{Fact, Facts};
use crate::figure::short_hash;
use crate::interval::Interval;
use crate::print::{Speech, fill};
use crate::reference::Reference;
use crate::rows::Rows;
use crate::slip::Identity;
use crate::values::{Value, Values};

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
pub struct Check<'a> {
    /// Which check.
    pub check: &'static str,
    /// The article; none where several are compared.
    pub article: Option<&'a str>,
    /// Indicator of the tested figure.
    pub indicator: Option<&'a str>,
    /// Its place.
    pub region: Option<&'a str>,
    /// Its period.
    pub period: Option<Period>,
    /// Unit of both intervals.
    pub unit: Option<&'a str>,
    /// What is stated; none where many figures are tested at once.
    pub stated: Option<Interval>,
    /// What is computed.
    pub computed: Option<Interval>,
    /// Whether they meet.
    pub verdict: Verdict,
    /// One English and one Vietnamese sentence.
    pub explanation: String,
    /// Ids of the observations that went in.
    pub inputs: Vec<Cow<'a, str>>,
}

impl Check<'_> {
    /// Its row.
    pub fn row(&self, rows: &mut Rows<'_>) {
        let period = self.period.map(|period| period.to_string());
        let id = short_hash(&[self.check, self.article.unwrap_or_default(), &self.inputs.join("|")]);
        rows.text("test", id.as_str())
            .text("check", self.check)
            .text("article", self.article)
            .text("indicator", self.indicator)
            .text("region", self.region)
            .text("period", period.as_deref())
            .text("unit", self.unit)
            .number("stated_low", self.stated.map(|stated| stated.low))
            .number("stated_high", self.stated.map(|stated| stated.high))
            .number("computed_low", self.computed.map(|computed| computed.low))
            .number("computed_high", self.computed.map(|computed| computed.high))
            .text("verdict", self.verdict.as_str())
            .text("explanation", self.explanation.as_str())
            .list("inputs", self.inputs.iter().map(|input| &**input))
            .end();
    }
}

/// All checks of one article's figures: one line each.
pub fn of_article<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let found = [
        balance_against_trade::test(facts, reference),
        change_against_levels::test(facts, reference),
        completion_against_target::test(facts, reference),
        contribution_against_total::test(facts, reference),
        difference_against_change::test(facts, reference),
        multiple_against_changes::test(facts, reference),
        parts_against_whole::test(facts, reference),
        plausible_range::test(facts, reference),
        same_figure_twice::test(facts, reference),
        share_against_levels::test(facts, reference),
    ];
    found.into_iter().flatten().collect()
}

/// All checks over values that several articles state.
pub fn of_series<'f>(values: &Values<'f>, reference: &Reference<'_>) -> Vec<Check<'f>> {
    let mut found = plausible_range::test_across(values, reference);
    found.extend(sources_agree::test(values, reference));
    found
}

/// The same text in both languages: English, Vietnamese.
type Both = (String, String);

/// Says something in both languages.
fn both(reference: &Reference<'_>, put: impl Fn(Speech<'_>, &mut String)) -> Both {
    let (mut english, mut vietnamese) = Both::default();
    put(Speech::english(reference), &mut english);
    put(Speech::vietnamese(reference), &mut vietnamese);
    (english, vietnamese)
}

/// Two figures with a sign between them.
fn amounts(a: &Fact<'_>, sign: &str, b: &Fact<'_>, reference: &Reference<'_>) -> Both {
    both(reference, |say, text| {
        say.put_number(a.value, a.unit, text);
        text.extend([" ", sign, " "]);
        say.put_number(b.value, b.unit, text);
    })
}

/// What one figure is of another, in percent.
fn percent([part, whole]: [Interval; 2]) -> Interval {
    part.over(whole).scaled(100.0)
}

/// A stated figure, what was computed for it, and from what.
struct Tested<'f, 'a> {
    check: &'static str,
    identity: Identity<'f, 'a>,
    how: Both,
    /// Set where the intervals alone do not tell.
    verdict: Option<Verdict>,
}

impl<'f, 'a> Tested<'f, 'a> {
    /// A figure against what a rule computes from others.
    fn by<const N: usize>(
        rule: fn([Interval; N]) -> Interval,
        check: &'static str,
        stated: &'f Fact<'a>,
        inputs: [&'f Fact<'a>; N],
    ) -> Self {
        let (computed, loosely) = (rule(inputs.map(|input| input.stated)), rule(inputs.map(|input| input.careless)));
        Self::of(check, Identity { stated, inputs: inputs.to_vec(), computed, loosely })
    }

    /// A figure against an interval, with a verdict.
    fn given(verdict: Verdict, check: &'static str, stated: &'f Fact<'a>, computed: Interval, inputs: &[&'f Fact<'a>]) -> Self {
        Self::of(check, Identity { stated, inputs: inputs.to_vec(), computed, loosely: computed }).with(verdict)
    }

    fn of(check: &'static str, identity: Identity<'f, 'a>) -> Self {
        Self { check, identity, how: Both::default(), verdict: None }
    }

    fn how(mut self, how: Both) -> Self {
        self.how = how;
        self
    }

    fn with(mut self, verdict: Verdict) -> Self {
        self.verdict = Some(verdict);
        self
    }

    /// The verdict: an identity that fails settles nothing, unless it shows that the press slipped.
    fn settled(&self, facts: &Facts<'_>, reference: &Reference<'_>) -> Verdict {
        match Verdict::on(self.identity.stated.stated, self.identity.computed) {
            Verdict::Inconsistent if !self.identity.is_slip(facts, &reference.checks.disagreement) => Verdict::Undetermined,
            verdict => verdict,
        }
    }

    fn check(self, facts: &Facts<'a>, reference: &Reference<'_>) -> Check<'a> {
        let (fact, computed) = (self.identity.stated, self.identity.computed);
        let verdict = self.verdict.unwrap_or_else(|| self.settled(facts, reference));
        let explanation = explain(self.check, verdict, reference, |blank, say, text| match blank {
            Blank::What => put_subject(fact, say, reference, text),
            Blank::Stated => put_printed(fact, say, text),
            Blank::Computed => say.put_interval(computed, fact.unit, text),
            Blank::How => text.push_str(say.pick((&self.how.0, &self.how.1))),
        });
        Check {
            check: self.check,
            article: fact.article,
            indicator: Some(fact.subject.indicator),
            region: Some(fact.subject.region),
            period: fact.period,
            unit: Some(fact.unit),
            stated: Some(fact.stated),
            computed: Some(computed),
            verdict,
            explanation,
            inputs: std::iter::once(&fact).chain(&self.identity.inputs).map(|input| input.id.into()).collect(),
        }
    }
}

/// What stands in a sentence of `data/explanations.toml` beside the verdict.
#[derive(Clone, Copy, Debug)]
enum Blank {
    What,
    Stated,
    Computed,
    How,
}

/// The sentence of a check in English, then in Vietnamese.
fn explain(check: &str, verdict: Verdict, reference: &Reference<'_>, put: impl Fn(Blank, Speech<'_>, &mut String)) -> String {
    let Some((sentence, verdict)) = reference.known.explanations.of(check, verdict.as_str()) else {
        return String::new();
    };
    let mut text = String::with_capacity(3 * (sentence.en.len() + sentence.vi.len()));
    for say in [Speech::english(reference), Speech::vietnamese(reference)] {
        if !text.is_empty() {
            text.push(' ');
        }
        fill(say.says(sentence), &mut text, |blank, text| match blank {
            "what" => put(Blank::What, say, text),
            "stated" => put(Blank::Stated, say, text),
            "computed" => put(Blank::Computed, say, text),
            "how" => put(Blank::How, say, text),
            "verdict" => text.push_str(say.says(verdict)),
            // A name without meaning stays as it is.
            _ => text.extend(["{", blank, "}"]),
        });
    }
    text
}

/// A figure as it is printed, and what that allows: `“32,9%” (32.85% to 32.95%)`.
fn put_printed(fact: &Fact<'_>, say: Speech<'_>, text: &mut String) {
    text.extend(["“", &fact.quote, "” ("]);
    say.put_interval(fact.stated, fact.unit, text);
    text.push(')');
}

/// A value and what its first source allows: `2.65% (2.645% to 2.655%)`.
fn put_value(value: &Value<'_>, say: Speech<'_>, text: &mut String) {
    say.put_number(value.value, value.unit, text);
    text.push_str(" (");
    say.put_interval(value.first, value.unit, text);
    text.push(')');
}

/// The subject of a figure. What narrows it is told in the words of the text, and by its codes where there are none; with whom
/// is told in any case.
fn put_subject(fact: &Fact<'_>, say: Speech<'_>, reference: &Reference<'_>, text: &mut String) {
    let subject = &fact.subject;
    put_indicator(subject.indicator, fact.measure, say, reference, text);
    let codes = [subject.product, subject.industry].into_iter().flatten().filter(|_| fact.breakdown_text.is_none());
    put_part(fact.breakdown_text, codes.chain(subject.partner), say, reference, text);
    put_whereabouts(subject.region, fact.period, say, reference, text);
}

/// The subject of a value.
fn put_subject_of(value: &Value<'_>, say: Speech<'_>, reference: &Reference<'_>, text: &mut String) {
    put_indicator(value.indicator, value.measure, say, reference, text);
    put_part(value.breakdown, [value.product, value.industry, value.partner].into_iter().flatten(), say, reference, text);
    put_whereabouts(value.region, Some(value.period), say, reference, text);
}

fn put_indicator(indicator: &str, measure: Measure, say: Speech<'_>, reference: &Reference<'_>, text: &mut String) {
    text.push_str(reference.indicator(indicator).map_or(indicator, |known| say.pick((&known.en, &known.vi))));
    if let Some(measure) = say.measure(measure) {
        text.extend([", ", measure]);
    }
}

/// What narrows an indicator; no name that the text's own words hold already.
fn put_part<'v>(words: Option<&str>, codes: impl Iterator<Item = &'v str>, say: Speech<'_>, reference: &Reference<'_>, text: &mut String) {
    if let Some(words) = words {
        text.extend([", ", words]);
    }
    let is_said = |name: &str| words.is_some_and(|words| words.contains(name));
    for names in codes.filter_map(|id| reference.part_name(id)).filter(|(_, vietnamese)| !is_said(vietnamese)) {
        text.extend([", ", say.pick(names)]);
    }
}

/// Place and period.
fn put_whereabouts(region: &str, period: Option<Period>, say: Speech<'_>, reference: &Reference<'_>, text: &mut String) {
    let place = say.pick((reference.region_name_en(region), reference.region_name(region)));
    text.extend([", ", place.unwrap_or(region)]);
    if let Some(period) = period {
        text.push_str(", ");
        say.put_period(period, text);
    }
}
