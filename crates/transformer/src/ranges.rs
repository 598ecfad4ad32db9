//! Ranges of rows in the order of a table's key, each small enough to be sorted in memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use polars::prelude::*;

use crate::TransformError;
use crate::stage::Registered;

/// One more than the largest first digits of a hash, and how many digits these are.
const PREFIXES: (usize, usize) = (0x1_0000, 4);

/// First and last article.
pub type ArticleRange = (String, String);

/// Does something with every range, two at a time, so that one is sorted while another is written; the results in order.
///
/// Who is done takes the next, since a range that is written leaves a core free.
pub fn two_at_a_time<T: Sync, R: Send>(
    ranges: &[T],
    work: impl Fn(usize, &T) -> Result<R, TransformError> + Sync,
) -> Result<Vec<R>, TransformError> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(range) = ranges.get(number) else { return done };
            let result = work(number, range);
            if result.is_err() {
                // Nothing of what is left would be used.
                next.store(ranges.len(), Ordering::Relaxed);
            }
            done.push((number, result));
        }
    };
    let (mut results, others) = rayon::join(take, take);
    results.extend(others);
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Ranges of articles with about as many figures each.
pub fn of_articles(register: &BTreeMap<String, Registered>, limit: usize) -> Vec<ArticleRange> {
    let mut ranges: Vec<ArticleRange> = Vec::new();
    let mut figures = 0;
    for (id, known) in register {
        match ranges.last_mut() {
            Some(range) if figures < limit => range.1.clone_from(id),
            _ => {
                ranges.push((id.clone(), id.clone()));
                figures = 0;
            }
        }
        figures += known.figures + 1;
    }
    ranges
}

/// Whether a row is of an article of a range.
pub fn within((first, last): &ArticleRange) -> Expr {
    col("article").gt_eq(lit(first.as_str())).and(col("article").lt_eq(lit(last.as_str())))
}

/// How the rows that join articles are sorted in a table whose key is a hash.
struct Hashed {
    table: &'static str,
    /// The code that comes before the hash.
    kind: Option<&'static str>,
    hash: &'static str,
}

const HASHED: [Hashed; 3] = [
    Hashed { table: "revisions", kind: None, hash: "series" },
    Hashed { table: "metrics", kind: Some("metric"), hash: "result" },
    Hashed { table: "checks", kind: Some("check"), hash: "test" },
];

/// Ranges of a table whose key is a hash; none where the key is something else.
///
/// Hashes lie evenly, so equal spans of them are equal shares of the rows.
pub fn of_hashes(table: &str, rows: &LazyFrame, limit: usize) -> Result<Option<Vec<LazyFrame>>, TransformError> {
    let Some(hashed) = HASHED.iter().find(|hashed| hashed.table == table) else {
        return Ok(None);
    };
    let mut ranges = Vec::new();
    for (kind, count) in kinds(hashed, rows).map_err(TransformError::frame(format!("counting `{table}`")))? {
        let of_kind = hashed.kind.map_or_else(|| rows.clone(), |column| rows.clone().filter(col(column).eq(lit(kind))));
        let spans = count.div_ceil(limit);
        ranges.extend((0..spans).map(|span| of_kind.clone().filter(within_span(hashed.hash, span, spans))));
    }
    Ok(Some(ranges))
}

/// The kinds of rows in their order, with how many there are of each.
fn kinds(hashed: &Hashed, rows: &LazyFrame) -> PolarsResult<Vec<(String, usize)>> {
    let kind = hashed.kind.map_or_else(|| lit(""), col).alias("kind");
    let counted = rows.clone().select([kind, col(hashed.hash)]).group_by([col("kind")]).agg([len().cast(DataType::Int64).alias("rows")]);
    let counted = counted.sort(["kind"], SortMultipleOptions::default()).collect()?;
    let (kinds, rows) = (counted.column("kind")?.str()?, counted.column("rows")?.i64()?);
    Ok(kinds.iter().zip(rows.iter()).map(|(kind, rows)| (kind.unwrap_or_default().to_owned(), rows.unwrap_or(0) as usize)).collect())
}

/// Whether a hash lies in a span of several equal ones.
fn within_span(hash: &str, span: usize, spans: usize) -> Expr {
    let prefix = |span: usize| lit(format!("{:0digits$x}", PREFIXES.0 * span / spans, digits = PREFIXES.1));
    let above = if span == 0 { lit(true) } else { col(hash).gt_eq(prefix(span)) };
    if span + 1 == spans { above } else { above.and(col(hash).lt(prefix(span + 1))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_hashes_hold_every_row_once_and_in_order() {
        let hashes: Vec<String> = (0..=u16::MAX).step_by(7).map(|number| format!("{number:04x}f")).collect();
        let frame = DataFrame::new(hashes.len(), vec![Column::new("test".into(), &hashes)]).unwrap();
        for spans in [1, 2, 3, 7] {
            let mut found: Vec<String> = Vec::new();
            for span in 0..spans {
                let rows = frame.clone().lazy().filter(within_span("test", span, spans)).collect().unwrap();
                found.extend(rows.column("test").unwrap().str().unwrap().iter().flatten().map(str::to_owned));
                assert!(rows.height() > 0, "{span} of {spans} is empty");
            }
            assert_eq!(found, hashes);
        }
    }

    #[test]
    fn ranges_of_articles_hold_every_article_once_and_in_order() {
        let figures = |figures| Registered { version: 1, hash: String::new(), part: 0, figures };
        let register: BTreeMap<String, Registered> =
            [("a", 10), ("b", 100), ("c", 0), ("d", 100), ("e", 1)].map(|(id, count)| (id.to_owned(), figures(count))).into();
        let range = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(of_articles(&register, 100), [range("a", "b"), range("c", "d"), range("e", "e")]);
    }
}
