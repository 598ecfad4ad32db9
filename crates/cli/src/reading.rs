//! A reading in a line for people: `+6.39 % change of grdp · công nghiệp · ha-noi · 2020 against 2019`.

use model::{Bound, Measure, Observation, Status};
use rust_decimal::Decimal;

/// What a figure was read as: its amount, and what it is about.
pub struct Phrase {
    /// `about 584.7 trillion VND`
    pub amount: String,
    /// `level of retail_sales · ha-noi · 2020`
    pub about: String,
}

/// Puts an observation into words.
pub fn phrase(observation: &Observation) -> Phrase {
    let about = [
        Some(subject(observation)),
        observation.breakdown.clone(),
        observation.region.clone(),
        time(observation),
        (observation.status != Status::Actual).then(|| observation.status.as_str().to_owned()),
        observation.speaker.as_ref().map(|speaker| format!("says {speaker}")),
    ];
    Phrase { amount: amount(observation), about: about.into_iter().flatten().collect::<Vec<_>>().join(" · ") }
}

fn subject(observation: &Observation) -> String {
    let indicator = match (&observation.indicator, &observation.indicator_text) {
        (Some(id), _) => id.clone(),
        (None, Some(text)) => format!("“{text}”"),
        (None, None) => "?".to_owned(),
    };
    match observation.measure {
        Measure::Level => indicator,
        measure => format!("{} of {indicator}", measure.as_str()),
    }
}

fn time(observation: &Observation) -> Option<String> {
    let period = observation.period.map(|period| period.to_string());
    match observation.compared_with {
        Some(base) => Some(format!("{} against {base}", period.unwrap_or_else(|| "?".to_owned()))),
        None => period,
    }
}

fn amount(observation: &Observation) -> String {
    let bound = match observation.bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::Over => "over ",
        Bound::Under => "under ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    let signed = matches!(observation.measure, Measure::Change | Measure::Difference | Measure::Contribution);
    let low = number(observation.value, signed);
    let number = match observation.value_high {
        Some(high) => format!("{low} to {}", number(high, signed)),
        None => low,
    };
    format!("{bound}{number} {}", observation.unit)
}

/// Words for large powers of ten, largest first.
const SCALES: &[(i64, &str)] = &[(1_000_000_000_000, " trillion"), (1_000_000_000, " billion"), (1_000_000, " million")];

/// A number as people say it: `584.7 trillion`, `12,359`, `+6.39`.
fn number(value: Decimal, signed: bool) -> String {
    let (size, scale) = SCALES
        .iter()
        .find(|(power, _)| value.abs() >= Decimal::from(*power))
        .map_or((value, ""), |(power, word)| (value / Decimal::from(*power), *word));
    let digits = size.abs().normalize().to_string();
    let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), crate::terminal::grouped);
    let sign = if value.is_sign_negative() && !value.is_zero() {
        "−"
    } else if signed {
        "+"
    } else {
        ""
    };
    format!("{sign}{whole}{fraction}{scale}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        for (value, signed, text) in [
            ("584700000000000", false, "584.7 trillion"),
            ("12359", false, "12,359"),
            ("6.390", true, "+6.39"),
            ("-2", true, "−2"),
            ("0", false, "0"),
            ("-1500000", false, "−1.5 million"),
        ] {
            assert_eq!(number(value.parse().unwrap(), signed), text);
        }
    }
}
