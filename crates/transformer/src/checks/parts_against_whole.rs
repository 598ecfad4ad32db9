//! A whole against the sum of all its parts, and against any one part.

use model::Measure;

use super::{Check, Tested, Verdict, both};
use crate::fact::{Fact, Facts};
use crate::interval::Interval;
use crate::misprint::look_alike;
use crate::reference::Reference;
use crate::slip::Identity;

/// Tests wholes whose parts are all stated, and parts that a code narrows: such a part cannot exceed its whole.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let mut found = Vec::new();
    for whole in facts.measured(Measure::Level) {
        let Some(period) = whole.period else { continue };
        for sum in reference.checks.sums.iter().filter(|sum| sum.whole == whole.subject.indicator) {
            let parts: Vec<&Fact<'_>> = sum
                .parts
                .iter()
                .filter_map(|part| facts.level(&whole_like(whole, part), period, whole.standing()))
                .filter(|part| part.unit == whole.unit)
                .collect();
            if parts.len() == sum.parts.len() {
                found.push(summed(facts, whole, &parts, reference));
            }
        }
    }
    found.extend(facts.measured(Measure::Level).filter_map(|part| within(facts, part, reference)));
    found
}

fn whole_like<'a>(whole: &Fact<'a>, part: &'a str) -> crate::fact::Subject<'a> {
    whole.subject.of(part)
}

fn summed<'a>(facts: &Facts<'a>, whole: &Fact<'a>, parts: &[&Fact<'a>], reference: &Reference<'_>) -> Check<'a> {
    let sum = |print: fn(&Fact<'_>) -> Interval| parts.iter().fold(Interval::point(0.0), |sum, part| sum.plus(print(part)));
    let how = both(reference, |say, text| {
        for (at, part) in parts.iter().enumerate() {
            text.push_str(if at > 0 { " + " } else { "" });
            say.put_number(part.value, part.unit, text);
        }
    });
    let (computed, loosely) = (sum(|part| part.stated), sum(|part| part.careless));
    let identity = Identity { stated: whole, inputs: parts.to_vec(), computed, loosely };
    Tested::of("parts_against_whole", identity).how(how).check(facts, reference)
}

/// A part of an amount against its whole: the whole must reach at least the part.
fn within<'a>(facts: &Facts<'a>, part: &Fact<'a>, reference: &Reference<'_>) -> Option<Check<'a>> {
    let subject = &part.subject;
    let coded = subject.industry.is_some() || subject.product.is_some() || subject.partner.is_some();
    if !coded || !reference.adds_up(subject.indicator) || !subject.breakdown.is_empty() {
        return None;
    }
    let whole = facts.level(&subject.whole(subject.indicator), part.period?, part.standing())?;
    if whole.unit != part.unit || part.stated.low < 0.0 {
        return None;
    }
    let computed = Interval { low: part.stated.low, high: f64::INFINITY };
    let how = both(reference, |say, text| {
        text.push_str("≥ ");
        say.put_number(part.value, part.unit, text);
    });
    // The whole has no upper limit here, so meeting it is all that can be asked. A smaller whole is mostly another part
    // whose words were not read.
    let alike = || whole.comparable && part.comparable && look_alike(whole.value, part.value, &reference.checks.disagreement);
    let verdict = match whole.stated.meets(computed) {
        true => Verdict::Consistent,
        false if alike() => Verdict::Inconsistent,
        false => Verdict::Undetermined,
    };
    Some(Tested::given(verdict, "parts_against_whole", whole, computed, &[part]).how(how).check(facts, reference))
}
