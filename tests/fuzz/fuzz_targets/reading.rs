//! Bytes to figures: the first two bytes choose the day of publication, the rest is the text, a line a paragraph.
//!
//! Run with `cargo +nightly fuzz run --fuzz-dir tests/fuzz reading`. Built without instrumentation (`cargo run --release --bin reading`)
//! it mutates blindly, and with files as arguments it replays them.

#![no_main]

use std::sync::LazyLock;

use grammar::{Grammar, Lean};
use jiff::ToSpan;
use jiff::civil::date;
use knowledge::Knowledge;
use libfuzzer_sys::fuzz_target;
use model::{Article, Block, BlockKind, When};

static KNOWN: LazyLock<Knowledge> = LazyLock::new(|| match Knowledge::load(None) {
    Ok(known) => known,
    Err(error) => panic!("{error}"),
});
static GRAMMAR: LazyLock<Grammar<'static>> = LazyLock::new(|| Grammar::new(&KNOWN));

fuzz_target!(|bytes: &[u8]| {
    let [first, second, rest @ ..] = bytes else { return };
    // Any day from 1900 to 2079; an odd first byte leaves the day unknown.
    let today = date(1900, 1, 1).saturating_add(i64::from(u16::from_be_bytes([*first, *second])).days());
    let text = String::from_utf8_lossy(rest).into_owned();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let length = line.chars().count() as u32;
        if !line.is_empty() {
            let kind = if blocks.is_empty() { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { kind, text: line.to_owned(), span: Some((at, at + length)), href: None, image: None });
        }
        at += length + 1;
    }
    let published = (first % 2 == 0).then_some(When::Day(today));
    let article = Article { text, blocks, published, ..Article::empty("fuzz", "fuzz") };
    let reading = GRAMMAR.read(&article);

    let chars: Vec<char> = article.text.chars().collect();
    let mut last = 0;
    for observation in &reading.observations {
        let (start, end) = (observation.start as usize, observation.end as usize);
        assert!(last <= start && start < end && end <= chars.len(), "figures overlap or run backwards");
        assert!(chars[start..end].iter().eq(observation.quote.chars().collect::<Vec<_>>().iter()), "a quote does not stand at its offsets");
        last = end;
    }
    for measurement in GRAMMAR.quantities(&article.text) {
        assert!(measurement.start < measurement.end && measurement.end as usize <= chars.len());
    }
    let _ = GRAMMAR.periods(&article.text, today, Lean::Ahead);
    let _ = (GRAMMAR.number(&article.text), GRAMMAR.ordinal(&article.text));
});
