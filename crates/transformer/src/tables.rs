//! One article's rows: from the nouns of `model` to the tables that are keyed by article.

use model::{Article, ComparedWith, Record};
use polars::prelude::DataFrame;

use crate::TransformError;
use crate::analysis::Analysis;
use crate::conflict::is_comparable;
use crate::corrections::Mended;
use crate::figure::Figure;
use crate::reference::Reference;
use crate::rows::{Rows, float};

/// The tables whose rows belong to one article each, in the order of [`Frames`].
pub const BY_ARTICLE: [&str; 8] = ["articles", "blocks", "cells", "observations", "unread", "metrics", "checks", "corrections"];

/// One frame for each of [`BY_ARTICLE`].
pub type Frames = Vec<DataFrame>;

/// A record with all that was derived from it.
pub struct Entry<'r> {
    /// The article with its figures, corrected.
    pub record: &'r Record,
    /// Its figures, in their order.
    pub figures: &'r [Figure<'r>],
    /// How many words it has, as Vietnamese writes them: syllables set apart by spaces.
    pub words: u32,
    /// What corrections changed.
    pub mended: Vec<Mended>,
    /// Metrics and checks.
    pub analysis: Analysis<'r>,
    /// Version of the article.
    pub version: i64,
    /// Hash of the record.
    pub hash: &'r str,
}

