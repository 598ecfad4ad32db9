//! Levels in points that a text does not name: those near the levels of the index that it is about are of that index.
//!
//! Whoever tells of a market says `vùng hỗ trợ 1.385 điểm`, `đỉnh cũ 1.345-1.355 điểm` and names the index sentences away, before
//! or behind. What schools and contests give in points is nowhere near.

use knowledge::{Indicator, Kind, Knowledge};
use model::{Measure, Observation};
use rust_decimal::Decimal;

use crate::letters::holds;

/// An index and the least and the greatest of its levels.
struct Levels<'k> {
    of: &'k str,
    least: Decimal,
    greatest: Decimal,
}

/// Gives levels in points without an indicator that of the index near whose levels they lie, unless they name another
/// (`VN30-Index`).
pub(crate) fn of_index(known: &Knowledge, observations: &mut [Observation]) {
    let indices = known.indicators.iter().filter(|it| it.kind == Kind::Index && it.unit.as_deref() == Some("point"));
    let levels: Vec<Levels<'_>> = indices.filter_map(|index| levels(index, observations)).collect();
    if levels.is_empty() {
        return;
    }
    for figure in observations.iter_mut().filter(|figure| figure.indicator.is_none() && is_level(figure)) {
        // (a third more or a quarter less: no year moves an index farther, and no text tells of more than a year or two)
        let near = |of: &&Levels<'_>| most_of(of.least) <= figure.value && most_of(figure.value) <= of.greatest;
        let index = levels.iter().find(near).filter(|_| !names_other(known, figure));
        figure.indicator = index.map(|index| index.of.to_owned());
    }
}

/// The levels that a text tells of an index; where it tells only how the index moves, those that it can have.
fn levels<'k>(index: &'k Indicator, observations: &[Observation]) -> Option<Levels<'k>> {
    let of = index.id.as_str();
    let own = observations.iter().filter(|figure| figure.indicator.as_deref() == Some(of));
    let stated = own.clone().filter(|figure| is_level(figure)).map(|figure| figure.value);
    let (least, greatest) = match stated.clone().min().zip(stated.max()) {
        Some(stated) => stated,
        None => {
            // (what begins at nought may be anything that is given in points)
            let (least, greatest) = index.plausible.level.filter(|(least, _)| *least > 0.0 && own.clone().next().is_some())?;
            (Decimal::try_from(least).ok()?, Decimal::try_from(greatest).ok()?)
        }
    };
    Some(Levels { of, least, greatest })
}

fn is_level(figure: &Observation) -> bool {
    figure.unit == "point" && figure.measure == Measure::Level
}

/// Three quarters.
fn most_of(value: Decimal) -> Decimal {
    value / Decimal::from(4) * Decimal::from(3)
}

/// Whether a figure's words name an index outside the vocabulary.
fn names_other(known: &Knowledge, figure: &Observation) -> bool {
    let text = figure.indicator_text.as_deref().unwrap_or_default();
    let others = known.subjects.iter().filter(|subject| subject.kind == Kind::Index);
    others.flat_map(|subject| &subject.says).any(|name| holds(text, &name.chars()))
}
