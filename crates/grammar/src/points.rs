//! Levels in points that a text does not name: those near the levels of the index that it is about are of that index.
//!
//! Whoever tells of a market says `vùng hỗ trợ 1.385 điểm`, `đỉnh cũ 1.345-1.355 điểm` and names the index sentences away, before
//! or behind. What schools and contests give in points is nowhere near. A bare number there is such a level too (`quanh ngưỡng 1.350`),
//! and no index stands at `1,387`: that comma is one of thousands.

use knowledge::{Indicator, Kind, Knowledge};
use model::{Measure, Observation};
use rust_decimal::Decimal;

use crate::letters::holds;

/// An index and the least and the greatest of its levels.
struct Levels<'k> {
    of: &'k str,
    least: Decimal,
    greatest: Decimal,
    /// Whether the text tells them.
    stated: bool,
}

/// Gives levels in points without an indicator that of the index near whose levels they lie, unless they name another
/// (`VN30-Index`).
pub(crate) fn of_index(known: &Knowledge, observations: &mut [Observation]) {
    let indices = known.indicators.iter().filter(|it| it.kind == Kind::Index && it.unit.as_deref() == Some("point"));
    let is_index = |figure: &Observation| indices.clone().any(|index| figure.indicator.as_ref() == Some(&index.id));
    for figure in observations.iter_mut().filter(|figure| is_level(figure) && may_be_thousands(figure) && is_index(figure)) {
        to_thousands(figure);
    }
    let levels: Vec<Levels<'_>> = indices.filter_map(|index| levels(index, observations)).collect();
    if levels.is_empty() {
        return;
    }
    for figure in observations.iter_mut() {
        if let Some(index) = levels.iter().find(|index| figure.indicator.as_deref() == Some(index.of)) {
            tell_apart(figure, index);
        }
    }
    for at in 1..observations.len() {
        // (`đóng cửa quay lên 1.229 điểm, tăng 5,88 điểm`)
        let (before, figure) = (&observations[at - 1], &observations[at]);
        let follows = figure.indicator.is_none() && is_move(figure) && figure.sentence == before.sentence;
        let index = before.indicator.as_deref().filter(|of| levels.iter().any(|index| index.of == *of) && is_level(before));
        if let Some(index) = index.filter(|_| follows && !names_other(known, figure)).map(str::to_owned) {
            observations[at].indicator = Some(index);
        }
    }
    for figure in observations.iter_mut().filter(|figure| figure.indicator.is_none() && (is_level(figure) || is_bare_level(figure))) {
        let value = if may_be_thousands(figure) { figure.value * Decimal::ONE_THOUSAND } else { figure.value };
        // (a third more or a quarter less: no year moves an index farther, and no text tells of more than a year or two)
        let near = |of: &&Levels<'_>| (of.stated || is_level(figure)) && most_of(of.least) <= value && most_of(value) <= of.greatest;
        let Some(index) = levels.iter().find(near).filter(|_| !names_other(known, figure)) else { continue };
        figure.indicator = Some(index.of.to_owned());
        "point".clone_into(&mut figure.unit);
        if value != figure.value {
            to_thousands(figure);
        }
    }
}

/// `duy trì sắc xanh 1,05 điểm`, `bứt phá vùng 520 - 522 điểm`: no index stands so far below its levels, and none moves as far as they are.
fn tell_apart(figure: &mut Observation, index: &Levels<'_>) {
    let size = figure.value.abs();
    let near = |value: Decimal| most_of(index.least) <= value && most_of(value) <= index.greatest;
    let points = figure.unit == "point" && index.stated;
    let measure = match figure.measure {
        Measure::Level if points && is_far_below(size, index.greatest) => Measure::Difference,
        Measure::Difference if points && near(size) => Measure::Level,
        _ => return,
    };
    if measure == Measure::Level {
        figure.value = size;
        figure.value_high = figure.value_high.map(|high| high.abs());
    }
    figure.measure = measure;
}

/// Whether a figure is printed like a level in thousands with a comma for the thousands (`1,387`).
fn may_be_thousands(figure: &Observation) -> bool {
    figure.decimals == 3 && figure.value < Decimal::TEN
}

fn to_thousands(figure: &mut Observation) {
    figure.value = (figure.value * Decimal::ONE_THOUSAND).normalize();
    figure.value_high = figure.value_high.map(|high| (high * Decimal::ONE_THOUSAND).normalize());
    figure.decimals = 0;
}

/// Whether nothing is printed behind a number that is large or fine enough to be a level of an index.
fn is_bare_level(figure: &Observation) -> bool {
    let bare = figure.unit == "count" && figure.unit_text.is_none() && figure.measure == Measure::Level;
    bare && (figure.value >= Decimal::ONE_HUNDRED || figure.decimals == 2 || may_be_thousands(figure))
}

/// The levels that a text tells of an index; where it tells only how the index moves, those that it can have.
fn levels<'k>(index: &'k Indicator, observations: &[Observation]) -> Option<Levels<'k>> {
    let of = index.id.as_str();
    let own = observations.iter().filter(|figure| figure.indicator.as_deref() == Some(of));
    let lowest = index.plausible.level.and_then(|(lowest, _)| Decimal::try_from(lowest).ok()).unwrap_or_default();
    let levels = own.clone().filter(|figure| is_level(figure) && figure.value >= lowest).map(|figure| figure.value);
    if let Some(greatest) = levels.clone().max() {
        let least = levels.filter(|value| !is_far_below(*value, greatest)).min().unwrap_or(greatest);
        return Some(Levels { of, least, greatest, stated: true });
    }
    // (what begins at nought may be anything that is given in points)
    let (least, greatest) = index.plausible.level.filter(|(least, _)| *least > 0.0 && own.clone().next().is_some())?;
    Some(Levels { of, least: Decimal::try_from(least).ok()?, greatest: Decimal::try_from(greatest).ok()?, stated: false })
}

fn is_level(figure: &Observation) -> bool {
    figure.unit == "point" && figure.measure == Measure::Level
}

/// Whether a figure says by how many points something moves.
fn is_move(figure: &Observation) -> bool {
    figure.unit == "point" && figure.measure == Measure::Difference
}

/// Whether a value is no level beside one that is told (`sắc xanh 1,05 điểm` of an index at 526).
fn is_far_below(value: Decimal, level: Decimal) -> bool {
    value < level / Decimal::TEN
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
