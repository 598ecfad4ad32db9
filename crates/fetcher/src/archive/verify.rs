//! Whether an archive still says what it said: digests, damage, and the index against the files.

use std::collections::BTreeSet;
use std::path::Path;

use super::page::http_head;
use super::{Entry, digest, files, list, name_below, records};
use crate::FetchError;

/// What was found in one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileReport {
    /// The file.
    pub file: String,
    /// Records that read.
    pub records: usize,
    /// Pages among them.
    pub responses: usize,
    /// Digests that agree.
    pub digests: usize,
    /// What is wrong, in words, with the offset.
    pub troubles: Vec<String>,
}

/// Reads an archive through and checks it.
pub fn verify(folder: &Path) -> Result<Vec<FileReport>, FetchError> {
    files(folder)?.iter().map(|file| verify_file(folder, file)).collect()
}

fn verify_file(folder: &Path, path: &Path) -> Result<FileReport, FetchError> {
    let mut report = FileReport { file: name_below(folder, path), ..FileReport::default() };
    let mut found = BTreeSet::new();
    for record in records(path)? {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                report.troubles.push(error.to_string());
                continue;
            }
        };
        report.records += 1;
        report.responses += usize::from(record.kind() == "response");
        if let Some(entry) = Entry::of(&record) {
            found.insert((entry.offset, entry.url));
        }
        let payload = match record.kind() {
            "response" => http_head(&record.block).map(|http| &record.block[http.start..]),
            "resource" => Some(&record.block[..]),
            _ => None,
        };
        for (name, bytes) in [("WARC-Block-Digest", Some(&record.block[..])), ("WARC-Payload-Digest", payload)] {
            // Other algorithms than ours are passed over: they are other tools' files.
            let (Some(said), Some(bytes)) = (record.header(name).filter(|said| said.starts_with("sha256:")), bytes) else { continue };
            if said == digest(bytes) {
                report.digests += 1;
            } else {
                report.troubles.push(format!("{}: {name} does not agree", record.id));
            }
        }
    }
    let indexed: BTreeSet<(u64, String)> = list(path)?.filter_map(Result::ok).map(|entry| (entry.offset, entry.url)).collect();
    for (offset, url) in found.symmetric_difference(&indexed) {
        let side = if indexed.contains(&(*offset, url.clone())) { "only in the index" } else { "not in the index" };
        report.troubles.push(format!("{}:{offset}: {url} is {side}", report.file));
    }
    Ok(report)
}
