//! One value for one key: the observations of all articles put together.
//!
//! Indicators are taken a few at a time, so that sorting and grouping never hold more than a range of figures, or those of the
//! one indicator that the press writes about most.

use std::path::PathBuf;

use polars::prelude::*;

use crate::TransformError;
use crate::across;
use crate::codes;
use crate::conflict;
use crate::ranges::{ArticleRange, Hashed, two_at_a_time, within};
use crate::reference::Reference;
use crate::settle::current;
use crate::spill::{IN_PIECES, WHOLE, below, scan, write};
use crate::stage::Stage;

/// The columns of an observation that its series needs.
const NARROW: [&str; 25] = [
    "observation",
    "article",
    "start",
    "value",
    "value_high",
    "low",
    "high",
    "series",
    "indicator",
    "part",
    "industry",
    "product",
    "partner",
    "region",
    "region_code",
    "measure",
    "unit",
    "period",
    "period_start",
    "period_end",
    "frequency",
    "compared_with",
    "status",
    "comparable",
    "published_at",
];

/// The columns that name a series.
const KEY: [&str; 15] = [
    "indicator",
    "breakdown",
    "industry",
    "product",
    "partner",
    "region",
    "region_code",
    "measure",
    "unit",
    "period",
    "period_start",
    "period_end",
    "frequency",
    "compared_with",
    "status",
];

/// The tables whose rows join articles, in the order in which [`joined`] makes them.
const JOINED: [&str; 4] = ["series", "revisions", "metrics", "checks"];

/// The spilled figures by indicator.
const FIGURES: &str = "figures";

/// Makes the rows that join articles, one range of indicators after another: for each of the tables, a file a range.
pub fn across(
    stage: &mut Stage<'_>,
    articles: &[ArticleRange],
    copies: &DataFrame,
) -> Result<Vec<(&'static str, Vec<PathBuf>)>, TransformError> {
    let mut spilled: Vec<(&str, Vec<PathBuf>)> = JOINED.map(|name| (name, Vec::new())).to_vec();
    let ranges = by_indicator(stage, articles)?;
    let (reference, folder) = (&stage.reference, below(&stage.spilled, "joined")?);
    let made = two_at_a_time(&ranges, |number, figures| {
        let frames = joined(figures.clone(), copies, reference)?;
        let spilled = |(name, frame): (&'static str, DataFrame)| {
            let mut frame = match Hashed::of(name) {
                Some(hashed) => hashed.sorted(&frame).map_err(TransformError::frame(format!("sorting `{name}`")))?,
                None => frame,
            };
            let path = folder.join(format!("{name}-{number:05}.parquet"));
            write(&mut frame, &path, IN_PIECES)?;
            Ok((name, path, codes::used(&frame, reference.table(name)?)?))
        };
        JOINED.into_iter().zip(frames).map(spilled).collect::<Result<Vec<_>, TransformError>>()
    })?;
    for range in made {
        for ((name, path, codes), (_, files)) in range.into_iter().zip(&mut spilled) {
            stage.add_codes(name, codes);
            files.push(path);
        }
    }
    Ok(spilled)
}

/// What the figures of some indicators say together: a frame for each of [`JOINED`].
fn joined(figures: LazyFrame, copies: &DataFrame, reference: &Reference<'_>) -> Result<[DataFrame; 4], TransformError> {
    let stated = in_order(figures, copies).collect().map_err(TransformError::frame("gathering series"))?;
    let (conflict, (series, revisions)) = rayon::join(
        || conflict::of_series(&stated, reference.checks),
        || rayon::join(|| series_of(stated.clone().lazy()).collect(), || revisions_of(stated.clone().lazy()).collect().and_then(numbered)),
    );
    let conflict = conflict.map_err(TransformError::frame("comparing sources"))?;
    let series = series.and_then(|series| with_conflict(series, conflict)).map_err(TransformError::frame("joining series"))?;
    let revisions = revisions.map_err(TransformError::frame("listing revisions"))?;
    let (metrics, checks) = across::of_series(&series, reference)?;
    Ok([series, revisions, metrics, checks])
}

