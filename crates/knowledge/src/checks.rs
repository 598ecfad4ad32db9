//! How figures are compared: widths of bounds, limits of belief, sums.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::{Files, Indicator, Kind, KnowledgeError};

const FILE: &str = "checks.toml";

/// How far a bound word lets the truth lie from the number, in units of the last digit printed; none is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Width {
    /// Towards zero.
    pub below: Option<f64>,
    /// Away from zero.
    pub above: Option<f64>,
}

/// The width of every bound but `exact`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// `khoảng`, `xấp xỉ`.
    pub about: Width,
    /// `hơn`, `trên`.
    pub over: Width,
    /// `gần`, `dưới`.
    pub under: Width,
    /// `ít nhất`.
    pub at_least: Width,
    /// `tối đa`.
    pub at_most: Width,
}

/// When two numbers for one key count as a disagreement, and not as two things that the reader took for one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// Share of the larger that what an identity states and gives are apart at most.
    pub near: f64,
    /// The same where its figures say all that they are about, or stand in one sentence.
    pub far: f64,
    /// The same for what two sources give.
    pub release: f64,
    /// Factors by which a number is off where its scale is misprinted.
    pub slips: Vec<f64>,
    /// Digits that a number must have for a misprint to be told from another number.
    pub digits: usize,
    /// Units of quotations, which move while sources print them.
    pub quoted: Vec<String>,
    /// Kinds of indicators that have many values at a time.
    pub many_kinds: Vec<Kind>,
    /// Topics of indicators that have many values at a time.
    pub many_topics: Vec<String>,
}

/// A whole indicator and indicators that are parts of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// The whole.
    pub whole: String,
    /// Its parts.
    pub parts: Vec<String>,
}

/// All that checks need to know.
#[derive(Clone, Debug)]
pub struct Checks {
    /// Words at the head of a breakdown that say only that it is one, longest first, by their first letter.
    generic: FxHashMap<char, Vec<String>>,
    /// Breakdowns that narrow nothing.
    pub bare: Vec<String>,
    /// Indicators whose growth is stated in constant prices.
    pub constant_prices: Vec<String>,
    /// Days after which another value counts as a revision.
    pub revision_after_days: i64,
    /// When numbers disagree.
    pub disagreement: Disagreement,
    /// Widths of bounds.
    pub bounds: Bounds,
    /// Inclusive limits of belief by measure.
    pub limits: BTreeMap<String, (f64, f64)>,
    /// Wholes with all their parts.
    pub sums: Vec<Whole>,
    /// Wholes with some of their parts.
    pub parts: Vec<Whole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    generic: Vec<String>,
    bare: Vec<String>,
    constant_prices: Vec<String>,
    revision_after_days: i64,
    disagreement: Disagreement,
    bounds: Bounds,
    limits: BTreeMap<String, (f64, f64)>,
    #[serde(default)]
    sum: Vec<Whole>,
    #[serde(default)]
    part: Vec<Whole>,
}

impl Checks {
    /// What stands behind a word that says only that something is a part, as printed (`sang Hoa Kỳ`); none where there is no such word.
    pub fn behind_generic<'t>(&self, text: &'t str) -> Option<&'t str> {
        let first = text.chars().next()?.to_lowercase().next()?;
        self.generic.get(&first)?.iter().find_map(|word| {
            let mut rest = text.chars();
            let begins = word
                .chars()
                .all(|letter| rest.next().is_some_and(|own| own == letter || own.is_uppercase() && own.to_lowercase().eq([letter])));
            rest.as_str().strip_prefix(' ').filter(|_| begins)
        })
    }

    /// Reads and checks the table.
    pub(crate) fn load(files: &Files, indicators: &[Indicator]) -> Result<Self, KnowledgeError> {
        let mut file: File = files.table(FILE)?;
        let named = file.sum.iter().chain(&file.part).flat_map(|whole| whole.parts.iter().chain([&whole.whole]));
        if let Some(id) = named.chain(&file.constant_prices).find(|id| !indicators.iter().any(|indicator| indicator.id == **id)) {
            return Err(KnowledgeError::UnknownId {
                file: FILE.to_owned(),
                line: files.line_of(FILE, &format!("\"{id}\"")),
                id: id.clone(),
            });
        }
        file.generic.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let mut generic: FxHashMap<char, Vec<String>> = FxHashMap::default();
        for word in file.generic {
            generic.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
        }
        for (name, (low, high)) in &file.limits {
            if low >= high {
                return Err(malformed(files, name, format!("the lower limit of `{name}` is not below the upper one")));
            }
        }
        Ok(Self {
            generic,
            bare: file.bare,
            constant_prices: file.constant_prices,
            revision_after_days: file.revision_after_days,
            disagreement: file.disagreement,
            bounds: file.bounds,
            limits: file.limits,
            sums: file.sum,
            parts: file.part,
        })
    }

    /// The wholes that an indicator is part of.
    pub fn wholes_of<'a>(&'a self, part: &'a str) -> impl Iterator<Item = &'a str> {
        self.sums.iter().chain(&self.parts).filter(move |whole| whole.parts.iter().any(|p| p == part)).map(|whole| whole.whole.as_str())
    }
}

fn malformed(files: &Files, needle: &str, why: String) -> KnowledgeError {
    KnowledgeError::Malformed { file: FILE.to_owned(), line: files.line_of(FILE, needle), why }
}
