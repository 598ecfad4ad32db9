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

/// Where rows that are sorted by article are to be cut into the ranges.
pub fn by_article(rows: &LazyFrame, ranges: &[ArticleRange]) -> PolarsResult<Vec<Stretch>> {
    let starts: Vec<&str> = ranges.iter().map(|(first, _)| first.as_str()).collect();
    let read = rows.clone().select([col("article")]).collect()?;
    let articles = read.column("article")?.str()?;
    Ok(stretches(articles.len(), &starts, |row| articles.get(row).unwrap_or_default()))
}

/// The first of some rows and how many they are.
pub type Stretch = (usize, usize);

/// Cuts so many sorted rows where ranges start: the stretch of each range, from its start to that of the next.
fn stretches<K: Ord>(rows: usize, starts: &[K], key: impl Fn(usize) -> K) -> Vec<Stretch> {
    let firsts: Vec<usize> = starts.iter().map(|start| first_of(rows, |row| key(row) >= *start)).collect();
    let ends = firsts.iter().skip(1).copied().chain([rows]);
    firsts.iter().zip(ends).map(|(first, end)| (*first, end - first)).collect()
}

/// The first of so many rows for which something holds that holds for all behind it.
fn first_of(rows: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, rows);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// How the rows that join articles are sorted in a table whose key is a hash.
pub struct Hashed {
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

impl Hashed {
    /// How a table is sorted; none where its key is something else.
    pub fn of(table: &str) -> Option<&'static Self> {
        HASHED.iter().find(|hashed| hashed.table == table)
    }

    /// The rows in their order.
    pub fn sorted(&self, rows: &DataFrame) -> PolarsResult<DataFrame> {
        rows.sort(self.kind.into_iter().chain([self.hash]), SortMultipleOptions::default())
    }

    /// Sorted files, cut into ranges of their rows together: for each the stretches of the files.
    ///
    /// Hashes lie evenly, so equal spans of them are equal shares of the rows.
    pub fn ranges(&self, files: &[LazyFrame], limit: usize) -> PolarsResult<Vec<Vec<Stretch>>> {
        let kinds = self.kinds(files)?;
        let starts: Vec<(&str, String)> =
            kinds.iter().flat_map(|(kind, count)| starts(count.div_ceil(limit)).map(|start| (kind.as_str(), start))).collect();
        let starts: Vec<(&str, &str)> = starts.iter().map(|(kind, start)| (*kind, start.as_str())).collect();
        let mut ranges = vec![Vec::with_capacity(files.len()); starts.len()];
        for rows in files {
            let keys = self.keys(rows.clone()).collect()?;
            let (kinds, hashes) = (keys.column("kind")?.str()?, keys.column(self.hash)?.str()?);
            let key = |row: usize| (kinds.get(row).unwrap_or_default(), hashes.get(row).unwrap_or_default());
            for (range, stretch) in ranges.iter_mut().zip(stretches(keys.height(), &starts, key)) {
                range.push(stretch);
            }
        }
        Ok(ranges)
    }

    /// The kinds of rows in their order, with how many there are of each.
    fn kinds(&self, files: &[LazyFrame]) -> PolarsResult<Vec<(String, usize)>> {
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.keys(concat(files, UnionArgs::default())?);
        let counted = rows.group_by([col("kind")]).agg([len().cast(DataType::Int64).alias("rows")]);
        let counted = counted.sort(["kind"], SortMultipleOptions::default()).collect()?;
        let (kinds, rows) = (counted.column("kind")?.str()?, counted.column("rows")?.i64()?);
        Ok(kinds.iter().zip(rows.iter()).map(|(kind, rows)| (kind.unwrap_or_default().to_owned(), rows.unwrap_or(0) as usize)).collect())
    }

    /// Kind and hash of rows; tables without kinds have one without a name.
    fn keys(&self, rows: LazyFrame) -> LazyFrame {
        rows.select([self.kind.map_or_else(|| lit(""), col).alias("kind"), col(self.hash)])
    }
}

/// Where so many equal spans of hashes start.
fn starts(spans: usize) -> impl Iterator<Item = String> {
    (0..spans).map(move |span| match span {
        0 => String::new(),
        _ => format!("{:0digits$x}", PREFIXES.0 * span / spans, digits = PREFIXES.1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_hashes_hold_every_row_once_and_in_order() {
        let hashes: Vec<String> = (0..=u16::MAX).step_by(7).map(|number| format!("{number:04x}f")).collect();
        let kinds: Vec<&str> = (0..hashes.len()).map(|at| ["cover_ratio", "target_gap"][at % 2]).collect();
        let columns = vec![Column::new("metric".into(), kinds), Column::new("result".into(), &hashes)];
        let hashed = Hashed::of("metrics").unwrap();
        let all = DataFrame::new(hashes.len(), columns).unwrap();
        let files: Vec<DataFrame> =
            [all.slice(0, 3_000), all.slice(3_000, hashes.len())].iter().map(|rows| hashed.sorted(rows).unwrap()).collect();
        let lazy: Vec<LazyFrame> = files.iter().cloned().map(IntoLazy::lazy).collect();
        for limit in [1_000, 2_000, hashes.len()] {
            let mut found = DataFrame::empty_with_schema(all.schema());
            for stretches in hashed.ranges(&lazy, limit).unwrap() {
                let mut range = DataFrame::empty_with_schema(all.schema());
                for (rows, (first, count)) in files.iter().zip(stretches) {
                    range.vstack_mut(&rows.slice(first as i64, count)).unwrap();
                }
                assert!((1..=limit + limit / 5).contains(&range.height()), "{} of {limit}", range.height());
                found.vstack_mut(&hashed.sorted(&range).unwrap()).unwrap();
            }
            assert!(found.equals(&hashed.sorted(&all).unwrap()));
        }
    }

    #[test]
    fn sorted_articles_are_cut_where_ranges_start() {
        let rows = DataFrame::new(6, vec![Column::new("article".into(), ["a", "b", "b", "d", "d", "f"])]).unwrap().lazy();
        let range = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        let cut = by_article(&rows, &[range("a", "b"), range("c", "c"), range("d", "z")]).unwrap();
        assert_eq!(cut, [(0, 3), (3, 0), (3, 3)]);
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