/// The figures that have a series, in frames of a range of indicators each, in the order of the indicators.
///
/// A range of indicators is found in every part: figures are dealt out to files by range once, instead of being read once a range.
fn by_indicator(stage: &Stage<'_>, articles: &[ArticleRange]) -> Result<Vec<LazyFrame>, TransformError> {
    let batches = batches(stage, articles);
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    let all = concat(&batches, UnionArgs::default()).map_err(TransformError::frame("gathering figures"))?;
    let ranges = ranges(&all, stage.limits.range)?;
    if ranges.len() < 2 {
        return Ok(vec![all]);
    }
    let folder = below(&stage.spilled, FIGURES)?;
    let dealt = two_at_a_time(&batches, |number, rows| {
        let rows = rows.clone().collect().map_err(TransformError::frame("gathering figures"))?;
        let slices = slices(&rows, &ranges).map_err(TransformError::frame("dealing out figures"))?;
        let dealt = slices.into_iter().enumerate().map(|(at, mut slice)| {
            let path = folder.join(format!("{at:05}-{number:05}.parquet"));
            write(&mut slice, &path, WHOLE)?;
            Ok(path)
        });
        dealt.collect::<Result<Vec<_>, TransformError>>()
    })?;
    (0..ranges.len()).map(|at| scan(&dealt.iter().map(|files| files[at].clone()).collect::<Vec<_>>())).collect()
}

/// The figures that have a series, in frames that can be held: a part each, and of a dataset that is extended a range of articles.
fn batches(stage: &Stage<'_>, articles: &[ArticleRange]) -> Vec<LazyFrame> {
    let figures = |rows: LazyFrame| rows.filter(col("series").is_not_null()).select(NARROW.map(col)).rename(["part"], ["breakdown"], true);
    let mut batches = Vec::new();
    for part in &stage.parts {
        let Some(rows) = part.tables.get("observations") else { continue };
        if part.is_batch {
            batches.push(figures(current(part, rows.clone())));
        } else {
            batches.extend(articles.iter().map(|range| figures(current(part, rows.clone().filter(within(range))))));
        }
    }
    batches
}

/// The rows of each range of indicators.
fn slices(rows: &DataFrame, ranges: &[(String, String)]) -> PolarsResult<Vec<DataFrame>> {
    let rows = rows.sort(["indicator"], SortMultipleOptions::default().with_maintain_order(true))?;
    let indicators = rows.column("indicator")?.str()?;
    let mut slices = Vec::with_capacity(ranges.len());
    let mut from = 0;
    for (_, last) in ranges {
        let is_behind = |row: &usize| indicators.get(*row) > Some(last.as_str());
        let to = (from..indicators.len()).find(is_behind).unwrap_or(indicators.len());
        slices.push(rows.slice(from as i64, to - from));
        from = to;
    }
    Ok(slices)
}

/// Ranges of indicators with about as many figures each.
fn ranges(figures: &LazyFrame, limit: usize) -> Result<Vec<(String, String)>, TransformError> {
    let counted = figures.clone().group_by([col("indicator")]).agg([len().alias("rows")]);
    let counted =
        counted.sort(["indicator"], SortMultipleOptions::default()).collect().map_err(TransformError::frame("counting indicators"))?;
    let names =
        counted.column("indicator").and_then(|column| column.str().cloned()).map_err(TransformError::frame("counting indicators"))?;
    let rows = counted.column("rows").map_err(TransformError::frame("counting indicators"))?;
    let mut ranges: Vec<(String, String)> = Vec::new();
    let mut held = 0;
    for (at, name) in names.iter().enumerate() {
        let name = name.unwrap_or_default().to_owned();
        let count = rows.get(at).ok().and_then(|value| value.extract::<usize>()).unwrap_or(0);
        match ranges.last_mut() {
            Some(range) if held + count <= limit => range.1 = name,
            _ => {
                ranges.push((name.clone(), name));
                held = 0;
            }
        }
        held += count;
    }
    Ok(ranges)
}

