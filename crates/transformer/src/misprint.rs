//! What misprints look like: a number in the wrong scale, with two digits swapped, or with one digit for another.

use knowledge::Disagreement;

/// Share by which two prints of one number differ when only floating point parts them.
const SLACK: f64 = 1e-9;

/// Whether one of two numbers looks like a misprint of the other.
///
/// Digits tell where there are enough of them: a swap keeps them all, so fewer do than where one was replaced.
pub fn look_alike(a: f64, b: f64, rules: &Disagreement) -> bool {
    if a * b <= 0.0 {
        return false;
    }
    let (ours, theirs) = (Digits::of(a), Digits::of(b));
    let told_by = |digits: usize| ours.count().max(theirs.count()) >= digits;
    let scaled = |slip: &f64| is_factor(a, b, *slip) && ours.count() >= rules.digits;
    rules.slips.iter().any(scaled)
        || (told_by(rules.digits) && ours.is_swap_of(&theirs))
        || (told_by(rules.digits + 1) && ours.has_one_other(&theirs))
}

/// Whether two numbers of one sign are the same but for a factor.
fn is_factor(a: f64, b: f64, factor: f64) -> bool {
    let (small, large) = if a.abs() <= b.abs() { (a, b) } else { (b, a) };
    (large / small / factor - 1.0).abs() < SLACK
}

/// Whether the longer of two prints, rounded to the digits of the shorter, gives the shorter.
pub fn rounds_to(a: f64, b: f64) -> bool {
    let digits = Digits::of(a).count().min(Digits::of(b).count());
    rounded(a, digits) == rounded(b, digits)
}

fn rounded(value: f64, digits: usize) -> String {
    format!("{value:.*e}", digits.saturating_sub(1))
}

/// The share of the larger of two numbers that they are apart.
pub fn apart(a: f64, b: f64) -> f64 {
    (a - b).abs() / a.abs().max(b.abs())
}

/// The digits of a number without the zeros around them.
pub fn digits(value: f64) -> usize {
    Digits::of(value).count()
}

/// A number as it is printed, whatever its scale word: `12537e9` and `12,537e12` are the same.
#[derive(Debug, PartialEq, Eq)]
struct Digits {
    digits: Vec<u8>,
    exponent: i32,
}

impl Digits {
    fn of(value: f64) -> Self {
        let text = format!("{:e}", value.abs());
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        Self { digits: digits.bytes().filter(u8::is_ascii_digit).collect(), exponent: exponent.parse().unwrap_or(0) }
    }

    fn count(&self) -> usize {
        self.digits.len()
    }

    /// The places at which two numbers of one size differ, with the digits there; none where their sizes differ.
    fn differences(&self, other: &Self) -> Option<Vec<(usize, u8, u8)>> {
        let at = |digits: &[u8], place: usize| digits.get(place).copied().unwrap_or(b'0');
        let places = (0..self.count().max(other.count())).map(|place| (place, at(&self.digits, place), at(&other.digits, place)));
        (self.exponent == other.exponent).then(|| places.filter(|(_, ours, theirs)| ours != theirs).collect())
    }

    fn has_one_other(&self, other: &Self) -> bool {
        self.differences(other).is_some_and(|places| places.len() == 1)
    }

    /// Whether two neighbouring digits have changed places.
    fn is_swap_of(&self, other: &Self) -> bool {
        match self.differences(other).as_deref() {
            Some([first, second]) => first.0 + 1 == second.0 && first.1 == second.2 && first.2 == second.1,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misprints_are_told_from_other_numbers() {
        let rules = knowledge::Knowledge::load(None).unwrap().checks.disagreement;
        assert!(look_alike(12_537e9, 11_537e9, &rules), "one digit is another");
        assert!(look_alike(1_750e9, 1_705e9, &rules), "two digits are swapped");
        assert!(look_alike(2.67, 2.76, &rules));
        assert!(look_alike(1_332.3e9, 1_332.3e12, &rules), "the scale is another");
        assert!(!look_alike(1e9, 1e6, &rules), "one digit may be anything");
        assert!(!look_alike(7.9, 8.5, &rules));
        assert!(!look_alike(9.3, 9.0, &rules), "two digits are too few for one of them to tell");
        assert!(!look_alike(371.3e9, 354.67e9, &rules));
        assert!(!look_alike(2.67, -2.67, &rules));
    }

    #[test]
    fn a_shorter_print_may_be_the_longer_one_rounded() {
        assert!(rounds_to(558_800.0, 558_751.0));
        assert!(rounds_to(335.59e9, 335.6e9));
        assert!(!rounds_to(439.81e9, 440.09e9));
    }
}
