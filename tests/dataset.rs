//! The dataset of the bundled pages as its users get it: the same however it is made, and readable with their tools.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

#[path = "python/mod.rs"]
mod python;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use python::{script, succeed};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

#[test]
fn stages_one_by_one_give_what_the_pipeline_gives() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    run(&["pipeline", &samples(), "--out", &at("whole")]);
    run(&["extract", &samples(), "--out", &at("records.jsonl.gz")]);
    run(&["transform", &at("records.jsonl.gz"), "--out", &at("tables")]);
    run(&["export", &at("tables"), "--out", &at("parts")]);
    agree(&files(&folder.path().join("whole")), &files(&folder.path().join("parts")));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let made: Vec<_> = ["1", "2", "7"]
        .iter()
        .map(|threads| {
            let out = folder.path().join(threads);
            run(&["pipeline", &samples(), "--threads", threads, "--out", &out.display().to_string()]);
            files(&out)
        })
        .collect();
    agree(&made[0], &made[1]);
    agree(&made[0], &made[2]);
}

#[test]
fn every_page_of_the_samples_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run(&["pipeline", &samples(), "--out", &out.display().to_string()]);
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["refusals"], serde_json::json!([]));
    let inputs = run["inputs"].as_array().unwrap().iter().map(|input| input["path"].as_str().unwrap());
    let articles: usize =
        inputs.map(|path| if ends_in(path, "jsonl") { fs::read_to_string(path).unwrap().lines().count() } else { 1 }).sum();
    assert_eq!(run["counts"]["extract"]["articles"], articles);
    for file in run["files"].as_array().unwrap() {
        assert!(out.join(file["path"].as_str().unwrap()).exists(), "{file}");
    }
}

#[test]
fn polars_pandas_duckdb_and_pyarrow_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    run(&["pipeline", &samples(), "--out", &out]);
    script("read_dataset.py", &[Path::new(&out)]);
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever runs it shall see what was not tested")]
fn r_reads_it() {
    if Command::new("Rscript").arg("--version").output().is_err() {
        println!("skipped: R is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run(&["pipeline", &samples(), "--out", &out.display().to_string()]);
    let read = succeed(Command::new("Rscript").env("LC_ALL", "C.UTF-8").arg(root().join("tests/r/read_dataset.R")).arg(&out));
    print!("{}", String::from_utf8_lossy(&read.stdout));
}

#[test]
fn the_validators_of_its_standards_find_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    run(&["pipeline", &samples(), "--out", &out]);
    script("validate_dataset.py", &[Path::new(&out)]);
}

#[test]
fn partitions_hold_the_rows_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    run(&["pipeline", &samples(), "--out", &at("whole")]);
    run(&["pipeline", &samples(), "--partition", "--excel", "--out", &at("parts")]);
    assert!(!folder.path().join("parts/observations.parquet").exists());
    script("read_partitions.py", &[Path::new(&at("parts")), Path::new(&at("whole"))]);
    script("validate_dataset.py", &[Path::new(&at("parts"))]);
}

#[test]
fn a_partitioned_dataset_exports_to_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    run(&["pipeline", &samples(), "--out", &at("whole")]);
    run(&["export", &at("whole"), "--partition", "--out", &at("parts")]);
    run(&["export", &at("parts"), "--out", &at("again")]);
    agree(&files(&folder.path().join("whole")), &files(&folder.path().join("again")));
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(folder.path().join("page.html"), HOSTILE).unwrap();
    run(&["pipeline", &at("page.html"), "--out", &at("plain")]);
    run(&["pipeline", &at("page.html"), "--excel", "--out", &at("sheets")]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    for (table, cell) in [
        ("articles", "=HYPERLINK(1) thu ngân sách"),
        ("articles", "+84 Báo"),
        ("blocks", "=HYPERLINK(1) thu ngân sách"),
        ("blocks", "- Xuất khẩu đạt 5 tỷ USD."),
        ("blocks", "@SUM(1) Nhập khẩu đạt 4 tỷ USD."),
    ] {
        let (plain, sheet) = (read(&format!("plain/{table}.csv")), read(&format!("sheets/{table}.csv")));
        assert!(plain.contains(&format!(",{cell}")) && !plain.contains(&format!("'{cell}")), "{table}: {cell}\n{plain}");
        assert!(sheet.contains(&format!(",'{cell}")) && !sheet.contains(&format!(",{cell}")), "{table}: {cell}\n{sheet}");
    }
    for name in files(&folder.path().join("sheets")).keys().filter(|name| ends_in(name, "csv")) {
        // SDMX is read by programs alone, which take a mark for a part of the first column's name.
        let marked = !name.contains(".sdmx.");
        assert_eq!(read(&format!("sheets/{name}")).starts_with('\u{feff}'), marked, "{name}");
        assert!(!read(&format!("plain/{name}")).starts_with('\u{feff}'), "{name}");
    }
    // A number is no formula: its minus stays bare.
    assert!(read("sheets/observations.csv").contains(",-2,"), "{}", read("sheets/observations.csv"));
}

#[test]
fn the_notebook_runs() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    run(&["pipeline", &samples(), "--out", &out]);
    script("run_notebook.py", &[&root().join("notebooks/tour.ipynb"), Path::new(&out)]);
}

/// A page whose words would run in a spreadsheet.
const HOSTILE: &str = r#"<html><head><title>=HYPERLINK(1) thu ngân sách</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "=HYPERLINK(1) thu ngân sách",
 "datePublished": "2025-01-06T08:00:00+07:00",
 "publisher": {"@type": "Organization", "name": "+84 Báo"}}</script></head>
<body><article><h1>=HYPERLINK(1) thu ngân sách</h1>
<p>Năm 2024, thu ngân sách của tỉnh Đồng Nai giảm 2% so với năm 2023, theo báo cáo của Sở Tài chính.</p>
<p>- Xuất khẩu đạt 5 tỷ USD.</p>
<p>@SUM(1) Nhập khẩu đạt 4 tỷ USD.</p></article></body></html>"#;

/// Runs the program, which must succeed.
fn run(arguments: &[&str]) {
    succeed(Command::new(SOLIEU).arg("--quiet").args(arguments));
}

/// The files of a dataset by name, without the run's own story, which has a clock in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("run.json") {
                files.insert(path.strip_prefix(folder).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn agree(first: &BTreeMap<String, Vec<u8>>, second: &BTreeMap<String, Vec<u8>>) {
    assert!(first.contains_key("observations.csv"), "{:?}", first.keys());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in first {
        assert!(*bytes == second[name], "{name} differs");
    }
}

fn ends_in(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

fn samples() -> String {
    root().join("data/samples").display().to_string()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
