//! What reading the largest page takes in memory, beside the bare parse of it.
//!
//! `max alloc` is the peak over what was there before; the page itself is not in it.

#![expect(clippy::unwrap_used, reason = "a benchmark without its pages has nothing to measure")]

mod folder;

use std::hint::black_box;

use divan::{AllocProfiler, Bencher};
use extractor::{Extractor, Page};
use knowledge::Knowledge;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn largest() -> String {
    folder::pages().into_iter().max_by_key(String::len).unwrap()
}

#[divan::bench]
fn bare_parse(bencher: Bencher<'_, '_>) {
    let page = largest();
    bencher.bench_local(|| drop(black_box(scraper::Html::parse_document(black_box(&page)))));
}

fn read(bencher: Bencher<'_, '_>, extractor: &Extractor) {
    let text = largest();
    let page = Page { id: "page", source: "page", bytes: text.as_bytes(), url: None, charset: None, fetched: None };
    bencher.bench_local(|| drop(black_box(extractor.html(black_box(&page)))));
}

#[divan::bench]
fn with_profiles(bencher: Bencher<'_, '_>) {
    read(bencher, &Extractor::new(&Knowledge::load(None).unwrap()));
}

#[divan::bench]
fn by_shape(bencher: Bencher<'_, '_>) {
    read(bencher, &Extractor::with(&Knowledge::load(None).unwrap().publishers.generic()));
}
