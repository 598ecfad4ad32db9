//! What reading a page takes in memory, beside the bare parse of it.
//!
//! The pages are read one after another: `max alloc` is the peak of the greediest, over what was there before; the pages themselves are not in it.

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

#[divan::bench]
fn bare_parse(bencher: Bencher<'_, '_>) {
    let pages = folder::pages();
    bencher.bench_local(|| pages.iter().for_each(|page| drop(black_box(scraper::Html::parse_document(black_box(page))))));
}

fn read(bencher: Bencher<'_, '_>, extractor: &Extractor) {
    let pages = folder::pages();
    let page = |text| Page { id: "page", source: "page", bytes: str::as_bytes(text), url: None, charset: None, fetched: None };
    bencher.bench_local(|| pages.iter().for_each(|text| drop(black_box(extractor.html(&page(black_box(text)))))));
}

#[divan::bench]
fn with_profiles(bencher: Bencher<'_, '_>) {
    read(bencher, &Extractor::new(&Knowledge::load(None).unwrap()));
}

#[divan::bench]
fn by_shape(bencher: Bencher<'_, '_>) {
    read(bencher, &Extractor::with(&Knowledge::load(None).unwrap().publishers.generic()));
}
