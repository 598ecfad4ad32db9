//! Whole less part is the rest, and its change follows: 584.7 − 383.9 = 200.8, which fell by 8.9 %.

use model::Measure;

use super::{Metric, amount, wholes};
use crate::fact::{Fact, Facts};
use crate::interval::Interval;
use crate::reference::{Reference, plain};

/// What is left of a whole beside one stated part. A share or the table of sums must say that it is a part.
pub fn derive<'a>(facts: &Facts<'a>, reference: &Reference<'a>) -> Vec<Metric<'a>> {
    let mut found = Vec::new();
    for part in facts.measured(Measure::Level) {
        let Some(period) = part.period else { continue };
        let share = facts.measured(Measure::Share).find(|share| share.beside(part));
        let is_part = share.is_some() || reference.checks.wholes_of(part.subject.indicator).next().is_some();
        let candidates = wholes(share.unwrap_or(part), reference);
        let whole = candidates.into_iter().find_map(|whole| facts.level(&whole, period, part.standing()));
        let Some(whole) = whole.filter(|whole| is_part && whole.unit == part.unit && whole.stated.low >= part.stated.high) else {
            continue;
        };
        let formula = format!("{} − {}", amount(whole, reference), amount(part, reference));
        let range = whole.stated.minus(part.stated);
        let mut rest = Metric::about("implied_rest", whole, whole.value - part.value, range, &[whole, part], formula);
        rest.breakdown = Some(format!("ngoài {}", name(part, reference)).into());
        found.extend(change(facts, whole, part, &rest, reference));
        found.push(rest);
    }
    found
}

/// The change of the rest from the changes of whole and part against the same period.
fn change<'a>(facts: &Facts<'a>, whole: &Fact<'a>, part: &Fact<'a>, rest: &Metric<'a>, reference: &Reference<'a>) -> Option<Metric<'a>> {
    let constant = |fact: &Fact<'_>| reference.in_constant_prices(fact.subject.indicator);
    let of = |fact: &Fact<'_>| facts.measured(Measure::Change).find(|change| change.beside(fact));
    let (whole_change, part_change) = (of(whole)?, of(part)?);
    let before = facts.basis(whole_change)?;
    if constant(whole) || constant(part) || facts.basis(part_change)? != before {
        return None;
    }
    let rest_of = |w: f64, p: f64, a: f64, b: f64| {
        let then = w / (1.0 + a / 100.0) - p / (1.0 + b / 100.0);
        (then > 0.0).then(|| ((w - p) / then - 1.0) * 100.0)
    };
    let value = rest_of(whole.value, part.value, whole_change.value, part_change.value)?;
    // In each of its four inputs the function only rises or only falls, so its limits lie at the corners.
    let ends = |interval: Interval| [interval.low, interval.high];
    let mut range = Interval::point(value);
    for w in ends(whole.stated) {
        for p in ends(part.stated) {
            for a in ends(whole_change.stated) {
                for b in ends(part_change.stated) {
                    range = range.around(Interval::point(rest_of(w, p, a, b)?));
                }
            }
        }
    }
    let formula = format!(
        "({w} − {p}) ÷ ({w} ÷ (1 + {a}) − {p} ÷ (1 + {b})) − 1",
        w = amount(whole, reference),
        p = amount(part, reference),
        a = amount(whole_change, reference),
        b = amount(part_change, reference)
    );
    let mut metric = Metric::about("implied_rest", whole_change, value, range, &[whole, part, whole_change, part_change], formula);
    metric.breakdown.clone_from(&rest.breakdown);
    Some(metric)
}

fn name<'a>(part: &Fact<'a>, reference: &Reference<'a>) -> &'a str {
    let subject = &part.subject;
    let coded = || [subject.product, subject.industry, subject.partner].into_iter().flatten().find_map(|id| reference.part_name(id));
    part.breakdown_text
        .map(|text| plain(text, reference.checks))
        .or_else(|| coded().map(|(_, vietnamese)| vietnamese))
        .or_else(|| reference.indicator(part.subject.indicator).map(|indicator| indicator.vi.as_str()))
        .unwrap_or(part.subject.indicator)
}
