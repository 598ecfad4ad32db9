//! The corpora of statements and of vocabulary, against their committed reports in `tests/conformance/`.

use std::collections::BTreeSet;

use grammar::Grammar;
use knowledge::Knowledge;

use crate::corpus::cases;
use crate::report::Report;

fn compare(folder: &'static str) {
    let known = Knowledge::load(None).expect("the built-in tables load");
    let grammar = Grammar::new(&known);
    let mut report = Report::new(folder);
    for case in cases(folder) {
        report.add(&case.name, case.mistakes(&grammar));
    }
    report.agree();
}

#[test]
fn statements_are_read_as_the_corpus_says() {
    compare("statements");
}

#[test]
fn every_spelling_of_the_vocabulary_is_read() {
    compare("vocabulary");
}

#[test]
fn names_of_cases_are_unique() {
    let mut names = BTreeSet::new();
    for case in ["statements", "vocabulary"].into_iter().flat_map(cases) {
        assert!(names.insert(case.name.clone()), "two cases are called {}", case.name);
    }
}
