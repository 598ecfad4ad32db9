//! When the figures of a headline hold: as the text says that tells of them again.

use model::{Bound, Measure, Observation, Period, PeriodFrom};
use rust_decimal::Decimal;

/// Words of the longest headline.
const LONGEST_HEADLINE: usize = 25;

/// A sum in a title holds when the text says so that repeats it (`KBNN huy động được 84.524 tỷ đồng`).
pub(crate) fn date_title(observations: &mut [Observation]) {
    let Some(title) = observations.first().map(|first| first.block).filter(|block| *block == 0) else { return };
    for at in 0..observations.len() {
        let figure = &observations[at];
        let undated = figure.block == title && figure.period_from == Some(PeriodFrom::Publication);
        let sum = figure.measure == Measure::Level && figure.unit != "%" && !figure.unit.contains('/');
        let rounded = is_rounded(figure);
        if !(undated && sum || rounded) {
            continue;
        }
        let same = |other: &&Observation| {
            let equal = (other.value, other.value_high) == (figure.value, figure.value_high);
            (equal || rounded && rounds(figure, other) && other.indicator == figure.indicator)
                && (&other.unit, other.measure) == (&figure.unit, figure.measure)
                && other.block > title
        };
        let told = |other: &Observation| matches!(other.period_from, Some(PeriodFrom::Clause | PeriodFrom::Sentence));
        if let Some(period) = observations.iter().find(same).filter(|other| told(other)).and_then(|other| other.period) {
            (observations[at].period, observations[at].period_from) = (Some(period), Some(PeriodFrom::Context));
        }
    }
}

/// Whether a figure stands in a headline that names no time of its own, with enough digits to be known again.
fn is_rounded(figure: &Observation) -> bool {
    let told = matches!(figure.period_from, Some(PeriodFrom::Publication | PeriodFrom::Context));
    // (the words of a sentence without end are not all counted)
    let short = || figure.sentence.split_whitespace().nth(LONGEST_HEADLINE).is_none();
    let headline = figure.block == 0 && !figure.sentence.ends_with('.') && short();
    let digits = (figure.value / figure.scale).normalize();
    let known = digits.mantissa().unsigned_abs() >= 10 && !digits.mantissa().unsigned_abs().is_multiple_of(10);
    told && headline && known && figure.value_high.is_none() && !matches!(figure.period, Some(Period::Day(_)))
}

/// Whether the figure of a headline is another one with fewer digits (`gần 389 tỷ USD` of `388,62 tỷ USD`).
fn rounds(figure: &Observation, other: &Observation) -> bool {
    let step = figure.scale * Decimal::new(1, figure.decimals);
    let (size, off) = (other.value.abs(), other.value.abs() - figure.value.abs());
    let near = match figure.bound {
        Bound::Over => off >= Decimal::ZERO && off < step,
        Bound::Under => off <= Decimal::ZERO && -off < step,
        _ => off.abs() * Decimal::TWO <= step,
    };
    near && size > Decimal::ZERO && other.value_high.is_none() && other.value.is_sign_negative() == figure.value.is_sign_negative()
}
