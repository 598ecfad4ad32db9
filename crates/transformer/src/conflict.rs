//! When two numbers for one key contradict each other.
//!
//! A reader that misses what narrows a figure gives it the key of something else, so that most numbers which differ
//! under one key are about two things. A contradiction has to show evidence: `data/checks.toml` says which.

use std::collections::BTreeMap;

use knowledge::Checks;
use model::{Bound, Observation, PeriodFrom};
use polars::prelude::*;

use crate::fact::Standing;
use crate::figure::Figure;
use crate::interval::Interval;
use crate::misprint::{apart, look_alike, rounds_to};
use crate::reference::Reference;

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// Whether a figure is surely one of its indicator's: printed by the indicator's own name, which has one value at a time and
/// place. Prices and figures of firms have as many as there are goods and firms.
pub fn is_sure(figure: &Observation, reference: &Reference<'_>) -> bool {
    let rules = &reference.checks.disagreement;
    let Some(indicator) = figure.indicator.as_deref().and_then(|id| reference.indicator(id)) else {
        return false;
    };
    !rules.many_kinds.contains(&indicator.kind)
        && !rules.many_topics.contains(&indicator.topic)
        && figure.indicator_text.as_deref().is_some_and(|words| reference.is_name(&indicator.id, words))
}

/// Whether the sentence of a figure says when it holds.
pub fn is_dated(figure: &Observation) -> bool {
    matches!(figure.period_from, Some(PeriodFrom::Clause | PeriodFrom::Sentence))
}

/// Whether a disagreement with another figure of the same key counts: the figure is surely what it was read as, and plain.
pub fn is_comparable(figure: &Figure<'_>) -> bool {
    figure.sure && is_plain(figure.observation, &figure.part)
}

/// Whether a figure that is narrowed by `part` says when it holds, and is printed without a hedge, of a whole, and of what happened.
fn is_plain(figure: &Observation, part: &str) -> bool {
    part.is_empty() && figure.bound == Bound::Exact && Standing::from(figure.status) == Standing::Real && is_dated(figure)
}

/// What one source says of a value.
#[derive(Clone, Copy, Debug)]
struct Source {
    published: Option<i64>,
    /// Whether the value moves while sources print it: a day's, or a quotation.
    moves: bool,
    /// What all its figures allow; empty where it contradicts itself.
    stated: Interval,
    value: f64,
    comparable: bool,
}

/// Whether the sources of each series contradict each other, in the order of the series.
/// The figures come series by series, the earliest first.
pub fn of_series(figures: &DataFrame, checks: &Checks) -> PolarsResult<BooleanChunked> {
    let (series, names) = (figures.column("series")?.str()?, figures.column("source")?.str()?);
    let (low, high) = (figures.column("low")?.f64()?, figures.column("high")?.f64()?);
    let (value, comparable) = (figures.column("value")?.f64()?, figures.column("comparable")?.bool()?);
    let (frequency, unit) = (figures.column("frequency")?.str()?, figures.column("unit")?.str()?);
    let quoted = &checks.disagreement.quoted;
    let published = figures.column("published_at")?.datetime()?.physical();
    let mut found: Vec<bool> = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in 0..figures.height() {
        if row > 0 && series.get(row) != series.get(row - 1) {
            found.push(contradict(&sources, checks));
            sources.clear();
            places.clear();
        }
        let source = Source {
            published: published.get(row),
            moves: frequency.get(row) == Some("D") || unit.get(row).is_some_and(|unit| quoted.iter().any(|quoted| quoted == unit)),
            stated: Interval { low: low.get(row).unwrap_or(f64::NEG_INFINITY), high: high.get(row).unwrap_or(f64::INFINITY) },
            value: value.get(row).unwrap_or(f64::NAN),
            comparable: comparable.get(row).unwrap_or(false),
        };
        let place = *places.entry(names.get(row).unwrap_or_default()).or_insert(sources.len());
        match sources.get_mut(place) {
            Some(known) => known.add(source),
            None => sources.push(source),
        }
    }
    if !sources.is_empty() {
        found.push(contradict(&sources, checks));
    }
    Ok(found.into_iter().collect())
}

