//! How fast texts are read; how often memory is asked for is counted in a test (`tests/reading/allocations.rs`), since counting takes time.
//!
//! What was measured, and how to repeat it, stands in `tests/README.md` below "Speed of the reading".
//!
//! `cargo bench -p grammar`; the development texts of the evaluation are read where they stand beside the repository.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use grammar::Grammar;
use jiff::civil::date;
use knowledge::Knowledge;
use model::{Article, Block, BlockKind, When};

/// That of the program.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    divan::main();
}

/// The sentences of the corpus of statements, a paragraph each, and how many they are.
fn corpus() -> (Vec<Article>, usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/statements");
    let mut files: Vec<_> = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_default();
        lines.extend(text.lines().filter(|line| !line.is_empty() && !line.starts_with(['=', '-', '@', '#'])).map(str::to_owned));
    }
    let count = lines.len();
    (lines.chunks(20).map(|chunk| article(&chunk.join("\n"))).collect(), count)
}

/// The development texts, and about how many sentences they have.
fn development() -> (Vec<Article>, usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/dev/articles.jsonl");
    let rows = fs::read_to_string(path).unwrap_or_default();
    let texts: Vec<String> =
        rows.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned)).collect();
    let sentences = texts.iter().map(|text| text.split_inclusive(['.', '\n']).filter(|part| part.contains(' ')).count()).sum();
    (texts.iter().map(|text| article(text)).collect(), sentences)
}

fn article(text: &str) -> Article {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let length = line.chars().count() as u32;
        if !line.is_empty() {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                text: line.to_owned(),
                span: Some((at, at + length)),
                href: None,
                image: None,
            });
        }
        at += length + 1;
    }
    Article { text: text.to_owned(), blocks, published: Some(When::Day(date(2024, 7, 1))), ..Article::empty("bench", "bench") }
}

fn read(bencher: Bencher<'_, '_>, articles: &[Article], sentences: usize) {
    let Ok(known) = Knowledge::load(None) else { return };
    let grammar = Grammar::new(&known);
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    bencher.counter(ItemsCount::new(sentences)).counter(BytesCount::new(bytes)).bench(|| {
        for article in articles {
            divan::black_box(grammar.read(divan::black_box(article)));
        }
    });
}

#[divan::bench(sample_count = 10)]
fn corpus_sentences(bencher: Bencher<'_, '_>) {
    let (articles, sentences) = corpus();
    read(bencher, &articles, sentences);
}

#[divan::bench(sample_count = 10)]
fn development_texts(bencher: Bencher<'_, '_>) {
    let (articles, sentences) = development();
    read(bencher, &articles, sentences);
}

/// One sentence without a stop: a time per byte above that of the corpus shows a scan that is not linear.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3)]
fn one_long_sentence(bencher: Bencher<'_, '_>, length: usize) {
    let clause = "xuất khẩu gạo tháng 10 năm 2024 đạt 4,5 triệu tấn, tăng 7,5% so với cùng kỳ năm trước, sang Mỹ và Hà Nội còn ";
    let text: String = clause.chars().cycle().take(length * clause.chars().count() / clause.len()).collect();
    read(bencher, &[article(&text)], 1);
}

#[divan::bench(sample_count = 5)]
fn grammar_from_tables(bencher: Bencher<'_, '_>) {
    let Ok(known) = Knowledge::load(None) else { return };
    bencher.bench(|| divan::black_box(Grammar::new(&known)));
}
