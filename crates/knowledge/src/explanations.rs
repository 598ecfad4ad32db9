//! How checks explain themselves, in English and Vietnamese (`data/explanations.toml`).

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::fmt::strtime;
use serde::Deserialize;

use crate::{Files, KnowledgeError};

const FILE: &str = "explanations.toml";
/// The verdicts that need a phrase.
const VERDICTS: [&str; 3] = ["consistent", "inconsistent", "undetermined"];

/// A day that every pattern has to write.
const A_DAY: Date = date(2024, 10, 31);

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// Vietnamese.
    pub vi: String,
}

/// How the first and the last day of a period are written, in the letters of `strftime`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    /// English.
    pub en: [String; 2],
    /// Vietnamese.
    pub vi: [String; 2],
}

/// A word for a large number.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Large {
    /// The number.
    pub factor: f64,
    /// English.
    pub en: String,
    /// Vietnamese.
    pub vi: String,
}

/// How periods are written, by their kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodNames {
    /// A year.
    pub year: Dates,
    /// January to June.
    pub first_half: Dates,
    /// July to December.
    pub second_half: Dates,
    /// A quarter, by its number.
    pub quarter: Dates,
    /// A month.
    pub month: Dates,
    /// A day.
    pub day: Dates,
    /// Months from January, by their number.
    pub to_date: Dates,
    /// Whole years.
    pub years: Dates,
    /// Other whole months.
    pub months: Dates,
    /// Other days.
    pub days: Dates,
}

impl PeriodNames {
    /// What writes a day, in both languages.
    fn patterns(&self) -> impl Iterator<Item = &str> {
        let Self { year, first_half, second_half, quarter, month, day, to_date, years, months, days } = self;
        let all = [year, first_half, second_half, quarter, month, day, to_date, years, months, days];
        all.into_iter().flat_map(|dates| dates.en.iter().chain(&dates.vi)).map(String::as_str)
    }
}

/// How intervals are written, with blanks for their ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalNames {
    /// With two ends.
    pub between: Sentence,
    /// Without an upper end.
    pub from: Sentence,
    /// Without a lower end.
    pub to: Sentence,
    /// Without ends.
    pub any: Sentence,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    id: String,
    says: Sentence,
    #[serde(default)]
    verdict: BTreeMap<String, Sentence>,
}

/// All sentences and the words in them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanations {
    check: Vec<Explained>,
    verdict: BTreeMap<String, Sentence>,
    measure: BTreeMap<String, Sentence>,
    /// Words for large numbers, the largest first.
    pub scale: Vec<Large>,
    /// How periods are written.
    pub period: PeriodNames,
    /// How intervals are written.
    pub interval: IntervalNames,
}

impl Explanations {
    /// Reads and checks the table.
    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let read: Self = files.table(FILE)?;
        let malformed = |needle: &str, why| KnowledgeError::Malformed { file: FILE.to_owned(), line: files.line_of(FILE, needle), why };
        for (at, check) in read.check.iter().enumerate() {
            let id = &check.id;
            if read.check[..at].iter().any(|other| other.id == *id) {
                return Err(malformed(id, format!("`{id}` has two sentences")));
            }
            if let Some(verdict) = check.verdict.keys().find(|verdict| !VERDICTS.contains(&verdict.as_str())) {
                return Err(malformed(id, format!("`{verdict}` is no verdict of `{id}`; there are {}", VERDICTS.join(", "))));
            }
        }
        if let Some((pattern, why)) = read.period.patterns().find_map(|pattern| Some((pattern, strtime::format(pattern, A_DAY).err()?))) {
            return Err(malformed(pattern, format!("`{pattern}` writes no day: {why}")));
        }
        if let Some(verdict) = VERDICTS.into_iter().find(|verdict| !read.verdict.contains_key(*verdict)) {
            return Err(malformed("[verdict", format!("there is no phrase for the verdict `{verdict}`")));
        }
        Ok(read)
    }

    /// The sentence that explains a check, and the phrase for its verdict.
    pub fn of(&self, check: &str, verdict: &str) -> Option<(&Sentence, &Sentence)> {
        let explained = self.check.iter().find(|explained| explained.id == check)?;
        let verdict = explained.verdict.get(verdict).or_else(|| self.verdict.get(verdict))?;
        Some((&explained.says, verdict))
    }

    /// The word for what a figure says of its subject; none where it is the subject itself.
    pub fn measure(&self, measure: &str) -> Option<&Sentence> {
        self.measure.get(measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_writes_no_day_is_refused() {
        let mut read: Explanations = Files::built_in().table(FILE).unwrap();
        assert!(read.period.patterns().all(|pattern| strtime::format(pattern, A_DAY).is_ok()));
        read.period.month.vi[1] = "tháng %Ω".to_owned();
        assert!(read.period.patterns().any(|pattern| strtime::format(pattern, A_DAY).is_err()));
    }
}
