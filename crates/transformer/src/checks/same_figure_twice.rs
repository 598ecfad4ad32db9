//! The same figure in two places of one article.

use super::{Check, Tested, Verdict};
use crate::fact::{Fact, Facts};
use crate::reference::Reference;

/// Tests every later statement of a key against the first. Within one sentence a differing number is more likely a part
/// that was not told apart than a contradiction.
pub fn test(facts: &Facts<'_>, reference: &Reference<'_>) -> Vec<Check> {
    let all: Vec<&Fact<'_>> = facts.iter().filter(|fact| fact.period.is_some()).collect();
    let mut found = Vec::new();
    for (at, again) in all.iter().enumerate() {
        let Some(first) = all[..at].iter().find(|first| same_key(first, again)) else {
            continue;
        };
        let mut tested = Tested::new("same_figure_twice", first, again.stated, &[again]);
        if first.sentence == again.sentence && !first.stated.meets(again.stated) {
            tested = tested.with(Verdict::Undetermined);
        }
        found.push(tested.check(reference));
    }
    found
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
