//! Every spelling of the vocabulary is used in a sentence of the corpus.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use aho_corasick::AhoCorasick;
use knowledge::Knowledge;

/// Every spelling of the vocabulary tables, in lower case.
fn spellings(known: &Knowledge) -> Vec<String> {
    let words = &known.name_words;
    let indicators = known.indicators.iter().flat_map(|indicator| [&indicator.says, &indicator.verbs, &indicator.counts]);
    let subjects = known.subjects.iter().flat_map(|subject| [&subject.says, &subject.verbs, &subject.counts]);
    let partners = known.partners.iter().flat_map(|partner| [&partner.says, &partner.careful]);
    let lists = indicators
        .chain(subjects)
        .chain(partners)
        .chain([&words.prefixes, &words.anaphors, &words.traps])
        .chain(known.products.iter().map(|product| &product.says))
        .chain(known.industries.iter().map(|industry| &industry.says));
    lists.flatten().map(|spelling| spelling.to_lowercase()).collect()
}

#[test]
fn every_spelling_has_a_sentence() -> Result<(), Box<dyn Error>> {
    let spellings = spellings(&Knowledge::load(None)?);
    let finder = AhoCorasick::new(&spellings)?;
    let mut used = BTreeSet::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/vocabulary"))? {
        let text = fs::read_to_string(file?.path())?;
        for line in text.lines().filter(|line| !line.starts_with(['#', '=', '-'])) {
            used.extend(finder.find_overlapping_iter(&line.to_lowercase()).map(|found| spellings[found.pattern()].clone()));
        }
    }
    let unused: Vec<&String> = spellings.iter().filter(|spelling| !used.contains(*spelling)).collect();
    assert!(unused.is_empty(), "spellings without a sentence in tests/corpus/vocabulary: {unused:?}");
    Ok(())
}
