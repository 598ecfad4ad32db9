//! What bounds the memory of a transformation does not show in its dataset; over articles that the press of the benchmark writes.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

#[path = "benches/scale/dice.rs"]
mod dice;
#[path = "benches/scale/press.rs"]
mod press;
#[path = "benches/scale/shares.rs"]
mod shares;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use exporter::{Format, Provenance};
use knowledge::Knowledge;
use model::Record;
use transformer::{Limits, Options, Summary};

use press::Press;

/// Figures: enough that sources share, dispute and copy some.
const FIGURES: usize = 6_000;

#[test]
fn small_batches_and_ranges_give_the_same_bytes() {
    let known = Knowledge::load(None).unwrap();
    let records: Vec<Record> = Press::new(&known).articles(FIGURES).collect();
    let (whole, pieces) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let summary = write(&records, Limits::default(), whole.path(), &known);
    assert_eq!(summary, write(&records, Limits { batch: 500, range: 300 }, pieces.path(), &known));
    let (whole, pieces) = (files(&whole.path().join("out")), files(&pieces.path().join("out")));
    assert_eq!(whole.keys().collect::<Vec<_>>(), pieces.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert!(*bytes == pieces[name], "{name} differs");
    }
}

#[test]
fn the_press_writes_what_papers_write() {
    let known = Knowledge::load(None).unwrap();
    let records: Vec<Record> = Press::new(&known).articles(FIGURES).collect();
    assert_eq!(records, Press::new(&known).articles(FIGURES).collect::<Vec<_>>());
    for record in &records {
        let letters: Vec<char> = record.article.text.chars().collect();
        for figure in &record.observations {
            assert_eq!(letters[figure.start as usize..figure.end as usize].iter().collect::<String>(), figure.quote);
        }
        for block in &record.article.blocks {
            let (start, end) = block.span.unwrap();
            assert_eq!(letters[start as usize..end as usize].iter().collect::<String>(), block.text);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let summary = write(&records, Limits::default(), folder.path(), &known);
    assert!(summary.copies > 0 && summary.shared > 0 && summary.conflicts > 0, "{summary:?}");
    assert!(summary.metrics.contains_key("implied_previous") && summary.metrics.contains_key("target_gap"), "{summary:?}");
    assert!(summary.checks.contains_key("sources_agree") && summary.checks.contains_key("plausible_range"), "{summary:?}");
}

/// Transforms records and exports them into `folder/out`.
fn write(records: &[Record], limits: Limits, folder: &Path, known: &Knowledge) -> Summary {
    let options = Options { staging: folder.join("staging"), existing: None };
    let dataset = transformer::transform_within(limits, records.iter().cloned(), &options, known).unwrap();
    let options = exporter::Options { formats: Format::ALL.to_vec(), partition: false, excel: false, provenance: Provenance::default() };
    exporter::export(&dataset.tables, &folder.join("out"), &options, known).unwrap();
    dataset.summary
}

/// The files of a dataset by name, without the run's own story.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.is_file() && !path.ends_with("run.json"));
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}
