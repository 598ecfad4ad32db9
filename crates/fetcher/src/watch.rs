//! Files that others watch: Prometheus metrics and the date of the last success.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::FetchError;
use crate::night::{Ending, Night};

/// Writes a night as Prometheus text, for the node exporter's textfile collector.
pub fn write_metrics(path: &Path, night: &Night) -> Result<(), FetchError> {
    replace(path, &metrics(night))
}

/// Writes `last-success.json`; a night in which no source answered is no success, whatever the reason, so the file's age tells.
///
/// One of many sources is down on most nights: that is told in the file, and by the exit code.
pub fn write_last_success(path: &Path, night: &Night) -> Result<(), FetchError> {
    #[derive(Serialize)]
    struct Health<'a> {
        ended: Timestamp,
        ending: Ending,
        new: u64,
        changed: u64,
        read: u64,
        rows: u64,
        unreachable: &'a BTreeSet<String>,
        software: &'a str,
    }
    if night.fetch.sources == 0 {
        return Ok(());
    }
    let health = Health {
        ended: night.fetch.ended,
        ending: night.ending,
        new: night.fetch.new,
        changed: night.fetch.changed,
        read: night.read,
        rows: night.dataset.rows,
        unreachable: &night.fetch.unreachable,
        software: crate::SOFTWARE,
    };
    let mut text = serde_json::to_string(&health).unwrap_or_default();
    text.push('\n');
    replace(path, &text)
}

/// Writes beside and renames, so that no reader sees half a file.
fn replace(path: &Path, text: &str) -> Result<(), FetchError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).map_err(FetchError::file(path))
}

fn metrics(night: &Night) -> String {
    let fetch = &night.fetch;
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, rows: &[(String, u64)]| {
        let _ = writeln!(text, "# HELP solieu_{name} {help}\n# TYPE solieu_{name} gauge");
        for (labels, value) in rows {
            let _ = writeln!(text, "solieu_{name}{labels} {value}");
        }
    };
    let label = |key: &str, value: &str| format!("{{{key}=\"{}\"}}", value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    let one = |value: u64| vec![(String::new(), value)];
    let pages = [("new", fetch.new), ("changed", fetch.changed), ("unchanged", fetch.unchanged), ("redirected", fetch.redirected)];
    gauge("pages", "Pages of the last night by outcome.", &pages.map(|(name, count)| (label("outcome", name), count)));
    let failed: Vec<_> = fetch.failed.iter().map(|(word, count)| (label("reason", word), *count)).collect();
    gauge("failed", "Addresses without a page in the last night by reason.", &failed);
    let requests: Vec<_> = fetch.requests.iter().map(|(host, count)| (label("host", host), *count)).collect();
    gauge("requests", "Requests of the last night by host.", &requests);
    gauge("unreachable_hosts", "Hosts given up in the last night.", &one(fetch.unreachable.len() as u64));
    gauge("received_bytes", "Bytes of bodies in the last night.", &one(fetch.bytes));
    gauge("archived_bytes", "Bytes appended to the archive in the last night.", &one(fetch.archived));
    gauge("read_pages", "Pages read in the last night.", &one(night.read));
    gauge("refused_pages", "Pages refused in the last night.", &one(night.refused + night.unreadable));
    gauge("dataset_rows", "Rows of the dataset.", &one(night.dataset.rows));
    gauge("dataset_changed", "Whether the last night changed the dataset.", &one(u64::from(night.dataset.changed)));
    gauge("night_seconds", "Length of the last night.", &one(fetch.ended.duration_since(fetch.began).as_secs().unsigned_abs()));
    gauge("night_end_timestamp_seconds", "When the last night ended.", &one(fetch.ended.as_second().unsigned_abs()));
    text
}
