//! Articles on several pages, from pages to articles: one trap a folder, and its name says which.
//!
//! `corpus/several/NAME/*.html` are the pages of a run, `NAME/articles.txt` what they give; `UPDATE=1` rewrites it.

#![expect(clippy::unwrap_used, reason = "a test stops where its corpus is broken")]

use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use extractor::{Extractor, Page, Parts};
use knowledge::Knowledge;
use model::Article;

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn runs() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("tests/corpus/several"));
    sorted(&tests.into_iter().find(|folder| folder.is_dir()).unwrap())
}

fn pages_of(run: &Path) -> Vec<PathBuf> {
    sorted(run).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect()
}

fn read<'p>(extractor: &Extractor, pages: impl Iterator<Item = &'p PathBuf>) -> Vec<Article> {
    let mut parts = Parts::default();
    let mut articles = Vec::new();
    for path in pages {
        let (source, bytes) = (path.file_name().unwrap().to_string_lossy(), fs::read(path).unwrap());
        let id = path.file_stem().unwrap().to_string_lossy();
        let page = Page { id: &id, source: &source, bytes: &bytes, url: None, charset: None, fetched: None };
        let read = extractor.html(&page);
        articles.extend(parts.add(read.article.unwrap(), read.paging));
    }
    articles.extend(parts.finish());
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    articles
}

/// An article for people: head, pieces and cells, a line each.
fn print(article: &Article, out: &mut String) -> fmt::Result {
    writeln!(out, "=== {} ({})", article.id, article.source)?;
    for issue in &article.issues {
        writeln!(out, "issue {} {}: {}", issue.kind.as_str(), issue.place, issue.why)?;
    }
    writeln!(out, "address {}", article.canonical_url.as_deref().unwrap_or("none"))?;
    if !article.authors.is_empty() {
        writeln!(out, "authors {}", article.authors.join(", "))?;
    }
    for block in &article.blocks {
        let leads = block.href.as_ref().or(block.image.as_ref()).map(|to| format!(" ({to})")).unwrap_or_default();
        writeln!(out, "{} | {}{leads}", block.kind.as_str(), block.text.escape_debug())?;
    }
    for cell in &article.cells {
        writeln!(out, "cell {} {} {} | {}", cell.table, cell.row, cell.column, cell.text)?;
    }
    writeln!(out)
}

#[test]
fn pages_of_an_article_become_one() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    for run in runs() {
        let mut found = String::new();
        for article in read(&extractor, pages_of(&run).iter()) {
            print(&article, &mut found).unwrap();
        }
        let expected = run.join("articles.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let committed = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(found, committed, "{}: look at it, then run with UPDATE=1", run.display());
    }
}

#[test]
fn the_order_of_pages_changes_nothing() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    for run in runs() {
        let pages = pages_of(&run);
        assert_eq!(read(&extractor, pages.iter()), read(&extractor, pages.iter().rev()), "{}", run.display());
    }
}

#[test]
fn every_block_and_cell_of_the_whole_stands_where_it_says() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    for article in runs().iter().flat_map(|run| read(&extractor, pages_of(run).iter())) {
        let text: Vec<char> = article.text.chars().collect();
        let slice = |(start, end): (u32, u32)| text[start as usize..end as usize].iter().collect::<String>();
        for block in article.blocks.iter().filter(|block| block.span.is_some()) {
            assert_eq!(block.span.map(slice).as_deref(), Some(block.text.as_str()), "{}", article.id);
        }
        for cell in &article.cells {
            assert_eq!(cell.span.map(slice).as_deref(), Some(cell.text.as_str()), "{}", article.id);
        }
    }
}
