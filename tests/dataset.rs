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
    assert_eq!(run["counts"]["extract"]["articles"], run["inputs"].as_array().unwrap().len());
    for file in run["files"].as_array().unwrap() {
        assert!(out.join(file["path"].as_str().unwrap()).exists(), "{file}");
    }
}

#[test]
fn pandas_polars_duckdb_and_frictionless_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    run(&["pipeline", &samples(), "--out", &out]);
    script("read_dataset.py", &[Path::new(&out)]);
}

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

fn samples() -> String {
    root().join("data/samples").display().to_string()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
