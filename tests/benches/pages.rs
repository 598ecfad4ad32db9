//! Pages to observations on one core, beside the bare parse of the same pages.
//!
//! `cargo bench -p tests --bench pages`; pages per second are items, megabytes per second bytes.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use extractor::{Extractor, Page};
use grammar::Grammar;
use knowledge::Knowledge;
use scraper::Html;

fn main() {
    divan::main();
}

/// The bundled pages, each with its name.
fn pages() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/samples");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect();
    paths.sort();
    paths.iter().filter_map(|path| Some((path.file_stem()?.to_string_lossy().into_owned(), fs::read(path).ok()?))).collect()
}

/// The bare parse.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let texts: Vec<_> = pages.iter().map(|(_, page)| String::from_utf8_lossy(page).into_owned()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(texts.len())).bench_local(|| {
        for text in &texts {
            divan::black_box(Html::parse_document(text));
        }
    });
}

/// Bytes of a page to its article and its figures.
#[divan::bench]
fn observations(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let Ok(known) = Knowledge::load(None) else { return };
    let (extractor, grammar) = (Extractor::new(&known), Grammar::new(&known));
    let bytes: usize = pages.iter().map(|(_, page)| page.len()).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench_local(|| {
        for (id, page) in &pages {
            let page = Page { id, source: id, bytes: page, url: None, charset: None, fetched: None };
            if let Some(article) = extractor.html(&page).article {
                divan::black_box(grammar.read(&article));
            }
        }
    });
}
