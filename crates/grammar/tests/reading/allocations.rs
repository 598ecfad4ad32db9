//! How often the reading asks for memory: a committed number, and nothing for a token.

use std::hint::black_box;

use allocation_counter::measure;
use grammar::Grammar;
use knowledge::Knowledge;
use model::Article;

use crate::corpus::{cases, paragraphs};

/// Allocations a sentence of the corpus of statements. A figure keeps eight strings or so, its subject two more and its parts one
/// each, two where they are looked up; the rest are the buffers of the page and of its paragraphs.
const A_SENTENCE: f64 = 46.0;
/// What is more or less than that by a larger part has to be committed anew.
const TOLERANCE: f64 = 0.1;
/// Sentences that are read as one page.
const A_PAGE: usize = 20;

/// How often a reading of some articles asks for memory.
fn count(grammar: &Grammar<'_>, articles: &[Article]) -> u64 {
    let read = || articles.iter().for_each(|article| drop(black_box(grammar.read(article))));
    measure(read).count_total
}

#[test]
fn a_sentence_asks_for_memory_as_often_as_is_committed() {
    let known = Knowledge::load(None).expect("the built-in tables load");
    let grammar = Grammar::new(&known);
    let cases = cases("statements");
    let lines: Vec<&str> = cases.iter().flat_map(|case| case.text.lines()).collect();
    let articles: Vec<Article> = lines.chunks(A_PAGE).map(|page| paragraphs("page", &page.join("\n"), None)).collect();
    let found = count(&grammar, &articles) as f64 / lines.len() as f64;
    assert!(
        (found / A_SENTENCE - 1.0).abs() < TOLERANCE,
        "{found:.1} allocations a sentence, where {A_SENTENCE} are committed: if that is meant, change the number"
    );
}

/// Ten times as many words let the buffers grow, a time or two each, and that is all.
#[test]
fn a_token_asks_for_none() {
    let known = Knowledge::load(None).expect("the built-in tables load");
    let grammar = Grammar::new(&known);
    let clause = "các địa phương tiếp tục rà soát quy hoạch và lấy ý kiến người dân tại TP Đà Nẵng ";
    let count = |clauses: usize| count(&grammar, &[paragraphs("words", &clause.repeat(clauses), None)]);
    let (some, many) = (count(20), count(200));
    assert!(many < some + 40, "{some} allocations for 380 words, {many} for ten times as many");
}
