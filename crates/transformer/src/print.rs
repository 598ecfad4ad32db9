//! Numbers in English and Vietnamese sentences.

use crate::interval::Interval;

/// A language of explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `584.7 trillion VND`
    English,
    /// `584,7 nghìn tỷ đồng`
    Vietnamese,
}

use Language::{English, Vietnamese};

const SCALES: [(f64, &str, &str); 4] = [(1e12, "trillion", "nghìn tỷ"), (1e9, "billion", "tỷ"), (1e6, "million", "triệu"), (1.0, "", "")];

/// A number with its unit, rounded as people would.
pub fn number(value: f64, unit: &str, language: Language) -> String {
    let (factor, english, vietnamese) = SCALES.into_iter().find(|(factor, ..)| value.abs() >= *factor).unwrap_or(SCALES[3]);
    let scale = if language == English { english } else { vietnamese };
    let mut text = digits(value / factor, language);
    for word in [scale, unit_name(unit, language)].into_iter().filter(|word| !word.is_empty()) {
        text.push_str(if unit == "%" { "" } else { " " });
        text.push_str(word);
    }
    text
}

/// An interval with its unit.
pub fn interval(interval: Interval, unit: &str, language: Language) -> String {
    let (low, high) = (number(interval.low, unit, language), number(interval.high, unit, language));
    match (interval.low.is_finite(), interval.high.is_finite(), language) {
        (true, true, _) if low == high => low,
        (true, true, English) => format!("{low} to {high}"),
        (true, true, Vietnamese) => format!("{low} đến {high}"),
        (true, false, English) => format!("{low} or more"),
        (true, false, Vietnamese) => format!("từ {low} trở lên"),
        (false, true, English) => format!("{high} or less"),
        (false, true, Vietnamese) => format!("không quá {high}"),
        (false, false, English) => "anything".to_owned(),
        (false, false, Vietnamese) => "bất kỳ".to_owned(),
    }
}

fn unit_name(unit: &str, language: Language) -> &str {
    match (unit, language) {
        ("VND", Vietnamese) => "đồng",
        ("pp", English) => "percentage points",
        ("pp", Vietnamese) => "điểm phần trăm",
        ("x", English) => "times",
        ("x", Vietnamese) => "lần",
        ("count", _) => "",
        ("t", English) => "tonnes",
        ("t", Vietnamese) => "tấn",
        _ => unit,
    }
}

/// Up to six significant digits, groups of thousands, no trailing zeros.
fn digits(value: f64, language: Language) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let before = value.abs().max(1.0).log10().floor() as usize + 1;
    let fixed = format!("{value:.*}", 5_usize.saturating_sub(before).clamp(0, 4));
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let fraction = fraction.trim_end_matches('0');
    let (group, mark) = if language == English { (',', '.') } else { ('.', ',') };
    let mut text = grouped(whole, group);
    if !fraction.is_empty() {
        text.push(mark);
        text.push_str(fraction);
    }
    if text == "-0" { "0".to_owned() } else { text }
}

fn grouped(whole: &str, mark: char) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_the_press_prints_them() {
        for (value, unit, english, vietnamese) in [
            (584.7e12, "VND", "584.7 trillion VND", "584,7 nghìn tỷ đồng"),
            (-16e9, "USD", "-16 billion USD", "-16 tỷ USD"),
            (37.688, "%", "37.688%", "37,688%"),
            (12359.0, "count", "12,359", "12.359"),
            (-0.000_001, "pp", "0 percentage points", "0 điểm phần trăm"),
        ] {
            assert_eq!(number(value, unit, English), english);
            assert_eq!(number(value, unit, Vietnamese), vietnamese);
        }
    }
}
