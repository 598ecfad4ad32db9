//! Year-to-date figures of two following months give the month: ten months less nine is October.

use model::{Measure, Period};

use super::{Group, Metric, real};
use crate::print::Speech;
use crate::reference::Reference;
use crate::values::Value;

/// The month's own flow. Only amounts that add up, and only figures that happened.
pub fn derive<'f>(groups: &[Group<'_, 'f>], reference: &Reference<'_>) -> Vec<Metric<'f>> {
    let mut found = Vec::new();
    for group in groups {
        let to_date: Vec<(i16, i16, &Value<'_>)> = group
            .iter()
            .filter(|value| value.measure == Measure::Level && real(value) && reference.adds_up(value.indicator))
            .filter_map(|value| months_to_date(value.period).map(|(year, months)| (year, months, *value)))
            .collect();
        for (year, months, longer) in &to_date {
            let Some((.., shorter)) = to_date.iter().find(|(y, m, v)| y == year && *m == months - 1 && v.status == longer.status) else {
                continue;
            };
            let value = longer.value - shorter.value;
            let Some(month) = Period::months(*year, *months as i8, 1).filter(|_| value >= 0.0) else {
                continue;
            };
            let amount = |value: &Value<'_>| Speech::english(reference).number(value.value, value.unit);
            let formula = format!("{} − {}", amount(longer), amount(shorter));
            let range = longer.first.minus(shorter.first);
            let mut metric = Metric::across("month_from_ytd", longer, value, range, &[longer, shorter], formula);
            metric.period = Some(month);
            found.push(metric);
        }
    }
    found
}

/// Year and number of months, for spans that begin with the year.
fn months_to_date(period: Period) -> Option<(i16, i16)> {
    let start = period.start();
    match period {
        Period::Year(year) => Some((year, 12)),
        Period::Quarter(year, 1) => Some((year, 3)),
        Period::Half(year, 1) => Some((year, 6)),
        Period::Month(year, 1) => Some((year, 1)),
        Period::Span { years: 0, months, days: 0, .. } if (start.month(), start.day()) == (1, 1) => Some((start.year(), months)),
        _ => None,
    }
}
