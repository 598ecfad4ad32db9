//! Records to dataset at scale, beside plain polars reading and writing the same Parquet.
//!
//! `cargo bench --workspace --bench scale -- 100000 1000000` makes a dataset of so many figures, each size in processes of its
//! own, so that the peak of memory is that size's. Without a number it makes a small one.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops at the first trouble")]

mod clock;
mod dice;
mod press;
mod shares;

use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::process::Command;

use exporter::{Format, Provenance};
use knowledge::Knowledge;
use model::Record;
use polars::prelude::*;
use serde_json::{Value, json};
use transformer::Dataset;

use clock::{Clock, Spent};
use press::Press;
use tikv_jemallocator::Jemalloc;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

/// Figures that are made without being asked for a number.
const FEW: usize = 50_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["dataset", figures, folder] => println!("{}", dataset(figures.parse().unwrap(), Path::new(folder))),
        ["plain", folder] => println!("{}", plain(Path::new(folder))),
        [] => compare(&[FEW]),
        ref sizes => compare(&sizes.iter().filter_map(|size| size.parse().ok()).collect::<Vec<_>>()),
    }
}

/// Measures every size and prints a table in Markdown.
fn compare(sizes: &[usize]) {
    println!("| figures | rows | transform | Parquet | CSV, SDMX | figures/s | peak | plain polars | cost, elapsed | cost, processor |");
    println!("| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
    for figures in sizes {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().display().to_string();
        let made = child(&["dataset", &figures.to_string(), &place]);
        let plain = child(&["plain", &place]);
        let number = |value: &Value| value.as_f64().unwrap();
        let spent = |stage: &Value| Spent { elapsed: number(&stage["elapsed"]), processor: number(&stage["processor"]) };
        let (transform, parquet, others) = (spent(&made["transform"]), spent(&made["parquet"]), spent(&made["others"]));
        let (ours, theirs) = (transform + parquet, spent(&plain["copy"]));
        println!(
            "| {} | {} | {transform} | {parquet} | {others} | {:.0} | {:.2} GB | {theirs} | {:.1} × | {:.1} × |",
            made["figures"],
            made["rows"],
            number(&made["figures"]) / ours.elapsed,
            number(&made["peak"]) / 1e9,
            ours.elapsed / theirs.elapsed,
            ours.processor / theirs.processor,
        );
    }
}

/// Runs a measurement in a process of its own.
fn child(arguments: &[&str]) -> Value {
    let output = Command::new(std::env::current_exe().unwrap()).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Transforms so many figures and exports them, first as Parquet into `tables`, then in all other forms.
fn dataset(figures: usize, folder: &Path) -> Value {
    let known = Knowledge::load(None).unwrap();
    let mut writing = Spent::default();
    let clock = Clock::start();
    let records = Timed { records: Press::new(&known).articles(figures), made: VecDeque::new(), spent: &mut writing };
    let options = transformer::Options { staging: folder.join("staging"), existing: None };
    let made = transformer::transform(records, &options, &known).unwrap();
    let transform = clock.spent() - writing;
    let (rows, parquet) = export(&made, &folder.join("tables"), &[Format::Parquet], &known);
    let (_, others) = export(&made, &folder.join("others"), &[Format::Csv, Format::Sdmx], &known);
    json!({
        "figures": made.summary.observations,
        "rows": rows,
        "press": writing,
        "transform": transform,
        "parquet": parquet,
        "others": others,
        "peak": clock::peak_memory(),
    })
}

/// Exports a dataset; the number of its rows, and how long it took.
fn export(dataset: &Dataset, folder: &Path, formats: &[Format], known: &Knowledge) -> (usize, Spent) {
    let clock = Clock::start();
    let options = exporter::Options { formats: formats.to_vec(), partition: false, excel: false, provenance: Provenance::default() };
    let manifest = exporter::export(&dataset.tables, folder, &options, known).unwrap();
    (manifest.rows.values().sum(), clock.spent())
}

/// Reads every Parquet file of the dataset and writes it again, as polars does by itself.
fn plain(folder: &Path) -> Value {
    let copies = folder.join("plain");
    fs::create_dir(&copies).unwrap();
    let clock = Clock::start();
    for entry in fs::read_dir(folder.join("tables")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "parquet") {
            copy(&path, &copies.join(path.file_name().unwrap()));
        }
    }
    json!({ "copy": clock.spent(), "peak": clock::peak_memory() })
}

fn copy(from: &Path, to: &Path) {
    let reference = |path: &Path| PlRefPath::try_from_path(path).unwrap();
    let options = ParquetWriteOptions {
        compression: ParquetCompression::Zstd(None),
        statistics: StatisticsOptions::full(),
        ..ParquetWriteOptions::default()
    };
    let target = SinkDestination::File { target: SinkTarget::Path(reference(to)) };
    let frame = LazyFrame::scan_parquet(reference(from), ScanArgsParquet::default()).unwrap();
    let written = frame.sink(target, FileWriteFormat::Parquet(options.into()), UnifiedSinkArgs::default()).unwrap();
    written.collect_with_engine(Engine::Streaming).unwrap();
}

/// Records with what their making took, which is not the transformer's. They are made by the hundred, since looking at the
/// clock takes as long as making a few.
struct Timed<'t, I> {
    records: I,
    made: VecDeque<Record>,
    spent: &'t mut Spent,
}

impl<I: Iterator<Item = Record>> Iterator for Timed<'_, I> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.made.is_empty() {
            let clock = Clock::of_thread();
            self.made.extend(self.records.by_ref().take(100));
            *self.spent += clock.spent();
        }
        self.made.pop_front()
    }
}
