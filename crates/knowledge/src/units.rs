//! Scales, units and denominators (`data/units.toml`).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{Files, KnowledgeError};

const FILE: &str = "units.toml";

/// The lists of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Words that multiply.
    #[serde(rename = "scale")]
    pub scales: Vec<Scale>,
    /// Words that begin like a unit and are none.
    pub traps: Vec<String>,
    /// Things that are traded on the markets and are no goods.
    pub securities: Vec<String>,
    /// Nouns that only count what is named elsewhere.
    pub counters: Vec<String>,
    /// Units.
    #[serde(rename = "unit")]
    pub units: Vec<Unit>,
    /// Denominators.
    #[serde(rename = "per")]
    pub denominators: Vec<Denominator>,
}

/// A word that multiplies the number before it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Spellings.
    pub says: Vec<String>,
    /// What it multiplies by.
    pub factor: Decimal,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// Currencies.
    Money,
    /// `%`.
    Percent,
    /// Percentage points.
    Point,
    /// Multiples.
    Times,
    /// Index points and other scales without dimension.
    Index,
    /// Mass.
    Mass,
    /// Volume.
    Volume,
    /// Area.
    Area,
    /// Length.
    Length,
    /// Energy.
    Energy,
    /// Power.
    Power,
    /// Counted things.
    Count,
    /// Durations.
    Time,
}

/// A unit as it is printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Code in the tables.
    pub id: String,
    /// English name, where that is not the code.
    pub en: Option<String>,
    /// What it measures.
    pub kind: UnitKind,
    /// How many of the code's unit one printed unit is.
    pub factor: Decimal,
    /// Spellings.
    pub says: Vec<String>,
    /// Whether it counts only right behind the number or a scale word.
    #[serde(default)]
    pub glued: bool,
    /// The smallest amount that is meant so; less counts things.
    #[serde(default)]
    pub least: Decimal,
}

/// A denominator as it is printed behind a slash or `mỗi`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denominator {
    /// What stands behind the slash of a compound unit's code.
    pub id: String,
    /// Spellings.
    pub says: Vec<String>,
    /// How many of the id's unit one printed one is.
    pub factor: Decimal,
    /// Whether money for one is the price of a good.
    #[serde(default)]
    pub goods: bool,
    /// Whether what is priced by it has a new price every day.
    #[serde(default)]
    pub daily: bool,
    /// Whether dealers name two prices for it, at which they buy and at which they sell (`85,6 - 87 triệu đồng/lượng`).
    #[serde(default)]
    pub two_sided: bool,
    /// Whether goods are counted so on the world's market only.
    #[serde(default)]
    pub world: bool,
}

impl Units {
    /// What a code measures, its denominators aside (`VND/month` is money).
    pub fn kind_of(&self, code: &str) -> Option<UnitKind> {
        let base = code.split_once('/').map_or(code, |(base, _)| base);
        self.units.iter().find(|unit| unit.id == base).map(|unit| unit.kind)
    }

    /// English and Vietnamese names of the codes of units; a code in several entries has the first one's.
    pub fn names(&self) -> BTreeMap<&str, (&str, &str)> {
        let named = self.units.iter().map(|unit| (unit.id.as_str(), unit.en.as_deref(), &unit.says));
        first_names(named)
    }

    /// The same of what stands behind the slash of a compound unit.
    pub fn denominator_names(&self) -> BTreeMap<&str, (&str, &str)> {
        first_names(self.denominators.iter().map(|per| (per.id.as_str(), None, &per.says)))
    }

    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let units: Self = files.table(FILE)?;
        let factors = units.scales.iter().map(|s| (s.factor, &s.says)).chain(units.units.iter().map(|u| (u.factor, &u.says)));
        for (factor, says) in factors.chain(units.denominators.iter().map(|d| (d.factor, &d.says))) {
            if factor <= Decimal::ZERO {
                let name = says.first().map_or("", String::as_str);
                return Err(KnowledgeError::Malformed {
                    file: FILE.into(),
                    line: files.line_of(FILE, name),
                    why: format!("the factor of `{name}` is not above 0"),
                });
            }
        }
        Ok(units)
    }
}

fn first_names<'u>(named: impl Iterator<Item = (&'u str, Option<&'u str>, &'u Vec<String>)>) -> BTreeMap<&'u str, (&'u str, &'u str)> {
    let mut names = BTreeMap::new();
    for (id, en, says) in named {
        names.entry(id).or_insert((en.unwrap_or(id), says.first().map_or(id, String::as_str)));
    }
    names
}
