//! From parts to tables: current rows sorted by key, older versions apart.
//!
//! Keys are taken range by range, so that a sort never holds more than a range; the files are in order, so that reading
//! them one behind another is the table.

use std::fs;
use std::path::PathBuf;

use knowledge::Table;
use polars::prelude::*;

use crate::TransformError;
use crate::codes;
use crate::copies;
use crate::dataset::Dataset;
use crate::ranges::{self, ArticleRange, two_at_a_time, within};
use crate::references;
use crate::series;
use crate::spill::{WHOLE, scan, write};
use crate::stage::{Part, Stage};
use crate::summary::Summary;
use crate::sweep::Sweep;
use crate::tables::BY_ARTICLE;

impl Stage<'_> {
    /// Ends the transformation.
    pub fn settle(mut self) -> Result<Dataset, TransformError> {
        self.close()?;
        let copies = copies::leads(&self.sketches)?;
        let ranges = ranges::of_articles(&self.register, self.limits.range);

        let mut tables: Vec<(String, Vec<PathBuf>)> = Vec::new();
        let (joined, single): (Vec<_>, Vec<_>) = BY_ARTICLE.into_iter().partition(|name| matches!(*name, "metrics" | "checks"));
        let mut sweep = Sweep::default();
        self.settle_articles(&single, &ranges, &copies, &mut tables)?;
        self.settle_history(&ranges, &mut tables)?;
        sweep.begin(&self.spilled, &single);
        let across = series::across(&mut self, find(&tables, "observations"), &copies)?;
        // Only now all codes of the joined tables are known.
        self.settle_articles(&joined, &ranges, &copies, &mut tables)?;
        sweep.begin(&self.spilled, &[&joined[..], &[series::FIGURES]].concat());
        for (name, spilled) in across {
            let files = self.settle_joined(name, &spilled)?;
            match tables.iter_mut().find(|(table, _)| table == name) {
                Some((_, present)) => present.extend(files),
                None => tables.push((name.to_owned(), files)),
            }
        }
        sweep.end()?;
        fs::remove_dir_all(&self.spilled).map_err(TransformError::io(&self.spilled))?;
        for (name, frame) in references::frames(&self.reference)? {
            self.note_codes(name, &frame)?;
            let table = self.reference.table(name)?;
            tables.push((name.to_owned(), vec![self.settled(frame.lazy(), table, 0)?]));
        }
        self.finish(&tables)
    }

    /// Settles tables whose rows belong to one article each, range by range.
    fn settle_articles(
        &self,
        names: &[&'static str],
        ranges: &[ArticleRange],
        copies: &DataFrame,
        tables: &mut Vec<(String, Vec<PathBuf>)>,
    ) -> Result<(), TransformError> {
        let whole = ranges::of_articles(&self.register, usize::MAX);
        for name in names.iter().copied() {
            let table = self.reference.table(name)?;
            // Corrections are few, and in another order than their articles.
            let ranges = if table.order[0] == "article" { ranges } else { &whole };
            let files = two_at_a_time(ranges, |number, range| {
                let rows = self.rows(name, range)?;
                self.settled(if name == "articles" { with_copies(rows, copies) } else { rows }, table, number)
            })?;
            tables.push((name.to_owned(), files));
        }
        Ok(())
    }

    /// Settles rows that join articles; their files are numbered behind those of single articles.
    fn settle_joined(&self, name: &str, spilled: &[PathBuf]) -> Result<Vec<PathBuf>, TransformError> {
        let table = self.reference.table(name)?;
        let ranges = match ranges::of_hashes(name, &scan(spilled)?, self.limits.range)? {
            Some(ranges) => ranges,
            // Its first column is the indicator, in whose order it was spilled.
            None => spilled.iter().map(|file| scan(std::slice::from_ref(file))).collect::<Result<_, _>>()?,
        };
        two_at_a_time(&ranges, |number, rows| self.settled(rows.clone(), table, 10_000 + number))
    }

    /// Settles older versions; they use the codes of the tables that they come from.
    fn settle_history(&mut self, ranges: &[ArticleRange], tables: &mut Vec<(String, Vec<PathBuf>)>) -> Result<(), TransformError> {
        for (name, of) in [("history", "articles"), ("history_observations", "observations")] {
            let used: Vec<_> = self
                .codes
                .iter()
                .filter(|((table, _), _)| *table == of)
                .map(|((_, column), seen)| (column.clone(), seen.clone()))
                .collect();
            for (column, seen) in used {
                self.codes.entry((name, column)).or_default().extend(seen);
            }
            let (older, table) = (self.older(name)?, self.reference.table(name)?);
            let settled = |number: usize, range: &ArticleRange| self.settled(older.clone().filter(within(range)), table, number);
            tables.push((name.to_owned(), two_at_a_time(ranges, settled)?));
        }
        Ok(())
    }

    /// The current rows of a range.
    fn rows(&self, name: &'static str, range: &ArticleRange) -> Result<LazyFrame, TransformError> {
        let overlapping = self.parts.iter().filter(|part| part.span.0 <= range.1 && range.0 <= part.span.1);
        let frames: Vec<LazyFrame> = overlapping
            .filter_map(|part| {
                let mut rows = part.tables.get(name)?.clone();
                if part.span.0 < range.0 || range.1 < part.span.1 {
                    rows = rows.filter(within(range));
                }
                if !part.superseded.is_empty() {
                    rows = rows.anti_join(ids(part).lazy(), col("article"), col("article"));
                }
                Some(rows)
            })
            .collect();
        concat(frames, UnionArgs::default()).map_err(TransformError::frame(format!("gathering `{name}`")))
    }

    /// Rows of older versions: those that the extended dataset keeps, and those that were superseded now.
    fn older(&self, name: &'static str) -> Result<LazyFrame, TransformError> {
        let of = if name == "history" { "articles" } else { "observations" };
        let mut frames = vec![codes::decode(codes::empty(self.reference.table(name)?, &self.codes)?.lazy(), self.reference.table(name)?)];
        frames.extend(self.history.get(name).cloned());
        for part in self.parts.iter().filter(|part| !part.superseded.is_empty()) {
            let (Some(rows), Some(articles)) = (part.tables.get(of), part.tables.get("articles")) else {
                continue;
            };
            let mut rows = rows.clone().semi_join(ids(part).lazy(), col("article"), col("article"));
            if of == "observations" {
                let versions = articles.clone().select([col("article"), col("version")]);
                rows = rows.left_join(versions, col("article"), col("article"));
            }
            frames.push(rows);
        }
        concat(frames, UnionArgs::default()).map_err(TransformError::frame(format!("gathering `{name}`")))
    }

    /// Encodes, sorts and writes some rows of a table.
    pub fn settled(&self, rows: LazyFrame, table: &Table, number: usize) -> Result<PathBuf, TransformError> {
        let key = table.order.iter().chain(table.key.iter().filter(|column| !table.order.contains(column)));
        let rows = codes::encode(rows, table, &self.codes)?;
        let sorted = rows.sort(key.map(std::string::String::as_str).collect::<Vec<_>>(), SortMultipleOptions::default());
        let mut frame = sorted.collect().map_err(TransformError::frame(format!("sorting `{}`", table.name)))?;
        let path = self.folder.join(format!("{}.{number:05}.parquet", table.name));
        write(&mut frame, &path, WHOLE)?;
        Ok(path)
    }

    /// The tables in the order of their definition; one without rows is there all the same.
    fn finish(&self, settled: &[(String, Vec<PathBuf>)]) -> Result<Dataset, TransformError> {
        let mut tables = Vec::new();
        for table in self.reference.tables() {
            let files = settled.iter().find(|(name, _)| *name == table.name).map_or(&[][..], |(_, files)| files);
            let frame = if files.is_empty() { codes::empty(table, &self.codes)?.lazy() } else { scan(files)? };
            tables.push((table.name.clone(), frame));
        }
        let summary = Summary::of(&tables)?;
        Ok(Dataset { tables, summary })
    }
}

fn find<'t>(tables: &'t [(String, Vec<PathBuf>)], name: &str) -> &'t [PathBuf] {
    tables.iter().find(|(table, _)| table == name).map_or(&[], |(_, files)| files)
}

fn ids(part: &Part) -> DataFrame {
    let ids: Vec<&str> = part.superseded.iter().map(String::as_str).collect();
    let height = ids.len();
    DataFrame::new(height, vec![Column::new("article".into(), ids)]).unwrap_or_default()
}

/// Articles with the article that each is a copy of, and how that is known.
fn with_copies(articles: LazyFrame, copies: &DataFrame) -> LazyFrame {
    let copies = copies.clone().lazy();
    articles.drop(cols(["copy_of", "copy_by"])).left_join(copies, col("article"), col("article"))
}
