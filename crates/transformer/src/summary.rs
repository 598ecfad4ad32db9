//! Counts that end a run.

use std::collections::BTreeMap;

use polars::prelude::*;
use serde::Serialize;

use crate::TransformError;

/// What a dataset holds, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Articles.
    pub articles: usize,
    /// Articles that are copies of an earlier one.
    pub copies: usize,
    /// Older versions of articles.
    pub superseded: usize,
    /// Observations.
    pub observations: usize,
    /// Observations by indicator; those without one under the empty name.
    pub by_indicator: BTreeMap<String, usize>,
    /// Numbers that were not understood.
    pub unread: usize,
    /// Statistical values.
    pub series: usize,
    /// Values that two or more independent sources state.
    pub shared: usize,
    /// Values on which sources disagree beyond rounding.
    pub conflicts: usize,
    /// Derived values by metric.
    pub metrics: BTreeMap<String, usize>,
    /// Checks by name and verdict.
    pub checks: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Summary {
    /// Counts the tables of a dataset, whose pieces may be in any order.
    pub fn of(tables: &[(String, Vec<LazyFrame>)]) -> Result<Self, TransformError> {
        let frame = |name: &str| {
            let pieces = tables.iter().find(|(table, _)| table == name).map_or(&[][..], |(_, pieces)| pieces);
            concat(pieces, UnionArgs::default()).map_err(TransformError::frame(format!("counting `{name}`")))
        };
        let by_indicator = counts(frame("observations")?, &["indicator"])?;
        let mut checks: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (names, count) in counts(frame("checks")?, &["check", "verdict"])? {
            checks.entry(names[0].clone()).or_default().insert(names[1].clone(), count);
        }
        Ok(Self {
            articles: height(frame("articles")?, col("article").is_not_null())?,
            copies: height(frame("articles")?, col("copy_of").is_not_null())?,
            superseded: height(frame("history")?, col("article").is_not_null())?,
            observations: by_indicator.iter().map(|(_, count)| count).sum(),
            by_indicator: by_indicator.into_iter().map(|(mut names, count)| (names.remove(0), count)).collect(),
            unread: height(frame("unread")?, col("article").is_not_null())?,
            series: height(frame("series")?, col("series").is_not_null())?,
            shared: height(frame("series")?, col("sources").gt(lit(1)))?,
            conflicts: height(frame("series")?, col("conflict"))?,
            metrics: counts(frame("metrics")?, &["metric"])?.into_iter().map(|(mut names, count)| (names.remove(0), count)).collect(),
            checks,
        })
    }
}

/// How many rows there are of which something holds.
fn height(frame: LazyFrame, which: Expr) -> Result<usize, TransformError> {
    // (polars 0.55 cannot count the rows of files and frames together, as `len` alone would)
    Ok(frame.select([which.alias("counted")]).filter(col("counted")).collect().map_err(TransformError::frame("counting rows"))?.height())
}

fn counts(frame: LazyFrame, by: &[&str]) -> Result<Vec<(Vec<String>, usize)>, TransformError> {
    let keys: Vec<Expr> = by.iter().map(|name| col(*name).cast(DataType::String)).collect();
    let counted = frame.select(keys).group_by(by.iter().map(|name| col(*name)).collect::<Vec<_>>()).agg([len().alias("rows")]);
    let counted = counted.collect().map_err(TransformError::frame("counting by kind"))?;
    let texts = by.iter().map(|name| counted.column(name).and_then(|column| column.str().cloned())).collect::<PolarsResult<Vec<_>>>();
    let texts = texts.map_err(TransformError::frame("counting by kind"))?;
    let rows = counted.column("rows").map_err(TransformError::frame("counting by kind"))?;
    Ok((0..counted.height())
        .map(|at| {
            let names = texts.iter().map(|text| text.get(at).unwrap_or_default().to_owned()).collect();
            let count = rows.get(at).ok().and_then(|value| value.extract::<usize>()).unwrap_or(0);
            (names, count)
        })
        .collect())
}
