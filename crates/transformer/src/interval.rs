//! Intervals: what a printed number allows the truth to be.

use knowledge::{Bounds, Width};
use model::{Bound, Observation};

use crate::rows::float;

/// Share of an end that floating point may have moved it by.
const SLACK: f64 = 1e-9;
/// Share of a number up to which the zeros at its end may be rounding.
const ZEROS: f64 = 0.01;

/// A closed interval; an end may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// An interval from two ends in any order.
    pub fn new(a: f64, b: f64) -> Self {
        Self { low: a.min(b), high: a.max(b) }
    }

    /// The interval of one number.
    pub fn point(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// What the print of an observation allows.
    pub fn stated(figure: &Observation, bounds: &Bounds) -> Self {
        let (first, last) = (float(figure.value), float(figure.value_high.unwrap_or(figure.value)));
        let scale = float(figure.scale);
        let unit = 10_f64.powi(-(figure.decimals as i32)) * scale;
        let Some(width) = width(figure.bound, bounds) else {
            return Self::new(first - unit / 2.0, last + unit / 2.0);
        };
        let (low, high) = if first.abs() <= last.abs() { (first, last) } else { (last, first) };
        let toward_zero = width.below.map_or(f64::INFINITY, |steps| steps * last_digit(low / scale, figure.decimals) * scale);
        let away = width.above.map_or(f64::INFINITY, |steps| steps * last_digit(high / scale, figure.decimals) * scale);
        let sign = if high < 0.0 { -1.0 } else { 1.0 };
        Self::new(low - sign * toward_zero, high + sign * away)
    }

    /// What the print allows if its number was cut off, or rounded once more, and not rounded once: a unit of the last digit
    /// to both sides, where zeros at its end are taken for rounding as long as they stay below a hundredth of the number.
    pub fn careless(figure: &Observation, bounds: &Bounds) -> Self {
        let stated = Self::stated(figure, bounds);
        let scale = float(figure.scale);
        let printed = float(figure.value) / scale;
        let unit = 10_f64.powi(-(figure.decimals as i32)).max(last_digit(printed, figure.decimals).min(printed.abs() * ZEROS)) * scale;
        let rounded = if figure.bound == Bound::Exact { unit / 2.0 } else { unit };
        Self::new(stated.low - rounded, stated.high + rounded)
    }

    /// Whether both ends are finite.
    pub fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    /// The number in the middle; the finite end where there is one.
    pub fn middle(self) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, false) => self.low,
            (false, true) => self.high,
            _ => f64::midpoint(self.low, self.high),
        }
    }

    /// Whether the two have a number in common.
    pub fn meets(self, other: Self) -> bool {
        let slack = SLACK
            * [self.low, self.high, other.low, other.high].into_iter().filter(|end| end.is_finite()).fold(0.0, |a: f64, b| a.max(b.abs()));
        self.low <= other.high + slack && other.low <= self.high + slack
    }

    /// Whether a number lies inside.
    pub fn holds(self, value: f64) -> bool {
        self.meets(Self::point(value))
    }

    /// The smallest interval around both.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What both allow; its ends are crossed where they have no number in common.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// Whether its ends are crossed beyond what floating point may have moved them by.
    pub fn is_empty(self) -> bool {
        self.low > self.high && !Self::point(self.low).holds(self.high)
    }

    /// All quotients; without limits where the divisor may be zero.
    #[must_use]
    pub fn over(self, divisor: Self) -> Self {
        if divisor.low <= 0.0 && divisor.high >= 0.0 {
            return Self { low: f64::NEG_INFINITY, high: f64::INFINITY };
        }
        self.times(Self::new(1.0 / divisor.low, 1.0 / divisor.high))
    }

    /// All products.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let products = [self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high];
        let known = products.into_iter().filter(|product| !product.is_nan());
        let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), product| (low.min(product), high.max(product)));
        Self { low, high }
    }

    /// All sums.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// All differences.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    /// Every number of it, multiplied.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self::new(self.low * factor, self.high * factor)
    }

    /// Every number of it, moved.
    #[must_use]
    pub fn moved(self, by: f64) -> Self {
        Self { low: self.low + by, high: self.high + by }
    }
}

fn width(bound: Bound, bounds: &Bounds) -> Option<Width> {
    match bound {
        Bound::Exact => None,
        Bound::About => Some(bounds.about),
        Bound::Over => Some(bounds.over),
        Bound::Under => Some(bounds.under),
        Bound::AtLeast => Some(bounds.at_least),
        Bound::AtMost => Some(bounds.at_most),
    }
}

/// The unit of the last digit that says something: `500` has hundreds, `38` ones, `584,7` tenths.
fn last_digit(printed: f64, decimals: u32) -> f64 {
    if decimals > 0 {
        return 10_f64.powi(-(decimals as i32));
    }
    let mut number = printed.abs().round() as i64;
    let mut unit = 1.0;
    while number != 0 && number % 10 == 0 {
        number /= 10;
        unit *= 10.0;
    }
    unit
}
