//! What the transformer asks of the tables of `data/`, behind a few quick questions.

use std::borrow::Cow;
use std::iter;

use jiff::civil::{Date, date};
use knowledge::{Checks, Correction, Indicator, Kind, Knowledge, RegionKind, Table};
use model::Observation;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::TransformError;

/// The day for which a place without a period gets its code.
const TODAY: Date = date(9999, 12, 31);

/// The tables, ready to be asked.
pub struct Reference<'k> {
    /// How figures are compared.
    pub checks: &'k Checks,
    /// Known errors of sources.
    pub corrections: &'k [Correction],
    /// All tables.
    pub known: &'k Knowledge,
    indicators: FxHashMap<&'k str, &'k Indicator>,
    regions: FxHashMap<&'k str, &'k knowledge::Region>,
    /// Names of products, industries and partners by their id, folded.
    names: FxHashMap<&'k str, FxHashSet<String>>,
    /// English and Vietnamese names of products, industries and partners by their id.
    part_names: FxHashMap<&'k str, (&'k str, &'k str)>,
    /// English and Vietnamese names of units and of denominators.
    unit_names: FxHashMap<&'k str, (&'k str, &'k str)>,
    per_names: FxHashMap<&'k str, (&'k str, &'k str)>,
    /// Names of indicators by their id, in lower case.
    indicator_names: FxHashMap<&'k str, FxHashSet<String>>,
}

impl<'k> Reference<'k> {
    /// Prepares the tables.
    pub fn new(known: &'k Knowledge) -> Self {
        let mut names: FxHashMap<&str, FxHashSet<String>> = FxHashMap::default();
        let products = known.products.iter().map(|product| (&product.id, &product.vi, &product.says));
        let industries = known.industries.iter().map(|industry| (&industry.id, &industry.vi, &industry.says));
        let partners = known.partners.iter().map(|partner| (&partner.id, &partner.vi, &partner.says));
        for (id, vi, says) in products.chain(industries).chain(partners) {
            let folded = says.iter().chain([vi]).map(|name| fold(name, &known.checks));
            names.entry(id).or_default().extend(folded);
        }
        let products = known.products.iter().map(|product| (product.id.as_str(), (product.en.as_str(), product.vi.as_str())));
        let industries = known.industries.iter().map(|industry| (industry.id.as_str(), (industry.en.as_str(), industry.vi.as_str())));
        let partners = known.partners.iter().map(|partner| (partner.id.as_str(), (partner.en.as_str(), partner.vi.as_str())));
        Self {
            part_names: products.chain(industries).chain(partners).collect(),
            checks: &known.checks,
            corrections: &known.corrections,
            known,
            indicators: known.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator)).collect(),
            regions: known.regions.all().iter().map(|region| (region.id.as_str(), region)).collect(),
            names,
            unit_names: known.units.names().into_iter().collect(),
            per_names: known.units.denominator_names().into_iter().collect(),
            indicator_names: known
                .indicators
                .iter()
                .map(|indicator| {
                    (indicator.id.as_str(), indicator.says.iter().chain(&indicator.counts).map(|name| lower(name).into_owned()).collect())
                })
                .collect(),
        }
    }

    /// The definition of a table.
    pub fn table(&self, name: &str) -> Result<&'k Table, TransformError> {
        self.known.columns.table(name).ok_or_else(|| TransformError::Table { table: name.to_owned() })
    }

    /// All tables.
    pub fn tables(&self) -> &'k [Table] {
        self.known.columns.tables()
    }

    /// An indicator.
    pub fn indicator(&self, id: &str) -> Option<&'k Indicator> {
        self.indicators.get(id).copied()
    }

    /// Whether words are a name of the indicator and nothing more.
    pub fn is_name(&self, indicator: &str, words: &str) -> bool {
        self.indicator_names.get(indicator).is_some_and(|names| names.contains(&*lower(words)))
    }

    /// Whether a breakdown narrows nothing.
    pub fn is_bare(&self, breakdown: &str) -> bool {
        fold(breakdown, self.checks).is_empty()
    }

    /// Whether levels of the indicator's parts add up: amounts do, rates and prices do not.
    pub fn adds_up(&self, indicator: &str) -> bool {
        self.indicator(indicator).is_some_and(|known| matches!(known.kind, Kind::Flow | Kind::Stock | Kind::Count))
    }

    /// Whether the growth of the indicator is stated in other prices than its levels.
    pub fn in_constant_prices(&self, indicator: &str) -> bool {
        self.checks.constant_prices.iter().any(|id| id == indicator)
    }

    /// Whether a place is a province.
    pub fn is_province(&self, id: &str) -> bool {
        self.regions.get(id).is_some_and(|region| region.kind == RegionKind::Province)
    }

    /// English and Vietnamese name of a product, an industry or a partner.
    pub fn part_name(&self, id: &str) -> Option<(&'k str, &'k str)> {
        self.part_names.get(id).copied()
    }

    /// English and Vietnamese name of a unit.
    pub fn unit_name(&self, code: &str) -> Option<(&'k str, &'k str)> {
        self.unit_names.get(code).copied()
    }

    /// English and Vietnamese name of a denominator.
    pub fn per_name(&self, code: &str) -> Option<(&'k str, &'k str)> {
        self.per_names.get(code).copied()
    }

    /// Vietnamese name of a place.
    pub fn region_name(&self, id: &str) -> Option<&'k str> {
        self.regions.get(id).map(|region| region.vi.as_str())
    }

    /// English name of a place.
    pub fn region_name_en(&self, id: &str) -> Option<&'k str> {
        self.regions.get(id).map(|region| region.en.as_str())
    }

    /// Official code of a place on a day; of a place without a day, the code of today.
    pub fn region_code(&self, id: &str, day: Option<Date>) -> Option<&'k str> {
        let day = day.unwrap_or(TODAY);
        self.regions.get(id)?.codes.iter().find(|code| code.holds_on(day)).map(|code| code.code.as_str())
    }

    /// What narrows a figure's indicator, in a spelling that does not depend on how it is introduced;
    /// empty where the words say no more than the codes beside them.
    pub fn narrowing<'a>(&self, figure: &'a Observation) -> Cow<'a, str> {
        let Some(breakdown) = figure.breakdown.as_deref() else {
            return Cow::Borrowed("");
        };
        let folded = fold(breakdown, self.checks);
        let codes = [&figure.product, &figure.industry, &figure.partner];
        let coded =
            |part: &str| codes.into_iter().flatten().any(|code| self.names.get(code.as_str()).is_some_and(|names| names.contains(part)));
        if coded(&folded) {
            return Cow::Borrowed("");
        }
        // (`gạo, hàng năm` beside the code of rice)
        let parts = || breakdown.split(", ").map(|part| fold(part, self.checks));
        if parts().any(|part| coded(&part)) {
            return Cow::Owned(parts().filter(|part| !part.is_empty() && !coded(part)).collect::<Vec<_>>().join(", "));
        }
        Cow::Owned(folded)
    }
}

