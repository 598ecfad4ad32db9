//! Nights of the program against a news site of the test's own, as the corpus in `corpus/nights` states them.
//!
//! A file is a `solieu.toml` and nights in order: the command, what the site changes before it, and what comes of it: exit code
//! and streams, the requests to every host, what the archive's index, the state and the dataset gained and lost.
//! `UPDATE=1` rewrites what is expected; read the diff before you commit it.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

mod csv;
#[path = "../crates/fetcher/tests/site/mod.rs"]
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use fetcher::archive;
use fetcher::state::{Seen, State};
use site::{Reply, Site, TestClock, feed};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

/// What of an observation stands in the corpus.
const COLUMNS: [&str; 9] = ["url", "indicator", "product", "measure", "value", "unit", "period", "compared_with", "quote"];

/// The gap of each host, by robots.txt, profile and settings of the corpus, whichever is longest.
const GAPS: [(&str, Duration); 3] = [
    ("gao.example", Duration::from_millis(120)),
    ("thep.example", Duration::from_millis(90)),
    ("www.thep.example", Duration::from_millis(90)),
];

/// One night of the corpus.
struct Night {
    name: String,
    command: String,
    /// What the site changes, as the file has it.
    changes: String,
    /// What comes of it.
    outcome: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_corpus_holds() {
    for path in corpus() {
        let text = fs::read_to_string(&path).unwrap();
        let (settings, nights) = read(&text);
        let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("solieu.toml"), &settings).unwrap();
        let mut now = settings;
        for night in &nights {
            change(&site, &night.changes);
            let outcome = play(&site, folder.path(), &night.command);
            writeln!(now, "=== {}\n$ {}\n{}---\n{outcome}", night.name, night.command, night.changes).unwrap();
            if std::env::var_os("UPDATE").is_none() {
                assert!(night.outcome.trim() == outcome.trim(), "{}: expected\n{}\nbut it gave\n{outcome}", night.name, night.outcome);
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, now.trim_end().to_owned() + "\n").unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_second_of_two_nights_refuses() {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let items = [("http://a.example/1.html", ""), ("http://a.example/2.html", "")];
    site.put("a.example/feed.rss", Reply::xml(&feed(&items)));
    let folder = tempfile::tempdir().unwrap();
    let settings =
        "[fetch]\ncontact = \"a\"\npublishers = [\"a\"]\nmin_gap = \"2s\"\n[publisher.a]\nfeeds = [\"http://a.example/feed.rss\"]\n";
    fs::write(folder.path().join("solieu.toml"), settings).unwrap();

    let mut first = nightly(&site, folder.path(), "solieu nightly --quiet").spawn().unwrap();
    // Once it asks, it holds the store; its gaps leave the second all the time that it needs.
    while site.hits().is_empty() {
        assert!(first.try_wait().unwrap().is_none(), "the first night asks before it ends");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let second = nightly(&site, folder.path(), "solieu nightly").output().unwrap();
    assert!(first.try_wait().unwrap().is_none(), "the first night is still at work");
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(11), "{said}");
    assert!(said.contains("hint: wait for the other run to end"), "{said}");
    first.kill().unwrap();
    first.wait().unwrap();
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/nights");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

/// The settings, then nights: `=== name`, `$ command`, changes of the site, `---`, what comes of it.
fn read(text: &str) -> (String, Vec<Night>) {
    let mut blocks = text.split("=== ");
    let settings = blocks.next().unwrap().to_owned();
    let nights = blocks.map(|block| {
        let (head, outcome) = block.split_once("---\n").unwrap();
        let (name, head) = head.split_once("\n$ ").unwrap();
        let (command, changes) = head.split_once('\n').unwrap();
        Night { name: name.to_owned(), command: command.to_owned(), changes: changes.to_owned(), outcome: outcome.to_owned() }
    });
    (settings, nights.collect())
}

/// Puts on the site what a night changes: an address with status and headers, its body indented below.
fn change(site: &Site, changes: &str) {
    let mut lines = changes.lines().peekable();
    while let Some(line) = lines.next() {
        let mut words = line.split(' ');
        let address = words.next().unwrap();
        let mut body = String::new();
        while let Some(text) = lines.peek().and_then(|line| line.strip_prefix("    ")) {
            body.push_str(text);
            body.push('\n');
            lines.next();
        }
        let mut reply = match address.rsplit('.').next() {
            Some("txt") => Reply::text(&body),
            Some("rss" | "xml") => Reply::xml(&body),
            _ => Reply::html(&body),
        };
        for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
            match (name, &mut reply) {
                ("status", Reply::Page { status, .. }) => *status = value.parse().unwrap(),
                ("etag", _) => reply = reply.with("etag", value),
                ("location", _) => reply = reply.with("location", value),
                _ => panic!("{line}: `{name}` is neither a status nor a header that the site knows"),
            }
        }
        site.put(address, reply);
    }
}

/// Runs a night in a folder and says what came of it.
fn play(site: &Site, folder: &Path, command: &str) -> String {
    site.forget_hits();
    let store = folder.join("store");
    let (indexed, seen, rows) = (index(&store), state(&store), dataset(&folder.join("out")));
    let output = nightly(site, folder, command).output().unwrap();
    let mut lines = vec![format!("exit {}", output.status.code().unwrap())];
    lines.extend(talk(&output));
    lines.extend(requests(site));
    lines.extend(index(&store).difference(&indexed).map(|line| format!("archive: {}", line.split_once('\t').unwrap().1)));
    lines.extend(state(&store).difference(&seen).map(|line| format!("state: {line}")));
    lines.extend(left(folder));
    let now = dataset(&folder.join("out"));
    lines.extend(rows.difference(&now).map(|row| format!("dataset: - {row}")));
    lines.extend(now.difference(&rows).map(|row| format!("dataset: + {row}")));
    agree(&store);
    lines.join("\n") + "\n"
}

/// The command, with every host of the corpus at the site's address.
fn nightly(site: &Site, folder: &Path, command: &str) -> Command {
    let hosts: Vec<String> =
        ["a.example"].into_iter().chain(GAPS.map(|(host, _)| host)).map(|host| format!("{host}={}", site.address)).collect();
    let mut program = Command::new(SOLIEU);
    program.args(command.strip_prefix("solieu ").unwrap().split(' ')).current_dir(folder);
    program.env("SOLIEU_FETCH_HOSTS", hosts.join(",")).env("NO_COLOR", "1").env_remove("SOLIEU_LOG");
    program
}

/// Both streams; in a line for machines without what differs from run to run.
fn talk(output: &Output) -> Vec<String> {
    let lines = |name: &str, bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.lines().map(|line| format!("{name}: {}", without_times(line))).collect::<Vec<_>>()
    };
    [lines("stderr", &output.stderr), lines("stdout", &output.stdout)].concat()
}

fn without_times(line: &str) -> String {
    let Ok(mut told) = serde_json::from_str::<serde_json::Value>(line) else { return line.to_owned() };
    for key in ["/timestamp", "/fetch/began", "/fetch/ended", "/fetch/archived"] {
        if let Some(value) = told.pointer_mut(key) {
            *value = "?".into();
        }
    }
    told.to_string()
}

/// The requests to every host in order, those marked that asked for changes only; the gap of every host was kept.
fn requests(site: &Site) -> Vec<String> {
    let mut hosts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for hit in site.hits() {
        let conditional = ["if-none-match", "if-modified-since"].iter().any(|header| hit.headers.contains_key(*header));
        hosts.entry(hit.host).or_default().push(hit.path + if conditional { "[if changed]" } else { "" });
    }
    for (host, gap) in GAPS {
        assert!(site.shortest_wait(host).is_none_or(|shortest| shortest >= gap), "{host}: {:?}", site.shortest_wait(host));
    }
    hosts.into_iter().map(|(host, paths)| format!("requests: {host} {}: {}", paths.len(), paths.join(" "))).collect()
}

/// The lines of all indices, without times and places, each behind its file.
fn index(store: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(store.join("archive")) else { return BTreeSet::new() };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ending| ending == "cdxj"));
    let lines = paths.flat_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        text.lines().map(|line| format!("{}\t{}", path.display(), without_places(line))).collect::<Vec<_>>()
    });
    lines.collect()
}

