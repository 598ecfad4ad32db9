//! The CDXJ index: one sorted file beside every WARC file, one line per response.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::page::http_head;
use super::{Record, RecordId, files, is_warc, name_below, records};
use crate::FetchError;

/// One line of the index.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The address.
    pub url: String,
    /// When it was fetched.
    pub at: Timestamp,
    /// The media type, or `warc/revisit`.
    pub media_type: String,
    /// HTTP status.
    pub status: u16,
    /// Digest of the payload.
    pub digest: String,
    /// Bytes that the record takes.
    pub length: u64,
    /// Its offset.
    pub offset: u64,
    /// Its file.
    pub file: String,
}

/// The part of a line that is JSON; numbers are strings, as other tools write them.
#[derive(Serialize, Deserialize)]
struct Fields {
    url: String,
    mime: String,
    status: String,
    digest: String,
    length: String,
    offset: String,
    filename: String,
}

impl Entry {
    /// The entry of a record; `None` where the index has none.
    pub fn of(record: &Record) -> Option<Self> {
        if !matches!(record.kind(), "response" | "revisit" | "resource") {
            return None;
        }
        let http = http_head(&record.block);
        let media_type = match (record.kind(), &http) {
            ("revisit", _) => "warc/revisit".to_owned(),
            (_, Some(http)) => {
                let value = http.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
                value.map_or("unk", |(_, value)| value.split(';').next().unwrap_or_default().trim()).to_ascii_lowercase()
            }
            (_, None) => record.header("Content-Type").unwrap_or("unk").to_ascii_lowercase(),
        };
        Some(Self {
            url: record.url()?.to_owned(),
            at: record.date()?,
            media_type,
            status: http.map_or(200, |http| http.status),
            digest: record.header("WARC-Payload-Digest").unwrap_or_default().to_owned(),
            length: record.length,
            offset: record.id.offset,
            file: record.id.file.clone(),
        })
    }

    /// The record's id.
    pub fn id(&self) -> RecordId {
        RecordId { file: self.file.clone(), offset: self.offset, within: 0 }
    }

    fn line(&self) -> String {
        let fields = Fields {
            url: self.url.clone(),
            mime: self.media_type.clone(),
            status: self.status.to_string(),
            digest: self.digest.clone(),
            length: self.length.to_string(),
            offset: self.offset.to_string(),
            filename: self.file.clone(),
        };
        let fields = serde_json::to_string(&fields).unwrap_or_default();
        format!("{} {} {fields}", surt(&self.url), self.at.strftime("%Y%m%d%H%M%S"))
    }

    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, ' ');
        let (_, at, fields) = (parts.next()?, parts.next()?, parts.next()?);
        let at = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", at).ok()?;
        let fields: Fields = serde_json::from_str(fields).ok()?;
        Some(Self {
            url: fields.url,
            at: jiff::tz::TimeZone::UTC.to_timestamp(at).ok()?,
            media_type: fields.mime,
            status: fields.status.parse().ok()?,
            digest: fields.digest,
            length: fields.length.parse().ok()?,
            offset: fields.offset.parse().ok()?,
            file: fields.filename,
        })
    }
}

/// The sort-friendly spelling of an address: `vn,example)/kinh-te?trang=2`.
fn surt(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return url.to_ascii_lowercase().replace(' ', "%20") };
    let mut key = match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.to_ascii_lowercase();
            let mut labels: Vec<&str> = name.strip_prefix("www.").unwrap_or(&name).split('.').collect();
            labels.reverse();
            labels.join(",")
        }
        Some(address) => address.to_string(),
        None => String::new(),
    };
    if let Some(port) = url.port() {
        let _ = write!(key, ":{port}");
    }
    key.push(')');
    key.push_str(&url.path().to_ascii_lowercase());
    if let Some(query) = url.query() {
        let query = query.to_ascii_lowercase();
        let mut parameters: Vec<&str> = query.split('&').collect();
        parameters.sort_unstable();
        let _ = write!(key, "?{}", parameters.join("&"));
    }
    key
}

