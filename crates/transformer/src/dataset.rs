//! What a transformation gives.

use polars::prelude::*;

use crate::TransformError;
use crate::summary::Summary;

/// The tables of the contract, sorted by key, over files in the staging folder.
pub struct Dataset {
    /// Tables by name, in the order of `data/columns.toml`.
    pub tables: Vec<(String, LazyFrame)>,
    /// Counts for people and for `run.json`.
    pub summary: Summary,
}

impl Dataset {
    /// A table by name.
    pub fn table(&self, name: &str) -> Option<LazyFrame> {
        self.tables.iter().find(|(table, _)| table == name).map(|(_, frame)| frame.clone())
    }

    /// The checks that came out inconsistent, in the order of the table.
    pub fn failed_checks(&self) -> Result<Vec<FailedCheck>, TransformError> {
        let Some(checks) = self.table("checks") else { return Ok(Vec::new()) };
        let doing = "listing the checks that failed";
        let text = |name: &str| col(name).cast(DataType::String);
        let failed = checks
            .filter(text("verdict").eq(lit("inconsistent")))
            .select([text("check"), text("article"), text("explanation")])
            .collect()
            .map_err(TransformError::frame(doing))?;
        let column = |name: &str| failed.column(name).and_then(|column| column.str().cloned()).map_err(TransformError::frame(doing));
        let (names, articles, explanations) = (column("check")?, column("article")?, column("explanation")?);
        let rows = names.iter().zip(articles.iter()).zip(explanations.iter());
        Ok(rows
            .map(|((check, article), explanation)| FailedCheck {
                check: check.unwrap_or_default().to_owned(),
                article: article.map(str::to_owned),
                explanation: explanation.unwrap_or_default().to_owned(),
            })
            .collect())
    }
}

/// A check that came out inconsistent, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedCheck {
    /// Its name.
    pub check: String,
    /// The article; none where it joins several.
    pub article: Option<String>,
    /// The numbers in words.
    pub explanation: String,
}
