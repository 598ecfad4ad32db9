//! The same figure in two places of one article.

use super::{Check, Tested, Verdict, both, put_printed};
use crate::fact::{Fact, Facts};
use crate::misprint::look_alike;
use crate::reference::Reference;

/// Tests every later statement of a key against the first, or against an earlier one that it contradicts. Numbers that agree
/// are their own evidence; numbers that differ are mostly about two things, of which one was not told apart.
pub fn test<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Check<'a>> {
    let all: Vec<&Fact<'_>> = facts.iter().filter(|fact| fact.period.is_some()).collect();
    let mut found = Vec::new();
    for (at, again) in all.iter().enumerate() {
        let mut earlier = all[..at].iter().filter(|first| same_key(first, again));
        let Some(first) = earlier.clone().next() else {
            continue;
        };
        let other = earlier.find(|other| contradict(other, again, &all, reference));
        let (first, verdict) = match (other, Verdict::on(first.stated, again.stated)) {
            (Some(other), _) => (other, Verdict::Inconsistent),
            (None, Verdict::Inconsistent) => (first, Verdict::Undetermined),
            (None, verdict) => (first, verdict),
        };
        let how = both(reference, |say, text| put_printed(again, say, text));
        found.push(Tested::given(verdict, "same_figure_twice", first, again.stated, &[again]).how(how).check(facts, reference));
    }
    found
}

/// Whether two figures contradict each other: both read surely, in two sentences, one like a misprint of the other, and
/// without a third number, for a text that gives several is listing.
fn contradict(first: &Fact<'_>, again: &Fact<'_>, all: &[&Fact<'_>], reference: &Reference<'_>) -> bool {
    let mut key = all.iter().filter(|fact| same_key(fact, first));
    first.comparable
        && again.comparable
        && !first.stated.meets(again.stated)
        && first.sentence != again.sentence
        && look_alike(first.value, again.value, &reference.checks.disagreement)
        && key.all(|fact| fact.stated.meets(first.stated) || fact.stated.meets(again.stated))
}

fn same_key(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    a.measure == b.measure
        && a.unit == b.unit
        && a.period == b.period
        && a.compared_with == b.compared_with
        && a.status == b.status
        && a.of == b.of
        && a.subject == b.subject
}
