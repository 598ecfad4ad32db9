//! When two numbers for one key contradict each other.
//!
//! A reader that misses what narrows a figure gives it the key of something else, so that most numbers which differ
//! under one key are about two things. A contradiction has to show evidence: `data/checks.toml` says which.

use std::collections::BTreeMap;

use knowledge::{Checks, Disagreement};
use model::{Bound, Observation};
use polars::prelude::*;

use crate::fact::Standing;
use crate::interval::Interval;
use crate::reference::Reference;

/// Share by which two prints of one number differ when only floating point parts them.
const SLACK: f64 = 1e-9;
const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// Whether a figure is surely one of its indicator's.
pub fn is_sure(figure: &Observation, reference: &Reference<'_>) -> bool {
    let rules = &reference.checks.disagreement;
    let Some(indicator) = figure.indicator.as_deref().and_then(|id| reference.indicator(id)) else {
        return false;
    };
    figure.confidence >= rules.sure
        && !rules.many_kinds.contains(&indicator.kind)
        && !rules.many_topics.contains(&indicator.topic)
        && figure.indicator_text.as_deref().is_some_and(|words| reference.is_name(&indicator.id, words))
}

/// Whether a disagreement of a sure figure with another one of its key counts; `part` is what narrows it.
pub fn is_plain(figure: &Observation, part: &str, reference: &Reference<'_>) -> bool {
    part.is_empty()
        && figure.bound == Bound::Exact
        && figure.confidence >= reference.checks.disagreement.confidence
        && Standing::from(figure.status) == Standing::Real
}

/// Whether two numbers look like two prints of one: near each other, or equal but for a slip of scale.
pub fn look_alike(a: f64, b: f64, rules: &Disagreement) -> bool {
    let (small, large) = if a.abs() <= b.abs() { (a, b) } else { (b, a) };
    let slipped = |slip: &f64| (large / small / slip - 1.0).abs() < SLACK;
    small * large > 0.0 && (apart(a, b) <= rules.near || (digits(small) >= rules.digits && rules.slips.iter().any(slipped)))
}

/// The share of the larger of two numbers that they are apart.
pub fn apart(a: f64, b: f64) -> f64 {
    (a - b).abs() / a.abs().max(b.abs())
}

/// The digits of a number without the zeros around them.
pub fn digits(value: f64) -> u32 {
    let text = format!("{value:e}");
    text.chars().take_while(|letter| *letter != 'e').filter(char::is_ascii_digit).count() as u32
}

/// What one source says of a value.
#[derive(Clone, Copy, Debug)]
struct Source {
    published: Option<i64>,
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

/// Whether a source disagrees with those before it too soon for a revision. A source that was not read surely or gives
/// several numbers says nothing.
fn contradict(sources: &[Source], checks: &Checks) -> bool {
    let mut sure = sources.iter().filter(|source| source.comparable && !source.stated.is_empty());
    let Some(mut current) = sure.next().copied() else {
        return false;
    };
    for source in sure {
        if source.stated.meets(current.stated) {
            current = Source { stated: current.stated.shared(source.stated), published: source.published, ..current };
        } else if look_alike(source.value, current.value, &checks.disagreement) {
            if !is_later(source.published, current.published, checks.revision_after_days) {
                return true;
            }
            current = *source;
        }
    }
    false
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
        Source { published: Some(day * MICROSECONDS_A_DAY), stated, value, comparable: true }
    }

    #[test]
    fn prints_of_one_number_lie_near_or_slip_by_a_scale() {
        let rules = checks().disagreement;
        assert!(look_alike(12_537e9, 11_537e9, &rules));
        assert!(look_alike(1_332.3e9, 1_332.3e12, &rules));
        assert!(!look_alike(1e9, 1e6, &rules), "one digit may be anything");
        assert!(!look_alike(405.53e9, 1.32e9, &rules));
        assert!(!look_alike(0.3, -0.3, &rules));
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
}