/// Writes the index of a file, under its final name only when it is whole.
pub(super) fn write(folder: &Path, warc: &str, entries: &[Entry]) -> Result<(), FetchError> {
    let mut lines: Vec<String> = entries.iter().map(Entry::line).collect();
    lines.sort_unstable();
    let path = folder.join(index_name(warc));
    let unfinished = path.with_extension("cdxj.part");
    let mut text = lines.join("\n");
    text.push_str(if lines.is_empty() { "" } else { "\n" });
    File::create(&unfinished)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_data()))
        .and_then(|()| fs::rename(&unfinished, &path))
        .map_err(FetchError::file(&path))
}

fn index_name(warc: &str) -> String {
    let stem = warc.strip_suffix(".gz").unwrap_or(warc);
    format!("{}.cdxj", stem.strip_suffix(".warc").unwrap_or(stem))
}

/// What an archive holds, file by file and within a file in the index's order.
///
/// A file without an index, such as one from another tool, is read through instead.
pub fn list(folder: &Path) -> Result<impl Iterator<Item = Result<Entry, FetchError>> + use<>, FetchError> {
    let root = if folder.is_dir() { folder.to_owned() } else { folder.parent().unwrap_or(folder).to_owned() };
    let found = files(folder)?;
    Ok(found.into_iter().flat_map(move |file| -> Box<dyn Iterator<Item = Result<Entry, FetchError>>> {
        match entries_of(&root, &file) {
            Ok(entries) => entries,
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }))
}

type Entries = Box<dyn Iterator<Item = Result<Entry, FetchError>>>;

fn entries_of(root: &Path, warc: &Path) -> Result<Entries, FetchError> {
    debug_assert!(is_warc(warc), "only WARC files are listed");
    let name = name_below(root, warc);
    let path = root.join(index_name(&name));
    if path.exists() {
        let file = File::open(&path).map_err(FetchError::file(&path))?;
        let lines = BufReader::new(file).lines().enumerate();
        return Ok(Box::new(lines.map(move |(number, line)| {
            let line = line.map_err(FetchError::file(&path))?;
            Entry::parse(&line).ok_or_else(|| FetchError::Malformed {
                what: format!("{}:{}", path.display(), number + 1),
                why: "this is no line of an index".to_owned(),
            })
        })));
    }
    Ok(Box::new(records(warc)?.filter_map(move |record| match record {
        Ok(record) => Entry::of(&record).map(|entry| Ok(Entry { file: name.clone(), ..entry })),
        Err(error) => Some(Err(error)),
    })))
}

/// The entries of an address, oldest first.
pub fn find(folder: &Path, url: &str) -> Result<Vec<Entry>, FetchError> {
    let key = surt(url);
    let mut found = Vec::new();
    for entry in list(folder)? {
        let entry = entry?;
        if surt(&entry.url) == key {
            found.push(entry);
        }
    }
    found.sort_by_key(|entry| (entry.at, entry.file.clone(), entry.offset));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_sort_by_host() {
        assert_eq!(surt("http://www.A.Example:8080/X?b=2&a=1"), "example,a:8080)/x?a=1&b=2");
        assert_eq!(surt("https://kinhte.bao.example/"), "example,bao,kinhte)/");
        assert_eq!(surt("http://127.0.0.1/"), "127.0.0.1)/");
    }

    #[test]
    fn lines_are_read_back() {
        let entry = Entry {
            url: "https://a.example/số?x=1".to_owned(),
            at: "2026-01-02T03:04:05Z".parse().unwrap(),
            media_type: "text/html".to_owned(),
            status: 200,
            digest: "sha256:00".to_owned(),
            length: 5,
            offset: 7,
            file: "f.warc.gz".to_owned(),
        };
        assert_eq!(Entry::parse(&entry.line()), Some(entry));
        assert_eq!(Entry::parse("no line"), None);
    }
}
