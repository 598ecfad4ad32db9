//! Page to article beside the bare parse of the same pages, on one core.
//!
//! The pages are the project's samples; `PAGES=folder` measures others (`.html`, gzip or not).

#![expect(clippy::unwrap_used, reason = "a benchmark without its pages has nothing to measure")]

use std::fs;
use std::hint::black_box;
use std::io::Read;
use std::path::PathBuf;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use extractor::{Extractor, Page};
use knowledge::Knowledge;

fn main() {
    divan::main();
}

fn pages() -> Vec<String> {
    let folder =
        std::env::var_os("PAGES").map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/samples")), PathBuf::from);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text = |file: &PathBuf| {
        let bytes = fs::read(file).unwrap();
        if file.extension().is_some_and(|ending| ending == "gz") {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
            return String::from_utf8_lossy(&unpacked).into_owned();
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    files.iter().filter(|file| file.to_string_lossy().contains(".html")).map(text).collect()
}

#[divan::bench]
fn bare_parse(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench_local(|| {
        for page in &pages {
            black_box(scraper::Html::parse_document(black_box(page)));
        }
    });
}

fn read(bencher: Bencher<'_, '_>, extractor: &Extractor) {
    let pages = pages();
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