/// The frames of some entries.
pub fn frames(entries: &[Entry<'_>], reference: &Reference<'_>) -> Result<Frames, TransformError> {
    let tables = BY_ARTICLE.iter().zip(heights(entries));
    let rows = tables.map(|(name, height)| Ok(Rows::with_capacity(reference.table(name)?, height)));
    let mut rows = rows.collect::<Result<Vec<_>, TransformError>>()?;
    let [articles, blocks, cells, observations, unread, metrics, checks, corrections] = &mut rows[..] else {
        return Ok(Vec::new());
    };
    for entry in entries {
        article(articles, entry);
        pieces(blocks, &entry.record.article);
        table_cells(cells, entry.record);
        figures(observations, entry, reference);
        numbers(unread, entry.record);
        entry.analysis.metrics.iter().for_each(|metric| metric.row(metrics));
        entry.analysis.checks.iter().for_each(|check| check.row(checks));
        entry.mended.iter().for_each(|mended| mended.row(corrections, entry));
    }
    rows.into_iter().map(Rows::finish).collect()
}

/// How many rows the entries have in each of [`BY_ARTICLE`].
fn heights(entries: &[Entry<'_>]) -> [usize; 8] {
    let mut heights = [0; 8];
    for entry in entries {
        let (article, analysis) = (&entry.record.article, &entry.analysis);
        let own = [
            1,
            article.blocks.len(),
            article.cells.len(),
            entry.record.observations.len(),
            entry.record.unread.len(),
            analysis.metrics.len(),
            analysis.checks.len(),
            entry.mended.len(),
        ];
        heights.iter_mut().zip(own).for_each(|(height, own)| *height += own);
    }
    heights
}

fn article(rows: &mut Rows<'_>, entry: &Entry<'_>) {
    let article = &entry.record.article;
    let issues: Vec<String> =
        article.issues.iter().map(|issue| format!("{}: {}: {}", issue.kind.as_str(), issue.place, issue.why)).collect();
    rows.text("article", article.id.as_str())
        .integer("version", entry.version)
        .text("source", article.source.as_str())
        .text("url", article.url.as_deref())
        .text("canonical_url", article.canonical_url.as_deref())
        .text("publisher", article.publisher.as_deref())
        .text("publisher_region", article.publisher_region.as_deref())
        .text("profile", article.profile.as_str())
        .text("title", article.title.as_deref())
        .text("lead", article.lead.as_deref())
        .text("lead_prefix", article.lead_prefix.as_deref())
        .list("authors", article.authors.iter().map(String::as_str))
        .text("credit", article.credit.as_deref())
        .text("section", article.section.as_deref())
        .list("tags", article.tags.iter().map(String::as_str))
        .time("published_at", article.published.map(model::When::timestamp))
        .text("published_from", article.published_from.map(model::PublishedFrom::as_str))
        .time("modified_at", article.modified.map(model::When::timestamp))
        .time("rendered_at", article.rendered.map(model::When::timestamp))
        .time("fetched_at", article.fetched.map(model::When::timestamp))
        .text("language", article.language.as_deref())
        .text("text", article.text.as_str())
        .integer("words", i64::from(entry.words))
        .integer("observations", entry.record.observations.len() as i64)
        .text("content_hash", article.content_hash.as_str())
        .text("record_hash", entry.hash)
        .text("copy_of", None)
        .text("copy_by", None)
        .list("issues", issues.iter().map(String::as_str))
        .end();
}

fn pieces(rows: &mut Rows<'_>, article: &Article) {
    for (at, block) in article.blocks.iter().enumerate() {
        rows.text("article", article.id.as_str())
            .integer("block", at as i64)
            .text("kind", block.kind.as_str())
            .text("text", block.text.as_str())
            .integer("start", block.span.map(|span| i64::from(span.0)))
            .integer("end", block.span.map(|span| i64::from(span.1)))
            .text("href", block.href.as_deref())
            .text("image", block.image.as_deref())
            .end();
    }
}

fn table_cells(rows: &mut Rows<'_>, record: &Record) {
    for cell in &record.article.cells {
        let figure =
            cell.span.and_then(|(start, end)| record.observations.iter().find(|figure| figure.start >= start && figure.end <= end));
        rows.text("article", record.article.id.as_str())
            .integer("table", i64::from(cell.table))
            .integer("row", i64::from(cell.row))
            .integer("column", i64::from(cell.column))
            .boolean("header", cell.header)
            .text("text", cell.text.as_str())
            .number("value", figure.map(|figure| float(figure.value)))
            .text("unit", figure.map(|figure| figure.unit.as_str()))
            .end();
    }
}

fn figures(rows: &mut Rows<'_>, entry: &Entry<'_>, reference: &Reference<'_>) {
    let article = &entry.record.article;
    let published = article.published.map(model::When::timestamp);
    for (at, told) in entry.figures.iter().enumerate() {
        let figure = told.observation;
        let compared = match figure.compared_with {
            Some(ComparedWith::Period(period)) => Some(period),
            _ => None,
        };
        let end = figure.period.map(model::Period::end);
        let region = figure.region.as_deref();
        let part = Some(&*told.part).filter(|part| !part.is_empty());
        rows.text("observation", told.id.as_str())
            .text("article", article.id.as_str())
            .integer("block", i64::from(figure.block))
            .text("kind", article.blocks.get(figure.block as usize).map_or("paragraph", |block| block.kind.as_str()))
            .text("sentence", figure.sentence.as_str())
            .text("quote", figure.quote.as_str())
            .integer("start", i64::from(figure.start))
            .integer("end", i64::from(figure.end))
            .number("value", float(figure.value))
            .number("value_high", figure.value_high.map(float))
            .number("low", told.stated.low)
            .number("high", told.stated.high)
            .text("unit", figure.unit.as_str())
            .text("unit_text", figure.unit_text.as_deref())
            .number("scale", float(figure.scale))
            .integer("decimals", i64::from(figure.decimals))
            .text("bound", figure.bound.as_str())
            .text("measure", figure.measure.as_str())
            .text("indicator", figure.indicator.as_deref())
            .text("indicator_text", figure.indicator_text.as_deref())
            .text("breakdown", figure.breakdown.as_deref())
            .text("part", part)
            .text("industry", figure.industry.as_deref())
            .text("product", figure.product.as_deref())
            .text("partner", figure.partner.as_deref())
            .text("of", figure.of.as_deref())
            .text("region", region)
            .text("region_name", region.and_then(|id| reference.region_name(id)))
            .text("region_code", region.and_then(|id| reference.region_code(id, end)))
            .text("period", told.period.as_deref())
            .date("period_start", figure.period.map(model::Period::start))
            .date("period_end", end)
            .text("frequency", figure.period.map(|period| period.frequency().as_str()))
            .text("period_from", figure.period_from.map(model::PeriodFrom::as_str))
            .text("compared_with", told.compared_with.as_deref())
            .date("compared_start", compared.map(model::Period::start))
            .date("compared_end", compared.map(model::Period::end))
            .text("status", figure.status.as_str())
            .text("speaker", figure.speaker.as_deref())
            .number("confidence", figure.confidence)
            .text("series", told.series().as_deref())
            .boolean("comparable", is_comparable(told))
            .text("correction", entry.mended.iter().find(|mended| mended.figure == at).map(|mended| mended.id.as_str()))
            .text("url", article.url.as_deref())
            .time("published_at", published)
            .end();
    }
}

fn numbers(rows: &mut Rows<'_>, record: &Record) {
    for number in &record.unread {
        rows.text("article", record.article.id.as_str())
            .integer("block", i64::from(number.block))
            .text("quote", number.quote.as_str())
            .integer("start", i64::from(number.start))
            .integer("end", i64::from(number.end))
            .text("why", number.why.as_str())
            .end();
    }
}