impl Source {
    /// Takes another figure of the same source.
    fn add(&mut self, other: Self) {
        self.stated = self.stated.shared(other.stated);
        if other.comparable && !self.comparable {
            (self.value, self.comparable) = (other.value, true);
        }
    }
}

/// Whether a source disagrees with those before it too soon for a revision.
///
/// A source that was not read surely or gives several numbers says nothing, and neither do sources that give more than two
/// numbers in one release: their key is one for several things.
fn contradict(sources: &[Source], checks: &Checks) -> bool {
    let mut sure = sources.iter().filter(|source| source.comparable && !source.stated.is_empty());
    let Some(mut current) = sure.next().copied() else {
        return false;
    };
    let mut other: Option<Source> = None;
    for source in sure {
        if source.stated.meets(current.stated) {
            current = Source { stated: current.stated.shared(source.stated), published: source.published, ..current };
        } else if is_later(source.published, current.published, checks.revision_after_days) {
            if other.is_some_and(|other| are_two_prints(&other, &current, checks)) {
                return true;
            }
            (current, other) = (*source, None);
        } else if other.is_some_and(|other| !source.stated.meets(other.stated)) {
            return false;
        } else {
            other = Some(*source);
        }
    }
    other.is_some_and(|other| are_two_prints(&other, &current, checks))
}

/// Whether the numbers of two sources are prints of one value, of which one is wrong or out of date.
fn are_two_prints(a: &Source, b: &Source, checks: &Checks) -> bool {
    let near = apart(a.value, b.value) <= checks.disagreement.release && !a.moves;
    !rounds_to(a.value, b.value) && (near || look_alike(a.value, b.value, &checks.disagreement))
}

/// Whether one time lies more than some days behind another; unknown times do not.
fn is_later(time: Option<i64>, than: Option<i64>, days: i64) -> bool {
    time.zip(than).is_some_and(|(time, than)| time - than > days * MICROSECONDS_A_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks() -> Checks {
        knowledge::Knowledge::load(None).unwrap().checks
    }

    /// A source that prints two digits behind the comma on a day.
    fn source(day: i64, value: f64) -> Source {
        let stated = Interval { low: value - 0.005, high: value + 0.005 };
        Source { published: Some(day * MICROSECONDS_A_DAY), moves: false, stated, value, comparable: true }
    }

    #[test]
    fn another_number_soon_is_a_conflict_and_later_a_revision() {
        assert!(contradict(&[source(0, 3.32), source(2, 3.28)], &checks()));
        assert!(!contradict(&[source(0, 3.32), source(92, 3.28)], &checks()));
        assert!(contradict(&[source(0, 3.32), source(92, 3.28), source(93, 3.41)], &checks()));
    }

    #[test]
    fn what_was_not_read_surely_contradicts_nothing() {
        let unsure = Source { comparable: false, ..source(2, 3.28) };
        assert!(!contradict(&[source(0, 3.32), unsure], &checks()));
    }

    #[test]
    fn a_source_with_two_numbers_says_nothing() {
        let mut torn = source(0, 3.32);
        torn.add(source(0, 3.41));
        assert!(!contradict(&[torn, source(1, 3.28)], &checks()));
    }

    #[test]
    fn more_than_two_numbers_are_about_several_things() {
        assert!(contradict(&[source(0, 3.32), source(1, 3.28), source(2, 3.28)], &checks()));
        assert!(!contradict(&[source(0, 3.32), source(1, 3.28), source(2, 3.21)], &checks()));
    }

    #[test]
    fn what_moves_within_the_day_is_no_conflict() {
        let moving = |value| Source { moves: true, ..source(0, value) };
        assert!(!contradict(&[moving(500.57), moving(499.65)], &checks()));
        assert!(contradict(&[moving(1251.02), moving(1215.02)], &checks()), "two digits are swapped");
    }
}
