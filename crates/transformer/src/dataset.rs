//! What a transformation gives.

use polars::prelude::*;

use crate::TransformError;
use crate::summary::Summary;

/// The tables of the contract, over files in the staging folder.
pub struct Dataset {
    /// Tables by name, in the order of `data/columns.toml`; each in pieces which are its rows one behind another, sorted by key.
    ///
    /// A piece is sorted when it is collected and fits into memory then; several at a time need not.
    pub tables: Vec<(String, Vec<LazyFrame>)>,
    /// Counts for people and for `run.json`.
    pub summary: Summary,
}

impl Dataset {
    /// The checks that came out inconsistent, in the order of the table.
    pub fn failed_checks(&self) -> Result<Vec<FailedCheck>, TransformError> {
        let checks = self.tables.iter().filter(|(table, _)| table == "checks").flat_map(|(_, pieces)| pieces);
        let mut failed = Vec::new();
        for piece in checks {
            failed.extend(failed_in(piece.clone()).map_err(TransformError::frame("listing the checks that failed"))?);
        }
        Ok(failed)
    }
}

fn failed_in(checks: LazyFrame) -> PolarsResult<Vec<FailedCheck>> {
    let text = |name: &str| col(name).cast(DataType::String);
    let failed = checks.filter(text("verdict").eq(lit("inconsistent"))).select([text("check"), text("article"), text("explanation")]);
    let failed = failed.collect()?;
    let column = |name: &str| failed.column(name).and_then(|column| column.str().cloned());
    let (names, articles, explanations) = (column("check")?, column("article")?, column("explanation")?);
    let rows = names.iter().zip(articles.iter()).zip(explanations.iter());
    let failed = rows.map(|((check, article), explanation)| FailedCheck {
        check: check.unwrap_or_default().to_owned(),
        article: article.map(str::to_owned),
        explanation: explanation.unwrap_or_default().to_owned(),
    });
    Ok(failed.collect())
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
