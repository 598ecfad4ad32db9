//! From parts to tables: current rows in the order of their key, older versions apart.
//!
//! A table comes in pieces, each a range of keys that is gathered from the parts and sorted when it is taken, so that a sort
//! never holds more than a range, and no row is written to disk a second time before it is exported.

use std::path::PathBuf;

use knowledge::Table;
use polars::prelude::*;

use crate::TransformError;
use crate::codes;
use crate::copies;
use crate::dataset::Dataset;
use crate::ranges::{self, ArticleRange, Hashed, Stretch, two_at_a_time, within};
use crate::references;
use crate::series;
use crate::spill::{WHOLE, scan, write};
use crate::stage::{Part, Stage};
use crate::summary::Summary;
use crate::tables::BY_ARTICLE;

/// The tables of older versions, with those whose rows they keep.
const HISTORY: [(&str, &str); 2] = [("history", "articles"), ("history_observations", "observations")];

/// The table that is written sorted to disk at once, since exports read it several times.
const READ_AGAIN: &str = "series";

/// The rows of a table, piece by piece, before they are sorted.
type Gathered = (&'static str, Vec<LazyFrame>);

impl Stage<'_> {
    /// Ends the transformation.
    pub fn settle(mut self) -> Result<Dataset, TransformError> {
        self.close()?;
        let copies = copies::leads(&self.sketches)?;
        let ranges = ranges::of_articles(&self.register, self.limits.range);
        let joined = series::across(&mut self, &ranges, &copies)?;
        let summary = self.summary(&joined, &copies)?;

        let mut gathered: Vec<Gathered> = Vec::new();
        for name in BY_ARTICLE {
            gathered.push((name, self.by_article(name, &ranges, &copies)?));
        }
        for (name, of) in HISTORY {
            self.reuse_codes(name, of);
            let older = self.older(name, of)?;
            gathered.push((name, ranges.iter().map(|range| older.clone().filter(within(range))).collect()));
        }
        for (name, spilled) in joined {
            let pieces = self.joined(name, &spilled)?;
            match gathered.iter_mut().find(|(table, _)| *table == name) {
                Some((_, present)) => present.extend(pieces),
                None => gathered.push((name, pieces)),
            }
        }
        for (name, frame) in references::frames(&self.reference)? {
            self.note_codes(name, &frame)?;
            gathered.push((name, vec![frame.lazy()]));
        }
        Ok(Dataset { tables: self.sorted(&gathered)?, summary })
    }

    /// What the dataset holds, in numbers; counted before anything is sorted.
    fn summary(&self, joined: &[(&'static str, Vec<PathBuf>)], copies: &DataFrame) -> Result<Summary, TransformError> {
        let mut tables = Vec::new();
        for table in self.reference.tables() {
            let mut rows = match BY_ARTICLE.into_iter().find(|name| *name == table.name) {
                Some(name) => self.by_article(name, &self.everything(), copies)?,
                None => Vec::new(),
            };
            if let Some((name, of)) = HISTORY.into_iter().find(|(name, _)| *name == table.name) {
                rows.push(self.older(name, of)?);
            }
            if let Some((_, spilled)) = joined.iter().find(|(name, spilled)| *name == table.name && !spilled.is_empty()) {
                rows.push(scan(spilled)?);
            }
            if rows.is_empty() {
                rows.push(self.none(table)?);
            }
            tables.push((table.name.clone(), rows));
        }
        Summary::of(&tables)
    }

    /// No rows of a table, with its codes as text.
    fn none(&self, table: &Table) -> Result<LazyFrame, TransformError> {
        Ok(codes::decode(codes::empty(table, &self.codes)?.lazy(), table))
    }

    /// The rows of a table that belong to one article each: a frame for each range.
    fn by_article(&self, name: &'static str, ranges: &[ArticleRange], copies: &DataFrame) -> Result<Vec<LazyFrame>, TransformError> {
        let table = self.reference.table(name)?;
        // Corrections are few, and in another order than their articles.
        let whole = self.everything();
        let ranges = if table.order[0] == "article" { ranges } else { &whole };
        let doing = || format!("gathering `{name}`");
        let mut found: Vec<Vec<LazyFrame>> = vec![vec![self.none(table)?]; ranges.len()];
        for part in &self.parts {
            let rows = in_ranges(part, name, ranges).map_err(TransformError::frame(doing()))?;
            for (found, rows) in found.iter_mut().zip(rows) {
                found.extend(rows);
            }
        }
        let gathered = found.into_iter().map(|rows| {
            let rows = concat(rows, UnionArgs::default())?;
            Ok(if name == "articles" { with_copies(rows, copies) } else { rows })
        });
        gathered.collect::<PolarsResult<_>>().map_err(TransformError::frame(doing()))
    }

    /// The rows of a table that join articles.
    fn joined(&self, name: &str, spilled: &[PathBuf]) -> Result<Vec<LazyFrame>, TransformError> {
        let files = spilled.iter().map(|file| scan(std::slice::from_ref(file))).collect::<Result<Vec<_>, _>>()?;
        // Where its first column is the indicator, it was spilled in order.
        let Some(hashed) = Hashed::of(name) else { return Ok(files) };
        let doing = || format!("gathering `{name}`");
        let ranges = hashed.ranges(&files, self.limits.range).map_err(TransformError::frame(doing()))?;
        let gathered = ranges.iter().map(|stretches| {
            let rows: Vec<LazyFrame> = files.iter().zip(stretches).filter_map(|(rows, stretch)| cut(rows, *stretch)).collect();
            concat(rows, UnionArgs::default())
        });
        gathered.collect::<PolarsResult<_>>().map_err(TransformError::frame(doing()))
    }

    /// Older versions use the codes of the table that they come from.
    fn reuse_codes(&mut self, name: &'static str, of: &str) {
        let used = self.codes.iter().filter(|((table, _), _)| *table == of);
        let used: Vec<_> = used.map(|((_, column), seen)| (column.clone(), seen.clone())).collect();
        self.add_codes(name, used);
    }

    /// The one range of all articles; none without an article.
    fn everything(&self) -> Vec<ArticleRange> {
        ranges::of_articles(&self.register, usize::MAX)
    }

    /// Rows of older versions: those that the extended dataset keeps, and those that were superseded now.
    fn older(&self, name: &'static str, of: &'static str) -> Result<LazyFrame, TransformError> {
        let mut frames = vec![self.none(self.reference.table(name)?)?];
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

    /// The tables in the order of their definition, in sorted pieces; one without rows is there all the same.
    fn sorted(&self, gathered: &[Gathered]) -> Result<Vec<(String, Vec<LazyFrame>)>, TransformError> {
        let mut tables = Vec::new();
        for table in self.reference.tables() {
            let rows = gathered.iter().find(|(name, _)| *name == table.name).map_or(&[][..], |(_, rows)| rows);
            let dictionaries = codes::columns(table, &self.codes)?;
            let mut pieces: Vec<LazyFrame> = rows.iter().map(|rows| in_order(rows.clone().select(&dictionaries), table)).collect();
            if pieces.is_empty() {
                pieces.push(codes::empty(table, &self.codes)?.lazy());
            } else if table.name == READ_AGAIN {
                pieces = two_at_a_time(&pieces, |number, rows| self.written(rows, table, number))?;
            }
            tables.push((table.name.clone(), pieces));
        }
        Ok(tables)
    }

    /// Writes a piece to disk.
    fn written(&self, rows: &LazyFrame, table: &Table, number: usize) -> Result<LazyFrame, TransformError> {
        let mut frame = rows.clone().collect().map_err(TransformError::frame(format!("sorting `{}`", table.name)))?;
        let path = self.folder.join(format!("{}.{number:05}.parquet", table.name));
        write(&mut frame, &path, WHOLE)?;
        scan(&[path])
    }
}

/// The current rows of a part in each range that has some.
///
/// The rows of a batch are sorted by article and cut; those of a dataset that is extended may be in partitions, and say in their
/// statistics what they hold.
fn in_ranges(part: &Part, name: &str, ranges: &[ArticleRange]) -> PolarsResult<Vec<Option<LazyFrame>>> {
    let Some(rows) = part.tables.get(name) else { return Ok(Vec::new()) };
    if part.is_batch {
        let stretches = ranges::by_article(rows, ranges)?;
        return Ok(stretches.into_iter().map(|stretch| cut(rows, stretch).map(|rows| current(part, rows))).collect());
    }
    let overlaps = |range: &ArticleRange| part.span.0 <= range.1 && range.0 <= part.span.1;
    Ok(ranges.iter().map(|range| overlaps(range).then(|| current(part, rows.clone().filter(within(range))))).collect())
}

/// A stretch of rows, unless it is empty.
fn cut(rows: &LazyFrame, (first, count): Stretch) -> Option<LazyFrame> {
    (count > 0).then(|| rows.clone().slice(first as i64, count as IdxSize))
}

/// Those rows of a part of whose articles no later part has a newer version.
pub fn current(part: &Part, rows: LazyFrame) -> LazyFrame {
    if part.superseded.is_empty() { rows } else { rows.anti_join(ids(part).lazy(), col("article"), col("article")) }
}

fn in_order(rows: LazyFrame, table: &Table) -> LazyFrame {
    let key = table.order.iter().chain(table.key.iter().filter(|column| !table.order.contains(column)));
    rows.sort(key.map(std::string::String::as_str).collect::<Vec<_>>(), SortMultipleOptions::default())
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
