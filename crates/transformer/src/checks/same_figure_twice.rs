//! The same figure in two places of one article.

use super::{Check, Tested, Verdict};
use crate::conflict::look_alike;
use crate::fact::{Fact, Facts};
use crate::reference::Reference;

/// Tests every later statement of a key against the first. Numbers that agree are their own evidence; numbers that differ
/// are mostly about two things, of which one was not told apart.
pub fn test(facts: &Facts<'_>, reference: &Reference<'_>) -> Vec<Check> {
    let all: Vec<&Fact<'_>> = facts.iter().filter(|fact| fact.period.is_some()).collect();
    let mut found = Vec::new();
    for (at, again) in all.iter().enumerate() {
        let Some(first) = all[..at].iter().find(|first| same_key(first, again)) else {
            continue;
        };
        let verdict = match Verdict::on(first.stated, again.stated) {
            Verdict::Inconsistent if !contradict(first, again, &all, reference) => Verdict::Undetermined,
            verdict => verdict,
        };
        found.push(Tested::new("same_figure_twice", first, again.stated, &[again]).with(verdict).check(reference));
    }
    found
}

/// Whether two figures that differ contradict each other: both read surely, under the same words, in two sentences, alike,
/// and without a third number, for a text that gives several is listing.
fn contradict(first: &Fact<'_>, again: &Fact<'_>, all: &[&Fact<'_>], reference: &Reference<'_>) -> bool {
    let lower = |fact: &Fact<'_>| fact.words.map(str::to_lowercase);
    let mut key = all.iter().filter(|fact| same_key(fact, first));
    first.comparable
        && again.comparable
        && lower(first) == lower(again)
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
