//! Page to article beside the bare parse of the same pages, on one core.
//!
//! The pages are the project's samples; `PAGES=folder` measures others.

#![expect(clippy::unwrap_used, reason = "a benchmark without its pages has nothing to measure")]

mod folder;

use std::hint::black_box;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use extractor::{Extractor, Page};
use knowledge::Knowledge;

fn main() {
    divan::main();
}

#[divan::bench]
fn bare_parse(bencher: Bencher<'_, '_>) {
    let pages = folder::pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench_local(|| {
        for page in &pages {
            black_box(scraper::Html::parse_document(black_box(page)));
        }
    });
}

fn read(bencher: Bencher<'_, '_>, extractor: &Extractor) {
    let pages = folder::pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench_local(|| {
        for page in &pages {
            let page = Page { id: "page", source: "page", bytes: page.as_bytes(), url: None, charset: None, fetched: None };
            black_box(extractor.html(black_box(&page)));
        }
    });
}

#[divan::bench]
fn with_profiles(bencher: Bencher<'_, '_>) {
    read(bencher, &Extractor::new(&Knowledge::load(None).unwrap()));
}

#[divan::bench]
fn by_shape(bencher: Bencher<'_, '_>) {
    read(bencher, &Extractor::with(&Knowledge::load(None).unwrap().publishers.generic()));
}
