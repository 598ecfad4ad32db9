//! Archives of other tools and our own: `solieu extract` reads from each what it reads from the same pages as files.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on has failed, and one that checks nothing says so")]

#[path = "python/mod.rs"]
mod python;
#[path = "../crates/fetcher/tests/site/mod.rs"]
mod site;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use python::{script, succeed};
use serde_json::Value;
use site::{Reply, Site, TestClock};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

/// The forms in which `write_warc.py` writes every page.
const FORMS: usize = 6;

/// What is told of where a page came from, and not of what it says.
const ORIGIN: [&str; 4] = ["id", "source", "url", "fetched"];

/// A bundled page: its file, and the address that it names as its own.
struct Page {
    file: PathBuf,
    address: String,
}

#[test]
fn archives_of_warcio_give_the_records_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("pages.tsv");
    let lines: Vec<String> = pages().iter().map(|page| format!("{}\t{}\n", page.address, page.file.display())).collect();
    fs::write(&list, lines.concat()).unwrap();
    script("write_warc.py", &[&list, folder.path()]);
    for file in ["packed.warc.gz", "plain.warc"] {
        assert_eq!(extracted(&[folder.path().join(file)]), times(&of_files(), FORMS), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn archives_of_wget_give_the_records_of_the_files() {
    let site = site_of_pages().await;
    let folder = tempfile::tempdir().unwrap();
    for (name, option) in [("packed", "--warc-cdx"), ("plain", "--no-warc-compression")] {
        let mut command = Command::new("wget");
        command.args(["--quiet", "--output-document=pages", "--tries=1", option]).arg(format!("--warc-file={name}"));
        // As its proxy the site answers for every host.
        command.args(pages().iter().map(|page| &page.address)).env("http_proxy", format!("http://{}", site.address));
        match command.current_dir(folder.path()).status() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                eprintln!("there is no wget: nothing is checked against it");
                return;
            }
            ended => assert!(ended.unwrap().success(), "{command:?}"),
        }
    }
    for file in ["packed.warc.gz", "plain.warc"] {
        assert_eq!(extracted(&[folder.path().join(file)]), of_files(), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_archive_gives_the_records_of_the_files() {
    let site = site_of_pages().await;
    let folder = tempfile::tempdir().unwrap();
    let hosts: Vec<String> = pages().iter().map(|page| format!("{}={}", host(&page.address), site.address)).collect();
    let mut command = Command::new(SOLIEU);
    command.args(["fetch", "--quiet", "--contact", "test@solieu.example", "--set", "fetch.min_gap=1ms"]);
    command.arg("--set").arg(format!("fetch.hosts={}", hosts.join(","))).args(pages().iter().map(|page| &page.address));
    succeed(command.current_dir(folder.path()));
    assert_eq!(extracted(&[folder.path().join("store/archive")]), of_files());
}

/// The bundled pages.
fn pages() -> Vec<Page> {
    let mut files: Vec<PathBuf> = fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "html"));
    files.sort();
    let address = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        let canonical = text.split("rel=\"canonical\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        // The site of the tests speaks no TLS.
        canonical.replacen("https://", "http://", 1)
    };
    files.into_iter().map(|file| Page { address: address(&file), file }).collect()
}

/// A site that has every page at its own address.
async fn site_of_pages() -> Site {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    for page in pages() {
        site.put(page.address.strip_prefix("http://").unwrap(), Reply::html(&fs::read_to_string(&page.file).unwrap()));
    }
    site
}

fn host(address: &str) -> &str {
    address.split('/').nth(2).unwrap()
}

fn of_files() -> BTreeMap<String, usize> {
    extracted(&pages().into_iter().map(|page| page.file).collect::<Vec<_>>())
}

/// The records of inputs without where they came from, and how often each is there.
fn extracted(inputs: &[PathBuf]) -> BTreeMap<String, usize> {
    let output = succeed(Command::new(SOLIEU).args(["--quiet", "extract"]).args(inputs));
    let mut records = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let mut record: Value = serde_json::from_str(line).unwrap();
        let article = record["article"].as_object_mut().unwrap();
        for key in ORIGIN {
            article.remove(key);
        }
        *records.entry(record.to_string()).or_default() += 1;
    }
    assert!(records.len() > 5, "{inputs:?} give records");
    records
}

fn times(records: &BTreeMap<String, usize>, factor: usize) -> BTreeMap<String, usize> {
    records.iter().map(|(record, count)| (record.clone(), count * factor)).collect()
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples")
}