fn without_places(line: &str) -> String {
    let (key, rest) = line.split_once(' ').unwrap();
    let fields: serde_json::Value = serde_json::from_str(rest.split_once(' ').unwrap().1).unwrap();
    let field = |name: &str| fields[name].as_str().unwrap().to_owned();
    format!("{key} {} {} {}", field("status"), field("mime"), &field("digest")[..15])
}

/// What the state knows of every address, without times.
fn state(store: &Path) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    if store.exists() {
        State::open(&store.join("state.redb")).unwrap().each_page(|url, seen| _ = lines.insert(format!("{url} {}", known(&seen)))).unwrap();
    }
    lines
}

fn known(seen: &Seen) -> String {
    let status = seen.status.map(|status| format!("status {status}"));
    let etag = seen.etag.as_ref().map(|etag| format!("etag {etag}"));
    let content = seen.content.as_ref().map(|content| format!("content {}", &content.hash[..8]));
    let read = seen.read.as_ref().map(|read| format!("{} {}", if read.refused { "refused" } else { "read" }, &read.hash[..8]));
    let failure = seen.failure.as_ref().map(|failure| format!("{} failures: {failure}", seen.failures));
    [status, etag, content, read, failure].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The files for those who watch, as far as they do not tell times.
fn left(folder: &Path) -> Vec<String> {
    let health = fs::read_to_string(folder.join("last-success.json")).unwrap_or_default();
    let health: serde_json::Value = serde_json::from_str(&health).unwrap_or_default();
    let mut lines = vec![format!("last success: {}", health["ending"])];
    let metrics = fs::read_to_string(folder.join("night.prom")).unwrap_or_default();
    let differs = ["archived_bytes", "night_seconds", "night_end"];
    let gauges = metrics.lines().filter(|line| !line.starts_with('#') && !differs.iter().any(|part| line.contains(part)));
    lines.extend(gauges.map(|line| format!("metrics: {line}")));
    _ = fs::remove_file(folder.join("night.prom"));
    lines
}

/// The observations, each as a line.
fn dataset(out: &Path) -> BTreeSet<String> {
    let file = out.join("observations.csv");
    if !file.exists() {
        return BTreeSet::new();
    }
    let cell = |row: &csv::Row, column: &str| if row[column].is_empty() { "-".to_owned() } else { row[column].clone() };
    csv::rows(&file).iter().map(|row| COLUMNS.map(|column| cell(row, column)).join(" | ")).collect()
}

/// State and archive agree: no damage, and every content stands where the state says.
fn agree(store: &Path) {
    let folder = store.join("archive");
    for report in archive::verify(&folder).unwrap() {
        assert_eq!(report.troubles, Vec::<String>::new(), "{}", report.file);
    }
    let check = |url: &str, seen: Seen| {
        let Some(content) = seen.content else { return };
        let page = archive::page_at(&folder, &content.id.parse().unwrap()).unwrap();
        assert_eq!((page.url.as_str(), blake3::hash(&page.bytes).to_hex().to_string()), (url, content.hash));
    };
    State::open(&store.join("state.redb")).unwrap().each_page(check).unwrap();
}
