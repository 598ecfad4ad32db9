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
use crate::print::{Language, interval, number};
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

/// A text in both languages: English, Vietnamese.
type Both = (String, String);

/// The same text in both languages.
fn both(text: impl Fn(Language) -> String) -> Both {
    (text(Language::English), text(Language::Vietnamese))
}

/// Two figures with a sign between them.
fn amounts(a: &Fact<'_>, sign: &str, b: &Fact<'_>) -> Both {
    both(|language| format!("{} {sign} {}", number(a.value, a.unit, language), number(b.value, b.unit, language)))
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
        let explanation = explain(self.check, reference, |sentence, language| {
            let how = if language == Language::English { &self.how.0 } else { &self.how.1 };
            fill(sentence, &what(fact, reference, language), fact.stated, computed, fact.unit, how, verdict, reference, language)
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

/// The sentence of a check in English, then in Vietnamese.
fn explain(check: &str, reference: &Reference<'_>, fill: impl Fn(&str, Language) -> String) -> String {
    let Some(sentence) = reference.checks.sentence(check) else {
        return String::new();
    };
    format!("{} {}", fill(&sentence.en, Language::English), fill(&sentence.vi, Language::Vietnamese))
}

#[expect(clippy::too_many_arguments, reason = "the blanks of one sentence")]
fn fill(
    sentence: &str,
    what: &str,
    stated: Interval,
    computed: Interval,
    unit: &str,
    how: &str,
    verdict: Verdict,
    reference: &Reference<'_>,
    language: Language,
) -> String {
    let verdict = reference.checks.verdict(verdict.as_str()).map_or("", |phrase| match language {
        Language::English => phrase.en.as_str(),
        Language::Vietnamese => phrase.vi.as_str(),
    });
    filled(sentence, |blank| match blank {
        "what" => Some(what.into()),
        "stated" => Some(interval(stated, unit, language).into()),
        "computed" => Some(interval(computed, unit, language).into()),
        "how" => Some(how.into()),
        "verdict" => Some(verdict.into()),
        _ => None,
    })
}

/// A sentence with what stands for its blanks, `{name}`, in one pass; a name without meaning stays as it is.
fn filled<'t>(sentence: &str, meaning: impl Fn(&str) -> Option<Cow<'t, str>>) -> String {
    let mut text = String::with_capacity(3 * sentence.len());
    let mut rest = sentence;
    while let Some((before, (blank, behind))) = rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        text.push_str(before);
        match meaning(blank) {
            Some(words) => text.push_str(&words),
            None => text.extend(["{", blank, "}"]),
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

fn what(fact: &Fact<'_>, reference: &Reference<'_>, language: Language) -> String {
    let period = fact.period.map(|period| period.to_string());
    named(fact.subject.indicator, fact.breakdown_text, fact.subject.region, period.as_deref(), fact.measure, reference, language)
}

fn what_value(value: &Value<'_>, reference: &Reference<'_>, language: Language) -> String {
    let period = value.period.to_string();
    let codes = [value.product, value.industry, value.partner].into_iter().flatten().filter_map(|id| reference.part_name(id));
    let names = codes.map(|(english, vietnamese)| if language == Language::English { english } else { vietnamese });
    let part = value.breakdown.into_iter().chain(names).collect::<Vec<_>>().join(", ");
    named(
        value.indicator,
        Some(part.as_str()).filter(|part| !part.is_empty()),
        value.region,
        Some(&period),
        value.measure,
        reference,
        language,
    )
}

/// Indicator, what narrows it, place and period.
fn named(
    indicator: &str,
    breakdown: Option<&str>,
    region: &str,
    period: Option<&str>,
    measure: Measure,
    reference: &Reference<'_>,
    language: Language,
) -> String {
    let known = reference.indicator(indicator);
    let (name, place) = match language {
        Language::English => (known.map(|known| known.en.as_str()), reference.region_name_en(region)),
        Language::Vietnamese => (known.map(|known| known.vi.as_str()), reference.region_name(region)),
    };
    let mut words = name.unwrap_or(indicator).to_owned();
    let measure = (measure != Measure::Level).then(|| measure_name(measure, language));
    for more in [measure, breakdown, Some(place.unwrap_or(region)), period].into_iter().flatten() {
        words.extend([", ", more]);
    }
    words
}

fn measure_name(measure: Measure, language: Language) -> &'static str {
    match (measure, language) {
        (Measure::Level, Language::English) => "level",
        (Measure::Level, Language::Vietnamese) => "mức",
        (Measure::Change, Language::English) => "change",
        (Measure::Change, Language::Vietnamese) => "tăng giảm",
        (Measure::Difference, Language::English) => "difference",
        (Measure::Difference, Language::Vietnamese) => "chênh lệch",
        (Measure::Share, Language::English) => "share",
        (Measure::Share, Language::Vietnamese) => "tỷ trọng",
        (Measure::Contribution, Language::English) => "contribution",
        (Measure::Contribution, Language::Vietnamese) => "đóng góp",
        (Measure::Multiple, Language::English) => "multiple",
        (Measure::Multiple, Language::Vietnamese) => "số lần",
        (Measure::Completion, Language::English) => "completion",
        (Measure::Completion, Language::Vietnamese) => "mức hoàn thành",
    }
}