/// Lower case, single spaces; most words of a text come so.
fn lower(text: &str) -> Cow<'_, str> {
    if is_lower(text) {
        return Cow::Borrowed(text);
    }
    let mut lower = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !lower.is_empty() {
            lower.push(' ');
        }
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
    Cow::Owned(lower)
}

/// Whether a text is in lower case, with single spaces between its words and none around them.
fn is_lower(text: &str) -> bool {
    let mut behind_space = true;
    for letter in text.chars() {
        let space = letter == ' ';
        let other = if letter.is_ascii() {
            !matches!(letter, '!'..='~') || letter.is_ascii_uppercase()
        } else {
            letter.is_whitespace() || letter.is_uppercase()
        };
        if (space && behind_space) || (!space && other) {
            return false;
        }
        behind_space = space;
    }
    text.is_empty() || !behind_space
}

/// Lower case, single spaces, without the words at its head that say only that it is a part; empty where nothing else is left.
fn fold(text: &str, checks: &Checks) -> String {
    let folded = lower(text);
    let rest = plain(&folded, checks).trim_end_matches([',', '.', ';', ' ']);
    if checks.bare.iter().any(|bare| bare == rest) { String::new() } else { rest.to_owned() }
}

/// A part's name without the words at its head that say only that it is a part, as printed (`sang Hoa Kỳ`).
pub fn plain<'t>(text: &'t str, checks: &Checks) -> &'t str {
    iter::successors(Some(text), |text| checks.behind_generic(text)).last().unwrap_or(text)
}
