//! A dataset that an earlier run wrote, as the first part of a new one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use knowledge::ColumnType;
use polars::prelude::*;

use crate::codes;
use crate::copies::Sketch;
use crate::reference::Reference;
use crate::spill::scan;
use crate::stage::{Part, Registered, Stage};
use crate::tables::BY_ARTICLE;
use crate::variants::Address;
use crate::{TransformError, codes::Codes};

/// Texts that are read at once.
const TEXTS: usize = 20_000;

/// The tables of an earlier run that a new one builds on; everything else is made again.
pub struct Existing {
    part: Option<Part>,
    history: BTreeMap<&'static str, LazyFrame>,
    codes: Codes,
    articles: DataFrame,
}

impl Existing {
    /// Opens a dataset folder.
    pub fn read(folder: &Path, reference: &Reference<'_>) -> Result<Self, TransformError> {
        let mut codes = Codes::new();
        let mut tables = BTreeMap::new();
        for name in BY_ARTICLE {
            let mut rows = open(folder, name, reference, &mut codes)?;
            if matches!(name, "metrics" | "checks") {
                rows = rows.filter(col("article").is_not_null());
            }
            if name == "articles" {
                let none = |name: &str| lit(NULL).cast(DataType::String).alias(name);
                rows = rows.with_columns([none("copy_of"), none("copy_by")]);
            }
            tables.insert(name, rows);
        }
        let mut history = BTreeMap::new();
        for name in ["history", "history_observations"] {
            history.insert(name, open(folder, name, reference, &mut codes)?);
        }
        let wanted = ["article", "version", "record_hash", "observations"];
        let articles = tables["articles"].clone().select(wanted.map(col)).sort(["article"], SortMultipleOptions::default());
        let articles = articles.collect().map_err(|source| not_a_dataset(folder, &source))?;
        let ids = articles.column("article").and_then(|column| column.str().cloned()).map_err(|source| not_a_dataset(folder, &source))?;
        let span = ids.first().zip(ids.last()).map(|(first, last)| (first.to_owned(), last.to_owned()));
        let part = span.map(|span| Part { tables, span, superseded: BTreeSet::new(), is_batch: false });
        Ok(Self { part, history, codes, articles })
    }

    /// Enters the dataset into an empty stage.
    pub fn enter(self, stage: &mut Stage<'_>) -> Result<(), TransformError> {
        let Some(part) = self.part else {
            return Ok(());
        };
        register(&self.articles, stage).map_err(TransformError::frame("reading articles"))?;
        sketch(&part.tables["articles"], self.articles.height(), stage).map_err(TransformError::frame("reading texts"))?;
        stage.parts.push(part);
        stage.history = self.history;
        stage.codes = self.codes;
        Ok(())
    }
}

fn register(articles: &DataFrame, stage: &mut Stage<'_>) -> PolarsResult<()> {
    let (ids, hashes) = (articles.column("article")?.str()?, articles.column("record_hash")?.str()?);
    let (versions, figures) = (articles.column("version")?.i64()?, articles.column("observations")?.i64()?);
    for at in 0..articles.height() {
        let (Some(id), Some(hash)) = (ids.get(at), hashes.get(at)) else {
            continue;
        };
        let known = Registered {
            version: versions.get(at).unwrap_or(1),
            hash: hash.to_owned(),
            part: 0,
            figures: figures.get(at).unwrap_or(0) as usize,
        };
        stage.register.insert(id.to_owned(), known);
    }
    Ok(())
}

/// Sketches the texts, some at a time: they are the bulk of a dataset.
fn sketch(articles: &LazyFrame, height: usize, stage: &mut Stage<'_>) -> PolarsResult<()> {
    let wanted = ["article", "text", "published_at", "canonical_url", "url"];
    for first in (0..height).step_by(TEXTS) {
        let some = articles.clone().slice(first as i64, TEXTS as IdxSize).select(wanted.map(col)).collect()?;
        let (ids, texts) = (some.column("article")?.str()?, some.column("text")?.str()?);
        let published = some.column("published_at")?.datetime()?.physical().clone();
        let (named, urls) = (some.column("canonical_url")?.str()?, some.column("url")?.str()?);
        for (at, id) in ids.iter().enumerate() {
            let Some(id) = id else { continue };
            let address = Address::new(named.get(at), urls.get(at));
            stage.sketches.insert(id.to_owned(), Sketch::new(texts.get(at).unwrap_or_default(), published.get(at), address));
        }
    }
    Ok(())
}

/// A table of a dataset folder, one file or Hive partitions, with its codes as text.
fn open(folder: &Path, name: &'static str, reference: &Reference<'_>, codes: &mut Codes) -> Result<LazyFrame, TransformError> {
    let files = files(folder, name).map_err(TransformError::io(folder))?;
    if files.is_empty() {
        return Err(TransformError::NotADataset { path: folder.to_owned(), why: format!("there is no {name}.parquet") });
    }
    let table = reference.table(name)?;
    let mut rows = scan(&files)?;
    let schema = rows.collect_schema().map_err(|source| not_a_dataset(folder, &source))?;
    if let Some(column) = table.columns.iter().find(|column| !schema.contains(&column.name)) {
        return Err(TransformError::NotADataset { path: folder.to_owned(), why: format!("{name} has no column `{}`", column.name) });
    }
    for column in table.columns.iter().filter(|column| column.kind == ColumnType::Code && column.values.is_empty()) {
        if let Some(DataType::Enum(names, _)) = schema.get(&column.name) {
            let seen = codes.entry((name, column.name.clone())).or_default();
            seen.extend(names.categories().values_iter().map(str::to_owned));
        }
    }
    Ok(codes::decode(rows.select(table.columns.iter().map(|column| col(column.name.as_str())).collect::<Vec<_>>()), table))
}

/// The Parquet files of a table, in order.
fn files(folder: &Path, name: &str) -> io::Result<Vec<PathBuf>> {
    let single = folder.join(format!("{name}.parquet"));
    if single.is_file() {
        return Ok(vec![single]);
    }
    let mut found = Vec::new();
    let partitions = folder.join(name);
    if partitions.is_dir() {
        below(&partitions, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "parquet") {
            found.push(path);
        }
    }
    Ok(())
}

fn not_a_dataset(folder: &Path, source: &PolarsError) -> TransformError {
    TransformError::NotADataset { path: folder.to_owned(), why: source.to_string() }
}