/// The figures with the article that leads theirs, the earliest first.
fn in_order(figures: LazyFrame, copies: &DataFrame) -> LazyFrame {
    let copies = copies.clone().lazy();
    let figures = figures.left_join(copies, col("article"), col("article"));
    let source = col("copy_of").fill_null(col("article")).alias("source");
    let order = SortMultipleOptions::default().with_nulls_last(true);
    figures.with_column(source).sort(["series", "published_at", "article", "start", "observation"], order)
}

/// One row a series. The figures come earliest first.
fn series_of(figures: LazyFrame) -> LazyFrame {
    let infinite = f64::INFINITY;
    let mut columns: Vec<Expr> = KEY.iter().map(|name| col(*name).first()).collect();
    columns.extend([
        col("value").first(),
        col("value_high").first(),
        col("low").fill_null(lit(-infinite)).max().alias("low"),
        col("high").fill_null(lit(infinite)).min().alias("high"),
        col("value").last().alias("latest"),
        col("source").n_unique().cast(DataType::Int64).alias("sources"),
        col("article").n_unique().cast(DataType::Int64).alias("articles"),
        col("observation").alias("observations"),
        col("published_at").min().alias("first_published"),
        col("published_at").max().alias("last_published"),
        (col("value").max() - col("value").min()).alias("spread"),
        col("observation").first().alias("first_observation"),
        col("low").first().alias("first_low"),
        col("high").first().alias("first_high"),
        col("comparable").first().alias("first_comparable"),
        col("value").slice(lit(1), lit(u32::MAX)).min().alias("others_low"),
        col("value_high").fill_null(col("value")).slice(lit(1), lit(u32::MAX)).max().alias("others_high"),
    ]);
    let finite = |name: &'static str| when(col(name).abs().lt(lit(infinite))).then(col(name)).otherwise(lit(NULL)).alias(name);
    let series = figures.group_by_stable([col("series")]).agg(columns);
    series.with_columns([finite("low"), finite("high")])
}

/// Adds whether the sources of each series contradict each other.
fn with_conflict(mut series: DataFrame, conflict: BooleanChunked) -> PolarsResult<DataFrame> {
    series.with_column(conflict.with_name("conflict".into()).into_series().into_column())?;
    Ok(series)
}

/// One row a distinct number of a series.
fn revisions_of(figures: LazyFrame) -> LazyFrame {
    let revisions = figures.group_by_stable([col("series"), col("value"), col("value_high")]).agg([
        col("low").fill_null(lit(f64::NEG_INFINITY)).max().alias("low"),
        col("high").fill_null(lit(f64::INFINITY)).min().alias("high"),
        col("source").n_unique().cast(DataType::Int64).alias("sources"),
        col("observation").alias("observations"),
        col("published_at").min().alias("first_published"),
        col("published_at").max().alias("last_published"),
    ]);
    let finite = |name: &'static str| when(col(name).abs().lt(lit(f64::INFINITY))).then(col(name)).otherwise(lit(NULL)).alias(name);
    revisions.with_columns([finite("low"), finite("high")])
}

/// Numbers the rows of every series and leaves out those of series with one number only.
fn numbered(mut revisions: DataFrame) -> PolarsResult<DataFrame> {
    let series = revisions.column("series")?.str()?.clone();
    let mut numbers = vec![0_i64; series.len()];
    for at in 1..series.len() {
        if series.get(at) == series.get(at - 1) {
            numbers[at] = numbers[at - 1] + 1;
        }
    }
    let several: BooleanChunked =
        (0..numbers.len()).map(|at| numbers[at] > 0 || numbers.get(at + 1).is_some_and(|next| *next > 0)).collect();
    revisions.with_column(Column::new("revision".into(), numbers))?;
    revisions.filter(&several)
}
