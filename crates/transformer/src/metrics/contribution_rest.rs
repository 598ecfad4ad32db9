//! What the stated contributions leave of the whole's growth: 3.98 − 1.43 − 2.1 = 0.45 points.

use model::Measure;

use super::implied_weight::weight;
use super::{Metric, amount, whole_change};
use crate::fact::{Fact, Facts, same};
use crate::interval::Interval;
use crate::reference::Reference;

/// The contribution of all that is not named. Parts that overlap must not be added: only parts with a growth of their own
/// count, and only if their weights leave room for each other.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found: Vec<Metric<'_>> = Vec::new();
    let mut done: Vec<&Fact<'_>> = Vec::new();
    for contribution in facts.measured(Measure::Contribution) {
        let Some(whole) = whole_change(facts, contribution, reference) else {
            continue;
        };
        if done.iter().any(|other| other.beside(whole)) {
            continue;
        }
        done.push(whole);
        let mut parts: Vec<(&Fact<'_>, Interval)> = Vec::new();
        for part in facts.measured(Measure::Contribution) {
            let of_it = whole_change(facts, part, reference).is_some_and(|other| other.beside(whole));
            let new = !parts.iter().any(|(known, _)| same(&known.subject, &part.subject));
            if let (true, true, Some((_, weight))) = (of_it, new, weight(facts, part)) {
                parts.push((part, weight));
            }
        }
        let weights = parts.iter().fold(0.0, |sum, (_, weight)| sum + weight.low);
        if parts.is_empty() || weights > 100.0 {
            continue;
        }
        found.push(rest(whole, &parts, reference));
    }
    found
}

fn rest<'a>(whole: &Fact<'a>, parts: &[(&Fact<'a>, Interval)], reference: &Reference<'_>) -> Metric<'a> {
    let (mut value, mut range, mut formula, mut inputs) = (whole.value, whole.stated, amount(whole, reference), vec![whole]);
    for (part, _) in parts {
        value -= part.value;
        range = range.minus(part.stated);
        formula = format!("{formula} − {}", amount(part, reference));
        inputs.push(part);
    }
    let mut metric = Metric::about("contribution_rest", whole, value, range, &inputs, formula);
    metric.measure = Some(Measure::Contribution);
    metric.unit = "pp";
    metric
}
