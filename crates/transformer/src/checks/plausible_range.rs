//! Figures that cannot be believed: outside the indicator's limits, or larger in a province than in the country.

use std::hash::Hash;

use model::{Measure, Status};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Blank, Check, Tested, Verdict, explain, put_subject_of, put_value};
use crate::fact::{Fact, Facts};
use crate::interval::Interval;
use crate::misprint::digits;
use crate::reference::Reference;
use crate::values::{Value, Values};

/// Tests the figures of an article: one row for each that is out of range, one for all the others.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    let mut believed: Vec<&Fact<'_>> = Vec::new();
    for fact in facts.iter() {
        let Some(limits) = limits(fact, reference) else {
            continue;
        };
        if fact.stated.meets(limits) {
            believed.push(fact);
        } else {
            let verdict = if is_misprint(fact, limits, reference) { Verdict::Inconsistent } else { Verdict::Undetermined };
            found.push(Tested::given(verdict, "plausible_range", fact, limits, &[]).check(facts, reference));
        }
    }
    found.extend(believed.first().map(|first| all_believed(first, &believed, reference)));
    found
}

/// The limits of belief for a figure: the indicator's own, which hold for the whole only, else its measure's.
fn limits(fact: &Fact<'_>, reference: &Reference<'_>) -> Option<Interval> {
    let indicator = reference.indicator(fact.subject.indicator);
    let own = indicator.and_then(|known| match fact.measure {
        Measure::Change if fact.subject.is_whole() => known.plausible.change,
        Measure::Level if fact.subject.is_whole() && known.unit.as_deref() == Some(fact.unit) => known.plausible.level,
        _ => None,
    });
    let (low, high) = own.or_else(|| reference.checks.limits.get(fact.measure.as_str()).copied())?;
    Some(Interval { low, high })
}

/// Whether a figure out of its limits is a misprint, and not something else that was read as one of its indicator's.
///
/// A number of which nothing tells more is taken for a level, so the digits of a level have to tell; a change says what it is
/// compared with; a share above its whole is mostly a ratio, unless its indicator is known as a part of a whole.
fn is_misprint(fact: &Fact<'_>, limits: Interval, reference: &Reference<'_>) -> bool {
    let rules = &reference.checks.disagreement;
    let in_scale = |slip: &f64| fact.stated.scaled(*slip).meets(limits) || fact.stated.scaled(1.0 / slip).meets(limits);
    let told = match fact.measure {
        Measure::Change | Measure::Multiple => fact.compared_with.is_some(),
        Measure::Level => digits(fact.value) > rules.digits && rules.slips.iter().any(in_scale),
        Measure::Share => {
            fact.value > 0.0 && fact.subject.is_whole() && reference.checks.wholes_of(fact.subject.indicator).next().is_some()
        }
        _ => true,
    };
    told && fact.sure && fact.dated && fact.exact
}

fn all_believed<'a>(first: &Fact<'a>, believed: &[&Fact<'a>], reference: &Reference<'_>) -> Check<'a> {
    let count = believed.len().to_string();
    let explanation = explain("plausible_range_all", Verdict::Consistent, reference, |_, _, text| text.push_str(&count));
    Check {
        check: "plausible_range",
        article: first.article,
        indicator: None,
        region: None,
        period: None,
        unit: None,
        stated: None,
        computed: None,
        verdict: Verdict::Consistent,
        explanation,
        inputs: believed.iter().map(|fact| fact.id.into()).collect(),
    }
}

/// Tests amounts of provinces against the country's amount of the same key: a part cannot exceed the whole.
/// What is read as the country's is often a part of it whose words were not read, so it needs a second source to count.
pub fn test_across<'f>(values: &Values<'f>, reference: &Reference<'_>) -> Vec<Check<'f>> {
    let amount =
        |value: &&Value<'_>| value.measure == Measure::Level && value.status != Status::Target && reference.adds_up(value.indicator);
    let mut country: FxHashMap<_, &Value<'f>> = FxHashMap::default();
    for whole in values.all.iter().filter(amount).filter(|value| value.region == "VN") {
        country.entry(key(whole)).or_insert(whole);
    }
    let parts = values.all.par_iter().filter(amount).filter(|value| reference.is_province(value.region));
    parts.filter_map(|part| country.get(&key(part)).map(|whole| against_country(part, whole, reference))).collect()
}

/// Tests a province's amount against the country's.
fn against_country<'f>(part: &Value<'f>, whole: &Value<'f>, reference: &Reference<'_>) -> Check<'f> {
    let limits = Interval { low: 0.0, high: whole.first.high };
    let sure = part.comparable && whole.comparable && whole.sources > 1 && whole.agreed;
    let verdict = match part.first.low <= limits.high {
        true => Verdict::Consistent,
        false if sure => Verdict::Inconsistent,
        false => Verdict::Undetermined,
    };
    let explanation = explain("plausible_range_across", verdict, reference, |blank, say, text| match blank {
        Blank::What => put_subject_of(part, say, reference, text),
        Blank::Stated => put_value(part, say, text),
        Blank::Computed => say.put_interval(limits, part.unit, text),
        Blank::How => put_value(whole, say, text),
    });
    Check {
        check: "plausible_range",
        article: None,
        indicator: Some(part.indicator),
        region: Some(part.region),
        period: Some(part.period),
        unit: Some(part.unit),
        stated: Some(part.first),
        computed: Some(limits),
        verdict,
        explanation,
        inputs: vec![part.observation.into(), whole.observation.into()],
    }
}

/// What a province's amount and the country's have in common.
fn key<'v>(value: &Value<'v>) -> impl Hash + Eq + use<'v> {
    (value.indicator, value.breakdown, value.industry, value.product, value.partner, value.unit, value.period, value.status)
}
