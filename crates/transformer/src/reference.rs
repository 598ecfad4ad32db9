//! What the transformer asks of the tables of `data/`, behind a few quick questions.

use std::borrow::Cow;

use jiff::civil::Date;
use knowledge::{Checks, Columns, Correction, Knowledge, Table};
use model::Observation;

use crate::TransformError;

/// The tables, ready to be asked.
pub struct Reference<'k> {
    /// How figures are compared.
    pub checks: &'k Checks,
    /// Known errors of sources.
    pub corrections: &'k [Correction],
    columns: &'k Columns,
}

impl<'k> Reference<'k> {
    /// Prepares the tables.
    pub fn new(known: &'k Knowledge) -> Self {
        Self { checks: &known.checks, corrections: &known.corrections, columns: &known.columns }
    }

    /// The definition of a table.
    pub fn table(&self, name: &str) -> Result<&'k Table, TransformError> {
        self.columns.table(name).ok_or_else(|| TransformError::Table { table: name.to_owned() })
    }

    /// All tables.
    pub fn tables(&self) -> &'k [Table] {
        self.columns.tables()
    }

    /// Vietnamese name of a place.
    pub fn region_name(&self, _id: &str) -> Option<&'k str> {
        None
    }

    /// Official code of a place on a day.
    pub fn region_code(&self, _id: &str, _day: Option<Date>) -> Option<&'k str> {
        None
    }

    /// What narrows a figure's indicator, in a spelling that does not depend on how it is introduced.
    pub fn narrowing<'a>(&self, figure: &'a Observation) -> Cow<'a, str> {
        let Some(breakdown) = figure.breakdown.as_deref() else {
            return Cow::Borrowed("");
        };
        let folded = breakdown.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Cow::Owned(without_generic(&folded, &self.checks.generic).to_owned())
    }
}

/// The text without the words at its head that say only that it is a part.
fn without_generic<'t>(text: &'t str, generic: &[String]) -> &'t str {
    let mut rest = text;
    while let Some(shorter) = generic.iter().find_map(|word| rest.strip_prefix(word.as_str())?.strip_prefix(' ')) {
        rest = shorter;
    }
    rest.trim_end_matches([',', '.', ';', ' '])
}
