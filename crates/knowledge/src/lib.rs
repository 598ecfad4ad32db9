//! What the program knows, as tables: the only reader of `data/`.
//!
//! The door is [`Knowledge::load`]: the tables that the program was built with, or a folder of them.
//! Loading checks everything at once (unknown keys, ids defined twice or nowhere, spellings with two meanings)
//! and names file and line; after that nothing can fail.
//!
//! This crate must not know HTML, grammar, polars or the network.

mod checks;
mod columns;
mod corrections;
mod cues;
mod error;
mod explanations;
mod files;
mod indicators;
mod industries;
mod lexicon;
mod partners;
mod products;
mod publishers;
mod regions;
mod register;
mod rivals;
mod specialisations;
mod units;

use std::path::Path;

use rustc_hash::FxHashMap;

pub use checks::{Bounds, Checks, Disagreement, Whole, Width};
pub use columns::{Column, ColumnType, Columns, Table};
pub use corrections::Correction;
pub use cues::{CueClass, CueWords};
pub use error::KnowledgeError;
pub use explanations::{Dates, Explanations, IntervalNames, Large, PeriodNames, Sentence};
pub use files::Files;
pub use indicators::{Indicator, Kind, MeasureWords, NameWords, Narrowed, Part, Pattern, Plausible, Subject};
pub use industries::{Industry, IndustryLevel};
pub use lexicon::{
    BlockedBy, BlockedWords, BoundWords, Lexicon, NarrowingWords, NumberWords, Particles, PeriodWords, Reach, RelativeWords, SpeakerWords,
    StatusWords, Suffix, TimeUnit, TimeUnitWords, Valued,
};
pub use partners::{Partner, PartnerKind};
pub use products::Product;
pub use publishers::{Cues, Family, Layout, Publishers, Site};
pub use regions::{Code, Elsewhere, Needs, PlaceName, Region, RegionKind, Regions, Successor};
pub use rivals::{Rivals, Trait, Weight};
pub use specialisations::{Specialisation, Specialisations};
pub use units::{Denominator, Scale, Unit, UnitKind, Units};

/// All tables, checked.
#[derive(Debug)]
pub struct Knowledge {
    /// What a figure can be about.
    pub indicators: Vec<Indicator>,
    /// What a figure can be about outside the vocabulary.
    pub subjects: Vec<Subject>,
    /// Phrases around the names of indicators and subjects.
    pub name_words: NameWords,
    /// General indicators that words beside them make others.
    pub specialisations: Specialisations,
    /// What a name that says no measure is held against.
    pub rivals: Rivals,
    /// Goods and services.
    pub products: Vec<Product>,
    /// Branches of the economy.
    pub industries: Vec<Industry>,
    /// Countries, blocs and ownership sectors.
    pub partners: Vec<Partner>,
    /// Places, with their codes over time.
    pub regions: Regions,
    /// Scales, units and denominators.
    pub units: Units,
    /// The words of the grammar.
    pub lexicon: Lexicon,
    /// Profiles of publishers.
    pub publishers: Publishers,
    /// The output's tables and columns.
    pub columns: Columns,
    /// How figures are compared.
    pub checks: Checks,
    /// How it is said what came of it.
    pub explanations: Explanations,
    /// Known errors of sources.
    pub corrections: Vec<Correction>,
    /// The number of each indicator, by its id.
    numbers: FxHashMap<String, u16>,
}

impl Knowledge {
    /// The built-in tables, or those of a folder.
    pub fn load(folder: Option<&Path>) -> Result<Self, KnowledgeError> {
        let files = match folder {
            Some(folder) => Files::from_dir(folder)?,
            None => Files::built_in(),
        };
        Self::from_files(&files)
    }

    /// The number of an indicator in the vocabulary, by its id.
    pub fn number_of(&self, indicator: &str) -> Option<u16> {
        self.numbers.get(indicator).copied()
    }

    fn from_files(files: &Files) -> Result<Self, KnowledgeError> {
        let names = indicators::load(files)?;
        let numbers = names.indicators.iter().zip(0..).map(|(indicator, number)| (indicator.id.clone(), number)).collect();
        Ok(Self {
            numbers,
            checks: Checks::load(files, &names.indicators)?,
            explanations: Explanations::load(files)?,
            specialisations: Specialisations::load(files, &names.indicators)?,
            rivals: Rivals::load(files)?,
            products: products::load(files, &names.indicators)?,
            industries: industries::load(files)?,
            partners: partners::load(files)?,
            indicators: names.indicators,
            subjects: names.subjects,
            name_words: names.words,
            publishers: Publishers::load(files)?,
            regions: Regions::load(files)?,
            units: Units::load(files)?,
            lexicon: Lexicon::load(files)?,
            columns: Columns::load(files)?,
            corrections: corrections::load(files)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tables_load() -> Result<(), KnowledgeError> {
        let known = Knowledge::load(None)?;
        assert!(known.indicators.iter().any(|indicator| indicator.id == "exports" && indicator.kind == Kind::Flow));
        Ok(())
    }
}
