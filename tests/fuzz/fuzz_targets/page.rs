//! Bytes to article: the first byte chooses the door, the rest is the page.
//!
//! Run with `cargo +nightly fuzz run --fuzz-dir tests/fuzz page`; `corpus/page` keeps what was found worth keeping.

#![no_main]

use std::sync::LazyLock;

use extractor::{Extractor, Page};
use knowledge::Knowledge;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| match Knowledge::load(None) {
    Ok(known) => Extractor::new(&known),
    Err(error) => panic!("{error}"),
});

fuzz_target!(|bytes: &[u8]| {
    let Some((door, bytes)) = bytes.split_first() else { return };
    let page = Page { id: "fuzz", source: "fuzz", bytes, url: None, charset: None, fetched: None };
    let read = match door % 4 {
        0 => EXTRACTOR.text(&page),
        1 => EXTRACTOR.json(&page),
        _ => EXTRACTOR.html(&page),
    };
    let Some(article) = read.article else {
        assert!(read.refusal.is_some());
        return;
    };
    let text: Vec<char> = article.text.chars().collect();
    for block in &article.blocks {
        if let Some((start, end)) = block.span {
            assert_eq!(text[start as usize..end as usize].iter().collect::<String>(), block.text);
        }
    }
    for cell in &article.cells {
        if let Some((start, end)) = cell.span {
            assert_eq!(text[start as usize..end as usize].iter().collect::<String>(), cell.text);
        }
    }
});
